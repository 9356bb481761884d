//! Who a sentence speaks of, and the statements its words make.

use std::ops::Range;

use super::judge::{Verdict, Word};
use super::{Details, Frame, Reader, capability_of};
use crate::catalogue::Cue;
use crate::policy::model::{Basis, Party, Platform, Polarity, Subject};
use crate::policy::outline::Span;
use crate::policy::place::Placer;
use crate::policy::sdk_list::Part;
use crate::policy::sentence::Sentence;

/// Characters before the subject of a sentence that takes up the one before.
const HEAD: usize = 16;

impl Reader<'_> {
    /// Who the sentence speaks of, by ranges.
    pub(super) fn parties(
        &self,
        span: &Span,
        sentence: &Sentence,
        frame: &Frame,
        parts: &[Part],
    ) -> Vec<(Range<usize>, Vec<Party>)> {
        let text = span.folded();
        let own = frame.parties == [Party::FirstParty];
        let mut found = self.told_of_sdks(span, sentence, frame, parts);
        if !own {
            return found;
        }
        // 它们会收集…: the components named last.
        if found.is_empty()
            && let Some(it) =
                self.words.pronoun(&text[sentence.range.clone()]).or_else(|| self.of_that_function(text, sentence))
            && let Some(part) = parts.iter().rev().find(|p| p.range.start <= sentence.range.start)
            && sentence.affirmed(Cue::Collect).any(|c| c.start >= sentence.range.start + it)
        {
            found.push((
                sentence.range.start + it..sentence.range.end,
                part.entries.iter().map(|&e| Party::Sdk(e)).collect(),
            ));
        }
        if found.is_empty()
            && let Some(cue) = sentence.cues.iter().find(|c| c.cue == Cue::Partner)
        {
            let ours = sentence.cues.iter().any(|c| c.cue == Cue::FirstParty && c.range.start > cue.range.end);
            // 墨鹿及广告合作方会: both do.
            let both = self.words.joined_to(&text[sentence.range.start..cue.range.start])
                || sentence.cues.iter().any(|c| {
                    c.cue == Cue::FirstParty
                        && c.range.end <= cue.range.start
                        && self.words.begins_and(&text[c.range.end..])
                });
            if !ours {
                let mut who = vec![Party::Partner];
                who.extend(both.then_some(Party::FirstParty));
                found.push((cue.range.start..sentence.range.end, who));
            }
        }
        for given in self.words.given_to_others(&text[sentence.range.clone()]) {
            found.push((sentence.range.start + given..sentence.range.end, vec![Party::Partner]));
        }
        found
    }

    /// 为实现此功能，第三方SDK会收集…: where the components of the sentence before are meant.
    fn of_that_function(&self, text: &str, sentence: &Sentence) -> Option<usize> {
        let cue =
            sentence.cues.iter().find(|c| c.cue == Cue::Partner && self.words.says_sdk(&text[c.range.clone()]))?;
        let head = &text[sentence.range.start..cue.range.start];
        let back = self.words.points_back(head) || head.contains(['此', '该']);
        (back && self.words.length(head) <= HEAD).then_some(cue.range.start - sentence.range.start)
    }

    pub(super) fn parties_at(&self, parties: &[(Range<usize>, Vec<Party>)], frame: &Frame, at: usize) -> Vec<Party> {
        parties.iter().find(|(r, _)| r.contains(&at)).map_or_else(|| frame.parties.clone(), |(_, p)| p.clone())
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn record(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        clause: &Range<usize>,
        word: &Word,
        verdict: Verdict,
        platform: Platform,
        parties: &[Party],
    ) {
        let subjects: Vec<Subject> = word
            .capabilities
            .iter()
            .cloned()
            .map(Subject::Capability)
            .chain(word.data.iter().cloned().map(Subject::Data))
            .collect();
        match verdict {
            Verdict::Disclosed(basis) => {
                let details = Details {
                    platform,
                    photos_only: word.capabilities.iter().any(|c| *c == "photos"),
                    purpose: self.purpose(span, sentence, word.range.end),
                    optional: self.optional(sentence),
                    permission: None,
                    hypothetical: sentence.has(Cue::Hypothetical),
                };
                // A term with a definition of its own means its members and nothing else.
                let defined = self.definitions.terms.get(&span.folded()[word.range.clone()]).is_some_and(|d| {
                    d.own || self.definitions.tied && parties.iter().all(|p| matches!(p, Party::Sdk(_)))
                });
                for subject in subjects {
                    self.mention(placer, span, subject.clone(), word.range.clone(), clause.clone(), "disclosed");
                    if defined && matches!(subject, Subject::Data(_)) {
                        continue;
                    }
                    let shown = match &subject {
                        Subject::Data(d) => capability_of(self.words, d),
                        Subject::Capability(_) => None,
                    };
                    if let Subject::Capability(c) = &subject {
                        let sdks: Vec<Party> = parties.iter().filter(|p| matches!(p, Party::Sdk(_))).cloned().collect();
                        for item in self.words.opened_by(c).to_vec() {
                            if !sdks.is_empty() && *c != "network-state" {
                                self.say(
                                    placer,
                                    span,
                                    frame,
                                    &sdks,
                                    Subject::Data(item),
                                    Polarity::Affirmed,
                                    Basis::Permission,
                                    details.clone(),
                                    word.range.clone(),
                                    sentence.range.clone(),
                                );
                            }
                        }
                    }
                    self.say(
                        placer,
                        span,
                        frame,
                        parties,
                        subject,
                        Polarity::Affirmed,
                        basis,
                        details.clone(),
                        word.range.clone(),
                        sentence.range.clone(),
                    );
                    if let Some(capability) = shown {
                        self.say(
                            placer,
                            span,
                            frame,
                            parties,
                            Subject::Capability(capability),
                            Polarity::Affirmed,
                            Basis::Data,
                            details.clone(),
                            word.range.clone(),
                            sentence.range.clone(),
                        );
                    }
                }
                self.expand(placer, span, frame, sentence, word, parties, &details);
            }
            Verdict::Not(why) => {
                // What holds for another platform is a statement too.
                if !platform.covers_android() {
                    let details = Details { platform, ..Details::default() };
                    for subject in &subjects {
                        self.say(
                            placer,
                            span,
                            frame,
                            parties,
                            subject.clone(),
                            Polarity::Affirmed,
                            Basis::Permission,
                            details.clone(),
                            word.range.clone(),
                            sentence.range.clone(),
                        );
                    }
                }
                if let Some(polarity) = frame.denied
                    && why == "denied-list"
                {
                    for subject in &subjects {
                        let capability = match subject {
                            Subject::Data(d) => capability_of(self.words, d).map(Subject::Capability),
                            Subject::Capability(_) => None,
                        };
                        for s in [Some(subject.clone()), capability].into_iter().flatten() {
                            self.say(
                                placer,
                                span,
                                frame,
                                parties,
                                s,
                                polarity,
                                Basis::Permission,
                                Details { platform, ..Details::default() },
                                word.range.clone(),
                                sentence.range.clone(),
                            );
                        }
                    }
                }
                for subject in subjects {
                    self.mention(placer, span, subject, word.range.clone(), clause.clone(), why);
                }
            }
        }
    }

    /// A defined term used bare stands for its members.
    #[allow(clippy::too_many_arguments)]
    fn expand(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        word: &Word,
        parties: &[Party],
        details: &Details,
    ) {
        let text = span.folded();
        let Some(definition) = self.definitions.terms.get(&text[word.range.clone()]) else { return };
        let parties: Vec<Party> = parties
            .iter()
            .filter(|p| !definition.glossary || definition.own || self.definitions.tied || **p == Party::FirstParty)
            .cloned()
            .collect();
        for item in definition.items.clone() {
            self.say(
                placer,
                span,
                frame,
                &parties,
                Subject::Data(item.clone()),
                Polarity::Affirmed,
                Basis::Data,
                details.clone(),
                word.range.clone(),
                sentence.range.clone(),
            );
            if let Some(capability) = capability_of(self.words, &item) {
                self.say(
                    placer,
                    span,
                    frame,
                    &parties,
                    Subject::Capability(capability),
                    Polarity::Affirmed,
                    Basis::Data,
                    details.clone(),
                    word.range.clone(),
                    sentence.range.clone(),
                );
            }
        }
    }

    /// The clause behind the word that says what for.
    fn purpose(&self, span: &Span, sentence: &Sentence, from: usize) -> Option<String> {
        let text = span.folded();
        let clause = sentence
            .clauses
            .iter()
            .find(|c| c.start >= from.saturating_sub(1) && self.words.purpose_starts(&text[(*c).clone()]))?;
        let purpose = span.source(clause.clone()).trim().to_owned();
        (!purpose.is_empty()).then(|| purpose.chars().take(80).collect())
    }

    fn optional(&self, sentence: &Sentence) -> Option<bool> {
        (sentence.has(Cue::Refusal) || sentence.has(Cue::Ask)).then_some(true)
    }
}
