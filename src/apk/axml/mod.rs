//! Android's binary XML as a stream of events, decoded as the platform decodes it.
//!
//! Nothing is built up and nothing recurses: an event borrows the chunk it was read from, and text is decoded when asked for.
//!
//! Source: AOSP `frameworks/base/libs/androidfw/ResourceTypes.cpp` (`ResXMLTree`, `ResXMLParser`, `ResStringPool`).

mod pool;

use std::borrow::Cow;

pub(crate) use pool::Pool;

use super::typed::Typed;

/// Chunk types.
pub(crate) const STRING_POOL: u16 = 0x0001;
const XML: u16 = 0x0003;
const RESOURCE_MAP: u16 = 0x0180;
const START_NAMESPACE: u16 = 0x0100;
const END_NAMESPACE: u16 = 0x0101;
const START_ELEMENT: u16 = 0x0102;
const END_ELEMENT: u16 = 0x0103;
const CDATA: u16 = 0x0104;
const NODES: std::ops::RangeInclusive<u16> = 0x0100..=0x017f;

/// Value types (`Res_value::dataType`).
const TYPE_REFERENCE: u8 = 0x01;
const TYPE_STRING: u8 = 0x03;
const TYPE_FLOAT: u8 = 0x04;
const TYPE_DYNAMIC_REFERENCE: u8 = 0x07;
const TYPE_FIRST_INT: u8 = 0x10;
const TYPE_HEX: u8 = 0x11;
const TYPE_BOOLEAN: u8 = 0x12;
const TYPE_LAST_INT: u8 = 0x1f;

/// Bytes of an attribute that are read; a file may space them wider.
const ATTRIBUTE_LEN: usize = 20;
const NO_STRING: u32 = u32::MAX;

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A chunk: its type, the length of its header, and all its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chunk<'a> {
    pub(crate) kind: u16,
    pub(crate) header: usize,
    pub(crate) bytes: &'a [u8],
}

impl<'a> Chunk<'a> {
    /// The chunk at `at`, if header and body lie within `bytes` (`validate_chunk`).
    pub(crate) fn at(bytes: &'a [u8], at: usize) -> Option<Self> {
        let rest = bytes.get(at..)?;
        let header = usize::from(u16_at(rest, 2)?);
        let size = usize::try_from(u32_at(rest, 4)?).ok()?;
        if header < 8 || header > size {
            return None;
        }
        Some(Self { kind: u16_at(rest, 0)?, header, bytes: rest.get(..size)? })
    }
}

/// Why there is no document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Error {
    #[error("it is not binary XML")]
    NotXml,
    #[error("it is cut off or has a chunk that does not fit at byte {0}")]
    Chunk(usize),
    #[error("it holds no element")]
    NoElement,
}

/// An event of the stream.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event<'a> {
    Start(Element<'a>),
    End,
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    document: &'a Document<'a>,
    chunk: Chunk<'a>,
    /// Where its chunk starts in the file.
    pub(crate) offset: u32,
}

/// One attribute as it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attribute<'a> {
    document: &'a Document<'a>,
    bytes: &'a [u8],
}

/// A document: its pool, its resource ids, and where the elements begin.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    bytes: &'a [u8],
    pool: Pool<'a>,
    resource_ids: &'a [u8],
    root: usize,
    /// Whether the file says it is something else than XML, which the platform does not check.
    pub(crate) odd_type: Option<u16>,
    /// Chunks before the root that mean nothing.
    pub(crate) extra_chunks: usize,
}

impl<'a> Document<'a> {
    /// Reads up to the first element (`ResXMLTree::setTo`).
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        let header = usize::from(u16_at(bytes, 2).ok_or(Error::NotXml)?);
        let kind = u16_at(bytes, 0).ok_or(Error::NotXml)?;
        let size = u32_at(bytes, 4).ok_or(Error::NotXml)? as usize;
        if header < 8 || header > size || size > bytes.len() {
            return Err(if kind == XML { Error::Chunk(0) } else { Error::NotXml });
        }
        let bytes = &bytes[..size];
        let mut document = Self {
            bytes,
            pool: Pool::default(),
            resource_ids: &[],
            root: 0,
            odd_type: (kind != XML).then_some(kind),
            extra_chunks: 0,
        };
        let mut at = header;
        while at + 8 < bytes.len() {
            let chunk = Chunk::at(bytes, at).ok_or(Error::Chunk(at))?;
            match chunk.kind {
                STRING_POOL => document.pool = Pool::parse(chunk).ok_or(Error::Chunk(at))?,
                RESOURCE_MAP => document.resource_ids = &chunk.bytes[chunk.header..],
                kind if NODES.contains(&kind) => {
                    document.root = at;
                    return Ok(document);
                }
                _ => document.extra_chunks += 1,
            }
            at += chunk.bytes.len();
        }
        Err(if document.odd_type.is_some() { Error::NotXml } else { Error::NoElement })
    }

    pub(crate) fn events(&'a self) -> Events<'a> {
        Events { document: self, at: self.root, failed: None }
    }

    fn resource_id(&self, name: u32) -> Option<u32> {
        u32_at(self.resource_ids, usize::try_from(name).ok()?.checked_mul(4)?)
    }
}

/// The events of a document.
#[derive(Debug)]
pub(crate) struct Events<'a> {
    document: &'a Document<'a>,
    at: usize,
    /// Where reading had to stop.
    pub(crate) failed: Option<usize>,
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        while self.failed.is_none() && self.at < self.document.bytes.len() {
            let at = self.at;
            let Some(chunk) = Chunk::at(self.document.bytes, at) else {
                self.failed = Some(at);
                return None;
            };
            self.at += chunk.bytes.len();
            match chunk.kind {
                START_ELEMENT => {
                    // The file is at most 4 GiB: every size in it is a 32-bit number.
                    let element = Element { document: self.document, chunk, offset: at as u32 };
                    if element.whole() {
                        return Some(Event::Start(element));
                    }
                    self.failed = Some(at);
                }
                END_ELEMENT => return Some(Event::End),
                START_NAMESPACE | END_NAMESPACE | CDATA => {}
                _ => {}
            }
        }
        None
    }
}

impl<'a> Element<'a> {
    /// The part behind the node header: namespace, name, attribute layout.
    fn body(&self) -> &'a [u8] {
        &self.chunk.bytes[self.chunk.header..]
    }

    /// `validateNode`: the attributes lie within the chunk.
    fn whole(&self) -> bool {
        let (start, size, count) = self.layout();
        self.body().len() >= 20 && start + size * count <= self.body().len()
    }

    fn layout(&self) -> (usize, usize, usize) {
        let field = |at| usize::from(u16_at(self.body(), at).unwrap_or_default());
        (field(8), field(10), field(12))
    }

    /// The local name; namespaces of elements mean nothing to the platform.
    pub(crate) fn name(&self) -> Cow<'a, str> {
        u32_at(self.body(), 4).and_then(|i| self.document.pool.get(i)).unwrap_or_default()
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        let (start, size, count) = self.layout();
        let (body, document) = (self.body(), self.document);
        // With a spacing below the length of an attribute, neighbours overlap and the last may hang over the end.
        (0..count)
            .filter_map(move |i| body.get(start + i * size..)?.get(..ATTRIBUTE_LEN))
            .map(move |bytes| Attribute { document, bytes })
    }
}

impl<'a> Attribute<'a> {
    fn field(&self, at: usize) -> u32 {
        u32_at(self.bytes, at).unwrap_or_default()
    }

    /// The resource id of its name, by which the platform knows it; the name itself may be blank or wrong.
    pub(crate) fn resource_id(&self) -> Option<u32> {
        self.document.resource_id(self.field(4)).filter(|&id| id != 0)
    }

    pub(crate) fn name(&self) -> Cow<'a, str> {
        self.document.pool.get(self.field(4)).unwrap_or_default()
    }

    pub(crate) fn namespace(&self) -> Cow<'a, str> {
        self.document.pool.get(self.field(0)).unwrap_or_default()
    }

    pub(crate) fn has_namespace(&self) -> bool {
        self.field(0) != NO_STRING
    }

    pub(crate) fn value(&self) -> Typed<'a> {
        typed(self.bytes[15], self.field(16), &self.document.pool)
    }
}

/// A `Res_value` as a typed value.
pub(crate) fn typed<'a>(kind: u8, data: u32, pool: &Pool<'a>) -> Typed<'a> {
    match kind {
        TYPE_STRING => pool.get(data).map_or(Typed::Other, Typed::Text),
        TYPE_REFERENCE | TYPE_DYNAMIC_REFERENCE => Typed::Reference(data),
        TYPE_BOOLEAN => Typed::Bool(data != 0),
        TYPE_HEX => Typed::Hex(data),
        TYPE_FLOAT => Typed::Float(f32::from_bits(data)),
        TYPE_FIRST_INT..=TYPE_LAST_INT => Typed::Int(data),
        _ => Typed::Other,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::Path;

    use super::*;
    use crate::apk::archive::{Archive, Budget, Source};

    /// Our events in the words of the other decoder.
    fn ours(bytes: &[u8]) -> Vec<String> {
        let document = Document::parse(bytes).unwrap();
        let mut lines = Vec::new();
        let mut depth = 0;
        for event in document.events() {
            let Event::Start(element) = event else {
                depth -= 1;
                continue;
            };
            lines.push(format!("{depth} {}", element.name()));
            for attribute in element.attributes() {
                let value = match attribute.value() {
                    Typed::Text(text) => text.into_owned(),
                    Typed::Int(v) => v.to_string(),
                    // Sic: it puts the decimal digits behind the prefix.
                    Typed::Hex(v) => format!("0x{v}"),
                    Typed::Bool(v) => v.to_string(),
                    Typed::Reference(v) => format!("ResourceValueType::Reference/{v}"),
                    _ => "?".into(),
                };
                lines.push(format!("{depth} {}={value}", attribute.name()));
            }
            depth += 1;
        }
        lines
    }

    fn theirs(bytes: &[u8]) -> Vec<String> {
        let document = axmldecoder::parse(bytes).unwrap();
        let mut lines = Vec::new();
        let mut open = vec![(document.get_root().as_ref().unwrap(), 0)];
        while let Some((node, depth)) = open.pop() {
            let axmldecoder::Node::Element(element) = node else { continue };
            lines.push(format!("{depth} {}", element.get_tag()));
            for (name, value) in element.get_attributes().iter().filter(|(name, _)| !name.starts_with("xmlns:")) {
                let unknown =
                    value.starts_with("ResourceValueType") && !value.starts_with("ResourceValueType::Reference");
                let value = if unknown { "?" } else { value };
                lines.push(format!("{depth} {}={value}", name.rsplit(':').next().unwrap()));
            }
            open.extend(element.get_children().iter().rev().map(|child| (child, depth + 1)));
        }
        lines
    }

    /// A second opinion on every manifest of the samples: where both decode, both agree.
    #[test]
    fn agrees_with_axmldecoder() {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-apks");
        let mut compared = 0;
        for file in fs::read_dir(samples).unwrap().map(|f| f.unwrap().path()) {
            if file.extension().is_none_or(|e| e != "apk") {
                continue;
            }
            let archive = Archive::open(Source::file(File::open(&file).unwrap()).unwrap(), 1000).unwrap();
            let entry = archive.get("AndroidManifest.xml").unwrap();
            let bytes = archive.read(entry, 1 << 20, &Budget::new(1 << 20), &mut Vec::new()).unwrap();
            assert_eq!(ours(&bytes), theirs(&bytes), "{}", file.display());
            compared += 1;
        }
        assert!(compared > 0);
    }
}
