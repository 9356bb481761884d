//! The verdict on every SDK found in the package.

use super::case::Case;
use super::finding::Corners;
use super::verdict::{Reason, Verdict};
use crate::apk::{Confidence, DetectedSdk};
use crate::catalogue::{DataItemId, Duty, EvidenceGrade, Sdk, SdkId, SdkKind};
use crate::policy::{ListKind, NameMatch, SdkEntry};

/// One SDK found, with what was worked out about it.
#[derive(Debug)]
pub struct SdkCase<'a> {
    /// As found.
    pub detected: &'a DetectedSdk,
    /// As the catalogue knows it.
    pub sdk: &'a Sdk,
    /// What the rules ask of the policy.
    pub duty: Duty,
    /// The outcome.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The policy's entries that name it, best first.
    pub entries: Vec<&'a SdkEntry>,
}

pub(super) fn judge<'a>(case: &Case<'a>) -> Vec<SdkCase<'a>> {
    let mut out: Vec<SdkCase<'a>> = Vec::new();
    for detected in &case.apk.sdks {
        let Some(sdk) = case.catalogue.sdk(detected.id.as_str()) else { continue };
        let duty = if sdk.kind == SdkKind::Sdk && sdk.needs_disclosure { Duty::Required } else { Duty::None };
        let (verdict, reason, entries) = verdict(case, detected, sdk, duty);
        out.push(SdkCase { detected, sdk, duty, verdict, reason, entries });
    }
    // What another SDK brings along, or what another's disclosure covers, follows that one.
    // The policy need not name what the package shows: who tells of the map has told of the location part that came alone.
    let by_product = |e: &&SdkEntry| {
        e.platform.covers_android() && matches!(e.name_match, NameMatch::Product | NameMatch::Settled(_))
    };
    let told: Vec<SdkId> = out
        .iter()
        .filter(|s| matches!(s.verdict, Verdict::Disclosed | Verdict::Vague))
        .map(|s| s.sdk.id.clone())
        .chain(case.policy.sdks.iter().filter(by_product).flat_map(|e| e.ids.iter().cloned()))
        .collect();
    let present: Vec<SdkId> = out.iter().map(|s| s.sdk.id.clone()).collect();
    for entry in &mut out {
        if !matches!(entry.verdict, Verdict::Undisclosed | Verdict::Undetermined) {
            continue;
        }
        let bundlers = case.catalogue.sdks().iter().filter(|s| s.bundles.contains(&entry.sdk.id)).map(|s| &s.id);
        if entry.sdk.covered_by.iter().chain(bundlers).any(|id| told.contains(id)) {
            (entry.verdict, entry.reason) = (Verdict::Disclosed, Reason::CoveredBy);
        } else if entry.detected.bundled_by.as_ref().is_some_and(|b| present.contains(b)) {
            (entry.verdict, entry.reason) = (Verdict::Exempt, Reason::Bundled);
        }
    }
    // Of what remains, a part goes with its whole: one gap, one finding. The whole must still stand for itself by then.
    for at in 0..out.len() {
        let entry = &out[at];
        let whole = |s: &SdkCase<'_>| {
            s.verdict == Verdict::Undisclosed
                && s.sdk.id != entry.sdk.id
                && (entry.sdk.covered_by.contains(&s.sdk.id) || s.sdk.bundles.contains(&entry.sdk.id))
        };
        if entry.verdict == Verdict::Undisclosed && out.iter().any(whole) {
            (out[at].verdict, out[at].reason) = (Verdict::Exempt, Reason::Bundled);
        }
    }
    out
}

type Decision<'a> = (Verdict, Reason, Vec<&'a SdkEntry>);

fn verdict<'a>(case: &Case<'a>, detected: &DetectedSdk, sdk: &Sdk, duty: Duty) -> Decision<'a> {
    let naming: Vec<&SdkEntry> = case.policy.sdks.iter().filter(|e| names(e, sdk)).collect();
    let (here, elsewhere): (Vec<&SdkEntry>, Vec<&SdkEntry>) =
        naming.into_iter().partition(|e| e.platform.covers_android());
    let best = here.iter().copied().min_by_key(|e| strength(e));
    if let Some(best) = best {
        let (verdict, reason) = match &best.name_match {
            NameMatch::Product | NameMatch::Unknown => (Verdict::Disclosed, Reason::ProductNamed),
            NameMatch::Settled(_) => (Verdict::Disclosed, Reason::FamilySettled),
            NameMatch::Family(_) => (Verdict::Vague, Reason::FamilyOnly),
            NameMatch::Class => (Verdict::Vague, Reason::ClassOnly),
        };
        let mut entries = here;
        entries.sort_by_key(|e| strength(e));
        return (verdict, reason, entries);
    }
    if duty == Duty::None {
        return (Verdict::Exempt, Reason::Utility, Vec::new());
    }
    if own(case, sdk) {
        return (Verdict::Exempt, Reason::OwnSdk, Vec::new());
    }
    let companies: Vec<&SdkEntry> = case
        .policy
        .sdks
        .iter()
        .filter(|e| e.ids.is_empty() && e.platform.covers_android())
        .filter(|e| {
            vendors(sdk).any(|v| same_company(v, &e.name) || e.company.as_ref().is_some_and(|c| same_company(v, c)))
        })
        .collect();
    if !companies.is_empty() {
        return (Verdict::Vague, Reason::CompanyOnly, companies);
    }
    if !elsewhere.is_empty() {
        return (Verdict::OtherPlatform, Reason::OtherPlatformOnly, elsewhere);
    }
    if detected.confidence < Confidence::High {
        return (Verdict::Undetermined, Reason::WeakSigns, Vec::new());
    }
    if case.list_missing(&[ListKind::Sdk, ListKind::Sharing]) {
        return (Verdict::Undetermined, Reason::ExternalListMissing, Vec::new());
    }
    if case.policy_unread() {
        return (Verdict::Undetermined, case.unread_reason(), Vec::new());
    }
    (Verdict::Undisclosed, Reason::NotFound, Vec::new())
}

/// An entry of the policy that names the publisher of an SDK as that of another.
pub(super) fn same_publisher<'c>(case: &Case<'c>, sdk: &Sdk) -> Option<&'c SdkEntry> {
    let company = |e: &&SdkEntry| e.company.as_ref().is_some_and(|c| vendors(sdk).any(|v| same_company(v, c)));
    case.policy.sdks.iter().find(company)
}

/// What each side says of the information that an SDK handles: the package, these entries of the policy, its publisher, and the
/// record.
pub(super) fn corners(case: &Case<'_>, sdk: &Sdk, entries: &[&SdkEntry]) -> Corners {
    let present = case.apk.sdks.iter().any(|s| s.id == sdk.id);
    let seen = case.code_seen() && case.manifest_merged() && !case.apk.dynamic_code();
    let direct = case.apk.calls.iter().filter(|c| c.grade == EvidenceGrade::Direct && c.sdk.as_ref() == Some(&sdk.id));
    Corners {
        present: if present { Some(true) } else { seen.then_some(false) },
        policy: (!entries.is_empty()).then(|| sorted(entries.iter().flat_map(|e| kinds(e)))),
        publisher: sorted(&sdk.claimed_data),
        record: record(case, sdk).and_then(|r| Some((sorted(kinds(r)), r.evidence.first()?.clone()))),
        code: sorted(direct.map(|c| &c.item)),
    }
}

/// The kinds of information an entry names; the word for personal information as such names none.
pub(super) fn kinds(entry: &SdkEntry) -> impl Iterator<Item = &DataItemId> {
    entry.data.iter().filter(|d| **d != "pi_umbrella")
}

/// What the national platform's record says of an SDK, when one was given.
pub(super) fn record<'c>(case: &Case<'c>, sdk: &Sdk) -> Option<&'c SdkEntry> {
    let by_product =
        |e: &&SdkEntry| matches!(e.name_match, NameMatch::Product | NameMatch::Settled(_)) && names(e, sdk);
    case.settings.records.iter().find(by_product)
}

fn sorted<'i>(items: impl IntoIterator<Item = &'i DataItemId>) -> Vec<DataItemId> {
    let mut out: Vec<DataItemId> = items.into_iter().cloned().collect();
    out.sort();
    out.dedup();
    out
}

/// Whether an entry names the SDK: by catalogue id, or by a Java package that is one of its signatures.
fn names(entry: &SdkEntry, sdk: &Sdk) -> bool {
    entry.ids.contains(&sdk.id)
        || entry.package.as_ref().is_some_and(|p| sdk.signatures.packages.iter().any(|s| within(p, s) || within(s, p)))
}

/// Whether `package` is `prefix` or lies below it, by whole segments. A single segment proves nothing.
fn within(package: &str, prefix: &str) -> bool {
    prefix.matches('.').count() >= 2 && crate::apk::within(package, prefix) || package == prefix
}

fn strength(entry: &SdkEntry) -> u8 {
    match entry.name_match {
        NameMatch::Product => 0,
        NameMatch::Settled(_) => 1,
        NameMatch::Unknown => 2,
        NameMatch::Family(_) => 3,
        NameMatch::Class => 4,
    }
}

/// Whether the SDK is the operator's own: same company, or a class package the team calls its own.
fn own(case: &Case<'_>, sdk: &Sdk) -> bool {
    let operator = case.policy.meta.operator.as_ref().map(|f| f.value.as_str());
    operator.is_some_and(|o| vendors(sdk).any(|v| same_company(v, o)))
        || case
            .settings
            .own_packages
            .iter()
            .any(|own| sdk.signatures.packages.iter().any(|p| within(p, own) || p == own))
}

fn vendors(sdk: &Sdk) -> impl Iterator<Item = &str> {
    std::iter::once(sdk.vendor_zh.as_str())
        .chain(sdk.vendor_aliases.iter().map(String::as_str))
        .filter(|v| !v.is_empty())
}

/// Whether two company names are the same but for brackets and spaces.
fn same_company(a: &str, b: &str) -> bool {
    fn bare(s: &str) -> String {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
    let (a, b) = (bare(a), bare(b));
    a.chars().count() >= 4 && a == b
}
