//! The types of schema `audit/1`. Field names never change their meaning; new ones may be added.

mod finding;
mod package;
mod policy;

use crate::audit::Lang;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

pub use finding::*;
pub use package::*;
pub use policy::*;

/// One report: an audit, a package alone, or a policy alone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Always `audit/1`.
    pub schema: String,
    /// What made it.
    pub tool: Tool,
    /// The app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<App>,
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyInfo>,
    /// What was and was not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Every permission asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Permission>>,
    /// Every component found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdks: Option<Vec<Sdk>>,
    /// Every kind of personal information that code reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Vec<Data>>,
    /// What proves little alone: calls for weak kinds of information (the system's version), and names of such calls in strings,
    /// looked up by reflection or never. No finding rests on them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signs: Option<Vec<Call>>,
    /// What the policy discloses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Disclosed>,
    /// The findings, gravest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Finding>>,
    /// Every rule that ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<Rule>>,
    /// Counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// What kind of service the app is, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_type: Option<ServiceType>,
    /// How the report stands to an earlier one, when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
}

/// One of the 39 service types.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ServiceType {
    /// Number, 1 to 39.
    pub number: u8,
    /// Its name in the language of the report.
    pub name: String,
    /// Why it was guessed; `null` when a person gave it.
    pub guess: Option<String>,
}

/// How a report stands to an earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Baseline {
    /// Findings in both, left out of this report.
    pub known: usize,
    /// Findings of the earlier report that are not found any more.
    pub gone: Vec<Gone>,
}

/// A finding of an earlier report that is not found any more.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gone {
    /// Rule id.
    pub rule: String,
    /// Subject.
    pub subject: String,
    /// Whether the rule can no longer decide.
    pub undetermined: bool,
}

/// What made the report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tool {
    /// Name of the crate.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Version of the catalogue.
    pub catalogue: String,
}

/// What one rule said.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rule {
    /// Rule id.
    pub id: String,
    /// `found`, `clear`, `undetermined`, `not_applicable`.
    pub outcome: String,
    /// Why, where it needs saying.
    pub reason: Option<String>,
    /// Findings of it that were left out because the baseline has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<usize>,
}

/// Counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// Findings by severity, without waived ones.
    pub findings: BTreeMap<String, usize>,
    /// Permissions by verdict.
    pub permissions: BTreeMap<String, usize>,
    /// Components that need disclosure by verdict.
    pub sdks: BTreeMap<String, usize>,
}

/// One app of a batch that could not be audited.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Failure {
    /// Always `audit/1`.
    pub schema: String,
    /// The app.
    pub app: FailedApp,
    /// What went wrong.
    pub error: Unread,
}

/// The app that could not be audited.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FailedApp {
    /// Its path below the directory given.
    pub file: String,
}

impl Failure {
    /// A failure of the app `file` because of `place`.
    pub fn new(file: &str, place: &str, why: &str, lang: Lang) -> Self {
        Self {
            schema: super::SCHEMA.to_owned(),
            app: FailedApp { file: file.to_owned() },
            error: Unread::new(place, why, lang),
        }
    }
}
