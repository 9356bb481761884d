//! Compares the reader's answer for one policy with its labels.

use std::collections::BTreeSet;

use privacy_audit::policy::{Disclosed, ListKind, Party, Polarity, Policy, Status as ReadStatus};

use super::labels::{Core, DenialKind, Labels, Status};
use super::matching::{Matching, Strength, assign, normal, strength};
use super::report::{Card, Kind};

/// Scores one policy.
pub fn policy(labels: &Labels, policy: &Policy, core: &Core, card: &mut Card) {
    let disclosed = policy.disclosed();
    capabilities(labels, &disclosed, core, card);
    denials(labels, &disclosed, core, card);
    sdks(labels, policy, core, card);
    first_party(labels, &disclosed, core, card);
    meta(labels, policy, card);
    let kinds = policy.external_lists.iter().map(|list| kind_of(list.kind).to_owned()).collect();
    card.sets(Kind::ExternalLists, &labels.external_lists, &kinds);
}

/// Disclosed on Android or not; what is said of other platforms only, apart.
fn capabilities(labels: &Labels, disclosed: &Disclosed, core: &Core, card: &mut Card) {
    let read = |status: ReadStatus| -> BTreeSet<String> {
        let of_status = disclosed.capabilities.iter().filter(|c| c.status == status);
        let words = of_status.filter_map(|c| core.capability(c.capability.as_str()));
        words.filter(|word| !labels.ambiguous.contains(*word)).map(str::to_owned).collect()
    };
    let labelled = |status: Status| -> BTreeSet<String> {
        let of_status = labels.capabilities.iter().filter(|(_, s)| **s == status).map(|(id, _)| id);
        of_status.filter(|id| !labels.ambiguous.contains(*id)).cloned().collect()
    };
    let here = read(ReadStatus::Disclosed);
    let elsewhere = read(ReadStatus::OtherPlatform).difference(&here).cloned().collect();
    card.sets(Kind::Capabilities, &labelled(Status::Disclosed), &here);
    card.sets(Kind::OtherPlatform, &labelled(Status::IosOnly), &elsewhere);
}

fn denials(labels: &Labels, disclosed: &Disclosed, core: &Core, card: &mut Card) {
    let name = |word: &str, kind: DenialKind| format!("{word}:{}", format!("{kind:?}").to_lowercase());
    let mut read = BTreeSet::new();
    for capability in &disclosed.capabilities {
        let Some(word) = core.capability(capability.capability.as_str()) else { continue };
        for (polarity, _) in &capability.denials {
            match polarity {
                Polarity::DeniedFull => read.insert((word.to_owned(), DenialKind::Full)),
                Polarity::DeniedPartial => read.insert((word.to_owned(), DenialKind::Partial)),
                Polarity::DeniedConditional => read.insert((word.to_owned(), DenialKind::Conditional)),
                Polarity::Affirmed => false,
            };
        }
    }
    let labelled: BTreeSet<_> = labels.denials.iter().map(|d| (d.capability.clone(), d.kind)).collect();
    let words = |of: &BTreeSet<(String, DenialKind)>| of.iter().map(|(word, _)| word.clone()).collect();
    card.sets(Kind::Denials, &words(&labelled), &words(&read));
    let names = |of: &BTreeSet<(String, DenialKind)>| of.iter().map(|(word, kind)| name(word, *kind)).collect();
    card.sets(Kind::DenialKinds, &names(&labelled), &names(&read));
}

fn sdks(labels: &Labels, policy: &Policy, core: &Core, card: &mut Card) {
    let entries = &policy.sdks;
    let lenient = assign(entries, &labels.sdks, Strength::Weak, &core.generic_names);
    let strict = assign(entries, &labels.sdks, Strength::Strong, &core.generic_names);
    names(labels, policy, &lenient, Kind::SdksLenient, card, |e| {
        // A second entry for a labelled SDK is no invented one.
        !labels.sdks.iter().any(|label| strength(&entries[e], label, &core.generic_names).is_some())
    });
    names(labels, policy, &strict, Kind::SdksStrict, card, |_| true);
    for (l, label) in labels.sdks.iter().enumerate() {
        let entry = lenient.of_label[l].map(|e| &entries[e]);
        if entry.is_none() && !label.required {
            continue;
        }
        let tag = |set: &BTreeSet<String>| set.iter().map(|item| format!("{}: {item}", label.name)).collect();
        let read: BTreeSet<String> = entry
            .into_iter()
            .flat_map(|e| &e.data)
            .filter_map(|id| core.data(id.as_str()))
            .map(str::to_owned)
            .collect();
        card.sets(Kind::SdkData, &tag(&label.data), &tag(&read));
        let Some(entry) = entry else { continue };
        match entry.ids.first() {
            Some(id) if label.ids.iter().any(|right| right == id.as_str()) => card.right(Kind::SdkIds),
            Some(id) => card.wrong(
                Kind::SdkIds,
                (!label.ids.is_empty()).then(|| format!("{}: {}", label.name, label.ids[0])),
                format!("{}: {id}", label.name),
            ),
            None if label.ids.is_empty() => {}
            None => card.miss(Kind::SdkIds, format!("{}: {}", label.name, label.ids[0])),
        }
        value(Kind::SdkCompanies, &label.name, label.company.as_deref(), entry.company.as_deref(), card);
    }
    for (e, entry) in entries.iter().enumerate() {
        if lenient.of_entry[e].is_none() {
            for item in entry.data.iter().filter_map(|id| core.data(id.as_str())) {
                card.alarm(Kind::SdkData, format!("{}: {item}", entry.name));
            }
        }
    }
}

fn names(
    labels: &Labels,
    policy: &Policy,
    matching: &Matching,
    kind: Kind,
    card: &mut Card,
    invented: impl Fn(usize) -> bool,
) {
    for (label, entry) in labels.sdks.iter().zip(&matching.of_label) {
        match entry {
            _ if !label.required => {}
            Some(_) => card.right(kind),
            None => card.miss(kind, label.name.clone()),
        }
    }
    for (e, entry) in policy.sdks.iter().enumerate() {
        if matching.of_entry[e].is_none() && invented(e) {
            card.alarm(kind, entry.name.clone());
        }
    }
}

fn first_party(labels: &Labels, disclosed: &Disclosed, core: &Core, card: &mut Card) {
    let ours = disclosed.data.iter().filter(|data| data.scope.contains(&Party::FirstParty));
    let words =
        ours.filter_map(|data| core.data(data.item.as_str())).filter(|word| !labels.ambiguous_data.contains(*word));
    card.sets(Kind::FirstPartyData, &labels.first_party, &words.map(str::to_owned).collect());
}

fn meta(labels: &Labels, policy: &Policy, card: &mut Card) {
    let (labelled, read) = (&labels.meta, &policy.meta);
    let of = |fact: &'_ Option<privacy_audit::policy::Fact>| fact.as_ref().map(|fact| fact.value.clone());
    for (field, labelled, read) in [
        ("app name", &labelled.app_name, of(&read.app_name)),
        ("operator", &labelled.operator, of(&read.operator)),
        ("published", &labelled.published, of(&read.published)),
        ("updated", &labelled.updated, of(&read.updated)),
        ("effective", &labelled.effective, of(&read.effective)),
    ] {
        value(Kind::Meta, field, labelled.as_deref(), read.as_deref(), card);
    }
}

/// One value: right when, apart from punctuation, one holds the other.
fn value(kind: Kind, field: &str, labelled: Option<&str>, read: Option<&str>, card: &mut Card) {
    match (labelled, read) {
        (None, None) => {}
        (Some(labelled), None) => card.miss(kind, format!("{field}: {labelled}")),
        (None, Some(read)) => card.alarm(kind, format!("{field}: {read}")),
        (Some(labelled), Some(read)) => {
            let (a, b) = (normal(labelled), normal(read));
            if a.contains(&b) || b.contains(&a) {
                card.right(kind);
            } else {
                card.wrong(kind, Some(format!("{field}: {labelled}")), format!("{field}: {read}"));
            }
        }
    }
}

fn kind_of(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Sdk => "sdk",
        ListKind::Collection => "collection",
        ListKind::Sharing => "sharing",
        ListKind::Permission => "permission",
    }
}
