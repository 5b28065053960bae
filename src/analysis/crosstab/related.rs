//! How the columns of a row move together under a design.

use std::collections::BTreeMap;

use crate::analysis::related::{Part, Relations, by_cell};
use crate::analysis::scorer::cells;
use crate::measures::CellAnswers;
use crate::tally::Stratum;

use super::figures::Scores;
use super::table::Table;

impl Table<'_, '_> {
    /// The relations in a row whose answers count like this; `None` without a design that drew strata or clusters.
    pub(super) fn relations(&self, scores: &Scores, with_rests: bool) -> Option<Relations> {
        let design = self.scorer.design.filter(|design| design.is_drawn())?;
        let total = if with_rests { Some(self.scored_cells(scores, self.columns.total)?) } else { None };
        let mut columns_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, column) in self.columns.all.iter().enumerate() {
            for part in &column.parts {
                columns_of.entry(*part).or_default().push(place);
            }
        }
        let part = |(part, columns): (usize, Vec<usize>)| {
            Some((columns, self.scored_cells(scores, self.columns.strata.all[part])?))
        };
        let parts: Vec<Part> = columns_of.into_iter().map(part).collect::<Option<_>>()?;
        Relations::new(design, parts, self.columns.all.len(), total)
    }

    fn scored_cells(&self, scores: &Scores, stratum: &Stratum) -> Option<Vec<CellAnswers>> {
        by_cell(cells(stratum, self.rows.stub.tally), |counts| self.scored_counts(scores, counts))
    }
}
