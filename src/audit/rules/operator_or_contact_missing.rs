//! F17: no operator, or no way to reach it.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "operator-or-contact-missing",
    number: "F17",
    name: Fixed { zh: "运营者信息缺失", en: "operator or contact missing" },
    help: Fixed {
        zh: "政策没有公司名称，或没有任何联系方式（邮箱、电话、地址、在线渠道）。名称在页眉或落款的不报；应写联系方式处只有图片的为提示，需人工核对图片。",
        en: "The policy names no company, or no contact (mail, phone, address, online form). A name in the header or signature counts; \
             where a picture stands in the place of the contact, a note asks to look at it.",
    },
    severity: Severity::Medium,
    clauses: &["pipl-17", "wsta-21", "self2019-9", "gbt35273-5.5a"],
    recheck: Fixed { zh: "查看政策原文页眉、落款和图片。", en: "Look at header, signature and pictures of the original page." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let meta = &case.policy.meta;
    let mut lacks = Vec::new();
    if meta.operator.is_none() {
        lacks.push(text("运营者名称", "the operator's name"));
    }
    let pictured = meta.contacts.is_empty().then(|| picture(case)).flatten();
    if meta.contacts.is_empty() && pictured.is_none() {
        lacks.push(text("联系方式", "a contact"));
    }
    if lacks.is_empty() {
        return missing_from_policy(case, pictured.into_iter().collect());
    }
    let lacking = joined(&lacks);
    let search = case.search(vec!["有限公司".into(), "联系我们".into(), "邮箱".into(), "电话".into(), "地址".into()], |_| false);
    let mut finding = Finding::new(&RULE, "operator", text("运营者信息", "operator"), search);
    finding.confidence = Confidence::Medium;
    finding.message = text(format!("政策中未见{}。", lacking.zh), format!("The policy does not give {}.", lacking.en));
    finding.remedy = text(
        "写明运营者全称、注册地址和个人信息保护负责人的联系方式。",
        "Give the operator's full name, registered address and the contact of the person in charge of personal information.",
    );
    missing_from_policy(case, std::iter::once(finding).chain(pictured).collect())
}

/// The note on pictures where a contact is expected.
fn picture(case: &Case<'_>) -> Option<Finding> {
    let mut pictures = case.policy.meta.contact_pictures.iter().map(|p| Evidence::Passage(p.passage.clone()));
    let mut finding = Finding::new(&RULE, "contact-picture", text("联系方式", "contact"), pictures.next()?).with(pictures);
    finding.severity = Severity::Note;
    finding.confidence = Confidence::Low;
    finding.message = text(
        "政策文字中未见联系方式，应写联系方式处有图片；图片内容未读，需人工核对。",
        "The words of the policy give no contact; pictures stand where one is expected. They were not read: look at them.",
    );
    finding.remedy = text("以文字写明联系方式。", "Give the contact in words.");
    Some(finding)
}
