//! A list of words, found in a text by looking up the first two characters at every place.
//!
//! An automaton over the same lists is as fast to run and takes many times longer to build; a policy is short and the lists are
//! built anew in every run of the program, so that building them was most of the time of reading a policy.

use std::iter;
use std::ops::Range;

use rustc_hash::FxHashMap;

/// Words with what each of them means. A word given several times has all its meanings, in the order given.
///
/// The words stand in one text, numbered as they came: thousands of small allocations would be most of the time of building it.
#[derive(Debug)]
pub(crate) struct WordList<T> {
    /// The words, one behind the other, and where each of them ends.
    text: String,
    ends: Vec<u32>,
    /// What the words mean, and where the meanings of each of them end.
    values: Vec<T>,
    value_ends: Vec<u32>,
    /// The longest word of each [`head`].
    heads: FxHashMap<u64, u32>,
    /// The next shorter one of the same head, [`NONE`] behind the last.
    next: Vec<u32>,
    /// Bit n is set when a word begins with a character whose number is n modulo [`FIRSTS`].
    firsts: Vec<u64>,
}

/// No word.
const NONE: u32 = u32::MAX;

/// Bits that tell most characters no word begins with; a power of two.
const FIRSTS: usize = 1 << 14;

/// The first two characters of a word as one number; the second is 0 in a word of one character.
fn head(first: char, second: Option<char>) -> u64 {
    u64::from(u32::from(first)) << 32 | u64::from(second.map_or(0, u32::from))
}

fn bit(first: char) -> (usize, u64) {
    let at = first as usize & (FIRSTS - 1);
    (at / 64, 1 << (at % 64))
}

impl<T> Default for WordList<T> {
    fn default() -> Self {
        Self::new([])
    }
}

impl<T> WordList<T> {
    /// A list of folded words; an entry without a value means nothing and hides what stands inside it. Empty words are left out.
    pub(crate) fn new(entries: impl IntoIterator<Item = (String, Option<T>)>) -> Self {
        let entries = entries.into_iter();
        let size = entries.size_hint().0;
        let mut list = Self {
            text: String::with_capacity(size * 12),
            ends: Vec::with_capacity(size),
            values: Vec::with_capacity(size),
            value_ends: Vec::with_capacity(size),
            heads: FxHashMap::with_capacity_and_hasher(size, Default::default()),
            next: Vec::with_capacity(size),
            firsts: vec![0; FIRSTS / 64],
        };
        let mut meanings = Vec::with_capacity(size);
        for (word, value) in entries {
            let mut chars = word.chars();
            let Some(first) = chars.next() else { continue };
            let number = list.number(&word, first, head(first, chars.next()));
            meanings.extend(value.map(|value| (number, value)));
        }
        meanings.sort_by_key(|(number, _)| *number);
        for (number, value) in meanings {
            list.value_ends.resize(number as usize, list.values.len() as u32);
            list.values.push(value);
        }
        list.value_ends.resize(list.ends.len(), list.values.len() as u32);
        list
    }

    /// The number of a word, which is put behind the longer ones of its head when it is new.
    fn number(&mut self, word: &str, first: char, head: u64) -> u32 {
        let new = self.ends.len() as u32;
        let (mut before, mut at) = (None, self.heads.get(&head).copied().unwrap_or(NONE));
        while at != NONE && self.word(at as usize).len() >= word.len() {
            if self.word(at as usize) == word {
                return at;
            }
            (before, at) = (Some(at as usize), self.next[at as usize]);
        }
        match before {
            Some(before) => self.next[before] = new,
            None => {
                self.heads.insert(head, new);
            }
        }
        self.next.push(at);
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        let (slot, mask) = bit(first);
        self.firsts[slot] |= mask;
        new
    }

    /// What a word found by its number means; empty for one that only hides others.
    pub(crate) fn values(&self, word: usize) -> &[T] {
        &self.values[Self::range(&self.value_ends, word)]
    }

    /// A word by its number.
    pub(crate) fn word(&self, word: usize) -> &str {
        &self.text[Self::range(&self.ends, word)]
    }

    fn range(ends: &[u32], at: usize) -> Range<usize> {
        at.checked_sub(1).map_or(0, |before| ends[before] as usize)..ends[at] as usize
    }

    /// Numbers of the words `text` begins with, the longest first.
    pub(crate) fn starting<'a>(&'a self, text: &'a str) -> Starting<'a, T> {
        let mut chars = text.chars();
        let mut starting = Starting { list: self, text, at: NONE, first: None };
        let Some(first) = chars.next() else { return starting };
        if self.begins(first) {
            match chars.next() {
                Some(second) => {
                    starting.at = self.longest_of(head(first, Some(second)));
                    starting.first = Some(first);
                }
                None => starting.at = self.longest_of(head(first, None)),
            }
        }
        starting
    }

    /// The longest word of a head.
    fn longest_of(&self, head: u64) -> u32 {
        self.heads.get(&head).copied().unwrap_or(NONE)
    }

    /// Every word in `within`, overlapping ones too, in order of their beginnings, the longest first.
    pub(crate) fn all<'a>(
        &'a self,
        text: &'a str,
        within: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let text = &text[..within.end];
        let mut chars = text[within.start..].char_indices();
        let (mut start, mut words) = (0, self.starting(""));
        iter::from_fn(move || {
            loop {
                if let Some(word) = words.next() {
                    return Some((start..start + self.word(word).len(), word));
                }
                let (at, _) = chars.find(|&(_, c)| self.begins(c))?;
                start = within.start + at;
                words = self.starting(&text[start..]);
            }
        })
    }

    /// Whether a word may begin with this character.
    fn begins(&self, c: char) -> bool {
        let (slot, mask) = bit(c);
        self.firsts[slot] & mask != 0
    }

    /// The words in `within` that do not overlap: the leftmost first, the longest where several begin.
    pub(crate) fn longest<'a>(
        &'a self,
        text: &'a str,
        within: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut end = within.start;
        let text = &text[..within.end];
        let mut chars = text[within.start..].char_indices();
        iter::from_fn(move || {
            loop {
                let (at, _) = chars.find(|&(_, c)| self.begins(c))?;
                let start = within.start + at;
                if start < end {
                    continue;
                }
                if let Some(word) = self.starting(&text[start..]).next() {
                    end = start + self.word(word).len();
                    return Some((start..end, word));
                }
            }
        })
    }
}

/// The words a text begins with, the longest first.
pub(crate) struct Starting<'a, T> {
    list: &'a WordList<T>,
    text: &'a str,
    /// The next one to try.
    at: u32,
    /// The first character, when the word of this character alone is still to be tried.
    first: Option<char>,
}

impl<T> Iterator for Starting<'_, T> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            if self.at == NONE {
                self.at = self.list.longest_of(head(self.first.take()?, None));
                continue;
            }
            let word = self.at as usize;
            self.at = self.list.next[word];
            if self.text.starts_with(self.list.word(word)) {
                return Some(word);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> WordList<u8> {
        let entry = |word: &str, value| (word.to_owned(), value);
        WordList::new([
            entry("手机", Some(1)),
            entry("手机号", Some(2)),
            entry("机", Some(3)),
            entry("手机号", Some(4)),
            entry("手机号码管理", None),
            entry("", Some(5)),
        ])
    }

    fn longest(text: &str) -> Vec<(&str, Vec<u8>)> {
        let list = list();
        list.longest(text, 0..text.len()).map(|(r, w)| (&text[r], list.values(w).to_vec())).collect()
    }

    #[test]
    fn the_longest_word_wins_and_has_all_its_meanings() {
        assert_eq!(longest("手机号与手机"), [("手机号", vec![2, 4]), ("手机", vec![1])]);
        assert_eq!(longest("相机"), [("机", vec![3])]);
    }

    #[test]
    fn a_word_without_meaning_hides_what_stands_inside() {
        assert_eq!(longest("手机号码管理"), [("手机号码管理", vec![])]);
    }

    #[test]
    fn overlapping_words_are_all_found_where_asked_for() {
        let (list, text) = (list(), "我的手机号");
        let found: Vec<&str> = list.all(text, 6..text.len()).map(|(r, _)| &text[r]).collect();
        assert_eq!(found, ["手机号", "手机", "机"]);
        assert_eq!(list.all(text, 0..9).count(), 0, "words end inside the range");
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        assert_eq!(WordList::<u8>::new([]).longest("手机", 0..6).count(), 0);
    }
}
