//! Text to statements: `intake` makes blocks with line numbers, `outline` gives them a section path and a role,
//! `statement` reads who does what to which data, `sdk_list` reads the SDK entries, `meta` the facts about the policy itself.

mod error;
pub mod intake;
mod model;

pub use error::Error;
pub use model::*;
