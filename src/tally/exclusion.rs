//! Which rows a pass leaves out beside those that cannot be counted: rules looked at in order, each with its reason.

use crate::prepare::Filter;
use crate::survey::{KeptRow, QualityDefinition};

/// Rows that are left out for one reason; a row goes by the first rule that tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// The reason in the ledger.
    pub reason: &'static str,
    /// Which rows.
    pub rows: ExcludedRows,
    /// The input whose rows it looks at, by its place; `None`: all of them.
    pub input: Option<usize>,
    /// Whether the answers of these rows are counted besides, for the scores as they would be with them
    /// (`Counted::unexcluded`).
    pub is_compared: bool,
}

/// What tells the rows that go.
#[derive(Clone, Debug, PartialEq)]
pub enum ExcludedRows {
    /// All but those of which this is true.
    Unless(Filter),
    /// Those of which this is true.
    Where(Filter),
    /// Those with one of these texts in a column, whatever the letter case; an empty text is an empty cell.
    Cells {
        /// The column; where the input lacks it no row goes.
        column: String,
        /// The texts.
        values: Vec<String>,
    },
    /// Cases without an interview: refused, not reached, not eligible, not known. They are answers of nobody, so this rule
    /// comes last.
    Cases(Box<NoInterview>),
    /// All but one of the rows with the same id, over all inputs, among those that the rules before leave in. A blank id
    /// is nobody's. The inputs are then read twice.
    Repeated {
        /// The column of the id.
        column: String,
        /// Which of the rows stays.
        keep: KeptRow,
    },
}

/// The cells that tell cases without an interview.
#[derive(Clone, Debug, PartialEq)]
pub struct NoInterview {
    /// The column of dispositions; of an input that lacks it every row is an interview.
    pub column: String,
    /// What its cells stand for.
    pub quality: QualityDefinition,
}

impl Exclusion {
    /// Leaves out all rows but those of which this is true: `--where`.
    pub fn filtered(filter: Filter) -> Self {
        Self { reason: "filtered", rows: ExcludedRows::Unless(filter), input: None, is_compared: false }
    }

    /// Whether it is a condition on what is looked at: rows that it does not keep belong to the design all the same, and
    /// weights and variances are made of them too (a domain of the sample, not another sample).
    pub(super) fn is_domain(&self) -> bool {
        matches!(self.rows, ExcludedRows::Unless(_))
    }

    /// Whether what it leaves out is a case of the sample all the same: somebody was reached who gave it, finished or
    /// believed or not. Nobody gave a preview, and a repetition is no second case.
    pub(super) fn leaves_cases(&self) -> bool {
        match self.rows {
            ExcludedRows::Cases(_) => true,
            ExcludedRows::Where(_) | ExcludedRows::Cells { .. } => self.is_compared,
            ExcludedRows::Unless(_) | ExcludedRows::Repeated { .. } => false,
        }
    }
}

impl ExcludedRows {
    /// The condition that decides, where there is one.
    pub(super) fn filter(&self) -> Option<&Filter> {
        match self {
            Self::Unless(filter) | Self::Where(filter) => Some(filter),
            Self::Cells { .. } | Self::Cases(_) | Self::Repeated { .. } => None,
        }
    }

    /// The column that decides, where it is one.
    pub(super) fn column(&self) -> Option<&String> {
        match self {
            Self::Unless(_) | Self::Where(_) => None,
            Self::Cases(rule) => Some(&rule.column),
            Self::Cells { column, .. } | Self::Repeated { column, .. } => Some(column),
        }
    }
}
