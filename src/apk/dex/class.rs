//! Class definitions, their methods and the instructions of these.

use super::raw::{u16_at, u32_at, uleb};
use super::{Error, NO_INDEX};

/// One class definition.
#[derive(Debug, Clone, Copy)]
pub struct ClassDef<'a> {
    /// Number of its type.
    pub class: u32,
    /// Number of its superclass's type.
    pub superclass: Option<u32>,
    /// Offset of the first values of its static fields; 0 when it has none.
    pub static_values: u32,
    pub(super) data: &'a [u8],
    pub(super) body: u32,
}

impl<'a> ClassDef<'a> {
    pub(super) fn read(data: &'a [u8], def: &[u8; 32]) -> Option<Self> {
        Some(Self {
            class: u32_at(def, 0)?,
            superclass: u32_at(def, 8).filter(|&s| s != NO_INDEX),
            static_values: u32_at(def, 28)?,
            data,
            body: u32_at(def, 24)?,
        })
    }

    /// Its methods, direct ones first. A class without fields and methods has no body and yields none.
    pub fn methods(&self) -> Methods<'a> {
        let mut methods = Methods { rest: &[], left: [0, 0], index: 0, start: 0, broken: false };
        if self.body == 0 {
            return methods;
        }
        let body = self.data.get(self.body as usize..).unwrap_or_default();
        methods.rest = body;
        methods.start = body.len();
        let mut counts = [0; 4];
        for count in &mut counts {
            *count = methods.number().unwrap_or_default();
        }
        for _ in 0..u64::from(counts[0]) + u64::from(counts[1]) {
            if methods.number().and_then(|_| methods.number()).is_none() {
                break;
            }
        }
        methods.left = if methods.broken { [0, 0] } else { [counts[2], counts[3]] };
        methods
    }
}

/// One method that a class defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Method {
    /// Number of its reference.
    pub index: u32,
    /// Offset of its instructions; 0 for abstract and native methods.
    pub code: u32,
}

/// The methods of one class.
#[derive(Debug, Clone)]
pub struct Methods<'a> {
    rest: &'a [u8],
    left: [u32; 2],
    index: u32,
    start: usize,
    broken: bool,
}

impl Methods<'_> {
    fn number(&mut self) -> Option<u32> {
        match uleb(self.rest) {
            Some((value, used)) => {
                self.rest = &self.rest[used..];
                Some(value)
            }
            None => {
                self.broken = true;
                None
            }
        }
    }

    /// Whether the class body ended before what it announces.
    pub fn broken(&self) -> bool {
        self.broken
    }

    /// Bytes of the body read so far.
    pub fn read(&self) -> usize {
        self.start - self.rest.len()
    }
}

impl Iterator for Methods<'_> {
    type Item = Method;

    fn next(&mut self) -> Option<Method> {
        if self.left[0] == 0 {
            // Virtual methods count their indices from zero again.
            self.left = [self.left[1], 0];
            self.index = 0;
            if self.left[0] == 0 {
                return None;
            }
        }
        let (step, _flags, code) = (self.number(), self.number(), self.number());
        let (Some(step), Some(code)) = (step, code) else {
            self.left = [0, 0];
            return None;
        };
        self.left[0] -= 1;
        self.index = self.index.wrapping_add(step);
        Some(Method { index: self.index, code })
    }
}

/// The instructions of one method.
#[derive(Debug, Clone, Copy)]
pub struct Code<'a> {
    /// Registers of a frame.
    pub registers: u16,
    /// Instructions, in units of two bytes.
    pub units: &'a [[u8; 2]],
    /// Offset of the first unit in the file.
    pub offset: u32,
}

impl<'a> Code<'a> {
    pub(super) fn read(data: &'a [u8], offset: u32) -> Option<Self> {
        let item = data.get(offset as usize..)?;
        let bytes = (u32_at(item, 12)? as usize).checked_mul(2)?;
        let units = item.get(16..)?.get(..bytes)?.as_chunks().0;
        Some(Self { registers: u16_at(item, 0)?, units, offset: offset.checked_add(16)? })
    }

    /// The instructions, or why they cannot be followed.
    pub fn of(dex: &super::Dex<'a>, method: Method) -> Result<Option<Self>, Error> {
        if method.code == 0 {
            return Ok(None);
        }
        dex.code(method.code).map(Some).ok_or(Error::Code(1))
    }
}
