//! Audits the pairs of a batch side by side.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::pairing::{Package, Policies};
use crate::apk::{Apk, Depth, Limits, ReadOptions};
use crate::audit::{Audit, Settings};
use crate::catalogue::Catalogue;
use crate::policy::{Policy, Reader};

/// How many packages are under way before their results are handed on: enough to keep every core busy, few enough that a
/// batch of any length stays flat in memory.
const WINDOW: usize = 32;

/// How to run a batch.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// What the world calls things.
    pub catalogue: &'a Catalogue,
    /// What the team has settled.
    pub settings: &'a Settings,
    /// How far to look into each package.
    pub depth: Depth,
    /// Bounds on what is read of each package.
    pub limits: Limits,
}

/// Why a package could not be audited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The file at fault: the package or its policy.
    pub place: String,
    /// What was expected, as one sentence.
    pub why: String,
}

/// The result for one package.
#[derive(Debug)]
pub struct Done<T> {
    /// Its path below the directory given.
    pub name: String,
    /// What was made of its audit, or why there is none.
    pub result: Result<T, Trouble>,
}

/// Audits every package and hands each result to `next` in the order given. `make` runs in the workers.
pub fn run<T: Send>(
    packages: &[Package],
    policies: &Policies,
    options: Options<'_>,
    make: impl Fn(&Audit<'_>) -> T + Sync,
    mut next: impl FnMut(Done<T>),
) {
    let same = OnceLock::new();
    // The word lists take longer to compile than a policy takes to read.
    let reader = Reader::new(options.catalogue);
    for window in packages.chunks(WINDOW) {
        let done: Vec<Done<T>> = window
            .par_iter()
            .map(|package| {
                // A fault in one package must not end the batch; what the closure borrows is not used after a panic.
                let result = catch_unwind(AssertUnwindSafe(|| one(package, policies, options, &reader, &same, &make)));
                let result = result.unwrap_or_else(|_| {
                    Err(Trouble {
                        place: package.name.clone(),
                        why: "internal error while auditing this package".into(),
                    })
                });
                Done { name: package.name.clone(), result }
            })
            .collect();
        done.into_iter().for_each(&mut next);
    }
}

type Shared = OnceLock<Result<Policy, Trouble>>;

fn one<T>(
    package: &Package,
    policies: &Policies,
    options: Options<'_>,
    reader: &Reader<'_>,
    same: &Shared,
    make: &(impl Fn(&Audit<'_>) -> T + Sync),
) -> Result<T, Trouble> {
    let read = ReadOptions { depth: options.depth, limits: options.limits, ..ReadOptions::default() };
    let mut apk = Apk::read(&package.path, options.catalogue, &read)
        .map_err(|e| Trouble { place: package.name.clone(), why: e.to_string() })?;
    apk.file.clone_from(&package.name);
    let files = policies.of(&package.path, || Some(apk.manifest.package.clone()));
    let Some(files) = files else {
        let expected = package.path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        return Err(Trouble {
            place: package.name.clone(),
            why: format!("no policy found: expected {expected}.* or {}.* among the policies", apk.manifest.package),
        });
    };
    let policy_trouble = |e: crate::policy::Error| Trouble { place: package.name.clone(), why: e.to_string() };
    if let Policies::Same(_) = policies {
        let shared = same.get_or_init(|| reader.read_as_far_as_seen(files).map_err(policy_trouble));
        let policy = shared.as_ref().map_err(Clone::clone)?;
        return Ok(make(&Audit::new(&apk, policy, options.catalogue, options.settings)));
    }
    let policy = reader.read_as_far_as_seen(files).map_err(policy_trouble)?;
    Ok(make(&Audit::new(&apk, &policy, options.catalogue, options.settings)))
}
