//! The numbering at the head of a line.

use crate::policy::normal::Normal;

/// The manner of a numbering; lines of one list share it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Style {
    /// A heading by markup, level 1–6.
    Markup(u8),
    /// 第一条, 第二部分.
    Chapter,
    /// A short line of its own that heads what follows.
    Bare,
    /// 一、, `IV.`
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// `1、`
    Comma,
    /// `1.`
    Dot,
    /// `1.1` with the number of its parts.
    Dotted(u8),
    /// `1)` or `1）、`
    Closed,
    /// `(1)`
    Bracketed,
    /// `ii.`
    Roman,
    /// `a.`, `A)`
    Letter,
    /// ①
    Circled,
    /// A bullet, with its nesting depth.
    Bullet(u8),
}

impl Style {
    /// Styles that open a part of the document and so end every list before them.
    pub(crate) fn opens_part(self) -> bool {
        matches!(self, Self::Markup(_) | Self::Chapter | Self::Bare | Self::Chinese)
    }
}

/// A numbering found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker {
    /// Its manner.
    pub style: Style,
    /// Its number, 0 for bullets.
    pub number: u32,
    /// Byte offset in the folded text where the words begin.
    pub body: usize,
}

/// `Section 3.`, `Article 4:`, `iv.`
fn spelt(text: &str, normal: &Normal, upper: bool) -> Option<Marker> {
    let skip = |at: usize| at + text[at..].bytes().take_while(|b| matches!(b, b'.' | b':' | b' ' | b')')).count();
    for unit in ["section", "article", "part", "chapter"] {
        if let Some(rest) = text.strip_prefix(unit) {
            let word = rest.trim_start_matches(' ');
            let Some((number, width)) = digits(word).or_else(|| roman(word)) else { continue };
            let end = text.len() - word.len() + width;
            let closed = matches!(text[end..].chars().next(), None | Some('.' | ':' | '-' | '。' | ' '));
            return closed.then(|| Marker { style: Style::Chapter, number, body: skip(end) });
        }
    }
    // `IV.` numbers parts of a document, `iv.` items; a small letter alone is that letter.
    let (number, width) = roman(text).filter(|&(_, width)| width > 1 || upper)?;
    let closed = text[width..].starts_with(['.', ')']) && normal.gap_before(width + 1);
    let style = if upper { Style::Chinese } else { Style::Roman };
    closed.then(|| Marker { style, number, body: skip(width) })
}

/// A small Roman number that is the whole word.
fn roman(text: &str) -> Option<(u32, usize)> {
    let width = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    const NUMBERS: [&str; 15] =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];
    let at = NUMBERS.iter().position(|n| *n == &text[..width])?;
    Some((at as u32 + 1, width))
}

const CHINESE_DIGITS: &str = "一二三四五六七八九十百零〇两";

fn chinese_number(text: &str) -> Option<(u32, usize)> {
    let mut number = 0;
    let mut end = 0;
    for c in text.chars().take(4) {
        if !CHINESE_DIGITS.contains(c) {
            break;
        }
        let digit = match c {
            '一' => 1,
            '二' | '两' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            _ => 0,
        };
        number = match c {
            '十' => number.max(1) * 10,
            '百' => number.max(1) * 100,
            _ => number + digit,
        };
        end += c.len_utf8();
    }
    (end > 0).then_some((number, end))
}

/// The Chinese number a text ends with, with where it begins.
pub(crate) fn chinese_number_before(text: &str) -> Option<(u32, usize)> {
    let start = text.char_indices().rev().take(4).take_while(|&(_, c)| CHINESE_DIGITS.contains(c)).last()?.0;
    chinese_number(&text[start..]).map(|(number, _)| (number, start))
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&end).then(|| (text[..end].parse().unwrap_or(0), end))
}

/// The numbering at the head of `normal`, whose source begins with `first`.
pub(crate) fn parse(normal: &Normal, first: Option<char>) -> Option<Marker> {
    let text = normal.text();
    let found = |style, number, body| Some(Marker { style, number, body });
    if let Some(c) = first.filter(|c| ('\u{2460}'..='\u{2473}').contains(c) || ('\u{2776}'..='\u{277f}').contains(c)) {
        let body = digits(text).map_or(c.len_utf8().min(text.len()), |(_, end)| end);
        return found(Style::Circled, c as u32 - if c < '\u{2776}' { 0x245f } else { 0x2775 }, body);
    }
    let skip = |at: usize| {
        at + text[at..]
            .chars()
            .take_while(|c| matches!(c, '、' | '.' | ',' | '\\' | '．' | ' '))
            .map(char::len_utf8)
            .sum::<usize>()
    };
    if let Some(rest) = text.strip_prefix('第') {
        let (number, end) = chinese_number(rest).or_else(|| digits(rest))?;
        for unit in ["部分", "条", "章", "节", "款", "篇"] {
            if rest[end..].starts_with(unit) {
                return found(Style::Chapter, number, skip('第'.len_utf8() + end + unit.len()));
            }
        }
        return None;
    }
    if let Some(rest) = text.strip_prefix(['(', '[', '【', '〔']) {
        let open = text.len() - rest.len();
        let closes = |end: usize| {
            rest[end..].chars().next().filter(|c| matches!(c, ')' | ']' | '】' | '〕')).map(char::len_utf8)
        };
        if let Some((number, end)) = chinese_number(rest)
            && let Some(width) = closes(end)
        {
            return found(Style::ChineseInBrackets, number, skip(open + end + width));
        }
        if let Some((number, end)) = digits(rest)
            && let Some(width) = closes(end)
        {
            return found(Style::Bracketed, number, skip(open + end + width));
        }
        let letter = rest.bytes().next().filter(u8::is_ascii_lowercase)?;
        let width = closes(1)?;
        return found(Style::Letter, u32::from(letter - b'a') + 1, skip(open + 1 + width));
    }
    if let Some((number, end)) = chinese_number(text) {
        let next = text[end..].chars().next()?;
        return (matches!(next, '、' | '.' | ',' | ':') || (normal.gap_before(end) && end <= 6)).then(|| Marker {
            style: Style::Chinese,
            number,
            body: skip(end + if next == ':' { 1 } else { 0 }),
        });
    }
    if let Some((number, mut end)) = digits(text) {
        let mut parts = 1;
        let mut last = number;
        while let Some(rest) = text[end..].strip_prefix('.') {
            let Some((n, width)) = digits(rest) else { break };
            end += 1 + width;
            parts += 1;
            last = n;
            if parts == 5 {
                break;
            }
        }
        let next = text[end..].chars().next();
        if parts > 1 {
            let unit = matches!(next, Some('%' | '亿' | '万' | '元' | '年' | '版' | 'g' | '及'));
            return (!unit).then(|| Marker { style: Style::Dotted(parts), number: last, body: skip(end) });
        }
        return match next? {
            ')' | ']' => found(Style::Closed, number, skip(end + 1)),
            '、' | ',' => found(Style::Comma, number, skip(end)),
            '.' | '\\' | ':' => found(Style::Dot, number, skip(end + 1)),
            _ if normal.gap_before(end) && number < 100 => found(Style::Dot, number, skip(end)),
            _ => None,
        };
    }
    // `Ⅱ、共享`: a part, as `二、` is.
    if let Some((number, end)) =
        roman(text).filter(|_| first.is_some_and(|c| c.is_uppercase() || ('\u{2160}'..='\u{216b}').contains(&c)))
        && text[end..].starts_with(['、', ','])
    {
        return found(Style::Chinese, number, skip(end));
    }
    if let Some(marker) = spelt(text, normal, first.is_some_and(char::is_uppercase)) {
        return Some(marker);
    }
    let mut chars = text.chars();
    let c = chars.next()?;
    if c.is_ascii_lowercase() {
        let next = chars.next()?;
        let after = chars.next();
        // `n.OPPO` is a numbering, `e.g.`, `i.e.` and `u.aly` are not.
        let tail = &text[1 + next.len_utf8()..];
        let run = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let abbreviation = next == '.'
            && after.is_some_and(|c| c.is_ascii_alphanumeric())
            && !normal.gap_before(2)
            && (run < 2 || tail[run..].starts_with('.'));
        let dotted = matches!(next, '.' | '、' | ')') && !abbreviation;
        return if dotted {
            found(Style::Letter, u32::from(c as u8 - b'a') + 1, skip(1 + next.len_utf8()))
        } else {
            None
        };
    }
    if matches!(
        c,
        '·' | '•'
            | '-'
            | '*'
            | '●'
            | '○'
            | '■'
            | '◆'
            | '▪'
            | '◇'
            | '□'
            | '➤'
            | '►'
            | '▶'
            | '★'
            | '※'
            | '–'
            | '—'
            | '+'
            | 'ø'
            | '‣'
            | '◦'
            | '\u{f06c}'
            | '\u{f06e}'
            | '\u{f075}'
            | '\u{f0a7}'
            | '\u{f0b7}'
            | '\u{f0d8}'
            | '\u{f0fc}'
    ) {
        let end = c.len_utf8();
        // A second numbering behind the bullet is the one that counts. Word writes its bullets in characters of its own.
        if normal.gap_before(end) || matches!(c, '·' | '•' | '●' | '■' | '◆' | '▪' | '\u{f06c}'..='\u{f0fc}')
        {
            return found(Style::Bullet(1), 0, end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> Option<(Style, u32, String)> {
        let normal = Normal::new(text);
        parse(&normal, text.chars().next()).map(|m| (m.style, m.number, normal.text()[m.body..].to_owned()))
    }

    #[test]
    fn every_usual_numbering_is_known() {
        let expect = |text: &str, s, n, body: &str| assert_eq!(style(text), Some((s, n, body.to_owned())), "{text}");
        expect("第十二条 附则", Style::Chapter, 12, "附则");
        expect("第一部分 定义", Style::Chapter, 1, "定义");
        expect("十一、联系我们", Style::Chinese, 11, "联系我们");
        expect("（二）共享", Style::ChineseInBrackets, 2, "共享");
        expect("1、友盟", Style::Comma, 1, "友盟");
        expect("1．当您", Style::Dot, 1, "当您");
        expect("1\\. 相机", Style::Dot, 1, "相机");
        expect("2.1 账户注册", Style::Dotted(2), 1, "账户注册");
        expect("1.3.2 位置", Style::Dotted(3), 2, "位置");
        expect("3）、微博", Style::Closed, 3, "微博");
        expect("(6) 传感器", Style::Bracketed, 6, "传感器");
        expect("b.信鸽", Style::Letter, 2, "信鸽");
        expect("IV. Permissions", Style::Chinese, 4, "permissions");
        expect("iii. Camera", Style::Roman, 3, "camera");
        expect("Section 2: Scope", Style::Chapter, 2, "scope");
        expect("Ⅱ、共享", Style::Chinese, 2, "共享");
        expect("② 网络", Style::Circled, 2, "网络");
        expect("· 内部", Style::Bullet(1), 0, "内部");
        expect("Ø 软件信息", Style::Bullet(1), 0, "软件信息");
        expect("\u{f0d8}位置信息", Style::Bullet(1), 0, "位置信息");
    }

    #[test]
    fn numbers_that_are_no_numbering() {
        assert_eq!(style("360手机助手"), None);
        assert_eq!(style("2021年9月"), None);
        assert_eq!(style("app权限"), None);
        assert_eq!(style("vivo推送"), None);
        assert_eq!(style("第三方SDK"), None);
    }
}
