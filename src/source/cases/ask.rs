//! What is asked of a file of cases.

use crate::survey::{CaseColumn, DecimalMark};

/// Which columns of a file hold which fields, and how their cells are to be understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseAsk {
    /// The columns, each field once; a column may hold several fields.
    pub columns: Vec<CaseColumn>,
    /// Texts that mean blank, beside the empty one.
    pub missing: Vec<String>,
    /// The decimal mark of all numbers; where there is none, each column tells its own.
    pub decimal: Option<DecimalMark>,
    /// Texts that say yes, beside those of everyday files.
    pub yes: Vec<String>,
    /// Texts that say no, beside those of everyday files.
    pub no: Vec<String>,
    /// The field, an identity among `columns`, that a file has once a case: later records of the same identity are
    /// left out and counted. Records without one all stay.
    pub unique: Option<String>,
}
