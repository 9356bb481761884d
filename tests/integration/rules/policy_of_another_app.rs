use super::super::made::{apk, passage, policy};
use super::judge;
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
