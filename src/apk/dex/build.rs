//! Builds small dex files for tests.

use std::collections::BTreeSet;

/// One instruction, with its references by name.
#[derive(Debug, Clone)]
pub(crate) enum Insn {
    /// `invoke-virtual` of `Lcls;->name` with these registers.
    Call(String, Vec<u8>),
    /// `const-string`.
    Text(u8, String),
    /// `const-class`.
    Class(u8, String),
    /// `const/16`.
    Int(u8, i16),
    /// `sget-object` of `Lcls;->name`.
    Field(u8, String),
    /// `sput-object` to `Lcls;->name`.
    Put(u8, String),
    /// Units as they are.
    Raw(Vec<u16>),
}

pub(crate) fn call(api: &str, registers: &[u8]) -> Insn {
    Insn::Call(api.into(), registers.into())
}

pub(crate) fn text(register: u8, value: &str) -> Insn {
    Insn::Text(register, value.into())
}

#[derive(Debug, Clone, Default)]
struct Class {
    name: String,
    superclass: String,
    methods: Vec<(String, Vec<Insn>)>,
}

/// A dex to be.
#[derive(Debug, Clone, Default)]
pub(crate) struct Builder {
    classes: Vec<Class>,
}

fn descriptor(class: &str) -> String {
    format!("L{};", class.replace('.', "/"))
}

fn reference(api: &str) -> (String, String) {
    let (class, name) = api.split_once("->").expect("Lcls;->name");
    (class.to_owned(), name.to_owned())
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a class.
    pub(crate) fn class(mut self, name: &str, superclass: &str) -> Self {
        self.classes.push(Class { name: name.into(), superclass: superclass.into(), methods: Vec::new() });
        self
    }

    /// Adds a method without arguments to the class added last.
    pub(crate) fn method(mut self, name: &str, code: &[Insn]) -> Self {
        self.classes.last_mut().expect("a class first").methods.push((name.into(), code.into()));
        self
    }

    /// The file, version 035.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.at(*b"035", 0)
    }

    /// The dex with all offsets counted from `start` bytes before it.
    fn at(&self, version: [u8; 3], start: usize) -> Vec<u8> {
        let mut methods = BTreeSet::new();
        let mut fields = BTreeSet::new();
        let mut types = BTreeSet::from(["V".to_owned(), "Ljava/lang/String;".to_owned()]);
        let mut strings = BTreeSet::new();
        for class in &self.classes {
            types.extend([descriptor(&class.name), descriptor(&class.superclass)]);
            for (name, code) in &class.methods {
                methods.insert((descriptor(&class.name), name.clone()));
                for insn in code {
                    match insn {
                        Insn::Call(api, _) => drop(methods.insert(reference(api))),
                        Insn::Field(_, api) | Insn::Put(_, api) => drop(fields.insert(reference(api))),
                        Insn::Text(_, value) => drop(strings.insert(value.clone())),
                        Insn::Class(_, class) => drop(types.insert(descriptor(class))),
                        Insn::Int(..) | Insn::Raw(_) => {}
                    }
                }
            }
        }
        for (class, name) in methods.iter().chain(&fields) {
            types.insert(class.clone());
            strings.insert(name.clone());
        }
        strings.extend(types.iter().cloned());
        let strings: Vec<_> = strings.into_iter().collect();
        let types: Vec<_> = types.into_iter().collect();
        let fields: Vec<_> = fields.into_iter().collect();
        let methods: Vec<_> = methods.into_iter().collect();
        let index = |list: &[String], value: &str| list.iter().position(|s| s == value).expect("collected") as u32;
        let string = |value: &str| index(&strings, value);
        let kind = |value: &str| index(&types, value);

        let header = if version >= *b"041" { 0x78 } else { 0x70 };
        let mut at = start + header;
        let mut section = |count: usize, size: usize| {
            let offset = at;
            at += count * size;
            (count as u32, offset as u32)
        };
        let sections = [
            section(strings.len(), 4),
            section(types.len(), 4),
            section(1, 12),
            section(fields.len(), 8),
            section(methods.len(), 8),
            section(self.classes.len(), 32),
        ];
        let base = at;
        let mut data: Vec<u8> = Vec::new();
        let mut string_offsets = Vec::new();
        for value in &strings {
            string_offsets.push((base + data.len()) as u32);
            uleb(&mut data, value.encode_utf16().count() as u32);
            data.extend(value.as_bytes());
            data.push(0);
        }
        let method = |key: &(String, String)| methods.iter().position(|m| m == key).expect("collected") as u32;
        let field = |key: &(String, String)| fields.iter().position(|m| m == key).expect("collected") as u32;
        let mut bodies = Vec::new();
        for class in &self.classes {
            let mut encoded: Vec<(u32, u32)> = Vec::new();
            for (name, code) in &class.methods {
                let mut units: Vec<u16> = Vec::new();
                for insn in code {
                    match insn {
                        Insn::Call(api, registers) => {
                            let mut list = 0u16;
                            for (i, r) in registers.iter().enumerate() {
                                list |= u16::from(*r) << (4 * i);
                            }
                            units.extend([0x6e | (registers.len() as u16) << 12, method(&reference(api)) as u16, list]);
                        }
                        Insn::Text(r, value) => units.extend([0x1a | u16::from(*r) << 8, string(value) as u16]),
                        Insn::Class(r, value) => {
                            units.extend([0x1c | u16::from(*r) << 8, kind(&descriptor(value)) as u16]);
                        }
                        Insn::Int(r, value) => units.extend([0x13 | u16::from(*r) << 8, *value as u16]),
                        Insn::Field(r, api) => {
                            units.extend([0x62 | u16::from(*r) << 8, field(&reference(api)) as u16]);
                        }
                        Insn::Put(r, api) => {
                            units.extend([0x69 | u16::from(*r) << 8, field(&reference(api)) as u16]);
                        }
                        Insn::Raw(raw) => units.extend(raw),
                    }
                }
                units.push(0x000e);
                while !(base + data.len()).is_multiple_of(4) {
                    data.push(0);
                }
                encoded.push((method(&(descriptor(&class.name), name.clone())), (base + data.len()) as u32));
                data.extend([16, 0, 1, 0, 5, 0, 0, 0, 0, 0, 0, 0]);
                data.extend((units.len() as u32).to_le_bytes());
                data.extend(units.iter().flat_map(|u| u.to_le_bytes()));
            }
            encoded.sort_unstable();
            bodies.push((base + data.len()) as u32);
            for count in [0, 0, 0, encoded.len() as u32] {
                uleb(&mut data, count);
            }
            let mut last = 0;
            for (index, code) in encoded {
                uleb(&mut data, index - last);
                uleb(&mut data, 1);
                uleb(&mut data, code);
                last = index;
            }
        }

        let mut out = Vec::new();
        out.extend(b"dex\n");
        out.extend(version);
        out.push(0);
        out.extend([0; 24]);
        let mut word = |value: u32| out.extend(value.to_le_bytes());
        word((base - start + data.len()) as u32);
        word(header as u32);
        word(0x1234_5678);
        (0..3).for_each(|_| word(0));
        for (count, offset) in sections {
            word(count);
            word(if count == 0 { 0 } else { offset });
        }
        word(data.len() as u32);
        word(base as u32);
        if header == 0x78 {
            word(0);
            word(start as u32);
        }
        string_offsets.into_iter().for_each(&mut word);
        types.iter().for_each(|t| word(string(t)));
        // One prototype serves all: no arguments, returns nothing.
        [string("V"), kind("V"), 0].into_iter().for_each(&mut word);
        for (class, name) in &fields {
            word(kind(class) | kind("Ljava/lang/String;") << 16);
            word(string(name));
        }
        for (class, name) in &methods {
            word(kind(class));
            word(string(name));
        }
        for (class, body) in self.classes.iter().zip(bodies) {
            let (this, superclass) = (kind(&descriptor(&class.name)), kind(&descriptor(&class.superclass)));
            [this, 1, superclass, 0, u32::MAX, 0, body, 0].into_iter().for_each(&mut word);
        }
        out.extend(data);
        out
    }
}

/// A container of version 041.
pub(crate) fn container(parts: &[Builder]) -> Vec<u8> {
    let mut out = Vec::new();
    for part in parts {
        let bytes = part.at(*b"041", out.len());
        out.extend(bytes);
    }
    let size = (out.len() as u32).to_le_bytes();
    out[0x70..0x74].copy_from_slice(&size);
    out
}

fn uleb(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
