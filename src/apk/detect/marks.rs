//! The channels, each matched against the signatures.

use std::collections::HashMap;

use regex::Regex;

use super::Seen;
use super::signs::Signs;
use crate::apk::code::class_trace;
use crate::apk::frameworks::is_or_below;
use crate::apk::owner::{Claim, package_of};
use crate::apk::{Channel, Trace};
use crate::catalogue::pattern;
use crate::catalogue::{Sdk, Signatures};

const MANIFEST: &str = "AndroidManifest.xml";
const APPLICATION_ID: &str = "${applicationId}";

/// One mark and the SDKs that list it.
struct Mark<'c> {
    text: &'c str,
    sdks: Vec<usize>,
}

impl Mark<'_> {
    fn add(&self, signs: &mut Signs, channel: Channel, trace: impl Fn() -> Trace) {
        for &sdk in &self.sdks {
            signs.add(sdk, channel, self.text, self.sdks.len() == 1, 1, &trace);
        }
    }
}

/// The marks of one channel: those that are one string, and those with a part that differs from app to app.
struct Marks<'c> {
    plain: HashMap<String, Mark<'c>>,
    patterns: Vec<(String, Mark<'c>)>,
}

impl<'c> Marks<'c> {
    fn new(sdks: &'c [Sdk], package: &str, of: impl Fn(&'c Signatures) -> &'c [String]) -> Self {
        let mut plain: HashMap<String, Mark<'c>> = HashMap::new();
        for (sdk, entry) in sdks.iter().enumerate() {
            for text in of(&entry.signatures) {
                let key = text.replace(APPLICATION_ID, package);
                let mark = plain.entry(key).or_insert_with(|| Mark { text, sdks: Vec::new() });
                if !mark.sdks.contains(&sdk) {
                    mark.sdks.push(sdk);
                }
            }
        }
        let mut patterns: Vec<_> = plain.extract_if(|key, _| pattern::is_pattern(key)).collect();
        patterns.sort_by(|a, b| a.0.cmp(&b.0));
        Self { plain, patterns }
    }

    fn find(&self, value: &str) -> impl Iterator<Item = &Mark<'c>> {
        let patterns = self.patterns.iter().filter(move |(p, _)| pattern::matches(p, value)).map(|(_, m)| m);
        self.plain.get(value).into_iter().chain(patterns)
    }
}

/// Class packages. Classes come sorted, so most have the package of the one before.
pub(super) fn classes(seen: &Seen<'_>, signs: &mut Signs) {
    let mut last: (&str, Option<&Claim<'_>>, bool) = ("", None, false);
    let mut run: Option<(&Claim<'_>, usize, usize)> = None;
    let mut flush = |run: Option<(&Claim<'_>, usize, usize)>| {
        if let Some((claim, first, count)) = run {
            let trace = || class_trace(&seen.classes[first], seen.dexes, claim.prefix);
            signs.add(claim.sdk, Channel::Package, claim.prefix, claim.strong, count, trace);
        }
    };
    for (i, class) in seen.classes.iter().enumerate() {
        if i > 0 && seen.classes[i - 1].name == class.name {
            continue;
        }
        let package = package_of(&class.name);
        if package != last.0 || i == 0 {
            last = (package, seen.owners.of_package(package), seen.owners.names_classes_in(package));
        }
        let claim = if last.2 { seen.owners.of(&class.name) } else { last.1 };
        match (&mut run, claim) {
            (Some((now, _, count)), Some(claim)) if std::ptr::eq(*now, claim) => *count += 1,
            _ => flush(std::mem::replace(&mut run, claim.map(|c| (c, i, 1)))),
        }
    }
    flush(run);
}

/// Components, keys, permissions, authorities and actions.
pub(super) fn manifest(seen: &Seen<'_>, signs: &mut Signs) {
    let manifest = seen.manifest;
    let sdks = seen.catalogue.sdks();
    let marks = |of: fn(&Signatures) -> &[String]| Marks::new(sdks, &manifest.package, of);

    let components = marks(|s| &s.components);
    let authorities = marks(|s| &s.authorities);
    let actions = marks(|s| &s.actions);
    for component in &manifest.components {
        let at = |value: &str| Trace {
            class: Some(component.class.clone()),
            value: value.into(),
            ..component.trace.clone()
        };
        for mark in components.find(&component.class) {
            mark.add(signs, Channel::Component, || at(&component.class));
        }
        for authority in &component.authorities {
            authorities.find(authority).for_each(|m| m.add(signs, Channel::Authority, || at(authority)));
        }
        for action in &component.actions {
            actions.find(action).for_each(|m| m.add(signs, Channel::Action, || at(action)));
        }
    }
    // A component below an SDK's own package speaks for it too, though no signature lists it.
    for component in &manifest.components {
        let class = component.target.as_ref().unwrap_or(&component.class);
        if components.plain.contains_key(class) {
            continue;
        }
        if let Some(claim) = seen.owners.of(class) {
            let trace = || Trace { class: Some(class.clone()), value: class.clone(), ..component.trace.clone() };
            if claim.strong || !claim.fallback && signs.has(claim.sdk, Channel::Package) {
                signs.add(claim.sdk, Channel::Component, class, claim.strong, 1, trace);
            }
        }
    }

    let keys = marks(|s| &s.meta_data);
    for entry in &manifest.meta_data {
        let trace = || Trace { class: entry.owner.clone(), ..Trace::entry(MANIFEST, entry.key.clone()) };
        keys.find(&entry.key).for_each(|m| m.add(signs, Channel::MetaData, trace));
    }

    let permissions = marks(|s| &s.permissions);
    let declared = manifest.declared_permissions.iter().map(|p| (&p.name, Trace::entry(MANIFEST, p.name.clone())));
    let requested = manifest.permissions.iter().map(|p| (&p.name, p.trace.clone()));
    for (name, trace) in requested.chain(declared) {
        permissions.find(name).for_each(|m| m.add(signs, Channel::Permission, || trace.clone()));
    }
}

/// Native libraries and assets.
pub(super) fn files(seen: &Seen<'_>, signs: &mut Signs) {
    let sdks = seen.catalogue.sdks();
    let names = Marks::new(sdks, &seen.manifest.package, |s| &s.native_libs);
    let patterns = LibPatterns::new(sdks);
    for lib in seen.libs {
        let trace = || Trace { split: lib.split.clone(), ..Trace::entry(lib.entry.clone(), lib.name.clone()) };
        names.find(&lib.name).for_each(|m| m.add(signs, Channel::NativeLib, trace));
        for mark in patterns.find(&lib.name).filter(|_| !names.plain.contains_key(&lib.name)) {
            mark.add(signs, Channel::NativeLib, trace);
        }
    }
    let assets = Marks::new(sdks, &seen.manifest.package, |s| &s.assets);
    let (folders, files): (Vec<_>, Vec<_>) = assets.plain.iter().partition(|(path, _)| path.ends_with('/'));
    let files: HashMap<&str, &Mark<'_>> = files.into_iter().map(|(path, mark)| (path.as_str(), mark)).collect();
    if assets.plain.is_empty() && assets.patterns.is_empty() {
        return;
    }
    for entry in seen.entries.iter().filter(|e| e.name.starts_with("assets/")) {
        let folder = folders.iter().filter(|(path, _)| is_or_below(entry.name, path)).map(|(_, mark)| *mark);
        let pattern = assets.patterns.iter().filter(|(p, _)| pattern::matches(p, entry.name)).map(|(_, mark)| mark);
        for mark in files.get(entry.name).copied().into_iter().chain(folder).chain(pattern) {
            mark.add(signs, Channel::Asset, || entry.trace(entry.name));
        }
    }
}

/// Constant strings, whole.
pub(super) fn strings(seen: &Seen<'_>, signs: &mut Signs) {
    let texts = Marks::new(seen.catalogue.sdks(), &seen.manifest.package, |s| &s.strings);
    let mut texts: Vec<_> = texts.plain.iter().filter(|(text, _)| text.is_ascii()).collect();
    texts.sort_by_key(|(text, _)| *text);
    for at in seen.dexes {
        for (text, mark) in &texts {
            if let Some(offset) = at.dex.find_string(text.as_bytes()).and_then(|i| at.dex.string_offset(i)) {
                let trace = Trace::entry(at.entry, text.as_str());
                let trace = || Trace { split: at.split.map(Into::into), offset: Some(offset), ..trace.clone() };
                mark.add(signs, Channel::String, trace);
            }
        }
    }
}

/// Patterns of library names, tried only on names that begin as they do: compiling one costs more than all look-ups.
struct LibPatterns<'c>(Vec<(&'c str, Mark<'c>)>);

impl<'c> LibPatterns<'c> {
    fn new(sdks: &'c [Sdk]) -> Self {
        let mut out: Vec<(&str, Mark<'c>)> = Vec::new();
        for (sdk, entry) in sdks.iter().enumerate() {
            for text in &entry.signatures.native_lib_patterns {
                match out.iter_mut().find(|(_, m)| m.text == text) {
                    Some((_, mark)) => mark.sdks.push(sdk),
                    None => out.push((literal_prefix(text), Mark { text, sdks: vec![sdk] })),
                }
            }
        }
        Self(out)
    }

    fn find<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Mark<'c>> {
        self.0
            .iter()
            .filter(move |(prefix, mark)| name.starts_with(prefix) && whole_name(mark.text, name))
            .map(|(_, m)| m)
    }
}

/// What every name that a pattern matches begins with.
pub(crate) fn literal_prefix(pattern: &str) -> &str {
    let end = pattern.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(pattern.len());
    // A character that may be missing or repeated is no part of it.
    let optional = pattern[end..].starts_with(['?', '*', '{']);
    if pattern.contains('|') { "" } else { &pattern[..end - usize::from(optional && end > 0)] }
}

/// Whether a pattern matches the whole name. One that is no regular expression matches nothing.
pub(crate) fn whole_name(pattern: &str, name: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|r| r.is_match(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_patterns() {
        assert_eq!(literal_prefix(r"libBaiduMapSDK_.*\.so"), "libBaiduMapSDK_");
        assert_eq!(literal_prefix(r"libshellx?-super"), "libshell");
        assert_eq!(literal_prefix("a|b"), "");
        assert!(whole_name(r"libX.*\.so", "libX_v1.so") && !whole_name(r"libX.*\.so", "alibX.so"));
        assert!(!whole_name("(", "("));
    }
}
