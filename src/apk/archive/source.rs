//! Where the bytes of an archive come from: a file on disk, or an APK already unpacked from a set.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// Random access to the bytes of an archive.
///
/// A file is read piece by piece, never whole: a game of two gigabytes costs only its directory, manifest and code. Mapping it
/// would be as cheap, but needs `unsafe`, and a file that shrinks under a map kills the process.
#[derive(Debug)]
pub(crate) enum Source {
    /// A stretch of a file: all of it, or an APK that lies in a set uncompressed.
    File {
        file: Arc<Mutex<File>>,
        start: u64,
        len: u64,
    },
    Memory(Vec<u8>),
}

impl Source {
    pub(crate) fn file(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self::File { file: Arc::new(Mutex::new(file)), start: 0, len })
    }

    /// The stretch from `start`, at most `len` bytes of it, as a source of its own.
    pub(super) fn stretch(&self, start: u64, len: u64) -> Self {
        let from = start.min(self.len());
        let len = len.min(self.len() - from);
        match self {
            Self::File { file, start, .. } => Self::File { file: Arc::clone(file), start: start + from, len },
            Self::Memory(bytes) => Self::Memory(bytes[from as usize..(from + len) as usize].to_vec()),
        }
    }

    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::File { len, .. } => *len,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// The bytes from `from`, at most `len` of them; fewer at the end.
    pub(crate) fn read(&self, from: u64, len: u64) -> io::Result<Cow<'_, [u8]>> {
        let from = from.min(self.len());
        let len = len.min(self.len() - from);
        match self {
            Self::File { file, start, .. } => {
                let mut bytes = vec![0; usize::try_from(len).map_err(io::Error::other)?];
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start + from))?;
                file.read_exact(&mut bytes)?;
                Ok(Cow::Owned(bytes))
            }
            // Both lie within the vector, so they fit its index type.
            Self::Memory(bytes) => Ok(Cow::Borrowed(&bytes[from as usize..(from + len) as usize])),
        }
    }
}

/// A [`Source`] as the `zip` crate wants to read it.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    source: &'a Source,
    at: u64,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, at: 0 }
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.source.read(self.at, buffer.len() as u64)?;
        buffer[..bytes.len()].copy_from_slice(&bytes);
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }
}

impl Seek for Reader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.source.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}
