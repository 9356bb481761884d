//! Several names in one head or cell.

use std::ops::Range;

use super::tidy;
use crate::policy::outline::Span;
use crate::policy::words::Words;

/// Splits a cell or head into the names in it; keeps it whole when the parts are no names.
pub(super) fn split_names(span: &Span, range: Range<usize>, words: &Words, cell: bool) -> Vec<(String, Range<usize>)> {
    let text = &span.folded()[range.clone()];
    let whole = || vec![(tidy(span.source(range.clone())), range.clone())];
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let breaks: Vec<usize> = span
        .normal
        .breaks()
        .iter()
        .map(|&b| b as usize)
        .filter(|b| range.contains(b))
        .map(|b| b - range.start)
        .collect();
    let cut = |from: usize, to: usize, parts: &mut Vec<Range<usize>>| {
        if to > from {
            parts.push(range.start + from..range.start + to);
        }
    };
    for (at, c) in text.char_indices() {
        if depth == 0 && breaks.contains(&at) && at > start {
            cut(start, at, &mut parts);
            start = at;
        }
        match c {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            '、' | ',' | ';' | '/' | '及' | '和' | '与' | '&' if depth == 0 => {
                cut(start, at, &mut parts);
                start = at + c.len_utf8();
            }
            // 友盟+ is a name; between two names the sign joins.
            '+' if depth == 0
                && !span.normal.gap_before(range.start + at + 1)
                && words.names.is_known(&text[start..at])
                && words.names.is_known(&text[at + 1..]) =>
            {
                cut(start, at, &mut parts);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cut(start, text.len(), &mut parts);
    if parts.len() < 2 {
        return whole();
    }
    let written: Vec<String> = parts.iter().map(|r| tidy(span.source(r.clone()))).collect();
    let good = |n: &String| words.says_sdk(n.to_lowercase()) && !words.is_generic(n) || words.names.is_known(n);
    let makers = written.iter().filter(|n| words.is_maker(n)).count();
    // 华为/小米/OPPO推送SDK: what the last one says holds for all.
    if makers >= 2
        && let Some(last) = written.last()
        && let Some(suffix) = words.after_maker(last)
        && !suffix.is_empty()
    {
        return parts
            .iter()
            .zip(&written)
            .map(|(r, n)| {
                let maker = words.maker_of(n).unwrap_or(n);
                (format!("{maker}{}", words.class_suffix_of(suffix)), r.clone())
            })
            .collect();
    }
    let all = written.iter().all(good)
        || (cell && written.iter().all(|n| words.names.holds_known(n) && !words.is_generic(n)));
    let most = cell
        && written.iter().filter(|n| good(n)).count() * 2 >= written.len()
        && written.iter().all(|n| !words.is_generic(n) && n.chars().count() <= 16);
    if all || most {
        let mut named = parts.into_iter().zip(written).map(|(r, n)| (n, r)).collect();
        one_language(&mut named, words);
        return named;
    }
    whole()
}

/// Leaves out the Latin name of a component that stands beside its Chinese one.
fn one_language(named: &mut Vec<(String, Range<usize>)>, words: &Words) {
    let han = |n: &str| n.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let product = |n: &str| words.names.is_product(n).then(|| words.names.resolve(n, "").ids);
    let native: Vec<_> = named.iter().filter(|(n, _)| han(n)).filter_map(|(n, _)| product(n)).collect();
    if !native.is_empty() {
        named.retain(|(n, _)| han(n) || product(n).is_none_or(|ids| !native.contains(&ids)));
    }
}

/// `百度地图（含百度定位SDK）`: components named inside the bracket of another.
pub(super) fn nested_names(span: &Span, range: Range<usize>, words: &Words) -> Vec<(String, Range<usize>)> {
    let text = &span.folded()[range.clone()];
    let Some(open) = text.find('(') else { return Vec::new() };
    let Some(inside) = words.opens_examples(&text[open..]) else { return Vec::new() };
    let from = text.len() - inside.len();
    let to = text[from..].find(')').map_or(text.len(), |c| from + c);
    split_names(span, range.start + from..range.start + to, words, false)
        .into_iter()
        .filter(|(n, _)| words.says_sdk(n.to_lowercase()) && !words.is_generic(n))
        .collect()
}

/// `（内含小米、华为、OPPO厂商通道SDK）` beside the name of a push service: the makers, each with what the bracket says of them.
pub(super) fn channels(span: &Span, words: &Words) -> Vec<(String, Range<usize>)> {
    let text = span.folded();
    for (open, _) in text.match_indices('(') {
        let Some(close) = text[open..].find(')').map(|at| open + at) else { continue };
        let makers = words.makers_in(&span.normal, open..close);
        if makers.len() < 2 || !words.is_maker_class(&text[open..close]) && !words.says_sdk(&text[open..close]) {
            continue;
        }
        let last = makers.iter().map(|r| r.end).max().unwrap_or(close);
        let suffix = words.class_suffix(&text[last..close]);
        return makers
            .into_iter()
            .map(|r| (format!("{}{}", span.source(r.clone()), words.channel(&suffix)), r))
            .collect();
    }
    Vec::new()
}
