//! What tells whose code it is, where code may come from elsewhere, and how to weigh some calls.

use serde::Deserialize;

/// Marks in code that belong to no SDK.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeMarks {
    /// Class packages of platform support code, by whole dotted segments.
    pub support: Vec<String>,
    /// Application frameworks, by id.
    #[serde(rename = "framework")]
    pub frameworks: Vec<Framework>,
    /// Libraries that replace or add code after installation, by name.
    #[serde(rename = "plugin")]
    pub plugins: Vec<Plugin>,
    /// Framework methods that load code.
    #[serde(rename = "loader")]
    pub loaders: Vec<Loader>,
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
