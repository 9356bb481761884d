use super::super::made::{Says, apk, policy, requests, says};
use super::{judge, judge_with};
use privacy_audit::audit::Settings;

const RULE: &str = "unusual-permission-for-type";

fn education() -> Settings {
    Settings { service_type: Some(19), ..Settings::default() }
}

#[test]
fn fires_by_weight_when_the_type_was_given() {
    assert_eq!(judge_with(RULE, &requests(apk(), "READ_CALL_LOG"), &policy(), &education()), "found: medium call-log");
    assert_eq!(judge_with(RULE, &requests(apk(), "BODY_SENSORS"), &policy(), &education()), "found: note body-sensors");
}

#[test]
fn a_guess_by_the_apps_name_makes_a_note_at_most() {
    let mut school = requests(apk(), "READ_CALL_LOG");
    school.label = Some("晴空课堂".into());
    let mut told = policy();
    told.meta.app_name.as_mut().unwrap().value = "晴空课堂".into();
    assert_eq!(judge(RULE, &school, &told), "found: note call-log");
}

#[test]
fn an_unknown_type_or_an_app_of_many_is_not_judged() {
    let asked = || requests(apk(), "READ_CALL_LOG");
    assert_eq!(judge(RULE, &asked(), &policy()), "not_applicable");
    let mut many = asked();
    many.label = Some("晴空课堂商城".into());
    assert_eq!(judge(RULE, &many, &policy()), "not_applicable", "two types");
}

#[test]
fn a_function_that_the_policy_tells_is_silent() {
    let told = says(policy(), "call-log", Says::permission());
    assert_eq!(judge_with(RULE, &requests(apk(), "READ_CALL_LOG"), &told, &education()), "clear");
}

#[test]
fn what_is_plausible_for_the_type_is_silent() {
    assert_eq!(judge_with(RULE, &requests(apk(), "CAMERA"), &policy(), &education()), "clear");
}

#[test]
fn an_app_for_a_trade_is_not_judged() {
    let mut trade = requests(apk(), "READ_CALL_LOG");
    trade.label = Some("晴空课堂教师端".into());
    assert_eq!(judge_with(RULE, &trade, &policy(), &education()), "not_applicable");
}
