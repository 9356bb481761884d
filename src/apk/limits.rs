//! Bounds that keep hostile packages from costing the machine.

use std::time::Duration;

/// Bounds on what is read. Each has a default with its reason; all can be overridden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes one entry may inflate to. Default 256 MiB: a dex file holds at most 65,536 method references and stays below
    /// 20 MiB in practice, the largest resource tables are about 60 MiB.
    pub entry_bytes: u64,
    /// Bytes all entries of one package, with everything nested in it, may inflate to. Default 2 GiB: four times the code of
    /// the largest apps; an overlap bomb of 400 entries that share one body would inflate to 13 GB.
    pub total_bytes: u64,
    /// Entries in one archive. Default 1,000,000: the largest real packages hold some 100,000.
    pub entries: u64,
    /// Time for the instructions of one package. Default five minutes: 250 MB of dex take some seconds, and no input is known
    /// that takes longer than its bytes justify. What was not reached is unread, so a result may then differ from one
    /// machine to another.
    pub time: Duration,
    /// APKs in one split set. Default 1,000: bundletool makes one for each module, ABI, density and language, some 200.
    pub parts: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entry_bytes: 256 << 20,
            total_bytes: 2 << 30,
            entries: 1_000_000,
            parts: 1_000,
            time: Duration::from_secs(300),
        }
    }
}
