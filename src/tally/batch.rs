//! Rows waiting to be counted, a few hundred at a time, variable by variable.
//!
//! Adding tally by tally over many rows keeps one table in the first cache and one kind of step in the loop; row
//! by row costs about twice as much.

use super::cell::Cell;
use super::layout::{Layout, Place};
use super::strata::Strata;
use crate::survey::{Code, REASONS};

/// Rows that wait at most: their codes and strata stay in the first cache.
const ROWS: usize = 256;

/// Coded rows with their strata, and the row that is being coded.
#[derive(Debug)]
pub(super) struct Batch {
    rows: usize,
    /// By variable, the codes of the rows; not asked where nothing is put.
    codes: Vec<[Code; ROWS]>,
    weights: [u64; ROWS],
    /// By counted grouping, where the fixed run of each row's stratum starts.
    starts: Vec<[usize; ROWS]>,
}

impl Batch {
    /// No rows of so many variables.
    pub(super) fn new(variables: usize, groupings: usize) -> Self {
        Self {
            rows: 0,
            codes: vec![[0; ROWS]; variables],
            weights: [0; ROWS],
            starts: vec![[0; ROWS]; groupings],
        }
    }

    /// Puts the code of a variable into the row that is being coded.
    #[inline]
    pub(super) fn put(&mut self, variable: usize, code: Code) {
        self.codes[variable][self.rows] = code;
    }

    /// The code of a variable in the row that is being coded.
    #[inline]
    pub(super) fn code(&self, variable: usize) -> Code {
        self.codes[variable][self.rows]
    }

    /// Puts where the row's stratum of a grouping starts.
    #[inline]
    pub(super) fn put_start(&mut self, grouping: usize, start: usize) {
        self.starts[grouping][self.rows] = start;
    }

    /// Adds the row that was coded; says whether it is time to count.
    #[inline]
    pub(super) fn add_row(&mut self, weight: u64) -> bool {
        self.weights[self.rows] = weight;
        self.rows += 1;
        self.rows == ROWS
    }

    /// Counts the rows into the fixed runs of their strata.
    pub(super) fn flush<C: Cell>(&mut self, layout: &Layout, strata: &mut [Strata<C>]) {
        let codes = |variable: usize| &self.codes[layout.coded_as[variable]];
        for (strata, starts) in strata.iter_mut().zip(&self.starts) {
            let cells = strata.all_fixed();
            self.count(cells, starts, |_| 0);
            for place in &layout.places {
                match *place {
                    Place::Single { offset, variable, .. } => {
                        let codes = codes(variable);
                        self.count(cells, starts, |row| offset + usize::from(codes[row]));
                    }
                    Place::Pair { offset, first, second, second_points, .. } => {
                        let (first, second) = (codes(first), codes(second));
                        self.count(cells, starts, |row| {
                            let (first, second) = (usize::from(first[row]), usize::from(second[row]));
                            let reason = first.min(second);
                            let joint =
                                first.wrapping_sub(REASONS).wrapping_mul(second_points).wrapping_add(second);
                            offset + if reason < REASONS { reason } else { joint }
                        });
                    }
                    Place::Multiple { answered, variable, .. } => {
                        let codes = codes(variable);
                        // A row without an answer is counted beyond the last counter, which is nowhere.
                        let nowhere = cells.len();
                        self.count(cells, starts, |row| {
                            if usize::from(codes[row]) < REASONS { nowhere } else { answered }
                        });
                    }
                    Place::Growing { .. } | Place::Number { .. } => {}
                }
            }
        }
        self.rows = 0;
    }

    /// Forgets what was put for earlier rows, so that what is not put again counts as not asked.
    pub(super) fn clear(&mut self) {
        self.codes.fill([0; ROWS]);
        self.rows = 0;
    }

    /// Adds each row to the counter at its place in the run of its stratum.
    #[expect(clippy::needless_range_loop, reason = "the arrays and the closure zipped are slower")]
    #[inline]
    fn count<C: Cell>(&self, cells: &mut [C], starts: &[usize; ROWS], place: impl Fn(usize) -> usize) {
        // The compiler sees that no row is beyond the arrays.
        for row in 0..self.rows.min(ROWS) {
            if let Some(cell) = cells.get_mut(starts[row] + place(row)) {
                cell.add(self.weights[row]);
            }
        }
    }
}
