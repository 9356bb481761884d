//! What each rule says: where it fires, and each exclusion on its own. One file a rule, named by its id.

use privacy_audit::apk::Apk;
use privacy_audit::audit::{Audit, RULES, Settings};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::Policy;

mod autostart_unexplained;
mod background_location_unlisted;
mod collection_lists_missing;
mod contradicted_denial;
mod date_missing;
mod disclosed_not_found;
mod disclosed_not_requested;
mod export_unexplained;
mod external_list_missing;
mod incomplete_sdk_entry;
mod ineffective_permission;
mod low_target_sdk;
mod minors_rules_missing;
mod no_collection_rules;
mod open_ended_enumeration;
mod operator_or_contact_missing;
mod policy_of_another_app;
mod retention_missing;
mod rights_channel_missing;
mod sensitive_data_not_singled_out;
mod targeting_without_opt_out;
mod umbrella_disclosure;
mod understated_sdk_practice;
mod undisclosed_data;
mod undisclosed_permission;
mod undisclosed_sdk;
mod undisclosed_special_access;
mod unused_permission;
mod unusual_permission_for_type;

/// `outcome: severity subject, …` of one rule.
fn judge(rule: &str, apk: &Apk, policy: &Policy) -> String {
    judge_with(rule, apk, policy, &Settings::default())
}

fn judge_with(rule: &str, apk: &Apk, policy: &Policy, settings: &Settings) -> String {
    let audit = Audit::new(apk, policy, Catalogue::builtin(), settings);
    let (_, outcome) = audit.outcomes.iter().find(|(r, _)| r.id == rule).unwrap();
    let findings: Vec<String> = audit
        .findings()
        .iter()
        .filter(|f| f.rule.id == rule)
        .map(|f| {
            assert!(!f.evidence().is_empty(), "{rule}: no evidence");
            for text in [&f.message, &f.remedy, &f.title] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{rule}: a text is missing");
            }
            assert!(!f.message.zh.contains("违法"), "{}", f.message.zh);
            format!("{} {}", f.severity.id(), f.subject)
        })
        .collect();
    format!("{}: {}", outcome.id(), findings.join(", ")).trim_end_matches(": ").to_owned()
}

/// A policy read from words, with a sentence that makes it one.
fn read(text: &str) -> Policy {
    let text = format!("示例应用隐私政策\n示例应用是一款日常工具软件。\n请您仔细阅读以下内容。\n{text}");
    Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap()
}

#[test]
fn every_rule_has_a_file_that_sees_it_fire_and_keep_silent() {
    for rule in RULES {
        let name = rule.id.replace('-', "_");
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/integration/rules/{name}.rs"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()));
        assert!(text.contains(&format!("\"{}\"", rule.id)), "{name}.rs does not judge {}", rule.id);
        assert!(text.contains("\"found: "), "{name}.rs never sees {} fire", rule.id);
        let silent = ["\"clear\"", "\"not_applicable\"", "\"undetermined\""].iter().any(|s| text.contains(s));
        assert!(silent, "{name}.rs never sees {} keep silent", rule.id);
        assert!(include_str!("mod.rs").contains(&format!("mod {name};")), "{name}.rs is not compiled");
    }
}

#[test]
fn an_app_that_asks_nothing_and_a_full_policy_are_silent() {
    let settings = Settings::default();
    let (apk, policy) = (super::made::apk(), super::made::policy());
    let audit = Audit::new(&apk, &policy, Catalogue::builtin(), &settings);
    let found: Vec<_> = audit.findings().iter().map(|f| (f.rule.id, f.subject.clone())).collect();
    assert!(found.is_empty(), "{found:?}");
}
