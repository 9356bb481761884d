//! What holds for every input: the same words in any encoding and line width, places within the file, no panic, linear time.

use std::time::{Duration, Instant};

use encoding_rs::GB18030;
use proptest::prelude::*;

use super::text::is_wide;
use super::{BlockKind, Intake, Text, take};

const OPENING: &str = "隐私政策\n我们非常重视您的个人信息，并会尽全力保护您的个人信息安全可靠。\n";

/// Lines a policy is made of, in every format.
const LINES: &[&str] = &[
    "一、我们如何收集和使用您的个人信息",
    "（1）当您注册账号时，我们会收集您的手机号码、昵称。",
    "1\\. **设备信息**：包括IMEI、Android ID、MAC地址和软件安装列表。",
    "## 第三方SDK目录",
    "名称 | 用途 | 信息",
    "---|---|---",
    "友盟SDK | 统计 | IMEI、OAID",
    "  * 详见[《SDK目录》](https://a.cn/sdk?a=1)",
    "<p>我们<b>不会</b>读取您的<span>通讯</span>录。</p>",
    "<table><tr><td rowspan=2>推送<td>极光<tr><td>小米</table>",
    "READ_PHONE_STATE：读取电话状态 &nbsp; &amp;",
    "邮箱：privacy@a.cn",
    "",
];

/// Pieces that mean something to one reader or another.
const PIECES: &[&str] = &[
    "<table>",
    "</table>",
    "<tr>",
    "<td rowspan=3 colspan=2>",
    "<th>",
    "</td>",
    "<li>",
    "<ul>",
    "</ul>",
    "<pre>",
    "</pre>",
    "<p>",
    "<a href='http://x.cn'>",
    "</a>",
    "<br>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<div style='display:none'>",
    "</div>",
    "<h2>",
    "|",
    "---|---",
    "\n",
    "\r\n",
    "  \n",
    "**",
    "_",
    "`",
    "\\",
    "[",
    "](",
    ")",
    "# ",
    "* ",
    "> ",
    "1. ",
    "&amp;",
    "&#x4e2d;",
    "&",
    "\t",
    "\u{feff}",
    "\u{200b}",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\\n",
    "我们收集",
    "设备信息",
    "SDK",
    "IMEI ",
    "。",
    "（",
    "）",
    "---\n",
    "title: x",
    "==========",
];

fn texts(intake: &Intake) -> Vec<(String, Vec<String>)> {
    let shown = |block: &super::Block| {
        let kind = match &block.kind {
            BlockKind::Row { table, header, .. } => format!("row {table} {header}"),
            other => format!("{other:?}"),
        };
        (kind, block.texts().map(|text| text.text.clone()).collect())
    };
    intake.blocks.iter().map(shown).collect()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

/// Offsets ascend and are character borders; places lie within the file.
fn assert_marks(text: &Text, lines: &[usize]) {
    assert_eq!(text.marks.first().map(|mark| mark.offset), (!text.text.is_empty()).then_some(0));
    assert!(text.marks.is_sorted_by(|a, b| a.offset < b.offset), "{text:?}");
    for mark in &text.marks {
        assert!(text.text.is_char_boundary(mark.offset as usize));
        let width =
            lines.get(mark.line as usize - 1).unwrap_or_else(|| panic!("line {} of {}", mark.line, lines.len()));
        assert!(mark.column >= 1 && mark.column as usize <= width + 1, "{mark:?} beyond {width}");
    }
}

fn widths(source: &str) -> Vec<usize> {
    let mut widths = vec![0];
    let mut chars = source.chars().peekable();
    while let Some(ch) = chars.next() {
        match ch {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' => widths.push(0),
            _ => *widths.last_mut().expect("is never empty") += 1,
        }
    }
    widths
}

fn fold(line: &str, width: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for ch in line.chars() {
        let columns = 1 + usize::from(is_wide(ch));
        if used + columns > width {
            out.push('\n');
            used = 0;
        }
        used += columns;
        out.push(ch);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_encoding_gives_the_same_blocks(picks in prop::collection::vec(0..LINES.len(), 1..12)) {
        let source = format!("{OPENING}{}\n", picks.iter().map(|&at| LINES[at]).collect::<Vec<_>>().join("\n"));
        let expected = texts(&take("p", source.as_bytes()).expect("is text"));
        let crlf = source.replace('\n', "\r\n");
        for (bytes, label) in [
            (format!("\u{feff}{source}").into_bytes(), "UTF-8"),
            (crlf.clone().into_bytes(), "UTF-8"),
            (source.replace('\n', "\r").into_bytes(), "UTF-8"),
            (GB18030.encode(&source).0.into_owned(), "GB18030"),
            (GB18030.encode(&crlf).0.into_owned(), "GB18030"),
            (utf16(&source, true), "UTF-16LE"),
            (utf16(&source, false), "UTF-16BE"),
            (utf16(&format!("\u{feff}{crlf}"), true), "UTF-16LE"),
            (utf16(&format!("\u{feff}{crlf}"), false), "UTF-16BE"),
        ] {
            let intake = take("p", &bytes).expect("is text");
            prop_assert_eq!(&intake.encoding, label);
            prop_assert_eq!(texts(&intake), expected.clone());
        }
    }

    #[test]
    fn any_width_gives_the_same_paragraphs(width in 40usize..90, picks in prop::collection::vec(0usize..4, 4..12)) {
        const PARAGRAPHS: [&str; 4] = [
            "当您使用本产品时，我们会收集您的设备信息，包括设备型号、操作系统版本、唯一设备标识符、IMEI、Android ID、OAID、MAC地址、软件安装列表，用于保障账号安全和统计分析。",
            "为了向您提供推送服务，本软件接入的华为、小米、OPPO、vivo等手机厂商的Push SDK需要收集手机唯一标识信息，并可能会收集您的手机型号、系统类型、系统版本、设备屏幕尺寸等，用于向您推送消息。",
            "我们不会向任何公司、组织和个人出售您的个人信息；未经您的明确同意，我们也不会向第三方提供，但法律法规另有规定或者有权机关依照法定程序要求提供的除外。",
            "您可以在系统设置中关闭位置、相机、麦克风、通讯录等权限，关闭之后我们将不再收集与这些权限有关的个人信息，也无法再向您提供与之对应的功能或者服务。",
        ];
        let folded: Vec<_> = picks.iter().map(|&at| fold(PARAGRAPHS[at], width)).collect();
        // A paragraph that fills its last line cannot be told from one that goes on.
        let last = |text: &String| text.lines().last().map_or(0, |line| line.chars().map(|ch| 1 + usize::from(is_wide(ch))).sum());
        prop_assume!(folded.iter().map(last).all(|columns: usize| columns + 6 < width));
        let intake = take("p", folded.join("\n").as_bytes()).expect("is text");
        let found: Vec<_> = intake.blocks.iter().map(|block| block.text.text.replace(' ', "")).collect();
        prop_assert_eq!(found, picks.iter().map(|&at| PARAGRAPHS[at].replace(' ', "")).collect::<Vec<_>>());
    }

    #[test]
    fn places_lie_within_the_file(picks in prop::collection::vec(0..PIECES.len(), 0..120)) {
        let source = format!("我们收集您的设备信息和位置信息。{}", picks.iter().map(|&at| PIECES[at]).collect::<String>());
        let intake = take("p", source.as_bytes()).expect("is text");
        let widths = widths(&source);
        prop_assert!(intake.lines as usize <= widths.len());
        for text in intake.blocks.iter().flat_map(super::Block::texts) {
            assert_marks(text, &widths);
        }
    }

    #[test]
    fn no_bytes_make_it_panic(kind in 0usize..6, bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let start: &[u8] = [&b""[..], b"<html>", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"# a\n| b |\n"][kind];
        let _ = take("p", &[start, &bytes].concat());
    }
}

#[test]
fn time_is_linear_in_size() {
    const SIZE: usize = 1 << 20;
    let started = Instant::now();
    for (start, unit) in [
        ("", "我们收集您的设备信息、"),
        ("", "我们收集您的设备信息\n"),
        ("# 题 **a** **b**\n", "["),
        ("# 题 **a** **b**\n", "[x]("),
        ("# 题 **a** **b**\n", "*a "),
        ("# 题 **a** **b**\n", "<"),
        ("# 题 **a** **b**\n", "> "),
        ("a|b\n---|---\n", "a|b\n|\n"),
        ("a|b\n---|---\n", "|"),
        ("a|b\n---|---\n", "甲\n\n"),
        ("**a**\n# b\n", "a|b|c\n---|---\n"),
        ("<html>", "<div>"),
        ("<html>", "<p>甲"),
        ("<html>", "<b><i>甲</b>"),
        ("<html>", "<!-- "),
        ("<html>", "<title>甲"),
        ("<html>", "<a href=\""),
        ("<html><table>", "<tr><td rowspan=9>甲"),
        ("<html>", "<table><tr><td>甲"),
        ("<html>", "<script></scrip"),
        ("<html><script>", "\"\\"),
        ("<html>", "&"),
        ("甲\t乙\n", "甲\t乙\n丙\n"),
    ] {
        let _ = take("p", format!("{start}{}", unit.repeat(SIZE / unit.len())).as_bytes());
    }
    // Anything quadratic takes hours here.
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}
