//! E5: personalised push or advertising without a way to switch it off.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "targeting-without-opt-out",
    number: "E5",
    name: Fixed { zh: "定向推送无关闭方式", en: "targeting without opt-out" },
    help: Fixed {
        zh: "政策写明个性化推荐或定向广告，而没有写关闭、拒绝的方式。",
        en: "The policy tells of personalised recommendation or advertising and of no way to switch it off.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-3-6", "pipl-24", "miit164-1-4", "wsta-42"],
    recheck: Fixed { zh: "在应用设置中查找个性化推荐开关。", en: "Look for the switch in the app's settings." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let meta = &case.policy.meta;
    let Some(targeting) = &meta.targeting else {
        return not_told(case, "政策未写个性化推荐或定向广告", "the policy tells of no targeting");
    };
    if meta.targeting_opt_out.is_some() {
        return Outcome::Clear;
    }
    let search = case.search(["关闭个性化", "拒绝个性化", "退出个性化"].map(String::from).to_vec(), |_| false);
    let mut finding =
        Finding::new(&RULE, "targeting", text("个性化推荐", "targeting"), Evidence::Passage(targeting.passage.clone())).with([search]);
    finding.confidence = Confidence::Medium;
    finding.message = text("政策写明个性化推荐或定向推送，未见关闭或拒绝的方式。", "The policy tells of personalised content and of no way to refuse it.");
    finding.remedy = text("写明关闭个性化推荐的操作路径，并在应用内提供开关。", "Tell how to switch it off, and offer the switch in the app.");
    missing_from_policy(case, vec![finding])
}
