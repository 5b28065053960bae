//! The kept rows for which a condition holds.

use super::answer_rows::{AnswerRows, Column};
use crate::prepare::{BoundFilter, Filter};
use crate::survey::Code;
use crate::tally::answer_names::{Found, Names};
use crate::tally::error::CountError;

impl AnswerRows {
    /// The rows for which a condition holds, in order. Its names are the ids of the variables that were wanted.
    ///
    /// # Errors
    /// A name that is no wanted variable, or a comparison that does not fit it: a fault of the caller.
    pub fn matching(&self, filter: &Filter) -> Result<Vec<usize>, CountError> {
        let by_id = |name: &str| self.variables.iter().position(|variable| variable.id == name);
        let fresh = BoundFilter::bind(filter, by_id).map_err(CountError::Filter)?;
        let looked_at = fresh.variables();
        // What is remembered by code holds only while each set of options has a code of its own.
        let is_remembered = looked_at.iter().all(|&column| self.sets(column) < usize::from(Code::MAX));
        let (mut codes, mut numbers) = (vec![0; self.columns.len()], vec![None; self.columns.len()]);
        let mut bound = fresh.clone();
        let mut rows = Vec::new();
        for row in 0..self.rows() {
            if !is_remembered {
                bound = fresh.clone();
            }
            let mut row_sets = vec![None; if is_remembered { 0 } else { self.columns.len() }];
            for &column in &looked_at {
                codes[column] = self.code(column, row);
                numbers[column] = self.number(column, row);
                if !is_remembered && self.sets(column) > 0 && !self.chosen(column, row).is_empty() {
                    codes[column] = crate::tally::coders::ANSWERED;
                    row_sets[column] = Some(self.chosen(column, row));
                }
            }
            let found = RowSets { rows: self, of_row: &row_sets };
            let names = Names { variables: &self.variables, found: &found };
            if bound.keeps(&codes, &numbers, &names) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn sets(&self, column: usize) -> usize {
        match self.columns.get(column) {
            Some(Column::Sets { sets, .. }) => sets.len() + crate::survey::REASONS,
            _ => 0,
        }
    }
}

/// The names of the store, and the sets of one row where there are more sets than codes.
struct RowSets<'a> {
    rows: &'a AnswerRows,
    of_row: &'a [Option<&'a [Code]>],
}

impl Found for RowSets<'_> {
    fn names(&self, variable: usize) -> &[String] {
        self.rows.names(variable)
    }

    fn set(&self, variable: usize, place: usize) -> &[Code] {
        if let Some(Some(set)) = self.of_row.get(variable) {
            return set;
        }
        match self.rows.columns.get(variable) {
            Some(Column::Sets { sets, .. }) => sets.get(place).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }
}
