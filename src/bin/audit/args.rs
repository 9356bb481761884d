//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use privacy_audit::apk::Depth;
use privacy_audit::audit::{Lang, Severity};
use privacy_audit::report::Format;

/// Checks Android packages against their privacy policies.
///
/// Requested permissions, embedded SDKs and the personal information that code reads are compared with what the policy
/// discloses, for whom, and what it denies. Every gap is reported with evidence from both sides.
#[derive(Debug, Parser)]
#[command(name = "audit", version, args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 something could not be audited.")]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,

    /// A package (.apk, .apks, .xapk, .apkm, a folder of splits, an AndroidManifest.xml), or a directory of packages
    #[arg(value_name = "APK|DIR", required = true)]
    pub package: Option<PathBuf>,

    /// The policy and its annexes (SDK list, collection list); for a directory of packages, a directory of policies or one
    /// policy for all
    #[arg(value_name = "POLICY")]
    pub policies: Vec<PathBuf>,

    #[command(flatten)]
    pub options: Options,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Tells only what a package asks for and embeds
    Apk {
        /// The package
        package: PathBuf,
        #[command(flatten)]
        options: Options,
    },
    /// Tells only what a policy discloses, with line and quote
    Policy {
        /// The policy and its annexes
        #[arg(required = true)]
        policies: Vec<PathBuf>,
        /// Shows every place this word stands and why each did or did not count
        #[arg(long, visible_alias = "explain", value_name = "WORD")]
        why: Option<String>,
        #[command(flatten)]
        options: Options,
    },
    /// Compares two audits of one app: fixed, new, changed, no longer determinable
    Diff {
        /// The earlier and the later audit, each a JSON report, or a package followed by its policy and annexes
        #[arg(required = true, num_args = 2.., value_name = "JSON|APK POLICY...")]
        sides: Vec<PathBuf>,
        #[command(flatten)]
        options: Options,
    },
    /// Explains a rule, permission, capability, SDK, kind of information or clause
    Explain {
        /// Its identifier: `undisclosed-sdk`, `F04`, `android.permission.CAMERA`, `umeng-push`, `imei`, `pipl-17`
        id: String,
        #[command(flatten)]
        options: Options,
    },
    /// Lists the catalogue, or checks a file that extends it
    Catalogue {
        #[command(subcommand)]
        action: CatalogueAction,
    },
}

#[derive(Debug, Subcommand)]
pub enum CatalogueAction {
    /// Lists what the catalogue holds
    List {
        /// What to list; counts of everything when absent
        kind: Option<Listing>,
        #[command(flatten)]
        options: Box<Options>,
    },
    /// Checks a file that extends the catalogue
    Check {
        /// The file
        file: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Listing {
    Permissions,
    Capabilities,
    Data,
    Sdks,
    Packers,
    Clauses,
    ServiceTypes,
    Rules,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct Options {
    /// Output format on standard output
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<FormatArg>,

    /// Also write the report to this file, in the format of its ending (.txt .json .jsonl .csv .md); repeatable
    #[arg(short, long, value_name = "FILE")]
    pub output: Vec<PathBuf>,

    /// Language of the report
    #[arg(long, value_enum, default_value = "zh")]
    pub lang: LangArg,

    /// Least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "low", value_name = "SEVERITY")]
    pub fail_on: FailOn,

    /// How far to look into the package; what is not looked at is undetermined
    #[arg(long, value_enum, default_value = "calls")]
    pub depth: DepthArg,

    /// MiB that one entry of a package may inflate to; 256 when absent
    #[arg(long, value_name = "MIB")]
    pub entry_limit: Option<u32>,

    /// MiB that a package may inflate to; 2048 when absent
    #[arg(long, value_name = "MIB")]
    pub package_limit: Option<u32>,

    /// Seconds for the instructions of one package; 300 when absent
    #[arg(long, value_name = "SECONDS")]
    pub time_limit: Option<u32>,

    /// Service type 1-39 of the necessary-information rules, or its Chinese or English name
    #[arg(long, value_name = "TYPE")]
    pub service_type: Option<String>,

    /// More permissions, SDKs and words on top of the catalogue; repeatable
    #[arg(long, value_name = "FILE")]
    pub catalogue: Vec<PathBuf>,

    /// Record of the national SDK platform, as CSV: what publishers have declared, beside policy, package and catalogue
    #[arg(long, value_name = "CSV")]
    pub sdk_record: Option<PathBuf>,

    /// Settings of the team: waivers, severities, own packages; `audit.toml` beside the policy when absent
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Report only findings that this earlier JSON report does not have
    #[arg(long, value_name = "JSON")]
    pub baseline: Option<PathBuf>,

    /// The day on which waivers are judged, as 2026-01-31; today when absent
    #[arg(long, value_name = "DATE")]
    pub today: Option<String>,

    /// Threads; as many as there are cores when absent
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

    /// When to colour
    #[arg(long, value_enum, default_value = "auto")]
    pub color: ColorArg,

    /// Columns of tables; those of the terminal when absent
    #[arg(long, value_name = "N")]
    pub width: Option<u16>,

    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    Table,
    Json,
    Jsonl,
    Csv,
    Markdown,
}

impl From<FormatArg> for Format {
    fn from(arg: FormatArg) -> Self {
        match arg {
            FormatArg::Table => Self::Table,
            FormatArg::Json => Self::Json,
            FormatArg::Jsonl => Self::Jsonl,
            FormatArg::Csv => Self::Csv,
            FormatArg::Markdown => Self::Markdown,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum LangArg {
    Zh,
    En,
}

impl From<LangArg> for Lang {
    fn from(arg: LangArg) -> Self {
        match arg {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum FailOn {
    High,
    Medium,
    Low,
    Note,
    Never,
}

impl FailOn {
    /// Whether a report whose gravest finding is `worst` fails.
    pub fn fails(self, worst: Option<Severity>) -> bool {
        let least = match self {
            Self::High => Severity::High,
            Self::Medium => Severity::Medium,
            Self::Low => Severity::Low,
            Self::Note => Severity::Note,
            Self::Never => return false,
        };
        worst.is_some_and(|w| w >= least)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum DepthArg {
    /// The manifest and its labels
    Manifest,
    /// Also class lists, libraries and assets
    Classes,
    /// Also the instructions
    Calls,
}

impl From<DepthArg> for Depth {
    fn from(arg: DepthArg) -> Self {
        match arg {
            DepthArg::Manifest => Self::Manifest,
            DepthArg::Classes => Self::Classes,
            DepthArg::Calls => Self::Calls,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}
