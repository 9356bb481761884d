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

#[test]
fn sensitive_words_in_the_print_of_the_rest_are_a_note() {
    let said = "收集敏感个人信息前，我们会告知必要性并取得您的单独同意。";
    let page = |words: &str| read(&format!("<h2>收集</h2><p>{words}</p><p>{said}</p><p>请<b>仔细阅读</b>。</p>"));
    let plain = "我们收集您的人脸信息用于登录。";
    assert_eq!(judge(RULE, &apk(), &page(plain)), "found: note sensitive-data-print");
    for marked in [
        "我们收集您的<strong>人脸信息</strong>用于登录。",
        "我们收集您的<span style='color:#e60012'>人脸信息</span>用于登录。",
        "<b>我们收集您的人脸信息用于登录。</b>",
        "<font color=red>我们收集您的人脸信息</font>用于登录。",
    ] {
        assert_eq!(judge(RULE, &apk(), &page(marked)), "clear", "{marked}");
    }
    let markdown = |words: &str| read(&format!("## 收集\n{words}\n{said}\n请**仔细阅读**。\n"));
    assert_eq!(judge(RULE, &apk(), &markdown(plain)), "found: note sensitive-data-print");
    assert_eq!(judge(RULE, &apk(), &markdown("我们收集您的**人脸信息**用于登录。")), "clear");
}

#[test]
fn print_that_cannot_be_seen_accuses_nobody() {
    let said = "我们收集您的人脸信息用于登录。收集敏感个人信息前，我们会取得您的单独同意。";
    assert_eq!(judge(RULE, &apk(), &read(said)), "clear", "plain text");
    assert_eq!(
        judge(RULE, &apk(), &read(&format!("<p>{said}</p><p>完</p>"))),
        "clear",
        "a page that sets nothing apart"
    );
    let linked = "<link rel=stylesheet href=a.css><p>请<b>细读</b>。我们收集您的<span class=x>人脸信息</span>用于登录。</p><p>取得单独同意。</p>";
    assert_eq!(judge(RULE, &apk(), &read(linked)), "clear", "a style that was not given");
}

#[test]
fn examples_of_sensitive_data_stand_for_all() {
    let text = "我们收集您的人脸信息用于登录，收集您的银行账户用于提现。\n人脸信息等敏感个人信息，我们会告知必要性并取得您的单独同意。";
    assert_eq!(judge(RULE, &apk(), &read(text)), "clear");
}

#[test]
fn what_is_denied_in_the_same_breath_is_not_told() {
    let text =
        "我们收集您的手机号。\n指纹、面容数据由您的手机终端保存和校验，我们不接触您的指纹及面容数据，只获得校验结果。";
    assert_eq!(judge(RULE, &apk(), &read(text)), "not_applicable");
    let kept = "我们收集您的手机号。\n门锁的指纹、密码等信息以加密方式仅保存在门锁本地，不会上传至本App或服务器。";
    assert_eq!(judge(RULE, &apk(), &read(kept)), "not_applicable");
}
