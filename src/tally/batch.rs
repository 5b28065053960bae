//! Rows waiting to be counted, a few hundred at a time.
//!
//! Adding tally by tally over many rows keeps one table in the first cache and one kind of step in the loop; row
//! by row costs about twice as much.

use super::cell::Cell;
use super::layout::{Layout, Place};
use super::strata::Strata;
use crate::survey::{Code, REASONS};

/// Rows that wait at most: their codes and strata stay in the first cache.
const ROWS: usize = 256;

/// Coded rows with their strata.
#[derive(Debug)]
pub(super) struct Batch {
    width: usize,
    rows: usize,
    codes: Vec<Code>,
    weights: Vec<u64>,
    /// By counted grouping, where the fixed run of each row's stratum starts.
    starts: Vec<Vec<usize>>,
}

impl Batch {
    /// No rows of so many variables.
    pub(super) fn new(variables: usize, groupings: usize) -> Self {
        Self {
            // Without variables there are rows all the same.
            width: variables.max(1),
            rows: 0,
            codes: Vec::with_capacity(ROWS * variables.max(1)),
            weights: Vec::with_capacity(ROWS),
            starts: (0..groupings).map(|_| Vec::with_capacity(ROWS)).collect(),
        }
    }

    /// Adds a row; its start in each grouping is added beside it.
    #[inline]
    pub(super) fn push(&mut self, codes: &[Code], weight: u64) {
        self.codes.extend_from_slice(codes);
        self.rows += 1;
        self.codes.resize(self.rows * self.width, 0);
        self.weights.push(weight);
    }

    /// Adds where the row's stratum of a grouping starts.
    #[inline]
    pub(super) fn push_start(&mut self, grouping: usize, start: usize) {
        self.starts[grouping].push(start);
    }

    /// Whether it is time to count.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.rows >= ROWS
    }

    /// Counts the rows into the fixed runs of their strata.
    pub(super) fn flush<C: Cell>(&mut self, layout: &Layout, strata: &mut [Strata<C>]) {
        for (strata, starts) in strata.iter_mut().zip(&self.starts) {
            let cells = strata.all_fixed();
            self.add(cells, starts, |_| Some(0));
            for place in &layout.places {
                match *place {
                    Place::Single { offset, variable, .. } => {
                        self.add(cells, starts, |codes| Some(offset + usize::from(codes[variable])));
                    }
                    Place::Pair { offset, first, second, second_points, .. } => {
                        self.add(cells, starts, |codes| {
                            let (first, second) = (usize::from(codes[first]), usize::from(codes[second]));
                            let reason = first.min(second);
                            let joint =
                                first.wrapping_sub(REASONS).wrapping_mul(second_points).wrapping_add(second);
                            Some(offset + if reason < REASONS { reason } else { joint })
                        });
                    }
                    Place::Multiple { answered, variable, .. } => {
                        self.add(cells, starts, |codes| {
                            (usize::from(codes[variable]) >= REASONS).then_some(answered)
                        });
                    }
                    Place::Growing { .. } | Place::Number { .. } => {}
                }
            }
        }
        self.rows = 0;
        self.codes.clear();
        self.weights.clear();
        self.starts.iter_mut().for_each(Vec::clear);
    }

    /// Adds each row to the counter of its stratum that its codes choose.
    #[inline]
    fn add<C: Cell>(&self, cells: &mut [C], starts: &[usize], choose: impl Fn(&[Code]) -> Option<usize>) {
        let rows = self.codes.chunks_exact(self.width).zip(&self.weights).zip(starts);
        for ((codes, weight), start) in rows {
            if let Some(cell) = choose(codes).and_then(|place| cells.get_mut(start + place)) {
                cell.add(*weight);
            }
        }
    }
}
