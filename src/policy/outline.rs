//! Blocks to an outline: what heads what, what introduces which list, and so which role and platform each block has.

mod ditto;
mod flat;
mod inline;
mod labelled;
mod marker;
mod role;
mod spaced_rows;

use std::iter;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::catalogue::{Cue, PlatformWord};
use crate::policy::intake::{Block, BlockKind, Text};
use crate::policy::model::{Platform, Role};
use crate::policy::normal::Normal;
use crate::policy::sentence::{self, Sentence};
use crate::policy::words::Words;

pub(crate) use marker::{Style, chinese_number_before};

/// A run of words with its folded form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span {
    /// The words and their places.
    pub text: Text,
    /// The same folded.
    pub normal: Normal,
    /// Whether each line of it stands for itself, as in a cell.
    pub lines: bool,
    /// Its sentences, once somebody asked for them.
    sentences: OnceLock<Vec<Sentence>>,
}

impl Span {
    pub(crate) fn new(text: Text, words: &Words) -> Self {
        let normal = words.normal(&text.text);
        Self { text, normal, lines: false, sentences: OnceLock::new() }
    }

    /// Its sentences, as the first call found them: not to be asked for while the outline still changes.
    pub(crate) fn sentences(&self, words: &Words) -> &[Sentence] {
        self.sentences.get_or_init(|| sentence::cut(self, words))
    }

    /// Folded words.
    pub(crate) fn folded(&self) -> &str {
        self.normal.text()
    }

    /// The source words of a folded range.
    pub(crate) fn source(&self, range: std::ops::Range<usize>) -> &str {
        &self.text.text[self.normal.source_range(range, &self.text.text)]
    }
}

/// One row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Number of the table in the document.
    pub table: u32,
    /// Whether it is a header by markup.
    pub header: bool,
    /// Its cells and whether each repeats a spanning cell.
    pub cells: Vec<(Span, bool)>,
}

/// A block in its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its words; empty for a row.
    pub span: Span,
    /// Where the words begin behind the numbering, in the folded text.
    pub body: usize,
    /// Its numbering.
    pub style: Option<Style>,
    /// The row, when it is one.
    pub row: Option<Row>,
    /// Whether it heads what follows and says nothing itself.
    pub heading: bool,
    /// What its section is about.
    pub role: Role,
    /// Whether it stands in a list of cases that need no consent, in a disclaimer, or the like.
    pub exception: bool,
    /// For which platform it speaks.
    pub platform: Platform,
    /// The heading, item or introducing sentence it stands under.
    pub lead: Option<usize>,
    /// Index of the innermost heading.
    pub section: Option<usize>,
}

impl Node {
    /// Folded words behind the numbering.
    pub(crate) fn body_text(&self) -> &str {
        &self.span.folded()[self.body.min(self.span.folded().len())..]
    }
}

/// One document in its order.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// Its nodes.
    pub nodes: Vec<Node>,
}

struct Frame {
    style: Style,
    number: u32,
    node: usize,
    heading: bool,
    role: Option<Role>,
    exception: bool,
    platform: Platform,
    intro: Option<Intro>,
}

#[derive(Clone, Copy)]
struct Intro {
    node: usize,
    exception: bool,
    platform: Platform,
    /// Whether a plain paragraph closed the list it introduces.
    closed: bool,
}

impl Outline {
    /// Lays out `blocks`.
    pub(crate) fn new(blocks: Vec<Block>, words: &Words) -> Self {
        let mut builder = Builder {
            words,
            nodes: Vec::with_capacity(blocks.len()),
            frames: Vec::new(),
            root_intro: None,
            contents: Contents::default(),
            heads: 0,
            cells: false,
        };
        let mut last = None;
        for block in joined(blocks).into_iter().flat_map(|block| inline::unfold(block, &mut last)) {
            for entry in labelled::unfold(block, words) {
                builder.block(entry);
            }
        }
        let mut outline = Self { nodes: builder.nodes };
        spaced_rows::rebuild(&mut outline, words);
        flat::rebuild(&mut outline, words);
        ditto::fill(&mut outline, words);
        outline
    }

    /// Cuts every block and cell into sentences, which all readers ask for.
    pub(crate) fn cut_sentences(&self, words: &Words<'_>) {
        self.nodes.par_iter().for_each(|node| {
            let cells = node.row.iter().flat_map(|row| row.cells.iter().map(|(cell, _)| cell));
            for span in iter::once(&node.span).chain(cells) {
                span.sentences(words);
            }
        });
    }

    /// The chain of nodes `index` stands under, innermost first.
    pub(crate) fn leads(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.nodes[index].lead, |&i| self.nodes[i].lead.filter(|&l| l < i))
    }
}

/// A paragraph that begins with what no paragraph begins with goes on with the one before it, as does one behind an open enumeration.
fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let starts = block.text.text.trim_start().chars().next();
        let goes_on = matches!(starts, Some('，' | ',' | '、' | '；' | '。' | '）' | ')' | '：'))
            || (matches!(starts, Some('（' | '(')) && !numbered(&block.text.text))
            || joined.last().is_some_and(|last| last.text.text.trim_end().ends_with('、'))
                && !block.text.text.trim().is_empty()
                && !numbered(&block.text.text);
        if let Some(last) = joined.last_mut()
            && goes_on
            && block.kind == BlockKind::Paragraph
            && matches!(last.kind, BlockKind::Paragraph | BlockKind::Item(_))
            && !last.text.text.trim_end().ends_with(['。', '；', '：', ':', ';', '.', '！', '）', ')'])
            && !last.text.text.trim().is_empty()
        {
            let shift = last.text.text.len() as u32;
            last.text.text.push_str(&block.text.text);
            last.text.marks.extend(
                block.text.marks.iter().map(|m| crate::policy::intake::Mark { offset: m.offset + shift, ..*m }),
            );
            continue;
        }
        joined.push(block);
    }
    joined
}

fn numbered(text: &str) -> bool {
    marker::parse(&Normal::new(text), text.trim_start().chars().next()).is_some()
}

#[derive(Default)]
struct Contents {
    /// First line of the table of contents, folded; `Some("")` before it is known.
    first: Option<String>,
    lines: usize,
}

struct Builder<'a> {
    words: &'a Words<'a>,
    nodes: Vec<Node>,
    frames: Vec<Frame>,
    root_intro: Option<Intro>,
    contents: Contents,
    /// Column heads met one after another, and whether the lines behind them are cells of a flattened table.
    heads: usize,
    cells: bool,
}

/// Lines at the beginning of a document that may be its title.
const TITLE_LINES: usize = 4;

/// Column heads in a row from which the lines behind them are believed to be cells.
const HEADS: usize = 3;

/// Characters of the head of a labelled line.
const LABEL_LENGTH: usize = 14;

/// Number of characters up to which a line without a full stop may be a heading.
const HEADING_LENGTH: usize = 36;

impl Builder<'_> {
    fn block(&mut self, block: Block) {
        let span = Span::new(block.text, self.words);
        let (row, level, item) = match block.kind {
            BlockKind::Row { table, header, cells } => {
                let cells = cells
                    .into_iter()
                    .map(|c| (Span { lines: true, ..Span::new(c.text, self.words) }, c.spanned))
                    .collect();
                (Some(Row { table, header, cells }), None, None)
            }
            BlockKind::Heading(level) => (None, Some(level), None),
            BlockKind::Item(depth) => (None, None, Some(depth)),
            BlockKind::Paragraph => (None, None, None),
        };
        if row.is_none() && span.normal.text().chars().all(|c| matches!(c, '=' | '-' | '_' | '*' | '|' | '·' | '`')) {
            return;
        }
        if let Some(row) = row {
            let node = self.node(span, 0, None, Some(row), false);
            self.nodes.push(node);
            return;
        }
        let first = span.text.text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').chars().next();
        let parsed = marker::parse(&span.normal, first);
        let parsed = match parsed {
            // `* 1.3.2 …`: the bullet is decoration, the number counts.
            Some(m) if matches!(m.style, Style::Bullet(_)) => {
                let written = span.source(m.body..span.folded().len());
                let rest = self.words.normal(written);
                let inner = marker::parse(&rest, written.trim_start().chars().next());
                inner.map(|i| marker::Marker { body: i.body + m.body, ..i }).or(Some(m))
            }
            other => other,
        };
        let body = parsed.map_or(0, |m| m.body);
        if self.in_contents(&span, body, level.is_some()) {
            let mut node = self.node(span, body, None, None, false);
            node.role = Role::Contents;
            self.nodes.push(node);
            return;
        }
        let style = match (level, parsed, item) {
            (Some(level), _, _) => Some((Style::Markup(level), parsed.map_or(0, |m| m.number))),
            (None, Some(m), _) => Some((m.style, m.number)),
            (None, None, Some(depth)) => Some((Style::Bullet(depth), 0)),
            (None, None, None) => None,
        };
        let text = &span.folded()[body..];
        let rule = if self.titled(text) { None } else { role::of_heading(text, self.words) };
        let bare = level.is_none() && parsed.is_none() && item.is_none();
        self.heads = if bare && self.words.column(text).is_some() { self.heads + 1 } else { 0 };
        self.cells = bare && (self.cells || self.heads >= HEADS || spaced_rows::header(&span, self.words).is_some());
        let heading = level.is_some()
            || !self.cells
                && role::is_heading(
                    text,
                    parsed.is_some()
                        && item.is_none_or(|_| parsed.is_some_and(|m| !matches!(m.style, Style::Bullet(_)))),
                    rule,
                    self.words,
                );
        let style = style.or_else(|| heading.then_some((Style::Bare, 0)));
        match style {
            Some((style, number)) => self.push_frame(span, body, style, number, heading, rule),
            None => self.paragraph(span),
        }
    }

    /// Whether a line is the title of the document, which says nothing about a section (儿童隐私保护指引).
    fn titled(&self, text: &str) -> bool {
        let first = self.nodes.iter().filter(|n| !n.span.normal.is_empty()).nth(TITLE_LINES - 1).is_none();
        first && role::is_title(text, self.words)
    }

    fn in_contents(&mut self, span: &Span, body: usize, markup: bool) -> bool {
        let text = span.folded()[body..].trim_end_matches([':', ';', '.', '。', '；']);
        if let Some(first) = &mut self.contents.first {
            let short =
                self.words.length(text) <= HEADING_LENGTH && !text.contains(['。', ';', ',']) && !text.is_empty();
            let repeats = !first.is_empty() && first == text;
            if !short || repeats || self.contents.lines > 80 || (markup && self.contents.lines > 0) {
                self.contents.first = None;
                // The document itself begins: nothing of it stands under the heading of the contents.
                self.frames.retain(|f| f.role != Some(Role::Contents));
                return false;
            }
            if first.is_empty() {
                *first = text.to_owned();
            }
            self.contents.lines += 1;
            return true;
        }
        let follows = self.words.length(span.folded()) <= 60
            && (self.words.cues(&span.normal, 0..span.folded().len()).iter().any(|c| c.cue == Cue::ContentsFollow)
                || role::of_heading(text, self.words) == Some(role::Kind::Role(Role::Contents)));
        if follows {
            self.contents = Contents { first: Some(String::new()), lines: 0 };
        }
        false
    }

    fn node(&self, span: Span, body: usize, style: Option<Style>, row: Option<Row>, heading: bool) -> Node {
        let top = self.frames.last();
        let intro = top.map_or(self.root_intro, |f| f.intro).filter(|i| !i.closed);
        let platform = intro
            .map(|i| i.platform)
            .filter(|p| *p != Platform::Any)
            .or_else(|| top.map(|f| f.platform))
            .unwrap_or_default();
        Node {
            span,
            body,
            style,
            row,
            heading,
            role: self.frames.iter().rev().find_map(|f| f.role).unwrap_or_default(),
            exception: self.frames.iter().any(|f| f.exception) || intro.is_some_and(|i| i.exception),
            platform,
            lead: intro.map(|i| i.node).or_else(|| top.map(|f| f.node)),
            section: self.frames.iter().rev().find(|f| f.heading).map(|f| f.node),
        }
    }

    fn paragraph(&mut self, span: Span) {
        let mut node = self.node(span, 0, None, None, false);
        let index = self.nodes.len();
        self.head_label(&mut node);
        let folded = node.span.folded().to_owned();
        let introduces = folded.ends_with([':', '：']);
        let ends = folded.ends_with(['。', '.', '!']);
        let long = self.words.length(&folded) > 40;
        if introduces {
            let intro = self.intro(&node, index);
            match self.frames.last_mut() {
                Some(frame) => frame.intro = Some(intro),
                None => self.root_intro = Some(intro),
            }
        } else if ends && long && !self.labelled(&folded) {
            // A full sentence behind the list: the list is over.
            let slot = match self.frames.last_mut() {
                Some(frame) => &mut frame.intro,
                None => &mut self.root_intro,
            };
            if let Some(intro) = slot {
                intro.closed = true;
            }
        }
        self.nodes.push(node);
    }

    /// `Camera: we need it to …`: a line with a head of its own is a member of the list it stands in.
    fn labelled(&self, text: &str) -> bool {
        let head = text.find(':').map(|at| &text[..at]);
        head.is_some_and(|h| !h.is_empty() && !h.contains([',', '。', ';']) && self.words.length(h) <= LABEL_LENGTH)
    }

    fn intro(&self, node: &Node, index: usize) -> Intro {
        let cues = self.words.cues(&node.span.normal, last_sentence(node.span.folded()));
        let lists_sdks = self.words.says_sdk(node.span.folded()) && cues.iter().any(|c| c.cue == Cue::ListFollows);
        Intro {
            node: index,
            // 但以下情况除外：…4、我们接入的第三方SDK如下：… the list of components is no exception.
            exception: !lists_sdks && (node.exception || cues.iter().any(|c| c.cue == Cue::Exception)),
            platform: match self.platform_of(&node.span, 0) {
                Platform::Any => node.platform,
                named => named,
            },
            closed: false,
        }
    }

    /// `权限撤回：…`, `iOS版本：…`: a label at the head of a line speaks for the line.
    fn head_label(&self, node: &mut Node) {
        let text = node.span.folded();
        let Some(colon) = text[node.body..].find(':').map(|at| at + node.body) else { return };
        let label = &text[node.body..colon];
        if self.words.length(label) > 16 {
            return;
        }
        if let Some(role::Kind::Role(role @ (Role::Rights | Role::Minors | Role::Update | Role::Contact))) =
            role::of_heading(label, self.words)
        {
            node.role = role;
        }
        if matches!(role::of_heading(label, self.words), Some(role::Kind::Exception)) {
            node.exception = true;
        }
        match self.words.platforms(&node.span.normal, node.body..colon).as_slice() {
            [] => {}
            found => node.platform = platform_from(found.iter().map(|&(p, _)| p)),
        }
    }

    fn platform_of(&self, span: &Span, body: usize) -> Platform {
        let text = span.folded();
        if self.words.length(&text[body..]) > 48 {
            return Platform::Any;
        }
        platform_from(self.words.platforms(&span.normal, body..text.len()).into_iter().map(|(p, _)| p))
    }

    fn push_frame(
        &mut self,
        span: Span,
        body: usize,
        style: Style,
        number: u32,
        heading: bool,
        rule: Option<role::Kind>,
    ) {
        let introduces = span.folded().ends_with(':');
        self.pop_to(style, number, introduces);
        let mut node = self.node(span, body, Some(style), None, heading);
        let index = self.nodes.len();
        let mut frame = Frame {
            style,
            number,
            node: index,
            heading,
            role: None,
            exception: false,
            platform: node.platform,
            intro: None,
        };
        if heading {
            match rule {
                Some(role::Kind::Role(role)) => {
                    frame.role = Some(role);
                    node.role = role;
                }
                Some(role::Kind::Exception) => {
                    frame.exception = true;
                    node.exception = true;
                }
                // A new part of the document without a telling name is about nothing in particular.
                None if style.opens_part() && !matches!(style, Style::Markup(4..) | Style::Bare) => frame.role = None,
                None => {}
            }
            let platform = self.platform_of(&node.span, body);
            if platform != Platform::Any {
                frame.platform = platform;
                node.platform = platform;
            }
        } else {
            self.head_label(&mut node);
            frame.platform = if self.words.length(node.span.folded()) <= 48 { node.platform } else { frame.platform };
            if node.role != self.frames.iter().rev().find_map(|f| f.role).unwrap_or_default() {
                frame.role = Some(node.role);
            }
            if node.span.folded().ends_with(':') {
                frame.intro = Some(self.intro(&node, index));
            }
        }
        self.nodes.push(node);
        self.frames.push(frame);
    }

    /// Takes away the frames that a new line of this numbering ends.
    fn pop_to(&mut self, style: Style, number: u32, introduces: bool) {
        if let Style::Markup(level) = style {
            let keep = self
                .frames
                .iter()
                .position(|f| !matches!(f.style, Style::Markup(l) if l < level))
                .unwrap_or(self.frames.len());
            self.frames.truncate(keep);
            return;
        }
        if style == Style::Bare {
            let keep = self
                .frames
                .iter()
                .position(|f| !matches!(f.style, Style::Markup(_) | Style::Chapter))
                .unwrap_or(self.frames.len());
            self.frames.truncate(keep);
            return;
        }
        let same: Vec<usize> = (0..self.frames.len()).filter(|&i| self.frames[i].style == style).collect();
        if same.is_empty() {
            if style.opens_part() {
                let keep = self
                    .frames
                    .iter()
                    .position(|f| !matches!(f.style, Style::Markup(_)) && f.style > style)
                    .unwrap_or(self.frames.len());
                self.frames.truncate(keep);
            } else if let Style::Dotted(parts) = style {
                let keep = self
                    .frames
                    .iter()
                    .position(|f| matches!(f.style, Style::Dotted(p) if p >= parts))
                    .unwrap_or(self.frames.len());
                self.frames.truncate(keep);
            }
            return;
        }
        // The list whose count goes on; a list that starts again at 1 inside another of its kind is a new one.
        if matches!(style, Style::Bullet(_))
            && !introduces
            && let Some(&outer) = same.iter().rev().find(|&&i| self.frames[i].intro.is_some())
        {
            // A bullet that ends with a colon introduces the bullets behind it.
            self.frames.truncate(outer + 1);
            return;
        }
        if matches!(style, Style::Bullet(_)) {
            self.frames.truncate(same[0]);
            return;
        }
        let goes_on = same.iter().rev().copied().find(|&i| self.frames[i].number + 1 == number);
        let keep = match goes_on {
            Some(i) => i,
            None if number == 1 && !style.opens_part() && self.nested(same[same.len() - 1]) => return,
            None => same[same.len() - 1],
        };
        self.frames.truncate(keep);
    }

    /// Whether the innermost frame lies below frame `index` by another numbering.
    fn nested(&self, index: usize) -> bool {
        self.frames[index].number > 1 && index + 1 < self.frames.len()
    }
}

/// The last sentence of a folded text.
pub(crate) fn last_sentence(text: &str) -> std::ops::Range<usize> {
    let head = text.trim_end_matches([':', '。', ';']);
    let start = head.rfind(['。', ';', '!']).map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    start..text.len()
}

/// The platform a set of platform words stands for.
pub(crate) fn platform_from(words: impl Iterator<Item = PlatformWord>) -> Platform {
    let (mut android, mut ios, mut harmony, mut other) = (false, false, false, false);
    for word in words {
        match word {
            PlatformWord::Android => android = true,
            PlatformWord::Ios => ios = true,
            PlatformWord::Harmony => harmony = true,
            PlatformWord::Other => other = true,
            PlatformWord::Both => return Platform::Any,
        }
    }
    match (android, ios, harmony, other) {
        (true, false, false, false) => Platform::Android,
        (false, true, false, false) => Platform::Ios,
        (false, false, true, false) => Platform::Harmony,
        (false, false, false, true) => Platform::Other,
        _ => Platform::Any,
    }
}
