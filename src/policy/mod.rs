//! Text to statements: `intake` makes blocks with line numbers, `outline` gives them a section path and a role,
//! `sdk_list` reads the SDK entries, `statement` who does what to which data, `meta` the facts about the policy itself.

mod cue;
mod denied_sdks;
mod disclosed;
mod error;
pub mod intake;
mod labels;
mod language;
mod list;
mod meta;
mod model;
mod names;
mod normal;
mod outline;
mod place;
mod read;
mod reading;
mod sdk_list;
mod sdk_record;
mod sentence;
mod statement;
mod word_list;
mod words;

pub use disclosed::{Disclosed, DisclosedCapability, DisclosedData, Status};
pub use error::Error;
pub use model::*;
pub use read::Reader;
pub use sdk_record::{RecordError, read_sdk_record, sdk_record_from_bytes};
