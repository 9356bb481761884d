//! Where reports go, and the exit status.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use privacy_audit::report::{self, Format, Style, Subject};

use crate::args::{ColorArg, FormatArg, Options};

/// Columns of a table when standard output is no terminal.
const WIDTH: u16 = 140;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above the threshold.
    Clear,
    /// Findings.
    Findings,
    /// Something could not be audited. Outranks findings.
    Trouble,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clear => Self::from(0),
            Status::Findings => Self::from(1),
            Status::Trouble => Self::from(2),
        }
    }
}

/// The style of standard output.
pub fn style(options: &Options) -> Style {
    let terminal = io::stdout().is_terminal();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let color = match options.color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => terminal && !no_color,
    };
    let size = || terminal_size::terminal_size().map(|(width, _)| width.0);
    let width = options.width.or_else(|| if terminal { size() } else { None }).unwrap_or(WIDTH);
    Style { lang: options.lang.into(), width, color }
}

/// The style of a file: no colour, whatever the terminal.
pub fn file_style(options: &Options) -> Style {
    Style { lang: options.lang.into(), width: options.width.unwrap_or(WIDTH), color: false }
}

/// The format on standard output.
pub fn stdout_format(options: &Options) -> Format {
    options.format.unwrap_or(FormatArg::Table).into()
}

/// The format that the ending of an output file asks for.
fn format_of(path: &Path) -> Result<Format> {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    let Some(format) = Format::from_extension(extension) else {
        bail!("{}: unknown file ending; expected .txt, .json, .jsonl, .csv or .md", path.display());
    };
    Ok(format)
}

/// Every format that is asked for.
pub fn formats(options: &Options) -> Result<Vec<Format>> {
    let stdout = (!options.quiet).then(|| Ok(stdout_format(options)));
    options.output.iter().map(|path| format_of(path)).chain(stdout).collect()
}

/// Creates an output file and tells its format by its ending.
pub fn create(path: &Path) -> Result<(Format, BufWriter<File>)> {
    let format = format_of(path)?;
    let file = File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
    Ok((format, BufWriter::new(file)))
}

/// Writes one report to standard output and to every output file.
pub fn write(subject: Subject<'_>, options: &Options) -> Result<()> {
    each(options, |format, style, out| report::write(subject, format, style, out))
}

/// Calls `write` for standard output and for every output file.
pub fn each(options: &Options, write: impl Fn(Format, Style, &mut dyn Write) -> io::Result<()>) -> Result<()> {
    for path in &options.output {
        let (format, mut file) = create(path)?;
        write(format, file_style(options), &mut file)
            .and_then(|()| file.flush())
            .with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    if !options.quiet {
        let mut out = BufWriter::new(io::stdout().lock());
        write(stdout_format(options), style(options), &mut out)?;
        out.flush()?;
    }
    Ok(())
}
