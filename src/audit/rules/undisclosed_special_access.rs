//! F03: special access is declared and the policy does not tell.

use super::*;
use crate::catalogue::Duty;

pub(super) static RULE: Rule = Rule {
    id: "undisclosed-special-access",
    number: "F03",
    name: Fixed { zh: "未说明的特殊权限", en: "undisclosed special access" },
    help: Fixed {
        zh: "声明了悬浮窗、修改系统设置、使用情况、安装应用、无障碍、通知监听、设备管理器、VPN、输入法、所有文件访问等特殊权限，\
             政策没有用语。无障碍、通知监听、使用情况、所有文件为高，其余为中。政策写明应用更新的，安装应用权限不报；\
             输入法、VPN 类应用已说明本职功能的不报。",
        en: "Special access (overlay, settings, usage data, installing apps, accessibility, notification listener, device admin, \
             VPN, input method, all files) is declared and the policy has no words for it. High for accessibility, notification \
             listener, usage data and all files; medium otherwise. Installing apps is not reported when the policy explains app \
             updates, nor the own function of an input method or VPN app.",
    },
    severity: Severity::High,
    clauses: &["tc260-20204a-b", "rdff-2-1", "pipl-17"],
    recheck: Fixed {
        zh: "按检索记录复查政策；在系统设置的特殊权限页面确认该应用是否在列。",
        en: "Search the policy again; look whether the app stands on the special-access pages of system settings.",
    },
    check,
};

/// Capabilities whose special access reads what other apps or the user do.
const GRAVE: &[&str] = &["accessibility", "notification-listener", "usage-stats", "storage"];

/// Capabilities that are the whole function of the app that holds them.
const OWN_FUNCTION: &[&str] = &["input-method", "vpn"];

/// Whether the policy calls the app what the capability is: its reader knows what it is for.
fn names_itself(case: &Case<'_>, capability: &str) -> bool {
    let Some(known) = case.catalogue.capability(capability) else { return false };
    let meta = &case.policy.meta;
    meta.app_name.iter().chain(&meta.other_names).any(|name| {
        let name = name.value.to_lowercase();
        std::iter::once(&known.zh).chain(&known.aliases).any(|word| name.contains(&word.to_lowercase()))
    })
}

fn check(case: &Case<'_>) -> Outcome {
    let wanted = |p: &crate::audit::PermissionCase<'_>| {
        p.is_special() && matches!(p.duty, Duty::Required | Duty::Expected)
    };
    let mut findings = Vec::new();
    for (capability, entries) in super::undisclosed_permission::by_capability(case, wanted) {
        let updates = capability == "install" && case.policy.meta.app_update.is_some();
        if updates || OWN_FUNCTION.contains(&capability.as_str()) && names_itself(case, &capability) {
            continue;
        }
        let (mut finding, _) = super::undisclosed_permission::finding(&RULE, case, &capability, &entries);
        finding.severity = if GRAVE.contains(&capability.as_str()) { Severity::High } else { Severity::Medium };
        findings.push(finding);
    }
    super::undisclosed_permission::settle(case, wanted, findings)
}
