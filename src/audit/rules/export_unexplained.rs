//! E8: components of foreign publishers, and a policy that speaks of no export or denies it.

use super::*;
use crate::apk::Confidence as Sure;

pub(super) static RULE: Rule = Rule {
    id: "export-unexplained",
    number: "E8",
    name: Fixed { zh: "出境未说明", en: "export unexplained" },
    help: Fixed {
        zh: "包内有境外提供者的 SDK 强特征（目录中没有境内公司），而政策没有个人信息出境的说明，或称不出境。是否真正出境需抓包核对。",
        en: "The package embeds SDKs of foreign publishers (no company in China in the catalogue) and the policy does not speak of data \
             leaving the country or says that none does. Whether data leaves can only be seen at run time.",
    },
    severity: Severity::Note,
    clauses: &["pipl-39", "gbt35273-5.5a"],
    recheck: Fixed { zh: "抓包核对其服务器所在地。", en: "Capture traffic and see where its servers are." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let foreign: Vec<_> = case
        .sdks
        .iter()
        .filter(|s| s.detected.confidence == Sure::High && s.sdk.needs_disclosure && s.verdict != Verdict::Exempt)
        .filter(|s| !s.sdk.vendor_en.is_empty() && !s.sdk.vendor_zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
        .collect();
    let mut traces = foreign.iter().filter_map(|s| s.detected.evidence.first()).map(|e| Evidence::Trace(e.trace.clone()));
    let Some(first) = traces.next() else {
        return Outcome::NotApplicable(text("未见境外提供者的 SDK", "no SDK of a foreign publisher was found"));
    };
    let denied = case.policy.meta.export_denied.as_ref();
    if case.policy.meta.export.is_some() && denied.is_none() {
        return Outcome::Clear;
    }
    let names = joined(&foreign.iter().map(|s| sdk_title(s.sdk)).collect::<Vec<_>>());
    let search = case.search(["出境", "境外", "跨境"].map(String::from).to_vec(), |_| false);
    let told = denied.map_or(search, |d| Evidence::Passage(d.passage.clone()));
    let mut finding = Finding::new(&RULE, "export", text("个人信息出境", "export"), first).with(traces.take(5)).with([told]);
    finding.subjects = foreign.iter().map(|s| s.sdk.id.to_string()).collect();
    finding.confidence = Confidence::Low;
    finding.message = text(
        format!("包内有境外提供者的 SDK（{}），政策中未见个人信息出境的说明。", names.zh),
        format!("The package embeds SDKs of foreign publishers ({}), and the policy does not speak of export.", names.en),
    );
    if denied.is_some() {
        finding.message = text(
            format!("包内有境外提供者的 SDK（{}），而政策称个人信息不出境；是否出境需抓包核对。", names.zh),
            format!("The package embeds SDKs of foreign publishers ({}), while the policy says that no data leaves the country; whether it does can only be seen at run time.", names.en),
        );
        finding.remedy = text("核实其服务器所在地；如出境，更正政策并写明接收方、目的、种类，取得单独同意。", "Find out where the servers are; if data leaves, correct the policy, name recipient, purpose and kinds, and obtain separate consent.");
        return Outcome::Found(vec![finding]);
    }
    finding.remedy = text("核实其服务器所在地；如出境，写明接收方、目的、种类并取得单独同意。", "Find out where the servers are; if data leaves, name recipient, purpose and kinds, and obtain separate consent.");
    missing_from_policy(case, vec![finding])
}
