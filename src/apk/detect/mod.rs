//! Recognises third-party components through every channel that a package has.
//!
//! Each sign is kept as evidence. How sure a recognition is follows from the number of independent strong channels
//! ([`confidence`]), so that an SDK whose classes were renamed is still seen by its manifest, libraries and assets, and a
//! left-over class is not taken for the whole.

mod confidence;
mod marks;
mod signs;
mod version;

use std::collections::{BTreeMap, BTreeSet};

use super::code::{ClassAt, DexAt, Entry, EntryBytes};
use super::owner::Owners;
use super::{Channel, Confidence, DetectedSdk, Manifest, NativeLib, SdkEvidence};
use crate::catalogue::{Catalogue, Sdk, SdkId};
pub(crate) use marks::{literal_prefix, whole_name};
use signs::Signs;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) manifest: &'a Manifest,
    pub(crate) entries: &'a [Entry<'a>],
    pub(crate) libs: &'a [NativeLib],
    /// Sorted by name.
    pub(crate) classes: &'a [ClassAt],
    pub(crate) dexes: &'a [DexAt<'a>],
    /// Whether to look at constant strings.
    pub(crate) strings: bool,
    pub(crate) owners: &'a Owners<'a>,
    pub(crate) catalogue: &'a Catalogue,
    /// Entries that may state a version.
    pub(crate) texts: &'a [EntryBytes<'a>],
}

/// Every SDK that shows a sign, sorted by id.
pub(crate) fn detect(seen: &Seen<'_>) -> Vec<DetectedSdk> {
    let mut signs = Signs::default();
    marks::classes(seen, &mut signs);
    marks::manifest(seen, &mut signs);
    marks::files(seen, &mut signs);
    if seen.strings {
        marks::strings(seen, &mut signs);
    }

    let sdks = seen.catalogue.sdks();
    let mut found: BTreeMap<usize, Vec<SdkEvidence>> = signs.into_evidence();
    drop_explained(&mut found);
    let vouched = vouched(sdks, &found);
    let mut out: Vec<DetectedSdk> = found
        .into_iter()
        .map(|(sdk, evidence)| DetectedSdk {
            id: sdks[sdk].id.clone(),
            confidence: confidence::of(&evidence, vouched.contains(&sdk)),
            evidence,
            bundled_by: None,
            version: version::find(&sdks[sdk].versions, seen),
        })
        .collect();
    bundle(sdks, &vouched, &mut out);
    out
}

/// A mark that several SDKs list speaks for the one that shows itself otherwise, and then not for the others.
fn drop_explained(found: &mut BTreeMap<usize, Vec<SdkEvidence>>) {
    let key = |e: &SdkEvidence| (e.channel, e.value.clone());
    let explained: Vec<_> = found
        .values()
        .filter(|evidence| evidence.iter().any(|e| e.strong))
        .flat_map(|evidence| evidence.iter().filter(|e| !e.strong).map(key))
        .collect();
    found.retain(|_, evidence| {
        !evidence.iter().all(|e| !e.strong && e.channel != Channel::Package && explained.contains(&key(e)))
    });
}

/// SDKs for whose classes a mark vouches that they share with others of their vendor: for each mark the one with most classes.
/// A part of another brings along does not count, since the mark was set for the whole.
fn vouched(sdks: &[Sdk], found: &BTreeMap<usize, Vec<SdkEvidence>>) -> BTreeSet<usize> {
    let classes = |sdk: usize| -> usize {
        let own = found[&sdk].iter().filter(|e| e.strong && e.channel == Channel::Package);
        own.map(|e| e.count).sum()
    };
    let mut sharers: BTreeMap<(Channel, &str), Vec<usize>> = BTreeMap::new();
    for (&sdk, evidence) in found {
        for e in evidence.iter().filter(|e| !e.strong && confidence::vouches(e.channel)) {
            sharers.entry((e.channel, &e.value)).or_default().push(sdk);
        }
    }
    let whole = |sdk: &usize, all: &[usize]| !all.iter().any(|&a| sdks[a].bundles.contains(&sdks[*sdk].id));
    sharers
        .into_values()
        .filter_map(|all| {
            let wholes = all.iter().copied().filter(|sdk| classes(*sdk) > 0 && whole(sdk, &all));
            wholes.max_by_key(|&sdk| (classes(sdk), std::cmp::Reverse(sdk)))
        })
        .collect()
}

/// Puts each component that another SDK brings along under that one, unless it was set up on its own account: a key in the
/// manifest is what an app adds when it integrates an SDK itself, be it one that vouches for several of its vendor.
fn bundle(sdks: &[Sdk], vouched: &BTreeSet<usize>, found: &mut [DetectedSdk]) {
    let mut by: BTreeMap<SdkId, (Confidence, SdkId)> = BTreeMap::new();
    for outer in found.iter().filter(|d| d.confidence > Confidence::Low) {
        let Ok(place) = sdks.binary_search_by(|s| s.id.cmp(&outer.id)) else { continue };
        for inner in &sdks[place].bundles {
            let entry = by.entry(inner.clone()).or_insert((outer.confidence, outer.id.clone()));
            if outer.confidence > entry.0 {
                *entry = (outer.confidence, outer.id.clone());
            }
        }
    }
    for inner in found {
        let place = sdks.binary_search_by(|s| s.id.cmp(&inner.id));
        let vouched = place.is_ok_and(|p| vouched.contains(&p));
        let own_key = inner.evidence.iter().any(|e| e.channel == Channel::MetaData && (e.strong || vouched));
        if let Some((_, outer)) = by.get(&inner.id)
            && !own_key
        {
            inner.bundled_by = Some(outer.clone());
        }
    }
}
