//! What each command does.

use std::io::{self, BufWriter, Write};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use privacy_audit::apk::{self, Apk, Depth, Limits, ReadOptions};
use privacy_audit::audit::{Audit, Settings, is_date};
use privacy_audit::batch::{self, Policies};
use privacy_audit::catalogue::Catalogue;
use privacy_audit::policy::{Policy, Reader, read_sdk_record};
use privacy_audit::report::batch::{Batch, Output, fragment};
use privacy_audit::report::diff::Reported;
use privacy_audit::report::{self, Format, Subject, clean};

use crate::args::{Args, CatalogueAction, Command, Options};
use crate::inspect;
use crate::output::{self, Status};

pub fn run(args: Args) -> Result<Status> {
    match args.command {
        Some(Command::Apk { package, options }) => apk(&package, &options),
        Some(Command::Policy { policies, why, options }) => policy(&policies, why.as_deref(), &options),
        Some(Command::Diff { sides, options }) => diff(&sides, &options),
        Some(Command::Explain { id, options }) => inspect::explained(&id, catalogue(&options)?, &options),
        Some(Command::Catalogue { action: CatalogueAction::List { kind, options } }) => {
            inspect::list(kind, catalogue(&options)?, &options)
        }
        Some(Command::Catalogue { action: CatalogueAction::Check { file } }) => inspect::check(&file),
        None => {
            let Some(package) = args.package else { bail!("a package is expected; see --help") };
            expected(&package, &args.policies)?;
            audit(&package, &args.policies, &args.options)
        }
    }
}

/// Says what an audit lacks where the words of the command line show what was meant.
fn expected(package: &Path, policies: &[PathBuf]) -> Result<()> {
    let name = package.display();
    if !package.exists() && package.components().count() == 1 && package.extension().is_none() {
        bail!(
            "{name}: no such file, and no command of this name: the commands are apk, policy, diff, explain and catalogue; \
             `audit PACKAGE POLICY` audits one app, `audit DIR POLICIES` every app below a directory"
        );
    }
    let Some(first) = policies.first() else {
        if package.is_dir() && !apk::is_one_package(package) {
            bail!("{name}: a policy for all its packages, or a directory of their policies, is expected behind it");
        }
        bail!("{name}: a policy is expected behind it; `audit apk {name}` tells what a package shows without one");
    };
    if !batch::is_package(package) && package.is_file() && batch::is_package(first) {
        bail!("{}: a package is expected before its policy: audit {} {name}", first.display(), first.display());
    }
    Ok(())
}

fn catalogue(options: &Options) -> Result<&'static Catalogue> {
    merged(&options.catalogue)
}

fn merged(files: &[PathBuf]) -> Result<&'static Catalogue> {
    if files.is_empty() {
        return Ok(Catalogue::builtin());
    }
    // Read once and needed until the process ends.
    Ok(Box::leak(Box::new(Catalogue::with_files(files)?)))
}

/// The team's settings: `--config`, else `audit.toml` in the folder of the policy.
fn settings(options: &Options, policies: &[PathBuf]) -> Result<Settings> {
    let beside = policies.first().map(|p| if p.is_dir() { p.clone() } else { p.with_file_name("") }.join("audit.toml"));
    let file = options.config.clone().or_else(|| beside.filter(|f| f.is_file()));
    let mut settings = file.as_deref().map(Settings::read).transpose()?.unwrap_or_default();
    if let Some(day) = options.today.as_ref().filter(|day| !is_date(day)) {
        bail!("--today {day}: no date; expected one such as 2026-01-31");
    }
    settings.today = Some(options.today.clone().unwrap_or_else(today));
    Ok(settings)
}

/// Today in UTC as ISO 8601, by the proleptic Gregorian calendar.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let days = i64::try_from(seconds / 86_400).unwrap_or(0) + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", year + era * 400 + i64::from(month <= 2))
}

/// Adds what the command line says to the settings.
fn service_type(settings: &mut Settings, options: &Options, catalogue: &Catalogue) -> Result<()> {
    if let Some(wanted) = &options.service_type {
        let Some(found) = catalogue.service_type(wanted) else {
            bail!("--service-type {wanted}: no such type; `audit catalogue list service-types` lists all 39");
        };
        settings.service_type = Some(found.no);
    }
    Ok(())
}

fn reported(file: &Path) -> Result<Reported> {
    let bytes = std::fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
    Reported::parse(&bytes).with_context(|| file.display().to_string())
}

fn diff(files: &[PathBuf], options: &Options) -> Result<Status> {
    // A report or a package opens a side; what follows a package is its policy and annexes.
    let mut sides: Vec<&[PathBuf]> = Vec::new();
    let manifest = |p: &PathBuf| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("xml"));
    let opens = |p: &PathBuf| is_report(p) || batch::is_package(p) || p.is_dir() || manifest(p);
    for (at, _) in files.iter().enumerate().filter(|(at, p)| *at == 0 || opens(p)) {
        let end = files[at + 1..].iter().position(opens).map_or(files.len(), |n| at + 1 + n);
        sides.push(&files[at..end]);
    }
    let [old, new] = sides.as_slice() else {
        bail!("two sides are expected, each a JSON report or a package with its policy; found {}", sides.len());
    };
    let (old, new) = (side(old, options)?, side(new, options)?);
    output::each(options, |format, style, out| report::write_diff(&old, &new, format, style, out))?;
    Ok(Status::Clear)
}

fn is_report(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json") || e.eq_ignore_ascii_case("jsonl"))
}

/// One side of a comparison: a report as it stands, or the audit of a package against its policy.
fn side(files: &[PathBuf], options: &Options) -> Result<Reported> {
    let (first, policies) = files.split_first().context("a side is empty")?;
    if is_report(first) {
        if let Some(extra) = policies.first() {
            bail!("{}: follows a JSON report; expected a package before a policy", extra.display());
        }
        return reported(first);
    }
    if policies.is_empty() {
        bail!("{}: a package is expected to be followed by its policy", first.display());
    }
    let (settings, catalogue) = prepare(options, policies)?;
    let apk = Apk::read(first, catalogue, &read_options(options))?;
    let policy = read_for_audit(policies, catalogue)?;
    let audit = Audit::new(&apk, &policy, catalogue, &settings);
    let mut json = Vec::new();
    let style = report::Style { lang: options.lang.into(), ..report::Style::default() };
    report::write(Subject::Audit(&audit), report::Format::Json, style, &mut json)?;
    Ok(Reported::parse(&json)?)
}

/// Settings and catalogue of an audit, as files and the command line have them.
fn prepare(options: &Options, policies: &[PathBuf]) -> Result<(Settings, &'static Catalogue)> {
    let mut settings = settings(options, policies)?;
    let files: Vec<PathBuf> = settings.catalogue.iter().chain(&options.catalogue).cloned().collect();
    let catalogue = merged(&files)?;
    service_type(&mut settings, options, catalogue)?;
    if let Some(file) = options.sdk_record.as_ref().or(settings.sdk_record.as_ref()) {
        settings.records = read_sdk_record(file, catalogue)?;
    }
    Ok((settings, catalogue))
}

fn limits(options: &Options) -> Limits {
    let mut limits = Limits::default();
    let bytes = |mib: Option<u32>, absent: u64| mib.map_or(absent, |m| u64::from(m) << 20);
    limits.entry_bytes = bytes(options.entry_limit, limits.entry_bytes);
    limits.total_bytes = bytes(options.package_limit, limits.total_bytes);
    limits.time = options.time_limit.map_or(limits.time, |s| Duration::from_secs(s.into()));
    limits
}

fn read_options(options: &Options) -> ReadOptions {
    ReadOptions { depth: options.depth.into(), limits: limits(options), ..ReadOptions::default() }
}

fn threads(options: &Options) -> Result<()> {
    if let Some(jobs) = options.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    Ok(())
}

fn apk(package: &Path, options: &Options) -> Result<Status> {
    threads(options)?;
    let catalogue = catalogue(options)?;
    let mut read = read_options(options);
    // Hashing means reading the whole file, which is most of the time that the manifest alone takes. Records for machines
    // keep the hash; a quick look does without.
    let formats = output::formats(options)?;
    read.hash = read.depth > Depth::Manifest || formats.iter().any(|f| *f != Format::Table);
    let apk = Apk::read(package, catalogue, &read)?;
    output::write(Subject::Apk(&apk, catalogue), options)?;
    Ok(Status::Clear)
}

fn policy(policies: &[PathBuf], why: Option<&str>, options: &Options) -> Result<Status> {
    let catalogue = catalogue(options)?;
    let policy = read_policy(policies, catalogue)?;
    match why {
        Some(word) => inspect::why(&policy, word, options)?,
        None => output::write(Subject::Policy(&policy, catalogue), options)?,
    }
    Ok(Status::Clear)
}

fn audit(package: &Path, policies: &[PathBuf], options: &Options) -> Result<Status> {
    threads(options)?;
    let (settings, catalogue) = prepare(options, policies)?;
    let baseline = options.baseline.as_deref().map(reported).transpose()?;
    if package.is_dir() && !apk::is_one_package(package) {
        if baseline.is_some() {
            bail!("--baseline goes with one package; compare the reports of a directory with `audit diff`");
        }
        return directory(package, policies, catalogue, &settings, options);
    }
    let apk = Apk::read(package, catalogue, &read_options(options))?;
    let given = Policies::new(policies)?;
    let Some(files) = given.of(package, || Some(apk.manifest.package.clone())) else {
        let stem = package.file_stem().unwrap_or_default().to_string_lossy();
        let folder = policies.first().map(|p| p.display().to_string()).unwrap_or_default();
        bail!("{folder}: no policy for this package; expected {stem}.* or {}.*", apk.manifest.package);
    };
    let policy = read_for_audit(files, catalogue)?;
    let mut audit = Audit::new(&apk, &policy, catalogue, &settings);
    for waiver in settings.idle(&audit.findings()) {
        let subject = waiver.subject.as_deref().unwrap_or("every subject");
        eprintln!("audit: the waiver of {} for {} meets no finding", clean(&waiver.rule), clean(subject));
    }
    if let Some(baseline) = baseline {
        let file = options.baseline.as_deref().unwrap_or(Path::new("")).display().to_string();
        if !baseline.is_audit() {
            bail!("{file}: the report of a package or a policy alone; expected that of an audit");
        }
        if let Some(other) = baseline.package().filter(|p| *p != apk.manifest.package) {
            eprintln!(
                "audit: {}: the report of {}, held against {}",
                clean(&file),
                clean(other),
                clean(&apk.manifest.package)
            );
        }
        let earlier: Vec<_> = baseline.findings().map(|(r, s)| (r.to_owned(), s.to_owned())).collect();
        audit.since(&earlier);
    }
    output::write(Subject::Audit(&audit), options)?;
    Ok(if options.fail_on.fails(audit.worst()) { Status::Findings } else { Status::Clear })
}

fn directory(
    directory: &Path,
    policies: &[PathBuf],
    catalogue: &Catalogue,
    settings: &Settings,
    options: &Options,
) -> Result<Status> {
    let (packages, unlisted) = batch::packages(directory);
    let mut status = Status::Clear;
    for error in unlisted {
        eprintln!("audit: {}: {error}", clean(&directory.display().to_string()));
        status = Status::Trouble;
    }
    if packages.is_empty() {
        bail!("{}: no package below this directory; expected .apk, .apks, .xapk or .apkm files", directory.display());
    }
    if let Some(path) = policies.iter().find(|p| !p.exists()) {
        bail!("{}: no such file; expected a policy or a directory of policies", path.display());
    }
    let policies = Policies::new(policies)?;

    let mut formats = Vec::new();
    let mut outputs: Vec<Output<Box<dyn Write>>> = Vec::new();
    for path in &options.output {
        let (format, file) = output::create(path)?;
        formats.push(format);
        outputs.push(Output::new(format, Box::new(file)));
    }
    if !options.quiet {
        let format = output::stdout_format(options);
        formats.push(format);
        outputs.push(Output::new(format, Box::new(BufWriter::new(io::stdout()))));
    }
    let style = output::style(options);
    let mut written = Batch::new(outputs, style);
    let mut failed = Ok(());
    let work = batch::Options { catalogue, settings, depth: options.depth.into(), limits: limits(options) };
    batch::run(
        &packages,
        &policies,
        work,
        |audit| fragment(audit, &formats, style),
        |done| {
            let result = match done.result {
                Ok(Ok(fragment)) => {
                    if options.fail_on.fails(fragment.worst()) {
                        status = status.max(Status::Findings);
                    }
                    written.add(done.name, fragment)
                }
                Ok(Err(error)) => Err(error),
                Err(trouble) => {
                    eprintln!("audit: {}", clean(&trouble.why));
                    status = Status::Trouble;
                    written.fail(done.name, &trouble.place, &trouble.why)
                }
            };
            if failed.is_ok() {
                failed = result;
            }
        },
    );
    failed?;
    written.finish()?;
    Ok(status)
}

/// Reads a policy as far as its words can be seen. That it tells nothing is said at once: the report says it where it counts.
fn read_for_audit(files: &[PathBuf], catalogue: &Catalogue) -> Result<Policy> {
    let policy = ManuallyDrop::new(Reader::new(catalogue)).read_as_far_as_seen(files)?;
    if let Some(unread) = policy.unread.first().filter(|_| policy.unseen.is_some()) {
        eprintln!(
            "audit: {}: {}; what depends on the policy is undetermined",
            clean(&unread.place),
            clean(&unread.why)
        );
    }
    Ok(policy)
}

/// Reads a policy. The word lists are left to the end of the process, which frees them in one stroke.
fn read_policy(files: &[PathBuf], catalogue: &Catalogue) -> Result<Policy> {
    Ok(ManuallyDrop::new(Reader::new(catalogue)).read(files)?)
}
