//! Dalvik executables, read in place: nothing is copied before it is asked for, no count is trusted without the bytes it
//! counts, and no walk recurses.
//!
//! Format: <https://source.android.com/docs/core/runtime/dex-format>. Versions 035 to 040 hold one dex a file; 041 is a
//! container of several headers that share one data section, with every offset counted from the start of the file.

mod class;
mod error;
pub(crate) mod insn;
mod raw;
mod text;
mod value;

#[cfg(test)]
pub(crate) mod build;

pub use class::{ClassDef, Code, Method, Methods};
pub use error::Error;
pub use text::{class_name, decode};

use raw::{u16_at, u32_at, uleb};
use std::cmp::Ordering;

/// Bytes of a header up to version 040.
const HEADER: usize = 0x70;
/// Bytes of a header from version 041 on.
const HEADER_041: usize = 0x78;
/// Longest name or descriptor that is believed: class files, where every dex comes from, count them in 16 bits.
const NAME_LIMIT: usize = u16::MAX as usize;
/// The index that means "none" (a class without superclass).
const NO_INDEX: u32 = u32::MAX;

/// One dex: its tables, as slices of the file.
#[derive(Debug, Clone, Copy)]
pub struct Dex<'a> {
    data: &'a [u8],
    version: [u8; 3],
    end: usize,
    strings: &'a [[u8; 4]],
    types: &'a [[u8; 4]],
    protos: &'a [[u8; 12]],
    fields: &'a [[u8; 8]],
    methods: &'a [[u8; 8]],
    classes: &'a [[u8; 32]],
}

impl<'a> Dex<'a> {
    /// Reads the header at the start of `data` and checks that its tables lie within it.
    ///
    /// # Errors
    /// When the magic, version or byte order is not a dex's, or a table lies outside `data`.
    pub fn parse(data: &'a [u8]) -> Result<Self, Error> {
        Self::at(data, 0)
    }

    /// Reads every dex of a file: one, or from version 041 on as many as the container holds.
    pub fn parse_all(data: &'a [u8]) -> Vec<Result<Self, Error>> {
        let mut out = Vec::new();
        let mut at = 0;
        loop {
            let dex = Self::at(data, at);
            let next = dex.as_ref().map(|d| d.end).ok();
            let container = dex.as_ref().is_ok_and(|d| d.version >= *b"041");
            out.push(dex);
            match next {
                Some(next) if container && next >= at + HEADER_041 && next < data.len() => at = next,
                _ => return out,
            }
        }
    }

    fn at(data: &'a [u8], start: usize) -> Result<Self, Error> {
        let header = data.get(start..).unwrap_or_default();
        if header.get(..4) != Some(b"dex\n") {
            return Err(Error::Magic);
        }
        let cut = || Error::Header { bytes: header.len() };
        let version: [u8; 3] = header.get(4..7).and_then(|v| v.try_into().ok()).ok_or_else(cut)?;
        if !version.iter().all(u8::is_ascii_digit) || !(*b"035"..=*b"041").contains(&version) {
            return Err(Error::Version(String::from_utf8_lossy(&version).into_owned()));
        }
        let size = if version >= *b"041" { HEADER_041 } else { HEADER };
        let field = |at: usize| u32_at(header, at).ok_or_else(cut);
        if header.len() < size {
            return Err(cut());
        }
        if field(40)? != 0x1234_5678 {
            return Err(Error::Endian);
        }
        Ok(Self {
            data,
            version,
            end: start.saturating_add(field(32)? as usize),
            strings: table(data, "string", field(56)?, field(60)?)?,
            types: table(data, "type", field(64)?, field(68)?)?,
            protos: table(data, "prototype", field(72)?, field(76)?)?,
            fields: table(data, "field", field(80)?, field(84)?)?,
            methods: table(data, "method", field(88)?, field(92)?)?,
            classes: table(data, "class", field(96)?, field(100)?)?,
        })
    }

    /// Version digits of the magic: `035`.
    pub fn version(&self) -> &str {
        str::from_utf8(&self.version).unwrap_or_default()
    }

    /// Bytes of the whole file, container and all.
    pub fn file_len(&self) -> usize {
        self.data.len()
    }

    /// How many classes it defines.
    pub fn class_count(&self) -> usize {
        self.classes.len()
    }

    /// How many methods it refers to.
    pub fn method_count(&self) -> usize {
        self.methods.len()
    }

    /// How many fields it refers to.
    pub fn field_count(&self) -> usize {
        self.fields.len()
    }

    /// How many types it refers to.
    pub fn type_count(&self) -> usize {
        self.types.len()
    }

    /// How many strings it holds.
    pub fn string_count(&self) -> usize {
        self.strings.len()
    }

    /// Every class it defines, in file order: name with dots, and number of its definition. The second value is the number
    /// of definitions whose name could not be read. Names are read until they are together as long as the file, which no
    /// honest dex reaches.
    pub fn class_names(&self) -> (Vec<(String, u32)>, usize) {
        let mut out = Vec::with_capacity(self.classes.len());
        let mut budget = self.data.len();
        for (index, def) in self.classes.iter().enumerate() {
            let Some(descriptor) = u32_at(def, 0).and_then(|t| self.type_descriptor(t)) else { continue };
            if descriptor.len() > budget {
                break;
            }
            budget -= descriptor.len();
            out.push((class_name(descriptor), index as u32));
        }
        let broken = self.classes.len() - out.len();
        (out, broken)
    }

    /// The bytes of a string, in modified UTF-8, without the closing zero. `None` when it lies outside the file, is not
    /// closed, or is longer than a class file can hold.
    pub fn string(&self, index: u32) -> Option<&'a [u8]> {
        let (units, body) = self.string_start(index)?;
        // Of plain ASCII there are as many bytes as UTF-16 units; otherwise more.
        if units > NAME_LIMIT {
            return None;
        }
        if body.get(units) == Some(&0) {
            return Some(&body[..units]);
        }
        let window = &body[..body.len().min(NAME_LIMIT)];
        let end = window.iter().position(|&b| b == 0)?;
        Some(&window[..end])
    }

    fn string_start(&self, index: u32) -> Option<(usize, &'a [u8])> {
        let at = u32::from_le_bytes(*self.strings.get(index as usize)?) as usize;
        let body = self.data.get(at..)?;
        let (units, used) = uleb(body)?;
        Some((units as usize, &body[used..]))
    }

    /// Where a string stands in the file.
    pub fn string_offset(&self, index: u32) -> Option<u32> {
        self.strings.get(index as usize).map(|at| u32::from_le_bytes(*at))
    }

    /// How a string compares with `key`; one outside the file sorts last.
    fn compare(&self, index: u32, key: &[u8]) -> Ordering {
        let Some((_, body)) = self.string_start(index) else { return Ordering::Greater };
        let head = &body[..body.len().min(key.len())];
        // The closing zero makes a shorter string differ, and sort, where it ends.
        head.cmp(key).then_with(|| if body.get(key.len()) == Some(&0) { Ordering::Equal } else { Ordering::Greater })
    }

    /// The number of the string equal to `key`, in ASCII. The table is sorted; a dex where it is not does not load.
    pub fn find_string(&self, key: &[u8]) -> Option<u32> {
        let at = self.lower_bound(key);
        (self.compare(at, key) == Ordering::Equal).then_some(at)
    }

    /// The numbers of the strings that begin with `prefix`, at most `limit`.
    pub fn strings_from(&self, prefix: &[u8], limit: usize) -> impl Iterator<Item = (u32, &'a [u8])> {
        let first = self.lower_bound(prefix);
        (first..self.strings.len() as u32)
            .map(|i| (i, self.string(i).unwrap_or_default()))
            .take_while(move |(_, s)| s.starts_with(prefix))
            .take(limit)
    }

    fn lower_bound(&self, key: &[u8]) -> u32 {
        let (mut low, mut high) = (0, self.strings.len() as u32);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.compare(middle, key) == Ordering::Less { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Descriptor of a type: `Lcom/example/Main;`.
    pub fn type_descriptor(&self, index: u32) -> Option<&'a [u8]> {
        self.string(u32::from_le_bytes(*self.types.get(index as usize)?))
    }

    /// The number of the type with this descriptor.
    pub fn find_type(&self, descriptor: &[u8]) -> Option<u32> {
        let string = self.find_string(descriptor)?;
        self.types.binary_search_by_key(&string, |t| u32::from_le_bytes(*t)).ok().map(|i| i as u32)
    }

    /// Type and name of a method reference.
    #[inline]
    pub fn method(&self, index: u32) -> Option<(u32, u32)> {
        let m = self.methods.get(index as usize)?;
        Some((u32::from(u16_at(m, 0)?), u32_at(m, 4)?))
    }

    /// Type and name of a field reference.
    #[inline]
    pub fn field(&self, index: u32) -> Option<(u32, u32)> {
        let f = self.fields.get(index as usize)?;
        Some((u32::from(u16_at(f, 0)?), u32_at(f, 4)?))
    }

    /// Shape of a method's prototype: its shorty (`VLI`) and the descriptor of what it returns.
    pub fn prototype(&self, method: u32) -> Option<(&'a [u8], &'a [u8])> {
        let m = self.methods.get(method as usize)?;
        let proto = self.protos.get(usize::from(u16_at(m, 2)?))?;
        Some((self.string(u32_at(proto, 0)?)?, self.type_descriptor(u32_at(proto, 4)?)?))
    }

    /// A class definition by its number.
    pub fn class(&self, index: u32) -> Option<ClassDef<'a>> {
        ClassDef::read(self.data, self.classes.get(index as usize)?)
    }

    /// The instructions at an offset that a method states.
    pub fn code(&self, offset: u32) -> Option<Code<'a>> {
        Code::read(self.data, offset)
    }
}

fn table<'a, const N: usize>(
    data: &'a [u8],
    name: &'static str,
    count: u32,
    offset: u32,
) -> Result<&'a [[u8; N]], Error> {
    if count == 0 {
        return Ok(&[]);
    }
    let bytes = (count as usize).checked_mul(N);
    let end = bytes.and_then(|n| n.checked_add(offset as usize));
    end.and_then(|end| data.get(offset as usize..end)).map(|slice| slice.as_chunks().0).ok_or(Error::Table {
        name,
        count,
        offset,
        bytes: data.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::build::{Builder, container};
    use super::*;

    fn names(dex: &Dex<'_>) -> Vec<String> {
        dex.class_names().0.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn lists_classes() {
        let bytes =
            Builder::new().class("com.example.Main", "android.app.Activity").class("a.b$c", "java.lang.Object").bytes();
        let dex = Dex::parse(&bytes).unwrap();
        assert_eq!(dex.version(), "035");
        let mut found = names(&dex);
        found.sort();
        assert_eq!(found, ["a.b$c", "com.example.Main"]);
        let main = dex.find_type(b"Lcom/example/Main;").unwrap();
        assert_eq!(dex.type_descriptor(main), Some(&b"Lcom/example/Main;"[..]));
        assert_eq!(dex.find_string(b"Lcom/example/"), None);
        assert_eq!(dex.strings_from(b"Lcom/example/", 9).count(), 1);
    }

    #[test]
    fn reads_every_dex_of_a_container() {
        let one = Builder::new().class("a.One", "java.lang.Object");
        let two = Builder::new().class("b.Two", "java.lang.Object");
        let bytes = container(&[one, two]);
        let found: Vec<_> = Dex::parse_all(&bytes).into_iter().map(|d| names(&d.unwrap())).collect();
        assert_eq!(found, [["a.One"], ["b.Two"]]);
    }

    #[test]
    fn refuses_what_is_no_dex() {
        assert_eq!(Dex::parse(b"").unwrap_err(), Error::Magic);
        assert_eq!(Dex::parse(b"dex\n035\0").unwrap_err(), Error::Header { bytes: 8 });
        assert_eq!(Dex::parse(b"dex\n099\0").unwrap_err(), Error::Version("099".into()));
        let mut bytes = Builder::new().class("a.B", "java.lang.Object").bytes();
        bytes[56..60].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(matches!(Dex::parse(&bytes).unwrap_err(), Error::Table { name: "string", .. }));
    }

    #[test]
    fn class_names_cannot_outgrow_the_file() {
        let long = format!("a.{}", "x".repeat(4000));
        let mut builder = Builder::new();
        for i in 0..8 {
            builder = builder.class(&format!("{long}{i}"), "java.lang.Object");
        }
        let mut bytes = builder.bytes();
        // Every definition is made to name the same long class.
        let classes = u32_at(&bytes, 100).unwrap() as usize;
        let first = bytes[classes..classes + 4].to_vec();
        for i in 0..8 {
            bytes[classes + i * 32..classes + i * 32 + 4].copy_from_slice(&first);
        }
        let dex = Dex::parse(&bytes).unwrap();
        let total: usize = dex.class_names().0.iter().map(|(n, _)| n.len()).sum();
        assert!(total <= bytes.len());
    }
}
