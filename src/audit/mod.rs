//! Facts beside statements: verdicts on every permission, SDK and data item, and the findings that follow from the rules.
//!
//! Everything here is pure: nothing is read, nothing is printed, no rule can fail. Wording stays with what a static audit
//! can show: what is declared and callable, never what was executed.

pub mod case;
mod data;
mod finding;
mod permissions;
mod rule;
mod rules;
mod sdks;
mod settings;
mod text;
mod verdict;

pub use case::Case;
pub use data::DataCase;
pub use finding::{Confidence, Evidence, Finding, NearMiss, Search, Searched, Severity};
pub use permissions::PermissionCase;
pub use rule::{Outcome, Rule};
pub use rules::{RULES, rule};
pub use sdks::SdkCase;
pub use settings::{Settings, SettingsError, Waiver};
pub use text::{Fixed, Lang, Text};
pub use verdict::{Reason, Verdict};

use crate::apk::Apk;
use crate::catalogue::Catalogue;
use crate::policy::Policy;

/// The result of one audit: the case with its verdicts, what every rule said, and the findings.
#[derive(Debug)]
pub struct Audit<'a> {
    /// Both sides with the verdicts.
    pub case: Case<'a>,
    /// What every rule said, in catalogue order.
    pub outcomes: Vec<(&'static Rule, Outcome)>,
}

impl<'a> Audit<'a> {
    /// Audits one app against its policy.
    pub fn new(apk: &'a Apk, policy: &'a Policy, catalogue: &'a Catalogue, settings: &'a Settings) -> Self {
        let case = Case::new(apk, policy, catalogue, settings);
        let mut outcomes: Vec<(&'static Rule, Outcome)> =
            RULES.iter().map(|rule| (*rule, (rule.check)(&case))).collect();
        for (_, outcome) in &mut outcomes {
            outcome.findings_mut().iter_mut().for_each(|f| settings.apply(f));
        }
        Self { case, outcomes }
    }

    /// All findings: gravest first, then by rule and subject.
    pub fn findings(&self) -> Vec<&Finding> {
        let mut out: Vec<&Finding> = self.outcomes.iter().flat_map(|(_, outcome)| outcome.findings()).collect();
        let order = |f: &Finding| RULES.iter().position(|r| r.id == f.rule.id);
        out.sort_by(|a, b| {
            b.severity.cmp(&a.severity).then_with(|| order(a).cmp(&order(b))).then_with(|| a.subject.cmp(&b.subject))
        });
        out
    }

    /// Keeps only the findings that `keep` picks; a rule that found nothing else comes out clear.
    pub fn retain(&mut self, keep: impl Fn(&Finding) -> bool) {
        for (_, outcome) in &mut self.outcomes {
            outcome.retain(&keep);
        }
    }

    /// The gravest severity among findings that are not waived.
    pub fn worst(&self) -> Option<Severity> {
        self.findings().into_iter().filter(|f| f.waived.is_none()).map(|f| f.severity).max()
    }

    /// Whether a component that the policy lists is in the package; `None` when that cannot be said.
    pub fn in_app(&self, entry: &crate::policy::SdkEntry) -> Option<bool> {
        rules::in_app(&self.case, entry)
    }
}
