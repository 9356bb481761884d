//! Lists that lie elsewhere, and facts that are lists: contacts, counts.

use std::collections::BTreeMap;

use super::{Documents, Reading, fact};
use crate::catalogue::Cue;
use crate::policy::list::List;
use crate::policy::model::{Document, ExternalList, Fact, ListKind, Meta, Passage, Platform, Policy, Role};
use crate::policy::outline::{Node, Outline, platform_from};
use crate::policy::sdk_list::sentence_around;

/// Lists the policy points to that are not among the documents.
pub(crate) fn external_lists(documents: &Documents<'_>, policy: &Policy) -> Vec<ExternalList> {
    let mut found: Vec<ExternalList> = Vec::new();
    let listed = policy.sdks.iter().filter(|s| s.listed).count();
    for Reading { outline, placer, words } in documents {
        let list_words = words.meta(|m| &m.external_lists);
        let titles_of_lists = words.meta(|m| &m.list_titles);
        let sharing = words.meta(|m| &m.sharing_words);
        let collection = words.meta(|m| &m.collection_words);
        let devices = words.meta(|m| &m.other_devices);
        for node in &outline.nodes {
            if node.row.is_some() || node.span.normal.is_empty() || node.role == Role::Contents || node.heading {
                continue;
            }
            let text = node.span.folded();
            if !list_words.is_in(text) {
                continue;
            }
            let cues = words.cues(&node.span.normal, 0..text.len());
            let annexed = |within: &std::ops::Range<usize>| {
                cues.iter().any(|c| c.cue == Cue::Annexed && c.range.start < within.end && c.range.end > within.start)
            };
            for place in list_words.places(text) {
                let start = text[..place.start]
                    .rfind(['《', '。', ',', ';', '(', ':', '"', '“'])
                    .map_or(0, |s| s + text[s..].chars().next().map_or(1, char::len_utf8));
                let name = &text[start..place.end];
                let kind = if words.says_sdk(name) {
                    ListKind::Sdk
                } else if sharing.is_in(name) {
                    ListKind::Sharing
                } else if collection.is_in(name) {
                    ListKind::Collection
                } else if words.permission_at(name).is_some() {
                    ListKind::Permission
                } else if words.is_third_party(name) {
                    ListKind::Sdk
                } else {
                    continue;
                };
                let range = start..place.end;
                let around = sentence_around(text, &range);
                // The pointer and the list's name stand in one sentence, or it is the title of a document of its own.
                let titled = text[..start].ends_with('《')
                    && text[place.end..].starts_with('》')
                    && titles_of_lists.ends(&text[..place.end]);
                let named = words.platforms(&node.span.normal, range.clone());
                let platform = match platform_from(named.into_iter().map(|(p, _)| p)) {
                    Platform::Any if listed >= LISTED && devices.is_in(name) => Platform::Other,
                    platform => platform,
                };
                if !(titled || annexed(&around)) || found.iter().any(|f| f.kind == kind && f.platform == platform) {
                    continue;
                }
                let said = node.span.source(range.clone());
                // 会依照接入 第三方SDK目录: a blank among ideographs parts the name from what precedes it.
                let name = crate::policy::sdk_list::tidy(&said[wide_gap(said).unwrap_or(0)..]);
                found.push(ExternalList { kind, name, platform, passage: placer.passage(&node.span, range, around) });
            }
        }
    }
    // What is among the files by its title is not elsewhere.
    let titles: Vec<String> = documents
        .iter()
        .flat_map(|r| {
            let told = r.outline.nodes.iter().filter(|n| !n.span.normal.is_empty()).take(3);
            told.map(|n| n.span.folded()).filter(|t| r.words.length(t) <= 40).map(str::to_owned)
        })
        .collect();
    found.retain(|f| {
        let named = documents.iter().map(|r| r.words.fold(&f.name));
        !named.into_iter().any(|n| titles.iter().any(|t| t.contains(n.trim_matches(['《', '》', '"']))))
    });
    // A list of several entries in the documents given is the list pointed to, unless that is of another platform.
    found.retain(|f| !(f.kind == ListKind::Sdk && listed >= LISTED && f.platform.covers_android()));
    found.sort_by_key(|a| a.kind);
    found
}

/// Entries from which a list stands in the documents.
const LISTED: usize = 2;

/// Behind the last blank between two characters that are not of the Latin script.
fn wide_gap(text: &str) -> Option<usize> {
    let mut gaps = text.match_indices(' ').map(|(at, _)| at).filter(|at| {
        let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
        wide(text[..*at].chars().next_back()) && wide(text[at + 1..].chars().next())
    });
    gaps.next_back().map(|at| at + 1)
}

/// How to reach the operator.
pub(super) fn contacts(documents: &Documents<'_>, meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let kinds: BTreeMap<&str, List> =
            words.language().meta.contacts.iter().map(|(kind, said)| (kind.as_str(), words.list(said))).collect();
        let talk = words.meta(|m| &m.contact_talk);
        let phone_talk = words.meta(|m| &m.phone_talk);
        let parts = words.meta(|m| &m.address_parts);
        for node in &outline.nodes {
            if node.row.is_some() || matches!(node.role, Role::Contents | Role::SdkList) {
                continue;
            }
            let text = node.span.folded();
            let talks = matches!(node.role, Role::Contact | Role::Rights) || talk.is_in(text);
            if !talks {
                continue;
            }
            for (kind, value) in [("mail", mail(text)), ("phone", phone(text, &phone_talk))] {
                if let Some(range) = value {
                    push(meta, kind, node.span.source(range.clone()).trim(), fact(placer, node, range));
                }
            }
            for kind in ["address", "online"] {
                let Some(told) = kinds.get(kind).and_then(|words| words.firsts(text).next()) else { continue };
                let at = told.start;
                if kind == "address" && !(text[told.end..].starts_with(':') || parts.is_in(&text[at..])) {
                    continue;
                }
                if kind == "address" && node.role != Role::Contact {
                    continue;
                }
                let end = text[at..].find(['。', ';']).map_or(text.len(), |e| at + e);
                push(meta, kind, node.span.source(at..end).trim(), fact(placer, node, told));
            }
        }
    }
}

/// Where no contact was found: the addresses in lines with the operator's name, whatever stands above them.
pub(super) fn beside_operator(documents: &Documents<'_>, meta: &mut Meta) {
    let Some(operator) = meta.operator.as_ref().map(|o| o.value.clone()).filter(|_| meta.contacts.is_empty()) else {
        return;
    };
    for Reading { outline, placer, .. } in documents {
        let elsewhere = |node: &&Node| node.row.is_some() || matches!(node.role, Role::Contents | Role::SdkList);
        for node in outline.nodes.iter().filter(|n| !elsewhere(n) && n.span.text.text.contains(&operator)) {
            if let Some(range) = mail(node.span.folded()) {
                push(meta, "mail", node.span.source(range.clone()).trim(), fact(placer, node, range));
            }
        }
    }
}

/// Pictures where a contact is expected, and the contacts among the words that stand for them.
pub(super) fn pictured(documents: &Documents<'_>, files: &[Document], meta: &mut Meta) {
    for Reading { outline, placer, words } in documents {
        let Some(document) = files.get(placer.document) else { continue };
        let talk = words.meta(|m| &m.contact_talk);
        let phone_talk = words.meta(|m| &m.phone_talk);
        let ways: Vec<List> = words.language().meta.contacts.values().map(|said| words.list(said)).collect();
        let starts = starts(outline);
        for picture in &document.pictures {
            let after = starts.partition_point(|(at, _)| *at <= (picture.line, picture.column));
            // The words right before it: of its own line or block, and of the one before.
            let mut before = starts[..after].iter().rev().take(2).filter_map(|(_, index)| outline.nodes.get(*index));
            let expected = |node: &&Node| {
                let text = node.span.folded();
                let way = words.length(text) <= LABEL && ways.iter().any(|w| w.is_in(text));
                node.role == Role::Contact || way || talk.is_in(text) || phone_talk.is_in(text)
            };
            if !before.any(|node| expected(&node)) || meta.contact_pictures.len() >= PICTURES {
                continue;
            }
            let alt = words.fold(&picture.alt);
            let (file, quote) = (placer.file.clone(), picture.alt.chars().take(80).collect());
            let passage =
                Passage { document: placer.document, file, line: picture.line, column: picture.column, quote };
            for (kind, found) in [("mail", mail(&alt)), ("phone", phone(&alt, &phone_talk))] {
                if let Some(range) = found {
                    push(meta, kind, &alt[range], Fact { value: String::new(), passage: passage.clone() });
                }
            }
            meta.contact_pictures.push(Fact { value: picture.alt.clone(), passage });
        }
    }
}

/// Characters of a line up to which a way of contact in it is a label and no sentence that mentions it.
const LABEL: usize = 24;
/// Pictures that are kept as places of a contact.
const PICTURES: usize = 8;

/// Where the blocks that have words begin, with their index, ascending as the blocks are.
fn starts(outline: &Outline) -> Vec<((u32, u32), usize)> {
    let start = |node: &Node| {
        let cells = node.row.iter().flat_map(|row| row.cells.iter().map(|(cell, _)| cell));
        std::iter::once(&node.span).chain(cells).find_map(|span| span.text.marks.first()).map(|m| (m.line, m.column))
    };
    outline.nodes.iter().enumerate().filter_map(|(index, node)| Some((start(node)?, index))).collect()
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

fn phone(text: &str, talk: &List) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b'-' | b' ')) {
            at += 1;
        }
        let run = text[start..at].trim_end_matches(['-', ' ']);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        let from = text[..start].char_indices().rev().nth(12).map_or(0, |(i, _)| i);
        let told = talk.is_in(&text[from..start]) || text[..start].ends_with('+');
        if told && (digits == 5 || (7..=13).contains(&digits)) {
            return Some(start..start + run.len());
        }
    }
    None
}
