//! Constant strings that a class hands out: first values of its static fields, and what short methods store or return.

use super::insn::{len, unit, wide};
use super::raw::{u32_at, uleb};
use super::{ClassDef, Code, Dex};

/// Static fields and values looked at in one class: constant pools of 16 bits hold no more.
const MAX_FIELDS: u32 = 1 << 16;
/// Units of a method looked at: one that states a constant is short, a class initialiser may be long.
const MAX_UNITS: usize = 1 << 14;

impl<'a> ClassDef<'a> {
    /// The bytes of the string that a static field holds at first. `None` when it holds none, or is no string.
    pub fn static_text(&self, dex: &Dex<'a>, name: &[u8]) -> Option<&'a [u8]> {
        if self.body == 0 || self.static_values == 0 {
            return None;
        }
        let mut fields = Numbers(self.data.get(self.body as usize..)?);
        let count = fields.next()?.min(MAX_FIELDS);
        fields.by_ref().take(3).for_each(drop);
        let mut values = self.data.get(self.static_values as usize..)?;
        let (size, used) = uleb(values)?;
        values = &values[used..];
        let mut index: u32 = 0;
        for _ in 0..count.min(size) {
            index = index.wrapping_add(fields.next()?);
            fields.next()?;
            let (kind, bytes, rest) = value(values)?;
            values = rest;
            if dex.field(index).and_then(|(_, n)| dex.string(n)) == Some(name) {
                return (kind == STRING).then(|| dex.string(little_endian(bytes)))?;
            }
        }
        None
    }
}

impl Code<'_> {
    /// Numbers of the constant strings that are stored in a static field of this name, at most `limit`.
    pub fn stored(&self, dex: &Dex<'_>, name: &[u8], limit: usize) -> Vec<u32> {
        let named = |field: u16| dex.field(field.into()).and_then(|(_, n)| dex.string(n)) == Some(name);
        self.handed_out(limit, |op, second| op == SPUT_OBJECT && named(second))
    }

    /// Numbers of the constant strings that are returned, at most `limit`.
    pub fn returned(&self, limit: usize) -> Vec<u32> {
        self.handed_out(limit, |op, _| op == RETURN_OBJECT)
    }

    /// Constant strings in a register when an instruction uses that register, in the order of the code and without branches.
    fn handed_out(&self, limit: usize, used: impl Fn(u8, u16) -> bool) -> Vec<u32> {
        let units = &self.units[..self.units.len().min(MAX_UNITS)];
        let mut held: Vec<(usize, u32)> = Vec::new();
        let (mut out, mut at) = (Vec::new(), 0);
        while let Some(first) = unit(units, at).filter(|_| out.len() < limit) {
            let (op, register) = (first as u8, usize::from(first >> 8));
            let second = unit(units, at + 1).unwrap_or_default();
            let holds = |register: usize, held: &[(usize, u32)]| held.iter().find(|(r, _)| *r == register).map(|h| h.1);
            let copied = match op {
                0x1a => Some((register, Some(second.into()))),
                0x1b => Some((register, wide(units, at + 1))),
                0x07 => Some((register & 0xf, holds(register >> 4, &held))),
                0x08 => Some((register, holds(second.into(), &held))),
                0x09 => Some((second.into(), holds(unit(units, at + 2).unwrap_or_default().into(), &held))),
                // Whatever else comes from elsewhere takes the place of what was there.
                0x0a..=0x0d | 0x12..=0x19 | 0x1c | 0x22 | 0x60..=0x66 => Some((register, None)),
                _ => None,
            };
            if let Some((register, text)) = copied {
                held.retain(|(r, _)| *r != register);
                held.extend(text.map(|t| (register, t)));
            } else if used(op, second)
                && let Some(text) = holds(register, &held)
            {
                out.push(text);
            }
            at = at.saturating_add(len(units, at));
        }
        out
    }
}

const SPUT_OBJECT: u8 = 0x69;
const RETURN_OBJECT: u8 = 0x11;
/// Type of an encoded value that is a string.
const STRING: u8 = 0x17;

/// LEB128 numbers one after another.
struct Numbers<'a>(&'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (value, used) = uleb(self.0)?;
        self.0 = &self.0[used..];
        Some(value)
    }
}

/// Type and bytes of an encoded value, and what follows it. Arrays and annotations are no constants of a static field.
fn value(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&head, rest) = bytes.split_first()?;
    let (kind, size) = (head & 0x1f, usize::from(head >> 5) + 1);
    let size = match kind {
        0x1c | 0x1d => return None,
        // Null and truth values stand in the head itself.
        0x1e | 0x1f => 0,
        _ => size,
    };
    let (bytes, rest) = rest.split_at_checked(size)?;
    Some((kind, bytes, rest))
}

fn little_endian(bytes: &[u8]) -> u32 {
    let mut whole = [0; 4];
    let len = bytes.len().min(4);
    whole[..len].copy_from_slice(&bytes[..len]);
    u32_at(&whole, 0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::build::{Builder, Insn, text};
    use super::*;

    fn code_of<'a>(dex: &Dex<'a>) -> Code<'a> {
        let method = dex.class(0).unwrap().methods().next().unwrap();
        dex.code(method.code).unwrap()
    }

    fn texts(bytes: &[u8], of: impl Fn(&Dex<'_>, &Code<'_>) -> Vec<u32>) -> Vec<String> {
        let dex = Dex::parse(bytes).unwrap();
        of(&dex, &code_of(&dex)).into_iter().map(|t| super::super::decode(dex.string(t).unwrap())).collect()
    }

    #[test]
    fn returned_constants() {
        let code = [text(1, "1.2.3"), text(0, "other"), Insn::Raw(vec![0x0111])];
        let bytes = Builder::new().class("a.B", "java.lang.Object").method("getVersion", &code).bytes();
        assert_eq!(texts(&bytes, |_, code| code.returned(4)), ["1.2.3"]);
        // What a call yields is unknown, whatever the register held before.
        let code = [text(1, "1.2.3"), Insn::Raw(vec![0x010c]), Insn::Raw(vec![0x0111])];
        let bytes = Builder::new().class("a.B", "java.lang.Object").method("getVersion", &code).bytes();
        assert!(texts(&bytes, |_, code| code.returned(4)).is_empty());
    }

    #[test]
    fn encoded_values() {
        assert_eq!(value(&[0x17, 5, 9]), Some((STRING, &[5][..], &[9][..])));
        assert_eq!(value(&[0x37, 5, 1]), Some((STRING, &[5, 1][..], &[][..])));
        assert_eq!(value(&[0x1e, 7]), Some((0x1e, &[][..], &[7][..])));
        assert_eq!(value(&[0x37, 5]), None);
        assert_eq!(value(&[0x1c, 0]), None);
        assert_eq!(little_endian(&[5, 1]), 0x105);
    }
}
