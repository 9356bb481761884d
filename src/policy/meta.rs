//! What the policy says of itself: for which app, by whom, since when, and where else its lists are.

mod counts;
mod date;
mod facts;
mod lists;
mod open;
mod who;

use std::ops::Range;

use super::list::List;
use super::model::{Document, Fact, Meta, Role, SdkEntry};
use super::outline::Node;
use super::place::Placer;
use super::reading::Reading;
use crate::catalogue::{Locale, MetaWords};

pub(crate) use lists::external_lists;

/// The documents in order, each once for every language it is written in.
type Documents<'a> = [Reading<'a>];

/// Reads the facts that the documents tell by themselves; `files` are those they stand in.
pub(crate) fn told(documents: &Documents<'_>, files: &[Document]) -> Meta {
    let mut meta = Meta { language: language(documents), ..Meta::default() };
    date::read(documents, &mut meta);
    date::settings(files, &mut meta);
    who::names(documents, &mut meta);
    facts(documents, &mut meta);
    lists::contacts(documents, &mut meta);
    lists::pictured(documents, files, &mut meta);
    facts::read(documents, &mut meta);
    open::read(documents, &mut meta);
    meta
}

/// Adds the facts for which one must know the SDKs that were found.
pub(crate) fn weigh(documents: &Documents<'_>, sdks: &[SdkEntry], meta: &mut Meta) {
    meta.operator = who::operator(documents, sdks);
    lists::beside_operator(documents, meta);
    counts::counts(documents, sdks, meta);
}

fn language(documents: &Documents<'_>) -> String {
    let has = |locale| documents.iter().any(|r| r.words.locale == locale);
    match (has(Locale::Zh), has(Locale::En)) {
        (true, true) => "zh+en",
        (false, true) => "en",
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

fn first_of(
    documents: &Documents<'_>,
    pick: impl Fn(&MetaWords) -> &Vec<String>,
    accept: impl Fn(&Reading<'_>, &Node, Range<usize>) -> bool,
) -> Option<Fact> {
    for reading in documents {
        let list: List = reading.words.meta(&pick);
        for node in &reading.outline.nodes {
            if node.role == Role::Contents || node.row.is_some() || node.span.folded().chars().count() < 8 {
                continue;
            }
            if let Some(range) = list.first(node.span.folded())
                && accept(reading, node, range.clone())
            {
                return Some(fact(&reading.placer, node, range));
            }
        }
    }
    None
}

fn facts(documents: &Documents<'_>, meta: &mut Meta) {
    let stored = |reading: &Reading<'_>, node: &Node, at: &Range<usize>| {
        let text = node.span.folded();
        reading.words.meta(|m| &m.stored).is_in(&text[super::sdk_list::sentence_around(text, at)])
    };
    let body = |node: &Node| !node.heading;
    meta.storage_place =
        first_of(documents, |m| &m.storage_place, |r, n, at| body(n) && (n.role == Role::Storage || stored(r, n, &at)));
    meta.export = first_of(documents, |m| &m.export, |_, n, _| body(n));
    meta.minors = first_of(documents, |m| &m.minors, |_, n, _| n.role == Role::Minors && body(n))
        .or_else(|| first_of(documents, |m| &m.minors, |_, n, _| body(n)));
    meta.autostart = first_of(documents, |m| &m.autostart, |_, n, _| !matches!(n.role, Role::Rights));
    meta.collection_list = first_of(documents, |m| &m.collection_list, |_, _, _| true);
    meta.sharing_list = first_of(documents, |m| &m.sharing_list, |_, _, _| true);
}
