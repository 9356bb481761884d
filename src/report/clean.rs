//! Text from packages and policies is hostile: what a terminal, a spreadsheet or a reader's eye could act on is made visible.

use std::borrow::Cow;

/// Makes control characters, escape sequences and direction marks visible as `\u{…}`; keeps line feeds.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hostile) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hostile(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether a terminal, a spreadsheet or the eye could act on a character.
pub(super) fn hostile(c: char) -> bool {
    c != '\n' && c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn escape_sequences_and_direction_marks_become_visible() {
        assert_eq!(clean("相机\u{1b}[31m"), "相机\\u{1b}[31m");
        assert_eq!(clean("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(clean("两行\n不变"), "两行\n不变");
    }
}
