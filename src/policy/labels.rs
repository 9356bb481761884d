//! Heads of columns and of labelled lines: what they say stands below or behind them.
//!
//! Policies write such heads in hundreds of ways (收集的字段, 提供机构, 会拿), so that beside the list of known ones a head is understood
//! that is put together of the words such heads are made of.

use std::collections::HashMap;

use super::word_list::WordList;
use crate::catalogue::{Label, Language};

/// Characters a composed head has at most.
const COMPOSED: usize = 14;

/// Every label, so that one alone can be lent as a slice.
const EACH: [Label; 10] = [
    Label::Name,
    Label::Company,
    Label::Purpose,
    Label::Data,
    Label::Permission,
    Label::Link,
    Label::Package,
    Label::Platform,
    Label::Way,
    Label::Index,
];

/// What a word says inside a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing.
    Around,
    /// A verb of taking: alone it means data (会拿), before a core nothing.
    Taking,
    /// What the head is about; the last one decides.
    Core(Label),
}

/// The heads the lexicon knows and the words others are made of.
#[derive(Debug)]
pub(crate) struct Labels {
    exact: HashMap<String, Vec<Label>>,
    endings: Vec<(Label, String)>,
    name_endings: Vec<String>,
    parts: WordList<Part>,
}

/// A head without the marks around it.
pub(crate) fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| {
        matches!(c, ':' | '*' | '#' | '"' | '(' | ')' | '【' | '】' | '[' | ']' | '、' | '-' | '.' | ';' | '/')
    })
}

impl Labels {
    /// The heads of a language, folded by `fold`.
    pub(crate) fn new(language: &Language, fold: impl Fn(&str) -> String) -> Self {
        let mut exact: HashMap<String, Vec<Label>> = HashMap::new();
        for (&label, words) in &language.labels {
            for word in words {
                exact.entry(fold(word)).or_default().push(label);
            }
        }
        let words = &language.label_parts;
        let mut parts: Vec<(String, Option<Part>)> = Vec::new();
        parts.extend(words.around.iter().map(|w| (fold(w), Some(Part::Around))));
        parts.extend(words.taking.iter().map(|w| (fold(w), Some(Part::Taking))));
        for (&label, cores) in &words.cores {
            parts.extend(cores.iter().map(|w| (fold(w), Some(Part::Core(label)))));
        }
        Self {
            exact,
            endings: language.names.column_endings.iter().map(|(l, w)| (*l, fold(w))).collect(),
            name_endings: language.names.name_label_endings.iter().map(|w| fold(w)).collect(),
            parts: WordList::new(parts),
        }
    }

    /// What a head of the lists means, the most telling first.
    pub(crate) fn exact(&self, text: &str) -> &[Label] {
        self.exact.get(text).map_or(&[], Vec::as_slice)
    }

    /// Whether a head ends like one over names.
    pub(crate) fn ends_like_a_name(&self, text: &str) -> bool {
        self.name_endings.iter().any(|w| text.ends_with(w.as_str()))
    }

    /// What a head holds by its last word.
    pub(crate) fn by_ending(&self, text: &str) -> Option<Label> {
        self.endings.iter().find(|(_, w)| text.ends_with(w.as_str())).map(|&(label, _)| label)
    }

    /// What a head means that is made of nothing but the words heads are made of.
    pub(crate) fn composed(&self, text: &str) -> &'static [Label] {
        if !(2..=COMPOSED).contains(&text.chars().count()) {
            return &[];
        }
        // For each place how it was first reached: the last core so far, and whether a verb of taking stood before.
        let mut reached: Vec<Option<(Option<Label>, bool)>> = vec![None; text.len() + 1];
        reached[0] = Some((None, false));
        let mut words: Vec<_> = self.parts.all(text, 0..text.len()).collect();
        words.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        for (range, word) in words {
            let Some((core, taking)) = reached[range.start] else { continue };
            if reached[range.end].is_some() {
                continue;
            }
            reached[range.end] = match self.parts.values(word).first() {
                Some(Part::Core(label)) => Some((Some(*label), taking)),
                Some(Part::Taking) => Some((core, true)),
                Some(Part::Around) => Some((core, taking)),
                None => None,
            };
        }
        let label = match reached[text.len()] {
            Some((Some(label), _)) => label,
            Some((None, true)) => Label::Data,
            _ => return &[],
        };
        EACH.iter().position(|&l| l == label).map_or(&[], |at| &EACH[at..=at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Locale;
    use crate::policy::normal::fold;

    #[test]
    fn heads_nobody_listed_are_understood_by_their_words() {
        let labels = Labels::new(Language::of(Locale::Zh), fold);
        let meaning = |text: &str| labels.composed(text).first().copied();
        for (text, label) in [
            ("收集的字段", Label::Data),
            ("会拿", Label::Data),
            ("会取得的资料", Label::Data),
            ("所处理的信息项", Label::Data),
            ("提供机构", Label::Company),
            ("所属厂家", Label::Company),
            ("出品公司", Label::Company),
            ("干什么用", Label::Purpose),
            ("接入原因", Label::Purpose),
            ("所涉业务", Label::Purpose),
            ("插件名", Label::Name),
            ("需要的系统权限", Label::Permission),
        ] {
            assert_eq!(meaning(text), Some(label), "{text}");
        }
        for text in ["友盟", "我们收集的信息", "推送", "安全保障", "信息安全", "会员"] {
            assert_eq!(meaning(text), None, "{text}");
        }
    }
}
