//! Sheets as tables on a terminal.

use std::io::{self, Write};

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets};

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
            for row in &sheet.rows {
                table.add_row(Row::from(row.iter().map(cell).collect::<Vec<_>>()));
            }
            keep(&mut table, 0);
        }
        Layout::Records => {
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
                    table.add_row(vec![Cell::new(column), cell(value)]);
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
    text.lines().map(unicode_width::UnicodeWidthStr::width).max().unwrap_or(0)
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
