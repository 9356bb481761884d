//! F15: the target API level is so low that permissions are granted at install, or below the stores' floor.

use super::*;
use crate::apk::{PackageKind, PermissionSource};
use crate::audit::PermissionCase;

pub(super) static RULE: Rule = Rule {
    id: "low-target-sdk",
    number: "F15",
    name: Fixed { zh: "targetSdkVersion 过低", en: "low target SDK" },
    help: Fixed {
        zh: "有效 target（缺省取 minSdk，再缺省为 1）低于 23 且声明了运行时权限时，安装即一揽子授权，为高；没有运行时权限或 23 至 29 \
             时仅提示商店门槛。车机、电视类应用会注明。",
        en: "Below an effective target of 23 (minSdk when absent, then 1) run-time permissions are granted at install: high when any \
             is declared. Without one, or from 23 to 29, only a note on the stores' floor. Cars and TVs are pointed out.",
    },
    severity: Severity::High,
    clauses: &["rdff-4-6", "rdff-3-1", "tc260-20204a-request"],
    recheck: Fixed { zh: "查看清单 uses-sdk；在 Android 6 及以上真机安装后查看权限是否已授予。", en: "Look at uses-sdk; install on Android 6 or later and see whether permissions are already granted." },
    check,
};

/// Run-time permissions exist from here on.
const RUNTIME: u32 = 23;
/// The floor of the large Chinese stores since 2023.
const STORES: u32 = 30;

fn check(case: &Case<'_>) -> Outcome {
    let manifest = &case.apk.manifest;
    if case.apk.kind == PackageKind::SourceManifest && manifest.target_sdk.or(manifest.min_sdk).is_none() {
        let why = text("清单未写 uses-sdk，目标版本由构建脚本决定。", "The manifest has no uses-sdk: the build sets the target.");
        return Outcome::Undetermined(why, Vec::new());
    }
    let target = manifest.effective_target_sdk();
    if target >= STORES {
        return Outcome::Clear;
    }
    let stated = manifest.target_sdk.map_or_else(
        || format!("uses-sdk minSdkVersion={}, targetSdkVersion=–", manifest.min_sdk.unwrap_or(1)),
        |t| format!("uses-sdk targetSdkVersion={t}"),
    );
    let implied = |p: &PermissionCase<'_>| matches!(p.requested.source, PermissionSource::Implied { .. });
    let dangerous: Vec<_> = case.permissions.iter().filter(|p| p.is_dangerous() && !implied(p)).collect();
    let subject = format!("targetSdkVersion {target}");
    let first = Evidence::Trace(crate::apk::Trace::entry("AndroidManifest.xml", stated));
    let mut finding = Finding::new(&RULE, "target-sdk", text(&*subject, &*subject), first)
        .with(dangerous.iter().take(5).map(|p| Evidence::Trace(p.requested.trace.clone())));
    finding.subjects = dangerous.iter().map(|p| p.requested.name.clone()).collect();
    if target < RUNTIME && !dangerous.is_empty() {
        finding.severity = Severity::High;
        finding.message = text(
            format!("有效 targetSdkVersion 为 {target}，{} 项运行时权限在安装时即全部授予，用户无从逐项同意。", dangerous.len()),
            format!("The effective targetSdkVersion is {target}: {} run-time permission(s) are granted at install without a question.", dangerous.len()),
        );
    } else {
        finding.severity = Severity::Note;
        finding.message = text(
            format!("有效 targetSdkVersion 为 {target}，低于国内主要应用商店的门槛（约 {STORES}）。"),
            format!("The effective targetSdkVersion is {target}, below the floor of the large Chinese stores (about {STORES})."),
        );
    }
    let device = manifest.features.iter().filter_map(|f| f.name.as_deref()).any(|f| {
        matches!(f, "android.hardware.type.automotive" | "android.software.leanback" | "android.hardware.type.television")
    });
    if device {
        finding.confidence = Confidence::Medium;
        finding.message.zh.push_str("（清单表明用于车机或电视，请结合终端判断。）");
        finding.message.en.push_str(" (The manifest is for cars or TVs: judge with the device in mind.)");
    }
    finding.remedy = text(
        format!("将 targetSdkVersion 提高到 {STORES} 以上，并按运行时权限逐项申请。"),
        format!("Raise targetSdkVersion to {STORES} or more and request permissions at run time one by one."),
    );
    Outcome::Found(vec![finding])
}
