//! Hardening products and the marks they leave.

use serde::Deserialize;

use super::id::{PackerId, SdkId};

/// One hardening product.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packer {
    /// Identifier: `360-jiagu`.
    pub id: PackerId,
    /// Chinese name.
    pub name_zh: String,
    /// English name.
    pub name_en: String,
    /// What policies call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Its entry among the SDKs.
    #[serde(default)]
    pub sdk: Option<SdkId>,
    /// Native library file names.
    #[serde(default)]
    pub native_libs: Vec<String>,
    /// Native library file names, as regular expressions over the whole name.
    #[serde(default)]
    pub native_lib_patterns: Vec<String>,
    /// Application classes that unpack.
    #[serde(default)]
    pub stub_applications: Vec<String>,
    /// Class packages of the stub.
    #[serde(default)]
    pub class_prefixes: Vec<String>,
    /// Entries of the package.
    #[serde(default)]
    pub assets: Vec<String>,
    /// Those of the marks above that prove nothing alone.
    #[serde(default)]
    pub weak_markers: Vec<String>,
    /// Where these facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
}
