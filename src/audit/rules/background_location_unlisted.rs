//! E7: background location is requested and the policy speaks of location in general only.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "background-location-unlisted",
    number: "E7",
    name: Fixed { zh: "后台位置未单列", en: "background location unlisted" },
    help: Fixed {
        zh: "申请了后台位置权限，政策只写位置或前台位置。政策完全没有位置用语的归 F02。",
        en: "Background location is requested and the policy speaks of location only. When it does not speak of location at all, F02 applies.",
    },
    severity: Severity::Medium,
    clauses: &["pipl-28", "rdff-2-1", "draft2026-permissions"],
    recheck: Fixed { zh: "查看系统权限页是否有“始终允许”；退到后台后观察定位图标。", en: "See whether the permission page offers \"always\"; watch the location icon in the background." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let Some(entry) = case.permissions.iter().find(|p| p.capability == "location-background") else {
        return Outcome::NotApplicable(text("未申请后台位置", "background location is not requested"));
    };
    if entry.verdict == Verdict::Undetermined {
        return Outcome::Undetermined(fixed(entry.reason.label()), Vec::new());
    }
    if entry.verdict != Verdict::Vague {
        return Outcome::Clear;
    }
    let mut finding = Finding::new(
        &RULE,
        "location-background",
        capability_title(case, "location-background"),
        Evidence::Trace(entry.requested.trace.clone()),
    )
    .with(quoted(&entry.statements));
    finding.subjects = vec![entry.requested.name.clone()];
    finding.message = text(
        "应用申请了后台位置权限，政策只写位置信息，未单独说明后台收集。",
        "Background location is requested; the policy speaks of location and not of collecting it in the background.",
    );
    finding.remedy = text("单独说明后台获取位置的功能场景、必要性与关闭方式，或删除该权限。", "Explain why and when location is read in the background and how to stop it, or remove the permission.");
    Outcome::Found(vec![finding])
}
