//! What can be wrong with a user's own catalogue file.

use std::path::PathBuf;

/// Why a catalogue file could not be merged.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read.
    #[error("{}: cannot read the catalogue file: {source}", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A place in the file is wrong.
    #[error("{}:{line}:{column}: {message}", .file.display())]
    Entry {
        /// The file.
        file: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// Which entry and key, and what was expected.
        message: String,
    },
}
