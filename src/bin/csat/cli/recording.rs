//! The commands that read records of cases.

use std::path::PathBuf;

use clap::Args;

use super::reading::FileShape;
use super::writing::Writing;

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Complaints {
    /// The complaints, one record each, `-` for stdin [default: `file` of `[complaints]`]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The definition with `[complaints]`: a file, or `none` to guess the columns
    /// [default: FILE with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// Break figures by these: segments, fields or columns, each by itself; region*product crosses them
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The day up to whose end the file is complete [default: `as_of`, else the last moment in the file]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The period of figures over time: month, quarter or year [default: `period`, else quarter]
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// Answers of a survey beside the complaints, for who had a problem and who complained: `problem`,
    /// `complained` and `recovered` of `[complaints]` name its questions
    #[arg(long, value_name = "FILE")]
    pub(crate) scores: Vec<PathBuf>,
    /// The wave of these answers: its name (2026-Q3), latest (the last complete one), running, or all
    #[arg(long, value_name = "WAVE", requires = "scores")]
    pub(crate) wave: Option<String>,
    /// Keep the answers for which this holds: 'region = "North"'
    #[arg(long = "where", value_name = "CONDITION", requires = "scores")]
    pub(crate) where_: Option<String>,
    /// The confidence level: 0.9, 95 [default: the definition's, else 0.95]
    #[arg(long, value_name = "LEVEL", value_parser = crate::settings::confidence)]
    pub(crate) confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Indicators {
    /// The indicators, a row for each period and indicator, `-` for stdin [default: `file` of `[indicators]`]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The definition with `[indicators]`: a file, or `none`
    /// [default: FILE with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// Answers or saved reports (.json), to see whether indicators and scores agree
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) scores: Vec<PathBuf>,
    /// Join the periods of the file to longer ones: week, month, quarter, half or year
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// The day at whose end a period has to be over to be complete
    /// [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The confidence level: 0.9, 95 [default: the definition's, else 0.95]
    #[arg(long, value_name = "LEVEL", value_parser = crate::settings::confidence)]
    pub(crate) confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Clone, Debug, Default)]
#[expect(clippy::struct_field_names, reason = "fields are called as the options are")]
pub(crate) struct Promises {
    /// The events, one record for each occasion on which a promise could be kept, `-` for stdin
    /// [default: `events` of `[promises]`]
    #[arg(value_name = "EVENTS")]
    pub(crate) files: Vec<PathBuf>,
    /// The promises, one row for each version [default: `file` of `[promises]`, or what it says itself]
    #[arg(long, value_name = "FILE")]
    pub(crate) promises: Option<PathBuf>,
    /// The definition with `[promises]`: a file, or `none`
    /// [default: EVENTS with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// Answers of a survey, for the questions that `awareness` and `satisfaction` name
    #[arg(long, value_name = "FILE")]
    pub(crate) scores: Option<PathBuf>,
    /// Complaints that name a promise, or that events led to; read by `[complaints]`
    #[arg(long, value_name = "FILE")]
    pub(crate) complaints: Option<PathBuf>,
    /// Break figures by these: segments, fields or columns, each by itself; region*product crosses them
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The day up to whose end the file is complete [default: `as_of`, else the last event in the file]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The period of figures over time: month, quarter or year [default: `period`, else quarter]
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// The confidence level: 0.9, 95 [default: the definition's, else 0.95]
    #[arg(long, value_name = "LEVEL", value_parser = crate::settings::confidence)]
    pub(crate) confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Disputes {
    /// The disputes, one record each, `-` for stdin [default: `file` of `[disputes]`]
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The definition with `[disputes]`: a file, or `none` to guess the columns
    /// [default: FILE with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// The complaints that went before, read as `[complaints]` says: for the referral rate and
    /// what was overturned
    #[arg(long, value_name = "FILE")]
    pub(crate) complaints: Option<PathBuf>,
    /// Break figures by these: segments, fields or columns, each by itself; provider*method crosses
    /// them
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The day up to whose end the file is complete [default: `as_of`, else the last moment in the file]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<String>,
    /// The period of figures over time: month, quarter or year [default: `period`, else quarter]
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// The confidence level: 0.9, 95 [default: the definition's, else 0.95]
    #[arg(long, value_name = "LEVEL", value_parser = crate::settings::confidence)]
    pub(crate) confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
    #[command(flatten)]
    pub(crate) writing: Writing,
}
