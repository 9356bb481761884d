//! F10: the policy denies what the package clearly does.

use super::*;
use crate::catalogue::EvidenceGrade;
use crate::policy::{Polarity, Statement};

pub(super) static RULE: Rule = Rule {
    id: "contradicted-denial",
    number: "F10",
    name: Fixed { zh: "与否认相矛盾", en: "contradicted denial" },
    help: Fixed {
        zh: "政策无条件否认（不会、不收集、不读取），而包内有强证据：权限已申请且代码中有受其控制的调用，或应用自身代码直接取得\
             该信息。有条件的否认、不向第三方提供、不存储不上传、针对其他平台的否认不报；政策别处已说明使用的不报。",
        en: "The policy denies without condition and the package holds strong evidence: the permission is requested and code calls \
             what it gates, or the app's own code reads the data. Conditional denials, denials of sharing, storing or uploading, and \
             denials for another platform are not reported, nor what the policy tells elsewhere.",
    },
    severity: Severity::High,
    clauses: &["rdff-3-9", "pipl-7", "pipl-17", "gbt35273-5.5b"],
    recheck: Fixed {
        zh: "核对否认所在的句子及其条件；打开所列调用；在真机上触发并观察。",
        en: "Read the denying sentence and its conditions; open the listed calls; trigger the function on a device.",
    },
    check,
};

/// Capabilities whose denial the package contradicts; F02 and F03 leave them to this rule.
pub(super) fn capabilities<'c>(case: &'c Case<'_>) -> Vec<&'c str> {
    let denied = |p: &&crate::audit::PermissionCase<'_>| {
        p.verdict == Verdict::Denied && p.statements.iter().any(|s| plain(s)) && strong(p)
    };
    case.permissions.iter().filter(denied).map(|p| p.capability.as_str()).collect()
}

/// Data items whose denial the app's own code contradicts; F07 leaves them to this rule.
pub(super) fn items<'c>(case: &'c Case<'_>) -> Vec<&'c str> {
    let denied =
        |d: &&crate::audit::DataCase<'_>| d.by_app && d.verdict == Verdict::Denied && d.statements.iter().any(|s| plain(s));
    case.data.iter().filter(denied).map(|d| d.item.id.as_str()).collect()
}

fn plain(statement: &Statement) -> bool {
    statement.polarity == Polarity::DeniedFull && statement.platform.covers_android() && crate::audit::case::first_party(statement)
}

/// The denial speaks for the app, so code of the app's own must call what the permission gates.
fn strong(entry: &crate::audit::PermissionCase<'_>) -> bool {
    entry.uses.iter().any(|u| u.sdk.is_none())
        || entry.calls.iter().any(|c| c.grade == EvidenceGrade::Direct && c.sdk.is_none() && !c.support)
}

fn check(case: &Case<'_>) -> Outcome {
    let mut findings = Vec::new();
    let capabilities = capabilities(case);
    for (index, capability) in capabilities.iter().enumerate() {
        if capabilities[..index].contains(capability) {
            continue;
        }
        let entries: Vec<_> =
            case.permissions.iter().filter(|p| p.capability == **capability && p.verdict == Verdict::Denied).collect();
        let (mut finding, _) = super::undisclosed_permission::finding(&RULE, case, capability, &entries);
        finding.severity = Severity::High;
        let title = &finding.title;
        finding.message = text(
            format!("政策称不使用{}，而清单申请了相应权限，应用自身代码中有受其控制的调用。", title.zh),
            format!("The policy says that {} is not used, while the permission is requested and the app's own code calls it.", title.en),
        );
        finding.remedy = text(
            "删除该权限与调用，或更正政策中的否认并写明目的。",
            "Remove permission and calls, or correct the denial and say what it is for.",
        );
        findings.push(finding);
    }
    for entry in case.data.iter().filter(|d| items(case).contains(&d.item.id.as_str())) {
        let gated = entry.item.permissions.iter().filter_map(|p| case.catalogue.permission(p));
        if gated.map(|p| p.capability.as_str()).any(|c| capabilities.contains(&c)) {
            continue;
        }
        let mut quotes = quoted(entry.statements.iter().filter(|s| plain(s))).into_iter();
        let Some(first) = quotes.next() else { continue };
        let title = text(&*entry.item.zh, &*entry.item.en);
        let mut finding = Finding::new(&RULE, entry.item.id.as_str(), title.clone(), first)
            .with(quotes)
            .with(entry.own_calls().take(4).map(call_trace));
        finding.subjects = vec![entry.item.id.to_string()];
        finding.message = text(
            format!("政策称不收集{}，而应用自身代码中有取得它的调用。", title.zh),
            format!("The policy says that {} is not collected, while the app's own code reads it.", title.en),
        );
        finding.remedy = text("删除该调用，或更正政策中的否认。", "Remove the call, or correct the denial.");
        findings.push(finding);
    }
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    Outcome::of(findings)
}
