//! One document read in one language.

use super::outline::Outline;
use super::place::Placer;
use super::words::Words;

/// A document, or the part of it in one language, laid out.
pub(crate) struct Reading<'a> {
    /// Its blocks in their order.
    pub outline: Outline,
    /// The way back to the file.
    pub placer: Placer,
    /// The words of its language.
    pub words: &'a Words<'a>,
}
