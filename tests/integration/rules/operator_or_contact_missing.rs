use super::super::made::{apk, policy};
use super::{judge, read};
use privacy_audit::policy::Unread;

const RULE: &str = "operator-or-contact-missing";

#[test]
fn fires_when_either_lacks() {
    let mut nobody = policy();
    nobody.meta.operator = None;
    assert_eq!(judge(RULE, &apk(), &nobody), "found: medium operator");
    let mut unreachable = policy();
    unreachable.meta.contacts.clear();
    assert_eq!(judge(RULE, &apk(), &unreachable), "found: medium operator");
    assert_eq!(judge(RULE, &apk(), &policy()), "clear");
}

#[test]
fn a_name_in_the_signature_counts() {
    let text = "我们收集您的手机号。\n联系我们\n邮箱：a@example.com\n\n示例晴空（北京）科技有限公司\n2024年1月1日";
    assert_eq!(judge(RULE, &apk(), &read(text)), "clear");
}

#[test]
fn a_part_that_could_not_be_read_leaves_it_open() {
    let mut pictures = policy();
    pictures.meta.contacts.clear();
    pictures.unread.push(Unread { place: "page 3".into(), why: "holds images only".into() });
    assert_eq!(judge(RULE, &apk(), &pictures), "undetermined");
}
