//! Terms a policy defines once (设备信息：…包括 IMEI、MAC 地址) and then uses bare.

use std::collections::BTreeMap;

use super::clause::sentences;
use crate::catalogue::{Cue, DataItemId};
use crate::policy::model::Role;
use crate::policy::outline::Outline;
use crate::policy::words::Words;

/// A defined term.
#[derive(Debug, Clone)]
pub(crate) struct Definition {
    /// What it stands for.
    pub items: Vec<DataItemId>,
    /// Whether it is defined in a glossary, rather than where it is used.
    pub glossary: bool,
}

/// Every term the documents define, folded.
#[derive(Debug, Clone, Default)]
pub(crate) struct Definitions {
    /// By term.
    pub terms: BTreeMap<String, Definition>,
}

/// Characters a term has at most.
const TERM_LENGTH: usize = 12;

impl Definitions {
    /// Collects the definitions of one document.
    pub(crate) fn read(&mut self, outline: &Outline, words: &Words) {
        for node in &outline.nodes {
            if node.row.is_some() || node.span.normal.is_empty() {
                continue;
            }
            let glossary = node.role == Role::Definition;
            let text = node.span.folded();
            for sentence in sentences(&node.span, words) {
                if !glossary && !sentence.has(Cue::Define) {
                    continue;
                }
                let Some((term, rest)) =
                    term(text, node.body.max(sentence.range.start), sentence.range.end, &sentence, words)
                else {
                    continue;
                };
                let mut items: Vec<DataItemId> = Vec::new();
                for found in words.data.find(&node.span.normal, rest..sentence.range.end) {
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
                if items.len() >= 2 && words.is_group(&term) {
                    self.terms.entry(term).or_insert(Definition { items, glossary });
                }
            }
        }
    }
}

fn term(
    text: &str,
    start: usize,
    end: usize,
    sentence: &super::clause::Sentence,
    words: &Words,
) -> Option<(String, usize)> {
    let part = text.get(start..end)?;
    let define = sentence.cues_in(Cue::Define, &sentence.range).next().map(|r| r.start);
    let colon = part.find(':').map(|at| start + at);
    let stop = [define, colon].into_iter().flatten().filter(|&s| s > start).min()?;
    let term = text[start..stop].trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '「' | '」' | '*' | '《' | '》'));
    let length = words.length(term);
    ((2..=TERM_LENGTH).contains(&length)).then(|| (term.to_owned(), stop))
}
