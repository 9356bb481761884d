//! Markdown by hand and from html2text, read line by line: in policies a line is a paragraph more often than Markdown says.

use super::pipes::{self, Table};
use super::text::{Glyph, TextBuilder, is_blank, is_wide, trim};
use super::wrap::Wrap;
use super::{Block, BlockKind, Cell, Text, inline};

/// Characters from which on a heading by markup is taken for emphasis.
const MAX_HEADING: usize = 60;

/// Whether lines are Markdown: several marks that plain text has no use for.
pub(super) fn detect(lines: &[Vec<Glyph>]) -> bool {
    let mut score = 0usize;
    let first = lines.iter().position(|line| !is_blank(line));
    for (number, line) in lines.iter().enumerate() {
        let body = trim(line);
        let ch = |at: usize| body.get(at).map_or('\0', |glyph| glyph.ch);
        let hashes = body.iter().take_while(|glyph| glyph.ch == '#').count();
        // A text that opens with such a mark opens with its title.
        let weight = if Some(number) == first { 3 } else { 2 };
        score += usize::from((1..=6).contains(&hashes) && ch(hashes) == ' ') * weight;
        score += usize::from(matches!(ch(0), '*' | '+') && ch(1) == ' ');
        score += usize::from(ch(0) == '`' && ch(1) == '`' && ch(2) == '`');
        let pipes = body.iter().filter(|glyph| glyph.ch == '|').count();
        let dashes = body.iter().any(|glyph| glyph.ch == '-');
        let rule = pipes > 0 && dashes && body.iter().all(|glyph| matches!(glyph.ch, '|' | '-' | ':' | ' '));
        score += usize::from(rule) * 3 + usize::from(pipes > 1);
        for pair in body.windows(2) {
            score += match (pair[0].ch, pair[1].ch) {
                ('*', '*') | (']', '(') => 1,
                ('\\', '.' | '_' | '-' | '*' | '(' | ')') => 2,
                _ => 0,
            };
        }
        if score > 2 {
            return true;
        }
    }
    false
}

/// The blocks of Markdown. `tables` counts the tables of the document.
pub(super) fn blocks(lines: &[Vec<Glyph>], tables: &mut u32) -> Vec<Block> {
    let wrap = Wrap::of(lines);
    let mut found = pipes::tables(lines, &wrap).into_iter().peekable();
    let mut reader = Reader { wrap, blocks: Vec::new(), builder: TextBuilder::new(), depths: Vec::new() };
    let mut at = 0;
    while at < lines.len() {
        let limit = found.peek().map_or(lines.len(), |table| table.start);
        if at < limit {
            at = reader.line(&lines[..limit], at);
        } else if let Some(table) = found.next() {
            at = table.end.max(at + 1);
            reader.table(&table, *tables);
            *tables += 1;
        }
    }
    reader.blocks
}

struct Reader {
    wrap: Wrap,
    blocks: Vec<Block>,
    builder: TextBuilder,
    /// Indentation of the list items that are open, outermost first.
    depths: Vec<usize>,
}

impl Reader {
    /// Reads the block that starts at a line; returns the line after it.
    fn line(&mut self, lines: &[Vec<Glyph>], at: usize) -> usize {
        let line = unquote(&lines[at]);
        let mut next = at + 1;
        if is_rule(trim(line)) || trim(line).starts_with_str("```") || trim(line).starts_with_str("~~~") {
            return next;
        }
        if is_blank(line) {
            return next;
        }
        let (kind, body) = self.kind(line);
        let mut glyphs = body.to_vec();
        while !matches!(kind, BlockKind::Heading(_))
            && let Some(more) = lines.get(next).map(|line| unquote(line))
            && !is_rule(trim(more))
            && let Some(gap) = self.wrap.joins(next - 1, &lines[next - 1], more)
        {
            let more = trim(more);
            if gap {
                glyphs.push(Glyph { ch: ' ', at: more[0].at });
            }
            glyphs.extend_from_slice(more);
            next += 1;
        }
        inline::markdown(&glyphs, &mut self.builder);
        let text = self.builder.finish();
        if text.text.chars().any(|ch| !matches!(ch, '*' | '_' | '`')) {
            self.blocks.push(Block { kind, text });
        }
        next
    }

    /// What a line is, and its words without the mark that says so.
    fn kind<'a>(&mut self, line: &'a [Glyph]) -> (BlockKind, &'a [Glyph]) {
        let indent = line.iter().take_while(|glyph| glyph.ch.is_whitespace()).count();
        let mut body = trim(line);
        let mut kind = BlockKind::Paragraph;
        if let Some(item) = item(body) {
            while self.depths.last().is_some_and(|&open| open > indent) {
                self.depths.pop();
            }
            if self.depths.last() != Some(&indent) {
                self.depths.push(indent);
            }
            kind = BlockKind::Item(u8::try_from(self.depths.len()).unwrap_or(u8::MAX));
            body = trim(item);
        } else if indent == 0 {
            self.depths.clear();
        }
        let level = body.iter().take_while(|glyph| glyph.ch == '#').count();
        let after = body.get(level).map(|glyph| glyph.ch);
        if (1..=6).contains(&level) && after.is_some_and(|ch| ch.is_whitespace() || is_wide(ch)) {
            body = trim(&body[level..]);
            let end = body.iter().rposition(|glyph| glyph.ch != '#').map_or(0, |last| last + 1);
            body = trim(&body[..end]);
            kind = heading(u8::try_from(level).unwrap_or(6), body);
        }
        (kind, body)
    }

    fn table(&mut self, table: &Table, number: u32) {
        self.depths.clear();
        for (i, row) in table.rows.iter().enumerate() {
            let cells = row
                .iter()
                .map(|cell| {
                    inline::markdown(cell, &mut self.builder);
                    Cell { text: self.builder.finish(), spanned: false }
                })
                .collect();
            let kind = BlockKind::Row { table: number, header: table.header && i == 0, cells };
            self.blocks.push(Block { kind, text: Text::default() });
        }
    }
}

/// A heading, unless it is a whole sentence set in large letters.
pub(super) fn heading(level: u8, words: &[Glyph]) -> BlockKind {
    let sentence = words.last().is_some_and(|glyph| matches!(glyph.ch, '。' | '；' | '，' | ';'));
    if words.len() > MAX_HEADING || sentence { BlockKind::Paragraph } else { BlockKind::Heading(level) }
}

/// A list item's words: without a bullet, with its number.
fn item(body: &[Glyph]) -> Option<&[Glyph]> {
    match body {
        [Glyph { ch: '*' | '-' | '+', .. }, Glyph { ch, .. }, ..] if ch.is_whitespace() => Some(&body[2..]),
        _ => {
            let digits = body.iter().take(3).take_while(|glyph| glyph.ch.is_ascii_digit()).count();
            let sign = body.get(digits).is_some_and(|glyph| matches!(glyph.ch, '.' | ')'));
            let blank = body.get(digits + 1).is_some_and(|glyph| glyph.ch.is_whitespace());
            (digits > 0 && sign && blank).then_some(body)
        }
    }
}

/// Without the marks of block quotes; the indentation behind them stays.
fn unquote(line: &[Glyph]) -> &[Glyph] {
    let mut rest = line;
    loop {
        let body = trim(rest);
        if body.first().is_none_or(|glyph| glyph.ch != '>') {
            return rest;
        }
        let at = rest.iter().position(|glyph| glyph.ch == '>').map_or(0, |at| at + 1);
        rest = &rest[at..];
        if rest.first().is_some_and(|glyph| glyph.ch == ' ') {
            rest = &rest[1..];
        }
    }
}

/// `* * *`, `---`, `==========`: nothing but the same sign, three times or more.
fn is_rule(body: &[Glyph]) -> bool {
    let Some(sign) = body.first().map(|glyph| glyph.ch).filter(|ch| "*-_=#".contains(*ch)) else { return false };
    let count = body.iter().filter(|glyph| glyph.ch == sign).count();
    count >= 3 && body.iter().all(|glyph| glyph.ch == sign || glyph.ch.is_whitespace())
}

trait StartsWith {
    fn starts_with_str(&self, prefix: &str) -> bool;
}

impl StartsWith for [Glyph] {
    fn starts_with_str(&self, prefix: &str) -> bool {
        self.len() >= prefix.len() && prefix.chars().zip(self).all(|(ch, glyph)| glyph.ch == ch)
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{Spot, glyph_lines};
    use super::*;

    fn read(source: &str) -> Vec<(BlockKind, String, u32)> {
        let found = blocks(&glyph_lines(source, Spot::START), &mut 0);
        found
            .into_iter()
            .map(|block| {
                let line = block.texts().find_map(|text| text.marks.first()).map_or(0, |mark| mark.line);
                (block.kind, block.text.text, line)
            })
            .collect()
    }

    #[test]
    fn headings_items_and_paragraphs() {
        let found = read(
            "# 隐私政策\n\n##引言 ##\n正文**重点**\n==========\n  * 第一层\n    * 第二层\n    1. 编号\n* * *\n1\\. 我们收集\n> 引用\n",
        );
        let expected = [
            (BlockKind::Heading(1), "隐私政策", 1),
            (BlockKind::Heading(2), "引言", 3),
            (BlockKind::Paragraph, "正文重点", 4),
            (BlockKind::Item(1), "第一层", 6),
            (BlockKind::Item(2), "第二层", 7),
            (BlockKind::Item(2), "1. 编号", 8),
            (BlockKind::Paragraph, "1. 我们收集", 10),
            (BlockKind::Paragraph, "引用", 11),
        ];
        assert_eq!(
            found.iter().map(|(kind, text, line)| (kind.clone(), text.as_str(), *line)).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn a_sentence_is_no_heading() {
        assert_eq!(read("#### 本协议适用于您使用本软件。")[0].0, BlockKind::Paragraph);
    }

    #[test]
    fn cells_lose_their_markup() {
        let found = blocks(
            &glyph_lines("**名称** | 信息\n---|---\n[友盟](https://u.cn) | IMEI<br>MAC\\_地址", Spot::START),
            &mut 0,
        );
        let BlockKind::Row { header: true, cells, .. } = &found[0].kind else { panic!() };
        assert_eq!(cells[0].text.text, "名称");
        let BlockKind::Row { header: false, cells, table: 0 } = &found[1].kind else { panic!() };
        assert_eq!(cells[0].text.text, "友盟 (https://u.cn)");
        assert_eq!(cells[1].text.text, "IMEI\nMAC_地址");
    }

    #[test]
    fn plain_text_is_not_markdown() {
        assert!(!detect(&glyph_lines("隐私政策\n* 注意：\n1. 收集\n- 姓名\n", Spot::START)));
        assert!(detect(&glyph_lines("## 隐私政策\n**收集**", Spot::START)));
        assert!(detect(&glyph_lines("\n# 隐私政策\n1、收集", Spot::START)));
        assert!(detect(&glyph_lines("甲|乙\n---|---\n1|2", Spot::START)));
    }
}
