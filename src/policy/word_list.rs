//! A list of words, found in a text by looking up the first two characters at every place.
//!
//! An automaton over the same lists is as fast to run and takes many times longer to build; a policy is short and the lists are
//! built anew in every run of the program, so that building them was most of the time of reading a policy.

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

/// Words with what each of them means. A word given several times has all its meanings, in the order given.
#[derive(Debug)]
pub(crate) struct WordList<T> {
    /// Without repetition, ordered by [`head`], then the longest first.
    words: Vec<String>,
    /// What each of `words` means.
    values: Vec<Vec<T>>,
    /// Where in `words` those of each head stand.
    heads: FxHashMap<u64, Range<u32>>,
    /// Bit n is set when a word begins with a character whose number is n modulo [`FIRSTS`].
    firsts: Vec<u64>,
}

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

impl<T> WordList<T> {
    /// A list of folded words; an entry without a value means nothing and hides what stands inside it. Empty words are left out.
    pub(crate) fn new(entries: impl IntoIterator<Item = (String, Option<T>)>) -> Self {
        let mut entries: Vec<(u64, String, Option<T>)> = entries
            .into_iter()
            .filter_map(|(word, value)| {
                let mut chars = word.chars();
                let key = head(chars.next()?, chars.next());
                Some((key, word, value))
            })
            .collect();
        entries.sort_by(|(a, x, _), (b, y, _)| (a, Reverse(x.len()), x).cmp(&(b, Reverse(y.len()), y)));
        let mut list = Self {
            words: Vec::with_capacity(entries.len()),
            values: Vec::with_capacity(entries.len()),
            heads: FxHashMap::default(),
            firsts: vec![0; FIRSTS / 64],
        };
        for (key, word, value) in entries {
            if list.words.last() != Some(&word) {
                let at = list.words.len() as u32;
                list.heads.entry(key).or_insert(at..at).end += 1;
                if let Some(first) = word.chars().next() {
                    let (at, mask) = bit(first);
                    list.firsts[at] |= mask;
                }
                list.words.push(word);
                list.values.push(Vec::new());
            }
            if let (Some(values), Some(value)) = (list.values.last_mut(), value) {
                values.push(value);
            }
        }
        list
    }

    /// What a word found by its number means; empty for one that only hides others.
    pub(crate) fn values(&self, word: usize) -> &[T] {
        &self.values[word]
    }

    /// A word by its number.
    pub(crate) fn word(&self, word: usize) -> &str {
        &self.words[word]
    }

    /// Numbers of the words `text` begins with, the longest first.
    pub(crate) fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let mut chars = text.chars();
        let first = chars.next().filter(|&c| {
            let (at, mask) = bit(c);
            self.firsts[at] & mask != 0
        });
        let keys = first.map(|c| [chars.next().map(|d| head(c, Some(d))), Some(head(c, None))]);
        keys.into_iter().flatten().flatten().flat_map(move |key| {
            let range = self.heads.get(&key).cloned().unwrap_or_default();
            range.map(|word| word as usize).filter(move |&word| text.starts_with(self.words[word].as_str()))
        })
    }

    /// Every word in `within`, overlapping ones too, in order of their beginnings, the longest first.
    pub(crate) fn all<'a>(
        &'a self,
        text: &'a str,
        within: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let part = &text[within.clone()];
        part.char_indices().flat_map(move |(at, _)| {
            let start = within.start + at;
            self.starting(&part[at..]).map(move |word| (start..start + self.words[word].len(), word))
        })
    }

    /// The words in `within` that do not overlap: the leftmost first, the longest where several begin.
    pub(crate) fn longest<'a>(
        &'a self,
        text: &'a str,
        within: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, usize)> + 'a {
        let mut end = 0;
        let part = &text[within.clone()];
        part.char_indices().filter_map(move |(at, _)| {
            let start = within.start + at;
            if start < end {
                return None;
            }
            let word = self.starting(&part[at..]).next()?;
            end = start + self.words[word].len();
            Some((start..end, word))
        })
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
