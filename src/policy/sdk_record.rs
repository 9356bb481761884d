//! What publishers have put on record with the national SDK platform (全国SDK管理服务平台, 信管函〔2023〕26号): one CSV row a component.
//!
//! A record is a table like those of policies, so the readers of policies read it: names, kinds of information and purposes are
//! understood in the same way, and what a row says can be laid beside what the policy says.

use std::path::Path;

use super::intake::{self, Block, BlockKind, Cell, Mark, Text};
use super::model::SdkEntry;
use super::normal::fold;
use super::read::Reader;
use super::words::Words;
use crate::catalogue::{Catalogue, Label, Locale};

/// The columns of the platform's export, in any order; further columns are passed over.
const COLUMNS: &[(&str, Label)] = &[
    ("SDK名称", Label::Name),
    ("开发者名称", Label::Company),
    ("收集信息范围", Label::Data),
    ("使用目的", Label::Purpose),
    ("隐私政策链接", Label::Link),
];

/// Why a record could not be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The file could not be read.
    #[error("{file}: cannot read the SDK record")]
    Read {
        /// The file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The bytes are no text.
    #[error("{file}: no text, expected CSV in UTF-8 or GB18030")]
    NoText {
        /// The file.
        file: String,
    },
    /// A place in the file is wrong.
    #[error("{file}:{line}: {why}")]
    Row {
        /// The file.
        file: String,
        /// Line, from 1.
        line: u64,
        /// What was found and what was expected.
        why: String,
    },
}

/// Reads a record: one entry a component, rows of one component joined.
///
/// # Errors
/// When the file cannot be read, is no text, lacks a column, or has a row of another width or without a name.
pub fn read_sdk_record(path: &Path, catalogue: &Catalogue) -> Result<Vec<SdkEntry>, RecordError> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = std::fs::read(path).map_err(|source| RecordError::Read { file: path.display().to_string(), source })?;
    sdk_record_from_bytes(&file, &bytes, catalogue)
}

/// The same for bytes with their name.
///
/// # Errors
/// As [`read_sdk_record`].
pub fn sdk_record_from_bytes(name: &str, bytes: &[u8], catalogue: &Catalogue) -> Result<Vec<SdkEntry>, RecordError> {
    let file = || name.to_owned();
    let wrong = |line: u64, why: String| RecordError::Row { file: file(), line, why };
    let text = intake::text(bytes).ok_or_else(|| RecordError::NoText { file: file() })?;
    let reader = Reader::new(catalogue);
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes()).into_records();
    let head = rows.next().transpose().map_err(|e| wrong(1, e.to_string()))?;
    let head =
        head.ok_or_else(|| wrong(1, format!("the file is empty, expected a row with the columns {}", columns())))?;
    let places = places(&head, reader.words(Locale::Zh))
        .map_err(|missing| wrong(1, format!("no column \"{missing}\", expected {}", columns())))?;
    let mut blocks = vec![block(COLUMNS.iter().map(|(title, _)| *title), 1, true)];
    for row in rows {
        let row = row.map_err(|e| wrong(e.position().map_or(1, csv::Position::line), e.to_string()))?;
        let line = row.position().map_or(1, |at| {
            // The reader passes over blank lines, but counts from before them.
            let rest = usize::try_from(at.byte()).ok().and_then(|b| text.as_bytes().get(b..)).unwrap_or_default();
            let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
            at.line() + blank as u64
        });
        if row.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        if row.len() != head.len() {
            return Err(wrong(line, format!("{} columns, expected {} as in the first row", row.len(), head.len())));
        }
        let cells = places.iter().map(|&at| row.get(at).unwrap_or_default());
        if cells.clone().next().is_none_or(|name| name.trim().is_empty()) {
            return Err(wrong(line, format!("no name in the column \"{}\"", COLUMNS[0].0)));
        }
        blocks.push(block(cells, u32::try_from(line).unwrap_or(u32::MAX), false));
    }
    Ok(reader.components(name, blocks))
}

/// Where each column stands; the title of the first that is missing otherwise.
fn places(head: &csv::StringRecord, words: &Words) -> Result<Vec<usize>, &'static str> {
    let is = |at: usize, label: Label| words.label(&fold(head[at].trim())).contains(&label);
    COLUMNS
        .iter()
        .map(|&(title, label)| {
            let exact = (0..head.len()).find(|&at| head[at].trim() == title);
            exact.or_else(|| (0..head.len()).find(|&at| is(at, label))).ok_or(title)
        })
        .collect()
}

fn columns() -> String {
    COLUMNS.iter().map(|(title, _)| *title).collect::<Vec<_>>().join(", ")
}

fn block<'t>(cells: impl Iterator<Item = &'t str>, line: u32, header: bool) -> Block {
    let cell = |text: &str| Cell {
        text: Text { text: text.trim().to_owned(), marks: vec![Mark { offset: 0, line, column: 1 }] },
        spanned: false,
    };
    Block { kind: BlockKind::Row { table: 0, header, cells: cells.map(cell).collect() }, text: Text::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "SDK名称,开发者名称,收集信息范围,使用目的,隐私政策链接\n";

    fn read(text: &str) -> Result<Vec<SdkEntry>, RecordError> {
        sdk_record_from_bytes("record.csv", text.as_bytes(), Catalogue::builtin())
    }

    #[test]
    fn a_row_is_an_entry_with_its_line() {
        let text = format!(
            "{HEAD}友盟统计SDK,友盟同欣（北京）科技有限公司,\"IMEI、MAC地址、\n已安装应用列表\",统计分析,https://example.com\n个推SDK,每日互动股份有限公司,设备信息,消息推送,https://example.com/p\n"
        );
        let entries = read(&text).unwrap();
        assert_eq!(entries.iter().map(|e| e.evidence[0].line).collect::<Vec<_>>(), [2, 4]);
        assert!(entries[0].ids.iter().any(|i| *i == "umeng-analytics"), "{:?}", entries[0].ids);
        for item in ["imei", "mac_wifi", "installed_apps"] {
            assert!(entries[0].data.iter().any(|d| *d == item), "{item}: {:?}", entries[0].data);
        }
        assert_eq!(entries[0].purpose.as_deref(), Some("统计分析"));
        assert_eq!(entries[0].link.as_deref(), Some("https://example.com"));
        assert!(entries[0].company.is_some());
        assert_eq!(&*entries[0].evidence[0].file, "record.csv");
    }

    #[test]
    fn gb18030_and_columns_in_another_order_are_read_alike() {
        let text = "序号,开发者名称,SDK名称,使用目的,收集信息范围,隐私政策链接\n1,每日互动股份有限公司,个推SDK,消息推送,设备信息,https://example.com/p\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        let entries = sdk_record_from_bytes("record.csv", &bytes, Catalogue::builtin()).unwrap();
        assert_eq!(entries, read(text).unwrap());
        assert!(entries[0].ids.iter().any(|i| *i == "getui"));
    }

    #[test]
    fn each_mistake_is_told_with_its_line() {
        let error = |text: &str| read(text).unwrap_err().to_string();
        assert!(error("").starts_with("record.csv"), "{}", error(""));
        assert!(error("SDK名称,使用目的\n个推,推送\n").starts_with("record.csv:1: no column \"开发者名称\""));
        assert!(error(&format!("{HEAD}个推,某公司\n")).starts_with("record.csv:2: 2 columns, expected 5"));
        assert!(error(&format!("{HEAD}个推,甲,乙,丙,丁\n\n,甲,乙,丙,丁\n")).starts_with("record.csv:4: no name"));
        let binary = sdk_record_from_bytes("record.csv", b"\0\x01\x02\xff\xfe\0\0", Catalogue::builtin());
        assert!(binary.unwrap_err().to_string().contains("expected CSV"));
    }
}
