//! F21: the policy names another app than the package.

use super::*;

pub(super) static RULE: Rule = Rule {
    id: "policy-of-another-app",
    number: "F21",
    name: Fixed { zh: "政策疑属其他应用", en: "policy of another app" },
    help: Fixed {
        zh: "政策所写应用名称与安装包的名称不同，政策正文也没有出现包的名称。名称互相包含、仅差“App”“手机版”等后缀的不报。",
        en: "The policy's app name differs from the package's label, and the policy does not mention the label. Names that contain each \
             other are not reported.",
    },
    severity: Severity::Note,
    clauses: &["pipl-17"],
    recheck: Fixed { zh: "核对所取政策是否为该应用的政策。", en: "Make sure that this is the policy of this app." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let labels: Vec<&str> = case.apk.label_zh.iter().chain(case.apk.label.iter()).map(String::as_str).collect();
    let Some(named) = &case.policy.meta.app_name else {
        return Outcome::NotApplicable(text("政策未写应用名称", "the policy names no app"));
    };
    if labels.is_empty() {
        return Outcome::NotApplicable(text("包没有名称", "the package has no label"));
    }
    // A Latin label beside a Chinese name is a translation as often as a mismatch.
    let comparable = |label: &str| is_cjk(label) == is_cjk(&named.value);
    let names = || std::iter::once(named).chain(&case.policy.meta.other_names);
    let same = labels.iter().any(|label| names().any(|n| alike(label, &n.value)));
    if same || !labels.iter().any(|l| comparable(l)) {
        return Outcome::Clear;
    }
    let label = labels.iter().find(|l| comparable(l)).copied().unwrap_or(labels[0]);
    let trace = Evidence::Trace(crate::apk::Trace::entry("AndroidManifest.xml", format!("application label \"{label}\"")));
    let mut finding = Finding::new(&RULE, "app-name", text("应用名称", "app name"), Evidence::Passage(named.passage.clone()))
        .with([trace])
        .with(case.policy.meta.other_names.iter().take(3).map(|f| Evidence::Passage(f.passage.clone())));
    finding.confidence = Confidence::Low;
    finding.message = text(
        format!("政策所写应用为“{}”，安装包名称为“{label}”。", named.value),
        format!("The policy is for \"{}\"; the package is called \"{label}\".", named.value),
    );
    finding.remedy = text("提供本应用自己的政策，或在政策中写明两者关系。", "Give this app's own policy, or say how the two names are related.");
    Outcome::Found(vec![finding])
}

fn is_cjk(s: &str) -> bool {
    s.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

fn alike(a: &str, b: &str) -> bool {
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}
