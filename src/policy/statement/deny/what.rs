//! What a negation reaches: what stands behind its verb, what stands before it, or what was spoken of last.

use std::ops::Range;

use super::super::judge::Word;
use super::clause::{Form, Negated};
use crate::catalogue::Cue;
use crate::policy::sentence::Sentence;
use crate::policy::words::Words;

/// What a negation reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach {
    pub scope: Range<usize>,
    /// It speaks of what was named before (以上信息).
    pub anaphor: bool,
    /// Only of what is left of it (其余条目).
    pub rest: bool,
}

/// Characters beside its members that an enumeration may hold.
const ENUMERATION_REST: usize = 6;

/// Characters beside nouns that a clause of nothing but nouns may hold.
const NOUN_REST: usize = 2;

/// Characters behind the negation of a clause that names nothing.
const BARE: usize = 10;

/// Characters before the negation of such a clause.
const SUBJECT: usize = 8;

impl Negated<'_> {
    /// What the negation reaches, when it reaches anything.
    pub(super) fn reach(&self, conditional: bool) -> Option<Reach> {
        let (text, scope) = (self.text, self.scope());
        let refers_back = self.words.refers_back(&text[scope.clone()]);
        let object = |w: &&Word| !self.is_target(w);
        let objects = self.named.iter().filter(object).any(|w| scope.contains(&w.range.start));
        // The object may stand before the negation: 原始的传感器数据不会上传, 录音保存在手机里，不会上传.
        let fronted =
            self.named.iter().any(|w| self.clause.contains(&w.range.start) && w.range.end <= self.negation.start);
        let bare = self.words.length(&text[self.behind()]) <= BARE;
        // 通讯录、短信、日历，我们一概不收集: the clause before is nothing but the objects.
        let listed = (!objects && !refers_back && !fronted && bare).then(|| self.enumeration_before()).flatten();
        let (scope, fronted) = match listed {
            Some(start) => (start..self.clause.end, true),
            None if !objects && !refers_back && fronted => (self.nouns_before()..self.clause.end, fronted),
            None => (scope, fronted),
        };
        let rests = !fronted && self.words.speaks_of_the_rest(&text[self.clause.clone()]);
        let others = rests && !objects;
        // 不会读取短信，不会读取其他应用的内容: nothing of what was denied before is left.
        let telling = self.named.iter().any(|w| scope.contains(&w.range.start) && !w.weak);
        if rests && !telling && self.denied_before() {
            return None;
        }
        // 其余条目不会读取: of what was named before only that much is taken.
        // 我们只统计时长，不会读取聊天内容: nor is anything beside it.
        let beside = self.form == Form::Verb && self.takes() && self.only_so_much_before();
        let rest = others || !objects && !fronted && beside;
        // 你不参加活动，就不会读取: what was spoken of, on a condition.
        let alone = !objects && !fronted && bare;
        let plain = self.form == Form::Verb && self.words.length(&text[self.lead()]) <= SUBJECT && self.named_before();
        let anaphor = refers_back || rest || alone && (self.keeps() || conditional || plain);
        // 保存为照片: what it turns into is not what is denied.
        let target = self.named.iter().find(|w| self.is_target(w)).map_or(scope.end, |w| w.range.start);
        let target = target.min(self.taken_in_bracket(&scope).unwrap_or(target));
        (anaphor || objects || fronted).then_some(Reach { scope: scope.start..target, anaphor, rest })
    }

    /// Where a bracket opens that says what is taken (不会收集位置（坐标仅从照片中提取）).
    fn taken_in_bracket(&self, scope: &Range<usize>) -> Option<usize> {
        let tail = self.text.get(self.negation.end.max(scope.start)..scope.end)?;
        let open = scope.end - tail.len() + tail.find('(')?;
        let inside = &self.text[open..scope.end];
        let last = inside.find(')').is_none_or(|close| open + close + 1 >= scope.end);
        let cue = |cue: Cue, from: usize, to: usize| {
            self.sentence.cues.iter().any(|c| c.cue == cue && c.range.start > from && c.range.end <= to)
        };
        let verb = self.sentence.cues.iter().find(|c| c.cue == Cue::Collect && c.range.start > open + 1);
        let taken = verb.is_some_and(|v| v.range.end <= scope.end && !cue(Cue::Negation, open, v.range.start));
        (taken && last && self.words.opens_examples(inside).is_none()).then_some(open)
    }

    /// Whether the sentence named something before this clause.
    fn named_before(&self) -> bool {
        self.named.iter().any(|w| w.range.end <= self.clause.start)
    }

    /// Whether the clause that named something last denies it.
    fn denied_before(&self) -> bool {
        let names = |c: &&Range<usize>| self.named.iter().any(|w| c.contains(&w.range.start));
        self.clauses_before().rev().find(names).is_some_and(|c| self.sentence.has_in(Cue::Negation, c))
    }

    /// Where the objects begin that stand before the negation, clauses that are nothing but such nouns included
    /// (通讯录，短信等信息我们不会读取).
    fn nouns_before(&self) -> usize {
        let mut start = self.clause.start;
        for clause in self.clauses_before().rev() {
            let mut at = clause.start;
            let mut between = String::new();
            for word in self.named.iter().filter(|w| clause.start <= w.range.start && w.range.end <= clause.end) {
                between.push_str(self.text.get(at..word.range.start).unwrap_or_default());
                at = at.max(word.range.end);
            }
            between.push_str(&self.text[at.min(clause.end)..clause.end]);
            let others = between.chars().filter(|c| c.is_alphanumeric()).count();
            if at == clause.start || others > NOUN_REST {
                break;
            }
            start = clause.start;
        }
        start
    }

    /// Whether a clause before says that only so much is taken.
    fn only_so_much_before(&self) -> bool {
        self.clauses_before().next_back().is_some_and(|c| {
            let takes = self.sentence.has_in(Cue::Collect, c) || self.sentence.has_in(Cue::Access, c);
            takes && self.words.only(&self.text[c.clone()])
        })
    }

    /// Where the enumeration begins that the clauses right before this one are.
    fn enumeration_before(&self) -> Option<usize> {
        let before = self.clauses_before().next_back()?;
        let start = before.start + self.text[before.clone()].rfind(':').map_or(0, |at| at + 1);
        let mut held = 0;
        let mut at = start;
        let mut between = String::new();
        for word in self.named.iter().filter(|w| start <= w.range.start && w.range.end <= before.end) {
            held += 1;
            between.push_str(self.text.get(at..word.range.start).unwrap_or_default());
            at = at.max(word.range.end);
        }
        between.push_str(&self.text[at.min(before.end)..before.end]);
        let others = between.chars().filter(|c| c.is_alphanumeric()).count();
        // 没有被您选中的照片，我们不会获取: a clause that is a noun.
        let noun = self.named.iter().any(|w| w.range.end == before.end && before.contains(&w.range.start))
            && self.words.negates(&self.text[before.clone()])
            && Self::find(self.words, self.text, self.sentence, self.named, before).is_none();
        (held > 1 && others <= ENUMERATION_REST || noun).then_some(start)
    }
}

/// The words of a sentence without those that are verbs of keeping there (不采集也不存储).
pub(super) fn without_verbs(words: &Words, text: &str, sentence: &Sentence, named: &[Word]) -> Vec<Word> {
    let kept = |w: &Word| {
        sentence.cues.iter().any(|c| c.cue == Cue::Keep && c.range.start == w.range.start && c.range.end >= w.range.end)
    };
    let joined = |w: &Word| {
        sentence.cues.iter().filter(|c| c.cue == Cue::Collect).any(|c| {
            text.get(c.range.end..w.range.start)
                .is_some_and(|joint| !joint.is_empty() && words.length(joint) <= 2 && words.begins_and(joint))
        })
    };
    let verb = |w: &Word| kept(w) || words.keeps(&text[w.range.clone()]) && joined(w);
    named.iter().filter(|w| !verb(w)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::super::clause::tests::negated;

    /// What each negation of a sentence reaches; `…` where it speaks of what was named before.
    fn reached(sentence: &str) -> Vec<String> {
        negated(sentence, |n| {
            let reach = n.reach(false);
            reach.map(|r| if r.anaphor { "…".to_owned() } else { n.text[r.scope].to_owned() })
        })
        .into_iter()
        .flatten()
        .collect()
    }

    #[test]
    fn behind_before_or_named_last() {
        assert_eq!(reached("我们不会读取通讯录"), ["不会读取通讯录"]);
        assert_eq!(reached("通讯录不会被读取"), ["通讯录不会被读取"]);
        assert_eq!(reached("通讯录、日历，我们不会读取"), ["通讯录、日历,我们不会读取"]);
        assert_eq!(reached("且通讯录，日历等内容我们不会读取"), ["且通讯录,日历等内容我们不会读取"]);
        assert_eq!(reached("不会读取通讯录，也不会查看其他应用的内容"), ["不会读取通讯录"]);
        assert_eq!(reached("不会收集您的位置（坐标只在您拍摄时读取照片得到，不上传）"), ["不会收集您的位置"]);
        assert_eq!(reached("我们读取通讯录，不会上传"), ["…"]);
        assert_eq!(reached("我们只读取通讯录，不会读取聊天的文字和别的东西"), ["…"]);
    }

    #[test]
    fn where_something_ends_up_is_not_reached() {
        assert_eq!(reached("摄像头画面不会保存为照片"), ["摄像头画面不会保存为"]);
        assert!(reached("我们不会浪费您的时间").is_empty());
    }
}
