//! Reads the TOML files that ship with the crate, straight into their types.
//!
//! Every run of the program pays for this megabyte. The general parser builds a tree of the whole file first; reading the form
//! our files have takes a fifth of its time: keys, then tables `[head]` and lists of tables `[[head]]`, each in one piece with its
//! parts `[head.part]` below it. A test reads every file both ways and compares.
//! Users' files go through the general parser, which tells the place of an error.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The tables of a file that holds nothing else, each headed `[[head]]`.
///
/// # Errors
///
/// What was expected, with the line.
pub(super) fn read<T: DeserializeOwned>(head: &str, text: &str) -> Result<Vec<T>, Error> {
    with_line(text, |reader| {
        let list = <Vec<T> as de::Deserialize>::deserialize(Tables { reader, head })?;
        if reader.skip_blank() { Err(Error(format!("expected `[[{head}]]`"))) } else { Ok(list) }
    })
}

/// A whole file of keys, tables and lists of tables.
///
/// # Errors
///
/// As [`read`].
pub(super) fn document<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    with_line(text, |reader| T::deserialize(Document { reader }))
}

/// What a reader of the text answers; an error with the line it stopped at.
fn with_line<'de, T>(text: &'de str, read: impl FnOnce(&mut Reader<'de>) -> Result<T, Error>) -> Result<T, Error> {
    let mut reader = Reader { rest: text };
    read(&mut reader).map_err(|Error(what)| {
        let line = text[..text.len() - reader.rest.len()].matches('\n').count() + 1;
        Error(format!("line {line}: {what}"))
    })
}

/// What was expected and not found.
#[derive(Debug)]
pub(super) struct Error(String);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<M: fmt::Display>(message: M) -> Self {
        Self(message.to_string())
    }
}

fn expected<T>(what: &str) -> Result<T, Error> {
    Err(Error(format!("expected {what}")))
}

struct Reader<'de> {
    rest: &'de str,
}

impl<'de> Reader<'de> {
    /// Skips blanks, line ends and comments. Whether anything is left.
    fn skip_blank(&mut self) -> bool {
        loop {
            if self.rest.as_bytes().first().is_some_and(|b| b.is_ascii_whitespace()) {
                self.rest = self.rest.trim_ascii_start();
            }
            if !self.rest.starts_with('#') {
                return !self.rest.is_empty();
            }
            self.rest = &self.rest[self.rest.find('\n').unwrap_or(self.rest.len())..];
        }
    }

    fn take(&mut self, c: char) -> bool {
        self.skip_blank();
        let rest = self.rest.strip_prefix(c);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// A key and its equals sign.
    fn key(&mut self) -> Result<&'de str, Error> {
        let key = if self.rest.starts_with('"') {
            self.quoted()?.0
        } else {
            let end = self.rest.bytes().position(|b| !(b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
            let (key, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
            self.rest = rest;
            key
        };
        let Some(rest) = self.rest.trim_start_matches(' ').strip_prefix('=').filter(|_| !key.is_empty()) else {
            return expected("`key = value`");
        };
        self.rest = rest;
        self.skip_blank();
        Ok(key)
    }

    /// A string on one line: the text between its quotes, and whether it holds escapes.
    fn quoted(&mut self) -> Result<(&'de str, bool), Error> {
        let bytes = self.rest.as_bytes();
        let (quote, mut at, mut escapes) = (bytes[0], 1, false);
        loop {
            match bytes.get(at) {
                None | Some(b'\n') => return expected("a closing quote"),
                Some(b'\\') if quote == b'"' => (at, escapes) = (at + 2, true),
                Some(&b) if b == quote => break,
                Some(_) => at += 1,
            }
        }
        let text = &self.rest[1..at];
        self.rest = &self.rest[at + 1..];
        Ok((text, escapes))
    }

    fn word(&mut self) -> &'de str {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.rest.bytes().next() {
            Some(b'"' | b'\'') => match self.quoted()? {
                (text, false) => visitor.visit_borrowed_str(text),
                (text, true) => visitor.visit_string(unescape(text)?),
            },
            Some(b'[') => {
                self.rest = &self.rest[1..];
                Items { reader: self, close: ']', open: true }.whole(|items| visitor.visit_seq(items))
            }
            Some(b'{') => {
                self.rest = &self.rest[1..];
                Items { reader: self, close: '}', open: true }.whole(|items| visitor.visit_map(items))
            }
            Some(b't' | b'f' | b'0'..=b'9') => match self.word() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                digits => match digits.parse() {
                    Ok(number) => visitor.visit_u64(number),
                    Err(_) => expected("a number"),
                },
            },
            _ => expected("a string, a number, true, false, a list or a table"),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.rest.bytes().next() {
            Some(b'"' | b'\'') => {
                let variant: StrDeserializer<'_, Error> = self.quoted()?.0.into_deserializer();
                visitor.visit_enum(variant)
            }
            _ => expected("a string"),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Only the two escapes that our files need.
fn unescape(text: &str) -> Result<String, Error> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next() {
                Some(c @ ('"' | '\\')) => c,
                _ => return expected(r#"no escape but `\"` and `\\`"#),
            },
            c => c,
        });
    }
    Ok(plain)
}

/// The items of a list, or the entries of an inline table.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    close: char,
    /// Whether the end is still to come.
    open: bool,
}

impl Items<'_, '_> {
    /// What `visit` makes of them; a tuple is taken without asking for its end.
    fn whole<T>(mut self, visit: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let value = visit(&mut self)?;
        if self.open && self.more() { expected("no further item") } else { Ok(value) }
    }

    fn more(&mut self) -> bool {
        self.open = !self.reader.take(self.close);
        self.open
    }

    /// After an item stands a comma or the end.
    fn separate(&mut self) -> Result<(), Error> {
        if self.reader.take(',') || self.reader.rest.starts_with(self.close) { Ok(()) } else { expected("`,`") }
    }
}

impl<'de> SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if !self.more() {
            return Ok(None);
        }
        let item = seed.deserialize(&mut *self.reader)?;
        self.separate()?;
        Ok(Some(item))
    }
}

impl<'de> MapAccess<'de> for &mut Items<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if !self.more() {
            return Ok(None);
        }
        seed.deserialize(BorrowedStrDeserializer::new(self.reader.key()?)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let value = seed.deserialize(&mut *self.reader)?;
        self.separate()?;
        Ok(value)
    }
}

/// A whole file.
struct Document<'r, 'de> {
    reader: &'r mut Reader<'de>,
}

impl<'de> de::Deserializer<'de> for Document<'_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Heads { reader: self.reader, head: Head::Key })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What a value of a file stands below.
#[derive(Clone, Copy)]
enum Head<'de> {
    /// A key.
    Key,
    /// `[head]`.
    Table(&'de str),
    /// The first of several `[[head]]`.
    Tables(&'de str),
}

struct Heads<'r, 'de> {
    reader: &'r mut Reader<'de>,
    head: Head<'de>,
}

impl<'de> MapAccess<'de> for Heads<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let reader = &mut *self.reader;
        if !reader.skip_blank() {
            return Ok(None);
        }
        let name = if let Some(rest) = reader.rest.strip_prefix("[[") {
            let Some((name, _)) = rest.split_once("]]") else { return expected("`]]`") };
            self.head = Head::Tables(name);
            name
        } else if let Some(rest) = reader.rest.strip_prefix('[') {
            let Some((name, rest)) = rest.split_once(']') else { return expected("`]`") };
            reader.rest = rest;
            self.head = Head::Table(name);
            name
        } else {
            self.head = Head::Key;
            reader.key()?
        };
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let reader = &mut *self.reader;
        match self.head {
            Head::Key => seed.deserialize(reader),
            Head::Table(head) => seed.deserialize(Table { reader, head }),
            Head::Tables(head) => seed.deserialize(Tables { reader, head }),
        }
    }
}

/// Tables that follow each other, each headed `[[head]]`.
struct Tables<'r, 'h, 'de> {
    reader: &'r mut Reader<'de>,
    head: &'h str,
}

impl<'de> de::Deserializer<'de> for Tables<'_, '_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for Tables<'_, '_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.reader.skip_blank();
        let rest = self.reader.rest.strip_prefix("[[");
        let Some(rest) = rest.and_then(|r| r.strip_prefix(self.head)?.strip_prefix("]]")) else { return Ok(None) };
        self.reader.rest = rest;
        seed.deserialize(Table { reader: self.reader, head: self.head }).map(Some)
    }
}

/// The lines below `[[head]]`, `[head]` or its part `[head.part]`, up to the next head that is none of its parts.
struct Table<'r, 'h, 'de> {
    reader: &'r mut Reader<'de>,
    /// Empty for a part, which has none of its own.
    head: &'h str,
}

impl<'de> de::Deserializer<'de> for Table<'_, '_, 'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Lines { table: self, opened: false })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Lines<'r, 'h, 'de> {
    table: Table<'r, 'h, 'de>,
    /// Whether the key just read opened a part.
    opened: bool,
}

impl<'de> MapAccess<'de> for Lines<'_, '_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Table { reader, head } = &mut self.table;
        if !reader.skip_blank() {
            return Ok(None);
        }
        let Some(rest) = reader.rest.strip_prefix('[') else {
            self.opened = false;
            return seed.deserialize(BorrowedStrDeserializer::new(reader.key()?)).map(Some);
        };
        let part = rest.strip_prefix(*head).filter(|_| !head.is_empty()).and_then(|r| r.strip_prefix('.'));
        let Some(part) = part else { return Ok(None) };
        let Some((part, rest)) = part.split_once(']') else { return expected("`]`") };
        reader.rest = rest;
        self.opened = true;
        seed.deserialize(BorrowedStrDeserializer::new(part)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Table { reader, .. } = &mut self.table;
        if self.opened {
            return seed.deserialize(Table { reader, head: "" });
        }
        seed.deserialize(&mut **reader)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        id: String,
        #[serde(default)]
        words: Vec<String>,
        #[serde(default)]
        number: Option<u32>,
        #[serde(default)]
        flag: bool,
        #[serde(default)]
        pairs: Vec<Pair>,
        #[serde(default)]
        part: Part,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Pair {
        a: String,
        b: Vec<String>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        words: Vec<String>,
    }

    #[derive(Deserialize)]
    struct File {
        entry: Vec<Entry>,
    }

    #[test]
    fn reads_what_the_general_parser_reads() {
        let text = "# head\n\n[[entry]]\nid = \"a\" # why\nwords = [\n    \"一\", 'x\\.y', # more\n    \"q\\\"q\",\n]\nnumber = 12\nflag = true\n\
                    pairs = [\n    { a = \"1\", b = [\"2\", \"3\"] },\n    { a = \"=\", b = [] },\n]\n\n[entry.part]\nwords = [\"z\"]\n\n[[entry]]\nid = \"b\"\n";
        let list: Vec<Entry> = read("entry", text).unwrap();
        assert_eq!(list.len(), 2);
        assert_eq!(list[0].words, ["一", r"x\.y", "q\"q"]);
        assert_eq!(list, toml::from_str::<File>(text).unwrap().entry);
    }

    #[test]
    fn reads_a_whole_file() {
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Whole {
            name: String,
            entry: Vec<Entry>,
            pairs: std::collections::BTreeMap<String, String>,
            part: Outer,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Outer {
            number: u32,
            both: Vec<(String, u8)>,
            inner: Option<Part>,
        }
        let text = "name = \"n\"\n\n[[entry]]\nid = \"a\"\n[entry.part]\nwords = [\"w\"]\n[[entry]]\nid = \"b\"\n\n[pairs]\n\"La/b;\" = \"c\"\n\
                    d = \"e\"\n\n[part]\nnumber = 1\nboth = [[\"x\", 1], [\"y\", 2]]\n\n[part.inner]\nwords = []\n";
        let whole: Whole = document(text).unwrap();
        assert_eq!(whole, toml::from_str(text).unwrap());
        let error = |text| document::<Whole>(text).unwrap_err().to_string();
        assert!(error("name = \"n\"\n[other]\n").starts_with("line 2: unknown field `other`"));
        assert!(error("[pairs\n").contains("expected `]`"));
    }

    #[test]
    fn tells_the_line_of_a_slip() {
        let error = |text| read::<Entry>("entry", text).unwrap_err().to_string();
        assert_eq!(error("[[entri]]\n"), "line 1: expected `[[entry]]`");
        assert!(error("[[entry]]\nid = \"a\"\nwrods = []\n").starts_with("line 3: unknown field `wrods`"));
        assert_eq!(error("[[entry]]\nid = \"a\n"), "line 2: expected a closing quote");
        assert_eq!(error("[[entry]]\nid = \"a\"\nwords = [\"b\" \"c\"]\n"), "line 3: expected `,`");
        assert_eq!(error("[[entry]]\nid\n"), "line 2: expected `key = value`");
        assert!(error("[[entry]]\nid = \"a\"\nid = \"b\"\n").starts_with("line 3: duplicate field `id`"));
        assert!(error("[[entry]]\n").contains("missing field `id`"));
    }
}
