//! Building a [`Text`] character by character, so that no step can lose where a character stood.

use super::{Mark, Text};

/// A place in the source: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: u32,
    pub column: u32,
}

impl Spot {
    /// Where a file begins.
    pub const START: Self = Self { line: 1, column: 1 };

    pub fn new(line: u32, column: u32) -> Self {
        Self { line, column }
    }

    /// The place `chars` characters on in the same line.
    pub fn right(self, chars: u32) -> Self {
        Self { line: self.line, column: self.column.saturating_add(chars) }
    }
}

/// A character and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub ch: char,
    pub at: Spot,
}

/// Stands for a line break that belongs to the text, such as `<br>` in a cell. A line end of the source never does.
pub(super) const BREAK: char = '\u{2028}';

/// The visible characters of a run within one line, each with its place.
pub(super) fn glyphs(run: &str, at: Spot) -> impl Iterator<Item = Glyph> {
    (0u32..).zip(run.chars()).filter(|&(_, ch)| !is_invisible(ch)).map(move |(i, ch)| Glyph { ch, at: at.right(i) })
}

/// The lines of a source that begins at `start`, as glyphs.
pub(super) fn glyph_lines(source: &str, start: Spot) -> Vec<Vec<Glyph>> {
    lines_from(source, start).map(|(at, line)| glyphs(line, at).collect()).collect()
}

/// Without white space at either end.
pub(super) fn trim(glyphs: &[Glyph]) -> &[Glyph] {
    let blank = |glyph: &Glyph| glyph.ch.is_whitespace();
    let start = glyphs.iter().position(|glyph| !blank(glyph)).unwrap_or(glyphs.len());
    let end = glyphs.iter().rposition(|glyph| !blank(glyph)).map_or(start, |at| at + 1);
    &glyphs[start..end]
}

/// Whether nothing but white space is there.
pub(super) fn is_blank(glyphs: &[Glyph]) -> bool {
    glyphs.iter().all(|glyph| glyph.ch.is_whitespace())
}

/// Collects characters to a [`Text`]: drops invisible ones, folds runs of white space, trims both ends.
#[derive(Debug, Default)]
pub(super) struct TextBuilder {
    text: String,
    marks: Vec<Mark>,
    /// Where the next character must stand to need no mark of its own.
    next: Option<Spot>,
    gap: Option<Glyph>,
}

impl TextBuilder {
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing but white space came.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds a character. White space becomes one blank, or one tab when a tab was among it.
    pub fn push(&mut self, ch: char, at: Spot) {
        if is_invisible(ch) {
            return;
        }
        if ch.is_whitespace() {
            let ch = if ch == '\t' { '\t' } else { ' ' };
            match &mut self.gap {
                Some(gap) if gap.ch == ' ' => gap.ch = ch,
                Some(_) => {}
                None => self.gap = Some(Glyph { ch, at }),
            }
            return;
        }
        if let Some(gap) = self.gap.take()
            && !self.text.is_empty()
        {
            self.place(gap.ch, gap.at);
        }
        self.place(ch, at);
    }

    /// Adds a line break inside the text; breaks at either end and repeated ones vanish.
    pub fn line_break(&mut self, at: Spot) {
        self.gap = Some(Glyph { ch: '\n', at });
    }

    /// Adds glyphs; [`BREAK`] among them is a line break.
    pub fn push_all(&mut self, glyphs: &[Glyph]) {
        for glyph in glyphs {
            match glyph.ch {
                BREAK => self.line_break(glyph.at),
                ch => self.push(ch, glyph.at),
            }
        }
    }

    /// Appends a finished text after a line break.
    pub fn append(&mut self, text: &Text) {
        let mut marks = text.marks.iter().peekable();
        let mut spot = Spot::START;
        for (i, (offset, ch)) in text.text.char_indices().enumerate() {
            if let Some(mark) = marks.next_if(|mark| mark.offset as usize == offset) {
                spot = Spot::new(mark.line, mark.column);
            }
            if i == 0 {
                self.line_break(spot);
            }
            if ch == '\n' {
                self.line_break(spot)
            } else {
                self.push(ch, spot)
            }
            spot = spot.right(1);
        }
    }

    fn place(&mut self, ch: char, at: Spot) {
        if self.next != Some(at) {
            // Files are capped far below 4 GiB, and no reader makes text longer than its file by more than a constant.
            let offset = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.marks.push(Mark { offset, line: at.line, column: at.column });
        }
        self.text.push(ch);
        self.next = Some(at.right(1));
    }

    /// The text, and a builder ready for the next one.
    pub fn finish(&mut self) -> Text {
        self.gap = None;
        self.next = None;
        Text { text: std::mem::take(&mut self.text), marks: std::mem::take(&mut self.marks) }
    }
}

/// Characters that a reader does not see and that would cut a word in two: joiners, direction marks, soft hyphens,
/// byte order marks, variation selectors, controls.
pub(super) fn is_invisible(ch: char) -> bool {
    match ch {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' => false,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => ch.is_control(),
    }
}

/// Ideographs, kana, and the punctuation written among them: no blank belongs between these when lines are joined.
pub(super) fn is_wide(ch: char) -> bool {
    matches!(ch,
        '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3ffff}')
        || matches!(ch, '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

/// Lines of a source with their places. Form feeds and Unicode separators end a line without counting as one, as editors see it.
pub(super) fn lines(source: &str) -> impl Iterator<Item = (Spot, &str)> {
    lines_from(source, Spot::START)
}

fn lines_from(source: &str, start: Spot) -> impl Iterator<Item = (Spot, &str)> {
    let mut rest = source;
    let mut at = start;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let start = at;
        let Some((end, ch)) = rest.char_indices().find(|&(_, ch)| is_line_end(ch)) else {
            return Some((start, std::mem::take(&mut rest)));
        };
        let line = &rest[..end];
        let counts = matches!(ch, '\n' | '\r' | '\u{85}');
        let skip = if rest[end..].starts_with("\r\n") { 2 } else { ch.len_utf8() };
        rest = &rest[end + skip..];
        at = if counts {
            Spot::new(at.line.saturating_add(1), 1)
        } else {
            at.right(u32::try_from(line.chars().count() + 1).unwrap_or(u32::MAX))
        };
        Some((start, line))
    })
}

fn is_line_end(ch: char) -> bool {
    matches!(ch, '\n' | '\r' | '\u{85}' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}')
}

/// Number of lines as an editor counts them, a last line without line end included.
pub(super) fn count_lines(source: &str) -> u32 {
    lines(source).last().map_or(0, |(at, _)| at.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(source: &str) -> Text {
        let mut builder = TextBuilder::new();
        for (at, line) in lines(source) {
            builder.push_all(&glyphs(line, at).collect::<Vec<_>>());
        }
        builder.finish()
    }

    #[test]
    fn white_space_folds_and_ends_are_trimmed() {
        let text = built("  我们 \u{a0}\u{3000}收集  ");
        assert_eq!(text.text, "我们 收集");
        assert_eq!(text.marks, [Mark { offset: 0, line: 1, column: 3 }, Mark { offset: 7, line: 1, column: 8 },]);
    }

    #[test]
    fn invisible_characters_vanish_and_marks_follow() {
        let text = built("摄\u{feff}像\u{200b}头\u{ad}权限");
        assert_eq!(text.text, "摄像头权限");
        assert_eq!(
            text.marks.iter().map(|mark| (mark.offset, mark.column)).collect::<Vec<_>>(),
            [(0, 1), (3, 3), (6, 5), (9, 7)]
        );
    }

    #[test]
    fn every_line_end_counts_once() {
        let source = "一\n二\r\n三\r四\u{85}五\u{c}六";
        let found: Vec<_> = lines(source).map(|(at, line)| (at.line, at.column, line)).collect();
        assert_eq!(found, [(1, 1, "一"), (2, 1, "二"), (3, 1, "三"), (4, 1, "四"), (5, 1, "五"), (5, 3, "六")]);
        assert_eq!(count_lines(source), 5);
        assert_eq!(count_lines("一\n"), 1);
    }

    #[test]
    fn appending_keeps_places() {
        let mut builder = TextBuilder::new();
        builder.push('甲', Spot::START);
        let first = builder.finish();
        builder.push('乙', Spot::new(4, 7));
        builder.push('丙', Spot::new(4, 8));
        let second = builder.finish();
        builder.append(&first);
        builder.append(&second);
        let both = builder.finish();
        assert_eq!(both.text, "甲\n乙丙");
        assert_eq!(both.marks.last(), Some(&Mark { offset: 4, line: 4, column: 7 }));
    }
}
