//! A free number in one stratum: its distinct values up to a limit, and exact moments without one.

use hashbrown::HashMap;

use super::cell::Cell;
use super::count::Values;
use super::exact::ExactMoments;
use crate::survey::{Code, REASONS};

/// How many distinct values are kept a stratum.
pub(super) const VALUES_KEPT: usize = 10_000;

/// The counters of a free number.
#[derive(Clone)]
pub(super) struct NumberTally<C> {
    answered: C,
    missing: [C; REASONS],
    moments: ExactMoments,
    values: Vec<(i64, C)>,
    index: HashMap<i64, usize>,
    overflow: bool,
}

impl<C: Cell> Default for NumberTally<C> {
    fn default() -> Self {
        Self {
            answered: C::default(),
            missing: std::array::from_fn(|_| C::default()),
            moments: ExactMoments::default(),
            values: Vec::new(),
            index: HashMap::new(),
            overflow: false,
        }
    }
}

impl<C: Cell> NumberTally<C> {
    /// Adds a row with this value, in units of 10⁻⁹.
    pub(super) fn answer(&mut self, value: i64, weight: u64) {
        self.answered.add(weight);
        self.moments.add(value, weight);
        if let Some(cell) = self.value(value) {
            cell.add(weight);
        }
    }

    /// Adds a row without a value for the reason that the code stands for.
    pub(super) fn miss(&mut self, reason: Code, weight: u64) {
        if let Some(cell) = self.missing.get_mut(usize::from(reason)) {
            cell.add(weight);
        }
    }

    /// Adds what another has counted.
    pub(super) fn merge(&mut self, other: &Self) {
        self.answered.merge(&other.answered);
        self.moments.merge(&other.moments);
        for (into, from) in self.missing.iter_mut().zip(&other.missing) {
            into.merge(from);
        }
        if other.overflow {
            self.drop_values();
        }
        for (value, from) in &other.values {
            if let Some(cell) = self.value(*value) {
                cell.merge(from);
            }
        }
    }

    /// How many distinct values are kept.
    pub(super) fn values_kept(&self) -> u64 {
        u64::try_from(self.values.len()).unwrap_or(u64::MAX)
    }

    /// The counts as the rest of the program sees them.
    pub(super) fn finish(&self) -> Values {
        let mut values = self.values.clone();
        values.sort_unstable_by_key(|(value, _)| *value);
        let moments = self.moments.to_sums();
        Values {
            values: values.iter().map(|(value, cell)| (*value as f64 / 1e9, cell.count())).collect(),
            overflow: self.overflow,
            answered: self.answered.count(),
            sum_wx: moments.sum_wx,
            sum_wx2: moments.sum_wx2,
            sum_w2x: moments.sum_w2x,
            sum_w2x2: moments.sum_w2x2,
            centred_sum_squares: moments.centred_sum_squares,
            centred_w_sum_squares: moments.centred_w_sum_squares,
            centred_w2_sum_squares: moments.centred_w2_sum_squares,
            missing: std::array::from_fn(|reason| self.missing[reason].count()),
        }
    }

    /// The counter of a value, `None` once there were too many.
    fn value(&mut self, value: i64) -> Option<&mut C> {
        if self.overflow {
            return None;
        }
        let place = match self.index.get(&value) {
            Some(&place) => place,
            None if self.values.len() >= VALUES_KEPT => {
                self.drop_values();
                return None;
            }
            None => {
                self.index.insert(value, self.values.len());
                self.values.push((value, C::default()));
                self.values.len() - 1
            }
        };
        Some(&mut self.values[place].1)
    }

    fn drop_values(&mut self) {
        self.overflow = true;
        self.values = Vec::new();
        self.index = HashMap::new();
    }
}
