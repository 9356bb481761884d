use super::super::made::{apk, policy};
use super::{judge, read};
use privacy_audit::policy::Unread;

const RULE: &str = "retention-missing";

#[test]
fn fires_without_a_period_or_a_way_to_tell_it() {
    let mut missing = policy();
    missing.meta.retention = None;
    assert_eq!(judge(RULE, &apk(), &missing), "found: low policy");
    missing.unread.push(Unread { place: "page 3".into(), why: "holds images only".into() });
    assert_eq!(judge(RULE, &apk(), &missing), "undetermined");
}

#[test]
fn a_period_or_a_way_to_tell_it_is_enough() {
    for text in ["我们收集您的手机号，保存三年。", "我们仅在实现目的所必需的最短期限内保留您的个人信息。"]
    {
        assert_eq!(judge(RULE, &apk(), &read(text)), "clear", "{text}");
    }
}
