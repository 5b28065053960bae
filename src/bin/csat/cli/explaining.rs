//! `csat drivers`: what was typed.

use clap::{Args, ValueEnum};

use super::asking::Asking;
use super::writing::Writing;

#[derive(Args, Clone, Debug)]
#[command(
    mut_arg("by", |arg| arg.help(
        "The same for the groups of these segments, and whether importance differs between them: region, or 'region*age'"
    )),
    // Limits here are resampled.
    mut_arg("interval", |arg| arg.hide(true)),
)]
pub(crate) struct Drivers {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// What is explained: a question, or a column of numbers or of yes and no [default: the overall question]
    #[arg(long, value_name = "ID")]
    pub(crate) outcome: Option<String>,
    /// The drivers, with commas between; staff.perception is a part of a pair
    /// [default: every other csat and rating question, unless the definition says otherwise]
    #[arg(long = "drivers", value_name = "IDS")]
    pub(crate) predictors: Vec<String>,
    /// What of the outcome is explained [default: mean]
    #[arg(long, value_name = "WHAT")]
    pub(crate) of: Option<Of>,
    /// Rows without all answers: every pair of questions by itself, complete rows only, or a mark for what is missing
    /// [default: pairwise]
    #[arg(long, value_name = "HOW")]
    pub(crate) missing: Option<Missing>,
    /// How often rows are drawn anew for limits [default: 2000, fewer where that would take long]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(200..=100_000))]
    pub(crate) resamples: Option<u32>,
    /// So many of the lowest points are a penalty [default: 2, or 1 of less than five]
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u32).range(1..=10))]
    pub(crate) penalty: Option<u32>,
    /// So many of the highest points are a reward [default: 1]
    #[arg(long, value_name = "POINTS", value_parser = clap::value_parser!(u32).range(1..=10))]
    pub(crate) reward: Option<u32>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// The mean
    Mean,
    /// Being in the top box
    #[value(name = "top_box", alias = "top-box")]
    TopBox,
    /// The net promoter score
    Nps,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Missing {
    Pairwise,
    Listwise,
    Dummy,
}
