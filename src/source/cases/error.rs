//! Why cases cannot be read.

use crate::source::head::HeadError;
use crate::source::{BlockError, InvalidDateFormat, MAX_CATEGORIES};

use super::category::MOST_TEXT;
use super::read::MOST_CASES;

/// Why the cases of a file cannot be read. Nothing of the file is handed over then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CasesError {
    /// The input cannot be opened.
    #[error(transparent)]
    Head(#[from] HeadError),
    /// It could not be read to its end.
    #[error("`{input}`: {reason}")]
    Input {
        /// The input.
        input: String,
        /// What went wrong, with the line where there is one.
        reason: BlockError,
    },
    /// Columns that the header does not have.
    #[error("`{input}` has no {}; {}", wanted(.missing), remedy(.missing, .header))]
    MissingColumns {
        /// The input.
        input: String,
        /// The columns, in the order in which they were asked for.
        missing: Vec<MissingField>,
        /// The columns that are there.
        header: Vec<String>,
    },
    /// A column that is wanted stands more than once in the header.
    #[error(
        "`{input}`: the header has {} columns named `{column}` (columns {}), and `{field}` can be either; name the one \
         that is meant by its number, `{column} (1)` or `{column} (2)`",
        .positions.len(), numbers(.positions)
    )]
    DuplicateColumn {
        /// The input.
        input: String,
        /// The field.
        field: String,
        /// The name.
        column: String,
        /// Where it stands, counted from 1.
        positions: Vec<usize>,
    },
    /// A format that cannot give a date.
    #[error("`{field}` (column `{column}`): {reason}; a format is such as \"%d/%m/%Y %H:%M\"")]
    InvalidDateFormat {
        /// The field.
        field: String,
        /// The column.
        column: String,
        /// What is wrong with the format.
        reason: InvalidDateFormat,
    },
    /// Some dates of a column have the day first, others the month, neither by far.
    #[error(
        "`{input}`: column `{column}` has dates of both orders: `{}` in line {} has the day first, `{}` in line {} the \
         month; give the key `format` of the dates, \"%d/%m/%Y\" or \"%m/%d/%Y\", or mend the column",
        .day_first.1, .day_first.0, .month_first.1, .month_first.0
    )]
    DatesOfBothOrders {
        /// The input.
        input: String,
        /// The column.
        column: String,
        /// The line and the text of the first date that has the day first.
        day_first: (u64, String),
        /// The line and the text of the first date that has the month first.
        month_first: (u64, String),
    },
    /// No date of the file says whether the day or the month comes first, and it matters.
    #[error(
        "`{input}`: column `{column}`: `{text}` in line {line} can be read day first or month first, and no date of the \
         file says which; give the key `format` of the dates, \"%d/%m/%Y\" or \"%m/%d/%Y\""
    )]
    OpenDates {
        /// The input.
        input: String,
        /// The column.
        column: String,
        /// The line of the first such date.
        line: u64,
        /// What stands there.
        text: String,
    },
    /// A column has more different texts than categories can be told apart.
    #[error(
        "`{input}`: column `{column}`, taken for `{field}`, has more than {MAX_CATEGORIES} different texts, or more than \
         {} MiB of them, and is no list of categories; name another column, or leave it out",
        MOST_TEXT / 1024 / 1024
    )]
    TooManyCategories {
        /// The input.
        input: String,
        /// The field.
        field: String,
        /// The column.
        column: String,
    },
    /// More records than are held.
    #[error(
        "`{input}` has more than {} million records, and cases are held in memory; split the file by period",
        MOST_CASES / 1_000_000
    )]
    TooManyCases {
        /// The input.
        input: String,
    },
    /// What was to tell cases apart is no identity that was asked for: a fault of the caller.
    #[error("`{0}` is to tell cases apart and is no identity among the columns")]
    UnknownIdentity(String),
}

/// A column that is not in the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingField {
    /// The field that it was to hold.
    pub field: String,
    /// Its name.
    pub column: String,
    /// The column of the header that was most likely meant.
    pub near: Option<String>,
}

fn wanted(missing: &[MissingField]) -> String {
    let describe = |missing: &MissingField| format!("column `{}` for `{}`", missing.column, missing.field);
    missing.iter().map(describe).collect::<Vec<_>>().join(", ")
}

fn remedy(missing: &[MissingField], header: &[String]) -> String {
    const SHOWN: usize = 12;
    let near: Vec<String> =
        missing.iter().filter_map(|missing| Some(format!("`{}`", missing.near.as_ref()?))).collect();
    if !near.is_empty() {
        return format!("did you mean {}?", near.join(", "));
    }
    let mut shown: Vec<String> = header.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if header.len() > SHOWN {
        shown.push(format!("and {} more", header.len() - SHOWN));
    }
    format!("its columns are {}", shown.join(", "))
}

fn numbers(positions: &[usize]) -> String {
    positions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
