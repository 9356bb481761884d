//! F06: what an SDK claims or calls goes beyond what its entry says.

use super::*;
use crate::audit::data::closed;
use crate::audit::sdks::SdkCase;
use crate::catalogue::{DataItem, DataItemId, EvidenceGrade, Sensitivity};
use crate::policy::ListKind;

pub(super) static RULE: Rule = Rule {
    id: "understated-sdk-practice",
    number: "F06",
    name: Fixed { zh: "SDK 实际能力超出所写范围", en: "SDK practice exceeds its entry" },
    help: Fixed {
        zh: "该 SDK 的公开规则、全国SDK管理服务平台备案（--sdk-record）或包内代码（直接调用）涉及某项个人信息，所需权限已声明，而其条目所写种类既无该项也无上位词。\
             只有公开规则或备案为低，另有代码为中；只涉及 Android 10 起不可得的标识时为提示。条目未写任何种类的归 F05。\
             公开规则中哪些种类可选、需开启，目录没有这一事实，不据此排除：已关闭的请以 audit.toml 豁免并写明理由。",
        en: "The publisher's rules, the national SDK platform's record (--sdk-record) or code in the package (direct calls) concern an item whose permission is declared, and the \
             entry lists neither the item nor an umbrella word for it. Low on the publisher's word alone, medium with code; a note \
             when only identifiers that Android 10 closed are concerned. An entry without any kinds is F05's. Which kinds a publisher's rules call \
             optional the catalogue does not know, so none is left out for that: waive in audit.toml, with the reason, what is switched off.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-2-1", "rdff-3-3", "miit164-1-1", "gbt35273-9.7", "gbt43435-6.1b"],
    recheck: Fixed {
        zh: "对照该 SDK 官方隐私政策与本应用条目；打开所列类与偏移核对调用；以抓包或钩子确认是否实际取得。",
        en: "Compare the publisher's policy with the entry; open the listed class and offset; confirm at run time whether it is read.",
    },
    check,
};

/// Who says that an SDK handles an item, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Code,
    Record,
    Publisher,
}

impl Source {
    fn label(self) -> Text {
        match self {
            Self::Code => text("包内代码可取得", "its code in the package can read them"),
            Self::Record => text("全国SDK管理服务平台备案所述", "on record with the national SDK platform"),
            Self::Publisher => text("其公开规则所述", "stated by its publisher"),
        }
    }
}

fn check(case: &Case<'_>) -> Outcome {
    let findings: Vec<Finding> = case.sdks.iter().filter_map(|entry| finding(case, entry)).collect();
    if !findings.is_empty() && case.list_missing(&[ListKind::Sdk, ListKind::Sharing]) {
        return Outcome::Undetermined(fixed(Reason::ExternalListMissing.label()), Vec::new());
    }
    // What was not read may name the SDK, or more of what it handles.
    if sdks_unread(case, &findings) {
        return unread(case, Vec::new());
    }
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    Outcome::of(findings)
}

fn finding(case: &Case<'_>, entry: &SdkCase<'_>) -> Option<Finding> {
    if entry.verdict != Verdict::Disclosed || entry.entries.is_empty() || !entry.sdk.needs_disclosure {
        return None;
    }
    // An entry without any kinds is incomplete (F05), unless it says outright that nothing is collected.
    let says_none = entry.entries.iter().any(|e| e.says_none);
    if entry.entries.iter().all(|e| crate::audit::sdks::kinds(e).next().is_none()) && !says_none {
        return None;
    }
    let missing = missing(case, entry);
    let passage = entry.entries.iter().find_map(|e| e.evidence.first())?;
    if missing.is_empty() {
        return None;
    }
    let calls: Vec<_> = called(case, entry).filter(|c| missing.iter().any(|(m, _)| m.id == c.item)).collect();
    let title = sdk_title(entry.sdk);
    let mut finding = Finding::new(&RULE, entry.sdk.id.as_str(), title.clone(), Evidence::Passage(passage.clone()))
        .with(calls.iter().take(4).map(|c| call_trace(c)))
        .with(entry.detected.evidence.iter().take(1).map(|e| Evidence::Trace(e.trace.clone())));
    let in_code = missing.iter().any(|(m, s)| *s == Source::Code && !closed(case, m));
    finding.severity = if missing.iter().all(|(m, _)| closed(case, m)) {
        Severity::Note
    } else if in_code {
        Severity::Medium
    } else {
        Severity::Low
    };
    finding.confidence = if calls.is_empty() { Confidence::Low } else { Confidence::Medium };
    finding.subjects = missing.iter().map(|(m, _)| m.id.to_string()).collect();
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for source in [Source::Code, Source::Record, Source::Publisher] {
        let items: Vec<Text> =
            missing.iter().filter(|(_, s)| *s == source).map(|(m, _)| text(&*m.zh, &*m.en)).collect();
        if !items.is_empty() {
            let (names, label) = (joined(&items), source.label());
            zh.push(format!("{}（{}）", names.zh, label.zh));
            en.push(format!("{} ({})", names.en, label.en));
        }
    }
    let wrote = if says_none {
        text("写明不收集个人信息，与下列不符", "says that nothing is collected, which does not fit")
    } else {
        text("未写明", "does not list")
    };
    finding.message = text(
        format!("{}的条目{}：{}。", title.zh, wrote.zh, zh.join("；")),
        format!("The entry of {} {}: {}.", title.en, wrote.en, en.join("; ")),
    );
    let names = joined(&missing.iter().map(|(m, _)| text(&*m.zh, &*m.en)).collect::<Vec<_>>());
    finding.remedy = text(
        format!("核对该 SDK 的版本与配置，在条目中补充：{}；如已关闭相应采集，说明配置。", names.zh),
        format!("Check version and configuration of the SDK and add to its entry: {}; or say that it is switched off.", names.en),
    );
    Some(beside(finding, case, entry.sdk, &entry.entries))
}

/// Direct calls by the SDK's own code.
fn called<'c>(case: &'c Case<'_>, entry: &'c SdkCase<'_>) -> impl Iterator<Item = &'c crate::apk::Call> {
    case.apk.calls.iter().filter(|c| c.grade == EvidenceGrade::Direct && c.sdk.as_ref() == Some(&entry.sdk.id))
}

/// Items that code, record or publisher name and no entry covers, each with its strongest source.
fn missing<'c>(case: &Case<'c>, entry: &SdkCase<'_>) -> Vec<(&'c DataItem, Source)> {
    let told: Vec<&DataItemId> = entry.entries.iter().flat_map(|e| e.data.iter()).collect();
    let capabilities: Vec<_> = entry.entries.iter().flat_map(|e| e.capabilities.iter()).collect();
    let record = crate::audit::sdks::record(case, entry.sdk);
    let says_none = told.is_empty();
    let claimed = |items: &'c [DataItemId], source| {
        let known = items.iter().filter_map(|id| case.catalogue.data_item(id.as_str()));
        known.filter(|i| weighty(i) && !says_none).map(move |i| (i, source))
    };
    let code = called(case, entry).filter_map(|c| case.catalogue.data_item(c.item.as_str())).map(|i| (i, Source::Code));
    let record = record.map(|r| r.data.as_slice()).unwrap_or_default();
    let publisher = case.catalogue.sdk(entry.sdk.id.as_str()).map(|s| s.claimed_data.as_slice()).unwrap_or_default();
    let mut out: Vec<(&DataItem, Source)> = Vec::new();
    for (item, source) in
        code.chain(claimed(record, Source::Record)).chain(claimed(publisher, Source::Publisher))
    {
        let covered = told.iter().any(|t| **t == item.id || covers(case, t, item))
            || item
                .permissions
                .iter()
                .filter_map(|p| case.catalogue.permission(p))
                .any(|p| capabilities.contains(&&p.capability));
        if !covered && counts(case, item) && !out.iter().any(|(m, _)| m.id == item.id) {
            out.push((item, source));
        }
    }
    out
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
