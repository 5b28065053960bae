//! The survey as it was defined or inferred, every default filled in.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::checklist::ChecklistDefinition;
use super::complaints::ComplaintsDefinition;
use super::construct::{Construct, ModelPath};
use super::crosshair::Crosshair;
use super::disputes::DisputesDefinition;
use super::exclusion::Exclusions;
use super::gate::GateDefinition;
use super::indicators::IndicatorsDefinition;
use super::lookup::Lookup;
use super::numeral::DecimalMark;
use super::parse::Places;
use super::promises::PromisesDefinition;
use super::quality::QualityDefinition;
use super::question::Question;
use super::report_definition::ReportDefinition;
use super::scale::Scale;
use super::segment::Segment;
use super::weighting::WeightingDefinition;
use crate::diagnostic::Place;

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
    /// Whether `suppress_below` was written; an audience changes it only where it was not.
    pub suppress_below_declared: bool,
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
    /// What several questions measure together, by id, in written order.
    pub constructs: IndexMap<String, Construct>,
    /// Which construct is thought to lead to which, in written order; empty without a path model.
    pub paths: Vec<ModelPath>,
    /// Which rows are left out.
    pub exclusions: Exclusions,
    /// How the answers are weighted, if declared.
    pub weighting: Option<WeightingDefinition>,
    /// The lists whose columns are brought to the answers, in written order.
    pub lookups: Vec<Lookup>,
    /// How reports are to look.
    pub report: ReportDefinition,
    /// The gates in written order.
    pub gates: Vec<GateDefinition>,
    /// Where the lines of importance and performance stand.
    pub crosshair: Crosshair,
    /// How the answers came in.
    pub quality: QualityDefinition,
    /// The file beside the definition with what the organisation delivers by its own measurement, if it names one.
    pub delivered_file: Option<DeliveredFile>,
    /// How a file of complaints is read, if declared.
    pub complaints: Option<ComplaintsDefinition>,
    /// What is promised and how events of promises are read, if declared.
    pub promises: Option<PromisesDefinition>,
    /// How a file of disputes is read, if declared.
    pub disputes: Option<DisputesDefinition>,
    /// How a file of indicators is read, if declared.
    pub indicators: Option<IndicatorsDefinition>,
    /// The columns of a file of checklists, if declared.
    pub checklist: Option<ChecklistDefinition>,
    /// Where the definition names each column; empty when the survey is inferred.
    pub places: Places,
}

impl Default for Survey {
    /// The survey of an empty definition.
    fn default() -> Self {
        Self {
            title: None,
            objective: None,
            sampling: Sampling::Unknown,
            population: None,
            confidence: 0.95,
            flag_below: 30,
            suppress_below: 0,
            suppress_below_declared: false,
            data: Data::default(),
            scales: IndexMap::new(),
            questions: Vec::new(),
            segments: Vec::new(),
            dimensions: IndexMap::new(),
            constructs: IndexMap::new(),
            paths: Vec::new(),
            exclusions: Exclusions::default(),
            weighting: None,
            lookups: Vec::new(),
            report: ReportDefinition::default(),
            gates: Vec::new(),
            crosshair: Crosshair::default(),
            quality: QualityDefinition::default(),
            delivered_file: None,
            complaints: None,
            promises: None,
            disputes: None,
            indicators: None,
            checklist: None,
            places: Places::default(),
        }
    }
}

/// Dates that are counts, which only a definition can say: other numbers look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateCount {
    /// Days as spreadsheets count them, `46299` for 4 October 2026.
    Excel,
    /// Seconds since 1970, UTC.
    Unix,
    /// Milliseconds since 1970, UTC.
    UnixMillis,
}

impl DateCount {
    /// The count that a date format names.
    pub fn parse(format: &str) -> Option<Self> {
        match format {
            "excel" => Some(Self::Excel),
            "unix" => Some(Self::Unix),
            "unix_ms" => Some(Self::UnixMillis),
            _ => None,
        }
    }
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

impl Sampling {
    /// The name in the definition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Random => "random",
            Self::EveryoneInvited => "everyone_invited",
            Self::OpenLink => "open_link",
            Self::EveryoneAnswered => "everyone_answered",
        }
    }

    /// The sampling of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Unknown, Self::Random, Self::EveryoneInvited, Self::OpenLink, Self::EveryoneAnswered]
            .into_iter()
            .find(|sampling| sampling.name() == name)
    }
}

/// The `[data]` table: how to read the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Further names of the columns below, by the first.
    pub other_names: IndexMap<String, Vec<String>>,
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
    /// The weight column; the design weight, where targets are declared.
    pub weight: Option<String>,
    /// The stratum in which the row was drawn: a segment id or a column.
    pub stratum: Option<String>,
    /// The cluster that was drawn, of which the row is: a segment id or a column.
    pub cluster: Option<String>,
    /// Texts that mean blank everywhere.
    pub missing: Vec<String>,
    /// The decimal mark of the numbers in the file; none when it is found by column.
    pub decimal: Option<DecimalMark>,
    /// How many were invited.
    pub invited: Option<Invited>,
    /// Columns that hold personal data, whatever they look like.
    pub personal: Vec<String>,
    /// Columns that do not, whatever they look like.
    pub personal_not: Vec<String>,
}

impl Data {
    /// The further names of a column.
    pub fn other_names(&self, column: &str) -> impl Iterator<Item = &str> {
        self.other_names.get(column).into_iter().flatten().map(String::as_str)
    }
}

impl Default for Data {
    fn default() -> Self {
        Self {
            other_names: IndexMap::new(),
            id: None,
            customer: None,
            date: None,
            wave: None,
            fiscal_year_start: 1,
            fiscal_year_named_end: true,
            weight: None,
            stratum: None,
            cluster: None,
            missing: Vec::new(),
            decimal: None,
            invited: None,
            personal: Vec::new(),
            personal_not: Vec::new(),
        }
    }
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

impl Period {
    /// The name in the definition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    /// The period of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Half, Self::Year]
            .into_iter()
            .find(|period| period.name() == name)
    }
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
    /// Its weight among the dimensions of the gaps.
    pub weight: Option<f64>,
    /// What holds the points that each respondent allots to it: the id of a number or importance question, or column
    /// names, of which the first found is used; empty where none are allotted.
    pub points: Vec<String>,
}

/// The file of `[gaps] delivered`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredFile {
    /// Its name, which counts from the folder of the definition.
    pub file: String,
    /// Where the definition names it.
    pub place: Option<Place>,
}
