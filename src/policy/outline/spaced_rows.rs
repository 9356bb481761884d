//! Tables whose rows became lines with a gap between two cells, rebuilt.
//!
//! A line of nothing but column heads opens such a table; each line below that can be cut into as many cells is a row of it.

use std::ops::Range;

use super::flat::{FIRST_SPACED, into_columns};
use super::inline::slice;
use super::{Node, Outline, Row, Span};
use crate::catalogue::Label;
use crate::policy::words::Words;

/// Column heads from which a line is believed to be the head of a table.
const LEAST_COLUMNS: usize = 3;
/// Rows from which a table is believed.
const LEAST_ROWS: usize = 2;
/// Characters of a line that is a row, at most.
const ROW_LENGTH: usize = 400;

/// A row: its line, and the source range of each cell.
type Line = (usize, Vec<Range<usize>>);

/// Rebuilds every table of the outline whose rows are lines.
pub(super) fn rebuild(outline: &mut Outline, words: &Words) {
    let mut table = FIRST_SPACED;
    let mut at = 0;
    while at < outline.nodes.len() {
        let Some(heads) = header(&outline.nodes[at].span, words).filter(|_| outline.nodes[at].row.is_none()) else {
            at += 1;
            continue;
        };
        let columns: Vec<Option<Label>> =
            heads.iter().map(|head| column(&outline.nodes[at].span, head, words)).collect();
        let mut rows: Vec<Line> = Vec::new();
        let mut next = at + 1;
        while let Some(node) = outline.nodes.get(next) {
            let empty = node.span.normal.is_empty() && node.row.is_none();
            match cells(node, &columns) {
                Some(cells) => rows.push((next, cells)),
                None if empty => {}
                None => break,
            }
            next += 1;
        }
        if rows.len() >= LEAST_ROWS {
            let mut above = Vec::new();
            for (index, (line, cells)) in std::iter::once((at, heads)).chain(rows).enumerate() {
                let node = &mut outline.nodes[line];
                let texts: Vec<_> = cells.iter().map(|c| slice(&node.span.text, c.start, c.end)).collect();
                let cells = if index == 0 {
                    texts.into_iter().map(|text| (Span { lines: true, ..Span::new(text, words) }, false)).collect()
                } else {
                    into_columns(texts, &columns, &above, words)
                };
                above.clone_from(&cells);
                node.span = Span::default();
                (node.body, node.style, node.heading) = (0, None, false);
                node.row = Some(Row { table, header: index == 0, cells });
            }
            table += 1;
        }
        at = next;
    }
}

/// The cells of a line that holds column heads alone, one of which tells what the table lists.
pub(super) fn header(span: &Span, words: &Words) -> Option<Vec<Range<usize>>> {
    if words.spaced() || span.text.text.len() > ROW_LENGTH {
        return None;
    }
    let heads = pieces(&span.text.text);
    if heads.len() < LEAST_COLUMNS {
        return None;
    }
    let telling = |head: &Range<usize>| {
        let folded = words.fold(&span.text.text[head.clone()]);
        words.line_label(&folded).iter().any(|l| matches!(l, Label::Name | Label::Permission | Label::Data))
    };
    let table = heads.iter().all(|head| column(span, head, words).is_some());
    (table && heads.iter().any(telling)).then_some(heads)
}

fn column(span: &Span, head: &Range<usize>, words: &Words) -> Option<Label> {
    words.column(&words.fold(&span.text.text[head.clone()]))
}

/// The parts of a line between its gaps.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        match found.last_mut() {
            Some(last) if last.end == at => last.end += c.len_utf8(),
            _ => found.push(at..at + c.len_utf8()),
        }
    }
    found
}

/// A line as a row of as many cells: where it has more parts, what belongs together is joined first (two Latin words, an enumeration
/// cut behind its comma). A numbered row may leave cells out.
fn cells(node: &Node, columns: &[Option<Label>]) -> Option<Vec<Range<usize>>> {
    let text = &node.span.text.text;
    if node.row.is_some() || text.len() > 3 * ROW_LENGTH || text.trim_end().ends_with('。') {
        return None;
    }
    let mut parts = pieces(text);
    let numbered = columns[0] == Some(Label::Index);
    if numbered && !parts.first().is_some_and(|p| text[p.clone()].bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let last = |r: &Range<usize>| text[r.clone()].chars().next_back().unwrap_or(' ');
    let first = |r: &Range<usize>| text[r.clone()].chars().next().unwrap_or(' ');
    let open = |a: char, b: char| "、，,/(（".contains(a) || "、，,/)）(（".contains(b);
    let latin = |a: char, b: char| a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric();
    let tests: [&dyn Fn(char, char) -> bool; 2] = [&open, &latin];
    for joins in tests {
        // The number of a row is a cell of its own.
        let mut at = usize::from(numbered) + 1;
        while at < parts.len() && parts.len() > columns.len() {
            if joins(last(&parts[at - 1]), first(&parts[at])) {
                let end = parts.remove(at).end;
                parts[at - 1].end = end;
            } else {
                at += 1;
            }
        }
    }
    let fits = parts.len() == columns.len() || numbered && parts.len() >= LEAST_COLUMNS && parts.len() < columns.len();
    fits.then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, Locale};
    use crate::policy::intake::{Block, BlockKind, Text};

    fn tables(lines: &[&str]) -> Vec<Vec<String>> {
        let block = |line: &&str| Block {
            kind: BlockKind::Paragraph,
            text: Text { text: (*line).to_owned(), marks: Vec::new() },
        };
        let words = &Words::new(Catalogue::builtin(), Locale::Zh);
        let outline = Outline::new(lines.iter().map(block).collect(), words);
        let row = |node: &Node| {
            node.row.as_ref().map(|row| row.cells.iter().map(|(cell, _)| cell.text.text.clone()).collect())
        };
        outline.nodes.iter().filter_map(row).collect()
    }

    #[test]
    fn rows_on_one_line_each_become_a_table() {
        let rows = tables(&[
            "本应用接入了下列第三方SDK：",
            "序号 SDK名称 提供方 使用目的 收集的个人信息",
            "1 青岚地图SDK 青岚科技有限公司 展示门店 位置信息、IMEI",
            "2 Ting Yu SDK 听雨科技有限公司 语音识别 Android ID、 IP地址",
            "以上SDK均经过我们的安全检测，并按约定处理信息。",
        ]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][1..3], ["青岚地图SDK", "青岚科技有限公司"]);
        assert_eq!(rows[2][1], "Ting Yu SDK");
        assert_eq!(rows[2][4], "Android ID、 IP地址");
    }

    #[test]
    fn a_line_of_words_with_gaps_is_no_table() {
        assert!(tables(&["我们的 第三方 SDK 名称", "1 一行 普通 的话", "2 又一行 普通 的话"]).is_empty());
    }
}
