//! HTML to tags and text with their places in the source.
//!
//! No HTML library tells the line and column of a word, and the usual tree builder takes quadratic time on nested tags, so tags
//! are read here: in one pass, by the rules of the HTML standard's tokenizer as far as text is concerned.

use std::borrow::Cow;

use super::super::text::Spot;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Words, character references undecoded.
    Text(&'a str, Spot),
    /// A start tag, its name in lower case.
    Start { name: Cow<'a, str>, attributes: Attributes<'a>, at: Spot },
    /// An end tag.
    End { name: Cow<'a, str> },
    /// The content of an element in which no tags count, such as a script.
    Raw { name: Cow<'a, str>, text: &'a str, at: Spot },
}

/// Elements whose content is not markup.
const RAW: &[&str] = &[
    "script",
    "style",
    "title",
    "textarea",
    "noscript",
    "iframe",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "svg",
    "math",
];

/// Reads a page piece by piece.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    source: &'a str,
    /// Byte offset read up to, and its place.
    offset: usize,
    at: Spot,
    /// An element whose raw content comes next.
    raw: Option<Cow<'a, str>>,
    /// What was found not to close any more: comments (`--`) and raw elements.
    unclosed: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    pub fn new(source: &'a str, at: Spot) -> Self {
        Self { source, offset: 0, at, raw: None, unclosed: Vec::new() }
    }

    /// Takes everything up to a byte offset.
    fn take(&mut self, end: usize) -> &'a str {
        let taken = &self.source[self.offset..end];
        self.at = advance(self.at, taken);
        self.offset = end;
        taken
    }

    fn rest(&self) -> &'a str {
        &self.source[self.offset..]
    }

    fn take_raw(&mut self, name: Cow<'a, str>) -> Token<'a> {
        let rest = self.rest();
        let mut end = None;
        let known = RAW.iter().copied().find(|raw| *raw == name);
        if known.is_none_or(|known| !self.unclosed.contains(&known)) {
            end = rest.match_indices("</").map(|(at, _)| at).find(|at| {
                let after = &rest.as_bytes()[at + 2..];
                after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
            });
            if end.is_none() {
                self.unclosed.extend(known);
            }
        }
        // Programs and styles never are text; anything else that does not close hides nothing.
        let end = end.unwrap_or(if matches!(name.as_ref(), "script" | "style" | "xmp" | "plaintext") {
            rest.len()
        } else {
            0
        });
        let at = self.at;
        let text = self.take(self.offset + end);
        Token::Raw { name, text, at }
    }

    /// Length of a comment's rest. One that never closes is no comment: it would swallow the rest of the page unseen.
    fn comment_end(&mut self, comment: &str) -> usize {
        if self.unclosed.contains(&"--") {
            return 0;
        }
        let end = comment.match_indices("--").find_map(|(at, _)| {
            let rest = &comment[at + 2..];
            let sign = if rest.starts_with('>') {
                1
            } else if rest.starts_with("!>") {
                2
            } else {
                return None;
            };
            Some(at + 2 + sign)
        });
        if end.is_none() {
            self.unclosed.push("--");
        }
        end.unwrap_or(0)
    }

    /// Reads what `<` opens. `None` when it was a comment or declaration.
    fn tag(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let at = self.at;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let length = if comment.starts_with('>') || comment.starts_with("->") {
                comment.find('>').map_or(0, |found| found + 1)
            } else {
                self.comment_end(comment)
            };
            self.take(self.offset + 4 + length);
            return None;
        }
        let second = rest.as_bytes().get(1).copied().unwrap_or(b' ');
        let end_tag = second == b'/';
        let named = rest.as_bytes().get(if end_tag { 2 } else { 1 }).is_some_and(u8::is_ascii_alphabetic);
        if !named {
            if matches!(second, b'!' | b'?') || end_tag {
                let end = rest.find('>').map_or(rest.len(), |found| found + 1);
                self.take(self.offset + end);
                return None;
            }
            self.take(self.offset + 1);
            return Some(Token::Text("<", at));
        }
        let start = if end_tag { 2 } else { 1 };
        let name_end = rest[start..]
            .find(|ch: char| ch.is_ascii_whitespace() || matches!(ch, '/' | '>' | '<'))
            .map_or(rest.len(), |found| start + found);
        let end = tag_end(rest, name_end);
        let attributes = Attributes(&rest[name_end..end]);
        let name = lower(&rest[start..name_end]);
        self.take((self.offset + end + 1).min(self.source.len()));
        if end_tag {
            return Some(Token::End { name });
        }
        if RAW.contains(&name.as_ref()) && !attributes.is_closed() {
            self.raw = Some(name);
            return None;
        }
        Some(Token::Start { name, attributes, at })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if let Some(name) = self.raw.take() {
                return Some(self.take_raw(name));
            }
            let rest = self.rest();
            match rest.find('<') {
                None if rest.is_empty() => return None,
                Some(0) => {
                    if let Some(token) = self.tag() {
                        return Some(token);
                    }
                }
                found => {
                    let at = self.at;
                    let text = self.take(self.offset + found.unwrap_or(rest.len()));
                    return Some(Token::Text(text, at));
                }
            }
        }
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Where a tag's `>` is; quotes after `=` hide one. A quote that never closes hides nothing.
fn tag_end(rest: &str, from: usize) -> usize {
    let bytes = rest.as_bytes();
    let mut at = from;
    let mut value = false;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'>' => return at,
            b'"' | b'\'' if value => match rest[at + 1..].find(char::from(b)) {
                Some(length) => {
                    at += length + 1;
                    value = false;
                }
                None => return rest[at..].find('>').map_or(rest.len(), |found| at + found),
            },
            b'=' => value = true,
            _ if b.is_ascii_whitespace() => {}
            _ => value = false,
        }
        at += 1;
    }
    rest.len()
}

/// The place after a run of text.
pub(super) fn advance(at: Spot, run: &str) -> Spot {
    let ends = |b: &u8| matches!(b, b'\n' | b'\r');
    if !run.as_bytes().iter().any(ends) && !run.contains('\u{85}') {
        return at.right(u32::try_from(run.chars().count()).unwrap_or(u32::MAX));
    }
    let mut here = at;
    let mut chars = run.chars().peekable();
    while let Some(ch) = chars.next() {
        here = match ch {
            '\r' if chars.peek() == Some(&'\n') => here,
            '\n' | '\r' | '\u{85}' => Spot::new(here.line.saturating_add(1), 1),
            _ => here.right(1),
        };
    }
    here
}

/// The attributes of a tag, unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attributes<'a>(&'a str);

impl<'a> Attributes<'a> {
    /// Whether the tag ends in `/>`.
    pub fn is_closed(self) -> bool {
        self.0.ends_with('/')
    }

    /// The value of the first attribute of this name (lower case), references undecoded; empty when it has none.
    pub fn get(self, name: &str) -> Option<&'a str> {
        let mut rest = self.0;
        loop {
            rest = rest.trim_start_matches(|ch: char| ch.is_ascii_whitespace() || ch == '/');
            if rest.is_empty() {
                return None;
            }
            // An `=` at the start belongs to the name.
            let ends = |&(at, ch): &(usize, char)| at > 0 && (ch.is_ascii_whitespace() || matches!(ch, '/' | '='));
            let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let mut value = "";
            rest = after;
            if let Some(given) = after.strip_prefix('=') {
                let given = given.trim_start();
                (value, rest) = match given.chars().next() {
                    Some(quote @ ('"' | '\'')) => given[1..].split_once(quote).unwrap_or((&given[1..], "")),
                    _ => given.split_at(given.find(|ch: char| ch.is_ascii_whitespace()).unwrap_or(given.len())),
                };
            }
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        Tokens::new(source, Spot::START)
            .map(|token| match token {
                Token::Text(text, at) => format!("{text}@{}:{}", at.line, at.column),
                Token::Start { name, .. } => format!("<{name}>"),
                Token::End { name } => format!("</{name}>"),
                Token::Raw { name, text, .. } => format!("{name}:{text}"),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_places() {
        assert_eq!(
            shown("<P Class=\"a>b\">我们\r\n收集</P\n>信息<br/>"),
            ["<p>", "我们\r\n收集@1:16", "</p>", "信息@3:2", "<br>"]
        );
    }

    #[test]
    fn comments_and_declarations_vanish() {
        assert_eq!(
            shown("甲<!-- <p> -->乙<![if !supportLists]>丙<!DOCTYPE html><?xml a?>丁"),
            ["甲@1:1", "乙@1:14", "丙@1:36", "丁@1:61"]
        );
        assert_eq!(shown("甲<!-->乙<!-- 丙"), ["甲@1:1", "乙@1:7", " 丙@1:12"]);
    }

    #[test]
    fn scripts_hold_no_tags() {
        assert_eq!(shown("<title>甲"), ["title:", "甲@1:8"]);
        assert_eq!(shown("<script>if(a<b){'</p>'}</SCRIPT>甲"), ["script:if(a<b){'</p>'}", "</script>", "甲@1:33"]);
    }

    #[test]
    fn stray_angle_brackets_are_text() {
        assert_eq!(shown("1 < 2 <中"), ["1 @1:1", "<@1:3", " 2 @1:4", "<@1:7", "中@1:8"]);
    }

    #[test]
    fn attributes_of_every_spelling() {
        let source = "<td colSpan=\"2\" ROWSPAN = '3' width=10 hidden 中=1 style=\"a:b\">";
        let Some(Token::Start { attributes, .. }) = Tokens::new(source, Spot::START).next() else { panic!() };
        assert_eq!(attributes.get("colspan"), Some("2"));
        assert_eq!(attributes.get("rowspan"), Some("3"));
        assert_eq!(attributes.get("width"), Some("10"));
        assert_eq!(attributes.get("hidden"), Some(""));
        assert_eq!(attributes.get("style"), Some("a:b"));
        assert_eq!(attributes.get("class"), None);
    }
}
