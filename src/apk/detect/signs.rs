//! Signs as they come in: the same mark in many places is one sign with a count.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::apk::{Channel, SdkEvidence, Trace};

/// Signs by SDK, channel and mark.
#[derive(Debug, Default)]
pub(super) struct Signs {
    found: BTreeMap<(usize, Channel, String), (usize, bool, Trace)>,
}

impl Signs {
    /// Adds `count` matches of a mark; the first place is kept.
    pub(super) fn add(
        &mut self,
        sdk: usize,
        channel: Channel,
        mark: &str,
        strong: bool,
        count: usize,
        trace: impl FnOnce() -> Trace,
    ) {
        match self.found.entry((sdk, channel, mark.to_owned())) {
            Entry::Occupied(mut entry) => entry.get_mut().0 += count,
            Entry::Vacant(entry) => drop(entry.insert((count, strong, trace()))),
        }
    }

    /// Whether an SDK has a sign of this channel.
    pub(super) fn has(&self, sdk: usize, channel: Channel) -> bool {
        self.found.range((sdk, channel, String::new())..).next().is_some_and(|(k, _)| k.0 == sdk && k.1 == channel)
    }

    /// The signs of each SDK, by channel and mark.
    pub(super) fn into_evidence(self) -> BTreeMap<usize, Vec<SdkEvidence>> {
        let mut out: BTreeMap<usize, Vec<SdkEvidence>> = BTreeMap::new();
        for ((sdk, channel, value), (count, strong, trace)) in self.found {
            out.entry(sdk).or_default().push(SdkEvidence { channel, value, count, strong, trace });
        }
        out
    }
}
