use super::super::made::{Says, apk, embeds, lists, points_to, policy, says};
use super::judge;
use privacy_audit::apk::{Apk, Confidence};
use privacy_audit::policy::{ListKind, NameMatch, Party, Policy, Role, SdkEntry};

const RULE: &str = "incomplete-sdk-entry";

fn getui() -> Apk {
    embeds(apk(), "getui", Confidence::High)
}

fn entry(change: impl FnOnce(&mut SdkEntry)) -> Policy {
    let mut policy = lists(policy(), "getui", NameMatch::Product);
    change(&mut policy.sdks[0]);
    policy
}

#[test]
fn each_element_that_lacks_is_told() {
    assert_eq!(judge(RULE, &getui(), &entry(|_| {})), "clear");
    assert_eq!(judge(RULE, &getui(), &entry(|e| e.purpose = None)), "found: medium getui");
    assert_eq!(judge(RULE, &getui(), &entry(|e| e.data.clear())), "found: medium getui");
    assert_eq!(
        judge(RULE, &getui(), &entry(|e| e.data = vec!["pi_umbrella".into()])),
        "found: medium getui",
        "个人信息 names no kind"
    );
    assert_eq!(judge(RULE, &getui(), &entry(|e| e.company = None)), "found: medium getui");
    assert_eq!(judge(RULE, &getui(), &entry(|e| e.link = None)), "found: low getui");
}

#[test]
fn an_element_in_another_entry_of_the_sdk_counts() {
    let mut two = entry(|e| e.purpose = None);
    two.sdks.extend(entry(|_| {}).sdks);
    assert_eq!(judge(RULE, &getui(), &two), "clear");
}

#[test]
fn a_paragraph_for_all_counts() {
    let mut common = says(entry(|e| e.data.clear()), "android_id", Says::partner());
    common.statements.last_mut().unwrap().role = Role::SdkList;
    assert_eq!(judge(RULE, &getui(), &common), "clear");
    common.statements.last_mut().unwrap().party = Party::FirstParty;
    assert_eq!(
        judge(RULE, &getui(), &common),
        "found: medium getui",
        "what the app itself collects says nothing of SDKs"
    );
}

#[test]
fn an_sdk_that_collects_nothing_needs_no_kinds() {
    assert_eq!(
        judge(
            RULE,
            &getui(),
            &entry(|e| {
                e.data.clear();
                e.says_none = true;
            })
        ),
        "clear"
    );
}

#[test]
fn mere_prose_vague_names_and_what_is_not_there_are_not_judged() {
    assert_eq!(
        judge(
            RULE,
            &getui(),
            &entry(|e| {
                e.listed = false;
                e.purpose = None;
            })
        ),
        "clear",
        "prose"
    );
    let family = entry(|e| {
        e.name_match = NameMatch::Class;
        e.purpose = None;
    });
    assert_eq!(judge(RULE, &getui(), &family), "clear", "a kind of component");
    assert_eq!(judge(RULE, &apk(), &entry(|e| e.purpose = None)), "clear", "not in the package");
}

#[test]
fn a_list_that_was_not_given_leaves_it_open() {
    assert_eq!(judge(RULE, &getui(), &points_to(entry(|e| e.purpose = None), ListKind::Sdk)), "undetermined");
}

#[test]
fn a_purpose_in_a_sentence_of_its_own_counts() {
    use super::read;
    let listed = |purpose: &str| {
        let entry =
            "收集的个人信息包括：设备型号、IP地址。提供者：网易（杭州）网络有限公司。链接：https://yunxin.163.com";
        read(&format!(
            "我们收集您的手机号。\n四、第三方SDK清单\n1、网易云信IM SDK\n{purpose}\n{entry}\n2、融云SDK\n使用目的：聊天\n收集的个人信息：设备型号\n"
        ))
    };
    let app = || embeds(apk(), "netease-nim", Confidence::High);
    let lacks = |purpose: &str| {
        let (settings, package, policy) = (privacy_audit::audit::Settings::default(), app(), listed(purpose));
        let catalogue = privacy_audit::catalogue::Catalogue::builtin();
        let audit = privacy_audit::audit::Audit::new(&package, &policy, catalogue, &settings);
        let messages: Vec<String> =
            audit.findings().into_iter().filter(|f| f.rule.id == RULE).map(|f| f.message.zh.clone()).collect();
        messages.iter().any(|m| m.contains("使用目的"))
    };
    assert!(lacks(""), "no purpose");
    for told in [
        "网易云信IM服务为本应用赋予即时通讯的能力。",
        "网易云信IM SDK向本应用提供消息收发服务。",
        "您在使用聊天功能时，网易云信IM SDK会参与处理。",
        "接入网易云信IM SDK，以便您与好友聊天。",
    ] {
        assert!(!lacks(told), "{told}");
    }
}

#[test]
fn a_purpose_in_the_bracket_behind_the_name_counts() {
    let purpose = |name: &str| {
        let text = format!(
            "我们收集您的手机号。\n四、第三方SDK清单\n1. {name}\n   - 收集信息：设备型号\n2. 极光推送SDK（消息通知）\n   - 收集信息：OAID"
        );
        super::read(&text).sdks.iter().find(|s| s.name.contains("友盟")).and_then(|s| s.purpose.clone())
    };
    assert_eq!(purpose("友盟SDK（统计分析）").as_deref(), Some("统计分析"));
    for none in ["友盟SDK（安卓版）", "友盟SDK（北京锐讯灵通科技有限公司）", "友盟SDK（IMEI）", "友盟SDK（V9.1）"]
    {
        assert_eq!(purpose(none), None, "{none}");
    }
}

#[test]
fn a_link_behind_words_for_rules_counts() {
    let text = "我们收集您的手机号。\n四、第三方SDK清单\n3、友盟\n使用目的：数据统计\n收集使用的个人信息包括：设备型号\n友盟隐私政策链接：https://www.umeng.com/policy\n4、极光推送\n使用目的：推送\n收集的个人信息：OAID\n";
    let policy = super::read(text);
    let link = |name: &str| policy.sdks.iter().find(|s| s.name.contains(name)).and_then(|s| s.link.clone());
    assert_eq!(link("友盟").as_deref(), Some("https://www.umeng.com/policy"));
    assert_eq!(link("极光"), None);
}

/// Name, company and link of each entry.
fn told(list: &str) -> Vec<String> {
    let policy =
        super::read(&format!("我们收集您的手机号。\n四、第三方SDK清单\n{list}\n五、联系我们\n邮箱：a@example.com\n"));
    let or = |value: &Option<String>| value.clone().unwrap_or("-".into());
    policy.sdks.iter().map(|s| format!("{} {} {}", s.name, or(&s.company), or(&s.link))).collect()
}

const STATS: &str = "1、友盟统计SDK\n使用目的：统计分析\n收集的个人信息：设备型号\n";
const PUSH: &str = "2、友盟推送SDK\n使用目的：消息推送\n收集的个人信息：OAID\n";

#[test]
fn what_is_said_once_for_all_counts_for_each() {
    let company = "友盟同欣（北京）科技有限公司";
    let all = |company: &str, link: &str| {
        vec![format!("友盟统计SDK {company} {link}"), format!("友盟推送SDK {company} {link}")]
    };
    let below = |said: &str| told(&format!("{STATS}{PUSH}{said}"));
    let above = |said: &str| told(&format!("{said}\n{STATS}{PUSH}"));
    let link = "https://www.umeng.com/policy";
    assert_eq!(below(&format!("以上SDK均由{company}提供，隐私政策：{link}。")), all(company, link));
    assert_eq!(below("注：上述SDK均由友盟提供。"), all("友盟", "-"));
    assert_eq!(below(&format!("上述两款SDK的隐私政策链接：{link}")), all("-", link));
    assert_eq!(above(&format!("以下SDK由{company}提供，隐私政策：{link}")), all(company, link));
    assert_eq!(above(&format!("隐私政策链接：{link}")), all("-", link));
    for nobody in ["以上SDK均由第三方提供。", "以上SDK均由我们的合作方提供。", "我们由示例科技有限公司提供服务。"]
    {
        assert_eq!(below(nobody), all("-", "-"), "{nobody}");
    }
}

#[test]
fn a_named_group_speaks_for_its_members_alone() {
    let link = "https://www.umeng.com/policy";
    let group = format!(
        "（一）友盟系列SDK\n隐私政策链接：{link}\n{STATS}{PUSH}（二）其他\n1、极光推送SDK\n使用目的：推送\n收集的个人信息：OAID\n"
    );
    let found = told(&group);
    for member in [format!("友盟统计SDK - {link}"), format!("友盟推送SDK - {link}"), "极光推送SDK - -".into()]
    {
        assert!(found.contains(&member), "{member}: {found:?}");
    }
}

#[test]
fn a_sentence_below_a_table_speaks_of_that_table() {
    let table = |name: &str| {
        format!("\n\n| SDK名称 | 使用目的 | 收集的个人信息 |\n|---|---|---|\n| {name} | 推送 | OAID |\n\n")
    };
    let (first, second) = (table("友盟推送SDK"), table("极光推送SDK"));
    let text = format!(
        "# 隐私政策\n我们收集您的手机号。\n## 四、第三方SDK清单{first}其他：{second}上表SDK均由深圳市和讯华谷信息技术有限公司提供。\n"
    );
    let files = [("p.md".to_owned(), text.into_bytes())];
    let policy =
        privacy_audit::policy::Policy::from_bytes(&files, privacy_audit::catalogue::Catalogue::builtin()).unwrap();
    let companies: Vec<_> = policy.sdks.iter().map(|s| (s.name.as_str(), s.company.as_deref())).collect();
    assert_eq!(companies, [("友盟推送SDK", None), ("极光推送SDK", Some("深圳市和讯华谷信息技术有限公司"))]);
}
