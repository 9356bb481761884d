//! Denials: what a negation reaches, and whether it denies in full, in part or on a condition.
//!
//! Three questions, each answered from its own parts: whether the clause denies that the app takes something ([`whose`]), what it
//! reaches ([`what`]) and how far it goes ([`how_far`]). [`party`] tells whose denial it is, [`state`] says the answer.

mod clause;
mod how_far;
mod party;
mod state;
#[cfg(test)]
mod tests;
mod what;
mod whose;

use std::ops::Range;

use super::judge::Word;
use super::{Frame, Reader};
use crate::catalogue::Cue;
use crate::policy::model::{Polarity, Role};
use crate::policy::outline::{Span, platform_from};
use crate::policy::sentence::Sentence;
use clause::Negated;
pub(super) use state::Topics;

/// A negated clause.
#[derive(Debug, Clone)]
pub(super) struct Denial {
    /// What the negation reaches.
    pub scope: Range<usize>,
    /// In full, in part, on a condition.
    pub polarity: Polarity,
    /// Whether it speaks of what was named before (以上信息).
    pub anaphor: bool,
    /// Whether it also says that the thing is used (the photos stay on the phone).
    pub used: bool,
    /// The clause before the negation, with its subject.
    pub lead: Range<usize>,
}

impl Reader<'_> {
    /// The negations of a sentence that deny collecting or using something.
    pub(super) fn denials(&self, span: &Span, sentence: &Sentence, frame: &Frame, words: &[Word]) -> Vec<Denial> {
        if frame.exception
            || matches!(frame.role, Role::Contents | Role::Definition | Role::Minors | Role::Update | Role::Contact)
        {
            return Vec::new();
        }
        let text = span.folded();
        let named = what::without_verbs(self.words, text, sentence, words);
        let denial = |clause: &Range<usize>| match Negated::find(self.words, text, sentence, &named, clause) {
            Some(negated) => self.denial(span, &negated),
            None => self.local(text, sentence, clause, words),
        };
        let mut found: Vec<Denial> = Vec::new();
        for mut denial in sentence.clauses.iter().filter_map(denial) {
            // 通话内容我们既不获取，也无从获取: what adds nothing goes as far as what it follows; nor does it add anything that what
            // is not taken is not kept either (不会采集通讯录，也不会上传这些数据).
            if let Some(before) = found.last()
                && denial.anaphor
                && (denial.polarity == Polarity::DeniedFull || before.polarity == Polarity::DeniedFull)
            {
                denial.polarity = before.polarity;
            }
            found.push(denial);
        }
        found
    }

    /// The denial a negated clause is.
    fn denial(&self, span: &Span, negated: &Negated<'_>) -> Option<Denial> {
        if !negated.is_of_taking() || !self.is_of_android(span, negated) {
            return None;
        }
        let conditional = negated.is_conditional();
        let reach = negated.reach(conditional)?;
        let polarity = negated.kind(&reach, conditional);
        let used = negated.form.is_only();
        Some(Denial { scope: reach.scope, polarity, anaphor: reach.anaphor, used, lead: negated.lead() })
    }

    /// `（若您使用的系统版本为iOS 14.5及以上…不会收集该信息）` speaks of iOS alone.
    fn is_of_android(&self, span: &Span, negated: &Negated<'_>) -> bool {
        let from = negated.sentence.range.start;
        let opened = negated.text[from..negated.clause.end].rfind('(').map_or(from, |at| from + at);
        let platforms = self.words.platforms(&span.normal, opened..negated.clause.end);
        platform_from(platforms.into_iter().map(|(p, _)| p)).covers_android()
    }

    /// A clause that says that something stays on the device: used, but not taken from it.
    fn local(&self, text: &str, sentence: &Sentence, clause: &Range<usize>, words: &[Word]) -> Option<Denial> {
        let cue = sentence.cues_in(Cue::Local, clause).next()?;
        let objects = words.iter().any(|w| clause.contains(&w.range.start));
        let anaphor = !objects && self.words.length(&text[clause.start..cue.start]) <= 12;
        (objects || anaphor).then(|| Denial {
            scope: clause.clone(),
            polarity: Polarity::DeniedPartial,
            anaphor,
            used: true,
            lead: clause.start..cue.start,
        })
    }
}
