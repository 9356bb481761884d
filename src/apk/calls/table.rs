//! The API table, compiled for one package: what to look for, and what each match means.

use std::collections::{BTreeMap, HashMap};

use crate::apk::Manifest;
use crate::catalogue::{Catalogue, DataItem, EvidenceGrade, Protection, Refinement};

/// Everything that a pass over the instructions looks for.
#[derive(Debug)]
pub struct Matcher<'c> {
    pub(super) items: &'c [DataItem],
    /// Permissions the app asks for, with whether they are granted without a question.
    pub(super) permissions: Vec<(String, bool)>,
    pub(super) groups: Vec<Group>,
    pub(super) classes: Vec<ApiClass>,
    class_index: HashMap<String, usize>,
    /// Member names, with the classes' members keyed by place in this list.
    pub(super) names: Vec<String>,
    name_index: HashMap<String, usize>,
    /// Whole constant strings, and the group of each.
    pub(super) texts: Vec<(String, usize)>,
    /// Beginnings of constant strings (content URIs), and the group of each.
    pub(super) prefixes: Vec<(String, usize)>,
    /// Refinements, as groups refer to them.
    pub(super) refinements: &'c [Refinement],
    text_index: HashMap<String, usize>,
    parents: &'c BTreeMap<String, String>,
}

/// A class of the table.
#[derive(Debug, Default)]
pub(super) struct ApiClass {
    pub(super) descriptor: String,
    /// Groups by place of the member's name.
    pub(super) members: HashMap<usize, usize>,
}

/// One method, field, URI or string, and what it shows.
#[derive(Debug, Default)]
pub(super) struct Group {
    /// As reports write it.
    pub(super) api: String,
    pub(super) outcomes: Vec<Outcome>,
    /// Whether arguments or neighbours decide.
    pub(super) fold: bool,
    /// Whether the system calls it, so that defining it is the evidence.
    pub(super) callback: bool,
    /// Whether it looks a method up by name.
    pub(super) reflects: bool,
}

/// What a match shows.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) what: What,
    pub(super) grade: EvidenceGrade,
    /// The constant that must reach the method.
    pub(super) arg: Option<String>,
    /// Places in [`Matcher::refinements`].
    pub(super) refinements: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum What {
    /// A kind of personal information.
    Item(usize),
    /// A permission that the app asks for.
    Permission(usize),
    /// Code is loaded from elsewhere; whether that counts only for the app's own code.
    Loader { app_only: bool },
}

/// `Lcls;->name` in two.
fn split(api: &str) -> Option<(&str, &str)> {
    api.split_once("->")
}

/// Methods that the system calls on what an app defines are named so throughout the platform.
fn is_callback(name: &str) -> bool {
    name.strip_prefix("on").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

impl<'c> Matcher<'c> {
    /// The table for a package: permissions that it does not ask for are left out.
    pub fn new(catalogue: &'c Catalogue, manifest: &Manifest) -> Self {
        let marks = catalogue.code_marks();
        let mut names: Vec<&str> = manifest.permissions.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let permissions = names
            .into_iter()
            .map(|n| (n.to_owned(), catalogue.permission(n).is_none_or(|p| p.protection == Protection::Normal)))
            .collect();
        let mut table = Self {
            items: catalogue.data_items(),
            permissions,
            groups: Vec::new(),
            classes: Vec::new(),
            class_index: HashMap::new(),
            names: Vec::new(),
            name_index: HashMap::new(),
            texts: Vec::new(),
            prefixes: Vec::new(),
            refinements: &marks.refinements,
            text_index: HashMap::new(),
            parents: &marks.framework_parents,
        };
        for item in 0..table.items.len() {
            table.add_item(item);
        }
        table.add_permissions(catalogue);
        for hint in &marks.hints {
            for id in &hint.items {
                if let Ok(item) = table.items.binary_search_by(|i| i.id.as_str().cmp(id.as_str())) {
                    table.add_text(&hint.text, What::Item(item));
                }
            }
        }
        for loader in &marks.loaders {
            let what = What::Loader { app_only: loader.app_only };
            table.add_member(&loader.api, what, EvidenceGrade::Context, None);
        }
        for api in &marks.reflection {
            if let Some(group) = table.member(api) {
                table.groups[group].reflects = true;
                table.groups[group].fold = true;
            }
        }
        table
    }

    fn add_item(&mut self, place: usize) {
        let item = &self.items[place];
        let requested: Vec<usize> = item.permissions.iter().filter_map(|p| self.permission(p)).collect();
        let grade = item.evidence;
        let counts = grade <= EvidenceGrade::Weak;
        let whats: Vec<What> = counts
            .then_some(What::Item(place))
            .into_iter()
            .chain(requested.into_iter().map(What::Permission))
            .collect();
        for what in whats {
            for api in item.apis.iter().chain(&item.fields) {
                self.add_member(api, what, grade, None);
            }
            for api in &item.apis_with_arg {
                self.add_member(&api.api, what, grade, Some(&api.arg));
            }
            for uri in &item.uris {
                self.add_prefix(uri, what, grade);
            }
        }
        if counts {
            for text in &item.strings {
                self.add_text(text, What::Item(place));
            }
        }
    }

    fn add_permissions(&mut self, catalogue: &'c Catalogue) {
        let grade = EvidenceGrade::Direct;
        for entry in catalogue.permission_apis() {
            let Some(place) = self.permission(&entry.name) else { continue };
            let what = What::Permission(place);
            for api in entry.apis.iter().chain(&entry.fields) {
                self.add_member(api, what, grade, None);
            }
            for api in &entry.apis_with_arg {
                self.add_member(&api.api, what, grade, Some(&api.arg));
            }
            for uri in &entry.uris {
                self.add_prefix(uri, what, grade);
            }
            for text in &entry.strings {
                self.add_text(text, what);
            }
        }
        // The name itself in code: asked for at run time, or checked.
        for place in 0..self.permissions.len() {
            let name = self.permissions[place].0.clone();
            self.add_text(&name, What::Permission(place));
        }
    }

    fn permission(&self, name: &str) -> Option<usize> {
        self.permissions.binary_search_by(|(p, _)| p.as_str().cmp(name)).ok()
    }

    fn group(&mut self, api: &str) -> usize {
        self.groups.push(Group { api: api.to_owned(), ..Group::default() });
        self.groups.len() - 1
    }

    fn member(&mut self, api: &str) -> Option<usize> {
        let (descriptor, name) = split(api)?;
        let class = match self.class_index.get(descriptor) {
            Some(&class) => class,
            None => {
                self.classes.push(ApiClass { descriptor: descriptor.to_owned(), members: HashMap::new() });
                self.class_index.insert(descriptor.to_owned(), self.classes.len() - 1);
                self.classes.len() - 1
            }
        };
        let name_place = match self.name_index.get(name) {
            Some(&place) => place,
            None => {
                self.names.push(name.to_owned());
                self.name_index.insert(name.to_owned(), self.names.len() - 1);
                self.names.len() - 1
            }
        };
        if let Some(&group) = self.classes[class].members.get(&name_place) {
            return Some(group);
        }
        let group = self.group(api);
        self.groups[group].callback = is_callback(name);
        self.classes[class].members.insert(name_place, group);
        Some(group)
    }

    fn add_member(&mut self, api: &str, what: What, grade: EvidenceGrade, arg: Option<&str>) {
        let Some(group) = self.member(api) else { return };
        let item = match what {
            What::Item(place) => Some(self.items[place].id.as_str()),
            _ => None,
        };
        let refinements: Vec<usize> = self
            .refinements
            .iter()
            .enumerate()
            .filter(|(_, r)| {
                r.api == api && arg.is_none() && item.is_some_and(|i| r.item.as_ref().is_none_or(|id| *id == *i))
            })
            .map(|(i, _)| i)
            .collect();
        // A refinement without condition needs no look at the method.
        let fixed =
            refinements.iter().map(|&r| &self.refinements[r]).find(|r| r.unless.is_empty() && r.with.is_empty());
        let outcome = match fixed {
            Some(fixed) => Outcome { what, grade: fixed.grade, arg: None, refinements: Vec::new() },
            None => Outcome { what, grade, arg: arg.map(Into::into), refinements },
        };
        let group = &mut self.groups[group];
        group.fold |= outcome.arg.is_some() || !outcome.refinements.is_empty();
        group.outcomes.push(outcome);
    }

    fn add_text(&mut self, text: &str, what: What) {
        let group = match self.text_index.get(text) {
            Some(&group) => group,
            None => {
                let group = self.group(text);
                self.text_index.insert(text.to_owned(), group);
                // A folder (`/proc/`) stands for what is in it.
                let list = if text.ends_with('/') { &mut self.prefixes } else { &mut self.texts };
                list.push((text.to_owned(), group));
                group
            }
        };
        let outcome = Outcome { what, grade: EvidenceGrade::Weak, arg: None, refinements: Vec::new() };
        if !self.groups[group].outcomes.iter().any(|o| o.what == what) {
            self.groups[group].outcomes.push(outcome);
        }
    }

    fn add_prefix(&mut self, uri: &str, what: What, grade: EvidenceGrade) {
        let outcome = Outcome { what, grade, arg: None, refinements: Vec::new() };
        match self.prefixes.iter().find(|(p, _)| p == uri) {
            Some(&(_, group)) => self.groups[group].outcomes.push(outcome),
            None => {
                let group = self.group(uri);
                self.groups[group].outcomes.push(outcome);
                self.prefixes.push((uri.to_owned(), group));
            }
        }
    }

    /// The table's class of this descriptor.
    pub(super) fn class(&self, descriptor: &[u8]) -> Option<usize> {
        self.class_index.get(str::from_utf8(descriptor).ok()?).copied()
    }

    /// What a framework class extends, as far as the table knows.
    pub(super) fn parent(&self, descriptor: &[u8]) -> Option<&'c str> {
        self.parents.get(str::from_utf8(descriptor).ok()?).map(String::as_str)
    }

    /// Groups of the methods of this name, with their classes.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = (&ApiClass, usize)> {
        let place = self.name_index.get(name).copied();
        self.classes.iter().filter_map(move |c| c.members.get(&place?).map(|g| (c, *g)))
    }
}

/// Whether `text` is `prefix` or goes on after it with a new part (`content://sms/inbox`, not `content://sms-other`).
pub(super) fn continues(text: &[u8], prefix: &str) -> bool {
    prefix.ends_with('/') || text.get(prefix.len()).is_none_or(|b| matches!(b, b'/' | b'?' | b'#'))
}
