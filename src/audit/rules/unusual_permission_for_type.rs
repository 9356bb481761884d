//! F11: a permission that the service type hardly ever needs.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "unusual-permission-for-type",
    number: "F11",
    name: Fixed { zh: "权限与应用类型不相称", en: "unusual permission for the type" },
    help: Fixed {
        zh: "服务类型由人工给出（--service-type），或应用名称明确显示（推断，并说明理由）时判断：权限属于该类型不常见的能力，且政策\
             没有写任何需要它的业务功能。人工给出类型时通话记录、短信、无障碍为中，其余及推断的一律为提示。名称涉及多个类型的不推断。名称表明是企业、行业专用应用（商户版、司机端等）的不判断。“不常见”是工作判断，不等于超出必要范围。",
        en: "Judged when a person gave the service type (--service-type) or the app's name shows it (a guess, with its reason): the \
             permission opens a capability that is unusual for the type and the policy tells no function that needs it. Medium for call \
             log, SMS and accessibility when a person gave the type, otherwise a note. Names that speak of several types show none. Apps whose name shows a trade or an enterprise are not judged. \
             Unusual is a working judgement, not the same as exceeding what is necessary.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-4-1", "pipl-6", "gbt41391-6.1", "gbt41391-annex-e"],
    recheck: Fixed { zh: "在应用中查找需要该权限的功能。", en: "Look for a function in the app that needs it." },
    check,
};

const GRAVE: &[&str] = &["call-log", "sms", "accessibility"];

fn check(case: &Case<'_>) -> Outcome {
    let Some(known) = &case.service_type else {
        return Outcome::NotApplicable(text(
            "未给出服务类型（--service-type），应用名称也不足以判断",
            "no service type was given (--service-type), and the app's name does not show it",
        ));
    };
    if let Some(word) = crate::audit::service_type::trade(case) {
        return Outcome::NotApplicable(text(
            format!("应用名称中有“{word}”，属企业或行业专用应用"),
            format!("the app's name holds \"{word}\": it is for a trade or an enterprise"),
        ));
    }
    let kind = known.kind;
    let guessed = known.guess.as_ref().map(|why| text(format!("（类型为推断：{}）", why.zh), format!(" (type guessed: {})", why.en)));
    let guessed = guessed.unwrap_or_default();
    let wanted = |p: &crate::audit::PermissionCase<'_>| kind.unusual.contains(&p.capability) && p.duty <= crate::catalogue::Duty::Expected;
    let findings: Vec<Finding> = super::undisclosed_permission::by_capability(case, wanted)
        .into_iter()
        .map(|(capability, entries)| {
            let (mut finding, _) = super::undisclosed_permission::finding(&RULE, case, &capability, &entries);
            finding.severity = if known.guess.is_none() && GRAVE.contains(&capability.as_str()) { Severity::Medium } else { Severity::Note };
            finding.confidence = Confidence::Low;
            finding.message = text(
                format!("“{}”类应用通常不需要{}，政策未写需要它的功能{}。", kind.zh, finding.title.zh, guessed.zh),
                format!("An app of the type \"{}\" seldom needs {}, and the policy tells no function for it{}.", kind.en, finding.title.en, guessed.en),
            );
            finding
        })
        .collect();
    super::undisclosed_permission::settle(case, wanted, findings)
}
