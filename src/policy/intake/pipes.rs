//! Pipe tables, as written by hand and as html2text leaves them: with or without outer pipes, rows broken over several lines
//! or glued together. Rows are rebuilt by the column count of the separator row.

use super::text::{Glyph, is_blank, trim};
use super::wrap::{Wrap, is_marker};

/// Cells of one row, still with inline markup.
pub(super) type Row = Vec<Vec<Glyph>>;

/// A table among lines.
#[derive(Debug)]
pub(super) struct Table {
    /// First line.
    pub start: usize,
    /// Line after the last.
    pub end: usize,
    /// Rows; the first is the header when `header` says so.
    pub rows: Vec<Row>,
    pub header: bool,
}

/// Lines a broken row may take.
const MAX_ROW_LINES: usize = 48;

/// Columns a table may have; longer separator rows are ornaments.
const MAX_COLUMNS: usize = 32;

/// All tables of a document, in order.
pub(super) fn tables(lines: &[Vec<Glyph>], wrap: &Wrap) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let from = found.last().map_or(0, |table| table.end);
        let table = match separator(&lines[at]) {
            Some(shape) => Some(with_separator(lines, from, at, shape, wrap)),
            None => super::trailing::table(lines, at).or_else(|| without_separator(lines, at)),
        };
        match table {
            Some(table) => {
                at = table.end.max(at + 1);
                found.push(table);
            }
            None => at += 1,
        }
    }
    found
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    columns: usize,
    /// Rows begin and end with a pipe.
    outer: bool,
    /// Rows end with two blanks: html2text's line breaks, not stripped.
    blanks: bool,
}

impl Shape {
    /// Pipes in a whole row.
    fn pipes(self) -> usize {
        if self.outer { self.columns + 1 } else { self.columns - 1 }
    }
}

/// Reads a separator row (`---|---`, `| :--- | ---: |`).
pub(super) fn separator(line: &[Glyph]) -> Option<Shape> {
    let body = trim(line);
    let outer = body.first()?.ch == '|';
    let dashes = body.iter().filter(|glyph| glyph.ch == '-').count();
    if dashes < 2 || !body.iter().all(|glyph| matches!(glyph.ch, '|' | '-' | ':' | ' ' | '\t')) || pipes(body) == 0 {
        return None;
    }
    let inner = if outer { &body[1..] } else { body };
    let inner =
        if outer && inner.last().is_some_and(|glyph| glyph.ch == '|') { &inner[..inner.len() - 1] } else { inner };
    let columns = 1 + inner.iter().filter(|glyph| glyph.ch == '|').count();
    let whole = inner.split(|glyph| glyph.ch == '|').all(|cell| cell.iter().any(|glyph| glyph.ch == '-'));
    (whole && columns <= MAX_COLUMNS && (outer || columns > 1)).then_some(Shape {
        columns,
        outer,
        blanks: ends_in_blanks(line),
    })
}

fn ends_in_blanks(line: &[Glyph]) -> bool {
    matches!(line, [.., Glyph { ch: ' ', .. }, Glyph { ch: ' ', .. }])
}

fn is_pipe(line: &[Glyph], at: usize) -> bool {
    line[at].ch == '|' && (at == 0 || line[at - 1].ch != '\\')
}

pub(super) fn pipes(line: &[Glyph]) -> usize {
    (0..line.len()).filter(|&at| is_pipe(line, at)).count()
}

/// A line's pieces between pipes, without the marker of the list it may stand in.
pub(super) fn pieces(line: &[Glyph]) -> Vec<&[Glyph]> {
    let mut body = trim(line);
    if let [Glyph { ch: '*' | '-' | '+', .. }, Glyph { ch: ' ', .. }, rest @ ..] = body {
        body = rest;
    }
    let mut found = Vec::new();
    let mut from = 0;
    for at in 0..body.len() {
        if is_pipe(body, at) {
            found.push(&body[from..at]);
            from = at + 1;
        }
    }
    found.push(&body[from..]);
    found
}

/// A row being put together.
#[derive(Debug, Default)]
struct Partial {
    cells: Row,
    lines: usize,
}

impl Partial {
    fn is_started(&self) -> bool {
        !self.cells.is_empty()
    }

    fn pipes(&self) -> usize {
        self.cells.len().saturating_sub(1)
    }

    fn last_is_blank(&self) -> bool {
        self.cells.last().is_none_or(|cell| is_blank(cell))
    }

    fn last_line<'a>(&self, lines: &'a [Vec<Glyph>], at: usize) -> &'a [Glyph] {
        at.checked_sub(1).map_or(&[], |before| lines[before].as_slice())
    }

    /// Adds a physical line: its first piece continues the last cell.
    fn add(&mut self, line: &[Glyph], gap: bool) {
        self.lines += 1;
        let mut pieces = pieces(line).into_iter();
        if let Some(cell) = self.cells.last_mut()
            && let Some(first) = pieces.next()
        {
            let first = trim(first);
            if let Some(glyph) = first.first().filter(|_| gap && !is_blank(cell)) {
                cell.push(Glyph { ch: ' ', at: glyph.at });
            } else {
                cell.truncate(cell.iter().rposition(|glyph| !glyph.ch.is_whitespace()).map_or(0, |last| last + 1));
            }
            cell.extend_from_slice(first);
        }
        self.cells.extend(pieces.map(<[Glyph]>::to_vec));
    }

    fn finish(&mut self, shape: Shape, rows: &mut Vec<Row>) {
        self.lines = 0;
        let mut cells = std::mem::take(&mut self.cells);
        if shape.outer {
            if cells.len() > 1 && cells.first().is_some_and(|cell| is_blank(cell)) {
                cells.remove(0);
            }
            if cells.len() > 1 && cells.last().is_some_and(|cell| is_blank(cell)) {
                cells.pop();
            }
        }
        split(cells, shape, rows);
    }
}

/// Takes rows apart that stand on one line, and puts surplus pieces (a pipe written inside a cell) into the last cell.
fn split(mut cells: Row, shape: Shape, rows: &mut Vec<Row>) {
    let columns = shape.columns;
    while cells.len() > columns {
        if !shape.outer && cells.len() >= 2 * columns - 1 && !cells.len().is_multiple_of(columns) && columns > 1 {
            // `a | b | c d | e | f`: the last cell of one row and the first of the next have no pipe between.
            let Some((last, first)) = unglue(&cells[columns - 1]) else { break };
            let rest = cells.split_off(columns);
            cells[columns - 1] = last;
            rows.push(std::mem::replace(&mut cells, std::iter::once(first).chain(rest).collect()));
        } else if cells.len() >= 2 * columns && columns > 1 {
            let mut rest = cells.split_off(columns);
            // `| a | b | | c | d |`: the outer pipes of two rows.
            if rest.len() > columns && is_blank(&rest[0]) {
                rest.remove(0);
            }
            rows.push(std::mem::replace(&mut cells, rest));
        } else {
            break;
        }
    }
    if cells.len() > columns {
        let surplus = cells.split_off(columns);
        if let Some(last) = cells.last_mut() {
            *last = trim(last).to_vec();
            for piece in surplus.iter().map(|piece| trim(piece)).filter(|piece| !piece.is_empty()) {
                let at = piece[0].at;
                last.extend([' ', '|', ' '].map(|ch| Glyph { ch, at }));
                last.extend_from_slice(piece);
            }
        }
    }
    if cells.iter().any(|cell| !is_blank(cell)) {
        cells.resize(columns, Vec::new());
        rows.push(cells);
    }
}

/// Where two cells were glued: at two blanks, else at the last blank.
fn unglue(cell: &[Glyph]) -> Option<(Vec<Glyph>, Vec<Glyph>)> {
    let body = trim(cell);
    let blank = |at: usize| body[at].ch.is_whitespace();
    let at =
        (1..body.len()).find(|&at| blank(at - 1) && blank(at)).or_else(|| (1..body.len()).rfind(|&at| blank(at)))?;
    Some((body[..at].to_vec(), trim(&body[at..]).to_vec()))
}

fn with_separator(lines: &[Vec<Glyph>], from: usize, at: usize, shape: Shape, wrap: &Wrap) -> Table {
    let mut rows = Vec::new();
    let start = header(lines, from, at, shape, &mut rows);
    let header = !rows.is_empty();
    let end = body(lines, at + 1, shape, wrap, &mut rows);
    Table { start, end, rows, header }
}

/// Reads the header row upwards from the separator; returns its first line.
fn header(lines: &[Vec<Glyph>], from: usize, at: usize, shape: Shape, rows: &mut Vec<Row>) -> usize {
    let mut start = at;
    let mut seen = 0;
    let mut bare = 0;
    let mut whole = false;
    while start > from && at - start < MAX_ROW_LINES && !whole {
        let line = trim(&lines[start - 1]);
        let count = pipes(line);
        let alone = line.len() == 1;
        if line.is_empty() && shape.outer || separator(line).is_some() {
            break;
        }
        // The last cell may stand on a line of its own, but no paragraph may.
        bare += usize::from(!line.is_empty() && count == 0 && seen == 0);
        if bare > 1 {
            break;
        }
        start -= 1;
        seen += count;
        whole = if shape.outer {
            seen >= shape.columns && line.first().is_some_and(|glyph| glyph.ch == '|')
        } else {
            seen >= shape.pipes() && !alone && line.first().is_some_and(|glyph| glyph.ch != '|')
        };
    }
    if !whole {
        return at;
    }
    let mut partial = Partial::default();
    for line in lines[start..at].iter().filter(|line| !is_blank(line)) {
        partial.add(line, false);
    }
    partial.finish(shape, rows);
    start
}

/// Reads rows from line `at` on; returns the line after the table.
fn body(lines: &[Vec<Glyph>], mut at: usize, shape: Shape, wrap: &Wrap, rows: &mut Vec<Row>) -> usize {
    let alone = lines[at..].iter().take(12).any(|line| matches!(trim(line), [Glyph { ch: '|', .. }])) && !shape.outer;
    let mut row = Partial::default();
    let whole = shape.pipes();
    let mut end = at;
    while let Some(line) = lines.get(at) {
        let text = trim(line);
        let count = pipes(text);
        let opens = |from: usize| {
            let next = lines[from..].iter().take(6).find(|line| !is_blank(line));
            next.is_some_and(|line| trim(line)[0].ch == '|' && separator(line).is_none())
        };
        if separator(line).is_some() || row.lines > MAX_ROW_LINES {
            break;
        }
        let full = row.is_started() && row.pipes() >= whole;
        if text.is_empty() {
            let open = row.is_started() && (!full || row.last_is_blank() && !shape.outer) && at < lines.len();
            if !(alone || open) {
                break;
            }
        } else if count == 0 {
            if text[0].ch == '#' {
                break;
            }
            let gap = !(super::text::is_wide(text[0].ch));
            if !row.is_started() {
                // A row of one cell, such as a title across the table, or the first cell of a flattened one.
                let inside =
                    alone && opens(at + 1) || shape.blanks && ends_in_blanks(line) && follows(lines, at + 1, shape);
                if !inside {
                    break;
                }
                row.add(line, false);
                if !alone {
                    row.finish(shape, rows);
                }
            } else if full && !shape.outer && !row.last_is_blank() {
                if alone && opens(at + 1) {
                    row.finish(shape, rows);
                    row.add(line, false);
                } else if let Some(gap) = wrap.joins(at.saturating_sub(1), row.last_line(lines, at), line) {
                    row.add(line, gap);
                } else if alone && lines[at..].iter().take(8).any(|line| pipes(line) > 0) {
                    row.add(line, true);
                } else if shape.blanks
                    && !ends_in_blanks(row.last_line(lines, at))
                    && ends_in_blanks(line)
                    && !is_marker(text)
                {
                    row.add(line, gap);
                } else {
                    break;
                }
            } else if full && shape.outer && row.last_is_blank() {
                break;
            } else {
                row.add(line, gap);
            }
            end = at + 1;
        } else {
            if row.is_started() {
                let over = row.pipes() + count > whole;
                let outer_start = shape.outer && text[0].ch == '|' && row.last_is_blank();
                if full || outer_start || (over && count >= whole) {
                    row.finish(shape, rows);
                }
            }
            row.add(line, false);
            end = at + 1;
        }
        // html2text ends a row, and only a row, with two blanks.
        if row.is_started() && shape.blanks && !shape.outer && ends_in_blanks(line) && !text.is_empty() && !alone {
            row.finish(shape, rows);
        }
        at += 1;
    }
    if row.is_started() {
        row.finish(shape, rows);
    }
    end
}

/// Whether a row of the table begins at this line.
fn follows(lines: &[Vec<Glyph>], at: usize, shape: Shape) -> bool {
    lines.get(at).is_some_and(|line| pipes(line) == shape.pipes() && separator(line).is_none())
        && lines.get(at + 1).is_none_or(|line| separator(line).is_none())
}

/// Rows without a separator: several lines in a row with the same number of pipes.
fn without_separator(lines: &[Vec<Glyph>], at: usize) -> Option<Table> {
    let line = trim(&lines[at]);
    let count = pipes(line);
    let outer = line.first().is_some_and(|glyph| glyph.ch == '|') && line.last().is_some_and(|glyph| glyph.ch == '|');
    let columns = if outer { count.saturating_sub(1) } else { count + 1 };
    if count == 0 || !(2..=MAX_COLUMNS).contains(&columns) || line.len() == count {
        return None;
    }
    let mut same = 0;
    let mut wrapped = Vec::new();
    while let Some(line) = lines.get(at + same).filter(|line| separator(line).is_none()) {
        // A line without pipes behind an open enumeration goes on with the last cell.
        let open = same > 0 && trim(&lines[at + same - 1]).last().is_some_and(|glyph| glyph.ch == '、');
        match pipes(trim(line)) {
            pipes if pipes == count => {}
            0 if open && !outer && !is_blank(line) => wrapped.push(at + same),
            _ => break,
        }
        same += 1;
    }
    // The last one may be the header of the table that follows.
    same -= usize::from(same > 0 && lines.get(at + same).is_some_and(|line| separator(line).is_some()));
    if same.saturating_sub(wrapped.len()) < (if columns > 2 { 2 } else { 3 }) {
        return None;
    }
    let shape = Shape { columns, outer, blanks: false };
    let mut rows = Vec::new();
    let mut row = Partial::default();
    for (index, line) in lines.iter().enumerate().take(at + same).skip(at) {
        if row.is_started() && !wrapped.contains(&index) {
            std::mem::take(&mut row).finish(shape, &mut rows);
        }
        row.add(line, false);
    }
    row.finish(shape, &mut rows);
    Some(Table { start: at, end: at + same, rows, header: false })
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines};
    use super::*;

    /// First line, line after the last, whether the first row is a header.
    type Place = (usize, usize, bool);

    fn read(source: &str) -> (Vec<Vec<String>>, Vec<Place>) {
        let lines = glyph_lines(source, Spot::START);
        let found = tables(&lines, &Wrap::default());
        let text = |cell: &Vec<Glyph>| trim(cell).iter().map(|glyph| glyph.ch).collect::<String>();
        let rows = found.iter().flat_map(|table| &table.rows).map(|row| row.iter().map(text).collect()).collect();
        (rows, found.iter().map(|table| (table.start, table.end, table.header)).collect())
    }

    #[test]
    fn outer_pipes_and_indentation() {
        let (rows, places) =
            read("前文\n    | 名称 | 用途 |\n    |---|:---:|\n    | 友盟 | 统计 |\n    | 极光 | |\n后文");
        assert_eq!(rows, [["名称", "用途"], ["友盟", "统计"], ["极光", ""]]);
        assert_eq!(places, [(1, 5, true)]);
    }

    #[test]
    fn html2text_rows_broken_over_lines() {
        let source = "  * **权限** | **内容** | **服务**  \n---|---|---  \n麦克风 | 开启麦克风 |  \n基于定位 | 位置信息 |\n授权后提供周边内容  \n小米 | 举报电话 | 发邮件至a@b.com\n，注明账号  \n3\\. 下一节  \n正文";
        let (rows, places) = read(source);
        assert_eq!(rows[0], ["**权限**", "**内容**", "**服务**"]);
        assert_eq!(rows[1], ["麦克风", "开启麦克风", ""]);
        assert_eq!(rows[2], ["基于定位", "位置信息", "授权后提供周边内容"]);
        assert_eq!(rows[3], ["小米", "举报电话", "发邮件至a@b.com，注明账号"]);
        assert_eq!(rows.len(), 4);
        assert_eq!(places, [(0, 7, true)]);
    }

    #[test]
    fn broken_rows_without_trailing_blanks() {
        let (rows, _) =
            read("名称|用途|信息\n---|---|---\n友盟|统计\n|IMEI\n极光|推送|\nMAC地址\nBugly|崩溃|日志\n\n后文");
        assert_eq!(rows[1..], [["友盟", "统计", "IMEI"], ["极光", "推送", "MAC地址"], ["Bugly", "崩溃", "日志"]]);
    }

    #[test]
    fn a_cell_cut_behind_its_comma_goes_on_without_pipes() {
        let (rows, _) = read("名称|用途|信息\n友盟|统计|IMEI、\n设备型号\n极光|推送|OAID\n\n后文");
        assert_eq!(rows, [["名称", "用途", "信息"], ["友盟", "统计", "IMEI、设备型号"], ["极光", "推送", "OAID"]]);
    }

    #[test]
    fn glued_rows_come_apart() {
        let (rows, _) = read("名称|用途|信息\n---|---|---\n友盟|统计|IMEI  极光|推送|MAC");
        assert_eq!(rows[1..], [["友盟", "统计", "IMEI"], ["极光", "推送", "MAC"]]);
        let (rows, _) = read("|名称|用途|\n|---|---|\n|友盟|统计||极光|推送|");
        assert_eq!(rows[1..], [["友盟", "统计"], ["极光", "推送"]]);
    }

    #[test]
    fn pipes_alone_on_a_line() {
        let (rows, _) = read("名称\n\n|\n\n用途\n\n---|---\n\n友盟\n\n|\n\n统计\n\n极光\n\n|\n\n推送\n\n后文");
        assert_eq!(rows, [["名称", "用途"], ["友盟", "统计"], ["极光", "推送"]]);
    }

    #[test]
    fn pipes_inside_a_cell_and_escaped() {
        let (rows, _) = read("名称|用途|信息\n---|---|---\n友盟|统计|IMEI | MAC\na\\|b|c|d");
        assert_eq!(rows[1], ["友盟", "统计", "IMEI | MAC"]);
        assert_eq!(rows[2], ["a\\|b", "c", "d"]);
    }

    #[test]
    fn rows_without_separator_need_company() {
        assert_eq!(read("友盟|统计|IMEI\n极光|推送|MAC").0.len(), 2);
        assert!(read("首页 | 登录\n正文").0.is_empty());
    }
}
