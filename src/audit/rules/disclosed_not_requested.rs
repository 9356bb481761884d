//! F13: the policy names a permission that the manifest does not ask for.

use std::collections::BTreeMap;

use super::*;
use crate::audit::case::{affirms, first_party};
use crate::catalogue::Grant;
use crate::policy::{Basis, Statement, Subject};

pub(super) static RULE: Rule = Rule {
    id: "disclosed-not-requested",
    number: "F13",
    name: Fixed { zh: "披露而未申请的权限", en: "disclosed, not requested" },
    help: Fixed {
        zh: "政策的安卓部分点名某权限，而清单中没有同一能力的权限。仅就 iOS、鸿蒙、小程序说明的，假设性的将来用语，\
             用系统选择器即可完成的，以及本不需要权限的能力不报。",
        en: "The Android part of the policy names a permission and the manifest asks for none of its capability. Statements for iOS, \
             HarmonyOS or mini programs, hypothetical wording, what a system picker does, and capabilities that need no permission \
             are not reported.",
    },
    severity: Severity::Note,
    clauses: &["pipl-17", "gbt35273-5.5b"],
    recheck: Fixed { zh: "在合并后的清单中搜索该权限。", en: "Search the merged manifest for the permission." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let mut named: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for statement in case.policy.statements.iter().filter(|s| affirms(s) && first_party(s)) {
        let Subject::Capability(capability) = &statement.subject else { continue };
        if statement.basis == Basis::Permission && !statement.hypothetical {
            named.entry(capability.as_str()).or_default().push(statement);
        }
    }
    let mut findings = Vec::new();
    for (capability, statements) in named {
        if requested(case, capability) || !needs_permission(case, capability, &statements) {
            continue;
        }
        let mut quotes = quoted(&statements).into_iter();
        let Some(first) = quotes.next() else { continue };
        let title = capability_title(case, capability);
        let manifest =
            Evidence::Trace(crate::apk::Trace::entry("AndroidManifest.xml", constants(case, capability)));
        let mut finding = Finding::new(&RULE, capability, title.clone(), first).with(quotes).with([manifest]);
        finding.subjects = vec![capability.to_owned()];
        finding.message = text(
            format!("政策写明使用{}权限，而清单没有申请相应权限。", title.zh),
            format!("The policy names the permission for {}, and the manifest requests none.", title.en),
        );
        finding.remedy = text(
            format!("如安卓版不使用{}，从政策的安卓部分删去；如仅用于其他平台，注明平台。", title.zh),
            format!("If the Android app does not use {}, remove it from the Android part; if it is for another platform, say so.", title.en),
        );
        findings.push(finding);
    }
    if !case.manifest_merged() && !findings.is_empty() {
        return Outcome::Undetermined(
            text("源码清单不含各库合并进来的权限", "a source manifest lacks the permissions that libraries merge in"),
            Vec::new(),
        );
    }
    told_badly(case, findings)
}

/// Permissions of a capability named as not asked for.
const NAMED: usize = 4;

/// The permissions of a capability that the manifest does not name: none of so many requested ones (`0/26`).
fn constants(case: &Case<'_>, capability: &str) -> String {
    let asked = |p: &&crate::catalogue::Permission| matches!(p.grant, Grant::Runtime | Grant::Special | Grant::Component);
    let count = case.apk.manifest.permissions.len();
    let none = |p: &crate::catalogue::Permission| format!("{} 0/{count}", p.name);
    let names: Vec<String> = case.catalogue.permissions_of(capability).filter(asked).take(NAMED).map(none).collect();
    names.join(", ")
}

/// Whether a permission of the capability is asked for, or of one that tells of the same (storage and pictures), or a narrower
/// one (background location where location is told).
fn requested(case: &Case<'_>, capability: &str) -> bool {
    let told = case.catalogue.capability(capability);
    case.permissions.iter().any(|p| {
        let asked = case.catalogue.capability(p.capability.as_str());
        p.capability == *capability
            || told.is_some_and(|c| c.covered_by.contains(&p.capability))
            || asked.is_some_and(|c| c.covered_by.iter().chain(&c.wider).any(|w| *w == *capability))
    })
}

/// Whether Android guards the capability with a permission that a third-party app asks the user for, and guards all that
/// policies call so, unless the statements write the constant.
fn needs_permission(case: &Case<'_>, capability: &str, statements: &[&Statement]) -> bool {
    let free = case.catalogue.capability(capability).is_some_and(|c| c.partly_free);
    if free && statements.iter().all(|s| s.permission.is_none()) {
        return false;
    }
    case.catalogue.permissions_of(capability).any(|p| matches!(p.grant, Grant::Runtime | Grant::Special | Grant::Component))
}
