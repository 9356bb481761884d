//! Dates of publication, update and effect.

use std::ops::Range;

use super::{Documents, Reading};
use crate::policy::list::List;
use crate::policy::model::{Document, Fact, Meta, Passage};

/// Characters between a label and its date.
const REACH: usize = 10;
/// Characters of a page's setting that are quoted.
const QUOTE: usize = 40;
/// Lines at each end of a document where dates are looked for in running text.
const ENDS: usize = 40;

/// How Taiwan begins a date: years are counted from the founding of the republic.
const REPUBLIC: &str = "民国";
/// The first of those years.
const FIRST_YEAR: u32 = 1912;

/// Reads the dates of the first document, then those of the annexes.
pub(super) fn read(documents: &Documents<'_>, meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let updated = words.meta(|m| &m.updated);
        let effective = words.meta(|m| &m.effective);
        let published = words.meta(|m| &m.published);
        let months = &words.language().meta.months;
        let count = outline.nodes.len();
        for (index, node) in outline.nodes.iter().enumerate() {
            let text = node.span.folded();
            let near_end = index < ENDS || index + ENDS >= count;
            if text.is_empty() || !(near_end || words.length(text) <= 60) {
                continue;
            }
            let take = |labels: &List, slot: &mut Option<Fact>, before: bool| {
                if slot.is_none()
                    && let Some((value, range)) = labelled(text, labels, months, before)
                {
                    let around = super::super::sdk_list::sentence_around(text, &range);
                    *slot = Some(Fact { value, passage: placer.passage(&node.span, range, around) });
                }
            };
            take(&updated, &mut meta.updated, true);
            take(&effective, &mut meta.effective, true);
            take(&published, &mut meta.published, true);
        }
    }
}

/// The first date in the settings of the pages.
pub(super) fn settings(files: &[Document], meta: &mut Meta) {
    let dated = files.iter().enumerate().flat_map(|(at, d)| d.page_dates.iter().map(move |date| (at, d, date)));
    meta.page_date = dated.into_iter().find_map(|(document, d, date)| {
        let (value, _) = parse(&date.value, &[])?;
        let (file, quote) = (d.file.clone(), date.value.chars().take(QUOTE).collect());
        Some(Fact { value, passage: Passage { document, file, line: date.line, column: date.column, quote } })
    });
}

fn labelled(text: &str, labels: &List, months: &[String], before: bool) -> Option<(String, Range<usize>)> {
    for label in labels.places(text) {
        let tail = &text[label.end..];
        let reach = tail.char_indices().nth(REACH).map_or(tail.len(), |(i, _)| i);
        let begins = |i: usize| {
            let rest = &tail[i..];
            let starts = rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '二' | '民' | '【' | '['))
                || months.iter().any(|m| rest.starts_with(m.as_str()));
            starts && !tail[..i].ends_with(|c: char| c.is_ascii_alphanumeric())
        };
        // 版本：2.0 behind a date dates nothing.
        let before = before && !text[label.clone()].ends_with(':');
        let right_before = before.then(|| ends_with_date(&text[..label.start], months)).flatten();
        if let Some((value, range)) =
            right_before.filter(|(_, r)| r.end == label.start && !tail.starts_with(['的', '之', ':', '日', '时']))
        {
            return Some((value, range));
        }
        // A version number may stand before the date: 版本：V2.1（2024年3月1日）.
        let mut starts = tail.char_indices().map(|(i, _)| i).take_while(|&i| i <= reach).filter(|&i| begins(i));
        let found =
            starts.find_map(|start| parse(&tail[start..], months).map(|(value, length)| (start, value, length)));
        if let Some((start, value, length)) = found {
            return Some((value, label.end + start..label.end + start + length));
        }
        // 2021年8月20日公布的《…法》 is the date of something else.
        if before
            && !tail.starts_with(['的', '之', ':'])
            && let Some((value, range)) = ends_with_date(&text[..label.start], months)
            && text[range.end..label.start].chars().count() <= 4
        {
            return Some((value, range));
        }
    }
    None
}

/// The last date in the end of a text.
fn ends_with_date(head: &str, months: &[String]) -> Option<(String, Range<usize>)> {
    let from = head.char_indices().rev().nth(18).map_or(0, |(i, _)| i);
    (from..head.len())
        .rev()
        .filter(|&i| {
            head.is_char_boundary(i)
                && head.as_bytes()[i].is_ascii_digit()
                && !head[..i].ends_with(|c: char| c.is_ascii_digit())
        })
        .find_map(|i| {
            let i = head[..i].strip_suffix(REPUBLIC).map_or(i, str::len);
            parse(&head[i..], months).map(|(value, length)| (value, i..i + length))
        })
}

/// `21 july 2025`, `july 21、2025`, `july 2025`, as ISO 8601, with its length; `months` are their names, January first.
fn spelt(text: &str, months: &[String]) -> Option<(String, usize)> {
    let day = |at: usize| {
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let day = (1..=2).contains(&length).then(|| text[at..at + length].parse::<u32>().ok()).flatten()?;
        (1..=31).contains(&day).then(|| {
            let end = at + length;
            let ordinal = ["st", "nd", "rd", "th"].iter().any(|o| text[end..].starts_with(o));
            (day, end + if ordinal { 2 } else { 0 })
        })
    };
    let space = |at: usize| {
        at + text[at..].chars().take_while(|c| matches!(c, ' ' | ',' | '、' | '.')).map(char::len_utf8).sum::<usize>()
    };
    let month = |at: usize| {
        let letters = text[at..].bytes().take_while(u8::is_ascii_lowercase).count();
        let written = &text[at..at + letters];
        let number = months.iter().position(|m| m == written || written.len() >= 3 && m.starts_with(written))?;
        Some((number + 1, at + letters))
    };
    let year = |at: usize| {
        let length = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let year = (length == 4).then(|| text[at..at + 4].parse::<u32>().ok()).flatten()?;
        (1990..2100).contains(&year).then_some((year, at + 4))
    };
    // `3/15/2025`, where only one order is a date.
    if let Some((first, end)) = day(0)
        && text[end..].starts_with(['/', '.', '-'])
        && let Some((second, end)) = day(end + 1)
        && text[end..].starts_with(['/', '.', '-'])
        && let Some((year, end)) = year(end + 1)
    {
        let (month, day) = match (first, second) {
            (m, d) if m <= 12 && (d > 12 || d == m) => (m, d),
            (d, m) if m <= 12 && d > 12 => (m, d),
            _ => return None,
        };
        return Some((format!("{year:04}-{month:02}-{day:02}"), end));
    }
    let of = |at: usize| if text[at..].starts_with("of ") { at + 3 } else { at };
    if let Some((month, end)) = month(0) {
        if let Some((year, end)) = year(space(end)) {
            return Some((format!("{year:04}-{month:02}"), end));
        }
        let (day, end) = day(space(end))?;
        let (year, end) = year(space(end))?;
        return Some((format!("{year:04}-{month:02}-{day:02}"), end));
    }
    let (day, end) = day(0)?;
    let (month, end) = month(of(space(end)))?;
    let (year, end) = year(space(end))?;
    Some((format!("{year:04}-{month:02}-{day:02}"), end))
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
pub(super) fn parse(text: &str, months: &[String]) -> Option<(String, usize)> {
    if !months.is_empty()
        && let Some(date) = spelt(text, months)
    {
        return Some(date);
    }
    if text.starts_with('二')
        && let Some((written, length)) = figures(text)
    {
        return parse(&written, &[]).map(|(date, _)| (date, length));
    }
    // The number may stand in brackets of a form that was filled in (【2024】年【3】月).
    let number = |text: &str, most: usize| -> Option<(u32, usize)> {
        let digits = text.trim_start_matches(['【', '[']);
        let open = text.len() - digits.len();
        let length = digits.bytes().take_while(u8::is_ascii_digit).count();
        let close = digits[length..].chars().next().filter(|c| open > 0 && matches!(c, '】' | ']'));
        (1..=most)
            .contains(&length)
            .then(|| (digits[..length].parse().unwrap_or(0), open + length + close.map_or(0, char::len_utf8)))
    };
    let mut at = 0;
    let year = if let Some(rest) = text.strip_prefix(REPUBLIC) {
        let (year, length) = number(rest, 3).filter(|&(y, _)| (80..190).contains(&y))?;
        at += REPUBLIC.len() + length;
        year + FIRST_YEAR - 1
    } else {
        let (year, length) = number(text, 4).filter(|&(y, _)| (1990..2100).contains(&y))?;
        at += length;
        year
    };
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
        let date = |text: &str| parse(text, &[]).map(|(d, _)| d);
        assert_eq!(date("2022年4月20日").as_deref(), Some("2022-04-20"));
        assert_eq!(date("2020-09-18").as_deref(), Some("2020-09-18"));
        assert_eq!(date("2019年11月,").as_deref(), Some("2019-11"));
        assert_eq!(date("2024.1.5").as_deref(), Some("2024-01-05"));
        assert_eq!(date("1234567"), None);
        assert_eq!(date("【2023】年【8】月【9】日").as_deref(), Some("2023-08-09"));
        assert_eq!(date("民国112年3月1日").as_deref(), Some("2023-03-01"));
        assert_eq!(date("民国113年12月").as_deref(), Some("2024-12"));
        assert_eq!(date("二〇二四年三月十八日").as_deref(), Some("2024-03-18"));
    }

    #[test]
    fn dates_with_the_name_of_the_month() {
        let months: Vec<String> =
            ["january", "february", "march", "april", "may", "june", "july"].map(str::to_owned).into();
        let date = |text: &str| parse(text, &months).map(|(d, _)| d);
        assert_eq!(date("21 july 2025。").as_deref(), Some("2025-07-21"));
        assert_eq!(date("jul 1st、2025").as_deref(), Some("2025-07-01"));
        assert_eq!(date("march 2024").as_deref(), Some("2024-03"));
        assert_eq!(date("may we"), None);
    }

    #[test]
    fn a_date_may_stand_before_its_label() {
        let labels = List::new(vec!["正式生效".to_owned()], false);
        let (date, _) = labelled("将于2019年11月正式生效", &labels, &[], true).unwrap();
        assert_eq!(date, "2019-11");
        let (date, range) = labelled("将于民国112年11月1日正式生效", &labels, &[], true).unwrap();
        assert_eq!((date.as_str(), range.start), ("2023-11-01", "将于".len()));
    }
}
