//! One component, several spellings: joined into one entry.

use super::{Draft, SdkScan, draft_key};
use crate::policy::model::{NameMatch, Platform};
use crate::policy::names::{self, Names};

/// Joins entries and rewrites every reference to them.
pub(crate) fn merge(mut scan: SdkScan, known: &Names) -> SdkScan {
    // Vague names are understood from everything the policy says of them.
    for draft in &mut scan.drafts {
        let resolved = known.resolve(&draft.name, &draft.context);
        draft.resolution = resolved;
        // A name that says only what it does, with the company beside it (APP支付客户端SDK of 支付宝).
        if !super::is_resolved(&draft.resolution)
            && let Some(company) = &draft.company
        {
            let by_company = known.of_company(company, &draft.name).or_else(|| {
                (draft.resolution.matched == NameMatch::Class)
                    .then(|| known.of_brand(company, &draft.resolution.ids))
                    .flatten()
            });
            if let Some(resolution) = by_company {
                draft.resolution = resolution;
            }
        }
        if draft.resolution.ids.is_empty()
            && let Some(id) = draft.package.as_deref().and_then(|p| known.of_package(p))
        {
            draft.resolution.ids = vec![id.clone()];
            draft.resolution.matched = NameMatch::Product;
        }
    }
    let count = scan.drafts.len();
    let mut target: Vec<usize> = (0..count).collect();
    let keys: Vec<String> = scan.drafts.iter().map(draft_key).collect();
    let root = |target: &[usize], mut i: usize| {
        while target[i] != i {
            i = target[i];
        }
        i
    };
    // Same spelling.
    for i in 0..count {
        if let Some(j) =
            (0..i).find(|&j| keys[j] == keys[i] && !keys[i].is_empty() && compatible(&scan.drafts[i], &scan.drafts[j]))
        {
            target[i] = root(&target, j);
        }
    }
    // A mention in running text joins the listed entry that means it.
    for i in 0..count {
        if target[i] != i || scan.drafts[i].listed {
            continue;
        }
        let candidates = (0..count).filter(|&j| j != i && target[j] == j && (scan.drafts[j].listed || j < i));
        let best = candidates
            .filter_map(|j| {
                sameness(&scan.drafts[i], &keys[i], &scan.drafts[j], &keys[j]).map(|s| (s, std::cmp::Reverse(j)))
            })
            .max();
        if let Some((_, std::cmp::Reverse(j))) = best {
            target[i] = j;
        }
    }
    // The list of one document given in both languages, each entry at the same place of it.
    for (i, j) in parallel(&scan.drafts, &target) {
        target[j] = i;
    }
    // The same list given twice.
    for i in 0..count {
        if target[i] != i || !scan.drafts[i].listed {
            continue;
        }
        let twin = (0..i).find(|&j| {
            let (a, b) = (&scan.drafts[i], &scan.drafts[j]);
            let same_file = a.evidence[0].document == b.evidence[0].document;
            target[j] == j
                && b.listed
                && compatible(a, b)
                && a.reading != b.reading
                && a.resolution.ids.first().is_some_and(|id| b.resolution.ids.first() == Some(id))
                // In the other language of one document the spellings have nothing in common.
                && (same_file || keys[i].contains(&keys[j]) || keys[j].contains(&keys[i]))
        });
        if let Some(j) = twin {
            target[i] = j;
        }
    }
    let mut index = vec![usize::MAX; count];
    let mut drafts: Vec<Draft> = Vec::new();
    let order: Vec<usize> = (0..count).collect();
    for &i in &order {
        if target[i] == i {
            index[i] = drafts.len();
            drafts.push(scan.drafts[i].clone());
        }
    }
    for &i in &order {
        let r = root(&target, i);
        index[i] = index[r];
        if r != i {
            absorb(&mut drafts[index[r]], scan.drafts[i].clone());
        }
    }
    for scope in scan.scopes.values_mut() {
        for entry in &mut scope.entries {
            *entry = index[*entry];
        }
        scope.entries.dedup();
        for part in &mut scope.parts {
            for entry in part.entries.iter_mut().chain(part.names.iter_mut().map(|(_, e)| e)) {
                *entry = index[*entry];
            }
            part.entries.sort_unstable();
            part.entries.dedup();
        }
    }
    SdkScan { drafts, scopes: scan.scopes }
}

/// Entries of one document that stand at the same place in lists of the same length in two languages, unless any two of them are
/// known to differ.
fn parallel(drafts: &[Draft], target: &[usize]) -> Vec<(usize, usize)> {
    let lists = |reading: usize| -> Vec<usize> {
        (0..drafts.len()).filter(|&i| target[i] == i && drafts[i].listed && drafts[i].reading == reading).collect()
    };
    let readings = drafts.iter().map(|d| d.reading).max().map_or(0, |most| most + 1);
    let mut pairs = Vec::new();
    for (a, b) in (1..readings).map(|b| (lists(b - 1), lists(b))) {
        let twins = a.len() == b.len()
            && a.len() >= 2
            && a.iter().zip(&b).all(|(&i, &j)| {
                let (x, y) = (&drafts[i], &drafts[j]);
                let (p, q) = (&x.resolution.ids, &y.resolution.ids);
                x.evidence[0].document == y.evidence[0].document
                    && (p.is_empty() || q.is_empty() || p.iter().any(|id| q.contains(id)))
            });
        if twins {
            pairs.extend(a.into_iter().zip(b));
        }
    }
    pairs
}

/// Whether two entries may be one: not if one is for another platform.
fn compatible(a: &Draft, b: &Draft) -> bool {
    a.platform == b.platform
        || (a.platform.covers_android() && b.platform.covers_android())
        || a.platform == Platform::Any
        || b.platform == Platform::Any
}

/// How surely a mention means an entry; `None` when it does not.
fn sameness(mention: &Draft, key: &str, entry: &Draft, entry_key: &str) -> Option<u32> {
    let same_id = super::is_resolved(&mention.resolution)
        && super::is_resolved(&entry.resolution)
        && mention.resolution.ids.first().is_some_and(|id| entry.resolution.ids.contains(id));
    let contained = key.chars().count() >= 2
        && (entry_key.contains(key) || (entry_key.chars().count() >= 2 && key.contains(entry_key)));
    let (_, inside) = names::brackets(&entry.name);
    let in_brackets = key.chars().count() >= 2 && names::key(&inside).contains(key);
    match (same_id, contained) {
        (true, true) => Some(4),
        (true, false) if entry.listed => Some(3),
        (true, false) => Some(2),
        // A bare brand: only where the entry does not mean another product.
        (false, true)
            if entry_key.starts_with(key) && (mention.resolution.ids.is_empty() || entry.resolution.ids.is_empty()) =>
        {
            Some(2)
        }
        (false, true) if entry_key.starts_with(key) && matches!(mention.resolution.matched, NameMatch::Family(_)) => {
            Some(1)
        }
        _ if in_brackets && mention.resolution.ids.is_empty() => Some(1),
        _ => None,
    }
}

fn absorb(entry: &mut Draft, other: Draft) {
    entry.company = entry.company.take().or(other.company);
    entry.package = entry.package.take().or(other.package);
    entry.purpose = entry.purpose.take().or(other.purpose);
    entry.link = entry.link.take().or(other.link);
    entry.says_none &= other.says_none || !other.listed;
    entry.listed |= other.listed;
    if entry.resolution.ids.is_empty() {
        entry.resolution = other.resolution;
    }
    if entry.platform != other.platform {
        entry.platform = if entry.platform.covers_android() || other.platform.covers_android() {
            Platform::Any
        } else {
            entry.platform
        };
    }
    entry.evidence.extend(other.evidence);
}
