//! The policy side of schema `audit/1`.

use super::{
    Denial, Disclosed, DisclosedItem, DisclosedSdk, ExternalList, GlossMismatch, Passage, PolicyFile, PolicyInfo,
    StatedCount, kebab,
};
use crate::policy::{
    self, DisclosedCapability, Fact, Mention, Party, Platform, Polarity, Policy, SdkEntry, Statement, Status, Subject,
};

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
                platform: kebab(&l.platform),
                file: l.passage.file.to_string(),
                line: l.passage.line,
                quote: l.passage.quote.clone(),
            })
            .collect(),
        counts: meta
            .counts
            .iter()
            .map(|(stated, listed, place)| StatedCount {
                stated: *stated,
                listed: *listed,
                agrees: stated == listed,
                passage: passage(place, None),
            })
            .collect(),
        glosses: policy.gloss_mismatches().filter_map(gloss).collect(),
    }
}

fn gloss(mention: &Mention) -> Option<GlossMismatch> {
    let Subject::Capability(named) = &mention.subject else { return None };
    Some(GlossMismatch {
        permission: mention.word.clone(),
        explained_as: named.to_string(),
        passage: passage(&mention.passage, None),
    })
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
    let summary = policy.disclosed();
    Disclosed {
        permissions: summary.capabilities.iter().filter_map(|c| capability(policy, c)).collect(),
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
        data: summary
            .data
            .iter()
            .map(|d| DisclosedItem {
                item: d.item.to_string(),
                scope: scopes(policy, &d.scope),
                evidence: scoped(policy, &d.evidence),
            })
            .collect(),
        denied: policy.statements.iter().filter_map(|s| denied(policy, s)).collect(),
    }
}

fn denied(policy: &Policy, statement: &Statement) -> Option<super::Denied> {
    if statement.polarity == Polarity::Affirmed || !statement.platform.covers_android() {
        return None;
    }
    let (capability, item) = match &statement.subject {
        Subject::Capability(id) => (Some(id.to_string()), None),
        Subject::Data(id) => (None, Some(id.to_string())),
    };
    let scope = scope(policy, &statement.party);
    let kind = kind(statement.polarity).to_owned();
    Some(super::Denied { capability, item, kind, passage: passage(&statement.passage, Some(scope)) })
}

/// The word for how far a denial goes.
fn kind(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::DeniedPartial => "partial",
        Polarity::DeniedConditional => "conditional",
        Polarity::Affirmed | Polarity::DeniedFull => "full",
    }
}

fn scopes(policy: &Policy, parties: &[Party]) -> Vec<String> {
    let mut out: Vec<String> = parties.iter().map(|p| scope(policy, p)).collect();
    out.sort();
    out.dedup();
    out
}

fn scoped(policy: &Policy, evidence: &[(Party, policy::Passage)]) -> Vec<Passage> {
    evidence.iter().map(|(party, p)| passage(p, Some(scope(policy, party)))).collect()
}

fn capability(policy: &Policy, c: &DisclosedCapability) -> Option<super::DisclosedCapability> {
    let status = match c.status {
        Status::Disclosed => "disclosed",
        Status::Denied => "denied",
        // The schema has a word for iOS; what is told for HarmonyOS or the web only is no disclosure at all.
        Status::OtherPlatform => {
            let ios = policy.statements.iter().any(|s| {
                s.platform == Platform::Ios && matches!(&s.subject, Subject::Capability(id) if *id == c.capability)
            });
            if !ios {
                return None;
            }
            "ios_only"
        }
    };
    let denials =
        c.denials.iter().map(|(polarity, p)| Denial { kind: kind(*polarity).to_owned(), passage: passage(p, None) });
    Some(super::DisclosedCapability {
        capability: c.capability.to_string(),
        status: status.to_owned(),
        scope: scopes(policy, &c.scope),
        denials: denials.collect(),
        evidence: scoped(policy, &c.evidence),
    })
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;
    use crate::policy::Policy;

    #[test]
    fn counts_and_glosses_are_told() {
        let text = "示例笔记隐私政策\n\n一、我们如何收集和使用您的个人信息\n\n注册时我们收集您的手机号码。\n\n\
                    二、系统权限\n\n本应用共计申请3项系统权限：\n1. android.permission.CAMERA：使用摄像头扫码\n\
                    2. android.permission.READ_SMS：允许读取通讯录\n";
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into())], Catalogue::builtin()).unwrap();
        let info = super::policy(&policy);
        let counts: Vec<_> = info.counts.iter().map(|c| (c.stated, c.listed, c.agrees, c.passage.line)).collect();
        assert_eq!(counts, [(3, 2, false, 9)]);
        let glosses: Vec<_> =
            info.glosses.iter().map(|g| (g.permission.as_str(), g.explained_as.as_str(), g.passage.line)).collect();
        assert_eq!(glosses, [("android.permission.READ_SMS", "contacts", 11)]);
    }

    #[test]
    fn everything_denied_is_told_with_whose_denial_it_is() {
        let text = "示例笔记隐私政策\n\n注册时我们收集您的手机号码。我们不会读取您的通讯录。\n\
                    我们接入了友盟SDK，用于统计。友盟SDK不会收集您的位置信息。\n";
        let policy = Policy::from_bytes(&[("p.txt".to_owned(), text.into())], Catalogue::builtin()).unwrap();
        let told: Vec<String> = super::disclosed(&policy, |_| None)
            .denied
            .iter()
            .map(|d| {
                let what = d.capability.as_deref().or(d.item.as_deref()).unwrap_or_default();
                format!("{what} {} {}", d.kind, d.passage.scope.as_deref().unwrap_or_default())
            })
            .collect();
        for expected in ["contacts full first_party", "location full sdk:umeng-analytics"] {
            assert!(told.iter().any(|t| t == expected), "{told:?}");
        }
    }
}
