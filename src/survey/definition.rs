//! The survey as it was defined or inferred, every default filled in.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::question::Question;
use super::scale::Scale;
use super::segment::Segment;

/// What was asked, of whom, and how the file is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The title, if given.
    pub title: Option<String>,
    /// What the survey is for.
    pub objective: Option<String>,
    /// How respondents came in.
    pub sampling: Sampling,
    /// The finite population, if known.
    pub population: Option<u64>,
    /// The confidence level of intervals, 0.5 to 0.9999.
    pub confidence: f64,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A subgroup below this is hidden.
    pub suppress_below: u64,
    /// How to read the file.
    pub data: Data,
    /// Every scale that is defined or used, by name.
    pub scales: IndexMap<String, Scale>,
    /// The questions in written order, blocks spelt out.
    pub questions: Vec<Question>,
    /// The segments in written order.
    pub segments: Vec<Segment>,
    /// The dimensions, by id, in written order.
    pub dimensions: IndexMap<String, Dimension>,
    /// What the definition declares that no command analyses yet; each becomes a note `not_yet_analysed`.
    pub not_yet_analysed: Vec<String>,
}

/// How respondents came in (`sampling`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sampling {
    /// Not known.
    Unknown,
    /// A random sample.
    Random,
    /// Everyone was invited; some answered.
    EveryoneInvited,
    /// Whoever had the link could answer.
    OpenLink,
    /// A census.
    EveryoneAnswered,
}

/// The `[data]` table: how to read the file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Data {
    /// The column that identifies the response.
    pub id: Option<String>,
    /// The column that identifies the respondent.
    pub customer: Option<String>,
    /// The date of the answer.
    pub date: Option<DateColumn>,
    /// How rows are split into waves.
    pub wave: Option<WaveRule>,
    /// The month in which the fiscal year starts, 1 to 12; 1 is the calendar year.
    pub fiscal_year_start: u32,
    /// Whether a fiscal year is named after the calendar year in which it ends (else: starts).
    pub fiscal_year_named_end: bool,
    /// The weight column.
    pub weight: Option<String>,
    /// Texts that mean blank everywhere.
    pub missing: Vec<String>,
    /// How many were invited.
    pub invited: Option<Invited>,
}

/// The date column and its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateColumn {
    /// The column.
    pub column: String,
    /// A strftime format, when given; else the format is found from the data.
    pub format: Option<String>,
}

/// How rows are split into waves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaveRule {
    /// By the calendar, from the date column.
    Every(Period),
    /// By the value of a column.
    Column {
        /// The column.
        column: String,
        /// The declared order of its values; empty: numeric, else code point.
        order: Vec<String>,
    },
}

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// `2026-09-14`
    Day,
    /// `2026-W38` (ISO 8601)
    Week,
    /// `2026-09`
    Month,
    /// `2026-Q3`
    Quarter,
    /// `2026-H2`
    Half,
    /// `2026`
    Year,
}

/// How many were invited: in all, by wave, or by segment value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invited {
    /// In all.
    Total(u64),
    /// By wave label.
    Waves(IndexMap<String, u64>),
    /// By segment id, then by value.
    Segments(IndexMap<String, IndexMap<String, u64>>),
}

/// A dimension that questions belong to.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Dimension {
    /// What it is called; its id when not given.
    pub label: Option<String>,
    /// Its weight, kept for the weighted gap score.
    pub weight: Option<f64>,
}
