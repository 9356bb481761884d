//! Builds the formats that the readers read, for tests: binary XML from XML text, resource tables, archives with lies in them.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::manifest::Key;

/// How binary XML is written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Style {
    pub(crate) utf8: bool,
    /// Names of attributes with a resource id are left empty.
    pub(crate) blank_names: bool,
    /// Attributes keep the order of the text instead of that of their ids.
    pub(crate) unsorted: bool,
    /// Bytes between attributes.
    pub(crate) spacing: u16,
}

fn chunk(kind: u16, header: &[u8], body: &[u8]) -> Vec<u8> {
    let header_len = 8 + header.len();
    let mut bytes = Vec::new();
    bytes.extend(kind.to_le_bytes());
    bytes.extend((header_len as u16).to_le_bytes());
    bytes.extend(((header_len + body.len()) as u32).to_le_bytes());
    bytes.extend(header);
    bytes.extend(body);
    bytes
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|w| w.to_le_bytes()).collect()
}

/// A string pool chunk.
pub(crate) fn pool(strings: &[String], utf8: bool) -> Vec<u8> {
    let (mut offsets, mut data) = (Vec::new(), Vec::new());
    for text in strings {
        offsets.push(data.len() as u32);
        if utf8 {
            let length = |n: usize| if n < 0x80 { vec![n as u8] } else { vec![0x80 | (n >> 8) as u8, n as u8] };
            data.extend(length(text.encode_utf16().count()));
            data.extend(length(text.len()));
            data.extend(text.as_bytes());
            data.push(0);
        } else {
            data.extend((text.encode_utf16().count() as u16).to_le_bytes());
            data.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            data.extend([0, 0]);
        }
    }
    data.resize(data.len().next_multiple_of(4), 0);
    let start = 28 + offsets.len() as u32 * 4;
    let header = words(&[offsets.len() as u32, 0, u32::from(utf8) << 8, start, 0]);
    chunk(1, &header, &[words(&offsets), data].concat())
}

/// Compiles XML text as aapt does; `@0x7f010000` is a reference.
pub(crate) fn axml(text: &str, style: Style) -> Vec<u8> {
    // Names with resource ids come first in the pool, so that their number is their place in the resource map.
    let mut named: BTreeMap<u32, &str> = BTreeMap::new();
    let mut xml = quick_xml::Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    let mut events = Vec::new();
    loop {
        match xml.read_event().unwrap() {
            Event::Start(tag) => {
                let attributes: Vec<(String, String)> = tag
                    .attributes()
                    .map(|a| a.unwrap())
                    .map(|a| (a.key.as_ref().to_owned(), a.value.into_owned()))
                    .collect();
                events.push(Some((tag.name().as_ref().to_owned(), attributes)));
            }
            Event::End(_) => events.push(None),
            Event::Eof => break,
            _ => {}
        }
    }
    let key = |name: &str| name.strip_prefix("android:").and_then(Key::by_name);
    for (name, _) in events.iter().flatten().flat_map(|(_, attributes)| attributes) {
        if let Some(key) = key(name) {
            named.insert(key.id(), &name["android:".len()..]);
        }
    }
    let ids: Vec<u32> = named.keys().copied().collect();
    let mut strings: Vec<String> =
        named.values().map(|n| if style.blank_names { String::new() } else { (*n).to_owned() }).collect();
    let fixed = strings.len();
    let mut intern = |text: &str| {
        let at = strings[fixed..].iter().position(|s| s == text).map(|i| i + fixed);
        at.unwrap_or_else(|| {
            strings.push(text.to_owned());
            strings.len() - 1
        }) as u32
    };
    let uri = intern("http://schemas.android.com/apk/res/android");
    let mut nodes = Vec::new();
    for event in &events {
        let Some((name, attributes)) = event else {
            nodes.extend(chunk(0x0103, &words(&[1, u32::MAX]), &words(&[u32::MAX, 0])));
            continue;
        };
        let mut list: Vec<(u32, Vec<u8>)> = Vec::new();
        for (name, value) in attributes {
            let id = key(name).map(|k| k.id());
            let (namespace, number) = match id {
                Some(id) => (uri, ids.binary_search(&id).unwrap() as u32),
                None => (u32::MAX, intern(name)),
            };
            let (raw, kind, data) = if let Some(hex) = value.strip_prefix("@0x") {
                (u32::MAX, 1, u32::from_str_radix(hex, 16).unwrap())
            } else if let ("true" | "false", Some(_)) = (value.as_str(), id) {
                (u32::MAX, 0x12, if value == "true" { u32::MAX } else { 0 })
            } else if let (Ok(number), Some(_)) = (value.parse(), id) {
                (u32::MAX, 0x10, number)
            } else {
                let at = intern(value);
                (at, 3, at)
            };
            let mut bytes = words(&[namespace, number, raw, 8 | kind << 24, data]);
            bytes.resize(bytes.len() + usize::from(style.spacing), 0xee);
            list.push((id.unwrap_or(u32::MAX), bytes));
        }
        if !style.unsorted {
            list.sort_by_key(|(id, _)| *id);
        }
        let mut body = words(&[u32::MAX, intern(name)]);
        for field in [20, 20 + style.spacing, list.len() as u16, 0, 0, 0] {
            body.extend(field.to_le_bytes());
        }
        body.extend(list.into_iter().flat_map(|(_, bytes)| bytes));
        nodes.extend(chunk(0x0102, &words(&[1, u32::MAX]), &body));
    }
    let body = [pool(&strings, style.utf8), chunk(0x0180, &[], &words(&ids)), nodes].concat();
    chunk(3, &[], &body)
}

/// How the entries of a resource type are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Plain,
    Sparse,
    Offset16,
    Compact,
}

/// A value of a resource.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Res {
    Text(&'static str),
    Ref(u32),
    Int(u32),
}

/// A table of package 0x7f with the type 1; for each locale (`zh-CN`, `zh-Hans-CN`, empty) its entries by number.
pub(crate) fn arsc(locales: &[(&str, &[(u16, Res)])], layout: Layout) -> Vec<u8> {
    let mut strings = Vec::new();
    let mut types = Vec::new();
    for (locale, entries) in locales {
        let mut config = [0; 64];
        config[0] = 64;
        for part in locale.split('-').filter(|p| !p.is_empty()) {
            match (part.len(), part.as_bytes()[0].is_ascii_uppercase()) {
                (2, false) => config[8..10].copy_from_slice(part.as_bytes()),
                (2, true) => config[10..12].copy_from_slice(part.as_bytes()),
                _ => config[36..40].copy_from_slice(part.as_bytes()),
            }
        }
        let (mut offsets, mut data): (Vec<(u16, u32)>, Vec<u8>) = (Vec::new(), Vec::new());
        for &(number, value) in *entries {
            let (kind, value): (u32, u32) = match value {
                Res::Text(text) => {
                    strings.push(text.to_owned());
                    (3, strings.len() as u32 - 1)
                }
                Res::Ref(id) => (1, id),
                Res::Int(int) => (0x10, int),
            };
            offsets.push((number, data.len() as u32));
            if layout == Layout::Compact {
                data.extend(words(&[8 << 16 | kind << 24, value]));
            } else {
                data.extend(words(&[8, 0, 8 | kind << 24, value]));
            }
        }
        let count = offsets.iter().map(|(n, _)| n + 1).max().unwrap_or(0);
        let of = |n: u16| offsets.iter().find(|(number, _)| *number == n).map(|(_, at)| *at);
        let (flags, count, table) = match layout {
            Layout::Sparse => {
                let pairs = offsets.iter().map(|&(n, at)| u32::from(n) | (at / 4) << 16).collect::<Vec<_>>();
                (1, pairs.len() as u32, words(&pairs))
            }
            Layout::Offset16 => {
                let mut short: Vec<u8> =
                    (0..count).flat_map(|n| of(n).map_or(u16::MAX, |at| (at / 4) as u16).to_le_bytes()).collect();
                short.resize(short.len().next_multiple_of(4), 0);
                (2, count.into(), short)
            }
            _ => (0, count.into(), words(&(0..count).map(|n| of(n).unwrap_or(u32::MAX)).collect::<Vec<_>>())),
        };
        let start = 8 + 12 + 64 + table.len() as u32;
        let header = [words(&[1 | flags << 8, count, start]), config.to_vec()].concat();
        types.extend(chunk(0x0201, &header, &[table, data].concat()));
    }
    let mut package = words(&[0x7f]);
    package.resize(4 + 256, 0);
    package.extend(words(&[0, 0, 0, 0, 0]));
    let package = chunk(0x0200, &package, &types);
    chunk(2, &words(&[1]), &[pool(&strings, true), package].concat())
}

/// An entry of an archive, with what it claims about itself.
#[derive(Debug, Clone)]
pub(crate) struct ZipEntry {
    pub(crate) name: String,
    pub(crate) data: Vec<u8>,
    pub(crate) deflate: bool,
    pub(crate) method: Option<u16>,
    pub(crate) flags: u16,
    pub(crate) size: Option<u32>,
    pub(crate) compressed: Option<u32>,
    pub(crate) local_name: Option<String>,
}

pub(crate) fn entry(name: &str, data: impl Into<Vec<u8>>) -> ZipEntry {
    ZipEntry {
        name: name.into(),
        data: data.into(),
        deflate: false,
        method: None,
        flags: 0,
        size: None,
        compressed: None,
        local_name: None,
    }
}

/// An archive, and the end record apart so that a test can lie in it.
pub(crate) fn zip_parts(entries: &[ZipEntry]) -> (Vec<u8>, Vec<u8>) {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for e in entries {
        let offset = bytes.len() as u32;
        let data = if e.deflate {
            let mut compressor = libdeflater::Compressor::new(libdeflater::CompressionLvl::default());
            let mut out = vec![0; compressor.deflate_compress_bound(e.data.len())];
            let len = compressor.deflate_compress(&e.data, &mut out).unwrap();
            out.truncate(len);
            out
        } else {
            e.data.clone()
        };
        let crc = libdeflater::crc32(&e.data);
        let mut common = Vec::new();
        for field in [20, e.flags, e.method.unwrap_or(if e.deflate { 8 } else { 0 }), 0, 0x21] {
            common.extend(field.to_le_bytes());
        }
        let compressed = e.compressed.unwrap_or(data.len() as u32);
        common.extend(words(&[crc, compressed, e.size.unwrap_or(e.data.len() as u32)]));
        let local_name = e.local_name.as_ref().unwrap_or(&e.name);
        bytes.extend(words(&[0x0403_4b50]));
        bytes.extend(&common);
        bytes.extend((local_name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(local_name.as_bytes());
        bytes.extend(data);
        directory.extend(words(&[0x0201_4b50]));
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&common);
        directory.extend((e.name.len() as u16).to_le_bytes());
        directory.extend([0; 12]);
        directory.extend(words(&[offset]));
        directory.extend(e.name.as_bytes());
    }
    let count = entries.len() as u16;
    let mut end = words(&[0x0605_4b50, 0]);
    end.extend(count.to_le_bytes());
    end.extend(count.to_le_bytes());
    end.extend(words(&[directory.len() as u32, bytes.len() as u32]));
    end.extend([0, 0]);
    bytes.extend(directory);
    (bytes, end)
}

pub(crate) fn zip(entries: &[ZipEntry]) -> Vec<u8> {
    let (bytes, end) = zip_parts(entries);
    [bytes, end].concat()
}

/// An archive with a 64-bit end record: more than 65,535 entries need one.
pub(crate) fn zip_64(entries: &[ZipEntry]) -> Vec<u8> {
    let (mut bytes, end) = zip_parts(entries);
    let start = u64::from(u32::from_le_bytes(*end[16..].first_chunk().unwrap()));
    let (at, count) = (bytes.len() as u64, entries.len() as u64);
    bytes.extend(b"PK\x06\x06");
    bytes.extend(44_u64.to_le_bytes());
    bytes.extend([0; 12]);
    for field in [count, count, at - start, start] {
        bytes.extend(field.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(at.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([0xff; 12]);
    bytes.extend([0, 0]);
    bytes
}

/// Deterministic noise (Knuth's MMIX generator).
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    /// Changes some bytes, writes extreme numbers, cuts, or copies a piece elsewhere.
    pub(crate) fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..1 + self.below(8) {
            if bytes.len() < 8 {
                return;
            }
            let at = self.below(bytes.len());
            match self.below(6) {
                0 => bytes[at] = self.below(256) as u8,
                1 => bytes[at] ^= 1 << self.below(8),
                2 => {
                    let value = [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX, 0xffff_fff0, 0xffff, 20][self.below(8)];
                    let at = (at & !3).min(bytes.len() - 4);
                    bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
                }
                3 => {
                    let len = self.below(64).min(bytes.len() - at);
                    let to = self.below(bytes.len() - len + 1);
                    bytes.copy_within(at..at + len, to);
                }
                4 if self.below(8) == 0 => bytes.truncate(at),
                _ => {
                    let at = (at & !1).min(bytes.len() - 2);
                    let value = self.below(0x1_0000) as u16;
                    bytes[at..at + 2].copy_from_slice(&value.to_le_bytes());
                }
            }
        }
    }
}
