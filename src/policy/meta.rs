//! What the policy says of itself: for which app, by whom, since when, and where else its lists are.

mod date;
mod facts;
mod lists;
mod open;
mod who;

use std::ops::Range;

use super::model::{Fact, Meta, Policy, Role};
use super::normal::fold;
use super::outline::{Node, Outline};
use super::place::Placer;
use super::words::Words;
use crate::catalogue::{Lexicon, MetaWords};

pub(crate) use lists::external_lists;

/// The documents in order.
type Documents = [(Outline, Placer)];

/// Words of one kind, folded, of every language.
fn folded(pick: impl Fn(&MetaWords) -> &Vec<String>) -> Vec<String> {
    let mut words: Vec<String> =
        Lexicon::builtin().languages().iter().flat_map(|l| pick(&l.meta)).map(|w| fold(w)).collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    words
}

/// Reads the facts.
pub(crate) fn read(documents: &Documents, words: &Words, policy: &Policy) -> Meta {
    let mut meta = Meta { language: language(documents), ..Meta::default() };
    date::read(documents, &mut meta);
    who::read(documents, words, policy, &mut meta);
    facts(documents, &mut meta);
    facts::read(documents, words, &mut meta);
    open::read(documents, words, &mut meta);
    meta
}

fn language(documents: &Documents) -> String {
    let (mut han, mut latin) = (0_usize, 0_usize);
    for (outline, _) in documents {
        for node in &outline.nodes {
            for c in node.span.folded().chars() {
                if ('\u{4e00}'..='\u{9fff}').contains(&c) {
                    han += 1;
                } else if c.is_ascii_alphabetic() {
                    latin += 1;
                }
            }
        }
    }
    // A Chinese character says about as much as four Latin letters.
    match (han * 4, latin) {
        (h, l) if h * 4 < l => "en",
        (h, l) if l > h && h > 400 => "zh+en",
        _ => "zh",
    }
    .to_owned()
}

/// A fact whose value and passage are a sentence.
fn fact(placer: &Placer, node: &Node, at: Range<usize>) -> Fact {
    let text = node.span.folded();
    let around = super::sdk_list::sentence_around(text, &at);
    let value = node.span.source(around.clone()).trim().chars().take(160).collect();
    Fact { value, passage: placer.passage(&node.span, at, around) }
}

fn first_of(documents: &Documents, words: &[String], accept: impl Fn(&Node, Range<usize>) -> bool) -> Option<Fact> {
    for (outline, placer) in documents {
        for node in &outline.nodes {
            if node.role == Role::Contents || node.row.is_some() || node.span.folded().chars().count() < 8 {
                continue;
            }
            let text = node.span.folded();
            let hit =
                words.iter().filter_map(|w| text.find(w.as_str()).map(|at| at..at + w.len())).min_by_key(|r| r.start);
            if let Some(range) = hit
                && accept(node, range.clone())
            {
                return Some(fact(placer, node, range));
            }
        }
    }
    None
}

fn facts(documents: &Documents, meta: &mut Meta) {
    let sentence = |node: &Node, at: &Range<usize>| -> String {
        let text = node.span.folded();
        text[super::sdk_list::sentence_around(text, at)].to_owned()
    };
    let body = |node: &Node| !node.heading;
    meta.storage_place = first_of(documents, &folded(|m| &m.storage_place), |n, at| {
        body(n) && (n.role == Role::Storage || sentence(n, &at).contains("存"))
    });
    meta.export = first_of(documents, &folded(|m| &m.export), |n, _| body(n));
    meta.minors = first_of(documents, &folded(|m| &m.minors), |n, _| n.role == Role::Minors && body(n))
        .or_else(|| first_of(documents, &folded(|m| &m.minors), |n, _| body(n)));
    meta.autostart = first_of(documents, &folded(|m| &m.autostart), |n, _| !matches!(n.role, Role::Rights));
    meta.collection_list = first_of(documents, &folded(|m| &m.collection_list), |_, _| true);
    meta.sharing_list = first_of(documents, &folded(|m| &m.sharing_list), |_, _| true);
    lists::contacts(documents, meta);
    lists::counts(documents, meta);
}
