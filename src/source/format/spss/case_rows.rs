//! The cases as rows of a table.

use std::io;

use super::cases::Cases;
use super::table::Column;
use super::variable::{Values, Variable};
use crate::source::format::Rows;

/// Rows of a table, the names of its columns first.
pub(super) struct CaseRows {
    /// The names, until they are handed out.
    names: Option<Vec<String>>,
    cases: Cases,
    case: Vec<u8>,
    columns: Vec<Column>,
    variables: Vec<Variable>,
    values: Values,
}

impl CaseRows {
    /// The rows of these cases of so many bytes.
    pub(super) fn new(
        names: Vec<String>,
        (cases, case_length): (Cases, usize),
        columns: Vec<Column>,
        variables: Vec<Variable>,
        values: Values,
    ) -> Self {
        Self { names: Some(names), cases, case: vec![0; case_length], columns, variables, values }
    }
}

impl Rows for CaseRows {
    fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool> {
        if let Some(names) = self.names.take() {
            row.extend(names);
            return Ok(true);
        }
        if !self.cases.next(&mut self.case)? {
            return Ok(false);
        }
        for column in &self.columns {
            row.push(match column {
                Column::Variable(position) => self.variables[*position].cell(&self.case, &self.values),
                Column::Joined(set) => set.cell(&self.case, &self.values, &self.variables),
            });
        }
        Ok(true)
    }
}
