//! The compact form of the knowledge files that ship with the crate.
//!
//! Every run of the program pays for reading this megabyte. Parsing the TOML at each start was a third of the time that a small
//! package or a policy takes, so the build script parses it once and writes down what it found: all keys and strings as one text,
//! and beside it the shape, a byte for the kind of each value and a number for its length. Users' files are TOML and go through
//! the general parser, which tells the place of an error.

use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

#[cfg(test)]
mod write;

/// A knowledge file.
#[derive(Debug, Clone, Copy)]
pub(super) struct File {
    /// As it is edited.
    pub(super) toml: &'static str,
    /// Its keys and strings in their order.
    pub(super) text: &'static str,
    /// Its values in their order.
    pub(super) shape: &'static [u8],
}

/// The file of this name below `src/catalogue`.
macro_rules! file {
    ($name:literal) => {
        $crate::catalogue::compact::File {
            toml: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/catalogue/", $name, ".toml")),
            text: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".text")),
            shape: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".shape")),
        }
    };
}
pub(super) use file;

impl File {
    /// The whole file.
    ///
    /// # Errors
    ///
    /// Where the file does not hold what the type asks for.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        T::deserialize(&mut Reader { text: self.text, shape: self.shape })
    }

    /// The tables `[[head]]` of a file that holds nothing else.
    ///
    /// # Errors
    ///
    /// As [`File::read`].
    pub(super) fn list<T: DeserializeOwned>(&self, head: &str) -> Result<Vec<T>, Error> {
        let mut reader = Reader { text: self.text, shape: self.shape };
        if (reader.byte()?, reader.number()?, reader.string()?) != (b'm', 1, head) {
            return Err(Error(format!("expected nothing but `[[{head}]]`")));
        }
        <Vec<T> as de::Deserialize>::deserialize(&mut reader)
    }
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

/// What is left of a file.
struct Reader<'de> {
    text: &'de str,
    shape: &'de [u8],
}

impl<'de> Reader<'de> {
    fn byte(&mut self) -> Result<u8, Error> {
        let Some((&byte, rest)) = self.shape.split_first() else { return Err(Error("the shape ends".to_owned())) };
        self.shape = rest;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u64, Error> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Error("a number without end".to_owned()))
    }

    fn string(&mut self) -> Result<&'de str, Error> {
        let length = self.number()? as usize;
        let Some((text, rest)) = self.text.split_at_checked(length) else {
            return Err(Error("the text ends".to_owned()));
        };
        self.text = rest;
        Ok(text)
    }
}

impl<'de> de::Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.byte()? {
            b's' => visitor.visit_borrowed_str(self.string()?),
            b'l' => {
                let left = self.number()? as usize;
                visitor.visit_seq(Items { reader: self, left })
            }
            b'm' => {
                let left = self.number()? as usize;
                visitor.visit_map(Items { reader: self, left })
            }
            b'n' => visitor.visit_u64(self.number()?),
            b't' => visitor.visit_bool(true),
            b'f' => visitor.visit_bool(false),
            kind => Err(Error(format!("no kind of value is {kind}"))),
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
        if self.byte()? != b's' {
            return Err(Error("expected a string".to_owned()));
        }
        let variant: StrDeserializer<'_, Error> = self.string()?.into_deserializer();
        visitor.visit_enum(variant)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The items of a list, or the entries of a table.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        seed.deserialize(BorrowedStrDeserializer::new(self.reader.string()?)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(&mut *self.reader)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Whole {
        name: String,
        entry: Vec<Entry>,
        pairs: BTreeMap<String, u32>,
        both: Vec<(String, u8)>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Entry {
        id: Kind,
        #[serde(default)]
        words: Vec<String>,
        #[serde(default)]
        flag: Option<bool>,
        #[serde(default)]
        part: Option<Box<Part>>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        FirstOne,
        Second,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Part {
        text: String,
    }

    /// The compact form, kept for the rest of the test run.
    fn compact(toml: &'static str) -> File {
        let written = write::write(&toml::from_str(toml).unwrap()).unwrap();
        File { toml, text: written.text.leak(), shape: written.shape.leak() }
    }

    #[test]
    fn what_was_written_is_read() {
        let long = format!("name = \"{}\"\nboth = [[\"x\", 1], [\"y\", 2]]\n", "一".repeat(300)).leak();
        let rest = "[[entry]]\nid = \"first-one\"\nwords = [\"a\", \"\"]\nflag = true\npart = { text = \"q\\\"q\" }\n\n[[entry]]\nid = \"second\"\nflag = false\n\
                    [pairs]\n\"La/b;\" = 0\nc = 123456\n";
        let toml: &'static str = format!("{long}{rest}").leak();
        let whole: Whole = compact(toml).read().unwrap();
        assert_eq!(whole, toml::from_str(toml).unwrap());
        assert_eq!(whole.pairs["c"], 123_456);
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let list = |toml| compact(toml).list::<Entry>("entry").map_err(|e| e.to_string());
        assert_eq!(list("[[entry]]\nid = \"second\"\n").unwrap().len(), 1);
        assert!(list("[[other]]\nid = \"second\"\n").unwrap_err().contains("[[entry]]"));
        assert!(list("[[entry]]\nid = \"third\"\n").unwrap_err().contains("unknown variant `third`"));
        assert!(list("[[entry]]\nid = \"second\"\nwrods = []\n").unwrap_err().contains("unknown field `wrods`"));
        assert!(write::write(&toml::from_str("a = -1").unwrap()).is_err());
        let File { toml, text, shape } = compact("[[entry]]\nid = \"second\"\nwords = [\"a\"]\n");
        for cut in 0..shape.len() {
            assert!(File { toml, text, shape: &shape[..cut] }.list::<Entry>("entry").is_err(), "{cut}");
        }
        assert!(File { toml, text: "", shape }.list::<Entry>("entry").is_err());
    }
}
