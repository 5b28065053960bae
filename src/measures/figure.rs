//! One statistic as computed: value, standard error, raw limits, method; not yet in the report's units.

use crate::report::Flag;
use crate::stats::Interval;

/// One statistic as computed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) se: Option<f64>,
    /// Raw limits: not clipped, perhaps not around the value.
    pub(super) interval: Option<Interval>,
    pub(super) method: &'static str,
    /// The n that the interval used.
    pub(super) effective: f64,
    /// Degrees of freedom of a weighted standard error.
    pub(super) df: Option<f64>,
    /// Why there is no interval.
    pub(super) flag: Option<Flag>,
}

impl Figure {
    /// A figure that has no interval, for the reason given.
    pub(super) fn bare(value: f64, effective: f64, flag: Flag) -> Self {
        Self { value, se: None, interval: None, method: "", effective, df: None, flag: Some(flag) }
    }

    /// The same figure on another scale: `factor * x + offset`.
    pub(super) fn scaled(mut self, factor: f64, offset: f64) -> Self {
        let map = |x: f64| factor * x + offset;
        self.value = map(self.value);
        self.se = self.se.map(|se| se * factor.abs());
        self.interval = self.interval.and_then(|interval| {
            let (one, other) = (map(interval.low), map(interval.high));
            Interval::new(one.min(other), one.max(other))
        });
        self
    }
}
