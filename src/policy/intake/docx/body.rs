//! The main part of a Word file: paragraphs and tables in reading order.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::super::table::{CellTag, Table};
use super::super::text::{BREAK, Glyph, Spot, TextBuilder, is_blank, is_invisible};
use super::super::{Beside, Block, BlockKind, inline, markdown};
use super::numbering::Numbering;
use super::styles::{Style, heading, outline};
use super::{attribute, is_on, number, reader, sets_apart};

/// Tables, and text boxes, that may be open at once; what is deeper is read as part of the outer one.
const MAX_NESTING: usize = 16;

/// Elements whose content is not shown: deleted or moved text, and the second version of a drawing for older readers.
const SKIPPED: &[&str] = &["del", "moveFrom", "Fallback", "instrText", "rubyPr"];

/// A paragraph that is open.
#[derive(Debug, Default)]
struct Paragraph {
    line: u32,
    glyphs: Vec<Glyph>,
    heading: Option<u8>,
    number: Option<(String, usize)>,
    style: Option<Style>,
    /// Where the link being read leads, and where its words begin.
    link: Option<(String, usize)>,
    /// Characters read, hidden ones included.
    column: u32,
}

struct Body<'a> {
    styles: &'a HashMap<String, Style>,
    numbering: Numbering,
    links: &'a HashMap<String, String>,
    /// Paragraphs that are open: a text box has its own inside one.
    open: Vec<Paragraph>,
    lines: u32,
    /// Blocks of the body, then those of each open cell.
    sinks: Vec<Vec<Block>>,
    tables: Vec<(Table, CellTag)>,
    next_table: u32,
    budget: usize,
    builder: TextBuilder,
    /// Inside a run that is hidden.
    vanished: bool,
    /// Inside the properties of a run: what they say of underlining, size and the like is passed over.
    run_properties: bool,
    in_text: bool,
    /// The run being read is set apart by its properties.
    apart: bool,
    /// The words that stand for the drawing being read.
    described: String,
    beside: Beside,
}

/// Reads the body: its blocks, the number of its paragraphs, and what it shows beside its words. `None` when nothing of it is
/// XML.
pub(super) fn read(
    xml: &str,
    styles: &HashMap<String, Style>,
    numbering: Numbering,
    links: &HashMap<String, String>,
) -> Option<(Vec<Block>, u32, Beside)> {
    let mut body = Body {
        styles,
        numbering,
        links,
        open: Vec::new(),
        lines: 0,
        sinks: vec![Vec::new()],
        tables: Vec::new(),
        next_table: 0,
        budget: xml.len().saturating_mul(4).saturating_add(1 << 20),
        builder: TextBuilder::new(),
        vanished: false,
        run_properties: false,
        in_text: false,
        apart: false,
        described: String::new(),
        beside: Beside::default(),
    };
    let mut reader = reader(xml);
    let mut skipped = 0usize;
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            // What stands before the fault has been read.
            Err(_) if body.lines > 0 => break,
            Err(_) => return None,
        };
        match event {
            Event::Start(element) if skipped > 0 || SKIPPED.contains(&element.local_name().as_ref()) => skipped += 1,
            Event::End(_) if skipped > 0 => skipped -= 1,
            _ if skipped > 0 => {}
            Event::Start(element) => body.start(&element),
            Event::Empty(element) => {
                body.start(&element);
                body.end(element.local_name().as_ref());
            }
            Event::End(element) => body.end(element.local_name().as_ref()),
            Event::Text(text) if body.in_text => body.words(&text.xml10_content()),
            Event::CData(text) if body.in_text => body.words(&text.xml10_content()),
            Event::GeneralRef(reference) if body.in_text => {
                let written = format!("&{};", reference.xml10_content());
                let decoded = super::super::entity::decode(&written).map_or(written.clone(), |(ch, _)| ch.to_string());
                body.words(&decoded);
            }
            _ => {}
        }
    }
    while !body.open.is_empty() {
        body.end_paragraph();
    }
    while !body.tables.is_empty() {
        body.end_table();
    }
    let Body { lines, sinks, beside, .. } = body;
    (lines > 0).then(|| (sinks.into_iter().flatten().collect(), lines, beside.sorted()))
}

impl Body<'_> {
    fn words(&mut self, text: &str) {
        let hidden = self.vanished;
        let Some(paragraph) = self.open.last_mut() else { return };
        let styled = paragraph.style.as_ref().is_some_and(|style| style.apart);
        let apart = (self.apart || styled) && paragraph.heading.is_none();
        for ch in text.chars() {
            paragraph.column = paragraph.column.saturating_add(1);
            if !hidden && !is_invisible(ch) {
                let at = Spot::new(paragraph.line, paragraph.column);
                paragraph.glyphs.push(Glyph { ch, at });
                if apart && !ch.is_whitespace() {
                    self.beside.set_apart(at);
                    self.beside.sets_apart |= ch.is_alphabetic();
                }
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name = name.as_ref();
        match name {
            "p" => {
                self.lines = self.lines.saturating_add(1);
                if self.open.len() < MAX_NESTING {
                    self.open.push(Paragraph { line: self.lines, ..Paragraph::default() });
                }
            }
            "r" => (self.vanished, self.apart) = (false, false),
            "rPr" => self.run_properties = true,
            _ if self.run_properties && sets_apart(element) => self.apart = true,
            "rStyle" => {
                let id = attribute(element, "val").unwrap_or_default();
                self.apart |= self.styles.get(&id).is_some_and(|style| style.apart);
            }
            "docPr" => self.described = attribute(element, "descr").unwrap_or_default(),
            "blip" | "imagedata" => {
                let at = self.open.last().map_or(Spot::START, |p| Spot::new(p.line, p.column.saturating_add(1)));
                self.beside.picture(at, &std::mem::take(&mut self.described));
            }
            "vanish" if self.run_properties => self.vanished = is_on(element),
            "t" => self.in_text = true,
            "tab" if !self.run_properties => self.words(" "),
            "br" | "cr" => self.words(&BREAK.to_string()),
            "noBreakHyphen" => self.words("-"),
            "tbl" if self.tables.len() < MAX_NESTING => self.tables.push((Table::default(), CellTag::default())),
            "tr" => self.table(Table::start_row),
            "tblHeader" if is_on(element) => self.table(Table::mark_head),
            "tc" => {
                if let Some((_, tag)) = self.tables.last_mut() {
                    *tag = CellTag { columns: 1, rows: 1, ..CellTag::default() };
                    self.sinks.push(Vec::new());
                }
            }
            "gridSpan" | "vMerge" => {
                if let Some((_, tag)) = self.tables.last_mut() {
                    match name {
                        "gridSpan" => tag.columns = number(element).unwrap_or(1) as usize,
                        _ => tag.continues = attribute(element, "val").is_none_or(|value| value == "continue"),
                    }
                }
            }
            _ => self.property(name, element),
        }
    }

    fn property(&mut self, name: &str, element: &BytesStart<'_>) {
        let Some(paragraph) = self.open.last_mut() else { return };
        match name {
            "pStyle" => {
                let id = attribute(element, "val").unwrap_or_default();
                let known = self.styles.get(&id).cloned();
                paragraph.heading = known.as_ref().map_or_else(|| heading(&id), |style| style.heading);
                paragraph.style = known;
            }
            "outlineLvl" => paragraph.heading = number(element).and_then(outline),
            "ilvl" => {
                let id = paragraph.number.take().map_or_else(String::new, |(id, _)| id);
                paragraph.number = Some((id, number(element).unwrap_or(0) as usize));
            }
            "numId" => {
                let level = paragraph.number.take().map_or(0, |(_, level)| level);
                paragraph.number = attribute(element, "val").map(|id| (id, level));
            }
            "hyperlink" => {
                let target = attribute(element, "id").and_then(|id| self.links.get(&id).cloned());
                paragraph.link = target.map(|target| (target, paragraph.glyphs.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "r" => (self.vanished, self.apart) = (false, false),
            "rPr" => self.run_properties = false,
            "t" => self.in_text = false,
            "hyperlink" => self.end_link(),
            "tr" => self.table(Table::end_row),
            "tc" if self.sinks.len() > 1 => {
                if let (Some(blocks), Some((table, tag))) = (self.sinks.pop(), self.tables.last_mut()) {
                    table.cell(*tag, blocks);
                }
            }
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some((table, _)) = self.tables.last_mut() {
            act(table);
        }
    }

    fn end_link(&mut self) {
        let Some(paragraph) = self.open.last_mut() else { return };
        let Some((target, from)) = paragraph.link.take() else { return };
        let Some(at) = paragraph.glyphs.last().map(|glyph| glyph.at) else { return };
        let said: String = paragraph.glyphs[from.min(paragraph.glyphs.len())..].iter().map(|glyph| glyph.ch).collect();
        if inline::is_worth(&target, &said) {
            paragraph.glyphs.extend(format!(" ({target})").chars().map(|ch| Glyph { ch, at }));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let styled = paragraph.style.and_then(|style| style.number);
        let (definition, level) = match (paragraph.number, styled) {
            (Some((id, level)), styled) if id.is_empty() => (styled.map_or_else(String::new, |(id, _)| id), level),
            (Some(number), _) | (None, Some(number)) => number,
            (None, None) => (String::new(), 0),
        };
        let label = if is_blank(&paragraph.glyphs) { None } else { self.numbering.next(&definition, level) };
        let start = Spot::new(paragraph.line, 1);
        for (i, part) in paragraph.glyphs.split(|glyph| glyph.ch == BREAK).enumerate() {
            if is_blank(part) {
                continue;
            }
            if let Some(label) = label.as_ref().filter(|label| i == 0 && !label.is_empty()) {
                label.chars().for_each(|ch| self.builder.push(ch, start));
                if label.ends_with(|ch: char| ch.is_alphanumeric() || ch == '.') {
                    self.builder.push(' ', start);
                }
            }
            self.builder.push_all(part);
            let kind = match (paragraph.heading, &label) {
                (Some(level), _) => markdown::heading(level, part),
                (None, Some(_)) if i == 0 => BlockKind::Item(u8::try_from(level + 1).unwrap_or(u8::MAX)),
                _ => BlockKind::Paragraph,
            };
            let text = self.builder.finish();
            if let Some(sink) = self.sinks.last_mut().filter(|_| !text.text.is_empty()) {
                sink.push(Block { kind, text });
            }
        }
    }

    fn end_table(&mut self) {
        let Some((table, _)) = self.tables.pop() else { return };
        let blocks = table.finish(self.next_table, &mut self.budget);
        self.next_table += 1;
        // A cell that never closed leaves its blocks behind.
        while self.sinks.len() > self.tables.len() + 1 {
            if let (Some(left), Some(sink)) = (self.sinks.pop(), self.sinks.last_mut()) {
                sink.extend(left);
            }
        }
        if let Some(sink) = self.sinks.last_mut() {
            sink.extend(blocks);
        }
    }
}
