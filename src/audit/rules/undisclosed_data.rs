//! F07: the app's own code reads personal information that the policy does not mention.

use super::*;
use crate::audit::data::DataCase;
use crate::catalogue::Sensitivity;
use crate::policy::{ListKind, Subject};

pub(super) static RULE: Rule = Rule {
    id: "undisclosed-data",
    number: "F07",
    name: Fixed { zh: "未披露的数据项", en: "undisclosed data" },
    help: Fixed {
        zh: "应用自身代码直接调用取得某项个人信息的接口（必要时带常量参数），所需权限已声明或不需要权限，而政策没有任何别名，\
             也没有上位词。敏感信息、设备标识、应用列表、剪贴板为高，其余为中。间接迹象、androidx 等支持库、归属未识别的库、仅在 SDK 包内的\
             调用不报（后者归 F04、F06）；同一处调用不就两个项目重复报。",
        en: "The app's own code calls an interface that reads the item (with the constant argument where one is needed), its \
             permission is declared or none is needed, and the policy holds no alias and no umbrella word. High for sensitive \
             information, device identifiers, app lists and the clipboard. Indirect signs, support libraries and calls inside SDKs \
             are not reported (the last belong to F04 and F06), nor one call for two items.",
    },
    severity: Severity::High,
    clauses: &["rdff-2-1", "rdff-3-3", "rdff-3-9", "pipl-17", "miit164-1-1"],
    recheck: Fixed {
        zh: "用反编译工具打开所列类与方法核对调用；以钩子或抓包确认运行时是否取得；按检索记录复查政策。",
        en: "Open the listed class and method with a decompiler; confirm at run time; search the policy again.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let contradicted = super::contradicted_denial::items(case);
    let findings: Vec<Finding> = case
        .data
        .iter()
        .filter(|d| d.by_app && matches!(d.verdict, Verdict::Undisclosed | Verdict::Denied | Verdict::OtherPlatform))
        .filter(|d| !contradicted.contains(&d.item.id.as_str()) && stands_alone(case, d))
        .filter_map(|d| finding(case, d))
        .collect();
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    let open = case.data.iter().any(|d| d.by_app && d.reason == Reason::ExternalListMissing);
    if open && case.list_missing(&[ListKind::Collection]) {
        return Outcome::Undetermined(fixed(Reason::ExternalListMissing.label()), findings);
    }
    if data_unread(case) {
        return unread(case, findings);
    }
    Outcome::of(findings)
}

/// Whether a call shows this item and no other that is told or reported already: the name of the SIM's operator is the operator,
/// and not the SIM card once more.
fn stands_alone(case: &Case<'_>, entry: &DataCase<'_>) -> bool {
    let speaks_for = |other: &DataCase<'_>| {
        let told = matches!(other.verdict, Verdict::Disclosed | Verdict::Vague);
        let more = other.own_calls().count().cmp(&entry.own_calls().count()).then_with(|| entry.item.id.cmp(&other.item.id));
        other.item.id != entry.item.id && (told || other.by_app && more.is_gt())
    };
    let others: Vec<_> = case.data.iter().filter(|o| speaks_for(o)).collect();
    entry.own_calls().any(|c| {
        !others.iter().any(|o| o.own_calls().any(|x| x.dex == c.dex && x.offset == c.offset && x.class == c.class))
    })
}

/// On which system versions the item can be had, where not on all.
fn limits(case: &Case<'_>, item: &crate::catalogue::DataItem) -> Text {
    if crate::audit::data::closed(case, item) {
        return text(
            "（Android 10 起普通应用不可得，在 API 28 及以下终端可得）",
            " (kept from ordinary apps since Android 10, to be had on API 28 and below)",
        );
    }
    let listed = case.permissions.iter().any(|p| p.capability == "installed-apps");
    if item.id == "installed_apps" && !listed && case.apk.manifest.effective_target_sdk() >= VISIBILITY {
        return text(
            "（未申请应用列表权限，Android 11 起只能见到 queries 声明的应用）",
            " (without the permission for it, only apps declared under queries are seen since Android 11)",
        );
    }
    text("", "")
}

/// From this target on, an app sees other packages only as far as it declares them.
const VISIBILITY: u32 = 30;

fn finding(case: &Case<'_>, entry: &DataCase<'_>) -> Option<Finding> {
    let item = entry.item;
    let title = text(&*item.zh, &*item.en);
    let mut calls = entry.own_calls().map(call_trace);
    let mut terms = vec![item.zh.clone()];
    terms.extend(item.aliases.iter().cloned());
    for parent in item.parents.iter().filter_map(|p| case.catalogue.data_item(p.as_str())) {
        terms.push(parent.zh.clone());
        terms.extend(parent.aliases.iter().cloned());
    }
    let mut finding = Finding::new(&RULE, item.id.as_str(), title.clone(), calls.next()?)
        .with(calls.take(3))
        .with(quoted(&entry.statements))
        .with(entry.statements.is_empty().then(|| case.search(terms, |s| matches!(s, Subject::Data(d) if *d == item.id || item.parents.contains(d)))));
    finding.subjects = vec![item.id.to_string()];
    let grave = item.sensitivity == Sensitivity::Sensitive
        || matches!(item.category.as_str(), "device-id" | "apps")
        || item.id == "clipboard";
    finding.severity = if grave { Severity::High } else { Severity::Medium };
    let count = entry.own_calls().count();
    let how = match entry.verdict {
        Verdict::Denied => text("政策称不收集该项", "the policy says that it is not collected"),
        Verdict::OtherPlatform => text("政策仅就其他平台说明", "the policy tells of it for another platform only"),
        _ => text("政策中未见该项及其上位词", "the policy mentions neither it nor an umbrella word"),
    };
    let note = limits(case, item);
    finding.message = text(
        format!("应用自身代码中有 {count} 处可取得{}的调用，{}{}。", title.zh, how.zh, note.zh),
        format!("The app's own code has {count} call(s) that can read {}; {}{}.", title.en, how.en, note.en),
    );
    finding.remedy = text(
        format!("在政策中补充：收集{}的功能场景、目的与方式；如不需要，删除该调用。", title.zh),
        format!("Add to the policy in which function, why and how {} is collected; or remove the call.", title.en),
    );
    Some(finding)
}
