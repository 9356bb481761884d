//! JSON text in which nothing acts on a terminal or on the eye: what [`clean`](crate::report::clean) makes visible elsewhere
//! is written as `\uXXXX`, which means the same to every reader of JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use crate::report::clean::hostile;

/// Writes a value on one line, without an end of line.
pub fn compact<T: Serialize>(value: &T, out: impl Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Visible(CompactFormatter)))?)
}

/// Writes a value on many lines, indented, without an end of line.
pub fn pretty<T: Serialize>(value: &T, out: impl Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Visible(PrettyFormatter::new())))?)
}

/// Another formatter, with strings made visible.
struct Visible<F>(F);

macro_rules! as_the_other_does {
    ($($name:ident($($argument:ident: $type:ty),*);)+) => {
        $(fn $name<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(writer $(, $argument)*)
        })+
    };
}

impl<F: Formatter> Formatter for Visible<F> {
    as_the_other_does! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(hostile) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let Some(c) = rest[at..].chars().next() else { break };
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_characters_are_escaped_and_mean_the_same() {
        let value = serde_json::json!({"k\u{202e}": ["相机\u{9b}31m", "a\u{1b}[0m\u{feff}", 1, {}, []]});
        let mut text = Vec::new();
        pretty(&value, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        assert!(!text.contains(hostile), "{text}");
        assert!(text.contains("\"k\\u202e\": [\n    \"相机\\u009b31m\""), "{text}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        let mut line = Vec::new();
        compact(&value, &mut line).unwrap();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&line).unwrap(), value);
        assert!(!line.contains(&b'\n'));
    }
}
