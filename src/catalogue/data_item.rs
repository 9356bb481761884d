//! Kinds of personal information and the framework calls that show an app collects them.

use serde::{Deserialize, Serialize};

use super::id::DataItemId;

/// One kind of personal information.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataItem {
    /// Identifier: `android_id`.
    pub id: DataItemId,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// Group for display: `device-id`, `location`.
    pub category: String,
    /// What policies call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Those of `aliases` that are everyday words or tiny tokens.
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    /// How sensitive it is.
    pub sensitivity: Sensitivity,
    /// The standard that counts it among sensitive personal information, where one does.
    #[serde(default)]
    pub sensitive_under: Option<SensitiveUnder>,
    /// Whether the word is a class name (设备信息) that does not by itself list its members.
    #[serde(default)]
    pub umbrella: bool,
    /// The umbrella items above it.
    #[serde(default)]
    pub parents: Vec<DataItemId>,
    /// What a match of `apis`, `fields` or `uris` proves.
    pub evidence: EvidenceGrade,
    /// Methods as `Landroid/telephony/TelephonyManager;->getDeviceId`, matched on any prototype.
    #[serde(default)]
    pub apis: Vec<String>,
    /// Methods that count only with a constant argument.
    #[serde(default)]
    pub apis_with_arg: Vec<ApiWithArg>,
    /// Static fields whose read is the evidence: `Landroid/os/Build;->SERIAL`.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Content URIs as strings.
    #[serde(default)]
    pub uris: Vec<String>,
    /// Constant strings that hint at it; weak on their own.
    #[serde(default)]
    pub strings: Vec<String>,
    /// Permissions of which one at least gates the calls; empty when none is needed.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A method that counts only when a constant reaches it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiWithArg {
    /// Method as `Lcls;->name`.
    pub api: String,
    /// The constant: a string, or an integer written in decimal.
    pub arg: String,
}

/// What a match in the code proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceGrade {
    /// The call collects the item.
    Direct,
    /// Needs a second signal.
    Context,
    /// Too common to mean anything alone.
    Weak,
    /// Only the manifest can show it.
    Permission,
    /// Typed in by the user: never visible in code.
    PolicyOnly,
    /// No static evidence exists.
    None,
}

/// How sensitive an item is. `Sensitive` is named in GB/T 35273-2020 annex B or PIPL art. 28; the others are working grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Not sensitive by itself.
    None,
    /// Tells where somebody is.
    Location,
    /// Tells what somebody does or likes.
    Profile,
    /// Content of the user's own.
    Content,
    /// About the body.
    Health,
    /// Sensitive personal information by law or standard.
    Sensitive,
}

/// The standard that counts an item among sensitive personal information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SensitiveUnder {
    /// GB/T 45574-2025 annex A, the classes of PIPL article 28: the reading in force since 2025-11-01.
    Gbt45574,
    /// GB/T 35273-2020 annex B only: the older and wider reading.
    Gbt35273,
}
