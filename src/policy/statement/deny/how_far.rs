//! How far a denial goes: not at all, not on some condition, or only some of it.
//!
//! A condition is found in what the user does or refuses, in a case set before the negation, in a mode of the app, or in an exception
//! behind it. A limit is found in the verb (only keeping is denied), in what is left out (the raw form, the rest, the whole), in when
//! (in the background), or in what is taken all the same.

use std::ops::Range;

use super::super::judge::Word;
use super::clause::Negated;
use super::what::Reach;
use crate::catalogue::Cue;
use crate::policy::model::Polarity;

impl Negated<'_> {
    /// The kind of the denial.
    pub(super) fn kind(&self, reach: &Reach, conditional: bool) -> Polarity {
        if conditional {
            Polarity::DeniedConditional
        } else if self.is_limited(reach) {
            Polarity::DeniedPartial
        } else if self.is_unasked() {
            Polarity::DeniedConditional
        } else {
            Polarity::DeniedFull
        }
    }

    /// Whether a denial holds only for those who do not agree, or do not use something.
    pub(super) fn is_conditional(&self) -> bool {
        self.form.is_only()
            || self.is_refused()
            || self.is_switched_off()
            || self.is_excepted()
            || self.is_chosen_otherwise()
            || self.is_a_case()
            || self.is_otherwise()
            || self.is_a_consequence()
    }

    /// 不会擅自打开摄像头: who agrees is not told that it stays closed.
    fn is_unasked(&self) -> bool {
        self.words.denial.unasked.is_in(&self.text[self.negation.start..self.clause.end])
    }

    /// Unless the user agrees, or once the user has switched it off: before the negation, between it and its verb, or behind it.
    fn is_refused(&self) -> bool {
        let refused = |r: &Range<usize>| r.start < self.negation.end || self.clause.contains(&r.start);
        self.refusals().any(refused)
            || self.sentence.cues.iter().any(|c| match c.cue {
                Cue::Unless => {
                    c.range.start >= self.negation.end || self.words.denial.app.is_in(&self.text[self.lead()])
                }
                Cue::Withdraw => c.range.end <= self.clause.start,
                _ => false,
            })
    }

    /// 如您选择手工录入，…: the user took another way.
    fn is_chosen_otherwise(&self) -> bool {
        self.clauses_before().next_back().is_some_and(|c| {
            let part = self.text[c.clone()].trim_start_matches(' ');
            self.words.leaves_a_choice(part) || self.words.denial.supposing.begins(part) && !self.keeps()
        })
    }

    /// 没有开通的，我们不会…; 未按住说话时我们不会…; 在您同意之前: for those who did not.
    fn is_a_case(&self) -> bool {
        let lists = &self.words.denial;
        let negative = |part: &str| self.words.sets_a_case(part) && self.words.negates(part);
        let until =
            |part: &str| lists.until.ends(part) && !lists.not_until.ends(part) && self.words.speaks_of_consent(part);
        let apart = |part: &str| lists.modes.ends(part) || lists.guests.is_in(part);
        let lead = &self.text[self.lead()];
        // 没有您的确认，…
        let lacking =
            |part: &str| lists.lacking.begins(part.trim_start_matches(' ')) && self.words.speaks_of_consent(part);
        // In the same clause, what the case is told in ends before the subject; 未选中的照片 is an object.
        let object = |end: usize| self.named.iter().any(|w| w.range.start == self.clause.start + end);
        let led = self.words.cases_in(lead).any(|end| negative(&lead[..end]) && !object(end))
            || lists.until.places(lead).any(|place| until(&lead[..place.end]))
            || lists.modes.is_in(lead)
            || lists.guests.is_in(&self.text[self.clause.start..self.negation.end]);
        led || self.clauses_before().any(|c| {
            let part = &self.text[c.clone()];
            let limited = self.sentence.has_in(Cue::Partial, c);
            let noun = self.named.iter().any(|w| w.range.end == c.end);
            negative(part) || until(part) || lacking(part) && !noun || apart(part) && !limited
        })
    }

    /// 除您授权外, 通话之外: apart from a use of the app, not from some of the data.
    fn is_excepted(&self) -> bool {
        self.clauses_before().any(|c| {
            let part = self.text[c.clone()].trim_matches(' ');
            let Some(excepted) = self.words.exception(part) else { return false };
            let data = self.named.iter().any(|w| c.contains(&w.range.start) && !w.weak);
            self.words.gives_consent(excepted) || self.words.denial.uses.ends(excepted) && !data
        })
    }

    /// 仅在您绑定设备时我们才申请，其他时候不申请.
    fn is_otherwise(&self) -> bool {
        let otherwise = self.words.denial.otherwise.first(&self.text[self.clause.start..self.clause.end]);
        otherwise.is_some()
            && self.clauses_before().any(|c| {
                let part = &self.text[c.clone()];
                self.words.only(part) || self.words.cases_in(part).next().is_some()
            })
    }

    /// 不连接手环就不会用到蓝牙.
    fn is_a_consequence(&self) -> bool {
        let lead = self.text[self.lead()].trim_end_matches(' ');
        let Some(condition) = self.words.denial.consequence.strip_end(lead) else { return false };
        let before = self.clauses_before().next_back();
        self.words.negates(condition) || before.is_some_and(|c| self.words.negates(&self.text[c.clone()]))
    }

    /// Whether only some of what is named is left alone.
    fn is_limited(&self, reach: &Reach) -> bool {
        self.only_keeps()
            || self.speaks_of_others()
            || reach.rest
            || self.has_a_limit(reach)
            || self.takes_only()
            || self.is_restricted(reach)
    }

    /// 均不会留存: to keep is also to collect where it is affirmed.
    fn only_keeps(&self) -> bool {
        let taking = self
            .sentence
            .cues_in(Cue::Collect, &self.scope())
            .any(|c| !self.words.keeps(&self.text[c.clone()]) && !self.is_kept(c));
        self.keeps() && !taking
    }

    /// Whether a verb of keeping begins where a verb of taking does (写入磁盘).
    fn is_kept(&self, verb: &Range<usize>) -> bool {
        self.sentence.cues_in(Cue::Keep, &self.scope()).any(|k| k.start == verb.start && k.end > verb.end)
    }

    /// 不会收集其他应用: before what is denied, not behind it (通讯录等其他信息).
    fn speaks_of_others(&self) -> bool {
        let first = self.named.iter().find(|w| w.range.start >= self.negation.end);
        let end = first.map_or(self.negation.end, |w| w.range.end);
        end <= self.clause.end && self.words.speaks_of_the_rest(&self.text[self.negation.end..end])
    }

    /// A word for a part, a form, a place or a time: beside what is denied, or in the case it is denied for.
    fn has_a_limit(&self, reach: &Reach) -> bool {
        let irrelevant = self.sentence.cues_in(Cue::Irrelevant, &self.clause).map(|c| c.start).min();
        let lead = &self.text[self.lead()];
        let whole =
            reach.scope.start < self.negation.start || self.words.cases_in(lead).next().is_some() || reach.anaphor;
        let within = if whole { self.clause.clone() } else { self.scope() };
        // 后台运行时 tells when, although the catalogue names it.
        let named = |w: &Word| w.range.start >= reach.scope.start;
        self.sentence
            .cues_in(Cue::Partial, &within)
            .filter(|p| !self.named.iter().any(|w| named(w) && w.range.start <= p.start && p.end <= w.range.end))
            // Nor does what such permissions have in common limit anything.
            .filter(|p| !self.is_denied_verb(p) && irrelevant.is_none_or(|at| p.start != at))
            .filter(|p| !self.is_any(p) && !self.is_one_of_the_verbs(p) && !self.is_the_last_member(p))
            .any(|p| !self.words.denied_too(&self.text[..p.start], &self.text[p.clone()]))
    }

    /// 不识别您的人脸: the verb that is denied limits nothing.
    fn is_denied_verb(&self, limit: &Range<usize>) -> bool {
        let verb_behind = self
            .sentence
            .cues
            .iter()
            .any(|c| matches!(c.cue, Cue::Collect | Cue::Access) && c.range.start == self.negation.end);
        limit.start == self.negation.end || limit.end == self.negation.end && !verb_behind
    }

    /// 任何内容 leaves nothing out.
    fn is_any(&self, limit: &Range<usize>) -> bool {
        let lists = &self.words.denial;
        lists.contents.has(&self.text[limit.clone()]) && lists.any.ends(&self.text[self.clause.start..limit.start])
    }

    /// 不会收集或存储通讯录: keeping beside a verb of taking that is denied with it limits nothing.
    fn is_one_of_the_verbs(&self, limit: &Range<usize>) -> bool {
        self.words.keeps(&self.text[limit.clone()])
            && self.sentence.cues.iter().any(|c| {
                matches!(c.cue, Cue::Collect | Cue::Access)
                    && self.negation.start <= c.range.start
                    && self.text.get(c.range.end..limit.start).is_some_and(|joint| self.words.only_joints(joint))
            })
    }

    /// 位置、通讯录或其他个人信息: the general word that ends an enumeration limits nothing.
    fn is_the_last_member(&self, limit: &Range<usize>) -> bool {
        let written = &self.text[limit.clone()];
        // 短信、通话记录等内容
        self.words.denial.contents.has(written) && self.words.ends_in_etc(&self.text[..limit.start])
            || self.words.denial.others.has(written)
                && self.named.iter().filter(|w| self.clause.contains(&w.range.start)).any(|w| {
                    let joint = self.text.get(w.range.end..limit.start).map(|t| self.words.without_data_noun(t));
                    joint.map(|joint| joint.trim_matches(' ')).filter(|joint| !joint.is_empty()).is_some_and(|joint| {
                        let etc = self.words.etc(joint);
                        etc == joint.len() || self.words.only_joints(&joint[etc..])
                    })
                })
    }

    /// 没有被您选中的照片: only what a clause before it describes.
    fn is_restricted(&self, reach: &Reach) -> bool {
        let object =
            self.named.iter().find(|w| reach.scope.contains(&w.range.start) && w.range.end <= self.negation.start);
        object.is_some_and(|w| {
            let before = &self.text[reach.scope.start..w.range.start];
            self.words.sets_a_case(before) && self.words.negates(before)
        })
    }

    /// Whether the words before the negation say that only so much is taken or kept (仅读取选中的联系人，不会…).
    fn takes_only(&self) -> bool {
        let before = self.clauses_before().any(|c| {
            let takes = self.sentence.has_in(Cue::Collect, c)
                || self.sentence.has_in(Cue::Access, c)
                || self.words.keeps(&self.text[c.clone()]);
            takes && self.words.only(&self.text[c.clone()])
        });
        // 该识别仅在您的设备本地完成，我们不会收集: used there, not taken from it.
        let there = self.clauses_before().next_back().is_some_and(|c| {
            self.sentence.has_in(Cue::Local, c)
                || self.sentence.has_in(Cue::Partial, c) && self.words.only(&self.text[c.clone()])
        });
        let excepted = self.clauses_before().any(|c| self.words.excepts(&self.text[c.clone()]));
        // 除此之外不会查看, 通话记录以外的内容
        let lead = self.text[self.lead()].trim_matches(' ');
        let here = self.words.excepts_something(lead);
        before || there || excepted || here || self.words.only(lead)
    }
}

#[cfg(test)]
mod tests {
    use super::super::clause::tests::negated;
    use crate::policy::model::Polarity;

    fn kinds(sentence: &str) -> Vec<Polarity> {
        let kind = |n: &super::Negated<'_>| {
            let conditional = n.is_conditional();
            n.reach(conditional).map(|reach| n.kind(&reach, conditional))
        };
        negated(sentence, kind).into_iter().flatten().collect()
    }

    #[test]
    fn a_condition_stands_before_in_or_behind_the_clause() {
        for sentence in [
            "未经您同意，我们不会读取通讯录",
            "在您开启之前，我们不会读取通讯录",
            "没有开通的用户，我们不会读取通讯录",
            "访客模式下，我们不会读取通讯录",
            "除您授权外，我们不会读取通讯录",
            "如您手动填写，我们不会读取通讯录",
            "我们不会读取通讯录，除非您使用好友推荐",
        ] {
            assert_eq!(kinds(sentence), [Polarity::DeniedConditional], "{sentence}");
        }
    }

    #[test]
    fn a_limit_is_a_part_a_form_a_time_or_keeping_alone() {
        for sentence in [
            "我们不会读取全部通讯录",
            "我们不会上传通讯录",
            "我们不会持续读取通讯录",
            "在后台运行时我们不会读取通讯录",
            "除此之外我们不会读取通讯录",
            "未被您选中的通讯录我们不会读取",
        ] {
            assert_eq!(kinds(sentence), [Polarity::DeniedPartial], "{sentence}");
        }
    }

    #[test]
    fn neither_is_in_full() {
        for sentence in
            ["我们不会读取通讯录", "我们不会读取通讯录的任何内容", "本版本未使用通讯录", "全部功能都用不到通讯录"]
        {
            assert_eq!(kinds(sentence), [Polarity::DeniedFull], "{sentence}");
        }
    }
}
