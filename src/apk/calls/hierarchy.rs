//! Which class a call really goes to: references may name a subclass of the app's own.

use crate::apk::code::{ClassAt, DexAt};
use crate::apk::dex::class_name;

/// So many superclasses at the most; a longer chain is a loop.
const DEPTH: usize = 64;

/// Classes of all dex files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hierarchy<'a> {
    dexes: &'a [DexAt<'a>],
    /// Sorted by name.
    classes: &'a [ClassAt],
}

impl<'a> Hierarchy<'a> {
    /// `classes` must be sorted by name.
    pub(crate) fn new(dexes: &'a [DexAt<'a>], classes: &'a [ClassAt]) -> Self {
        Self { dexes, classes }
    }

    /// A type and its superclasses, the nearest first, each with its definition where the package has one. Ends with the
    /// first class that the package does not define.
    pub(super) fn chain(&self, descriptor: &'a [u8]) -> impl Iterator<Item = (&'a [u8], Option<&'a ClassAt>)> {
        let mut next = Some(descriptor);
        let hierarchy = *self;
        std::iter::from_fn(move || {
            let descriptor = next?;
            let class = hierarchy.definition(descriptor);
            next = class.and_then(|c| hierarchy.superclass(c));
            Some((descriptor, class))
        })
        .take(DEPTH)
    }

    fn definition(&self, descriptor: &[u8]) -> Option<&'a ClassAt> {
        let name = class_name(descriptor);
        let first = self.classes.partition_point(|c| c.name < name);
        self.classes.get(first).filter(|c| c.name == name)
    }

    fn superclass(&self, class: &ClassAt) -> Option<&'a [u8]> {
        let dex = &self.dexes[class.dex as usize].dex;
        dex.type_descriptor(dex.class(class.def)?.superclass?)
    }

    /// Whether a class defines a method of this name, returning and taking the same kinds of values.
    pub(super) fn defines(&self, class: &ClassAt, name: &[u8], prototype: Option<(&[u8], &[u8])>) -> bool {
        let dex = &self.dexes[class.dex as usize].dex;
        let Some(def) = dex.class(class.def) else { return false };
        def.methods().any(|m| {
            dex.method(m.index).and_then(|(_, n)| dex.string(n)) == Some(name) && dex.prototype(m.index) == prototype
        })
    }
}
