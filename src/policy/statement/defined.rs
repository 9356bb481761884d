//! Terms a policy defines once (设备信息：…包括 IMEI、MAC 地址) and then uses bare.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::catalogue::{Cue, DataItemId};
use crate::policy::model::Role;
use crate::policy::outline::{Node, Outline};
use crate::policy::words::Words;

/// A defined term.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// What it stands for.
    pub items: Vec<DataItemId>,
    /// Whether it is defined in a glossary, rather than where it is used.
    pub glossary: bool,
    /// Whether it is no everyday word for a group, so that whoever uses it means the definition.
    pub own: bool,
}

/// Every term the documents define, folded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Definitions {
    /// By term.
    pub terms: BTreeMap<String, Definition>,
    /// Whether the documents say that a list uses words as they are defined.
    pub tied: bool,
}

/// Characters a term has at most.
const TERM_LENGTH: usize = 12;

impl Definitions {
    /// Where defined terms stand in a part of a folded text; of overlapping ones the first, and the longest.
    pub(crate) fn places(&self, text: &str, within: Range<usize>) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for term in self.terms.keys() {
            let places = text[within.clone()].match_indices(term.as_str());
            found.extend(places.map(|(at, t)| within.start + at..within.start + at + t.len()));
        }
        found.sort_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
        found.dedup_by(|b, a| b.start < a.end);
        found
    }

    /// Collects the definitions of one document.
    pub(crate) fn read(&mut self, outline: &Outline, words: &Words) {
        for node in &outline.nodes {
            if node.row.is_some() || node.span.normal.is_empty() {
                continue;
            }
            let text = node.span.folded();
            let glossary = node.role == Role::Definition || explains(node, words);
            for sentence in node.span.sentences(words) {
                self.tied |= words.ties_terms(&text[sentence.range.clone()]);
                let opened = words.term_opened(
                    &text[node.body.max(sentence.range.start).min(sentence.range.end)..sentence.range.end],
                );
                if !glossary && !sentence.has(Cue::Define) && opened.is_none() {
                    continue;
                }
                let Some((term, rest)) =
                    term(text, node.body.max(sentence.range.start), sentence.range.end, sentence, words)
                else {
                    continue;
                };
                let mut items: Vec<DataItemId> = Vec::new();
                // A paragraph of a glossary is about its term to the end.
                let first = sentence.range.start <= node.body.max(1);
                let end = if glossary && first { text.len() } else { sentence.range.end };
                for found in words.data.find(&node.span.normal, rest..end) {
                    // 设备唯一标识（IMEI、OAID）: the bracket says what is meant.
                    if words.is_group(&text[found.range.clone()]) && text[found.range.end..].starts_with('(') {
                        continue;
                    }
                    items.extend(
                        found
                            .values
                            .iter()
                            .filter(|v| !v.weak && text[found.range.clone()] != *term)
                            .map(|v| v.id.clone()),
                    );
                }
                items.sort();
                items.dedup();
                // A glossary may define words of its own making (终端标识); elsewhere only words that stand for groups do. 个人信息
                // and its like are defined in every policy, and collecting them says nothing of any member.
                let own = !words.is_group(&term);
                if items.len() >= 2 && (!own || !words.is_all_data(&term)) {
                    self.terms.entry(term).or_insert(Definition { items, glossary, own });
                }
            }
        }
    }
}

/// Whether a line in a part of the document that collects nothing explains a word for a group at its head
/// (设备信息：包括…, below the addresses).
fn explains(node: &Node, words: &Words) -> bool {
    let outside = matches!(node.role, Role::Contact | Role::Update | Role::Rights | Role::Minors);
    let head = node.body_text().split_once(':');
    outside && head.is_some_and(|(term, rest)| words.is_group(term) && words.opens_examples(rest).is_some())
}

fn term(
    text: &str,
    start: usize,
    end: usize,
    sentence: &crate::policy::sentence::Sentence,
    words: &Words,
) -> Option<(String, usize)> {
    let part = text.get(start..end)?;
    // 本约定所称设备信息，包括…: the opener says that a term follows.
    if let Some((at, rest)) = words.term_opened(part) {
        let term = part[at..rest].trim_matches(['"', '「', '」', '《', '》']);
        return (2..=TERM_LENGTH).contains(&words.length(term)).then(|| (term.to_owned(), start + rest));
    }
    let define = sentence.cues_in(Cue::Define, &sentence.range).next().map(|r| r.start);
    let colon = part.find(':').map(|at| start + at);
    let stop = [define, colon].into_iter().flatten().filter(|&s| s > start).min()?;
    let term = text[start..stop].trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '「' | '」' | '*' | '《' | '》'));
    let term = words.without_define(term);
    let length = words.length(term);
    ((2..=TERM_LENGTH).contains(&length)).then(|| (term.to_owned(), stop))
}
