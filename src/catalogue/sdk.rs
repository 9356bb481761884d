//! Third-party components: names as policies write them, signatures as packages show them.

use serde::{Deserialize, Serialize};

use super::id::{DataItemId, FamilyId, SdkId};

/// One third-party component.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sdk {
    /// Identifier: `tencent-tpns`.
    pub id: SdkId,
    /// Chinese product name.
    pub name_zh: String,
    /// English product name.
    pub name_en: String,
    /// What it is.
    pub kind: SdkKind,
    /// What it does.
    pub category: SdkCategory,
    /// Chinese company name.
    #[serde(default)]
    pub vendor_zh: String,
    /// English company name.
    #[serde(default)]
    pub vendor_en: String,
    /// Further companies that stand for it in policies.
    #[serde(default)]
    pub vendor_aliases: Vec<String>,
    /// The vendor family.
    #[serde(default)]
    pub family: Option<FamilyId>,
    /// What policies call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether it handles personal information or reports over the network, so that a policy must name it.
    pub needs_disclosure: bool,
    /// What identifies it in a package.
    #[serde(default)]
    pub signatures: Signatures,
    /// What its publisher says it collects.
    #[serde(default)]
    pub claimed_data: Vec<DataItemId>,
    /// Where a package states its version; the first that does so counts.
    #[serde(default)]
    pub versions: Vec<VersionMark>,
    /// SDKs whose classes its own archive brings along, reported under it when nothing else speaks for them.
    #[serde(default)]
    pub bundles: Vec<SdkId>,
    /// SDKs whose disclosure covers this one.
    #[serde(default)]
    pub covered_by: Vec<SdkId>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What identifies an SDK in a package. `${applicationId}` stands for the app's package, a leading `*.` for any package.
///
/// A class package belongs to one SDK only. A library or a meta-data key may stand with several SDKs of one vendor: then it
/// tells the vendor, and no product.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signatures {
    /// Class packages, matched by whole dotted segments; the longest wins over all SDKs.
    pub packages: Vec<String>,
    /// Class packages that are weak on their own: a vendor's whole namespace, or what other SDKs bundle.
    pub fallback_packages: Vec<String>,
    /// Component class names.
    pub components: Vec<String>,
    /// Native library file names.
    pub native_libs: Vec<String>,
    /// Native library file names, as regular expressions over the whole name.
    pub native_lib_patterns: Vec<String>,
    /// Meta-data keys.
    pub meta_data: Vec<String>,
    /// Custom permission names.
    pub permissions: Vec<String>,
    /// Provider authorities.
    pub authorities: Vec<String>,
    /// Actions of the manifest's intent filters.
    pub actions: Vec<String>,
    /// Asset paths, from `assets/` on.
    pub assets: Vec<String>,
    /// Constant strings that survive renaming, whole: addresses, preference names, log tags.
    pub strings: Vec<String>,
}

/// A place where a package states the version of an SDK.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionMark {
    /// What kind of place.
    pub place: VersionPlace,
    /// Which: `Lcom/example/Build;->VERSION` for a field or method, a key, the path of an entry, or a regular expression over
    /// the whole file name of a native library.
    pub at: String,
    /// Regular expression whose groups, with dots between, are the version. Without it the whole text is; a library's name
    /// must have groups of its own.
    #[serde(default)]
    pub pattern: Option<String>,
}

/// Kinds of places that state a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionPlace {
    /// The first value of a static field, or the constant its class initialiser gives it.
    Field,
    /// A method that returns a constant.
    Method,
    /// The value of a meta-data key.
    MetaData,
    /// The name of a native library.
    NativeLib,
    /// The text of an entry of the package.
    File,
}

/// What a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SdkKind {
    /// A component that serves the app's users or its operator.
    Sdk,
    /// Plumbing: networking, images, JSON, UI. Needs no disclosure.
    Utility,
    /// A hardening product.
    Hardening,
}

/// What a component does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum SdkCategory {
    Ads,
    Analytics,
    CloudService,
    Content,
    Crash,
    CustomerService,
    Framework,
    GameChannel,
    Hardening,
    ImRtcLive,
    MapsLocation,
    OcrFace,
    OneKeyLogin,
    Payment,
    Push,
    Security,
    SocialShareLogin,
    Speech,
    Utility,
    UtilityService,
}

/// A vendor family and what its vague names may cover (友盟, 百度SDK).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Identifier: `umeng`.
    pub id: FamilyId,
    /// Chinese name.
    pub name_zh: String,
    /// Spellings that name the family and no product.
    #[serde(default)]
    pub vague_names: Vec<String>,
    /// Operator companies.
    #[serde(default)]
    pub companies: Vec<String>,
    /// What a vague name means when no purpose word settles it.
    #[serde(default)]
    pub default: Vec<SdkId>,
    /// The widest reading.
    #[serde(default)]
    pub could_cover: Vec<SdkId>,
    /// Purpose words that settle it, first match first.
    #[serde(default)]
    pub purpose_hints: Vec<PurposeHint>,
}

/// Words beside a vague name that tell which product is meant.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeHint {
    /// Regular expression over the row or sentence.
    pub pattern: String,
    /// The products meant.
    pub ids: Vec<SdkId>,
}

/// A name that says only what kind of component is meant (手机厂商推送).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GenericName {
    /// The name.
    pub name: String,
    /// The widest reading.
    #[serde(default)]
    pub could_cover: Vec<SdkId>,
}
