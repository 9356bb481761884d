//! Bytes of one file to blocks that keep their source lines: encoding found, format found, markup gone.

mod beside;
mod docx;
mod encoding;
mod entity;
mod html;
mod inline;
mod markdown;
mod marked;
#[cfg(feature = "pdf")]
mod pdf;
mod pipes;
mod plain;
mod sniff;
mod table;
mod text;
mod trailing;
mod wrap;

pub use beside::{Beside, Stretch};
use text::{Spot, TextBuilder};

use super::error::Error;
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
    /// What it shows beside its words.
    pub beside: Beside,
}

/// Largest file accepted, in bytes. A policy of words is under 1 MB; scanned PDFs and Word files with pictures reach tens.
pub const MAX_FILE: usize = 64 << 20;

/// Largest text, HTML or Markdown file accepted, in bytes: pages with embedded pictures stay below it.
pub const MAX_TEXT: usize = 16 << 20;

/// Letters a file must hold to be worth reading as a policy.
const MIN_LETTERS: usize = 12;

/// The characters of a file in whatever encoding, when it is text of an acceptable size.
pub(super) fn text(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    if bytes.is_empty() {
        return Some(std::borrow::Cow::Borrowed(""));
    }
    (bytes.len() <= MAX_TEXT).then(|| encoding::decode(bytes)).flatten().map(|(text, _)| text)
}

/// Takes a file in. `name` is what errors call it; the format is found by content alone.
///
/// # Errors
///
/// When the file is empty, too large, of another format, damaged, or has hardly any text. Whether text is a policy is not judged here.
pub fn take(name: &str, bytes: &[u8]) -> Result<Intake, Error> {
    let file = || name.to_owned();
    if bytes.is_empty() {
        return Err(Error::Empty { file: file() });
    }
    let kind = sniff::kind(bytes);
    let limit = if kind == sniff::Kind::Text { MAX_TEXT } else { MAX_FILE };
    if bytes.len() > limit {
        return Err(Error::TooLarge { file: file(), size: bytes.len() as u64, limit: limit as u64 });
    }
    let intake = match kind {
        sniff::Kind::Text => take_text(bytes).ok_or_else(|| Error::Binary { file: file() })?,
        sniff::Kind::Zip => docx::take(name, bytes)?,
        #[cfg(feature = "pdf")]
        sniff::Kind::Pdf => pdf::take(name, bytes)?,
        #[cfg(not(feature = "pdf"))]
        sniff::Kind::Pdf => {
            return Err(Error::WrongFormat { file: file(), found: "a PDF, which this build does not read" });
        }
        sniff::Kind::Other(found) => return Err(Error::WrongFormat { file: file(), found }),
    };
    let letters = intake.letters();
    let pictures = intake.beside.pictures.len();
    match letters {
        MIN_LETTERS.. => Ok(intake),
        _ if pictures == 0 => Err(Error::TooLittle { file: file(), letters }),
        _ => Err(Error::PicturesOnly {
            file: file(),
            encoding: intake.encoding,
            format: intake.format,
            lines: intake.lines,
            pictures,
        }),
    }
}

fn take_text(bytes: &[u8]) -> Option<Intake> {
    let (source, encoding) = encoding::decode(bytes)?;
    let (format, blocks, beside) = read_text(&source);
    Some(Intake { encoding: encoding.to_owned(), format, lines: text::count_lines(&source), blocks, beside })
}

fn read_text(source: &str) -> (Format, Vec<Block>, Beside) {
    let mut tables = 0;
    let mut beside = Beside::default();
    let (title, offset, at) = front_matter(source, &mut beside);
    let body = &source[offset..];
    let (format, blocks) = if html::detect(body) {
        (Format::Html, html::blocks(body, at, &mut tables, &mut beside))
    } else {
        let mut lines = text::glyph_lines(body, at);
        if plain::has_written_breaks(&lines) {
            lines = plain::split_written_breaks(lines);
        }
        if markdown::detect(&lines) {
            marked::read(&lines, &mut beside);
            (Format::Markdown, markdown::blocks(&lines, &mut tables))
        } else {
            (Format::Text, plain::blocks(&lines, &mut tables))
        }
    };
    (format, title.into_iter().chain(blocks).collect(), beside)
}

/// Lines the settings of a page generator may take above its text.
const MAX_FRONT_MATTER: usize = 60;

/// Reads the settings between `---` lines that page generators put above a text: the title as a heading, and the byte offset and
/// place where the text begins. Dates among them go beside the text, if settings they are.
fn front_matter(source: &str, beside: &mut Beside) -> (Option<Block>, usize, Spot) {
    let none = (None, 0, Spot::START);
    let mut title = None;
    let mut dates: Vec<(Spot, &str)> = Vec::new();
    for (number, (at, line)) in text::lines(source).take(MAX_FRONT_MATTER).enumerate() {
        match (number, line.trim_end() == "---") {
            (0, true) => {}
            (0, false) => return none,
            (_, true) => {
                let offset = line.as_ptr().addr() - source.as_ptr().addr() + line.len();
                dates.into_iter().for_each(|(at, value)| beside.date(at, value));
                return (title, offset, at.right(3));
            }
            (_, false) => match line.strip_prefix("title:") {
                Some(value) => {
                    let indent = u32::try_from(line.len() - value.len()).unwrap_or_default();
                    let mut builder = TextBuilder::new();
                    let words = text::glyphs(value, at.right(indent)).filter(|glyph| !matches!(glyph.ch, '"' | '\''));
                    builder.push_all(&words.collect::<Vec<_>>());
                    title = Some(Block { kind: BlockKind::Heading(1), text: builder.finish() })
                        .filter(|block| !block.text.text.is_empty());
                }
                None if line.starts_with("date:") || line.starts_with("updated:") || line.starts_with("lastmod:") => {
                    dates.extend(line.split_once(':').map(|(_, value)| (at, value)));
                }
                None if line.contains(':') || line.trim().is_empty() || line.trim_start().starts_with(['-', '#']) => {}
                None => return none,
            },
        }
    }
    none
}

impl Intake {
    /// Letters and ideographs in all blocks, counted no further than an error needs.
    fn letters(&self) -> usize {
        let texts = self.blocks.iter().flat_map(Block::texts);
        texts.flat_map(|text| text.text.chars()).filter(|ch| ch.is_alphabetic()).take(MIN_LETTERS).count()
    }
}

impl Block {
    /// Its own text and those of its cells.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let cells = match &self.kind {
            BlockKind::Row { cells, .. } => cells.as_slice(),
            _ => &[],
        };
        std::iter::once(&self.text).chain(cells.iter().map(|cell| &cell.text))
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_paragraph() {
        let intake = take("p.txt", "隐私政策\r\n\r\n  一、我们收集\u{200b}的信息\r\n".as_bytes()).expect("is text");
        assert_eq!((intake.encoding.as_str(), intake.format, intake.lines), ("UTF-8", Format::Text, 3));
        let found: Vec<_> =
            intake.blocks.iter().map(|block| (block.text.text.as_str(), block.text.marks[0].line)).collect();
        assert_eq!(found, [("隐私政策", 1), ("一、我们收集的信息", 3)]);
    }

    #[test]
    fn settings_above_a_page_give_its_title() {
        let source =
            "---\ntitle: \"隐私政策\"\ndate: 2022/8/28\n---\n<html><body><p>我们收集您的设备信息。</p></body></html>";
        let intake = take("p.md", source.as_bytes()).expect("is a page");
        let found: Vec<_> = intake.blocks.iter().map(|block| (block.text.text.as_str(), block.text.marks[0])).collect();
        assert_eq!(found[0], ("隐私政策", Mark { offset: 0, line: 2, column: 9 }));
        assert_eq!(found[1], ("我们收集您的设备信息。", Mark { offset: 0, line: 5, column: 16 }));
    }

    #[test]
    fn files_without_words_are_refused() {
        assert!(matches!(take("p", b""), Err(Error::Empty { .. })));
        assert!(matches!(take("p", b" \n\xef\xbb\xbf"), Err(Error::TooLittle { letters: 0, .. })));
        assert!(matches!(take("p", b"\x89PNG\r\n"), Err(Error::WrongFormat { .. })));
        assert!(matches!(take("p", &[1, 0, 3, 200, 0, 7]), Err(Error::Binary { .. })));
    }
}
