//! Why a policy file could not be read.

use super::model::{Format, Unseen};

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
    /// A PDF whose words lie behind a password.
    #[error("{file}: a PDF that is locked with a password")]
    Locked {
        /// File name.
        file: String,
    },
    /// A PDF that draws shapes and does not say which characters they are.
    #[error(
        "{file}: no text layer: the fonts of this PDF of {pages} pages do not say which characters their shapes are"
    )]
    Shapes {
        /// File name.
        file: String,
        /// Pages.
        pages: u32,
    },
    /// A page or Word file of pictures.
    #[error("{file}: hardly a word and {pictures} picture(s), which were not read")]
    PicturesOnly {
        /// File name.
        file: String,
        /// Encoding label.
        encoding: String,
        /// Format found.
        format: Format,
        /// Lines of the file.
        lines: u32,
        /// Pictures found.
        pictures: usize,
    },
}

/// A document whose words cannot be seen, as far as the file tells.
#[derive(Debug)]
pub(super) struct Unworded {
    /// Why.
    pub unseen: Unseen,
    /// Encoding label.
    pub encoding: String,
    /// Format found.
    pub format: Format,
    /// Lines, or pages; 0 where that cannot be told.
    pub lines: u32,
}

impl Error {
    /// The message without the file it begins with.
    pub fn why(&self) -> String {
        let text = self.to_string();
        let bare = text.strip_prefix(self.file()).and_then(|t| t.strip_prefix(": "));
        bare.map(str::to_owned).unwrap_or(text)
    }

    /// The file as it was given.
    pub fn file(&self) -> &str {
        match self {
            Self::Unreadable { file, .. }
            | Self::Empty { file }
            | Self::TooLarge { file, .. }
            | Self::WrongFormat { file, .. }
            | Self::Binary { file }
            | Self::TooLittle { file, .. }
            | Self::NoPolicy { file }
            | Self::Damaged { file, .. }
            | Self::ImageOnly { file, .. }
            | Self::Locked { file }
            | Self::Shapes { file, .. }
            | Self::PicturesOnly { file, .. } => file,
        }
    }

    /// What is known of a file that is a document and shows its words to people only; `None` for anything else.
    pub(super) fn unworded(&self) -> Option<Unworded> {
        let pdf = |unseen, lines| Unworded { unseen, encoding: "PDF".to_owned(), format: Format::Pdf, lines };
        match self {
            Self::ImageOnly { pages, .. } => Some(pdf(Unseen::Pictures, *pages)),
            Self::Shapes { pages, .. } => Some(pdf(Unseen::Shapes, *pages)),
            Self::Locked { .. } => Some(pdf(Unseen::Locked, 0)),
            Self::PicturesOnly { encoding, format, lines, .. } => {
                Some(Unworded { unseen: Unseen::Pictures, encoding: encoding.clone(), format: *format, lines: *lines })
            }
            _ => None,
        }
    }
}
