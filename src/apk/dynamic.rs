//! Signs that code comes from outside the dex files seen. They lower no coverage: almost every large app has one. They are
//! kept apart so that only rules which argue from absence ("requested and never used") take them into account.

use super::code::{ClassAt, DexAt, Entry, below, class_trace};
use super::{Trace, Unread};
use crate::catalogue::Catalogue;

/// Libraries that replace or add code after installation, by name.
pub(crate) fn plugins(classes: &[ClassAt], dexes: &[DexAt<'_>], catalogue: &Catalogue) -> Vec<Trace> {
    let mut out = Vec::new();
    for plugin in &catalogue.code_marks().plugins {
        if let Some(class) = plugin.packages.iter().find_map(|p| below(classes, p).first()) {
            out.push(class_trace(class, dexes, plugin.name.clone()));
        }
    }
    out
}

/// Names the files beside the dex entries that can hold code: dex, JAR and APK files among the assets and raw resources.
pub(crate) fn hidden(entries: &[Entry<'_>], unread: &mut Vec<Unread>) {
    for entry in entries {
        let inside = entry.name.starts_with("assets/") || entry.name.starts_with("res/raw");
        let what = match entry.name.rsplit('.').next() {
            Some("dex") => "a dex file",
            Some("apk") => "a package",
            Some("jar") => "a JAR file",
            _ => continue,
        };
        // A dex of its own in a subdirectory, or under another name than the loader's, is not loaded with the app.
        let stray = entry.name.ends_with(".dex") && !is_loaded(entry.name);
        if inside || stray {
            let place = entry.split.map_or_else(|| entry.name.to_owned(), |s| format!("{s}/{}", entry.name));
            unread.push(Unread { place, why: format!("{what} that is not loaded with the app was not read") });
        }
    }
}

/// Whether the platform loads a dex of this name with the app: `classes.dex`, `classes2.dex` and on.
pub fn is_loaded(entry: &str) -> bool {
    entry
        .strip_prefix("classes")
        .and_then(|rest| rest.strip_suffix(".dex"))
        .is_some_and(|n| n.is_empty() || !n.starts_with('0') && n != "1" && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_code_beside_the_dex_files() {
        let mut unread = Vec::new();
        let entries =
            ["classes.dex", "classes2.dex", "assets/plugin.apk", "assets/a.txt", "lib/x.dex", "classes02.dex"]
                .map(|name| Entry { split: None, name, size: 1, compressed: 1 });
        hidden(&entries, &mut unread);
        let places: Vec<_> = unread.iter().map(|u| u.place.as_str()).collect();
        assert_eq!(places, ["assets/plugin.apk", "lib/x.dex", "classes02.dex"]);
    }
}
