//! Dates of publication, update and effect.

use std::ops::Range;

use super::{Documents, folded};
use crate::policy::model::{Fact, Meta};

/// Characters between a label and its date.
const REACH: usize = 10;
/// Lines at each end of a document where dates are looked for in running text.
const ENDS: usize = 40;

/// Reads the dates of the first document, then those of the annexes.
pub(super) fn read(documents: &Documents, meta: &mut Meta) {
    let updated = folded(|m| &m.updated);
    let effective = folded(|m| &m.effective);
    let published = folded(|m| &m.published);
    for (outline, placer) in documents {
        let count = outline.nodes.len();
        for (index, node) in outline.nodes.iter().enumerate() {
            let text = node.span.folded();
            let near_end = index < ENDS || index + ENDS >= count;
            if text.is_empty() || !(near_end || text.chars().count() <= 60) {
                continue;
            }
            let take = |labels: &[String], slot: &mut Option<Fact>, before: bool| {
                if slot.is_none()
                    && let Some((value, range)) = labelled(text, labels, before)
                {
                    let around = super::super::sdk_list::sentence_around(text, &range);
                    *slot = Some(Fact { value, passage: placer.passage(&node.span, range, around) });
                }
            };
            take(&updated, &mut meta.updated, false);
            take(&effective, &mut meta.effective, true);
            take(&published, &mut meta.published, false);
        }
    }
}

fn labelled(text: &str, labels: &[String], before: bool) -> Option<(String, Range<usize>)> {
    for label in labels {
        for (at, word) in text.match_indices(label.as_str()) {
            let tail = &text[at + word.len()..];
            let reach = tail.char_indices().nth(REACH).map_or(tail.len(), |(i, _)| i);
            // A version number may stand before the date: 版本：V2.1（2024年3月1日）.
            let starts = tail.char_indices().take_while(|(at, _)| *at <= reach);
            let mut starts = starts.filter(|(_, c)| c.is_ascii_digit() || *c == '二').map(|(at, _)| at);
            let found = starts.find_map(|at| parse(&tail[at..]).map(|(value, length)| (at, value, length)));
            if let Some((start, value, length)) = found {
                return Some((value, at + word.len() + start..at + word.len() + start + length));
            }
            if before {
                let head = &text[..at];
                let from = head.char_indices().rev().nth(18).map_or(0, |(i, _)| i);
                if let Some((start, value, length)) = (from..head.len())
                    .rev()
                    .filter(|&i| {
                        head.is_char_boundary(i)
                            && head.as_bytes()[i].is_ascii_digit()
                            && !head[..i].ends_with(|c: char| c.is_ascii_digit())
                    })
                    .find_map(|i| parse(&head[i..]).map(|(v, l)| (i, v, l)))
                    && head[start + length..].chars().count() <= 4
                {
                    return Some((value, start..start + length));
                }
            }
        }
    }
    None
}

/// 二〇二四年三月十八日 to figures, as far as a date goes.
fn figures(text: &str) -> Option<(String, usize)> {
    let digit = |c: char| {
        "〇一二三四五六七八九".chars().position(|d| d == c).or(match c {
            '零' | '○' | 'o' => Some(0),
            _ => None,
        })
    };
    let mut out = String::new();
    let mut end = 0;
    let mut run: Vec<char> = Vec::new();
    let value = |run: &[char]| -> Option<u32> {
        if run.contains(&'十') {
            let ten = run.iter().position(|c| *c == '十')?;
            let tens = if ten == 0 { 1 } else { digit(run[0])? as u32 };
            let ones = run.get(ten + 1).map_or(Some(0), |c| digit(*c).map(|d| d as u32))?;
            return Some(tens * 10 + ones);
        }
        run.iter().try_fold(0_u32, |n, c| digit(*c).map(|d| n * 10 + d as u32))
    };
    for (at, c) in text.char_indices() {
        if digit(c).is_some() || c == '十' {
            run.push(c);
            if run.len() > 4 {
                return None;
            }
        } else if matches!(c, '年' | '月' | '日') && !run.is_empty() {
            out.push_str(&value(&run)?.to_string());
            out.push(c);
            run.clear();
            end = at + c.len_utf8();
        } else {
            break;
        }
    }
    (end > 0).then_some((out, end))
}

/// A date at the head of a folded text, as ISO 8601, with its length.
pub(super) fn parse(text: &str) -> Option<(String, usize)> {
    if text.starts_with('二')
        && let Some((written, length)) = figures(text)
    {
        return parse(&written).map(|(date, _)| (date, length));
    }
    let number = |text: &str, most: usize| -> Option<(u32, usize)> {
        let length = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=most).contains(&length).then(|| (text[..length].parse().unwrap_or(0), length))
    };
    let (year, length) = number(text, 4).filter(|&(y, l)| l == 4 && (1990..2100).contains(&y))?;
    let mut at = length;
    let separator = text[at..].chars().next().filter(|c| matches!(c, '年' | '-' | '/' | '.'))?;
    at += separator.len_utf8();
    let (month, length) = number(&text[at..], 2).filter(|&(m, _)| (1..=12).contains(&m))?;
    at += length;
    let Some(separator) = text[at..].chars().next().filter(|c| matches!(c, '月' | '-' | '/' | '.')) else {
        return Some((format!("{year:04}-{month:02}"), at));
    };
    let after = at + separator.len_utf8();
    match number(&text[after..], 2).filter(|&(d, _)| (1..=31).contains(&d)) {
        Some((day, length)) => {
            at = after + length;
            if text[at..].starts_with(['日', '号']) {
                at += '日'.len_utf8();
            }
            Some((format!("{year:04}-{month:02}-{day:02}"), at))
        }
        None => Some((format!("{year:04}-{month:02}"), if separator == '月' { after } else { at })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_every_writing() {
        let date = |text: &str| parse(text).map(|(d, _)| d);
        assert_eq!(date("2022年4月20日").as_deref(), Some("2022-04-20"));
        assert_eq!(date("2020-09-18").as_deref(), Some("2020-09-18"));
        assert_eq!(date("2019年11月,").as_deref(), Some("2019-11"));
        assert_eq!(date("2024.1.5").as_deref(), Some("2024-01-05"));
        assert_eq!(date("1234567"), None);
        assert_eq!(date("二〇二四年三月十八日").as_deref(), Some("2024-03-18"));
    }

    #[test]
    fn a_date_may_stand_before_its_label() {
        let (date, _) = labelled("将于2019年11月正式生效", &["正式生效".to_owned()], true).unwrap();
        assert_eq!(date, "2019-11");
    }
}
