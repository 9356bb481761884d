//! HTML, from saved pages over Word exports to the templates of mini programs.
//!
//! The page is read in one pass with a stack of open elements; blocks go to the innermost open table cell or to the page.

mod element;
mod print;
mod script;
mod settings;
mod token;

use std::borrow::Cow;

pub(super) use element::is_element;
use element::{Display, Role, display, role};
use print::{Print, Styles};
pub(super) use print::{is_coloured, is_strong};
use token::{Attributes, Token, Tokens, advance};

use super::table::{CellTag, Table};
use super::text::{BREAK, Glyph, Spot, TextBuilder, is_blank, is_invisible, is_wide};
use super::{Beside, Block, BlockKind, entity, inline, markdown, marked, plain};

/// Elements that may be open at once; tags beyond add nothing but their words. Browsers stop at 512.
const MAX_OPEN: usize = 256;

/// Tables that may be open at once; deeper ones are taken for plain blocks.
const MAX_TABLES: usize = 12;

/// Letters that a page must show for its scripts to be passed over.
const MIN_SHOWN: usize = 200;

/// Whether a text is HTML: it begins as a page, or ends more blocks than chance explains.
pub(super) fn detect(source: &str) -> bool {
    let head = source.trim_start_matches(|ch: char| ch.is_whitespace() || is_invisible(ch));
    let begins = |start: &str| head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    if begins("<!doctype html") || begins("<html") {
        return true;
    }
    let ends = source.match_indices("</").filter(|&(at, _)| {
        let rest = &source[at + 2..];
        let name = &rest[..rest.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        let role = role(&name.to_ascii_lowercase());
        rest[name.len()..].starts_with('>') && !matches!(role, Role::Inline | Role::Anchor | Role::Void | Role::Hidden)
    });
    ends.take(2).count() == 2
}

/// The blocks of a page whose first character stands at `at`. `tables` counts the tables of the document; what the page shows
/// beside its words goes to `beside`.
pub(super) fn blocks(source: &str, at: Spot, tables: &mut u32, beside: &mut Beside) -> Vec<Block> {
    let mut reader = Reader {
        // The components of programs wrap what they show in a template; pages hide one.
        templates_show: !Tokens::new(source, at).take(1000).any(|token| is_page(&token)),
        budget: source.len().saturating_mul(4).saturating_add(1 << 20),
        sinks: vec![Vec::new()],
        beside: std::mem::take(beside),
        ..Reader::default()
    };
    for token in Tokens::new(source, at) {
        match token {
            Token::Text(text, at) => reader.text(text, at),
            Token::Start { name, attributes, at } => reader.start(name, attributes, at),
            Token::End { name } => reader.end(&name),
            Token::Raw { name, text, at } => reader.raw(&name, text, at),
        }
    }
    let scripts = std::mem::take(&mut reader.scripts);
    // Numbers behind those of the page's own tables.
    let mut next_table = u32::MAX / 2;
    let mut found = reader.finish(beside);
    let letters =
        found.iter().flat_map(Block::texts).flat_map(|text| text.text.chars()).filter(|ch| ch.is_alphabetic());
    if letters.take(MIN_SHOWN).count() < MIN_SHOWN {
        let lines: Vec<Vec<Glyph>> = scripts.into_iter().flat_map(|(text, at)| script::lines(text, at)).collect();
        found.extend(plain::blocks(&lines, &mut next_table));
    }
    renumber(&mut found, tables);
    found
}

fn is_page(token: &Token<'_>) -> bool {
    matches!(token, Token::Start { name, .. } if name == "html" || name == "body")
}

/// Numbers the tables in reading order: an outer table ends, and is numbered, after those inside it.
fn renumber(blocks: &mut [Block], tables: &mut u32) {
    let mut numbers = std::collections::HashMap::new();
    for block in blocks {
        if let BlockKind::Row { table, .. } = &mut block.kind {
            *table = *numbers.entry(*table).or_insert_with(|| {
                *tables += 1;
                *tables - 1
            });
        }
    }
}

/// An element that is open.
#[derive(Debug)]
struct Open<'a> {
    name: Cow<'a, str>,
    role: Role,
    hidden: bool,
    /// Begins and ends lines.
    block: bool,
    /// Where a link leads, and how long the line was before it.
    link: Option<(&'a str, usize)>,
    cell: CellTag,
    /// An item that has had its first line.
    used: bool,
    print: Print,
}

#[derive(Debug, Default)]
struct Reader<'a> {
    open: Vec<Open<'a>>,
    /// Start tags beyond the limit, whose end tags are to be passed over.
    beyond: usize,
    hidden: usize,
    pre: usize,
    /// The line being read; [`BREAK`] stands for `<br>`, `\n` for a line end of the source.
    line: Vec<Glyph>,
    /// Blocks of the page, then those of each open cell.
    sinks: Vec<Vec<Block>>,
    tables: Vec<Table>,
    next_table: u32,
    builder: TextBuilder,
    /// Bytes that spanning cells may still repeat.
    budget: usize,
    templates_show: bool,
    /// Programs of the page and their places.
    scripts: Vec<(&'a str, Spot)>,
    /// Markdown was found between the tags.
    markdown: bool,
    styles: Styles,
    beside: Beside,
    /// Headings that are open.
    headings: usize,
}

impl<'a> Reader<'a> {
    fn text(&mut self, text: &str, at: Spot) {
        if self.hidden > 0 {
            return;
        }
        let print = self.print();
        let mut at = at;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (ch, length) = match first {
                '&' => entity::decode(rest).unwrap_or(('&', 1)),
                '\r' if rest.starts_with("\r\n") => ('\n', 2),
                '\r' | '\u{85}' => ('\n', first.len_utf8()),
                ch => (ch, ch.len_utf8()),
            };
            if print != Print::Plain && !ch.is_whitespace() {
                self.beside.set_apart(at);
                self.beside.sets_apart |= print == Print::Apart && ch.is_alphabetic();
            }
            if !is_invisible(ch) {
                self.line.push(Glyph { ch: if ch == BREAK { '\n' } else { ch }, at });
            }
            at = advance(at, &rest[..length]);
            rest = &rest[length..];
        }
    }

    /// How words are printed here. Headings are set apart from the text and no words in it.
    fn print(&self) -> Print {
        self.open.last().filter(|_| self.headings == 0).map(|open| open.print).unwrap_or_default()
    }

    fn raw(&mut self, name: &str, text: &'a str, at: Spot) {
        if name == "style" {
            self.styles.read(text);
        }
        if name == "script" {
            settings::script(text, at, &mut self.beside);
            self.scripts.push((text, at));
        }
        if matches!(name, "textarea" | "xmp" | "plaintext") {
            self.flush();
            self.pre += 1;
            self.text(text, at);
            self.flush();
            self.pre -= 1;
        }
    }

    fn start(&mut self, name: Cow<'a, str>, attributes: Attributes<'a>, at: Spot) {
        let mut role = role(&name);
        if matches!(role, Role::Row | Role::Cell { .. } | Role::Section { .. }) && self.tables.is_empty()
            || role == Role::Table && self.tables.len() >= MAX_TABLES
        {
            role = Role::Block;
        }
        settings::tag(&name, &attributes, at, &mut self.beside);
        match role {
            Role::Void => return self.void(&name, &attributes, at),
            Role::Break => return self.line.push(Glyph { ch: BREAK, at }),
            _ => {}
        }
        let display = attributes.get("style").map_or(Display::Default, display);
        let shown_template = name == "template" && self.templates_show;
        let hidden =
            role == Role::Hidden && !shown_template || display == Display::Hidden || attributes.get("hidden").is_some();
        let block = match role {
            Role::Inline | Role::Anchor | Role::Hidden => display == Display::Block,
            Role::Block | Role::Paragraph => display != Display::Inline,
            _ => true,
        };
        if block {
            self.flush();
        }
        if name == "hr" || attributes.is_closed() && element::is_component(&name) {
            return;
        }
        if block {
            self.close_implied(role, &name);
        }
        if self.open.len() >= MAX_OPEN {
            self.beyond += 1;
            return;
        }
        let span = |key: &str| attributes.get(key).and_then(|value| value.trim().parse().ok()).unwrap_or(1);
        let mut cell = CellTag::default();
        match role {
            Role::Pre => self.pre += 1,
            Role::Heading(_) => self.headings += 1,
            Role::Table => self.tables.push(Table::default()),
            Role::Section { head } => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_head = head;
                }
            }
            Role::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_row();
                }
            }
            Role::Cell { head } => {
                cell = CellTag { columns: span("colspan"), rows: span("rowspan"), head, continues: false };
                self.sinks.push(Vec::new());
            }
            _ => {}
        }
        let around = self.open.last().map(|open| open.print).unwrap_or_default();
        let print = self.styles.of(&name, !block, &attributes, around);
        self.hidden += usize::from(hidden);
        let link = (role == Role::Anchor).then(|| attributes.get("href")).flatten();
        let link = link.map(|address| (address, self.line.len()));
        self.open.push(Open { name, role, hidden, block, link, cell, used: false, print });
    }

    /// Takes a tag without content.
    fn void(&mut self, name: &str, attributes: &Attributes<'a>, at: Spot) {
        match name {
            "img" | "image" if self.hidden == 0 => self.beside.picture(at, attributes.get("alt").unwrap_or_default()),
            "link" => {
                self.styles.linked |= attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("stylesheet"))
            }
            _ => {}
        }
    }

    /// Ends what a start tag ends without saying so.
    fn close_implied(&mut self, role: Role, name: &str) {
        let table = self.open.iter().rposition(|open| open.role == Role::Table);
        let inside = table.map_or(0, |table| table + 1);
        let first = |found: &dyn Fn(Role) -> bool| {
            self.open[inside..].iter().position(|open| found(open.role)).map(|at| inside + at)
        };
        let ended = match role {
            Role::Row => first(&|role| matches!(role, Role::Row | Role::Cell { .. })),
            Role::Cell { .. } => first(&|role| matches!(role, Role::Cell { .. })),
            Role::Section { .. } => first(&|role| matches!(role, Role::Row | Role::Cell { .. } | Role::Section { .. })),
            _ => {
                let scope = self.scope();
                let entry = matches!(name, "dt" | "dd");
                self.open[scope..]
                    .iter()
                    .rposition(|open| match role {
                        Role::Item => matches!(open.role, Role::Item | Role::List),
                        Role::Heading(_) => matches!(open.role, Role::Paragraph | Role::Heading(_)),
                        _ if entry => open.role == Role::List || matches!(open.name.as_ref(), "dt" | "dd"),
                        _ => open.role == Role::Paragraph,
                    })
                    .map(|at| scope + at)
                    .filter(|&at| self.open[at].role != Role::List)
            }
        };
        if let Some(at) = ended {
            self.close_to(at);
        }
    }

    /// Index of the first open element inside the innermost cell or table.
    fn scope(&self) -> usize {
        self.open.iter().rposition(|open| matches!(open.role, Role::Cell { .. } | Role::Table)).map_or(0, |at| at + 1)
    }

    fn end(&mut self, name: &str) {
        let role = role(name);
        if role == Role::Break {
            let at = self.line.last().map_or(Spot::START, |glyph| glyph.at);
            return self.line.push(Glyph { ch: BREAK, at });
        }
        if self.beyond > 0 && role != Role::Void {
            self.beyond -= 1;
            if role != Role::Inline {
                self.flush();
            }
            return;
        }
        let from = match role {
            Role::Table => 0,
            Role::Row | Role::Cell { .. } | Role::Section { .. } => {
                self.open.iter().rposition(|open| open.role == Role::Table).unwrap_or(0)
            }
            _ => self.scope(),
        };
        let found = self.open[from..].iter().rposition(|open| match role {
            Role::Heading(_) => matches!(open.role, Role::Heading(_)),
            _ => open.name == name,
        });
        match found {
            Some(at) => self.close_to(from + at),
            None if !matches!(role, Role::Inline | Role::Anchor | Role::Void) => self.flush(),
            None => {}
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.close();
        }
    }

    /// Closes the innermost open element.
    fn close(&mut self) {
        if self.open.last().is_some_and(|open| open.block) {
            self.flush();
        }
        let Some(open) = self.open.pop() else { return };
        match open.role {
            Role::Pre => self.pre -= 1,
            Role::Heading(_) => self.headings -= 1,
            Role::Anchor => {
                if let Some((address, before)) = open.link.filter(|_| self.hidden == 0) {
                    self.address(address, before);
                }
            }
            Role::Cell { .. } => {
                if let (Some(blocks), Some(table)) = (self.sinks.pop(), self.tables.last_mut()) {
                    table.cell(open.cell, blocks);
                }
            }
            Role::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            Role::Section { .. } => {
                if let Some(table) = self.tables.last_mut() {
                    table.in_head = false;
                }
            }
            Role::Table => {
                if let Some(table) = self.tables.pop() {
                    let blocks = table.finish(self.next_table, &mut self.budget);
                    self.next_table += 1;
                    self.put(blocks);
                }
            }
            _ => {}
        }
        self.hidden -= usize::from(open.hidden);
    }

    /// Adds where a link leads, unless its words say so.
    fn address(&mut self, address: &str, before: usize) {
        let words = &self.line[before.min(self.line.len())..];
        let Some(last) = words.iter().rfind(|glyph| !glyph.ch.is_whitespace()) else { return };
        let said: String = words.iter().map(|glyph| glyph.ch).collect();
        let address = address.trim().replace("&amp;", "&");
        if inline::is_worth(&address, &said) {
            let at = last.at;
            let added = format!(" ({address})");
            self.line.extend((0u32..).zip(added.chars()).map(|(i, ch)| Glyph { ch, at: at.right(i) }));
        }
    }

    /// Ends the line being read.
    fn flush(&mut self) {
        if is_blank(&self.line) {
            self.line.clear();
            return;
        }
        let line = std::mem::take(&mut self.line);
        let scope = self.scope();
        let inside = |role: Role| matches!(role, Role::Heading(_) | Role::Item | Role::Pre);
        let inner = self.open[scope..].iter().rposition(|open| inside(open.role)).map(|at| scope + at);
        let loose = inner.is_none() && self.open[scope..].iter().all(|open| open.role != Role::Paragraph);
        if self.pre > 0 || loose && line.iter().filter(|glyph| glyph.ch == '\n').count() > 1 {
            let keeps = |glyph: &Glyph| glyph.ch == '\n' || (self.pre > 0 && glyph.ch == BREAK);
            let lines: Vec<Vec<Glyph>> = line.split(keeps).map(<[Glyph]>::to_vec).collect();
            let is_markdown = (self.markdown && loose) || markdown::detect(&lines);
            self.markdown |= is_markdown && loose;
            if self.pre > 0 || is_markdown {
                if is_markdown {
                    marked::read(&lines, &mut self.beside);
                }
                let read = if is_markdown { markdown::blocks } else { plain::blocks };
                let blocks = read(&lines, &mut self.next_table);
                return self.put(blocks);
            }
        }
        for part in line.split(|glyph| glyph.ch == BREAK).filter(|part| !is_blank(part)) {
            let part = unwrap(part);
            let kind = match inner.map(|at| &mut self.open[at]) {
                Some(Open { role: Role::Heading(level), .. }) => markdown::heading(*level, &part),
                Some(Open { role: Role::Item, used, .. }) if !*used => {
                    *used = true;
                    let lists = self.open.iter().filter(|open| open.role == Role::List).count();
                    BlockKind::Item(u8::try_from(lists.max(1)).unwrap_or(u8::MAX))
                }
                _ => BlockKind::Paragraph,
            };
            // Markdown that went through an editor: its marks are words to the page.
            let marks = part.windows(2).any(|pair| matches!((pair[0].ch, pair[1].ch), ('*', '*') | (']', '(')));
            if marks {
                marked::read(std::slice::from_ref(&part), &mut self.beside);
                inline::markdown(&part, &mut self.builder)
            } else {
                self.builder.push_all(&part)
            }
            let text = self.builder.finish();
            if !text.text.is_empty() {
                self.put(vec![Block { kind, text }]);
            }
        }
    }

    fn put(&mut self, blocks: Vec<Block>) {
        if let Some(sink) = self.sinks.last_mut() {
            sink.extend(blocks);
        }
    }

    fn finish(mut self, beside: &mut Beside) -> Vec<Block> {
        self.flush();
        self.close_to(0);
        *beside = std::mem::take(&mut self.beside).sorted();
        std::mem::take(&mut self.sinks).into_iter().flatten().collect()
    }
}

/// Line ends of the source become blanks, and nothing between ideographs.
fn unwrap(part: &[Glyph]) -> Vec<Glyph> {
    let mut out: Vec<Glyph> = Vec::with_capacity(part.len());
    let mut at = 0;
    while let Some(&glyph) = part.get(at) {
        if !glyph.ch.is_whitespace() {
            out.push(glyph);
            at += 1;
            continue;
        }
        let run = part[at..].iter().take_while(|glyph| glyph.ch.is_whitespace()).count();
        let wide = |other: Option<&Glyph>| other.is_some_and(|glyph| is_wide(glyph.ch));
        let broken = part[at..at + run].iter().any(|glyph| glyph.ch == '\n');
        if !(broken && wide(out.last()) && wide(part.get(at + run))) {
            out.push(Glyph { ch: ' ', at: glyph.at });
        }
        at += run;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<String> {
        blocks(source, Spot::START, &mut 0, &mut Beside::default())
            .into_iter()
            .map(|block| match block.kind {
                BlockKind::Row { table, header, cells } => {
                    let cell = |cell: &super::super::Cell| {
                        format!("{}{}", if cell.spanned { "^" } else { "" }, cell.text.text.replace('\n', "/"))
                    };
                    let cells: Vec<_> = cells.iter().map(cell).collect();
                    format!("{table}{} {}", if header { "h" } else { "" }, cells.join("|"))
                }
                BlockKind::Heading(level) => format!("#{level} {}", block.text.text),
                BlockKind::Item(depth) => format!("-{depth} {}", block.text.text),
                BlockKind::Paragraph => block.text.text,
            })
            .collect()
    }

    #[test]
    fn words_cut_into_runs_stay_whole() {
        let source =
            "<p><span>发布时间：</span\n><span>2022</span\n><span>年</span><o:p></o:p> 个人信\n  息，I<b>ME</b>I</p>";
        assert_eq!(read(source), ["发布时间：2022年 个人信息，IMEI"]);
    }

    #[test]
    fn nothing_hidden_is_read() {
        let source = "<style>p{}</style><script>var a='<p>甲</p>'</script><p>乙<span style='display: none'>丙<b>丁</b></span>戊\
                      <!-- 己 --></p><div hidden>庚</div><noscript>辛</noscript><p style='mso-hide:all'>壬</p>";
        assert_eq!(read(source), ["乙戊"]);
    }

    #[test]
    fn lists_nest_and_paragraphs_end_by_themselves() {
        let source = "<h2>一、收集</h2><p>甲<p>乙<ul><li>丙<ol><li>丁<br>戊</ol><li><p>己</p><p>庚</p></ul><dl><dt>辛<dd>壬</dl>";
        assert_eq!(read(source), ["#2 一、收集", "甲", "乙", "-1 丙", "-2 丁", "戊", "-1 己", "庚", "辛", "壬"]);
    }

    #[test]
    fn tables_with_spans() {
        let source = "<table><colgroup><tr><td colSpan=3>安卓</td></tr><thead><tr><th>名称<th>用途<th>信息</tr></thead>\
                      <tr><td rowSpan=\"2\">友盟</td><td>统计<br>分析</td><td><p>IMEI</p><div>MAC</div></td></tr>\
                      <tr><td>推送</td><td></td></tr></table>后文";
        assert_eq!(
            read(source),
            ["0 安卓|^安卓|^安卓", "0h 名称|用途|信息", "0 友盟|统计/分析|IMEI/MAC", "0 ^友盟|推送|", "后文"]
        );
    }

    #[test]
    fn tables_for_layout_are_no_tables() {
        let source = "<table><tr><td><h1>隐私政策</h1><table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>\
                      <p>完</p></td></tr></table>";
        assert_eq!(read(source), ["#1 隐私政策", "0 甲|乙", "0 丙|丁", "完"]);
    }

    #[test]
    fn preformatted_markdown_is_read_as_such() {
        let source =
            "<html><pre>1\\. 收集\n**名称** | 用途\n---|---\n友盟 | 统计\n==========\n引言 &quot;甲&quot;</pre></html>";
        assert_eq!(read(source), ["1. 收集", "0h 名称|用途", "0 友盟|统计", "引言 \"甲\""]);
    }

    #[test]
    fn markdown_around_a_table() {
        let source =
            "# 隐私政策\n\n* 甲 **乙**\n\n## 二\n<table><tr><td>一</td><td>二</td></tr></table>\n\n## 三\n- 丙\n- 丁\n";
        assert_eq!(read(source), ["#1 隐私政策", "-1 甲乙", "#2 二", "0 一|二", "#2 三", "-1 丙", "-1 丁"]);
    }

    #[test]
    fn components_of_mini_programs() {
        let source = "<template><view class='a'><text>一、收集</text></view><view><text>我们收集<text>位置</text></text><image src=x /></view></template>";
        assert_eq!(read(source), ["一、收集", "我们收集位置"]);
    }

    #[test]
    fn text_in_a_script_is_read_when_the_page_shows_none() {
        let source = "<template><view>{{text}}</view></template>\n<script>export default { text: '我们收集您的设备信息和位置信息\\n我们不会出售您的任何个人信息' }</script>";
        assert_eq!(read(source), ["{{text}}", "我们收集您的设备信息和位置信息", "我们不会出售您的任何个人信息"]);
    }

    #[test]
    fn links_keep_their_address() {
        let source = "<p>见<a href='https://a.cn/sdk?a=1&amp;b=2'>《SDK目录》</a>、<a href='#x'>上文</a>、<a href='http://b.cn'>b.cn</a></p>";
        assert_eq!(read(source), ["见《SDK目录》 (https://a.cn/sdk?a=1&b=2)、上文、b.cn"]);
    }

    #[test]
    fn places_are_those_of_the_source() {
        let found = blocks("<div>\r\n  <p>甲&nbsp;&ldquo;乙\r\n丙</p>", Spot::START, &mut 0, &mut Beside::default());
        let marks: Vec<_> = found[0].text.marks.iter().map(|mark| (mark.offset, mark.line, mark.column)).collect();
        assert_eq!(found[0].text.text, "甲 “乙丙");
        assert_eq!(marks, [(0, 2, 6), (4, 2, 13), (7, 2, 20), (10, 3, 1)]);
    }

    #[test]
    fn repetition_is_bounded() {
        let source =
            format!("<table>{}", "<tr><td rowspan=60000 colspan=1000>很长很长很长很长的一格<td>乙".repeat(3000));
        let bytes: usize = blocks(&source, Spot::START, &mut 0, &mut Beside::default())
            .iter()
            .flat_map(Block::texts)
            .map(|text| text.text.len() + 72)
            .sum();
        assert!(bytes < source.len() * 8 + (4 << 20), "{bytes}");
    }
}
