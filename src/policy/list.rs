//! Short word lists looked up in running text. Where words have spaces between them they are found whole.

use std::ops::Range;

/// Folded words of one kind.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    words: Vec<String>,
    whole: bool,
}

impl List {
    /// The words in this order; `whole` where a word must not be part of another.
    pub(crate) fn new(words: Vec<String>, whole: bool) -> Self {
        Self { words, whole }
    }

    /// The same, longest first, so that the first hit is the longest.
    pub(crate) fn longest_first(mut self) -> Self {
        self.words.sort_by_key(|w| std::cmp::Reverse(w.len()));
        self
    }

    /// The words.
    pub(crate) fn words(&self) -> &[String] {
        &self.words
    }

    fn stands(&self, text: &str, at: usize, word: &str) -> bool {
        let latin = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !self.whole
            || !(latin(word.chars().next()) && latin(text[..at].chars().next_back())
                || latin(word.chars().next_back()) && latin(text[at + word.len()..].chars().next()))
    }

    fn of<'a>(&'a self, text: &'a str, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        text.match_indices(word).map(|(at, w)| at..at + w.len()).filter(|r| self.stands(text, r.start, word))
    }

    /// Every place of every word, word by word.
    pub(crate) fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.words.iter().flat_map(|w| self.of(text, w))
    }

    /// The first place of each word that stands in the text.
    pub(crate) fn firsts<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.words.iter().filter_map(|w| self.of(text, w).next())
    }

    /// The first place of any word.
    pub(crate) fn first(&self, text: &str) -> Option<Range<usize>> {
        self.firsts(text).min_by_key(|r| r.start)
    }

    /// Behind the last word.
    pub(crate) fn last_end(&self, text: &str) -> Option<usize> {
        self.words.iter().filter_map(|w| self.of(text, w).last()).map(|r| r.end).max()
    }

    /// Whether any word stands in the text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.words.iter().any(|w| self.of(text, w).next().is_some())
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
