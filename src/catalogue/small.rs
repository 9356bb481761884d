//! A catalogue of few entries that between them use every kind of mark, for fuzzing.
//!
//! The readers build their tables from the whole catalogue for each package, which is little beside a real one and nearly all
//! of the time beside an input of some kilobytes. What a mutation can reach is the code that reads, not the number of marks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::code_marks::CodeMarks;
use super::data_item::DataItem;
use super::packer::Packer;
use super::pattern::is_pattern;
use super::sdk::Sdk;
use super::{Catalogue, builtin};

/// Entries kept for each kind of mark: two, so that marks of different entries can meet.
const EACH: usize = 2;
/// Marks kept in each list of an entry: lists of dozens are long without being different.
const MARKS: usize = 4;

impl Catalogue {
    /// The built-in catalogue with a few SDKs, packers and data items of each kind of mark; all else as it is. Built once.
    pub(crate) fn small() -> &'static Self {
        static SMALL: OnceLock<Catalogue> = OnceLock::new();
        SMALL.get_or_init(|| Self {
            sdks: OnceLock::from(sdks()),
            packers: OnceLock::from(some(builtin::packers(), packer)),
            data_items: OnceLock::from(data_items()),
            code_marks: OnceLock::from(code_marks()),
            ..Self::default()
        })
    }
}

/// The first entries that show each kind, in the order given.
fn some<T>(all: Vec<T>, kinds: impl Fn(&T) -> Vec<String>) -> Vec<T> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut keep = |entry: &T| {
        let mut wanted = false;
        for kind in kinds(entry) {
            let count = seen.entry(kind).or_default();
            wanted |= *count < EACH;
            *count += 1;
        }
        wanted
    };
    all.into_iter().filter(|entry| keep(entry)).collect()
}

/// The names of the lists that hold something.
fn filled(lists: &[(&str, &[String])]) -> Vec<String> {
    lists.iter().filter(|(_, list)| !list.is_empty()).map(|(name, _)| (*name).to_owned()).collect()
}

fn sdks() -> Vec<Sdk> {
    let all = builtin::sdks();
    let bundled: Vec<_> = some(all.clone(), sdk).into_iter().flat_map(|s| s.bundles).collect();
    let mut kept = some(all.clone(), sdk);
    kept.extend(all.into_iter().filter(|s| bundled.contains(&s.id)));
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    kept.dedup_by(|a, b| a.id == b.id);
    for sdk in &mut kept {
        let marks = &mut sdk.signatures;
        let lists = [
            &mut marks.packages,
            &mut marks.fallback_packages,
            &mut marks.components,
            &mut marks.native_libs,
            &mut marks.meta_data,
            &mut marks.actions,
            &mut marks.assets,
            &mut marks.strings,
        ];
        lists.into_iter().for_each(|list| list.truncate(MARKS));
    }
    kept
}

fn data_items() -> Vec<DataItem> {
    let mut kept = some(builtin::data_items(), data_item);
    for item in &mut kept {
        let lists = [&mut item.apis, &mut item.fields, &mut item.uris, &mut item.strings];
        lists.into_iter().for_each(|list| list.truncate(MARKS));
        item.apis_with_arg.truncate(MARKS);
    }
    kept
}

fn sdk(sdk: &Sdk) -> Vec<String> {
    let marks = &sdk.signatures;
    let mut kinds = filled(&[
        ("package", &marks.packages),
        ("fallback", &marks.fallback_packages),
        ("component", &marks.components),
        ("library", &marks.native_libs),
        ("library pattern", &marks.native_lib_patterns),
        ("meta-data", &marks.meta_data),
        ("permission", &marks.permissions),
        ("authority", &marks.authorities),
        ("action", &marks.actions),
        ("asset", &marks.assets),
        ("string", &marks.strings),
    ]);
    let patterns = marks.permissions.iter().chain(&marks.authorities).chain(&marks.components);
    kinds.extend(patterns.filter(|p| is_pattern(p)).map(|_| "pattern".to_owned()).take(1));
    kinds.extend(sdk.versions.iter().map(|v| format!("{:?} {}", v.place, v.pattern.is_some())));
    kinds.extend((!sdk.bundles.is_empty()).then(|| "bundles".to_owned()));
    kinds
}

fn packer(packer: &Packer) -> Vec<String> {
    filled(&[
        ("library", &packer.native_libs),
        ("library pattern", &packer.native_lib_patterns),
        ("application", &packer.stub_applications),
        ("package", &packer.class_prefixes),
        ("asset", &packer.assets),
        ("weak", &packer.weak_markers),
    ])
}

fn data_item(item: &DataItem) -> Vec<String> {
    let mut kinds = filled(&[
        ("api", &item.apis),
        ("field", &item.fields),
        ("uri", &item.uris),
        ("string", &item.strings),
        ("permission", &item.permissions),
    ]);
    kinds.extend((!item.apis_with_arg.is_empty()).then(|| "argument".to_owned()));
    kinds.iter().map(|kind| format!("{kind} {:?}", item.evidence)).collect()
}

fn code_marks() -> CodeMarks {
    let mut marks = builtin::code_marks();
    marks.support.truncate(EACH);
    marks.frameworks = some(marks.frameworks, |f| {
        filled(&[("package", &f.packages), ("library", &f.native_libs), ("asset", &f.assets)])
    });
    marks.plugins.truncate(EACH);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_every_kind_and_little_of_each() {
        let (small, all) = (Catalogue::small(), Catalogue::builtin());
        let kinds = |sdks: &[Sdk]| {
            let mut kinds: Vec<_> = sdks.iter().flat_map(sdk).collect();
            kinds.sort();
            kinds.dedup();
            kinds
        };
        assert_eq!(kinds(small.sdks()), kinds(all.sdks()));
        assert!(small.sdks().len() * 15 < all.sdks().len(), "{} SDKs", small.sdks().len());
        assert!(small.data_items().len() * 3 < all.data_items().len(), "{} items", small.data_items().len());
        assert!(small.data_items().iter().any(|item| !item.apis_with_arg.is_empty()));
        assert!(small.sdks().windows(2).all(|pair| pair[0].id < pair[1].id), "look-ups go by order");
    }
}
