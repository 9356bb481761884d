//! Folding for languages that put spaces between words.
//!
//! What Chinese shows by its punctuation, English shows by words: its comma parts both clauses and the members of a list, its full
//! stop also ends abbreviations and numbers. The text is written with the signs of Chinese, `。` behind a sentence, `、` and not `and`
//! between the members of a list, `,` between clauses, and without articles and possessives, so that one reader serves both.

use std::collections::HashSet;

use super::{Normal, folded_chars, invisible};

/// What a language's small words say of punctuation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conventions {
    /// Words left out: articles and possessives.
    pub dropped: HashSet<String>,
    /// Words that join the members of a list.
    pub joints: HashSet<String>,
    /// Words that begin a clause behind a comma or a joint.
    pub openers: HashSet<String>,
    /// Words that begin a clause that stands before the main one, and what begins like one and does not.
    pub subordinators: HashSet<String>,
    /// Those of them that may as well begin the main clause itself.
    pub prepositions: HashSet<String>,
    /// Subjects and auxiliaries.
    pub finite: HashSet<String>,
    /// Words written with a full stop that ends no sentence.
    pub abbreviations: HashSet<String>,
}

/// Words before a dash up to which it sets a name apart from what is said of it.
const HEAD_WORDS: usize = 10;

#[derive(Debug)]
struct Unit {
    text: String,
    word: bool,
    upper: bool,
    offsets: Vec<u32>,
    /// Where the white space before it stands.
    gap: Option<u32>,
    line: bool,
}

fn units(source: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let (mut gap, mut line) = (None, false);
    for (offset, c) in source.char_indices() {
        if c.is_whitespace() {
            gap = gap.or(Some(offset as u32));
            line |= c == '\n';
            continue;
        }
        if invisible(c) {
            continue;
        }
        folded_chars(c, |d| {
            let word = d.is_alphanumeric() && !('\u{2e80}'..='\u{9fff}').contains(&d);
            match units.last_mut() {
                Some(last) if last.word && word && gap.is_none() => last.push(d, offset),
                _ => {
                    let mut unit = Unit {
                        text: String::new(),
                        word,
                        upper: c.is_uppercase(),
                        offsets: Vec::new(),
                        gap: gap.take(),
                        line: std::mem::take(&mut line),
                    };
                    unit.push(d, offset);
                    units.push(unit);
                }
            }
        });
    }
    units
}

impl Unit {
    fn push(&mut self, c: char, offset: usize) {
        self.text.push(c);
        self.offsets.extend(std::iter::repeat_n(offset as u32, c.len_utf8()));
    }
}

/// Folds `source`.
pub(super) fn fold(source: &str, conventions: &Conventions) -> Normal {
    let units = units(source);
    let mut writer = Writer {
        normal: Normal {
            text: String::with_capacity(source.len()),
            source: Vec::with_capacity(source.len() + 1),
            spaced: true,
            ..Normal::default()
        },
        gap: None,
        line: false,
    };
    let mut state = State { depth: 0, words: 0, commas: 0, first: None, numbering: true, colon: false };
    for at in 0..units.len() {
        let unit = &units[at];
        if unit.line {
            (state.depth, state.numbering, state.words, state.colon) = (0, true, 0, false);
        }
        if unit.word {
            word(&units, at, conventions, &mut state, &mut writer);
        } else {
            sign(&units, at, conventions, &mut state, &mut writer);
        }
    }
    let mut normal = writer.normal;
    normal.source.push(source.len() as u32);
    normal.blank_urls();
    normal
}

struct State {
    depth: usize,
    /// Words and commas since the sentence began, and its first word.
    words: usize,
    commas: usize,
    first: Option<usize>,
    /// Whether the line has shown nothing but numbers and points.
    numbering: bool,
    colon: bool,
}

impl State {
    fn end_sentence(&mut self) {
        (self.words, self.commas, self.first, self.colon) = (0, 0, None, false);
    }
}

struct Writer {
    normal: Normal,
    gap: Option<u32>,
    line: bool,
}

impl Writer {
    fn skip(&mut self, unit: &Unit) {
        self.gap = unit.gap.or(self.gap);
        self.line |= unit.line;
    }

    fn put(&mut self, unit: &Unit, text: &str) {
        self.skip(unit);
        let latin = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let (gap, line) = (self.gap.take(), std::mem::take(&mut self.line));
        if let Some(offset) = gap {
            let at = self.normal.text.len() as u32;
            let between = latin(self.normal.text.chars().next_back()) && latin(text.chars().next());
            self.normal.gaps.push(at);
            if between {
                self.normal.push(' ', offset as usize);
                self.normal.gaps.push(at + 1);
            }
            if line {
                self.normal.breaks.push(at + u32::from(between));
            }
        }
        for (n, c) in text.char_indices() {
            let offset = unit.offsets.get(n).or(unit.offsets.first()).copied().unwrap_or(0);
            self.normal.push(c, offset as usize);
        }
    }

    fn last(&self) -> Option<char> {
        self.normal.text.chars().next_back()
    }
}

fn word(units: &[Unit], at: usize, conventions: &Conventions, state: &mut State, writer: &mut Writer) {
    let unit = &units[at];
    let next = units.get(at + 1).filter(|n| n.gap.is_some());
    let goes_on = next.is_some_and(|n| n.word || matches!(n.text.as_str(), "\"" | "'" | "("));
    let roman = unit.text.len() <= 5 && unit.text.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    if !unit.text.bytes().all(|b| b.is_ascii_digit()) && unit.text.len() > 1 && !roman {
        state.numbering = false;
    }
    if goes_on && conventions.dropped.contains(&unit.text) && !joined_before(unit) {
        writer.skip(unit);
        return;
    }
    if goes_on && unit.gap.is_some() && at > 0 && conventions.joints.contains(&unit.text) {
        let sign = if opens_clause(units, at + 1, conventions) { "," } else { "、" };
        let parted = writer.last().is_none_or(|c| matches!(c, ',' | '、' | '。' | ';' | ':' | '(' | '!' | '?'));
        if parted {
            writer.skip(unit);
        } else {
            writer.put(&Unit { gap: None, offsets: unit.offsets.clone(), text: String::new(), ..*unit }, sign);
        }
        return;
    }
    if state.words == 0 {
        state.first = Some(at);
    }
    state.words += 1;
    writer.put(unit, &unit.text);
}

/// A word glued to the sign before it (`don't`, `e-mail`) is no word of its own.
fn joined_before(unit: &Unit) -> bool {
    unit.gap.is_none() && unit.offsets.first().is_some_and(|&o| o > 0)
}

/// Whether a clause begins at a unit, articles and joints skipped.
fn opens_clause(units: &[Unit], mut at: usize, conventions: &Conventions) -> bool {
    while units.get(at).is_some_and(|u| {
        u.word
            && (conventions.dropped.contains(&u.text) || conventions.joints.contains(&u.text))
            && !opens(u, conventions)
    }) {
        at += 1;
    }
    let Some(unit) = units.get(at) else { return false };
    // `for example` and its like open members, not a clause.
    let pair = units.get(at + 1).map(|n| format!("{} {}", unit.text, n.text));
    opens(unit, conventions) && !pair.is_some_and(|p| conventions.subordinators.contains(&p))
}

fn opens(unit: &Unit, conventions: &Conventions) -> bool {
    unit.word && conventions.openers.contains(&unit.text)
}

fn sign(units: &[Unit], at: usize, conventions: &Conventions, state: &mut State, writer: &mut Writer) {
    let unit = &units[at];
    let next = units.get(at + 1);
    let apart = next.is_none_or(|n| n.gap.is_some());
    let written = match unit.text.as_str() {
        "(" | "[" | "【" => {
            state.depth += 1;
            unit.text.as_str()
        }
        ")" | "]" | "】" => {
            state.depth = state.depth.saturating_sub(1);
            unit.text.as_str()
        }
        "," => comma(units, at, conventions, state),
        "." if apart && state.depth == 0 && ends_sentence(units, at, conventions, state) => "。",
        "-" | "–" | "—" if unit.gap.is_some() && apart && !unit.line && at > 0 => {
            if state.words <= HEAD_WORDS && !state.colon && state.depth == 0 { ":" } else { "," }
        }
        "—" if at > 0 => ",",
        "&" if unit.gap.is_some() && apart => "、",
        other => other,
    };
    if matches!(written, "。" | ";" | "!" | "?") {
        state.end_sentence();
    }
    if written == ":" {
        state.end_sentence();
        state.colon = true;
    }
    if !matches!(written, "." | "(" | ")" | "-" | "*" | "•" | "·") {
        state.numbering = false;
    }
    writer.put(unit, written);
}

fn comma(units: &[Unit], at: usize, conventions: &Conventions, state: &mut State) -> &'static str {
    let digit = |u: Option<&Unit>| u.is_some_and(|u| u.text.bytes().all(|b| b.is_ascii_digit()));
    let next = units.get(at + 1);
    if next.is_some_and(|n| n.gap.is_none()) && digit(next) && digit(at.checked_sub(1).and_then(|b| units.get(b))) {
        return ",";
    }
    state.commas += 1;
    let led = state.commas == 1
        && state.depth == 0
        && state.first.is_some_and(|f| {
            let pair = units.get(f + 1).map(|n| format!("{} {}", units[f].text, n.text));
            let begun = conventions.prepositions.contains(&units[f].text)
                && units[f + 1..at].iter().any(|u| conventions.finite.contains(&u.text));
            conventions.subordinators.contains(&units[f].text)
                && !begun
                && !pair.is_some_and(|p| conventions.subordinators.contains(&p))
        });
    if led || opens_clause(units, at + 1, conventions) { "," } else { "、" }
}

fn ends_sentence(units: &[Unit], at: usize, conventions: &Conventions, state: &State) -> bool {
    let Some(before) = at.checked_sub(1).map(|b| &units[b]).filter(|b| b.word && units[at].gap.is_none()) else {
        return true;
    };
    if state.numbering {
        return false;
    }
    let next = units.get(at + 1);
    let starts = next.is_some_and(|n| {
        n.upper
            && (before.text == "etc"
                || [&conventions.dropped, &conventions.openers, &conventions.subordinators]
                    .iter()
                    .any(|s| s.contains(&n.text)))
    });
    if conventions.abbreviations.contains(&before.text) {
        return starts;
    }
    // `e.g.`, `U.S.`
    let letter = before.text.chars().count() == 1 && !before.text.bytes().all(|b| b.is_ascii_digit());
    let initial = letter && at >= 2 && units[at - 2].text == "." && before.gap.is_none();
    !initial || starts
}

#[cfg(test)]
mod tests {
    use crate::catalogue::{Catalogue, Locale};
    use crate::policy::words::Words;

    fn folded(text: &str) -> String {
        let words = Words::new(Catalogue::builtin(), Locale::En);
        words.normal(text).text().to_owned()
    }

    #[test]
    fn commas_and_joints_are_told_apart() {
        assert_eq!(
            folded("We do not collect your contacts, call logs, or SMS."),
            "we do not collect contacts、call logs、sms。"
        );
        assert_eq!(
            folded("If you agree, we read the camera and we store it."),
            "if you agree,we read camera,we store it。"
        );
        assert_eq!(folded("1,000 days"), "1,000 days");
    }

    #[test]
    fn stops_that_end_no_sentence() {
        assert_eq!(
            folded("Example Inc. runs it, e.g. on Android 2.1.3 (v. 2). We read."),
            "example inc.runs it、e.g.on android 2.1.3(v.2)。we read。"
        );
        assert_eq!(folded("1. Camera - to scan codes"), "1.camera:to scan codes");
    }

    #[test]
    fn the_way_back_finds_the_source() {
        let words = Words::new(Catalogue::builtin(), Locale::En);
        let source = "We read the  Contact\nList.";
        let normal = words.normal(source);
        let at = normal.text().find("contact list").unwrap();
        assert_eq!(&source[normal.source_range(at..at + 12, source)], "Contact\nList");
    }
}
