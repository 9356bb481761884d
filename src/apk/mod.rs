//! Bytes of a package to facts about it: what it asks for, what it embeds, what its code calls, and what could not be seen.

mod facts;

pub use facts::*;
