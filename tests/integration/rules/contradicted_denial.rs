use super::super::made::{Says, apk, calls, denies, embeds, lists, packed, points_to, policy, requests, says};
use super::{judge, judge_with};
use privacy_audit::apk::{Apk, Confidence};
use privacy_audit::audit::Settings;
use privacy_audit::policy::{ListKind, NameMatch, Platform, Polarity, Policy, Region, Role};

const RULE: &str = "contradicted-denial";

fn reads() -> Apk {
    calls(requests(apk(), "READ_CONTACTS"), "contacts", None)
}

fn told(polarity: Polarity) -> Policy {
    says(policy(), "contacts", Says { polarity, ..Says::permission() })
}

#[test]
fn a_plain_denial_and_a_call() {
    assert_eq!(judge(RULE, &reads(), &told(Polarity::DeniedFull)), "found: high contacts");
    assert_eq!(
        judge(RULE, &calls(apk(), "android_id", None), &says(policy(), "android_id", Says::denied())),
        "found: high android_id"
    );
}

#[test]
fn a_denial_with_a_condition_or_of_a_part_is_none() {
    assert_eq!(judge(RULE, &reads(), &told(Polarity::DeniedConditional)), "clear");
    assert_eq!(judge(RULE, &reads(), &told(Polarity::DeniedPartial)), "clear", "not stored, not uploaded, not shared");
}

#[test]
fn a_denial_for_another_platform_is_none() {
    let ios = says(
        policy(),
        "contacts",
        Says { platform: Platform::Ios, polarity: Polarity::DeniedFull, ..Says::permission() },
    );
    assert_eq!(judge(RULE, &reads(), &ios), "clear");
}

#[test]
fn only_the_apps_own_call_contradicts() {
    assert_eq!(judge(RULE, &requests(apk(), "READ_CONTACTS"), &told(Polarity::DeniedFull)), "clear", "no call");
    let sdk = calls(requests(apk(), "READ_CONTACTS"), "contacts", Some("getui"));
    assert_eq!(judge(RULE, &sdk, &told(Polarity::DeniedFull)), "clear", "an SDK's call");
    let mut library = reads();
    library.calls[0].class = "org.library.Reader".into();
    assert_eq!(judge(RULE, &library, &told(Polarity::DeniedFull)), "clear", "nobody's call");
}

#[test]
fn what_is_told_elsewhere_is_no_denial() {
    assert_eq!(judge(RULE, &reads(), &says(told(Polarity::DeniedFull), "contacts", Says::permission())), "clear");
}

fn gdt() -> Apk {
    embeds(apk(), "gdt", Confidence::High)
}

#[test]
fn an_sdk_denied_by_kind_by_name_or_with_all_others() {
    assert_eq!(judge(RULE, &gdt(), &denies(policy(), &["ads"], &[])), "found: high gdt");
    assert_eq!(judge(RULE, &gdt(), &denies(policy(), &[], &["gdt"])), "found: high gdt");
    assert_eq!(judge(RULE, &gdt(), &denies(policy(), &[], &[])), "found: high gdt");
    assert_eq!(judge(RULE, &packed(gdt()), &denies(policy(), &["ads"], &[])), "undetermined: high gdt");
}

#[test]
fn a_denial_of_other_sdks_is_none() {
    assert_eq!(judge(RULE, &gdt(), &denies(policy(), &["push"], &[])), "clear");
    assert_eq!(judge(RULE, &gdt(), &denies(policy(), &[], &["getui"])), "clear");
}

#[test]
fn a_denied_sdk_that_is_listed_weak_a_tool_or_the_operators_own_is_silent() {
    let denial = || denies(policy(), &[], &[]);
    assert_eq!(judge(RULE, &gdt(), &lists(denial(), "gdt", NameMatch::Product)), "clear", "listed elsewhere");
    assert_eq!(judge(RULE, &embeds(apk(), "gdt", Confidence::Medium), &denial()), "clear", "signs too weak");
    assert_eq!(judge(RULE, &embeds(apk(), "okhttp", Confidence::High), &denial()), "clear", "a utility");
    let settings = Settings { own_packages: vec!["com.qq.e".into()], ..Settings::default() };
    assert_eq!(judge_with(RULE, &gdt(), &denial(), &settings), "clear", "the operator's own");
}

#[test]
fn a_denial_for_children_only_is_none() {
    let mut minors = denies(policy(), &["ads"], &[]);
    let line = minors.sdk_denials[0].passage.line;
    minors.documents[0].regions.push(Region { from: line, to: line, role: Role::Minors, heading: None });
    assert_eq!(judge(RULE, &gdt(), &minors), "clear");
}

#[test]
fn a_list_that_was_not_given_may_name_what_is_denied_in_general() {
    assert_eq!(judge(RULE, &gdt(), &points_to(denies(policy(), &[], &[]), ListKind::Sdk)), "clear");
    assert_eq!(judge(RULE, &gdt(), &points_to(denies(policy(), &["ads"], &[]), ListKind::Sdk)), "found: high gdt");
}
