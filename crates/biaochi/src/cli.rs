//! The verbs and their arguments. What they are called for people stands in `locales/{zh,en}/cli.ftl`.

use crate::output::Format;
use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use document::lint::Profile;
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(name = "biaochi", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Verb,
}

/// What every verb takes.
#[derive(Debug, Clone, Args)]
pub struct Global {
    #[arg(long, global = true, env = "BIAOCHI_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[arg(
        long,
        global = true,
        env = "BIAOCHI_DATABASE",
        value_name = "URL",
        hide_env_values = true
    )]
    pub database: Option<String>,
    #[arg(long, global = true, env = "BIAOCHI_FILES", value_name = "URL")]
    pub files: Option<String>,
    #[arg(long, global = true, env = "BIAOCHI_KEY_FILE", value_name = "F")]
    pub key_file: Option<PathBuf>,
    #[arg(long, global = true, env = "BIAOCHI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[arg(long, global = true, env = "BIAOCHI_FORMAT", value_name = "text|json")]
    pub format: Option<Format>,
    #[arg(long, global = true, env = "BIAOCHI_LANG", value_name = "zh|en")]
    pub lang: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    Serve(Serve),
    #[command(subcommand)]
    List(List),
    Number {
        #[arg(required = true, value_name = "TEXT")]
        text: Vec<String>,
    },
    Run(Run),
    Explain(Explain),
    Sensitivity(Sensitivity),
    Analyse(Analyse),
    Footprint(Footprint),
    ImportIndex(ImportIndex),
    ImportOpenlca(ImportOpenlca),
    ExportOpenlca(ExportOpenlca),
    Build(Build),
    Check(Check),
    Fmt {
        #[arg(required = true, value_name = "FILE")]
        file: Vec<PathBuf>,
        #[arg(long)]
        check: bool,
    },
    Fix(Fix),
    Import(Import),
    Diff(Diff),
    Form(Form),
    Search {
        #[arg(value_name = "QUERY")]
        query: String,
    },
    Verify {
        #[arg(value_name = "FILE", required_unless_present = "ledger", conflicts_with = "ledger")]
        file: Option<PathBuf>,
        #[arg(long)]
        ledger: bool,
    },
    Redact {
        #[arg(value_name = "POSITION")]
        position: i64,
        #[arg(long, value_name = "TEXT")]
        reason: String,
        #[arg(long, value_name = "TEXT")]
        rule: String,
    },
    Rebuild {
        #[arg(long)]
        check: bool,
    },
    Backup {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Restore {
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[arg(long, value_name = "FILE")]
        erasures: Option<PathBuf>,
    },
    Bench {
        #[arg(value_name = "NAME")]
        name: Option<BenchName>,
        #[arg(long)]
        long: bool,
        #[arg(long)]
        json: bool,
    },
    #[command(subcommand)]
    User(User),
    Doctor,
    #[command(hide = true)]
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    #[command(hide = true)]
    Man {
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// An executable standard over its units.
#[derive(Debug, Args)]
pub struct Run {
    #[arg(value_name = "STANDARD.md")]
    pub standard: PathBuf,
    #[command(flatten)]
    pub over: Over,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Goalposts of an index, kept for later years.
    #[arg(long, value_name = "FILE")]
    pub freeze: Option<PathBuf>,
    /// Every unit exactly, however many there are.
    #[arg(long)]
    pub exact: bool,
    /// What was run over what and what came out, signed.
    #[arg(long, value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Units in the order of their ranks.
    #[arg(long)]
    pub by_rank: bool,
    /// Another edition, run over the same data.
    #[arg(long, value_name = "OLDER.md", conflicts_with_all = ["freeze", "certificate", "by_rank"])]
    pub against: Option<PathBuf>,
}

/// Why a unit has its result.
#[derive(Debug, Args)]
pub struct Explain {
    #[arg(value_name = "STANDARD.md")]
    pub standard: PathBuf,
    #[command(flatten)]
    pub over: Over,
    #[arg(long, value_name = "ID")]
    pub unit: String,
    #[arg(long, value_name = "CODE")]
    pub node: Option<String>,
}

/// How far results hang on what the standard declares as uncertain.
#[derive(Debug, Args)]
pub struct Sensitivity {
    #[arg(value_name = "STANDARD.md")]
    pub standard: PathBuf,
    #[command(flatten)]
    pub over: Over,
    #[arg(long, value_name = "CI", default_value_t = 0.02, value_parser = confidence)]
    pub until: f64,
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    #[arg(long)]
    pub second_order: bool,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What stands behind a ranking.
#[derive(Debug, Args)]
pub struct Analyse {
    #[arg(value_name = "STANDARD.md")]
    pub standard: PathBuf,
    #[command(flatten)]
    pub over: Over,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A half width of confidence: more than nothing, less than everything.
fn confidence(text: &str) -> Result<f64, String> {
    let until: f64 = text.parse().map_err(|_| "0.02".to_owned())?;
    if until > 0.0 && until < 1.0 {
        Ok(until)
    } else {
        Err("0 < CI < 1".to_owned())
    }
}

/// What products cause along their whole supply.
#[derive(Debug, Args)]
pub struct Footprint {
    #[arg(long, value_name = "A.csv")]
    pub technosphere: PathBuf,
    #[arg(long, value_name = "B.csv")]
    pub biosphere: PathBuf,
    #[arg(long, value_name = "C.csv")]
    pub factors: PathBuf,
    #[arg(long, value_name = "D.csv", required_unless_present = "all", conflicts_with = "all")]
    pub demand: Option<PathBuf>,
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "N", conflicts_with = "all")]
    pub samples: Option<u32>,
    #[arg(long, value_name = "CI", requires = "samples")]
    pub until: Option<f64>,
    #[arg(long, value_name = "N", requires = "samples", default_value_t = 1)]
    pub seed: u64,
}

/// An index of COINr or the COIN Tool as a standard.
#[derive(Debug, Args)]
pub struct ImportIndex {
    #[arg(value_name = "iMeta.csv")]
    pub meta: PathBuf,
    #[arg(value_name = "iData.csv")]
    pub indicators: PathBuf,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "none|mean|median|group:COLUMN", default_value = "none")]
    pub impute: String,
    #[arg(long, value_name = "none|skew-kurt", default_value = "skew-kurt")]
    pub treat: String,
    #[arg(long, value_name = "minmax:LOW:HIGH|zscore|rank", default_value = "minmax:0:100")]
    pub normalise: String,
    #[arg(long, value_name = "arithmetic|geometric|harmonic", default_value = "arithmetic")]
    pub aggregate: String,
}

/// A package of openLCA as the tables of a product system.
#[derive(Debug, Args)]
pub struct ImportOpenlca {
    #[arg(value_name = "FILE.zip")]
    pub package: PathBuf,
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
}

/// The tables of a product system as a package of openLCA.
#[derive(Debug, Args)]
pub struct ExportOpenlca {
    #[arg(long, value_name = "A.csv")]
    pub technosphere: PathBuf,
    #[arg(long, value_name = "B.csv")]
    pub biosphere: PathBuf,
    #[arg(long, value_name = "C.csv")]
    pub factors: PathBuf,
    #[arg(long, value_name = "NAME", default_value = "impact")]
    pub category: String,
    #[arg(short, long, value_name = "FILE.zip")]
    pub output: PathBuf,
}

/// The data and the day of a run. Here `--data` is the file of the units, not the platform's folder.
#[derive(Debug, Args)]
pub struct Over {
    #[arg(long, value_name = "FILE", required = true)]
    pub data: PathBuf,
    #[arg(long, value_name = "DATE")]
    pub at: Option<Date>,
    #[arg(long, value_name = "P")]
    pub period: Option<String>,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[arg(long, env = "BIAOCHI_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    #[arg(long)]
    pub demo: bool,
    #[arg(long, env = "BIAOCHI_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    #[arg(long, env = "BIAOCHI_LOG", value_name = "text|json")]
    pub log: Option<Format>,
}

/// What a text is made into, and where it goes.
#[derive(Debug, Args)]
pub struct Build {
    #[arg(required = true, value_name = "FILE")]
    pub file: Vec<PathBuf>,
    #[arg(long, value_name = "pdf,html,docx,xml,json", value_delimiter = ',')]
    pub to: Vec<Target>,
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[arg(long)]
    pub watch: bool,
    #[arg(long)]
    pub timings: bool,
    #[arg(long, value_name = "NAME", value_parser = profiles())]
    pub profile: Option<Profile>,
    #[arg(long, value_name = "screen|office", default_value = "screen")]
    pub fonts: FontProfile,
}

/// Which faces a PDF is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FontProfile {
    Screen,
    Office,
}

impl From<FontProfile> for press::Profile {
    fn from(profile: FontProfile) -> Self {
        match profile {
            FontProfile::Screen => Self::Screen,
            FontProfile::Office => Self::Office,
        }
    }
}

/// A format that texts are made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    Pdf,
    Html,
    Docx,
    Json,
    Xml,
}

impl Target {
    /// The ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }
}

/// A text in another format.
#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_name = "FILE.docx|FILE.xml")]
    pub file: PathBuf,
    #[arg(short, long, value_name = "FILE.md")]
    pub output: PathBuf,
    #[arg(long, value_name = "REPORT.json")]
    pub report: Option<PathBuf>,
}

/// Which texts are held to which rules, and when they fail.
#[derive(Debug, Args)]
pub struct Check {
    #[arg(required = true, value_name = "FILE")]
    pub file: Vec<PathBuf>,
    #[arg(long, value_name = "NAME", value_parser = profiles())]
    pub profile: Option<Profile>,
    #[arg(long, value_name = "error|warning", default_value = "warning")]
    pub fail_level: Weight,
    #[arg(long, value_name = "FILE.csv")]
    pub catalog: Option<PathBuf>,
}

/// What is mended, and whether in the file.
#[derive(Debug, Args)]
pub struct Fix {
    #[command(flatten)]
    pub check: Check,
    #[arg(long)]
    pub dry_run: bool,
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub skip: Vec<String>,
}

/// Two editions of a text.
#[derive(Debug, Args)]
pub struct Diff {
    #[arg(value_name = "A")]
    pub old: PathBuf,
    #[arg(value_name = "B")]
    pub new: PathBuf,
    #[arg(long, value_name = "html|json|text")]
    pub to: Option<DiffTarget>,
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A form in which a difference is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffTarget {
    Html,
    Json,
    Text,
}

/// A form of the procedures: empty, or filled.
#[derive(Debug, Args)]
pub struct Form {
    #[arg(value_name = "F1|F2|…")]
    pub id: Option<String>,
    #[arg(
        short,
        long,
        value_name = "FILLED.json|toml",
        conflicts_with = "empty",
        requires = "id"
    )]
    pub input: Option<PathBuf>,
    #[arg(long, requires = "id")]
    pub empty: bool,
    #[arg(short, long, value_name = "FILE.pdf|docx|html|json|toml", requires = "id")]
    pub output: Option<PathBuf>,
    #[arg(long, value_name = "screen|office", default_value = "screen")]
    pub fonts: FontProfile,
}

/// The profiles by name.
fn profiles() -> impl TypedValueParser<Value = Profile> {
    PossibleValuesParser::new(Profile::ALL.map(|(_, name)| name)).map(|name| Profile::parse(&name).unwrap_or_default())
}

/// How grave a finding must be to fail a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Weight {
    Error,
    Warning,
}

#[derive(Debug, Subcommand)]
pub enum List {
    Read {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    Show(Moment),
    Export {
        #[command(flatten)]
        moment: Moment,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Diff {
        #[arg(value_name = "FROM")]
        from: u32,
        #[arg(value_name = "TO")]
        to: u32,
    },
}

/// Which state of the list.
#[derive(Debug, Args)]
pub struct Moment {
    #[arg(long, value_name = "N", conflicts_with = "as_of")]
    pub version: Option<u32>,
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub enum User {
    Add {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[arg(long, value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "ADDRESS")]
        email: Option<String>,
        #[command(flatten)]
        membership: Membership,
    },
    Passwd {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
    Factor {
        #[arg(long, value_name = "LOGIN")]
        remove: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    Erase {
        #[arg(value_name = "LOGIN|ID")]
        who: String,
        #[arg(long, value_name = "GROUND")]
        ground: String,
    },
    Role {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[command(flatten)]
        membership: Membership,
    },
    Key {
        #[arg(value_name = "LOGIN")]
        login: String,
        #[arg(long, value_name = "NAME")]
        name: String,
        #[arg(long, value_name = "ACTION", required = true, value_delimiter = ',')]
        scope: Vec<String>,
        #[arg(long, value_name = "DATE")]
        until: Option<Date>,
    },
}

/// A role in a body.
#[derive(Debug, Args)]
pub struct Membership {
    #[arg(long, value_name = "ROLE")]
    pub role: String,
    #[arg(long, value_name = "ID")]
    pub organization: String,
    #[arg(long, value_name = "ID")]
    pub desk: Option<String>,
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub place: Vec<String>,
    #[arg(long, value_name = "DATE")]
    pub from: Option<Date>,
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BenchName {
    List,
    Ledger,
    Document,
    Engine,
    Scale,
}
