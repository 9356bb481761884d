//! What single words signal in a sentence, and what they signal together.
//!
//! The lists hold words; negation is put together here, since every verb can be negated: a negating particle, small words, a
//! verb (`概不` `会去` `翻阅`). So is refusal: a word for the user, or one for if, and a negating particle (`若您选择不`).

use std::ops::Range;

use super::normal::Normal;
use super::word_list::WordList;
use crate::catalogue::{Cue, Language};

/// A cue found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CueAt {
    /// Which.
    pub cue: Cue,
    /// Byte range in the folded text.
    pub range: Range<usize>,
}

/// The parts negations and refusals are put together from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// 不, 未, 没有, 概不.
    Negator,
    /// Stands between a negator and its verb: 会, 主动, 在后台.
    Adverb,
    /// A verb of taking, under a negation only: 看, 碰, 翻.
    Take,
    /// A verb of keeping or sending away, under a negation only: 存, 外传.
    Keep,
    /// Negates what the user may do, not what the app does: 拒绝, 不愿.
    Refuser,
    /// 您, 用户.
    User,
    /// 如, 若, 当.
    If,
    /// Stands between the user and the negator: 选择, 暂.
    Chooses,
    /// What a verb of getting gets when it takes no data: 同意, 授权.
    Consent,
    /// Hides a negator inside it: 不同的, 不仅.
    NotOne,
    /// Hides the verb of a definition: 指纹.
    NotDefine,
}

/// Small words between a negator and its verb at most.
const ADVERBS: usize = 5;

/// Every cue word, and the parts.
#[derive(Debug)]
pub(crate) struct Cues {
    words: WordList<Cue>,
    parts: WordList<Part>,
}

impl Cues {
    /// The cues of a language, folded by `fold`.
    pub(crate) fn new(language: &Language, fold: impl Fn(&str) -> String) -> Self {
        let mut cues = Vec::new();
        for (&cue, words) in &language.cues {
            cues.extend(words.iter().map(|w| (fold(w), Some(cue))));
        }
        let n = &language.negation;
        let mut parts = Vec::new();
        for (words, part) in [
            (&n.negators, Part::Negator),
            (&n.adverbs, Part::Adverb),
            (&n.takes, Part::Take),
            (&n.keeps, Part::Keep),
            (&n.refusers, Part::Refuser),
            (&n.users, Part::User),
            (&n.ifs, Part::If),
            (&n.chooses, Part::Chooses),
            (&n.consents, Part::Consent),
            (&n.not_negators, Part::NotOne),
            (&n.not_defines, Part::NotDefine),
        ] {
            parts.extend(words.iter().map(|w| (fold(w), Some(part))));
        }
        Self { words: WordList::new(cues), parts: WordList::new(parts) }
    }

    /// Every cue in a part of `text`, overlapping ones too, in order.
    pub(crate) fn find(&self, text: &Normal, within: Range<usize>) -> Vec<CueAt> {
        let mut found: Vec<CueAt> = self
            .words
            .all(text.text(), within.clone())
            .flat_map(|(range, word)| {
                self.words.values(word).iter().map(move |&cue| CueAt { cue, range: range.clone() })
            })
            .filter(|c| text.whole_word(&c.range))
            .collect();
        // No audio is recorded: the determiner denies where what is done follows in its clause.
        let done: Vec<usize> = found.iter().filter(|c| c.cue == Cue::Done).map(|c| c.range.start).collect();
        for none in found.iter_mut().filter(|c| c.cue == Cue::Nil) {
            let behind = done.iter().copied().find(|&at| at >= none.range.end);
            if behind.is_some_and(|at| !text.text()[none.range.end..at].contains([',', '。', ';', ':'])) {
                none.cue = Cue::Negation;
            }
        }
        // 为您提供: nobody gives anything to the app.
        let offers: Vec<Range<usize>> = found.iter().filter(|c| c.cue == Cue::Offer).map(|c| c.range.clone()).collect();
        found
            .retain(|c| c.cue != Cue::Give || !offers.iter().any(|o| o.start <= c.range.start && c.range.end <= o.end));
        // 取得您的同意: no data is taken.
        found.retain(|c| {
            !matches!(c.cue, Cue::Collect | Cue::Gather) || !self.gets_consent(&text.text()[c.range.end..within.end])
        });
        // 支付：指纹: 指 is no verb there.
        found.retain(|c| c.cue != Cue::Define || !self.cut_short(&text.text()[..within.end], &c.range));
        let put_together = self.put_together(text.text(), within, &found);
        found.extend(put_together);
        found.sort_by_key(|c| (c.range.start, c.range.end));
        found
    }

    /// The part a text begins with, with its length.
    fn part(&self, text: &str, wanted: &[Part]) -> Option<(Part, usize)> {
        self.parts.starting(text).find_map(|word| {
            let part = self.parts.values(word).iter().find(|p| wanted.contains(p))?;
            Some((*part, self.parts.word(word).len()))
        })
    }

    /// Whether the last character of a cue begins a word of its own.
    fn cut_short(&self, text: &str, cue: &Range<usize>) -> bool {
        let last = text[cue.clone()].chars().next_back().map_or(0, char::len_utf8);
        self.part(&text[cue.end - last..], &[Part::NotDefine]).is_some()
    }

    fn gets_consent(&self, mut tail: &str) -> bool {
        while let Some((part, length)) = self.part(tail, &[Part::Consent, Part::User, Part::Adverb]) {
            if part == Part::Consent {
                return true;
            }
            tail = &tail[length..];
        }
        false
    }

    /// Negations and refusals.
    fn put_together(&self, text: &str, within: Range<usize>, words: &[CueAt]) -> Vec<CueAt> {
        let mut found = Vec::new();
        // Where the user, or if, stands right before.
        let mut condition: Option<Range<usize>> = None;
        let mut at = within.start;
        while at < within.end {
            let rest = &text[at..within.end];
            let step = rest.chars().next().map_or(1, char::len_utf8);
            let Some((part, length)) =
                self.part(rest, &[Part::NotOne, Part::Negator, Part::Refuser, Part::User, Part::If, Part::Chooses])
            else {
                condition = None;
                at += step;
                continue;
            };
            let end = at + length;
            match part {
                Part::User | Part::If => condition = Some(condition.map_or(at, |c| c.start)..end),
                Part::Chooses => {}
                Part::Negator => match condition.take() {
                    Some(c) => found.push(CueAt { cue: Cue::Refusal, range: c.start..end }),
                    None => self.negation(text, at..end, within.end, words, &mut found),
                },
                Part::Refuser => {
                    found.extend(condition.take().map(|c| CueAt { cue: Cue::Refusal, range: c.start..end }))
                }
                _ => condition = None,
            }
            at = end;
        }
        found
    }

    /// Whether a text begins with what the user may choose (如您选择…).
    pub(crate) fn leaves_a_choice(&self, text: &str) -> bool {
        let Some((_, case)) = self.part(text, &[Part::If]) else { return false };
        let user = self.part(&text[case..], &[Part::User]).map_or(0, |(_, length)| length);
        user > 0 && self.part(&text[case + user..], &[Part::Chooses]).is_some()
    }

    /// Whether a text holds a word for the user or for consent.
    pub(crate) fn speaks_of_consent(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.part(&text[at..], &[Part::User, Part::Consent]).is_some())
    }

    /// Whether a text holds a word for consent.
    pub(crate) fn gives_consent(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| self.part(&text[at..], &[Part::Consent]).is_some())
    }

    /// Whether a text holds a negating particle that no word for the user or for if stands before.
    pub(crate) fn negates(&self, text: &str) -> bool {
        let mut at = 0;
        let mut conditional = false;
        while at < text.len() {
            let step = text[at..].chars().next().map_or(1, char::len_utf8);
            match self.part(&text[at..], &[Part::NotOne, Part::Negator, Part::User, Part::If, Part::Chooses]) {
                Some((Part::Negator, _)) if !conditional => return true,
                Some((Part::User | Part::If, length)) => {
                    conditional = true;
                    at += length;
                }
                Some((Part::Chooses, length)) => at += length,
                Some((_, length)) => {
                    conditional = false;
                    at += length;
                }
                None => {
                    conditional = false;
                    at += step;
                }
            }
        }
        false
    }

    /// The negation a negator begins, when a verb of taking follows it.
    fn negation(&self, text: &str, negator: Range<usize>, end: usize, words: &[CueAt], found: &mut Vec<CueAt>) {
        let mut at = negator.end;
        for _ in 0..=ADVERBS {
            let taking = |c: &&CueAt| c.range.start == at && matches!(c.cue, Cue::Collect | Cue::Access);
            let taken = words.iter().filter(taking).map(|c| c.range.len()).max();
            // 不写入磁盘: keeping, although 写入 alone is taking.
            let kept = taken.and_then(|_| self.part(&text[at..end], &[Part::Keep])).filter(|&(_, k)| Some(k) > taken);
            if taken.is_some() {
                found.push(CueAt { cue: Cue::Negation, range: negator.start..at });
                found.extend(kept.map(|(_, length)| CueAt { cue: Cue::Keep, range: at..at + length }));
                return;
            }
            match self.part(&text[at..end], &[Part::Take, Part::Keep, Part::Adverb]) {
                Some((verb @ (Part::Take | Part::Keep), length)) => {
                    found.push(CueAt { cue: Cue::Negation, range: negator.start..at });
                    let cue = if verb == Part::Take { Cue::Collect } else { Cue::Keep };
                    found.push(CueAt { cue, range: at..at + length });
                    return;
                }
                Some((_, length)) => at += length,
                None => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Locale;
    use crate::policy::normal::fold;

    fn cues(text: &str) -> Vec<(Cue, String)> {
        let normal = Normal::new(text);
        let found = Cues::new(Language::of(Locale::Zh), fold).find(&normal, 0..normal.text().len());
        found.into_iter().map(|c| (c.cue, normal.text()[c.range].to_owned())).collect()
    }

    fn has(text: &str, cue: Cue) -> bool {
        cues(text).iter().any(|(c, _)| *c == cue)
    }

    #[test]
    fn any_verb_of_taking_can_be_negated() {
        for text in
            ["我们概不翻阅其他短信", "App不碰您的短信", "绝不会在后台偷偷录制", "未曾读取过", "没有主动去查通讯录"]
        {
            assert!(has(text, Cue::Negation), "{text}: {:?}", cues(text));
        }
        for text in ["我们会不断收集", "不同的设备", "不仅收集手机号", "包括但不限于读取"] {
            assert!(!has(text, Cue::Negation), "{text}: {:?}", cues(text));
        }
    }

    #[test]
    fn what_the_user_does_not_do_is_a_refusal() {
        for text in ["您不点“同城”", "如您选择不开启", "用户没有授权的", "若不启用该功能"]
        {
            assert!(has(text, Cue::Refusal), "{text}: {:?}", cues(text));
            assert!(!has(text, Cue::Negation) || text.contains("授权"), "{text}: {:?}", cues(text));
        }
        assert!(!has("您不仅可以查看", Cue::Refusal));
    }

    #[test]
    fn getting_consent_takes_nothing() {
        assert!(!has("获得您的明确同意后", Cue::Collect));
        assert!(has("获得您的位置", Cue::Collect));
    }
}
