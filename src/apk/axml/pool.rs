//! String pools, of binary XML and of resource tables.

use std::borrow::Cow;

use super::{Chunk, u16_at, u32_at};

const UTF8: u32 = 1 << 8;

/// A string pool. Nothing is decoded before it is asked for, so a count that lies costs nothing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pool<'a> {
    /// Offsets of the strings, four bytes each.
    offsets: &'a [u8],
    /// From the first string to the first style, or to the end.
    strings: &'a [u8],
    utf8: bool,
}

impl<'a> Pool<'a> {
    /// Reads the header; `None` when its parts do not lie within the chunk.
    pub(crate) fn parse(chunk: Chunk<'a>) -> Option<Self> {
        let field = |at| u32_at(chunk.bytes, at).map(|v| v as usize);
        if chunk.header < 28 {
            return None;
        }
        let (count, styles) = (field(8)?, field(12)?);
        let (start, styles_start) = (field(20)?, field(24)?);
        if count == 0 {
            return Some(Self::default());
        }
        let offsets = chunk.bytes.get(chunk.header..)?;
        let offsets = offsets.get(..count.checked_mul(4)?)?;
        let end =
            if styles > 0 && styles_start > start { styles_start.min(chunk.bytes.len()) } else { chunk.bytes.len() };
        Some(Self { offsets, strings: chunk.bytes.get(start..end)?, utf8: field(16)? as u32 & UTF8 != 0 })
    }

    /// The string of this number. `None` where the platform finds none either: no such number, outside the pool, or not
    /// terminated where its length says.
    pub(crate) fn get(&self, number: u32) -> Option<Cow<'a, str>> {
        let offset = u32_at(self.offsets, usize::try_from(number).ok()?.checked_mul(4)?)?;
        let bytes = self.strings.get(usize::try_from(offset).ok()?..)?;
        if self.utf8 { utf8(bytes) } else { utf16(bytes) }
    }
}

/// A length in one byte, or in two with the top bit set; and how many bytes it took.
fn length_8(bytes: &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*bytes.first()?);
    if first & 0x80 == 0 {
        return Some((first, 1));
    }
    Some((((first & 0x7f) << 8) | usize::from(*bytes.get(1)?), 2))
}

fn utf8(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let (_, chars_len) = length_8(bytes)?;
    let bytes = &bytes[chars_len..];
    let (mut len, len_len) = length_8(bytes)?;
    let bytes = &bytes[len_len..];
    // aapt cuts lengths of 0x8000 and more to fifteen bits; the platform looks for the end in steps (`decodeString8At`).
    while *bytes.get(len)? != 0 {
        len += 0x8000;
    }
    Some(String::from_utf8_lossy(&bytes[..len]))
}

fn utf16(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let first = usize::from(u16_at(bytes, 0)?);
    let (len, start) =
        if first & 0x8000 == 0 { (first, 2) } else { (((first & 0x7fff) << 16) | usize::from(u16_at(bytes, 2)?), 4) };
    let end = start + len * 2;
    if u16_at(bytes, end)? != 0 {
        return None;
    }
    let units = bytes[start..end].as_chunks::<2>().0.iter().map(|&unit| u16::from_le_bytes(unit));
    let mut text = String::with_capacity(len);
    text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    Some(Cow::Owned(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_one_and_two_units() {
        assert_eq!(utf8(b"\x02\x02ab\0").unwrap(), "ab");
        let mut long = vec![0x80, 200, 0x80, 200];
        long.extend([b'x'; 200]);
        long.push(0);
        assert_eq!(utf8(&long).unwrap().len(), 200);
        assert_eq!(utf16(b"\x02\0a\0b\0\0\0").unwrap(), "ab");
        assert_eq!(utf16(b"\0\x80\x01\0a\0\0\0").unwrap(), "a");
    }

    /// A pool of two strings whose header says what the test wants.
    fn crafted(count: u32, styles: u32, flags: u32, styles_start: u32, offsets: [u32; 2]) -> Vec<u8> {
        let mut bytes = vec![1, 0, 28, 0, 0, 0, 0, 0];
        for field in [count, styles, flags, 36, styles_start, offsets[0], offsets[1]] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(b"\x03\x03one\0\x03\x03two\0");
        let size = bytes.len() as u32;
        bytes[4..8].copy_from_slice(&size.to_le_bytes());
        bytes
    }

    #[test]
    fn tricks_with_the_header() {
        let texts = |bytes: &[u8]| {
            let pool = Pool::parse(Chunk::at(bytes, 0)?)?;
            Some([0, 1, 2].map(|n| pool.get(n).map(Cow::into_owned)))
        };
        let two = Some([Some("one".to_owned()), Some("two".to_owned()), None]);
        // Claims to be sorted, has unknown flags.
        assert_eq!(texts(&crafted(2, 0, 0xff01_0100 | 1, 0, [0, 6])), two);
        // Two numbers for one string, and one in the midst of another.
        assert_eq!(texts(&crafted(2, 0, 0x100, 0, [0, 0])).unwrap()[1].as_deref(), Some("one"));
        assert_eq!(texts(&crafted(2, 0, 0x100, 0, [0, 99])).unwrap()[1], None);
        // Styles that are not there, and styles that start before the strings.
        assert_eq!(texts(&crafted(2, 7, 0x100, 9999, [0, 6])), two);
        assert_eq!(texts(&crafted(2, 7, 0x100, 4, [0, 6])), two);
        // Styles that start among the strings end them there.
        assert_eq!(texts(&crafted(2, 1, 0x100, 42, [0, 6])).unwrap()[1], None);
        // More strings than there are offsets for.
        assert_eq!(texts(&crafted(u32::MAX, 0, 0x100, 0, [0, 6])), None);
        assert_eq!(texts(&crafted(2000, 0, 0x100, 0, [0, 6])), None);
    }

    #[test]
    fn strings_that_do_not_end_are_none() {
        assert_eq!(utf8(b"\x02\x02abc"), None);
        assert_eq!(utf8(b"\x02\x7fab\0"), None);
        assert_eq!(utf16(b"\x02\0a\0b\0c\0"), None);
        assert_eq!(utf16(b"\xff\xff\xff\xffa\0"), None);
    }

    #[test]
    fn broken_text_is_replaced() {
        assert_eq!(utf8(b"\x01\x01\xff\0").unwrap(), "\u{fffd}");
        assert_eq!(utf16(b"\x01\0\x00\xd8\0\0").unwrap(), "\u{fffd}");
    }
}
