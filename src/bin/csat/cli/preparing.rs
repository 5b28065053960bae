//! The commands that write definitions and plain tables, and those about the program itself.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::reading::{FileShape, Reading};
use super::writing::LintFormat;

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(crate) struct Import {
    /// Files of answers; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Write the table here; `-` prints it. For several files, a folder
    /// [default: FILE with .clean.csv, with --redact .redacted.csv]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write over files that exist
    #[arg(long)]
    pub(crate) force: bool,
    /// Write no log of edits
    #[arg(long)]
    pub(crate) no_log: bool,
    /// Write no definition
    #[arg(long)]
    pub(crate) no_definition: bool,
    /// Put an apostrophe before cells that Excel takes for formulas
    #[arg(long)]
    pub(crate) safe: bool,
    /// Write rows too that the file calls previews or tests
    #[arg(long)]
    pub(crate) keep_tests: bool,
    /// Show what was seen in the file and why, and write nothing
    #[arg(long, conflicts_with_all = ["output", "redact"])]
    pub(crate) explain: bool,
    /// How to show it: text or json
    #[arg(short, long, value_name = "FORMAT", requires = "explain", default_value = "text")]
    pub(crate) format: LintFormat,
    /// Show values of columns with personal data or comments as well
    #[arg(long, requires = "explain")]
    pub(crate) with_personal: bool,
    /// Write a copy without personal data, with days in place of moments
    #[arg(long)]
    pub(crate) redact: bool,
    /// The file with the key for pseudonyms, 16 bytes or more
    #[arg(long, value_name = "FILE", requires = "redact")]
    pub(crate) key: Option<PathBuf>,
    /// Leave comments out of the copy
    #[arg(long, requires = "redact")]
    pub(crate) drop_comments: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Init {
    /// Draft from this file of answers
    #[arg(long, value_name = "FILE", conflicts_with = "from_template")]
    pub(crate) from: Option<PathBuf>,
    /// Start from a template that comes with the program
    #[arg(long, value_name = "NAME")]
    pub(crate) from_template: Option<String>,
    /// List the templates
    #[arg(long, conflicts_with_all = ["from", "from_template", "update"])]
    pub(crate) list: bool,
    /// Add the columns that the existing definition lacks
    #[arg(long, requires = "from")]
    pub(crate) update: bool,
    /// What a column is, where the guess is wrong: q7=nps, branch=segment, q9=skip
    #[arg(long = "as", value_name = "COLUMN=WHAT", requires = "from")]
    pub(crate) as_: Vec<String>,
    /// Where to write; `-` prints [default: the file's name with .toml, or NAME.toml]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) shape: FileShape,
}

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// The newer definition: a file or a template
    #[arg(value_name = "DEFINITION")]
    pub(crate) newer: String,
    /// The older definition
    #[arg(long, value_name = "DEFINITION")]
    pub(crate) against: Option<String>,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: LintFormat,
}

#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Of what
    pub(crate) of: SchemaOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Definitions (survey.toml)
    Survey,
    /// Reports (--format json)
    Report,
}

#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}
