//! F11: a permission that the service type hardly ever needs.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "unusual-permission-for-type",
    number: "F11",
    name: Fixed { zh: "权限与应用类型不相称", en: "unusual permission for the type" },
    help: Fixed {
        zh: "仅在人工给出服务类型（--service-type）时判断：权限属于该类型不常见的能力，且政策没有写任何需要它的业务功能。\
             通话记录、短信、无障碍为中，其余为提示。“不常见”是工作判断，不等于超出必要范围。",
        en: "Judged only when a person gave the service type (--service-type): the permission opens a capability that is unusual for \
             the type and the policy tells no function that needs it. Medium for call log, SMS and accessibility, otherwise a note. \
             Unusual is a working judgement, not the same as exceeding what is necessary.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-4-1", "pipl-6", "gbt41391-6.1", "gbt41391-annex-e"],
    recheck: Fixed { zh: "在应用中查找需要该权限的功能。", en: "Look for a function in the app that needs it." },
    check,
};

const GRAVE: &[&str] = &["call-log", "sms", "accessibility"];

fn check(case: &Case<'_>) -> Outcome {
    let Some(number) = case.settings.service_type else {
        return Outcome::NotApplicable(text("未给出服务类型（--service-type）", "no service type was given (--service-type)"));
    };
    let Some(kind) = case.catalogue.service_types().iter().find(|t| t.no == number) else {
        return Outcome::NotApplicable(text("没有这个服务类型", "no such service type"));
    };
    let wanted = |p: &crate::audit::PermissionCase<'_>| kind.unusual.contains(&p.capability) && p.duty <= crate::catalogue::Duty::Expected;
    let findings = super::undisclosed_permission::by_capability(case, wanted)
        .into_iter()
        .map(|(capability, entries)| {
            let (mut finding, _) = super::undisclosed_permission::finding(&RULE, case, &capability, &entries);
            finding.severity = if GRAVE.contains(&capability.as_str()) { Severity::Medium } else { Severity::Note };
            finding.confidence = Confidence::Low;
            finding.message = text(
                format!("“{}”类应用通常不需要{}，政策未写需要它的功能。", kind.zh, finding.title.zh),
                format!("An app of the type \"{}\" seldom needs {}, and the policy tells no function for it.", kind.en, finding.title.en),
            );
            finding
        })
        .collect();
    Outcome::of(findings)
}
