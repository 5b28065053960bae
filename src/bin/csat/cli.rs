//! What was typed: the commands and their flags, nothing resolved yet.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Customer satisfaction measurement: scores with intervals, from a file of answers.
#[derive(Debug, Parser)]
#[command(name = "csat", version, about, styles = STYLES, disable_help_subcommand = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Say nothing on stderr but errors.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// When to colour what is printed; NO_COLOR is honoured.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Draft a definition from a file of answers or from a template
    #[command(after_long_help = INIT_EXAMPLES)]
    Init(Init),
    /// Every score with its interval, its base and what was left out
    #[command(after_long_help = ANALYZE_EXAMPLES)]
    Analyze(Box<Analyze>),
    /// Print the JSON Schema of definitions or of reports
    Schema(Schema),
    /// Print a completion script for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

const INIT_EXAMPLES: &str = "\
Examples:
  csat init --list
  csat init --from-template relationship-nps -o survey.toml
  csat init --from responses.csv           writes responses.toml beside the file
  csat init --from responses.csv --update  adds the columns that responses.toml lacks

A definition says what each column measures. `csat analyze responses.csv` finds responses.toml by
itself. Nothing that exists is overwritten.";

const ANALYZE_EXAMPLES: &str = "\
Examples:
  csat analyze responses.csv
  csat analyze responses.csv --by 'region*age' --where 'channel = \"branch\"'
  csat analyze responses.csv --as q7=nps --as q9=skip
  csat analyze q1.csv q2.csv --every quarter --wave all --format csv
  zcat responses.csv.gz | csat analyze - --survey transactional-csat

Columns:
  Score     the question; a dagger-free name, its wording when the definition has one
  Value     the headline figure in its unit: % of answers, NPS points, or the question's own scale
  interval  where the figure may lie, at the confidence stated, if the answers were drawn at random
  Base      how many answered; `*` marks a base below `flag_below`
  Target    the target and whether it is met: judged by the whole interval, not by the figure alone

Without a definition the columns are guessed from names and values; what was taken for what is said
on stderr, with the flag that corrects each unsure guess.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

/// Where the definition comes from and how the file is read.
#[derive(Args, Debug)]
pub(crate) struct Reading {
    /// A definition (a file or an embedded name, see `csat init --list`); `none` looks for no file
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// What a column is, where the guess is wrong: q7=nps, q9=skip, branch=segment
    #[arg(long = "as", value_name = "COLUMN=WHAT")]
    pub(crate) as_: Vec<String>,
    /// The character between cells: comma, semicolon, tab, pipe; found by itself otherwise
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) delimiter: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Analyze {
    /// Files of answers; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Segments to break by: a comma list, `*` crosses them
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The wave to speak of: its label, latest, running or all
    #[arg(long, value_name = "WAVE")]
    pub(crate) wave: Option<String>,
    /// Split by the date into waves: day, week, month, quarter, half or year
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// Keep the rows for which this holds: 'region = "North" and overall >= 3'
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) where_: Option<String>,
    /// The weight column; `none` ignores the definition's
    #[arg(long, value_name = "COLUMN")]
    pub(crate) weight: Option<String>,
    /// The confidence level of intervals [default: 0.95, or the definition's]
    #[arg(long, value_name = "LEVEL", allow_negative_numbers = true)]
    pub(crate) confidence: Option<f64>,
    /// The interval method, everywhere it exists (jeffreys) or by kind (proportion=jeffreys,nps=score)
    #[arg(long, value_name = "METHOD")]
    pub(crate) interval: Vec<String>,
    #[command(flatten)]
    pub(crate) writing: Writing,
    /// The seed of resampling
    #[arg(long, default_value_t = 1, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) seed: u64,
    /// How many threads count; the result is the same for any number
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// The date the report speaks at, YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// The hash of the inputs in the report: xxh3 notices change, sha256 is for audits
    #[arg(long, value_name = "HASH", default_value = "xxh3")]
    pub(crate) hash: HashChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HashChoice {
    /// xxh3-128
    Xxh3,
    /// SHA-256
    Sha256,
}

/// Where the result goes and what it looks like.
#[derive(Args, Debug)]
pub(crate) struct Writing {
    /// table, md, csv or json [default: by the ending of --output, else table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Write to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show formulas, standard errors, effective bases and every exclusion
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// Draft from this file of answers
    #[arg(long, value_name = "FILE", conflicts_with = "from_template")]
    pub(crate) from: Option<PathBuf>,
    /// Start from an embedded template
    #[arg(long, value_name = "NAME")]
    pub(crate) from_template: Option<String>,
    /// List the embedded templates
    #[arg(long, conflicts_with_all = ["from", "from_template", "update"])]
    pub(crate) list: bool,
    /// Add the columns that the existing definition lacks
    #[arg(long, requires = "from")]
    pub(crate) update: bool,
    /// What a column is, where the guess is wrong
    #[arg(long = "as", value_name = "COLUMN=WHAT", requires = "from")]
    pub(crate) as_: Vec<String>,
    /// Where to write; `-` prints [default: the file's name with .toml, or NAME.toml]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The character between cells: comma, semicolon, tab, pipe; found by itself otherwise
    #[arg(long, value_name = "CHARACTER")]
    pub(crate) delimiter: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Of what
    pub(crate) of: SchemaOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Definitions (survey.toml)
    Survey,
    /// Reports (--format json)
    Report,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}
