use super::super::made::{apk, points_to, policy};
use super::{judge, read};
use privacy_audit::policy::ListKind;

const RULE: &str = "external-list-missing";

#[test]
fn fires_for_each_list_that_was_not_given() {
    assert_eq!(judge(RULE, &apk(), &points_to(policy(), ListKind::Sdk)), "found: note 《清单》");
    let text = "我们收集您的手机号。\n我们接入了第三方SDK，详见《第三方SDK目录》。\n我们会妥善保护您的信息。";
    assert!(judge(RULE, &apk(), &read(text)).starts_with("found: note "), "{text}");
}

#[test]
fn a_list_inside_the_text_is_silent() {
    assert_eq!(judge(RULE, &apk(), &policy()), "clear");
    let text = "我们收集您的手机号。\n我们接入了第三方SDK，详见《第三方SDK目录》。\n第三方SDK目录\n1、个推SDK\n提供方：每日互动股份有限公司\n收集的信息：设备型号\n用途：推送\n2、友盟统计SDK\n提供方：友盟同欣（北京）科技有限公司\n收集的信息：设备型号\n用途：统计";
    assert_eq!(judge(RULE, &apk(), &read(text)), "clear");
}
