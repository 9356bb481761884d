//! E4: the app is for children, or plainly concerns them, and the policy has no rules for them.

use super::*;
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "minors-rules-missing",
    number: "E4",
    name: Fixed { zh: "未成年人规则缺失", en: "rules for minors missing" },
    help: Fixed {
        zh: "政策写明处理未成年人信息，或服务类型为学习教育，而没有专门规则。其他应用不判断。",
        en: "The policy tells of minors' information, or the service type is education, and there are no special rules. Other apps are not judged.",
    },
    severity: Severity::Low,
    clauses: &["pipl-31", "wsta-21"],
    recheck: Fixed { zh: "查看是否另有儿童个人信息保护规则。", en: "See whether there is a separate policy for children." },
    check,
};

/// 学习教育 among the 39 service types.
const EDUCATION: u8 = 19;

fn check(case: &Case<'_>) -> Outcome {
    if case.policy.meta.minors.is_some() {
        return Outcome::Clear;
    }
    let told = case.policy.statements.iter().any(|s| matches!(&s.subject, Subject::Data(d) if *d == "minor"));
    if !told && case.settings.service_type != Some(EDUCATION) {
        return not_told(case, "未见面向未成年人的迹象", "nothing shows that the app is for minors");
    }
    let search = case.search(["未成年人", "儿童", "监护人", "十四周岁"].map(String::from).to_vec(), |_| false);
    let mut finding = Finding::new(&RULE, "minors", text("未成年人", "minors"), search);
    finding.confidence = Confidence::Medium;
    finding.message = text("政策中未见不满十四周岁未成年人的专门规则。", "The policy has no special rules for children under fourteen.");
    finding.remedy = text("制定专门的未成年人个人信息处理规则，写明监护人同意的方式。", "Set special rules for minors, with how guardians consent.");
    missing_from_policy(case, vec![finding])
}
