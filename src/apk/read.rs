//! A file or folder on disk to [`Apk`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

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
}

impl Reading<'_> {
    pub(super) fn io(&self, source: io::Error) -> Error {
        Error::Io { file: self.file.clone(), source }
    }

    pub(super) fn open_error(&self, error: OpenError) -> Error {
        let file = self.file.clone();
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
        let limits = options.limits;
        let reading =
            Reading { file: path.display().to_string(), catalogue, options, budget: Budget::new(limits.total_bytes) };
        let mut apk = read(path, &reading)?;
        apk.file = path.file_name().map_or_else(|| reading.file.clone(), |n| n.to_string_lossy().into_owned());
        Ok(apk)
    }
}

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
    file.by_ref().take(64).read_to_end(&mut head).map_err(|e| reading.io(e))?;
    if text_manifest::looks_like_xml(&head) {
        return text_manifest::read(path, reading);
    }
    let hash = || if reading.options.hash { sha256(path) } else { Ok(String::new()) };
    let parse = || archive(file, &head, reading);
    let (hash, apk) = if reading.options.parallel { rayon::join(hash, parse) } else { (hash(), parse()) };
    let mut apk = apk?;
    apk.sha256 = hash.map_err(|e| reading.io(e))?;
    apk.size = meta.len();
    Ok(apk)
}

/// An APK, or a set of them in one ZIP.
fn archive(file: File, head: &[u8], reading: &Reading<'_>) -> Result<Apk, Error> {
    let source = Source::file(file).map_err(|e| reading.io(e))?;
    let archive = match Archive::open(source, reading.options.limits.entries) {
        Err(OpenError::NotZip) => {
            let why = text_manifest::what_is_it(head);
            return Err(Error::NotAPackage { file: reading.file.clone(), why });
        }
        other => other.map_err(|e| reading.open_error(e))?,
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
