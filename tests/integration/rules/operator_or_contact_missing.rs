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

#[test]
fn a_picture_in_the_place_of_the_contact_is_a_note() {
    let who = "<p>本应用由示例晴空（北京）科技有限公司运营。</p><p>我们收集您的手机号。</p>";
    let page = |end: &str| read(&format!("{who}{end}"));
    assert_eq!(judge(RULE, &apk(), &page("<p>客服邮箱：<img src='a.png'></p>")), "found: note contact-picture");
    assert_eq!(
        judge(RULE, &apk(), &page("<p>联系我们</p><img src='a.png' alt='二维码'>")),
        "found: note contact-picture"
    );
    assert_eq!(
        judge(RULE, &apk(), &page("<p>客服邮箱：<img alt='kefu@example.com'></p>")),
        "clear",
        "told by its words"
    );
    let banner = read(&format!("<img src='banner.png'>{who}"));
    assert_eq!(judge(RULE, &apk(), &banner), "found: medium operator", "a picture elsewhere");
    let nobody = read("<p>我们收集您的手机号。</p><p>客服邮箱：<img src='a.png'></p>");
    assert_eq!(judge(RULE, &apk(), &nobody), "found: medium operator, note contact-picture");
}

#[test]
fn a_picture_counts_in_markdown_as_well() {
    let text = "## 运营者\n本应用由**示例晴空（北京）科技有限公司**运营。\n我们收集您的手机号。\n## 联系我们\n![客服](kefu.png)\n";
    assert_eq!(judge(RULE, &apk(), &read(text)), "found: note contact-picture");
}
