//! From a place in a block back to the line it came from.

use std::ops::Range;
use std::sync::Arc;

use super::intake::{Stretch, Text};
use super::model::Passage;
use super::outline::Span;

/// Characters a quote holds at most.
const QUOTE: usize = 120;

/// Makes passages for one document.
#[derive(Debug, Clone)]
pub(crate) struct Placer {
    /// Index of the document.
    pub document: usize,
    /// Index of the reading of a document in one language.
    pub reading: usize,
    /// Its file name.
    pub file: Arc<str>,
    /// Where its print is set apart, ascending.
    pub apart: Arc<[Stretch]>,
}

impl Placer {
    /// Whether the word at a folded range stands in print of its own.
    pub(crate) fn is_apart(&self, span: &Span, range: Range<usize>) -> bool {
        let at = span.normal.source_range(range, &span.text.text).start;
        Stretch::any(&self.apart, position(&span.text, at))
    }

    /// The passage of a folded range: its words, widened to `around` as far as the quote allows.
    pub(crate) fn passage(&self, span: &Span, range: Range<usize>, around: Range<usize>) -> Passage {
        let source = &span.text.text;
        let wide = span.normal.source_range(around, source);
        let narrow = span.normal.source_range(range, source);
        let quoted = window(source, wide, narrow);
        let (line, column) = position(&span.text, quoted.start);
        Passage { document: self.document, file: self.file.clone(), line, column, quote: clean(&source[quoted]) }
    }
}

/// As much of `wide` around `narrow` as a quote holds.
fn window(source: &str, wide: Range<usize>, narrow: Range<usize>) -> Range<usize> {
    let count = |r: Range<usize>| source.get(r).map_or(0, |s| s.chars().count());
    if count(wide.clone()) <= QUOTE {
        return trim(source, wide);
    }
    let before = QUOTE.saturating_sub(count(narrow.clone())) / 3;
    let start = source[wide.start..narrow.start.max(wide.start)]
        .char_indices()
        .rev()
        .take(before)
        .last()
        .map_or(narrow.start, |(i, _)| wide.start + i);
    let end = source[start..wide.end].char_indices().nth(QUOTE).map_or(wide.end, |(i, _)| start + i);
    // No Latin word is cut, as far as the words quoted allow.
    let cuts = |at: usize| {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        latin(source[..at].chars().next_back()) && latin(source[at..].chars().next())
    };
    let start = (start..narrow.start).find(|&at| source.is_char_boundary(at) && !cuts(at)).unwrap_or(start);
    let end = (narrow.end..=end).rev().find(|&at| source.is_char_boundary(at) && !cuts(at)).unwrap_or(end);
    trim(source, start..end)
}

fn trim(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' || c == '\r' {
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            while chars.peek().is_some_and(|c| c.is_whitespace()) {
                chars.next();
            }
            if latin(out.chars().next_back()) && latin(chars.peek().copied()) {
                out.push(' ');
            }
        } else if !c.is_control() && c != '\u{feff}' {
            out.push(c);
        }
    }
    out
}

/// Line and column of a byte offset.
pub(crate) fn position(text: &Text, offset: usize) -> (u32, u32) {
    let at = text.marks.partition_point(|m| m.offset as usize <= offset);
    let Some(mark) = text.marks.get(at.wrapping_sub(1)).or_else(|| text.marks.first()) else { return (1, 1) };
    let from = (mark.offset as usize).min(offset);
    let columns = text.text.get(from..offset).map_or(0, |s| s.chars().count());
    (mark.line, mark.column + columns as u32)
}
