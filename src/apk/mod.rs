//! Bytes of a package to facts about it: what it asks for, what it embeds, what its code calls, and what could not be seen.

mod archive;
mod axml;
mod calls;
pub mod code;
mod detect;
pub mod dex;
mod dynamic;
mod error;
mod facts;
mod frameworks;
#[doc(hidden)]
pub mod fuzzing;
#[cfg(test)]
mod hostile;
mod hosts;
mod limits;
mod manifest;
mod owner;
mod packer;
mod part;
mod read;
mod resources;
mod signing;
mod splits;
#[cfg(test)]
mod testing;
mod text_manifest;
mod typed;

pub use error::Error;
pub use facts::*;
pub use limits::Limits;
pub(crate) use owner::within;
pub use read::{ReadOptions, is_one_package};
