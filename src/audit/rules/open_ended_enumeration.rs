//! F09: a sentence lists collected data and leaves the list open.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "open-ended-enumeration",
    number: "F09",
    name: Fixed { zh: "列举不完整", en: "open-ended enumeration" },
    help: Fixed {
        zh: "收集、获取、读取、共享个人信息的句子以“等”“例如”“包括但不限于”收尾，同段没有完整清单。每份政策合并为一条。\
             法定例外、安全措施、权利、联系我们等段落，写明“共×项”的，以及 SDK 举例但另有完整清单的不报。",
        en: "A sentence about collecting or sharing enumerates personal information and ends in an open form, and its paragraph \
             holds no complete list. One finding per policy. Legal exceptions, security, rights and contact sections, lists with a \
             stated count, and SDK examples beside a complete list are not reported.",
    },
    severity: Severity::Low,
    clauses: &["self2019-5", "self2019-7", "rdff-2-1", "pipl-17"],
    recheck: Fixed { zh: "逐句核对引文。", en: "Read the quoted sentences." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let mut passages = case.policy.meta.open_ended.iter().cloned().map(Evidence::Passage);
    let Some(first) = passages.next() else { return told_badly(case, Vec::new()) };
    let count = case.policy.meta.open_ended.len();
    let mut finding = Finding::new(&RULE, "policy", text("隐私政策", "privacy policy"), first).with(passages.take(19));
    finding.message = text(
        format!("有 {count} 处句子以“等”“例如”一类用语列举所收集的个人信息，列举不完整。"),
        format!("{count} sentence(s) enumerate collected personal information with an open end."),
    );
    finding.remedy = text(
        "把所涉句子改为完整列举，或在同段给出完整清单。",
        "Make the enumerations complete, or give the complete list in the same paragraph.",
    );
    Outcome::Found(vec![finding])
}
