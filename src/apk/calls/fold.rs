//! Constants inside one method: which strings and numbers can reach the arguments of a call.
//!
//! One walk in the order of the code, without loops. Values travel along forward branches and meet where these land, so that
//! `f(x ? "a" : "b")` is seen with both. What a loop changes, a field holds or a caller hands in is unknown.

use std::collections::HashMap;

use crate::apk::dex::insn::{len, unit, wide};
use crate::apk::dex::{Code, Dex, decode};

/// So many constants of one register are kept apart.
const WAYS: usize = 3;
/// Registers copied for branches in one method, at the most; beyond, branches are ignored.
const COPIES: usize = 1 << 16;
/// Bytes of strings put together in one method, at the most.
const MADE: usize = 1 << 16;
/// Stands for an unknown part of a string that was put together.
const UNKNOWN: char = '\u{fffd}';

/// A constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Const {
    /// A string of the dex.
    Text(u32),
    /// A string put together, by its place in [`Folder::made`].
    Made(u32),
    /// A string builder that holds such a string.
    Builder(u32),
    /// A number.
    Int(i32),
    /// A class, by its type.
    Class(u32),
}

/// What a register can hold, as far as known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Value {
    ways: [Option<Const>; WAYS],
}

impl Value {
    fn of(constant: Const) -> Self {
        let mut ways = [None; WAYS];
        ways[0] = Some(constant);
        Self { ways }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Const> {
        self.ways.into_iter().flatten()
    }

    fn merge(&mut self, other: &Self) {
        for constant in other.iter() {
            if self.ways.contains(&Some(constant)) {
                continue;
            }
            if let Some(free) = self.ways.iter_mut().find(|w| w.is_none()) {
                *free = Some(constant);
            }
        }
    }

    fn first(&self) -> Option<Const> {
        self.ways[0]
    }
}

/// What a well-known method does to strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builtin {
    New,
    Append,
    ToString,
    Concat,
}

/// The methods of strings and their builders that a dex refers to.
pub(super) fn builtins(dex: &Dex<'_>) -> HashMap<u32, Builtin> {
    let types = [&b"Ljava/lang/StringBuilder;"[..], b"Ljava/lang/StringBuffer;", b"Ljava/lang/String;"]
        .map(|descriptor| dex.find_type(descriptor));
    let mut out = HashMap::new();
    for index in 0..dex.method_count() as u32 {
        let Some((class, name)) = dex.method(index) else { continue };
        if !types.contains(&Some(class)) {
            continue;
        }
        let builder = types[2] != Some(class);
        let builtin = match dex.string(name) {
            Some(b"<init>") if builder => Builtin::New,
            Some(b"append") if builder => Builtin::Append,
            Some(b"toString" | b"intern" | b"trim") => Builtin::ToString,
            Some(b"concat") => Builtin::Concat,
            _ => continue,
        };
        out.insert(index, builtin);
    }
    out
}

/// Walks methods of one dex.
#[derive(Debug)]
pub(super) struct Folder<'a> {
    dex: Dex<'a>,
    builtins: HashMap<u32, Builtin>,
    registers: Vec<Value>,
    result: Value,
    made: Vec<String>,
    made_bytes: usize,
    joins: HashMap<usize, Vec<Value>>,
    copies: usize,
}

impl<'a> Folder<'a> {
    pub(super) fn new(dex: Dex<'a>) -> Self {
        Self {
            dex,
            builtins: builtins(&dex),
            registers: Vec::new(),
            result: Value::default(),
            made: Vec::new(),
            made_bytes: 0,
            joins: HashMap::new(),
            copies: 0,
        }
    }

    /// The text of a constant; `None` for what is none.
    pub(super) fn text(&self, constant: Const) -> Option<String> {
        match constant {
            Const::Text(index) => self.dex.string(index).map(decode),
            Const::Made(place) => self.made.get(place as usize).cloned(),
            Const::Builder(_) | Const::Int(_) | Const::Class(_) => None,
        }
    }

    /// Calls `found` with the place, the method and the arguments of every call.
    pub(super) fn walk(&mut self, code: &Code<'a>, mut found: impl FnMut(&Self, usize, u32, &[Value])) {
        self.registers.clear();
        self.registers.resize(usize::from(code.registers), Value::default());
        self.made.clear();
        self.joins.clear();
        (self.made_bytes, self.copies) = (0, 0);
        let units = code.units;
        let mut at = 0;
        let mut reached = true;
        let mut arguments = Vec::new();
        while let Some(first) = unit(units, at) {
            if let Some(saved) = self.joins.remove(&at) {
                self.meet(&saved, reached);
                reached = true;
            }
            let op = first & 0xff;
            let (a8, a4, b4) = (usize::from(first >> 8), usize::from(first >> 8 & 0xf), usize::from(first >> 12));
            let word = |i: usize| unit(units, at + i).unwrap_or_default();
            let second = usize::from(word(1));
            match op {
                0x01 | 0x04 | 0x07 => self.copy(a4, b4),
                0x02 | 0x05 | 0x08 => self.copy(a8, second),
                0x03 | 0x06 | 0x09 => self.copy(second, usize::from(word(2))),
                0x0a | 0x0c => self.set(a8, self.result),
                0x0b | 0x0d => self.forget(a8),
                0x0e..=0x11 | 0x27 => reached = false,
                0x12 => self.set(a4, Value::of(Const::Int(i32::from(first as i16 >> 12)))),
                0x13 | 0x16 => self.set(a8, Value::of(Const::Int(i32::from(second as u16 as i16)))),
                0x14 | 0x17 => {
                    self.set(a8, wide(units, at + 1).map(|v| Value::of(Const::Int(v as i32))).unwrap_or_default());
                }
                0x15 => self.set(a8, Value::of(Const::Int(((second as u32) << 16) as i32))),
                0x1a => self.set(a8, Value::of(Const::Text(second as u32))),
                0x1b => self.set(a8, wide(units, at + 1).map(|v| Value::of(Const::Text(v))).unwrap_or_default()),
                0x1c => self.set(a8, Value::of(Const::Class(second as u32))),
                0x28..=0x2a => {
                    let offset = match op {
                        0x28 => i32::from(first as i16 >> 8),
                        0x29 => i32::from(second as u16 as i16),
                        _ => wide(units, at + 1).unwrap_or_default() as i32,
                    };
                    self.branch(at, offset);
                    reached = false;
                }
                0x2b | 0x2c => self.switch(units, at, op == 0x2b),
                0x32..=0x3d => self.branch(at, i32::from(second as u16 as i16)),
                0x6e..=0x72 | 0x74..=0x78 => {
                    arguments.clear();
                    let places: &mut dyn Iterator<Item = usize> = if op < 0x74 {
                        let list = u32::from(word(2)) | u32::from(first >> 8 & 0xf) << 16;
                        &mut (0..b4.min(5)).map(move |i| (list >> (4 * i) & 0xf) as usize)
                    } else {
                        let from = usize::from(word(2));
                        &mut (from..from + a8)
                    };
                    let places: Vec<usize> = places.collect();
                    arguments.extend(places.iter().map(|&r| self.get(r)));
                    self.result = Value::default();
                    if let Some(&builtin) = self.builtins.get(&(second as u32)) {
                        self.apply(builtin, &places, &arguments);
                    }
                    found(self, at, second as u32, &arguments);
                }
                _ => {
                    if let Some(register) = written(op, a8, a4) {
                        self.forget(register);
                    }
                }
            }
            if is_wide(op) {
                let register = written(op, a8, a4).unwrap_or(match op {
                    0x04 => a4,
                    0x06 => second,
                    _ => a8,
                });
                self.forget(register + 1);
            }
            at = at.saturating_add(len(units, at));
        }
    }

    fn get(&self, register: usize) -> Value {
        self.registers.get(register).copied().unwrap_or_default()
    }

    fn set(&mut self, register: usize, value: Value) {
        if let Some(slot) = self.registers.get_mut(register) {
            *slot = value;
        }
    }

    fn copy(&mut self, to: usize, from: usize) {
        self.set(to, self.get(from));
    }

    fn forget(&mut self, register: usize) {
        self.set(register, Value::default());
    }

    /// Values that came by a branch, beside those of the instruction before when it goes on here.
    fn meet(&mut self, saved: &[Value], reached: bool) {
        if !reached {
            self.registers.copy_from_slice(saved);
            return;
        }
        for (register, value) in self.registers.iter_mut().zip(saved) {
            register.merge(value);
        }
    }

    fn branch(&mut self, at: usize, offset: i32) {
        let Some(target) = usize::try_from(offset).ok().filter(|o| *o > 0).map(|o| at + o) else { return };
        if self.copies + self.registers.len() > COPIES {
            return;
        }
        self.copies += self.registers.len();
        match self.joins.get_mut(&target) {
            Some(saved) => saved.iter_mut().zip(&self.registers).for_each(|(s, r)| s.merge(r)),
            None => drop(self.joins.insert(target, self.registers.clone())),
        }
    }

    fn switch(&mut self, units: &[[u8; 2]], at: usize, packed: bool) {
        let Some(offset) = wide(units, at + 1).map(|o| o as i32) else { return };
        let Some(table) = at.checked_add_signed(offset as isize) else { return };
        let count = unit(units, table + 1).map_or(0, usize::from);
        let first = if packed { table + 4 } else { table + 2 + 2 * count };
        for i in 0..count {
            let Some(offset) = wide(units, first + 2 * i) else { return };
            self.branch(at, offset as i32);
        }
    }

    fn apply(&mut self, builtin: Builtin, places: &[usize], arguments: &[Value]) {
        let text = |folder: &Self, v: Option<&Value>| -> Option<String> {
            match v?.first()? {
                Const::Builder(place) => folder.made.get(place as usize).cloned(),
                Const::Int(value) => Some(value.to_string()),
                other => folder.text(other),
            }
        };
        let (receiver, Some(&this)) = (arguments.first(), places.first()) else { return };
        match builtin {
            Builtin::New => {
                let start = if arguments.len() > 1 { text(self, arguments.get(1)) } else { Some(String::new()) };
                let made = self.make(start.unwrap_or_else(|| UNKNOWN.into()));
                self.set(this, made.map(|m| Value::of(Const::Builder(m))).unwrap_or_default());
            }
            Builtin::Append => {
                let value = match receiver.and_then(Value::first) {
                    Some(Const::Builder(_)) => text(self, receiver).and_then(|mut head| {
                        match text(self, arguments.get(1)) {
                            Some(tail) => head.push_str(&tail),
                            None => head.push(UNKNOWN),
                        }
                        self.make(head).map(|m| Value::of(Const::Builder(m)))
                    }),
                    _ => None,
                };
                let value = value.unwrap_or_default();
                self.set(this, value);
                self.result = value;
            }
            Builtin::ToString => {
                self.result = match receiver.and_then(Value::first) {
                    Some(Const::Builder(place)) => Value::of(Const::Made(place)),
                    Some(Const::Text(_) | Const::Made(_)) => receiver.copied().unwrap_or_default(),
                    _ => Value::default(),
                };
            }
            Builtin::Concat => {
                let joined = text(self, receiver).zip(text(self, arguments.get(1))).map(|(a, b)| a + &b);
                let made = joined.and_then(|j| self.make(j));
                self.result = made.map(|m| Value::of(Const::Made(m))).unwrap_or_default();
            }
        }
    }

    fn make(&mut self, text: String) -> Option<u32> {
        self.made_bytes += text.len();
        (self.made_bytes <= MADE).then(|| {
            self.made.push(text);
            self.made.len() as u32 - 1
        })
    }
}

/// The register that an instruction without a known result writes.
fn written(op: u16, a8: usize, a4: usize) -> Option<usize> {
    match op {
        0x18 | 0x19 | 0x22 | 0x2d..=0x31 | 0x44..=0x4a | 0x60..=0x66 | 0x90..=0xaf | 0xd8..=0xe2 | 0xfe | 0xff => {
            Some(a8)
        }
        0x20 | 0x21 | 0x23 | 0x52..=0x58 | 0x7b..=0x8f | 0xb0..=0xcf | 0xd0..=0xd7 => Some(a4),
        _ => None,
    }
}

/// Whether an instruction writes a pair of registers.
fn is_wide(op: u16) -> bool {
    matches!(op, 0x04..=0x06 | 0x0b | 0x16..=0x19 | 0x45 | 0x53 | 0x61 | 0x7d | 0x7e | 0x80 | 0x81 | 0x83 | 0x86 | 0x88 | 0x89 | 0x8b)
        || matches!(op, 0x9b..=0xa5 | 0xab..=0xaf | 0xbb..=0xc5 | 0xcb..=0xcf)
}
