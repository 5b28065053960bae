//! Why a pass could not be finished.

use super::plan::Plan;
use super::size::MAX_WEIGHTS;
use crate::source::{BlockError, InvalidDateFormat, OrderOpen};
use crate::survey::WaveRule;

/// Why a plan could not be counted over its inputs. Nothing of the plan is handed over then.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CountError {
    /// An input could not be read to its end: the stream failed, a quote is not closed, a record is too long.
    #[error("{input}: {reason}")]
    Input {
        /// The input's name.
        input: String,
        /// What went wrong, with the line where there is one.
        reason: BlockError,
    },
    /// An input that is read twice was not the same the second time.
    #[error("{input} changed while it was read; wait until it is written, and run again")]
    Changed {
        /// The input's name.
        input: String,
    },
    /// A column that is wanted stands more than once in a header.
    #[error(
        "{input}: the header has {count} columns named `{column}` (columns {}); name the one that is meant by its number, `{column} (1)` or `{column} (2)`",
        list(positions), count = positions.len()
    )]
    DuplicateColumn {
        /// The input's name.
        input: String,
        /// The column's name.
        column: String,
        /// Where it stands, counted from 1.
        positions: Vec<usize>,
    },
    /// Columns that no input has.
    #[error("no input has {}; name the column that the file uses", wanted(.0))]
    MissingColumns(Vec<MissingColumn>),
    /// Cells are split by design weight, and there are too many of these.
    #[error(
        "column `{column}` has more than {limit} different weights, and `bounds` under [weighting] look at every one of \
         them; round the weights, to three decimals say, or leave out `bounds`"
    )]
    TooManyWeights {
        /// The column.
        column: String,
        /// How many different weights are allowed.
        limit: usize,
    },
    /// A segment, wave or choice column has more values than can be told apart.
    #[error(
        "{id}: column `{column}` has more than {limit} different values; group them into bands or labels, or leave it out"
    )]
    TooManyValues {
        /// The segment or question.
        id: String,
        /// The column.
        column: String,
        /// How many values are allowed.
        limit: usize,
    },
    /// The groupings multiply to more counters than are allowed.
    #[error("the plan needs more than {limit} counters; leave out or coarsen {}", largest(.groupings))]
    TooManyCells {
        /// How many counters are allowed.
        limit: u64,
        /// The groupings with their counters, largest first.
        groupings: Vec<(String, u64)>,
    },
    /// A crossing of more segments than a key holds.
    #[error(
        "`{}` crosses {} segments{}; at most {limit} can be crossed",
        .segments.join("*"), .segments.len(),
        if *.beside_design { " beside those of the weighting and the design" } else { "" }
    )]
    CrossingTooDeep {
        /// The segments that were to be crossed.
        segments: Vec<String>,
        /// How many can be.
        limit: usize,
        /// Whether the plan has a design, whose variables are not among them.
        beside_design: bool,
    },
    /// Whether day or month comes first stays open, and it matters.
    #[error(
        "column `{column}`: `{example}` can be read day first or month first and {reason}; \
         give the format, such as date = {{ column = \"{column}\", format = \"%d/%m/%Y\" }}"
    )]
    AmbiguousDates {
        /// The date column.
        column: String,
        /// A text that can be read both ways.
        example: String,
        /// Why the other dates do not settle it.
        reason: OrderOpen,
    },
    /// A filter by age keeps rows under one order of day and month only, which is known at the end alone.
    #[error(
        "column `{column}`: whether `{example}` is read day first or month first decides which rows stay; \
         give the format, such as date = {{ column = \"{column}\", format = \"%d/%m/%Y\" }}"
    )]
    FilterNeedsDateOrder {
        /// The date column.
        column: String,
        /// A text that can be read both ways.
        example: String,
    },
    /// A format that cannot give a date.
    #[error("column `{column}`: {reason}")]
    InvalidDateFormat {
        /// The date column.
        column: String,
        /// What is wrong with the format.
        reason: InvalidDateFormat,
    },
    /// A date column in which no cell can be read as a date.
    #[error(
        "column `{column}`: no cell can be read as a date, `{example}` for one; \
         give the format, such as date = {{ column = \"{column}\", format = \"%d/%m/%Y\" }}"
    )]
    NoReadableDate {
        /// The date column.
        column: String,
        /// A text that could not be read.
        example: String,
    },
    /// A condition that does not fit the plan: a fault of the caller.
    #[error("the condition cannot be used: {0}")]
    Filter(String),
    /// A plan that asks of a variable what its coding cannot give: a fault of the caller.
    #[error("`{id}` cannot be {wanted}")]
    UnfitVariable {
        /// The variable.
        id: String,
        /// What was wanted of it.
        wanted: &'static str,
    },
}

/// A column that no input has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingColumn {
    /// What wanted it: a question, a segment, `weight`, `date` or `wave`.
    pub id: String,
    /// The names under which it was looked for.
    pub columns: Vec<String>,
}

impl CountError {
    /// The refusal of a variable with too many values.
    pub(super) fn too_many_values(plan: &Plan, variable: usize, limit: usize) -> Self {
        let variable = &plan.variables[variable];
        let column = variable.columns.first().unwrap_or(&variable.id).clone();
        Self::TooManyValues { id: variable.id.clone(), column, limit }
    }

    /// The refusal of too many different design weights.
    pub(super) fn too_many_weights(plan: &Plan) -> Self {
        Self::TooManyWeights { column: plan.weight.clone().unwrap_or_default(), limit: MAX_WEIGHTS }
    }

    /// The refusal of too many waves.
    pub(super) fn too_many_waves(plan: &Plan, limit: usize) -> Self {
        let column = plan.wave.as_ref().and_then(|wave| match &wave.rule {
            WaveRule::Column { column, .. } => Some(column.clone()),
            WaveRule::Every(_) => wave.date.as_ref().map(|date| date.column.clone()),
        });
        Self::TooManyValues { id: "wave".to_owned(), column: column.unwrap_or_default(), limit }
    }
}

fn list(positions: &[usize]) -> String {
    positions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn wanted(missing: &[MissingColumn]) -> String {
    let describe = |missing: &MissingColumn| {
        let names: Vec<String> = missing.columns.iter().map(|name| format!("`{name}`")).collect();
        format!("column {} for {}", names.join(" or "), missing.id)
    };
    missing.iter().map(describe).collect::<Vec<_>>().join(", ")
}

fn largest(groupings: &[(String, u64)]) -> String {
    let describe = |(name, cells): &(String, u64)| format!("`{name}` ({cells} counters)");
    groupings.iter().take(3).map(describe).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_what_was_found() {
        let duplicate =
            CountError::DuplicateColumn { input: "a.csv".into(), column: "q1".into(), positions: vec![2, 5] };
        assert_eq!(
            duplicate.to_string(),
            "a.csv: the header has 2 columns named `q1` (columns 2, 5); name the one that is meant by its number, `q1 (1)` or `q1 (2)`"
        );
        let missing = CountError::MissingColumns(vec![
            MissingColumn { id: "ease".into(), columns: vec!["ease".into(), "ces".into()] },
            MissingColumn { id: "weight".into(), columns: vec!["w".into()] },
        ]);
        assert_eq!(
            missing.to_string(),
            "no input has column `ease` or `ces` for ease, column `w` for weight; name the column that the file uses"
        );
    }
}
