//! The types of schema `audit/1`. Field names never change their meaning; new ones may be added.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// One report: an audit, a package alone, or a policy alone.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Report {
    /// Always `audit/1`.
    pub schema: String,
    /// What made it.
    pub tool: Tool,
    /// The app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<App>,
    /// The policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyInfo>,
    /// What was and was not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// Every permission asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<Permission>>,
    /// Every component found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sdks: Option<Vec<Sdk>>,
    /// Every kind of personal information that code reads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Vec<Data>>,
    /// What the policy discloses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disclosed: Option<Disclosed>,
    /// The findings, gravest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub findings: Option<Vec<Finding>>,
    /// Every rule that ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<Rule>>,
    /// Counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Summary>,
    /// What kind of service the app is, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_type: Option<ServiceType>,
    /// How the report stands to an earlier one, when one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Baseline>,
}

/// One of the 39 service types.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ServiceType {
    /// Number, 1 to 39.
    pub number: u8,
    /// Its name in the language of the report.
    pub name: String,
    /// Why it was guessed; `null` when a person gave it.
    pub guess: Option<String>,
}

/// How a report stands to an earlier one.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Baseline {
    /// Findings in both, left out of this report.
    pub known: usize,
    /// Findings of the earlier report that are not found any more.
    pub gone: Vec<Gone>,
}

/// A finding of an earlier report that is not found any more.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Gone {
    /// Rule id.
    pub rule: String,
    /// Subject.
    pub subject: String,
    /// Whether the rule can no longer decide.
    pub undetermined: bool,
}

/// What made the report.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Tool {
    /// Name of the crate.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Version of the catalogue.
    pub catalogue: String,
}

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
    /// File of the pointer.
    pub file: String,
    /// Line of the pointer.
    pub line: u32,
    /// The pointing words.
    pub quote: String,
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
    /// Why.
    pub why: String,
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

/// A place in the code.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Call {
    /// Calling class and method.
    pub caller: String,
    /// What is called or read.
    pub api: String,
    /// The personal information it reads; null for a use that only a permission gates.
    pub data: Option<String>,
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

/// What the policy discloses.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Disclosed {
    /// By capability.
    pub permissions: Vec<DisclosedCapability>,
    /// By component.
    pub sdks: Vec<DisclosedSdk>,
    /// By kind of personal information.
    pub data: Vec<DisclosedItem>,
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

/// What a bulletin calls a problem.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Bulletin {
    /// `CAC`, `CVERC`, `MIIT`, `MPS`.
    pub issuer: String,
    /// Its words.
    pub wording: String,
}

/// What each side says of the personal information an SDK handles, as catalogue ids.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Corners {
    /// Whether the package holds it; `null` when that cannot be said.
    pub in_package: Option<bool>,
    /// What its code can read by direct calls.
    pub code: Vec<String>,
    /// What the policy's entries list; `null` when it is not named.
    pub policy: Option<Vec<String>>,
    /// What its publisher's rules name, by the catalogue.
    pub publisher: Vec<String>,
    /// What the national SDK platform has on record; `null` without a record.
    pub record: Option<Vec<String>>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Finding {
    /// Rule id.
    pub rule: String,
    /// `high`, `medium`, `low`, `note`.
    pub severity: String,
    /// `high`, `medium`, `low`.
    pub confidence: String,
    /// Catalogue id, or a name as the policy writes it.
    pub subject: String,
    /// What it covers.
    pub subjects: Vec<String>,
    /// What was seen.
    pub message: String,
    /// What shows it; never empty.
    pub evidence: Vec<Evidence>,
    /// Catalogue ids of the clauses, in force or recommended.
    pub clauses: Vec<String>,
    /// Those of them whose numbers are still to be checked against the official text.
    pub unverified: Vec<String>,
    /// Catalogue ids of drafts: outlook only.
    pub outlook: Vec<String>,
    /// What the authorities' bulletins call such a problem.
    pub bulletins: Vec<Bulletin>,
    /// What to do.
    pub remedy: String,
    /// How a person re-checks it.
    pub recheck: String,
    /// For an SDK: what each side says of the information it handles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corners: Option<Corners>,
    /// The team's reason for waiving it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
    /// The last day of a waiver that no longer holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiver_ended: Option<String>,
}

/// What shows a finding.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Evidence {
    /// A place in the package.
    Trace {
        /// The split it stands in.
        #[serde(skip_serializing_if = "Option::is_none")]
        split: Option<String>,
        /// Entry.
        entry: String,
        /// Class.
        #[serde(skip_serializing_if = "Option::is_none")]
        class: Option<String>,
        /// Method.
        #[serde(skip_serializing_if = "Option::is_none")]
        method: Option<String>,
        /// Byte offset.
        #[serde(skip_serializing_if = "Option::is_none")]
        offset: Option<u32>,
        /// What stands there.
        value: String,
    },
    /// A place in the policy.
    Passage(Passage),
    /// A search that found nothing.
    Search {
        /// The words looked for.
        terms: Vec<String>,
        /// The documents read.
        documents: Vec<SearchedDocument>,
        /// Where such a word stands and did not count.
        near: Vec<NearMiss>,
    },
}

/// One document searched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchedDocument {
    /// File name without directories.
    pub file: String,
    /// Lines (pages for PDF).
    pub lines: u32,
    /// Its sections.
    pub regions: Vec<SearchedRegion>,
}

/// One section searched.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SearchedRegion {
    /// First line.
    pub from: u32,
    /// Last line.
    pub to: u32,
    /// What it is about.
    pub role: String,
}

/// A word that did not count.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NearMiss {
    /// The word.
    pub word: String,
    /// Why it did not count.
    pub why: String,
    /// Where.
    pub passage: Passage,
}

/// What one rule said.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Rule {
    /// Rule id.
    pub id: String,
    /// `found`, `clear`, `undetermined`, `not_applicable`.
    pub outcome: String,
    /// Why, where it needs saying.
    pub reason: Option<String>,
}

/// Counts.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// Findings by severity, without waived ones.
    pub findings: BTreeMap<String, usize>,
    /// Permissions by verdict.
    pub permissions: BTreeMap<String, usize>,
    /// Components that need disclosure by verdict.
    pub sdks: BTreeMap<String, usize>,
}

/// One app of a batch that could not be audited.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Failure {
    /// Always `audit/1`.
    pub schema: String,
    /// The app.
    pub app: FailedApp,
    /// What went wrong.
    pub error: Unread,
}

/// The app that could not be audited.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FailedApp {
    /// Its path below the directory given.
    pub file: String,
}

impl Failure {
    /// A failure of the app `file` because of `place`.
    pub fn new(file: &str, place: &str, why: &str) -> Self {
        Self {
            schema: super::SCHEMA.to_owned(),
            app: FailedApp { file: file.to_owned() },
            error: Unread { place: place.to_owned(), why: why.to_owned() },
        }
    }
}
