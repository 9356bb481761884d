//! F19: no channel for a right of the user, or a promise that exceeds fifteen working days.

use super::*;
use crate::policy::Subject;

pub(super) static RULE: Rule = Rule {
    id: "rights-channel-missing",
    number: "F19",
    name: Fixed { zh: "权利与投诉渠道缺失", en: "rights or complaint channel missing" },
    help: Fixed {
        zh: "缺少查阅或更正、删除、注销账号（有账号体系时）、撤回同意、投诉举报中任一项，或承诺时限超过十五个工作日（约 21 个自然日）。\
             注销、删除、投诉缺失为中，其余为低。没有账号体系不查注销；撤回同意写明“关闭权限”即可。",
        en: "One of access or correction, deletion, account closure (where there are accounts), withdrawal of consent and complaint is \
             missing, or the promised time exceeds fifteen working days (about 21 days). Medium for closure, deletion and complaint, low otherwise. \
             Without accounts closure is not asked for; explaining how to close permissions is a withdrawal.",
    },
    severity: Severity::Medium,
    clauses: &["rdff-6-1", "rdff-6-3", "rdff-6-5", "rdff-3-8", "pipl-15", "pipl-44", "pipl-50", "wsta-23", "gbt35273-8", "draft2026-closure"],
    recheck: Fixed { zh: "通读“您的权利”一节；在应用设置中实际操作一遍。", en: "Read the rights section; try the settings of the app." },
    check,
};

/// Working days after which a human answer is late (认定方法 六.3), and the calendar days that hold as many.
const LATEST: u32 = 15;
const LATEST_CALENDAR: u32 = 21;

fn check(case: &Case<'_>) -> Outcome {
    let has = |kinds: &[&str]| case.policy.meta.rights.iter().any(|(k, _)| kinds.contains(&k.as_str()));
    let accounts = case.policy.statements.iter().any(|s| {
        matches!(&s.subject, Subject::Data(d) if matches!(d.as_str(), "account" | "password" | "third_party_account"))
    });
    let mut grave = Vec::new();
    let mut formal = Vec::new();
    if accounts && !has(&["closure"]) {
        grave.push(text("注销账号", "closing the account"));
    }
    if !has(&["deletion"]) {
        grave.push(text("删除", "deletion"));
    }
    if !has(&["complaint"]) {
        grave.push(text("投诉举报", "complaint"));
    }
    if !has(&["access", "correction"]) {
        formal.push(text("查阅、更正", "access and correction"));
    }
    if !has(&["withdrawal"]) {
        formal.push(text("撤回同意", "withdrawal of consent"));
    }
    let mut findings = Vec::new();
    for (lacks, severity) in [(grave, Severity::Medium), (formal, Severity::Low)] {
        if lacks.is_empty() {
            continue;
        }
        let lacking = joined(&lacks);
        let search = case.search(lacks.iter().map(|l| l.zh.clone()).collect(), |_| false);
        let subject = if severity == Severity::Medium { "rights" } else { "consent" };
        let mut finding = Finding::new(&RULE, subject, text("权利渠道", "rights"), search);
        finding.severity = severity;
        finding.confidence = Confidence::Medium;
        finding.message = text(
            format!("政策中未见以下权利的行使方式：{}。", lacking.zh),
            format!("The policy gives no way of: {}.", lacking.en),
        );
        finding.remedy = text(
            format!("写明{}的操作路径、受理渠道与十五个工作日内答复的时限。", lacking.zh),
            format!("Give path, channel and an answer within fifteen working days for: {}.", lacking.en),
        );
        findings.push(finding);
    }
    let working = case.policy.meta.answer_working_days;
    let latest = if working { LATEST } else { LATEST_CALENDAR };
    if let Some(days) = &case.policy.meta.answer_days
        && days.value.parse::<u32>().is_ok_and(|d| d > latest)
    {
        let mut finding = Finding::new(&RULE, "answer-time", text("答复时限", "answer time"), Evidence::Passage(days.passage.clone()));
        finding.severity = Severity::Low;
        finding.confidence = Confidence::Medium;
        finding.message = text(
            format!("政策承诺的答复时限为 {} {}，长于十五个工作日。", days.value, if working { "个工作日" } else { "日" }),
            format!(
                "The promised time to answer is {} {}, longer than fifteen working days.",
                days.value,
                if working { "working days" } else { "days" }
            ),
        );
        finding.remedy = text("将答复时限改为十五个工作日以内。", "Promise an answer within fifteen working days.");
        findings.push(finding);
    }
    missing_from_policy(case, findings)
}
