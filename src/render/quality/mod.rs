//! The quality of the answers by itself, for `csat quality`: tables for a terminal, Markdown, or tidy rows.

mod checks;
mod fit;
mod flags;
mod names;
mod page;
mod tables;
mod tidy;

use crate::report::{Report, Section};

pub use flags::quality_flags;

/// How the tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QualityFormat {
    /// For reading in a terminal of so many columns; long lists are cut unless all is asked for.
    Table {
        /// The columns of the terminal.
        width: usize,
        /// Whether long lists are shown whole.
        explain: bool,
    },
    /// Markdown, everything.
    Markdown,
    /// CSV: one figure a row.
    Csv,
}

/// The quality section of a report, ending in a newline; empty where the report has none.
pub fn quality(report: &Report, format: QualityFormat) -> String {
    let section = report.sections.iter().find_map(|section| match section {
        Section::Quality(section) => Some(section.as_ref()),
        _ => None,
    });
    let Some(section) = section else { return String::new() };
    match format {
        QualityFormat::Table { width, explain } => {
            page::terminal(&tables::tables(report, section, explain), width.max(40))
        }
        QualityFormat::Markdown => page::markdown(&tables::tables(report, section, true)),
        QualityFormat::Csv => tidy::tidy(section),
    }
}

/// What a check is called.
fn check_name(code: &str) -> &str {
    match code {
        "no_answer" => "No answer at all",
        "stopped" => "Stopped before the end",
        "duplicate_id" => "Response id seen before",
        "repeat_customer" => "Customer seen before",
        "duplicate_answers" => "All answers seen before",
        "speeder" => "Too fast",
        "straight_line" => "One point throughout a grid",
        "long_string" => "One point many times in a row",
        "contradiction" => "Answers that contradict",
        "out_of_range" => "Answer outside its scale",
        "date_unreadable" => "Date that cannot be read",
        "date_future" => "Date in the future",
        "date_before_start" => "Answered before it began",
        other => other,
    }
}

/// Why something could not be looked at, and what would help.
fn reason(code: &str) -> &str {
    match code {
        "no_questions" => "there are no questions",
        "too_few_questions" => "too few questions for it to mean anything",
        "no_id" => "no column of response ids; name it: `id` under [data]",
        "no_customer" => "no column of customers; name it: `customer` under [data]",
        "no_values" => "no row has what is compared",
        "too_alike" => "answers are so few or so alike that chance repeats them",
        "no_duration" => "no column of durations; name it: `duration` under [quality]",
        "no_durations" => "no row that reached the end has a duration",
        "too_few_durations" => {
            "fewer than ten durations, or a median of 0; `fast_seconds` under [quality] needs none"
        }
        "no_grid" => "no five neighbouring questions on one scale",
        "no_long_grid" => "no eight neighbouring questions on one scale",
        "no_condition" => "no overall and 0 to 10 question; write `contradictions` under [quality]",
        "no_date" => "no column of dates; name it: `date` under [data]",
        "no_start" => "no column of when it began; name it: `started` under [quality]",
        "day_month_open" => "day and month cannot be told apart; give the date a `format`",
        "too_many_rows" => "the rows take more memory than is allowed; look at fewer with --where",
        "too_few_rows" => "fewer than 30 rows",
        "several_waves" => {
            "the answers are of several waves or of more than 100 days, where a difference is a trend; look at one \
             wave: --wave, and --every where there are none"
        }
        "no_dispositions" => "no dispositions; name their column: `disposition` under [quality]",
        "unknown_dispositions" => {
            "most cells stand for no disposition; say what they mean: `[quality.dispositions]`"
        }
        "no_rows" => "no rows",
        other => other,
    }
}
