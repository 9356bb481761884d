//! A negated clause: which negation counts in it, and what the other parts of the judgement ask about it.

use std::ops::Range;

use super::super::judge::Word;
use crate::catalogue::Cue;
use crate::policy::sentence::Sentence;
use crate::policy::words::Words;

/// By what a clause denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A negated verb: 不会读取.
    Verb,
    /// There is no need: 无需相机权限, 用不到录音.
    Needless,
    /// It is outside what is collected: 不在收集范围之内.
    Outside,
    /// The app can do it no more: 已移除读取通话记录的功能.
    Removed,
    /// Only then is it done: 只有在您按住按钮时我们才会录音.
    OnlyThen,
    /// The same without a word for then: 相机仅在扫码界面打开.
    OnlyIn,
}

impl Form {
    /// Whether the clause says when something is used rather than that it is not.
    pub(super) fn is_only(self) -> bool {
        matches!(self, Self::OnlyThen | Self::OnlyIn)
    }
}

/// A negated clause.
pub(super) struct Negated<'a> {
    pub words: &'a Words<'a>,
    /// The folded text of the block.
    pub text: &'a str,
    pub sentence: &'a Sentence,
    /// What the catalogue names in the sentence.
    pub named: &'a [Word],
    pub clause: Range<usize>,
    /// The negating words, without the verb.
    pub negation: Range<usize>,
    pub form: Form,
}

/// Characters between a case and the verb of what is done in it.
const BEFORE_USE: usize = 4;

/// Characters between a word that denies a need and what is not needed.
const NEED: usize = 6;

impl<'a> Negated<'a> {
    /// The negation of a clause.
    pub(super) fn find(
        words: &'a Words<'a>,
        text: &'a str,
        sentence: &'a Sentence,
        named: &'a [Word],
        clause: &Range<usize>,
    ) -> Option<Self> {
        let mut this =
            Self { words, text, sentence, named, clause: clause.clone(), negation: clause.clone(), form: Form::Verb };
        let verb = sentence
            .cues_in(Cue::Negation, clause)
            .filter(|n| !this.refusals().any(|r| r.start <= n.start && n.start < r.end))
            .filter(|n| !this.is_a_condition_of_another(n))
            .min_by_key(|n| (n.start, std::cmp::Reverse(n.end)))
            .cloned();
        (this.negation, this.form) = this
            .needless()
            .map(|n| (n, Form::Needless))
            .or_else(|| this.outside().map(|n| (n, Form::Outside)))
            .or_else(|| verb.map(|n| (n, Form::Verb)))
            .or_else(|| this.removed().map(|n| (n, Form::Removed)))
            .or_else(|| this.only_then().map(|n| (n, Form::OnlyThen)))
            .or_else(|| this.only_in().map(|n| (n, Form::OnlyIn)))?;
        Some(this)
    }

    /// From the negation on.
    pub(super) fn scope(&self) -> Range<usize> {
        self.negation.start..self.clause.end
    }

    /// Behind the negation.
    pub(super) fn behind(&self) -> Range<usize> {
        self.negation.end..self.clause.end
    }

    /// The clause before the negation.
    pub(super) fn lead(&self) -> Range<usize> {
        self.clause.start..self.negation.start
    }

    /// The clauses of the sentence before this one.
    pub(super) fn clauses_before(&self) -> impl DoubleEndedIterator<Item = &Range<usize>> {
        self.sentence.clauses.iter().filter(|c| c.end <= self.clause.start)
    }

    /// Whether a cue stands in the negation (不收集) or behind it.
    pub(super) fn has_verb(&self, cue: Cue) -> bool {
        self.sentence.has_in(cue, &self.scope())
    }

    /// Whether what is denied is keeping or sending away.
    pub(super) fn keeps(&self) -> bool {
        if self.form != Form::Verb {
            return false;
        }
        // 访问存储空间: the name of a function holds no verb.
        let named = |at: &Range<usize>| {
            self.named.iter().any(|w| w.range.start <= at.start && at.end <= w.range.end && w.range.len() > at.len())
        };
        let scope = self.scope();
        self.has_verb(Cue::Keep)
            || self
                .words
                .keep_places(&self.text[scope.clone()])
                .any(|at| !named(&(scope.start + at.start..scope.start + at.end)))
    }

    /// Whether what is denied is taking: where a verb says so, not only that a function of the device is used.
    pub(super) fn takes(&self) -> bool {
        matches!(self.form, Form::Outside | Form::Removed | Form::OnlyIn)
            || self.form == Form::OnlyThen && self.named.iter().any(|w| w.range.start == self.negation.end)
            || self.has_verb(Cue::Collect)
            || self.keeps()
    }

    /// Where the first cue of a kind stands from the negation on; past every place when there is none.
    pub(super) fn first(&self, cue: Cue) -> usize {
        self.sentence.cues_in(cue, &self.scope()).map(|c| c.start).min().unwrap_or(usize::MAX)
    }

    /// What users do who do not want something. An app that does not use something (本版本未使用蓝牙) refuses nothing.
    pub(super) fn refusals(&self) -> impl Iterator<Item = &Range<usize>> {
        self.sentence.cues.iter().filter(|c| c.cue == Cue::Refusal).map(|c| &c.range).filter(|refusal| {
            let clause = self.sentence.clause_of(refusal.start);
            let own = |n: &Range<usize>| {
                n.start <= refusal.start
                    && refusal.start < n.end
                    && self.words.denial.app.ends(self.text[clause.start..n.start].trim_end_matches(' '))
            };
            !self.sentence.cues_in(Cue::Negation, &clause).any(own)
                || self.words.sets_a_case(&self.text[clause.clone()])
        })
    }

    /// 不连接手环就不会用到蓝牙: the first negation is the condition of the second.
    fn is_a_condition_of_another(&self, negation: &Range<usize>) -> bool {
        self.sentence.cues_in(Cue::Negation, &self.clause).any(|n| {
            self.text
                .get(negation.end..n.start)
                .is_some_and(|t| self.words.denial.consequence.ends(t.trim_end_matches(' ')))
        })
    }

    /// 无需位置权限; 录音权限用不到.
    fn needless(&self) -> Option<Range<usize>> {
        let lists = &self.words.denial;
        let part = &self.text[self.clause.clone()];
        if lists.all_the_same.is_in(part) || self.sentence.has(Cue::UserDuty) {
            return None;
        }
        let near = |from: usize, to: usize| from <= to && self.words.length(&self.text[from..to]) <= NEED;
        let here = |place: Range<usize>| self.clause.start + place.start..self.clause.start + place.end;
        let ahead = lists.needless.places(part).map(here).find(|n| {
            let permission = self.words.permission_at(&self.text[n.end..self.clause.end]).is_some();
            let user = self.refusals().any(|r| r.end >= n.start && r.start < n.end);
            let object = |w: &Word| !w.weak && near(n.end, w.range.start) && self.clause.contains(&w.range.start);
            permission && !user && self.named.iter().any(object)
        });
        ahead.or_else(|| {
            lists.needless_behind.places(part).map(here).find(|n| {
                let ends = self.words.length(&self.text[n.end..self.clause.end]) <= 1;
                let object = |w: &Word| {
                    !w.weak
                        && (near(w.range.end, n.start) && w.range.start >= self.clause.start
                            || near(n.end, w.range.start) && self.clause.contains(&w.range.start))
                };
                (ends || near(n.end, self.clause.end) || self.named.iter().any(object)) && self.named.iter().any(object)
            })
        })
    }

    /// 不在我们的收集范围之内.
    fn outside(&self) -> Option<Range<usize>> {
        let lists = &self.words.denial;
        let part = self.text[self.clause.clone()].trim_end_matches(['。', ';', '!', ' ']);
        let first = lists.outside.first(part).filter(|_| lists.outside_ends.ends(part))?;
        let negation = self.clause.start + first.start..self.clause.start + first.end;
        self.sentence.has_in(Cue::Collect, &(negation.end..self.clause.end)).then_some(negation)
    }

    /// 已移除读取通话记录的功能.
    fn removed(&self) -> Option<Range<usize>> {
        let lists = &self.words.denial;
        let part = self.text[self.clause.clone()].trim_end_matches(['。', ';', '!', ' ']);
        let first = lists.removed.first(part).filter(|_| lists.abilities.ends(part))?;
        let negation = self.clause.start + first.start..self.clause.start + first.end;
        let theirs = self.sentence.cues.iter().any(|c| c.cue == Cue::UserDuty);
        (!theirs && self.named.iter().any(|w| negation.end <= w.range.start && w.range.end <= self.clause.end))
            .then_some(negation)
    }

    /// 相机仅在扫码界面打开, 悬浮窗仅在您最小化通话时出现: the words for only, up to the verb.
    ///
    /// Where the case is no doing of the user's and no part of the app (仅在必要时), nothing is denied.
    fn only_in(&self) -> Option<Range<usize>> {
        let lists = &self.words.denial;
        let part = &self.text[self.clause.clone()];
        let only = self.words.only_places(part).find(|only| lists.at.begins(&part[only.end..]))?;
        let behind = &part[only.end..];
        let case = lists.scenes.places(behind).map(|scene| {
            let told = &behind[..scene.start];
            // That users are asked first is a promise about everything.
            let consent = self.words.gives_consent(told);
            (scene.end, !consent && (lists.users.is_in(told) || lists.places.is_in(&behind[scene])))
        });
        let (end, own) = case.last()?;
        let verb = lists.use_verbs.firsts(&behind[end..]).min_by_key(|verb| verb.start)?;
        let near = self.words.length(&behind[end..end + verb.start]) <= BEFORE_USE;
        let negation = self.clause.start + only.start..self.clause.start + only.end + end + verb.start;
        let named = |w: &&Word| {
            self.clause.contains(&w.range.start)
                && (w.range.end <= negation.start || negation.end <= w.range.start)
                && (!w.capabilities.is_empty() || !w.weak)
        };
        (own && near && self.named.iter().any(|w| named(&w))).then_some(negation)
    }

    /// 只有在您按住按钮时我们才会录音: where the words for only then stand.
    fn only_then(&self) -> Option<Range<usize>> {
        let lists = &self.words.denial;
        let from = self.clauses_before().next_back().map_or(self.clause.start, |c| c.start);
        let part = &self.text[from..self.clause.end];
        let only = self
            .words
            .only_places(part)
            .find(|o| lists.at.begins(&part[o.end..]) || lists.at.ends(&part[..o.end]))
            .or_else(|| self.words.only_places(part).next())?;
        let then = lists.then_only.places(part).find(|t| only.end <= t.start)?;
        let case = lists.scenes.places(&part[only.end..then.start]).next().is_some()
            || self.words.speaks_of_consent(&part[only.end..then.start]);
        let then = from + then.start..from + then.end;
        (case
            && self.clause.contains(&then.start)
            && !self.words.ends_with_user(&self.text[self.clause.start..then.start]))
        .then_some(then)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Locale};
    use crate::policy::intake::Text;
    use crate::policy::outline::Span;

    /// The negated clauses of a Chinese sentence, each looked at by `look`.
    pub(in super::super) fn negated<T>(sentence: &str, look: impl Fn(&Negated<'_>) -> T) -> Vec<T> {
        let words = Words::new(Catalogue::builtin(), Locale::Zh);
        let span = Span::new(Text { text: sentence.to_owned(), ..Text::default() }, &words);
        let text = span.folded();
        let sentence = &span.sentences(&words)[0];
        let named: Vec<Word> = words
            .capabilities
            .find(&span.normal, 0..text.len())
            .filter(|found| !found.values.is_empty())
            .map(|found| Word {
                range: found.range,
                capabilities: found.values.iter().map(|v| v.id.clone()).collect(),
                data: Vec::new(),
                weak: found.values.iter().all(|v| v.weak),
            })
            .collect();
        let find = |clause| Negated::find(&words, text, sentence, &named, clause);
        sentence.clauses.iter().filter_map(find).map(|n| look(&n)).collect()
    }

    fn found(sentence: &str) -> Vec<(Form, String)> {
        negated(sentence, |n| (n.form, n.text[n.negation.clone()].to_owned()))
    }

    #[test]
    fn what_negates() {
        for (sentence, form, by) in [
            ("我们不会读取通讯录", Form::Verb, "不会"),
            ("本应用无需相机权限", Form::Needless, "无需"),
            ("麦克风我们用不到", Form::Needless, "用不到"),
            ("通讯录不在收集范围之内", Form::Outside, "不在"),
            ("我们已移除读取通话记录的功能", Form::Removed, "已移除"),
            ("只有在您按住按钮时我们才会使用麦克风", Form::OnlyThen, "才会"),
            ("不连接手环就不会用到蓝牙", Form::Verb, "不会"),
            ("相机仅在扫码界面打开", Form::OnlyIn, "仅在扫码界面"),
            ("麦克风只在您按住说话时启用", Form::OnlyIn, "只在您按住说话时"),
        ] {
            assert_eq!(found(sentence), [(form, by.to_owned())], "{sentence}");
        }
    }

    #[test]
    fn what_negates_nothing() {
        for sentence in
            ["我们读取通讯录", "您无需授予相机权限也可以浏览", "我们不仅读取通讯录", "您只有登录才能使用相机"]
        {
            assert!(found(sentence).is_empty(), "{sentence}: {:?}", found(sentence));
        }
    }
}
