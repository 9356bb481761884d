//! F10: the policy denies what the package clearly does.

use super::*;
use crate::apk::Confidence as Sure;
use crate::audit::sdks::SdkCase;
use crate::catalogue::{Duty, EvidenceGrade};
use crate::policy::{ListKind, Polarity, Role, SdkDenial, Statement};

pub(super) static RULE: Rule = Rule {
    id: "contradicted-denial",
    number: "F10",
    name: Fixed { zh: "与否认相矛盾", en: "contradicted denial" },
    help: Fixed {
        zh: "政策无条件否认（不会、不收集、不读取、未接入），而包内有强证据：权限已申请且应用自身代码中有受其控制的调用，应用自身\
             代码可直接取得该信息，或被否认的 SDK（按名称、类别或全部第三方 SDK）有强特征。有条件的否认、不向第三方提供、\
             不存储不上传、针对其他平台或仅就未成年人的否认不报；政策别处已说明使用或已列出该 SDK 的不报；运营者自有、工具库、\
             特征不足的组件不报。",
        en: "The policy denies without condition and the package holds strong evidence: the permission is requested and the app's own \
             code calls what it gates, the app's own code can read the data, or an SDK that is denied by name, by kind or along with \
             all others shows itself plainly. Conditional denials, denials of sharing, storing or uploading, and denials for another \
             platform or for children only are not reported, nor what the policy tells or lists elsewhere, nor the operator's own \
             components, utilities and weak signs.",
    },
    severity: Severity::High,
    clauses: &["rdff-3-9", "pipl-7", "pipl-17", "gbt35273-5.5b"],
    recheck: Fixed {
        zh: "核对否认所在的句子及其条件；打开所列调用；在真机上触发并观察。",
        en: "Read the denying sentence and its conditions; open the listed calls; trigger the function on a device.",
    },
    check,
};

/// Capabilities whose denial the package contradicts.
fn capabilities<'c>(case: &'c Case<'_>) -> Vec<&'c str> {
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
    entry.own_uses().next().is_some() || entry.own_calls().any(|c| c.grade == EvidenceGrade::Direct)
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
            format!("政策称不使用{}，而清单申请了相应权限，应用自身代码中有受其控制的调用，疑似与声明不符。", title.zh),
            format!("The policy says that {} is not used, while the permission is requested and the app's own code calls what it gates: this seems to contradict it.", title.en),
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
            format!("政策称不收集{}，而应用自身代码中有可取得它的调用，疑似与声明不符。", title.zh),
            format!("The policy says that {} is not collected, while the app's own code can read it: this seems to contradict it.", title.en),
        );
        finding.remedy = text("删除该调用，或更正政策中的否认。", "Remove the call, or correct the denial.");
        findings.push(finding);
    }
    findings.extend(case.sdks.iter().filter_map(|entry| embedded(case, entry)));
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    told_badly(case, findings)
}

/// The finding for an SDK that is embedded although the policy denies it.
fn embedded(case: &Case<'_>, entry: &SdkCase<'_>) -> Option<Finding> {
    let plain = entry.duty == Duty::Required && entry.detected.confidence == Sure::High;
    let told = !matches!(entry.verdict, Verdict::Undisclosed | Verdict::OtherPlatform | Verdict::Undetermined);
    if !plain || told {
        return None;
    }
    let denial = case.policy.sdk_denials.iter().find(|d| denies(case, d, entry))?;
    let title = sdk_title(entry.sdk);
    let what = if denial.ids.contains(&entry.sdk.id) {
        text("该 SDK", "it")
    } else if denial.categories.is_empty() {
        text("任何第三方 SDK", "any third-party SDK")
    } else {
        text("这一类 SDK", "any SDK of its kind")
    };
    let seen = super::undisclosed_sdk::channels(entry);
    let mut finding =
        Finding::new(&RULE, entry.sdk.id.as_str(), title.clone(), Evidence::Passage(denial.passage.clone()))
            .with(entry.detected.evidence.iter().take(6).map(|e| Evidence::Trace(e.trace.clone())));
    finding.subjects = vec![entry.sdk.id.to_string()];
    finding.message = text(
        format!("政策称未接入{}，而包内集成了{}（{}），疑似与声明不符。", what.zh, title.zh, seen.zh),
        format!(
            "The policy says that it does not embed {}, while the package holds {} ({}): this seems to contradict it.",
            what.en, title.en, seen.en
        ),
    );
    finding.remedy = text(
        format!("移除{}，或更正政策中的否认并在第三方 SDK 清单中列出它。", title.zh),
        format!("Remove {}, or correct the denial and list it among the SDKs.", title.en),
    );
    Some(beside(finding, case, entry.sdk, &entry.entries))
}

/// Whether a denial covers an SDK. Where the policy points to a list that was not given, a denial of all SDKs is not held
/// against it: the list may name them.
fn denies(case: &Case<'_>, denial: &SdkDenial, entry: &SdkCase<'_>) -> bool {
    let passage = &denial.passage;
    let minors = case.policy.documents.get(passage.document).is_some_and(|d| {
        d.regions.iter().any(|r| r.role == Role::Minors && (r.from..=r.to).contains(&passage.line))
    });
    let all = denial.ids.is_empty() && denial.categories.is_empty();
    let open = case.list_missing(&[ListKind::Sdk, ListKind::Sharing]) || case.policy_unread();
    !minors
        && (all && !open || denial.ids.contains(&entry.sdk.id) || denial.categories.contains(&entry.sdk.category))
}
