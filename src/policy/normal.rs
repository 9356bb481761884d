//! Text folded for matching, with the way back: width and compatibility forms (NFKC), case, traditional characters,
//! white space and invisible characters.
//!
//! Policies are hard-wrapped inside words, exported from word processors one run a word, and mix full and half width; after
//! folding, `A n d r o i d　ＩＤ` and `android id` are the same letters. White space is dropped, not kept: Chinese has none, and for
//! Latin words the place where it stood is remembered, so that a word still ends there.

mod regional;
mod spaced;

use std::ops::Range;
use std::sync::OnceLock;

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

pub(crate) use spaced::Conventions;

/// How the text of a language is folded.
#[derive(Debug, Clone)]
pub(crate) enum Folding {
    /// White space is dropped: Chinese.
    Dense,
    /// Words keep one space between them and punctuation is read as its conventions say: English.
    Spaced(Box<Conventions>),
}

/// Folded text of one block or cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Normal {
    text: String,
    /// For each byte of `text`, the byte offset in the source; one more at the end for the length.
    source: Vec<u32>,
    /// Byte offsets in `text` before which white space was dropped, ascending.
    gaps: Vec<u32>,
    /// Those of `gaps` where a line ended.
    breaks: Vec<u32>,
    /// Whether words keep a space between them.
    spaced: bool,
}

/// First and last of the unified ideographs, the only characters of the table.
const HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fff}';

/// The simplified form of an ideograph.
fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<Option<char>>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = vec![None; *HAN.end() as usize - *HAN.start() as usize + 1];
        for line in include_str!("normal/traditional.txt").lines() {
            let mut chars = line.chars();
            if let (Some(from), to) = (chars.next().filter(|c| HAN.contains(c)), chars.next()) {
                table[from as usize - *HAN.start() as usize] = to;
            }
        }
        table
    });
    (c as usize).checked_sub(*HAN.start() as usize).and_then(|at| *table.get(at)?).unwrap_or(c)
}

fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The folded form of a few words without their white space.
pub(crate) fn fold(text: &str) -> String {
    plain(text).unwrap_or_else(|| Normal::new(text).text)
}

/// The folded form of a text of ASCII letters and ideographs alone, which is nearly every word of the lists.
fn plain(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\n' => {}
            '!'..='~' => folded.push(c.to_ascii_lowercase()),
            // A traditional character may begin a word that another is said for.
            _ if HAN.contains(&c) && simplified(c) == c => folded.push(c),
            _ => return None,
        }
    }
    (!folded.as_bytes().contains(&b'h') || !folded.contains("http")).then_some(folded)
}

/// Each folded character a character of the source stands for.
fn folded_chars(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        take(c.to_ascii_lowercase());
    } else if HAN.contains(&c) {
        take(simplified(c));
    } else {
        decompose_compatible(c, |d| {
            if is_combining_mark(d) || d.is_whitespace() {
                return;
            }
            for lower in d.to_lowercase() {
                take(match lower {
                    '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => '"',
                    '\u{2018}' | '\u{2019}' => '\'',
                    '\u{2010}'..='\u{2012}' => '-',
                    other => other,
                });
            }
        });
    }
}

impl Normal {
    /// Folds `source` as its language is folded.
    pub(crate) fn of(source: &str, folding: &Folding) -> Self {
        match folding {
            Folding::Dense => Self::new(source),
            Folding::Spaced(conventions) => spaced::fold(source, conventions),
        }
    }

    /// A text that is folded already, as it stands.
    pub(crate) fn folded(text: &str, folding: &Folding) -> Self {
        match folding {
            Folding::Dense => Self::new(text),
            Folding::Spaced(_) => Self {
                text: text.to_owned(),
                source: (0..=text.len() as u32).collect(),
                gaps: Vec::new(),
                breaks: Vec::new(),
                spaced: true,
            },
        }
    }

    /// Folds `source` without its white space.
    pub(crate) fn new(source: &str) -> Self {
        let mut normal = Self {
            text: String::with_capacity(source.len()),
            source: Vec::with_capacity(source.len() + 1),
            ..Self::default()
        };
        let mut gap = false;
        let mut line_break = false;
        let mut traditional = false;
        for (offset, c) in source.char_indices() {
            if c.is_whitespace() {
                gap = true;
                line_break |= c == '\n';
                continue;
            }
            if invisible(c) {
                continue;
            }
            if gap {
                let at = normal.text.len() as u32;
                normal.gaps.push(at);
                if line_break {
                    normal.breaks.push(at);
                }
                gap = false;
                line_break = false;
            }
            traditional |= HAN.contains(&c) && simplified(c) != c;
            folded_chars(c, |d| normal.push(d, offset));
        }
        if traditional {
            normal.localise();
        }
        normal.source.push(source.len() as u32);
        normal.blank_urls();
        normal
    }

    /// Addresses hold words that mean nothing (`?from=sdk`): all but their scheme is made unreadable.
    fn blank_urls(&mut self) {
        // Looking for one byte is so much faster that most texts are done with it.
        if !self.text.as_bytes().contains(&b'h') {
            return;
        }
        let mut at = 0;
        while let Some(found) = self.text[at..].find("http").map(|f| f + at) {
            let start = found + 4;
            let mut end = start;
            for (i, c) in self.text[start..].char_indices() {
                let i = start + i;
                if !c.is_ascii_graphic() || matches!(c, ')' | ']' | '>' | '|' | '"') || self.gap_before(i) {
                    break;
                }
                end = i + 1;
            }
            if self.text[start..end].contains("//") {
                self.text.replace_range(start..end, &"~".repeat(end - start));
            }
            at = end.max(start);
        }
    }

    fn push(&mut self, c: char, offset: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.source.push(offset as u32);
        }
    }

    /// The folded text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The folded text alone.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Whether nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The source range of a range of the folded text; the end is that of the last character, without what follows it.
    pub(crate) fn source_range(&self, range: Range<usize>, source: &str) -> Range<usize> {
        let last = self.source.len().saturating_sub(1);
        let start = self.source.get(range.start.min(last)).copied().unwrap_or(0) as usize;
        if range.is_empty() {
            return start..start;
        }
        let tail = self.source.get((range.end - 1).min(last)).copied().unwrap_or(0) as usize;
        let end = source.get(tail..).and_then(|s| s.chars().next()).map_or(source.len(), |c| tail + c.len_utf8());
        start..end.max(start)
    }

    /// Whether white space stood before this offset.
    pub(crate) fn gap_before(&self, offset: usize) -> bool {
        self.gaps.binary_search(&(offset as u32)).is_ok()
    }

    /// Offsets before which a line ended.
    pub(crate) fn breaks(&self) -> &[u32] {
        &self.breaks
    }

    /// Whether the range does not cut a Latin word or number in two.
    pub(crate) fn whole_word(&self, range: &Range<usize>) -> bool {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let starts = !(latin(self.text[range.clone()].chars().next())
            && latin(self.text[..range.start].chars().next_back()))
            || self.gap_before(range.start);
        let ends = !(latin(self.text[range.clone()].chars().next_back())
            && latin(self.text[range.end..].chars().next()))
            || self.gap_before(range.end);
        starts && ends
    }

    /// The range of the words that begin and end with it; in a spaced script with the ending of the plural.
    pub(crate) fn whole_words(&self, range: Range<usize>) -> Option<Range<usize>> {
        if self.whole_word(&range) {
            return Some(range);
        }
        let tail = self.spaced.then(|| &self.text[range.end..])?;
        let rest = tail.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let widened = range.start..range.end + rest;
        (matches!(&tail[..rest], "s" | "es") && self.whole_word(&widened)).then_some(widened)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_script_and_space_are_folded() {
        assert_eq!(fold("Ａｎｄｒｏｉｄ　ＩＤ"), "androidid");
        assert_eq!(fold("讀取 手機\u{feff}狀態"), "读取手机状态");
        assert_eq!(fold("撥打、註冊、瞭解、偵測"), "拨打、注册、了解、侦测");
        assert_eq!(fold("蒐集 資訊"), "收集信息");
        assert_eq!(fold("（ＩＭＥＩ），Wi‑Fi"), "(imei),wi-fi");
    }

    #[test]
    fn the_short_way_folds_as_the_long_one() {
        for text in ["", "讀取 手機", "Touch ID", "a\tb", "（ＩＭＥＩ）", "见https://example.com/SDK", "é", "\u{7f}x"]
        {
            assert_eq!(fold(text), Normal::new(text).text, "{text:?}");
        }
    }

    #[test]
    fn the_way_back_finds_the_source() {
        let source = "收集 您的\nＩＭＥＩ号";
        let normal = Normal::new(source);
        let at = normal.text().find("imei").unwrap();
        assert_eq!(&source[normal.source_range(at..at + 4, source)], "ＩＭＥＩ");
        assert_eq!(&source[normal.source_range(0..normal.text().len(), source)], source);
    }

    #[test]
    fn words_end_at_dropped_space() {
        let normal = Normal::new("the IP address");
        let at = normal.text().find("ip").unwrap();
        assert!(normal.whole_word(&(at..at + 2)));
        let normal = Normal::new("shipping");
        assert!(!normal.whole_word(&(2..4)));
    }
}
