//! The verdict on every permission the app asks for.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::case::{Case, affirms, first_party, within};
use super::verdict::{Reason, Verdict};
use crate::apk::{Call, PermissionSource, PermissionUse, RequestedPermission};
use crate::catalogue::{CapabilityId, Catalogue, DataItem, DataItemId, Duty, EvidenceGrade, Permission, Protection};
use crate::policy::{Basis, ListKind, Polarity, Statement, Subject};

/// Run-time permissions exist from this API level on.
const RUNTIME_PERMISSIONS: u32 = 23;

/// One permission with what was worked out about it.
#[derive(Debug)]
pub struct PermissionCase<'a> {
    /// As the manifest asks for it.
    pub requested: &'a RequestedPermission,
    /// As the catalogue knows it.
    pub known: Option<&'a Permission>,
    /// The capability it opens; `unknown` when the catalogue does not know it.
    pub capability: CapabilityId,
    /// What the rules ask of the policy.
    pub duty: Duty,
    /// The outcome.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The statements that decided it.
    pub statements: Vec<&'a Statement>,
    /// Uses of APIs it gates, seen in code.
    pub uses: Vec<&'a PermissionUse>,
    /// Uses of personal-information APIs it gates, seen in code; without those that another requested permission of another
    /// capability opens as well, which show the use of neither.
    pub calls: Vec<&'a Call>,
    /// Whether there are such calls.
    ambiguous: bool,
    own: Rc<[String]>,
}

impl PermissionCase<'_> {
    /// Whether the user is asked for it at run time.
    pub fn is_dangerous(&self) -> bool {
        self.known.is_some_and(|k| k.protection == Protection::Dangerous)
    }

    /// Whether it is special access.
    pub fn is_special(&self) -> bool {
        self.known.is_some_and(|k| k.special_access)
    }

    /// Whether any code in the package touches what it gates, platform support code included.
    pub fn touched(&self) -> bool {
        self.ambiguous || !self.uses.is_empty() || !self.calls.is_empty()
    }

    /// Whether code of anybody but platform support uses what it gates: the compatibility wrappers that every app carries
    /// along show no use.
    pub fn used(&self) -> bool {
        self.uses.iter().any(|u| !u.support) || self.calls.iter().any(|c| !c.support)
    }

    /// Uses by the app's own code.
    pub fn own_uses(&self) -> impl Iterator<Item = &PermissionUse> + '_ {
        self.uses.iter().copied().filter(|u| u.sdk.is_none() && !u.support && within(&self.own, &u.class))
    }

    /// Calls of personal-information interfaces by the app's own code.
    pub fn own_calls(&self) -> impl Iterator<Item = &Call> + '_ {
        self.calls.iter().copied().filter(|c| c.sdk.is_none() && !c.support && within(&self.own, &c.class))
    }

    /// Whether the app's own code uses what it gates.
    pub fn used_by_app(&self) -> bool {
        self.own_uses().next().is_some() || self.own_calls().next().is_some()
    }
}

pub(super) fn judge<'a>(case: &Case<'a>) -> Vec<PermissionCase<'a>> {
    let mut out = Vec::with_capacity(case.apk.manifest.permissions.len());
    let mut by_item: BTreeMap<&str, Vec<&'a Call>> = BTreeMap::new();
    for call in case.apk.calls.iter().filter(|c| c.grade <= EvidenceGrade::Context) {
        by_item.entry(call.item.as_str()).or_default().push(call);
    }
    let read: Vec<(&DataItem, Vec<&'a Call>)> =
        by_item.into_iter().filter_map(|(id, calls)| Some((case.catalogue.data_item(id)?, calls))).collect();
    let groups = groups(case.catalogue);
    for requested in &case.apk.manifest.permissions {
        let known = case.catalogue.permission(&requested.name);
        let capability = known.map_or_else(|| CapabilityId::from("unknown"), |k| k.capability.clone());
        let uses: Vec<_> = case.apk.permission_uses.iter().filter(|u| u.permission == requested.name).collect();
        let mut calls: Vec<&Call> = Vec::new();
        let mut ambiguous = false;
        for (item, uses) in read.iter().filter(|(item, _)| item.permissions.contains(&requested.name)) {
            if opened_otherwise(case, item, &capability) {
                ambiguous = true;
            } else {
                calls.extend(uses);
            }
        }
        calls.sort_by(|a, b| (&a.dex, a.offset).cmp(&(&b.dex, b.offset)));
        let mut entry = PermissionCase {
            requested,
            known,
            capability,
            duty: known.map_or(Duty::None, |k| k.duty),
            verdict: Verdict::Exempt,
            reason: Reason::NoDuty,
            statements: Vec::new(),
            uses,
            calls,
            ambiguous,
            own: case.own.clone(),
        };
        (entry.verdict, entry.reason, entry.statements) = verdict(case, &entry, &groups);
        out.push(entry);
    }
    out
}

/// The capabilities of the permissions of each permission group.
type Groups<'c> = BTreeMap<&'c str, Vec<&'c str>>;

fn groups(catalogue: &Catalogue) -> Groups<'_> {
    let mut out: Groups<'_> = BTreeMap::new();
    for permission in catalogue.permissions() {
        if let Some(group) = &permission.group {
            out.entry(group).or_default().push(permission.capability.as_str());
        }
    }
    out
}

/// Whether a requested permission of another capability opens the item as well.
fn opened_otherwise(case: &Case<'_>, item: &DataItem, capability: &CapabilityId) -> bool {
    item.permissions.iter().any(|other| {
        case.apk.manifest.permissions.iter().any(|r| r.name == *other)
            && case
                .catalogue
                .permission(other)
                .is_some_and(|p| p.capability != *capability && matches!(p.duty, Duty::Required | Duty::Expected))
    })
}

type Decision<'a> = (Verdict, Reason, Vec<&'a Statement>);

fn verdict<'a>(case: &Case<'a>, entry: &PermissionCase<'a>, groups: &Groups<'_>) -> Decision<'a> {
    let own = &case.apk.manifest.declared_permissions;
    if own.iter().any(|d| d.name == entry.requested.name) {
        return (Verdict::Exempt, Reason::OwnPermission, Vec::new());
    }
    let Some(known) = entry.known else { return (Verdict::Exempt, Reason::UnknownPermission, Vec::new()) };
    if known.duty == Duty::Ineffective || !effective(case, entry.requested, known) {
        return (Verdict::Exempt, Reason::Ineffective, Vec::new());
    }
    let told = told(case, entry, known, groups);
    let duty = matches!(known.duty, Duty::Required | Duty::Expected);
    let implied = matches!(entry.requested.source, PermissionSource::Implied { .. });
    match told {
        Some(decision) if decision.0 == Verdict::Disclosed || (duty && !implied) => decision,
        _ if !duty => (Verdict::Exempt, Reason::NoDuty, Vec::new()),
        _ if implied => (Verdict::Exempt, Reason::Implied, Vec::new()),
        _ if case.list_missing(&[ListKind::Permission]) => {
            (Verdict::Undetermined, Reason::ExternalListMissing, Vec::new())
        }
        _ if case.policy_unread() => (Verdict::Undetermined, case.unread_reason(), Vec::new()),
        _ => (Verdict::Undisclosed, Reason::NotFound, Vec::new()),
    }
}

/// Whether the declaration takes effect on any system version the app supports, at or above the API level of run-time
/// permissions (rules.md F02).
fn effective(case: &Case<'_>, requested: &RequestedPermission, known: &Permission) -> bool {
    let lowest = case.apk.manifest.min_sdk.unwrap_or(1).max(RUNTIME_PERMISSIONS);
    let until = [requested.max_sdk, known.effective_until, case.apk.manifest.max_sdk].into_iter().flatten().min();
    until.is_none_or(|until| until >= lowest)
}

/// What the policy tells of a permission, in falling order of strength; `None` when it is silent.
fn told<'a>(
    case: &Case<'a>,
    entry: &PermissionCase<'a>,
    known: &Permission,
    groups: &Groups<'_>,
) -> Option<Decision<'a>> {
    let items = exclusive_items(case, known);
    let direct = case.statements(|s| match s {
        Subject::Capability(c) => *c == entry.capability,
        Subject::Data(d) => items.contains(&d),
    });
    let (android, elsewhere): (Vec<&Statement>, Vec<&Statement>) =
        direct.iter().partition(|s| s.platform.covers_android());
    let affirmed: Vec<&Statement> =
        android.iter().copied().filter(|s| affirms(s) && s.basis != Basis::Umbrella).collect();
    if !affirmed.is_empty() {
        return Some(credit(entry, affirmed));
    }
    let capability = case.catalogue.capability(entry.capability.as_str());
    for covering in capability.map(|c| c.covered_by.as_slice()).unwrap_or_default() {
        let wider = case.statements(|s| matches!(s, Subject::Capability(c) if c == covering));
        let wider: Vec<_> = wider.into_iter().filter(|s| affirms(s)).collect();
        // A storage permission told covers pictures; the word album (相册) covers pictures and nothing else.
        let audio = known.data_items.iter().all(|d| *d != "photos_media");
        let wider: Vec<_> = wider.into_iter().filter(|s| !(s.photos_only && audio)).collect();
        if !wider.is_empty() {
            return Some(credit(entry, wider));
        }
    }
    for wide in capability.map(|c| c.wider.as_slice()).unwrap_or_default() {
        let wider = case.statements(|s| matches!(s, Subject::Capability(c) if c == wide));
        let wider: Vec<_> = wider.into_iter().filter(|s| affirms(s)).collect();
        if !wider.is_empty() {
            return Some((Verdict::Vague, Reason::WiderNamed, wider));
        }
    }
    if let Some(members) = known.group.as_deref().and_then(|g| groups.get(g)) {
        let siblings = case.statements(
            |s| matches!(s, Subject::Capability(c) if *c != entry.capability && members.contains(&c.as_str())),
        );
        let named: Vec<_> =
            siblings.into_iter().filter(|s| affirms(s) && s.basis == Basis::Permission && first_party(s)).collect();
        if !named.is_empty() {
            return Some((Verdict::Vague, Reason::GroupNamed, named));
        }
    }
    let denied: Vec<_> = android.into_iter().filter(|s| s.polarity == Polarity::DeniedFull).collect();
    if !denied.is_empty() {
        return Some((Verdict::Denied, Reason::PolicyDenies, denied));
    }
    (!elsewhere.is_empty()).then_some((Verdict::OtherPlatform, Reason::OtherPlatformOnly, elsewhere))
}

/// Weighs affirming statements: pictures only, or told for an SDK only while the app itself acts.
fn credit<'a>(entry: &PermissionCase<'a>, affirmed: Vec<&'a Statement>) -> Decision<'a> {
    let pictures = entry.capability == "storage" && affirmed.iter().all(|s| s.photos_only);
    if pictures {
        return (Verdict::Vague, Reason::PicturesOnly, affirmed);
    }
    if !affirmed.iter().any(|s| first_party(s)) {
        return if entry.used_by_app() {
            (Verdict::Vague, Reason::SdkOnly, affirmed)
        } else {
            (Verdict::Disclosed, Reason::SdkScoped, affirmed)
        };
    }
    let named = affirmed.iter().any(|s| matches!(s.subject, Subject::Capability(_)));
    (Verdict::Disclosed, if named { Reason::Named } else { Reason::DataNamed }, affirmed)
}

/// The items among those a permission opens that no other capability opens: naming one of them tells of the permission.
fn exclusive_items<'k>(case: &Case<'_>, known: &'k Permission) -> Vec<&'k DataItemId> {
    known
        .data_items
        .iter()
        .filter(|id| {
            case.catalogue.data_item(id.as_str()).is_some_and(|d| {
                !d.umbrella
                    && d.permissions.contains(&known.name)
                    && d.permissions.iter().all(|p| {
                        case.catalogue.permission(p).is_none_or(|p| {
                            p.capability == known.capability || p.duty == Duty::Ineffective || p.duty == Duty::None
                        })
                    })
            })
        })
        .collect()
}
