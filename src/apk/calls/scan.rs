//! One pass over the instructions of one dex.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use super::fold::{Const, Folder, Value};
use super::hierarchy::Hierarchy;
use super::marks::Marks;
use super::receivers::Receivers;
use super::table::{Group, Matcher, Outcome, What, continues};
use crate::apk::code::DexAt;
use crate::apk::dex::insn::{Kind, references};
use crate::apk::dex::{Code, Dex, Error, Method, class_name, decode};
use crate::apk::owner::{Owners, package_of};
use crate::catalogue::{EvidenceGrade, Refinement};

/// Instructions may be claimed by several methods (compilers share equal code), but not without end: so many times the
/// bytes of the file are read.
const SHARING: usize = 4;
/// Strings that begin with one content URI, at the most.
const PREFIX_MATCHES: usize = 4096;

/// Classes between two looks at the clock.
const LOOK_AT_CLOCK: u32 = 64;

const INVOKED: u8 = 1;
const FOLDED: u8 = 2;
const DEFINED: u8 = 4;

/// One match.
#[derive(Debug)]
pub(super) struct Hit {
    pub(super) what: What,
    pub(super) grade: EvidenceGrade,
    /// As reports write it.
    pub(super) api: String,
    /// Place in [`DexScan::callers`].
    pub(super) caller: usize,
    pub(super) method: u32,
    pub(super) offset: u32,
}

/// A class that has hits.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    pub(super) class: String,
    /// Place of the SDK in the catalogue.
    pub(super) sdk: Option<usize>,
    pub(super) support: bool,
}

/// What the pass over one dex found.
#[derive(Debug, Default)]
pub(super) struct DexScan {
    pub(super) hits: Vec<Hit>,
    pub(super) callers: Vec<Caller>,
    pub(super) errors: Vec<Error>,
}

/// Which references of one dex matter.
struct Interest {
    methods: Vec<u8>,
    method_groups: HashMap<u32, usize>,
    field_groups: HashMap<u32, usize>,
    string_groups: HashMap<u32, Vec<usize>>,
    marks: Box<Marks>,
}

impl Interest {
    fn new(dex: &Dex<'_>, table: &Matcher<'_>, hierarchy: &Hierarchy<'_>) -> Self {
        let names: HashMap<u32, usize> =
            table.names.iter().enumerate().filter_map(|(i, n)| Some((dex.find_string(n.as_bytes())?, i))).collect();
        let mut out = Self {
            methods: Vec::new(),
            method_groups: HashMap::new(),
            field_groups: HashMap::new(),
            string_groups: HashMap::new(),
            marks: Marks::new(),
        };
        let mut named = vec![false; dex.string_count()];
        names.keys().for_each(|&n| named[n as usize] = true);
        let is_named = |name: u32| named.get(name as usize).copied().unwrap_or_default();
        let mut receivers = Receivers::new(dex, table, hierarchy);
        for index in 0..dex.method_count() as u32 {
            let Some((class, name)) = dex.method(index) else { continue };
            if is_named(name)
                && let Some(group) = receivers.group(index, class, names[&name])
            {
                out.method_groups.insert(index, group);
                out.marks.set(Kind::Invoke, index);
            }
        }
        for index in 0..dex.field_count() as u32 {
            let Some((class, name)) = dex.field(index) else { continue };
            if is_named(name)
                && let Some(class) = receivers.class(class)
                && let Some(&group) = table.classes[class].members.get(&names[&name])
            {
                out.field_groups.insert(index, group);
                out.marks.set(Kind::StaticGet, index);
            }
        }
        for (text, group) in &table.texts {
            if let Some(index) = dex.find_string(text.as_bytes()) {
                out.string_groups.entry(index).or_default().push(*group);
            }
        }
        for (prefix, group) in &table.prefixes {
            for (index, text) in dex.strings_from(prefix.as_bytes(), PREFIX_MATCHES) {
                if continues(text, prefix) {
                    out.string_groups.entry(index).or_default().push(*group);
                }
            }
        }
        for &index in out.string_groups.keys() {
            out.marks.set(Kind::Text, index);
            out.marks.set(Kind::TextWide, index);
        }
        if !out.method_groups.is_empty() {
            out.methods = vec![0; dex.method_count()];
            for (&index, &group) in &out.method_groups {
                out.methods[index as usize] = match &table.groups[group] {
                    Group { callback: true, .. } => DEFINED,
                    Group { fold: true, .. } => FOLDED,
                    _ => INVOKED,
                };
            }
        }
        out
    }

    fn is_empty(&self) -> bool {
        self.method_groups.is_empty() && self.field_groups.is_empty() && self.string_groups.is_empty()
    }
}

/// Passes once over the instructions of a dex.
pub(super) fn scan<'a>(
    at: &DexAt<'a>,
    deadline: Option<Instant>,
    table: &Matcher<'_>,
    hierarchy: &Hierarchy<'a>,
    owners: &Owners<'_>,
) -> DexScan {
    let interest = Interest::new(&at.dex, table, hierarchy);
    let mut scan = Scan {
        dex: at.dex,
        deadline,
        table,
        interest: &interest,
        owners,
        folder: None,
        out: DexScan::default(),
        seen: HashSet::new(),
        package: (String::new(), None, false),
    };
    if !interest.is_empty() {
        scan.classes();
    }
    scan.out
}

struct Scan<'s, 'a> {
    dex: Dex<'a>,
    deadline: Option<Instant>,
    table: &'s Matcher<'s>,
    interest: &'s Interest,
    owners: &'s Owners<'s>,
    folder: Option<Folder<'a>>,
    out: DexScan,
    /// Weak matches already noted: one for each owner is enough.
    seen: HashSet<(What, usize, Option<usize>, bool)>,
    /// Owner of the last package asked for.
    package: (String, Option<usize>, bool),
}

impl<'a> Scan<'_, 'a> {
    fn classes(&mut self) {
        let mut budget = self.dex.file_len().saturating_mul(SHARING);
        let mut lost = 0;
        for number in 0..self.dex.class_count() as u32 {
            let Some(class) = self.dex.class(number) else { continue };
            if number.is_multiple_of(LOOK_AT_CLOCK) && self.deadline.is_some_and(|d| Instant::now() >= d) {
                self.out.errors.push(Error::Time { read: number, all: self.dex.class_count() });
                return;
            }
            let mut caller = None;
            let mut methods = class.methods();
            for method in methods.by_ref() {
                match Code::of(&self.dex, method) {
                    Ok(Some(code)) => {
                        let Some(left) = budget.checked_sub(2 * code.units.len() + 16) else {
                            self.out.errors.push(Error::Overlap);
                            return;
                        };
                        budget = left;
                        self.method(class.class, &mut caller, method, &code);
                    }
                    Ok(None) => {}
                    Err(_) => lost += 1,
                }
            }
            lost += usize::from(methods.broken());
            budget = budget.saturating_sub(methods.read());
        }
        if lost > 0 {
            self.out.errors.push(Error::Code(lost));
        }
    }

    fn method(&mut self, class: u32, caller: &mut Option<usize>, method: Method, code: &Code<'a>) {
        let interest = self.interest;
        let mut fold = false;
        if interest.methods.get(method.index as usize).is_some_and(|f| *f == DEFINED) {
            let group = interest.method_groups[&method.index];
            self.emit(class, caller, group, method.index, code.offset, |_| true);
        }
        if !interest.marks.touched_by(code.units) {
            return;
        }
        references(code.units, |at, kind, index| {
            let group = match kind {
                Kind::Invoke => match interest.methods.get(index as usize) {
                    Some(&INVOKED) => interest.method_groups[&index],
                    Some(&FOLDED) => return fold = true,
                    _ => return,
                },
                Kind::StaticGet if interest.marks.has(Kind::StaticGet, index) => {
                    match interest.field_groups.get(&index) {
                        Some(&group) if self.table.groups[group].fold => return fold = true,
                        Some(&group) => group,
                        None => return,
                    }
                }
                Kind::Text if interest.marks.has(Kind::TextWide, index) => {
                    let offset = code.offset.saturating_add(2 * at as u32);
                    for &group in interest.string_groups.get(&index).into_iter().flatten() {
                        self.emit(class, caller, group, method.index, offset, |_| true);
                    }
                    return;
                }
                _ => return,
            };
            let offset = code.offset.saturating_add(2 * at as u32);
            self.emit(class, caller, group, method.index, offset, |_| true);
        });
        if fold {
            self.fold(class, caller, method.index, code);
        }
    }

    /// Second look at a method with calls or fields that depend on constants.
    fn fold(&mut self, class: u32, caller: &mut Option<usize>, method: u32, code: &Code<'a>) {
        let dex = self.dex;
        let mut texts: Vec<u32> = Vec::new();
        references(code.units, |_, kind, index| {
            if kind == Kind::Text {
                texts.push(index);
            }
        });
        let holds = |text: &String| texts.iter().any(|&t| dex.string(t) == Some(text.as_bytes()));
        let refined = |table: &Matcher<'_>, outcome: &Outcome| {
            let fits = |r: &&Refinement| {
                (r.unless.is_empty() || !r.unless.iter().any(holds)) && (r.with.is_empty() || r.with.iter().any(holds))
            };
            let refinement = outcome.refinements.iter().map(|&r| &table.refinements[r]).find(fits);
            Some(refinement.map_or(outcome.grade, |r| r.grade))
        };
        references(code.units, |at, kind, index| {
            if kind == Kind::StaticGet
                && let Some(&group) = self.interest.field_groups.get(&index)
                && self.table.groups[group].fold
            {
                let offset = code.offset.saturating_add(2 * at as u32);
                self.emit_with(class, caller, group, method, offset, refined);
            }
        });
        let mut folder = self.folder.take().unwrap_or_else(|| Folder::new(dex));
        folder.walk(code, |folder, at, callee, arguments| {
            if self.interest.methods.get(callee as usize) != Some(&FOLDED) {
                return;
            }
            let group = self.interest.method_groups[&callee];
            let offset = code.offset.saturating_add(2 * at as u32);
            if self.table.groups[group].reflects {
                self.reflect(class, caller, method, offset, folder, arguments, &texts);
            }
            self.emit_with(class, caller, group, method, offset, |table, outcome| {
                if let Some(wanted) = &outcome.arg {
                    let found = arguments.iter().flat_map(Value::iter).any(|c| matches(folder, c, wanted));
                    return found.then_some(outcome.grade);
                }
                refined(table, outcome)
            });
        });
        self.folder = Some(folder);
    }

    /// A method looked up by name: weak evidence when the class beside it is the one that has it.
    #[allow(clippy::too_many_arguments)]
    fn reflect(
        &mut self,
        class: u32,
        caller: &mut Option<usize>,
        method: u32,
        offset: u32,
        folder: &Folder<'a>,
        arguments: &[Value],
        texts: &[u32],
    ) {
        let table = self.table;
        for name in arguments.iter().flat_map(Value::iter).filter_map(|c| folder.text(c)) {
            for (api_class, group) in table.named(&name) {
                let dotted = class_name(api_class.descriptor.as_bytes());
                let named = texts.iter().any(|&t| self.dex.string(t) == Some(dotted.as_bytes()))
                    || arguments.iter().flat_map(Value::iter).any(|c| {
                        matches!(c, Const::Class(t) if self.dex.type_descriptor(t) == Some(api_class.descriptor.as_bytes()))
                    });
                if named {
                    self.emit_with(class, caller, group, method, offset, |_, outcome| {
                        (outcome.arg.is_none() && matches!(outcome.what, What::Item(_))).then_some(EvidenceGrade::Weak)
                    });
                }
            }
        }
    }

    fn emit(
        &mut self,
        class: u32,
        caller: &mut Option<usize>,
        group: usize,
        method: u32,
        offset: u32,
        counts: impl Fn(&Outcome) -> bool,
    ) {
        self.emit_with(class, caller, group, method, offset, |_, o| counts(o).then_some(o.grade));
    }

    fn emit_with(
        &mut self,
        class: u32,
        caller: &mut Option<usize>,
        group: usize,
        method: u32,
        offset: u32,
        grade: impl Fn(&Matcher<'_>, &Outcome) -> Option<EvidenceGrade>,
    ) {
        let table = self.table;
        for outcome in &table.groups[group].outcomes {
            let Some(grade) = grade(table, outcome) else { continue };
            let place = *caller.get_or_insert_with(|| self.caller(class));
            let who = &self.out.callers[place];
            let once = match outcome.what {
                What::Item(_) => grade >= EvidenceGrade::Weak,
                What::Permission(p) => grade >= EvidenceGrade::Weak && table.permissions[p].1,
                What::Loader { app_only } => {
                    if who.support || app_only && who.sdk.is_some() {
                        continue;
                    }
                    false
                }
            };
            if once && !self.seen.insert((outcome.what, group, who.sdk, who.support)) {
                continue;
            }
            let api = &table.groups[group].api;
            let api = match &outcome.arg {
                Some(arg) if arg.bytes().all(|b| b.is_ascii_digit()) => format!("{api}({arg})"),
                Some(arg) => format!("{api}(\"{arg}\")"),
                None => api.clone(),
            };
            self.out.hits.push(Hit { what: outcome.what, grade, api, caller: place, method, offset });
        }
    }

    fn caller(&mut self, class: u32) -> usize {
        let name = self.dex.type_descriptor(class).map(class_name).unwrap_or_default();
        let package = package_of(&name);
        if package != self.package.0 {
            self.package = (
                package.to_owned(),
                self.owners.of_package(package).map(|c| c.sdk),
                self.owners.is_support(package) && !self.owners.is_own(package),
            );
        }
        let mut sdk = self.package.1;
        if self.owners.names_classes_in(package) {
            sdk = self.owners.of(&name).map(|c| c.sdk);
        }
        self.out.callers.push(Caller { class: name, sdk, support: self.package.2 });
        self.out.callers.len() - 1
    }
}

/// Whether a constant is the one wanted: a string, or a number written in decimal.
fn matches(folder: &Folder<'_>, constant: Const, wanted: &str) -> bool {
    match constant {
        Const::Int(value) => wanted.parse() == Ok(value),
        other => folder.text(other).is_some_and(|t| t == wanted),
    }
}

/// Name of a method.
pub(super) fn method_name(dex: &Dex<'_>, index: u32) -> String {
    dex.method(index).and_then(|(_, name)| dex.string(name)).map(decode).unwrap_or_default()
}
