//! Flags of files: where the definition comes from, and how the files are written.

use clap::Args;

/// Where the definition comes from and how the file is read.
#[derive(Args, Clone, Debug)]
pub(crate) struct Reading {
    /// The definition: a file, a template (see `csat init --list`), or `none` to guess the columns
    /// [default: FILE with .toml, or survey.toml beside it]
    #[arg(long, value_name = "FILE|NAME")]
    pub(crate) survey: Option<String>,
    /// Without a definition, what a column is: q7=nps, branch=segment, q9=skip; or csat, ces, rating,
    /// importance, choice, multi, checklist, number, text, date, wave, weight, id, customer
    #[arg(long = "as", value_name = "COLUMN=WHAT")]
    pub(crate) as_: Vec<String>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
}

/// How the files of answers are written; everything is found by itself otherwise.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct FileShape {
    /// The character between cells: comma, semicolon, tab, pipe
    #[arg(long, value_name = "CHARACTER", help_heading = "How the file is written (found by itself)")]
    pub(crate) delimiter: Option<String>,
    /// The encoding of its text, such as windows-1252, utf-16, macroman, cp949
    #[arg(long, value_name = "ENCODING", help_heading = "How the file is written (found by itself)")]
    pub(crate) encoding: Option<String>,
    /// The survey tool that wrote it: plain, qualtrics, surveymonkey, google-forms, microsoft-forms,
    /// limesurvey, typeform, formbricks, delighted, medallia, qualtrics-legacy
    #[arg(long, value_name = "LAYOUT", help_heading = "How the file is written (found by itself)")]
    pub(crate) layout: Option<String>,
    /// The sheet of a workbook: its name, or #2
    #[arg(long, value_name = "SHEET", help_heading = "How the file is written (found by itself)")]
    pub(crate) sheet: Option<String>,
}
