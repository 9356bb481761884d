//! Items and labels in running text: made-up sentences, one mechanism each.

use crate::catalogue::Catalogue;
use crate::policy::Policy;
use crate::policy::model::{Polarity, Subject};

/// What a text affirms: capabilities, and data as `data:item`.
fn told(text: &str) -> Vec<String> {
    let text = format!("示例应用隐私政策\n\n示例应用是一款记账软件，我们重视您的隐私。\n\n{text}\n");
    let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
    let mut told: Vec<String> = policy
        .statements
        .iter()
        .filter(|s| s.polarity == Polarity::Affirmed)
        .map(|s| match &s.subject {
            Subject::Capability(c) => c.to_string(),
            Subject::Data(d) => format!("data:{d}"),
        })
        .collect();
    told.sort();
    told.dedup();
    told
}

#[test]
fn items_below_a_label_of_purpose_name_no_permission() {
    let text = "一、应用权限说明\n1. 存储权限\n权限说明：用于保存账单图片\n使用场景：\n- 账单加载与同步\n- 记账提醒";
    assert!(!told(text).contains(&"sync".to_owned()), "{:?}", told(text));
    assert!(told(text).contains(&"storage".to_owned()));
}

#[test]
fn a_code_typed_in_is_no_message_read() {
    assert!(!told("一、我们收集的信息\n登录时我们会收集您的手机号码、短信验证码。").contains(&"sms".to_owned()));
    assert!(told("一、我们收集的信息\n我们会读取短信以自动填写验证码。").contains(&"sms".to_owned()));
}

#[test]
fn the_general_word_for_an_identifier_gives_way_to_the_one_beside_it() {
    for text in ["广告标识符（IDFA）", "IDFA（广告标识符）"] {
        let told = told(&format!("一、我们收集的信息\n我们会收集设备型号、{text}、操作系统版本。"));
        assert!(told.contains(&"data:idfa".to_owned()) && !told.contains(&"data:gaid".to_owned()), "{text}: {told:?}");
    }
    assert!(told("一、我们收集的信息\n我们会收集设备型号、广告标识符。").contains(&"data:gaid".to_owned()));
}

#[test]
fn the_words_of_a_constant_may_stand_apart() {
    let told = told("一、权限列表\nandroid.permission.READ PHONE_STATE：识别设备");
    assert!(told.contains(&"phone-state".to_owned()) && !told.contains(&"badge".to_owned()), "{told:?}");
}

#[test]
fn the_first_example_in_a_bracket_is_an_item() {
    let told = told("一、我们收集的信息\n- 操作系统版本、设备识别码（如IMEI、OAID等）：用于统计");
    assert!(told.contains(&"data:imei".to_owned()) && told.contains(&"data:oaid".to_owned()), "{told:?}");
}
