//! `csat crosstab`: what was typed.

use clap::{Args, ValueEnum};
use csat::analysis::Adjustment;
use csat::measures::ShareLimits;

use super::asking::Asking;
use super::writing::Writing;

#[derive(Args, Clone, Debug)]
#[command(mut_arg("by", |arg| arg.help(
    "The columns: segments, questions or `wave`, with commas between; 'region*age' nests. A question gives its \
     points or options, NPS its three groups; overall:box and recommend:points are the other way [default: every \
     segment]"
)))]
pub(crate) struct Crosstab {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// The rows: questions and segments, with commas between [default: every scored question]
    #[arg(long, value_name = "IDS")]
    pub(crate) rows: Vec<String>,
    /// Show several answers together too: 'q5: Digital = app, web'
    #[arg(long, value_name = "NET")]
    pub(crate) net: Vec<String>,
    /// What each column is set against [default: each-other; previous where waves are the columns]
    #[arg(long, value_name = "WHAT")]
    pub(crate) against: Option<Against>,
    /// How p-values are adjusted for the number of column pairs of a row [default: benjamini-hochberg]
    #[arg(long, value_name = "METHOD")]
    pub(crate) adjust: Option<Adjust>,
    /// A column gets a letter where it is sure at this level; small letters at a second one: 0.95,0.90
    /// [default: the confidence level]
    #[arg(long, value_name = "LEVELS")]
    pub(crate) level: Option<String>,
    /// Columns with a smaller effective base are flagged and not tested [default: 30]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) minimum_base: Option<f64>,
    /// Smaller differences of shares, NPS and indexes get no letter, in points [default: 0]
    #[arg(long, value_name = "POINTS", allow_negative_numbers = true)]
    pub(crate) minimum_difference: Option<f64>,
    /// Smaller differences of means get no letter, in the unit of their scale [default: 0]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) minimum_mean_difference: Option<f64>,
    /// The test of each table [default: by the rules below]
    #[arg(long, value_name = "TEST")]
    pub(crate) test: Option<Test>,
    /// How two means are compared [default: welch]
    #[arg(long, value_name = "TEST")]
    pub(crate) pairs: Option<Pairs>,
    /// The interval of the difference of two shares; weighted ones have it on effective bases [default: newcombe]
    #[arg(long, value_name = "METHOD")]
    pub(crate) difference_interval: Option<DifferenceInterval>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Against {
    /// Every other column
    EachOther,
    /// The total that it is a part of
    Total,
    /// Everybody outside it
    Rest,
    /// The column before it
    Previous,
    /// Nothing: no letters
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Adjust {
    BenjaminiHochberg,
    Holm,
    Bonferroni,
    None,
}

impl Adjust {
    /// The adjustment that it stands for.
    pub(crate) fn adjustment(self) -> Adjustment {
        match self {
            Self::BenjaminiHochberg => Adjustment::BenjaminiHochberg,
            Self::Holm => Adjustment::Holm,
            Self::Bonferroni => Adjustment::Bonferroni,
            Self::None => Adjustment::None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Test {
    ChiSquare,
    Fisher,
    RaoScott,
    KruskalWallis,
    Welch,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pairs {
    Welch,
    GamesHowell,
}

/// The interval of the difference of two independent shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DifferenceInterval {
    Newcombe,
    MiettinenNurminen,
}

impl DifferenceInterval {
    /// The limits that it stands for.
    pub(crate) fn limits(self) -> ShareLimits {
        match self {
            Self::Newcombe => ShareLimits::Newcombe,
            Self::MiettinenNurminen => ShareLimits::MiettinenNurminen,
        }
    }
}

/// The name under which a value is typed.
pub(crate) fn typed_name(value: &impl ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}
