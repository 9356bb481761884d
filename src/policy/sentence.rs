//! Sentences and their clauses.

use std::ops::Range;

use crate::catalogue::Cue;
use crate::policy::cue::CueAt;
use crate::policy::outline::Span;
use crate::policy::words::Words;

/// A sentence with the cues in it.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Its range in the folded text.
    pub range: Range<usize>,
    /// Its clauses.
    pub clauses: Vec<Range<usize>>,
    /// Its cues, in order.
    pub cues: Vec<CueAt>,
}

impl Sentence {
    pub(crate) fn has(&self, cue: Cue) -> bool {
        self.cues.iter().any(|c| c.cue == cue)
    }

    /// Whether a cue stands inside `range`.
    pub(crate) fn has_in(&self, cue: Cue, range: &Range<usize>) -> bool {
        self.cues_in(cue, range).next().is_some()
    }

    pub(crate) fn cues_in<'s>(&'s self, cue: Cue, range: &Range<usize>) -> impl Iterator<Item = &'s Range<usize>> + 's {
        let range = range.clone();
        self.cues
            .iter()
            .filter(move |c| c.cue == cue && c.range.start >= range.start && c.range.end <= range.end)
            .map(|c| &c.range)
    }

    /// Cues of a kind that no negation before them in their clause turns round.
    pub(crate) fn affirmed(&self, cue: Cue) -> impl Iterator<Item = &Range<usize>> {
        self.cues.iter().filter(move |c| c.cue == cue).map(|c| &c.range).filter(|r| {
            let clause = self.clause_of(r.start);
            !self.cues_in(Cue::Negation, &clause).any(|n| n.start <= r.start)
        })
    }

    /// The clause a place stands in.
    pub(crate) fn clause_of(&self, at: usize) -> Range<usize> {
        self.clauses.iter().find(|c| c.contains(&at)).cloned().unwrap_or_else(|| self.range.clone())
    }
}

/// Clauses a sentence has at most.
const CLAUSES: usize = 48;

/// Cuts a block into sentences; [`Span::sentences`] keeps them.
pub(super) fn cut(span: &Span, words: &Words) -> Vec<Sentence> {
    let text = span.folded();
    let mut breaks = span.normal.breaks().iter().map(|&b| b as usize).peekable();
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut clause_start = 0;
    let mut clauses: Vec<Range<usize>> = Vec::new();
    let mut end_sentence = |start: usize, end: usize, clause_start: usize, clauses: &mut Vec<Range<usize>>| {
        if end > clause_start {
            clauses.push(clause_start..end);
        }
        if end > start {
            sentences.push(Sentence {
                range: start..end,
                clauses: std::mem::take(clauses),
                cues: words.cues(&span.normal, start..end),
            });
        } else {
            clauses.clear();
        }
    };
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        while breaks.peek().is_some_and(|&b| b < at) {
            breaks.next();
        }
        let ended = span.lines || text[..at].ends_with(['。', ';', '!', '?', ':', ')', '"']);
        if breaks.peek() == Some(&at) && at > start && ended {
            end_sentence(start, at, clause_start, &mut clauses);
            start = at;
            clause_start = at;
            depth = 0;
        }
        let next = at + c.len_utf8();
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            // A full stop inside brackets of a list does not end the sentence around it.
            '。' | ';' | '!' | '?' => {
                end_sentence(start, next, clause_start, &mut clauses);
                start = next;
                clause_start = next;
                depth = 0;
            }
            // The full stop of Latin script: followed by a gap.
            '.' if span.normal.gap_before(next)
                && !text[..at].ends_with(|c: char| c.is_ascii_digit())
                && depth == 0 =>
            {
                end_sentence(start, next, clause_start, &mut clauses);
                start = next;
                clause_start = next;
            }
            // What runs on for ever is no sentence, and would be read in time that grows with its square.
            ',' if depth == 0 && clauses.len() + 1 >= CLAUSES => {
                end_sentence(start, at, clause_start, &mut clauses);
                start = next;
                clause_start = next;
            }
            ',' if depth == 0 => {
                clauses.push(clause_start..at);
                clause_start = next;
            }
            _ => {}
        }
    }
    end_sentence(start, text.len(), clause_start, &mut clauses);
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Locale};
    use crate::policy::intake::Text;

    #[test]
    fn what_runs_on_for_ever_is_cut() {
        let words = Words::new(Catalogue::builtin(), Locale::Zh);
        let text = "我们不会读取通讯录，".repeat(3 * CLAUSES);
        let span = Span::new(Text { text, ..Text::default() }, &words);
        let cut = cut(&span, &words);
        assert_eq!(cut.len(), 3);
        assert!(cut.iter().all(|s| s.clauses.len() == CLAUSES));
    }
}
