//! Why a policy file could not be read.

/// Why a policy file could not be read. Every variant names the file as it was given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system would not hand it over.
    #[error("{file}: cannot be read: {why}")]
    Unreadable {
        /// File as given.
        file: String,
        /// What the system says.
        why: String,
    },
    /// Nothing in it.
    #[error("{file}: the file is empty")]
    Empty {
        /// File name.
        file: String,
    },
    /// Larger than the reader accepts.
    #[error("{file}: {size} bytes, more than the {limit} a policy may have")]
    TooLarge {
        /// File name.
        file: String,
        /// Bytes found.
        size: u64,
        /// Bytes accepted.
        limit: u64,
    },
    /// A known format that holds no policy text, or one that is not read.
    #[error("{file}: looks like {found}, expected text, HTML, Markdown, DOCX or PDF")]
    WrongFormat {
        /// File name.
        file: String,
        /// What the bytes look like, with its article.
        found: &'static str,
    },
    /// Bytes that decode to text in no known encoding.
    #[error("{file}: binary data, expected text, HTML, Markdown, DOCX or PDF")]
    Binary {
        /// File name.
        file: String,
    },
    /// Decoded, and hardly a word in it.
    #[error("{file}: only {letters} letters of readable text, too few for a policy")]
    TooLittle {
        /// File name.
        file: String,
        /// Letters and ideographs found.
        letters: usize,
    },
    /// Text that is about something else.
    #[error("{file}: no policy: not a word about privacy, personal information or terms of use")]
    NoPolicy {
        /// File name.
        file: String,
    },
    /// A container of the right kind that is damaged or beyond a limit.
    #[error("{file}: unreadable {format}: {why}")]
    Damaged {
        /// File name.
        file: String,
        /// Format name: `DOCX`, `PDF`.
        format: &'static str,
        /// What was expected and not found.
        why: String,
    },
    /// A PDF made of pictures.
    #[error("{file}: no text layer: an image-only PDF of {pages} pages")]
    ImageOnly {
        /// File name.
        file: String,
        /// Pages.
        pages: u32,
    },
}
