use super::super::made::{Says, apk, policy, says};
use super::{judge, judge_with};
use privacy_audit::audit::Settings;
use privacy_audit::policy::Policy;

const RULE: &str = "minors-rules-missing";

fn without() -> Policy {
    let mut policy = policy();
    policy.meta.minors = None;
    policy
}

#[test]
fn fires_where_children_are_plainly_concerned() {
    assert_eq!(judge(RULE, &apk(), &says(without(), "minor", Says::data())), "found: low minors");
    let education = Settings { service_type: Some(19), ..Settings::default() };
    assert_eq!(judge_with(RULE, &apk(), &without(), &education), "found: low minors");
}

#[test]
fn rules_for_them_are_enough_and_other_apps_are_not_judged() {
    assert_eq!(judge(RULE, &apk(), &says(policy(), "minor", Says::data())), "clear");
    assert_eq!(judge(RULE, &apk(), &without()), "not_applicable");
}
