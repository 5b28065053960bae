//! The commands that read records of cases.

use std::path::PathBuf;

use clap::Args;

use super::reading::FileShape;
use super::writing::Writing;

#[derive(Args, Debug)]
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
    /// The confidence level: 0.9, 95 [default: the definition's, else 0.95]
    #[arg(long, value_name = "LEVEL", value_parser = crate::settings::confidence)]
    pub(crate) confidence: Option<f64>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
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
