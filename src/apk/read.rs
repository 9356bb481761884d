//! A file or folder on disk to [`Apk`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use sha2::{Digest, Sha256};

use super::archive::{Archive, Budget, OpenError, Source};
use super::part::Part;
use super::{Apk, Depth, Error, Limits, PackageKind, splits, text_manifest};
use crate::catalogue::Catalogue;

/// How to read a package.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions {
    /// How far to look.
    pub depth: Depth,
    /// Bounds on what is read.
    pub limits: Limits,
    /// Whether one package may use several threads; results are the same either way.
    pub parallel: bool,
    /// Whether to compute [`Apk::sha256`], which means reading every byte of the file: most of the time that
    /// [`Depth::Manifest`] takes.
    pub hash: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { depth: Depth::default(), limits: Limits::default(), parallel: true, hash: true }
    }
}

/// What one reading shares: the path as the user wrote it, the bounds and the knowledge.
#[derive(Debug)]
pub(super) struct Reading<'a> {
    pub(super) file: String,
    pub(super) catalogue: &'a Catalogue,
    pub(super) options: &'a ReadOptions,
    pub(super) budget: Budget,
    pub(super) deadline: Option<Instant>,
}

impl<'a> Reading<'a> {
    fn new(file: String, catalogue: &'a Catalogue, options: &'a ReadOptions) -> Self {
        let limits = options.limits;
        let budget = Budget::new(limits.total_bytes);
        Self { file, catalogue, options, budget, deadline: Instant::now().checked_add(limits.time) }
    }
    pub(super) fn io(&self, source: io::Error) -> Error {
        Error::Io { file: self.file.clone(), source }
    }

    pub(super) fn open_error(&self, error: OpenError, place: &str) -> Error {
        let file = place.to_owned();
        match error {
            OpenError::Io(source) => Error::Io { file, source },
            OpenError::NotZip => Error::NotAPackage { file, why: error.to_string() },
            OpenError::Damaged(why) => Error::Archive { file, why },
            OpenError::TooMany => Error::Limit { file, what: "its entries", limit: self.options.limits.entries },
        }
    }
}

impl Apk {
    /// Reads a package: an APK, a split set (`.apks`, `.xapk`, `.apkm`, or a folder of APKs of one app), a text
    /// `AndroidManifest.xml`, or a folder that holds one (a source tree, or what apktool wrote).
    ///
    /// What can be read is returned; what cannot stands in [`Coverage::unread`](super::Coverage::unread), and what departs
    /// from the format in [`Apk::deviations`].
    ///
    /// # Errors
    ///
    /// When there is nothing to go by: no such file, no package, no readable manifest. One sentence each, naming the file.
    pub fn read(path: &Path, catalogue: &Catalogue, options: &ReadOptions) -> Result<Self, Error> {
        let reading = Reading::new(path.display().to_string(), catalogue, options);
        let mut apk = read(path, &reading)?;
        apk.file = path.file_name().map_or_else(|| reading.file.clone(), |n| n.to_string_lossy().into_owned());
        Ok(apk)
    }

    /// Reads a package that is in memory already: an APK or a split set in one archive. `name` stands for its path.
    ///
    /// # Errors
    ///
    /// As [`Apk::read`].
    pub fn read_bytes(name: &str, bytes: Vec<u8>, catalogue: &Catalogue, options: &ReadOptions) -> Result<Self, Error> {
        let reading = Reading::new(name.to_owned(), catalogue, options);
        if bytes.is_empty() {
            return Err(Error::Empty { file: reading.file });
        }
        let size = bytes.len() as u64;
        let sha256 = if options.hash { hex(&Sha256::digest(&bytes)) } else { String::new() };
        let head = bytes[..bytes.len().min(HEAD as usize)].to_vec();
        Ok(Self { file: name.to_owned(), sha256, size, ..archive(Source::Memory(bytes), &head, &reading)? })
    }
}

/// Bytes that tell a text manifest and what else a file can be.
const HEAD: u64 = 64;

fn read(path: &Path, reading: &Reading<'_>) -> Result<Apk, Error> {
    let meta = fs::metadata(path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Error::Missing { file: reading.file.clone() },
        _ => reading.io(e),
    })?;
    if meta.is_dir() {
        return directory(path, reading);
    }
    if meta.len() == 0 {
        return Err(Error::Empty { file: reading.file.clone() });
    }
    let mut file = File::open(path).map_err(|e| reading.io(e))?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| reading.io(e))?;
    if text_manifest::looks_like_manifest(&head) {
        return text_manifest::read(path, reading);
    }
    let hash = || sha256(path);
    let parse = || archive(Source::file(file).map_err(|e| reading.io(e))?, &head, reading);
    let (hash, apk) = match reading.options {
        ReadOptions { hash: false, .. } => (Ok(String::new()), parse()),
        ReadOptions { parallel: true, .. } => rayon::join(hash, parse),
        _ => (hash(), parse()),
    };
    let mut apk = apk?;
    apk.sha256 = hash.map_err(|e| reading.io(e))?;
    apk.size = meta.len();
    Ok(apk)
}

/// An APK, or a set of them in one ZIP.
fn archive(source: Source, head: &[u8], reading: &Reading<'_>) -> Result<Apk, Error> {
    let archive = match Archive::open(source, reading.options.limits.entries) {
        Err(OpenError::NotZip) => {
            let why = text_manifest::what_is_it(head);
            return Err(Error::NotAPackage { file: reading.file.clone(), why });
        }
        other => other.map_err(|e| reading.open_error(e, &reading.file))?,
    };
    if archive.get(super::manifest::ENTRY).is_some() {
        let part = Part::read(archive, None, reading, &reading.file)?;
        return Ok(splits::assemble(vec![part], PackageKind::Apk, reading));
    }
    splits::from_archive(&archive, reading)
}

/// Whether a folder is one app rather than a folder of apps: a source tree or apktool output with its manifest, or the parts
/// of a split set as the platform names them (`base.apk` beside `split_….apk` or `config.….apk`).
pub fn is_one_package(folder: &Path) -> bool {
    if source_manifest(folder).is_some() {
        return true;
    }
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let names: Vec<String> =
        entries.filter_map(|e| e.ok().map(|e| e.file_name().to_string_lossy().to_ascii_lowercase())).collect();
    let part = |n: &String| n.ends_with(".apk") && (n.starts_with("split") || n.starts_with("config."));
    names.iter().any(|n| n == "base.apk") && names.iter().any(part)
}

fn source_manifest(folder: &Path) -> Option<PathBuf> {
    ["", "app/src/main", "src/main"]
        .iter()
        .map(|below| folder.join(below).join(super::manifest::ENTRY))
        .find(|manifest| manifest.is_file())
}

/// A source tree, or a folder of splits.
fn directory(path: &Path, reading: &Reading<'_>) -> Result<Apk, Error> {
    if let Some(manifest) = source_manifest(path) {
        return text_manifest::read(&manifest, reading);
    }
    splits::from_directory(path, reading)
}

/// SHA-256 of a file in hex, read in pieces.
pub(super) fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&piece[..read]);
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use tempfile::TempDir;

    use super::*;
    use crate::apk::testing::{Layout, Res, Style, ZipEntry, arsc, axml, entry, zip};
    use crate::apk::{PermissionSource, Seen};

    fn manifest(xml: &str) -> Vec<u8> {
        axml(xml, Style::default())
    }

    fn base() -> Vec<ZipEntry> {
        let xml = r#"<manifest package="a.b"><uses-sdk android:targetSdkVersion="34"/>
            <uses-permission android:name="android.permission.CAMERA"/><application android:label="@0x7f010000"/></manifest>"#;
        vec![
            ZipEntry { deflate: true, ..entry("AndroidManifest.xml", manifest(xml)) },
            entry("resources.arsc", arsc(&[("", &[(0, Res::Text("App"))])], Layout::Plain)),
            entry("lib/arm64-v8a/libx.so", "elf"),
        ]
    }

    fn split(name: &str, more: &str) -> Vec<u8> {
        manifest(&format!(r#"<manifest package="a.b" split="{name}">{more}<application/></manifest>"#))
    }

    fn language_split() -> Vec<u8> {
        let table = arsc(&[("zh", &[(0, Res::Text("应用"))])], Layout::Plain);
        zip(&[entry("AndroidManifest.xml", split("config.zh", "")), entry("resources.arsc", table)])
    }

    fn feature_split() -> Vec<u8> {
        let xml = r#"<uses-permission android:name="android.permission.RECORD_AUDIO"/>"#;
        zip(&[entry("AndroidManifest.xml", split("talk", xml)), entry("lib/arm64-v8a/liby.so", "elf")])
    }

    struct Place(TempDir);

    impl Place {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }
        fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
            let path = self.0.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, bytes).unwrap();
            path
        }
    }

    fn open(path: &Path) -> Result<Apk, Error> {
        let options = ReadOptions { depth: Depth::Classes, ..ReadOptions::default() };
        Apk::read(path, Catalogue::builtin(), &options)
    }

    #[test]
    fn one_apk() {
        let place = Place::new();
        let path = place.file("示例 应用.apk", zip(&base()));
        let apk = open(&path).unwrap();
        assert_eq!((apk.file.as_str(), apk.kind), ("示例 应用.apk", PackageKind::Apk));
        assert_eq!((apk.label.as_deref(), apk.label_zh.as_deref()), (Some("App"), None));
        assert_eq!(apk.native_libs[0].name, "libx.so");
        assert_eq!((apk.sha256.len(), apk.size), (64, fs::metadata(&path).unwrap().len()));
        assert_eq!(apk.coverage.manifest, Seen::Full);
        assert_eq!(apk.deviations, [""; 0]);
        let trace = &apk.manifest.permissions[0].trace;
        assert_eq!((trace.split.as_deref(), trace.entry.as_str()), (None, "AndroidManifest.xml"));
        assert_eq!(trace.value, "<uses-permission android:name=\"android.permission.CAMERA\">");
        let bare = ReadOptions { depth: Depth::Manifest, hash: false, parallel: false, ..ReadOptions::default() };
        let quick = Apk::read(&path, Catalogue::builtin(), &bare).unwrap();
        assert_eq!((quick.manifest, quick.sha256.as_str()), (apk.manifest, ""));
    }

    fn check_set(apk: &Apk) {
        assert_eq!(apk.kind, PackageKind::SplitSet);
        assert_eq!(apk.splits, ["base.apk", "split_config.zh.apk", "split_talk.apk"]);
        assert_eq!((apk.label.as_deref(), apk.label_zh.as_deref()), (Some("App"), Some("应用")));
        let asked: Vec<_> =
            apk.manifest.permissions.iter().map(|p| (p.name.as_str(), p.trace.split.as_deref())).collect();
        assert_eq!(
            asked,
            [("android.permission.CAMERA", None), ("android.permission.RECORD_AUDIO", Some("split_talk.apk"))]
        );
        let libs: Vec<_> = apk.native_libs.iter().map(|l| (l.name.as_str(), l.split.as_deref())).collect();
        assert_eq!(libs, [("libx.so", None), ("liby.so", Some("split_talk.apk"))]);
        assert!(
            apk.deviations.iter().any(|d| d.contains("RECORD_AUDIO is asked for here only")),
            "{:?}",
            apk.deviations
        );
    }

    #[test]
    fn a_set_in_an_archive() {
        let place = Place::new();
        for deflate in [false, true] {
            let set = zip(&[
                entry("manifest.json", "{}"),
                ZipEntry { deflate, ..entry("split_talk.apk", feature_split()) },
                ZipEntry { deflate, ..entry("split_config.zh.apk", language_split()) },
                ZipEntry { deflate, ..entry("base.apk", zip(&base())) },
            ]);
            check_set(&open(&place.file("app.xapk", set)).unwrap());
        }
    }

    #[test]
    fn a_set_in_a_folder() {
        let place = Place::new();
        place.file("split_talk.apk", feature_split());
        place.file("split_config.zh.apk", language_split());
        place.file("base.apk", zip(&base()));
        place.file("other.apk", zip(&[entry("AndroidManifest.xml", manifest(r#"<manifest package="x"/>"#))]));
        place.file("broken.apk", "no zip");
        let apk = open(place.0.path()).unwrap();
        check_set(&apk);
        let unread: Vec<_> = apk.coverage.unread.iter().map(|u| u.place.as_str()).collect();
        assert!(unread.contains(&"broken.apk") && unread.contains(&"other.apk"), "{unread:?}");
        assert_eq!(apk.sha256.len(), 64);
    }

    #[test]
    fn whole_builds_beside_splits_are_not_read_twice() {
        let place = Place::new();
        let set = zip(&[
            entry("toc.pb", ""),
            entry("splits/base-master.apk", zip(&base())),
            entry("standalones/standalone-arm64_v8a.apk", zip(&base())),
        ]);
        let apk = open(&place.file("app.apks", set)).unwrap();
        assert_eq!(apk.splits, ["base-master.apk"]);
        let whys: Vec<_> = apk.coverage.unread.iter().map(|u| u.why.as_str()).collect();
        assert!(whys.contains(&"another build of the same app, not read"), "{whys:?}");
    }

    #[test]
    fn a_part_alone_is_no_whole() {
        let place = Place::new();
        let apk = open(&place.file("config.apk", language_split())).unwrap();
        assert_eq!((apk.coverage.manifest, apk.coverage.classes), (Seen::Partial, Seen::Partial));
        let xml = r#"<manifest package="a" android:isSplitRequired="true"/>"#;
        let apk = open(&place.file("base.apk", zip(&[entry("AndroidManifest.xml", manifest(xml))]))).unwrap();
        assert_eq!(apk.coverage.classes, Seen::Partial);
        assert!(apk.coverage.unread[0].why.contains("further splits are required"));
    }

    #[test]
    fn odd_archives_are_read_and_told() {
        let place = Place::new();
        let mut entries = base();
        entries[0] = ZipEntry { method: Some(0x1234), deflate: false, ..entries[0].clone() };
        entries.push(entry("classes3.dex", "dex"));
        let apk = open(&place.file("odd.apk", zip(&entries))).unwrap();
        assert_eq!(apk.manifest.package, "a.b");
        let told = apk.deviations.join("\n");
        assert!(told.contains("AndroidManifest.xml claims compression method 0x1234"), "{told}");
        assert!(told.contains("classes.dex is missing; 1 dex files"), "{told}");
    }

    #[test]
    fn a_dex_that_cannot_be_inflated_costs_that_dex() {
        let place = Place::new();
        let mut entries = base();
        entries.push(ZipEntry { method: Some(8), ..entry("classes.dex", "\u{ff}\u{ff}\u{ff}") });
        let apk = open(&place.file("a.apk", zip(&entries))).unwrap();
        assert_ne!(apk.coverage.classes, Seen::Full);
        let dex = apk.coverage.unread.iter().find(|u| u.place == "classes.dex").unwrap();
        assert_eq!(dex.why, "its compressed data is damaged");
    }

    #[test]
    fn the_total_holds_over_all_entries() {
        let place = Place::new();
        let mut entries = base();
        for n in 2..6 {
            entries.push(ZipEntry { deflate: true, ..entry(&format!("classes{n}.dex"), vec![0; 100_000]) });
        }
        entries.push(ZipEntry { deflate: true, ..entry("classes.dex", vec![0; 100_000]) });
        let limits = Limits { total_bytes: 250_000, ..Limits::default() };
        let options = ReadOptions { depth: Depth::Classes, limits, parallel: false, hash: false };
        let apk = Apk::read(&place.file("a.apk", zip(&entries)), Catalogue::builtin(), &options).unwrap();
        let over = apk.coverage.unread.iter().filter(|u| u.why.contains("more than the limit")).count();
        assert_eq!(over, 3, "{:?}", apk.coverage.unread);
    }

    #[test]
    fn errors_name_the_file_and_what_was_expected() {
        let place = Place::new();
        let manifest_of = |bytes: &[u8]| zip(&[entry("AndroidManifest.xml", bytes)]);
        let empty = place.0.path().join("empty");
        fs::create_dir(&empty).unwrap();
        for (path, expected) in [
            (place.0.path().join("none.apk"), "no such file"),
            (empty, "a directory without an AndroidManifest.xml and without .apk files"),
            (place.file("e.apk", ""), "the file is empty"),
            (place.file("t.apk", "just text"), "not an Android package: it is text"),
            (place.file("p.apk", b"%PDF-1.4 \0"), "it is a PDF file"),
            (place.file("c.apk", &zip(&base())[..200]), "the file may be cut off"),
            (place.file("n.apk", zip(&[entry("x", "y")])), "without AndroidManifest.xml"),
            (place.file("b.aab", zip(&[entry("BundleConfig.pb", "")])), "build an APK set"),
            (place.file("m.apk", manifest_of(b"nonsense")), "the manifest cannot be read: it is not binary XML"),
            (place.file("s.apks", zip(&[entry("s.apk", language_split())])), "a split set without a base APK"),
            (place.file("h.html", "<html></html>"), "line 1: the root element is <html>"),
            (place.file("AndroidManifest.xml", "<manifest>\n<a>\n</b>"), "line 3"),
        ] {
            let error = open(&path).map(|apk| apk.kind).unwrap_err().to_string();
            assert!(error.starts_with(&path.display().to_string()), "{error}");
            assert!(error.contains(expected), "{error}");
        }
    }

    #[test]
    fn implied_permissions_come_after_all_requested_ones() {
        let place = Place::new();
        let xml = r#"<manifest package="a.b"><uses-sdk android:targetSdkVersion="34"/>
            <uses-permission android:name="android.permission.ACCESS_FINE_LOCATION"/><application/></manifest>"#;
        place.file("base.apk", zip(&[entry("AndroidManifest.xml", manifest(xml))]));
        place.file("talk.apk", feature_split());
        let apk = open(place.0.path()).unwrap();
        let sources: Vec<_> = apk.manifest.permissions.iter().map(|p| (p.name.as_str(), &p.source)).collect();
        assert_eq!(sources[1].0, "android.permission.RECORD_AUDIO");
        assert!(
            matches!(sources[2].1, PermissionSource::Implied { by } if by == "android.permission.ACCESS_FINE_LOCATION")
        );
    }
}
