//! `android:protectionLevel` as text, as a source manifest writes it.

/// Base levels and flags (`PermissionInfo`, `core/res/res/values/attrs_manifest.xml`).
const LEVELS: [(&str, u32); 12] = [
    ("normal", 0),
    ("dangerous", 1),
    ("signature", 2),
    ("signatureOrSystem", 3),
    ("internal", 4),
    ("privileged", 0x10),
    ("system", 0x10),
    ("development", 0x20),
    ("appop", 0x40),
    ("pre23", 0x80),
    ("installer", 0x100),
    ("instant", 0x1000),
];

/// The number of `signature|privileged`, or of a number in digits.
pub(super) fn parse(text: &str) -> Option<u32> {
    if let Some(hex) = text.strip_prefix("0x") {
        return u32::from_str_radix(hex, 16).ok();
    }
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    // Flags of later platforms change nothing about the base level.
    let known = text.split('|').filter_map(|word| LEVELS.iter().find(|(name, _)| *name == word.trim()));
    known.map(|&(_, bits)| bits).reduce(|a, b| a | b)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn names_and_numbers() {
        assert_eq!(parse("signature|privileged"), Some(0x12));
        assert_eq!(parse("0x12"), Some(0x12));
        assert_eq!(parse("2"), Some(2));
        assert_eq!(parse("normal"), Some(0));
        assert_eq!(parse("@string/x"), None);
    }
}
