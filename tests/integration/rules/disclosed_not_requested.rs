use super::super::made::{Says, apk, policy, requests, says};
use super::{judge, read};
use privacy_audit::apk::PackageKind;
use privacy_audit::policy::Platform;

const RULE: &str = "disclosed-not-requested";

fn named(how: Says) -> privacy_audit::policy::Policy {
    says(policy(), "sms", how)
}

#[test]
fn fires_when_the_manifest_has_none_of_its_capability() {
    assert_eq!(judge(RULE, &apk(), &named(Says::permission())), "found: note sms");
    assert_eq!(judge(RULE, &requests(apk(), "READ_SMS"), &named(Says::permission())), "clear");
}

#[test]
fn statements_for_another_platform_are_silent() {
    for platform in [Platform::Ios, Platform::Harmony, Platform::Other] {
        assert_eq!(judge(RULE, &apk(), &named(Says { platform, ..Says::permission() })), "clear", "{platform:?}");
    }
}

#[test]
fn hypothetical_wording_is_silent() {
    assert_eq!(judge(RULE, &apk(), &named(Says { hypothetical: true, ..Says::permission() })), "clear");
}

#[test]
fn what_a_system_picker_does_is_silent() {
    let picked = read("您更换头像时，可以从相册选择照片，我们收集您选中的照片。");
    assert_eq!(judge(RULE, &apk(), &picked), "clear");
    assert_eq!(judge(RULE, &apk(), &says(policy(), "contacts", Says::permission())), "clear", "a contact is picked");
}

#[test]
fn capabilities_without_a_permission_are_silent() {
    assert_eq!(judge(RULE, &apk(), &says(policy(), "clipboard", Says::permission())), "clear");
}

#[test]
fn data_told_without_a_permission_and_what_others_do_are_silent() {
    assert_eq!(judge(RULE, &apk(), &named(Says::data())), "clear");
    assert_eq!(judge(RULE, &apk(), &named(Says { party: 1, ..Says::permission() })), "clear", "a partner's");
}

#[test]
fn a_source_manifest_leaves_it_open() {
    let mut source = apk();
    source.kind = PackageKind::SourceManifest;
    assert_eq!(judge(RULE, &source, &named(Says::permission())), "undetermined");
}

#[test]
fn the_clipboard_needs_no_permission() {
    let read = read("隐私政策\n我们收集您的手机号用于注册账号。\n为识别好友分享的口令，应用启动时会读取剪贴板内容。\n");
    assert_eq!(judge(RULE, &apk(), &read), "clear");
    let data: Vec<_> = read.statements.iter().map(|s| format!("{:?}", s.subject)).collect();
    assert!(!data.iter().any(|d| d.contains("password")), "a share code is no password: {data:?}");
}
