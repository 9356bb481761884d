//! A finding with everything that shows it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Passage;

/// What a bulletin calls a problem.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bulletin {
    /// `CAC`, `CVERC`, `MIIT`, `MPS`.
    pub issuer: String,
    /// Its words.
    pub wording: String,
}

/// What each side says of the personal information an SDK handles, as catalogue ids.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Corners {
    /// Whether the package holds it; `null` when that cannot be said.
    pub in_package: Option<bool>,
    /// What its code can read by direct calls.
    pub code: Vec<String>,
    /// What the policy's entries list; `null` when it is not named.
    pub policy: Option<Vec<String>>,
    /// What its publisher's rules name, by the catalogue.
    pub publisher: Vec<String>,
    /// What the national SDK platform has on record; `null` without a record.
    pub record: Option<Vec<String>>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// Rule id.
    pub rule: String,
    /// `high`, `medium`, `low`, `note`.
    pub severity: String,
    /// `high`, `medium`, `low`.
    pub confidence: String,
    /// Catalogue id, or a name as the policy writes it.
    pub subject: String,
    /// What it covers.
    pub subjects: Vec<String>,
    /// What was seen.
    pub message: String,
    /// What shows it; never empty.
    pub evidence: Vec<Evidence>,
    /// Catalogue ids of the clauses, in force or recommended.
    pub clauses: Vec<String>,
    /// Those of them whose numbers are still to be checked against the official text.
    pub unverified: Vec<String>,
    /// Catalogue ids of drafts: outlook only.
    pub outlook: Vec<String>,
    /// What the authorities' bulletins call such a problem.
    pub bulletins: Vec<Bulletin>,
    /// What to do.
    pub remedy: String,
    /// How a person re-checks it.
    pub recheck: String,
    /// For an SDK: what each side says of the information it handles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corners: Option<Corners>,
    /// The team's reason for waiving it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
    /// The last day of a waiver that no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver_ended: Option<String>,
}

/// What shows a finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Evidence {
    /// A place in the package.
    Trace {
        /// The split it stands in.
        #[serde(skip_serializing_if = "Option::is_none")]
        split: Option<String>,
        /// Entry.
        entry: String,
        /// Class.
        #[serde(skip_serializing_if = "Option::is_none")]
        class: Option<String>,
        /// Method.
        #[serde(skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// Byte offset.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u32>,
        /// What stands there.
        value: String,
    },
    /// A place in the policy.
    Passage(Passage),
    /// A search that found nothing.
    Search {
        /// The words looked for.
        terms: Vec<String>,
        /// The documents read.
        documents: Vec<SearchedDocument>,
        /// Where such a word stands and did not count.
        near: Vec<NearMiss>,
    },
}

/// One document searched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchedDocument {
    /// File name without directories.
    pub file: String,
    /// Lines (pages for PDF).
    pub lines: u32,
    /// Its sections.
    pub regions: Vec<SearchedRegion>,
}

/// One section searched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchedRegion {
    /// First line.
    pub from: u32,
    /// Last line.
    pub to: u32,
    /// What it is about.
    pub role: String,
}

/// A word that did not count.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NearMiss {
    /// The word.
    pub word: String,
    /// Why it did not count, as an identifier.
    pub why: String,
    /// The same in the language of the report.
    pub text: String,
    /// Where.
    pub passage: Passage,
}
