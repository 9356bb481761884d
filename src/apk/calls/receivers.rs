//! From the method references of one dex to the API table, through the class hierarchy.

use std::collections::HashMap;

use super::hierarchy::Hierarchy;
use super::table::Matcher;
use crate::apk::dex::Dex;

const NONE: u32 = u32::MAX;
/// So many superclasses at the most; a longer chain is a loop.
const DEPTH: usize = 64;

/// Resolves receivers, remembering what it found for each type.
pub(super) struct Receivers<'s, 'a> {
    dex: &'s Dex<'a>,
    table: &'s Matcher<'s>,
    hierarchy: &'s Hierarchy<'a>,
    /// The table's class for each type.
    classes: Vec<u32>,
    /// The superclass of each type that this dex defines.
    superclasses: Vec<u32>,
    /// The table's classes among superclasses, for types that were asked for.
    chains: HashMap<u32, Vec<usize>>,
    /// The name of constructors, which no class inherits.
    constructor: Option<u32>,
}

impl<'s, 'a> Receivers<'s, 'a> {
    pub(super) fn new(dex: &'s Dex<'a>, table: &'s Matcher<'s>, hierarchy: &'s Hierarchy<'a>) -> Self {
        let mut classes = vec![NONE; dex.type_count()];
        for (place, class) in table.classes.iter().enumerate() {
            if let Some(index) = dex.find_type(class.descriptor.as_bytes()) {
                classes[index as usize] = place as u32;
            }
        }
        let mut superclasses = vec![NONE; dex.type_count()];
        for number in 0..dex.class_count() as u32 {
            let Some(class) = dex.class(number) else { continue };
            if let Some(slot) = superclasses.get_mut(class.class as usize) {
                *slot = class.superclass.unwrap_or(NONE);
            }
        }
        let constructor = dex.find_string(b"<init>");
        Self { dex, table, hierarchy, classes, superclasses, chains: HashMap::new(), constructor }
    }

    /// The table's class that a type is.
    pub(super) fn class(&self, index: u32) -> Option<usize> {
        self.classes.get(index as usize).filter(|c| **c != NONE).map(|c| *c as usize)
    }

    /// The group of a method reference: its class's in the table, or that of a superclass from which it is inherited.
    pub(super) fn group(&mut self, method: u32, class: u32, name: usize) -> Option<usize> {
        let table = self.table;
        let member = |c: usize| table.classes[c].members.get(&name).copied();
        if let Some(group) = self.class(class).and_then(member) {
            return Some(group);
        }
        let name_index = self.dex.method(method)?.1;
        if Some(name_index) == self.constructor {
            return None;
        }
        if !self.chains.contains_key(&class) {
            let chain = self.chain(class);
            self.chains.insert(class, chain);
        }
        let (place, group) = self.chains[&class].iter().find_map(|&c| Some((c, member(c)?)))?;
        if table.groups[group].callback {
            return Some(group);
        }
        // A method of the app's own with this name is another one.
        let name = self.dex.string(name_index)?;
        let own = self
            .hierarchy
            .chain(self.dex.type_descriptor(class)?)
            .take_while(|(d, _)| table.class(d) != Some(place))
            .filter_map(|(_, class)| class)
            .any(|class| self.hierarchy.defines(class, name, self.dex.prototype(method)));
        (!own).then_some(group)
    }

    /// The table's classes among a type and its superclasses, the nearest first.
    fn chain(&self, class: u32) -> Vec<usize> {
        let mut out = Vec::new();
        let mut at = class;
        let mut steps = 0;
        while let Some(&next) = self.superclasses.get(at as usize).filter(|s| **s != NONE && steps < DEPTH) {
            out.extend(self.class(at));
            at = next;
            steps += 1;
        }
        let Some(mut last) = self.dex.type_descriptor(at) else { return out };
        for (descriptor, _) in self.hierarchy.chain(last) {
            out.extend(self.table.class(descriptor));
            last = descriptor;
        }
        // From the first framework class on, the platform's own hierarchy.
        let mut parent = self.table.parent(last);
        while let Some(descriptor) = parent.filter(|_| out.len() < DEPTH) {
            out.extend(self.table.class(descriptor.as_bytes()));
            parent = self.table.parent(descriptor.as_bytes());
        }
        out
    }
}
