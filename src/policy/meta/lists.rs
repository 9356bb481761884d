//! Lists that lie elsewhere, and facts that are lists: contacts, counts.

use std::collections::BTreeMap;

use super::{Documents, fact, folded};
use crate::catalogue::{Cue, Lexicon};
use crate::policy::model::{ExternalList, Fact, ListKind, Meta, Policy, Role};
use crate::policy::normal::fold;
use crate::policy::sdk_list::sentence_around;
use crate::policy::words::Words;

/// Lists the policy points to that are not among the documents.
pub(crate) fn external_lists(documents: &Documents, words: &Words, policy: &Policy) -> Vec<ExternalList> {
    let list_words = folded(|m| &m.external_lists);
    let sharing = folded(|m| &m.sharing_list);
    let collection = folded(|m| &m.collection_list);
    let mut found: Vec<ExternalList> = Vec::new();
    let listed = policy.sdks.iter().filter(|s| s.listed).count();
    for (outline, placer) in documents {
        for node in &outline.nodes {
            if node.row.is_some() || node.span.normal.is_empty() || node.role == Role::Contents || node.heading {
                continue;
            }
            let text = node.span.folded();
            let cues = words.cues(&node.span.normal, 0..text.len());
            if !cues.iter().any(|c| c.cue == Cue::Annexed) {
                continue;
            }
            for word in &list_words {
                for (at, w) in text.match_indices(word.as_str()) {
                    let start = text[..at]
                        .rfind(['《', '。', ',', ';', '(', ':', '"', '“'])
                        .map_or(0, |s| s + text[s..].chars().next().map_or(1, char::len_utf8));
                    let name = &text[start..at + w.len()];
                    let kind = if sharing.iter().any(|s| name.contains(s.as_str())) {
                        ListKind::Sharing
                    } else if words.says_sdk(name) || words.is_third_party(name) {
                        ListKind::Sdk
                    } else if collection.iter().any(|s| name.contains(s.as_str())) {
                        ListKind::Collection
                    } else if name.contains("权限") {
                        ListKind::Permission
                    } else {
                        continue;
                    };
                    let range = start..at + w.len();
                    let around = sentence_around(text, &range);
                    // The pointer and the list's name stand in one sentence.
                    if !cues
                        .iter()
                        .any(|c| c.cue == Cue::Annexed && c.range.start < around.end && c.range.end > around.start)
                        || found.iter().any(|f| f.kind == kind)
                    {
                        continue;
                    }
                    let name = crate::policy::sdk_list::tidy(node.span.source(range.clone()));
                    found.push(ExternalList { kind, name, passage: placer.passage(&node.span, range, around) });
                }
            }
        }
    }
    // What is among the files by its title is not elsewhere.
    let titles: Vec<String> = documents
        .iter()
        .flat_map(|(o, _)| o.nodes.iter().filter(|n| !n.span.normal.is_empty()).take(3))
        .map(|n| n.span.folded().to_owned())
        .filter(|t| t.chars().count() <= 40)
        .collect();
    found.retain(|f| {
        let name = fold(&f.name);
        let name = name.trim_matches(['《', '》', '"']);
        !titles.iter().any(|t| t.contains(name))
    });
    // A list of several entries in the documents given is the list pointed to.
    found.retain(|f| !(f.kind == ListKind::Sdk && listed >= 2));
    found.sort_by_key(|a| a.kind);
    found
}

/// How to reach the operator.
pub(super) fn contacts(documents: &Documents, meta: &mut Meta) {
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for language in Lexicon::builtin().languages() {
        for (kind, words) in &language.meta.contacts {
            kinds.entry(kind).or_default().extend(words.iter().map(|w| fold(w)));
        }
    }
    for (outline, placer) in documents {
        for node in &outline.nodes {
            if node.row.is_some() || matches!(node.role, Role::Contents | Role::SdkList) {
                continue;
            }
            let text = node.span.folded();
            let talks = matches!(node.role, Role::Contact | Role::Rights)
                || ["联系", "致电", "客服", "反馈", "contact"].iter().any(|w| text.contains(w));
            if !talks {
                continue;
            }
            for (kind, value) in [("mail", mail(text)), ("phone", phone(text))] {
                if let Some(range) = value {
                    push(meta, kind, node.span.source(range.clone()).trim(), fact(placer, node, range));
                }
            }
            for kind in ["address", "online"] {
                let words = kinds.get(kind).map(Vec::as_slice).unwrap_or_default();
                let Some((at, w)) = words.iter().find_map(|w| text.find(w.as_str()).map(|at| (at, w))) else {
                    continue;
                };
                if kind == "address"
                    && !(text[at + w.len()..].starts_with(':') || text[at..].contains(['省', '市', '区', '路', '号']))
                {
                    continue;
                }
                if kind == "address" && node.role != Role::Contact {
                    continue;
                }
                let end = text[at..].find(['。', ';']).map_or(text.len(), |e| at + e);
                push(meta, kind, node.span.source(at..end).trim(), fact(placer, node, at..at + w.len()));
            }
        }
    }
}

fn push(meta: &mut Meta, kind: &str, value: &str, fact: Fact) {
    let value: String = value.chars().take(80).collect();
    if !meta.contacts.iter().any(|(k, f)| k == kind && f.value == value) && meta.contacts.len() < 24 {
        meta.contacts.push((kind.to_owned(), Fact { value, ..fact }));
    }
}

fn mail(text: &str) -> Option<std::ops::Range<usize>> {
    let at = text.find('@')?;
    let name =
        text[..at].bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')).count();
    let host = text[at + 1..].bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    (name > 0 && host > 3 && text[at + 1..at + 1 + host].contains('.')).then(|| at - name..at + 1 + host)
}

fn phone(text: &str) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || bytes[at] == b'-') {
            at += 1;
        }
        let run = text[start..at].trim_end_matches('-');
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let told = ["电话", "热线", "致电", "phone", "拨打", "客服"].iter().any(|w| {
            let from = text[..start].char_indices().rev().nth(12).map_or(0, |(i, _)| i);
            text[from..start].contains(w)
        });
        if told && (digits == 5 || (7..=13).contains(&digits)) {
            return Some(start..start + run.len());
        }
    }
    None
}

/// Counts the policy states of itself, and what was listed.
pub(super) fn counts(documents: &Documents, meta: &mut Meta) {
    let countables = folded(|m| &m.countables);
    for (outline, placer) in documents {
        for (index, node) in outline.nodes.iter().enumerate() {
            let text = node.span.folded();
            if node.row.is_some() || text.chars().count() > 60 || !text.contains("共") {
                continue;
            }
            for unit in &countables {
                let Some(at) = text.find(unit.as_str()) else { continue };
                let digits = text[..at].trim_end_matches(['项', '个', '款', '类', '种']);
                let number = digits.bytes().rev().take_while(u8::is_ascii_digit).count();
                let Ok(stated) = digits[digits.len() - number..].parse::<u32>() else { continue };
                // The items above it under the same lead.
                let style = outline.nodes[..index].iter().rev().find_map(|n| n.style);
                let items = outline.nodes[..index]
                    .iter()
                    .rev()
                    .take_while(|n| n.style.is_none() || n.style == style)
                    .filter(|n| n.style.is_some() && n.style == style)
                    .count() as u32;
                let range = at - number.min(at)..at + unit.len();
                meta.counts.push((stated, items, placer.passage(&node.span, range, 0..text.len())));
                break;
            }
        }
    }
}
