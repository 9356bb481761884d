//! Inflating one entry under a bound.

use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::{Decompress, FlushDecompress};
use libdeflater::{DecompressionError, Decompressor};

/// Deflate cannot do better than this (a match of 258 bytes costs at least two bits): a claimed size beyond it is a lie.
const MAX_RATIO: u64 = 1032;

/// Bytes that may still be inflated, shared by everything read from one package.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU64);

impl Budget {
    pub(crate) fn new(bytes: u64) -> Self {
        Self(AtomicU64::new(bytes))
    }

    pub(crate) fn left(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Takes bytes out; false, and nothing taken, when there are not so many.
    pub(super) fn take(&self, bytes: u64) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes)).is_ok()
    }

    fn give_back(&self, bytes: u64) {
        self.0.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// Why a stream could not be inflated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    Damaged,
    TooLong,
}

thread_local! {
    // Setting one up costs more than inflating a small manifest.
    static DECOMPRESSOR: RefCell<Decompressor> = RefCell::new(Decompressor::new());
    /// Slower, and stops where it is told to.
    static BEGINNINGS: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// Inflates a raw deflate stream of `hint` bytes, at most `cap` bytes and what the budget still holds.
pub(super) fn inflate(deflated: &[u8], hint: u64, cap: u64, budget: &Budget) -> Result<Vec<u8>, Failure> {
    let possible = (deflated.len() as u64).saturating_mul(MAX_RATIO);
    let cap = cap.min(possible).min(budget.left());
    let mut len = hint.min(cap);
    loop {
        if !budget.take(len) {
            return Err(Failure::TooLong);
        }
        // Within the budget, so within the address space; zeroed pages are not touched before they are written.
        let mut out = vec![0; len as usize];
        let result = DECOMPRESSOR.with_borrow_mut(|d| d.deflate_decompress(deflated, &mut out));
        match result {
            Ok(written) => {
                out.truncate(written);
                budget.give_back(len - written as u64);
                return Ok(out);
            }
            Err(error) => {
                drop(out);
                budget.give_back(len);
                match error {
                    DecompressionError::BadData => return Err(Failure::Damaged),
                    DecompressionError::InsufficientSpace if len >= cap => return Err(Failure::TooLong),
                    DecompressionError::InsufficientSpace => len = len.saturating_mul(4).clamp(4096, cap.max(1)),
                }
            }
        }
    }
}

/// The first `len` bytes of a raw deflate stream of which only the beginning is there; fewer where it ends or is damaged.
pub(super) fn beginning(deflated: &[u8], len: usize) -> Vec<u8> {
    let mut out = vec![0; len];
    let written = BEGINNINGS.with_borrow_mut(|d| {
        d.reset(false);
        // What was written before damage was met counts.
        let _ = d.decompress(deflated, &mut out, FlushDecompress::None);
        d.total_out() as usize
    });
    out.truncate(written);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut c = libdeflater::Compressor::new(libdeflater::CompressionLvl::best());
        let mut out = vec![0; c.deflate_compress_bound(bytes.len())];
        let len = c.deflate_compress(bytes, &mut out).unwrap();
        out.truncate(len);
        out
    }

    #[test]
    fn a_wrong_size_is_only_a_hint() {
        let text = b"android ".repeat(5000);
        let packed = deflated(&text);
        for hint in [0, 1, 40_000, 1 << 40] {
            let budget = Budget::new(1 << 20);
            assert_eq!(inflate(&packed, hint, 1 << 19, &budget).unwrap(), text, "hint {hint}");
            assert_eq!(budget.left(), (1 << 20) - 40_000, "hint {hint}");
        }
    }

    #[test]
    fn a_beginning_needs_no_end() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let packed = deflated(&text);
        assert_eq!(beginning(&packed[..1000], 64), text[..64]);
        assert_eq!(beginning(&packed[..1000], 64), text[..64], "nothing is left over from the time before");
        assert_eq!(beginning(&deflated(b"short"), 64), b"short");
        assert_eq!(beginning(b"\xff\xff\xff", 64), b"");
    }

    #[test]
    fn the_caps_hold() {
        let packed = deflated(&vec![0; 1 << 20]);
        assert_eq!(inflate(&packed, 1 << 20, 1000, &Budget::new(1 << 30)), Err(Failure::TooLong));
        assert_eq!(inflate(&packed, 10, 1 << 30, &Budget::new(5000)), Err(Failure::TooLong));
        assert_eq!(inflate(b"no deflate stream", 10, 1 << 30, &Budget::new(5000)), Err(Failure::Damaged));
        assert_eq!(inflate(b"", 10, 1 << 30, &Budget::new(5000)), Err(Failure::Damaged));
    }
}
