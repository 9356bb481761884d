//! `word/numbering.xml`: the numbers Word shows before paragraphs and keeps out of their text.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::{attribute, number, reader};

/// Levels a list may have (ECMA-376, 17.9.3: `ilvl` 0–8).
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// With `%1` for the number of the first level.
    text: String,
}

/// Lists and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels by abstract list.
    lists: HashMap<String, Vec<Level>>,
    /// The abstract list of each number definition.
    numbers: HashMap<String, String>,
    counts: HashMap<String, [u32; LEVELS]>,
}

/// Reads the definitions.
pub(super) fn read(xml: &str) -> Numbering {
    let mut found = Numbering::default();
    let mut reader = reader(xml);
    let (mut list, mut definition) = (None::<String>, None::<String>);
    while let Ok(event) = reader.read_event() {
        let element = match event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => break,
            _ => continue,
        };
        let value = || attribute(&element, "val").unwrap_or_default();
        let level = list.as_ref().and_then(|list| found.lists.get_mut(list)).and_then(|levels| levels.last_mut());
        match element.local_name().as_ref() {
            "abstractNum" => {
                list = attribute(&element, "abstractNumId");
                definition = None;
                if let Some(list) = &list {
                    found.lists.insert(list.clone(), Vec::new());
                }
            }
            "num" => {
                list = None;
                definition = attribute(&element, "numId");
            }
            "abstractNumId" => {
                if let Some(definition) = definition.take() {
                    found.numbers.insert(definition, value());
                }
            }
            "lvl" => {
                if let Some(levels) =
                    list.as_ref().and_then(|list| found.lists.get_mut(list)).filter(|it| it.len() < LEVELS)
                {
                    levels.push(Level { start: 1, ..Level::default() });
                }
            }
            "start" => level.into_iter().for_each(|level| level.start = number(&element).unwrap_or(1)),
            "numFmt" => level.into_iter().for_each(|level| level.format = value()),
            "lvlText" => level.into_iter().for_each(|level| level.text = value().chars().take(32).collect()),
            _ => {}
        }
    }
    found
}

impl Numbering {
    /// The number of the next paragraph of a list: empty for a bullet, `None` when the definition is unknown.
    pub fn next(&mut self, definition: &str, level: usize) -> Option<String> {
        let list = self.numbers.get(definition)?;
        let levels = self.lists.get(list)?;
        let shown = levels.get(level)?;
        let counts = self.counts.entry(list.clone()).or_default();
        let current = counts.get(level).copied()?;
        counts[level] = if current == 0 { shown.start.max(1) } else { current.saturating_add(1) };
        for (deeper, count) in counts.iter_mut().enumerate() {
            if deeper > level {
                *count = 0;
            } else if *count == 0 {
                *count = levels.get(deeper).map_or(1, |level| level.start.max(1));
            }
        }
        if matches!(shown.format.as_str(), "bullet" | "none") {
            return Some(String::new());
        }
        let mut out = String::new();
        let mut chars = shown.text.chars();
        while let Some(ch) = chars.next() {
            let digit = (ch == '%').then(|| chars.clone().next().and_then(|ch| ch.to_digit(10))).flatten();
            match digit.and_then(|digit| (digit as usize).checked_sub(1)) {
                Some(at) if at < LEVELS => {
                    chars.next();
                    out.push_str(&written(counts[at], levels.get(at).map_or("decimal", |level| &level.format)));
                }
                _ => out.push(ch),
            }
        }
        Some(out)
    }
}

/// A number in a format of ECMA-376, 17.18.59; decimal for those that policies do not use.
fn written(count: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified" => chinese(count),
        "lowerLetter" => letter(count, b'a'),
        "upperLetter" => letter(count, b'A'),
        "lowerRoman" => roman(count).to_lowercase(),
        "upperRoman" => roman(count),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => match count {
            1..=20 => char::from_u32(0x245f + count).map_or_else(String::new, String::from),
            _ => count.to_string(),
        },
        _ => count.to_string(),
    }
}

fn chinese(count: u32) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |value: u32| DIGITS[(value % 10) as usize];
    match count {
        0..=10 if count == 10 => "十".to_owned(),
        0..=9 => digit(count).to_string(),
        11..=19 => format!("十{}", digit(count)),
        20..=99 if count.is_multiple_of(10) => format!("{}十", digit(count / 10)),
        20..=99 => format!("{}十{}", digit(count / 10), digit(count)),
        _ => count.to_string(),
    }
}

fn letter(count: u32, first: u8) -> String {
    let at = u8::try_from(count.saturating_sub(1) % 26).unwrap_or(0);
    char::from(first + at).to_string()
}

fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut left = count.min(399);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_does() {
        let shown: Vec<_> = [1, 10, 11, 20, 21].map(|count| written(count, "chineseCounting")).to_vec();
        assert_eq!(shown, ["一", "十", "十一", "二十", "二十一"]);
        assert_eq!(written(3, "decimalEnclosedCircle"), "③");
        assert_eq!(written(14, "upperRoman"), "XIV");
        assert_eq!(written(2, "lowerLetter"), "b");
    }
}
