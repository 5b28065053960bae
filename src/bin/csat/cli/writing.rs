//! Flags of results: where they go, and what they look like.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Where the result goes and what it looks like.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Writing {
    /// table, md, csv, json, html or xlsx [default: by the ending of --output, else table]
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Write to this file; its ending (.md, .csv, .json, .html, .xlsx, .txt) chooses the format
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Show formulas, standard errors, effective bases and every exclusion
    #[arg(long)]
    pub(crate) explain: bool,
}

/// How a report is presented; what is not typed is the definition's.
#[derive(Args, Clone, Debug)]
pub(crate) struct Presenting {
    /// Whom it is for: team (everything), board, customers; also sets which small groups are hidden
    #[arg(long = "for", value_name = "AUDIENCE")]
    pub(crate) audience: Option<String>,
    /// Only these parts, in this order: glance,findings,trend
    #[arg(long, value_name = "PARTS")]
    pub(crate) sections: Vec<String>,
    /// The language of the fixed texts: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GateFormat {
    /// For reading in a terminal.
    Table,
    /// Markdown, for a summary.
    Md,
    /// The report with its gates.
    Json,
    /// JUnit XML.
    Junit,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LintFormat {
    /// Sentences
    Text,
    /// One object
    Json,
}
