//! Which rows are kept: an expression bound to the coded variables of a plan.

use crate::survey::expression::Expression;

/// An expression over coded variables.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The checked expression.
    pub expression: Expression,
}
