use super::super::made::apk;
use super::{judge, read};

const RULE: &str = "open-ended-enumeration";

#[test]
fn fires_once_for_all_open_lists_of_collected_data() {
    for text in [
        "我们收集您的手机号、设备型号、IP地址等信息，用于登录。",
        "为了登录，我们会获取您的个人信息，例如手机号、邮箱。",
        "我们收集的信息包括但不限于手机号、邮箱、IP地址。",
    ] {
        assert_eq!(judge(RULE, &apk(), &read(text)), "found: low policy", "{text}");
    }
}

/// Each of them holds a word of an open list and opens none.
#[test]
fn words_that_only_look_open_are_silent() {
    for text in [
        "您的账号等级由您的活跃天数决定，我们收集您的手机号。",
        "请您等待审核，我们收集您的手机号、邮箱。",
        "我们与您地位平等，我们收集您的手机号、邮箱。",
        "我们收集您的手机号、邮箱，可兑换等值、等额的积分。",
        "我们收集手机号、邮箱、IP地址等共三项信息。",
        "我们收集您的手机号和邮箱，用于登录。",
    ] {
        assert_eq!(judge(RULE, &apk(), &read(text)), "clear", "{text}");
    }
}

#[test]
fn legal_exceptions_security_rights_and_contact_are_silent() {
    for text in [
        "我们收集您的手机号。\n四、征得授权同意的例外\n在以下情形中，我们收集您的个人信息无需征得同意：与国家安全、国防安全等直接相关的。",
        "我们收集您的手机号。\n五、信息安全\n我们采用加密、访问控制等措施保护手机号、邮箱等信息。",
        "我们收集您的手机号。\n六、您的权利\n您可以查阅、更正、删除手机号、邮箱等信息。",
        "我们收集您的手机号。\n七、联系我们\n您可以通过电话、邮箱等方式联系我们。",
    ] {
        assert_eq!(judge(RULE, &apk(), &read(text)), "clear", "{text}");
    }
}

#[test]
fn services_are_no_data_and_the_data_of_services_are() {
    let judged = |text: &str| judge(RULE, &apk(), &read(&format!("二、我们如何收集和使用您的个人信息\n{text}")));
    let told = "我们会收集您的位置信息，以便为您提供导航等服务，并记录搜索记录等业务。";
    assert_eq!(judged(told), "clear");
    assert!(judged("我们会收集您的设备型号、IP地址等信息。").starts_with("found"));
}

#[test]
fn what_the_user_does_is_no_collection() {
    let judged = |text: &str| judge(RULE, &apk(), &read(&format!("二、我们如何收集和使用您的个人信息\n{text}")));
    assert_eq!(judged("您可使用该功能扫描身份证、驾驶证、银行卡等证件。"), "clear");
    assert!(judged("您可以授权我们收集您的手机号、邮箱等信息。").starts_with("found"));
}
