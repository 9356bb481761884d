//! F06: what an SDK claims or calls goes beyond what its entry says.

use super::*;
use crate::catalogue::{DataItem, DataItemId, EvidenceGrade, Sensitivity};
use crate::policy::ListKind;

pub(super) static RULE: Rule = Rule {
    id: "understated-sdk-practice",
    number: "F06",
    name: Fixed { zh: "SDK 实际能力超出所写范围", en: "SDK practice exceeds its entry" },
    help: Fixed {
        zh: "该 SDK 的公开规则或包内代码（直接调用）涉及某项个人信息，所需权限已声明，而其条目所写种类既无该项也无上位词。\
             只有公开规则为低，另有代码为中；只涉及 Android 10 起不可得的标识时为提示。条目未写任何种类的归 F05。",
        en: "The publisher's rules or code in the package (direct calls) concern an item whose permission is declared, and the \
             entry lists neither the item nor an umbrella word for it. Low on the publisher's word alone, medium with code; a note \
             when only identifiers that Android 10 closed are concerned. An entry without any kinds is F05's.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-2-1", "rdff-3-3", "miit164-1-1", "gbt35273-9.7", "gbt43435-6.1b"],
    recheck: Fixed {
        zh: "对照该 SDK 官方隐私政策与本应用条目；打开所列类与偏移核对调用；以抓包或钩子确认是否实际取得。",
        en: "Compare the publisher's policy with the entry; open the listed class and offset; confirm at run time whether it is read.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let mut findings = Vec::new();
    for entry in &case.sdks {
        if entry.verdict != Verdict::Disclosed || entry.entries.is_empty() || !entry.sdk.needs_disclosure {
            continue;
        }
        let told: Vec<&DataItemId> = entry.entries.iter().flat_map(|e| e.data.iter()).collect();
        if told.is_empty() {
            continue;
        }
        let capabilities: Vec<_> = entry.entries.iter().flat_map(|e| e.capabilities.iter()).collect();
        let called: Vec<_> = case
            .apk
            .calls
            .iter()
            .filter(|c| c.grade == EvidenceGrade::Direct && c.sdk.as_ref() == Some(&entry.sdk.id))
            .collect();
        let mut missing: Vec<&DataItem> = Vec::new();
        let claimed = entry.sdk.claimed_data.iter().filter_map(|id| case.catalogue.data_item(id.as_str()));
        let in_code = called.iter().filter_map(|c| case.catalogue.data_item(c.item.as_str()));
        for item in claimed.filter(|item| weighty(item)).chain(in_code) {
            let covered = told.iter().any(|t| **t == item.id || covers(case, t, item))
                || item.permissions.iter().filter_map(|p| case.catalogue.permission(p)).any(|p| capabilities.contains(&&p.capability));
            if !covered && counts(case, item) && !missing.iter().any(|m| m.id == item.id) {
                missing.push(item);
            }
        }
        let Some(passage) = entry.entries.iter().find_map(|e| e.evidence.first()) else { continue };
        if missing.is_empty() {
            continue;
        }
        let in_code: Vec<_> = called.iter().filter(|c| missing.iter().any(|m| m.id == c.item)).collect();
        let title = sdk_title(entry.sdk);
        let names = joined(&missing.iter().map(|m| text(&*m.zh, &*m.en)).collect::<Vec<_>>());
        let mut finding = Finding::new(&RULE, entry.sdk.id.as_str(), title.clone(), Evidence::Passage(passage.clone()))
            .with(in_code.iter().take(4).map(|c| call_trace(c)))
            .with(entry.detected.evidence.iter().take(1).map(|e| Evidence::Trace(e.trace.clone())));
        finding.severity = if missing.iter().all(|m| closed(case, m)) {
            Severity::Note
        } else if in_code.is_empty() {
            Severity::Low
        } else {
            Severity::Medium
        };
        finding.confidence = if in_code.is_empty() { Confidence::Low } else { Confidence::Medium };
        finding.subjects = missing.iter().map(|m| m.id.to_string()).collect();
        let source = if in_code.is_empty() {
            text("其公开规则所述", "stated by its publisher")
        } else {
            text("包内代码或其公开规则涉及", "called in the package or stated by its publisher")
        };
        finding.message = text(
            format!("{}的条目未写明：{}（{}）。", title.zh, names.zh, source.zh),
            format!("The entry of {} does not list: {} ({}).", title.en, names.en, source.en),
        );
        finding.remedy = text(
            format!("核对该 SDK 的版本与配置，在条目中补充：{}；如已关闭相应采集，说明配置。", names.zh),
            format!("Check version and configuration of the SDK and add to its entry: {}; or say that it is switched off.", names.en),
        );
        findings.push(finding);
    }
    if !findings.is_empty() && case.list_missing(&[ListKind::Sdk, ListKind::Sharing]) {
        return Outcome::Undetermined(fixed(Reason::ExternalListMissing.label()), Vec::new());
    }
    Outcome::of(findings)
}

/// Whether a told item is an umbrella over another.
fn covers(case: &Case<'_>, told: &DataItemId, item: &DataItem) -> bool {
    item.parents.contains(told)
        || case.catalogue.data_item(told.as_str()).is_some_and(|t| {
            t.parents.contains(&item.id) || t.category == item.category && (t.umbrella || item.umbrella)
                || t.umbrella && t.category.starts_with("device") && item.category.starts_with("device")
        })
}

/// Whether the publisher's word alone is enough to ask for the item: identifiers, whereabouts, profiles and sensitive data.
/// What the user hands over in use (pictures, recordings, files) depends on the feature, which a claim does not show.
fn weighty(item: &DataItem) -> bool {
    item.evidence == EvidenceGrade::Direct
        && (item.category == "device-id"
            || matches!(item.sensitivity, Sensitivity::Sensitive | Sensitivity::Location | Sensitivity::Profile))
}

/// Whether an item is worth holding against an entry: information of its own, whose permission, if any, is declared.
fn counts(case: &Case<'_>, item: &DataItem) -> bool {
    !item.umbrella
        && !matches!(item.evidence, EvidenceGrade::Weak | EvidenceGrade::None)
        && (item.permissions.is_empty()
            || item.permissions.iter().any(|p| case.apk.manifest.permissions.iter().any(|r| r.name == *p)))
}

/// Whether Android 10 closed the item to ordinary apps (identifiers behind the phone permission).
fn closed(case: &Case<'_>, item: &DataItem) -> bool {
    item.category == "device-id"
        && item.permissions.iter().any(|p| case.catalogue.permission(p).is_some_and(|p| p.capability == "phone-state"))
}
