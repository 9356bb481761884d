//! The statements summed up: what is disclosed, denied or meant for another platform, and for whom.

use std::collections::BTreeMap;

use super::model::{Party, Passage, Platform, Polarity, Policy, SdkEntry, Statement, Subject};
use crate::catalogue::{CapabilityId, DataItemId};

/// What a policy discloses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disclosed {
    /// By capability, in the order of their ids.
    pub capabilities: Vec<DisclosedCapability>,
    /// By kind of data, in the order of their ids.
    pub data: Vec<DisclosedData>,
}

/// What is said of one capability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosedCapability {
    /// Which.
    pub capability: CapabilityId,
    /// The upshot.
    pub status: Status,
    /// For whom it is disclosed (for [`Status::OtherPlatform`]: for whom it is meant there), without repetition.
    pub scope: Vec<Party>,
    /// Denials beside it.
    pub denials: Vec<(Polarity, Passage)>,
    /// Where it is said, one passage a party and line.
    pub evidence: Vec<(Party, Passage)>,
    /// Whether only pictures are meant, for the storage capabilities.
    pub photos_only: bool,
}

/// What is said of one kind of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosedData {
    /// Which.
    pub item: DataItemId,
    /// Who collects it.
    pub scope: Vec<Party>,
    /// Where it is said.
    pub evidence: Vec<(Party, Passage)>,
}

/// The upshot of what is said of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Used on Android, by the app or a component.
    Disclosed,
    /// Said not to be used, and nowhere said to be.
    Denied,
    /// Said only of another platform.
    OtherPlatform,
}

/// Passages kept for one capability or item and party.
const EVIDENCE: usize = 3;

impl Policy {
    /// Sums the statements up.
    pub fn disclosed(&self) -> Disclosed {
        let mut capabilities: BTreeMap<CapabilityId, Vec<&Statement>> = BTreeMap::new();
        let mut data: BTreeMap<DataItemId, Vec<&Statement>> = BTreeMap::new();
        for statement in &self.statements {
            match &statement.subject {
                Subject::Capability(id) => capabilities.entry(id.clone()).or_default().push(statement),
                Subject::Data(id) => data.entry(id.clone()).or_default().push(statement),
            }
        }
        Disclosed {
            capabilities: capabilities.into_iter().filter_map(|(id, said)| self.capability(id, &said)).collect(),
            data: data
                .into_iter()
                .filter_map(|(item, said)| {
                    let affirmed: Vec<&Statement> = said.into_iter().filter(|s| self.affirms(s)).collect();
                    (!affirmed.is_empty()).then(|| DisclosedData {
                        item,
                        scope: scope(&affirmed),
                        evidence: evidence(&affirmed),
                    })
                })
                .collect(),
        }
    }

    fn capability(&self, capability: CapabilityId, said: &[&Statement]) -> Option<DisclosedCapability> {
        let affirmed: Vec<&Statement> = said.iter().copied().filter(|s| self.affirms(s)).collect();
        // What one component does not do is no denial of the app's.
        let denied: Vec<&Statement> = said
            .iter()
            .copied()
            .filter(|s| {
                s.polarity != Polarity::Affirmed && s.platform.covers_android() && !matches!(s.party, Party::Sdk(_))
            })
            .collect();
        let elsewhere: Vec<&Statement> =
            said.iter().copied().filter(|s| s.polarity == Polarity::Affirmed && !self.affirms(s)).collect();
        let (status, shown) = if !affirmed.is_empty() {
            (Status::Disclosed, affirmed)
        } else if !denied.is_empty() {
            (Status::Denied, denied.clone())
        } else if !elsewhere.is_empty() {
            (Status::OtherPlatform, elsewhere)
        } else {
            return None;
        };
        let mut denials: Vec<(Polarity, Passage)> = denied.iter().map(|s| (s.polarity, s.passage.clone())).collect();
        denials.dedup();
        Some(DisclosedCapability {
            capability,
            status,
            scope: scope(&shown),
            denials,
            evidence: evidence(&shown),
            photos_only: shown.iter().all(|s| s.photos_only),
        })
    }

    fn affirms(&self, statement: &Statement) -> bool {
        let entry_here = match statement.party {
            Party::Sdk(entry) => self
                .sdks
                .get(entry)
                .is_none_or(|e: &SdkEntry| e.platform.covers_android() || e.platform == Platform::Any),
            Party::FirstParty | Party::Partner => true,
        };
        statement.polarity == Polarity::Affirmed && statement.platform.covers_android() && entry_here
    }
}

fn scope(statements: &[&Statement]) -> Vec<Party> {
    let mut parties: Vec<Party> = statements.iter().map(|s| s.party.clone()).collect();
    parties.sort();
    parties.dedup();
    parties
}

fn evidence(statements: &[&Statement]) -> Vec<(Party, Passage)> {
    let mut kept: Vec<(Party, Passage)> = Vec::new();
    for statement in statements {
        let of_party = kept.iter().filter(|(p, _)| *p == statement.party);
        if of_party.clone().count() >= EVIDENCE
            || of_party
                .clone()
                .any(|(_, q)| q.document == statement.passage.document && q.line == statement.passage.line)
        {
            continue;
        }
        kept.push((statement.party.clone(), statement.passage.clone()));
    }
    kept
}
