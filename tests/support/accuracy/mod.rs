//! Measures the policy reader against labelled policies.
//!
//! A directory holds `core.json` (what is scored; or the directory above it does) and, beside each policy,
//! `<id>.labels.json`; `tests/policies/README.md` describes both. Shared by `examples/accuracy.rs`, which prints the outcome, and the integration tests, which hold it
//! as a floor.

mod labels;
mod matching;
pub mod report;
mod score;

use std::path::Path;

use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::Policy;

use report::Report;

/// Reads every labelled policy below `dir` (not deeper) and scores the reader's answers.
///
/// # Errors
///
/// A sentence that names the file: labels that do not parse or use words outside the core list, a policy that cannot be read.
pub fn measure(dir: &Path) -> Result<Report, String> {
    let core = labels::Core::load(dir)?;
    let catalogue = Catalogue::builtin();
    let mut report = Report::default();
    for (id, labels) in labels::load_all(dir, &core, catalogue)? {
        let paths: Vec<_> = labels.files.iter().map(|file| dir.join(file)).collect();
        let policy = Policy::read(&paths, catalogue).map_err(|error| format!("{id}: {error}"))?;
        let mut card = report.card(&id);
        score::policy(&labels, &policy, &core, &mut card);
        report.file(card);
    }
    Ok(report)
}
