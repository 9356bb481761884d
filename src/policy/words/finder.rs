//! Names of capabilities and of personal information, compiled for one pass over a text.

use std::collections::HashSet;
use std::ops::Range;

use super::fold;
use crate::catalogue::{CapabilityId, Catalogue, DataItemId, Language};
use crate::policy::normal::{Folding, Normal};
use crate::policy::word_list::WordList;

/// A capability or data word.
#[derive(Debug, Clone)]
pub(crate) struct Named<T> {
    /// What it names.
    pub id: T,
    /// Whether it is an everyday word.
    pub weak: bool,
}

/// A word list for one pass; overlapping shorter words are swallowed by longer ones.
#[derive(Debug)]
pub(crate) struct Finder<T>(WordList<T>);

/// A word found.
#[derive(Debug)]
pub(crate) struct Found<'a, T> {
    /// Byte range in the folded text.
    pub range: Range<usize>,
    /// What it may mean; empty for a mask.
    pub values: &'a [T],
}

impl<T> Finder<T> {
    pub(super) fn new(entries: Vec<Entry<'_, T>>, folding: &Folding) -> Self {
        Self(WordList::new(entries.into_iter().map(|(word, value)| (fold(word, folding), value))))
    }

    /// Every word in `text`, in order, none overlapping, Latin words whole.
    pub(crate) fn find<'a>(
        &'a self,
        text: &'a Normal,
        within: Range<usize>,
    ) -> impl Iterator<Item = Found<'a, T>> + 'a {
        self.0.longest(text.text(), within).filter_map(|(range, word)| {
            let range = text.whole_words(range)?;
            Some(Found { range, values: self.0.values(word) })
        })
    }
}

/// A word and what it names; nothing for one that only masks others.
pub(super) type Entry<'a, T> = (&'a str, Option<T>);

/// Every name of a capability or permission.
pub(super) fn capability_words<'a>(
    catalogue: &'a Catalogue,
    language: &'a Language,
) -> Vec<Entry<'a, Named<CapabilityId>>> {
    let mut entries: Vec<Entry<'a, Named<CapabilityId>>> = Vec::new();
    for capability in catalogue.capabilities() {
        for word in &capability.aliases {
            let weak = capability.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: capability.id.clone(), weak })));
        }
    }
    for permission in catalogue.permissions() {
        for word in &permission.aliases {
            let weak = permission.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: permission.capability.clone(), weak })));
        }
    }
    for term in &language.term {
        if let Some(id) = &term.capability {
            entries.extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
        }
    }
    finish_words(entries, language)
}

/// Every name of personal information.
pub(super) fn data_words<'a>(catalogue: &'a Catalogue, language: &'a Language) -> Vec<Entry<'a, Named<DataItemId>>> {
    let mut entries: Vec<Entry<'a, Named<DataItemId>>> = Vec::new();
    for item in catalogue.data_items() {
        for word in &item.aliases {
            let weak = item.weak_aliases.contains(word);
            entries.push((word, Some(Named { id: item.id.clone(), weak })));
        }
    }
    for term in &language.term {
        if let Some(id) = &term.data {
            entries.extend(term.words.iter().map(|w| (w.as_str(), Some(Named { id: id.clone(), weak: term.weak }))));
        }
    }
    finish_words(entries, language)
}

/// Adds the phrases that mask others and must not themselves name anything; leaves out what the language's script cannot write.
fn finish_words<'a, T>(mut entries: Vec<Entry<'a, T>>, language: &'a Language) -> Vec<Entry<'a, T>> {
    entries.extend(language.masks.phrases.iter().map(|w| (w.as_str(), None)));
    let masks: HashSet<&str> = language.masks.phrases.iter().map(String::as_str).collect();
    for (word, value) in &mut entries {
        if masks.contains(word) {
            *value = None;
        }
    }
    if language.grammar.spacing.is_some() {
        entries.retain(|(word, _)| word.is_ascii());
    }
    entries
}
