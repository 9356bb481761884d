//! F02: a permission that opens personal information is requested and the policy does not tell.

use super::*;
use crate::apk::PermissionSource;
use crate::audit::permissions::PermissionCase;
use crate::catalogue::Duty;
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "undisclosed-permission",
    number: "F02",
    name: Fixed { zh: "未明示的可收集个人信息权限", en: "undisclosed permission" },
    help: Fixed {
        zh: "清单申请了可收集个人信息的权限，在某个受支持的系统版本上有效，而政策及所附清单中没有该权限的名称、别名、同类用语，\
             也没有只有它才能取得的信息。代码中见到受其控制的调用为高，仅有声明为中。同一能力的权限合并为一条。\
             只见于系统支持库（androidx 等）的调用不算使用。普通级、签名级、自定义、系统附加、已失效的权限不报；已说明权限组的不报。",
        en: "The manifest requests a permission that opens personal information and takes effect on a supported system version, \
             while the policy and its annexes hold neither its name, an alias, a phrase for its capability, nor data that only it \
             opens. High when code calls what it gates, medium when it is only declared. One finding per capability; \
             calls in platform support code (androidx) show no use. Normal, signature, app-defined, implied and ineffective permissions are not reported, nor members of an explained group.",
    },
    severity: Severity::High,
    clauses: &["rdff-2-1", "rdff-3-3", "gbt41391-6.4", "gbt41391-6.5", "tc260-20204a-request", "self2020", "draft2026-permissions"],
    recheck: Fixed {
        zh: "按检索记录在政策中复查所列用语；在真机上触发相应功能，观察授权弹窗与目的说明。",
        en: "Search the policy for the listed terms again; trigger the function on a device and watch the permission dialog.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let findings = by_capability(case, |p| p.duty == Duty::Required && !p.is_special())
        .into_iter()
        .map(|(capability, entries)| finding(&RULE, case, &capability, &entries))
        .map(|(mut finding, used)| {
            finding.severity = if used { Severity::High } else { Severity::Medium };
            finding
        })
        .collect::<Vec<_>>();
    settle(case, |p| p.duty == Duty::Required && !p.is_special(), findings)
}

/// The outcome: undetermined when the verdict on any permission that `wanted` picks is, for the reason of the first.
pub(super) fn settle<'a>(
    case: &Case<'a>,
    wanted: impl Fn(&PermissionCase<'a>) -> bool,
    findings: Vec<Finding>,
) -> Outcome {
    match case.permissions.iter().find(|p| wanted(p) && p.verdict == Verdict::Undetermined) {
        Some(open) => Outcome::Undetermined(fixed(open.reason.label()), findings),
        None => Outcome::of(findings),
    }
}

/// Undisclosed permissions that `wanted` picks, grouped by capability in manifest order.
pub(super) fn by_capability<'c, 'a>(
    case: &'c Case<'a>,
    wanted: impl Fn(&PermissionCase<'a>) -> bool,
) -> Vec<(String, Vec<&'c PermissionCase<'a>>)> {
    let mut out: Vec<(String, Vec<&PermissionCase<'a>>)> = Vec::new();
    for entry in case.permissions.iter().filter(|p| wanted(p)) {
        // A denial is no disclosure, also where the package contradicts it (F10).
        if !matches!(entry.verdict, Verdict::Undisclosed | Verdict::Denied | Verdict::OtherPlatform) {
            continue;
        }
        match out.iter_mut().find(|(c, _)| *c == entry.capability.as_str()) {
            Some((_, entries)) => entries.push(entry),
            None => out.push((entry.capability.to_string(), vec![entry])),
        }
    }
    out
}

/// The finding for one capability, and whether code uses what its permissions gate.
pub(super) fn finding(
    rule: &'static Rule,
    case: &Case<'_>,
    capability: &str,
    entries: &[&PermissionCase<'_>],
) -> (Finding, bool) {
    let title = capability_title(case, capability);
    let mut names: Vec<&str> = Vec::new();
    for entry in entries {
        if !names.contains(&entry.requested.name.as_str()) {
            names.push(&entry.requested.name);
        }
    }
    let used = entries.iter().any(|e| e.used());
    let mut evidence: Vec<Evidence> = entries.iter().map(|e| Evidence::Trace(e.requested.trace.clone())).collect();
    for entry in entries {
        // What tells most comes first: the app's own code, then others', support code last.
        let mut calls: Vec<_> = entry.calls.iter().filter(|c| !c.support).collect();
        calls.sort_by_key(|c| !case.is_own(&c.class));
        evidence.extend(calls.into_iter().take(3).map(|c| call_trace(c)));
        let mut uses: Vec<_> = entry.uses.iter().filter(|u| !u.support || !entry.used()).collect();
        uses.sort_by_key(|u| !case.is_own(&u.class));
        evidence.extend(uses.into_iter().take(2).map(|u| use_trace(u)));
    }
    for entry in entries {
        evidence.extend(quoted(&entry.statements));
    }
    // Where the policy denies it or tells of it for another platform, the quote shows the gap and nothing was searched in vain.
    if entries.iter().any(|e| e.statements.is_empty()) {
        evidence.push(case.search(terms(case, capability), |s| matches!(s, Subject::Capability(c) if *c == *capability)));
    }
    let (purposes, stated) = stated(case, &names);
    evidence.extend(purposes);
    let mut evidence = evidence.into_iter();
    let first = evidence.next().unwrap_or_else(|| case.search(Vec::new(), |_| false));
    let mut finding = Finding::new(rule, capability, title.clone(), first).with(evidence);
    finding.subjects = names.iter().map(|n| (*n).to_owned()).collect();
    let who = users(case, entries);
    let by_component = entries.iter().all(|e| matches!(e.requested.source, PermissionSource::Component { .. }));
    let asks = if by_component {
        text(format!("应用的组件声明了{}", title.zh), format!("declares a component for {}", title.en))
    } else {
        text(format!("应用申请了{}权限", title.zh.trim_end_matches("权限")), format!("requests {}", title.en))
    };
    let how = match entries.iter().map(|e| e.verdict).min() {
        Some(Verdict::Denied) => text("政策称不使用", "the policy says it is not used"),
        Some(Verdict::OtherPlatform) => text("政策仅就其他平台说明", "the policy tells of it for another platform only"),
        _ => text("政策及所附清单中未见明示", "the policy and its annexes do not tell of it"),
    };
    finding.message = text(
        format!("{}（{}），{}{}{}。", asks.zh, short(&names).join("、"), how.zh, who.zh, stated.zh),
        format!("The app {} ({}); {}{}{}.", asks.en, short(&names).join(", "), how.en, who.en, stated.en),
    );
    finding.remedy = text(
        format!("在政策的权限说明中补充：申请{}权限的功能场景、目的、收集的信息；如不需要，删除该权限声明。", title.zh),
        format!("Add to the policy: in which function {} is requested, what for, and which data it opens; or remove the request.", title.en),
    );
    (finding, used)
}

/// Where the manifest states what a permission is for, as a meta-data of its name (T/TAF 076-2020). The policy must tell it all
/// the same: evidence beside, and no disclosure.
fn stated(case: &Case<'_>, names: &[&str]) -> (Vec<Evidence>, Text) {
    let entries = case.apk.manifest.meta_data.iter();
    let entries = entries.filter(|m| m.owner.is_none() && m.value.is_some() && names.contains(&m.key.as_str()));
    let traces: Vec<Evidence> = entries
        .map(|m| {
            let value = format!("<meta-data android:name=\"{}\">", m.key);
            Evidence::Trace(crate::apk::Trace::entry("AndroidManifest.xml", value))
        })
        .collect();
    if traces.is_empty() {
        return (traces, text("", ""));
    }
    (traces, text("；清单以 meta-data 写有申请目的", "; the manifest states its purpose as meta-data"))
}

/// The words a reader would search for.
pub(super) fn terms(case: &Case<'_>, capability: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(c) = case.catalogue.capability(capability) {
        out.push(c.zh.clone());
        out.extend(c.aliases.iter().cloned());
    }
    for requested in case.permissions.iter().filter(|p| p.capability == *capability) {
        out.push(requested.requested.name.clone());
        if let Some(known) = requested.known {
            out.extend(known.label_zh.iter().cloned());
            out.extend(known.aliases.iter().cloned());
            let items = known.data_items.iter().filter_map(|i| case.catalogue.data_item(i.as_str()));
            out.extend(items.map(|i| i.zh.clone()));
        }
    }
    out
}

fn short<'n>(names: &[&'n str]) -> Vec<&'n str> {
    names.iter().map(|n| n.strip_prefix("android.permission.").unwrap_or(n)).collect()
}

/// Who calls what the permissions gate, as the end of a sentence.
fn users(case: &Case<'_>, entries: &[&PermissionCase<'_>]) -> Text {
    let mut names: Vec<Text> = Vec::new();
    if entries.iter().any(|e| e.used_by_app()) {
        names.push(text("应用自身代码", "the app's own code"));
    }
    let callers = entries.iter().flat_map(|e| {
        let calls = e.calls.iter().map(|c| (&c.sdk, c.support, &c.class));
        calls.chain(e.uses.iter().map(|u| (&u.sdk, u.support, &u.class)))
    });
    for (sdk, _, class) in callers.filter(|(_, support, _)| !support) {
        let title = match sdk {
            Some(id) => case.catalogue.sdk(id.as_str()).map_or_else(|| text(id.as_str(), id.as_str()), sdk_title),
            None if case.is_own(class) => continue,
            None => text("归属未识别的代码", "code of unknown origin"),
        };
        if !names.contains(&title) {
            names.push(title);
        }
    }
    if !names.is_empty() {
        let list = joined(&names);
        return text(format!("；可见调用方：{}", list.zh), format!("; called by {}", list.en));
    }
    if entries.iter().any(|e| e.touched()) {
        return text(
            "；仅系统支持库（如 androidx）中见到相应调用，不足以说明应用使用",
            "; only platform support code (such as androidx) calls what it gates, which shows no use by the app",
        );
    }
    if !case.calls_seen() {
        return text("；代码未能看全，是否使用无法判定", "; the code was not seen whole, so its use is undetermined");
    }
    if entries.iter().all(|e| case.catalogue.shows_use(&e.requested.name)) {
        return text("；代码中未见受其控制的调用", "; no call that it gates was seen in the code");
    }
    text("", "")
}
