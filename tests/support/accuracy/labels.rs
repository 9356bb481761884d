//! The labels as they stand in the files, checked against the catalogue when they are loaded.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use privacy_audit::catalogue::Catalogue;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What is scored: each word of the core list with the finer catalogue ids that are read as it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    capabilities: BTreeMap<String, Vec<String>>,
    data: BTreeMap<String, Vec<String>>,
    /// Names too general to match by containment.
    pub generic_names: BTreeSet<String>,
}

/// The labels of one policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// The files, main document first.
    pub files: Vec<String>,
    /// What the sample is a sample of; for the reader of the labels.
    #[serde(rename = "shows")]
    _shows: String,
    /// Status by capability; those left out are not disclosed.
    #[serde(default)]
    pub capabilities: BTreeMap<String, Status>,
    /// Capabilities a careful reader may see either way.
    #[serde(default)]
    pub ambiguous: BTreeSet<String>,
    /// What is denied.
    #[serde(default)]
    pub denials: Vec<Denial>,
    /// The third-party components.
    #[serde(default)]
    pub sdks: Vec<SdkLabel>,
    /// What the app itself collects.
    #[serde(default)]
    pub first_party: BTreeSet<String>,
    /// Items a careful reader may see either way in `first_party`.
    #[serde(default)]
    pub ambiguous_data: BTreeSet<String>,
    /// Facts of the policy itself.
    #[serde(default)]
    pub meta: Meta,
    /// Kinds of lists that are pointed to and not given.
    #[serde(default)]
    pub external_lists: BTreeSet<String>,
}

/// What a policy says of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Used on Android.
    Disclosed,
    /// Not used, and nowhere said to be.
    Denied,
    /// Used on another platform only.
    IosOnly,
}

/// One denial.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Denial {
    /// Of what.
    pub capability: String,
    /// How far.
    pub kind: DenialKind,
}

/// How far a denial goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DenialKind {
    /// Not at all.
    Full,
    /// Not all of it, not stored, not uploaded.
    Partial,
    /// Not unless the user agrees or uses the feature.
    Conditional,
}

/// One third-party component.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SdkLabel {
    /// Name as written.
    pub name: String,
    /// Other spellings in the text.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Catalogue ids that are right; empty when the catalogue does not know it.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Whether leaving it out is a miss.
    pub required: bool,
    /// Data it is said to collect.
    #[serde(default)]
    pub data: BTreeSet<String>,
    /// Company as written.
    #[serde(default)]
    pub company: Option<String>,
}

/// Facts of the policy itself; what is left out is not in the text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Meta {
    /// App it is for.
    pub app_name: Option<String>,
    /// Operating company.
    pub operator: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
    /// Date of the last update.
    pub updated: Option<String>,
    /// Date it takes effect.
    pub effective: Option<String>,
}

impl Core {
    /// Reads `core.json` of the directory, or where it has none, of the one above it.
    pub fn load(dir: &Path) -> Result<Self, String> {
        let own = dir.join("core.json");
        let above = dir.join("../core.json");
        parse(if !own.exists() && above.exists() { &above } else { &own })
    }

    /// The core word a capability of the catalogue is scored as.
    pub fn capability(&self, id: &str) -> Option<&str> {
        word(&self.capabilities, id)
    }

    /// The core word a data item of the catalogue is scored as.
    pub fn data(&self, id: &str) -> Option<&str> {
        word(&self.data, id)
    }
}

fn word<'a>(words: &'a BTreeMap<String, Vec<String>>, id: &str) -> Option<&'a str> {
    words.iter().find(|(word, finer)| *word == id || finer.iter().any(|f| f == id)).map(|(word, _)| word.as_str())
}

/// All labels of a directory, in the order of their ids.
pub fn load_all(dir: &Path, core: &Core, catalogue: &Catalogue) -> Result<Vec<(String, Labels)>, String> {
    let entries = std::fs::read_dir(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
    let mut ids: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".labels.json").map(str::to_owned))
        .collect();
    ids.sort();
    if ids.is_empty() {
        return Err(format!("{}: no `*.labels.json`", dir.display()));
    }
    ids.into_iter()
        .map(|id| {
            let labels: Labels = parse(&dir.join(format!("{id}.labels.json")))?;
            labels.check(core, catalogue).map_err(|why| format!("{id}: {why}"))?;
            Ok((id, labels))
        })
        .collect()
}

fn parse<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

impl Labels {
    /// Every word must be one of the core list, every SDK id one of the catalogue.
    fn check(&self, core: &Core, catalogue: &Catalogue) -> Result<(), String> {
        let denied = self.denials.iter().map(|denial| &denial.capability);
        for id in self.capabilities.keys().chain(&self.ambiguous).chain(denied) {
            if !core.capabilities.contains_key(id) || catalogue.capability(id).is_none() {
                return Err(format!("unknown capability {id}"));
            }
        }
        let of_sdks = self.sdks.iter().flat_map(|sdk| &sdk.data);
        for id in self.first_party.iter().chain(&self.ambiguous_data).chain(of_sdks) {
            if !core.data.contains_key(id) || catalogue.data_item(id).is_none() {
                return Err(format!("unknown data item {id}"));
            }
        }
        match self.sdks.iter().flat_map(|sdk| &sdk.ids).find(|id| catalogue.sdk(id).is_none()) {
            Some(id) => Err(format!("unknown SDK {id}")),
            None => Ok(()),
        }
    }
}
