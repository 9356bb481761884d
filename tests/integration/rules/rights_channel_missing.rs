use super::super::made::{Says, apk, policy, says};
use super::{judge, read};
use privacy_audit::policy::Policy;

const RULE: &str = "rights-channel-missing";

fn without(kinds: &[&str]) -> Policy {
    let mut policy = says(policy(), "account", Says::data());
    policy.meta.rights.retain(|(k, _)| !kinds.contains(&k.as_str()));
    policy
}

#[test]
fn each_right_by_weight() {
    assert_eq!(judge(RULE, &apk(), &without(&[])), "clear");
    for grave in ["closure", "deletion", "complaint"] {
        assert_eq!(judge(RULE, &apk(), &without(&[grave])), "found: medium rights", "{grave}");
    }
    assert_eq!(judge(RULE, &apk(), &without(&["withdrawal"])), "found: low consent");
    assert_eq!(judge(RULE, &apk(), &without(&["access", "correction"])), "found: low consent");
}

#[test]
fn access_or_correction_is_enough() {
    assert_eq!(judge(RULE, &apk(), &without(&["access"])), "clear");
    assert_eq!(judge(RULE, &apk(), &without(&["correction"])), "clear");
}

#[test]
fn without_accounts_closing_one_is_not_asked_for() {
    let mut none = policy();
    none.meta.rights.retain(|(k, _)| k != "closure");
    assert_eq!(judge(RULE, &apk(), &none), "clear");
}

#[test]
fn closing_permissions_is_a_withdrawal() {
    let text = "我们收集您的设备型号。\n五、您的权利\n您可以写信查阅、更正、删除您的信息，也可以投诉。您可以在手机设置中关闭权限，关闭后我们不再收集。";
    assert_eq!(judge(RULE, &apk(), &read(text)), "clear");
    let named = text.replace("在手机设置中关闭权限，关闭后我们不再收集", "在系统设置里随时关闭相机、麦克风和日历");
    assert_eq!(judge(RULE, &apk(), &read(&named)), "clear", "the permissions are named");
    let silent = text.replace("您可以在手机设置中关闭权限，关闭后我们不再收集。", "");
    assert_eq!(judge(RULE, &apk(), &read(&silent)), "found: low consent");
}

#[test]
fn the_time_to_answer_is_measured_in_working_days() {
    let answer = |days: &str, working: bool| {
        let mut policy = policy();
        policy.meta.answer_days = policy.meta.retention.clone();
        policy.meta.answer_days.as_mut().unwrap().value = days.into();
        policy.meta.answer_working_days = working;
        judge(RULE, &apk(), &policy)
    };
    assert_eq!(answer("15", true), "clear");
    assert_eq!(answer("16", true), "found: low answer-time");
    assert_eq!(answer("20", false), "clear", "twenty days hold fifteen working days at most");
    assert_eq!(answer("30", false), "found: low answer-time");
}
