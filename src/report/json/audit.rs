//! An audit as schema `audit/1`.

use std::collections::BTreeMap;

use super::{
    Data, Evidence, Finding, NearMiss, Permission, Report, Rule, Sdk, SearchedDocument, SearchedRegion, Summary, apk,
    kebab, policy,
};
use crate::audit::{self, Audit, Lang, Severity, Verdict};

pub fn convert(audit: &Audit<'_>, lang: Lang) -> Report {
    let case = &audit.case;
    let permissions = case.permissions.iter().map(|p| Permission {
        verdict: Some(p.verdict.id().to_owned()),
        reason: Some(p.reason.id().to_owned()),
        policy: Some(policy::passages(case.policy, &p.statements)),
        ..apk::permission(case.apk, case.catalogue, p.requested)
    });
    let sdks = case.sdks.iter().map(|s| {
        let mut disclosed: Vec<String> = s.entries.iter().flat_map(|e| &e.data).map(ToString::to_string).collect();
        disclosed.sort();
        disclosed.dedup();
        Sdk {
            verdict: Some(s.verdict.id().to_owned()),
            reason: Some(s.reason.id().to_owned()),
            policy: Some(s.entries.iter().flat_map(|e| &e.evidence).map(|p| policy::passage(p, None)).collect()),
            disclosed_data: Some(disclosed),
            ..apk::sdk(case.apk, case.catalogue, s.detected)
        }
    });
    let data = case.data.iter().map(|d| Data {
        id: d.item.id.to_string(),
        collectors: apk::collectors(&d.calls),
        verdict: Some(d.verdict.id().to_owned()),
        reason: Some(d.reason.id().to_owned()),
        policy: Some(policy::passages(case.policy, &d.statements)),
        code: d.calls.iter().map(|c| apk::call(c)).collect(),
    });
    Report {
        app: Some(apk::app(case.apk)),
        policy: Some(policy::policy(case.policy)),
        coverage: Some(apk::coverage(case.apk, Some(case.policy))),
        permissions: Some(permissions.collect()),
        sdks: Some(sdks.collect()),
        data: Some(data.collect()),
        disclosed: Some(policy::disclosed(case.policy, |e| audit.in_app(e))),
        findings: Some(audit.findings().into_iter().map(|f| finding(f, lang)).collect()),
        rules: Some(
            audit
                .outcomes
                .iter()
                .map(|(rule, outcome)| Rule {
                    id: rule.id.to_owned(),
                    outcome: outcome.id().to_owned(),
                    reason: outcome.reason().map(|r| r.get(lang).to_owned()),
                })
                .collect(),
        ),
        summary: Some(summary(audit)),
        ..Report::empty(case.catalogue)
    }
}

fn finding(f: &audit::Finding, lang: Lang) -> Finding {
    Finding {
        rule: f.rule.id.to_owned(),
        severity: f.severity.id().to_owned(),
        confidence: f.confidence.id().to_owned(),
        subject: f.subject.clone(),
        subjects: f.subjects.clone(),
        message: f.message.get(lang).to_owned(),
        evidence: f.evidence().iter().map(evidence).collect(),
        clauses: f.rule.clauses.iter().map(|c| (*c).to_owned()).collect(),
        remedy: f.remedy.get(lang).to_owned(),
        waived: f.waived.clone(),
    }
}

fn evidence(e: &audit::Evidence) -> Evidence {
    match e {
        audit::Evidence::Trace(t) => apk::trace(t),
        audit::Evidence::Passage(p) => Evidence::Passage(policy::passage(p, None)),
        audit::Evidence::Search(s) => Evidence::Search {
            terms: s.terms.clone(),
            documents: s
                .read
                .iter()
                .map(|d| SearchedDocument {
                    file: d.file.clone(),
                    lines: d.lines,
                    regions: d
                        .regions
                        .iter()
                        .map(|r| SearchedRegion { from: r.from, to: r.to, role: kebab(&r.role) })
                        .collect(),
                })
                .collect(),
            near: s
                .near
                .iter()
                .map(|n| NearMiss {
                    word: n.word.clone(),
                    why: n.why.to_owned(),
                    passage: policy::passage(&n.passage, None),
                })
                .collect(),
        },
    }
}

fn summary(audit: &Audit<'_>) -> Summary {
    let mut findings: BTreeMap<String, usize> = Severity::ALL.iter().map(|s| (s.id().to_owned(), 0)).collect();
    for f in audit.findings().into_iter().filter(|f| f.waived.is_none()) {
        *findings.entry(f.severity.id().to_owned()).or_default() += 1;
    }
    let count = |all: &mut dyn Iterator<Item = Verdict>| {
        let mut out: BTreeMap<String, usize> = Verdict::ALL.iter().map(|v| (v.id().to_owned(), 0)).collect();
        for v in all {
            *out.entry(v.id().to_owned()).or_default() += 1;
        }
        out
    };
    Summary {
        findings,
        permissions: count(&mut audit.case.permissions.iter().map(|p| p.verdict)),
        sdks: count(&mut audit.case.sdks.iter().filter(|s| s.sdk.needs_disclosure).map(|s| s.verdict)),
    }
}
