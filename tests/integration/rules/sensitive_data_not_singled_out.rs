use super::super::made::{Says, apk, policy, says};
use super::{judge, read};
use privacy_audit::policy::Policy;

const RULE: &str = "sensitive-data-not-singled-out";

fn silent(items: &[&str]) -> Policy {
    let mut made = policy();
    made.meta.sensitive = None;
    items.iter().fold(made, |p, i| says(p, i, Says::data()))
}

#[test]
fn the_standard_of_2025_accuses_and_the_older_one_notes() {
    assert_eq!(judge(RULE, &apk(), &silent(&["face"])), "found: medium sensitive-data");
    assert_eq!(judge(RULE, &apk(), &silent(&["contacts"])), "found: note sensitive-data-gbt35273");
    assert_eq!(
        judge(RULE, &apk(), &silent(&["bank", "sms"])),
        "found: medium sensitive-data, note sensitive-data-gbt35273"
    );
}

#[test]
fn each_item_on_its_own() {
    let text = "我们收集您的人脸信息用于登录，收集您的银行账户用于提现。\n四、敏感信息\n";
    let face = read(&format!("{text}人脸信息属于敏感个人信息，核对本人必须使用；我们会取得您的单独同意。"));
    let (settings, package) = (privacy_audit::audit::Settings::default(), apk());
    let audit =
        privacy_audit::audit::Audit::new(&package, &face, privacy_audit::catalogue::Catalogue::builtin(), &settings);
    let subjects: Vec<_> =
        audit.findings().into_iter().filter(|f| f.rule.id == RULE).map(|f| f.subjects.clone()).collect();
    assert_eq!(subjects, [["bank"]]);
    let both = read(&format!("{text}人脸信息、银行账户属于敏感个人信息，我们会取得您的单独同意。"));
    assert_eq!(judge(RULE, &apk(), &both), "clear");
}

#[test]
fn words_in_general_cover_all() {
    let general = read("我们收集您的人脸信息用于登录。\n收集敏感个人信息前，我们会告知必要性并取得您的单独同意。");
    assert_eq!(judge(RULE, &apk(), &general), "clear");
}

#[test]
fn without_sensitive_data_it_has_nothing_to_look_at() {
    assert_eq!(judge(RULE, &apk(), &silent(&["device_model"])), "not_applicable");
    assert_eq!(judge(RULE, &apk(), &silent(&["identity_umbrella"])), "not_applicable", "an umbrella word");
    assert_eq!(judge(RULE, &apk(), &silent(&["minor"])), "not_applicable", "E4 speaks");
    let denied = says(silent(&[]), "face", Says::denied());
    assert_eq!(judge(RULE, &apk(), &denied), "not_applicable", "denied");
}
