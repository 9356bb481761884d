//! A gap between package and policy, with what shows it. A finding without evidence cannot be built.

use serde::{Deserialize, Serialize};

use super::rule::Rule;
use super::text::{Fixed, Text};
use crate::apk::Trace;
use crate::catalogue::DataItemId;
use crate::policy::{Passage, Region};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nobody is accused.
    Note,
    /// A formal shortcoming.
    Low,
    /// A likely breach.
    Medium,
    /// A likely breach that touches sensitive or immutable information, or is seen in code.
    High,
}

impl Severity {
    /// All severities, gravest first.
    pub const ALL: [Self; 4] = [Self::High, Self::Medium, Self::Low, Self::Note];

    /// The identifier used in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
            Self::Note => "note",
        }
    }

    /// The word for it in reports.
    pub fn label(self) -> Fixed {
        match self {
            Self::High => Fixed { zh: "高", en: "high" },
            Self::Medium => Fixed { zh: "中", en: "medium" },
            Self::Low => Fixed { zh: "低", en: "low" },
            Self::Note => Fixed { zh: "提示", en: "note" },
        }
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One weak side.
    Low,
    /// One side is inferred.
    Medium,
    /// Both sides are explicit.
    High,
}

impl Confidence {
    /// The identifier used in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
    /// The word for it in reports.
    pub fn label(self) -> Fixed {
        match self {
            Self::High => Fixed { zh: "高", en: "high" },
            Self::Medium => Fixed { zh: "中", en: "medium" },
            Self::Low => Fixed { zh: "低", en: "low" },
        }
    }
}

/// What shows a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// A place in the package.
    Trace(Trace),
    /// A place in the policy.
    Passage(Passage),
    /// A search that found nothing.
    Search(Search),
}

/// The record of a search of the policy that found nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// The words looked for.
    pub terms: Vec<String>,
    /// The documents read, with their line ranges and roles.
    pub read: Vec<Searched>,
    /// Where such a word stands all the same, and why it did not count.
    pub near: Vec<NearMiss>,
}

/// One document that was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// File name.
    pub file: String,
    /// Lines (pages for PDF).
    pub lines: u32,
    /// Its sections.
    pub regions: Vec<Region>,
}

/// A word that stands in the policy and did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The word as found.
    pub word: String,
    /// Why it did not count, as the policy reader names it.
    pub why: &'static str,
    /// Where.
    pub passage: Passage,
}

/// What each side says of the personal information that an SDK handles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corners {
    /// Whether the package holds it; `None` when that cannot be said.
    pub present: Option<bool>,
    /// Kinds the policy's entries list; `None` when the policy does not name it.
    pub policy: Option<Vec<DataItemId>>,
    /// Kinds its publisher's own rules name, by the catalogue.
    pub publisher: Vec<DataItemId>,
    /// Kinds on record with the national SDK platform, and where; `None` when no record was given or it is not in it.
    pub record: Option<(Vec<DataItemId>, Passage)>,
    /// Kinds its code can read by direct calls.
    pub code: Vec<DataItemId>,
}

/// A gap, or something worth knowing.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What it is about: an identifier of the catalogue, or a name as the policy writes it.
    pub subject: String,
    /// The subject for people, in both languages.
    pub title: Text,
    /// The permissions, SDKs or items it covers.
    pub subjects: Vec<String>,
    /// What was seen, in one or two sentences.
    pub message: Text,
    /// What to do about it.
    pub remedy: Text,
    /// Set when a team has waived it: the reason it gave.
    pub waived: Option<String>,
    /// The last day of a waiver that no longer holds.
    pub waiver_ended: Option<String>,
    /// For an SDK: what each side says of the information it handles.
    pub corners: Option<Box<Corners>>,
    evidence: Vec<Evidence>,
}

impl Finding {
    /// A finding of `rule` about `subject`, shown by `first`.
    pub fn new(rule: &'static Rule, subject: impl Into<String>, title: Text, first: Evidence) -> Self {
        Self {
            rule,
            severity: rule.severity,
            confidence: Confidence::High,
            subject: subject.into(),
            title,
            subjects: Vec::new(),
            message: Text::default(),
            remedy: Text::default(),
            waived: None,
            waiver_ended: None,
            corners: None,
            evidence: vec![first],
        }
    }

    /// Adds evidence, once.
    pub fn with(mut self, more: impl IntoIterator<Item = Evidence>) -> Self {
        for evidence in more {
            if !self.evidence.contains(&evidence) {
                self.evidence.push(evidence);
            }
        }
        self
    }

    /// What shows it; never empty.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }
}
