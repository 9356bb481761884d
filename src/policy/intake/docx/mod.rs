//! Word files (`.docx`): a ZIP package whose main part is `word/document.xml`.
//!
//! A place in a Word file is a paragraph: pages exist only once a printer is known. Lines are paragraph numbers, those in tables
//! counted, columns characters of the paragraph.

mod body;
mod numbering;
mod styles;

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::{CompressionMethod, ZipArchive};

use super::super::error::Error;
use super::super::model::Format;
use super::{Block, Intake};

/// Largest part read, in bytes inflated. The body of a long contract is a few MB of XML.
const MAX_PART: usize = 64 << 20;

/// What DEFLATE can inflate a byte to at most (RFC 1951: 258 bytes for a length code of two bits).
const MAX_RATIO: usize = 1032;

/// What a ZIP archive holds when it is no Word file, by an entry that gives it away.
const OTHERS: &[(&str, &str)] = &[
    ("AndroidManifest.xml", "an Android package (APK)"),
    ("base/manifest/AndroidManifest.xml", "an Android app bundle"),
    ("toc.pb", "a set of Android packages"),
    ("classes.dex", "an Android package (APK)"),
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file; saved as .docx or text it can be read"),
    ("META-INF/container.xml", "an EPUB book"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
];

/// Takes a ZIP archive in, if it is a Word file.
pub(super) fn take(name: &str, bytes: &[u8]) -> Result<Intake, Error> {
    let damaged = |why: &str| Error::Damaged { file: name.to_owned(), format: "DOCX", why: why.to_owned() };
    let mut package = Package::open(bytes).ok_or_else(|| damaged("no readable ZIP directory"))?;
    let main = package.main_part();
    let Some(document) = package.part(&main) else {
        let found = OTHERS.iter().find(|(entry, _)| package.has(entry)).map_or("a ZIP archive", |&(_, found)| found);
        return Err(match package.has(&main) {
            true => damaged("the main part cannot be inflated"),
            false => Error::WrongFormat { file: name.to_owned(), found },
        });
    };
    let folder = main.rfind('/').map_or("", |at| &main[..=at]);
    let mut part = |name: &str| package.part(&format!("{folder}{name}")).unwrap_or_default();
    let styles = styles::read(&part("styles.xml"));
    let numbering = numbering::read(&part("numbering.xml"));
    let file = main.rsplit('/').next().unwrap_or_default();
    let links = relations(&part(&format!("_rels/{file}.rels")));
    let (mut blocks, mut lines, beside) =
        body::read(&document, &styles, numbering, &links).ok_or_else(|| damaged("the main part is no XML"))?;
    let mut known: HashSet<String> = blocks.iter().map(|block| block.text.text.clone()).collect();
    // What stands at the head and foot of every page comes once, behind the text: a company often signs there.
    for margin in (1..=MARGINS).flat_map(|n| [format!("header{n}.xml"), format!("footer{n}.xml")]) {
        let Some(xml) = package.part(&format!("{folder}{margin}")) else { continue };
        let read = body::read(&xml, &styles, numbering::read(""), &HashMap::new());
        let Some((mut found, more, _)) = read else { continue };
        found.retain(|block| known.insert(block.text.text.clone()));
        found.iter_mut().for_each(|block| move_down(block, lines));
        blocks.extend(found);
        lines = lines.saturating_add(more);
    }
    Ok(Intake { encoding: "UTF-8".to_owned(), format: Format::Docx, lines, blocks, beside })
}

/// Heads and feet of pages that are looked at; a file has up to three of each for every section.
const MARGINS: usize = 9;

/// Puts a block behind so many lines.
fn move_down(block: &mut Block, lines: u32) {
    let texts = match &mut block.kind {
        super::BlockKind::Row { cells, .. } => cells.iter_mut().map(|cell| &mut cell.text).collect(),
        _ => vec![&mut block.text],
    };
    for mark in texts.into_iter().flat_map(|text| &mut text.marks) {
        mark.line = mark.line.saturating_add(lines);
    }
}

struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { archive: ZipArchive::new(Cursor::new(bytes)).ok()? })
    }

    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The name of the main part, as the package's relations give it.
    fn main_part(&mut self) -> String {
        const USUAL: &str = "word/document.xml";
        if self.has(USUAL) {
            return USUAL.to_owned();
        }
        let rels = self.part("_rels/.rels").unwrap_or_default();
        let mut found = None;
        elements(&rels, |element| {
            if attribute(element, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                found = attribute(element, "Target");
            }
        });
        let found = found.filter(|target| target.contains("word/"));
        found.map_or_else(|| USUAL.to_owned(), |target| target.trim_start_matches('/').to_owned())
    }

    /// An entry, inflated and decoded.
    fn part(&mut self, name: &str) -> Option<String> {
        let index = self.archive.index_for_name(name)?;
        let mut entry = self.archive.by_index_raw(index).ok()?;
        let (method, declared) = (entry.compression(), usize::try_from(entry.size()).ok()?);
        let mut packed = Vec::new();
        entry.by_ref().take(MAX_PART as u64).read_to_end(&mut packed).ok()?;
        let bytes = match method {
            CompressionMethod::Stored => packed,
            // The zip crate's own inflater is not built in.
            CompressionMethod::DEFLATE => {
                let mut bytes = vec![0; declared.min(MAX_PART).min(packed.len().saturating_mul(MAX_RATIO))];
                let length = libdeflater::Decompressor::new().deflate_decompress(&packed, &mut bytes).ok()?;
                bytes.truncate(length);
                bytes
            }
            _ => return None,
        };
        Some(super::encoding::decode(&bytes)?.0.into_owned())
    }
}

/// Where the links of the main part lead, by relation id.
fn relations(xml: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    elements(xml, |element| {
        if attribute(element, "TargetMode").is_some_and(|mode| mode == "External")
            && let (Some(id), Some(target)) = (attribute(element, "Id"), attribute(element, "Target"))
        {
            found.insert(id, target);
        }
    });
    found
}

/// Whether a property of a run sets its words apart: bold, underlined, highlighted, marked by dots, or in a colour.
fn sets_apart(element: &BytesStart<'_>) -> bool {
    let value = || attribute(element, "val").unwrap_or_default();
    match element.local_name().as_ref() {
        "b" => is_on(element),
        "u" | "em" | "highlight" => !matches!(value().as_str(), "none" | ""),
        "color" => super::html::is_coloured(&format!("#{}", value())),
        _ => false,
    }
}

/// A reader that takes what Word and its rivals write, ends that do not match included.
fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Shows every element to `see`, up to the first fault.
fn elements(xml: &str, mut see: impl FnMut(&BytesStart<'_>)) {
    let mut reader = reader(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => see(&element),
            Event::Eof => return,
            _ => {}
        }
    }
}

/// An attribute by its local name.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
    Some(
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .map_or_else(|_| found.value.to_string(), |value| value.into_owned()),
    )
}

/// The number in the `val` attribute.
fn number(element: &BytesStart<'_>) -> Option<u32> {
    attribute(element, "val")?.trim().parse().ok()
}

/// Whether an on/off element is on: it is unless it says otherwise.
fn is_on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{Block, BlockKind, take};
    use super::*;

    fn package(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            writer.start_file(*name, options).expect("writes");
            writer.write_all(content.as_bytes()).expect("writes");
        }
        writer.finish().expect("writes").into_inner()
    }

    fn read(body: &str, others: &[(&str, &str)]) -> Vec<(BlockKind, String, u32)> {
        let document = format!("<w:document xmlns:w='w' xmlns:r='r'><w:body>{body}</w:body></w:document>");
        let parts: Vec<_> =
            std::iter::once(("word/document.xml", document.as_str())).chain(others.iter().copied()).collect();
        let intake = take("p.docx", &package(&parts)).expect("is a Word file");
        assert_eq!(intake.format, Format::Docx);
        let line = |block: &Block| block.texts().find_map(|text| text.marks.first()).map_or(0, |mark| mark.line);
        intake.blocks.into_iter().map(|block| (block.kind.clone(), block.text.text.clone(), line(&block))).collect()
    }

    #[test]
    fn paragraphs_headings_and_numbers() {
        let body = "<w:p><w:pPr><w:pStyle w:val='1'/></w:pPr><w:r><w:t>隐私</w:t></w:r><w:r><w:t>政策</w:t></w:r></w:p><w:p/>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='5'/></w:numPr></w:pPr><w:r><w:t>收集的信息</w:t></w:r></w:p>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='5'/></w:numPr></w:pPr><w:r><w:t>IMEI &amp; OAID</w:t></w:r></w:p>\
            <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>\
            <w:hyperlink r:id='r1'><w:r><w:t>目录</w:t></w:r></w:hyperlink></w:p>";
        let styles = "<w:styles xmlns:w='w'><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style></w:styles>";
        let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='7'>\
            <w:lvl w:ilvl='0'><w:start w:val='2'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>\
            <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>\
            <w:num w:numId='5'><w:abstractNumId w:val='7'/></w:num></w:numbering>";
        let rels =
            "<Relationships><Relationship Id='r1' Target='https://a.cn/sdk' TargetMode='External'/></Relationships>";
        let found = read(
            body,
            &[("word/styles.xml", styles), ("word/numbering.xml", numbering), ("word/_rels/document.xml.rels", rels)],
        );
        let expected = [
            (BlockKind::Heading(1), "隐私政策", 1),
            (BlockKind::Item(1), "二、收集的信息", 3),
            (BlockKind::Item(2), "二.1 IMEI & OAID", 4),
            (BlockKind::Paragraph, "目录 (https://a.cn/sdk)", 5),
        ];
        assert_eq!(
            found.iter().map(|(kind, text, line)| (kind.clone(), text.as_str(), *line)).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn print_pictures_and_margins_stand_beside_the_words() {
        let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
        let body = format!(
            "<w:document xmlns:w='w'><w:body><w:p>{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val='S'/></w:pPr>{}</w:p>\
             <w:p>{}<w:r><w:drawing><wp:docPr descr='客服邮箱'/><a:blip/></w:drawing></w:r></w:p></w:body></w:document>",
            run("", "我们收集"),
            run("<w:b/>", "人脸"),
            run("<w:b w:val='0'/><w:color w:val='333333'/><w:u w:val='none'/>", "和"),
            run("<w:color w:val='C00000'/>", "位置"),
            run("<w:u w:val='single'/>", "录音"),
            run("", "银行账户"),
            run("", "邮箱："),
        );
        let styles = "<w:styles xmlns:w='w'><w:style w:styleId='S'><w:name w:val='Key'/><w:rPr><w:b/></w:rPr></w:style></w:styles>";
        let footer = "<w:ftr xmlns:w='w'><w:p><w:r><w:t>示例晴空（北京）科技有限公司</w:t></w:r></w:p></w:ftr>";
        let parts = [("word/document.xml", body.as_str()), ("word/styles.xml", styles), ("word/footer1.xml", footer)];
        let intake = take("p.docx", &package(&parts)).expect("is a Word file");
        let apart = |line: u32, columns: std::ops::RangeInclusive<u32>| {
            columns.map(|c| super::super::Stretch::any(&intake.beside.apart, (line, c))).collect::<Vec<_>>()
        };
        assert!(intake.beside.sets_apart);
        let (plain, set) = (vec![false; 4], vec![true; 2]);
        assert_eq!(apart(1, 1..=11), [plain, set.clone(), vec![false], set.clone(), set].concat());
        assert_eq!(apart(2, 1..=4), [true; 4], "by its style");
        let picture = &intake.beside.pictures[0];
        assert_eq!((picture.line, picture.column, picture.alt.as_str()), (3, 4, "客服邮箱"));
        let last = intake.blocks.last().expect("the foot of the page");
        assert_eq!(
            (last.text.text.as_str(), last.text.marks[0].line, intake.lines),
            ("示例晴空（北京）科技有限公司", 4, 4)
        );
    }

    #[test]
    fn tables_with_merged_cells() {
        let cell = |properties: &str, text: &str| {
            format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let body = format!(
            "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>",
            cell("", "名称"),
            cell("", "信息"),
            cell("<w:vMerge w:val='restart'/>", "友盟SDK统计"),
            cell("", "IMEI"),
            cell("<w:vMerge/>", ""),
            cell("", "OAID与MAC地址"),
            cell("<w:gridSpan w:val='2'/>", "以上仅限安卓"),
        );
        let shown: Vec<_> = read(&body, &[])
            .into_iter()
            .map(|(kind, ..)| match kind {
                BlockKind::Row { header, cells, .. } => {
                    let cells =
                        cells.iter().map(|cell| format!("{}{}", if cell.spanned { "^" } else { "" }, cell.text.text));
                    format!("{}{}", if header { "h " } else { "" }, cells.collect::<Vec<_>>().join("|"))
                }
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            shown,
            ["h 名称|信息", "友盟SDK统计|IMEI", "^友盟SDK统计|OAID与MAC地址", "以上仅限安卓|^以上仅限安卓"]
        );
    }

    #[test]
    fn other_archives_are_named() {
        let error = take("a.zip", &package(&[("AndroidManifest.xml", "")])).expect_err("is no policy");
        assert_eq!(
            error.to_string(),
            "a.zip: looks like an Android package (APK), expected text, HTML, Markdown, DOCX or PDF"
        );
        assert!(matches!(take("a", b"PK\x03\x04xxxxxxxx"), Err(Error::Damaged { .. })));
    }
}
