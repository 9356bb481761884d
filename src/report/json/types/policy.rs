//! The policy side: its files and facts, and what it discloses.

use schemars::JsonSchema;
use serde::Serialize;

/// The policy.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PolicyInfo {
    /// The documents, main policy first.
    pub files: Vec<PolicyFile>,
    /// App named.
    pub app_name: Option<String>,
    /// Operator named.
    pub operator: Option<String>,
    /// Date of publication, ISO 8601.
    pub published: Option<String>,
    /// Date of the last update, ISO 8601.
    pub updated: Option<String>,
    /// Date of effect, ISO 8601.
    pub effective: Option<String>,
    /// `zh`, `en` or `zh+en`.
    pub language: String,
    /// Lists it points to that were not given.
    pub external_lists: Vec<ExternalList>,
    /// How many permissions or SDKs it says it lists, beside how many stand there.
    pub counts: Vec<StatedCount>,
    /// Permission constants whose explanation beside them names something else.
    pub glosses: Vec<GlossMismatch>,
}

/// A number the policy states of a list of its own (共计6项系统权限).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatedCount {
    /// The number as stated.
    pub stated: u32,
    /// How many items or rows the list holds.
    pub listed: u32,
    /// Whether the two agree.
    pub agrees: bool,
    /// Where it is stated.
    pub passage: Passage,
}

/// A permission constant explained as something else (`READ_SMS：读取通讯录`). Both count as disclosed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GlossMismatch {
    /// The constant as written.
    pub permission: String,
    /// Capability that the explanation names.
    pub explained_as: String,
    /// The constant with its explanation.
    pub passage: Passage,
}

/// One policy file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PolicyFile {
    /// File name without directories.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Encoding.
    pub encoding: String,
    /// Format.
    pub format: String,
    /// Lines (pages for PDF).
    pub lines: u32,
}

/// A list elsewhere.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ExternalList {
    /// `sdk`, `collection`, `sharing`, `permission`.
    pub kind: String,
    /// Its name as written.
    pub name: String,
    /// `any`, `android`, `ios`, `harmony`, or `other` for other devices and forms. Only lists for Android leave rules undetermined.
    pub platform: String,
    /// File of the pointer.
    pub file: String,
    /// Line of the pointer.
    pub line: u32,
    /// The pointing words.
    pub quote: String,
}

/// A place in the policy.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Passage {
    /// File name without directories.
    pub file: String,
    /// Line from 1 (page for PDF).
    pub line: u32,
    /// Column from 1, in characters.
    pub column: u32,
    /// The words.
    pub quote: String,
    /// `first_party`, `sdk:ID`, `partner`; null where nobody acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
}

/// What the policy discloses.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Disclosed {
    /// By capability.
    pub permissions: Vec<DisclosedCapability>,
    /// By component.
    pub sdks: Vec<DisclosedSdk>,
    /// By kind of personal information.
    pub data: Vec<DisclosedItem>,
    /// Everything said not to be done on Android, of capabilities and of data, by whomever, in the order of the text.
    pub denied: Vec<Denied>,
}

/// Something said not to be done.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Denied {
    /// Catalogue id of the capability; null where data is denied.
    pub capability: Option<String>,
    /// Catalogue id of the kind of information; null where a capability is denied.
    pub item: Option<String>,
    /// `full`, `partial` or `conditional`.
    pub kind: String,
    /// Where; `scope` says who does not do it.
    pub passage: Passage,
}

/// What the policy says of one capability.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisclosedCapability {
    /// Catalogue id.
    pub capability: String,
    /// `disclosed`, `denied` or `ios_only`.
    pub status: String,
    /// `first_party`, `sdk:ID`, `partner`.
    pub scope: Vec<String>,
    /// Denials beside it.
    pub denials: Vec<Denial>,
    /// Where.
    pub evidence: Vec<Passage>,
}

/// One denial.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Denial {
    /// `full`, `partial` or `conditional`.
    pub kind: String,
    /// Where.
    pub passage: Passage,
}

/// One component as the policy lists it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisclosedSdk {
    /// Name as written.
    pub name: String,
    /// Catalogue id, when the name is known.
    pub id: Option<String>,
    /// Company as written.
    pub company: Option<String>,
    /// Java package as written.
    pub package: Option<String>,
    /// Personal information listed.
    pub data: Vec<String>,
    /// Purpose as written.
    pub purpose: Option<String>,
    /// Link as written.
    pub link: Option<String>,
    /// Whether it is in the package; null when that cannot be said.
    pub in_app: Option<bool>,
    /// Where.
    pub evidence: Vec<Passage>,
}

/// What the policy says of one kind of personal information.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DisclosedItem {
    /// Catalogue id.
    pub item: String,
    /// `first_party`, `sdk:ID`, `partner`.
    pub scope: Vec<String>,
    /// Where.
    pub evidence: Vec<Passage>,
}
