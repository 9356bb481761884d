//! What is known of a package once it was read: plain data, no readers.

use serde::Serialize;

use super::owner::within;
use crate::catalogue::{DataItemId, EvidenceGrade, PackerId, SdkId};

/// A place in a package: enough to find it again with any other tool.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Trace {
    /// The split (APK file name inside the set) it stands in; `None` for a single APK and for the base.
    pub split: Option<String>,
    /// Entry name: `AndroidManifest.xml`, `classes2.dex`, `lib/arm64-v8a/libx.so`.
    pub entry: String,
    /// Class name with dots, where there is one.
    pub class: Option<String>,
    /// Method name, where there is one.
    pub method: Option<String>,
    /// Byte offset within the entry, or the source line for a text manifest.
    pub offset: Option<u32>,
    /// What stands there: an element, a component, a key, an API.
    pub value: String,
}

impl Trace {
    /// A place that is a whole entry, or something named in it.
    pub fn entry(entry: impl Into<String>, value: impl Into<String>) -> Self {
        Self { split: None, entry: entry.into(), class: None, method: None, offset: None, value: value.into() }
    }
}

/// Everything known of one app.
#[derive(Debug, Clone, Default)]
pub struct Apk {
    /// File name as given, without directories, lossily decoded.
    pub file: String,
    /// SHA-256 of the file in hex; of a folder of splits, of the sorted hashes of its parts. Empty when it was not asked for.
    pub sha256: String,
    /// Bytes on disk.
    pub size: u64,
    /// What kind of package was read.
    pub kind: PackageKind,
    /// The (merged) manifest.
    pub manifest: Manifest,
    /// Label in the default locale, and in Chinese when resources.arsc has one.
    pub label: Option<String>,
    /// Label in Chinese, when it has one of its own.
    pub label_zh: Option<String>,
    /// File names of the splits of a set, base first; empty for a single APK.
    pub splits: Vec<String>,
    /// Dex files in load order.
    pub dex: Vec<DexFile>,
    /// Every class the dex files define, sorted, with dots (`com.umeng.analytics.MobclickAgent`), `$` kept.
    pub classes: Vec<String>,
    /// Native libraries, sorted by entry.
    pub native_libs: Vec<NativeLib>,
    /// SDKs found, sorted by id. Utilities are among them; `Sdk::needs_disclosure` tells them apart.
    pub sdks: Vec<DetectedSdk>,
    /// Uses of personal-information APIs, in load order of the dex files and by offset. Of weak signs, the first for each caller
    /// (app, SDK or support code).
    pub calls: Vec<Call>,
    /// Permissions whose use was seen, sorted by permission, then in load order and by offset; the first of each class.
    pub permission_uses: Vec<PermissionUse>,
    /// The hardening product that wraps it.
    pub packer: Option<Packing>,
    /// Places that load code from outside the dex files seen (plug-in frameworks, hot-fix, DexClassLoader), sorted. Absence
    /// of something in the code then proves less.
    pub dynamic: Vec<Trace>,
    /// Hosts that constant strings of the dex files name in addresses (`https://…`), sorted; at [`Depth::Calls`] only. The code
    /// knows them, which shows no traffic.
    pub hosts: Vec<Host>,
    /// Application frameworks: `flutter`, `react-native`, `uni-app`, `unity`, `cordova`; sorted.
    pub frameworks: Vec<String>,
    /// Signing certificates, not verified.
    pub signers: Vec<Signer>,
    /// Ways in which the package departs from what its format says, each a sentence.
    pub deviations: Vec<String>,
    /// What was and was not seen.
    pub coverage: Coverage,
}

impl Apk {
    /// Whether code of the app may come from outside the dex files seen: a plug-in or hot-fix framework, or a class loader in
    /// code that belongs to no SDK. An SDK that loads parts of itself hides nothing else.
    pub fn dynamic_code(&self) -> bool {
        let prefixes: Vec<&str> = self
            .sdks
            .iter()
            .flat_map(|s| &s.evidence)
            .filter(|e| e.channel == Channel::Package)
            .map(|e| e.value.as_str())
            .collect();
        self.dynamic.iter().any(|trace| {
            let framework = !trace.value.starts_with('L');
            let class = trace.class.as_deref().unwrap_or_default();
            framework || !prefixes.iter().any(|p| within(class, p))
        })
    }
}

/// What kind of package was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageKind {
    /// One APK.
    #[default]
    Apk,
    /// Several APKs of one app.
    SplitSet,
    /// A text AndroidManifest.xml: no code, no permissions merged in from libraries.
    SourceManifest,
}

/// The merged manifest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// Application id.
    pub package: String,
    /// `android:versionName`, resolved.
    pub version_name: Option<String>,
    /// `android:versionCode` with `versionCodeMajor` in the upper half.
    pub version_code: Option<u64>,
    /// `android:minSdkVersion`; the platform takes 1 when it is absent.
    pub min_sdk: Option<u32>,
    /// `android:targetSdkVersion`; the platform takes minSdkVersion when it is absent.
    pub target_sdk: Option<u32>,
    /// `android:maxSdkVersion`.
    pub max_sdk: Option<u32>,
    /// `android:sharedUserId`.
    pub shared_user_id: Option<String>,
    /// Split name, for one APK of a set read alone.
    pub split: Option<String>,
    /// Whether the app cannot run without further splits (`android:isSplitRequired`).
    pub splits_required: bool,
    /// `android:name` of `<application>`, full class name.
    pub application_class: Option<String>,
    /// `android:label` of `<application>`: text or reference.
    pub label: Option<Value>,
    /// `android:debuggable`.
    pub debuggable: bool,
    /// `android:usesCleartextTraffic`.
    pub cleartext: Option<bool>,
    /// Permissions asked for, in manifest order, then implied ones.
    pub permissions: Vec<RequestedPermission>,
    /// `<permission>` names the app defines, in manifest order.
    pub declared_permissions: Vec<DeclaredPermission>,
    /// Activities, services, receivers, providers, aliases, in manifest order.
    pub components: Vec<Component>,
    /// `<meta-data>` of the application and its components, in manifest order.
    pub meta_data: Vec<MetaData>,
    /// `<queries>`.
    pub queries: Queries,
    /// `<uses-feature>`, in manifest order.
    pub features: Vec<Feature>,
    /// `<uses-library>` and `<uses-native-library>` names, in manifest order.
    pub libraries: Vec<String>,
}

impl Manifest {
    /// The target API level the platform assumes: targetSdkVersion, else minSdkVersion, else 1.
    pub fn effective_target_sdk(&self) -> u32 {
        self.target_sdk.or(self.min_sdk).unwrap_or(1)
    }
}

/// An attribute value before resources are resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Text.
    Text(String),
    /// A resource id such as `0x7f0b0001`.
    Reference(u32),
}

/// One permission the app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestedPermission {
    /// Full name.
    pub name: String,
    /// Last API level on which it is asked for.
    pub max_sdk: Option<u32>,
    /// How it comes to be asked for.
    pub source: PermissionSource,
    /// Where it stands.
    pub trace: Trace,
}

/// How a permission comes to be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PermissionSource {
    /// `<uses-permission>`.
    UsesPermission,
    /// `<uses-permission-sdk-23>`: counts from API 23 on.
    UsesPermissionSdk23,
    /// Added by the platform: by another permission's name, or by an old target SDK.
    Implied {
        /// Why the platform adds it.
        by: String,
    },
    /// Guards a component that only the system binds (`android:permission` of an accessibility service).
    Component {
        /// The component's class.
        class: String,
    },
}

/// A permission the app defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeclaredPermission {
    /// Full name.
    pub name: String,
    /// `android:protectionLevel` as number, when given.
    pub protection: Option<u32>,
}

/// Kind of component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentKind {
    /// `<activity>`
    Activity,
    /// `<activity-alias>`
    ActivityAlias,
    /// `<service>`
    Service,
    /// `<receiver>`
    Receiver,
    /// `<provider>`
    Provider,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// Its kind.
    pub kind: ComponentKind,
    /// Full class name.
    pub class: String,
    /// `android:targetActivity` of an alias, full class name.
    pub target: Option<String>,
    /// `android:permission`.
    pub permission: Option<String>,
    /// `android:exported`, where given.
    pub exported: Option<bool>,
    /// `android:process`, where given.
    pub process: Option<String>,
    /// `android:authorities`, split at semicolons.
    pub authorities: Vec<String>,
    /// Actions of its intent filters, in order, without repeats.
    pub actions: Vec<String>,
    /// Where it stands.
    pub trace: Trace,
}

/// One `<meta-data>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetaData {
    /// `android:name`.
    pub key: String,
    /// `android:value` or `android:resource`.
    pub value: Option<Value>,
    /// Class of the component it belongs to; `None` for the application.
    pub owner: Option<String>,
}

/// `<queries>`: which other packages the app may see from API 30 on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Queries {
    /// Package names.
    pub packages: Vec<String>,
    /// Intent actions.
    pub actions: Vec<String>,
    /// Provider authorities.
    pub providers: Vec<String>,
}

/// One `<uses-feature>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feature {
    /// `android:name`; `None` for a GL ES version.
    pub name: Option<String>,
    /// `android:required`, true when absent.
    pub required: bool,
}

/// One dex file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DexFile {
    /// The split it stands in.
    pub split: Option<String>,
    /// Entry name.
    pub entry: String,
    /// Uncompressed bytes.
    pub bytes: u64,
    /// Version digits of the magic: `035`.
    pub version: String,
    /// Classes it defines.
    pub classes: usize,
}

/// One native library.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NativeLib {
    /// The split it stands in.
    pub split: Option<String>,
    /// Entry name.
    pub entry: String,
    /// ABI directory: `arm64-v8a`.
    pub abi: String,
    /// File name: `libx.so`.
    pub name: String,
}

/// A channel through which an SDK shows itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Class package.
    Package,
    /// Component class name.
    Component,
    /// Native library.
    NativeLib,
    /// Meta-data key.
    MetaData,
    /// Custom permission.
    Permission,
    /// Provider authority.
    Authority,
    /// Intent action.
    Action,
    /// Asset path.
    Asset,
    /// Constant string.
    String,
}

/// One sign of an SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkEvidence {
    /// The channel.
    pub channel: Channel,
    /// The signature that matched: `com.umeng.analytics`.
    pub value: String,
    /// How many classes, components or files matched.
    pub count: usize,
    /// Whether it identifies this SDK alone (a fallback package, a two-segment prefix or a shared key does not).
    pub strong: bool,
    /// One place where it stands.
    pub trace: Trace,
}

/// How sure a recognition is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// A weak sign only: never a finding.
    Low,
    /// One strong channel.
    Medium,
    /// Two independent strong channels, or a unique meta-data key: enough for an accusation (rules.md F04).
    High,
}

/// An SDK found in the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetectedSdk {
    /// Which.
    pub id: SdkId,
    /// Every sign that fired, sorted; never empty.
    pub evidence: Vec<SdkEvidence>,
    /// How sure.
    pub confidence: Confidence,
    /// The SDK that brings it along, when nothing else speaks for it.
    pub bundled_by: Option<SdkId>,
    /// Its version, where the package states it.
    pub version: Option<SdkVersion>,
}

/// The version of an SDK.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkVersion {
    /// As the package states it, without words around it.
    pub text: String,
    /// Where it stands; the value is the text as found.
    pub trace: Trace,
}

/// Use of a personal-information API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The personal information it reads.
    pub item: DataItemId,
    /// What the match proves.
    pub grade: EvidenceGrade,
    /// `Landroid/telephony/TelephonyManager;->getDeviceId`, a field, a URI or a string; with its argument where one was needed.
    pub api: String,
    /// Calling class, with dots.
    pub class: String,
    /// Calling method.
    pub method: String,
    /// The split it stands in.
    pub split: Option<String>,
    /// Entry of the dex file.
    pub dex: String,
    /// Byte offset of the instruction in the dex file.
    pub offset: u32,
    /// The SDK the caller belongs to; `None` is the app itself or code nobody claims.
    pub sdk: Option<SdkId>,
    /// Whether the caller is platform support code (androidx, kotlin): never the app's own act.
    pub support: bool,
}

/// Use of an API that a permission gates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PermissionUse {
    /// Full permission name.
    pub permission: String,
    /// The gated API, URI, intent or the permission string itself.
    pub api: String,
    /// Calling class, with dots; the component, when its intent filter shows the use.
    pub class: String,
    /// Calling method; empty for an intent filter.
    pub method: String,
    /// The split it stands in.
    pub split: Option<String>,
    /// Entry of the dex file; `AndroidManifest.xml` for an intent filter.
    pub dex: String,
    /// Byte offset of the instruction in the dex file; 0 for an intent filter.
    pub offset: u32,
    /// The SDK the caller belongs to.
    pub sdk: Option<SdkId>,
    /// Whether the caller is platform support code (androidx, kotlin).
    pub support: bool,
}

/// A hardening product that wraps the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packing {
    /// Which; `None` when only the vendor-independent test fired.
    pub id: Option<PackerId>,
    /// Name for display.
    pub name: String,
    /// What shows it; never empty.
    pub evidence: Vec<Trace>,
}

/// A host that the code names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Its name in lower case, without port: `app-measurement.com`.
    pub name: String,
    /// The first string that names it: the dex file, and the offset of the string in it.
    pub trace: Trace,
}

/// A signing certificate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Signer {
    /// Subject, as RFC 4514 text.
    pub subject: String,
    /// SHA-256 of the DER certificate, hex.
    pub sha256: String,
}

/// How much of something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Nothing.
    #[default]
    None,
    /// Something is hidden or unreadable.
    Partial,
    /// All there is.
    Full,
}

/// What was and was not seen of a package.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The manifest.
    pub manifest: Seen,
    /// Class lists of all dex files. `Partial` when packed, unreadable in part, or code is loaded from elsewhere.
    pub classes: Seen,
    /// Instructions of all dex files.
    pub calls: Seen,
    /// What could not be read, and why.
    pub unread: Vec<Unread>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Unread {
    /// Entry, file, or part.
    #[serde(rename = "where")]
    pub place: String,
    /// Why, as a clause without full stop.
    pub why: String,
}

/// How far to look into a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// The manifest and its labels.
    Manifest,
    /// Also class lists, libraries, assets.
    Classes,
    /// Also the instructions.
    #[default]
    Calls,
}
