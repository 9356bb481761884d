//! Pipe tables whose rows end with a pipe, begin with none and have no separator, as text extractors leave HTML tables. A cell
//! of several lines breaks its row; a row below cells that span rows is filled up with pipes at its end.

use super::pipes::{Row, Table, pieces, pipes, separator};
use super::text::{Glyph, is_blank, trim};

/// Lines a broken row may take.
const MAX_ROW_LINES: usize = 24;

/// Columns such a table has at least; fewer stand for nothing certain.
const MIN_COLUMNS: usize = 3;

/// Columns it has at most.
const MAX_COLUMNS: usize = 16;

/// The table that begins at a line, when at least one of its rows is broken; whole ones are read as other tables are.
pub(super) fn table(lines: &[Vec<Glyph>], start: usize) -> Option<Table> {
    let columns = pipes(head(&lines[start])?);
    if !(MIN_COLUMNS..=MAX_COLUMNS).contains(&columns) || head(&lines[start])?.len() <= 2 * columns {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut broken = false;
    let mut at = start;
    while let Some((row, next)) = row(lines, at, columns) {
        broken |= next - at > 1;
        rows.push(if rows.is_empty() { row } else { below_spans(row) });
        at = next;
    }
    (broken && rows.len() >= 2).then_some(Table { start, end: at, rows, header: true })
}

/// A line that may be the first of such a table.
fn head(line: &[Glyph]) -> Option<&[Glyph]> {
    let line = trim(line);
    (line.first()?.ch != '|' && line.last()?.ch == '|').then_some(line)
}

/// The row that begins at a line, and the line after it.
fn row(lines: &[Vec<Glyph>], start: usize, columns: usize) -> Option<(Row, usize)> {
    let mut cells: Row = Vec::new();
    let mut seen = 0;
    let mut next = start;
    for (index, line) in lines.iter().enumerate().skip(start).take(MAX_ROW_LINES) {
        let text = trim(line);
        let opens = index == start;
        seen += pipes(text);
        if text.is_empty() {
            break;
        }
        if seen > columns || separator(text).is_some() || opens && (seen == 0 || text[0].ch == '|') {
            return None;
        }
        let mut parts = pieces(text).into_iter();
        if let (Some(cell), Some(first)) = (cells.last_mut(), parts.next()) {
            let first = trim(first);
            if let Some(glyph) = first.first().filter(|_| !is_blank(cell)) {
                cell.push(Glyph { ch: ' ', at: glyph.at });
            }
            cell.extend_from_slice(first);
        }
        if opens {
            cells = pieces(text).into_iter().map(<[Glyph]>::to_vec).collect();
        } else {
            cells.extend(parts.map(<[Glyph]>::to_vec));
        }
        next = index + 1;
        if seen == columns {
            // Behind the last pipe stands nothing.
            let rest = cells.pop()?;
            return is_blank(&rest).then_some((cells, next));
        }
    }
    // The last row may want the pipes at its end.
    let ends = next > start && lines.get(next).is_none_or(|line| is_blank(line)) && seen >= 2;
    ends.then(|| {
        cells.resize(columns, Vec::new());
        (cells, next)
    })
}

/// Moves a row to the right whose missing cells span it from above: most of its end is empty.
fn below_spans(mut row: Row) -> Row {
    let empty = row.iter().rev().take_while(|cell| is_blank(cell)).count();
    if empty >= MIN_COLUMNS && empty * 2 >= row.len() && empty < row.len() {
        row.rotate_right(empty);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines};
    use super::*;

    fn rows(source: &str) -> Option<Vec<Vec<String>>> {
        let lines = glyph_lines(source, Spot::START);
        let text = |cell: &Vec<Glyph>| trim(cell).iter().map(|glyph| glyph.ch).collect::<String>();
        Some(table(&lines, 0)?.rows.iter().map(|row| row.iter().map(text).collect()).collect())
    }

    #[test]
    fn a_cell_of_two_lines_breaks_its_row() {
        let read =
            rows("名称 | 用途 | 信息 |\n甲推送SDK | 推送 | IMEI\nOAID |\n乙地图SDK | 定位 |\n位置信息 |\n").unwrap();
        assert_eq!(read[1..], [["甲推送SDK", "推送", "IMEI OAID"], ["乙地图SDK", "定位", "位置信息"]]);
    }

    #[test]
    fn a_row_below_cells_that_span_it_stands_at_the_right() {
        let read = rows(
            "名称 | 公司 | 用途 | 种类 | 字段 | 目的 |\n甲SDK | 乙公司 | 广告 | 设备信息 | 型号 |\n归因 |\n网络信息 | 运营商 | 投放 | |||\n",
        )
        .unwrap();
        assert_eq!(read[2], ["", "", "", "网络信息", "运营商", "投放"]);
    }

    #[test]
    fn whole_rows_and_lines_of_links_are_left_to_others() {
        assert!(rows("名称 | 用途 | 信息 |\n甲 | 推送 | IMEI |\n乙 | 定位 | 位置 |\n").is_none());
        assert!(rows("首页 | 登录 | 帮助 |\n正文\n\n").is_none());
    }
}
