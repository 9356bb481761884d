//! What the world calls things: permissions, personal information, SDKs, packers, clauses, service types.
//!
//! Knowledge is data: each kind is a TOML file beside the type that reads it, parsed strictly, and a user's own file can be
//! merged on top. No SDK name, permission string or policy phrase stands in code.

mod builtin;
mod check;
mod clause;
mod code_marks;
mod compact;
mod data_item;
mod error;
mod id;
mod implied;
mod lexicon;
mod packer;
pub(crate) mod pattern;
mod permission;
mod sdk;
mod small;
mod user;

pub use clause::{Bulletin, Clause, ClauseStatus, Issuer, ServiceType};
pub use code_marks::{CodeMarks, ForeignHost, Framework, Hint, Loader, PermissionApi, Plugin, Refinement};
pub use data_item::{ApiWithArg, DataItem, EvidenceGrade, SensitiveUnder, Sensitivity};
pub use error::Error;
pub use id::{CapabilityId, ClauseId, DataItemId, FamilyId, PackerId, SdkId};
pub use implied::ImpliedPermission;
pub use lexicon::{
    Cue, DenialWords, Grammar, Label, Language, Locale, MetaWords, NameWords, PlatformWord, SectionKind, SectionRule,
    Term,
};
pub use packer::Packer;
pub use permission::{Capability, Duty, Grant, Permission, Protection};
pub use sdk::{Family, GenericName, PurposeHint, Sdk, SdkCategory, SdkKind, Signatures, VersionMark, VersionPlace};

pub use user::Merged;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// All knowledge, with look-ups by identifier. Every list is sorted by identifier (permissions by name).
///
/// A part is read when it is first asked for, so that reading a manifest does not pay for a thousand SDKs.
#[derive(Debug, Default)]
pub struct Catalogue {
    merged: Vec<String>,
    version: OnceLock<String>,
    permissions: OnceLock<Vec<Permission>>,
    permission_patterns: OnceLock<Vec<usize>>,
    implied_permissions: OnceLock<Vec<ImpliedPermission>>,
    capabilities: OnceLock<Vec<Capability>>,
    data_items: OnceLock<Vec<DataItem>>,
    sdks: OnceLock<Vec<Sdk>>,
    families: OnceLock<Vec<Family>>,
    generic_names: OnceLock<Vec<GenericName>>,
    packers: OnceLock<Vec<Packer>>,
    clauses: OnceLock<Vec<Clause>>,
    bulletins: OnceLock<Vec<Bulletin>>,
    service_types: OnceLock<Vec<ServiceType>>,
    code_marks: OnceLock<CodeMarks>,
    permission_apis: OnceLock<Vec<PermissionApi>>,
}

/// The entry of this key in a list sorted by key.
fn find<'a, T>(list: &'a [T], key: &str, key_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    list.binary_search_by(|entry| key_of(entry).cmp(key)).ok().map(|i| &list[i])
}

impl Catalogue {
    /// The knowledge that ships with the crate.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Catalogue> = OnceLock::new();
        BUILTIN.get_or_init(Self::default)
    }
    /// The built-in knowledge with users' files merged on top, in order.
    ///
    /// A file holds `[[permission]]`, `[[capability]]`, `[[data_item]]`, `[[sdk]]`, `[[family]]`, `[[generic_name]]`, `[[packer]]`
    /// and `[[clause]]`, written as in the built-in files. An entry with a new identifier is added; one with a known identifier
    /// extends that entry: lists are united, other values replaced.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with file and line: an unknown or missing key, a value of the wrong kind, a reference to an
    /// entry that does not exist, a name or class package that already belongs to another SDK.
    pub fn with_files(files: &[PathBuf]) -> Result<Self, Error> {
        user::merge(files).map(|(catalogue, _)| catalogue).map_err(|mut errors| errors.swap_remove(0))
    }
    /// What the entries of one user file would do.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in the order of the file's sections. Never empty.
    pub fn check_file(file: &Path) -> Result<Vec<Merged>, Vec<Error>> {
        user::merge(&[file.to_owned()]).map(|(_, merged)| merged)
    }
    /// Version of the knowledge: the date of its last change, with `+FILE` for each merged user file.
    pub fn version(&self) -> &str {
        self.version.get_or_init(|| {
            let mut version = builtin::VERSION.to_owned();
            for file in &self.merged {
                version.push('+');
                version.push_str(file);
            }
            version
        })
    }
    /// Every permission, by name.
    pub fn permissions(&self) -> &[Permission] {
        self.permissions.get_or_init(builtin::permissions)
    }
    /// The permission of this name, else the first whose pattern (`*.permission.JPUSH_MESSAGE`) matches it.
    pub fn permission(&self, name: &str) -> Option<&Permission> {
        let all = self.permissions();
        find(all, name, |p| &p.name).or_else(|| {
            let patterns = self
                .permission_patterns
                .get_or_init(|| (0..all.len()).filter(|&i| pattern::is_pattern(&all[i].name)).collect());
            patterns.iter().map(|&i| &all[i]).find(|p| pattern::matches(&p.name, name))
        })
    }
    /// The permissions that open a capability, by name; ineffective ones too.
    pub fn permissions_of(&self, capability: &str) -> impl Iterator<Item = &Permission> {
        self.permissions().iter().filter(move |p| p.capability == *capability)
    }
    /// Permissions the platform adds by itself, in the order it goes by.
    pub fn implied_permissions(&self) -> &[ImpliedPermission] {
        self.implied_permissions.get_or_init(builtin::implied_permissions)
    }
    /// Every capability.
    pub fn capabilities(&self) -> &[Capability] {
        self.capabilities.get_or_init(builtin::capabilities)
    }
    /// The capability of this id.
    pub fn capability(&self, id: &str) -> Option<&Capability> {
        find(self.capabilities(), id, |c| c.id.as_str())
    }
    /// Every kind of personal information.
    pub fn data_items(&self) -> &[DataItem] {
        self.data_items.get_or_init(builtin::data_items)
    }
    /// The kind of personal information of this id.
    pub fn data_item(&self, id: &str) -> Option<&DataItem> {
        find(self.data_items(), id, |d| d.id.as_str())
    }
    /// Every SDK.
    pub fn sdks(&self) -> &[Sdk] {
        self.sdks.get_or_init(builtin::sdks)
    }
    /// The SDK of this id.
    pub fn sdk(&self, id: &str) -> Option<&Sdk> {
        find(self.sdks(), id, |s| s.id.as_str())
    }
    /// Every class package that identifies an SDK. No prefix occurs twice.
    pub fn sdk_package_prefixes(&self) -> impl Iterator<Item = PackagePrefix<'_>> {
        self.sdks().iter().flat_map(|sdk| {
            let own = sdk.signatures.packages.iter().map(|p| (p, p.matches('.').count() != 1));
            let fallback = sdk.signatures.fallback_packages.iter().map(|p| (p, false));
            own.chain(fallback).map(|(prefix, strong)| PackagePrefix { prefix, sdk: &sdk.id, strong })
        })
    }
    /// Every vendor family.
    pub fn families(&self) -> &[Family] {
        self.families.get_or_init(builtin::families)
    }
    /// The vendor family of this id.
    pub fn family(&self, id: &str) -> Option<&Family> {
        find(self.families(), id, |f| f.id.as_str())
    }
    /// Names that name only a kind of component.
    pub fn generic_names(&self) -> &[GenericName] {
        self.generic_names.get_or_init(|| builtin::generic_names(builtin::generic_groups(), self.sdks()))
    }
    /// Every hardening product.
    pub fn packers(&self) -> &[Packer] {
        self.packers.get_or_init(builtin::packers)
    }
    /// The hardening product of this id.
    pub fn packer(&self, id: &str) -> Option<&Packer> {
        find(self.packers(), id, |p| p.id.as_str())
    }
    /// Every clause.
    pub fn clauses(&self) -> &[Clause] {
        self.clauses.get_or_init(builtin::clauses)
    }
    /// The clause of this id.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        find(self.clauses(), id, |c| c.id.as_str())
    }
    /// Bulletin wordings, by rule and issuer.
    pub fn bulletins(&self) -> &[Bulletin] {
        self.bulletins.get_or_init(builtin::bulletins)
    }
    /// The wordings that bulletins use for what this rule finds.
    pub fn bulletins_of(&self, rule: &str) -> impl Iterator<Item = &Bulletin> {
        self.bulletins().iter().filter(move |b| b.rule == rule)
    }
    /// A service type by number or by name in either language, with or without 类.
    pub fn service_type(&self, wanted: &str) -> Option<&ServiceType> {
        let bare = |n: &str| n.trim().trim_end_matches('类').to_lowercase();
        let (number, name) = (wanted.trim().parse::<u8>().ok(), bare(wanted));
        self.service_types().iter().find(|t| number == Some(t.no) || name == bare(&t.zh) || name == bare(&t.en))
    }
    /// The 39 service types, by number.
    pub fn service_types(&self) -> &[ServiceType] {
        self.service_types.get_or_init(builtin::service_types)
    }
    /// Marks in code that belong to no SDK.
    pub fn code_marks(&self) -> &CodeMarks {
        self.code_marks.get_or_init(builtin::code_marks)
    }
    /// Whether an interface, field or URI is known whose use shows that a permission is needed.
    pub fn shows_use(&self, permission: &str) -> bool {
        let lists = |apis: &[String], args: &[ApiWithArg], fields: &[String], uris: &[String]| {
            !(apis.is_empty() && args.is_empty() && fields.is_empty() && uris.is_empty())
        };
        let mut items = self.data_items().iter().filter(|d| d.permissions.iter().any(|p| p == permission));
        let mut apis = self.permission_apis().iter().filter(|p| p.name == permission);
        items.any(|d| lists(&d.apis, &d.apis_with_arg, &d.fields, &d.uris))
            || apis.any(|p| lists(&p.apis, &p.apis_with_arg, &p.fields, &p.uris))
    }
    /// What shows that a permission is used, beyond what the data items say; by name.
    pub fn permission_apis(&self) -> &[PermissionApi] {
        self.permission_apis.get_or_init(builtin::permission_apis)
    }
}

/// A class package that identifies an SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackagePrefix<'a> {
    /// Whole dotted segments: `cn.jpush.android`.
    pub prefix: &'a str,
    /// Whose it is.
    pub sdk: &'a SdkId,
    /// Whether it identifies the SDK alone. A fallback does not, nor do two segments (`com.umeng`), which cover a vendor's
    /// whole namespace.
    pub strong: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_name_and_pattern() {
        let catalogue = Catalogue::builtin();
        let camera = catalogue.permission("android.permission.CAMERA").unwrap();
        assert_eq!(camera.capability, "camera");
        assert_eq!(camera.duty, Duty::Required);
        let push = catalogue.permission("com.example.permission.JPUSH_MESSAGE").unwrap();
        assert_eq!(push.duty, Duty::None);
        assert!(catalogue.permission("com.example.permission.NONE").is_none());
        assert_eq!(catalogue.permission("getui.permission.GetuiService.com.example").unwrap().duty, Duty::None);
        assert!(catalogue.permissions_of("camera").any(|p| p.name == "android.permission.CAMERA"));
    }

    #[test]
    fn holds_every_part() {
        let catalogue = Catalogue::default();
        assert!(catalogue.permissions().len() >= 1315);
        assert_eq!(catalogue.capabilities().len(), 86);
        assert_eq!(catalogue.data_items().len(), 113);
        assert!(catalogue.sdks().len() >= 900);
        assert!(catalogue.families().len() >= 35);
        assert!(catalogue.generic_names().len() >= 100);
        assert_eq!(catalogue.packers().len(), 38);
        assert!(catalogue.clauses().len() >= 100);
        assert_eq!(catalogue.service_types().len(), 39);
        assert!(catalogue.bulletins_of("undisclosed-sdk").count() >= 3);
        assert_eq!(catalogue.sdk("jpush").unwrap().category, SdkCategory::Push);
        assert!(catalogue.family("umeng").is_some() && catalogue.packer("360-jiagu").is_some());
    }

    /// Time of each part, for `cargo test --release -- --ignored --nocapture catalogue_speed`.
    #[test]
    #[ignore = "measures"]
    fn catalogue_speed() {
        for _ in 0..3 {
            let catalogue = Catalogue::default();
            let all = std::time::Instant::now();
            let time = |what: &str, part: &dyn Fn() -> usize| {
                let start = std::time::Instant::now();
                let entries = part();
                println!("{what:16} {entries:5} {:?}", start.elapsed());
            };
            time("permissions", &|| catalogue.permissions().len());
            time("capabilities", &|| catalogue.capabilities().len());
            time("data items", &|| catalogue.data_items().len());
            time("sdks", &|| catalogue.sdks().len());
            time("families", &|| catalogue.families().len());
            time("generic names", &|| catalogue.generic_names().len());
            time("packers", &|| catalogue.packers().len());
            time("clauses", &|| catalogue.clauses().len());
            time("bulletins", &|| catalogue.bulletins().len());
            time("service types", &|| catalogue.service_types().len());
            println!("{:?}", all.elapsed());
            let start = std::time::Instant::now();
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/catalogue-example.toml");
            Catalogue::with_files(&[file]).unwrap();
            println!("with a user's file {:?}\n", start.elapsed());
        }
    }
}
