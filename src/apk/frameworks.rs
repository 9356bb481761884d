//! Application frameworks, and which part of the app's code stands outside the dex files with each.

use super::Unread;
use super::code::{ClassAt, DexAt, Input, below};
use crate::catalogue::Catalogue;

/// The frameworks by id, sorted. For each, `unread` says which code was not looked at.
///
/// A library or asset is enough. Class packages alone are not, because an app may embed a framework's runtime for a page or
/// two: they count when no entry of the package was given to look at.
pub(crate) fn find(
    input: &Input<'_>,
    classes: &[ClassAt],
    dexes: &[DexAt<'_>],
    catalogue: &Catalogue,
    unread: &mut Vec<Unread>,
) -> Vec<String> {
    let mut found = Vec::new();
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
        unread.push(Unread {
            place: place.to_owned(),
            why: format!("{}: {} is not read", framework.id, framework.elsewhere),
        });
        found.push(framework.id.clone());
    }
    found.sort();
    found
}

/// Whether an entry is the one named, or lies below it when the name ends in a slash.
pub(crate) fn is_or_below(entry: &str, mark: &str) -> bool {
    entry == mark || mark.ends_with('/') && entry.starts_with(mark)
}
