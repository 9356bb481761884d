//! What no column or label tells of an entry and the words around do: what it is for (网易云信为本应用赋予即时通讯的能力) and
//! where its rules are (友盟隐私政策链接：https://…).

use std::ops::Range;

use super::{Scope, SdkScan};
use crate::policy::list::{List, Phrase};
use crate::policy::outline::Span;
use crate::policy::reading::Reading;
use crate::policy::sentence::Sentence;

/// Characters of a purpose that are kept.
const KEPT: usize = 80;

/// Characters of a purpose in a bracket behind a name.
const BRACKET: usize = 20;

/// Gives the entries without a purpose the first clause that tells one, or what the bracket behind their name says; and those
/// without a link the address that stands behind words for rules.
pub(crate) fn rest(scan: &mut SdkScan, readings: &[Reading<'_>]) {
    for reading in readings {
        let phrases = Phrase::all(&reading.words.language().meta.sdk_purposes, reading.words);
        let links = reading.words.meta(|m| &m.link_talk);
        for (index, node) in reading.outline.nodes.iter().enumerate() {
            let Some(scope) = scan.scopes.get(&(reading.placer.reading, index)) else { continue };
            if node.span.normal.is_empty() || !speaks(scope) {
                continue;
            }
            if let [entry] = only(scope).as_slice()
                && let Some(draft) = scan.drafts.get_mut(*entry).filter(|d| d.link.is_none())
            {
                draft.link = link(&node.span, &(0..node.span.folded().len()), &links);
            }
            for sentence in node.span.sentences(reading.words) {
                for entry in told_of(scope, sentence) {
                    let Some(draft) = scan.drafts.get_mut(entry).filter(|d| d.purpose.is_none()) else { continue };
                    draft.purpose = purpose(&node.span, sentence, reading, &phrases);
                }
            }
        }
        for draft in scan.drafts.iter_mut().filter(|d| d.reading == reading.placer.reading && d.purpose.is_none()) {
            draft.purpose = draft.evidence.iter().find_map(|place| bracketed(&place.quote, reading));
        }
    }
    super::shared::shared(scan, readings);
}

fn speaks(scope: &Scope) -> bool {
    scope.table.is_none() && !(scope.entries.is_empty() && scope.parts.is_empty())
}

/// The entries a block speaks of, by name or as a whole.
fn only(scope: &Scope) -> Vec<usize> {
    let mut entries = scope.entries.clone();
    entries.extend(scope.parts.iter().flat_map(|p| p.entries.iter().copied()));
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// Characters before an address in which the words for what it leads to stand.
const TALK: usize = 24;

/// The first address that begins in a part of a block behind words for rules or a site.
pub(super) fn link(span: &Span, within: &Range<usize>, talk: &List) -> Option<String> {
    let text = span.folded();
    let at = text.match_indices("http").map(|(at, _)| at).filter(|at| within.contains(at)).find(|&at| {
        let from = text[..at].char_indices().rev().nth(TALK).map_or(0, |(from, _)| from);
        talk.is_in(&text[from..at])
    })?;
    let address =
        span.source(at..text.len()).split(|c: char| c.is_whitespace() || "）)》】，。；".contains(c)).next()?;
    Some(address.to_owned())
}

/// The entries a sentence speaks of: those it names, else those of the block.
fn told_of(scope: &Scope, sentence: &Sentence) -> Vec<usize> {
    let named = scope.parts.iter().filter(|p| p.range.start < sentence.range.end && p.range.end > sentence.range.start);
    let mut entries: Vec<usize> = named.flat_map(|p| p.entries.iter().copied()).collect();
    if entries.is_empty() {
        entries.clone_from(&scope.entries);
    }
    entries
}

/// The clause of a sentence that tells what for.
fn purpose(span: &Span, sentence: &Sentence, reading: &Reading<'_>, phrases: &[Phrase]) -> Option<String> {
    let text = span.folded();
    let tells = |clause: &str| {
        let phrase = phrases.iter().any(|phrase| phrase.place(clause).is_some());
        phrase || reading.words.purpose_starts(clause) || reading.words.purpose_inside(clause).is_some()
    };
    let clause = sentence.clauses.iter().find(|clause| tells(&text[(*clause).clone()]))?;
    let told: String = span.source(clause.clone()).trim().chars().take(KEPT).collect();
    (!told.is_empty()).then_some(told)
}

/// Whether a bracket lists data, and does not merely name some in a function (人脸识别).
fn is_data(inside: &str, reading: &Reading<'_>) -> bool {
    let normal = reading.words.normal(inside);
    let named = reading.words.data.find(&normal, 0..normal.text().len()).next().is_some();
    named && (reading.words.ends_as_data(inside) || inside.contains(|c: char| c.is_ascii_alphabetic() || c == '、'))
}

/// `10. 友盟SDK（统计分析）`: a few words in the bracket at the end of the line that names it, which name no component, company,
/// platform, version or data.
fn bracketed(line: &str, reading: &Reading<'_>) -> Option<String> {
    let words = reading.words;
    let text = words.fold(line);
    let inside = text.strip_suffix(')')?;
    let inside = inside.rsplit_once('(')?.1;
    let normal = words.normal(inside);
    let other = words.says_sdk(inside)
        || words.names.is_known(inside)
        || !words.platforms(&normal, 0..normal.text().len()).is_empty()
        || is_data(inside, reading)
        || words.meta(|m| &m.company).is_in(inside)
        || words.meta(|m| &m.named_here).is_in(inside)
        || inside.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | ':'));
    let length = words.length(inside);
    (!other && (2..=BRACKET).contains(&length)).then(|| inside.to_owned())
}
