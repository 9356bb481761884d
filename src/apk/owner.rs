//! Whose a class is: an SDK's, platform support code, or the app's own (and nobody's).

use std::collections::{HashMap, HashSet};

use super::facts::Apk;
use crate::catalogue::Catalogue;

/// The action of the activity that a launcher starts (`Intent.ACTION_MAIN`).
const MAIN: &str = "android.intent.action.MAIN";

/// The claim of one SDK on a class package.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim<'c> {
    /// Place of the SDK in [`Catalogue::sdks`].
    pub(crate) sdk: usize,
    /// The class package.
    pub(crate) prefix: &'c str,
    /// Whether the package identifies the SDK alone.
    pub(crate) strong: bool,
    /// Whether it is one of the packages that are weak by declaration (`fallback_packages`).
    pub(crate) fallback: bool,
}

/// The class packages of all SDKs, without those that are the app's own.
#[derive(Debug)]
pub(crate) struct Owners<'c> {
    claims: HashMap<&'c str, Claim<'c>>,
    /// Packages in which some claim names a class itself.
    parents: HashSet<&'c str>,
    support: HashSet<&'c str>,
    own: String,
}

/// Whether `name` is `prefix` or lies below it, by whole dotted segments.
pub(crate) fn within(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '$']))
}

impl Apk {
    /// The app's own class packages: the first two segments of its application id, and of the application class and the
    /// activities that a launcher starts unless they belong to a component of the catalogue; three segments below roots that
    /// many publishers share. Code elsewhere that no SDK claims belongs to a library nobody knows, and is no act of the app's own.
    pub fn own_packages(&self, catalogue: &Catalogue) -> Vec<String> {
        let manifest = &self.manifest;
        let started = manifest.components.iter().filter(|c| c.actions.iter().any(|a| a == MAIN)).map(|c| &c.class);
        let claimed = |class: &str| {
            let packages =
                catalogue.sdks().iter().flat_map(|s| &s.signatures.packages).chain(&catalogue.code_marks().support);
            let detected = self.sdks.iter().flat_map(|s| &s.evidence).map(|e| &e.value);
            packages.chain(detected).any(|p| within(class, p))
        };
        let root = |name: &str| {
            let first = |n: usize| name.split('.').take(n).collect::<Vec<_>>().join(".");
            if catalogue.code_marks().shared.contains(&first(2)) { first(3) } else { first(2) }
        };
        let mut out = vec![root(&manifest.package)];
        for class in manifest.application_class.iter().chain(started) {
            if !out.iter().any(|p| within(class, p)) && !claimed(class) {
                out.push(root(class));
            }
        }
        out.retain(|p| p.contains('.'));
        out
    }
}

/// The package of a class: everything before the last dot.
pub(crate) fn package_of(class: &str) -> &str {
    class.rfind('.').map_or("", |dot| &class[..dot])
}

impl<'c> Owners<'c> {
    /// `own` is the application id. A class package equal to it or above it belongs to no SDK, nor does a class below it.
    pub(crate) fn new(catalogue: &'c Catalogue, own: &str) -> Self {
        let sdks = catalogue.sdks();
        let mut claims = HashMap::with_capacity(2 * sdks.len());
        let mut parents = HashSet::new();
        for (sdk, entry) in sdks.iter().enumerate() {
            let signatures = &entry.signatures;
            let fallback = signatures.fallback_packages.iter().map(|p| (p, true));
            for (prefix, fallback) in fallback.chain(signatures.packages.iter().map(|p| (p, false))) {
                if within(own, prefix) {
                    continue;
                }
                let strong = !fallback && prefix.matches('.').count() != 1;
                claims.entry(prefix.as_str()).or_insert(Claim { sdk, prefix, strong, fallback });
                parents.insert(package_of(prefix));
            }
        }
        let support = catalogue.code_marks().support.iter().map(String::as_str).collect();
        Self { claims, parents, support, own: own.to_owned() }
    }

    /// The longest claim on a class, by its name with dots.
    pub(crate) fn of(&self, class: &str) -> Option<&Claim<'c>> {
        if self.is_own(class) {
            return None;
        }
        let outer = class.split('$').next().unwrap_or(class);
        self.longest(class).or_else(|| self.longest(outer))
    }

    /// The longest claim on a package and so on its classes, where [`Self::names_classes_in`] is false.
    pub(crate) fn of_package(&self, package: &str) -> Option<&Claim<'c>> {
        if self.is_own(package) { None } else { self.longest(package) }
    }

    /// Whether some claim names classes of this package, not the package.
    pub(crate) fn names_classes_in(&self, package: &str) -> bool {
        self.parents.contains(package)
    }

    /// Whether a class stands in the app's own package.
    pub(crate) fn is_own(&self, class: &str) -> bool {
        !self.own.is_empty() && within(class, &self.own)
    }

    /// Whether a class is platform support code.
    pub(crate) fn is_support(&self, class: &str) -> bool {
        prefixes(class).any(|p| self.support.contains(p))
    }

    fn longest(&self, name: &str) -> Option<&Claim<'c>> {
        prefixes(name).find_map(|p| self.claims.get(p))
    }
}

/// `a.b.c`, `a.b`, `a`.
fn prefixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |n| n.rfind('.').map(|dot| &n[..dot]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(own: &str, class: &str) -> Option<String> {
        let owners = Owners::new(Catalogue::builtin(), own);
        owners.of(class).map(|c| Catalogue::builtin().sdks()[c.sdk].id.to_string())
    }

    #[test]
    fn longest_whole_segments_win() {
        assert_eq!(id("a.b", "com.umeng.analytics.MobclickAgent").as_deref(), Some("umeng-analytics"));
        assert_eq!(id("a.b", "com.umeng.commonsdk.UMConfigure$1").as_deref(), Some("umeng-common"));
        assert_eq!(id("a.b", "com.umengine.Main"), None);
        assert_eq!(id("a.b", "example.Main"), None);
    }

    #[test]
    fn the_apps_own_package_is_no_sdk() {
        assert_eq!(id("com.umeng.analytics", "com.umeng.analytics.MobclickAgent"), None);
        assert_eq!(id("com.umeng.analytics.demo", "com.umeng.analytics.MobclickAgent"), None);
        assert_eq!(id("com.umeng.analytics.demo", "com.umeng.analytics.demo.Main"), None);
        assert_eq!(
            id("com.umeng.analyticsdemo", "com.umeng.analytics.MobclickAgent").as_deref(),
            Some("umeng-analytics")
        );
    }

    #[test]
    fn support_code() {
        let owners = Owners::new(Catalogue::builtin(), "a.b");
        assert!(owners.is_support("androidx.core.app.A") && owners.is_support("kotlin.Unit"));
        assert!(!owners.is_support("androidxyz.A") && !owners.is_support("a.b.C"));
    }
}
