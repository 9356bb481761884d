//! Permissions the platform adds to those a manifest asks for.

use serde::Deserialize;

/// One line of the platform's table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImpliedPermission {
    /// The permission that brings the others; `None` when every app gets them.
    #[serde(default)]
    pub requested: Option<String>,
    /// What is added.
    pub adds: Vec<String>,
    /// Only for apps with a lower targetSdkVersion; `None` is always.
    #[serde(default)]
    pub below_target: Option<u32>,
    /// First API level on which the platform does so.
    pub since: u32,
}

#[cfg(test)]
mod tests {
    use crate::catalogue::Catalogue;

    #[test]
    fn names_are_known_permissions() {
        let catalogue = Catalogue::builtin();
        for line in catalogue.implied_permissions() {
            for name in line.adds.iter().chain(&line.requested) {
                assert!(catalogue.permission(name).is_some(), "{name}");
            }
        }
    }
}
