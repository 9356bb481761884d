//! The verdict on every kind of personal information that code in the package reads.

use std::collections::BTreeMap;

use super::case::{Case, affirms, first_party};
use super::verdict::{Reason, Verdict};
use crate::apk::Call;
use crate::catalogue::{DataItem, DataItemId, Duty, EvidenceGrade, SdkId};
use crate::policy::{Basis, ListKind, Polarity, Statement, Subject};

/// One data item with what was worked out about it.
#[derive(Debug)]
pub struct DataCase<'a> {
    /// As the catalogue knows it.
    pub item: &'a DataItem,
    /// Every use seen, the app's own first.
    pub calls: Vec<&'a Call>,
    /// SDKs whose code uses it, sorted.
    pub sdks: Vec<SdkId>,
    /// Whether the app's own code collects it: a direct use outside SDKs and platform support code.
    pub by_app: bool,
    /// How many of the calls are direct uses by the app's own code; they stand first.
    own: usize,
    /// The outcome.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The statements that decided it.
    pub statements: Vec<&'a Statement>,
}

impl<'a> DataCase<'a> {
    /// Direct uses by the app's own code.
    pub fn own_calls(&self) -> impl Iterator<Item = &'a Call> + '_ {
        self.calls.iter().copied().take(self.own)
    }
}

/// Whether the app's own code collects: a direct use in its own namespace. A library that the catalogue does not know belongs
/// to nobody: it is no ground to accuse the app.
fn is_own(case: &Case<'_>, call: &Call) -> bool {
    call.sdk.is_none() && !call.support && call.grade == EvidenceGrade::Direct && case.is_own(&call.class)
}

pub(super) fn judge<'a>(case: &Case<'a>) -> Vec<DataCase<'a>> {
    let mut by_item: BTreeMap<&DataItemId, Vec<&'a Call>> = BTreeMap::new();
    for call in case.apk.calls.iter().filter(|c| c.grade <= EvidenceGrade::Context && !c.support) {
        by_item.entry(&call.item).or_default().push(call);
    }
    let mut out = Vec::new();
    for (id, mut calls) in by_item {
        let Some(item) = case.catalogue.data_item(id.as_str()) else { continue };
        calls.sort_by_key(|c| (!is_own(case, c), c.grade, c.sdk.clone(), c.dex.clone(), c.offset));
        let mut sdks: Vec<SdkId> = calls.iter().filter_map(|c| c.sdk.clone()).collect();
        sdks.sort();
        sdks.dedup();
        let own = calls.iter().filter(|c| is_own(case, c)).count();
        let mut entry = DataCase {
            item,
            calls,
            sdks,
            by_app: own > 0,
            own,
            verdict: Verdict::Undetermined,
            reason: Reason::NoDirectUse,
            statements: Vec::new(),
        };
        (entry.verdict, entry.reason, entry.statements) = verdict(case, &entry);
        out.push(entry);
    }
    out
}

type Decision<'a> = (Verdict, Reason, Vec<&'a Statement>);

fn verdict<'a>(case: &Case<'a>, entry: &DataCase<'a>) -> Decision<'a> {
    let needed = &entry.item.permissions;
    let requested = |p: &String| case.apk.manifest.permissions.iter().any(|r| r.name == *p);
    if !needed.is_empty() && !needed.iter().any(requested) {
        return (Verdict::Exempt, Reason::NoPermission, Vec::new());
    }
    if closed(case, entry.item) && case.apk.manifest.min_sdk.is_some_and(|m| m >= CLOSED_FROM) {
        return (Verdict::Exempt, Reason::Closed, Vec::new());
    }
    if let Some(told) = told(case, entry) {
        return told;
    }
    if !entry.calls.iter().any(|c| c.grade == EvidenceGrade::Direct) {
        return (Verdict::Undetermined, Reason::NoDirectUse, Vec::new());
    }
    let lists: &[ListKind] =
        if entry.by_app { &[ListKind::Collection] } else { &[ListKind::Sdk, ListKind::Sharing, ListKind::Collection] };
    if case.list_missing(lists) {
        return (Verdict::Undetermined, Reason::ExternalListMissing, Vec::new());
    }
    if case.policy_unread() {
        return (Verdict::Undetermined, case.unread_reason(), Vec::new());
    }
    (Verdict::Undisclosed, if entry.by_app { Reason::NotFound } else { Reason::SdkCode }, Vec::new())
}

fn told<'a>(case: &Case<'a>, entry: &DataCase<'a>) -> Option<Decision<'a>> {
    let id = &entry.item.id;
    let named = case.statements(|s| matches!(s, Subject::Data(d) if d == id));
    let affirmed: Vec<_> = named.iter().copied().filter(|s| affirms(s) && s.basis != Basis::Umbrella).collect();
    if !affirmed.is_empty() {
        let own = affirmed.iter().any(|s| first_party(s));
        return Some(match (own, entry.by_app) {
            (true, _) => (Verdict::Disclosed, Reason::Named, affirmed),
            (false, true) => (Verdict::Vague, Reason::SdkOnly, affirmed),
            (false, false) => (Verdict::Disclosed, Reason::SdkScoped, affirmed),
        });
    }
    // Naming the capability (通讯录权限) tells of its content; naming the phone permission does not list identifiers.
    let capabilities = capabilities(case, entry.item);
    let by_capability: Vec<_> = case
        .statements(|s| matches!(s, Subject::Capability(c) if capabilities.contains(&c.as_str())))
        .into_iter()
        .filter(|s| affirms(s) && (first_party(s) || !entry.by_app))
        .collect();
    if !by_capability.is_empty() {
        let identifier = entry.item.category == "device-id";
        return Some(if identifier {
            (Verdict::Vague, Reason::WiderNamed, by_capability)
        } else {
            (Verdict::Disclosed, Reason::Named, by_capability)
        });
    }
    let parents: Vec<_> = case
        .statements(|s| {
            matches!(s, Subject::Data(d) if entry.item.parents.contains(d)) || umbrella_of(case, entry.item, s)
        })
        .into_iter()
        .filter(|s| affirms(s))
        .collect();
    if !parents.is_empty() {
        let umbrella = parents.iter().all(|s| match &s.subject {
            Subject::Data(d) => case.catalogue.data_item(d.as_str()).is_none_or(|d| d.umbrella),
            Subject::Capability(_) => false,
        });
        return Some(if umbrella {
            (Verdict::Vague, Reason::UmbrellaOnly, parents)
        } else {
            (Verdict::Disclosed, Reason::WiderNamed, parents)
        });
    }
    let (android, elsewhere): (Vec<&Statement>, Vec<&Statement>) =
        named.into_iter().partition(|s| s.platform.covers_android());
    let denied: Vec<_> = android.into_iter().filter(|s| s.polarity == Polarity::DeniedFull).collect();
    if !denied.is_empty() {
        return Some((Verdict::Denied, Reason::PolicyDenies, denied));
    }
    (!elsewhere.is_empty()).then_some((Verdict::OtherPlatform, Reason::OtherPlatformOnly, elsewhere))
}

/// From this API level on, identifiers behind the phone permission are kept from ordinary apps (source.android.com, device
/// identifiers).
const CLOSED_FROM: u32 = 29;

/// Whether Android 10 closed the item to ordinary apps (identifiers behind the phone permission).
pub(super) fn closed(case: &Case<'_>, item: &DataItem) -> bool {
    item.category == "device-id"
        && item.permissions.iter().any(|p| {
            case.catalogue.permission(p).is_some_and(|p| p.capability == "phone-state" && p.duty == Duty::Required)
        })
}

/// The general umbrella words for devices (设备信息, 设备标识信息) stand above every identifier and device property.
fn umbrella_of(case: &Case<'_>, item: &DataItem, subject: &Subject) -> bool {
    let Subject::Data(d) = subject else { return false };
    case.catalogue.data_item(d.as_str()).is_some_and(|u| u.umbrella && u.category.starts_with("device"))
        && item.category.starts_with("device")
}

/// Capabilities of the permissions that gate an item.
pub(super) fn capabilities<'k>(case: &'k Case<'_>, item: &'k DataItem) -> Vec<&'k str> {
    let mut out: Vec<&str> = item
        .permissions
        .iter()
        .filter_map(|p| case.catalogue.permission(p))
        .filter(|p| p.duty <= crate::catalogue::Duty::Expected)
        .map(|p| p.capability.as_str())
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
