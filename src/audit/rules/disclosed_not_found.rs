//! F14: the policy lists an SDK of which the package shows no sign.

use super::*;
use crate::policy::{NameMatch, SdkEntry};

pub(super) static RULE: Rule = Rule {
    id: "disclosed-not-found",
    number: "F14",
    name: Fixed { zh: "披露而未见的 SDK", en: "disclosed, not found" },
    help: Fixed {
        zh: "政策点名某 SDK，目录有其特征，而包内没有任何特征。注明仅用于 iOS、网页、服务端的不报；工具库会随应用代码一并裁剪、改名，不报；加固、代码未读全、源码清单时\
             为无法判定；插件化、按需下载的组件需人工核对。",
        en: "The policy names an SDK whose signatures the catalogue has, and the package shows none. Entries for iOS, web or servers \
             are not reported, nor tools, which are shrunk and renamed with the app; undetermined when code is packed or was not read whole, or for a source manifest; components that are \
             loaded on demand need a human look.",
    },
    severity: Severity::Note,
    clauses: &["pipl-17", "miit26"],
    recheck: Fixed { zh: "在反编译结果中按该 SDK 的包名、组件、原生库搜索。", en: "Search the decompiled package for the SDK's packages, components and libraries." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let missing: Vec<&SdkEntry> =
        case.policy.sdks.iter().filter(|e| in_app(case, e) == Some(false) && e.platform.covers_android()).collect();
    if !case.code_seen() || !case.manifest_merged() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), Vec::new());
    }
    if case.apk.dynamic_code() && !missing.is_empty() {
        return Outcome::Undetermined(fixed(CODE_ELSEWHERE), Vec::new());
    }
    let mut findings = Vec::new();
    for entry in missing {
        let Some(first) = entry.evidence.first() else { continue };
        let known = entry.ids.first().and_then(|id| case.catalogue.sdk(id.as_str()));
        // Tools are shrunk and renamed along with the app's own code: that they are not seen says nothing.
        if known.is_some_and(|s| s.kind != crate::catalogue::SdkKind::Sdk) {
            continue;
        }
        // Classes below each package searched for, of all that were searched, in a form that needs no language.
        let classes = case.apk.classes.len();
        let named = entry.ids.iter().filter_map(|id| case.catalogue.sdk(id.as_str()));
        let signs: Vec<String> = named.flat_map(|s| &s.signatures.packages).map(|p| format!("{p}.* 0/{classes}")).collect();
        let read = Evidence::Trace(crate::apk::Trace::entry("classes*.dex", signs.join(", ")));
        let mut finding = Finding::new(
            &RULE,
            entry.ids.first().map_or(entry.name.as_str(), |id| id.as_str()),
            text(&*entry.name, &*entry.name),
            Evidence::Passage(first.clone()),
        )
        .with([read]);
        finding.subjects = entry.ids.iter().map(ToString::to_string).collect();
        finding.confidence = Confidence::Medium;
        finding.message = text(
            format!("政策列有“{}”，包内未见其类、组件、原生库或 meta-data。", entry.name),
            format!("The policy lists \"{}\"; the package shows none of its classes, components, libraries or meta-data.", entry.name),
        );
        finding.remedy = text(
            "核对安卓版是否集成；已停用的从清单删去，仅用于其他端的注明平台。",
            "Check whether the Android app embeds it; remove it from the list, or say for which platform it is.",
        );
        if let Some(known) = known {
            finding = beside(finding, case, known, &[entry]);
        }
        findings.push(finding);
    }
    told_badly(case, findings)
}

/// Whether a component that the policy lists is in the package; `None` when that cannot be said.
pub(in crate::audit) fn in_app(case: &Case<'_>, entry: &SdkEntry) -> Option<bool> {
    if entry.ids.is_empty() {
        return None;
    }
    let found = |id: &crate::catalogue::SdkId| case.apk.sdks.iter().any(|s| s.id == *id);
    if entry.ids.iter().any(found) {
        return Some(true);
    }
    if matches!(entry.name_match, NameMatch::Family(_) | NameMatch::Class) {
        // A vague name may mean a product the catalogue does not list under it.
        return None;
    }
    let signed = |id: &crate::catalogue::SdkId| {
        case.catalogue.sdk(id.as_str()).is_some_and(|s| !s.signatures.packages.is_empty())
    };
    let related = |id: &crate::catalogue::SdkId| {
        case.catalogue.sdk(id.as_str()).is_some_and(|s| s.bundles.iter().chain(&s.covered_by).any(found))
    };
    if !entry.ids.iter().any(signed) || entry.ids.iter().any(related) {
        return None;
    }
    let whole = case.code_seen() && case.manifest_merged();
    whole.then_some(false)
}
