//! Whether a negated clause denies that the app takes something. Much else is negated in policies: what users must not do, what is
//! shared, what is done with the data, what does not work without a permission, what concerns children.

use std::ops::Range;

use super::super::judge::Word;
use super::clause::{Form, Negated};
use crate::catalogue::Cue;

impl Negated<'_> {
    /// Whether the clause denies that the app takes something.
    pub(super) fn is_of_taking(&self) -> bool {
        let takes = self.takes();
        let uses = self.form == Form::Needless || self.has_verb(Cue::Access) || self.asks();
        (takes || uses)
            && !self.is_irrelevant()
            && !self.is_of_others()
            && !self.is_after_the_end()
            && !self.is_of_passing_on()
            && !self.is_of_a_purpose()
            && !self.is_what_fails()
            && !self.is_for_the_user()
    }

    /// Whether asking for a grant is denied, not asking whether the user agrees.
    fn asks(&self) -> bool {
        let (scope, lists) = (&self.text[self.scope()], &self.words.denial);
        self.has_verb(Cue::Ask) && (!lists.asking.is_in(scope) || lists.requests.is_in(scope))
    }

    /// 与服务无关的信息 is nothing in particular; 通讯录、短信等与影像无关的权限 names what is meant. 默认不开启 may be opened.
    fn is_irrelevant(&self) -> bool {
        let irrelevant = self.sentence.cues_in(Cue::Irrelevant, &self.clause).map(|c| c.start).min();
        let named =
            |at: usize| self.named.iter().any(|w| !w.weak && self.negation.end <= w.range.start && w.range.end <= at);
        irrelevant.is_some_and(|at| !named(at))
            || self.words.denial.by_default.is_in(&self.text[self.lead()])
            || self.is_for_want_of_need()
    }

    /// 不会在功能不需要时收集: nothing is denied of what the app needs.
    fn is_for_want_of_need(&self) -> bool {
        let lists = &self.words.denial;
        let idle = |part: &str| {
            lists.needless.places(part).any(|n| {
                let scene = lists.scenes.places(&part[n.end..]).map(|s| s.start).min();
                scene.is_some_and(|at| self.words.length(&part[n.end..n.end + at]) <= IDLE)
            })
        };
        idle(&self.text[self.clause.clone()])
            || self.clauses_before().next_back().is_some_and(|c| idle(&self.text[c.clone()]))
    }

    /// What users must not do, how they undo a grant, and children.
    fn is_of_others(&self) -> bool {
        let sentence = self.sentence;
        let lists = &self.words.denial;
        let named =
            |at: usize| self.named.iter().any(|w| !w.weak && self.negation.end <= w.range.start && w.range.end <= at);
        // 未满14周岁的儿童，…: a clause that ends with them, or their data.
        let children =
            lists.minors.first(&self.text[self.clause.clone()]).is_some_and(|c| !named(self.clause.start + c.start))
                || self.clauses_before().any(|c| {
                    let part = &self.text[c.clone()];
                    lists.minors.last_end(part).is_some_and(|end| self.words.length(&part[end..]) <= CHILDREN)
                });
        let lead = self.text[self.lead()].trim_end_matches(' ');
        sentence.has(Cue::SettingsPath) && !self.is_switched_off()
            || self.is_of_what_is_unrelated()
            || sentence.cues_in(Cue::Withdraw, &self.clause).any(|w| w.start < self.negation.start)
                && !self.is_switched_off()
            || sentence.cues.iter().any(|c| c.cue == Cue::UserDuty && c.range.start <= self.negation.start)
            || children
            || lists.bystanders.ends(lead)
    }

    /// 您的短信与我们无关，我们亦不会索取.
    fn is_of_what_is_unrelated(&self) -> bool {
        let names = |c: &Range<usize>| self.named.iter().any(|w| c.contains(&w.range.start));
        !names(&self.clause)
            && !self.words.refers_back(&self.text[self.scope()])
            && self.clauses_before().next_back().is_some_and(|c| names(c) && self.sentence.has_in(Cue::Unrelated, c))
    }

    /// What is no longer done once the user has gone or has switched it off.
    fn is_after_the_end(&self) -> bool {
        self.sentence.has(Cue::Stop) || self.is_ended() && !self.is_switched_off()
    }

    fn is_ended(&self) -> bool {
        let before = &self.text[self.sentence.range.start..self.negation.start];
        self.words.ends_after(before, &self.text[self.negation.clone()])
    }

    /// 您关闭“同城展示”后不再获取位置: a switch of the app, not a permission withdrawn.
    pub(super) fn is_switched_off(&self) -> bool {
        let before = &self.text[self.sentence.range.start..self.negation.start];
        let withdrawn = self.words.permission_at(before).is_some() || self.words.gives_consent(before);
        let object = |w: &Word| !w.weak && self.behind().contains(&w.range.start);
        self.is_ended() && !withdrawn && self.words.speaks_of_consent(before) && self.named.iter().any(object)
    }

    /// Passing on, not collecting: the first verb behind the negation decides.
    fn is_of_passing_on(&self) -> bool {
        let shares = self.first(Cue::ShareVerb);
        if shares == usize::MAX {
            return false;
        }
        let passed_on = self.words.takes_object_first(&self.text[self.behind()]);
        (shares < self.first(Cue::Collect) || passed_on) && !self.keeps() || !self.takes()
    }

    /// We do not use contacts for marketing, 不会利用人脸信息进行画像: a purpose is denied, not the use.
    fn is_of_a_purpose(&self) -> bool {
        if self.form != Form::Verb {
            return false;
        }
        let accessed = |at: usize| self.sentence.cues_in(Cue::Access, &self.scope()).any(|c| c.start == at);
        let taken = self.keeps() || self.sentence.cues_in(Cue::Collect, &self.scope()).any(|c| !accessed(c.start));
        if taken {
            return false;
        }
        if self.words.spaced() {
            return self.words.purpose_inside(&self.text[self.behind()]).is_some();
        }
        self.named.iter().filter(|w| self.behind().contains(&w.range.start)).any(|w| {
            let tail = &self.text[w.range.end..self.clause.end];
            self.words.denial.done_with.begins(self.words.without_data_noun(tail))
        })
    }

    /// 如您未授权…，我们无法识别; you cannot scan: what does not work without a permission.
    fn is_what_fails(&self) -> bool {
        let unable = self.words.denial.unable.begins(&self.text[self.negation.start..]);
        let users = self.words.ends_with_user(&self.text[self.lead()]);
        unable && (users || self.refusals().any(|r| r.start < self.negation.start))
    }

    /// 不会保存到相册, 不会显示您的位置: what the user gets.
    fn is_for_the_user(&self) -> bool {
        let behind = self.text[self.behind()].trim_start_matches(' ');
        let shown = self.words.denial.shown.begins(behind) && !self.takes();
        let within = |w: &&Word| self.words.denial.shown.is_in(&self.text[w.range.clone()]);
        shown && !self.named.iter().filter(|w| self.behind().contains(&w.range.start)).any(|w| within(&w))
            || self.named.iter().any(|w| self.is_target(w) && !self.turned(w))
    }

    /// Whether a word is where something ends up or what it turns into (保存到相册, 保存为照片), not what is kept.
    pub(super) fn is_target(&self, word: &Word) -> bool {
        if !self.keeps() || !self.behind().contains(&word.range.start) {
            return false;
        }
        let before = &self.text[self.negation.end..word.range.start];
        let lists = &self.words.denial;
        let Some(end) = lists.into.last_end(before).max(lists.turned.last_end(before)) else { return false };
        let gap = self.negation.end + end..word.range.start;
        self.words.length(&self.text[gap.clone()]) <= TARGET
            && self.words.keeps(&before[..end])
            && !self.sentence.has_in(Cue::Collect, &gap)
            && !self.words.keeps(&self.text[gap])
    }

    fn turned(&self, word: &Word) -> bool {
        self.words.denial.turned.ends(&self.text[self.negation.end..word.range.start])
    }
}

/// Characters behind a word for children at the end of a clause.
const CHILDREN: usize = 4;

/// Characters between a word that denies a need and the word for the time it holds for.
const IDLE: usize = 2;

/// Characters between a word for where something ends up and the name of that place.
const TARGET: usize = 4;

#[cfg(test)]
mod tests {
    use super::super::clause::tests::negated;

    fn takings(sentence: &str) -> usize {
        negated(sentence, |n| n.is_of_taking()).into_iter().filter(|&taking| taking).count()
    }

    #[test]
    fn the_app_takes_nothing() {
        for sentence in
            ["我们不会读取通讯录", "通讯录不会上传", "我们不会申请相机权限", "您关闭“同城”后我们不再获取位置信息"]
        {
            assert_eq!(takings(sentence), 1, "{sentence}");
        }
    }

    #[test]
    fn somebody_else_or_something_else_is_meant() {
        for sentence in [
            "您不得使用相机拍摄他人",
            "系统不会使用麦克风",
            "我们不会向第三方共享通讯录",
            "我们不会利用通讯录进行营销",
            "未满14周岁的儿童，我们不会读取通讯录",
            "相机权限默认不开启",
            "您关闭相机权限后我们不再使用相机",
            "我们不会就相机权限询问您",
            "如您未授权，我们无法读取通讯录",
            "我们也不会在相关功能不需要时读取通讯录",
        ] {
            assert_eq!(takings(sentence), 0, "{sentence}");
        }
    }
}
