//! Stating a denial: of every capability and every item it reaches.

use std::ops::Range;

use super::super::judge::{Word, word_subjects};
use super::super::{Details, Frame, Reader, capability_of};
use super::Denial;
use crate::catalogue::{CapabilityId, Cue};
use crate::policy::model::{Basis, Polarity, Subject};
use crate::policy::outline::Span;
use crate::policy::place::Placer;
use crate::policy::sdk_list::Part;
use crate::policy::sentence::Sentence;

/// Characters from which a word holds its verb (拨打电话).
const WORD_WITH_VERB: usize = 4;

/// Characters between a verb of reaching and the function reached for.
const REACH: usize = 2;

/// What a denial may speak of that names nothing itself.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Topics<'a> {
    /// What the block is about: its head, or what was spoken of last.
    pub block: &'a [CapabilityId],
    /// What the sentence before spoke of, whatever the block is about.
    pub last: &'a [CapabilityId],
}

impl Reader<'_> {
    /// States a denial of everything it reaches.
    #[allow(clippy::too_many_arguments)]
    pub(in super::super) fn deny(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        denial: &Denial,
        words: &[Word],
        topics: Topics<'_>,
        parts: &[Part],
    ) {
        let mut capabilities: Vec<(CapabilityId, Range<usize>)> = Vec::new();
        let mut data = Vec::new();
        // Who denies the precise location alone may take the rough one.
        let finer: Vec<CapabilityId> = words
            .iter()
            .filter(|w| denial.scope.contains(&w.range.start) && w.data.iter().any(|d| *d == "location_fine"))
            .flat_map(|w| w.data.iter().filter_map(|d| self.words.belongs_to(d).cloned()))
            .collect();
        let reached: Vec<&Word> = words.iter().filter(|w| denial.scope.contains(&w.range.start)).collect();
        // 不会收集照片的拍摄位置: of the whole only that much is left alone.
        let shown = |w: &Word| -> Vec<CapabilityId> {
            let (named, items) = word_subjects(w);
            named.iter().chain(items.iter().filter_map(|d| self.words.belongs_to(d))).cloned().collect()
        };
        let has_part = |whole: &[CapabilityId], end: usize| {
            reached.iter().any(|part| {
                let joint = span.folded().get(end..part.range.start);
                joint.is_some_and(|joint| self.words.is_of(joint)) && shown(part).iter().all(|c| !whole.contains(c))
            })
        };
        let wholes: Vec<CapabilityId> = reached
            .iter()
            .map(|w| (shown(w), w.range.end))
            .filter(|(w, end)| has_part(w, *end))
            .flat_map(|(w, _)| w)
            .collect();
        // Nothing but an everyday word (不会留存原始图像) is what the sentence or the block spoke of.
        let everyday = !reached.is_empty() && reached.iter().all(|w| w.weak && w.capabilities.is_empty());
        let about =
            everyday && (!topics.last.is_empty() || words.iter().any(|w| !w.weak && w.range.end <= denial.scope.start));
        let beside = words.iter().any(|w| {
            let (named, _) = word_subjects(w);
            let denied = sentence.cues_in(Cue::Negation, &sentence.range).any(|n| n.end <= w.range.start);
            !w.weak && !named.is_empty() && denied && !self.words.is_strict(&span.folded()[w.range.clone()])
        });
        // 拨打电话, not 存储, which may be the verb of something else.
        let beside = |word: &Word| {
            beside
                && self.words.length(&span.folded()[word.range.clone()]) >= WORD_WITH_VERB
                && sentence.cues_in(Cue::Negation, &sentence.range).any(|n| n.end == word.range.start)
        };
        // 不会收集和存储面部特征: a verb, not the store.
        let verb = |word: &Word| {
            let text = span.folded();
            self.words.keeps(&text[word.range.clone()])
                && sentence.cues_in(Cue::Collect, &sentence.range).any(|c| {
                    text.get(c.end..word.range.start).is_some_and(|joint| {
                        !joint.is_empty() && self.words.length(joint) <= 2 && self.words.begins_and(joint)
                    })
                })
        };
        for word in &reached {
            if verb(word) {
                continue;
            }
            // An everyday word behind a telling one says in what form it is meant (面容图像), not another kind.
            if word.weak && reached.iter().any(|w| !w.weak && self.is_form_of(span, sentence, w, word)) {
                continue;
            }
            let (named, items) = word_subjects(word);
            // We will not send you messages, we will not store: that denies no permission, unless one is denied beside it
            // (不会读取通话记录，也不会拨打电话).
            if !named.is_empty()
                && !beside(word)
                && self.words.is_strict(&span.folded()[word.range.clone()])
                && !self.beside_permission(span, word)
                && !self.is_reached_for(span, sentence, denial, word)
                && (!sentence.has_in(Cue::Collect, &denial.scope)
                    || sentence.cues.iter().any(|c| c.cue == Cue::Negation && c.range.end == word.range.start))
            {
                continue;
            }
            capabilities.extend(named.iter().map(|c| (c.clone(), word.range.clone())));
            if !about {
                capabilities.extend(
                    items.iter().filter_map(|d| self.words.belongs_to(d).cloned()).map(|c| (c, word.range.clone())),
                );
            }
            data.extend(items.iter().map(|d| (d.clone(), word.range.clone())));
        }
        if capabilities.is_empty() && (denial.anaphor || about) {
            // Such information: what the sentence named before, else what the block is about.
            capabilities = match self.named_last(sentence, words, denial.scope.start) {
                Some(named) => named,
                None => (if about { topics.last } else { topics.block }).to_vec(),
            }
            .into_iter()
            .map(|c| (c, denial.scope.clone()))
            .collect();
        }
        capabilities.sort_by(|a, b| a.0.cmp(&b.0));
        capabilities.dedup_by(|a, b| a.0 == b.0);
        let parties = self.denier(span, sentence, frame, parts, denial);
        let details = Details { platform: frame.platform, ..Details::default() };
        let capabilities = capabilities.into_iter().map(|(capability, range)| {
            let limited = finer.contains(&capability) || wholes.contains(&capability);
            let limited = limited && denial.polarity == Polarity::DeniedFull;
            let polarity = if limited { Polarity::DeniedPartial } else { denial.polarity };
            (Subject::Capability(capability), polarity, Basis::Permission, range)
        });
        let data = data.into_iter().map(|(item, range)| (Subject::Data(item), denial.polarity, Basis::Data, range));
        for (subject, polarity, basis, range) in capabilities.chain(data) {
            let around = sentence.range.clone();
            self.mention(placer, span, subject.clone(), range.clone(), around.clone(), "denied");
            self.say(placer, span, frame, &parties, subject, polarity, basis, details.clone(), range, around);
        }
    }

    /// What the nearest clause before `end` spoke of; none of it when that was something that shows no capability, and `None` when
    /// nothing telling was named.
    fn named_last(&self, sentence: &Sentence, words: &[Word], end: usize) -> Option<Vec<CapabilityId>> {
        for clause in sentence.clauses.iter().rev().filter(|c| c.start < end) {
            let named = || words.iter().filter(|w| w.range.end <= end && clause.contains(&w.range.start));
            let shown: Vec<CapabilityId> = named()
                .flat_map(|w| {
                    let (named, items) = word_subjects(w);
                    named.iter().cloned().chain(items.iter().filter_map(|d| capability_of(self.words, d)))
                })
                .collect();
            if !shown.is_empty() || named().any(|w| !w.weak) {
                return Some(shown);
            }
        }
        None
    }

    /// 不会访问存储空间, 才会录音: a verb of reaching, or the word for only then, right before a function that tells users nothing.
    fn is_reached_for(&self, span: &Span, sentence: &Sentence, denial: &Denial, word: &Word) -> bool {
        let near = |at: usize| {
            span.folded().get(at..word.range.start).is_some_and(|between| self.words.length(between) <= REACH)
        };
        let reached = sentence.cues_in(Cue::Access, &denial.scope).any(|c| near(c.end));
        (reached || denial.used && near(denial.scope.start))
            && !word.capabilities.iter().any(|c| self.words.is_notice(c))
    }

    /// Whether an everyday word says in what form a telling one before it is meant: 面容图像, 指纹原始图像.
    fn is_form_of(&self, span: &Span, sentence: &Sentence, telling: &Word, everyday: &Word) -> bool {
        let between = telling.range.end..everyday.range.start;
        between.start == between.end
            || between.start < between.end && sentence.cues_in(Cue::Partial, &between).any(|p| p.len() == between.len())
            || span.folded().get(between).is_some_and(|joint| joint == " ")
    }

    fn beside_permission(&self, span: &Span, word: &Word) -> bool {
        let text = span.folded();
        self.words.permission_at(&text[word.range.end..]).is_some_and(|at| at == 0)
            || text[word.range.clone()].contains(self.words.permission_word())
    }
}
