//! Bytes to characters: which encoding a file is in, whatever it declares.
//!
//! Declarations are wrong too often to be believed (a page saved as UTF-8 keeps its `charset=gbk`), so the bytes decide and
//! the declaration only breaks a tie.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Text and the label of the encoding it was in, or nothing when the bytes are no text.
pub(super) fn decode(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static str)> {
    let (encoding, body) = detect(bytes)?;
    let (text, _) = encoding.decode_without_bom_handling(body);
    is_text(&text).then_some((text, label(encoding)))
}

fn label(encoding: &'static Encoding) -> &'static str {
    // GBK is a subset of GB18030, and one decoder reads both.
    if encoding == encoding_rs::GBK || encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn detect(bytes: &[u8]) -> Option<(&'static Encoding, &[u8])> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Some((encoding, &bytes[length..]));
    }
    if let Some(body) = bytes.strip_prefix(&[0x84, 0x31, 0x95, 0x33]) {
        return Some((GB18030, body));
    }
    if !bytes.contains(&0) && mostly_utf8(bytes) {
        return Some((UTF_8, bytes));
    }
    if let Some(encoding) = utf16(bytes) {
        return Some((encoding, &bytes[..bytes.len() & !1]));
    }
    if bytes.contains(&0) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess == encoding_rs::GBK || guess == GB18030 || guess == BIG5 {
        return Some((guess, bytes));
    }
    // A handful of Chinese words in a page of ASCII can look like any of the smaller encodings.
    let declared = declared(bytes).filter(|declared| clean(declared, bytes));
    Some((declared.or_else(|| [GB18030, BIG5].into_iter().find(|it| chinese(it, bytes))).unwrap_or(guess), bytes))
}

/// Valid UTF-8 but for a few damaged places, as a cut or badly joined file has.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|ch| !ch.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || broken * 10 <= wide
}

/// UTF-16 without byte order mark: read one way, nearly every unit is a letter or sign that policies use; read the other way, it is not.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut little, mut big, mut units) = (0usize, 0usize, 0usize);
    for pair in bytes.chunks_exact(2) {
        units += 1;
        little += usize::from(usual(u16::from_le_bytes([pair[0], pair[1]])));
        big += usize::from(usual(u16::from_be_bytes([pair[0], pair[1]])));
    }
    let enough = |count: usize| units >= 4 && count * 20 >= units * 19;
    match (enough(little), enough(big)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

fn usual(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0xff | 0x2010..=0x203b | 0x2460..=0x249b | 0x25a0..=0x25ff | 0x3000..=0x303f
        | 0x4e00..=0x9fff | 0xff00..=0xff65 | 0xfeff)
}

/// The encoding an HTML `<meta>` or XML declaration names within its first kilobytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let at = [&b"charset="[..], b"encoding="]
        .iter()
        .find_map(|key| head.windows(key.len()).position(|window| window == *key).map(|at| at + key.len()))?;
    let value = head[at..].strip_prefix(b"\"").or_else(|| head[at..].strip_prefix(b"'")).unwrap_or(&head[at..]);
    let end = value.iter().position(|&b| !(b.is_ascii_alphanumeric() || b == b'-' || b == b'_')).unwrap_or(value.len());
    // UTF-8 was ruled out before, and a declaration of UTF-16 in single bytes cannot be true.
    Encoding::for_label(&value[..end]).filter(|it| *it != UTF_8 && *it != UTF_16LE && *it != UTF_16BE)
}

fn clean(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// Decodes without a fault, and everything beyond ASCII is Chinese.
fn chinese(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else { return false };
    let (mut all, mut usual_ones) = (0usize, 0usize);
    for ch in text.chars().filter(|ch| !ch.is_ascii()) {
        all += 1;
        usual_ones += usize::from(u16::try_from(u32::from(ch)).is_ok_and(|unit| unit > 0xff && usual(unit)));
    }
    all > 0 && usual_ones * 20 >= all * 19
}

/// Hardly any control or replacement characters.
fn is_text(text: &str) -> bool {
    let mut all = 0usize;
    let mut odd = 0usize;
    for ch in text.chars() {
        all += 1;
        odd += usize::from(
            ch == '\u{fffd}'
                || (ch.is_ascii_control()
                    && !matches!(ch, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}' | '\u{1b}')),
        );
    }
    odd * 20 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "<p>我们收集您的设备信息（IMEI、Android ID），用于账号安全。</p>";

    fn found(bytes: &[u8]) -> (String, &'static str) {
        let (text, label) = decode(bytes).expect("is text");
        (text.into_owned(), label)
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(found(TEXT.as_bytes()), (TEXT.into(), "UTF-8"));
        assert_eq!(found(format!("\u{feff}{TEXT}").as_bytes()), (TEXT.into(), "UTF-8"));
    }

    #[test]
    fn chinese_double_byte_encodings() {
        assert_eq!(found(&GB18030.encode(TEXT).0), (TEXT.into(), "GB18030"));
        let traditional = "我們會收集您的裝置識別碼，並用於帳號安全與廣告投放。";
        assert_eq!(found(&BIG5.encode(traditional).0), (traditional.into(), "Big5"));
    }

    #[test]
    fn utf16_with_and_without_mark() {
        for (little, label) in [(true, "UTF-16LE"), (false, "UTF-16BE")] {
            assert_eq!(found(&utf16_bytes(TEXT, little)), (TEXT.into(), label));
            assert_eq!(found(&utf16_bytes(&format!("\u{feff}{TEXT}"), little)), (TEXT.into(), label));
            assert_eq!(found(&utf16_bytes("We collect your device ID.", little)).1, label);
        }
    }

    #[test]
    fn declarations_do_not_decide() {
        let lies = format!("<meta charset=gbk>{TEXT}");
        assert_eq!(found(lies.as_bytes()), (lies.clone(), "UTF-8"));
        let lies = format!("<meta charset=\"utf-8\">{TEXT}");
        assert_eq!(found(&GB18030.encode(&lies).0), (lies.clone(), "GB18030"));
    }

    #[test]
    fn few_chinese_words_among_ascii() {
        let text = format!("{}隐私", "We collect data. ".repeat(20));
        assert_eq!(found(&GB18030.encode(&text).0), (text.clone(), "GB18030"));
    }

    #[test]
    fn a_broken_character_does_not_change_the_encoding() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 9);
        assert_eq!(found(&bytes).1, "UTF-8");
    }

    #[test]
    fn binary_is_no_text() {
        let noise: Vec<u8> = (0..4000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), None);
    }
}
