//! Bytes of one file to blocks that keep their source lines: encoding found, format found, markup gone.

use super::model::Format;

/// Text that remembers where each part of it stood in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The words, without markup, hard line breaks joined.
    pub text: String,
    /// Where runs of it come from, by ascending `offset`; the first mark has offset 0 unless the text is empty.
    pub marks: Vec<Mark>,
}

/// From this byte offset of a [`Text`] on, characters stand at this source line and column, one column a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset in the text.
    pub offset: u32,
    /// Source line, from 1 (page for PDF).
    pub line: u32,
    /// Source column, from 1, in characters.
    pub column: u32,
}

/// One block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the markup (or, in plain text, the line) says it is.
    pub kind: BlockKind,
    /// Its words; for a row, empty: they stand in the cells.
    pub text: Text,
}

/// What a block is by its markup. Numbering and headings that only the wording shows are the outline's to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading by markup, level 1–6.
    Heading(u8),
    /// A paragraph, or a line of plain text.
    Paragraph,
    /// A list item by markup, nesting depth from 1. Its marker (`1.`, `-`) stays in the text when it was text.
    Item(u8),
    /// A table row.
    Row {
        /// Number of the table in the document, from 0.
        table: u32,
        /// Whether the markup calls it a header row.
        header: bool,
        /// Its cells; a cell spanned from above or from the left repeats its text.
        cells: Vec<Cell>,
    },
}

/// One cell of a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its words; `<br>` and paragraphs inside are `\n`.
    pub text: Text,
    /// Whether it repeats a cell that spans rows or columns.
    pub spanned: bool,
}

/// A file taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// Encoding label: `UTF-8`, `GB18030`, `UTF-16LE`, `Big5`.
    pub encoding: String,
    /// Format found.
    pub format: Format,
    /// Lines of the file (pages for PDF).
    pub lines: u32,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
}
