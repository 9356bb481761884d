//! F12: a run-time permission is requested and nothing in the code needs it.

use super::*;
use crate::apk::PermissionSource;

pub(super) static RULE: Rule = Rule {
    id: "unused-permission",
    number: "F12",
    name: Fixed { zh: "申请而未见使用", en: "requested, no use seen" },
    help: Fixed {
        zh: "声明了运行时权限，而全部 dex 中没有受其控制的接口、URI、意图，也没有该权限的字符串。加固、动态加载、未查看代码、\
             目录没有该权限接口表的不判断；带 maxSdkVersion 的 WRITE_EXTERNAL_STORAGE、系统附加的权限不报。",
        en: "A run-time permission is declared and no dex holds an interface, URI or intent that it gates, nor its name. Not judged \
             when code is packed, loaded at run time or was not looked at, or when the catalogue has no interfaces for it; \
             WRITE_EXTERNAL_STORAGE with maxSdkVersion and implied permissions are not reported.",
    },
    severity: Severity::Low,
    clauses: &["miit164-2-1", "taf078.4", "tc260-20204a-request", "pipl-6"],
    recheck: Fixed {
        zh: "在反编译代码与原生库中搜索该权限名及其接口；核对是否由某个 SDK 的清单合并带入。",
        en: "Search the decompiled code and native libraries for the permission and its interfaces; see whether an SDK's manifest brought it.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), Vec::new());
    }
    if case.apk.dynamic_code() {
        return Outcome::Undetermined(fixed(CODE_ELSEWHERE), Vec::new());
    }
    let mut findings = Vec::new();
    for entry in case.permissions.iter().filter(|p| p.is_dangerous() && !p.touched()) {
        let name = entry.requested.name.as_str();
        let implied = matches!(entry.requested.source, PermissionSource::Implied { .. });
        let legacy = entry.requested.max_sdk.is_some() && entry.capability == "storage";
        if implied || legacy || entry.reason == Reason::Ineffective || !case.observable(name) {
            continue;
        }
        let title = capability_title(case, entry.capability.as_str());
        let mut finding = Finding::new(&RULE, name, text(name, name), Evidence::Trace(entry.requested.trace.clone()));
        finding.subjects = vec![name.to_owned()];
        finding.confidence = Confidence::Low;
        finding.message = text(
            format!("申请了{name}（{}），全部代码中未见受其控制的接口、URI 或意图。", title.zh),
            format!("{name} ({}) is requested, and no code uses an interface, URI or intent that it gates.", title.en),
        );
        finding.remedy = text("确认没有功能需要后删除该权限声明。", "Remove the request when no function needs it.");
        findings.push(finding);
    }
    Outcome::of(findings)
}
