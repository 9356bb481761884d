//! PDF: the text layer, page by page. A place is a page, its columns the characters of the page in drawing order.

mod cmap;
mod font;
mod page;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions};

use super::super::error::Error;
use super::super::model::Format;
use super::text::{Glyph, Spot, is_invisible, is_wide};
use super::wrap::is_marker;
use super::{Intake, MIN_LETTERS, plain};
use page::{Fonts, Line, Painter};

/// Pages read; a policy has tens.
const MAX_PAGES: usize = 2000;

/// Bytes all page contents may inflate to, and any other stream.
const MAX_CONTENT: usize = 64 << 20;

/// Why a file with a password is not read.
const LOCKED: &str = "it is locked with a password";

/// Takes a PDF in.
pub(super) fn take(name: &str, bytes: &[u8]) -> Result<Intake, Error> {
    let damaged = |why: &str| Error::Damaged { file: name.to_owned(), format: "PDF", why: why.to_owned() };
    // The PDF library indexes what files claim and may panic on a crafted one; a batch of files must outlive that. Nothing
    // it touched is used afterwards.
    let read = catch_unwind(AssertUnwindSafe(|| read(bytes)));
    let (lines, pages, unread) = match read {
        Ok(Ok(found)) => found,
        Ok(Err(LOCKED)) => return Err(Error::Locked { file: name.to_owned() }),
        Ok(Err(why)) => return Err(damaged(why)),
        Err(_) => return Err(damaged("the PDF reader gave up on it")),
    };
    let letters = lines.iter().flatten().filter(|glyph| glyph.ch.is_alphabetic()).take(MIN_LETTERS).count();
    if letters < MIN_LETTERS {
        return Err(if unread > 0 {
            Error::Shapes { file: name.to_owned(), pages }
        } else {
            Error::ImageOnly { file: name.to_owned(), pages }
        });
    }
    let blocks = plain::blocks(&lines, &mut 0);
    Ok(Intake {
        encoding: "PDF".to_owned(),
        format: Format::Pdf,
        lines: pages,
        blocks,
        beside: super::Beside::default(),
    })
}

/// Paragraphs, number of pages, and strings that no font could read.
fn read(bytes: &[u8]) -> Result<(Vec<Vec<Glyph>>, u32, usize), &'static str> {
    let options = LoadOptions { max_decompressed_size: Some(MAX_CONTENT), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => LOCKED,
        _ => "no readable page tree",
    })?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(LOCKED);
    }
    let mut fonts = Fonts::new();
    let mut budget = MAX_CONTENT;
    let mut painter = Painter::new(&document, &mut fonts, &mut budget);
    let pages: Vec<Vec<Line>> = document.page_iter().take(MAX_PAGES).map(|id| painter.page(id)).collect();
    let unread = painter.unread;
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    Ok((paragraphs(&pages), count, unread))
}

/// Joins the lines of all pages to paragraphs; running heads and page numbers go.
fn paragraphs(pages: &[Vec<Line>]) -> Vec<Vec<Glyph>> {
    let running = running(pages);
    let mut ends: Vec<f32> =
        pages.iter().flatten().filter(|line| line.text.chars().count() > 9).map(|line| line.end).collect();
    ends.sort_by(f32::total_cmp);
    let right = ends.get(ends.len() * 9 / 10).copied().unwrap_or(f32::MAX);
    let step = step(pages);
    let mut found: Vec<Vec<Glyph>> = Vec::new();
    let mut before: Option<(&Line, usize)> = None;
    for (number, lines) in pages.iter().enumerate() {
        let page = u32::try_from(number + 1).unwrap_or(u32::MAX);
        let mut column = 1u32;
        for (at, line) in lines.iter().enumerate() {
            let start = column;
            column = column.saturating_add(u32::try_from(line.text.chars().count()).unwrap_or(u32::MAX));
            let edge = at < 2 || at + 2 >= lines.len();
            if line.text.trim().is_empty()
                || edge && (is_number(&line.text) || running.contains_key(&shape(&line.text)))
            {
                continue;
            }
            let place = Spot::new(page, start);
            let glyphs = (0u32..).zip(line.text.chars()).filter(|&(_, ch)| !is_invisible(ch));
            let glyphs: Vec<Glyph> = glyphs.map(|(i, ch)| Glyph { ch, at: place.right(i) }).collect();
            let joins = before.is_some_and(|(above, on)| {
                let full = above.end > right - 2.5 * above.size && above.end > above.x + 8.0 * above.size;
                let near = on != number || (above.y - line.y > 0.0 && above.y - line.y < step * 1.35);
                let even = (above.size - line.size).abs() < 0.15 * above.size && line.x <= above.x + 0.6 * line.size;
                full && near && even && !is_marker(super::text::trim(&glyphs)) && !line.text.contains('\t')
            });
            match found.last_mut().filter(|_| joins) {
                Some(paragraph) => {
                    let last = paragraph.last().map_or(' ', |glyph| glyph.ch);
                    let first = glyphs.first().map_or(' ', |glyph| glyph.ch);
                    if !is_wide(last) && !is_wide(first) {
                        paragraph.push(Glyph { ch: ' ', at: place });
                    }
                    paragraph.extend(glyphs);
                }
                None => found.push(glyphs),
            }
            before = Some((line, number));
        }
    }
    found
}

/// The usual distance between lines.
fn step(pages: &[Vec<Line>]) -> f32 {
    let gaps =
        pages.iter().flat_map(|lines| lines.windows(2)).map(|pair| pair[0].y - pair[1].y).filter(|gap| *gap > 1.0);
    let mut gaps: Vec<f32> = gaps.collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or(f32::MAX)
}

/// Heads and feet: the same words, numbers aside, at the edge of three pages or more.
fn running(pages: &[Vec<Line>]) -> HashMap<String, usize> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for lines in pages {
        let edges = lines.iter().take(2).chain(lines.iter().skip(2).rev().take(2));
        for line in edges {
            *seen.entry(shape(&line.text)).or_default() += 1;
        }
    }
    seen.retain(|_, count| *count > 2 && *count * 2 > pages.len());
    seen
}

fn shape(text: &str) -> String {
    text.chars().filter(|ch| !ch.is_ascii_digit() && !ch.is_whitespace()).take(80).collect()
}

/// A page number: `3`, `- 3 -`, `3 / 12`.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits) && text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ' ' | '-' | '/' | '–' | '—'))
}

#[cfg(test)]
mod tests {
    use lopdf::content::{Content, Operation};
    use lopdf::{Dictionary, Object, Stream, dictionary};

    use super::super::take;
    use super::*;

    /// A PDF whose only font reads strings as UTF-16, one page for each list of lines.
    fn pdf(pages: &[&[&str]]) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let tree = document.new_object_id();
        let descendant = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light" };
        let descendant = document.add_object(descendant);
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
            "DescendantFonts" => vec![Object::Reference(descendant)],
        });
        let mut kids = Vec::new();
        for lines in pages {
            let mut operations = vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F".into(), 12.into()])];
            for (i, line) in lines.iter().enumerate() {
                let y = 700 - 20 * i64::try_from(i).expect("is small");
                let place = vec![1.into(), 0.into(), 0.into(), 1.into(), 50.into(), y.into()];
                operations.push(Operation::new("Tm", place));
                let bytes: Vec<u8> = line.encode_utf16().flat_map(u16::to_be_bytes).collect();
                operations.push(Operation::new("Tj", vec![Object::string_literal(bytes)]));
            }
            operations.push(Operation::new("ET", vec![]));
            let content = Content { operations }.encode().expect("encodes");
            let content = document.add_object(Stream::new(Dictionary::new(), content));
            let fonts = dictionary! { "F" => font };
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => dictionary! { "Font" => fonts },
            };
            kids.push(Object::Reference(document.add_object(page)));
        }
        let count = i64::try_from(kids.len()).expect("is small");
        document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("saves");
        bytes
    }

    #[test]
    fn lines_join_and_pages_are_places() {
        let bytes = pdf(&[
            &[
                "隐私政策",
                "我们可能会收集您的设备信息包括设备型号操作系统版",
                "本以及唯一设备标识符。",
                "一、共享",
                "1",
            ],
            &["我们不会出售您的信息。", "2"],
        ]);
        let intake = take("p.pdf", &bytes).expect("has text");
        assert_eq!((intake.format, intake.lines), (Format::Pdf, 2));
        let found: Vec<_> =
            intake.blocks.iter().map(|block| (block.text.text.as_str(), block.text.marks[0].line)).collect();
        assert_eq!(
            found,
            [
                ("隐私政策", 1),
                ("我们可能会收集您的设备信息包括设备型号操作系统版本以及唯一设备标识符。", 1),
                ("一、共享", 1),
                ("我们不会出售您的信息。", 2)
            ]
        );
    }

    #[test]
    fn pictures_of_text_are_said_to_be_so() {
        let error = take("scan.pdf", &pdf(&[&[], &[]])).expect_err("has no text");
        assert_eq!(error.to_string(), "scan.pdf: no text layer: an image-only PDF of 2 pages");
    }

    #[test]
    fn damaged_files_are_errors() {
        let bytes = pdf(&[&["我们可能会收集您的设备信息包括设备型号"]]);
        for length in (0..bytes.len()).step_by(37) {
            let _ = take("p.pdf", &bytes[..length]);
        }
        assert!(matches!(take("p.pdf", b"%PDF-1.4\n\0"), Err(Error::Damaged { .. })));
    }
}
