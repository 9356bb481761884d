//! resources.arsc: the text, number or truth value behind a resource id, for one locale.
//!
//! The table is indexed once (where each type stands for each configuration) and read in place afterwards.
//!
//! Source: AOSP `libs/androidfw/include/androidfw/ResourceTypes.h` (`ResTable_*`), `LoadedArsc.cpp`.

use super::axml::{self, Chunk, Pool, u16_at, u32_at};
use super::typed::{Resolve, Typed};

const TABLE: u16 = 0x0002;
const PACKAGE: u16 = 0x0200;
const TYPE: u16 = 0x0201;

/// Flags of a type chunk.
const SPARSE: u8 = 1;
const OFFSET_16: u8 = 2;
/// Flags of an entry.
const COMPLEX: u16 = 1;
const COMPACT: u16 = 8;

/// References followed before a chain counts as a loop (`kMaxIterations` of AssetManager2.cpp).
const MAX_HOPS: usize = 20;
/// The application's own package id, which a dynamic reference writes as zero.
const APP_PACKAGE: u32 = 0x7f;

/// The resource tables of a package, base first.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    bytes: Vec<u8>,
    /// Where the pool of values stands.
    pool: Option<usize>,
    types: Vec<TypeAt>,
}

/// One type in one configuration.
#[derive(Debug, Clone, Copy)]
struct TypeAt {
    package: u8,
    kind: u8,
    locale: Locale,
    /// Whether nothing but the locale is configured.
    plain: bool,
    at: usize,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Locale {
    language: [u8; 2],
    country: [u8; 2],
    script: [u8; 4],
}

/// What locale to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Default,
    Chinese,
}

impl Resources {
    /// Adds a table. False when it is none, or is cut off; what could be read is used all the same.
    pub(crate) fn add(&mut self, bytes: Vec<u8>) -> bool {
        let (table, whole) = Table::index(bytes);
        self.tables.push(table);
        whole
    }

    /// Adds the tables of another part.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.tables.append(&mut other.tables);
    }

    /// Text in the default configuration.
    pub(crate) fn text(&self, id: u32) -> Option<String> {
        self.find(id, Want::Default).and_then(|(value, _)| value.text())
    }

    /// Text in Chinese, simplified first; `None` when the resource has no Chinese of its own.
    pub(crate) fn text_zh(&self, id: u32) -> Option<String> {
        self.find(id, Want::Chinese).filter(|(_, localised)| *localised).and_then(|(value, _)| value.text())
    }

    /// The value, and whether a wanted locale was met on the way to it.
    fn find(&self, mut id: u32, want: Want) -> Option<(Typed<'static>, bool)> {
        let mut localised = false;
        for _ in 0..MAX_HOPS {
            let (value, rank) = self.lookup(id, want)?;
            localised |= rank < Locale::OTHER;
            match value {
                Typed::Reference(next) if next != 0 => id = next,
                value => return Some((value, localised)),
            }
        }
        None
    }

    fn lookup(&self, id: u32, want: Want) -> Option<(Typed<'static>, u8)> {
        let package = if id >> 24 == 0 { APP_PACKAGE } else { id >> 24 };
        let mut best: Option<(Typed<'_>, (u8, bool))> = None;
        for table in &self.tables {
            let kinds = table
                .types
                .iter()
                .filter(|t| u32::from(t.package) == package && u32::from(t.kind) == (id >> 16 & 0xff));
            for kind in kinds {
                let rank = (kind.locale.rank(want), !kind.plain);
                if best.as_ref().is_some_and(|(_, best)| *best <= rank) {
                    continue;
                }
                if let Some(value) = table.value(kind.at, (id & 0xffff) as usize) {
                    best = Some((value, rank));
                }
            }
        }
        best.map(|(value, (rank, _))| (value.into_owned(), rank))
    }
}

impl Resolve for Resources {
    fn resolve(&self, id: u32) -> Option<Typed<'static>> {
        self.find(id, Want::Default).map(|(value, _)| value)
    }
}

impl Table {
    fn index(bytes: Vec<u8>) -> (Self, bool) {
        let mut table = Self { bytes: Vec::new(), pool: None, types: Vec::new() };
        let whole = table.walk(&bytes).is_some();
        table.bytes = bytes;
        (table, whole)
    }

    fn walk(&mut self, bytes: &[u8]) -> Option<()> {
        let whole = Chunk::at(bytes, 0);
        let header = whole.map_or(12, |c| c.header);
        if u16_at(bytes, 0)? != TABLE {
            return None;
        }
        let mut at = header;
        while at < bytes.len() {
            let chunk = Chunk::at(bytes, at)?;
            match chunk.kind {
                axml::STRING_POOL if self.pool.is_none() => self.pool = Some(at),
                PACKAGE => self.package(chunk, at)?,
                _ => {}
            }
            at += chunk.bytes.len();
        }
        whole.map(|_| ())
    }

    fn package(&mut self, package: Chunk<'_>, start: usize) -> Option<()> {
        let id = match u32_at(package.bytes, 8)? as u8 {
            0 => APP_PACKAGE as u8,
            id => id,
        };
        // Feature splits number their types on from those of the base.
        let shift = if package.header >= 288 { u32_at(package.bytes, 284)? as u8 } else { 0 };
        let mut at = package.header;
        while at < package.bytes.len() {
            let chunk = Chunk::at(package.bytes, at)?;
            if chunk.kind == TYPE && chunk.header >= 20 + 28 {
                let config = &chunk.bytes[20..chunk.header];
                self.types.push(TypeAt {
                    package: id,
                    kind: chunk.bytes[8].wrapping_add(shift),
                    locale: Locale::of(config),
                    plain: is_plain(config),
                    at: start + at,
                });
            }
            at += chunk.bytes.len();
        }
        Some(())
    }

    /// The simple value of an entry of the type chunk at `at`.
    fn value(&self, at: usize, entry: usize) -> Option<Typed<'_>> {
        let chunk = Chunk::at(&self.bytes, at)?;
        let flags = chunk.bytes[9];
        let count = u32_at(chunk.bytes, 12)? as usize;
        let entries = chunk.bytes.get(u32_at(chunk.bytes, 16)? as usize..)?;
        let offsets = &chunk.bytes[chunk.header..];
        let offset = if flags & SPARSE != 0 {
            let pairs = offsets.as_chunks::<4>().0.iter().take(count);
            let found = pairs.map(|p| (u16::from_le_bytes([p[0], p[1]]), u16::from_le_bytes([p[2], p[3]])));
            usize::from(found.into_iter().find(|&(index, _)| usize::from(index) == entry)?.1) * 4
        } else if entry >= count {
            return None;
        } else if flags & OFFSET_16 != 0 {
            usize::from(u16_at(offsets, entry * 2).filter(|&o| o != u16::MAX)?) * 4
        } else {
            u32_at(offsets, entry * 4).filter(|&o| o != u32::MAX)? as usize
        };
        let entry = entries.get(offset..)?;
        let flags = u16_at(entry, 2)?;
        let (kind, data) = if flags & COMPACT != 0 {
            ((flags >> 8) as u8, u32_at(entry, 4)?)
        } else if flags & COMPLEX != 0 {
            return None;
        } else {
            let value = entry.get(usize::from(u16_at(entry, 0)?)..)?;
            (*value.get(3)?, u32_at(value, 4)?)
        };
        let pool = self.pool.and_then(|at| Pool::parse(Chunk::at(&self.bytes, at)?)).unwrap_or_default();
        Some(axml::typed(kind, data, &pool))
    }
}

/// Whether a configuration asks for nothing but a locale.
fn is_plain(config: &[u8]) -> bool {
    let zero = |range: std::ops::Range<usize>| config.iter().take(range.end).skip(range.start).all(|&b| b == 0);
    zero(4..8) && zero(12..36) && zero(48..64)
}

impl Locale {
    /// From here on a rank means: not the wanted locale.
    const OTHER: u8 = 100;

    fn of(config: &[u8]) -> Self {
        let script = config.get(36..40).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
        // The caller has checked that the fixed 28 bytes are there.
        Self { language: [config[8], config[9]], country: [config[10], config[11]], script }
    }

    /// How well it serves; less is better.
    fn rank(self, want: Want) -> u8 {
        let default = match &self.language {
            [0, 0] => 0,
            b"en" => 1,
            _ => 2,
        };
        if want == Want::Default {
            return default;
        }
        if &self.language != b"zh" {
            return Self::OTHER + default;
        }
        match (&self.script, &self.country) {
            (b"Hans", b"CN" | [0, 0]) => 0,
            (b"Hant", _) | ([0, 0, 0, 0], b"TW" | b"HK" | b"MO") => 4,
            (_, b"CN") => 0,
            ([0, 0, 0, 0], [0, 0]) => 1,
            (_, b"SG") => 2,
            _ => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apk::testing::{Layout, Res, arsc};

    fn table(locales: &[(&str, &[(u16, Res)])], layout: Layout) -> Resources {
        let mut resources = Resources::default();
        assert!(resources.add(arsc(locales, layout)), "{layout:?}");
        resources
    }

    #[test]
    fn every_layout() {
        for layout in [Layout::Plain, Layout::Sparse, Layout::Offset16, Layout::Compact] {
            let r = table(
                &[("", &[(1, Res::Text("App")), (7, Res::Int(42))]), ("zh-CN", &[(1, Res::Text("应用"))])],
                layout,
            );
            assert_eq!(r.text(0x7f01_0001).as_deref(), Some("App"), "{layout:?}");
            assert_eq!(r.text_zh(0x7f01_0001).as_deref(), Some("应用"), "{layout:?}");
            assert_eq!(r.resolve(0x7f01_0007), Some(Typed::Int(42)), "{layout:?}");
            assert_eq!(r.text_zh(0x7f01_0007), None, "{layout:?}: not translated");
            assert_eq!(r.text(0x7f01_0002), None, "{layout:?}");
            assert_eq!(r.text(0x7f02_0001), None, "{layout:?}");
        }
    }

    #[test]
    fn simplified_before_traditional() {
        let of = |locales: &[&str]| {
            let entries: Vec<[(u16, Res); 1]> =
                locales.iter().map(|l| [(0, Res::Text(String::from(*l).leak()))]).collect();
            let locales: Vec<(&str, &[(u16, Res)])> =
                locales.iter().zip(&entries).map(|(l, e)| (*l, e.as_slice())).collect();
            table(&locales, Layout::Plain).text_zh(0x7f01_0000)
        };
        assert_eq!(of(&["", "zh-TW", "zh", "zh-CN"]).as_deref(), Some("zh-CN"));
        assert_eq!(of(&["", "zh-TW", "zh"]).as_deref(), Some("zh"));
        assert_eq!(of(&["zh-HK", "zh-Hans-CN", "en"]).as_deref(), Some("zh-Hans-CN"));
        assert_eq!(of(&["zh-TW", "en"]).as_deref(), Some("zh-TW"));
        assert_eq!(of(&["", "ja"]), None);
    }

    #[test]
    fn references_are_followed_and_loops_end() {
        let r = table(
            &[
                ("", &[(0, Res::Ref(0x7f01_0001)), (1, Res::Text("App")), (2, Res::Ref(0x7f01_0002))]),
                ("zh", &[(1, Res::Text("应用"))]),
            ],
            Layout::Plain,
        );
        assert_eq!(r.text(0x7f01_0000).as_deref(), Some("App"));
        assert_eq!(r.text_zh(0x7f01_0000).as_deref(), Some("应用"));
        assert_eq!(r.text(0x7f01_0002), None);
        assert_eq!(r.text(0x0104_0001), None, "framework resources are not here");
    }

    #[test]
    fn tables_of_several_parts() {
        let mut r = table(&[("", &[(0, Res::Text("App"))])], Layout::Plain);
        r.append(table(&[("zh", &[(0, Res::Text("应用"))])], Layout::Plain));
        assert_eq!(r.text(0x7f01_0000).as_deref(), Some("App"));
        assert_eq!(r.text_zh(0x7f01_0000).as_deref(), Some("应用"));
    }

    #[test]
    fn damage_is_told() {
        let mut bytes = arsc(&[("", &[(0, Res::Text("App"))])], Layout::Plain);
        bytes.truncate(bytes.len() - 5);
        assert!(!Resources::default().add(bytes));
        assert!(!Resources::default().add(b"nothing".to_vec()));
    }
}
