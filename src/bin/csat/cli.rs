//! What was typed: the commands and their flags, nothing resolved yet.

mod asking;
mod comparing;
mod examples;
mod explaining;
mod measuring;
mod preparing;
mod reading;
mod recording;
mod tabulating;
mod writing;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

pub(crate) use asking::{Asking, HashChoice};
pub(crate) use comparing::{Compare, Statistics};
pub(crate) use explaining::{Drivers, Missing, Of as DriversOf};
pub(crate) use measuring::{Analyze, Gap, Gate, Kano, Quality, Report, Trend, Verify, Weight};
pub(crate) use preparing::{Completions, Import, Init, Lint, Schema, SchemaOf};
pub(crate) use reading::{FileShape, Reading};
pub(crate) use recording::{Complaints, Disputes, Indicators, Promises};
pub(crate) use tabulating::{Adjust, Against, Crosstab, DifferenceInterval, Pairs, Test, typed_name};
pub(crate) use writing::{GateFormat, LintFormat, Presenting, Writing};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Customer satisfaction measurement: scores with intervals, from a file of answers.
#[derive(Debug, Parser)]
#[command(name = "csat", version, about, styles = STYLES, max_term_width = 100)]
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
    #[command(after_long_help = examples::INIT)]
    Init(Init),
    /// Write a survey tool's file as a plain table, with a definition and a log of edits
    #[command(after_long_help = examples::IMPORT)]
    Import(Box<Import>),
    /// What a definition changed against an older one
    #[command(after_long_help = examples::LINT)]
    Lint(Lint),
    /// How well the answers came in: what is missing, careless or there twice
    #[command(after_long_help = examples::QUALITY)]
    Quality(Box<Quality>),
    /// Every score with its interval, its base and what was left out
    #[command(after_long_help = examples::ANALYZE)]
    Analyze(Box<Analyze>),
    /// Two files, waves or groups against each other: what differs, by how much, how sure
    #[command(after_long_help = examples::COMPARE)]
    Compare(Box<Compare>),
    /// What weights do: margins before and after, their cost, the scores with and without
    #[command(after_long_help = examples::WEIGHT)]
    Weight(Box<Weight>),
    /// Questions by groups or waves: banner tables with intervals, letters and tests
    #[command(after_long_help = examples::CROSSTAB)]
    Crosstab(Box<Crosstab>),
    /// What customers expect against what they perceive: by question, dimension and group
    #[command(after_long_help = examples::GAP)]
    Gap(Box<Gap>),
    /// What goes with satisfaction: how much each rating accounts for, and how sure
    #[command(after_long_help = examples::DRIVERS)]
    Drivers(Box<Drivers>),
    /// What kind of need each feature is: taken for granted, the more the better, pleasing
    #[command(after_long_help = examples::KANO)]
    Kano(Box<Kano>),
    /// Complaints (ISO 10002): how many, how fast, what about, how satisfied
    #[command(after_long_help = examples::COMPLAINTS)]
    Complaints(Box<Complaints>),
    /// Indicators (ISO 10004): what is recorded anyway, what moved, whether scores agree
    #[command(after_long_help = examples::INDICATORS)]
    Indicators(Box<Indicators>),
    /// Promises (ISO 10001): what was kept, how far breaches went, what was made good
    #[command(after_long_help = examples::PROMISES)]
    Promises(Box<Promises>),
    /// Disputes (ISO 10003): how many, how fast, how they ended, how fair
    #[command(after_long_help = examples::DISPUTES)]
    Disputes(Box<Disputes>),
    /// The report that management reads: findings, trend, groups, answers, method
    #[command(after_long_help = examples::REPORT)]
    Report(Box<Report>),
    /// What moved from wave to wave, whether the move is real, and why
    #[command(after_long_help = examples::TREND)]
    Trend(Box<Trend>),
    /// Fail where a target is missed or a limit is broken: for CI and cron
    #[command(after_long_help = examples::GATE)]
    Gate(Box<Gate>),
    /// Compute a saved report anew from its sources and say where figures differ
    #[command(after_long_help = examples::VERIFY)]
    Verify(Verify),
    /// Print the JSON Schema of definitions or of reports
    #[command(after_long_help = examples::SCHEMA)]
    Schema(Schema),
    /// Print a completion script for a shell
    #[command(after_long_help = examples::COMPLETIONS)]
    Completions(Completions),
    /// Print the manual page
    #[command(after_long_help = examples::MAN)]
    Man,
}
