//! What an entry is for, said in a sentence of its own: no word for data need stand there (网易云信为本应用赋予即时通讯的能力).

use super::{Scope, SdkScan};
use crate::policy::list::Phrase;
use crate::policy::outline::Span;
use crate::policy::reading::Reading;
use crate::policy::sentence::Sentence;

/// Characters of a purpose that are kept.
const KEPT: usize = 80;

/// Gives the entries without a purpose the first clause that tells one.
pub(crate) fn purposes(scan: &mut SdkScan, readings: &[Reading<'_>]) {
    for reading in readings {
        let phrases = Phrase::all(&reading.words.language().meta.sdk_purposes, reading.words);
        for (index, node) in reading.outline.nodes.iter().enumerate() {
            let Some(scope) = scan.scopes.get(&(reading.placer.reading, index)) else { continue };
            if node.span.normal.is_empty() || !speaks(scope) {
                continue;
            }
            for sentence in node.span.sentences(reading.words) {
                for entry in told_of(scope, sentence) {
                    let Some(draft) = scan.drafts.get_mut(entry).filter(|d| d.purpose.is_none()) else { continue };
                    draft.purpose = purpose(&node.span, sentence, reading, &phrases);
                }
            }
        }
    }
}

fn speaks(scope: &Scope) -> bool {
    scope.table.is_none() && !(scope.entries.is_empty() && scope.parts.is_empty())
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
