//! The policy side of schema `audit/1`.

use std::collections::BTreeMap;

use super::{
    Denial, Disclosed, DisclosedCapability, DisclosedItem, DisclosedSdk, ExternalList, Passage, PolicyFile, PolicyInfo,
    kebab,
};
use crate::policy::{self, Fact, Party, Platform, Polarity, Policy, SdkEntry, Statement, Subject};

pub fn policy(policy: &Policy) -> PolicyInfo {
    let value = |fact: &Option<Fact>| fact.as_ref().map(|f| f.value.clone());
    let meta = &policy.meta;
    PolicyInfo {
        files: policy
            .documents
            .iter()
            .map(|d| PolicyFile {
                file: d.file.to_string(),
                sha256: d.sha256.clone(),
                encoding: d.encoding.clone(),
                format: kebab(&d.format),
                lines: d.lines,
            })
            .collect(),
        app_name: value(&meta.app_name),
        operator: value(&meta.operator),
        published: value(&meta.published),
        updated: value(&meta.updated),
        effective: value(&meta.effective),
        language: meta.language.clone(),
        external_lists: policy
            .external_lists
            .iter()
            .map(|l| ExternalList {
                kind: kebab(&l.kind),
                name: l.name.clone(),
                file: l.passage.file.to_string(),
                line: l.passage.line,
                quote: l.passage.quote.clone(),
            })
            .collect(),
    }
}

pub fn passage(p: &policy::Passage, scope: Option<String>) -> Passage {
    Passage { file: p.file.to_string(), line: p.line, column: p.column, quote: p.quote.clone(), scope }
}

/// The passages of statements with who acts, without repeats.
pub fn passages(policy: &Policy, statements: &[&Statement]) -> Vec<Passage> {
    let mut out = Vec::new();
    for s in statements {
        let p = passage(&s.passage, Some(scope(policy, &s.party)));
        if !out.contains(&p) {
            out.push(p);
        }
    }
    out
}

/// `first_party`, `sdk:ID` (or the name as written), `partner`.
pub fn scope(policy: &Policy, party: &Party) -> String {
    match party {
        Party::FirstParty => "first_party".to_owned(),
        Party::Partner => "partner".to_owned(),
        Party::Sdk(index) => match policy.sdks.get(*index) {
            Some(entry) => format!("sdk:{}", entry.ids.first().map_or(entry.name.as_str(), |id| id.as_str())),
            None => "partner".to_owned(),
        },
    }
}

pub fn disclosed(policy: &Policy, in_app: impl Fn(&SdkEntry) -> Option<bool>) -> Disclosed {
    let mut capabilities: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    let mut items: BTreeMap<&str, Vec<&Statement>> = BTreeMap::new();
    for s in &policy.statements {
        match &s.subject {
            Subject::Capability(id) => capabilities.entry(id.as_str()).or_default().push(s),
            Subject::Data(id) => items.entry(id.as_str()).or_default().push(s),
        }
    }
    Disclosed {
        permissions: capabilities.into_iter().filter_map(|(id, s)| capability(policy, id, &s)).collect(),
        sdks: policy
            .sdks
            .iter()
            .map(|e| DisclosedSdk {
                name: e.name.clone(),
                id: e.ids.first().map(ToString::to_string),
                company: e.company.clone(),
                package: e.package.clone(),
                data: e.data.iter().map(ToString::to_string).collect(),
                purpose: e.purpose.clone(),
                link: e.link.clone(),
                in_app: in_app(e),
                evidence: e.evidence.iter().map(|p| passage(p, None)).collect(),
            })
            .collect(),
        data: items
            .into_iter()
            .filter_map(|(id, statements)| {
                let told: Vec<&Statement> = statements.into_iter().filter(|s| tells(s)).collect();
                (!told.is_empty()).then(|| DisclosedItem {
                    item: id.to_owned(),
                    scope: scopes(policy, &told),
                    evidence: passages(policy, &told),
                })
            })
            .collect(),
    }
}

/// Whether a statement tells an Android user of a use.
fn tells(s: &Statement) -> bool {
    s.polarity == Polarity::Affirmed && s.platform.covers_android()
}

fn scopes(policy: &Policy, statements: &[&Statement]) -> Vec<String> {
    let mut out: Vec<String> = statements.iter().map(|s| scope(policy, &s.party)).collect();
    out.sort();
    out.dedup();
    out
}

fn capability(policy: &Policy, id: &str, statements: &[&Statement]) -> Option<DisclosedCapability> {
    let told: Vec<&Statement> = statements.iter().copied().filter(|s| tells(s)).collect();
    let denials: Vec<Denial> = statements
        .iter()
        .filter_map(|s| {
            let kind = match s.polarity {
                Polarity::Affirmed => return None,
                Polarity::DeniedFull => "full",
                Polarity::DeniedPartial => "partial",
                Polarity::DeniedConditional => "conditional",
            };
            Some(Denial { kind: kind.to_owned(), passage: passage(&s.passage, Some(scope(policy, &s.party))) })
        })
        .collect();
    let limited = statements.iter().any(|s| s.polarity == Polarity::DeniedPartial && s.platform.covers_android());
    let (status, evidence) = if !told.is_empty() {
        ("disclosed", told)
    } else if limited {
        ("disclosed", statements.to_vec())
    } else if !denials.is_empty() {
        ("denied", Vec::new())
    } else if statements.iter().any(|s| s.platform == Platform::Ios) {
        ("ios_only", statements.to_vec())
    } else {
        return None;
    };
    Some(DisclosedCapability {
        capability: id.to_owned(),
        status: status.to_owned(),
        scope: scopes(policy, &evidence),
        denials,
        evidence: passages(policy, &evidence),
    })
}
