//! Entries of a ZIP archive by name. Nothing else in the crate knows the format.
//!
//! Android's own reader decides what an archive holds; where it and desktop tools disagree, an inspector's tools show something
//! else than the device installs, so each difference becomes a deviation. The `zip` crate stands for the desktop tools.

mod directory;
mod inflate;
mod source;

use std::borrow::Cow;
use std::io::{self, BufReader};

use zip::ZipArchive;

pub(crate) use directory::Entry;
pub(crate) use inflate::Budget;
pub(crate) use source::Source;

use directory::{Directory, u16_at, u32_at};

const LOCAL: u32 = 0x0403_4b50;
const LOCAL_LEN: u64 = 30;
const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;
/// Deviations are for reading; beyond this many of a kind only their number is told.
const MAX_TOLD: usize = 5;

/// Why an archive cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("it has no ZIP end record")]
    NotZip,
    #[error("{0}")]
    Damaged(String),
    #[error("too many entries")]
    TooMany,
}

/// Why an entry cannot be read. Reads as a clause.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EntryError {
    #[error("reading it failed: {0}")]
    Io(#[from] io::Error),
    #[error("it does not lie within the archive")]
    Outside,
    #[error("its compressed data is damaged")]
    Damaged,
    #[error("it claims to be encrypted, and its data cannot be read")]
    Encrypted,
    #[error("it inflates to more than the limit of {0} bytes")]
    TooLong(u64),
}

/// An open archive.
#[derive(Debug)]
pub(crate) struct Archive {
    source: Source,
    entries: Vec<Entry>,
    /// Places in `entries`, by name; of duplicates only the first, which is the one Android's loader finds.
    by_name: Vec<u32>,
    /// Where the central directory starts.
    directory: u64,
    pub(crate) deviations: Vec<String>,
}

impl Archive {
    pub(crate) fn open(source: Source, max_entries: u64) -> Result<Self, OpenError> {
        let Directory { entries, mut deviations, start } = match directory::read(&source, max_entries) {
            Ok(found) => found,
            Err(directory::Failure::Io(e)) => return Err(e.into()),
            Err(directory::Failure::NotZip) => return Err(OpenError::NotZip),
            Err(directory::Failure::Damaged(why)) => return Err(OpenError::Damaged(why)),
            Err(directory::Failure::TooMany) => return Err(OpenError::TooMany),
        };
        // Bounded by `max_entries` and by the 46 bytes each takes in the file.
        let mut by_name: Vec<u32> = (0..entries.len() as u32).collect();
        by_name.sort_by(|&a, &b| entries[a as usize].name.cmp(&entries[b as usize].name));
        let mut doubles = Vec::new();
        by_name.dedup_by(|next, kept| {
            let same = entries[*next as usize].name == entries[*kept as usize].name;
            if same && doubles.last() != Some(kept) {
                doubles.push(*kept);
            }
            same
        });
        tell(&mut deviations, &doubles, |&i| {
            format!("{} stands in the archive more than once; the first is read", entries[i as usize].name)
        });
        let archive = Self { source, entries, by_name, directory: start, deviations };
        Ok(archive.compared_with_desktop_tools())
    }

    fn compared_with_desktop_tools(mut self) -> Self {
        let reader = BufReader::with_capacity(1 << 16, source::Reader::new(&self.source));
        let deviation = match ZipArchive::new(reader) {
            Err(error) => Some(format!("desktop ZIP tools refuse this archive: {error}")),
            Ok(zip) if zip.len() != self.by_name.len() => {
                Some(format!("desktop ZIP tools see {} entries where Android sees {}", zip.len(), self.by_name.len()))
            }
            Ok(_) => None,
        };
        self.deviations.extend(deviation);
        self
    }

    /// The entries, each name once, sorted by name.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.by_name.iter().map(|&i| &self.entries[i as usize])
    }

    /// The entries as they stand in the directory, duplicates and all.
    pub(crate) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Entry> {
        let at = self.by_name.binary_search_by(|&i| self.entries[i as usize].name.as_str().cmp(name)).ok()?;
        Some(&self.entries[self.by_name[at] as usize])
    }

    /// The last bytes before the central directory, at most `len`: where the APK signing block stands.
    pub(crate) fn before_directory(&self, len: u64) -> io::Result<Cow<'_, [u8]>> {
        let len = len.min(self.directory);
        self.source.read(self.directory - len, len)
    }

    /// The bytes of an entry, uncompressed, with what is odd about it.
    ///
    /// Only method 8 is deflate; whatever else an entry claims, Android maps its bytes as they are
    /// (AOSP `libs/androidfw/AssetsProvider.cpp`). The encryption bit is not looked at.
    pub(crate) fn read(
        &self,
        entry: &Entry,
        cap: u64,
        budget: &Budget,
        deviations: &mut Vec<String>,
    ) -> Result<Vec<u8>, EntryError> {
        let name = &entry.name;
        let local = self.source.read(entry.header, LOCAL_LEN)?;
        let (Some(LOCAL), Some(name_len), Some(extra_len)) =
            (u32_at(&local, 0), u16_at(&local, 26), u16_at(&local, 28))
        else {
            return Err(EntryError::Outside);
        };
        if u16_at(&local, 8) != Some(entry.method) {
            deviations.push(format!("{name} has another compression method in its local header than in the directory"));
        }
        let name_there = self.source.read(entry.header + LOCAL_LEN, name_len.into())?;
        if String::from_utf8_lossy(&name_there) != name.as_str() {
            deviations.push(format!("{name} has another name in its local header"));
        }
        let start = entry.header + LOCAL_LEN + u64::from(name_len) + u64::from(extra_len);
        if entry.flags & ENCRYPTED != 0 {
            deviations.push(format!("{name} claims to be encrypted; Android ignores that"));
        }
        let bytes = if entry.method == DEFLATED {
            let damaged = if entry.flags & ENCRYPTED == 0 { EntryError::Damaged } else { EntryError::Encrypted };
            self.inflate(entry, start, cap, budget, damaged, deviations)?
        } else {
            if entry.method != 0 {
                deviations.push(format!(
                    "{name} claims compression method {:#06x}; Android reads it as stored",
                    entry.method
                ));
            }
            let len = entry.size;
            if len > cap || !budget.take(len) {
                return Err(EntryError::TooLong(cap.min(budget.left())));
            }
            self.source.read(start, len)?.into_owned()
        };
        if bytes.len() as u64 != entry.size {
            deviations.push(format!("{name} claims {} bytes and holds {}", entry.size, bytes.len()));
        }
        Ok(bytes)
    }

    fn inflate(
        &self,
        entry: &Entry,
        start: u64,
        cap: u64,
        budget: &Budget,
        damaged: EntryError,
        deviations: &mut Vec<String>,
    ) -> Result<Vec<u8>, EntryError> {
        let result = inflate::inflate(&self.source.read(start, entry.compressed)?, entry.size, cap, budget);
        match result {
            Ok(bytes) => Ok(bytes),
            Err(inflate::Failure::TooLong) => Err(EntryError::TooLong(cap.min(budget.left()))),
            Err(inflate::Failure::Damaged) => {
                // The claimed length may be too short; a deflate stream knows its own end.
                let rest = self.directory.saturating_sub(start).min(cap);
                if rest <= entry.compressed {
                    return Err(damaged);
                }
                let bytes = inflate::inflate(&self.source.read(start, rest)?, entry.size, cap, budget);
                let bytes = bytes.map_err(|_| damaged)?;
                deviations.push(format!("{} is longer than the directory says", entry.name));
                Ok(bytes)
            }
        }
    }
}

/// Adds a sentence for each item, or for the first few and the number of the rest.
pub(super) fn tell<T>(deviations: &mut Vec<String>, items: &[T], sentence: impl Fn(&T) -> String) {
    deviations.extend(items.iter().take(MAX_TOLD).map(sentence));
    if items.len() > MAX_TOLD {
        deviations.push(format!("and {} more of the same kind", items.len() - MAX_TOLD));
    }
}
