//! A quick look whether a method can hold anything of interest.
//!
//! Following instructions one after the other is slow: each must be looked at before the place of the next is known. This
//! look takes every unit for the beginning of an instruction instead, which no step depends on. It finds all that is there and now
//! and then something that is not, so it decides only which methods are followed: one in ten or so.

use crate::apk::dex::insn::{Kind, kind_of};

/// Units of two bytes address so many references.
const REFERENCES: usize = 1 << 16;
const WORDS: usize = REFERENCES / 64;
/// Room for eight kinds, so that no index can lie outside.
const KINDS: usize = 8;

/// One bit for each reference of 16 bits, by kind. References beyond share the bit of their lower half.
#[derive(Debug)]
pub(super) struct Marks([u64; WORDS * KINDS]);

impl Marks {
    pub(super) fn new() -> Box<Self> {
        Box::new(Self([0; WORDS * KINDS]))
    }

    pub(super) fn set(&mut self, kind: Kind, index: u32) {
        let bit = bit(kind as u8, index as u16);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a reference may be of interest.
    pub(super) fn has(&self, kind: Kind, index: u32) -> bool {
        let bit = bit(kind as u8, index as u16);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Whether the units can hold a reference of interest.
    pub(super) fn touched_by(&self, units: &[[u8; 2]]) -> bool {
        let mut any = 0;
        for (first, second) in units.iter().zip(units.get(1..).unwrap_or_default()) {
            let bit = bit(kind_of(first[0]), u16::from_le_bytes(*second));
            any |= self.0[bit / 64] >> (bit % 64);
        }
        any & 1 == 1
    }
}

/// Always below [`REFERENCES`] times [`KINDS`].
fn bit(kind: u8, index: u16) -> usize {
    usize::from(kind) % KINDS * REFERENCES + usize::from(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touches() {
        let mut marks = Marks::new();
        marks.set(Kind::Invoke, 7);
        marks.set(Kind::TextWide, 0x1_0002);
        let units = |list: &[u16]| list.iter().map(|u| u.to_le_bytes()).collect::<Vec<_>>();
        assert!(marks.touched_by(&units(&[0, 0x106e, 7, 0])));
        assert!(marks.touched_by(&units(&[0x001b, 2, 1])));
        assert!(!marks.touched_by(&units(&[0x106e, 8, 0, 0x000e])));
        assert!(!marks.touched_by(&units(&[0x106e])) && !marks.touched_by(&[]));
    }
}
