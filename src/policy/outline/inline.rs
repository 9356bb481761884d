//! Lists and headings run together in one paragraph, taken apart again.
//!
//! Texts pasted on one line, or exported without breaks, keep their numbering: `二、第三方SDK …：①友盟：…；②极光：…`. A paragraph is cut
//! where a numbering goes on that began in it.

use super::marker::{self, Style};
use crate::policy::intake::{Block, BlockKind, Mark, Text};
use crate::policy::normal::Normal;
use crate::policy::place::position;

/// Characters from which a paragraph may hold a list.
const LEAST: usize = 60;
/// Characters a heading run together with its section has at most.
const HEADING: usize = 24;
/// Bytes looked at to tell a numbering.
const WINDOW: usize = 32;

/// Cuts a block at the numbering inside it.
///
/// `last` is the numbering met last in the blocks before; behind a full stop it may go on in this one (…提供。5.某某SDK，…).
pub(super) fn unfold(block: Block, last: &mut Option<(Style, u32)>) -> Vec<Block> {
    let text = &block.text.text;
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item(_)) || text.contains("](") {
        return vec![block];
    }
    let places = places(text);
    let long = text.len() >= LEAST * 3;
    let mut cuts: Vec<usize> = Vec::new();
    for (n, &(at, style, number)) in places.iter().enumerate() {
        let stop = text[..at].ends_with(['。', '；', ';']);
        if at == 0 || stop && *last == Some((style, number.wrapping_sub(1))) {
            *last = Some((style, number));
            if at > 0 {
                cuts.push(at);
            }
            continue;
        }
        if !long {
            continue;
        }
        let goes_on = places[..n].iter().any(|&(_, s, k)| s == style && k + 1 == number);
        let begins = places[n + 1..].iter().any(|&(_, s, k)| s == style && k == number + 1);
        if at > 0 && (goes_on || begins) {
            cuts.push(at);
        }
        // A heading runs on into its section behind a gap.
        if (goes_on || begins) && matches!(style, Style::Chinese | Style::Chapter | Style::ChineseInBrackets) {
            let head = &text[at..];
            if let Some(gap) = head.char_indices().skip(2).find(|(_, c)| c.is_whitespace()).map(|(i, _)| i)
                && head[..gap].chars().count() <= HEADING
                && !head[..gap].contains(['，', '。', '：', '；', ',', ':'])
                && head[gap..].trim_start().chars().count() > 4
            {
                cuts.push(at + gap);
            }
        }
    }
    if cuts.is_empty() {
        return vec![block];
    }
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().copied().chain([text.len()]);
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    starts
        .zip(ends)
        .enumerate()
        .filter(|(_, (from, to))| !text[*from..*to].trim().is_empty())
        .map(|(n, (from, to))| Block {
            kind: if n == 0 { block.kind.clone() } else { BlockKind::Paragraph },
            text: slice(&block.text, from, to),
        })
        .collect()
}

/// Where a numbering may stand: at the beginning, or behind punctuation or a gap.
fn places(text: &str) -> Vec<(usize, Style, u32)> {
    let mut found = Vec::new();
    let mut open = true;
    for (at, c) in text.char_indices() {
        let begins = c.is_ascii_digit() || matches!(c, '一'..='龥' | '(' | '（' | '\u{2460}'..='\u{2473}');
        if open && begins && !c.is_whitespace() {
            let mut end = (at + WINDOW).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            let normal = Normal::new(&text[at..end]);
            if let Some(m) = marker::parse(&normal, Some(c))
                && !matches!(m.style, Style::Letter | Style::Bullet(_))
                && (m.style != Style::Dot || dotted(text, at))
                && m.body < normal.text().len()
            {
                found.push((at, m.style, m.number));
            }
        }
        open = matches!(c, '。' | '；' | ';' | '：' | ':' | '！' | '？') || c.is_whitespace();
    }
    found
}

/// Whether `5.` at this place numbers an item: at the head of the paragraph or behind a full stop, and no part of `5.1`.
fn dotted(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end();
    let rest = text[at..].trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches(['.', '．']);
    (head.is_empty() || head.ends_with(['。', '；', ';'])) && !rest.starts_with(|c: char| c.is_ascii_digit())
}

/// A part of a text with its places.
pub(super) fn slice(text: &Text, from: usize, to: usize) -> Text {
    let (line, column) = position(text, from);
    let mut marks = vec![Mark { offset: 0, line, column }];
    marks.extend(
        text.marks
            .iter()
            .filter(|m| m.offset as usize > from && (m.offset as usize) < to)
            .map(|m| Mark { offset: m.offset - from as u32, ..*m }),
    );
    Text { text: text.text[from..to].to_owned(), marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_on_one_line_is_taken_apart() {
        let text = "本应用接入下列第三方SDK，用于实现对应的功能并提升使用体验，清单如下：①友盟统计：IMEI、OAID；②小米推送：OAID；③腾讯Bugly：设备型号。";
        let block = Block {
            kind: BlockKind::Paragraph,
            text: Text { text: text.to_owned(), marks: vec![Mark { offset: 0, line: 7, column: 1 }] },
        };
        let parts: Vec<String> = unfold(block, &mut None).into_iter().map(|b| b.text.text).collect();
        assert_eq!(parts.len(), 4);
        assert_eq!(parts[2], "②小米推送：OAID；");
    }

    #[test]
    fn an_item_glued_to_the_one_before_it_is_cut_off() {
        let text = "4.青岚地图SDK，用于展示门店地图与路线，收集位置信息、WIFI信息（含SSID、BSSID），由青岚科技有限公司提供。5.听雨语音SDK，用于语音识别，版本5.2，收集音频。";
        let block = Block { kind: BlockKind::Paragraph, text: Text { text: text.to_owned(), marks: Vec::new() } };
        let parts: Vec<String> = unfold(block, &mut None).into_iter().map(|b| b.text.text).collect();
        assert_eq!(parts.len(), 2);
        assert!(parts[1].starts_with("5.听雨语音SDK"));
        // The item before it may have begun in a line above.
        let block = Block {
            kind: BlockKind::Paragraph,
            text: Text {
                text: "由青岚科技有限公司提供。5.听雨语音SDK，收集音频。".to_owned(), marks: Vec::new()
            },
        };
        assert_eq!(unfold(block.clone(), &mut Some((Style::Dot, 4))).len(), 2);
        assert_eq!(unfold(block, &mut Some((Style::Dot, 2))).len(), 1);
    }

    #[test]
    fn prose_stays_whole() {
        let text = "我们会在2021年、2022年与2023年的报告中说明。一般情况下，二者没有区别；三方共同决定。一、二两项除外，其余的按照本政策执行并由我们负责解释。";
        let block = Block { kind: BlockKind::Paragraph, text: Text { text: text.to_owned(), marks: Vec::new() } };
        assert_eq!(unfold(block, &mut None).len(), 1);
    }
}
