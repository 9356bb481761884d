//! Bytes of a package to facts about it: what it asks for, what it embeds, what its code calls, and what could not be seen.

pub mod code;
mod detect;
pub mod dex;
mod dynamic;
mod facts;
mod frameworks;
mod owner;
mod packer;

pub use facts::*;
