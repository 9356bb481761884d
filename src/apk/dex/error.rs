//! Why a dex could not be read.

/// Why a dex could not be read. The message goes on after the entry's name: `classes2.dex: …`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not a dex at all.
    #[error("does not begin with the magic of a dex file")]
    Magic,
    /// A version that no Android release loads.
    #[error("is of dex version {0:?}; 035 to 041 are known")]
    Version(String),
    /// Shorter than a header.
    #[error("ends within its header, after {bytes} bytes")]
    Header {
        /// Bytes present.
        bytes: usize,
    },
    /// Byte-swapped: allowed by the format, refused by Android.
    #[error("is not little-endian")]
    Endian,
    /// A table that is not there.
    #[error("says its {name} table has {count} entries at offset {offset}, outside its {bytes} bytes")]
    Table {
        /// Which table.
        name: &'static str,
        /// Entries claimed.
        count: u32,
        /// Offset claimed.
        offset: u32,
        /// Bytes present.
        bytes: usize,
    },
    /// Class names that could not be read.
    #[error("has {broken} of {all} classes without a readable name")]
    ClassNames {
        /// Definitions without a name.
        broken: usize,
        /// All definitions.
        all: usize,
    },
    /// Methods whose instructions could not be read.
    #[error("has {0} methods whose instructions lie outside the file or cannot be followed")]
    Code(usize),
    /// The time for the package was used up.
    #[error("was read up to class {read} of {all}, where the time limit was reached")]
    Time {
        /// Classes whose instructions were read.
        read: u32,
        /// All classes.
        all: usize,
    },
    /// The same bytes are claimed again and again.
    #[error("claims more instructions than it has bytes")]
    Overlap,
}
