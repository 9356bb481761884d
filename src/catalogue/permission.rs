//! Android permissions and the capabilities they open.

use serde::{Deserialize, Serialize};

use super::id::{CapabilityId, DataItemId};

/// One Android permission as the platform (or a vendor) defines it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permission {
    /// Full name: `android.permission.CAMERA`. `*` stands for any text (`*.permission.JPUSH_MESSAGE`), and so does `${applicationId}`.
    pub name: String,
    /// The capability a reader knows it by.
    pub capability: CapabilityId,
    /// Who is granted it.
    #[serde(default)]
    pub protection: Protection,
    /// How a third-party app comes to hold it.
    #[serde(default)]
    pub grant: Grant,
    /// What the rules ask of the policy when an app requests it.
    #[serde(default)]
    pub duty: Duty,
    /// Whether it is special access, granted on a settings screen of its own or through a bound component (F03).
    #[serde(default)]
    pub special_access: bool,
    /// Permission group (`LOCATION`), where the platform has one.
    #[serde(default)]
    pub group: Option<String>,
    /// Chinese label, as system settings or store pages show it.
    #[serde(default)]
    pub label_zh: Option<String>,
    /// What it is for, in a few Chinese words.
    #[serde(default)]
    pub gloss_zh: Option<String>,
    /// What policies call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Those of `aliases` that are everyday words: they count only inside a sentence about collection or permissions.
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    /// The personal information it opens.
    #[serde(default)]
    pub data_items: Vec<DataItemId>,
    /// First API level that knows it.
    #[serde(default)]
    pub since: Option<u32>,
    /// Last API level on which declaring it still has an effect.
    #[serde(default)]
    pub effective_until: Option<u32>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Base protection level (`frameworks/base/core/res/AndroidManifest.xml`, `android:protectionLevel`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protection {
    /// Granted at install without a question.
    Normal,
    /// Asked of the user at run time since API 23.
    Dangerous,
    /// Only for apps signed with the key of the declaring package.
    Signature,
    /// Only for the system itself.
    Internal,
    /// Defined by a device vendor, or by another app.
    Vendor,
    /// Not known to any stored source.
    #[default]
    Unknown,
}

/// How a third-party app comes to hold a permission.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// At install time.
    Install,
    /// By a run-time dialog.
    Runtime,
    /// On a settings screen of its own.
    Special,
    /// By declaring a component that only the system may bind (`BIND_ACCESSIBILITY_SERVICE`).
    Component,
    /// By a device vendor.
    Vendor,
    /// Not at all.
    NotGrantable,
    /// Not known.
    #[default]
    Unknown,
}

/// What the rules ask of the policy for a permission or an SDK.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Must be disclosed.
    Required,
    /// Special access that a careful policy explains.
    Expected,
    /// May be mentioned.
    Optional,
    /// Nothing is asked.
    #[default]
    None,
    /// The declaration has no effect for a third-party app.
    Ineffective,
}

/// What a reader calls a group of permissions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// Identifier: `camera`.
    pub id: CapabilityId,
    /// Chinese name.
    pub zh: String,
    /// English name.
    pub en: String,
    /// What policies call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Those of `aliases` that are everyday words.
    #[serde(default)]
    pub weak_aliases: Vec<String>,
    /// Whether part of what policies call so needs no permission: motion sensors, notifications before API 33, pictures from
    /// the system picker. A policy may then speak of it while the manifest asks for nothing (F13).
    #[serde(default)]
    pub partly_free: bool,
    /// Capabilities whose disclosure tells of this one too (storage tells of pictures).
    #[serde(default)]
    pub covered_by: Vec<CapabilityId>,
    /// Capabilities whose disclosure only hints at this one (location hints at background location).
    #[serde(default)]
    pub wider: Vec<CapabilityId>,
}
