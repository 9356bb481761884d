//! Which entry of the reader answers which label.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use privacy_audit::policy::SdkEntry;

use super::labels::SdkLabel;

/// How well an entry answers a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// One name holds the other, or one of several ids is right.
    Weak,
    /// The first id is right, or a name is the same.
    Strong,
    /// The name is the same letter by letter.
    Exact,
}

/// An assignment of entries to labels, each used once.
#[derive(Debug)]
pub struct Matching {
    /// By label: index of its entry.
    pub of_label: Vec<Option<usize>>,
    /// By entry: index of its label.
    pub of_entry: Vec<Option<usize>>,
}

/// Assigns the strongest pairs first, required labels before optional ones.
pub fn assign(entries: &[SdkEntry], labels: &[SdkLabel], least: Strength, generic: &BTreeSet<String>) -> Matching {
    let mut pairs: Vec<_> = Vec::new();
    for (l, label) in labels.iter().enumerate() {
        for (e, entry) in entries.iter().enumerate() {
            match strength(entry, label, generic) {
                Some(strength) if strength >= least => pairs.push((Reverse(strength), !label.required, l, e)),
                _ => {}
            }
        }
    }
    pairs.sort_unstable();
    let mut matching = Matching { of_label: vec![None; labels.len()], of_entry: vec![None; entries.len()] };
    for (_, _, l, e) in pairs {
        if matching.of_label[l].is_none() && matching.of_entry[e].is_none() {
            matching.of_label[l] = Some(e);
            matching.of_entry[e] = Some(l);
        }
    }
    matching
}

/// How well `entry` answers `label`, if at all.
pub fn strength(entry: &SdkEntry, label: &SdkLabel, generic: &BTreeSet<String>) -> Option<Strength> {
    if entry.name == label.name {
        return Some(Strength::Exact);
    }
    let right = |id: &str| label.ids.iter().any(|known| known == id);
    if entry.ids.first().is_some_and(|id| right(id.as_str())) {
        return Some(Strength::Strong);
    }
    let name = normal(&entry.name);
    let names: Vec<String> = std::iter::once(&label.name).chain(&label.aliases).map(|name| normal(name)).collect();
    if !name.is_empty() && names.contains(&name) {
        return Some(Strength::Strong);
    }
    let part = |part: &str| part.chars().count() >= if part.is_ascii() { 3 } else { 2 } && !generic.contains(part);
    let within = |a: &str, b: &str| part(a) && b.contains(a);
    let weak =
        entry.ids.iter().any(|id| right(id.as_str())) || names.iter().any(|n| within(n, &name) || within(&name, n));
    weak.then_some(Strength::Weak)
}

/// A name without brackets, the word SDK, punctuation and case.
pub fn normal(name: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::new();
    for c in name.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let kept: String =
        if bare.trim().is_empty() { name } else { &bare }.chars().filter(|c| c.is_alphanumeric()).collect();
    kept.to_lowercase().replace("sdk", "")
}
