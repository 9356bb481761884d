//! F20: sensitive information is collected and neither necessity nor effect nor separate consent is spoken of.

use super::*;
use crate::audit::case::{affirms, first_party};
use crate::catalogue::Sensitivity;
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "sensitive-data-not-singled-out",
    number: "F20",
    name: Fixed { zh: "敏感个人信息未单独说明", en: "sensitive data not singled out" },
    help: Fixed {
        zh: "政策写明收集敏感个人信息，而全文没有单独同意、必要性或对个人权益影响的说明。纯文本不查加粗等标识；单独同意弹窗需动态核查，\
             故措辞为“未见说明”。",
        en: "The policy tells of sensitive personal information, and nowhere of separate consent, necessity or the effect on the \
             person. Bold print is not checked in plain text; a separate consent dialog can only be seen at run time.",
    },
    severity: Severity::Medium,
    clauses: &["pipl-28", "pipl-30", "gbt35273-5.4b", "gbt45574-5.4", "wsta-22"],
    recheck: Fixed { zh: "在真机上查看收集该信息前有无单独同意。", en: "See on a device whether a separate consent is asked for first." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    if case.policy.meta.sensitive.is_some() {
        return Outcome::Clear;
    }
    let sensitive: Vec<_> = case
        .policy
        .statements
        .iter()
        .filter(|s| affirms(s) && first_party(s))
        .filter(|s| {
            matches!(&s.subject, Subject::Data(d) if case.catalogue.data_item(d.as_str())
                .is_some_and(|d| d.sensitivity == Sensitivity::Sensitive && d.id != "minor"))
        })
        .collect();
    let mut quotes = quoted(&sensitive).into_iter();
    let Some(first) = quotes.next() else { return Outcome::Clear };
    let mut ids: Vec<String> = sensitive
        .iter()
        .filter_map(|s| match &s.subject {
            Subject::Data(d) => Some(d.to_string()),
            Subject::Capability(_) => None,
        })
        .collect();
    ids.sort();
    ids.dedup();
    let names = joined(&ids.iter().map(|i| item_title(case, i)).collect::<Vec<_>>());
    let search = case.search(["敏感个人信息", "单独同意", "必要性", "权益的影响"].map(String::from).to_vec(), |_| false);
    let mut finding = Finding::new(&RULE, "sensitive-data", text("敏感个人信息", "sensitive data"), first).with(quotes).with([search]);
    finding.confidence = Confidence::Medium;
    finding.subjects = ids;
    finding.message = text(
        format!("政策写明收集敏感个人信息（{}），未见单独同意、必要性或对权益影响的说明。", names.zh),
        format!("The policy tells of sensitive data ({}) and not of separate consent, necessity or effect.", names.en),
    );
    finding.remedy = text(
        "对敏感个人信息单列说明：必要性、对个人权益的影响，并取得单独同意。",
        "Single out sensitive data: necessity, effect on the person, and separate consent.",
    );
    missing_from_policy(case, vec![finding])
}
