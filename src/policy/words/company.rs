//! Companies, and who provides what.

use super::Words;
use crate::policy::list::List;

impl Words<'_> {
    /// Whether a text names a company: ends like one, or holds such an ending before a bracket.
    pub(crate) fn is_company(&self, text: &str) -> bool {
        let folded = self.fold(text);
        let folded = if self.spaced() { folded.trim_end_matches(['.', '。']) } else { &folded };
        let head = folded.split(['(', '[', '/', '|', ',', '、']).next().unwrap_or("");
        self.companies.ends(head) || self.companies.ends(folded)
    }

    /// Whether the whole of a text is a company's name, in Chinese or Latin letters.
    pub(crate) fn names_company(&self, text: &str) -> bool {
        let folded = self.fold(text);
        self.is_company(text)
            || self.company_forms.iter().any(|w| folded.ends_with(w.as_str()) && folded.len() > w.len())
    }

    /// Where the first full name of a company in a text ends (有限公司, not 第三方公司).
    pub(crate) fn company_end(&self, text: &str) -> Option<usize> {
        let full = self.companies.words().iter().filter(|c| self.full_companies.contains(*c));
        full.filter_map(|c| text.find(c.as_str()).map(|at| (at, std::cmp::Reverse(at + c.len()))))
            .min()
            .map(|(_, end)| end.0)
    }

    /// Whether a value names nobody in particular (各手机厂商, 开源社区).
    pub(crate) fn is_nobody(&self, folded: &str) -> bool {
        self.nobody.iter().any(|w| folded.contains(w.as_str()))
            && !self.companies.words().iter().any(|c| c.chars().count() > 2 && folded.contains(c.as_str()))
    }

    /// Bytes of words before a company's name that do not belong to it (由, 来自).
    pub(crate) fn before_company(&self, head: &str) -> usize {
        self.before_company.iter().filter_map(|w| head.rfind(w.as_str()).map(|at| at + w.len())).max().unwrap_or(0)
    }

    /// Whether words between a company and a name say that the one is the other's.
    pub(crate) fn joins_company(&self, between: &str) -> bool {
        let between = between.trim_end_matches(['"', '「', '《', '(']);
        self.company_joins.iter().any(|w| w == between)
    }

    /// Whether the words around a company say that it provides what the sentence speaks of.
    pub(crate) fn is_provider_here(&self, before: &str, after: &str) -> bool {
        self.by_words.iter().any(|w| before.ends_with(w.as_str())) || self.providers.begins(after)
    }

    /// Whether a company is said to carry a function of the app (由X公司以组件形式嵌入).
    pub(crate) fn is_carrier(&self, before: &str, after: &str) -> bool {
        let near = after.char_indices().nth(16).map_or(after, |(at, _)| &after[..at]);
        let near = &near[..near.find(['。', ',', ';', '的']).unwrap_or(near.len())];
        self.by_words.iter().any(|w| before.ends_with(w.as_str()))
            && self.carriers.iter().any(|w| near.contains(w.as_str()))
    }

    /// Whether a text ends with a word for an outside partner.
    pub(crate) fn is_outsider(&self, before: &str) -> bool {
        self.outsiders.ends(before)
    }

    /// The company at the head of a component's name (`X公司的YSDK`), and the name without it.
    pub(crate) fn maker_in_name<'t>(&self, name: &'t str) -> (Option<&'t str>, &'t str) {
        for ending in self.companies.words().iter().filter(|e| e.ends_with("公司")) {
            if let Some(at) = name.find(ending.as_str()).filter(|&at| at > 0) {
                let (company, rest) = name.split_at(at + ending.len());
                let rest = rest.trim_start_matches(['的', ' ', '-', '—', '·']);
                let said = self.fold(rest);
                let own = said.chars().count() >= 2
                    && !self.says_sdk_only(&said)
                    && !rest.starts_with([')', '）', '(', '（']);
                return if own { (Some(company), rest) } else { (None, name) };
            }
        }
        (None, name)
    }

    /// Endings of company names, longest first.
    pub(crate) fn company_endings(&self) -> &List {
        &self.companies
    }

    /// A part of a line without the word for provider before the company (提供者示例公司).
    pub(crate) fn without_provider<'t>(&self, part: &'t str) -> &'t str {
        self.operator_labels.strip(part).unwrap_or(part)
    }

    /// Where in `该公司的定位SDK` what the component does begins.
    pub(crate) fn of_that_company(&self, text: &str) -> Option<usize> {
        self.that_company.firsts(text).map(|r| r.end).max()
    }

    /// In `X向您提供…`, where X ends.
    pub(crate) fn provides(&self, text: &str) -> Option<usize> {
        self.provide_phrases.firsts(text).map(|r| r.start).min().filter(|&at| at > 0 && at <= 48)
    }

    /// Whether a folded text says that somebody provides something.
    pub(crate) fn provides_something(&self, text: &str) -> bool {
        self.providers.words().first().is_some_and(|w| text.contains(w.as_str()))
    }
}
