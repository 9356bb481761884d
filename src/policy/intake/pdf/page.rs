//! The text of a page: its drawing operators run just far enough to know which characters share a line.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::text::is_wide;
use super::font::Font;

/// Drawings inside drawings that are followed.
const MAX_FORMS: usize = 6;

/// Saved graphics states.
const MAX_STATES: usize = 64;

/// A line of a page as drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub text: String,
    /// Left end, estimated right end, and height on the page, in points; font size.
    pub x: f32,
    pub end: f32,
    pub y: f32,
    pub size: f32,
}

/// An affine map as PDF writes it.
type Matrix = [f32; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

#[derive(Clone)]
struct State<'a> {
    page: Matrix,
    font: Option<Rc<Font<'a>>>,
    size: f32,
    leading: f32,
}

/// Fonts by where their dictionary lies, read once for the whole document.
pub(super) type Fonts<'a> = HashMap<usize, Rc<Font<'a>>>;

/// Runs the operators of pages.
pub(super) struct Painter<'a, 'f> {
    document: &'a Document,
    fonts: &'f mut Fonts<'a>,
    /// Bytes that page contents may still inflate to.
    budget: &'f mut usize,
    lines: Vec<Line>,
    /// Latin characters since the place was last set: their width is a guess.
    guessed: f32,
    /// The string that follows is set apart from the one before.
    apart: bool,
    /// Strings that no font could read.
    pub unread: usize,
}

impl<'a, 'f> Painter<'a, 'f> {
    pub fn new(document: &'a Document, fonts: &'f mut Fonts<'a>, budget: &'f mut usize) -> Self {
        Self { document, fonts, budget, lines: Vec::new(), guessed: 0.0, apart: false, unread: 0 }
    }

    /// The lines of a page in drawing order.
    pub fn page(&mut self, page: ObjectId) -> Vec<Line> {
        let content = self.document.get_page_content_with_limit(page, *self.budget).unwrap_or_default();
        let fonts = self.document.get_page_fonts(page).unwrap_or_default();
        let resources = self.document.get_page_resources(page).ok();
        let mut dictionaries: Vec<&'a Dictionary> = Vec::new();
        if let Some((direct, ids)) = resources {
            dictionaries.extend(direct);
            dictionaries.extend(ids.into_iter().filter_map(|id| self.document.get_dictionary(id).ok()));
        }
        let state = State { page: IDENTITY, font: None, size: 1.0, leading: 0.0 };
        self.run(&content, &fonts, &dictionaries, state, 0);
        std::mem::take(&mut self.lines)
    }

    fn run(
        &mut self,
        content: &[u8],
        fonts: &BTreeMap<Vec<u8>, &'a Dictionary>,
        resources: &[&'a Dictionary],
        mut state: State<'a>,
        depth: usize,
    ) {
        *self.budget = self.budget.saturating_sub(content.len());
        let Ok(content) = Content::decode(content) else { return };
        let mut saved: Vec<State<'a>> = Vec::new();
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            let value = |at: usize| operands.get(at).and_then(|it| it.as_float().ok()).unwrap_or(0.0);
            let matrix = || [value(0), value(1), value(2), value(3), value(4), value(5)];
            match operation.operator.as_str() {
                "q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                "Q" => {
                    if let Some(before) = saved.pop() {
                        state = before;
                    }
                }
                "cm" => state.page = times(matrix(), state.page),
                "BT" => (text, line) = (IDENTITY, IDENTITY),
                "Tf" => {
                    state.size = value(1);
                    let name = operands.first().and_then(|it| it.as_name().ok()).unwrap_or_default();
                    state.font = fonts.get(name).map(|&font| self.font(font));
                }
                "TL" => state.leading = value(0),
                "Tm" => (text, line) = (matrix(), matrix()),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -value(1);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, value(0), value(1)], line);
                    text = line;
                }
                "T*" | "'" | "\"" => {
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    text = line;
                    if let Some(Object::String(bytes, _)) = operands.last() {
                        self.show(bytes, &state, &mut text);
                    }
                }
                "Tj" => {
                    if let Some(Object::String(bytes, _)) = operands.first() {
                        self.show(bytes, &state, &mut text);
                    }
                }
                "TJ" => {
                    let parts = operands.first().and_then(|it| it.as_array().ok()).map_or(&[][..], Vec::as_slice);
                    for part in parts {
                        match part {
                            Object::String(bytes, _) => self.show(bytes, &state, &mut text),
                            other => {
                                let back = other.as_float().unwrap_or(0.0) / 1000.0 * state.size;
                                // Words are set apart by at least this much of the size; pairs of letters by less.
                                self.apart |= back < -0.18 * state.size;
                                text = times([1.0, 0.0, 0.0, 1.0, -back, 0.0], text);
                            }
                        }
                    }
                }
                "Do" if depth < MAX_FORMS && *self.budget > 0 => {
                    let name = operands.first().and_then(|it| it.as_name().ok()).unwrap_or_default();
                    self.form(name, fonts, resources, &state, depth);
                }
                _ => {}
            }
        }
    }

    fn font(&mut self, font: &'a Dictionary) -> Rc<Font<'a>> {
        let document = self.document;
        let known = self.fonts.entry(std::ptr::from_ref(font).addr());
        Rc::clone(known.or_insert_with(|| Rc::new(Font::of(font, document))))
    }

    fn form(
        &mut self,
        name: &[u8],
        fonts: &BTreeMap<Vec<u8>, &'a Dictionary>,
        resources: &[&'a Dictionary],
        state: &State<'a>,
        depth: usize,
    ) {
        let document = self.document;
        let stream = resources.iter().find_map(|resources| {
            let drawings = resources.get_deref(b"XObject", document).and_then(|it| it.as_dict()).ok()?;
            drawings.get_deref(name, document).and_then(|it| it.as_stream()).ok()
        });
        let Some(stream) =
            stream.filter(|it| it.dict.get(b"Subtype").and_then(|it| it.as_name()).is_ok_and(|it| it == b"Form"))
        else {
            return;
        };
        let Ok(content) = stream.decompressed_content_with_limit(*self.budget) else { return };
        let own = stream.dict.get_deref(b"Resources", document).and_then(|it| it.as_dict()).ok();
        let mut known = fonts.clone();
        if let Some(own) = own.and_then(|own| own.get_deref(b"Font", document).and_then(|it| it.as_dict()).ok()) {
            for (name, _) in own {
                if let Ok(font) = own.get_deref(name, document).and_then(|it| it.as_dict()) {
                    known.insert(name.clone(), font);
                }
            }
        }
        let mut state = state.clone();
        if let Ok(matrix) = stream.dict.get_deref(b"Matrix", document).and_then(|it| it.as_array()) {
            let value = |at: usize| matrix.get(at).and_then(|it| it.as_float().ok()).unwrap_or(IDENTITY[at]);
            state.page = times([value(0), value(1), value(2), value(3), value(4), value(5)], state.page);
        }
        let inner: Vec<&'a Dictionary> = own.into_iter().chain(resources.iter().copied()).take(MAX_FORMS + 2).collect();
        // A form that costs nothing could still call itself forever.
        *self.budget = self.budget.saturating_sub(64);
        self.run(&content, &known, &inner, state, depth + 1);
    }

    /// Shows a string: adds it to the line at this height, or begins one.
    fn show(&mut self, bytes: &[u8], state: &State<'a>, text: &mut Matrix) {
        let mut words = String::new();
        let apart = std::mem::take(&mut self.apart);
        let Some((font, ems)) = state.font.as_ref().and_then(|font| Some((font, font.decode(bytes, &mut words)?)))
        else {
            self.unread += 1;
            return;
        };
        let place = times(*text, state.page);
        let scale = place[0].abs() + place[1].abs();
        let size = (state.size.abs() * (place[2].abs() + place[3].abs())).clamp(0.1, 1000.0);
        let (x, y) = (place[4], place[5]);
        let end = x + ems * state.size.abs() * scale;
        *text = times([1.0, 0.0, 0.0, 1.0, ems * state.size, 0.0], *text);
        let latin = words.chars().filter(|&ch| !is_wide(ch)).count() as f32;
        let latin = if font.is_guessed() { latin } else { 0.0 };
        let drift = 0.12 * self.guessed * size;
        match self.lines.last_mut() {
            Some(line) if (line.y - y).abs() < 0.45 * size.max(line.size) && x > line.end - drift - 1.5 * size => {
                let gap = x - line.end;
                let ends = line.text.chars().next_back().zip(words.chars().next());
                let narrow =
                    ends.is_some_and(|(a, b)| !(is_wide(a) || is_wide(b) || a.is_whitespace() || b.is_whitespace()));
                // Words of a line are closer than the columns of a table.
                let column = if narrow { 1.2 } else { 0.7 };
                if gap > column * size + drift {
                    line.text.push('\t');
                } else if (apart || gap > 0.18 * size + drift) && narrow {
                    line.text.push(' ');
                }
                self.guessed = if gap.abs() < 0.05 * size { self.guessed + latin } else { latin };
                line.text.push_str(&words);
                line.end = end;
            }
            _ => {
                self.guessed = latin;
                self.lines.push(Line { text: words, x, end, y, size });
            }
        }
    }
}
