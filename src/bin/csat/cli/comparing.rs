//! Flags of the command that sets two sides against each other.

use clap::{Args, ValueEnum};

use super::asking::Asking;
use super::tabulating::DifferenceInterval;
use super::writing::Writing;

#[derive(Args, Debug)]
#[command(
    mut_arg("files", |arg| arg.help("Two files, each a side; with --a one file or several")),
    mut_arg("wave", |arg| arg.help(
        "The wave of both sides: its name (2026-Q3), latest (the last complete one), running, or all"
    )),
    // It changes nothing here, and `commands::compare` refuses it.
    mut_arg("by", |arg| arg.hide(true)),
)]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// The rows of side a, what is compared with: 'wave = 2026-Q2', or a condition as for --where
    #[arg(long, value_name = "CONDITION")]
    pub(crate) a: Option<String>,
    /// The rows of side b; every difference is b less a
    #[arg(long, value_name = "CONDITION", requires = "a", conflicts_with = "rest")]
    pub(crate) b: Option<String>,
    /// Side b is everybody who is not on side a
    #[arg(long, requires = "a")]
    pub(crate) rest: bool,
    /// The questions shown, with commas between; p-values stay adjusted for all of them [default: every scored
    /// question]
    #[arg(long, value_name = "IDS")]
    pub(crate) rows: Vec<String>,
    /// Pair the respondents of both sides by this column [default: `customer` of the definition]
    #[arg(long, value_name = "COLUMN", num_args = 0..=1, default_missing_value = "")]
    pub(crate) paired: Option<String>,
    /// Which figures: the headline of each question, or all statistics
    #[arg(long, value_name = "WHICH", default_value = "headline")]
    pub(crate) statistics: Statistics,
    /// Call two figures about equal where they differ by less than this, by an equivalence test
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) margin: Option<f64>,
    /// The interval of the difference of two independent shares; weighted ones have it on effective bases
    /// [default: newcombe]
    #[arg(long, value_name = "METHOD")]
    pub(crate) difference_interval: Option<DifferenceInterval>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Statistics {
    /// The headline of each question
    Headline,
    /// Every statistic
    All,
}
