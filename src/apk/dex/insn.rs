//! Lengths and kinds of Dalvik instructions.
//!
//! <https://source.android.com/docs/core/runtime/dalvik-bytecode>

/// Units (of two bytes) that each opcode takes. Unused opcodes take one.
#[rustfmt::skip]
const LENGTHS: [u8; 256] = [
    1, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 1, 1, 1, 1, 1, // 00
    1, 1, 1, 2, 3, 2, 2, 3, 5, 2, 2, 3, 2, 1, 1, 2, // 10
    2, 1, 2, 2, 3, 3, 3, 1, 1, 2, 3, 3, 3, 2, 2, 2, // 20
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, // 30
    1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // 40
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // 50
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, // 60
    3, 3, 3, 1, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, // 70
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // 80
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // 90
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // a0
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // b0
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // c0
    2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, // d0
    2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // e0
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 3, 3, 2, 2, // f0
];

/// What an instruction refers to, as far as a search cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// Nothing.
    Plain = 0,
    /// A method that it calls.
    Invoke = 1,
    /// A static field that it reads.
    StaticGet = 2,
    /// A constant string, by an index of 16 bits.
    Text = 3,
    /// A constant string, by an index of 32 bits.
    TextWide = 4,
    /// Perhaps the table of a switch or an array.
    Table = 5,
}

/// Length in the lower three bits, kind above.
const OPS: [u8; 256] = {
    let mut ops = [0; 256];
    let mut i = 0;
    while i < 256 {
        let kind = match i {
            0x00 => Kind::Table,
            0x1a => Kind::Text,
            0x1b => Kind::TextWide,
            0x60..=0x66 => Kind::StaticGet,
            0x6e..=0x72 | 0x74..=0x78 | 0xfa | 0xfb => Kind::Invoke,
            _ => Kind::Plain,
        };
        ops[i] = LENGTHS[i] | (kind as u8) << 3;
        i += 1;
    }
    ops
};

/// The kind alone. A table holds no reference.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut i = 1;
    while i < 256 {
        kinds[i] = OPS[i] >> 3;
        i += 1;
    }
    kinds
};

/// A unit as a number.
#[inline]
pub(crate) fn unit(units: &[[u8; 2]], at: usize) -> Option<u16> {
    units.get(at).map(|u| u16::from_le_bytes(*u))
}

/// Two units as a number.
#[inline]
pub(crate) fn wide(units: &[[u8; 2]], at: usize) -> Option<u32> {
    Some(u32::from(unit(units, at)?) | u32::from(unit(units, at + 1)?) << 16)
}

/// Length in units and kind of the instruction that begins with this unit.
#[inline]
pub(crate) fn op(first: u16) -> (usize, u8) {
    let op = OPS[usize::from(first & 0xff)];
    (usize::from(op & 7), op >> 3)
}

/// The kind of an opcode, as a number.
#[inline]
pub(crate) fn kind_of(opcode: u8) -> u8 {
    KINDS[usize::from(opcode)]
}

/// Units of the table that stands where a `nop` would; 1 for a true `nop`.
pub(crate) fn table_len(units: &[[u8; 2]], at: usize) -> usize {
    let size = || unit(units, at + 1).map_or(0, usize::from);
    match unit(units, at) {
        Some(0x0100) => size() * 2 + 4,
        Some(0x0200) => size() * 4 + 2,
        Some(0x0300) => {
            let count = wide(units, at + 2).unwrap_or_default() as usize;
            count.saturating_mul(size()).saturating_add(1) / 2 + 4
        }
        _ => 1,
    }
}

/// Units of the instruction at `at`.
pub(crate) fn len(units: &[[u8; 2]], at: usize) -> usize {
    match unit(units, at) {
        Some(first) if first & 0xff != 0 => op(first).0,
        _ => table_len(units, at),
    }
}

/// Calls `found` with place, kind and index of every call, static read and constant string. Stops at the end of the
/// units, in the midst of an instruction too.
#[inline]
pub(crate) fn references(units: &[[u8; 2]], mut found: impl FnMut(usize, Kind, u32)) {
    let mut at = 0;
    while let Some(first) = unit(units, at) {
        let (length, kind) = op(first);
        if kind != Kind::Plain as u8 {
            if kind == Kind::Table as u8 {
                at = at.saturating_add(table_len(units, at));
                continue;
            }
            let Some(second) = unit(units, at + 1) else { return };
            match kind {
                1 => found(at, Kind::Invoke, u32::from(second)),
                2 => found(at, Kind::StaticGet, u32::from(second)),
                3 => found(at, Kind::Text, u32::from(second)),
                _ => {
                    let Some(index) = wide(units, at + 1) else { return };
                    found(at, Kind::Text, index);
                }
            }
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_references_and_skips_tables() {
        // const-string v0, 5; a switch table of two entries; invoke 7; sget 9; const-string/jumbo 0x10002; a cut invoke.
        let code: [u16; 21] = [
            0x001a, 5, 0x0100, 2, 0x6e, 0x6e, 0x6e, 0x6e, 0x6e, 0x6e, 0x106e, 7, 0, 0x0062, 9, 0x001b, 2, 1, 0x000e, 0,
            0x006e,
        ];
        let units: Vec<[u8; 2]> = code.iter().map(|u| u.to_le_bytes()).collect();
        let mut found = Vec::new();
        references(&units, |at, kind, index| found.push((at, kind, index)));
        assert_eq!(
            found,
            [(0, Kind::Text, 5), (10, Kind::Invoke, 7), (13, Kind::StaticGet, 9), (15, Kind::Text, 0x10002)]
        );
    }

    #[test]
    fn every_instruction_moves_on() {
        for first in 0..=u16::MAX {
            assert!(len(&[first.to_le_bytes()], 0) >= 1);
        }
    }
}
