use super::super::made::{apk, embeds, lists, packed, points_to, policy};
use super::{judge, judge_with};
use privacy_audit::apk::Confidence;
use privacy_audit::audit::Settings;
use privacy_audit::policy::{ListKind, NameMatch, Platform, Unread};

const RULE: &str = "undisclosed-sdk";

fn getui() -> privacy_audit::apk::Apk {
    embeds(apk(), "getui", Confidence::High)
}

#[test]
fn fires_by_kind() {
    assert_eq!(judge(RULE, &getui(), &policy()), "found: high getui");
    assert_eq!(judge(RULE, &embeds(apk(), "sobot", Confidence::High), &policy()), "found: medium sobot");
    let mut ios = lists(policy(), "getui", NameMatch::Product);
    ios.sdks[0].platform = Platform::Ios;
    assert_eq!(judge(RULE, &getui(), &ios), "found: high getui", "listed for iOS only");
}

#[test]
fn named_by_product_or_vaguely_is_not_undisclosed() {
    assert_eq!(judge(RULE, &getui(), &lists(policy(), "getui", NameMatch::Product)), "clear");
    assert_eq!(judge(RULE, &getui(), &lists(policy(), "getui", NameMatch::Class)), "clear", "its kind");
    assert_eq!(judge(RULE, &getui(), &lists(policy(), "getui", NameMatch::Family("x".into()))), "clear", "its family");
}

#[test]
fn named_by_company_or_package_is_not_undisclosed() {
    let mut company = lists(policy(), "某推送", NameMatch::Unknown);
    company.sdks[0].ids.clear();
    company.sdks[0].company = Some("浙江每日互动网络科技股份有限公司".into());
    assert_eq!(judge(RULE, &getui(), &company), "clear");
    let mut package = lists(policy(), "某推送", NameMatch::Unknown);
    package.sdks[0].ids.clear();
    package.sdks[0].package = Some("com.getui.gtc".into());
    assert_eq!(judge(RULE, &getui(), &package), "clear");
}

#[test]
fn utilities_are_silent() {
    for id in ["okhttp", "glide", "gson", "androidx"] {
        assert_eq!(judge(RULE, &embeds(apk(), id, Confidence::High), &policy()), "clear", "{id}");
    }
}

#[test]
fn the_operators_own_is_silent() {
    let mut own = policy();
    own.meta.operator.as_mut().unwrap().value = "浙江每日互动网络科技股份有限公司".into();
    assert_eq!(judge(RULE, &getui(), &own), "clear", "the same company");
    let settings = Settings { own_packages: vec!["com.igexin".into()], ..Settings::default() };
    assert_eq!(judge_with(RULE, &getui(), &policy(), &settings), "clear", "the team's own packages");
}

#[test]
fn what_a_disclosed_sdk_brings_along_is_silent() {
    let both = embeds(embeds(apk(), "umeng-push", Confidence::High), "umeng-common", Confidence::High);
    assert_eq!(judge(RULE, &both, &lists(policy(), "umeng-push", NameMatch::Product)), "clear");
    let location = embeds(apk(), "baidu-location", Confidence::High);
    assert_eq!(judge(RULE, &location, &lists(policy(), "baidu-map", NameMatch::Product)), "clear", "the map covers it");
    assert_eq!(judge(RULE, &both, &policy()), "found: high umeng-push", "a part goes with its whole");
}

#[test]
fn remnants_are_silent() {
    assert_eq!(judge(RULE, &embeds(apk(), "getui", Confidence::Medium), &policy()), "clear");
    assert_eq!(judge(RULE, &embeds(apk(), "getui", Confidence::Low), &policy()), "clear");
}

#[test]
fn a_list_that_was_not_given_leaves_it_open() {
    assert_eq!(judge(RULE, &getui(), &points_to(policy(), ListKind::Sdk)), "undetermined");
    assert_eq!(judge(RULE, &getui(), &points_to(policy(), ListKind::Sharing)), "undetermined");
    let mut unread = policy();
    unread.unread.push(Unread { place: "annex.pdf".into(), why: "holds images only".into() });
    assert_eq!(judge(RULE, &getui(), &unread), "undetermined");
}

#[test]
fn packing_hides_others_and_not_what_is_seen() {
    assert_eq!(judge(RULE, &packed(getui()), &policy()), "undetermined: high getui");
    assert_eq!(judge(RULE, &packed(apk()), &policy()), "undetermined");
}

#[test]
fn a_company_that_stands_for_another_product_is_told() {
    let mut told = lists(policy(), "wechat-opensdk", NameMatch::Product);
    told.sdks[0].company = Some("深圳市腾讯计算机系统有限公司".into());
    let (settings, package) = (privacy_audit::audit::Settings::default(), embeds(apk(), "gdt", Confidence::High));
    let catalogue = privacy_audit::catalogue::Catalogue::builtin();
    let audit = privacy_audit::audit::Audit::new(&package, &told, catalogue, &settings);
    let found = audit.findings().into_iter().find(|f| f.rule.id == RULE).unwrap();
    assert!(found.message.zh.contains("只作为“wechat-opensdk”的提供者出现"), "{}", found.message.zh);
}

#[test]
fn a_purpose_that_leads_elsewhere_is_no_platform() {
    let text = "# 隐私政策\n我们收集您的手机号。\n## 第三方SDK清单\n\n| SDK名称 | 公司 | 使用目的 | 收集的个人信息 |\n|---|---|---|---|\n| 微信SDK | 深圳市腾讯计算机系统有限公司 | 分享、跳转小程序 | 无 |\n| 极光推送SDK | 深圳市和讯华谷信息技术有限公司 | 推送（仅iOS） | OAID |\n";
    let files = [("p.md".to_owned(), text.as_bytes().to_vec())];
    let read =
        privacy_audit::policy::Policy::from_bytes(&files, privacy_audit::catalogue::Catalogue::builtin()).unwrap();
    let platforms: Vec<bool> = read.sdks.iter().map(|s| s.platform.covers_android()).collect();
    assert_eq!(platforms, [true, false]);
}
