//! Which words of running text are told of which of the SDKs named in their sentence.

use std::ops::Range;

use super::{Frame, Reader};
use crate::catalogue::Cue;
use crate::policy::model::Party;
use crate::policy::outline::Span;
use crate::policy::sdk_list::Part;
use crate::policy::sentence::Sentence;

impl Reader<'_> {
    /// Ranges of a sentence that tell what SDKs take, each with whose it is.
    ///
    /// A bracket behind a name with data in it is that name's (`个推SDK（OAID、IP地址）`). Otherwise what stands behind names and a verb
    /// of taking is theirs, up to the next name that has a verb and data of its own (`友盟收集IMEI，个推收集OAID`).
    pub(super) fn told_of_sdks(
        &self,
        span: &Span,
        sentence: &Sentence,
        frame: &Frame,
        parts: &[Part],
    ) -> Vec<(Range<usize>, Vec<Party>)> {
        let text = span.folded();
        let mut found = Vec::new();
        for part in parts {
            if part.range.start >= sentence.range.end || part.range.end <= sentence.range.start {
                continue;
            }
            let mut names: Vec<(Range<usize>, Party)> = part
                .names
                .iter()
                // A line may break between the names and what is told of them.
                .map(|(range, entry)| {
                    let start = sentence.range.start;
                    (range.start.max(start)..range.end.max(start), Party::Sdk(*entry))
                })
                .filter(|(range, party)| range.end < sentence.range.end && !frame.parties.contains(party))
                .collect();
            names.sort_by_key(|(range, _)| range.start);
            let mut group: Vec<Party> = Vec::new();
            for (n, (name, party)) in names.iter().enumerate() {
                if let Some(bracket) = self.bracket_of(span, sentence, name.end) {
                    found.push((bracket, vec![party.clone()]));
                    continue;
                }
                if !group.contains(party) {
                    group.push(party.clone());
                }
                // 以上两家: one place stands for several.
                if names.get(n + 1).is_some_and(|(next, _)| next.start == name.start) {
                    continue;
                }
                let next = names[n + 1..].iter().map(|(r, _)| r.start).find(|&at| at >= name.end);
                let end = next.unwrap_or(sentence.range.end);
                // Behind the word SDK: it may stand apart from the name (华为、小米等厂商的推送SDK会收集…).
                let apart = !self.words.says_sdk(&text[name.clone()]);
                let sdk = apart.then(|| self.words.sdk_end(&text[name.end..end])).flatten();
                let from = sdk.map_or(name.end, |at| name.end + at);
                let Some(verb) = self.verb_of_taking(text, sentence, from..end) else { continue };
                if next.is_some() && !self.holds_data(span, verb.start..end) {
                    continue;
                }
                found.push((verb.start..end, std::mem::take(&mut group)));
            }
        }
        found
    }

    /// The bracket right behind a name, when data stands in it.
    fn bracket_of(&self, span: &Span, sentence: &Sentence, at: usize) -> Option<Range<usize>> {
        let text = span.folded();
        let mut depth = 0_usize;
        let mut close = None;
        for (offset, c) in text.get(at..sentence.range.end)?.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                close = (c == ')').then_some(at + offset + 1);
                break;
            }
        }
        let bracket = at..close?;
        self.holds_data(span, bracket.clone()).then_some(bracket)
    }

    fn holds_data(&self, span: &Span, range: Range<usize>) -> bool {
        self.words.data.find(&span.normal, range).any(|f| f.values.iter().any(|v| !v.weak))
    }

    /// The first verb of taking in a part of a sentence, unless the operator is its subject.
    fn verb_of_taking(&self, text: &str, sentence: &Sentence, within: Range<usize>) -> Option<Range<usize>> {
        let other = text.get(within.clone()).and_then(|tail| self.words.taking_at(tail));
        let other = other.map(|r| within.start + r.start..within.start + r.end);
        let verb = sentence.affirmed(Cue::Collect).find(|c| c.start >= within.start && c.end <= within.end).cloned();
        let verb = match (verb, other) {
            (Some(a), Some(b)) => Some(if a.start <= b.start { a } else { b }),
            (a, b) => a.or(b),
        }?;
        let ours = sentence
            .cues
            .iter()
            .any(|c| c.cue == Cue::FirstParty && c.range.start >= within.start && c.range.end <= verb.start);
        (!ours).then_some(verb)
    }
}
