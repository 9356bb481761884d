//! Why a package could not be read at all.

use std::io;

/// Why a package could not be read at all. Each is one sentence that names the file and what was expected.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Nothing there.
    #[error("{file}: no such file; expected an Android package (.apk, .apks, .xapk, .apkm) or an AndroidManifest.xml")]
    Missing {
        /// The path as given.
        file: String,
    },
    /// The system would not let it be read.
    #[error("{file}: cannot be read: {source}")]
    Io {
        /// The path as given.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// A directory without anything to read.
    #[error(
        "{file}: a directory without an AndroidManifest.xml and without .apk files; expected a folder of splits or a source tree"
    )]
    EmptyDirectory {
        /// The path as given.
        file: String,
    },
    /// No bytes.
    #[error("{file}: the file is empty; expected an Android package")]
    Empty {
        /// The path as given.
        file: String,
    },
    /// Neither a ZIP nor a text manifest.
    #[error("{file}: not an Android package: {why}; expected a ZIP archive or an AndroidManifest.xml")]
    NotAPackage {
        /// The path as given.
        file: String,
        /// What was found instead.
        why: String,
    },
    /// A ZIP whose directory cannot be read.
    #[error("{file}: a damaged ZIP archive: {why}")]
    Archive {
        /// The path as given.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// A ZIP without a manifest.
    #[error("{file}: a ZIP archive without AndroidManifest.xml and without APKs in it; expected an Android package")]
    NoManifest {
        /// The path as given.
        file: String,
    },
    /// An Android App Bundle.
    #[error(
        "{file}: an Android App Bundle, which devices cannot install; build an APK set from it \
         (bundletool build-apks --bundle=FILE.aab --output=FILE.apks) and give that"
    )]
    Bundle {
        /// The path as given.
        file: String,
    },
    /// The manifest cannot be decoded.
    #[error("{file}: the manifest cannot be read: {why}")]
    Manifest {
        /// The path as given, with the entry.
        file: String,
        /// What is wrong with it.
        why: String,
    },
    /// A text manifest that is not one.
    #[error("{file}: line {line}: {why}; expected an Android manifest as XML text")]
    TextManifest {
        /// The path as given.
        file: String,
        /// Line, from 1.
        line: u32,
        /// What is wrong with it.
        why: String,
    },
    /// A set in which no APK is the base.
    #[error("{file}: a split set without a base APK; expected one APK whose manifest names no split")]
    NoBase {
        /// The path as given.
        file: String,
    },
    /// More than the limits allow.
    #[error("{file}: {what} exceed the limit of {limit}")]
    Limit {
        /// The path as given.
        file: String,
        /// What there is too much of.
        what: &'static str,
        /// The limit, from [`Limits`](super::Limits).
        limit: u64,
    },
}
