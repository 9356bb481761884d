//! The output of a batch: every app in the chosen format, and a summary table at the end.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sheets::{Cell, Layout, Sheet, Tone};
use super::{Format, Style, Subject, csv, json, markdown, notes, sheets, table, wording as w};
use crate::audit::{Audit, Lang, Outcome, Severity};

/// What one app adds to the output, made in the worker that audited it.
#[derive(Debug, Default)]
pub struct Fragment {
    /// The app's part of each output, in the order of the formats.
    parts: Vec<Vec<u8>>,
    /// Its line in the summary.
    line: Line,
}

/// One line of the summary.
#[derive(Debug, Default, Clone)]
pub struct Line {
    package: String,
    label: String,
    counts: BTreeMap<Severity, usize>,
    undetermined: usize,
    /// The gravest severity among findings that are not waived.
    pub worst: Option<Severity>,
}

/// Makes one app's part of every output.
///
/// # Errors
/// Never in practice: it writes to memory.
pub fn fragment(audit: &Audit<'_>, formats: &[Format], style: Style) -> io::Result<Fragment> {
    let mut parts = Vec::with_capacity(formats.len());
    for format in formats {
        let mut part = Vec::new();
        match format {
            Format::Table => {}
            Format::Json | Format::Jsonl => {
                json::write::compact(&json::convert(Subject::Audit(audit), style.lang), &mut part)?
            }
            Format::Csv => csv::rows(&sheets::handover(Subject::Audit(audit), style.lang), &mut part)?,
            Format::Markdown => markdown::write(&sheets::sheets(Subject::Audit(audit), style.lang), &mut part)?,
        }
        parts.push(part);
    }
    let apk = audit.case.apk;
    let mut counts = BTreeMap::new();
    for finding in audit.findings().into_iter().filter(|f| f.waived.is_none()) {
        *counts.entry(finding.severity).or_default() += 1;
    }
    let undetermined = audit.outcomes.iter().filter(|(_, o)| matches!(o, Outcome::Undetermined(..))).count();
    let label = apk.label_zh.clone().or_else(|| apk.label.clone()).unwrap_or_default();
    let line = Line { package: apk.manifest.package.clone(), label, counts, undetermined, worst: audit.worst() };
    Ok(Fragment { parts, line })
}

/// One output of a batch.
pub struct Output<W: Write> {
    format: Format,
    out: W,
    written: usize,
}

impl<W: Write> Output<W> {
    /// An output in one format.
    pub fn new(format: Format, out: W) -> Self {
        Self { format, out, written: 0 }
    }

    fn begin(&mut self, style: Style) -> io::Result<()> {
        match self.format {
            Format::Json => self.out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?,
            Format::Csv if self.written == 0 => csv::header(&sheets::findings_columns(style.lang), &mut self.out)?,
            Format::Markdown if self.written > 0 => self.out.write_all(b"\n")?,
            _ => {}
        }
        self.written += 1;
        Ok(())
    }

    fn part(&mut self, part: &[u8], style: Style) -> io::Result<()> {
        if self.format == Format::Table {
            return Ok(());
        }
        self.begin(style)?;
        self.out.write_all(part)?;
        if self.format == Format::Jsonl { self.out.write_all(b"\n") } else { Ok(()) }
    }
}

/// The outputs of a batch and its summary.
pub struct Batch<W: Write> {
    outputs: Vec<Output<W>>,
    style: Style,
    lines: Vec<(String, Result<Line, String>)>,
}

impl<W: Write> Batch<W> {
    /// A batch that writes to these outputs; fragments must be made for their formats in this order.
    pub fn new(outputs: Vec<Output<W>>, style: Style) -> Self {
        Self { outputs, style, lines: Vec::new() }
    }

    /// Adds one audited app.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn add(&mut self, name: String, fragment: Fragment) -> io::Result<()> {
        for (output, part) in self.outputs.iter_mut().zip(&fragment.parts) {
            output.part(part, self.style)?;
        }
        self.lines.push((name, Ok(fragment.line)));
        Ok(())
    }

    /// Adds one app that could not be audited.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn fail(&mut self, name: String, place: &str, why: &str) -> io::Result<()> {
        let style = self.style;
        for output in &mut self.outputs {
            let mut part = Vec::new();
            match output.format {
                Format::Json | Format::Jsonl => {
                    json::write::compact(&json::Failure::new(&name, place, why, self.style.lang), &mut part)?
                }
                Format::Markdown => {
                    writeln!(part, "# {}\n\n{}", markdown::cell(&name), markdown::cell(&notes::told(why, style.lang)))?
                }
                Format::Csv | Format::Table => continue,
            }
            output.part(&part, style)?;
        }
        self.lines.push((name, Err(why.to_owned())));
        Ok(())
    }

    /// Ends every output; tables get the summary.
    ///
    /// # Errors
    /// When a writer fails.
    pub fn finish(&mut self) -> io::Result<()> {
        let style = self.style;
        let summary = summary(&self.lines, style.lang);
        for output in &mut self.outputs {
            match output.format {
                Format::Table => table::write(std::slice::from_ref(&summary), style, &mut output.out)?,
                Format::Json if output.written == 0 => output.out.write_all(b"[]\n")?,
                Format::Json => output.out.write_all(b"\n]\n")?,
                Format::Csv if output.written == 0 => output.begin(style)?,
                _ => {}
            }
            output.out.flush()?;
        }
        Ok(())
    }
}

fn summary(lines: &[(String, Result<Line, String>)], lang: Lang) -> Sheet {
    let mut columns = vec![w::FILE, w::PACKAGE, w::APP];
    columns.extend(Severity::ALL.map(Severity::label));
    columns.extend([w::RULES_UNDETERMINED, w::NOT_AUDITED]);
    let mut sheet = Sheet::new(lang, w::BATCH, Layout::Grid, &columns, w::NO_PACKAGES);
    for (name, line) in lines {
        let mut row = vec![Cell::new(name.clone())];
        match line {
            Ok(line) => {
                row.extend([Cell::new(&*line.package), Cell::new(&*line.label)]);
                for severity in Severity::ALL {
                    let count = line.counts.get(&severity).copied().unwrap_or(0);
                    let tone = if count > 0 && severity >= Severity::Medium { Tone::Bad } else { Tone::Plain };
                    row.push(Cell::toned(count.to_string(), tone));
                }
                row.extend([Cell::new(line.undetermined.to_string()), Cell::default()]);
            }
            Err(why) => {
                row.extend(std::iter::repeat_n(Cell::default(), 7));
                row.push(Cell::toned(notes::told(why, lang), Tone::Bad));
            }
        }
        sheet.rows.push(row);
    }
    sheet
}

impl Fragment {
    /// The gravest severity among findings that are not waived.
    pub fn worst(&self) -> Option<Severity> {
        self.line.worst
    }
}
