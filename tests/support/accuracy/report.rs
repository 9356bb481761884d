//! The figures and how they are printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Capabilities disclosed on Android.
    Capabilities,
    /// Capabilities named only for another platform.
    OtherPlatform,
    /// Capabilities with a denial of any kind.
    Denials,
    /// The same with the kind of the denial.
    DenialKinds,
    /// SDKs by id, alias or containment of names.
    SdksLenient,
    /// SDKs by id or equal name; a second entry for one SDK is an error.
    SdksStrict,
    /// Catalogue id of the SDKs found.
    SdkIds,
    /// Company of the SDKs found.
    SdkCompanies,
    /// Data per SDK.
    SdkData,
    /// Data of the app itself.
    FirstPartyData,
    /// App name, operator, dates.
    Meta,
    /// Kinds of lists that lie elsewhere.
    ExternalLists,
}

/// Answers that are right, invented and missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Labelled and read.
    pub right: usize,
    /// Read and not labelled.
    pub alarms: usize,
    /// Labelled and not read.
    pub misses: usize,
}

/// All figures, with what was missed or invented where.
#[derive(Debug, Default)]
pub struct Report {
    counts: BTreeMap<Kind, Counts>,
    cards: Vec<Card>,
}

/// The outcome for one policy.
#[derive(Debug)]
pub struct Card {
    id: String,
    counts: BTreeMap<Kind, Counts>,
    misses: Vec<(Kind, String)>,
    alarms: Vec<(Kind, String)>,
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Capabilities => "capabilities",
            Self::OtherPlatform => "other platform only",
            Self::Denials => "denials",
            Self::DenialKinds => "denials with kind",
            Self::SdksLenient => "SDKs, lenient",
            Self::SdksStrict => "SDKs, strict",
            Self::SdkIds => "SDK ids",
            Self::SdkCompanies => "SDK companies",
            Self::SdkData => "data per SDK",
            Self::FirstPartyData => "data, first party",
            Self::Meta => "facts",
            Self::ExternalLists => "lists elsewhere",
        }
    }
}

impl Counts {
    /// Share of the answers that are right; 1 when there is none.
    pub fn precision(self) -> f64 {
        share(self.right, self.alarms)
    }

    /// Share of the labels that were read; 1 when there is none.
    pub fn recall(self) -> f64 {
        share(self.right, self.misses)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.alarms + self.misses)
    }
}

#[allow(clippy::cast_precision_loss)] // counts of labels stay far below 2^52
fn share(right: usize, other: usize) -> f64 {
    if right + other == 0 { 1.0 } else { right as f64 / (right + other) as f64 }
}

impl Report {
    /// The figures of one kind.
    pub fn counts(&self, kind: Kind) -> Counts {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    pub(super) fn card(&self, id: &str) -> Card {
        Card { id: id.to_owned(), counts: BTreeMap::new(), misses: Vec::new(), alarms: Vec::new() }
    }

    pub(super) fn file(&mut self, card: Card) {
        for (kind, counts) in &card.counts {
            let total = self.counts.entry(*kind).or_default();
            total.right += counts.right;
            total.alarms += counts.alarms;
            total.misses += counts.misses;
        }
        self.cards.push(card);
    }
}

impl Card {
    pub(super) fn right(&mut self, kind: Kind) {
        self.counts.entry(kind).or_default().right += 1;
    }

    pub(super) fn miss(&mut self, kind: Kind, what: String) {
        self.counts.entry(kind).or_default().misses += 1;
        self.misses.push((kind, what));
    }

    pub(super) fn alarm(&mut self, kind: Kind, what: String) {
        self.counts.entry(kind).or_default().alarms += 1;
        self.alarms.push((kind, what));
    }

    pub(super) fn wrong(&mut self, kind: Kind, missed: Option<String>, read: String) {
        if let Some(missed) = missed {
            self.miss(kind, missed);
        }
        self.alarm(kind, read);
    }

    pub(super) fn sets(&mut self, kind: Kind, labelled: &BTreeSet<String>, read: &BTreeSet<String>) {
        self.counts.entry(kind).or_default().right += labelled.intersection(read).count();
        labelled.difference(read).for_each(|what| self.miss(kind, what.clone()));
        read.difference(labelled).for_each(|what| self.alarm(kind, what.clone()));
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<20} {:>9} {:>7} {:>6} {:>6} {:>6} {:>6}",
            "", "precision", "recall", "F1", "right", "false", "missed"
        )?;
        for &kind in self.counts.keys() {
            let c = self.counts(kind);
            let (title, p, r, f1) = (kind.title(), c.precision(), c.recall(), c.f1());
            writeln!(f, "{title:<20} {p:>9.3} {r:>7.3} {f1:>6.3} {:>6} {:>6} {:>6}", c.right, c.alarms, c.misses)?;
        }
        for card in &self.cards {
            writeln!(f, "\n{}", card.id)?;
            lines(f, "missed", &card.misses)?;
            lines(f, "false", &card.alarms)?;
        }
        Ok(())
    }
}

fn lines(f: &mut fmt::Formatter<'_>, title: &str, list: &[(Kind, String)]) -> fmt::Result {
    let kinds: BTreeSet<Kind> = list.iter().map(|(kind, _)| *kind).collect();
    for kind in kinds {
        let of_kind: Vec<&str> = list.iter().filter(|(k, _)| *k == kind).map(|(_, what)| what.as_str()).collect();
        writeln!(f, "  {title:<6} {:<20} {}", kind.title(), of_kind.join(", "))?;
    }
    Ok(())
}
