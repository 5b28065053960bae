//! Amounts: sum, mean and median with their limits.

use crate::measures::rounded;
use crate::stats::{self, Confidence, OpenInterval};

/// What amounts of at least 0 come to; a figure that does not exist is `None`.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::analysis) struct Amounts {
    /// How many.
    pub(in crate::analysis) cases: u64,
    /// How many are above 0.
    pub(in crate::analysis) above_zero: u64,
    pub(in crate::analysis) sum: Option<f64>,
    /// The mean with its limits (Student's t), the lower at least 0; without limits where all are alike.
    pub(in crate::analysis) mean: [Option<f64>; 3],
    pub(in crate::analysis) se: Option<f64>,
    /// The median with its limits (order statistics).
    pub(in crate::analysis) median: [Option<f64>; 3],
    pub(in crate::analysis) largest: Option<f64>,
}

impl Amounts {
    /// Of amounts in any order.
    pub(in crate::analysis) fn new(mut amounts: Vec<f64>, confidence: Confidence) -> Self {
        // In order, so that the sum does not depend on that of the rows.
        amounts.sort_unstable_by(f64::total_cmp);
        let mut found = Self {
            cases: amounts.len() as u64,
            above_zero: amounts.iter().filter(|amount| **amount > 0.0).count() as u64,
            sum: (!amounts.is_empty()).then(|| amounts.iter().sum()).and_then(rounded),
            largest: amounts.last().copied().and_then(rounded),
            ..Self::default()
        };
        let points = distinct(&amounts);
        if let Some(moments) = stats::moments(&points) {
            let spread = moments.se.filter(|se| *se > 0.0);
            let limits =
                spread.and_then(|se| stats::t_interval(moments.mean, se, moments.n as f64 - 1.0, confidence));
            found.se = spread.and_then(rounded);
            found.mean = [
                rounded(moments.mean),
                limits.and_then(|limits| rounded(limits.low.max(0.0))),
                limits.and_then(|limits| rounded(limits.high)),
            ];
        }
        if let Some(median) = stats::percentile(&points, 0.5, confidence) {
            let OpenInterval { low, high, .. } = median.limits;
            found.median = [rounded(median.value), low.and_then(rounded), high.and_then(rounded)];
        }
        found
    }
}

/// Sorted numbers with how often each is there.
pub(in crate::analysis) fn distinct(sorted: &[f64]) -> Vec<(f64, u64)> {
    let same = sorted.chunk_by(|one, other| one.total_cmp(other).is_eq());
    same.filter_map(|same| Some((*same.first()?, same.len() as u64))).collect()
}
