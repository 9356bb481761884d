//! E3: lists missing.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "collection-lists-missing",
    number: "E3",
    name: Fixed { zh: "双清单缺失", en: "lists missing" },
    help: Fixed {
        zh: "没有已收集个人信息清单或与第三方共享清单的用语或链接。正文或附件已有完整 SDK 列表即可满足。",
        en: "No words on, or link to, a list of collected information or of sharing. A complete SDK list in the text is enough.",
    },
    severity: Severity::Note,
    clauses: &["miit292", "wsta-21", "draft2026-lists"],
    recheck: Fixed { zh: "按检索记录复查政策。", en: "Search the policy again." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let meta = &case.policy.meta;
    if meta.collection_list.is_some() || meta.sharing_list.is_some() || !case.policy.external_lists.is_empty() || case.policy.sdks.iter().any(|s| s.listed) {
        return Outcome::Clear;
    }
    let search = case.search(["已收集个人信息清单", "第三方共享个人信息清单"].map(String::from).to_vec(), |_| false);
    let mut finding = Finding::new(&RULE, "policy", text("隐私政策", "privacy policy"), search);
    finding.confidence = Confidence::Medium;
    finding.message = text("政策中未见已收集个人信息清单或与第三方共享个人信息清单。", "The policy has neither a list of collected information nor one of sharing with third parties.");
    finding.remedy = text("以清单形式列明收集的个人信息和向第三方提供的情况。", "List what is collected and what is shared with third parties.");
    missing_from_policy(case, vec![finding])
}
