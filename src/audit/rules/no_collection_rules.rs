//! F01: the text holds no rule of collecting or using personal information.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "no-collection-rules",
    number: "F01",
    name: Fixed { zh: "无收集使用规则", en: "no collection rules" },
    help: Fixed {
        zh: "提供的文本中没有任何收集、使用个人信息的规则。抓取失败的网页、空文件不在此列：它们在读取时就会报错。\
             应用名称为中文、显然面向境内用户，而政策没有中文文本的，另列一条提示。",
        en: "The text holds no sentence about collecting or using personal information. A failed download or an empty file is \
             an error when it is read, not a finding. An app with a Chinese name, plainly for users in China, whose policy has no \
             Chinese text gets a note.",
    },
    severity: Severity::High,
    clauses: &["rdff-1-1", "rdff-1-4", "pipl-7", "pipl-17", "csl-41"],
    recheck: Fixed {
        zh: "人工通读所提供的文本，确认其是否为隐私政策、是否完整。",
        en: "Read the text and make sure that it is the privacy policy and complete.",
    },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    if case.policy.has_collection_rules() {
        return missing_from_policy(case, foreign(case).into_iter().collect());
    }
    if case.policy.unseen.is_some() {
        return unread(case, Vec::new());
    }
    if case.policy_unread() || case.list_missing(&[crate::policy::ListKind::Collection]) {
        return Outcome::Undetermined(
            text("文本未读全，或收集规则在未提供的清单中", "the text was not read whole, or its rules lie in a list not given"),
            Vec::new(),
        );
    }
    let search = case.search(Vec::new(), |_| true);
    let mut finding = Finding::new(&RULE, "policy", text("隐私政策", "privacy policy"), search);
    finding.message = text(
        "所提供的文本中未见收集、使用个人信息的规则。",
        "The text holds no rule about collecting or using personal information.",
    );
    finding.remedy = text(
        "公开完整的隐私政策，逐项写明收集使用个人信息的目的、方式和范围。",
        "Publish a complete policy that lists purposes, means and scope of collecting and using personal information.",
    );
    Outcome::Found(vec![finding])
}

/// The note on a policy without Chinese text, for an app whose own name is Chinese. Other signs (a library of a Chinese vendor,
/// a translation among many) show no such audience.
fn foreign(case: &Case<'_>) -> Option<Finding> {
    let label = [&case.apk.label, &case.apk.label_zh].into_iter().flatten().find(|l| is_chinese(l))?;
    if case.policy.meta.language != "en" {
        return None;
    }
    let trace = crate::apk::Trace::entry("AndroidManifest.xml", format!("android:label=\"{label}\""));
    let mut finding = Finding::new(&RULE, "language", text("政策语言", "language of the policy"), Evidence::Trace(trace))
        .with([case.search(Vec::new(), |_| false)]);
    finding.severity = Severity::Note;
    finding.confidence = Confidence::Medium;
    finding.message = text(
        format!("应用名称为“{label}”，而所提供的政策没有中文文本；简体中文版未见。"),
        format!("The app is called \"{label}\", and the policy given has no Chinese text: no Simplified Chinese version was seen."),
    );
    finding.remedy = text("提供政策的简体中文版，或将其作为附件一并审计。", "Give a Simplified Chinese version, or audit it along as a further file.");
    Some(finding)
}

fn is_chinese(label: &str) -> bool {
    label.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
