//! The sheets of an audit: first the app, the policy and the counts, then the findings, then the ledgers.

use super::apk::{asked, capability, name, signs, source};
use super::{Cell, Layout, Sheet, Tone, evidence, severity_cell, verdict_cell, w};
use crate::audit::{Audit, Finding, Fixed, Lang, Named as _, Outcome, Severity, Verdict};
use crate::catalogue::ClauseStatus;

pub fn sheets(audit: &Audit<'_>, lang: Lang) -> Vec<Sheet> {
    let case = &audit.case;
    let mut out = vec![
        super::apk::app(case.apk, lang, w::REPORT),
        super::policy::facts(case.policy, lang, w::POLICY),
        summary(audit, lang),
        findings(audit, lang),
        permissions(audit, lang),
        sdks(audit, lang),
    ];
    let utilities: Vec<_> = case.sdks.iter().filter(|s| !s.sdk.needs_disclosure).map(|s| s.detected).collect();
    if !utilities.is_empty() {
        out.push(super::apk::utility_sheet(case.catalogue, &utilities, lang));
    }
    out.push(data(audit, lang));
    out.push(rules(audit, lang));
    let mut coverage = super::apk::coverage(case.apk, lang);
    coverage.rows.extend(super::policy::coverage(case.policy, lang));
    coverage.rows.push(vec![Cell::new(""), Cell::toned(w::STATIC_ONLY.get(lang), Tone::Quiet)]);
    out.push(coverage);
    out
}

fn summary(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let mut sheet = Sheet::pairs(lang, w::SUMMARY);
    let findings = audit.findings();
    let count = |s: Severity| findings.iter().filter(|f| f.severity == s && f.waived.is_none()).count();
    let line: Vec<String> = Severity::ALL.iter().map(|s| format!("{} {}", s.label().get(lang), count(*s))).collect();
    sheet.pair(lang, w::FINDINGS, line.join("  "));
    let verdicts = |all: Vec<Verdict>| {
        let line: Vec<String> = Verdict::ALL
            .iter()
            .map(|v| (v, all.iter().filter(|a| *a == v).count()))
            .filter(|(_, n)| *n > 0)
            .map(|(v, n)| format!("{} {n}", v.label().get(lang)))
            .collect();
        line.join("  ")
    };
    sheet.pair(lang, w::PERMISSIONS, verdicts(audit.case.permissions.iter().map(|p| p.verdict).collect()));
    let sdks = audit.case.sdks.iter().filter(|s| s.sdk.needs_disclosure).map(|s| s.verdict).collect();
    sheet.pair(lang, w::SDKS, verdicts(sdks));
    if let Some(kind) = &audit.case.service_type {
        let name = if lang == Lang::Zh { &kind.kind.zh } else { &kind.kind.en };
        let how = kind
            .guess
            .as_ref()
            .map(|why| lang.aside(format_args!("{}{}{}", w::GUESSED.get(lang), lang.colon(), why.get(lang))));
        sheet.pair(lang, w::SERVICE_TYPE, format!("{} {name}{}", kind.kind.no, how.unwrap_or_default()));
    }
    if let Some(baseline) = &audit.baseline {
        let mut lines = vec![format!("{} {}", w::KNOWN.get(lang), baseline.known)];
        lines.extend(baseline.gone.iter().map(|g| {
            let how = if g.undetermined { w::NO_LONGER_TOLD } else { w::WENT };
            format!("{}{}{} {}", how.get(lang), lang.colon(), g.rule, g.subject)
        }));
        sheet.pair(lang, w::SINCE_BASELINE, lines.join("\n"));
    }
    sheet
}

fn clauses(audit: &Audit<'_>, finding: &Finding, lang: Lang) -> String {
    // Numbers of one document stand together behind its name.
    let mut documents: Vec<(&str, Vec<String>)> = Vec::new();
    for clause in finding.rule.clauses.iter().filter_map(|id| audit.case.catalogue.clause(id)) {
        let document = if lang == Lang::Zh { &*clause.document_zh } else { &*clause.document_en };
        let mark = match (clause.status, clause.verified) {
            (ClauseStatus::Draft, _) => lang.aside(w::OUTLOOK.get(lang)),
            (_, false) => lang.aside(w::UNVERIFIED.get(lang)),
            _ => String::new(),
        };
        let number = format!("{}{mark}", clause.number_in(lang == Lang::Zh));
        match documents.iter_mut().find(|(d, _)| *d == document) {
            Some((_, numbers)) => numbers.push(number),
            None => documents.push((document, vec![number])),
        }
    }
    let lines: Vec<String> =
        documents.iter().map(|(document, numbers)| format!("{document} {}", numbers.join(lang.comma()))).collect();
    lines.join(lang.semicolon())
}

/// What bulletins call the problem.
fn bulletins(audit: &Audit<'_>, finding: &Finding, lang: Lang) -> String {
    let known = audit.case.catalogue.bulletins_of(finding.rule.id);
    let lines: Vec<String> =
        known.map(|b| format!("{}{}", b.wording, lang.aside(b.issuer.label().get(lang)))).collect();
    lines.join(lang.semicolon())
}

/// What each side says of an SDK.
fn corners(audit: &Audit<'_>, finding: &Finding, lang: Lang) -> String {
    finding.corners.as_ref().map(|c| evidence::corners(c, audit.case.catalogue, lang)).unwrap_or_default()
}

/// The team's reason for accepting a finding, or that it no longer does.
fn waived(finding: &Finding, lang: Lang) -> String {
    let (label, text) = match (&finding.waived, &finding.waiver_ended) {
        (Some(reason), _) => (w::WAIVED, reason),
        (None, Some(until)) => (w::WAIVER_ENDED, until),
        (None, None) => return String::new(),
    };
    format!("{}{}{text}", label.get(lang), lang.colon())
}

fn findings(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let columns = [
        w::SEVERITY,
        w::RULE,
        w::SUBJECT,
        w::WAIVED,
        w::MESSAGE,
        w::IN_PACKAGE,
        w::IN_POLICY,
        w::CORNERS,
        w::CLAUSES,
        w::BULLETINS,
        w::REMEDY,
        w::RECHECK,
    ];
    let none = if audit.baseline.is_some() { w::NOTHING_NEW } else { w::NO_FINDINGS };
    let mut sheet = Sheet::new(lang, w::FINDINGS, Layout::Records, &columns, none);
    sheet.head = 3;
    for finding in audit.findings() {
        let (package, policy) = evidence::both(finding.evidence(), lang);
        sheet.rows.push(vec![
            severity_cell(finding.severity, lang),
            Cell::new(format!("{} {}", finding.rule.number, finding.rule.id)),
            Cell::new(format!("{}{}", finding.rule.name.get(lang), lang.aside(finding.title.get(lang)))),
            Cell::toned(waived(finding, lang), Tone::Quiet),
            Cell::new(finding.message.get(lang)),
            Cell::new(package),
            Cell::new(policy),
            Cell::new(corners(audit, finding, lang)),
            Cell::new(clauses(audit, finding, lang)),
            Cell::new(bulletins(audit, finding, lang)),
            Cell::new(finding.remedy.get(lang)),
            Cell::new(finding.rule.recheck.get(lang)),
        ]);
    }
    sheet
}

/// Columns of the flat table of findings.
pub const FLAT: &[Fixed] = &[
    w::FILE,
    w::PACKAGE,
    w::APP,
    w::VERSION,
    w::SEVERITY,
    w::CONFIDENCE,
    w::RULE,
    w::NAME,
    w::SUBJECT,
    w::WAIVED,
    w::MESSAGE,
    w::IN_PACKAGE,
    w::IN_POLICY,
    w::CORNERS,
    w::CLAUSES,
    w::BULLETINS,
    w::REMEDY,
    w::RECHECK,
];

/// The findings as one flat table for handing on.
pub fn findings_flat(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let apk = audit.case.apk;
    let mut sheet = Sheet::new(lang, w::FINDINGS, Layout::Grid, FLAT, w::NO_FINDINGS);
    for finding in audit.findings() {
        let (package, policy) = evidence::both(finding.evidence(), lang);
        let cells = [
            apk.file.clone(),
            apk.manifest.package.clone(),
            apk.label_zh.clone().or_else(|| apk.label.clone()).unwrap_or_default(),
            apk.manifest.version_name.clone().unwrap_or_default(),
            finding.severity.label().get(lang).to_owned(),
            finding.confidence.label().get(lang).to_owned(),
            format!("{} {}", finding.rule.number, finding.rule.id),
            finding.rule.name.get(lang).to_owned(),
            finding.title.get(lang).to_owned(),
            waived(finding, lang),
            finding.message.get(lang).to_owned(),
            package,
            policy,
            corners(audit, finding, lang),
            clauses(audit, finding, lang),
            bulletins(audit, finding, lang),
            finding.remedy.get(lang).to_owned(),
            finding.rule.recheck.get(lang).to_owned(),
        ];
        sheet.rows.push(cells.into_iter().map(Cell::new).collect());
    }
    sheet
}

fn permissions(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let columns = [w::PERMISSION, w::CAPABILITY, w::VERDICT, w::REASON, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::PERMISSIONS, Layout::Grid, &columns, w::NO_PERMISSIONS);
    // What is asked of the policy comes first; the order of the manifest is kept within.
    let mut entries: Vec<_> = audit.case.permissions.iter().collect();
    entries.sort_by_key(|p| (!asked(p.duty), p.verdict == Verdict::Exempt));
    for p in entries {
        let name = p.requested.name.strip_prefix("android.permission.").unwrap_or(&p.requested.name);
        let quote = p.statements.first().map(|s| evidence::passage(&s.passage)).unwrap_or_default();
        let mut reason = p.reason.label().get(lang).to_owned();
        if p.requested.source != crate::apk::PermissionSource::UsesPermission || p.requested.max_sdk.is_some() {
            reason.push_str(&format!("\n{}", source(p.requested, lang)));
        }
        sheet.rows.push(vec![
            Cell::whole(name),
            Cell::new(capability(audit.case.catalogue, p.capability.as_str(), lang)),
            verdict_cell(p.verdict, lang),
            Cell::new(reason),
            Cell::new(quote),
        ]);
    }
    sheet
}

fn sdks(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let columns = [w::NAME, w::VERDICT, w::REASON, w::SIGNS, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::SDKS, Layout::Grid, &columns, w::NO_SDKS);
    for s in audit.case.sdks.iter().filter(|s| s.sdk.needs_disclosure) {
        let quote = s.entries.first().and_then(|e| e.evidence.first()).map(evidence::passage).unwrap_or_default();
        sheet.rows.push(vec![
            Cell::new(name(audit.case.catalogue, s.detected, lang)),
            verdict_cell(s.verdict, lang),
            Cell::new(s.reason.label().get(lang)),
            Cell::new(signs(s.detected, lang)),
            Cell::new(quote),
        ]);
    }
    sheet
}

fn data(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let columns = [w::WHAT, w::USED_BY, w::VERDICT, w::REASON, w::IN_PACKAGE, w::QUOTE];
    let mut sheet = Sheet::new(lang, w::DATA, Layout::Grid, &columns, w::NO_DATA);
    let case = &audit.case;
    for d in &case.data {
        let calls = || d.calls.iter().filter(|c| c.sdk.is_none());
        let mut users: Vec<String> = Vec::new();
        if calls().any(|c| case.is_own(&c.class)) {
            users.push(w::FIRST_PARTY.get(lang).to_owned());
        }
        users.extend(d.sdks.iter().map(|id| super::apk::sdk_name(case.catalogue, id.as_str(), lang)));
        if calls().any(|c| !case.is_own(&c.class)) {
            users.push(w::NOBODY_KNOWN.get(lang).to_owned());
        }
        let call = d
            .calls
            .first()
            .map(|c| format!("{} {}.{} +0x{:x}", c.dex, c.class, c.method, c.offset))
            .unwrap_or_default();
        let quote = d.statements.first().map(|s| evidence::passage(&s.passage)).unwrap_or_default();
        sheet.rows.push(vec![
            Cell::new(if lang == Lang::Zh { &*d.item.zh } else { &*d.item.en }),
            Cell::new(users.join("\n")),
            verdict_cell(d.verdict, lang),
            Cell::new(d.reason.label().get(lang)),
            Cell::new(call),
            Cell::new(quote),
        ]);
    }
    sheet
}

fn rules(audit: &Audit<'_>, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, w::RULES, Layout::Grid, &[w::RULE, w::NAME, w::OUTCOME, w::REASON], w::NONE_FOUND);
    for (rule, outcome) in &audit.outcomes {
        let tone = match outcome {
            Outcome::Found(new) if new.is_empty() => Tone::Quiet,
            Outcome::Found(_) => Tone::Bad,
            Outcome::Undetermined(..) => Tone::Warn,
            Outcome::Clear => Tone::Good,
            Outcome::NotApplicable(_) => Tone::Quiet,
        };
        let (new, known) = (outcome.findings().len(), audit.known(rule));
        let count = match (new, known) {
            (0, 0) => String::new(),
            (new, 0) => format!(" {new}"),
            (0, known) => lang.aside(format_args!("{} {known}", w::IN_BASELINE.get(lang))),
            (new, known) => format!(" {new}{}", lang.aside(format_args!("{} {known}", w::IN_BASELINE.get(lang)))),
        };
        let reason = outcome.reason();
        sheet.rows.push(vec![
            Cell::whole(format!("{} {}", rule.number, rule.id)),
            Cell::new(rule.name.get(lang)),
            Cell::toned(format!("{}{count}", outcome.label().get(lang)), tone),
            Cell::new(reason.map(|r| r.get(lang)).unwrap_or_default()),
        ]);
    }
    sheet
}
