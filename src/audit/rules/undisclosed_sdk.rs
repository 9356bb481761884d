//! F04: an SDK that handles personal information is embedded and the policy does not name it.

use super::*;
use crate::apk::Channel;
use crate::audit::sdks::SdkCase;
use crate::audit::values::Named as _;
use crate::catalogue::SdkCategory;

pub(super) static RULE: Rule = Rule {
    id: "undisclosed-sdk",
    number: "F04",
    name: Fixed { zh: "未披露的第三方 SDK", en: "undisclosed SDK" },
    help: Fixed {
        zh: "SDK 有强特征（至少两类独立特征，或唯一的 meta-data），属于会处理个人信息或联网上报的 SDK，而政策、SDK 清单、\
             第三方共享清单中没有其名称、产品名、公司名、包名。广告、统计、推送、定位、人脸、设备指纹类为高，其余为中。\
             工具库、运营者自有组件、随已披露 SDK 捆绑的子组件、特征不足的残片不报；政策所指的外部清单未取得时为无法判定。",
        en: "An SDK shows itself through at least two independent channels or a unique meta-data key, handles personal information \
             or reports over the network, and neither the policy nor its lists hold its name, product, company or package. High for \
             advertising, analytics, push, location, face recognition and device fingerprinting; medium otherwise. Utilities, the \
             operator's own components, components that a disclosed SDK brings along and mere remnants are not reported; when a \
             list the policy points to was not given, the outcome is undetermined.",
    },
    severity: Severity::High,
    clauses: &[
        "rdff-2-1", "rdff-5-1", "miit164-1-1", "miit164-1-3", "miit26", "wsta-21", "pipl-23", "gbt35273-5.5a", "gbt35273-9.7",
        "gbt41391-6.6", "draft2026-sdk",
    ],
    recheck: Fixed {
        zh: "用任一反编译工具打开所列类或清单节点；按检索记录在政策与清单中复查名称、公司名。",
        en: "Open the listed class or manifest node with any decompiler; search the policy and its lists for the names again.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let findings: Vec<Finding> = case
        .sdks
        .iter()
        .filter(|s| matches!(s.verdict, Verdict::Undisclosed | Verdict::OtherPlatform))
        .filter_map(|s| finding(case, s))
        .collect();
    // Signs too weak to rely on leave one SDK open, not the rule.
    let open = |s: &&SdkCase<'_>| s.verdict == Verdict::Undetermined && s.reason != Reason::WeakSigns;
    if let Some(open) = case.sdks.iter().find(open) {
        return Outcome::Undetermined(fixed(open.reason.label()), findings);
    }
    if !case.code_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    Outcome::of(findings)
}

fn finding(case: &Case<'_>, entry: &SdkCase<'_>) -> Option<Finding> {
    let title = sdk_title(entry.sdk);
    let mut evidence = entry.detected.evidence.iter().map(|e| Evidence::Trace(e.trace.clone()));
    let mut finding = Finding::new(&RULE, entry.sdk.id.as_str(), title.clone(), evidence.next()?).with(evidence.take(5));
    finding = finding.with(entry.entries.iter().flat_map(|e| e.evidence.iter().take(1).cloned().map(Evidence::Passage)));
    finding = finding.with([case.search(terms(entry), |_| false)]);
    finding.subjects = vec![entry.sdk.id.to_string()];
    finding.severity = match entry.sdk.category {
        SdkCategory::Ads
        | SdkCategory::Analytics
        | SdkCategory::Push
        | SdkCategory::MapsLocation
        | SdkCategory::OcrFace
        | SdkCategory::Security => Severity::High,
        _ => Severity::Medium,
    };
    let seen = channels(entry);
    let how = if entry.verdict == Verdict::OtherPlatform {
        text("政策仅就其他平台列出该 SDK", "the policy lists it for another platform only")
    } else if let Some(other) = crate::audit::sdks::same_publisher(case, entry.sdk) {
        finding = finding.with(other.evidence.iter().take(1).cloned().map(Evidence::Passage));
        text(
            format!("政策及所附清单中未见其名称或包名，其公司名只作为“{}”的提供者出现", other.name),
            format!("the policy and its lists hold neither its name nor package, and its company only as the provider of \"{}\"", other.name),
        )
    } else {
        text(
            "政策及所附清单中未见其名称、公司名或包名",
            "the policy and its lists hold neither its name, company nor package",
        )
    };
    let vendor = |v: &str| if v.is_empty() { String::new() } else { format!("，{v}") };
    finding.message = text(
        format!("包内集成了{}（{}{}），{}。", title.zh, seen.zh, vendor(&entry.sdk.vendor_zh), how.zh),
        format!("The package embeds {} ({}); {}.", title.en, seen.en, how.en),
    );
    let on_record = crate::audit::sdks::record(case, entry.sdk);
    let claimed = on_record.map(|r| &r.data).filter(|d| !d.is_empty()).unwrap_or(&entry.sdk.claimed_data);
    let items: Vec<Text> = claimed.iter().map(|d| item_title(case, d.as_str())).collect();
    let items = if items.is_empty() {
        text("按其官方规则填写", "as its publisher states")
    } else {
        let (source, items) = (if on_record.is_some() { "平台备案或公开规则所述" } else { "其公开规则所述" }, joined(&items));
        text(format!("{source}：{}", items.zh), format!("its publisher states: {}", items.en))
    };
    finding.remedy = text(
        format!(
            "在第三方 SDK 清单中补充一行：SDK 名称“{}”；提供者“{}”；使用目的；收集的个人信息（{}）；其隐私政策链接。",
            title.zh, entry.sdk.vendor_zh, items.zh
        ),
        format!(
            "Add a row to the SDK list: name \"{}\", provider \"{}\", purpose, personal information ({}), link to its policy.",
            title.en, entry.sdk.vendor_en, items.en
        ),
    );
    Some(beside(finding, case, entry.sdk, &entry.entries))
}

/// How the SDK showed itself, in words.
pub(super) fn channels(entry: &SdkCase<'_>) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for e in &entry.detected.evidence {
        let Fixed { zh: what_zh, en: what_en } = e.channel.label();
        let (z, n) = if e.channel == Channel::Package {
            (format!("{what_zh} {} 共 {} 个类", e.value, e.count), format!("{} classes in {}", e.count, e.value))
        } else {
            (format!("{what_zh} {}", e.value), format!("{what_en} {}", e.value))
        };
        if zh.len() < 3 {
            zh.push(z);
            en.push(n);
        }
    }
    text(zh.join("；"), en.join("; "))
}

/// The words a reader would search for.
fn terms(entry: &SdkCase<'_>) -> Vec<String> {
    let sdk = entry.sdk;
    let mut out = vec![sdk.name_zh.clone(), sdk.name_en.clone()];
    out.extend(sdk.aliases.iter().cloned());
    out.push(sdk.vendor_zh.clone());
    out.extend(sdk.vendor_aliases.iter().cloned());
    out.extend(sdk.signatures.packages.iter().cloned());
    out.retain(|t| !t.is_empty());
    out
}
