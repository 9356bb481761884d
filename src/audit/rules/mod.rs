//! The finding catalogue: one file a rule, one slice of them all. Reports, `audit explain` and the README table read it.

use super::case::{Case, passages};
use super::finding::{Confidence, Evidence, Finding, Severity};
use super::rule::{Outcome, Rule};
use super::text::{Fixed, Text};
use super::verdict::{Reason, Verdict};

macro_rules! rules {
    ($($name:ident),+ $(,)?) => {
        $(mod $name;)+
        /// Every rule, in the order of the finding catalogue.
        pub static RULES: &[&Rule] = &[$(&$name::RULE),+];
    };
}

rules! {
    no_collection_rules,
    undisclosed_permission,
    undisclosed_special_access,
    undisclosed_sdk,
    incomplete_sdk_entry,
    understated_sdk_practice,
    undisclosed_data,
    umbrella_disclosure,
    open_ended_enumeration,
    contradicted_denial,
    unusual_permission_for_type,
    unused_permission,
    disclosed_not_requested,
    disclosed_not_found,
    low_target_sdk,
    external_list_missing,
    operator_or_contact_missing,
    date_missing,
    rights_channel_missing,
    sensitive_data_not_singled_out,
    policy_of_another_app,
    ineffective_permission,
    retention_missing,
    collection_lists_missing,
    minors_rules_missing,
    targeting_without_opt_out,
    autostart_unexplained,
    background_location_unlisted,
    export_unexplained,
}

pub(super) use disclosed_not_found::in_app;

/// The rule of this id or number (`F02`).
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|r| r.id == id || r.number.eq_ignore_ascii_case(id))
}

fn text(zh: impl Into<String>, en: impl Into<String>) -> Text {
    Text::new(zh, en)
}

/// Names joined for a Chinese and an English sentence.
fn joined(names: &[Text]) -> Text {
    let zh: Vec<_> = names.iter().map(|n| n.zh.as_str()).collect();
    let en: Vec<_> = names.iter().map(|n| n.en.as_str()).collect();
    text(zh.join("、"), en.join(", "))
}

fn capability_title(case: &Case<'_>, id: &str) -> Text {
    case.catalogue.capability(id).map_or_else(|| text(id, id), |c| text(&*c.zh, &*c.en))
}

fn item_title(case: &Case<'_>, id: &str) -> Text {
    case.catalogue.data_item(id).map_or_else(|| text(id, id), |d| text(&*d.zh, &*d.en))
}

fn sdk_title(sdk: &crate::catalogue::Sdk) -> Text {
    let en = if sdk.name_en.is_empty() { &sdk.name_zh } else { &sdk.name_en };
    let zh = if sdk.name_zh.is_empty() { &sdk.name_en } else { &sdk.name_zh };
    text(&**zh, &**en)
}

fn quoted<'s>(statements: impl IntoIterator<Item = &'s &'s crate::policy::Statement>) -> Vec<Evidence> {
    passages(statements).into_iter().take(4).map(Evidence::Passage).collect()
}

/// Where a personal-information API is called.
fn call_trace(call: &crate::apk::Call) -> Evidence {
    Evidence::Trace(crate::apk::Trace {
        split: call.split.clone(),
        entry: call.dex.clone(),
        class: Some(call.class.clone()),
        method: Some(call.method.clone()),
        offset: Some(call.offset),
        value: call.api.clone(),
    })
}

/// Where a gated API is called.
fn use_trace(used: &crate::apk::PermissionUse) -> Evidence {
    Evidence::Trace(crate::apk::Trace {
        split: None,
        entry: used.dex.clone(),
        class: Some(used.class.clone()),
        method: Some(used.method.clone()),
        offset: Some(used.offset),
        value: used.api.clone(),
    })
}

/// Lays all sides of an SDK beside a finding; a record of the national platform is evidence as well.
fn beside(
    mut finding: Finding,
    case: &Case<'_>,
    sdk: &crate::catalogue::Sdk,
    entries: &[&crate::policy::SdkEntry],
) -> Finding {
    let corners = super::sdks::corners(case, sdk, entries);
    if let Some((_, passage)) = &corners.record {
        finding = finding.with([Evidence::Passage(passage.clone())]);
    }
    finding.corners = Some(Box::new(corners));
    finding
}

const CODE_HIDDEN: Fixed = Fixed {
    zh: "代码经加固、不可读或未查看，包内未见不等于没有",
    en: "the code is packed, unreadable or was not looked at: not seen does not mean not there",
};

const CODE_ELSEWHERE: Fixed = Fixed {
    zh: "应用可能在运行时从别处加载代码，包内未见不等于没有",
    en: "the app may load code from elsewhere at run time: not seen does not mean not there",
};

fn fixed(text: Fixed) -> Text {
    Text::new(text.zh, text.en)
}

/// The outcome of a rule that looks for something the policy must say of itself.
fn missing_from_policy(case: &Case<'_>, findings: Vec<Finding>) -> Outcome {
    if !findings.is_empty() && case.policy_unread() {
        return unread(case, Vec::new());
    }
    Outcome::of(findings)
}

/// The outcome of a rule that looks for something the policy must not say, or says badly: where nothing was found, the part that
/// was not read may hold it.
fn told_badly(case: &Case<'_>, findings: Vec<Finding>) -> Outcome {
    if findings.is_empty() && case.policy_unread() {
        return unread(case, findings);
    }
    Outcome::of(findings)
}

/// The outcome of a rule for what the policy does not speak of.
fn not_told(case: &Case<'_>, zh: &str, en: &str) -> Outcome {
    if case.policy_unread() { unread(case, Vec::new()) } else { Outcome::NotApplicable(text(zh, en)) }
}

/// Undetermined because the policy was not read whole.
fn unread(case: &Case<'_>, findings: Vec<Finding>) -> Outcome {
    Outcome::Undetermined(fixed(case.unread_reason().label()), findings)
}

/// Whether the policy may disclose, where it was not read, data that the app's own code uses.
fn data_unread(case: &Case<'_>) -> bool {
    case.policy_unread() && case.data.iter().any(|d| d.by_app && d.reason == case.unread_reason())
}

/// Whether the policy may name an SDK, or tell more of one that these findings are about, where it was not read.
fn sdks_unread(case: &Case<'_>, findings: &[Finding]) -> bool {
    case.policy_unread() && (!findings.is_empty() || case.sdks.iter().any(|s| s.reason == case.unread_reason()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::RULES;

    #[test]
    fn every_rule_is_documented_and_unique() {
        let mut ids = HashSet::new();
        for rule in RULES {
            assert!(ids.insert(rule.id) && ids.insert(rule.number), "{} is used twice", rule.id);
            assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.id);
            for text in [rule.name, rule.help, rule.recheck] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{} lacks a text", rule.id);
            }
            assert!(!rule.clauses.is_empty(), "{} cites no clause", rule.id);
        }
    }

    #[test]
    fn every_cited_clause_is_in_the_catalogue() {
        let catalogue = crate::catalogue::Catalogue::builtin();
        for rule in RULES {
            for clause in rule.clauses {
                assert!(catalogue.clause(clause).is_some(), "{} cites {clause}", rule.id);
            }
        }
    }
}
