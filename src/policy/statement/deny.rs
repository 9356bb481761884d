//! Denials: what a negation reaches, and whether it denies in full, in part or on a condition.

use std::ops::Range;

use super::judge::{Word, word_subjects};
use super::{Details, Frame, Reader, capability_of};
use crate::catalogue::{CapabilityId, Cue};
use crate::policy::cue::CueAt;
use crate::policy::model::{Basis, Polarity, Role, Subject};
use crate::policy::outline::{Span, platform_from};
use crate::policy::place::Placer;
use crate::policy::sentence::Sentence;

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
}

/// Characters beside its members that an enumeration may hold.
const ENUMERATION_REST: usize = 6;

/// Characters from which a word holds its verb (拨打电话).
const WORD_WITH_VERB: usize = 4;

/// What a denial may speak of that names nothing itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topics<'a> {
    /// What the block is about: its head, or what was spoken of last.
    pub block: &'a [CapabilityId],
    /// What the sentence before spoke of, whatever the block is about.
    pub last: &'a [CapabilityId],
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
        let mut found: Vec<Denial> = Vec::new();
        for clause in &sentence.clauses {
            let Some(negation) =
                sentence.cues_in(Cue::Negation, clause).min_by_key(|n| (n.start, std::cmp::Reverse(n.end))).cloned()
            else {
                found.extend(self.local(text, sentence, clause, words));
                continue;
            };
            let scope = negation.start..clause.end;
            // The verb: in the negation itself (不收集) or behind it.
            let verb = |cue| {
                sentence
                    .cues
                    .iter()
                    .any(|c| c.cue == cue && c.range.start >= negation.start && c.range.end <= clause.end)
            };
            let keeps = verb(Cue::Keep) || self.words.keeps(&text[scope.clone()]);
            let collects = verb(Cue::Collect) || keeps;
            let uses = verb(Cue::Access) || verb(Cue::Ask);
            if !collects && !uses {
                continue;
            }
            // 与服务无关的信息 is nothing in particular; 通讯录、短信等与影像无关的权限 names what is meant.
            let irrelevant = sentence.cues_in(Cue::Irrelevant, clause).map(|c| c.start).min();
            let named = |at: usize| words.iter().any(|w| !w.weak && negation.end <= w.range.start && w.range.end <= at);
            if irrelevant.is_some_and(|at| !named(at))
                || sentence.has(Cue::Stop)
                || sentence.has(Cue::SettingsPath)
                || sentence.cues_in(Cue::Withdraw, clause).any(|w| w.start < negation.start)
                || sentence.cues.iter().any(|c| c.cue == Cue::UserDuty && c.range.start <= negation.start)
            {
                continue;
            }
            if self.words.ends_after(&text[sentence.range.start..negation.start], &text[negation.clone()]) {
                continue;
            }
            // Passing on, not collecting: the first verb behind the negation decides.
            let first = |cue| sentence.cues_in(cue, &scope).map(|c| c.start).min().unwrap_or(usize::MAX);
            let shared = first(Cue::ShareVerb) < usize::MAX;
            let passed_on = shared && self.words.takes_object_first(&text[negation.end..clause.end]);
            if (first(Cue::ShareVerb) < first(Cue::Collect) || passed_on) && !keeps {
                continue;
            }
            if !collects && first(Cue::ShareVerb) < usize::MAX {
                continue;
            }
            // We do not use contacts for marketing: a purpose is denied, not the use.
            let accessed = |at: &Range<usize>| sentence.cues_in(Cue::Access, at).any(|c| c.start == at.start);
            let taken = keeps || sentence.cues_in(Cue::Collect, &scope).any(|c| !accessed(c));
            if !taken && self.words.spaced() && self.words.purpose_inside(&text[negation.end..clause.end]).is_some() {
                continue;
            }
            let anaphor = self.words.refers_back(&text[scope.clone()]);
            let objects = words.iter().any(|w| scope.contains(&w.range.start));
            // The object may stand before the negation: 原始的传感器数据不会上传, 录音保存在手机里，不会上传.
            let fronted = words.iter().any(|w| clause.contains(&w.range.start) && w.range.end <= negation.start);
            let bare = self.words.length(&text[negation.end..clause.end]) <= 10;
            // 通讯录、短信、日历，我们一概不收集: the clause before is nothing but the objects.
            let listed = (!objects && !anaphor && !fronted && bare)
                .then(|| self.enumeration_before(text, sentence, clause, words))
                .flatten();
            let (scope, fronted) = match listed {
                Some(start) => (start..clause.end, true),
                None if !objects && !anaphor && fronted => (clause.start..clause.end, fronted),
                None => (scope, fronted),
            };
            // 其余条目不会读取: of what was named before only that much is taken.
            let rest = !objects && !fronted && self.words.speaks_of_the_rest(&text[clause.clone()]);
            // 你不参加活动，就不会读取: what was spoken of, on a condition.
            let case = self.on_condition(text, sentence, clause, &negation);
            let anaphor = anaphor || rest || (!objects && !fronted && bare && (keeps || case));
            if !anaphor && !objects && !fronted {
                continue;
            }
            // `（若您使用的系统版本为iOS 14.5及以上…不会收集该信息）` speaks of iOS alone.
            let said_of = sentence.range.start..clause.end;
            let opened = text[said_of.clone()].rfind('(').map_or(said_of.start, |at| said_of.start + at);
            let platform =
                platform_from(self.words.platforms(&span.normal, opened..clause.end).into_iter().map(|(p, _)| p));
            if !platform.covers_android() {
                continue;
            }
            // 均不会留存: to keep is also to collect where it is affirmed.
            let taking = |c: &CueAt| {
                let within = c.range.start >= negation.start && c.range.end <= clause.end;
                c.cue == Cue::Collect && within && !self.words.keeps(&text[c.range.clone()])
            };
            let only_kept = keeps && !sentence.cues.iter().any(taking);
            // 不会收集其他应用: before what is denied, not behind it (通讯录等其他信息).
            let first = words.iter().find(|w| w.range.start >= negation.end).map_or(negation.end, |w| w.range.end);
            let other = first <= clause.end && self.words.speaks_of_the_rest(&text[negation.end..first]);
            let limited = only_kept
                || other
                || rest
                || sentence
                    .cues_in(Cue::Partial, clause)
                    .filter(|p| !words.iter().any(|w| w.range.start <= p.start && p.end <= w.range.end))
                    // 不识别您的人脸: the verb that is denied limits nothing; nor does what such permissions have in common.
                    .filter(|p| p.start != negation.end && irrelevant.is_none_or(|at| p.start != at))
                    .any(|p| !self.words.denied_too(&text[..p.start], &text[p.clone()]))
                || self.takes_only(text, sentence, clause, &negation);
            let polarity = if case {
                Polarity::DeniedConditional
            } else if limited {
                Polarity::DeniedPartial
            } else {
                Polarity::DeniedFull
            };
            found.push(Denial { scope, polarity, anaphor, used: false });
        }
        found
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
        })
    }

    /// States a denial of everything it reaches.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn deny(
        &mut self,
        placer: &Placer,
        span: &Span,
        frame: &Frame,
        sentence: &Sentence,
        denial: &Denial,
        words: &[Word],
        topics: Topics<'_>,
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
            if word.weak && reached.iter().any(|w| !w.weak && w.range.end == word.range.start) {
                continue;
            }
            let (named, items) = word_subjects(word);
            // We will not send you messages, we will not store: that denies no permission, unless one is denied beside it
            // (不会读取通话记录，也不会拨打电话).
            if !named.is_empty()
                && !beside(word)
                && self.words.is_strict(&span.folded()[word.range.clone()])
                && !self.beside_permission(span, word)
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
            let before: Vec<(CapabilityId, Range<usize>)> = words
                .iter()
                .filter(|w| w.range.end <= denial.scope.start)
                .flat_map(|w| {
                    let (named, items) = word_subjects(w);
                    named
                        .iter()
                        .cloned()
                        .chain(items.iter().filter_map(|d| capability_of(self.words, d)))
                        .map(|c| (c, denial.scope.clone()))
                        .collect::<Vec<_>>()
                })
                .collect();
            capabilities = if before.is_empty() {
                let topic = if about { topics.last } else { topics.block };
                topic.iter().map(|c| (c.clone(), denial.scope.clone())).collect()
            } else {
                before
            };
        }
        capabilities.sort_by(|a, b| a.0.cmp(&b.0));
        capabilities.dedup_by(|a, b| a.0 == b.0);
        let parties = frame.parties.clone();
        let details = Details { platform: frame.platform, ..Details::default() };
        for (capability, range) in capabilities {
            let limited = finer.contains(&capability) && denial.polarity == Polarity::DeniedFull;
            let polarity = if limited { Polarity::DeniedPartial } else { denial.polarity };
            let subject = Subject::Capability(capability);
            self.mention(placer, span, subject.clone(), range.clone(), sentence.range.clone(), "denied");
            self.say(
                placer,
                span,
                frame,
                &parties,
                subject,
                polarity,
                Basis::Permission,
                details.clone(),
                range,
                sentence.range.clone(),
            );
        }
        for (item, range) in data {
            let subject = Subject::Data(item);
            self.mention(placer, span, subject.clone(), range.clone(), sentence.range.clone(), "denied");
            self.say(
                placer,
                span,
                frame,
                &parties,
                subject,
                denial.polarity,
                Basis::Data,
                details.clone(),
                range,
                sentence.range.clone(),
            );
        }
    }

    /// Whether a denial holds only for those who do not agree, or do not use something.
    fn on_condition(&self, text: &str, sentence: &Sentence, clause: &Range<usize>, negation: &Range<usize>) -> bool {
        // Unless the user agrees, or once the user has switched it off: before the negation, or between it and its verb.
        let said = sentence.cues.iter().any(|c| match c.cue {
            Cue::Refusal => c.range.start < negation.end || clause.contains(&c.range.start),
            Cue::Unless => c.range.start >= negation.end,
            Cue::Withdraw => c.range.end <= clause.start,
            _ => false,
        });
        // 没有开通的，我们不会…; 未按住说话时我们不会…: for those who did not.
        let sets = |part: &str| self.words.sets_a_case(part) && self.words.negates(part);
        let chosen = sentence.clauses.iter().rfind(|c| c.end <= clause.start);
        said || chosen.is_some_and(|c| self.words.leaves_a_choice(&text[c.clone()]))
            || sentence.clauses.iter().any(|c| c.end <= clause.start && sets(&text[c.clone()]))
            || self
                .words
                .cases_in(&text[clause.start..negation.start])
                .any(|end| self.words.negates(&text[clause.start..clause.start + end]))
    }

    /// Where the enumeration begins that the clauses right before `clause` are.
    fn enumeration_before(
        &self,
        text: &str,
        sentence: &Sentence,
        clause: &Range<usize>,
        words: &[Word],
    ) -> Option<usize> {
        let before = sentence.clauses.iter().rfind(|c| c.end <= clause.start)?;
        let start = before.start + text[before.clone()].rfind(':').map_or(0, |at| at + 1);
        let mut held = 0;
        let mut at = start;
        let mut between = String::new();
        for word in words.iter().filter(|w| start <= w.range.start && w.range.end <= before.end) {
            held += 1;
            between.push_str(text.get(at..word.range.start).unwrap_or_default());
            at = at.max(word.range.end);
        }
        between.push_str(&text[at.min(before.end)..before.end]);
        let others = between.chars().filter(|c| c.is_alphanumeric()).count();
        (held > 1 && others <= ENUMERATION_REST).then_some(start)
    }

    /// Whether the words before a negation say that only so much is taken or kept (仅读取选中的联系人，不会…).
    fn takes_only(&self, text: &str, sentence: &Sentence, clause: &Range<usize>, negation: &Range<usize>) -> bool {
        let before = sentence.clauses.iter().filter(|c| c.end <= clause.start).any(|c| {
            let takes = sentence.has_in(Cue::Collect, c)
                || sentence.has_in(Cue::Access, c)
                || self.words.keeps(&text[c.clone()]);
            takes && self.words.only(&text[c.clone()])
        });
        // 该识别仅在您的设备本地完成，我们不会收集: used there, not taken from it.
        let there = sentence.clauses.iter().rfind(|c| c.end <= clause.start).is_some_and(|c| {
            sentence.has_in(Cue::Local, c) || sentence.has_in(Cue::Partial, c) && self.words.only(&text[c.clone()])
        });
        let excepts = |c: &Range<usize>| c.end <= clause.start && self.words.excepts(&text[c.clone()]);
        before || there || sentence.clauses.iter().any(excepts) || self.words.only(&text[clause.start..negation.start])
    }

    fn beside_permission(&self, span: &Span, word: &Word) -> bool {
        let text = span.folded();
        self.words.permission_at(&text[word.range.end..]).is_some_and(|at| at == 0)
            || text[word.range.clone()].contains(self.words.permission_word())
    }
}
