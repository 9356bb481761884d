//! From the bytes of a PDF string to text and its width, font by font.

use std::collections::HashMap;

use encoding_rs::{BIG5, Encoding, GB18030, UTF_16BE};
use lopdf::{Dictionary, Document, Object};

use super::super::text::is_wide;
use super::cmap::CMap;

/// Bytes a `/ToUnicode` map may inflate to.
const MAX_MAP: usize = 4 << 20;

/// Widths a font may list.
const MAX_WIDTHS: usize = 1 << 17;

/// A font, as far as text needs it.
pub(super) struct Font<'a> {
    decoder: Decoder<'a>,
    widths: Widths,
}

/// How the strings of a font are read.
enum Decoder<'a> {
    /// By the font's own map; codes are two bytes when `wide`.
    Map { map: CMap, wide: bool },
    /// By a predefined map that is a character encoding.
    Charset(&'static Encoding),
    /// By an encoding of single bytes.
    Simple(lopdf::Encoding<'a>),
    /// Glyph numbers without a map: no text.
    Opaque,
}

/// How wide the codes of a font are, in thousandths of its size.
enum Widths {
    /// Of single bytes, from the first code on.
    Bytes(usize, Vec<f32>),
    /// Of glyph numbers of two bytes; the rest has the default width.
    Glyphs(HashMap<u16, f32>, f32),
    /// Not said: an ideograph is taken for square, anything else for half as wide.
    Guessed,
}

impl<'a> Font<'a> {
    /// Reads it off a font dictionary.
    pub fn of(font: &'a Dictionary, document: &'a Document) -> Self {
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let name = font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default();
        let widths = match (composite, name.starts_with(b"Identity")) {
            (false, _) => Widths::of_bytes(font, document),
            (true, true) => Widths::of_glyphs(font, document),
            (true, false) => Widths::Guessed,
        };
        Self { decoder: Decoder::of(font, document, composite, name), widths }
    }

    /// Appends the text of a string, and returns its width in font sizes; nothing when the font has no text.
    pub fn decode(&self, bytes: &[u8], out: &mut String) -> Option<f32> {
        let start = out.len();
        match &self.decoder {
            Decoder::Map { map, wide } => map.decode(bytes, *wide, out),
            Decoder::Charset(charset) => out.push_str(&charset.decode_without_bom_handling(bytes).0),
            Decoder::Simple(encoding) => encoding.write_to_string(bytes, out).ok()?,
            Decoder::Opaque => return None,
        }
        Some(match &self.widths {
            Widths::Bytes(first, widths) => {
                let of = |b: &u8| usize::from(*b).checked_sub(*first).and_then(|at| widths.get(at)).copied();
                bytes.iter().map(|b| of(b).unwrap_or(500.0)).sum::<f32>() / 1000.0
            }
            Widths::Glyphs(widths, default) => {
                let codes = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                codes.map(|code| widths.get(&code).unwrap_or(default)).sum::<f32>() / 1000.0
            }
            Widths::Guessed => out[start..].chars().map(|ch| if is_wide(ch) { 1.0 } else { 0.5 }).sum(),
        })
    }

    /// Whether widths are guessed.
    pub fn is_guessed(&self) -> bool {
        matches!(self.widths, Widths::Guessed)
    }
}

impl<'a> Decoder<'a> {
    fn of(font: &'a Dictionary, document: &'a Document, composite: bool, name: &[u8]) -> Self {
        let map = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream).ok();
        let map = map.and_then(|stream| {
            stream.decompressed_content_with_limit(MAX_MAP).ok().or_else(|| Some(stream.content.clone()))
        });
        if let Some(map) = map.and_then(|source| CMap::read(&source)) {
            return Self::Map { map, wide: composite };
        }
        if composite {
            return charset(name).map_or(Self::Opaque, Self::Charset);
        }
        font.get_font_encoding_with_limit(document, MAX_MAP).map_or(Self::Opaque, Self::Simple)
    }
}

impl Widths {
    fn of_bytes(font: &Dictionary, document: &Document) -> Self {
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", document).and_then(Object::as_array) else { return Self::Guessed };
        let widths = widths.iter().take(256).map(|width| number(width, document).unwrap_or(500.0)).collect();
        Self::Bytes(usize::try_from(first).unwrap_or(0), widths)
    }

    /// Reads `W`: `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3).
    fn of_glyphs(font: &Dictionary, document: &Document) -> Self {
        let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let descendant =
            descendants.and_then(|all| all.first()).and_then(|first| resolve(first, document).as_dict().ok());
        let Some(descendant) = descendant else { return Self::Guessed };
        let default = descendant.get_deref(b"DW", document).ok().and_then(|it| number(it, document)).unwrap_or(1000.0);
        let listed = descendant.get_deref(b"W", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        let mut widths = HashMap::new();
        let mut rest = listed;
        while let [first, second, after @ ..] = rest {
            if widths.len() > MAX_WIDTHS {
                break;
            }
            let start = resolve(first, document).as_i64().ok().and_then(|code| u16::try_from(code).ok());
            match (start, resolve(second, document)) {
                (Some(start), Object::Array(each)) => {
                    let each = each.iter().map(|width| number(width, document).unwrap_or(default));
                    widths.extend((start..=u16::MAX).zip(each));
                    rest = after;
                }
                (Some(start), last) => {
                    let last = last.as_i64().ok().and_then(|code| u16::try_from(code).ok()).unwrap_or(start);
                    let width = after.first().and_then(|width| number(width, document)).unwrap_or(default);
                    widths.extend((start..=last).map(|code| (code, width)));
                    rest = after.get(1..).unwrap_or_default();
                }
                _ => break,
            }
        }
        Self::Glyphs(widths, default)
    }
}

fn resolve<'a>(object: &'a Object, document: &'a Document) -> &'a Object {
    document.dereference(object).map_or(object, |(_, found)| found)
}

fn number(object: &Object, document: &Document) -> Option<f32> {
    resolve(object, document).as_float().ok().filter(|width| width.is_finite() && width.abs() < 10_000.0)
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
