//! F16: the policy points to a list that was not given.

use super::*;
use crate::audit::values::Named as _;

pub(super) static RULE: Rule = Rule {
    id: "external-list-missing",
    number: "F16",
    name: Fixed { zh: "外部清单未取得", en: "external list not supplied" },
    help: Fixed {
        zh: "政策指向第三方 SDK 目录、个人信息收集清单、共享清单、权限清单等，而清单文本未随政策提供。依赖它的结论改为无法判定。\
             清单已内嵌的不报。把清单作为后续政策文件一并给出即可。",
        en: "The policy points to an SDK directory, a collection, sharing or permission list that was not given along with it. What \
             depends on it becomes undetermined. Lists inside the text are not reported. Give the list as a further policy file.",
    },
    severity: Severity::Note,
    clauses: &["rdff-1-3", "rdff-2-1", "wsta-21", "miit292"],
    recheck: Fixed { zh: "打开引文所指链接，取得清单后重新审计。", en: "Open the link, fetch the list and audit again." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let findings = case
        .policy
        .external_lists
        .iter()
        .filter(|list| list.platform.covers_android())
        .map(|list| {
            let Fixed { zh, en } = list.kind.label();
            let mut finding = Finding::new(&RULE, &*list.name, text(&*list.name, &*list.name), Evidence::Passage(list.passage.clone()));
            finding.message = text(
                format!("政策指向“{}”（{zh}），该清单未随政策提供；依赖它的判断列为无法判定。", list.name),
                format!("The policy points to \"{}\" ({en}), which was not given; what depends on it is undetermined.", list.name),
            );
            finding.remedy = text("取得该清单，作为附件文件一并审计。", "Fetch the list and audit it along with the policy.");
            finding
        })
        .collect();
    told_badly(case, findings)
}
