//! F21: the policy names another app, or another operator, than the package.

use super::super::companies::{self, Likeness, compare};
use super::*;
use crate::apk::Trace;
use crate::policy::Fact;

pub(super) static RULE: Rule = Rule {
    id: "policy-of-another-app",
    number: "F21",
    name: Fixed { zh: "政策疑属其他应用", en: "policy of another app" },
    help: Fixed {
        zh: "政策所写的各应用名称均与安装包的名称不同；签名证书的公司与政策所写运营者不同的，一并列出。安装包名称为一家机构（如某银行）而\
             政策运营者为另一家同类机构的也报。名称互相包含、仅差“App”“手机版”等后缀，或名称见于应用 ID、签名证书的公司、运营者名称的不报；\
             仅证书与运营者不同的不报（可能由他人代为签名）；调试证书、中外文名称之间不作比较。",
        en: "None of the app names in the policy is like the package's label; where the company of the signing certificate is another \
             than the policy's operator, both are shown. Also a label that names an institution (a bank) where the operator is another of \
             its kind. Names that contain each other are not reported, nor names found in the application id, the company of the certificate or \
             the operator's name, nor a certificate alone (others may sign for the operator); debug certificates and names in different \
             scripts are not compared.",
    },
    severity: Severity::Note,
    clauses: &["pipl-17"],
    recheck: Fixed { zh: "核对所取政策是否为该应用的政策。", en: "Make sure that this is the policy of this app." },
    check,
};

fn check(case: &Case<'_>) -> Outcome {
    let labels: Vec<&str> = case.apk.label_zh.iter().chain(case.apk.label.iter()).map(String::as_str).collect();
    let meta = &case.policy.meta;
    if meta.app_name.is_none() && meta.operator.is_none() {
        return not_told(case, "政策未写应用名称和运营者", "the policy names neither app nor operator");
    }
    if labels.is_empty() {
        return Outcome::NotApplicable(text("包没有名称", "the package has no label"));
    }
    let names: Vec<&Fact> = meta.app_name.iter().chain(&meta.other_names).collect();
    if labels.iter().any(|label| names.iter().any(|n| alike(label, &n.value))) {
        return Outcome::Clear;
    }
    let mut findings = Vec::new();
    if let Some(named) = &meta.app_name {
        findings.extend(other_name(case, &labels, named));
    }
    if findings.is_empty() {
        findings.extend(other_institution(case, &labels));
    }
    if findings.is_empty() && meta.app_name.is_none() {
        return not_told(
            case,
            "政策未写应用名称，运营者无从比较",
            "the policy names no app, and there is nothing to hold its operator against",
        );
    }
    Outcome::of(findings)
}

/// The policy is for an app of another name, and neither id nor companies explain it.
fn other_name(case: &Case<'_>, labels: &[&str], named: &Fact) -> Option<Finding> {
    let meta = &case.policy.meta;
    // A Latin label beside a Chinese name is a translation as often as a mismatch.
    let chinese = companies::is_chinese(&named.value);
    let label = labels.iter().copied().find(|l| companies::is_chinese(l) == chinese)?;
    let signers: Vec<(&str, String)> = case
        .apk
        .signers
        .iter()
        .filter_map(|s| Some((s.subject.as_str(), companies::of_certificate(&s.subject)?)))
        .collect();
    let names = || std::iter::once(named).chain(&meta.other_names).map(|f| f.value.as_str());
    let explained = names().any(|n| {
        companies::in_application_id(&case.apk.manifest.package, n)
            || signers.iter().any(|(_, company)| companies::holds(company, n))
    });
    let operated = |f: &Fact| labels.iter().any(|l| companies::holds(&f.value, l));
    if explained || meta.operator.as_ref().is_some_and(operated) {
        return None;
    }
    let mut finding = Finding::new(&RULE, "app-name", text("应用名称", "app name"), Evidence::Passage(named.passage.clone()))
        .with([label_trace(label)])
        .with(meta.other_names.iter().take(3).map(|f| Evidence::Passage(f.passage.clone())));
    finding.confidence = Confidence::Low;
    finding.message = text(
        format!("政策所写应用为“{}”，安装包名称为“{label}”。", named.value),
        format!("The policy is for \"{}\"; the package is called \"{label}\".", named.value),
    );
    finding.remedy = text("提供本应用自己的政策，或在政策中写明两者关系。", "Give this app's own policy, or say how the two names are related.");
    if let Some(operator) = &meta.operator
        && signers.iter().all(|(_, company)| compare(company, &operator.value) == Likeness::Different)
        && let Some((subject, company)) = signers.first()
    {
        finding = finding.with([
            Evidence::Passage(operator.passage.clone()),
            Evidence::Trace(Trace::entry(case.apk.file.as_str(), *subject)),
        ]);
        finding.confidence = Confidence::Medium;
        finding.message.zh.push_str(&format!("政策所写运营者为“{}”，签名证书的公司为“{company}”。", operator.value));
        let told = format!(" It names \"{}\" as operator; the signing certificate is of \"{company}\".", operator.value);
        finding.message.en.push_str(&told);
    }
    Some(finding)
}

/// The package is called what an institution is, and the operator is another of that kind.
fn other_institution(case: &Case<'_>, labels: &[&str]) -> Option<Finding> {
    let operator = case.policy.meta.operator.as_ref()?;
    if labels.iter().any(|l| companies::holds(&operator.value, l)) {
        return None;
    }
    let label = labels.iter().copied().find(|l| companies::other_institution(l, &operator.value))?;
    let mut finding =
        Finding::new(&RULE, "operator", text("运营者", "operator"), Evidence::Passage(operator.passage.clone()))
            .with([label_trace(label)]);
    finding.confidence = Confidence::Low;
    finding.message = text(
        format!("政策所写运营者为“{}”，安装包名称为“{label}”。", operator.value),
        format!("The policy names \"{}\" as operator; the package is called \"{label}\".", operator.value),
    );
    finding.remedy =
        text("提供本应用自己的政策，或在政策中写明运营者与本应用的关系。", "Give this app's own policy, or say how its operator is related to this app.");
    Some(finding)
}

fn label_trace(label: &str) -> Evidence {
    Evidence::Trace(Trace::entry("AndroidManifest.xml", format!("android:label=\"{label}\"")))
}

fn alike(a: &str, b: &str) -> bool {
    let bare = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (bare(a), bare(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}
