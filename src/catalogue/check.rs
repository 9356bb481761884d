//! Whether the parts of a catalogue agree: every reference exists, every name means one thing, every pattern compiles.

use std::collections::HashMap;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{Catalogue, Sdk, VersionMark, VersionPlace};

/// One disagreement.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// Section of the entry at fault.
    pub(super) section: &'static str,
    /// Its identifier and what is wrong, as a sentence without its subject; where two entries clash, either may be at fault.
    pub(super) entries: Vec<(String, String)>,
    /// The word at fault, as it stands in the entry.
    pub(super) value: String,
}

/// Top-level domains: as a class package they would match half of every app.
const BARE_DOMAINS: [&str; 12] = ["android", "cn", "co", "com", "de", "io", "java", "jp", "me", "net", "org", "tv"];

/// Every disagreement within the catalogue, by section. `new` tells the entries (section, identifier) whose regular expressions
/// are to be compiled: that takes ten times as long as all the rest.
pub(super) fn problems(catalogue: &Catalogue, new: &dyn Fn(&'static str, &str) -> bool) -> Vec<Problem> {
    let mut check = Check { catalogue, new, problems: Vec::new() };
    check.permissions();
    check.capabilities();
    check.data_items();
    check.sdks();
    check.names();
    check.families();
    check.packers();
    check.service_types();
    check.problems
}

struct Check<'a> {
    catalogue: &'a Catalogue,
    new: &'a dyn Fn(&'static str, &str) -> bool,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, section: &'static str, id: &str, value: &str, what: impl Into<String>) {
        let entries = vec![(id.into(), what.into())];
        self.problems.push(Problem { section, entries, value: value.into() });
    }

    fn clash(&mut self, ids: [&str; 2], value: &str, what: impl Fn(&str) -> String) {
        let [a, b] = ids;
        let entries = vec![(a.into(), what(b)), (b.into(), what(a))];
        self.problems.push(Problem { section: "sdk", entries, value: value.into() });
    }

    /// Identifiers are lower case, so that they can stand in file names and URLs.
    fn id(&mut self, section: &'static str, id: &str) {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        if id.is_empty() || !id.chars().all(fits) {
            self.add(section, id, id, "holds other characters than a-z, 0-9, `-`, `_` and `.`");
        }
    }

    fn weak_aliases(&mut self, section: &'static str, id: &str, weak: &[String], all: &[String]) {
        for alias in weak.iter().filter(|alias| !all.contains(alias)) {
            self.add(section, id, alias, "is in `weak_aliases` and not in `aliases`");
        }
    }

    fn pattern(&mut self, section: &'static str, id: &str, pattern: &str) {
        if !(self.new)(section, id) {
            return;
        }
        if let Err(error) = Regex::new(pattern) {
            let error = error.to_string();
            let last = error.lines().last().unwrap_or_default();
            self.add(section, id, pattern, format!("is no regular expression: {}", last.trim_start_matches("error: ")));
        }
    }

    fn permissions(&mut self) {
        for p in self.catalogue.permissions() {
            if p.name.is_empty() || p.name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
                self.add("permission", &p.name, &p.name, "is no permission name");
            }
            if self.catalogue.capability(p.capability.as_str()).is_none() {
                self.add("permission", &p.name, p.capability.as_str(), "is no known capability");
            }
            for item in &p.data_items {
                if self.catalogue.data_item(item.as_str()).is_none() {
                    self.add("permission", &p.name, item.as_str(), "is no known data item");
                }
            }
            self.weak_aliases("permission", &p.name, &p.weak_aliases, &p.aliases);
        }
    }

    fn capabilities(&mut self) {
        for c in self.catalogue.capabilities() {
            self.id("capability", c.id.as_str());
            for other in c.covered_by.iter().chain(&c.wider) {
                if self.catalogue.capability(other.as_str()).is_none() {
                    self.add("capability", c.id.as_str(), other.as_str(), "is no known capability");
                }
            }
            self.weak_aliases("capability", c.id.as_str(), &c.weak_aliases, &c.aliases);
        }
    }

    fn data_items(&mut self) {
        for d in self.catalogue.data_items() {
            let id = d.id.as_str();
            self.id("data_item", id);
            for parent in &d.parents {
                if !self.catalogue.data_item(parent.as_str()).is_some_and(|p| p.umbrella) {
                    self.add("data_item", id, parent.as_str(), "is no known data item with `umbrella = true`");
                }
            }
            for permission in &d.permissions {
                if self.catalogue.permission(permission).is_none() {
                    self.add("data_item", id, permission, "is no known permission");
                }
            }
            let methods = d.apis.iter().chain(d.apis_with_arg.iter().map(|a| &a.api)).chain(&d.fields);
            for method in methods {
                let member = method.strip_prefix('L').and_then(|m| m.split_once(";->"));
                if !member.is_some_and(|(class, name)| !class.is_empty() && !name.is_empty() && !name.contains('(')) {
                    self.add("data_item", id, method, "is not written as `Lcls;->name`");
                }
            }
            self.weak_aliases("data_item", id, &d.weak_aliases, &d.aliases);
        }
    }

    fn sdk_exists(&mut self, section: &'static str, id: &str, sdk: &str) {
        if self.catalogue.sdk(sdk).is_none() {
            self.add(section, id, sdk, "is no known SDK");
        }
    }

    fn sdks(&mut self) {
        let mut owners: HashMap<&str, &str> = HashMap::new();
        for s in self.catalogue.sdks() {
            let id = s.id.as_str();
            self.id("sdk", id);
            if let Some(family) = &s.family
                && self.catalogue.family(family.as_str()).is_none()
            {
                self.add("sdk", id, family.as_str(), "is no known family");
            }
            for item in &s.claimed_data {
                if self.catalogue.data_item(item.as_str()).is_none() {
                    self.add("sdk", id, item.as_str(), "is no known data item");
                }
            }
            for other in s.bundles.iter().chain(&s.covered_by) {
                self.sdk_exists("sdk", id, other.as_str());
            }
            for pattern in &s.signatures.native_lib_patterns {
                self.pattern("sdk", id, pattern);
            }
            for mark in &s.versions {
                self.version(id, mark);
            }
            for prefix in s.signatures.packages.iter().chain(&s.signatures.fallback_packages) {
                let segment = |s: &str| !s.is_empty() && s.chars().all(|c| c.is_alphanumeric() || "_$-".contains(c));
                if !prefix.split('.').all(segment) {
                    self.add("sdk", id, prefix, "is no class package");
                } else if BARE_DOMAINS.contains(&prefix.as_str()) {
                    self.add("sdk", id, prefix, "is too wide for a class package");
                }
                if let Some(owner) = owners.insert(prefix, id) {
                    self.clash([id, owner], prefix, |other| format!("already identifies the SDK `{other}`"));
                }
            }
        }
    }

    fn version(&mut self, id: &str, mark: &VersionMark) {
        let member = mark.at.strip_prefix('L').and_then(|rest| rest.split_once(";->"));
        match mark.place {
            VersionPlace::Field | VersionPlace::Method if member.is_none() => {
                self.add("sdk", id, &mark.at, "is no member as `Lcls;->name`");
            }
            VersionPlace::NativeLib => self.pattern("sdk", id, &mark.at),
            _ => {}
        }
        if let Some(pattern) = &mark.pattern {
            self.pattern("sdk", id, pattern);
        }
    }

    /// One spelling names one SDK, or several of one family.
    fn names(&mut self) {
        let mut owners: HashMap<String, &Sdk> = HashMap::new();
        for s in self.catalogue.sdks() {
            for alias in &s.aliases {
                let owner = *owners.entry(spelling(alias)).or_insert(s);
                if owner.id != s.id && (owner.family != s.family || s.family.is_none()) {
                    self.clash([s.id.as_str(), owner.id.as_str()], alias, |other| {
                        format!("already names the SDK `{other}`, which is of no common family")
                    });
                }
            }
        }
    }

    fn families(&mut self) {
        for f in self.catalogue.families() {
            let id = f.id.as_str();
            self.id("family", id);
            for sdk in f.default.iter().chain(&f.could_cover).chain(f.purpose_hints.iter().flat_map(|h| &h.ids)) {
                self.sdk_exists("family", id, sdk.as_str());
            }
            for hint in &f.purpose_hints {
                self.pattern("family", id, &hint.pattern);
            }
        }
        for name in self.catalogue.generic_names() {
            for sdk in &name.could_cover {
                self.sdk_exists("generic_name", &name.name, sdk.as_str());
            }
        }
    }

    fn packers(&mut self) {
        for p in self.catalogue.packers() {
            let id = p.id.as_str();
            self.id("packer", id);
            if let Some(sdk) = &p.sdk {
                self.sdk_exists("packer", id, sdk.as_str());
            }
            for pattern in &p.native_lib_patterns {
                self.pattern("packer", id, pattern);
            }
            let marks = [&p.native_libs, &p.native_lib_patterns, &p.stub_applications, &p.class_prefixes, &p.assets];
            for weak in &p.weak_markers {
                if !marks.iter().any(|list| list.contains(weak)) {
                    self.add("packer", id, weak, "is in `weak_markers` and is no mark of the packer");
                }
            }
        }
    }

    fn service_types(&mut self) {
        for t in self.catalogue.service_types() {
            for item in &t.necessary_items {
                if self.catalogue.data_item(item.as_str()).is_none() {
                    self.add("service_type", &t.zh, item.as_str(), "is no known data item");
                }
            }
            for capability in t.basic.iter().chain(&t.plausible).chain(&t.unusual) {
                if self.catalogue.capability(capability.as_str()).is_none() {
                    self.add("service_type", &t.zh, capability.as_str(), "is no known capability");
                }
            }
        }
    }
}

/// The form in which two spellings of one name are equal.
fn spelling(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_built_in_parts_agree() {
        let problems = problems(Catalogue::builtin(), &|_, _| true);
        let lines: Vec<_> = problems.iter().map(|p| format!("{} `{}`: {:?}", p.section, p.value, p.entries)).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }

    /// Look-ups search these lists by halves.
    #[test]
    fn every_list_is_sorted_and_unique() {
        fn sorted<'a>(what: &str, keys: impl Iterator<Item = &'a str>) {
            let keys: Vec<_> = keys.collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{what}: `{}` stands before `{}`", pair[0], pair[1]);
            }
        }
        let c = Catalogue::builtin();
        sorted("permissions", c.permissions().iter().map(|p| p.name.as_str()));
        sorted("capabilities", c.capabilities().iter().map(|x| x.id.as_str()));
        sorted("data items", c.data_items().iter().map(|x| x.id.as_str()));
        sorted("sdks", c.sdks().iter().map(|x| x.id.as_str()));
        sorted("families", c.families().iter().map(|x| x.id.as_str()));
        sorted("generic names", c.generic_names().iter().map(|x| x.name.as_str()));
        sorted("packers", c.packers().iter().map(|x| x.id.as_str()));
        sorted("clauses", c.clauses().iter().map(|x| x.id.as_str()));
        assert!(c.service_types().iter().map(|t| t.no).eq(1..=39));
    }

    #[test]
    fn every_entry_names_its_source() {
        let c = Catalogue::builtin();
        let effective = c.permissions().iter().filter(|p| p.duty != crate::catalogue::Duty::Ineffective);
        let sources = effective
            .map(|p| (p.name.as_str(), &p.sources))
            .chain(c.data_items().iter().map(|x| (x.id.as_str(), &x.sources)))
            .chain(c.sdks().iter().map(|x| (x.id.as_str(), &x.sources)))
            .chain(c.packers().iter().map(|x| (x.id.as_str(), &x.sources)))
            .chain(c.clauses().iter().map(|x| (x.id.as_str(), &x.sources)));
        for (entry, sources) in sources {
            assert!(!sources.is_empty() && sources.iter().all(|s| !s.is_empty()), "{entry}");
        }
    }

    /// A list that names a thing twice hides a slip of the pen.
    #[test]
    fn no_list_repeats_itself() {
        fn unique<T: AsRef<str>>(entry: &str, list: &[T]) {
            let mut seen = HashSet::new();
            for value in list {
                assert!(seen.insert(value.as_ref()), "{entry}: `{}` twice", value.as_ref());
            }
        }
        let c = Catalogue::builtin();
        for p in c.permissions() {
            unique(&p.name, &p.aliases);
        }
        for d in c.data_items() {
            unique(d.id.as_str(), &d.aliases);
            unique(d.id.as_str(), &d.apis);
        }
        for s in c.sdks() {
            let (id, g) = (s.id.as_str(), &s.signatures);
            for list in
                [&s.aliases, &g.packages, &g.components, &g.native_libs, &g.meta_data, &g.authorities, &g.strings]
            {
                unique(id, list);
            }
        }
    }
}
