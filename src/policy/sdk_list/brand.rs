//! Known products in running text that say of themselves that they are built in, without the word SDK.
//!
//! A brand alone says nothing (用微信扫一扫). It counts where its sentence builds it in (内嵌, 接入, 用的是), where a word for a component
//! follows it (控件, 组件, 引擎), where its maker stands before it (X公司的Y), where somebody has it do a function (由Y完成), or where it
//! is the one that takes data (Y会收集).

use std::ops::Range;

use super::{Scanner, company};
use crate::catalogue::Cue;
use crate::policy::model::NameMatch;
use crate::policy::outline::Span;
use crate::policy::sentence::Sentence;

/// Characters between a brand and the word for a component behind it.
const BETWEEN: usize = 8;
/// Characters behind a brand that belong to its name whatever they are (小米游戏中心).
const REST: usize = 2;
/// Characters between a brand and the verb of taking behind it.
const MODAL: usize = 6;

impl Scanner<'_> {
    /// The brands of a sentence that are components of the app.
    pub(super) fn brands(&self, span: &Span, sentence: &Sentence) -> Vec<(String, Range<usize>)> {
        let text = span.folded();
        let range = &sentence.range;
        if sentence.has(Cue::UserDuty) || sentence.has(Cue::Define) {
            return Vec::new();
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut last: Option<usize> = None;
        let mut vendor: Option<usize> = None;
        let brands = self.words.names.brands_in(&span.normal, range.clone());
        for (n, brand) in brands.iter().cloned().enumerate() {
            // Inside a name found before, or a word for data (OAID).
            if last.is_some_and(|end| end > brand.start) || self.is_data(span, &brand) {
                continue;
            }
            // 字节跳动的穿山甲: the first is the vendor of the second.
            let next = brands.get(n + 1);
            if next.is_some_and(|next| self.words.joins_company(&text[brand.end..next.start]) && next.start > brand.end)
            {
                vendor.get_or_insert(brand.start);
                continue;
            }
            let before = &text[range.start..vendor.take().unwrap_or(brand.start)];
            let after = &text[brand.end..range.end];
            // A company's own name names no product.
            if self
                .words
                .company_end(after)
                .is_some_and(|end| after[..end].chars().count() <= 14 && !after[..end].contains([',', '、', '(', '的']))
            {
                continue;
            }
            let clause = sentence.clause_of(brand.start);
            if sentence.cues_in(Cue::Negation, &clause).any(|n| n.end <= brand.start)
                || self.words.is_refused(&text[clause.start..brand.start])
            {
                last = None;
                continue;
            }
            let joined = last.is_some_and(|end| self.words.only_joints(&text[end..brand.start]));
            // MCC（移动国家代码）: what a bracket spells out is no component.
            let spelt_out = before.strip_suffix('(').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_alphanumeric()));
            let noun = if spelt_out { None } else { self.component_behind(after) };
            let built = self.words.builds_in(before.trim_end_matches(['"', '「', '[', '《', '(']));
            let made = company::all(span, &(range.start..brand.start), self.words)
                .last()
                .is_some_and(|c| self.words.joins_company(text[c.end..brand.start].trim_matches(['"', '「', '《'])));
            let starts = before.is_empty() || before.ends_with([',', ':', '。', ';', ')']);
            let takes = starts && self.takes(sentence, brand.end, after);
            let carries = self.words.carried_by(before)
                && (self.words.providers.begins(after)
                    || self.words.provides(after).is_some_and(|end| after[..end].chars().count() <= BETWEEN));
            // 推送服务：极光推送；…以SDK方式接入。
            let labelled = before.strip_suffix(':').is_some_and(|head| {
                let head = head.rsplit([',', '。', ';', ':']).next().unwrap_or(head);
                self.words.names.says_function(head) && self.words.is_generic(head)
            }) && self.words.says_sdk(text);
            let announced = before.rfind(':').is_some_and(|colon| {
                before[colon + 1..].is_empty() && self.words.announces_components(&before[..colon])
            });
            let partner = self.words.says_sdk(&text[range.clone()]) && self.words.is_outsider(before);
            // 崩溃上报使用Bugly。
            let used = !self.words.names.is_everyday(&text[brand.clone()])
                && !self.words.names.is_vague(&text[brand.clone()])
                && self.words.uses(before)
                && (after.is_empty() || after.starts_with(['。', ',', ';', '、', '和', '与', '(']));
            if joined || noun.is_some() || built || made || takes || carries || labelled || announced || partner || used
            {
                let end = brand.end + noun.unwrap_or_else(|| self.rest_of_name(after));
                last = Some(end);
                found.push(brand.start..end);
            }
        }
        found.into_iter().map(|r| (super::tidy(span.source(r.clone())), r)).collect()
    }

    /// How much of what follows a brand up to the next joint belongs to its name (小米游戏中心).
    fn rest_of_name(&self, after: &str) -> usize {
        let end = after
            .find(['、', ',', '。', ';', ':', '(', ')', '"', '/', '和', '与', '及', '或', '」', '】', '其'])
            .unwrap_or(after.len());
        let rest = &after[..end];
        let short = rest.chars().count() <= 4 && !rest.is_empty() && self.words.name_stop(rest) == rest.len();
        let name = short
            && rest.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric())
            && !self.words.reads_like_a_sentence(rest)
            && self.words.verb_end(rest) == 0
            && !self.words.is_work(rest)
            && (rest.chars().count() <= REST || self.words.names.is_generic(rest));
        if name { end } else { 0 }
    }

    /// Where the word for a component ends that follows a brand.
    fn component_behind(&self, after: &str) -> Option<usize> {
        let end = self.words.component_end(after)?;
        // Google Analytics等分析工具
        let etc = self.words.etc(after);
        let head = &after[etc..end.max(etc)];
        let quiet =
            !head.contains([',', '。', ':', ';', '、', '(', ')', '"', '的']) && !self.words.reads_like_a_sentence(head);
        (quiet && head.chars().count() <= BETWEEN && self.words.verb_end(head) == 0).then_some(if etc > 0 {
            0
        } else {
            end
        })
    }

    /// Whether a brand is itself the name of a kind of data.
    fn is_data(&self, span: &Span, brand: &Range<usize>) -> bool {
        self.words.data.find(&span.normal, brand.clone()).any(|f| f.range == *brand && !f.values.is_empty())
    }

    /// Whether what follows a brand is a verb of taking.
    fn takes(&self, sentence: &Sentence, from: usize, after: &str) -> bool {
        sentence.cues.iter().any(|c| {
            c.cue == Cue::Gather
                && c.range.start >= from
                && after.get(..c.range.start - from).is_some_and(|between| {
                    between.chars().count() <= MODAL && !between.contains([',', '、', '的', '(', ')', ':', '/'])
                })
        })
    }

    /// `由北京旷视科技有限公司以组件形式嵌入`: a company that builds something in and names no product is known by its brand.
    pub(super) fn companies_built_in(&self, span: &Span, sentence: &Sentence) -> Vec<(String, Range<usize>)> {
        let text = span.folded();
        company::all(span, &sentence.range, self.words)
            .into_iter()
            .filter_map(|company| {
                let before = &text[sentence.range.start..company.start];
                let after = &text[company.end..sentence.range.end];
                if !self.words.is_carrier(before, after) {
                    return None;
                }
                let brand = self.words.names.brands_in(&span.normal, company.clone()).into_iter().next()?;
                // A vendor of many things provides a component only where the sentence says so.
                let resolution = self.words.names.resolve(&text[brand.clone()], &text[sentence.range.clone()]);
                if !matches!(resolution.matched, NameMatch::Product) && self.words.component_end(after).is_none() {
                    return None;
                }
                Some((super::tidy(span.source(brand.clone())), brand))
            })
            .collect()
    }
}
