//! Facts beside statements: verdicts on every permission, SDK and data item, and the findings that follow from the rules.
//!
//! Everything here is pure: nothing is read, nothing is printed, no rule can fail. Wording stays with what a static audit
//! can show: what is declared and callable, never what was executed.

pub mod case;
mod companies;
mod data;
mod finding;
mod permissions;
mod rule;
mod rules;
mod sdks;
mod service_type;
mod settings;
mod text;
mod values;
mod verdict;

pub use case::Case;
pub use data::DataCase;
pub use finding::{Confidence, Corners, Evidence, Finding, NearMiss, Search, Searched, Severity};
pub use permissions::PermissionCase;
pub use rule::{Outcome, Rule};
pub use rules::{RULES, rule};
pub use sdks::SdkCase;
pub use service_type::ServiceTypeCase;
pub use settings::{Settings, SettingsError, Waiver, is_date};
pub use text::{Fixed, Lang, Text};
pub use values::Named;
pub use verdict::{Reason, Verdict};

use std::collections::BTreeMap;

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
    /// What an earlier report had, when this one was reduced to what is new since.
    pub baseline: Option<Baseline>,
}

/// How an audit stands to an earlier report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Baseline {
    /// Findings that the earlier report has as well and that are left out of this one.
    pub known: usize,
    /// The same by rule id, for the rules that have any.
    pub known_by_rule: BTreeMap<&'static str, usize>,
    /// Findings of the earlier report that are not found any more.
    pub gone: Vec<Gone>,
}

/// A finding of an earlier report that is not found any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its rule, by id.
    pub rule: String,
    /// Its subject.
    pub subject: String,
    /// Whether the rule can no longer decide, so that nobody knows whether it was mended.
    pub undetermined: bool,
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
        Self { case, outcomes, baseline: None }
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

    /// Leaves out the findings that an earlier report has, by rule and subject, and notes which of its findings are gone.
    pub fn since(&mut self, earlier: &[(String, String)]) {
        let is = |f: &Finding, (rule, subject): &(String, String)| f.rule.id == rule && f.subject == *subject;
        let now = self.findings();
        let mut known_by_rule = BTreeMap::new();
        for finding in now.iter().filter(|f| earlier.iter().any(|e| is(f, e))) {
            *known_by_rule.entry(finding.rule.id).or_insert(0) += 1;
        }
        let known = known_by_rule.values().sum();
        let open = |rule: &str| {
            self.outcomes.iter().any(|(r, outcome)| r.id == rule && matches!(outcome, Outcome::Undetermined(..)))
        };
        let gone = earlier
            .iter()
            .filter(|e| !now.iter().any(|f| is(f, e)))
            .map(|(rule, subject)| Gone { rule: rule.clone(), subject: subject.clone(), undetermined: open(rule) })
            .collect();
        self.baseline = Some(Baseline { known, known_by_rule, gone });
        for (_, outcome) in &mut self.outcomes {
            outcome.retain(|f| !earlier.iter().any(|e| is(f, e)));
        }
    }

    /// How many findings of a rule were left out because an earlier report has them.
    pub fn known(&self, rule: &Rule) -> usize {
        self.baseline.as_ref().and_then(|b| b.known_by_rule.get(rule.id)).copied().unwrap_or(0)
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
