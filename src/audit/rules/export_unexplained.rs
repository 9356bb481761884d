//! E8: components of foreign publishers or hosts of foreign services, and a policy that speaks of no export or denies it.

use super::*;
use crate::apk::{Confidence as Sure, Host};
use crate::audit::SdkCase;

pub(super) static RULE: Rule = Rule {
    id: "export-unexplained",
    number: "E8",
    name: Fixed { zh: "出境未说明", en: "export unexplained" },
    help: Fixed {
        zh: "包内有境外提供者的 SDK 强特征（目录中没有境内公司），或代码中有境外服务接收数据的域名（目录所列，仅凭 .com 等后缀不算），\
             而政策没有个人信息出境的说明，或称不出境。域名只说明代码写有它；是否真正出境需抓包核对。代码未能看全而未见的，无法判定。",
        en: "The package embeds SDKs of foreign publishers (no company in China in the catalogue), or its code names hosts that receive \
             data for foreign services (those the catalogue lists; an ending such as .com says nothing), and the policy does not speak of \
             data leaving the country or says that none does. A host in the code shows that it is known, not that data leaves: that can \
             only be seen at run time. Where the code was not seen whole and shows none, it is undetermined.",
    },
    severity: Severity::Note,
    clauses: &["pipl-39", "gbt35273-5.5a"],
    recheck: Fixed { zh: "抓包核对其服务器所在地。", en: "Capture traffic and see where its servers are." },
    check,
};

/// Hosts named in one finding.
const HOSTS: usize = 5;

fn check(case: &Case<'_>) -> Outcome {
    let foreign: Vec<_> = case
        .sdks
        .iter()
        .filter(|s| s.detected.confidence == Sure::High && s.sdk.needs_disclosure && s.verdict != Verdict::Exempt)
        .filter(|s| !s.sdk.vendor_en.is_empty() && !s.sdk.vendor_zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
        .collect();
    let marks = case.catalogue.code_marks();
    let hosts: Vec<(&Host, &str)> =
        case.apk.hosts.iter().filter_map(|h| Some((h, marks.foreign_operator(&h.name)?))).take(HOSTS).collect();
    let sdks = foreign.iter().filter_map(|s| s.detected.evidence.first()).map(|e| &e.trace).take(6);
    let mut traces = sdks.chain(hosts.iter().map(|(h, _)| &h.trace)).cloned().map(Evidence::Trace);
    let Some(first) = traces.next() else {
        if !case.calls_seen() {
            return Outcome::Undetermined(fixed(CODE_HIDDEN), Vec::new());
        }
        return Outcome::NotApplicable(text(
            "未见境外提供者的 SDK 或境外服务的域名",
            "no SDK of a foreign publisher and no host of a foreign service was found",
        ));
    };
    let denied = case.policy.meta.export_denied.as_ref();
    if case.policy.meta.export.is_some() && denied.is_none() {
        return Outcome::Clear;
    }
    let what = what(&foreign, &hosts);
    let search = case.search(["出境", "境外", "跨境"].map(String::from).to_vec(), |_| false);
    let told = denied.map_or(search, |d| Evidence::Passage(d.passage.clone()));
    let mut finding = Finding::new(&RULE, "export", text("个人信息出境", "export"), first).with(traces).with([told]);
    finding.subjects = foreign.iter().map(|s| s.sdk.id.to_string()).chain(hosts.iter().map(|(h, _)| h.name.clone())).collect();
    finding.confidence = Confidence::Low;
    finding.message = text(
        format!("{}，政策中未见个人信息出境的说明。", what.zh),
        format!("{}, and the policy does not speak of export.", what.en),
    );
    if denied.is_some() {
        finding.message = text(
            format!("{}，而政策称个人信息不出境；是否出境需抓包核对。", what.zh),
            format!("{}, while the policy says that no data leaves the country; whether it does can only be seen at run time.", what.en),
        );
        finding.remedy = text("核实其服务器所在地；如出境，更正政策并写明接收方、目的、种类，取得单独同意。", "Find out where the servers are; if data leaves, correct the policy, name recipient, purpose and kinds, and obtain separate consent.");
        return Outcome::Found(vec![finding]);
    }
    finding.remedy = text("核实其服务器所在地；如出境，写明接收方、目的、种类并取得单独同意。", "Find out where the servers are; if data leaves, name recipient, purpose and kinds, and obtain separate consent.");
    missing_from_policy(case, vec![finding])
}

/// What points abroad, as the beginning of a sentence.
fn what(sdks: &[&SdkCase<'_>], hosts: &[(&Host, &str)]) -> Text {
    let names = joined(&sdks.iter().map(|s| sdk_title(s.sdk)).collect::<Vec<_>>());
    let listed = hosts.iter().map(|(h, who)| text(format!("{}，{who}", h.name), format!("{}, {who}", h.name)));
    let listed: Vec<Text> = listed.collect();
    let (zh, en): (Vec<_>, Vec<_>) = listed.into_iter().map(|t| (t.zh, t.en)).unzip();
    let (zh, en) = (zh.join("；"), en.join("; "));
    match (sdks.is_empty(), hosts.is_empty()) {
        (false, true) => text(
            format!("包内有境外提供者的 SDK（{}）", names.zh),
            format!("The package embeds SDKs of foreign publishers ({})", names.en),
        ),
        (true, _) => text(
            format!("代码中有境外服务的域名（{zh}）"),
            format!("The code names hosts of foreign services ({en})"),
        ),
        (false, false) => text(
            format!("包内有境外提供者的 SDK（{}），代码中有境外服务的域名（{zh}）", names.zh),
            format!("The package embeds SDKs of foreign publishers ({}), its code names hosts of foreign services ({en})", names.en),
        ),
    }
}
