//! Whose denial it is: the app's, or that of a component which is the subject of the clause (友盟SDK不会收集…, 该SDK不会读取…).

use super::super::{Frame, Reader};
use super::Denial;
use crate::policy::model::Party;
use crate::policy::outline::Span;
use crate::policy::sdk_list::Part;
use crate::policy::sentence::Sentence;

impl Reader<'_> {
    /// Who it is that does not do it.
    pub(super) fn denier(
        &self,
        span: &Span,
        sentence: &Sentence,
        frame: &Frame,
        parts: &[Part],
        denial: &Denial,
    ) -> Vec<Party> {
        let text = span.folded();
        if frame.parties != [Party::FirstParty] || denial.lead.start > denial.lead.end {
            return frame.parties.clone();
        }
        let sdks = |entries: &mut dyn Iterator<Item = usize>| -> Vec<Party> {
            let mut all: Vec<Party> = entries.map(Party::Sdk).collect();
            all.sort();
            all.dedup();
            all
        };
        // Nothing but adverbs stands between the subject and the negation.
        let lists = &self.words.denial;
        let mut subject = text[denial.lead.clone()].trim_end_matches([' ', ')', '"', '」']);
        while let Some(rest) = lists.adverbs.strip_end(subject) {
            subject = rest.trim_end_matches([' ', ')', '"', '」']);
        }
        let end = denial.lead.start + subject.len();
        let beside = |p: &&Part| p.range.start < denial.lead.end && denial.lead.start < p.range.end;
        let names = || parts.iter().filter(beside).flat_map(|p| &p.names);
        // A list of names, as its last one is the subject: 友盟SDK、极光SDK均不会.
        if let Some((last, _)) =
            names().find(|(at, _)| at.start >= denial.lead.start && self.ends_name(text, at.end, end))
        {
            let together = |at: usize| self.words.only_joints(text.get(at..last.start).unwrap_or_default());
            return sdks(
                &mut names()
                    .filter(|(at, _)| {
                        at.start >= denial.lead.start
                            && (at.start == last.start || at.end <= last.start && together(at.end))
                    })
                    .map(|&(_, entry)| entry),
            );
        }
        if lists.sdk_pronouns.strip_end(subject).is_none_or(|before| !before.is_empty()) {
            return frame.parties.clone();
        }
        // The components named last, in this sentence or the one before it.
        let before = sentence.range.start;
        let part = parts.iter().rev().find(|p| p.range.start <= denial.lead.start && (p.range.end + 3 >= before));
        part.map(|p| sdks(&mut p.entries.iter().copied()))
            .filter(|all| !all.is_empty())
            .unwrap_or_else(|| frame.parties.clone())
    }

    /// Whether a name that ends at `name` ends the subject that ends at `end`: the word SDK may still follow.
    fn ends_name(&self, text: &str, name: usize, end: usize) -> bool {
        name == end || name < end && self.words.says_sdk_only(text[name..end].trim_start_matches(' '))
    }
}
