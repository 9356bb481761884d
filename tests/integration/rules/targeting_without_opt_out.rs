use super::super::made::{apk, policy};
use super::{judge, read};

const RULE: &str = "targeting-without-opt-out";

#[test]
fn fires_without_a_way_to_refuse() {
    let mut targeted = policy();
    targeted.meta.targeting = targeted.meta.retention.clone();
    assert_eq!(judge(RULE, &apk(), &targeted), "found: medium targeting");
    targeted.meta.targeting_opt_out = targeted.meta.retention.clone();
    assert_eq!(judge(RULE, &apk(), &targeted), "clear");
}

#[test]
fn targeting_that_is_not_done_is_none() {
    assert_eq!(
        judge(RULE, &apk(), &read("我们收集您的手机号。本应用不做个性化推荐，也不展示广告。")),
        "not_applicable"
    );
    assert_eq!(judge(RULE, &apk(), &policy()), "not_applicable");
}
