//! The package side: the app, what of it was seen, its permissions, components and the information its code reads.

use crate::audit::Lang;
use crate::report::notes::told;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Evidence, Passage};

/// The app.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct App {
    /// File name without directories.
    pub file: String,
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// Application id.
    pub package: String,
    /// Label, Chinese when it has one.
    pub label: Option<String>,
    /// `android:versionName`.
    pub version_name: Option<String>,
    /// `android:versionCode`.
    pub version_code: Option<u64>,
    /// `android:minSdkVersion`.
    pub min_sdk: Option<u32>,
    /// `android:targetSdkVersion`.
    pub target_sdk: Option<u32>,
    /// File names of the APKs of a set.
    pub splits: Vec<String>,
    /// Signing certificates, not verified.
    pub signers: Vec<Signer>,
    /// Application frameworks.
    pub frameworks: Vec<String>,
    /// The hardening product, if any.
    pub packer: Option<Packer>,
    /// The code.
    pub dex: Dex,
}

/// A signing certificate.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Signer {
    /// Subject.
    pub subject: String,
    /// SHA-256 of the certificate, hex.
    pub sha256: String,
}

/// A hardening product.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Packer {
    /// Catalogue id; null when only the vendor-independent test fired.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// What shows it.
    pub evidence: Vec<Evidence>,
}

/// The code.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Dex {
    /// Number of dex files.
    pub files: usize,
    /// Their uncompressed bytes.
    pub bytes: u64,
    /// Classes they define.
    pub classes: usize,
}

/// What was and was not seen: `full`, `partial` or `none`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    /// The manifest.
    pub manifest: String,
    /// The code.
    pub dex: String,
    /// The policy.
    pub policy: String,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Unread {
    /// Entry, file or part.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, in English whatever the language of the report.
    pub why: String,
    /// The same in the language of the report.
    pub text: String,
}

impl Unread {
    /// What could not be read, and why.
    pub fn new(place: &str, why: &str, lang: Lang) -> Self {
        Self { place: place.to_owned(), why: why.to_owned(), text: told(why, lang) }
    }
}

/// A place in the code.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Call {
    /// Calling class and method.
    pub caller: String,
    /// What is called or read.
    pub api: String,
    /// The personal information it reads; null for a use that only a permission gates.
    pub data: Option<String>,
    /// How much it proves of that: `direct`, `context` (only with what stands around it), `weak` (a weak kind of information, or a name in a string).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// Entry of the dex file.
    pub dex: String,
    /// Byte offset in the dex file.
    pub offset: u32,
    /// The SDK the caller belongs to; null for the app itself.
    pub sdk: Option<String>,
}

/// One permission.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Permission {
    /// Full name.
    pub name: String,
    /// The capability it opens.
    pub capability: Option<String>,
    /// Protection level.
    pub protection: Option<String>,
    /// `android:maxSdkVersion`.
    pub max_sdk: Option<u32>,
    /// `uses-permission`, `uses-permission-sdk-23`, `implied`, `component`.
    pub source: String,
    /// What it is implied by, or the class of the component it guards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The split whose manifest asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<String>,
    /// What the rules ask of the policy.
    pub duty: String,
    /// The outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the policy speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Vec<Passage>>,
    /// Where code uses what it gates.
    pub code: Vec<Call>,
}

/// One component found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sdk {
    /// Catalogue id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Publisher.
    pub vendor: String,
    /// What it does.
    pub category: String,
    /// Version, where the package states it.
    pub version: Option<String>,
    /// Where it states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_evidence: Option<Evidence>,
    /// How sure the recognition is: `high`, `medium`, `low`.
    pub confidence: String,
    /// The component that brings it along.
    pub bundled_by: Option<String>,
    /// What the rules ask of the policy.
    pub duty: String,
    /// The outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What shows it.
    pub evidence: Vec<Sign>,
    /// Where the policy names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Vec<Passage>>,
    /// Personal information its code reads.
    pub observed_data: Vec<String>,
    /// Personal information its entry lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosed_data: Option<Vec<String>>,
}

/// One sign of a component.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sign {
    /// `package`, `component`, `native-lib`, `meta-data`, …
    pub channel: String,
    /// The signature that matched.
    pub value: String,
    /// How often.
    pub count: usize,
}

/// One kind of personal information that code reads.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Data {
    /// Catalogue id.
    pub id: String,
    /// `app`, `sdk:ID`, or `unknown`: code that neither an SDK of the catalogue claims nor the app's own packages hold.
    pub collectors: Vec<String>,
    /// The outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the policy speaks of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<Vec<Passage>>,
    /// Where code reads it.
    pub code: Vec<Call>,
}
