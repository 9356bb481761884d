//! F05: an SDK is named, but its entry lacks provider, purpose, kinds of information or link.

use super::*;
use crate::audit::sdks::kinds;
use crate::policy::{ListKind, NameMatch, Party, Polarity, Role, Subject};

pub(super) static RULE: Rule = Rule {
    id: "incomplete-sdk-entry",
    number: "F05",
    name: Fixed { zh: "SDK 披露要素不全", en: "incomplete SDK entry" },
    help: Fixed {
        zh: "包内存在、政策已点名的 SDK，在其所有条目中都缺少：提供者、目的、个人信息种类、联系方式或规则链接。缺目的、种类或\
             提供者为中，只缺链接为低。写明不收集个人信息的不查种类；清单的公共段落已统一写明目的、种类的不查；以“以上SDK均由某公司提供”、组标题下的链接等统一写明的提供者、链接，计入所涉各条目；名称中已含公司名的不查提供者；另有外部清单未提供的为无法判定。",
        en: "An SDK that is in the package and named by the policy lacks, in all its entries, the provider, the purpose, the kinds of \
             personal information, or a contact or link. Medium for purpose, kinds or provider; low when only the link is missing. An \
             entry that says nothing is collected needs no kinds, nor does one whose list says so for all at once; a provider or link told once for a group counts for each of its entries; undetermined when a list the policy points to was not given.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-2-1", "pipl-23", "miit26", "wsta-21", "draft2026-sdk"],
    recheck: Fixed {
        zh: "打开引文所在行，核对该 SDK 的行、段及公共段落是否写有所缺要素。",
        en: "Open the quoted lines and look whether the row, paragraph or a common paragraph holds the missing element.",
    },
    check,
};

/// What a paragraph about all third parties in an SDK list says at once.
struct Common {
    purpose: bool,
    kinds: bool,
}

fn common(case: &Case<'_>) -> Common {
    let shared = || {
        case.policy
            .statements
            .iter()
            .filter(|s| s.party == Party::Partner && s.role == Role::SdkList && s.platform.covers_android())
            .filter(|s| s.polarity == Polarity::Affirmed)
    };
    Common { purpose: shared().any(|s| s.purpose.is_some()), kinds: shared().any(|s| matches!(s.subject, Subject::Data(_))) }
}

/// Provider, purpose and link as the national platform has them on record, for the remedy.
fn on_record(case: &Case<'_>, sdk: &crate::catalogue::Sdk) -> Text {
    let Some(record) = crate::audit::sdks::record(case, sdk) else { return text("", "") };
    let parts: Vec<&str> =
        [&record.company, &record.purpose, &record.link].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() {
        return text("", "");
    }
    text(format!("（平台备案：{}）", parts.join("；")), format!(" (on record: {})", parts.join("; ")))
}

fn check(case: &Case<'_>) -> Outcome {
    let mut findings = Vec::new();
    for entry in &case.sdks {
        let named = matches!(entry.reason, Reason::ProductNamed | Reason::FamilySettled) && entry.verdict == Verdict::Disclosed;
        if !named || !entry.sdk.needs_disclosure {
            continue;
        }
        // Entries of a family name may each cover several SDKs; only those that name this product are held against it.
        let own: Vec<_> = entry
            .entries
            .iter()
            .filter(|e| matches!(e.name_match, NameMatch::Product | NameMatch::Settled(_)) && e.listed)
            .copied()
            .collect();
        let Some(first) = own.first().and_then(|e| e.evidence.first()) else { continue };
        let mut lacks: Vec<Text> = Vec::new();
        let common = common(case);
        let company = own.iter().any(|e| e.company.is_some())
            || own.iter().any(|e| !entry.sdk.vendor_zh.is_empty() && e.name.contains(&entry.sdk.vendor_zh));
        if own.iter().all(|e| e.purpose.is_none()) && !common.purpose {
            lacks.push(text("使用目的", "purpose"));
        }
        if own.iter().all(|e| kinds(e).next().is_none() && e.capabilities.is_empty() && !e.says_none) && !common.kinds {
            lacks.push(text("收集的个人信息种类", "kinds of personal information"));
        }
        if !company {
            lacks.push(text("提供者", "provider"));
        }
        let only_link = lacks.is_empty();
        if own.iter().all(|e| e.link.is_none()) {
            lacks.push(text("联系方式或规则链接", "contact or link to its rules"));
        }
        if lacks.is_empty() {
            continue;
        }
        let title = sdk_title(entry.sdk);
        let lacking = joined(&lacks);
        let mut finding =
            Finding::new(&RULE, entry.sdk.id.as_str(), title.clone(), Evidence::Passage(first.clone())).with(
                own.iter().skip(1).filter_map(|e| e.evidence.first()).take(3).cloned().map(Evidence::Passage),
            );
        finding = finding.with(entry.detected.evidence.iter().take(1).map(|e| Evidence::Trace(e.trace.clone())));
        finding.severity = if only_link { Severity::Low } else { Severity::Medium };
        finding.confidence = Confidence::Medium;
        finding.subjects = vec![entry.sdk.id.to_string()];
        finding.message = text(
            format!("政策已点名{}，其条目中未见：{}。", title.zh, lacking.zh),
            format!("The policy names {}, but its entry lacks: {}.", title.en, lacking.en),
        );
        let known = on_record(case, entry.sdk);
        finding.remedy = text(
            format!("在{}的条目中补充：{}{}。", title.zh, lacking.zh, known.zh),
            format!("Add to the entry of {}: {}{}.", title.en, lacking.en, known.en),
        );
        finding = beside(finding, case, entry.sdk, &own);
        findings.push(finding);
    }
    if !findings.is_empty() && case.list_missing(&[ListKind::Sdk, ListKind::Sharing]) {
        return Outcome::Undetermined(fixed(Reason::ExternalListMissing.label()), Vec::new());
    }
    if sdks_unread(case, &findings) {
        return unread(case, Vec::new());
    }
    Outcome::of(findings)
}
