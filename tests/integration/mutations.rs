//! The same policy in other clothes: other encodings, other line ends, invisible characters, other numbering, tables told
//! otherwise. The answers must stay the same; only lines and columns may move.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{Party, Policy, Subject};

/// What a policy says, without where.
fn answers(files: &[(String, Vec<u8>)]) -> BTreeSet<String> {
    let policy = Policy::from_bytes(files, Catalogue::builtin()).unwrap();
    let mut said = BTreeSet::new();
    for s in &policy.statements {
        let who = match &s.party {
            Party::FirstParty => "app",
            Party::Partner => "partner",
            Party::Sdk(index) => policy.sdks[*index].name.as_str(),
        };
        let what = match &s.subject {
            Subject::Capability(id) => id.as_str(),
            Subject::Data(id) => id.as_str(),
        };
        said.insert(format!("{who} {what} {:?} {:?}", s.polarity, s.platform));
    }
    for sdk in &policy.sdks {
        said.insert(format!("{} {:?} {:?} {:?}", sdk.name, sdk.ids, sdk.company, sdk.data));
    }
    let meta = &policy.meta;
    for fact in [&meta.app_name, &meta.operator, &meta.published, &meta.updated, &meta.effective].into_iter().flatten()
    {
        said.insert(fact.value.clone());
    }
    said
}

/// The texts of every labelled policy that is UTF-8, each with its annexes.
fn policies() -> Vec<(PathBuf, Vec<(String, String)>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies");
    let mut found = Vec::new();
    for dir in [root.clone(), root.join("market")] {
        for entry in std::fs::read_dir(&dir).unwrap() {
            let path = entry.unwrap().path();
            if !path.to_string_lossy().ends_with(".labels.json") {
                continue;
            }
            let labels: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let files: Option<Vec<(String, String)>> = labels["files"]
                .as_array()
                .unwrap()
                .iter()
                .map(|file| {
                    let name = file.as_str().unwrap();
                    let text = String::from_utf8(std::fs::read(dir.join(name)).unwrap()).ok()?;
                    // A declared encoding is a statement about the bytes.
                    (!text.contains("charset")).then(|| (name.to_owned(), text))
                })
                .collect();
            found.extend(files.map(|files| (path, files)));
        }
    }
    assert!(found.len() >= 30, "{}", found.len());
    found
}

/// Every policy answers alike before and after `change`, which tells of the texts it can change.
fn same(what: &str, change: impl Fn(&str) -> Option<Vec<u8>>) {
    let mut changed = 0;
    for (path, files) in policies() {
        let Some(after) =
            files.iter().map(|(name, text)| Some((name.clone(), change(text)?))).collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        changed += 1;
        let before: Vec<_> = files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
        let (before, after) = (answers(&before), answers(&after));
        let gone: Vec<_> = before.difference(&after).collect();
        let come: Vec<_> = after.difference(&before).collect();
        assert!(before == after, "{what}, {}:\n gone {gone:#?}\n come {come:#?}", path.display());
    }
    assert!(changed > 3, "{what} changed {changed} policies");
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn in_any_encoding() {
    // A dash or two in an English text tell no encoding.
    let chinese = |text: &str| text.chars().filter(|c| ('一'..='鿿').contains(c)).count() > 100;
    same("GB18030", |text| chinese(text).then(|| encoding_rs::GB18030.encode(text).0.into_owned()));
    same("UTF-16LE without mark", |text| Some(utf16(text, u16::to_le_bytes)));
    same("UTF-16BE with mark", |text| Some([b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat()));
}

#[test]
fn with_any_line_ends_and_invisible_characters() {
    same("CRLF", |text| Some(text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()));
    // Inside words, where a word processor leaves them.
    same("U+FEFF", |text| Some(text.replace("收集", "收\u{feff}集").replace("权限", "权\u{200b}限").into_bytes()));
}

#[test]
fn in_any_numbering() {
    let renumbered = |text: &str| {
        let line = |line: &str| {
            let digits = line.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
            match line.char_indices().nth(digits) {
                Some((end, '、')) if digits > 0 => {
                    format!("第{}条 {}", &line[..end], &line[end + '、'.len_utf8()..])
                }
                _ => line.to_owned(),
            }
        };
        let lines: Vec<String> = text.lines().map(line).collect();
        let lines = lines.join("\n");
        (lines != text.trim_end()).then(|| lines.into_bytes())
    };
    same("第一条", renumbered);
}

#[test]
fn in_tables_told_otherwise() {
    // A pipe table as HTML inside the Markdown it stands in; rows broken over lines are another matter.
    let told = |text: &str| {
        let mut out = String::new();
        let mut lines = text.lines().peekable();
        let mut tables = 0;
        while let Some(line) = lines.next() {
            let ruled = lines.peek().is_some_and(|next| {
                next.trim().starts_with('|') && next.contains("---") && next.chars().all(|c| "|-: ".contains(c))
            });
            if !line.trim().starts_with('|') || !ruled {
                out.push_str(line);
                out.push('\n');
                continue;
            }
            tables += 1;
            let row = |line: &str, tag: &str| {
                let line = line.trim();
                let cells = line.strip_prefix('|').and_then(|l| l.strip_suffix('|')).unwrap_or(line).split('|');
                let cells: String = cells.map(|cell| format!("<{tag}>{}</{tag}>", cell.trim())).collect();
                format!("<tr>{cells}</tr>\n")
            };
            out.push_str("\n<table>\n");
            out.push_str(&row(line, "th"));
            lines.next();
            let columns = line.matches('|').count();
            while let Some(line) = lines.next_if(|l| l.trim().starts_with('|')) {
                if line.matches('|').count() != columns || !line.trim().ends_with('|') {
                    return None;
                }
                out.push_str(&row(line, "td"));
            }
            if lines.peek().is_some_and(|next| !next.trim().is_empty()) {
                return None;
            }
            out.push_str("</table>\n\n");
        }
        (tables > 0).then(|| out.into_bytes())
    };
    same("HTML tables", told);
}
