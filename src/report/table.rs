//! Sheets as tables on a terminal.

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets};

use unicode_width::UnicodeWidthStr;

use super::Style;
use super::sheets::{Layout, Sheet, Tone};

/// Writes all sheets, one under the other.
pub fn write(sheets: &[Sheet], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, sheet) in sheets.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", super::clean(&sheet.title))?;
        if sheet.rows.is_empty() {
            writeln!(out, "  {}", super::clean(&sheet.empty))?;
            continue;
        }
        for line in draw(sheet, style).lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

fn draw(sheet: &Sheet, style: Style) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(style.width.max(40));
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    match sheet.layout {
        Layout::Grid => {
            table.set_header(sheet.columns.iter().map(|c| Cell::new(c).add_attribute(Attribute::Bold)));
            for row in &sheet.rows {
                table.add_row(Row::from(row.iter().map(cell).collect::<Vec<_>>()));
            }
            constrain(&mut table, sheet);
        }
        Layout::Pairs => {
            let room = room(style, sheet.rows.iter().filter_map(|r| r.first()).map(|c| c.text.as_str()));
            for row in &sheet.rows {
                table.add_row(Row::from(row.iter().map(|c| wrapped(c, room)).collect::<Vec<_>>()));
            }
            keep(&mut table, 0);
        }
        Layout::Records => {
            let room = room(style, sheet.columns.iter().map(String::as_str));
            for (index, row) in sheet.rows.iter().enumerate() {
                let (head, rest) = row.split_at(sheet.head.min(row.len()));
                let line = head.iter().skip(1).map(|c| c.text.as_str()).collect::<Vec<_>>().join("  ");
                let first = head.first().map_or_else(|| Cell::new(""), cell);
                table.add_row(vec![
                    first.add_attribute(Attribute::Bold),
                    Cell::new(super::clean(&line)).add_attribute(Attribute::Bold),
                ]);
                let columns = sheet.columns.iter().skip(sheet.head);
                for (column, value) in columns.zip(rest).filter(|(_, v)| !v.text.is_empty()) {
                    table.add_row(vec![Cell::new(column), wrapped(value, room)]);
                }
                if index + 1 < sheet.rows.len() {
                    table.add_row(vec![Cell::new(""), Cell::new("")]);
                }
            }
            keep(&mut table, 0);
        }
    }
    table.to_string()
}

/// Columns left for the second of two cells: three border lines and two blanks a cell go off.
fn room<'t>(style: Style, labels: impl Iterator<Item = &'t str>) -> usize {
    let label = labels.map(widest_line).max().unwrap_or(0);
    usize::from(style.width.max(40)).saturating_sub(label + 7).max(20)
}

/// Breaks lines between words and between ideographs, never inside an identifier that fits on a line: the table would cut
/// `android.permission.CAMERA` wherever a line happens to end.
fn wrap(text: &str, room: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let mut used = 0;
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let joined = |c: char| c.is_ascii_graphic();
            let end =
                if joined(first) { rest.find(|c: char| !joined(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
            let (token, after) = rest.split_at(end);
            let width = UnicodeWidthStr::width(token);
            if used > 0 && used + width > room {
                out.push('\n');
                used = 0;
            }
            if used > 0 || token != " " {
                out.push_str(token);
                used += width;
            }
            rest = after;
        }
    }
    out
}

fn wrapped(value: &super::sheets::Cell, room: usize) -> Cell {
    cell(&super::sheets::Cell { text: wrap(&value.text, room), ..value.clone() })
}

fn keep(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
}

/// Columns of identifiers are never broken; the others keep a readable least width.
fn constrain(table: &mut Table, sheet: &Sheet) {
    for index in 0..sheet.columns.len() {
        if sheet.rows.iter().any(|r| r.get(index).is_some_and(|c| c.whole)) {
            keep(table, index);
        } else if let Some(column) = table.column_mut(index) {
            let widest =
                sheet.rows.iter().filter_map(|r| r.get(index)).map(|c| widest_line(&c.text)).max().unwrap_or(0);
            let least = u16::try_from(widest.clamp(4, 16)).unwrap_or(16);
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least + 2)));
        }
    }
}

fn widest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

fn cell(cell: &super::sheets::Cell) -> Cell {
    let drawn = Cell::new(super::clean(&cell.text));
    match cell.tone {
        Tone::Plain => drawn,
        Tone::Bad => drawn.fg(Color::Red),
        Tone::Warn => drawn.fg(Color::Yellow),
        Tone::Good => drawn.fg(Color::Green),
        Tone::Quiet => drawn.fg(Color::DarkGrey),
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn an_identifier_is_never_broken_where_it_fits() {
        let wrapped = wrap("申请了权限android.permission.CAMERA，用于扫码", 28);
        assert_eq!(wrapped, "申请了权限\nandroid.permission.CAMERA，\n用于扫码");
        assert_eq!(wrap("a b", 20), "a b");
    }
}
