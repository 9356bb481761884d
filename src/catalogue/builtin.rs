//! The knowledge that ships with the crate, one function a part; each part is parsed when it is first asked for.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::clause::{Bulletin, Clause, ServiceType};
use super::data_item::DataItem;
use super::id::{CapabilityId, SdkId};
use super::packer::Packer;
use super::permission::{Capability, Duty, Grant, Permission, Protection};
use super::sdk::{Family, GenericName, Sdk, SdkCategory};

/// Date of the last change to the files below.
pub(super) const VERSION: &str = "2026-11-25";

pub(super) const PERMISSIONS: &str = include_str!("permissions.toml");
pub(super) const PERMISSIONS_INEFFECTIVE: &str = include_str!("permissions_ineffective.toml");
pub(super) const CAPABILITIES: &str = include_str!("capabilities.toml");
pub(super) const DATA_ITEMS: &str = include_str!("data_items.toml");
pub(super) const SDKS: [&str; 3] =
    [include_str!("sdks.toml"), include_str!("sdks_utility.toml"), include_str!("sdks_tracker.toml")];
pub(super) const FAMILIES: &str = include_str!("families.toml");
pub(super) const GENERIC_NAMES: &str = include_str!("generic_names.toml");
pub(super) const PACKERS: &str = include_str!("packers.toml");
pub(super) const CLAUSES: &str = include_str!("clauses.toml");
pub(super) const BULLETINS: &str = include_str!("bulletins.toml");
pub(super) const SERVICE_TYPES: &str = include_str!("service_types.toml");

fn parse<T: DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("a test parses every file that ships with the crate")
}

/// Many permissions that share everything but the name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ineffective {
    protection: Protection,
    capability: CapabilityId,
    #[serde(default)]
    grant: Option<Grant>,
    names: Vec<String>,
}

/// The names that share one reading: a whole category, or the SDKs listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GenericGroup {
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) category: Option<SdkCategory>,
    #[serde(default)]
    pub(super) could_cover: Vec<SdkId>,
}

macro_rules! file {
    ($text:expr, $key:ident: $entry:ty) => {{
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            $key: Vec<$entry>,
        }
        parse::<File>($text).$key
    }};
}

pub(super) fn permissions() -> Vec<Permission> {
    let (mut list, groups) = rayon::join(
        || file!(PERMISSIONS, permission: Permission),
        || file!(PERMISSIONS_INEFFECTIVE, ineffective: Ineffective),
    );
    for group in groups {
        list.extend(group.names.into_iter().map(|name| Permission {
            name,
            capability: group.capability.clone(),
            protection: group.protection,
            grant: group.grant.unwrap_or(Grant::NotGrantable),
            duty: Duty::Ineffective,
            special_access: false,
            group: None,
            label_zh: None,
            gloss_zh: None,
            aliases: Vec::new(),
            weak_aliases: Vec::new(),
            data_items: Vec::new(),
            since: None,
            effective_until: None,
            sources: Vec::new(),
        }));
    }
    list.sort_by(|a, b| a.name.cmp(&b.name));
    list
}

pub(super) fn capabilities() -> Vec<Capability> {
    file!(CAPABILITIES, capability: Capability)
}

pub(super) fn data_items() -> Vec<DataItem> {
    file!(DATA_ITEMS, data_item: DataItem)
}

pub(super) fn sdks() -> Vec<Sdk> {
    let read = |text| file!(text, sdk: Sdk);
    let [market, utilities, trackers] = SDKS;
    let (mut list, (utilities, trackers)) =
        rayon::join(|| read(market), || rayon::join(|| read(utilities), || read(trackers)));
    list.extend(utilities);
    list.extend(trackers);
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list
}

pub(super) fn families() -> Vec<Family> {
    file!(FAMILIES, family: Family)
}

pub(super) fn generic_groups() -> Vec<GenericGroup> {
    file!(GENERIC_NAMES, generic_name: GenericGroup)
}

/// One entry a name, with the category spelt out.
pub(super) fn generic_names(groups: Vec<GenericGroup>, sdks: &[Sdk]) -> Vec<GenericName> {
    let mut list = Vec::new();
    for group in groups {
        let mut could_cover = group.could_cover;
        if let Some(category) = group.category {
            could_cover.extend(sdks.iter().filter(|s| s.category == category).map(|s| s.id.clone()));
        }
        could_cover.sort();
        could_cover.dedup();
        list.extend(group.names.into_iter().map(|name| GenericName { name, could_cover: could_cover.clone() }));
    }
    list.sort_by(|a, b| a.name.cmp(&b.name));
    list.dedup_by(|next, kept| {
        let same = next.name == kept.name;
        if same {
            kept.could_cover.append(&mut next.could_cover);
            kept.could_cover.sort();
            kept.could_cover.dedup();
        }
        same
    });
    list
}

pub(super) fn packers() -> Vec<Packer> {
    file!(PACKERS, packer: Packer)
}

pub(super) fn clauses() -> Vec<Clause> {
    file!(CLAUSES, clause: Clause)
}

pub(super) fn bulletins() -> Vec<Bulletin> {
    file!(BULLETINS, bulletin: Bulletin)
}

pub(super) fn service_types() -> Vec<ServiceType> {
    file!(SERVICE_TYPES, service_type: ServiceType)
}
