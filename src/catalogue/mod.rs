//! What the world calls things: permissions, personal information, SDKs, packers, clauses, service types.
//!
//! Knowledge is data: each kind is a TOML file beside the type that reads it, parsed strictly, and a user's own file can be
//! merged on top. No SDK name, permission string or policy phrase stands in code.

mod clause;
mod data_item;
mod id;
mod packer;
mod permission;
mod sdk;

pub use clause::{Clause, ClauseStatus, ServiceType};
pub use data_item::{ApiWithArg, DataItem, EvidenceGrade, Sensitivity};
pub use id::{CapabilityId, ClauseId, DataItemId, FamilyId, PackerId, SdkId};
pub use packer::Packer;
pub use permission::{Capability, Duty, Grant, Permission, Protection};
pub use sdk::{Family, GenericName, PurposeHint, Sdk, SdkCategory, SdkKind, Signatures};

use std::collections::HashMap;

/// All knowledge, with look-ups by identifier. Every list is sorted by identifier (permissions by name).
#[derive(Debug, Default)]
pub struct Catalogue {
    version: String,
    permissions: Vec<Permission>,
    capabilities: Vec<Capability>,
    data_items: Vec<DataItem>,
    sdks: Vec<Sdk>,
    families: Vec<Family>,
    generic_names: Vec<GenericName>,
    packers: Vec<Packer>,
    clauses: Vec<Clause>,
    service_types: Vec<ServiceType>,
    permission_index: HashMap<String, usize>,
    sdk_index: HashMap<SdkId, usize>,
}

impl Catalogue {
    /// Version of the knowledge: the date of its last change, with `+FILE` for each merged user file.
    pub fn version(&self) -> &str {
        &self.version
    }
    /// Every permission, by name.
    pub fn permissions(&self) -> &[Permission] {
        &self.permissions
    }
    /// The permission of this name.
    pub fn permission(&self, name: &str) -> Option<&Permission> {
        self.permission_index.get(name).map(|&i| &self.permissions[i])
    }
    /// The permissions that open a capability.
    pub fn permissions_of(&self, capability: &str) -> impl Iterator<Item = &Permission> {
        self.permissions.iter().filter(move |p| p.capability == *capability)
    }
    /// Every capability.
    pub fn capabilities(&self) -> &[Capability] {
        &self.capabilities
    }
    /// The capability of this id.
    pub fn capability(&self, id: &str) -> Option<&Capability> {
        self.capabilities.iter().find(|c| c.id == *id)
    }
    /// Every kind of personal information.
    pub fn data_items(&self) -> &[DataItem] {
        &self.data_items
    }
    /// The kind of personal information of this id.
    pub fn data_item(&self, id: &str) -> Option<&DataItem> {
        self.data_items.iter().find(|d| d.id == *id)
    }
    /// Every SDK.
    pub fn sdks(&self) -> &[Sdk] {
        &self.sdks
    }
    /// The SDK of this id.
    pub fn sdk(&self, id: &str) -> Option<&Sdk> {
        self.sdk_index.get(id).map(|&i| &self.sdks[i])
    }
    /// Every vendor family.
    pub fn families(&self) -> &[Family] {
        &self.families
    }
    /// Names that name only a kind of component.
    pub fn generic_names(&self) -> &[GenericName] {
        &self.generic_names
    }
    /// Every hardening product.
    pub fn packers(&self) -> &[Packer] {
        &self.packers
    }
    /// Every clause.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }
    /// The clause of this id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id == *id)
    }
    /// The 39 service types, by number.
    pub fn service_types(&self) -> &[ServiceType] {
        &self.service_types
    }
}
