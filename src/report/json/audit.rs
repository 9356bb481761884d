//! An audit as schema `audit/1`.

use std::collections::BTreeMap;

use super::{
    Baseline, Bulletin, Corners, Data, Evidence, Finding, Gone, NearMiss, Permission, Report, Rule, Sdk,
    SearchedDocument, SearchedRegion, ServiceType, Summary, apk, kebab, policy,
};
use crate::audit::{self, Audit, Lang, Severity, Verdict};
use crate::catalogue::{Catalogue, Clause, ClauseStatus, DataItemId};

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
        collectors: apk::collectors(&d.calls, |class| case.is_own(class)),
        verdict: Some(d.verdict.id().to_owned()),
        reason: Some(d.reason.id().to_owned()),
        policy: Some(policy::passages(case.policy, &d.statements)),
        code: d.calls.iter().map(|c| apk::call(c)).collect(),
    });
    Report {
        app: Some(apk::app(case.apk)),
        policy: Some(policy::policy(case.policy)),
        coverage: Some(apk::coverage(case.apk, Some(case.policy), lang)),
        permissions: Some(permissions.collect()),
        sdks: Some(sdks.collect()),
        data: Some(data.collect()),
        signs: Some(apk::signs(case.apk)),
        disclosed: Some(policy::disclosed(case.policy, |e| audit.in_app(e))),
        findings: Some(audit.findings().into_iter().map(|f| finding(case.catalogue, f, lang)).collect()),
        service_type: case.service_type.as_ref().map(|t| ServiceType {
            number: t.kind.no,
            name: if lang == Lang::Zh { t.kind.zh.clone() } else { t.kind.en.clone() },
            guess: t.guess.as_ref().map(|g| g.get(lang).to_owned()),
        }),
        baseline: audit.baseline.as_ref().map(|b| Baseline {
            known: b.known,
            gone: b
                .gone
                .iter()
                .map(|g| Gone { rule: g.rule.clone(), subject: g.subject.clone(), undetermined: g.undetermined })
                .collect(),
        }),
        rules: Some(
            audit
                .outcomes
                .iter()
                .map(|(rule, outcome)| Rule {
                    id: rule.id.to_owned(),
                    outcome: outcome.id().to_owned(),
                    reason: outcome.reason().map(|r| r.get(lang).to_owned()),
                    known: Some(audit.known(rule)).filter(|known| *known > 0),
                })
                .collect(),
        ),
        summary: Some(summary(audit)),
        ..Report::empty(case.catalogue)
    }
}

fn finding(catalogue: &Catalogue, f: &audit::Finding, lang: Lang) -> Finding {
    let ids = |wanted: &dyn Fn(&Clause) -> bool| -> Vec<String> {
        let clauses = f.rule.clauses.iter().filter_map(|id| catalogue.clause(id));
        clauses.filter(|c| wanted(c)).map(|c| c.id.to_string()).collect()
    };
    let draft = |c: &Clause| c.status == ClauseStatus::Draft;
    let strings = |ids: &[DataItemId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
    Finding {
        rule: f.rule.id.to_owned(),
        severity: f.severity.id().to_owned(),
        confidence: f.confidence.id().to_owned(),
        subject: f.subject.clone(),
        subjects: f.subjects.clone(),
        message: f.message.get(lang).to_owned(),
        evidence: f.evidence().iter().map(|e| evidence(e, lang)).collect(),
        clauses: ids(&|c| !draft(c)),
        unverified: ids(&|c| !draft(c) && !c.verified),
        outlook: ids(&draft),
        bulletins: catalogue
            .bulletins_of(f.rule.id)
            .map(|b| Bulletin { issuer: format!("{:?}", b.issuer).to_uppercase(), wording: b.wording.clone() })
            .collect(),
        remedy: f.remedy.get(lang).to_owned(),
        recheck: f.rule.recheck.get(lang).to_owned(),
        corners: f.corners.as_ref().map(|c| Corners {
            in_package: c.present,
            code: strings(&c.code),
            policy: c.policy.as_deref().map(strings),
            publisher: strings(&c.publisher),
            record: c.record.as_ref().map(|(items, _)| strings(items)),
        }),
        waived: f.waived.clone(),
        waiver_ended: f.waiver_ended.clone(),
    }
}

fn evidence(e: &audit::Evidence, lang: Lang) -> Evidence {
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
                    text: crate::report::wording::why(n.why).get(lang).to_owned(),
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
