//! One counter: rows alone, or rows with the exact sums of their weights.

use super::count::Count;
use super::exact::ExactCount;

/// A counter that workers fill and that merges without regard to order.
pub(super) trait Cell: Clone + Default + Send {
    /// Whether weights are summed.
    const WEIGHTED: bool;

    /// Adds a row of this weight, in units of 10⁻⁹.
    fn add(&mut self, weight: u64);

    /// Adds what another has counted.
    fn merge(&mut self, other: &Self);

    /// The sums as floats.
    fn count(&self) -> Count;

    /// Rows counted.
    fn rows(&self) -> u64;
}

impl Cell for u64 {
    const WEIGHTED: bool = false;

    #[inline]
    fn add(&mut self, _: u64) {
        // No file has 2⁶⁴ rows.
        *self = self.wrapping_add(1);
    }

    fn merge(&mut self, other: &Self) {
        *self += other;
    }

    fn count(&self) -> Count {
        let sum = *self as f64;
        Count { n: *self, w: sum, w2: sum }
    }

    fn rows(&self) -> u64 {
        *self
    }
}

impl Cell for ExactCount {
    const WEIGHTED: bool = true;

    #[inline]
    fn add(&mut self, weight: u64) {
        ExactCount::add(self, weight);
    }

    fn merge(&mut self, other: &Self) {
        ExactCount::merge(self, other);
    }

    fn count(&self) -> Count {
        self.to_count()
    }

    fn rows(&self) -> u64 {
        self.n()
    }
}

/// Adds the counters of one row to another, place by place; the first grows when it is shorter.
pub(super) fn merge_rows<C: Cell>(into: &mut Vec<C>, from: &[C]) {
    if into.len() < from.len() {
        into.resize_with(from.len(), C::default);
    }
    for (into, from) in into.iter_mut().zip(from) {
        into.merge(from);
    }
}
