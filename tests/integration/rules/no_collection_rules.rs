use super::super::made::{apk, points_to, policy};
use super::{judge, read};
use privacy_audit::policy::{ListKind, Policy, Unread};

const RULE: &str = "no-collection-rules";

#[test]
fn fires_on_a_text_without_any_rule() {
    assert_eq!(judge(RULE, &apk(), &Policy::default()), "found: high policy");
    assert_eq!(judge(RULE, &apk(), &read("本协议约定服务内容、费用与违约责任。")), "found: high policy");
}

#[test]
fn one_rule_is_enough() {
    assert_eq!(judge(RULE, &apk(), &policy()), "clear");
    assert_eq!(judge(RULE, &apk(), &read("我们收集您的手机号，用于登录。")), "clear");
}

#[test]
fn what_was_not_obtained_is_not_missing() {
    let mut unread = Policy::default();
    unread.unread.push(Unread { place: "annex.pdf".into(), why: "holds images only".into() });
    assert_eq!(judge(RULE, &apk(), &unread), "undetermined");
    assert_eq!(judge(RULE, &apk(), &points_to(Policy::default(), ListKind::Collection)), "undetermined");
}

/// A page that a script fills, or an error page, is no policy: it is refused when it is read.
#[test]
fn a_failed_download_is_an_error_and_no_finding() {
    let catalogue = privacy_audit::catalogue::Catalogue::builtin();
    let page = "<html><body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body></html>";
    assert!(Policy::from_bytes(&[("p.html".to_owned(), page.as_bytes().to_vec())], catalogue).is_err());
}

#[test]
fn a_policy_without_chinese_for_an_app_with_a_chinese_name_is_a_note() {
    let english =
        "Privacy policy of Sample\nSample is a tool.\nWe collect your phone number to register your account.\n";
    let read = |text: &str| {
        let files = [("p.txt".to_owned(), text.as_bytes().to_vec())];
        privacy_audit::policy::Policy::from_bytes(&files, privacy_audit::catalogue::Catalogue::builtin()).unwrap()
    };
    assert_eq!(judge(RULE, &apk(), &read(english)), "found: note language");
    let mut foreign = apk();
    foreign.label = Some("Sample".into());
    assert_eq!(judge(RULE, &foreign, &read(english)), "clear", "no Chinese name");
    let both =
        read(&format!("{english}样例隐私政策\n我们收集您的手机号用于注册账号。\n我们收集您的位置信息用于导航。\n"));
    assert_eq!(judge(RULE, &apk(), &both), "clear", "in both languages");
}

#[test]
fn rules_that_may_stand_in_pictures_are_left_open() {
    let shown = read("<p>请您阅读本政策的全部内容。</p><img src='1.png'><img src='2.png'><p>完</p>");
    assert_eq!(judge(RULE, &apk(), &shown), "undetermined");
    assert_eq!(judge("retention-missing", &apk(), &shown), "undetermined");
    assert_eq!(judge("undisclosed-permission", &super::super::made::requests(apk(), "CAMERA"), &shown), "undetermined");
}
