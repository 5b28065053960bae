//! The commands that count answers, and the one that counts them anew.

use std::path::PathBuf;

use clap::Args;

use super::asking::Asking;
use super::tabulating::Adjust;
use super::writing::{GateFormat, Presenting, Writing};

#[derive(Args, Debug)]
pub(crate) struct Analyze {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Instead of scores, a list of the answers for which this holds, oldest first, as CSV or xlsx:
    /// 'recommend <= 6 or overall <= 2'
    #[arg(long, value_name = "CONDITION")]
    pub(crate) list: Option<String>,
    /// In the list, names, mail addresses and phone numbers too; without it those inside comments are masked
    #[arg(long, requires = "list")]
    pub(crate) with_personal: bool,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
#[command(
    mut_arg("format", |arg| arg.help("table, md, csv or json [default: by the ending of --output, else table]")),
    mut_arg("output", |arg| arg.help("Write to this file; its ending (.md, .csv, .json, .txt) chooses the format")),
    mut_arg("explain", |arg| arg.help("Show every question where the list is long")),
    // They change nothing here, and `commands::quality` refuses them.
    mut_arg("by", |arg| arg.hide(true)),
    mut_arg("interval", |arg| arg.hide(true)),
    mut_arg("seed", |arg| arg.hide(true)),
    mut_arg("weight", |arg| arg.help(
        "The column of weights, for the first against the last respondents; `none` ignores the definition's"
    )),
    mut_arg("hash", |arg| arg.help(
        "The hash of the inputs in the JSON: xxh3 notices change, sha256 is for audits [default: xxh3]"
    )),
)]
pub(crate) struct Quality {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Write one line for each flagged row instead, as CSV
    #[arg(long)]
    pub(crate) flags: bool,
    /// With --flags: the ids of the responses too
    #[arg(long, requires = "flags")]
    pub(crate) with_personal: bool,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Trend {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Why this question's score moved: what changed in the asking, which groups, which other ratings
    #[arg(long, value_name = "QUESTION")]
    pub(crate) why: Option<String>,
    /// The segment by which a change is split into who answered and how they answered
    /// [default: the first of the definition]
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) mix: Option<String>,
    /// Call two waves about equal where they differ by less than this, by an equivalence test
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) margin: Option<f64>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
#[command(
    // Weights are of all respondents, and change no interval that is shown here.
    mut_arg("by", |arg| arg.hide(true)),
    mut_arg("interval", |arg| arg.hide(true)),
    mut_arg("seed", |arg| arg.hide(true)),
)]
pub(crate) struct Weight {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Write the weight of every row to this file as CSV, with its id where the definition names one
    #[arg(long, value_name = "FILE")]
    pub(crate) weights: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Gap {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// How p-values are adjusted for the number of questions, and of dimensions [default: holm]
    #[arg(long, value_name = "METHOD")]
    pub(crate) adjust: Option<Adjust>,
    /// Answers of the staff to the same questions: what they think customers expect and perceive
    #[arg(long, value_name = "FILE")]
    pub(crate) staff: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Kano {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Gate {
    #[command(flatten)]
    pub(crate) asking: Asking,
    /// Fail where this holds: 'recommend.low < 20'. Besides the targets and gates of the definition
    #[arg(long, value_name = "CONDITION")]
    pub(crate) fail_if: Vec<String>,
    /// What cannot be told fails too: a target inside the interval, a small base, no figure
    #[arg(long)]
    pub(crate) strict: bool,
    /// table, md, json, junit or github [default: by the ending of --output (.xml is junit), else
    /// table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<GateFormat>,
    /// Write to this file; its ending (.md, .json, .xml, .txt) chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct Report {
    #[command(flatten)]
    pub(crate) asking: Asking,
    #[command(flatten)]
    pub(crate) presenting: Presenting,
    /// One report for each value of this segment, each against the rest
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) each: Option<String>,
    /// The segment by which a change is split into who answered and how they answered
    /// [default: the first of the definition]
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) mix: Option<String>,
    /// Write each chart into this folder too, as SVG, PNG and CSV, for slides
    #[arg(long, value_name = "FOLDER")]
    pub(crate) charts: Option<PathBuf>,
    /// Write a badge of this question's score instead of the report, to a file that ends in .svg
    #[arg(long, value_name = "QUESTION")]
    pub(crate) badge: Option<String>,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The saved report (JSON)
    #[arg(value_name = "REPORT")]
    pub(crate) report: PathBuf,
    /// The folder of the files that it was computed from; may be given more than once [default: beside the
    /// report, else here]
    #[arg(long, value_name = "FOLDER")]
    pub(crate) folder: Vec<PathBuf>,
    /// The definition, where it is not the one that the report names
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// How many threads count
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) threads: Option<usize>,
    /// The date of the verification: YYYY-MM-DD [default: SOURCE_DATE_EPOCH, or today]
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
    /// Write JSON instead of a page
    #[arg(long)]
    pub(crate) json: bool,
    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}
