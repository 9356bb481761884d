//! F12: a run-time permission is requested and nothing in the code needs it.

use super::*;
use crate::apk::PermissionSource;

pub(super) static RULE: Rule = Rule {
    id: "unused-permission",
    number: "F12",
    name: Fixed { zh: "申请而未见使用", en: "requested, no use seen" },
    help: Fixed {
        zh: "声明了运行时权限，而全部 dex 中没有受其控制的接口、URI、意图，也没有该权限的字符串。加固、动态加载、未查看代码、\
             目录没有该权限接口表的不判断；包内某 SDK 可能带入该权限的，注明来源；带 maxSdkVersion 的 WRITE_EXTERNAL_STORAGE、系统附加的权限不报。",
        en: "A run-time permission is declared and no dex holds an interface, URI or intent that it gates, nor its name. Not judged \
             when code is packed, loaded at run time or was not looked at, or when the catalogue has no interfaces for it. An SDK in the package that may have brought it is named; \
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
        if implied || legacy || entry.reason == Reason::Ineffective || !case.catalogue.shows_use(name) {
            continue;
        }
        let title = capability_title(case, entry.capability.as_str());
        let mut finding = Finding::new(&RULE, name, text(name, name), Evidence::Trace(entry.requested.trace.clone()));
        finding.subjects = vec![name.to_owned()];
        finding.confidence = Confidence::Low;
        let (source, signs) = source(case, name);
        finding = finding.with(signs);
        finding.message = text(
            format!("申请了{name}（{}），全部代码中未见受其控制的接口、URI 或意图{}。", title.zh, source.zh),
            format!("{name} ({}) is requested, and no code uses an interface, URI or intent that it gates{}.", title.en, source.en),
        );
        finding.remedy = if source.zh.is_empty() {
            text("确认没有功能需要后删除该权限声明。", "Remove the request when no function needs it.")
        } else {
            text(
                "查看构建时的清单合并记录；如由 SDK 带入且无需该功能，以 tools:node=\"remove\" 去除。",
                "See the manifest merger's log; if an SDK brought it and its function is not needed, take it out with tools:node=\"remove\".",
            )
        };
        findings.push(finding);
    }
    Outcome::of(findings)
}

/// Which SDKs of the package may have brought a permission in their own manifests: those that define it, and those whose
/// publishers say that they collect what only such a permission opens. A merged manifest no longer tells.
fn source(case: &Case<'_>, permission: &str) -> (Text, Vec<Evidence>) {
    let opened = |item: &crate::catalogue::DataItemId| {
        let known = case.catalogue.data_item(item.as_str());
        known.is_some_and(|d| d.permissions.iter().any(|p| p == permission))
    };
    let brings = |s: &&crate::audit::SdkCase<'_>| {
        s.sdk.signatures.permissions.iter().any(|p| p == permission) || s.sdk.claimed_data.iter().any(opened)
    };
    let sdks: Vec<_> = case.sdks.iter().filter(brings).collect();
    if sdks.is_empty() {
        return (text("", ""), Vec::new());
    }
    let names = joined(&sdks.iter().map(|s| sdk_title(s.sdk)).collect::<Vec<_>>());
    let signs = sdks.iter().filter_map(|s| s.detected.evidence.first()).take(3);
    (
        text(
            format!("；按公开规则，包内的{}收集该权限才能取得的信息，声明可能由其清单合并带入", names.zh),
            format!("; by its publisher's rules, {} collects what such a permission opens: its manifest may have brought it", names.en),
        ),
        signs.map(|e| Evidence::Trace(e.trace.clone())).collect(),
    )
}
