use super::super::made::{apk, lists, points_to, policy};
use super::judge;
use privacy_audit::policy::{ListKind, NameMatch, Policy};

const RULE: &str = "collection-lists-missing";

fn bare() -> Policy {
    let mut policy = policy();
    policy.meta.collection_list = None;
    policy
}

#[test]
fn fires_without_any_list() {
    assert_eq!(judge(RULE, &apk(), &bare()), "found: note policy");
}

#[test]
fn any_one_list_or_a_link_to_one_is_enough() {
    assert_eq!(judge(RULE, &apk(), &policy()), "clear", "a collection list");
    let mut sharing = bare();
    sharing.meta.sharing_list = sharing.meta.retention.clone();
    assert_eq!(judge(RULE, &apk(), &sharing), "clear", "a sharing list");
    assert_eq!(judge(RULE, &apk(), &lists(bare(), "getui", NameMatch::Product)), "clear", "an SDK list");
    assert_eq!(judge(RULE, &apk(), &points_to(bare(), ListKind::Collection)), "clear", "a link");
}
