//! From the bytes of a PDF string to text, font by font.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE};
use lopdf::{Dictionary, Document};

use super::cmap::CMap;

/// Bytes a `/ToUnicode` map may inflate to.
const MAX_MAP: usize = 4 << 20;

/// How the strings of a font are read.
pub(super) enum Decoder<'a> {
    /// By the font's own map; codes are two bytes when `wide`.
    Map { map: CMap, wide: bool },
    /// By a predefined map that is a character encoding.
    Charset(&'static Encoding),
    /// By an encoding of single bytes.
    Simple(lopdf::Encoding<'a>),
    /// Glyph numbers without a map: no text.
    Opaque,
}

impl<'a> Decoder<'a> {
    /// Reads it off a font dictionary.
    pub fn of(font: &'a Dictionary, document: &'a Document) -> Self {
        let wide = font.get(b"Subtype").and_then(|it| it.as_name()).is_ok_and(|name| name == b"Type0");
        let map = font.get_deref(b"ToUnicode", document).and_then(|it| it.as_stream()).ok();
        let map = map.and_then(|stream| {
            stream.decompressed_content_with_limit(MAX_MAP).ok().or_else(|| Some(stream.content.clone()))
        });
        if let Some(map) = map.and_then(|source| CMap::read(&source)) {
            return Self::Map { map, wide };
        }
        if wide {
            let name = font.get_deref(b"Encoding", document).and_then(|it| it.as_name()).unwrap_or_default();
            return charset(name).map_or(Self::Opaque, Self::Charset);
        }
        font.get_font_encoding_with_limit(document, MAX_MAP).map_or(Self::Opaque, Self::Simple)
    }

    /// Appends the text of a string; `false` when it has none.
    pub fn decode(&self, bytes: &[u8], out: &mut String) -> bool {
        match self {
            Self::Map { map, wide } => map.decode(bytes, *wide, out),
            Self::Charset(charset) => out.push_str(&charset.decode_without_bom_handling(bytes).0),
            Self::Simple(encoding) => return encoding.write_to_string(bytes, out).is_ok(),
            Self::Opaque => return false,
        }
        true
    }
}

/// The character encoding behind a predefined map (ISO 32000-1, table 118), if its codes are characters.
fn charset(name: &[u8]) -> Option<&'static Encoding> {
    let name = std::str::from_utf8(name).ok()?;
    if name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")) {
        return Some(UTF_16BE);
    }
    let of = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
    if of(&["GBK", "GB-EUC", "GBpc-EUC", "GBT-EUC"]) {
        Some(GB18030)
    } else if of(&["B5pc", "ETen-B5", "ETenms-B5", "HKscs-B5"]) {
        Some(BIG5)
    } else {
        None
    }
}
