//! How well the answers came in: what is missing, what looks careless, who answered at all. Flags, never exclusions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::trend::{ChangeVerdict, Family};
use crate::report::{LedgerPlace, Unit};

/// How well the answers came in (ISO 10004:2018, 7.4.2).
///
/// Nothing is left out by it: rows are flagged and counted. Shares are between 0 and 1. What could not be looked at has
/// a `reason`, a stable name, in place of its figures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualitySection {
    /// The wave; null without waves and for all together.
    pub wave: Option<String>,
    /// How many rows were looked at: those of the figures.
    pub rows: u64,
    /// Why rows could not be looked at one by one, such as `too_many_rows`; null where they were.
    pub reason: Option<String>,
    /// The questions in the order in which they were asked, a line for each column of answers.
    pub items: Vec<QualityItem>,
    /// How far respondents came.
    pub progress: QualityProgress,
    /// Every check of rows, done or not.
    pub checks: Vec<QualityCheck>,
    /// How many rows have how many flags.
    pub flags: QualityFlags,
    /// Neighbouring questions on one scale.
    pub grids: Vec<QualityGrid>,
    /// Answers that contradict each other, a line for each condition.
    pub contradictions: Vec<QualityContradiction>,
    /// The first against the last respondents.
    pub late: QualityLate,
    /// AAPOR response rates.
    pub response: QualityResponse,
}

/// What became of the cells of one column of answers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityItem {
    /// The question's id.
    pub question: String,
    /// `expectation` and `perception`, or `functional` and `dysfunctional`, of a question with two columns.
    pub part: Option<String>,
    /// What the question is called, where the definition says it.
    pub label: Option<String>,
    /// Rows to which it was put: answered, don't know, not applicable, blank and invalid together.
    pub asked: u64,
    /// Cells with an answer.
    pub answered: u64,
    /// Cells that say don't know.
    pub dont_know: u64,
    /// Cells that say not applicable.
    pub not_applicable: u64,
    /// Empty cells.
    pub blank: u64,
    /// Cells outside the scale.
    pub invalid: u64,
    /// Rows to which it was not put.
    pub not_asked: u64,
    /// Item non-response: blank and invalid cells of those asked; null where nobody was asked.
    pub nonresponse: Option<f64>,
    /// Don't know of those asked; null where nobody was asked.
    pub dont_know_share: Option<f64>,
}

/// How far respondents came. Open texts and questions with several answers do not count: many leave them blank who reach
/// the end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityProgress {
    /// Where the order of the questions is from: `columns` or `definition`.
    pub order: String,
    /// Why it cannot be told, such as `too_few_questions`.
    pub reason: Option<String>,
    /// Rows without any answer: unit non-response.
    pub no_answer: u64,
    /// Rows that answered the last question put to them, or the one before.
    pub reached_end: u64,
    /// Rows with an answer that left at least the last two questions blank.
    pub stopped: u64,
    /// Where they stopped: the last question answered, in the order asked; questions at which nobody stopped are left out.
    pub break_off: Vec<QualityBreakOff>,
}

/// Rows whose last answer is to one question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityBreakOff {
    /// The question last answered.
    pub question: String,
    /// Its part, of a question with two columns.
    pub part: Option<String>,
    /// Its place in the order asked, from 1.
    pub place: u64,
    /// Of how many.
    pub of: u64,
    /// Rows that stopped there.
    pub rows: u64,
    /// Of all rows with an answer.
    pub share: Option<f64>,
}

/// One check of rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityCheck {
    /// Its stable name: no_answer, stopped, duplicate_id, repeat_customer, duplicate_answers, speeder, straight_line,
    /// long_string, contradiction, out_of_range, date_unreadable, date_future, date_before_start.
    pub code: String,
    /// Whether a hit counts as a flag of its row; else it is only said.
    pub is_flag: bool,
    /// How many rows were looked at; null where it could not be done.
    pub looked_at: Option<u64>,
    /// How many of them are flagged.
    pub flagged: Option<u64>,
    /// Their share.
    pub share: Option<f64>,
    /// The limit in words, English; null where it could not be done.
    pub rule: Option<String>,
    /// The limit as a number, where it is one.
    pub threshold: Option<f64>,
    /// The share of the median time that the limit is, where it is one.
    pub share_of_median: Option<f64>,
    /// What the limit counts: seconds, questions, days.
    pub threshold_unit: Option<String>,
    /// The column of the files that the limit is of, where there is one; not written without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Pairs of rows that are alike in all answers, flagged or not; written for duplicate_answers only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairs: Option<u64>,
    /// How many such pairs chance alone makes: expected from the shares of each answer, question by question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected_pairs: Option<f64>,
    /// The first five rows.
    pub places: Vec<LedgerPlace>,
    /// Why it could not be done: a stable name.
    pub reason: Option<String>,
}

/// Rows by the number of flags.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityFlags {
    /// Rows without a flag.
    pub none: u64,
    /// Rows with one.
    pub one: u64,
    /// Rows with two.
    pub two: u64,
    /// Rows with three or more.
    pub three_or_more: u64,
}

/// Neighbouring questions on one scale, asked together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityGrid {
    /// The block of the definition, or the first and the last question.
    pub name: String,
    /// Whether the definition's block made it; else neighbours on one scale did.
    pub block: bool,
    /// The columns of answers in the order asked: question ids, with the part where there is one.
    pub questions: Vec<String>,
    /// Whether some of its questions are turned round: the same point then says opposite things.
    pub mixed_directions: bool,
    /// Rows with enough answers to it to be looked at.
    pub looked_at: u64,
    /// Rows whose answers are all one point: a person's standard deviation of 0.
    pub identical: u64,
    /// Their share of the rows looked at.
    pub identical_share: Option<f64>,
    /// The longest run of one point that any row has.
    pub longest_run: u64,
    /// The mean over rows of their longest run.
    pub mean_run: Option<f64>,
    /// A run of so many questions flags a row; null where the grid is too short for it.
    pub run_flagged: Option<u64>,
}

/// One condition that no respondent should meet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityContradiction {
    /// The condition as it is written.
    pub condition: String,
    /// Whether it is ours, as the definition has none.
    pub default: bool,
    /// Rows that answered what it names.
    pub looked_at: u64,
    /// Rows that meet it.
    pub rows: u64,
}

/// The first third of the respondents against the last: who answers late is closer to who does not answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityLate {
    /// By what respondents are ordered: `date` or `file_order`; null where nothing was compared.
    pub by: Option<String>,
    /// Why nothing was compared, such as `too_few_rows`.
    pub reason: Option<String>,
    /// The rows of the first third.
    pub early: Option<u64>,
    /// The rows of the last third.
    pub late: Option<u64>,
    /// The headline of each question.
    pub rows: Vec<QualityLateRow>,
    /// The family over which p-values were adjusted.
    pub family: Option<Family>,
}

/// The headline of one question among the first and the last respondents.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityLateRow {
    /// The question's id.
    pub question: String,
    /// The headline statistic.
    pub statistic: String,
    /// The unit; differences of percentages are in points.
    pub unit: Option<Unit>,
    /// The figure of the first third.
    pub early: Option<f64>,
    /// Its base.
    pub early_base: Option<u64>,
    /// The figure of the last third.
    pub late: Option<f64>,
    /// Its base.
    pub late_base: Option<u64>,
    /// Late less early.
    pub difference: Option<f64>,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The two-sided p-value that there is none.
    pub p: Option<f64>,
    /// Adjusted over the questions.
    pub p_adjusted: Option<f64>,
    /// The method of interval and test.
    pub method: Option<String>,
    /// What the adjusted p-value says.
    pub verdict: Option<ChangeVerdict>,
}

/// Response rates as AAPOR names them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityResponse {
    /// Where the dispositions are from: `column` or `counts`; null without any.
    pub source: Option<String>,
    /// Why there are no rates, such as `no_dispositions`.
    pub reason: Option<String>,
    /// Cases by disposition, in AAPOR's order.
    pub dispositions: Vec<QualityDisposition>,
    /// Cells of the column that stand for no disposition, blank ones among them; they count as unknown.
    pub unmatched: Option<u64>,
    /// The share of cases of unknown eligibility that are eligible (e).
    pub e: Option<f64>,
    /// Where e is from: `computed` from the cases of known eligibility, or `given`.
    pub e_source: Option<String>,
    /// The rates.
    pub rates: Vec<QualityRate>,
}

/// Cases of one disposition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityDisposition {
    /// complete, partial, refusal, non_contact, other, unknown, not_eligible.
    pub disposition: String,
    /// How many.
    pub cases: u64,
}

/// One response rate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QualityRate {
    /// Its name: RR1 to RR6, COOP1, REF1, CON1.
    pub name: String,
    /// Its formula.
    pub formula: String,
    /// The rate, 0 to 1; null where nothing is below the line.
    pub value: Option<f64>,
}

/// A row with a flag or a remark; no part of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct FlaggedRow {
    /// Where it stands.
    pub place: LedgerPlace,
    /// The names of its checks.
    pub checks: Vec<String>,
    /// How many of them are flags.
    pub flags: u64,
    /// The seconds that the answers took, where they are known.
    pub seconds: Option<f64>,
    /// The longest run of one point in any grid.
    pub longest_run: Option<u64>,
    /// The id of the response, where ids were wanted.
    pub id: Option<String>,
}
