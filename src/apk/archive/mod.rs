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
/// Bytes of an entry that hold its local header and its first bytes: tables of a deflate block take up to some 300.
const BEGINNING: u64 = 1024;
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
        let start = self.data_start(entry, deviations)?;
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
            let len = entry.size.min(self.directory.saturating_sub(start));
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

    /// The first bytes of an entry, uncompressed, at most `len`; fewer where they cannot be read.
    pub(crate) fn beginning(&self, entry: &Entry, len: usize) -> Vec<u8> {
        // One read in nearly all cases: the local header is short, and so is the name.
        let near = self.source.read(entry.header, BEGINNING).unwrap_or_default();
        let (Some(LOCAL), Some(name_len), Some(extra_len)) = (u32_at(&near, 0), u16_at(&near, 26), u16_at(&near, 28))
        else {
            return Vec::new();
        };
        let start = LOCAL_LEN + u64::from(name_len) + u64::from(extra_len);
        let far;
        let data = match near.get(start as usize..).filter(|data| data.len() >= len) {
            Some(data) => data,
            None => {
                far = self.source.read(entry.header.saturating_add(start), BEGINNING).unwrap_or_default();
                &far
            }
        };
        let data = &data[..data.len().min(usize::try_from(entry.compressed).unwrap_or(usize::MAX))];
        if entry.method == DEFLATED { inflate::beginning(data, len) } else { data[..data.len().min(len)].to_vec() }
    }

    /// An archive that lies in this one, to be read in place where it is not compressed.
    pub(crate) fn nested(
        &self,
        entry: &Entry,
        cap: u64,
        budget: &Budget,
        deviations: &mut Vec<String>,
    ) -> Result<Source, EntryError> {
        if entry.method == DEFLATED {
            return self.read(entry, cap, budget, deviations).map(Source::Memory);
        }
        let start = self.data_start(entry, deviations)?;
        Ok(self.source.stretch(start, entry.size))
    }

    /// Where the data of an entry starts: behind its local header, whose lengths count and not those of the directory.
    fn data_start(&self, entry: &Entry, deviations: &mut Vec<String>) -> Result<u64, EntryError> {
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
        let name_at = entry.header + LOCAL_LEN;
        let name_there = self.source.read(name_at, name_len.into())?;
        if String::from_utf8_lossy(&name_there) != name.as_str() {
            deviations.push(format!("{name} has another name in its local header"));
        }
        Ok(name_at + u64::from(name_len) + u64::from(extra_len))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::testing::{ZipEntry, entry, zip, zip_64, zip_parts};

    fn open(bytes: Vec<u8>) -> Archive {
        Archive::open(Source::Memory(bytes), 100).unwrap()
    }

    fn content(archive: &Archive, name: &str) -> (Result<Vec<u8>, String>, Vec<String>) {
        let mut deviations = Vec::new();
        let bytes = archive.read(archive.get(name).unwrap(), 1 << 20, &Budget::new(1 << 20), &mut deviations);
        (bytes.map_err(|e| e.to_string()), deviations)
    }

    #[test]
    fn plain_entries() {
        let archive = open(zip(&[entry("b", "stored"), ZipEntry { deflate: true, ..entry("a", "packed") }]));
        assert_eq!(content(&archive, "a"), (Ok(b"packed".to_vec()), vec![]));
        assert_eq!(content(&archive, "b"), (Ok(b"stored".to_vec()), vec![]));
        assert!(archive.get("c").is_none());
        assert_eq!(archive.entries().map(|e| e.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(archive.deviations, [""; 0]);
    }

    #[test]
    fn an_unknown_method_is_read_as_stored() {
        let archive = open(zip(&[ZipEntry { method: Some(0x1234), ..entry("m", "as it is") }]));
        let (bytes, deviations) = content(&archive, "m");
        assert_eq!(bytes.unwrap(), b"as it is");
        assert_eq!(deviations, ["m claims compression method 0x1234; Android reads it as stored"]);
    }

    #[test]
    fn the_encryption_bit_is_ignored() {
        let archive = open(zip(&[
            ZipEntry { flags: 1, deflate: true, ..entry("m", "not encrypted at all") },
            ZipEntry { flags: 1, method: Some(8), ..entry("e", "really encrypted") },
        ]));
        let (bytes, deviations) = content(&archive, "m");
        assert_eq!(bytes.unwrap(), b"not encrypted at all");
        assert_eq!(deviations, ["m claims to be encrypted; Android ignores that"]);
        assert_eq!(content(&archive, "e").0.unwrap_err(), "it claims to be encrypted, and its data cannot be read");
    }

    #[test]
    fn lying_sizes() {
        let text = "x".repeat(5000);
        let archive = open(zip(&[
            ZipEntry { deflate: true, size: Some(7), ..entry("small", text.as_str()) },
            ZipEntry { deflate: true, size: Some(u32::MAX - 1), ..entry("large", text.as_str()) },
            ZipEntry { deflate: true, compressed: Some(3), ..entry("cut", text.as_str()) },
        ]));
        for name in ["small", "large", "cut"] {
            let (bytes, deviations) = content(&archive, name);
            assert_eq!(bytes.unwrap().len(), 5000, "{name}");
            assert_eq!(deviations.len(), 1, "{name}: {deviations:?}");
        }
    }

    #[test]
    fn of_duplicates_the_first() {
        let archive = open(zip(&[entry("m", "first"), entry("x", ""), entry("m", "second"), entry("m", "third")]));
        assert_eq!(content(&archive, "m").0.unwrap(), b"first");
        assert_eq!(archive.deviations[0], "m stands in the archive more than once; the first is read");
        assert_eq!(archive.entries().count(), 2);
    }

    #[test]
    fn another_name_in_the_local_header() {
        let archive = open(zip(&[ZipEntry { local_name: Some("other".into()), ..entry("m", "data") }]));
        let (bytes, deviations) = content(&archive, "m");
        assert_eq!((bytes.unwrap(), deviations.len()), (b"data".to_vec(), 1));
    }

    #[test]
    fn a_local_header_that_lies_about_all_else() {
        let mut bytes = zip(&[entry("m", "data"), entry("x", "")]);
        // Version, flags, method, time, checksum and both sizes: only the lengths of name and extra field count.
        bytes[4..26].fill(0xee);
        let (bytes, deviations) = content(&open(bytes), "m");
        assert_eq!(bytes.unwrap(), b"data");
        assert_eq!(deviations, ["m has another compression method in its local header than in the directory"]);
    }

    #[test]
    fn entries_that_share_one_body_are_bounded_together() {
        let bomb = ZipEntry { deflate: true, ..entry("0", vec![0; 1 << 18]) };
        let mut entries = vec![bomb.clone()];
        entries.extend((1..90).map(|i| ZipEntry {
            data: Vec::new(),
            size: Some(1 << 18),
            ..entry(&i.to_string(), "")
        }));
        entries.iter_mut().for_each(|e| e.method = Some(8));
        let (mut bytes, end) = zip_parts(&entries);
        let first = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        let compressed = bytes[first + 20..first + 24].to_vec();
        let mut at = first;
        while at < bytes.len() {
            bytes[at + 20..at + 24].copy_from_slice(&compressed);
            bytes[at + 42..at + 46].fill(0);
            at += 46 + usize::from(bytes[at + 28]);
        }
        let archive = open([bytes, end].concat());
        let budget = Budget::new(1 << 20);
        let mut kept = Vec::new();
        for entry in archive.entries() {
            kept.extend(archive.read(entry, 1 << 19, &budget, &mut Vec::new()));
        }
        assert_eq!(kept.len(), 4, "four bodies fill the budget");
        assert_eq!(budget.left(), 0);
    }

    #[test]
    fn bytes_before_and_after() {
        let plain = zip(&[entry("m", "data")]);
        let shifted = open([b"#!/bin/sh\n".repeat(10), plain.clone()].concat());
        assert_eq!(content(&shifted, "m").0.unwrap(), b"data");
        assert_eq!(shifted.deviations[0], "100 bytes stand before the archive; its offsets do not count them");
        let trailing = open([plain, b"tail".to_vec()].concat());
        assert_eq!(content(&trailing, "m").0.unwrap(), b"data");
        assert!(trailing.deviations[0].contains("4 bytes follow it"), "{:?}", trailing.deviations);
    }

    #[test]
    fn a_false_end_record_in_the_comment() {
        let (bytes, mut end) = zip_parts(&[entry("m", "data")]);
        let mut fake = end.clone();
        fake[10] = 99;
        fake.truncate(20);
        end[20] = 20;
        let archive = open([bytes, end, fake].concat());
        assert_eq!(content(&archive, "m").0.unwrap(), b"data");
    }

    #[test]
    fn wrong_counts() {
        let (bytes, end) = zip_parts(&[entry("a", "1"), entry("b", "2"), entry("c", "3")]);
        let with_count = |count: u8| {
            let mut end = end.clone();
            (end[8], end[10]) = (count, count);
            open([bytes.clone(), end].concat())
        };
        let less = with_count(1);
        assert_eq!(less.entries().count(), 1);
        assert!(less.deviations[0].contains("2 more follow that Android does not see"), "{:?}", less.deviations);
        let more = with_count(9);
        assert_eq!(more.entries().count(), 3);
        assert!(
            more.deviations.iter().any(|d| d.contains("promises 9 entries, 3 can be read")),
            "{:?}",
            more.deviations
        );
    }

    #[test]
    fn the_64_bit_form() {
        let archive = open(zip_64(&[entry("a", "1"), entry("b", "2")]));
        assert_eq!(content(&archive, "b").0.unwrap(), b"2");
    }

    #[test]
    fn limits() {
        let many: Vec<ZipEntry> = (0..101).map(|i| entry(&i.to_string(), "")).collect();
        assert!(matches!(Archive::open(Source::Memory(zip(&many)), 100), Err(OpenError::TooMany)));
        assert!(matches!(Archive::open(Source::Memory(b"PK".to_vec()), 100), Err(OpenError::NotZip)));
        let bomb = open(zip(&[ZipEntry { deflate: true, ..entry("b", vec![0; 2 << 20]) }]));
        assert_eq!(content(&bomb, "b").0.unwrap_err(), "it inflates to more than the limit of 1048576 bytes");
        let stored = open(zip(&[ZipEntry { size: Some(u32::MAX - 1), ..entry("b", "few") }]));
        let (bytes, deviations) = content(&stored, "b");
        assert_eq!((bytes.unwrap(), deviations.len()), (b"few".to_vec(), 1));
    }
}
