//! Signs that code comes from outside the dex files seen. They lower no coverage: almost every large app has one. They are
//! kept apart so that only rules which argue from absence ("requested and never used") take them into account.

use super::archive::{self, Archive};
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
            unread.push(Unread { place, why: not_loaded(what) });
        }
    }
}

/// Why code of this kind was not read.
pub(super) fn not_loaded(what: &str) -> String {
    format!("{what} that is not loaded with the app was not read")
}

/// Bytes that tell a dex, and the name of the first entry of an archive.
const TELLING: usize = 96;

/// Length of a dex header (AOSP `art/libdexfile/dex/dex_file.h`); nothing shorter is code.
const SHORTEST: u64 = 112;

/// Files that are dex files or packages and do not say so by their names, with what they are. Those that loaders use stand among
/// the assets, raw resources and libraries, or beside the manifest.
pub(super) fn disguised(archive: &Archive) -> Vec<(&archive::Entry, &'static str)> {
    let candidate = |entry: &&archive::Entry| {
        let name = entry.name.as_str();
        let place = ["assets/", "res/raw", "lib/"].iter().any(|p| name.starts_with(p)) || !name.contains('/');
        place && entry.size >= SHORTEST && !name.ends_with(".apk") && !name.ends_with(".jar") && !name.ends_with(".dex")
    };
    let told = |entry| Some((entry, kind(&archive.beginning(entry, TELLING))?));
    archive.entries().filter(candidate).filter_map(told).collect()
}

/// What a file that begins so is, when it is code for Android: a dex (AOSP `art/libdexfile/dex/standard_dex_file.cc`), one that
/// an old runtime optimised, or a package, whose first entry is one that only packages have.
fn kind(beginning: &[u8]) -> Option<&'static str> {
    let of_package = ["classes.dex", "AndroidManifest.xml", "META-INF/com/android/"];
    match beginning {
        [b'd', b'e', b'x' | b'y', b'\n', b'0', ..] => Some("a dex file under another name"),
        [b'P', b'K', 3, 4, ..] => {
            let name = beginning.get(30..)?;
            let package = of_package.iter().any(|first| name.starts_with(first.as_bytes()));
            package.then_some("a package under another name")
        }
        _ => None,
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
    use crate::apk::archive::Source;
    use crate::apk::testing::{ZipEntry, entry, zip};

    #[test]
    fn code_under_other_names_is_told_by_its_beginning() {
        let dex = || [b"dex\n035\0".to_vec(), vec![0; 200]].concat();
        let package = zip(&[entry("classes.dex", dex())]);
        let pictures = zip(&[entry("a.png", vec![0; 200])]);
        let entries = [
            ZipEntry { deflate: true, ..entry("assets/a.dat", dex()) },
            entry("assets/b.dex", dex()),
            entry("assets/c.bin", package.clone()),
            entry("assets/d.zip", pictures),
            entry("classes.dex", dex()),
            entry("lib/armeabi/libe.so", dex()),
            ZipEntry { deflate: true, ..entry("res/raw/f", package) },
            entry("res/drawable/g.png", dex()),
        ];
        let archive = Archive::open(Source::Memory(zip(&entries)), 100).unwrap();
        let found: Vec<_> = disguised(&archive).iter().map(|(e, what)| (e.name.as_str(), &what[..5])).collect();
        let expected = [
            ("assets/a.dat", "a dex"),
            ("assets/c.bin", "a pac"),
            ("lib/armeabi/libe.so", "a dex"),
            ("res/raw/f", "a pac"),
        ];
        assert_eq!(found, expected);
    }

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
