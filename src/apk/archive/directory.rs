//! The central directory, read as Android's libziparchive reads it, and more forgivingly where it would give up.
//!
//! Source: AOSP `system/libziparchive/zip_archive.cc` (`MapCentralDirectory`, `ParseZipArchive`).

use std::io;

use super::source::Source;

const END: u32 = 0x0605_4b50;
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END_LEN: usize = 22;
const CENTRAL_LEN: usize = 46;
/// An end record and the longest comment it may carry.
const TAIL: u64 = END_LEN as u64 + 0xffff;

/// One entry as the central directory describes it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(super) flags: u16,
    pub(crate) method: u16,
    pub(crate) compressed: u64,
    /// As claimed; only a hint.
    pub(crate) size: u64,
    pub(super) header: u64,
}

/// The entries in directory order, and how the archive departs from the format.
#[derive(Debug, Default)]
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    pub(super) deviations: Vec<String>,
    /// Where the directory starts in the source; an APK signing block ends there.
    pub(super) start: u64,
}

/// Why there is no directory.
#[derive(Debug)]
pub(super) enum Failure {
    Io(io::Error),
    /// No end record: this is no ZIP.
    NotZip,
    Damaged(String),
    TooMany,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// What an end record says.
struct End {
    /// Its own place in the source.
    at: u64,
    count: u64,
    size: u64,
    offset: u64,
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(super) fn read(source: &Source, max_entries: u64) -> Result<Directory, Failure> {
    let mut found = Directory::default();
    let end = find_end(source, &mut found.deviations)?;
    let end = end_64(source, end, &mut found.deviations)?;

    // Offsets count from the start of the archive. When something was put before it they are short by its length.
    let shift = end.at.saturating_sub(end.size.saturating_add(end.offset));
    let starts_at = |at: u64| source.read(at, 4).map(|b| u32_at(&b, 0) == Some(CENTRAL));
    let shift = if end.count == 0 || shift == 0 || starts_at(end.offset)? || !starts_at(end.offset + shift)? {
        0
    } else {
        found.deviations.push(format!("{shift} bytes stand before the archive; its offsets do not count them"));
        shift
    };
    found.start = end.offset.saturating_add(shift);
    if found.start > end.at {
        return Err(Failure::Damaged("the central directory would lie behind its own end record".into()));
    }
    let mut bytes = source.read(found.start, end.size.min(end.at - found.start))?;
    if u64::from(CENTRAL_LEN as u32).saturating_mul(end.count) > bytes.len() as u64 {
        bytes = source.read(found.start, end.at - found.start)?;
        found.deviations.push("the end record understates the size of the central directory".into());
    }
    let mut at = 0;
    while (found.entries.len() as u64) < end.count {
        let Some((entry, next)) = entry(&bytes, at) else { break };
        if found.entries.len() as u64 >= max_entries {
            return Err(Failure::TooMany);
        }
        found.entries.push(Entry { header: entry.header.saturating_add(shift), ..entry });
        at = next;
    }
    let read = found.entries.len() as u64;
    if read < end.count {
        if read == 0 {
            return Err(Failure::Damaged(format!("the end record promises {} entries, none can be read", end.count)));
        }
        found.deviations.push(format!("the end record promises {} entries, {read} can be read", end.count));
    } else if u32_at(&bytes, at) == Some(CENTRAL) {
        let more = std::iter::successors(Some(at), |&at| entry(&bytes, at).map(|(_, next)| next)).skip(1).count();
        found
            .deviations
            .push(format!("the end record counts {read} entries, {more} more follow that Android does not see"));
    }
    Ok(found)
}

/// The last end record whose comment ends the file; else the last that points at something, as desktop tools take it.
fn find_end(source: &Source, deviations: &mut Vec<String>) -> Result<End, Failure> {
    let start = source.len().saturating_sub(TAIL);
    let tail = source.read(start, TAIL)?;
    let mut fallback = None;
    let mut records = 0;
    for at in (0..tail.len().saturating_sub(END_LEN - 1)).rev() {
        if u32_at(&tail, at) != Some(END) {
            continue;
        }
        let read = |by: usize| u32_at(&tail, at + by).unwrap_or_default();
        let end = End {
            at: start + at as u64,
            count: u16_at(&tail, at + 10).unwrap_or_default().into(),
            size: read(12).into(),
            offset: read(16).into(),
        };
        let comment = usize::from(u16_at(&tail, at + 20).unwrap_or_default());
        if at + END_LEN + comment == tail.len() {
            if records > 0 {
                deviations.push("a further end record stands behind the one that is valid".into());
            }
            return Ok(end);
        }
        records += 1;
        if fallback.is_none() && (end.offset == u64::from(u32::MAX) || end.offset.saturating_add(end.size) <= end.at) {
            fallback = Some((end, tail.len() - at - END_LEN, comment));
        }
    }
    let (end, there, comment) = fallback.ok_or(Failure::NotZip)?;
    deviations.push(format!("the end record claims a comment of {comment} bytes, {there} bytes follow it"));
    Ok(end)
}

/// The 64-bit end record, where the short one says that it holds the numbers.
fn end_64(source: &Source, end: End, deviations: &mut Vec<String>) -> Result<End, Failure> {
    let full = u64::from(u32::MAX);
    if end.offset != full && end.size != full && end.count != 0xffff {
        return Ok(end);
    }
    let locator = source.read(end.at.saturating_sub(20), 20)?;
    let (Some(LOCATOR_64), Some(at)) = (u32_at(&locator, 0), u64_at(&locator, 8)) else { return Ok(end) };
    let record = source.read(at, 56)?;
    let (Some(END_64), Some(count), Some(size), Some(offset)) =
        (u32_at(&record, 0), u64_at(&record, 32), u64_at(&record, 40), u64_at(&record, 48))
    else {
        deviations.push("the 64-bit end record is missing where its locator points".into());
        return Ok(end);
    };
    Ok(End { at, count, size, offset })
}

/// The entry at `at`, and where the next one starts.
fn entry(bytes: &[u8], at: usize) -> Option<(Entry, usize)> {
    let fixed = bytes.get(at..at.checked_add(CENTRAL_LEN)?)?;
    if u32_at(fixed, 0)? != CENTRAL {
        return None;
    }
    let name_end = at + CENTRAL_LEN + usize::from(u16_at(fixed, 28)?);
    let extra_end = name_end + usize::from(u16_at(fixed, 30)?);
    let mut entry = Entry {
        name: String::from_utf8_lossy(bytes.get(at + CENTRAL_LEN..name_end)?).into_owned(),
        flags: u16_at(fixed, 8)?,
        method: u16_at(fixed, 10)?,
        compressed: u32_at(fixed, 20)?.into(),
        size: u32_at(fixed, 24)?.into(),
        header: u32_at(fixed, 42)?.into(),
    };
    if let Some(extra) = bytes.get(name_end..extra_end) {
        widen(&mut entry, extra);
    }
    Some((entry, extra_end + usize::from(u16_at(fixed, 32)?)))
}

/// Takes the 64-bit sizes and offset from the extra field, for those that are all ones in the fixed part.
fn widen(entry: &mut Entry, mut extra: &[u8]) {
    while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let Some(data) = extra.get(4..4 + usize::from(len)) else { return };
        if id == 1 {
            let mut at = 0;
            for value in [&mut entry.size, &mut entry.compressed, &mut entry.header] {
                if *value == u64::from(u32::MAX)
                    && let Some(wide) = u64_at(data, at)
                {
                    *value = wide;
                    at += 8;
                }
            }
            return;
        }
        extra = &extra[4 + data.len()..];
    }
}
