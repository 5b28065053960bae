//! Flags of what is counted.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::reading::Reading;
use crate::settings;

/// What is counted: the files and the questions put to them; the same flags mean the same everywhere.
#[derive(Args, Clone, Debug)]
pub(crate) struct Asking {
    /// Files of answers; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Break by this too: region, or 'region*age' to cross. The segments of the definition are
    /// always shown; a new one needs [segment.NAME] there
    #[arg(long, value_name = "SEGMENTS")]
    pub(crate) by: Vec<String>,
    /// The wave to show: its name (2026-Q3), latest (the last complete one), running, or all
    #[arg(long, value_name = "WAVE")]
    pub(crate) wave: Option<String>,
    /// Split by the date into waves: day, week, month, quarter, half or year
    #[arg(long, value_name = "PERIOD")]
    pub(crate) every: Option<String>,
    /// Keep the rows for which this holds: 'region = "North" and overall >= 3'
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) where_: Option<String>,
    /// The column of weights; `none` ignores the definition's
    #[arg(long, value_name = "COLUMN")]
    pub(crate) weight: Option<String>,
    /// The confidence level of intervals [default: 0.95, or the definition's]
    #[arg(long, value_name = "LEVEL", allow_negative_numbers = true, value_parser = settings::confidence)]
    pub(crate) confidence: Option<f64>,
    /// The interval method (`csat analyze --help` lists them), everywhere it exists: jeffreys; or by
    /// kind: nps=score
    #[arg(long, value_name = "METHOD")]
    pub(crate) interval: Vec<String>,
    /// The seed of the bootstrap [default: 1]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// How many threads count; the result is the same for any number
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// The date in the report, which also tells which wave is complete: YYYY-MM-DD
    /// [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// The hash of the inputs in the report: xxh3 notices change, sha256 is for audits [default: xxh3]
    #[arg(long, value_name = "HASH")]
    pub(crate) hash: Option<HashChoice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum HashChoice {
    /// xxh3-128
    Xxh3,
    /// SHA-256
    Sha256,
}
