//! Which packages there are, and which policy belongs to which.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// File endings of packages.
const PACKAGES: &[&str] = &["apk", "apks", "xapk", "apkm"];

/// Folders deeper than this are not entered: no store lays packages out so deep, and a loop of links ends here.
const DEPTH: usize = 32;

/// One package to audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the directory given, with `/`, lossily decoded: what reports call it.
    pub name: String,
}

/// Every package below `directory`, sorted by name. Files that cannot be listed are returned as errors beside.
pub fn packages(directory: &Path) -> (Vec<Package>, Vec<io::Error>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    for entry in WalkDir::new(directory).max_depth(DEPTH).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_package(entry.path()) => {
                let below = entry.path().strip_prefix(directory).unwrap_or(entry.path());
                let name = below.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                found.push(Package { path: entry.path().to_owned(), name });
            }
            Ok(_) => {}
            Err(error) => errors.push(error.into()),
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    (found, errors)
}

/// Whether a file is a package by its ending.
pub fn is_package(path: &Path) -> bool {
    path.extension().and_then(|e| e.to_str()).is_some_and(|e| PACKAGES.iter().any(|p| e.eq_ignore_ascii_case(p)))
}

/// The policies of a batch.
#[derive(Debug, Clone)]
pub enum Policies {
    /// One policy, with its annexes, for every package.
    Same(Vec<PathBuf>),
    /// A directory with one policy a package, named after the package file or the application id.
    Directory {
        /// The directory, for messages.
        path: PathBuf,
        /// Files by stem.
        by_stem: BTreeMap<OsString, Vec<PathBuf>>,
    },
}

impl Policies {
    /// One directory, or files for all.
    ///
    /// # Errors
    /// When the directory cannot be listed.
    pub fn new(paths: &[PathBuf]) -> io::Result<Self> {
        let [only] = paths else { return Ok(Self::Same(paths.to_vec())) };
        if !only.is_dir() {
            return Ok(Self::Same(paths.to_vec()));
        }
        let mut by_stem: BTreeMap<OsString, Vec<PathBuf>> = BTreeMap::new();
        for entry in std::fs::read_dir(only)? {
            let path = entry?.path();
            if path.is_file()
                && let Some(stem) = path.file_stem()
            {
                by_stem.entry(stem.to_owned()).or_default().push(path);
            }
        }
        for files in by_stem.values_mut() {
            files.sort();
        }
        Ok(Self::Directory { path: only.clone(), by_stem })
    }

    /// The policy of a package: `<stem>.*` of its file, else `<application id>.*`. The id is asked for only when needed.
    /// Several files of one stem are taken in order of their names, the first as the policy.
    pub fn of(&self, package: &Path, application_id: impl FnOnce() -> Option<String>) -> Option<&[PathBuf]> {
        match self {
            Self::Same(files) => Some(files),
            Self::Directory { by_stem, .. } => {
                let stem = package.file_stem().and_then(|s| by_stem.get(s));
                stem.or_else(|| application_id().and_then(|id| by_stem.get(&OsString::from(id)))).map(Vec::as_slice)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn packages_are_found_in_order_and_other_files_left() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("子 目录")).unwrap();
        for name in ["b.apk", "a.XAPK", "notes.txt", "子 目录/c.apk"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let (found, errors) = packages(dir.path());
        let names: Vec<_> = found.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["a.XAPK", "b.apk", "子 目录/c.apk"]);
        assert!(errors.is_empty());
    }

    #[test]
    fn a_policy_is_found_by_stem_and_then_by_application_id() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["app.txt", "com.example.other.html"] {
            fs::write(dir.path().join(name), "x").unwrap();
        }
        let policies = Policies::new(&[dir.path().to_owned()]).unwrap();
        let of = |file: &str, id: Option<&str>| policies.of(Path::new(file), || id.map(str::to_owned)).map(<[_]>::len);
        assert_eq!(of("x/app.apk", None), Some(1));
        assert_eq!(of("x/unnamed.apk", Some("com.example.other")), Some(1));
        assert_eq!(of("x/unnamed.apk", Some("com.example")), None);
    }
}
