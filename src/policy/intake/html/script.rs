//! Policies kept as string constants of a program: pages that show nothing without their script, and page components.

use super::super::text::{Glyph, Spot, is_invisible};
use super::element::{Role, role};
use super::token::advance;

/// Ideographs a constant must hold to be taken for text; labels and messages have fewer.
const MIN_WORDS: usize = 12;

/// The lines of all constants that hold text, their escapes undone and their tags dropped.
pub(super) fn lines(source: &str, start: Spot) -> Vec<Vec<Glyph>> {
    let mut found = Vec::new();
    let mut at = start;
    let mut rest = source;
    while let Some(open) = rest.find(['"', '\'', '`']) {
        let quote = rest.as_bytes()[open];
        at = advance(at, &rest[..=open]);
        rest = &rest[open + 1..];
        let length = match closing(rest, quote) {
            Ok(length) => length,
            // No constant after all; what follows in the line cannot be told apart either.
            Err(skip) => {
                at = advance(at, &rest[..skip]);
                rest = &rest[skip..];
                continue;
            }
        };
        let body = &rest[..length];
        if body.chars().filter(|ch| ('\u{4e00}'..='\u{9fff}').contains(ch)).nth(MIN_WORDS - 1).is_some() {
            constant(body, at, &mut found);
        }
        at = advance(at, &rest[..=length]);
        rest = &rest[length + 1..];
    }
    found
}

/// Where a constant ends: at its quote, and unless it is a template, before its line does. Else, where its line ends.
fn closing(rest: &str, quote: u8) -> Result<usize, usize> {
    let mut escaped = false;
    for (at, b) in rest.bytes().enumerate() {
        match b {
            // An escaped line end may be of two bytes.
            b'\r' if escaped && rest[at + 1..].starts_with('\n') => {}
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\r' | b'\n' if quote != b'`' => return Err(at),
            b if b == quote => return Ok(at),
            _ => {}
        }
    }
    Err(rest.len())
}

fn constant(body: &str, start: Spot, found: &mut Vec<Vec<Glyph>>) {
    let mut line: Vec<Glyph> = Vec::new();
    let mut at = start;
    let mut rest = body;
    while let Some(ch) = rest.chars().next() {
        let (shown, length) = match ch {
            '\\' => escape(rest),
            '<' => tag(rest).unwrap_or((Some('<'), 1)),
            // One line end, which must not be counted as two.
            '\r' if rest[1..].starts_with('\n') => (Some('\n'), 2),
            _ => (Some(ch), ch.len_utf8()),
        };
        match shown {
            Some('\n' | '\r') => found.push(std::mem::take(&mut line)),
            Some(ch) if !is_invisible(ch) => line.push(Glyph { ch, at }),
            _ => {}
        }
        at = advance(at, &rest[..length]);
        rest = &rest[length..];
    }
    found.push(line);
}

/// What an escape stands for, and its length.
fn escape(rest: &str) -> (Option<char>, usize) {
    match rest[1..].chars().next() {
        Some('n' | 'r') => (Some('\n'), 2),
        // The constant goes on in the next line.
        Some('\r') if rest[2..].starts_with('\n') => (None, 3),
        Some('\r' | '\n') => (None, 2),
        Some('t') => (Some('\t'), 2),
        Some('u') => {
            let digits = rest.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            digits.map_or((Some('u'), 2), |code| (char::from_u32(code), 6))
        }
        Some(ch) => (Some(ch), 1 + ch.len_utf8()),
        None => (None, 1),
    }
}

/// A tag: a line end when its element begins or ends lines.
fn tag(rest: &str) -> Option<(Option<char>, usize)> {
    let end = rest.bytes().take(400).position(|b| b == b'>')?;
    let name: String = rest[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let name = name.to_ascii_lowercase();
    super::is_element(&name).then(|| {
        let inline = matches!(role(&name), Role::Inline | Role::Anchor | Role::Void | Role::Hidden);
        ((!inline).then_some('\n'), end + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_with_text_are_read() {
        let source = "const a = 'x';\nconst zh = \"一、我们收集您的设备信息和位置信息\\n二、\\u6211们不会出售个人信息\";\n\
                      t = `<p>我们<b>会</b>使用相机拍摄头像照片</p><p>以及麦克风</p>`";
        let found: Vec<String> = lines(source, Spot::START)
            .iter()
            .map(|line| line.iter().map(|glyph| glyph.ch).collect())
            .filter(|line: &String| !line.is_empty())
            .collect();
        assert_eq!(
            found,
            [
                "一、我们收集您的设备信息和位置信息",
                "二、我们不会出售个人信息",
                "我们会使用相机拍摄头像照片",
                "以及麦克风"
            ]
        );
        assert_eq!(lines(source, Spot::START)[0][0].at, Spot::new(2, 13));
        let source = "f('x,\r\n`我们收集您的设备信息和\r\n位置信息`)";
        assert_eq!(lines(source, Spot::START)[1][0].at, Spot::new(3, 1));
        let source = "f('我们收集您的设备信息\\\r\n和位置信息')";
        let line = &lines(source, Spot::START)[0];
        assert_eq!(line.iter().map(|glyph| glyph.ch).collect::<String>(), "我们收集您的设备信息和位置信息");
        assert_eq!(line.last().map(|glyph| glyph.at), Some(Spot::new(2, 5)));
    }
}
