//! F08: an item is told by an umbrella word only.

use super::*;
use crate::policy::{Basis, Subject};

pub(super) static RULE: Rule = Rule {
    id: "umbrella-disclosure",
    number: "F08",
    name: Fixed { zh: "仅以概括用语披露", en: "umbrella wording only" },
    help: Fixed {
        zh: "应用自身代码取得某项个人信息，政策只写上位词（设备信息、设备标识符、位置信息等），未列出该项。上位词后的括号已列举\
             同类项的只报 F09。",
        en: "The app's own code reads an item of which the policy names only an umbrella word. Where the umbrella word is followed \
             by a list of items of its kind, only F09 applies.",
    },
    severity: Severity::Low,
    clauses: &["rdff-2-1", "self2019-7"],
    recheck: Fixed { zh: "打开引文所在行，核对是否逐项列出。", en: "Open the quoted line and look whether the items are listed one by one." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let mut findings = Vec::new();
    for entry in case.data.iter().filter(|d| d.by_app && d.reason == Reason::UmbrellaOnly) {
        // An enumeration beside the umbrella word is an open list (F09), not a bare umbrella.
        let listed = entry.statements.iter().any(|s| {
            case.policy.statements.iter().any(|o| {
                o.passage.document == s.passage.document
                    && o.passage.line == s.passage.line
                    && o.basis != Basis::Umbrella
                    && matches!(&o.subject, Subject::Data(d) if case.catalogue.data_item(d.as_str())
                        .is_some_and(|d| d.category == entry.item.category && !d.umbrella))
            })
        });
        let mut quotes = quoted(&entry.statements).into_iter();
        let Some(first) = quotes.next().filter(|_| !listed) else { continue };
        let title = text(&*entry.item.zh, &*entry.item.en);
        let mut finding = Finding::new(&RULE, entry.item.id.as_str(), title.clone(), first)
            .with(quotes)
            .with(entry.own_calls().take(2).map(call_trace));
        finding.subjects = vec![entry.item.id.to_string()];
        finding.confidence = Confidence::Medium;
        let own = entry.statements.iter().any(|s| crate::audit::case::first_party(s));
        let whose = if own { text("", "") } else { text("，且仅就第三方说明", ", and for others only") };
        finding.message = text(
            format!("应用自身代码中有可取得{}的调用，政策只有概括用语{}，未逐一列出该项。", title.zh, whose.zh),
            format!("The app's own code can read {}; the policy has an umbrella word only{}, and does not list it.", title.en, whose.en),
        );
        finding.remedy = text(
            format!("在概括用语之后逐项列明，包括{}。", title.zh),
            format!("List the items behind the umbrella word one by one, {} among them.", title.en),
        );
        findings.push(finding);
    }
    if !case.calls_seen() {
        return Outcome::Undetermined(fixed(CODE_HIDDEN), findings);
    }
    if data_unread(case) {
        return unread(case, findings);
    }
    Outcome::of(findings)
}
