//! What was asked of a survey: by, wave, where, weight and the like, as typed.

use chrono::NaiveDate;

use crate::measures::Intervals;
use crate::survey::expression::Expression;
use crate::survey::{FileFacts, Period};

use super::crosstab::CrosstabAsk;
use super::drivers::DriversAsk;
use super::gaps::GapsAsk;
use super::trend::{QuestionBreak, WaveFigures};

/// What was asked of a survey; what is `None` is the definition's.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// Crossings of segments beyond each segment by itself.
    pub by: Vec<Vec<String>>,
    /// The wave to speak of; `None` is the latest complete one.
    pub wave: Option<WaveChoice>,
    /// Calendar waves instead of the definition's.
    pub every: Option<Period>,
    /// Which rows are kept.
    pub filter: Option<Expression>,
    /// The weight column.
    pub weight: Option<WeightChoice>,
    /// The confidence level.
    pub confidence: Option<f64>,
    /// The interval methods.
    pub intervals: Intervals,
    /// The seed of resampling.
    pub seed: u64,
    /// The date the report speaks at.
    pub as_of: NaiveDate,
    /// A subgroup below this is hidden.
    pub suppress_below: Option<u64>,
    /// The columns of the files, for conditions on columns that the survey does not mention.
    pub columns: Vec<String>,
    /// What the files say of themselves, in their order: previews and unfinished responses are told by them.
    pub files: Vec<FileFacts>,
    /// Whether the survey was inferred: what was assumed is then checked against the answers.
    pub inferred: bool,
    /// How much is made of the counts.
    pub depth: Depth,
    /// Whether the report says how each headline moved from wave to wave.
    pub trend: bool,
    /// The segment by which a change is split into mix and within; `None` is the first one declared.
    pub mix: Option<String>,
    /// How large a change may be and still count as about equal, in the headline's unit.
    pub margin: Option<f64>,
    /// Waves from elsewhere that the trend goes back to: of saved reports, of files with other definitions. Where there
    /// are some, answers without waves are one that is named after its file.
    pub saved: Vec<WaveFigures>,
    /// Whether rows are looked at one by one.
    pub row_checks: RowChecks,
    /// Tables that are asked for instead of scores; `by` are their banners.
    pub crosstab: Option<CrosstabAsk>,
    /// Where questions changed between the waves.
    pub breaks: Vec<QuestionBreak>,
    /// Whether weighted headlines are shown beside those where every row counts once.
    pub with_unweighted: bool,
    /// Whether the final weight of every row is told.
    pub row_weights: bool,
    /// What is asked of the drivers of an outcome; `None`: nothing.
    pub drivers: Option<DriversAsk>,
    /// What is asked of gaps beyond what every report says of them; `None`: nothing.
    pub gaps: Option<GapsAsk>,
}

/// How much is made of the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Every score, distributions, gaps and priorities.
    #[default]
    Scores,
    /// Groups tested against the rest and findings besides: what a report tells.
    Report,
}

/// Whether rows are looked at one by one, for the quality of the answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowChecks {
    /// They are only counted.
    #[default]
    No,
    /// They are flagged.
    Flags,
    /// They are flagged, and the ids of responses kept for those who may see them.
    FlagsWithIds,
}

/// Which wave to speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaveChoice {
    /// The latest that is complete.
    Latest,
    /// The one that holds the date of the report.
    Running,
    /// Each wave and all together.
    All,
    /// The one of that label.
    Named(String),
}

/// Which weight column to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightChoice {
    /// This column.
    Column(String),
    /// None, whatever the definition says.
    Unweighted,
}

/// The seed of resampling unless another is given.
const SEED: u64 = 1;

impl Scope {
    /// Everything as the definition says, at a date.
    pub fn new(as_of: NaiveDate) -> Self {
        Self {
            by: Vec::new(),
            wave: None,
            every: None,
            filter: None,
            weight: None,
            confidence: None,
            intervals: Intervals::default(),
            seed: SEED,
            as_of,
            suppress_below: None,
            columns: Vec::new(),
            files: Vec::new(),
            inferred: false,
            depth: Depth::default(),
            trend: false,
            mix: None,
            margin: None,
            saved: Vec::new(),
            row_checks: RowChecks::default(),
            crosstab: None,
            breaks: Vec::new(),
            with_unweighted: false,
            row_weights: false,
            drivers: None,
            gaps: None,
        }
    }

    /// Whether nothing but an analysis of rows is asked for.
    pub fn is_of_rows(&self) -> bool {
        (self.drivers.is_some() || self.gaps.is_some()) && self.depth == Depth::Scores
    }
}

impl WaveChoice {
    /// `latest`, `running`, `all`, or the label of a wave.
    pub fn parse(text: &str) -> Self {
        match text {
            "latest" => Self::Latest,
            "running" => Self::Running,
            "all" => Self::All,
            label => Self::Named(label.to_owned()),
        }
    }
}

impl WeightChoice {
    /// `none`, or a column.
    pub fn parse(text: &str) -> Self {
        if text == "none" { Self::Unweighted } else { Self::Column(text.to_owned()) }
    }
}
