//! What a report says, as titled sheets of cells. Every tabular format draws the same sheets.

mod apk;
mod audit;
mod evidence;
mod policy;

use super::Subject;
use super::wording as w;
use crate::audit::{Fixed, Lang, Severity, Verdict};

pub(super) use apk::kebab;

/// How a sheet wants to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Rows under a header.
    Grid,
    /// Two columns, label and value, without a header.
    Pairs,
    /// Each row on its own: the first cells as a heading, the others as labelled lines.
    Records,
}

/// What a cell means, for colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// A grave finding or a gap.
    Bad,
    /// Worth a look.
    Warn,
    /// In order.
    Good,
    /// Of little weight.
    Quiet,
}

/// One cell.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text, possibly of several lines.
    pub text: String,
    /// What it means.
    pub tone: Tone,
    /// Whether it is an identifier that must not be broken over lines.
    pub whole: bool,
}

impl Cell {
    pub(in crate::report) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
    pub(in crate::report) fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone, whole: false }
    }
    fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain, whole: true }
    }
}

/// One titled sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// Column titles.
    pub columns: Vec<String>,
    /// Rows, as many cells as columns.
    pub rows: Vec<Vec<Cell>>,
    /// What to say when there is no row.
    pub empty: String,
    /// How it wants to be drawn.
    pub layout: Layout,
    /// For records: how many cells make the heading.
    pub head: usize,
}

impl Sheet {
    pub(in crate::report) fn new(lang: Lang, title: Fixed, layout: Layout, columns: &[Fixed], empty: Fixed) -> Self {
        Self {
            title: title.get(lang).to_owned(),
            columns: columns.iter().map(|c| c.get(lang).to_owned()).collect(),
            rows: Vec::new(),
            empty: empty.get(lang).to_owned(),
            layout,
            head: 0,
        }
    }

    fn pairs(lang: Lang, title: Fixed) -> Self {
        Self::new(lang, title, Layout::Pairs, &[w::ITEM, w::VALUE], w::NONE_FOUND)
    }

    fn pair(&mut self, lang: Lang, label: Fixed, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.rows.push(vec![Cell::new(label.get(lang)), Cell::new(value)]);
        }
    }
}

/// The sheets of a whole report.
pub fn sheets(subject: Subject<'_>, lang: Lang) -> Vec<Sheet> {
    match subject {
        Subject::Audit(audit) => audit::sheets(audit, lang),
        Subject::Apk(apk, catalogue) => apk::sheets(apk, catalogue, lang),
        Subject::Policy(policy, catalogue) => policy::sheets(policy, catalogue, lang),
    }
}

/// The one sheet that is handed on as a flat table: the findings, the permissions of a package, what a policy discloses.
pub fn handover(subject: Subject<'_>, lang: Lang) -> Sheet {
    match subject {
        Subject::Audit(audit) => audit::findings_flat(audit, lang),
        Subject::Apk(apk, catalogue) => apk::permissions(apk, catalogue, lang),
        Subject::Policy(policy, catalogue) => policy::disclosed(policy, catalogue, lang),
    }
}

/// The columns of the flat table of findings.
pub fn findings_columns(lang: Lang) -> Vec<String> {
    audit::FLAT.iter().map(|c| c.get(lang).to_owned()).collect()
}

fn verdict_cell(verdict: Verdict, lang: Lang) -> Cell {
    let tone = match verdict {
        Verdict::Undisclosed | Verdict::Denied | Verdict::OtherPlatform => Tone::Bad,
        Verdict::Vague | Verdict::Undetermined => Tone::Warn,
        Verdict::Disclosed => Tone::Good,
        Verdict::Exempt => Tone::Quiet,
    };
    Cell { text: verdict.label().get(lang).to_owned(), tone, whole: true }
}

fn severity_cell(severity: Severity, lang: Lang) -> Cell {
    let tone = match severity {
        Severity::High => Tone::Bad,
        Severity::Medium => Tone::Warn,
        Severity::Low => Tone::Plain,
        Severity::Note => Tone::Quiet,
    };
    Cell::toned(severity.label().get(lang), tone)
}
