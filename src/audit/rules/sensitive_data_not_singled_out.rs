//! F20: sensitive information is collected and neither necessity nor effect nor separate consent is spoken of, item by item.

use super::*;
use crate::audit::case::affirms;
use crate::catalogue::{DataItem, SensitiveUnder};
use crate::policy::{Party, Polarity, Statement, Subject};

pub(super) static RULE: Rule = Rule {
    id: "sensitive-data-not-singled-out",
    number: "F20",
    name: Fixed { zh: "敏感个人信息未单独说明", en: "sensitive data not singled out" },
    help: Fixed {
        zh: "政策写明收集敏感个人信息，而没有单独同意、必要性或对个人权益影响的说明。逐项判断：政策以敏感信息逐项单列的，未被单列的\
             项目报出；只有一般性说明（不点名项目）的，视为覆盖全部。敏感信息以 GB/T 45574-2025 附录A 为准（中）；只属于\
             GB/T 35273-2020 附录B 旧口径的项目（如通讯录、短信）另列一条提示。文中有加粗、着色、下划线等\
             标识、而敏感项目从未以此标识的，另列一条提示；纯文本或看不到样式的不查。单独同意弹窗需动态核查，\
             故措辞为“未见说明”。",
        en: "The policy tells of sensitive personal information and not of separate consent, necessity or the effect on the person. \
             Judged item by item: where the policy singles items out, those that it does not are reported; words in general that \
             name no item cover all. GB/T 45574-2025 annex A decides what is sensitive (medium); items of the older GB/T 35273-2020 \
             annex B only (contacts, SMS) make a note of their own. Where the text sets words apart (bold, coloured, \
             underlined) and never a sensitive item, another note says so; plain text and print that cannot be seen are not checked. A \
             separate consent dialog can only be seen at run time.",
    },
    severity: Severity::Medium,
    clauses: &[
        "pipl-28", "pipl-29", "pipl-30", "gbt45574-annex-a", "gbt45574-5.4", "wsta-21", "wsta-22", "self2019-8", "gbt35273-5.4b",
        "gbt35273-annex-b",
    ],
    recheck: Fixed {
        zh: "核对政策中敏感信息的说明是否涉及所列项目；在真机上查看收集该信息前有无单独同意。",
        en: "See whether what the policy says of sensitive data covers the listed items, and on a device whether a separate consent is asked for first.",
    },
    check,
};

/// Lines below a sentence that singles data out in which its items may still stand (a list behind a colon).
const BELOW: u32 = 3;

fn check(case: &Case<'_>) -> Outcome {
    let told: Vec<(&DataItem, &Statement)> = case
        .policy
        .statements
        .iter()
        .filter(|s| affirms(s) && here(case, s) && !denied_beside(case, s))
        .filter_map(|s| match &s.subject {
            Subject::Data(d) => case.catalogue.data_item(d.as_str()).map(|d| (d, s)),
            Subject::Capability(_) => None,
        })
        // The word for identity as a whole is an umbrella; children are E4's.
        .filter(|(d, _)| d.sensitive_under.is_some() && d.id != "minor" && (!d.umbrella || d.category != "user-supplied"))
        .collect();
    if told.is_empty() {
        return not_told(case, "政策未写收集敏感个人信息", "the policy tells of no sensitive data");
    }
    let mut findings = spoken(case, &told);
    findings.extend(print(case, &told));
    missing_from_policy(case, findings)
}

/// What lacks words of necessity, effect or separate consent.
fn spoken(case: &Case<'_>, told: &[(&DataItem, &Statement)]) -> Vec<Finding> {
    let meta = &case.policy.meta;
    if meta.sensitive.is_some() && (meta.sensitive_in_general || meta.singled_out.is_empty() || meta.singled_out.iter().any(|p| general(case, p))) {
        return Vec::new();
    }
    let sensitive = |d: &&DataItem| d.sensitive_under.is_some();
    let at = |below: u32| {
        let mut out: Vec<&DataItem> =
            meta.singled_out.iter().flat_map(|p| named_at(case, p, below)).filter(sensitive).collect();
        out.sort_by(|a, b| a.id.cmp(&b.id));
        out.dedup_by(|a, b| a.id == b.id);
        out
    };
    // What stands in the sentence's own block is singled out; what stands right below it may be.
    let (singled, near) = (at(0), at(BELOW));
    let mut findings = Vec::new();
    for (under, severity) in [(SensitiveUnder::Gbt45574, Severity::Medium), (SensitiveUnder::Gbt35273, Severity::Note)] {
        let open: Vec<_> = told
            .iter()
            .filter(|(d, _)| d.sensitive_under == Some(under) && !near.iter().any(|s| akin(s, d)))
            .collect();
        findings.extend(finding(case, &open, &singled, under, severity));
    }
    findings
}

/// What stands in the same print as everything else, in a text that sets other words apart.
fn print(case: &Case<'_>, told: &[(&DataItem, &Statement)]) -> Option<Finding> {
    let shows = |document: usize| case.policy.documents.get(document).is_some_and(|d| d.sets_apart);
    let apart: Vec<&DataItem> =
        case.policy.mentions.iter().filter(|m| m.apart).filter_map(|m| mentioned(case, &m.subject)).collect();
    let mut plain: Vec<&(&DataItem, &Statement)> = told
        .iter()
        .filter(|(d, s)| d.sensitive_under == Some(SensitiveUnder::Gbt45574) && shows(s.passage.document))
        .filter(|(d, _)| !apart.iter().any(|a| akin(a, d)))
        .collect();
    plain.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    plain.dedup_by(|(a, _), (b, _)| a.id == b.id);
    let mut quotes = plain.iter().map(|(_, s)| Evidence::Passage(s.passage.clone()));
    let mut finding = Finding::new(&RULE, "sensitive-data-print", text("敏感个人信息标识", "print of sensitive data"), quotes.next()?)
        .with(quotes.take(9));
    finding.severity = Severity::Note;
    finding.confidence = Confidence::Low;
    finding.subjects = plain.iter().map(|(d, _)| d.id.to_string()).collect();
    let names = joined(&plain.iter().map(|(d, _)| text(&*d.zh, &*d.en)).collect::<Vec<_>>());
    finding.message = text(
        format!("文中另有加粗、着色或下划线等标识，而敏感个人信息{}未见显著标识。", names.zh),
        format!("The text sets other words apart in bold, colour or by a line, and not the sensitive data: {}.", names.en),
    );
    finding.remedy = text("以加粗、下划线等方式显著标识敏感个人信息。", "Set sensitive data apart, in bold or by a line.");
    Some(finding)
}

fn mentioned<'c>(case: &Case<'c>, subject: &Subject) -> Option<&'c DataItem> {
    match subject {
        Subject::Data(id) => case.catalogue.data_item(id.as_str()),
        Subject::Capability(_) => None,
    }
}

fn finding(
    case: &Case<'_>,
    open: &[&(&DataItem, &Statement)],
    singled: &[&DataItem],
    under: SensitiveUnder,
    severity: Severity,
) -> Option<Finding> {
    let mut items: Vec<&DataItem> = open.iter().map(|(d, _)| *d).collect();
    items.sort_by(|a, b| a.id.cmp(&b.id));
    items.dedup_by(|a, b| a.id == b.id);
    // One passage an item, so that each can be looked up.
    let quotes = items.iter().filter_map(|i| open.iter().find(|(d, _)| d.id == i.id)).map(|(_, s)| s.passage.clone());
    let mut quotes = quotes.map(Evidence::Passage);
    let first = quotes.next()?;
    let search = case.search(["敏感个人信息", "单独同意", "必要性", "权益的影响"].map(String::from).to_vec(), |_| false);
    let places = case.policy.meta.singled_out.iter().take(3).cloned().map(Evidence::Passage);
    let current = under == SensitiveUnder::Gbt45574;
    let subject = if current { "sensitive-data" } else { "sensitive-data-gbt35273" };
    let mut finding = Finding::new(&RULE, subject, text("敏感个人信息", "sensitive data"), first).with(quotes.take(9));
    finding = if singled.is_empty() { finding.with([search]) } else { finding.with(places) };
    finding.severity = severity;
    finding.confidence = if singled.is_empty() && current { Confidence::Medium } else { Confidence::Low };
    finding.subjects = items.iter().map(|i| i.id.to_string()).collect();
    let names = joined(&items.iter().map(|i| text(&*i.zh, &*i.en)).collect::<Vec<_>>());
    let listed = joined(&items.iter().map(|i| with_collector(case, open, i)).collect::<Vec<_>>());
    let others = joined(&singled.iter().map(|i| text(&*i.zh, &*i.en)).collect::<Vec<_>>());
    let beside = if singled.is_empty() {
        text("", "")
    } else {
        text(format!("（文中单列的只有：{}）", others.zh), format!(" (it singles out only: {})", others.en))
    };
    finding.message = if current {
        text(
            format!("政策写明收集敏感个人信息：{}；未见对其单独同意、必要性或对权益影响的说明{}。", listed.zh, beside.zh),
            format!("The policy tells of sensitive data: {}; nothing is said of separate consent, necessity or effect for them{}.", listed.en, beside.en),
        )
    } else {
        text(
            format!("政策写明收集{}，按 GB/T 35273-2020 附录B（旧口径）属于敏感个人信息，未见单独说明{}；GB/T 45574-2025 未将其列入，仅作提示。", listed.zh, beside.zh),
            format!("The policy tells of {}, sensitive by GB/T 35273-2020 annex B (the older reading), and does not single them out{}; GB/T 45574-2025 does not list them: a note only.", listed.en, beside.en),
        )
    };
    finding.remedy = text(
        format!("对{}单列说明：收集的必要性、对个人权益的影响，并取得单独同意。", names.zh),
        format!("Single out {}: necessity, effect on the person, and separate consent.", names.en),
    );
    Some(finding)
}

/// An item with who collects it, unless the app itself does.
fn with_collector(case: &Case<'_>, open: &[&(&DataItem, &Statement)], item: &DataItem) -> Text {
    let parties = || open.iter().filter(|(d, _)| d.id == item.id).map(|(_, s)| &s.party);
    let name = parties().find_map(|p| match p {
        Party::Sdk(entry) => case.policy.sdks.get(*entry).map(|e| e.name.as_str()),
        Party::FirstParty | Party::Partner => None,
    });
    match name {
        Some(name) if parties().all(|p| *p != Party::FirstParty) => {
            text(format!("{}（由{name}）", item.zh), format!("{} (by {name})", item.en))
        }
        _ => text(&*item.zh, &*item.en),
    }
}

/// Whether the line that names an item says that it, or the capability that opens it, is not taken (指纹由手机终端保存和校验，我们不接触;
/// 指纹仅保存在门锁本地，不会上传).
fn denied_beside(case: &Case<'_>, statement: &Statement) -> bool {
    let opens = |s: &Subject| match (s, &statement.subject) {
        (Subject::Capability(c), Subject::Data(d)) => case
            .catalogue
            .data_item(d.as_str())
            .is_some_and(|d| crate::audit::data::capabilities(case, d).contains(&c.as_str())),
        _ => false,
    };
    case.policy.statements.iter().any(|s| {
        matches!(s.polarity, Polarity::DeniedFull | Polarity::DeniedPartial)
            && (s.subject == statement.subject || opens(&s.subject))
            && s.party == statement.party
            && s.passage.document == statement.passage.document
            && s.passage.line == statement.passage.line
    })
}

/// Whether a statement speaks for an Android package: not one about a component listed for another platform.
fn here(case: &Case<'_>, statement: &Statement) -> bool {
    match statement.party {
        Party::Sdk(entry) => case.policy.sdks.get(entry).is_none_or(|e| e.platform.covers_android()),
        Party::FirstParty | Party::Partner => true,
    }
}

/// The items named on the line where data is singled out, and on so many lines below. Words for personal information as such
/// name none.
fn named_at<'c>(case: &Case<'c>, place: &crate::policy::Passage, below: u32) -> Vec<&'c DataItem> {
    let lines = place.line..=place.line.saturating_add(below);
    let here = case.policy.mentions.iter().filter(|m| m.passage.document == place.document);
    here.filter(|m| lines.contains(&m.passage.line))
        .filter_map(|m| mentioned(case, &m.subject))
        .filter(|d| !d.umbrella || d.category != "user-supplied")
        .collect()
}

/// Whether a sentence speaks of sensitive data in general: it names no item, or everything of a child's.
fn general(case: &Case<'_>, place: &crate::policy::Passage) -> bool {
    named_at(case, place, 0).iter().any(|d| d.id == "minor")
        || named_at(case, place, 0).is_empty()
            && !named_at(case, place, BELOW).iter().any(|d| d.sensitive_under.is_some())
}

/// Whether singling `a` out speaks for `b`: the same, one above the other, or of one kind.
fn akin(a: &DataItem, b: &DataItem) -> bool {
    a.id == b.id
        || a.parents.contains(&b.id)
        || b.parents.contains(&a.id)
        || a.category == b.category && (a.umbrella || b.umbrella || a.category == "location")
}
