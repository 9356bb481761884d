//! Short word lists looked up in running text. Where words have spaces between them they are found whole.

use std::ops::{ControlFlow, Range};

use super::words::Words;

/// Folded words of one kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    words: Vec<String>,
    /// First characters with their words' indices, sorted.
    heads: Vec<(char, u16)>,
    /// A bit for the lowest byte of each first character: most characters of a text begin no word.
    beginnings: [u64; 4],
    /// Whether a word must not be part of another.
    whole: bool,
}

/// Whether a character belongs to words with spaces between them; ideographs do not.
fn latin(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || ('\u{80}'..'\u{2e80}').contains(&c) && c.is_alphanumeric())
}

/// The place of a character in [`List::beginnings`], by the lowest byte of its number.
fn bit(byte: u8) -> (usize, u64) {
    (usize::from(byte >> 6), 1 << (byte & 63))
}

/// The lowest byte of the number of the first character, and its length; decoding it whole takes twice the time, and this is done
/// for every character of a text by every list.
fn low_byte(text: &[u8]) -> (u8, usize) {
    let last_two = |a: u8, b: u8| (a << 6) | (b & 0x3f);
    match *text {
        [_, a, b, ..] if text[0] & 0xf0 == 0xe0 => (last_two(a, b), 3),
        [ascii @ ..0x80, ..] => (ascii, 1),
        [a @ ..0xe0, b, ..] => (last_two(a, b), 2),
        [_, _, a, b, ..] => (last_two(a, b), 4),
        _ => (0, 1),
    }
}

impl List {
    /// The words in this order; `whole` where a word must not be part of another.
    pub(crate) fn new(words: Vec<String>, whole: bool) -> Self {
        let mut list = Self { words, whole, ..Self::default() };
        list.index();
        list
    }

    fn index(&mut self) {
        self.heads.clear();
        for (n, word) in self.words.iter().enumerate() {
            if let Some(first) = word.chars().next() {
                self.heads.push((first, n as u16));
                let (at, bit) = bit(first as u32 as u8);
                self.beginnings[at] |= bit;
            }
        }
        self.heads.sort_unstable();
    }

    /// The same, longest first, so that the first hit is the longest.
    pub(crate) fn longest_first(mut self) -> Self {
        self.words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        self.index();
        self
    }

    /// The words.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    fn stands(&self, text: &str, at: usize, word: &str) -> bool {
        !self.whole
            || !(latin(word.chars().next()) && latin(text[..at].chars().next_back())
                || latin(word.chars().next_back()) && latin(text[at + word.len()..].chars().next()))
    }

    /// Tells of every place of every word with the word's index, from left to right, until told to stop.
    fn visit(&self, text: &str, mut tell: impl FnMut(usize, Range<usize>) -> ControlFlow<()>) -> ControlFlow<()> {
        let mut next = 0;
        while next < text.len() {
            let at = next;
            let (low, length) = low_byte(&text.as_bytes()[at..]);
            next += length;
            let (slot, bit) = bit(low);
            if self.beginnings[slot] & bit == 0 {
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            if self.whole && latin(Some(c)) && latin(text[..at].chars().next_back()) {
                continue;
            }
            let from = self.heads.partition_point(|&(head, _)| head < c);
            for &(_, n) in self.heads[from..].iter().take_while(|&&(head, _)| head == c) {
                let word = self.words[usize::from(n)].as_str();
                if text[at..].starts_with(word) && self.stands(text, at, word) {
                    tell(usize::from(n), at..at + word.len())?;
                }
            }
        }
        ControlFlow::Continue(())
    }

    /// Every place of every word with the word's index: word by word, or where words stand whole from left to right. Places of
    /// the same word do not overlap.
    pub(crate) fn numbered<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let mut all: Vec<(usize, Range<usize>)> = Vec::new();
        let _ = self.visit(text, |n, range| {
            all.push((n, range));
            ControlFlow::Continue(())
        });
        if !self.whole {
            all.sort_by_key(|(n, _)| *n);
            let mut end = (usize::MAX, 0);
            all.retain(|(n, range)| {
                let apart = end.0 != *n || end.1 <= range.start;
                if apart {
                    end = (*n, range.end);
                }
                apart
            });
        }
        all.into_iter()
    }

    /// Every place of every word.
    pub(crate) fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.numbered(text).map(|(_, range)| range)
    }

    /// The first place of each word that stands in the text.
    pub(crate) fn firsts<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let mut seen = vec![false; self.words.len()];
        self.numbered(text).filter(move |&(n, _)| !std::mem::replace(&mut seen[n], true)).map(|(_, range)| range)
    }

    /// The first place of any word; of several that begin there the one listed first.
    pub(crate) fn first(&self, text: &str) -> Option<Range<usize>> {
        let mut found = None;
        let _ = self.visit(text, |_, range| {
            found = Some(range);
            ControlFlow::Break(())
        });
        found
    }

    /// Behind the last word.
    pub(crate) fn last_end(&self, text: &str) -> Option<usize> {
        let mut end = None;
        let _ = self.visit(text, |_, range| {
            end = end.max(Some(range.end));
            ControlFlow::Continue(())
        });
        end
    }

    /// Whether any word stands in the text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.visit(text, |_, _| ControlFlow::Break(())).is_break()
    }

    /// What follows the first listed word the text begins with.
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = self.words.iter().find_map(|w| text.strip_prefix(w.as_str()).filter(|_| self.stands(text, 0, w)))?;
        Some(if self.whole { rest.trim_start_matches(' ') } else { rest })
    }

    /// Whether the text begins with a word.
    pub(crate) fn begins(&self, text: &str) -> bool {
        self.words.iter().any(|w| text.starts_with(w.as_str()) && self.stands(text, 0, w))
    }

    /// What stands before the word the text ends with.
    pub(crate) fn strip_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        let rest = self
            .words
            .iter()
            .find_map(|w| text.strip_suffix(w.as_str()).filter(|rest| self.stands(text, rest.len(), w)))?;
        Some(if self.whole { rest.trim_end_matches(' ') } else { rest })
    }

    /// Whether the text ends with a word.
    pub(crate) fn ends(&self, text: &str) -> bool {
        self.strip_end(text).is_some()
    }

    /// Whether the text is a word.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.words.iter().any(|w| w == text)
    }
}

/// Words that follow one another with anything between them.
#[derive(Debug, Clone)]
pub(crate) struct Phrase(Vec<List>);

impl Phrase {
    /// Phrases as the lexicon writes them: their parts set apart by `*`.
    pub(crate) fn all(written: &[String], words: &Words) -> Vec<Self> {
        let parts = |phrase: &String| phrase.split('*').map(|part| words.list(&[part.to_owned()])).collect();
        written.iter().map(|phrase| Self(parts(phrase))).collect()
    }

    /// Where it stands in a folded text.
    pub(crate) fn place(&self, text: &str) -> Option<Range<usize>> {
        let (head, parts) = self.0.split_first()?;
        let mut found = head.first(text)?;
        for part in parts {
            found.end += part.first(&text[found.end..])?.end;
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(whole: bool) -> List {
        List::new(["and", "in", "sdk", ":"].map(str::to_owned).into(), whole)
    }

    #[test]
    fn words_with_spaces_between_them_are_found_whole() {
        assert!(!list(true).is_in("android inside"));
        assert!(list(false).is_in("android inside"));
        assert_eq!(list(true).first("a sdk in use").map(|r| r.start), Some(2));
        assert_eq!(list(true).last_end("in: out"), Some(3));
        assert_eq!(list(true).strip("and more"), Some("more"));
        assert_eq!(list(true).strip("android"), None);
    }

    #[test]
    fn the_lowest_byte_is_told_without_decoding() {
        for c in ['a', '\u{7f}', 'é', '߿', 'ࠀ', '权', '\u{ffff}', '𠀀', '\u{10ffff}'] {
            assert_eq!(low_byte(c.to_string().as_bytes()), (c as u32 as u8, c.len_utf8()), "{c}");
        }
    }

    #[test]
    fn each_word_has_one_first_place() {
        assert_eq!(list(true).firsts("in sdk in").count(), 2);
        assert_eq!(list(true).places("in sdk in").count(), 3);
    }
}
