//! F01: the text holds no rule of collecting or using personal information.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "no-collection-rules",
    number: "F01",
    name: Fixed { zh: "无收集使用规则", en: "no collection rules" },
    help: Fixed {
        zh: "提供的文本中没有任何收集、使用个人信息的规则。抓取失败的网页、空文件不在此列：它们在读取时就会报错。",
        en: "The text holds no sentence about collecting or using personal information. A failed download or an empty file is \
             an error when it is read, not a finding.",
    },
    severity: Severity::High,
    clauses: &["rdff-1-1", "pipl-7", "pipl-17", "csl-41"],
    recheck: Fixed {
        zh: "人工通读所提供的文本，确认其是否为隐私政策、是否完整。",
        en: "Read the text and make sure that it is the privacy policy and complete.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    if case.policy.has_collection_rules() {
        return Outcome::Clear;
    }
    if case.policy_unread() || case.list_missing(&[crate::policy::ListKind::Collection]) {
        return Outcome::Undetermined(
            text("文本未读全，或收集规则在未提供的清单中", "the text was not read whole, or its rules lie in a list not given"),
            Vec::new(),
        );
    }
    let search = case.search(Vec::new(), |_| true);
    let mut finding = Finding::new(&RULE, "policy", text("隐私政策", "privacy policy"), search);
    finding.message = text(
        "所提供的文本中未见收集、使用个人信息的规则。",
        "The text holds no rule about collecting or using personal information.",
    );
    finding.remedy = text(
        "公开完整的隐私政策，逐项写明收集使用个人信息的目的、方式和范围。",
        "Publish a complete policy that lists purposes, means and scope of collecting and using personal information.",
    );
    Outcome::Found(vec![finding])
}
