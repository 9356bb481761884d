//! Plain text: one paragraph a line, hard line breaks undone, columns between tabs made rows.

use super::text::{Glyph, TextBuilder, is_blank, trim};
use super::wrap::{Wrap, is_marker};
use super::{Block, BlockKind, Cell, inline};

/// The blocks of plain text. `tables` counts the tables of the document.
pub(super) fn blocks(lines: &[Vec<Glyph>], tables: &mut u32) -> Vec<Block> {
    let unmarked;
    let lines = match without_cell_ends(lines) {
        Some(without) => {
            unmarked = without;
            &unmarked
        }
        None => lines,
    };
    let wrap = Wrap::of(lines);
    let mut blocks = Vec::new();
    let mut builder = TextBuilder::new();
    let mut at = 0;
    while at < lines.len() {
        let rows = tab_rows(&lines[at..]);
        if rows > 1 {
            blocks.extend(lines[at..at + rows].iter().map(|line| row(line, *tables)));
            *tables += 1;
            at += rows;
            continue;
        }
        inline::plain(&lines[at], &mut builder);
        at += 1;
        while let Some(next) = lines.get(at)
            && let Some(gap) = wrap.joins(at - 1, &lines[at - 1], next)
        {
            let next = trim(next);
            if gap {
                builder.push(' ', next[0].at);
            }
            inline::plain(next, &mut builder);
            at += 1;
        }
        if !builder.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, text: builder.finish() });
        }
    }
    blocks
}

/// Lines that end in a pipe of their own from which a text is believed to be marked so.
const CELL_ENDS: usize = 6;

/// The lines without the pipes behind them, where a converter left each cell of a table on a line of its own with a pipe at its
/// end; the cells are then put together as those of any flattened table.
fn without_cell_ends(lines: &[Vec<Glyph>]) -> Option<Vec<Vec<Glyph>>> {
    let ends = |line: &Vec<Glyph>| {
        trim(line).last().is_some_and(|glyph| glyph.ch == '|')
            && line.iter().filter(|glyph| glyph.ch == '|').count() == 1
    };
    let without = |line: &Vec<Glyph>| {
        let pipe = if ends(line) { line.iter().rposition(|glyph| glyph.ch == '|') } else { None };
        line[..pipe.unwrap_or(line.len())].to_vec()
    };
    (lines.iter().filter(|line| ends(line)).count() >= CELL_ENDS).then(|| lines.iter().map(without).collect())
}

/// How many lines from here on have the same number of columns, tabs between them, as a table copied out of a word processor has.
fn tab_rows(lines: &[Vec<Glyph>]) -> usize {
    let tabs = |line: &[Glyph]| line.iter().filter(|glyph| glyph.ch == '\t').count();
    let columns = |line: &[Glyph]| 1 + tabs(trim_start(line));
    let Some(first) = lines.first().map(|line| columns(line)).filter(|&count| count > 1) else { return 0 };
    // Two columns are also how an automatic list number is copied.
    let same = |line: &&Vec<Glyph>| columns(line) == first && !(first == 2 && is_marker(trim(line)));
    let rows = lines.iter().take_while(same).count();
    if lines[..rows].iter().any(|line| 1 + tabs(trim(line)) == first) { rows } else { 0 }
}

fn trim_start(line: &[Glyph]) -> &[Glyph] {
    &line[line.iter().take_while(|glyph| glyph.ch.is_whitespace()).count()..]
}

fn row(line: &[Glyph], table: u32) -> Block {
    let mut builder = TextBuilder::new();
    let cells = trim_start(line)
        .split(|glyph| glyph.ch == '\t')
        .map(|cell| {
            inline::plain(cell, &mut builder);
            Cell { text: builder.finish(), spanned: false }
        })
        .collect();
    Block { kind: BlockKind::Row { table, header: false, cells }, text: super::Text::default() }
}

/// Whether `\n` was left as two characters all over a text, as in the string constants of a program.
pub(super) fn has_written_breaks(lines: &[Vec<Glyph>]) -> bool {
    let written = |line: &Vec<Glyph>| line.windows(2).filter(|pair| pair[0].ch == '\\' && pair[1].ch == 'n').count();
    let breaks: usize = lines.iter().map(written).sum();
    breaks >= 4 && breaks * 2 >= lines.iter().filter(|line| !is_blank(line)).count()
}

/// Splits lines at each written `\n`.
pub(super) fn split_written_breaks(lines: Vec<Vec<Glyph>>) -> Vec<Vec<Glyph>> {
    let mut split = Vec::with_capacity(lines.len());
    for line in lines {
        let mut from = 0;
        let mut at = 0;
        while at + 1 < line.len() {
            if line[at].ch == '\\' && line[at + 1].ch == 'n' {
                split.push(line[from..at].to_vec());
                from = at + 2;
                at += 1;
            }
            at += 1;
        }
        split.push(line[from..].to_vec());
    }
    split
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines};
    use super::*;

    fn read(source: &str) -> Vec<Block> {
        blocks(&glyph_lines(source, Spot::START), &mut 0)
    }

    #[test]
    fn columns_between_tabs_are_rows() {
        let found = read("SDK清单\n名称\t用途\t信息\n友盟SDK\t统计\t\n极光SDK\t推送\tIMEI\n结束");
        assert_eq!(found.len(), 5);
        let BlockKind::Row { table: 0, header: false, cells } = &found[3].kind else { panic!("{:?}", found[3]) };
        assert_eq!(cells[2].text.text, "IMEI");
        assert_eq!((cells[2].text.marks[0].line, cells[2].text.marks[0].column), (4, 10));
    }

    #[test]
    fn pipes_behind_cells_are_dropped() {
        let found = read("清单\n名称 |\n用途 |\n信息 |\n友盟SDK |\n统计 |\n|\n极光SDK |\n推送 |\nIMEI |\n结束");
        let lines: Vec<&str> = found.iter().map(|block| block.text.text.as_str()).collect();
        assert_eq!(lines, ["清单", "名称", "用途", "信息", "友盟SDK", "统计", "极光SDK", "推送", "IMEI", "结束"]);
        assert_eq!(read("甲 |\n乙").len(), 2);
        assert_eq!(read("甲 |\n乙")[0].text.text, "甲 |");
    }

    #[test]
    fn copied_list_numbers_are_no_columns() {
        assert!(read("1.\t收集\n2.\t使用").iter().all(|block| block.kind == BlockKind::Paragraph));
    }

    #[test]
    fn joined_lines_keep_their_places() {
        let found = read("联系邮箱：kefu@a.cn\n，邮件请注明账号。\n其他");
        assert_eq!(found[0].text.text, "联系邮箱：kefu@a.cn，邮件请注明账号。");
        assert_eq!(found[0].text.marks[1].line, 2);
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn written_breaks_split() {
        let lines = glyph_lines(r#"zh: "隐私政策\n一、收集\n二、使用\n三、共享\n完""#, Spot::START);
        assert!(has_written_breaks(&lines));
        assert_eq!(split_written_breaks(lines).len(), 5);
    }
}
