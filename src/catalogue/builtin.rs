//! The knowledge that ships with the crate, one function a part; each part is read when it is first asked for.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::clause::{Bulletin, Clause, ServiceType};
use super::code_marks::{CodeMarks, PermissionApi};
use super::compact::{File, file};
use super::data_item::DataItem;
use super::id::{CapabilityId, SdkId};
use super::implied::ImpliedPermission;
use super::packer::Packer;
use super::permission::{Capability, Duty, Grant, Permission, Protection};
use super::sdk::{Family, GenericName, Sdk, SdkCategory};

/// Date of the last change to the files below.
pub(super) const VERSION: &str = "2026-11-25";

pub(super) const PERMISSIONS: File = file!("permissions");
pub(super) const PERMISSIONS_INEFFECTIVE: File = file!("permissions_ineffective");
pub(super) const IMPLIED_PERMISSIONS: File = file!("implied_permissions");
pub(super) const CAPABILITIES: File = file!("capabilities");
pub(super) const DATA_ITEMS: File = file!("data_items");
pub(super) const SDKS: [File; 3] = [file!("sdks"), file!("sdks_utility"), file!("sdks_tracker")];
pub(super) const FAMILIES: File = file!("families");
pub(super) const GENERIC_NAMES: File = file!("generic_names");
pub(super) const PACKERS: File = file!("packers");
pub(super) const CLAUSES: File = file!("clauses");
pub(super) const BULLETINS: File = file!("bulletins");
pub(super) const CODE_MARKS: File = file!("code_marks");
pub(super) const PERMISSION_APIS: File = file!("permission_apis");
pub(super) const SERVICE_TYPES: File = file!("service_types");

fn parse<T: DeserializeOwned>(head: &str, file: File) -> Vec<T> {
    file.list(head).expect("a test reads every file that ships with the crate")
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

pub(super) fn implied_permissions() -> Vec<ImpliedPermission> {
    parse("implied", IMPLIED_PERMISSIONS)
}

pub(super) fn permissions() -> Vec<Permission> {
    let mut list: Vec<Permission> = parse("permission", PERMISSIONS);
    for group in parse::<Ineffective>("ineffective", PERMISSIONS_INEFFECTIVE) {
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
    parse("capability", CAPABILITIES)
}

pub(super) fn data_items() -> Vec<DataItem> {
    parse("data_item", DATA_ITEMS)
}

pub(super) fn sdks() -> Vec<Sdk> {
    let mut list: Vec<Sdk> = SDKS.into_iter().flat_map(|text| parse("sdk", text)).collect();
    list.sort_by(|a, b| a.id.cmp(&b.id));
    list
}

pub(super) fn families() -> Vec<Family> {
    parse("family", FAMILIES)
}

pub(super) fn generic_groups() -> Vec<GenericGroup> {
    parse("generic_name", GENERIC_NAMES)
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
    parse("packer", PACKERS)
}

pub(super) fn clauses() -> Vec<Clause> {
    parse("clause", CLAUSES)
}

pub(super) fn bulletins() -> Vec<Bulletin> {
    parse("bulletin", BULLETINS)
}

pub(super) fn code_marks() -> CodeMarks {
    CODE_MARKS.read().expect("a test reads every file that ships with the crate")
}

pub(super) fn permission_apis() -> Vec<PermissionApi> {
    parse("permission_api", PERMISSION_APIS)
}

pub(super) fn service_types() -> Vec<ServiceType> {
    parse("service_type", SERVICE_TYPES)
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;

    /// That what the build script wrote is what the files say, and that they say what the types ask for.
    #[test]
    fn the_compact_form_says_what_the_files_say() {
        fn same<T: DeserializeOwned + Debug>(head: &str, file: File) {
            let ours: Vec<T> = file.list(head).unwrap_or_else(|error| panic!("{head}: {error}"));
            let mut table: toml::Table = toml::from_str(file.toml).unwrap();
            let theirs: Vec<T> = table.remove(head).unwrap().try_into().unwrap();
            assert!(table.is_empty(), "{head}: {table:?}");
            assert_eq!(format!("{ours:?}"), format!("{theirs:?}"), "{head}");
        }
        same::<Permission>("permission", PERMISSIONS);
        same::<toml::Table>("ineffective", PERMISSIONS_INEFFECTIVE);
        same::<Capability>("capability", CAPABILITIES);
        same::<DataItem>("data_item", DATA_ITEMS);
        for file in SDKS {
            same::<Sdk>("sdk", file);
        }
        same::<Family>("family", FAMILIES);
        same::<GenericGroup>("generic_name", GENERIC_NAMES);
        same::<Packer>("packer", PACKERS);
        same::<Clause>("clause", CLAUSES);
        same::<Bulletin>("bulletin", BULLETINS);
        same::<ServiceType>("service_type", SERVICE_TYPES);
        let marks: CodeMarks = toml::from_str(CODE_MARKS.toml).unwrap();
        assert_eq!(format!("{:?}", code_marks()), format!("{marks:?}"));
    }

    /// Entries are looked for by eye too, and two branches that add one each should not meet at the end of the file.
    #[test]
    fn each_file_is_sorted_and_begins_its_entries_with_the_key() {
        let files = [PERMISSIONS, CAPABILITIES, DATA_ITEMS, FAMILIES, PACKERS, CLAUSES];
        for file in files.into_iter().chain(SDKS) {
            let mut last = "";
            for entry in file.toml.split("\n[[").skip(1) {
                let key = entry.lines().nth(1).unwrap_or_default();
                assert!(key.starts_with("id = \"") || key.starts_with("name = \""), "{key}");
                assert!(last.trim_end_matches('"') < key.trim_end_matches('"'), "{last} stands before {key}");
                last = key;
            }
        }
    }
}
