//! F18: no date of publication, update or effect.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "date-missing",
    number: "F18",
    name: Fixed { zh: "时效缺失", en: "date missing" },
    help: Fixed {
        zh: "政策没有发布、更新或生效日期。以版本号加日期呈现的不报；只有网页元信息（meta、time、页面生成器的设置等）中有日期的为提示，需人工核对页面是否显示。",
        en: "The policy has no date of publication, update or effect. A version with a date counts; a date in the page's settings only (meta, time, a generator's settings) makes a note: see whether the page shows it.",
    },
    severity: Severity::Low,
    clauses: &["rdff-2-2", "gbt35273-5.5f"],
    recheck: Fixed { zh: "查看政策首尾与网页元信息。", en: "Look at the head, the end and the page's metadata." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let meta = &case.policy.meta;
    if meta.published.is_some() || meta.updated.is_some() || meta.effective.is_some() {
        return Outcome::Clear;
    }
    if let Some(date) = &meta.page_date {
        let mut finding = Finding::new(&RULE, "date", text("政策时效", "date"), Evidence::Passage(date.passage.clone()));
        finding.severity = Severity::Note;
        finding.confidence = Confidence::Medium;
        finding.message = text(
            format!("政策正文中未见发布、更新或生效日期，仅网页元信息中有日期 {}。", date.value),
            format!("The words of the policy tell no date; only the settings of the page do: {}.", date.value),
        );
        finding.remedy = text("在政策首部写明更新日期和生效日期。", "State the dates of update and effect at the top.");
        return missing_from_policy(case, vec![finding]);
    }
    let search = case.search(["发布日期", "更新日期", "生效日期", "版本"].map(String::from).to_vec(), |_| false);
    let mut finding = Finding::new(&RULE, "date", text("政策时效", "date"), search);
    finding.message = text("政策中未见发布、更新或生效日期。", "The policy has no date of publication, update or effect.");
    finding.remedy = text("在政策首部写明更新日期和生效日期。", "State the dates of update and effect at the top.");
    missing_from_policy(case, vec![finding])
}
