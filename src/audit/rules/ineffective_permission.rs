//! E1: permissions that have no effect for this app.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "ineffective-permission",
    number: "E1",
    name: Fixed { zh: "无效声明", en: "ineffective permission" },
    help: Fixed {
        zh: "声明了第三方应用不可得、已不生效、自造或写错的权限。不计违规，仅提示清理。合并为一条。",
        en: "Permissions that a third-party app is never granted, that no longer take effect, or that do not exist. No breach: a hint \
             to clean up. One finding for all.",
    },
    severity: Severity::Note,
    clauses: &["tc260-20204a-request"],
    recheck: Fixed { zh: "在系统源码的权限清单中查找该名称。", en: "Look the name up in the platform's manifest." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let ineffective: Vec<_> = case
        .permissions
        .iter()
        .filter(|p| {
            p.reason == Reason::Ineffective && p.requested.max_sdk.is_none()
                || p.reason == Reason::UnknownPermission && p.requested.name.starts_with("android.permission.")
        })
        .collect();
    let mut traces = ineffective.iter().map(|p| Evidence::Trace(p.requested.trace.clone()));
    let Some(first) = traces.next() else { return Outcome::Clear };
    let mut finding = Finding::new(&RULE, "permissions", text("无效权限", "ineffective permissions"), first).with(traces);
    finding.subjects = ineffective.iter().map(|p| p.requested.name.clone()).collect();
    finding.message = text(
        format!("{} 项权限声明对本应用不起作用：{}。", ineffective.len(), finding.subjects.join("、")),
        format!("{} permission(s) have no effect for this app: {}.", ineffective.len(), finding.subjects.join(", ")),
    );
    finding.remedy = text("从清单中删除这些声明。", "Remove these declarations.");
    Outcome::Found(vec![finding])
}
