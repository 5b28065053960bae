//! What the report is about: the survey in short and where the figures came from.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::estimate::Better;

/// The survey as far as a reader of the report needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SurveySummary {
    /// What the survey is for.
    pub objective: Option<String>,
    /// How respondents came in: unknown, random, everyone_invited, open_link, everyone_answered.
    pub sampling: String,
    /// What the interval does and does not show, for that sampling.
    pub sampling_note: Option<String>,
    /// The finite population.
    pub population: Option<u64>,
    /// The confidence level, 0 to 1.
    pub confidence: f64,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A subgroup below this is hidden.
    pub suppress_below: u64,
    /// Whether the definition sets that limit, for every audience alike; written only where it does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suppress_below_declared: bool,
    /// The weight column, when one was used.
    pub weight: Option<String>,
    /// Response rate in percent of those invited, when known.
    pub response_rate: Option<f64>,
    /// How many were invited, when known.
    pub invited: Option<u64>,
    /// The questions in written order.
    pub questions: Vec<QuestionSummary>,
    /// The segments in written order.
    pub segments: Vec<SegmentSummary>,
    /// Labels of dimensions by id.
    pub dimensions: IndexMap<String, String>,
}

/// One question in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionSummary {
    /// The id.
    pub id: String,
    /// What it measures.
    pub measure: String,
    /// Its wording, or its id.
    pub text: String,
    /// What tables and charts call it; written only where the definition gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The columns read (expectation and perception for a gap).
    pub columns: Vec<String>,
    /// The headline statistic, if it has one.
    pub headline: Option<String>,
    /// How the headline is defined in words, such as "4 or 5 of 1 to 5" or "promoters 9-10 minus detractors 0-6".
    pub definition: String,
    /// The points that the headline counts, for a scale; null in reports of versions that did not say.
    pub points: Option<HeadlinePoints>,
    /// Which way is good for the headline.
    pub better: Option<Better>,
    /// The smallest and the largest point, for a scale.
    pub scale: Option<[i32; 2]>,
    /// The labels of the points or options, by code.
    pub labels: IndexMap<String, String>,
    /// The dimension it belongs to.
    pub dimension: Option<String>,
    /// Whether this is the overall outcome.
    pub overall: bool,
    /// Whether it is taken as a predictor of the overall outcome.
    pub driver: bool,
    /// Whether its waves are joined although the question was asked otherwise before; written only where they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bridge: bool,
    /// As the definition has it, where wording or labels are shown in another language; written only where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_words: Option<OwnWordsSummary>,
}

/// The wording and the labels of a question as its definition has them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OwnWordsSummary {
    /// The wording, or the id.
    pub text: String,
    /// The labels of the points or options, by code.
    pub labels: IndexMap<String, String>,
}

impl QuestionSummary {
    /// What tables and charts call it: its label, else its wording, else its id.
    pub fn name(&self) -> &str {
        let texts = [self.label.as_deref(), Some(self.text.as_str())];
        texts.into_iter().flatten().find(|text| !text.is_empty()).unwrap_or(&self.id)
    }
}

/// The points of a scale that a headline counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HeadlinePoints {
    /// The smallest and the largest point at the good end.
    pub good: Option<[i64; 2]>,
    /// The smallest and the largest point at the bad end.
    pub bad: Option<[i64; 2]>,
    /// Whether the smallest point is the best.
    pub best_is_low: bool,
    /// Whether the points say how far one agrees.
    pub agree: bool,
    /// The numbers between the ends of the scale that are no points of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holes: Vec<i64>,
}

impl HeadlinePoints {
    /// How many points `last` is from `first`.
    pub fn steps(&self, first: i64, last: i64) -> i64 {
        let steps = (first..last).filter(|number| !self.holes.contains(number)).count();
        i64::try_from(steps).unwrap_or(i64::MAX)
    }
}

/// One segment in short.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SegmentSummary {
    /// The id.
    pub id: String,
    /// Its label, or its id.
    pub label: String,
    /// Its values in the order they are shown.
    pub values: Vec<String>,
}

/// Where the figures came from: written from what ran.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// The version of csat.
    pub csat: String,
    /// The command that ran: analyze, report, trend or gate.
    #[serde(default)]
    pub command: String,
    /// The files read, in the order in which they were: files of answers with the lists brought to them, then
    /// saved reports.
    pub inputs: Vec<Input>,
    /// The definition used, if any; of several waves with definitions of their own, the newest wave's.
    pub definition: Option<DefinitionUsed>,
    /// The seed of resampling.
    pub seed: u64,
    /// What was typed that shapes the report (not threads, output, format, quiet, colour); with the command and the
    /// inputs it is enough to run the same again.
    pub options: IndexMap<String, String>,
    /// A hash of everything else in the report, which tells that it was edited by hand; null where nobody sealed it.
    #[serde(default)]
    pub seal: Option<String>,
}

/// One file read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Its name as given, without folders.
    pub name: String,
    /// What it holds.
    #[serde(default)]
    pub kind: InputKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its records after the header rows; of a saved report, the records that count in its figures.
    pub rows: u64,
    /// `xxh3-128:…`, or `sha256:…` when asked for and of a saved report.
    pub hash: String,
    /// The definition it was read by; written only where that is another than the report's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<DefinitionUsed>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// Answers.
    #[default]
    Answers,
    /// A report that was saved.
    Report,
    /// A list whose columns were brought to the answers.
    List,
}

/// The definition used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DefinitionUsed {
    /// The file's name without folders, or the embedded definition's, or `inferred`.
    pub name: String,
    /// `sha256:…`; null for an inferred one.
    pub hash: Option<String>,
}

/// Which waves the report speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waves {
    /// The wave shown; null when all are, or when there are none.
    pub wave: Option<String>,
    /// Every wave found, in order.
    pub found: Vec<String>,
    /// How waves are formed, such as `quarter`, `column round`, or `file` for one file a wave; null without waves.
    pub rule: Option<String>,
    /// The wave that was still running at `as_of`, if any.
    pub running: Option<String>,
    /// Waves that begin after `as_of`, which is most likely a slip in their dates; written only where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub future: Vec<String>,
}
