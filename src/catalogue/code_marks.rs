//! What tells whose code it is, where code may come from elsewhere, and how to weigh some calls.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data_item::{ApiWithArg, EvidenceGrade};
use super::id::DataItemId;

/// Marks in code that belong to no SDK.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMarks {
    /// Class packages of platform support code, by whole dotted segments.
    pub support: Vec<String>,
    /// Class packages that many makers share (`com.github`): one segment more tells whose a class is.
    pub shared: Vec<String>,
    /// Methods, as `Lcls;->name`, that look a method or field up by name.
    pub reflection: Vec<String>,
    /// Superclasses of framework classes, by descriptor.
    pub framework_parents: BTreeMap<String, String>,
    /// Calls that prove less than the table of data items says.
    #[serde(rename = "refinement")]
    pub refinements: Vec<Refinement>,
    /// Constant strings that hint at an item.
    #[serde(rename = "hint")]
    pub hints: Vec<Hint>,
    /// Application frameworks, by id.
    #[serde(rename = "framework")]
    pub frameworks: Vec<Framework>,
    /// Libraries that replace or add code after installation, by name.
    #[serde(rename = "plugin")]
    pub plugins: Vec<Plugin>,
    /// Framework methods that load code.
    #[serde(rename = "loader")]
    pub loaders: Vec<Loader>,
    /// Services run outside China, by the hosts that receive data for them.
    #[serde(rename = "foreign_host")]
    pub foreign_hosts: Vec<ForeignHost>,
}

impl CodeMarks {
    /// Who runs a host outside China, when that is known of it.
    pub fn foreign_operator(&self, host: &str) -> Option<&str> {
        let under = |end: &String| host.strip_suffix(end.as_str()).is_some_and(|h| h.is_empty() || h.ends_with('.'));
        self.foreign_hosts.iter().find(|f| f.ends.iter().any(under)).map(|f| f.who.as_str())
    }
}

/// A service run outside China.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignHost {
    /// Who runs it.
    pub who: String,
    /// The host names that receive data for it, with everything below them: `adjust.com`.
    pub ends: Vec<String>,
}

/// An application framework: part of the app's code stands outside the dex files.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Identifier: `flutter`.
    pub id: String,
    /// Class packages.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Native library file names.
    #[serde(default)]
    pub native_libs: Vec<String>,
    /// Entries of the package; a closing slash stands for everything below.
    #[serde(default)]
    pub assets: Vec<String>,
    /// Which part of the app's code is not in the dex files.
    pub elsewhere: String,
    /// Whether that code reaches any platform interface itself, so that what the dex files do not call may still be called.
    #[serde(default)]
    pub calls_platform: bool,
}

/// A library that replaces or adds code after installation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plugin {
    /// Its name.
    pub name: String,
    /// Class packages.
    pub packages: Vec<String>,
}

/// A framework method that loads code.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loader {
    /// Method as `Lcls;->name`.
    pub api: String,
    /// Whether it means something only in the app's own code.
    #[serde(default)]
    pub app_only: bool,
}

/// A call that proves less than the table of data items says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refinement {
    /// Method or field as `Lcls;->name`.
    pub api: String,
    /// The item it is about; all when absent.
    #[serde(default)]
    pub item: Option<DataItemId>,
    /// Holds only when none of these constant strings stands in the same method.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Holds only when one of these constant strings stands in the same method.
    #[serde(default)]
    pub with: Vec<String>,
    /// What it proves then.
    pub grade: EvidenceGrade,
    /// Why: what the call does then.
    pub why: String,
}

/// A constant string that hints at items; weak on its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hint {
    /// The whole string.
    pub text: String,
    /// The items.
    pub items: Vec<DataItemId>,
}

/// What shows that a permission is used.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PermissionApi {
    /// Full name of the permission.
    pub name: String,
    /// Methods as `Lcls;->name`.
    #[serde(default)]
    pub apis: Vec<String>,
    /// Methods that need it only with a constant argument.
    #[serde(default)]
    pub apis_with_arg: Vec<ApiWithArg>,
    /// Static fields.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Content URIs, with everything below them.
    #[serde(default)]
    pub uris: Vec<String>,
    /// Whole constant strings: intent actions, settings screens, MIME types.
    #[serde(default)]
    pub strings: Vec<String>,
    /// Actions of the manifest's intent filters.
    #[serde(default)]
    pub actions: Vec<String>,
}
