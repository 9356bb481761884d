//! Modified UTF-8, the encoding of every string in a dex.

/// The name of a class from its descriptor: `Lcom/example/Main$1;` becomes `com.example.Main$1`.
pub fn class_name(descriptor: &[u8]) -> String {
    let inner = descriptor.strip_prefix(b"L").and_then(|d| d.strip_suffix(b";")).unwrap_or(descriptor);
    if inner.is_ascii() {
        let dotted: Vec<u8> = inner.iter().map(|&b| if b == b'/' { b'.' } else { b }).collect();
        return String::from_utf8(dotted).unwrap_or_default();
    }
    decode(inner).replace('/', ".")
}

/// Text of modified UTF-8: zero as two bytes, characters beyond the basic plane as two surrogates of three bytes each.
/// What is neither becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> String {
    if bytes.is_ascii() {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut units = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        let follow = |i: usize| tail.get(i).filter(|b| **b & 0xc0 == 0x80).map(|b| u16::from(b & 0x3f));
        let lead = u16::from(first);
        let (unit, used) = match first {
            0..0x80 => (Some(lead), 1),
            0xc0..0xe0 => (follow(0).map(|b| (lead & 0x1f) << 6 | b), 2),
            0xe0..0xf0 => (follow(0).zip(follow(1)).map(|(b, c)| (lead & 0x0f) << 12 | b << 6 | c), 3),
            _ => (None, 1),
        };
        units.push(unit.unwrap_or(0xfffd));
        rest = rest.get(if unit.is_some() { used } else { 1 }..).unwrap_or_default();
    }
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes() {
        assert_eq!(decode(b"plain"), "plain");
        assert_eq!(decode(b"\xc0\x80"), "\0");
        assert_eq!(decode("中".as_bytes()), "中");
        assert_eq!(decode(b"\xed\xa0\xbd\xed\xb8\x80"), "\u{1f600}");
        assert_eq!(decode(b"a\xed\xa0\xbd"), "a\u{fffd}");
        assert_eq!(decode(b"\xffz\xe4\xb8"), "\u{fffd}z\u{fffd}\u{fffd}");
    }

    #[test]
    fn names_classes() {
        assert_eq!(class_name(b"La/b/C$1;"), "a.b.C$1");
        assert_eq!(class_name("La/中;".as_bytes()), "a.中");
        assert_eq!(class_name(b"I"), "I");
        assert_eq!(class_name(b"L"), "L");
    }
}
