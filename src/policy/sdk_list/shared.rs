//! What is said once for several entries: a sentence that takes them up (以上SDK均由友盟提供) or announces them (以下SDK由…提供),
//! and labelled lines or a named heading above them (友盟系列SDK, 隐私政策链接：…).

use std::ops::Range;

use super::{SdkScan, company, fields, head, tidy};
use crate::catalogue::Label;
use crate::policy::model::Role;
use crate::policy::outline::{Node, Outline};
use crate::policy::reading::Reading;
use crate::policy::sentence::Sentence;

/// Sentences and lines of a document that are read for several entries; a policy has a handful.
const GROUPS: usize = 200;

/// Characters of the word before a note.
const NOTE: usize = 4;

/// What holds for several entries.
#[derive(Debug, Default)]
struct Told {
    company: Option<String>,
    link: Option<String>,
}

impl Told {
    fn is_empty(&self) -> bool {
        self.company.is_none() && self.link.is_none()
    }
}

/// Gives entries without a company or link what is told for all of their group.
pub(super) fn shared(scan: &mut SdkScan, readings: &[Reading<'_>]) {
    for reading in readings {
        let group = Group { reading, scan };
        let nodes = &reading.outline.nodes;
        let found: Vec<(Vec<usize>, Told)> =
            (0..nodes.len()).filter_map(|i| group.told(i)).filter(|(e, _)| !e.is_empty()).take(GROUPS).collect();
        for (entries, told) in found {
            for entry in entries {
                let Some(draft) = scan.drafts.get_mut(entry) else { continue };
                draft.company = draft.company.take().or_else(|| told.company.clone());
                draft.link = draft.link.take().or_else(|| told.link.clone());
            }
        }
    }
}

/// A clause without bullets and a word before a colon (注：以上SDK…).
fn without_note(clause: &str) -> &str {
    let bare = clause.trim_start_matches(|c: char| !c.is_alphanumeric());
    match bare.split_once(':') {
        Some((note, rest)) if note.chars().count() <= NOTE => rest.trim_start(),
        _ => bare,
    }
}

struct Group<'a> {
    reading: &'a Reading<'a>,
    scan: &'a SdkScan,
}

impl Group<'_> {
    fn outline(&self) -> &Outline {
        &self.reading.outline
    }

    /// What the node tells of several entries, and which.
    fn told(&self, index: usize) -> Option<(Vec<usize>, Told)> {
        let node = &self.outline().nodes[index];
        if node.row.is_some() || node.span.normal.is_empty() || matches!(node.role, Role::Contents | Role::Contact) {
            return None;
        }
        let words = self.reading.words;
        for sentence in node.span.sentences(words) {
            let heads: Vec<&str> =
                sentence.clauses.iter().map(|c| without_note(&node.span.folded()[c.clone()])).collect();
            let taken = heads.iter().find_map(|text| words.takes_up(text)).map(|(count, _)| count);
            let entries = match taken {
                Some(count) => self.above(index, count),
                None if heads.iter().any(|text| words.announces_group(text)) => self.below(index),
                None => continue,
            };
            let told = self.in_sentence(node, sentence);
            if !told.is_empty() {
                return Some((entries, told));
            }
        }
        self.heads(index)
    }

    fn in_sentence(&self, node: &Node, sentence: &Sentence) -> Told {
        let words = self.reading.words;
        let (span, range) = (&node.span, &sentence.range);
        let labelled = self.labelled(node, range);
        let known = |name: &String| words.is_company(name) || words.names.holds_known(name);
        let named = || {
            let companies = company::all(span, range, words);
            let [one] = companies.as_slice() else { return None };
            let (before, after) = (&span.folded()[range.start..one.start], &span.folded()[one.end..range.end]);
            words.is_provider_here(before, after).then(|| tidy(span.source(one.clone())))
        };
        let provider = || head::provider(span, range.clone(), words).filter(known);
        let company = labelled.company.or_else(named).or_else(provider);
        let link = labelled.link.or_else(|| super::rest::link(span, range, &words.meta(|m| &m.link_talk)));
        Told { company, link }
    }

    /// The company and link that labels in a part of a node tell.
    fn labelled(&self, node: &Node, within: &Range<usize>) -> Told {
        let words = self.reading.words;
        let mut told = Told::default();
        for field in fields(&node.span, words).into_iter().filter(|f| within.contains(&f.head.start)) {
            let value = tidy(node.span.source(field.value.clone()));
            match field.label {
                Label::Company if words.is_company(&value) => told.company = told.company.or(Some(value)),
                Label::Link if value.contains("http") => told.link = told.link.or(Some(value)),
                _ => {}
            }
        }
        told
    }

    /// A heading or item that is an entry and has others below it, or labelled lines between a heading of SDKs and its entries.
    fn heads(&self, index: usize) -> Option<(Vec<usize>, Told)> {
        let node = &self.outline().nodes[index];
        let own = self.entries(index);
        if let [entry] = own
            && let Some(draft) = self.scan.drafts.get(*entry)
            && !(draft.company.is_none() && draft.link.is_none())
            && self.begins(index, *entry)
        {
            let entries = self.collect(index + 1, |i| self.outline().leads(i).any(|l| l == index));
            let told = Told { company: draft.company.clone(), link: draft.link.clone() };
            return Some((entries.into_iter().filter(|e| e != entry).collect(), told));
        }
        let section = node.section?;
        let heading = &self.outline().nodes[section];
        let about = heading.role == Role::SdkList || self.reading.words.says_sdk(heading.span.folded());
        let first = (section + 1..index).all(|i| self.entries(i).is_empty());
        if !own.is_empty() || node.heading || !about || !first {
            return None;
        }
        let labelled = fields(&node.span, self.reading.words);
        let only = labelled.iter().all(|f| matches!(f.label, Label::Company | Label::Link));
        let at_head = labelled.first().is_some_and(|f| f.head.start <= node.body);
        let told = self.labelled(node, &(0..node.span.folded().len()));
        (only && at_head && !told.is_empty()).then(|| (self.below(index), told))
    }

    /// Whether the node is the first that speaks of the entry.
    fn begins(&self, index: usize, entry: usize) -> bool {
        index == 0 || !self.entries(index - 1).contains(&entry)
    }

    fn entries(&self, index: usize) -> &[usize] {
        self.scan.scopes.get(&(self.reading.placer.reading, index)).map_or(&[], |scope| &scope.entries)
    }

    /// The entries of the nodes from `from` on, as long as they stand where `within` says; another announcement ends them.
    fn collect(&self, from: usize, within: impl Fn(usize) -> bool) -> Vec<usize> {
        let nodes = &self.outline().nodes;
        let mut found = Vec::new();
        for i in (from..nodes.len()).take_while(|&i| nodes[i].span.normal.is_empty() || within(i)) {
            self.add(i, &mut found);
        }
        found
    }

    fn add(&self, index: usize, found: &mut Vec<usize>) {
        for &entry in self.entries(index) {
            if self.scan.drafts.get(entry).is_some_and(|d| d.listed) && !found.contains(&entry) {
                found.push(entry);
            }
        }
    }

    /// Whether a node stands in a section, or in one below it.
    fn stands_in(&self, index: usize, section: Option<usize>) -> bool {
        let nodes = &self.outline().nodes;
        let Some(section) = section else { return true };
        std::iter::successors(nodes[index].section, |&s| nodes[s].section.filter(|&up| up < s)).any(|s| s == section)
    }

    /// The entries that a sentence announces: up to the end of its section, or to the next that announces some.
    fn below(&self, index: usize) -> Vec<usize> {
        let nodes = &self.outline().nodes;
        let section = if nodes[index].heading { Some(index) } else { nodes[index].section };
        let next = |i: usize| {
            let text = nodes[i].span.folded();
            nodes[i].row.is_none() && self.reading.words.announces_group(text)
        };
        self.collect(index + 1, |i| self.stands_in(i, section) && !next(i))
    }

    /// The entries that a sentence takes up: those of the table right above it, or the last `count`, or all of the innermost
    /// section that has several.
    fn above(&self, index: usize, count: Option<usize>) -> Vec<usize> {
        let nodes = &self.outline().nodes;
        let previous = (0..index).rev().find(|&i| nodes[i].row.is_some() || !nodes[i].span.normal.is_empty());
        let table = previous.and_then(|i| nodes[i].row.as_ref()).map(|r| r.table);
        let mut found = Vec::new();
        if let Some(table) = table {
            let rows = (0..index).filter(|&i| nodes[i].row.as_ref().is_some_and(|r| r.table == table));
            rows.for_each(|i| self.add(i, &mut found));
        } else {
            let mut section = nodes[index].section;
            loop {
                found.clear();
                let from = section.map_or(0, |s| s + 1);
                (from..index).filter(|&i| self.stands_in(i, section)).for_each(|i| self.add(i, &mut found));
                match section {
                    Some(s) if found.len() < 2 => section = nodes[s].section.filter(|&up| up < s),
                    _ => break,
                }
            }
        }
        match count {
            Some(count) if count <= found.len() => found.split_off(found.len() - count),
            Some(_) => Vec::new(),
            None => found,
        }
    }
}
