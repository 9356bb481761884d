//! Distinguished names as text (RFC 4514).

use super::der::{OID, SEQUENCE, SET, Value, Values};

/// Attribute types by their DER content, with the names that RFC 4514 and openssl give them.
const TYPES: [(&[u8], &str); 13] = [
    (&[0x55, 4, 3], "CN"),
    (&[0x55, 4, 4], "SN"),
    (&[0x55, 4, 5], "serialNumber"),
    (&[0x55, 4, 6], "C"),
    (&[0x55, 4, 7], "L"),
    (&[0x55, 4, 8], "ST"),
    (&[0x55, 4, 9], "STREET"),
    (&[0x55, 4, 10], "O"),
    (&[0x55, 4, 11], "OU"),
    (&[0x55, 4, 12], "title"),
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1], "emailAddress"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 25], "DC"),
    (&[0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 1, 1], "UID"),
];

/// The text of a `Name`: the last relative name first, as the RFC has it.
pub(super) fn text(name: Value<'_>) -> String {
    let mut parts: Vec<String> = Values(name.content).filter(|v| v.tag == SET).map(relative).collect();
    parts.reverse();
    parts.join(",")
}

/// A relative name; several attributes are joined by a plus sign.
fn relative(set: Value<'_>) -> String {
    let pairs = Values(set.content).filter(|v| v.tag == SEQUENCE).filter_map(|pair| {
        let mut parts = Values(pair.content);
        let kind = parts.next_of(OID)?;
        Some(format!("{}={}", type_name(kind.content), escape(&string(parts.next()?))))
    });
    pairs.collect::<Vec<_>>().join("+")
}

fn type_name(oid: &[u8]) -> String {
    if let Some((_, name)) = TYPES.iter().find(|(known, _)| *known == oid) {
        return (*name).to_owned();
    }
    let mut numbers = Vec::new();
    let mut number = 0_u64;
    for &byte in oid {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            if numbers.is_empty() {
                let first = (number / 40).min(2);
                numbers.push(first.to_string());
                number -= first * 40;
            }
            numbers.push(number.to_string());
            number = 0;
        }
    }
    numbers.join(".")
}

/// The text of a string value of any kind. Many tools write UTF-8 whatever the tag says.
fn string(value: Value<'_>) -> String {
    const BMP: u8 = 0x1e;
    if value.tag == BMP {
        let units = value.content.as_chunks::<2>().0.iter().map(|&u| u16::from_be_bytes(u));
        return char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    match std::str::from_utf8(value.content) {
        Ok(text) => text.to_owned(),
        Err(_) => value.content.iter().map(|&b| char::from(b)).collect(),
    }
}

/// RFC 4514 section 2.4.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let last = text.chars().count().saturating_sub(1);
    for (i, c) in text.chars().enumerate() {
        match c {
            '\0' => escaped.push_str("\\00"),
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => escaped.extend(['\\', c]),
            '#' if i == 0 => escaped.push_str("\\#"),
            ' ' if i == 0 || i == last => escaped.push_str("\\ "),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(tag: u8, content: &[u8]) -> Vec<u8> {
        [&[tag, content.len() as u8], content].concat()
    }

    fn attribute(oid: &[u8], tag: u8, text: &[u8]) -> Vec<u8> {
        der(SET, &der(SEQUENCE, &[der(OID, oid), der(tag, text)].concat()))
    }

    fn named(parts: &[Vec<u8>]) -> String {
        let name = der(SEQUENCE, &parts.concat());
        text(Values(&name).next().unwrap())
    }

    #[test]
    fn last_part_first_and_escaped() {
        let name = named(&[
            attribute(&[0x55, 4, 6], 0x13, b"CN"),
            attribute(&[0x55, 4, 10], 0x0c, "示例, 有限公司 ".as_bytes()),
            attribute(&[0x55, 4, 3], 0x1e, &[0x79, 0x3a, 0x4f, 0x8b]),
        ]);
        assert_eq!(name, "CN=示例,O=示例\\, 有限公司\\ ,C=CN");
    }

    #[test]
    fn unknown_types_by_number() {
        assert_eq!(named(&[attribute(&[0x2b, 6, 1, 4, 1, 0x82, 0x37], 0x16, b"#x")]), "1.3.6.1.4.1.311=\\#x");
    }
}
