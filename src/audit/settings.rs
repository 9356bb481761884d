//! What a team has settled about its own app before the audit.

/// Settings of one audit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Service type 1–39 of 国信办秘字〔2021〕14号, when a person gave it.
    pub service_type: Option<u8>,
    /// Class packages of the operator's own, beside the app's package.
    pub own_packages: Vec<String>,
}
