//! Outside services that running text names without calling them SDKs.

use std::ops::Range;

use super::Scanner;
use super::prose::Name;
use crate::policy::outline::Span;

impl Scanner<'_> {
    /// Named services without the word SDK.
    pub(super) fn services(&self, span: &Span, sentence: &Range<usize>) -> Vec<Name> {
        let text = span.folded();
        let part = &text[sentence.clone()];
        if !self.words.talks_of_services(part) {
            return Vec::new();
        }
        let mut found = Vec::new();
        // 【支付宝支付、微信支付及银联支付(云闪付)】
        if let Some(open) = part.find('【')
            && let Some(close) = part[open..].find('】')
        {
            let inner = sentence.start + open + '【'.len_utf8()..sentence.start + open + close;
            let names: Vec<Name> =
                self.bracket_parts(span, inner).into_iter().filter(|(n, _)| self.words.names.holds_known(n)).collect();
            if names.len() >= 2 {
                return names;
            }
        }
        // 第三方支付机构（包括支付宝、微信支付及银联等通道）
        for (open, _) in part.match_indices('(') {
            let Some(inside) = self.words.opens_examples(&part[open..]) else { continue };
            if !self.words.talks_of_services(&part[..open]) {
                continue;
            }
            let from = part.len() - inside.len();
            let to = inside.find(')').map_or(part.len(), |at| from + at);
            // Only what they provide: choosing one to log in with is the user's affair.
            let behind = &part[to..];
            if !self.words.providers.is_in(&behind[..behind.find(',').unwrap_or(behind.len())]) {
                continue;
            }
            let names: Vec<Name> = self
                .bracket_parts(span, sentence.start + from..sentence.start + to)
                .into_iter()
                .map(|(_, range)| {
                    // 银联等通道: the brand alone, where the whole is no name.
                    let written = &text[range.clone()];
                    let brand = || self.words.names.brands_in(&span.normal, range.clone()).first().map(|b| b.end);
                    let whole = self.words.names.is_known(written);
                    let end = if whole { range.end } else { brand().unwrap_or(range.end) };
                    let range = range.start..end;
                    (super::tidy(span.source(range.clone())), range)
                })
                .filter(|(n, _)| self.words.names.is_known(n))
                .collect();
            if names.len() >= 2 {
                return names;
            }
        }
        // 由百度地图向您提供
        for (at, by) in part.match_indices('由') {
            let tail = &part[at + by.len()..];
            let Some(end) = self.words.provides(tail) else { continue };
            let name = &tail[..end];
            if self.words.names.is_known(name) && !self.words.is_company(name) {
                let range = sentence.start + at + by.len()..sentence.start + at + by.len() + end;
                found.push((super::tidy(span.source(range.clone())), range));
            }
        }
        // X的第三方服务
        for place in self.words.service_places(part) {
            let place = place.start + sentence.start..place.end + sentence.start;
            let head = &text[sentence.start..place.start];
            let open = head
                .rfind([',', ':', '(', ')', '"', '、', '|'])
                .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
            let candidate = &head[open..];
            let candidate = &candidate[self.words.verb_end(candidate)..];
            let candidate = self.words.strip_prefixes(candidate);
            let name = candidate.trim_end_matches('的');
            if name.len() < candidate.len() && self.words.names.holds_known(name) && self.plausible(name) {
                let from = place.start - candidate.len();
                let range = from..from + name.len();
                found.push((super::tidy(span.source(range.clone())), range));
            }
            // 第三方分析平台 Microsoft AppCenter
            let tail = &text[place.end..sentence.end];
            let length = tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
            if length >= 4 && tail.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) {
                let range = place.end..place.end + length;
                let written = span.source(range.clone());
                if written.chars().next().is_some_and(char::is_uppercase) {
                    found.push((super::tidy(written), range));
                }
            }
        }
        found
    }

    fn bracket_parts(&self, span: &Span, range: Range<usize>) -> Vec<Name> {
        let text = &span.folded()[range.clone()];
        let mut parts = Vec::new();
        let (mut start, mut depth) = (0, 0_usize);
        for (at, c) in text.char_indices() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                '、' | '及' | '和' | '与' | ',' | '/' if depth == 0 => {
                    if at > start {
                        parts.push(range.start + start..range.start + at);
                    }
                    start = at + c.len_utf8();
                }
                _ => {}
            }
        }
        if start < text.len() {
            parts.push(range.start + start..range.end);
        }
        parts.into_iter().map(|r| (super::tidy(span.source(r.clone())), r)).collect()
    }
}
