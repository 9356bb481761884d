//! A rule is a value: what it is called, what it cites, and a pure function from a case to an outcome.

use super::case::Case;
use super::finding::{Finding, Severity};
use super::text::{Fixed, Text};

/// One rule of the finding catalogue.
pub struct Rule {
    /// Stable identifier, says what is wrong: `undisclosed-permission`.
    pub id: &'static str,
    /// Number in the finding catalogue: `F02`.
    pub number: &'static str,
    /// Short name.
    pub name: Fixed,
    /// When it fires, when it stays silent, and why it matters.
    pub help: Fixed,
    /// The gravest severity it gives.
    pub severity: Severity,
    /// Clauses it cites, by catalogue id.
    pub clauses: &'static [&'static str],
    /// How a person re-checks a finding of it.
    pub recheck: Fixed,
    /// The judgement.
    pub check: fn(&Case<'_>) -> Outcome,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What a rule says of a case.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Gaps; empty only where an earlier report has them all.
    Found(Vec<Finding>),
    /// Within what was seen there is none.
    Clear,
    /// What is needed to decide could not be seen, and why. Gaps that are certain all the same are kept.
    Undetermined(Text, Vec<Finding>),
    /// The rule has nothing to look at here, and why.
    NotApplicable(Text),
}

impl Outcome {
    /// `Found`, or `Clear` when there is nothing.
    pub fn of(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Clear } else { Self::Found(findings) }
    }

    /// The gaps, also those that are certain while the whole is undetermined.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Found(findings) | Self::Undetermined(_, findings) => findings,
            Self::Clear | Self::NotApplicable(_) => &[],
        }
    }

    pub(super) fn findings_mut(&mut self) -> &mut [Finding] {
        match self {
            Self::Found(findings) | Self::Undetermined(_, findings) => findings,
            Self::Clear | Self::NotApplicable(_) => &mut [],
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(&Finding) -> bool) {
        match self {
            Self::Found(findings) | Self::Undetermined(_, findings) => findings.retain(keep),
            Self::Clear | Self::NotApplicable(_) => {}
        }
    }

    /// The identifier used in machine output.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Found(_) => "found",
            Self::Clear => "clear",
            Self::Undetermined(..) => "undetermined",
            Self::NotApplicable(_) => "not_applicable",
        }
    }

    /// The word for it in reports.
    pub fn label(&self) -> Fixed {
        match self {
            Self::Found(_) => Fixed { zh: "发现", en: "found" },
            Self::Clear => Fixed { zh: "未发现", en: "clear" },
            Self::Undetermined(..) => Fixed { zh: "无法判定", en: "undetermined" },
            Self::NotApplicable(_) => Fixed { zh: "不适用", en: "not applicable" },
        }
    }

    /// Why, where it needs saying.
    pub fn reason(&self) -> Option<&Text> {
        match self {
            Self::Undetermined(reason, _) | Self::NotApplicable(reason) => Some(reason),
            _ => None,
        }
    }
}
