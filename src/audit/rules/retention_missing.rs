//! E2: retention period missing.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "retention-missing",
    number: "E2",
    name: Fixed { zh: "保存期限缺失", en: "retention period missing" },
    help: Fixed {
        zh: "政策没有保存期限，也没有确定期限的方法。",
        en: "The policy gives neither a retention period nor how it is determined.",
    },
    severity: Severity::Low,
    clauses: &["pipl-17", "pipl-19", "wsta-21"],
    recheck: Fixed { zh: "按检索记录复查政策。", en: "Search the policy again." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let meta = &case.policy.meta;
    if meta.retention.is_some() {
        return Outcome::Clear;
    }
    let search = case.search(["保存期限", "存储期限", "保留", "删除或匿名化"].map(String::from).to_vec(), |_| false);
    let mut finding = Finding::new(&RULE, "policy", text("隐私政策", "privacy policy"), search);
    finding.confidence = Confidence::Medium;
    finding.message = text("政策中未见个人信息的保存期限或其确定方法。", "The policy gives no retention period nor how it is determined.");
    finding.remedy = text("写明各类个人信息的保存期限和到期后的处理方式。", "Give retention periods and what happens when they end.");
    missing_from_policy(case, vec![finding])
}
