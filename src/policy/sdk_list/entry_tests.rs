//! What belongs to an entry of a list and what opens one: made-up lists, one mechanism each.

use crate::catalogue::Catalogue;
use crate::policy::Policy;

/// The entries of a text with their data, in order: `name: item item`.
fn read(text: &str) -> Vec<String> {
    let text = format!("示例应用是一款记账软件，本政策说明我们如何处理您的个人信息。\n{text}\n");
    let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into_bytes())], Catalogue::builtin()).unwrap();
    let entry = |s: &crate::policy::SdkEntry| {
        let mut data: Vec<String> = s.data.iter().map(ToString::to_string).collect();
        data.sort();
        format!("{}: {}", s.name, data.join(" "))
    };
    policy.sdks.iter().map(entry).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn lines_below_a_label_belong_to_the_entry() {
    check(&[
        (
            "我们接入的第三方SDK如下：\n1、友盟统计SDK\n收集的个人信息：\n- 设备型号\n- OAID\n使用目的：统计\n2、个推SDK\n收集的个人信息：\n- IP地址",
            &["友盟统计SDK: device_model oaid", "个推SDK: ip"],
        ),
        (
            "第三方SDK目录\n友盟统计SDK\n数据处理说明：\n- 收集的信息：OAID\n个推SDK\n数据处理说明：\n- 收集的信息：IP地址",
            &["友盟统计SDK: oaid", "个推SDK: ip"],
        ),
        (
            "我们接入的第三方SDK：\n1）SDK名称：个推SDK\n收集个人信息的类型：\n【双端】设备型号、当前的MAC地址\n【仅Android】AndroidID\n您可以选择是否向个推提供如下信息：\n【双端】OAID\n使用目的：推送",
            &["个推SDK: android_id device_model mac_wifi oaid"],
        ),
    ]);
}

#[test]
fn a_heading_and_a_labelled_name_below_it_are_one_entry() {
    check(&[(
        "第三方SDK目录\n（一）友盟统计SDK\nSDK名称：友盟统计\n收集的信息：OAID\n（二）个推SDK\nSDK名称：个推\n收集的信息：IP地址",
        &["友盟统计: oaid", "个推: ip"],
    )]);
}

#[test]
fn an_address_ends_its_line() {
    check(&[(
        "我们接入的第三方SDK目录如下，请您在使用前仔细阅读各家的说明：\n友盟统计 SDK\n- 收集的信息：OAID、设备型号、操作系统版本、屏幕分辨率\n- 隐私政策：https://www.example.com/privacy/policy/of/the/statistics/kit/2024\nQQ互联 SDK\n- 收集的信息：IP地址\n- 隐私政策：https://www.example.com/privacy",
        &["友盟统计 SDK: device_model oaid os_version screen", "QQ互联 SDK: ip"],
    )]);
}

#[test]
fn what_is_no_component_opens_no_entry() {
    check(&[
        ("【示例应用】第三方SDK清单\n友盟统计SDK\n收集的信息：OAID", &["友盟统计SDK: oaid"]),
        ("用户登录、支付、更新应用内容、三方sdk数据统计和内容下发。", &[]),
        ("我们会在目录中列明第三方及关联方SDK的名称。", &[]),
        ("我们接入的第三方SDK如下：\n- 友盟统计SDK，收集OAID\n- 剪贴板\n- 未集成任何广告SDK", &["友盟统计SDK: oaid"]),
    ]);
}

#[test]
fn the_components_of_the_sentence_before_are_meant() {
    check(&[(
        "为了向您推送账单，我们接入了个推SDK。为实现此功能，第三方SDK会收集您的设备型号、IP地址。",
        &["个推SDK: device_model ip"],
    )]);
}
