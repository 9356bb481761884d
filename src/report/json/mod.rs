//! Schema `audit/1`: frozen types of their own, converted from the model and never the model itself. Deterministic: sorted, no
//! clock, no absolute path.

mod apk;
mod audit;
mod policy;
mod types;
pub(super) mod write;

pub use types::*;

use super::Subject;
use crate::audit::Lang;
use crate::catalogue::Catalogue;

/// The schema's name.
pub const SCHEMA: &str = "audit/1";

/// Converts a report.
pub fn convert(subject: Subject<'_>, lang: Lang) -> Report {
    match subject {
        Subject::Audit(audit) => audit::convert(audit, lang),
        Subject::Apk(apk, catalogue) => Report {
            app: Some(apk::app(apk)),
            coverage: Some(apk::coverage(apk, None, lang)),
            permissions: Some(apk::permissions(apk, catalogue)),
            sdks: Some(apk::sdks(apk, catalogue)),
            data: Some(apk::data(apk, catalogue)),
            signs: Some(apk::signs(apk)),
            ..Report::empty(catalogue)
        },
        Subject::Policy(policy, catalogue) => Report {
            policy: Some(policy::policy(policy)),
            disclosed: Some(policy::disclosed(policy, |_| None)),
            ..Report::empty(catalogue)
        },
    }
}

impl Report {
    fn empty(catalogue: &Catalogue) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            tool: Tool {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                catalogue: catalogue.version().to_owned(),
            },
            app: None,
            policy: None,
            coverage: None,
            permissions: None,
            sdks: None,
            data: None,
            signs: None,
            disclosed: None,
            findings: None,
            rules: None,
            summary: None,
            service_type: None,
            baseline: None,
        }
    }
}

/// The JSON Schema of [`Report`], as kept in `docs/audit-1.schema.json`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}

/// The identifier that serde gives a plain enum value.
fn kebab<T: serde::Serialize>(value: &T) -> String {
    super::sheets::kebab(value)
}

#[cfg(test)]
mod tests {
    /// `docs/audit-1.schema.json` is what the types say. To renew it: `UPDATE_SCHEMA=1 cargo test --lib schema`.
    #[test]
    fn the_schema_in_the_repository_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/audit-1.schema.json");
        let now = format!("{}\n", serde_json::to_string_pretty(&super::schema()).unwrap());
        if std::env::var_os("UPDATE_SCHEMA").is_some() {
            std::fs::write(&path, &now).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        assert!(kept == now, "docs/audit-1.schema.json differs from the types");
    }
}
