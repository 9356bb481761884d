//! Application frameworks, and which part of the app's code stands outside the dex files with each.

use super::code::{ClassAt, CodeFacts, DexAt, Input, below};
use super::{Seen, Unread};
use crate::catalogue::Catalogue;

/// What stands for an app whose code is native alone.
pub(crate) const NATIVE: &str = "native";

/// The frameworks by id, sorted. For each, `unread` says which code was not looked at. Where that code reaches the platform
/// itself, no list of calls from the dex files is whole, and `calls_seen` says so.
///
/// A library or asset is enough. Class packages alone are not, because an app may embed a framework's runtime for a page or
/// two: they count when no entry of the package was given to look at.
pub(crate) fn find(
    input: &Input<'_>,
    classes: &[ClassAt],
    dexes: &[DexAt<'_>],
    catalogue: &Catalogue,
    facts: &mut CodeFacts,
) {
    for framework in &catalogue.code_marks().frameworks {
        let entry = input.entries.iter().find(|e| {
            e.name.starts_with("lib/") && framework.native_libs.iter().any(|l| l == e.file_name())
                || framework.assets.iter().any(|a| is_or_below(e.name, a))
        });
        let class = framework.packages.iter().find_map(|p| below(classes, p).first());
        if entry.is_none() && (class.is_none() || !framework.native_libs.is_empty() || !framework.assets.is_empty()) {
            continue;
        }
        // A library name such as libapp.so is common; it needs the classes beside it, unless no class could be seen.
        if class.is_none() && !classes.is_empty() && !framework.packages.is_empty() {
            continue;
        }
        let place = entry.map(|e| e.name).or_else(|| class.map(|c| dexes[c.dex as usize].entry)).unwrap_or_default();
        let mut why = format!("{}: {} is not read", framework.id, framework.elsewhere);
        if framework.calls_platform {
            why.push_str(", and can call the platform itself");
            if facts.calls_seen == Seen::Full {
                facts.calls_seen = Seen::Partial;
            }
        }
        facts.unread.push(Unread { place: place.to_owned(), why });
        facts.frameworks.push(framework.id.clone());
    }
    facts.frameworks.sort();
}

/// A package without any dex file, of an app that has code all the same: in native libraries, or elsewhere when the manifest
/// declares classes (the dex files of a system app may stand beside it).
pub(crate) fn without_dex(input: &Input<'_>, facts: &mut CodeFacts) {
    let own = |class: &str| !class.starts_with("android.");
    let declared = input.manifest.components.iter().find(|c| own(c.target.as_deref().unwrap_or(&c.class)));
    let (place, why) = match (facts.native_libs.first(), declared) {
        (Some(lib), None) => {
            facts.frameworks.push(NATIVE.to_owned());
            (
                lib.entry.clone(),
                "native: no dex file; the app's code stands in native libraries, which are not read".into(),
            )
        }
        (_, Some(component)) => {
            let why =
                format!("no dex file, though the manifest declares {}; the code stands elsewhere", component.class);
            ("classes.dex".to_owned(), why)
        }
        (None, None) => return,
    };
    facts.unread.push(Unread { place, why });
    (facts.classes_seen, facts.calls_seen) = (Seen::None, Seen::None);
}

/// Whether an entry is the one named, or lies below it when the name ends in a slash.
pub(crate) fn is_or_below(entry: &str, mark: &str) -> bool {
    entry == mark || mark.ends_with('/') && entry.starts_with(mark)
}
