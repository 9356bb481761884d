//! `使用目的：…`: labelled values inside a block.

use std::ops::Range;

use crate::catalogue::Label;
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
    // A label may also follow a separator on the same line.
    starts.extend(text.match_indices([';', '。', '】']).map(|(at, m)| at + m.len()));
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
        let Some(colon) = line.find(':').or_else(|| line.find('】')) else { continue };
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
    fields
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
