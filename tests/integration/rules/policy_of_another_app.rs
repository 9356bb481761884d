use super::super::made::{apk, passage, policy};
use super::judge;
use privacy_audit::apk::{Apk, Signer};
use privacy_audit::policy::{Fact, Policy};

const RULE: &str = "policy-of-another-app";

fn named(name: &str) -> Policy {
    let mut policy = policy();
    policy.meta.app_name.as_mut().unwrap().value = name.into();
    policy
}

#[test]
fn fires_when_the_names_have_nothing_in_common() {
    assert_eq!(judge(RULE, &apk(), &named("晴空课堂")), "found: note app-name");
}

#[test]
fn names_that_contain_each_other_are_silent() {
    for name in ["样例", "样例App", "样例手机版", "“样例”"] {
        assert_eq!(judge(RULE, &apk(), &named(name)), "clear", "{name}");
    }
}

#[test]
fn every_name_of_the_policy_is_weighed() {
    let mut alias = named("晴空课堂");
    alias.meta.other_names.push(Fact { value: "样例".into(), passage: passage(3, "样例") });
    assert_eq!(judge(RULE, &apk(), &alias), "clear");
}

#[test]
fn a_translated_name_is_silent() {
    assert_eq!(judge(RULE, &apk(), &named("Sample")), "clear");
}

#[test]
fn without_a_name_on_either_side_there_is_nothing_to_compare() {
    let mut nameless = policy();
    nameless.meta.app_name = None;
    assert_eq!(judge(RULE, &apk(), &nameless), "not_applicable");
    let mut unlabelled = apk();
    unlabelled.label = None;
    assert_eq!(judge(RULE, &unlabelled, &named("晴空课堂")), "not_applicable");
}

#[test]
fn a_name_ends_with_its_mark() {
    let files =
        [("p.txt".to_owned(), "《山海行纪》游戏隐私保护指引\n我们收集您的手机号用于注册账号。\n".as_bytes().to_vec())];
    let read = Policy::from_bytes(&files, privacy_audit::catalogue::Catalogue::builtin()).unwrap();
    assert_eq!(read.meta.app_name.unwrap().value, "山海行纪");
}

fn signed(subject: &str) -> Apk {
    let mut apk = apk();
    apk.signers.push(Signer { subject: subject.into(), sha256: "00".into() });
    apk
}

fn operated(mut policy: Policy, operator: &str) -> Policy {
    policy.meta.operator = Some(Fact { value: operator.into(), passage: passage(2, operator) });
    policy
}

fn messages(apk: &Apk, policy: &Policy) -> Vec<(String, usize)> {
    let (settings, catalogue) =
        (privacy_audit::audit::Settings::default(), privacy_audit::catalogue::Catalogue::builtin());
    let audit = privacy_audit::audit::Audit::new(apk, policy, catalogue, &settings);
    let findings = audit.findings();
    findings.iter().filter(|f| f.rule.id == RULE).map(|f| (f.message.zh.clone(), f.evidence().len())).collect()
}

#[test]
fn an_operator_other_than_the_signer_is_shown_beside_the_name() {
    let other = operated(named("晴空课堂"), "北京晴空教育科技有限公司");
    let told = messages(&signed("CN=x,O=上海暮云网络科技有限公司"), &other);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].0.contains("运营者为“北京晴空教育科技有限公司”，签名证书的公司为“上海暮云网络科技有限公司”"),
        "{}",
        told[0].0
    );
    assert_eq!(told[0].1, 4);
    for silent in ["CN=Android Debug,O=Android,C=US", "O=Muyun Technology Co.\\, Ltd", "O=晴空网络有限公司", "O=张三"]
    {
        let told = messages(&signed(silent), &other);
        assert!(told.len() == 1 && !told[0].0.contains("运营者"), "{silent}: the name alone is held against it");
    }
}

#[test]
fn another_signer_alone_is_silent() {
    let agency = signed("O=上海暮云网络科技有限公司");
    assert_eq!(judge(RULE, &agency, &operated(policy(), "北京晴空教育科技有限公司")), "clear", "the name matches");
    assert_eq!(judge(RULE, &agency, &operated(named("Sample"), "北京晴空教育科技有限公司")), "clear", "a translation");
    let mut nameless = operated(policy(), "北京晴空教育科技有限公司");
    nameless.meta.app_name = None;
    assert_eq!(judge(RULE, &agency, &nameless), "not_applicable", "no name to hold against");
}

#[test]
fn id_signer_and_operator_explain_a_name() {
    let mut latin = apk();
    latin.label = Some("Probe".into());
    assert_eq!(judge(RULE, &latin, &named("Sample")), "clear", "the application id");
    assert_eq!(judge(RULE, &signed("O=晴空课堂教育有限公司"), &named("晴空课堂")), "clear", "the signer");
    assert_eq!(judge(RULE, &apk(), &operated(named("晴空课堂"), "北京样例网络有限公司")), "clear", "the operator");
}

#[test]
fn another_institution_of_a_kind_is_told_without_a_name() {
    let mut bank = apk();
    bank.label = Some("晴空银行".into());
    let mut nameless = operated(policy(), "暮云银行股份有限公司");
    nameless.meta.app_name = None;
    assert_eq!(judge(RULE, &bank, &nameless), "found: note operator");
    nameless = operated(nameless, "晴空银行股份有限公司");
    assert_eq!(judge(RULE, &bank, &nameless), "not_applicable");
    nameless = operated(nameless, "暮云科技有限公司");
    assert_eq!(judge(RULE, &bank, &nameless), "not_applicable", "a company may run a bank's app");
}
