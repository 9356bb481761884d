//! One model to many outputs. Renderers take what was found and a writer; they decide nothing and drop nothing.
//!
//! `sheets` turns an audit into titled sheets of cells; `table`, `markdown` and `csv` draw sheets, `json` converts to its own
//! frozen types. A further tabular format is one more file that draws sheets and a variant of [`Format`].

pub mod batch;
mod clean;
mod csv;
pub mod diff;
mod format;
pub mod json;
mod markdown;
mod notes;
mod sheets;
mod table;
mod wording;

use std::io::{self, Write};

pub use clean::clean;
pub use format::Format;
pub use wording::why;

use crate::apk::Apk;
use crate::audit::{Audit, Lang};
use crate::catalogue::Catalogue;
use crate::policy::Policy;

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// One app beside its policy.
    Audit(&'a Audit<'a>),
    /// A package alone.
    Apk(&'a Apk, &'a Catalogue),
    /// A policy alone.
    Policy(&'a Policy, &'a Catalogue),
}

/// How to write it.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Language of labels and messages.
    pub lang: Lang,
    /// Columns of the terminal, for tables.
    pub width: u16,
    /// Whether to colour.
    pub color: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { lang: Lang::Zh, width: 120, color: false }
    }
}

/// Writes the differences between two reports: as tables, CSV or Markdown; the JSON formats list them as objects.
///
/// # Errors
/// When the writer fails.
pub fn write_diff(
    old: &diff::Reported,
    new: &diff::Reported,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sheet = diff::sheet(old, new, style.lang);
    match format {
        Format::Table => table::write(std::slice::from_ref(&sheet), style, out),
        Format::Markdown => markdown::write(std::slice::from_ref(&sheet), out),
        Format::Csv => csv::write(&sheet, out),
        Format::Json | Format::Jsonl => {
            let differences: Vec<serde_json::Value> = diff::diff(old, new)
                .into_iter()
                .map(|d| {
                    let change = match d.change {
                        diff::Change::New => "new",
                        diff::Change::Gone => "gone",
                        diff::Change::Open => "no_longer_determinable",
                        diff::Change::Changed => "changed",
                    };
                    serde_json::json!({"kind": d.kind, "subject": d.subject, "change": change, "old": d.old, "new": d.new})
                })
                .collect();
            json::write::pretty(&differences, &mut *out)?;
            writeln!(out)
        }
    }
}

/// Writes a report. JSON Lines is JSON on one line.
///
/// # Errors
/// When the writer fails.
pub fn write(subject: Subject<'_>, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Table => table::write(&sheets::sheets(subject, style.lang), style, out),
        Format::Markdown => markdown::write(&sheets::sheets(subject, style.lang), out),
        Format::Csv => csv::write(&sheets::handover(subject, style.lang), out),
        Format::Json => {
            json::write::pretty(&json::convert(subject, style.lang), &mut *out)?;
            writeln!(out)
        }
        Format::Jsonl => {
            json::write::compact(&json::convert(subject, style.lang), &mut *out)?;
            writeln!(out)
        }
    }
}
