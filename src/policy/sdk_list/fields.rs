//! `使用目的：…`: labelled values inside a block.

use std::ops::Range;

use crate::catalogue::{Cue, Label};
use crate::policy::outline::Span;
use crate::policy::words::Words;

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// What it is.
    pub label: Label,
    /// Every meaning its label has.
    pub labels: Vec<Label>,
    /// The label itself, folded.
    pub head: Range<usize>,
    /// The value, folded.
    pub value: Range<usize>,
}

/// Characters a label has at most.
const LABEL_LENGTH: usize = 24;

/// Every labelled value of a block, one a line; the value runs to the next label.
pub(crate) fn fields(span: &Span, words: &Words) -> Vec<Field> {
    let text = span.folded();
    let mut starts: Vec<usize> = vec![0];
    starts.extend(span.normal.breaks().iter().map(|&b| b as usize));
    let broken = starts.clone();
    // A label may also follow a separator on the same line.
    starts.extend(text.match_indices([';', '。', '】']).map(|(at, m)| at + m.len()));
    // Behind a comma or a gap only a label of the lists begins a new value.
    let mut weak: Vec<usize> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let head = text[..colon]
            .rfind([',', ';', '。', '】', '|', ':', '('])
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let head = broken.iter().copied().filter(|&b| b <= colon).max().unwrap_or(0).max(head);
        let gap = text[head..colon]
            .char_indices()
            .map(|(at, _)| head + at)
            .rfind(|&at| at == head || span.normal.gap_before(at) && parts_labels(text, head, at, colon, words));
        let at = gap.unwrap_or(colon);
        if at > 0 && at < colon && is_label(&text[at..colon], words) {
            weak.push(at);
        }
    }
    // 友盟SDK(包名: inside a bracket a label may stand behind a name.
    let bracketed = |at: usize| at > 0 && text.as_bytes()[at - 1] == b'(';
    starts.extend(weak);
    starts.sort_unstable();
    starts.dedup();
    let mut fields: Vec<Field> = Vec::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(text.len());
        let Some(line) = text.get(start..end) else { continue };
        let skipped = line.len()
            - line
                .trim_start_matches(|c: char| {
                    matches!(c, '【' | '*' | '-' | '·' | '•' | '(' | ')' | '、' | '.' | '>') || c.is_ascii_digit()
                })
                .len();
        let line = &line[skipped..];
        let found = line.find(':').or_else(|| line.find('】'));
        if found.is_none_or(|colon| line[..colon].chars().count() > LABEL_LENGTH) {
            // `提供方 示例公司`: a gap stands for the colon.
            let base = start + skipped;
            let gap =
                line.char_indices().skip(2).take(10).map(|(at, _)| at).find(|&at| span.normal.gap_before(base + at));
            if let Some(gap) = gap
                && broken.contains(&start)
                && is_label(&line[..gap], words)
                && let Some(&label) = words.label(&line[..gap]).first()
            {
                if let Some(last) = fields.last_mut() {
                    last.value.end = last.value.end.min(start).max(last.value.start);
                }
                let labels = words.label(&line[..gap]).to_vec();
                fields.push(Field { label, labels, head: base..base + gap, value: base + gap..text.len() });
            }
            continue;
        }
        let Some(colon) = found else { continue };
        let head = &line[..colon];
        if words.length(head) > LABEL_LENGTH {
            continue;
        }
        let labels = words.line_label(head);
        let Some(&label) = labels.first() else { continue };
        let head = start + skipped..start + skipped + colon;
        let value_start = head.end + 1;
        if let Some(last) = fields.last_mut() {
            last.value.end = last.value.end.min(start).max(last.value.start);
        }
        let value_start = if text.is_char_boundary(value_start) { value_start } else { head.end + '】'.len_utf8() };
        fields.push(Field { label, labels: labels.to_vec(), head, value: value_start.min(text.len())..text.len() });
    }
    for field in &mut fields {
        let value = &text[field.value.clone()];
        let end = if bracketed(field.head.start) { closing(value) } else { None };
        let end =
            end.or_else(|| (field.label == Label::Purpose).then(|| purpose_end(span, &field.value, words)).flatten());
        field.value.end = end.map_or(field.value.end, |end| field.value.start + end);
    }
    fields
}

/// Where the bracket closes that a text stands in.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(at, c)| match c {
        '(' => {
            depth += 1;
            None
        }
        ')' if depth == 0 => Some(at),
        ')' => {
            depth -= 1;
            None
        }
        _ => None,
    })
}

/// Where a purpose ends that a clause of taking follows (用途：统计，会收集IMEI).
fn purpose_end(span: &Span, value: &Range<usize>, words: &Words) -> Option<usize> {
    let text = &span.folded()[value.clone()];
    let cues = words.cues(&span.normal, value.clone());
    text.match_indices(',').map(|(at, _)| at).find(|&at| {
        let behind = value.start + at + 1;
        cues.iter().any(|c| {
            c.cue == Cue::Collect
                && c.range.start >= behind
                && words.length(&span.folded()[behind..c.range.start]) <= VERB_LEAD
        })
    })
}

/// Characters that may stand before the verb of a clause (可能会, 我们将).
const VERB_LEAD: usize = 4;

/// The Java package in a bracket right behind a name.
pub(super) fn package_behind(span: &Span, range: Range<usize>, words: &Words) -> Option<String> {
    let open = range.start + span.folded().get(range.clone())?.strip_prefix('(').map(|_| 1)?;
    let end = open + closing(&span.folded()[open..range.end])?;
    let value = span.source(open..end).trim().to_owned();
    // 包名com.umeng.analytics: the label may stand without its colon.
    let bare = |value: String| {
        let latin = value.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
        let label = words.label(&words.fold(&value[..latin])).first() == Some(&Label::Package);
        if label { value[latin..].to_owned() } else { value }
    };
    Some(bare(value)).filter(|value| is_package(value))
}

/// Whether the words before a gap in front of a label are no part of it: 友盟SDK 提供方, not 第三方 SDK 名称.
fn parts_labels(text: &str, head: usize, gap: usize, colon: usize, words: &Words) -> bool {
    let (whole, before) = (&text[head..colon], &text[head..gap]);
    words.line_label(whole).is_empty() || words.says_sdk(before) && !words.is_generic(before)
}

/// Whether a head is a known label; the bare word SDK ends names as well.
fn is_label(head: &str, words: &Words) -> bool {
    !words.label(head).is_empty() && !words.says_sdk_only(head)
}

/// Whether a value is a Java package: `com.umeng.analytics`.
pub(crate) fn is_package(value: &str) -> bool {
    let value = value.trim();
    let parts: Vec<&str> = value.split('.').collect();
    parts.len() >= 2
        && value.is_ascii()
        && !value.contains("//")
        && !value.starts_with("www")
        && parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'*'))
        && parts[0].bytes().all(|b| b.is_ascii_lowercase())
}
