//! Character references (`&nbsp;`, `&#x4e2d;`), wherever they were left: HTML, Markdown, and text copied out of either.

/// The references policies use: HTML 4's typographic, Latin and arrow names.
const NAMED: &[(&str, char)] = &[
    ("Alpha", 'Α'),
    ("Beta", 'Β'),
    ("Delta", 'Δ'),
    ("Omega", 'Ω'),
    ("aacute", 'á'),
    ("agrave", 'à'),
    ("alpha", 'α'),
    ("amp", '&'),
    ("apos", '\''),
    ("asymp", '≈'),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("beta", 'β'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("check", '✓'),
    ("colon", ':'),
    ("comma", ','),
    ("copy", '©'),
    ("crarr", '↵'),
    ("dArr", '⇓'),
    ("dagger", '†'),
    ("darr", '↓'),
    ("deg", '°'),
    ("divide", '÷'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("equiv", '≡'),
    ("euro", '€'),
    ("excl", '!'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("ge", '≥'),
    ("gt", '>'),
    ("hArr", '⇔'),
    ("harr", '↔'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("iexcl", '¡'),
    ("infin", '∞'),
    ("iquest", '¿'),
    ("lArr", '⇐'),
    ("lang", '⟨'),
    ("laquo", '«'),
    ("larr", '←'),
    ("lcub", '{'),
    ("ldquo", '“'),
    ("le", '≤'),
    ("lpar", '('),
    ("lrm", '\u{200e}'),
    ("lsaquo", '‹'),
    ("lsqb", '['),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("macr", '¯'),
    ("mdash", '—'),
    ("micro", 'µ'),
    ("middot", '·'),
    ("minus", '−'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("ne", '≠'),
    ("not", '¬'),
    ("ntilde", 'ñ'),
    ("num", '#'),
    ("oacute", 'ó'),
    ("ouml", 'ö'),
    ("para", '¶'),
    ("percnt", '%'),
    ("period", '.'),
    ("permil", '‰'),
    ("plus", '+'),
    ("plusmn", '±'),
    ("pound", '£'),
    ("prime", '′'),
    ("quest", '?'),
    ("quot", '"'),
    ("rArr", '⇒'),
    ("rang", '⟩'),
    ("raquo", '»'),
    ("rarr", '→'),
    ("rcub", '}'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rlm", '\u{200f}'),
    ("rpar", ')'),
    ("rsaquo", '›'),
    ("rsqb", ']'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("sect", '§'),
    ("semi", ';'),
    ("shy", '\u{ad}'),
    ("sol", '/'),
    ("star", '☆'),
    ("starf", '★'),
    ("sup1", '¹'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("szlig", 'ß'),
    ("thinsp", '\u{2009}'),
    ("tilde", '˜'),
    ("times", '×'),
    ("trade", '™'),
    ("uArr", '⇑'),
    ("uacute", 'ú'),
    ("uarr", '↑'),
    ("uml", '¨'),
    ("uuml", 'ü'),
    ("vert", '|'),
    ("yen", '¥'),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
];

/// Longest reference worth looking at, `&` and `;` included.
const MAX_LENGTH: usize = 14;

/// Reads the reference that `text` starts with: its character, and its length in bytes (all of them ASCII).
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let body = text.strip_prefix('&')?;
    let length = body.bytes().take(MAX_LENGTH).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let (name, closed) = (&body[..length], body.as_bytes().get(length) == Some(&b';'));
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((numbered(code)?, 1 + length + usize::from(closed)));
    }
    if !closed {
        // Browsers accept a few names unclosed; `&nbsp` is the one that is seen.
        return body.starts_with("nbsp").then_some(('\u{a0}', 5));
    }
    let found = NAMED.binary_search_by_key(&name, |&(known, _)| known).ok()?;
    Some((NAMED[found].1, length + 2))
}

/// Windows-1252 numbers are read as browsers read them.
fn numbered(code: u32) -> Option<char> {
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
    }

    #[test]
    fn references_of_all_kinds() {
        assert_eq!(decode("&nbsp;x"), Some(('\u{a0}', 6)));
        assert_eq!(decode("&nbsp x"), Some(('\u{a0}', 5)));
        assert_eq!(decode("&#20013;"), Some(('中', 8)));
        assert_eq!(decode("&#x4E2D;"), Some(('中', 8)));
        assert_eq!(decode("&#147;"), Some(('“', 6)));
        assert_eq!(decode("&ldquo;"), Some(('“', 7)));
        for other in ["&", "&&", "&SDK;", "&#;", "&#x110000;", "&#99999999999;", "R&D 中心"] {
            assert_eq!(decode(other), None, "{other}");
        }
    }
}
