//! The answers of one stratum by value, in the shapes that `stats` takes.

use crate::stats::{WeightedPoint, kish, linearised_mean, weighted_mean};
use crate::tally::Count;

/// Answers by value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answers {
    points: Vec<(f64, Count)>,
}

/// A weighted mean with its linearised variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Linear {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// The weighted variance of one answer around the mean.
    pub(super) per_answer: f64,
    pub(super) kish_n: f64,
}

impl Answers {
    /// Values nobody gave are left out.
    pub(super) fn new(points: impl IntoIterator<Item = (f64, Count)>) -> Self {
        Self { points: points.into_iter().filter(|(_, count)| count.n > 0).collect() }
    }

    pub(super) fn base(&self) -> Count {
        sum(self.points.iter().map(|(_, count)| *count))
    }

    pub(super) fn points(&self) -> &[(f64, Count)] {
        &self.points
    }

    /// Value and rows.
    pub(super) fn rows(&self) -> Vec<(f64, u64)> {
        self.points.iter().map(|(x, count)| (*x, count.n)).collect()
    }

    /// Whether all answers are alike.
    pub(super) fn alike(&self) -> bool {
        self.points.windows(2).all(|pair| pair[0].0.total_cmp(&pair[1].0).is_eq())
    }

    /// The weighted mean; `None` without answers.
    pub(super) fn linear(&self, design_rows: u64) -> Option<Linear> {
        let points: Vec<WeightedPoint> = self
            .points
            .iter()
            .map(|(x, count)| WeightedPoint { x: *x, n: count.n, w: count.w, w2: count.w2 })
            .collect();
        let base = self.base();
        let mean = weighted_mean(&points)?;
        let kish_n = kish(base.n, base.w, base.w2)?.effective_n;
        // A design of one row has no variance to speak of; callers give a single answer no interval.
        let variance =
            linearised_mean(&points, design_rows.max(base.n)).map_or(0.0, |linear| linear.variance);
        let squares: f64 = points.iter().map(|point| point.w / base.w * (point.x - mean).powi(2)).sum();
        Some(Linear { mean, variance, per_answer: squares, kish_n })
    }
}

/// The sum of counts.
pub(super) fn sum(counts: impl IntoIterator<Item = Count>) -> Count {
    counts.into_iter().fold(Count::default(), |total, count| Count {
        n: total.n + count.n,
        w: total.w + count.w,
        w2: total.w2 + count.w2,
    })
}
