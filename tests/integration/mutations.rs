//! The same policy in other clothes: other encodings, other line ends, invisible characters, other numbering, tables told
//! otherwise, lines broken or joined. The answers must stay the same; only lines and columns may move. Where a form loses what tells
//! the answers, the share of them that stays has a floor.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{Party, Reader, Subject};

/// What a policy says, without where.
fn answers(files: &[(String, Vec<u8>)]) -> BTreeSet<String> {
    static READER: LazyLock<Reader<'_>> = LazyLock::new(|| Reader::new(Catalogue::builtin()));
    let policy = READER.from_bytes(files).unwrap();
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

/// A labelled policy whose files are UTF-8.
struct Labelled {
    path: PathBuf,
    /// Name and text of each file, main document first.
    files: Vec<(String, String)>,
    /// What it says as it stands.
    says: BTreeSet<String>,
}

/// Every labelled policy that is UTF-8, each with its annexes.
static POLICIES: LazyLock<Vec<Labelled>> = LazyLock::new(|| {
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
                    Some((name.to_owned(), text))
                })
                .collect();
            let Some(files) = files else { continue };
            let bytes: Vec<_> = files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect();
            found.push(Labelled { path, files, says: answers(&bytes) });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() >= 30, "{}", found.len());
    found
});

/// Every policy answers alike before and after `change`, which tells of the texts it can change.
fn same(what: &str, change: impl Fn(&str) -> Option<Vec<u8>>) {
    nearly(what, 1.0, |_, text| change(text));
}

/// At least `floor` of the answers before or after `change` of a file by its name and text are answers both times, over every policy
/// of which it changes a file.
fn nearly(what: &str, floor: f64, change: impl Fn(&str, &str) -> Option<Vec<u8>>) {
    let (mut changed, mut kept, mut all) = (0, 0, 0);
    let mut told = String::new();
    for Labelled { path, files, says } in POLICIES.iter() {
        let after: Vec<_> = files.iter().map(|(name, text)| (name, text, change(name, text))).collect();
        if after.iter().all(|(.., bytes)| bytes.is_none()) {
            continue;
        }
        changed += 1;
        let unchanged = |text: &String| text.clone().into_bytes();
        let after: Vec<_> = after
            .into_iter()
            .map(|(name, text, bytes)| (name.clone(), bytes.unwrap_or_else(|| unchanged(text))))
            .collect();
        let after = answers(&after);
        let gone: Vec<_> = says.difference(&after).collect();
        let come: Vec<_> = after.difference(says).collect();
        kept += says.intersection(&after).count();
        all += says.union(&after).count();
        if !gone.is_empty() || !come.is_empty() {
            told.push_str(&format!("{}:\n gone {gone:#?}\n come {come:#?}\n", path.display()));
        }
    }
    let share = f64::from(kept as u32) / f64::from(all.max(1) as u32);
    assert!(changed > 3, "{what} changed {changed} policies");
    assert!(share >= floor, "{what}: {kept} of {all} answers of {changed} policies stay, {share:.3} < {floor}\n{told}");
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn in_any_encoding() {
    // A declared encoding is a statement about the bytes.
    let free = |text: &str| !text.contains("charset");
    // A dash or two in an English text tell no encoding.
    let chinese = |text: &str| free(text) && text.chars().filter(|c| ('一'..='鿿').contains(c)).count() > 100;
    same("GB18030", |text| chinese(text).then(|| encoding_rs::GB18030.encode(text).0.into_owned()));
    same("UTF-16LE without mark", |text| free(text).then(|| utf16(text, u16::to_le_bytes)));
    let marked = |text: &str| [b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat();
    same("UTF-16BE with mark", |text| free(text).then(|| marked(text)));
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

/// Columns a character takes, as editors count them.
fn columns(c: char) -> usize {
    if c < '\u{2010}' { 1 } else { 2 }
}

/// A text with its lines cut once they are `width` columns long; where `words` are kept whole, Latin ones move to the next line.
fn wrapped(text: &str, width: usize, words: bool) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut used = 0;
        let mut rest = line;
        while !rest.is_empty() {
            let latin = rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len());
            let piece = match (words, latin) {
                (true, 1..) if latin < width => latin,
                _ => rest.chars().next().map_or(0, char::len_utf8),
            };
            let (piece, after) = rest.split_at(piece);
            let takes: usize = piece.chars().map(columns).sum();
            if used + takes > width {
                let kept = if words { out.trim_end_matches(' ').len() } else { out.len() };
                out.truncate(kept);
                out.push('\n');
                used = 0;
                if words && piece == " " {
                    rest = after;
                    continue;
                }
            }
            out.push_str(piece);
            used += takes;
            rest = after;
        }
        out.push('\n');
    }
    out
}

/// Texts of paragraphs, each on a line of its own: what was broken by hand is no measure of breaking it again.
fn plain(name: &str, text: &str) -> bool {
    let by_hand = text.lines().filter(|line| line.chars().count() > 36 && line.ends_with(['，', '、'])).count();
    name.ends_with(".txt") && by_hand < 3 && text.lines().any(|line| line.chars().count() > 80)
}

#[test]
fn with_lines_cut_anywhere() {
    // A line of its own that fills the width by chance looks as if it went on, and rows of columns are cut in their cells: the
    // narrower the lines, the oftener.
    for (width, floor) in [(40, 0.96), (60, 0.96), (76, 0.98), (100, 0.99)] {
        let cut = |name: &str, text: &str| plain(name, text).then(|| wrapped(text, width, false).into_bytes());
        nearly(&format!("cut at {width}"), floor, cut);
    }
}

#[test]
fn with_lines_broken_between_words() {
    for (width, floor) in [(40, 0.93), (60, 0.96), (76, 0.98), (100, 0.99)] {
        let broken = |name: &str, text: &str| plain(name, text).then(|| wrapped(text, width, true).into_bytes());
        nearly(&format!("broken at {width}"), floor, broken);
    }
}

#[test]
fn all_on_one_line() {
    let one = |name: &str, text: &str| {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        plain(name, text).then(|| lines.join(" ").into_bytes())
    };
    // Headings, titles and tables one cell a line are lost where nothing but blanks tells them.
    nearly("one line", 0.59, one);
}

#[test]
fn with_each_paragraph_on_one_line() {
    let joined = |name: &str, text: &str| {
        let paragraphs: Vec<String> = text
            .replace("\r\n", "\n")
            .split("\n\n")
            .map(|paragraph| paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" "))
            .collect();
        (plain(name, text) && paragraphs.len() > 10).then(|| paragraphs.join("\n\n").into_bytes())
    };
    // Lists and tables whose rows stand between two blank lines are lost.
    nearly("paragraphs", 0.74, joined);
}

/// The rows of a pipe table at the head of `lines`: a row of heads, a rule, and rows of as many cells up to a blank line.
fn pipe_table(lines: &[&str]) -> Option<(Vec<Vec<String>>, usize)> {
    let row = |line: &str| -> Option<Vec<String>> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
    };
    let heads = row(lines.first()?)?;
    let rule = lines.get(1)?.trim();
    if !rule.starts_with('|') || !rule.contains("---") || !rule.chars().all(|c| "|-: ".contains(c)) {
        return None;
    }
    let length = lines.iter().take_while(|line| line.trim().starts_with('|')).count();
    let rows: Option<Vec<_>> =
        lines[2..length].iter().map(|line| row(line).filter(|r| r.len() == heads.len())).collect();
    let mut all = vec![heads];
    all.extend(rows?);
    lines.get(length).is_none_or(|line| line.trim().is_empty()).then_some((all, length))
}

/// A Markdown text with each of its pipe tables told by `tell`; `None` without one.
fn retold(text: &str, tell: impl Fn(&[Vec<String>]) -> String) -> Option<Vec<u8>> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut out, mut at, mut tables) = (String::new(), 0, 0);
    while at < lines.len() {
        match pipe_table(&lines[at..]) {
            Some((rows, length)) => {
                out.push_str(&format!("\n{}\n", tell(&rows)));
                at += length;
                tables += 1;
            }
            None => {
                out.push_str(lines[at]);
                out.push('\n');
                at += 1;
            }
        }
    }
    (tables > 0).then(|| out.into_bytes())
}

#[test]
fn with_pipe_tables_one_cell_a_line() {
    let flat = |rows: &[Vec<String>]| rows.concat().iter().map(|cell| format!("{cell}\n\n")).collect::<String>();
    nearly("pipes flattened", 0.99, |_, text| retold(text, flat));
}

/// The cells of an HTML table, row by row; `None` where cells span several rows or columns or hold tables.
fn html_table(table: &str) -> Option<Vec<Vec<String>>> {
    let lower = table.to_lowercase();
    if lower.contains("rowspan") || lower.contains("colspan") || lower.contains("<li") {
        return None;
    }
    let bare = |cell: &str| {
        let mut out = String::new();
        let mut tag = false;
        for c in cell.chars() {
            tag |= c == '<';
            if !tag {
                out.push(if c.is_whitespace() { ' ' } else { c });
            }
            tag &= c != '>';
        }
        out.trim().to_owned()
    };
    let rows = table.split("<tr").skip(1).map(|row| {
        let cells = row.replace("<th", "<td").replace("</th>", "</td>");
        let cells = cells.split("<td").skip(1).map(|cell| cell.split_once('>').map(|(_, rest)| bare(rest)));
        cells.collect::<Option<Vec<_>>>()
    });
    let rows: Option<Vec<_>> = rows.collect();
    rows.filter(|rows| rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len() && row.len() > 1))
}

/// A page with each of its plain tables told by `tell`; `None` without one.
fn retold_page(text: &str, tell: impl Fn(&[Vec<String>]) -> String) -> Option<Vec<u8>> {
    let (mut out, mut rest, mut tables) = (String::new(), text, 0);
    while let Some(start) = rest.find("<table") {
        let length = rest[start..].find("</table>")? + "</table>".len();
        let table = &rest[start..start + length];
        out.push_str(&rest[..start]);
        match html_table(table) {
            Some(rows) => {
                out.push_str(&tell(&rows));
                tables += 1;
            }
            None => out.push_str(table),
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    (tables > 0).then(|| out.into_bytes())
}

#[test]
fn with_html_tables_one_cell_a_line() {
    let flat = |rows: &[Vec<String>]| rows.concat().iter().map(|cell| format!("<p>{cell}</p>\n")).collect::<String>();
    // A title row that names the platform is no row of cells.
    nearly("HTML flattened", 0.97, |_, text| retold_page(text, flat));
}

#[test]
fn with_html_tables_as_pipes() {
    let piped = |rows: &[Vec<String>]| {
        let mut lines: Vec<String> = rows.iter().map(|row| format!("| {} |", row.join(" | "))).collect();
        lines.insert(1, format!("|{}", "---|".repeat(rows[0].len())));
        format!("<pre>\n{}\n</pre>\n", lines.join("\n"))
    };
    nearly("HTML as pipes", 0.98, |_, text| retold_page(text, piped));
}
