//! One app beside its policy, with the verdict on every permission, SDK and data item worked out. Rules read it and judge.

use std::rc::Rc;

use super::data::{self, DataCase};
use super::finding::{Evidence, NearMiss, Search, Searched};
use super::permissions::{self, PermissionCase};
use super::sdks::{self, SdkCase};
use super::service_type::{self, ServiceTypeCase};
use super::settings::Settings;
use super::verdict::Reason;
use crate::apk::{self, Apk, PackageKind, Seen};
use crate::catalogue::Catalogue;
use crate::policy::{ListKind, Party, Passage, Polarity, Policy, Statement, Subject, Unseen};

/// How many near misses and terms one search record keeps.
const NEAR_MISSES: usize = 8;

/// One app beside its policy.
#[derive(Debug)]
pub struct Case<'a> {
    /// What the package shows.
    pub apk: &'a Apk,
    /// What the policy says.
    pub policy: &'a Policy,
    /// What the world calls things.
    pub catalogue: &'a Catalogue,
    /// What the team that audits has settled.
    pub settings: &'a Settings,
    /// Every permission asked for, in manifest order.
    pub permissions: Vec<PermissionCase<'a>>,
    /// Every SDK found, by id.
    pub sdks: Vec<SdkCase<'a>>,
    /// Every data item that code reads, by id.
    pub data: Vec<DataCase<'a>>,
    /// What kind of service the app is, when a person said so or its name shows it.
    pub service_type: Option<ServiceTypeCase<'a>>,
    /// The app's own class packages.
    pub(super) own: Rc<[String]>,
}

impl<'a> Case<'a> {
    /// Puts the two sides together and works out the verdicts.
    pub fn new(apk: &'a Apk, policy: &'a Policy, catalogue: &'a Catalogue, settings: &'a Settings) -> Self {
        let named = settings.own_packages.iter().filter(|p| p.contains('.')).cloned();
        let own = apk.own_packages(catalogue).into_iter().chain(named).collect();
        let mut case = Self {
            apk,
            policy,
            catalogue,
            settings,
            permissions: Vec::new(),
            sdks: Vec::new(),
            data: Vec::new(),
            service_type: None,
            own,
        };
        case.service_type = service_type::judge(&case);
        case.permissions = permissions::judge(&case);
        case.sdks = sdks::judge(&case);
        case.data = data::judge(&case);
        case
    }

    /// Whether a class is the app's own.
    pub fn is_own(&self, class: &str) -> bool {
        within(&self.own, class)
    }

    /// Whether every dex file was read whole, so that "not found in the code" means something.
    pub fn code_seen(&self) -> bool {
        self.apk.coverage.classes == Seen::Full && self.apk.packer.is_none()
    }

    /// Whether the instructions of every dex file were read.
    pub fn calls_seen(&self) -> bool {
        self.code_seen() && self.apk.coverage.calls == Seen::Full
    }

    /// Whether the manifest is the merged one that is installed.
    pub fn manifest_merged(&self) -> bool {
        self.apk.kind != PackageKind::SourceManifest
    }

    /// Whether the policy points to a list of one of these kinds for Android that was not given.
    pub fn list_missing(&self, kinds: &[ListKind]) -> bool {
        self.policy.external_lists.iter().any(|l| kinds.contains(&l.kind) && l.platform.covers_android())
    }

    /// Whether part of the policy could not be read.
    pub fn policy_unread(&self) -> bool {
        !self.policy.unread.is_empty()
    }

    /// Why what the policy says is not known whole, for something that was not found in it.
    pub fn unread_reason(&self) -> Reason {
        match self.policy.unseen {
            None => Reason::PolicyUnread,
            Some(Unseen::Pictures) => Reason::PolicyPictures,
            Some(Unseen::Locked) => Reason::PolicyLocked,
            Some(Unseen::Shapes) => Reason::PolicyShapes,
        }
    }

    /// Statements whose subject `matches`, but for those about a component that the policy lists for another platform.
    pub fn statements(&self, matches: impl Fn(&Subject) -> bool) -> Vec<&'a Statement> {
        let elsewhere = |party: &Party| match party {
            Party::Sdk(entry) => self.policy.sdks.get(*entry).is_some_and(|e| !e.platform.covers_android()),
            Party::FirstParty | Party::Partner => false,
        };
        self.policy.statements.iter().filter(|s| matches(&s.subject) && !elsewhere(&s.party)).collect()
    }

    /// The record of a search of the policy for `terms`, with the places where a word for such a subject stands and did
    /// not count.
    pub fn search(&self, mut terms: Vec<String>, about: impl Fn(&Subject) -> bool) -> Evidence {
        let mut seen = std::collections::HashSet::new();
        terms.retain(|t| seen.insert(t.clone()));
        let read = self
            .policy
            .documents
            .iter()
            .map(|d| Searched { file: d.file.to_string(), lines: d.lines, regions: d.regions.clone() })
            .collect();
        let near = self
            .policy
            .mentions
            .iter()
            .filter(|m| !m.counted && about(&m.subject))
            .take(NEAR_MISSES)
            .map(|m| NearMiss { word: m.word.clone(), why: m.why, passage: m.passage.clone() })
            .collect();
        Evidence::Search(Search { terms, read, near })
    }
}

/// Whether a class lies in one of these packages, by whole segments.
pub(super) fn within(packages: &[String], class: &str) -> bool {
    packages.iter().any(|p| apk::within(class, p))
}

/// Whether a statement tells an Android user that something is or may be used. A partial or conditional denial admits the
/// use it limits.
pub fn affirms(statement: &Statement) -> bool {
    statement.polarity != Polarity::DeniedFull && statement.platform.covers_android()
}

/// Whether the first party is the one who acts.
pub fn first_party(statement: &Statement) -> bool {
    statement.party == Party::FirstParty
}

/// The first few passages of statements, as evidence.
pub fn passages<'s>(statements: impl IntoIterator<Item = &'s &'s Statement>) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::new();
    for statement in statements {
        if !out.contains(&statement.passage) {
            out.push(statement.passage.clone());
        }
    }
    out
}
