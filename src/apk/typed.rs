//! Typed values of attributes and resources, and the conversions the platform makes between them.

use std::borrow::Cow;

/// A value as binary XML and resource tables type it; from XML text everything is text or a reference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Typed<'a> {
    Text(Cow<'a, str>),
    Reference(u32),
    Bool(bool),
    Int(u32),
    /// Written in hexadecimal.
    Hex(u32),
    Float(f32),
    /// Null, a dimension, a colour, or text that cannot be decoded.
    Other,
}

impl Typed<'_> {
    /// `TypedArray.getInteger`, `XmlUtils.convertValueToInt`.
    pub(crate) fn int(&self) -> Option<u32> {
        match self {
            Self::Int(v) | Self::Hex(v) => Some(*v),
            Self::Bool(v) => Some((*v).into()),
            Self::Text(text) => parse_int(text.trim()),
            _ => None,
        }
    }

    /// `TypedArray.getBoolean`, `XmlUtils.convertValueToBoolean`.
    pub(crate) fn bool(&self) -> Option<bool> {
        match self {
            Self::Int(v) | Self::Hex(v) => Some(*v != 0),
            Self::Bool(v) => Some(*v),
            Self::Text(text) => Some(matches!(&**text, "1" | "true" | "TRUE")),
            _ => None,
        }
    }

    /// `TypedValue.coerceToString`.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone().into_owned()),
            Self::Int(v) => Some(v.cast_signed().to_string()),
            Self::Hex(v) => Some(format!("0x{v:x}")),
            Self::Bool(v) => Some(v.to_string()),
            Self::Float(v) => Some(v.to_string()),
            Self::Reference(_) | Self::Other => None,
        }
    }

    pub(crate) fn into_owned(self) -> Typed<'static> {
        match self {
            Self::Text(text) => Typed::Text(Cow::Owned(text.into_owned())),
            Self::Reference(v) => Typed::Reference(v),
            Self::Bool(v) => Typed::Bool(v),
            Self::Int(v) => Typed::Int(v),
            Self::Hex(v) => Typed::Hex(v),
            Self::Float(v) => Typed::Float(v),
            Self::Other => Typed::Other,
        }
    }
}

fn parse_int(text: &str) -> Option<u32> {
    if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u32::from_str_radix(digits, 16).ok();
    }
    text.parse::<i64>().ok().and_then(|v| i32::try_from(v).map(i32::cast_unsigned).or_else(|_| u32::try_from(v)).ok())
}

/// Looks up resources by id.
pub(crate) trait Resolve {
    /// The value in the default configuration, references followed.
    fn resolve(&self, id: u32) -> Option<Typed<'static>>;
}

/// Knows no resources.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unresolved;

impl Resolve for Unresolved {
    fn resolve(&self, _: u32) -> Option<Typed<'static>> {
        None
    }
}
