//! What the policy says: who takes what, on which platform, affirmed or denied.
//!
//! A word is not a disclosure. Every place where a word of the catalogue stands is judged by the role of its section, by what its
//! sentence does (takes, asks, tells how to undo, tells how users are notified …) and by what introduces it; the outcome and its
//! reason are kept as mentions, so that each verdict can be traced.

mod cells;
mod constant;
mod defined;
mod deny;
mod judge;
mod record;
mod sdk_parts;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use rayon::prelude::*;

use super::model::{Basis, Mention, Party, Platform, Polarity, Role, Statement, Subject};
use super::outline::{Outline, Span};
use super::place::Placer;
use super::sdk_list::{SdkScan, TableKind};
use super::words::Words;
use crate::catalogue::{CapabilityId, Catalogue, DataItemId};

pub(crate) use defined::Definitions;

/// Reads statements document by document.
pub(crate) struct Reader<'a> {
    words: &'a Words<'a>,
    catalogue: &'a Catalogue,
    scan: &'a SdkScan,
    definitions: &'a Definitions,
    /// What the documents say.
    pub said: Said,
}

/// What documents say.
#[derive(Debug, Default)]
pub(crate) struct Said {
    /// What is said.
    pub statements: Vec<Statement>,
    /// What was looked at.
    pub mentions: Vec<Mention>,
    /// Whether any sentence says that personal information is collected.
    pub collects: bool,
}

/// Blocks read at a time, one such run beside another: enough for handing them out to cost nothing.
const RUN: usize = 32;

/// What holds for every word of a block or cell.
#[derive(Debug, Clone)]
struct Frame {
    role: Role,
    platform: Platform,
    parties: Vec<Party>,
    exception: bool,
    /// A block of its own whose introduction says that what follows is collected.
    active: bool,
    /// The introduction says so in words.
    introduced: bool,
    /// The block is a heading: naming something there is no sentence about it.
    heading: bool,
    /// Words for data do not count here (what a permission is for).
    no_data: bool,
    /// The introduction says that what follows is not done.
    denied: Option<Polarity>,
    /// The block stands in a list or cell of permissions or data: a bare word counts.
    listed: bool,
    /// The cell or value tells a purpose: words in it disclose nothing.
    silent: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(
        words: &'a Words<'a>,
        catalogue: &'a Catalogue,
        scan: &'a SdkScan,
        definitions: &'a Definitions,
    ) -> Self {
        Self { words, catalogue, scan, definitions, said: Said::default() }
    }

    /// Reads one document. What a block says depends on where it stands and not on what others were found to say.
    pub(crate) fn document(&mut self, outline: &Outline, placer: &Placer) {
        let blocks = outline.nodes.len();
        let run = |first| {
            let mut reader = Self::new(self.words, self.catalogue, self.scan, self.definitions);
            reader.blocks(outline, placer, first..(first + RUN).min(blocks));
            reader.said
        };
        let runs: Vec<Said> = (0..blocks).into_par_iter().step_by(RUN).map(run).collect();
        for run in runs {
            self.said.statements.extend(run.statements);
            self.said.mentions.extend(run.mentions);
            self.said.collects |= run.collects;
        }
    }

    fn blocks(&mut self, outline: &Outline, placer: &Placer, blocks: Range<usize>) {
        for index in blocks {
            let node = &outline.nodes[index];
            let scope = self.scan.scopes.get(&(placer.reading, index));
            if let Some(row) = &node.row {
                let (kind, columns) = scope.and_then(|s| s.table.clone()).unwrap_or((TableKind::Other, Vec::new()));
                self.row(outline, placer, index, row, kind, &columns);
                continue;
            }
            if node.span.normal.is_empty() {
                continue;
            }
            let entries = scope.map(|s| s.entries.clone()).unwrap_or_default();
            let frame = self.frame(outline, placer, index, &entries);
            let parts = scope.map(|s| s.parts.as_slice()).unwrap_or_default();
            let first = self.said.statements.len();
            self.block(outline, placer, index, &node.span, &frame, parts);
            limit(&mut self.said.statements[first..]);
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn say(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        parties: &[Party],
        subject: Subject,
        polarity: Polarity,
        basis: Basis,
        details: Details,
        range: Range<usize>,
        around: Range<usize>,
    ) {
        let passage = placer.passage(span, range, around);
        for party in parties {
            self.said.statements.push(Statement {
                party: party.clone(),
                subject: subject.clone(),
                polarity,
                basis,
                platform: details.platform,
                permission: details.permission.clone(),
                photos_only: details.photos_only,
                purpose: details.purpose.clone(),
                optional: details.optional,
                hypothetical: details.hypothetical,
                role: frame.role,
                passage: passage.clone(),
            });
        }
    }

    fn mention(
        &mut self,
        placer: &Placer,
        span: &Span,
        subject: Subject,
        range: Range<usize>,
        around: Range<usize>,
        why: &'static str,
    ) {
        let counted = matches!(why, "disclosed" | "denied");
        self.said.mentions.push(Mention {
            word: span.source(range.clone()).to_owned(),
            subject,
            counted,
            why,
            apart: placer.is_apart(span, range.clone()),
            passage: placer.passage(span, range, around),
        });
    }
}

/// A denial right behind the disclosure of the same thing limits it: what is read of the address book is named, the rest is not read.
fn limit(block: &mut [Statement]) {
    let mut affirmed: Vec<(&Party, &Subject)> = Vec::new();
    let mut limited = Vec::new();
    for (at, s) in block.iter().enumerate() {
        let about = (&s.party, &s.subject);
        match s.polarity {
            Polarity::Affirmed => {
                if let Err(place) = affirmed.binary_search(&about) {
                    affirmed.insert(place, about);
                }
            }
            Polarity::DeniedFull if affirmed.binary_search(&about).is_ok() => limited.push(at),
            _ => {}
        }
    }
    for at in limited {
        block[at].polarity = Polarity::DeniedPartial;
    }
}

/// The rest of a statement.
#[derive(Debug, Clone, Default)]
struct Details {
    platform: Platform,
    permission: Option<String>,
    photos_only: bool,
    purpose: Option<String>,
    optional: Option<bool>,
    hypothetical: bool,
}

/// The capability that collecting a kind of data shows.
fn capability_of(words: &Words, data: &DataItemId) -> Option<CapabilityId> {
    words.shows.get(data).cloned()
}
