use super::super::made::{apk, policy};
use super::{judge, read};

const RULE: &str = "date-missing";

#[test]
fn fires_without_any_date() {
    let mut undated = policy();
    undated.meta.updated = None;
    assert_eq!(judge(RULE, &apk(), &undated), "found: low date");
}

#[test]
fn any_one_of_the_dates_is_enough() {
    for slot in [0, 1, 2] {
        let mut dated = policy();
        let date = dated.meta.updated.take();
        match slot {
            0 => dated.meta.published = date,
            1 => dated.meta.updated = date,
            _ => dated.meta.effective = date,
        }
        assert_eq!(judge(RULE, &apk(), &dated), "clear", "{slot}");
    }
}

#[test]
fn a_version_with_a_date_counts() {
    assert_eq!(judge(RULE, &apk(), &read("版本：V2.1（2024年3月1日）\n我们收集您的手机号。")), "clear");
}

#[test]
fn a_date_in_the_settings_of_the_page_only_is_a_note() {
    let words = "<p>我们收集您的手机号。</p><p>完</p>";
    for head in [
        "<meta property='article:published_time' content='2024-03-01T08:00:00Z'>",
        "<meta name=PubDate content=\"2024-03-01 08:00\">",
        "<time datetime='2024-03-01'>上周</time>",
        "<script type='application/ld+json'>{\"datePublished\": \"2024-03-01\"}</script>",
    ] {
        assert_eq!(judge(RULE, &apk(), &read(&format!("{head}{words}"))), "found: note date", "{head}");
    }
    assert_eq!(judge(RULE, &apk(), &read(&format!("<meta name='viewport' content='2024'>{words}"))), "found: low date");
    let front =
        "---\ntitle: 示例应用隐私政策\ndate: 2024/3/1\n---\n示例应用是一款日常工具软件。\n我们收集您的手机号。\n";
    let files = [("p.md".to_owned(), front.as_bytes().to_vec())];
    let policy =
        privacy_audit::policy::Policy::from_bytes(&files, privacy_audit::catalogue::Catalogue::builtin()).unwrap();
    assert_eq!(judge(RULE, &apk(), &policy), "found: note date");
}
