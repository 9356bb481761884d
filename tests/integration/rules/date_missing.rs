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
