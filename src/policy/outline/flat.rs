//! Tables flattened to one cell a line, rebuilt.
//!
//! A run of lines that are all column heads opens such a table. Cells may be missing (a merged cell is written once), so rows are
//! not counted out: a row begins at a line that looks like what the first column holds.

use std::ops::Range;

use super::{Node, Outline, Row, Span};
use crate::catalogue::Label;
use crate::policy::intake::Text;
use crate::policy::words::Words;

/// Column heads in a row from which a flattened table is believed.
const LEAST_COLUMNS: usize = 3;
/// Columns a table without known heads has at most.
const MOST_COLUMNS: usize = 8;
/// Rows from which a beat is believed.
const LEAST_ROWS: usize = 2;
/// Characters of a column head.
const HEAD_LENGTH: usize = 12;
/// Tables rebuilt here are numbered from here on.
const FIRST_TABLE: u32 = 1 << 24;
/// Characters up to which a line may be the first cell of a row.
const CELL_LENGTH: usize = 40;

/// Tables rebuilt from lines of cells are numbered from here on.
pub(super) const FIRST_SPACED: u32 = 1 << 25;

/// Rebuilds every flattened table of the outline.
pub(super) fn rebuild(outline: &mut Outline, words: &Words) {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < outline.nodes.len() {
        let told = header(outline, at, words).map(|columns| (columns, body_end(outline, at + columns, words)));
        let even = periodic(outline, at, words).filter(|&(_, end)| told.is_none_or(|(_, told)| end >= told));
        let even = numbered(outline, at, words).or(even);
        match even.or(told) {
            Some((columns, end)) => {
                tables.push((at, columns, end, even.is_some()));
                at = end.max(at + columns);
            }
            None => at += 1,
        }
    }
    if tables.is_empty() {
        return;
    }
    // Nodes are replaced one for one (the first of a row holds it, the others are emptied), so that leads stay valid.
    for (number, (start, columns, end, even)) in tables.into_iter().enumerate() {
        let table = FIRST_TABLE + number as u32;
        let rows = if even {
            (start..end).step_by(columns).map(|row| row..row + columns).collect()
        } else {
            rows(outline, start, columns, end, words)
        };
        let labels: Vec<Option<Label>> =
            (start..start + columns).map(|i| words.column(outline.nodes[i].span.folded())).collect();
        let mut above: Vec<(Span, bool)> = Vec::new();
        for (index, row) in rows.into_iter().enumerate() {
            let cells = if index == 0 {
                row.clone().map(|i| (outline.nodes[i].span.clone(), false)).collect()
            } else {
                fit(outline, row.clone(), &labels, &above, words)
            };
            above.clone_from(&cells);
            let first = row.start;
            for node in row.clone() {
                outline.nodes[node].span = Span::default();
                outline.nodes[node].body = 0;
                outline.nodes[node].style = None;
                outline.nodes[node].heading = false;
            }
            outline.nodes[first].row = Some(Row { table, header: index == 0, cells });
        }
    }
}

fn plain(node: &Node) -> bool {
    node.row.is_none() && node.style.is_none_or(|s| matches!(s, super::Style::Bare | super::Style::Bullet(_)))
}

fn header(outline: &Outline, start: usize, words: &Words) -> Option<usize> {
    let run = outline.nodes[start..]
        .iter()
        .take(10)
        .take_while(|n| plain(n) && words.column(n.span.folded()).is_some())
        .count();
    // A cell may look like a head (推送通知功能); a head stands in no row.
    let below = outline.nodes[start + run..].iter().take(4 * run);
    let below: Vec<&str> = below.map(|n| n.span.folded()).collect();
    let run = (start..start + run)
        .position(|i| below.contains(&outline.nodes[i].span.folded()))
        .filter(|&heads| heads >= LEAST_COLUMNS)
        .unwrap_or(run);
    if run < LEAST_COLUMNS {
        return None;
    }
    let labels = |i: usize| words.line_label(outline.nodes[i].span.folded());
    let telling = (start..start + run)
        .any(|i| labels(i).iter().any(|l| matches!(l, Label::Name | Label::Permission | Label::Data)));
    telling.then_some(run)
}

/// A table whose heads are not all known words, by its beat: every so many lines stands what the first column holds.
///
/// Returns the number of columns and where the table ends.
fn periodic(outline: &Outline, start: usize, words: &Words) -> Option<(usize, usize)> {
    let labels = words.line_label(outline.nodes[start].span.folded());
    if !plain(&outline.nodes[start]) || !labels.iter().any(|l| matches!(l, Label::Name | Label::Permission)) {
        return None;
    }
    let mut best: Option<(usize, usize)> = None;
    for columns in 2..=MOST_COLUMNS {
        let heads = outline.nodes.get(start..start + columns)?;
        let short = heads.iter().all(|n| {
            let text = n.span.folded();
            plain(n) && !text.is_empty() && words.length(text) <= HEAD_LENGTH && !text.contains(['。', ';'])
        });
        // A head that looks like a row's first cell is one.
        let short =
            short && !(labels.contains(&Label::Permission) && heads[1..].iter().any(|n| begins_row(n, labels, words)));
        if !short {
            break;
        }
        let begun = outline.nodes[start + columns..]
            .chunks_exact(columns)
            .take_while(|row| row.iter().all(plain) && begins_row(&row[0], labels, words))
            .count();
        let end = start + columns * (begun + 1);
        // Where the table stops, nothing of it may be left over.
        let whole =
            outline.nodes.get(end).is_none_or(|n| !plain(n) || n.heading || n.span.folded().ends_with(['。', ':']));
        if begun >= LEAST_ROWS && whole && best.is_none_or(|(_, b)| end > b) {
            best = Some((columns, end));
        }
    }
    best
}

/// A table whose rows are numbered: as many lines below its heads as there are heads stands 1, as many below that 2, and so on.
///
/// Returns the number of columns and where the table ends.
fn numbered(outline: &Outline, start: usize, words: &Words) -> Option<(usize, usize)> {
    let telling = |n: &Node| {
        let text = n.span.folded();
        plain(n) && !text.is_empty() && words.length(text) <= HEAD_LENGTH && !text.contains(['。', ';', ':'])
    };
    if !telling(&outline.nodes[start]) {
        return None;
    }
    let is = |at: usize, number: usize| {
        outline.nodes.get(at).is_some_and(|n| n.row.is_none() && n.span.folded().parse::<usize>() == Ok(number))
    };
    let columns = (2..=MOST_COLUMNS).find(|&columns| is(start + columns, 1))?;
    let heads = &outline.nodes[start..start + columns];
    let labels = heads.iter().flat_map(|n| words.column(n.span.folded()));
    let rows = (1..).take_while(|&row| is(start + columns * row, row)).count();
    let end = start + columns * (rows + 1);
    let known = heads.iter().all(telling) && labels.count() >= 2;
    (known && rows >= LEAST_ROWS && end <= outline.nodes.len()).then_some((columns, end))
}

/// Whether a line begins as a list of data, which may hold the name of a component (OAID) and is none.
fn lists_data(node: &Node, words: &Words) -> bool {
    let text = node.span.folded();
    let first = text.find(['、', ',', ';', '(']).unwrap_or(text.len());
    words.data.find(&node.span.normal, 0..first).any(|f| f.range == (0..first) && f.values.iter().any(|v| !v.weak))
}

/// Whether a line looks like what a column with these heads holds.
fn begins_row(node: &Node, labels: &[Label], words: &Words) -> bool {
    let text = node.span.folded();
    if text.is_empty() || words.length(text) > CELL_LENGTH || text.starts_with('(') || text.ends_with(['。', '，', ';'])
    {
        return false;
    }
    if labels.contains(&Label::Permission) {
        let outside = text.find('(').unwrap_or(text.len());
        return words.constant(node.span.text.text.trim()).is_some_and(|_| text.contains('_'))
            || words.capabilities.find(&node.span.normal, 0..text.len()).any(|f| {
                !f.values.is_empty()
                    && (f.range.start == 0 || f.range.end == outside || f.range.len() * 2 >= text.len())
            })
            || words.data.find(&node.span.normal, 0..text.len()).any(|f| {
                f.range.start == 0 && f.range.end == outside && f.values.iter().any(|v| words.shows.contains_key(&v.id))
            });
    }
    let names = words.names.holds_known(text) && words.length(text) <= 24;
    (names && !words.is_company(text) && !lists_data(node, words)) || words.says_sdk(text)
}

fn body_end(outline: &Outline, start: usize, words: &Words) -> usize {
    (start..outline.nodes.len())
        .find(|&i| {
            let node = &outline.nodes[i];
            let text = node.span.folded();
            // 上述以外的…: a sentence about things in general is no cell; 您的账号、应用包名。 is a list.
            let lists = text.contains('、') && !text.contains([',', ';', ':']);
            let talk = text.ends_with('。') && words.general.begins(text) && !lists;
            !plain(node)
                || talk
                || (node.heading && !looks_like_cell(node, words))
                || header(outline, i, words).is_some()
        })
        .unwrap_or(outline.nodes.len())
}

fn looks_like_cell(node: &Node, words: &Words) -> bool {
    let text = node.span.folded();
    text.contains("sdk") || words.capabilities.find(&node.span.normal, 0..text.len()).any(|f| !f.values.is_empty())
}

fn rows(outline: &Outline, start: usize, columns: usize, end: usize, words: &Words) -> Vec<Range<usize>> {
    let head_labels: Vec<&[Label]> =
        (start..start + columns).map(|i| words.line_label(outline.nodes[i].span.folded())).collect();
    let first_column = head_labels[0];
    let body = start + columns;
    let begins = |i: usize| -> bool {
        let node = &outline.nodes[i];
        let text = node.span.folded();
        if text.is_empty()
            || words.length(text) > CELL_LENGTH
            || text.starts_with('(')
            || text.ends_with(['。', '，', ';'])
        {
            return false;
        }
        if first_column.contains(&Label::Permission) {
            return words.constant(node.span.text.text.trim()).is_some_and(|_| text.contains('_'))
                || words
                    .capabilities
                    .find(&node.span.normal, 0..text.len())
                    .any(|f| !f.values.is_empty() && f.range.len() * 2 >= text.len());
        }
        if first_column.contains(&Label::Index) {
            return text.chars().all(|c| c.is_ascii_digit());
        }
        if first_column.first() == Some(&Label::Company) {
            return words.is_company(text);
        }
        if first_column.contains(&Label::Name) {
            let names = words.names.holds_known(text) && words.length(text) <= 24;
            return names && !words.is_company(text) && !lists_data(node, words) || text.ends_with("sdk");
        }
        false
    };
    // The company stands in the second column: a row begins right before each.
    let second_is_company = head_labels.get(1).is_some_and(|l| l.contains(&Label::Company));
    let begins = |i: usize| {
        begins(i)
            || (second_is_company
                && first_column.contains(&Label::Name)
                && i + 1 < end
                && words.is_company(outline.nodes[i + 1].span.folded())
                && !words.is_company(outline.nodes[i].span.folded()))
    };
    let mut starts: Vec<usize> = Vec::new();
    for i in body..end {
        // Two lines that both look like a first cell belong to one row unless the row has its share of cells.
        let enough = starts.last().is_none_or(|&s| i - s >= 2);
        if begins(i) && enough {
            starts.push(i);
        }
    }
    let whole = (end - body).is_multiple_of(columns);
    let counted =
        whole && (body..end).step_by(columns).all(|i| words.length(outline.nodes[i].span.folded()) <= CELL_LENGTH);
    let agree = starts.len() * columns == end - body;
    // Where a row begins at every beat, a line between that could begin one as well does not.
    let beats = whole && (body..end).step_by(columns).all(begins);
    if beats || starts.first() != Some(&body) || (counted && !agree && starts.len() < 2) {
        let linked = !beats && head_labels.last().is_some_and(|l| l.contains(&Label::Link));
        starts = linked
            .then(|| behind_addresses(outline, body..end, columns))
            .flatten()
            .unwrap_or_else(|| (body..end).step_by(columns).collect());
    }
    let mut rows = Vec::with_capacity(starts.len() + 1);
    rows.push(start..body);
    for (n, &from) in starts.iter().enumerate() {
        rows.push(from..starts.get(n + 1).copied().unwrap_or(end));
    }
    rows
}

/// Where rows begin that each end with an address, if all do and none holds fewer or many more lines than there are columns.
fn behind_addresses(outline: &Outline, body: Range<usize>, columns: usize) -> Option<Vec<usize>> {
    let mut starts = vec![body.start];
    starts.extend(body.clone().filter(|&i| outline.nodes[i].span.folded().starts_with("http")).map(|i| i + 1));
    let whole = starts.windows(2).all(|row| (columns..=2 * columns).contains(&(row[1] - row[0])));
    let rows = starts.len() - 1;
    (whole && rows >= LEAST_ROWS && starts.pop() == Some(body.end)).then_some(starts)
}

/// The cells of a row. A line in brackets belongs to the cell before it, what is too much to the last; when cells are missing, each
/// line goes to the next column it can belong to, and a column left out repeats the row above (a merged cell is written once).
fn fit(
    outline: &Outline,
    row: Range<usize>,
    columns: &[Option<Label>],
    above: &[(Span, bool)],
    words: &Words,
) -> Vec<(Span, bool)> {
    let mut texts: Vec<Text> = Vec::with_capacity(columns.len());
    let surplus = row.len() > columns.len();
    for i in row {
        let text = &outline.nodes[i].span.text;
        let joins = (texts.len() == columns.len()
            || outline.nodes[i].span.folded().starts_with('(')
            || surplus && second_name(&outline.nodes[i].span, columns, texts.len(), words))
            && !texts.is_empty();
        if joins {
            if let Some(last) = texts.last_mut() {
                let shift = last.text.len() as u32 + 1;
                last.text.push('\n');
                last.text.push_str(&text.text);
                last.marks
                    .extend(text.marks.iter().map(|m| crate::policy::intake::Mark { offset: m.offset + shift, ..*m }));
            }
        } else {
            texts.push(text.clone());
        }
    }
    into_columns(texts, columns, above, words)
}

/// Each cell to the next column it can stand in; a column left out repeats the row above.
pub(super) fn into_columns(
    texts: Vec<Text>,
    columns: &[Option<Label>],
    above: &[(Span, bool)],
    words: &Words,
) -> Vec<(Span, bool)> {
    let mut lines = texts.into_iter().map(|t| Span { lines: true, ..Span::new(t, words) }).peekable();
    let mut missing = columns.len().saturating_sub(lines.len());
    let mut cells = Vec::with_capacity(columns.len());
    for (c, label) in columns.iter().enumerate() {
        let skip = missing > 0 && c > 0 && lines.peek().is_some_and(|line| !suits(line, *label, words));
        if skip {
            missing -= 1;
            let spans = matches!(label, Some(Label::Company | Label::Data | Label::Purpose));
            cells.push(match above.get(c) {
                Some((span, _)) if spans => (span.clone(), true),
                _ => (Span::default(), false),
            });
        } else {
            cells.push((lines.next().unwrap_or_default(), false));
        }
    }
    cells
}

/// Whether a line names one more component of the cell before it, where the next column holds something else.
fn second_name(line: &Span, columns: &[Option<Label>], at: usize, words: &Words) -> bool {
    let text = line.folded();
    at > 0
        && columns.get(at - 1) == Some(&Some(Label::Name))
        && columns.get(at).is_some_and(|l| *l != Some(Label::Name))
        && !words.is_company(text)
        && (words.says_sdk(text) || words.names.is_known(text))
}

/// Whether a line can stand in a column.
fn suits(line: &Span, label: Option<Label>, words: &Words) -> bool {
    let text = line.folded();
    let company = words.is_company(text);
    let data = words.data.find(&line.normal, 0..text.len()).filter(|f| f.values.iter().any(|v| !v.weak)).count();
    match label {
        Some(Label::Company) => company,
        Some(Label::Data) => !company && (data > 0 || words.says_none(text)),
        Some(Label::Link) => text.starts_with("http") || text.contains("www"),
        Some(Label::Purpose) => !company && (data == 0 || words.length(text) > 12),
        _ => !company,
    }
}
