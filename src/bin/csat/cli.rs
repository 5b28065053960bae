//! What was typed: the commands and their flags, nothing resolved yet.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::settings;

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
    /// Say nothing on stderr but errors
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
    /// Write a survey tool's file as a plain table, with a definition and a log of edits
    #[command(after_long_help = IMPORT_EXAMPLES)]
    Import(Box<Import>),
    /// What a definition changed against an older one
    #[command(after_long_help = LINT_EXAMPLES)]
    Lint(Lint),
    /// How well the answers came in: what is missing, careless or there twice
    #[command(after_long_help = QUALITY_EXAMPLES)]
    Quality(Box<Quality>),
    /// Every score with its interval, its base and what was left out
    #[command(after_long_help = ANALYZE_EXAMPLES)]
    Analyze(Box<Analyze>),
    /// The report that management reads: findings, trend, groups, answers, method
    #[command(after_long_help = REPORT_EXAMPLES)]
    Report(Box<Report>),
    /// What moved from wave to wave, whether the move is real, and why
    #[command(after_long_help = TREND_EXAMPLES)]
    Trend(Box<Trend>),
    /// Fail where a target is missed or a limit is broken: for CI and cron
    #[command(after_long_help = GATE_EXAMPLES)]
    Gate(Box<Gate>),
    /// Compute a saved report anew from its sources and say where figures differ
    Verify(Verify),
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

const IMPORT_EXAMPLES: &str = "\
Examples:
  csat import survey.zip                      writes survey.clean.csv, .clean.toml, .clean.edits.csv
  csat import export.xlsx --explain           what was seen in the file; writes nothing
  csat import export.sav -o answers.csv
  csat import export.csv -o - | other-tool    the table alone, on stdout
  head -c 32 /dev/urandom > key; csat import export.csv --redact --key key

The table keeps every text as it stands, so that it gives the figures of the file; cells that Excel
would run as formulas too, unless --safe is typed. Rows that the file itself calls tests are left
out. The log has row, column, old, new and rule of every cell that stands otherwise; row 0 is the
header.

--redact: ids become keyed hashes (one key, one pseudonym, in every file), columns of names, e-mail,
phone, addresses, IP, coordinates, cards and accounts go, dates of birth become years, postal codes
their first two or three characters; e-mail, phone, card and account numbers in comments are masked.
Names inside comments are not found: --drop-comments leaves comments out.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

const LINT_EXAMPLES: &str = "\
Examples:
  csat lint q3.toml --against q2.toml
  csat lint q3.toml --against q2.toml --format json

Waves are joined only as long as a question keeps its wording, its scale, its options, its measure
and its top box, or has `bridge = true`. Each change is shown as before -> after, with its place.

Exit codes: 0 nothing breaks a trend, 1 files, 2 what was typed, 3 a change breaks a trend, 78 a fault
inside a definition.";

const QUALITY_EXAMPLES: &str = "\
Examples:
  csat quality responses.csv
  csat quality responses.csv --flags -o flags.csv       one line for each flagged row
  csat quality responses.csv --wave 2026-Q3 --format json

Looked at: who did not answer which question, where respondents stopped, ids and answers that are
there twice, too fast respondents, one point throughout a grid, contradictions, answers outside the
scale, dates that cannot be, the first against the last respondents, AAPOR response rates. Nothing
is left out: these are flags, each with its limit. [quality] of the definition names the columns of
duration and disposition, the limits and the contradictions.

No id and no answer of a respondent is printed. --flags names rows by their number in the file, and
the ids of responses only with --with-personal.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

const ANALYZE_EXAMPLES: &str = "\
Examples:
  csat analyze responses.csv
  csat analyze responses.csv --by 'region*age' --where 'channel = \"branch\"'
  csat analyze responses.csv --as q7=nps --as q9=skip
  csat analyze q1.csv q2.csv --every quarter --wave all --format csv
  zcat responses.csv.gz | csat analyze - --survey transactional-csat
  csat analyze responses.csv --list 'recommend <= 6 or overall <= 2' -o follow-up.csv

Columns of the table:
  Score     the question's wording where all fit; else its id, with as much wording as there is room
            for, and (NPS) or (CES) behind the id
  Value     the headline figure: % of answers in the top box, NPS points, or a mean on its scale
  interval  its lower and upper limit at the confidence named, if respondents are a random sample.
            The bar has the limits and the value between the ends of the scale: 0 to 100 %, -100 to
            +100 for NPS, first to last point for a mean; a heading names other ends
  Base      how many gave a valid answer, unweighted; `*`: fewer than `flag_below` (30)
  Target    the target, and: met (the whole interval reaches it), missed (the whole interval falls
            short), cannot tell (the target lies inside the interval)

Without a definition the columns are guessed from names and values; what was taken for what is said
on stderr, with a flag for each unsure guess (marked ?). A number does not tell which end is best:
where 1 is the best answer, write `best = \"low\"` into a definition.

Conditions (--where): = != < <= > >=, in (\"a\", \"b\"), is missing, not, and, or, brackets.
Text stands in double quotes, a name with spaces in backticks, the whole in single quotes.
Texts and dates take only =, !=, in and is missing.

Interval methods (--interval):
  proportion  wilson (default), clopper-pearson, jeffreys, agresti-coull, wald
  nps         adjusted-wald (default), wald, score, bootstrap-percentile, bootstrap-bca
  mean        t (default), bootstrap-percentile, bootstrap-bca
  gap         paired-t (default), bootstrap-percentile, bootstrap-bca

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

const TREND_EXAMPLES: &str = "\
Examples:
  csat trend responses.csv                     waves as the definition says
  csat trend responses.csv --every month
  csat trend 2025.csv 2026.csv                 one file a wave, each with its own definition
  csat trend q1.json q2.json q3.csv            earlier waves from saved reports
  csat trend responses.csv --why recommend

A change is tested against the wave before, and against the same wave last year under --explain;
p-values are adjusted for the number of scores (Holm). A question that was worded or scaled
otherwise is not compared unless `bridge = true` stands in its [question.x]. A wave that is still
running is shown and not tested. The control chart marks waves that chance alone seldom gives.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

const GATE_EXAMPLES: &str = "\
Examples:
  csat gate responses.csv                              the targets and [[gate]] rows of the definition
  csat gate responses.csv --fail-if 'recommend.low < 20'
  csat gate responses.csv --fail-if 'overall.change[region=North] < -5'
  csat gate q2.json q3.csv --strict                    the wave before from a saved report
  csat gate responses.csv -o gate.xml                  JUnit XML for GitLab or Jenkins

A condition is ID[.STATISTIC].PART[segment=value]@WAVE, then < <= > or >=, then a number. PART is value,
low, high, base or change (against the complete wave before). The statistic is the headline unless
named; nps, csat or ces stand for their only question. The wave is the latest complete one unless
named. The gate fails where the condition holds.

A target fails where the whole interval is on its bad side. A target inside the interval, one on a
base below flag_below (30), and a figure that does not exist fail only with --strict. A gate with
max_drop fails where the interval of the change excludes every drop that is allowed.

In GitHub Actions, unless --format is given, annotations are printed too and a summary is added to
the page of the run.

Exit codes: 0 no gate fails, 1 files and data, 2 what was typed, 3 a gate fails, 78 a fault inside a
definition.";

const REPORT_EXAMPLES: &str = "\
Examples:
  csat report responses.csv -o q3.html
  csat report responses.csv --for board -o q3.xlsx
  csat report responses.csv --each region -o q3.html    writes q3-north.html and so on
  csat report responses.csv -o q3.json                  saves it; the next line renders what was saved
  csat report q3.json -o q3.xlsx
  csat report q2.json responses.csv -o q3.html          earlier waves from a saved report
  csat report responses.csv --badge recommend -o nps.svg

The ending of -o chooses the format: .html, .xlsx, .md, .json or .csv, and .pdf where csat was built
with the feature `pdf` (cargo install --path . --features pdf). The page is one file without scripts. What it is called, its logo, its language and who approved it stand in [report] of
the definition. Parts (--sections): glance, findings, trend, groups, distributions, gaps,
priorities, method, quality, tables, clauses.

Exit codes: 0 done, 1 files and data, 2 what was typed, 78 a fault inside a definition.";

/// Where the definition comes from and how the file is read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Reading {
    /// The definition: a file, a template (see `csat init --list`), or `none` to guess the columns
    /// [default: FILE with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// Without a definition, what a column is: q7=nps, branch=segment, q9=skip; or csat, ces, rating,
    /// importance, choice, multi, checklist, number, text, date, wave, weight, id, customer
    #[arg(long = "as", value_name = "COLUMN=WHAT")]
    pub(crate) as_: Vec<String>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
}

/// How the files of answers are written; everything is found by itself otherwise.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FileShape {
    /// The character between cells: comma, semicolon, tab, pipe
    #[arg(long, value_name = "CHARACTER", help_heading = "How the file is written (found by itself)")]
    pub(crate) delimiter: Option<String>,
    /// The encoding of its text, such as windows-1252, utf-16, macroman, cp949
    #[arg(long, value_name = "ENCODING", help_heading = "How the file is written (found by itself)")]
    pub(crate) encoding: Option<String>,
    /// The survey tool that wrote it: plain, qualtrics, surveymonkey, google-forms, microsoft-forms,
    /// limesurvey, typeform, formbricks, delighted, medallia, qualtrics-legacy
    #[arg(long, value_name = "LAYOUT", help_heading = "How the file is written (found by itself)")]
    pub(crate) layout: Option<String>,
    /// The sheet of a workbook: its name, or #2
    #[arg(long, value_name = "SHEET", help_heading = "How the file is written (found by itself)")]
    pub(crate) sheet: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Instead of scores, a list of the answers for which this holds, oldest first, as CSV or xlsx:
    /// 'recommend <= 6 or overall <= 2'
    #[arg(long, value_name = "CONDITION")]
    pub(crate) list: Option<String>,
    /// In the list, names, mail addresses and phone numbers too; without it those inside comments are masked
    #[arg(long, requires = "list")]
    pub(crate) with_personal: bool,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Quality {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Write one line for each flagged row instead, as CSV
    #[arg(long)]
    pub(crate) flags: bool,
    /// With --flags: the ids of the responses too
    #[arg(long, requires = "flags")]
    pub(crate) with_personal: bool,
    /// table, md, csv or json [default: by the ending of --output, else table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Write to this file; its ending (.md, .csv, .json, .txt) chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show every question where the list is long
    #[arg(long)]
    pub(crate) explain: bool,
}

/// What is counted: the files and the questions put to them; the same flags mean the same everywhere.
#[derive(Args, Clone, Debug)]
pub(crate) struct Asking {
    /// Files of answers; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Break by this too: region, or 'region*age' to cross. The segments of the definition are
    /// always shown; a new one needs [segment.NAME] there
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The wave to show: its name (2026-Q3), latest (the last complete one), running, or all
    #[arg(long, value_name = "WAVE")]
    pub(crate) wave: Option<String>,
    /// Split by the date into waves: day, week, month, quarter, half or year
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// Keep the rows for which this holds: 'region = "North" and overall >= 3'
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) where_: Option<String>,
    /// The column of weights; `none` ignores the definition's
    #[arg(long, value_name = "COLUMN")]
    pub(crate) weight: Option<String>,
    /// The confidence level of intervals [default: 0.95, or the definition's]
    #[arg(long, value_name = "LEVEL", allow_negative_numbers = true, value_parser = settings::confidence)]
    pub(crate) confidence: Option<f64>,
    /// The interval method (`csat analyze --help` lists them), everywhere it exists: jeffreys; or by
    /// kind: nps=score
    #[arg(long, value_name = "METHOD")]
    pub(crate) interval: Vec<String>,
    /// The seed of the bootstrap [default: 1]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// How many threads count; the result is the same for any number
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// The date in the report, which also tells which wave is complete: YYYY-MM-DD
    /// [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// The hash of the inputs in the report: xxh3 notices change, sha256 is for audits [default: xxh3]
    #[arg(long, value_name = "HASH")]
    pub(crate) hash: Option<HashChoice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HashChoice {
    /// xxh3-128
    Xxh3,
    /// SHA-256
    Sha256,
}

/// Where the result goes and what it looks like.
#[derive(Args, Clone, Debug)]
pub(crate) struct Writing {
    /// table, md, csv, json, html or xlsx [default: by the ending of --output, else table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Write to this file; its ending (.md, .csv, .json, .html, .xlsx, .txt) chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show formulas, standard errors, effective bases and every exclusion
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Trend {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Why this question's score moved: what changed in the asking, which groups, which other ratings
    #[arg(long, value_name = "QUESTION")]
    pub(crate) why: Option<String>,
    /// The segment by which a change is split into who answered and how they answered
    /// [default: the first of the definition]
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) mix: Option<String>,
    /// Call two waves about equal where they differ by less than this, by an equivalence test
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) margin: Option<f64>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Gate {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Fail where this holds: 'recommend.low < 20'. Besides the targets and gates of the definition
    #[arg(long, value_name = "CONDITION")]
    pub(crate) fail_if: Vec<String>,
    /// What cannot be told fails too: a target inside the interval, a small base, no figure
    #[arg(long)]
    pub(crate) strict: bool,
    /// table, md, json, junit or github [default: by the ending of --output (.xml is junit), else
    /// table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<GateFormat>,
    /// Write to this file; its ending (.md, .json, .xml, .txt) chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GateFormat {
    /// For reading in a terminal.
    Table,
    /// Markdown, for a summary.
    Md,
    /// The report with its gates.
    Json,
    /// JUnit XML.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
}

/// How a report is presented; what is not typed is the definition's.
#[derive(Args, Clone, Debug)]
pub(crate) struct Presenting {
    /// Whom it is for: team (everything), board, customers; also sets which small groups are hidden
    #[arg(long = "for", value_name = "AUDIENCE")]
    pub(crate) audience: Option<String>,
    /// Only these parts, in this order: glance,findings,trend
    #[arg(long, value_name = "PARTS")]
    pub(crate) sections: Vec<String>,
    /// The language of the fixed texts: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) presenting: Presenting,
    /// One report for each value of this segment, each against the rest
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) each: Option<String>,
    /// The segment by which a change is split into who answered and how they answered
    /// [default: the first of the definition]
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) mix: Option<String>,
    /// Write each chart into this folder too, as SVG, PNG and CSV, for slides
    #[arg(long, value_name = "FOLDER")]
    pub(crate) charts: Option<PathBuf>,
    /// Write a badge of this question's score instead of the report, to a file that ends in .svg
    #[arg(long, value_name = "QUESTION")]
    pub(crate) badge: Option<String>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The saved report (JSON)
    #[arg(value_name = "REPORT")]
    pub(crate) report: PathBuf,
    /// The folder of the files that it was computed from; may be given more than once [default: beside the
    /// report, else here]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Vec<PathBuf>,
    /// The definition, where it is not the one that the report names
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// How many threads count
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// The date of the verification: YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Write JSON instead of a page
    #[arg(long)]
    pub(crate) json: bool,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Import {
    /// Files of answers; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Write the table here; `-` prints it. For several files, a folder
    /// [default: FILE with .clean.csv]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over files that exist
    #[arg(long)]
    pub(crate) force: bool,
    /// Write no log of edits
    #[arg(long)]
    pub(crate) no_log: bool,
    /// Write no definition
    #[arg(long)]
    pub(crate) no_definition: bool,
    /// Put an apostrophe before cells that Excel takes for formulas
    #[arg(long)]
    pub(crate) safe: bool,
    /// Write rows too that the file calls previews or tests
    #[arg(long)]
    pub(crate) keep_tests: bool,
    /// Show what was seen in the file and why, and write nothing
    #[arg(long, conflicts_with_all = ["output", "redact"])]
    pub(crate) explain: bool,
    /// How to show it: text or json
    #[arg(short, long, value_name = "FORMAT", requires = "explain", default_value = "text")]
    pub(crate) format: LintFormat,
    /// Show values of columns with personal data or comments as well
    #[arg(long, requires = "explain")]
    pub(crate) with_personal: bool,
    /// Write a copy without personal data
    #[arg(long)]
    pub(crate) redact: bool,
    /// The file with the key for pseudonyms, 16 bytes or more
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(crate) key: Option<PathBuf>,
    /// Leave comments out of the copy
    #[arg(long, requires = "redact")]
    pub(crate) drop_comments: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// Draft from this file of answers
    #[arg(long, value_name = "FILE", conflicts_with = "from_template")]
    pub(crate) from: Option<PathBuf>,
    /// Start from a template that comes with the program
    #[arg(long, value_name = "NAME")]
    pub(crate) from_template: Option<String>,
    /// List the templates
    #[arg(long, conflicts_with_all = ["from", "from_template", "update"])]
    pub(crate) list: bool,
    /// Add the columns that the existing definition lacks
    #[arg(long, requires = "from")]
    pub(crate) update: bool,
    /// What a column is, where the guess is wrong: q7=nps, branch=segment, q9=skip
    #[arg(long = "as", value_name = "COLUMN=WHAT", requires = "from")]
    pub(crate) as_: Vec<String>,
    /// Where to write; `-` prints [default: the file's name with .toml, or NAME.toml]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// The newer definition: a file or a template
    #[arg(value_name = "DEFINITION")]
    pub(crate) newer: String,
    /// The older definition
    #[arg(long, value_name = "DEFINITION")]
    pub(crate) against: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: LintFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// As compilers complain
    Text,
    /// One object
    Json,
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
