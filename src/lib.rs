//! Checks Android packages against their privacy policies.
//!
//! ```text
//!             catalogue      what the world calls things: permissions, data items, SDKs, packers, clauses, words
//!            /    |    \
//!         apk     |     policy     bytes -> facts            text -> statements
//!            \    |    /
//!              audit               facts x statements -> verdicts -> findings
//!                |
//!              batch               many pairs: plan, run
//!                |
//!              report              one model -> table, JSON, CSV, Markdown
//!                |
//!            bin/audit             arguments, progress, exit status
//! ```
//!
//! Imports point up this picture only; `apk` and `policy` never see each other; nothing below `bin` prints or exits.
//! `tests/integration/layers.rs` reads the `use crate::…` paths and fails when an arrow runs the other way.
//!
//! Three principles hold everywhere: "could not look" is never "nothing there"; static evidence shows reach, not deeds;
//! a finding can be refuted in seconds, because it carries its place in the package and in the policy, or the record of
//! the search that found nothing.

pub mod apk;
pub mod audit;
pub mod batch;
pub mod catalogue;
pub mod policy;
pub mod report;
