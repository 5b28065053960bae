//! A pair of limits.

/// Two finite limits in order, raw: they may lie outside the scale of the estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl Interval {
    /// The interval from `low` to `high`; `None` unless both are finite and in order.
    pub fn new(low: f64, high: f64) -> Option<Self> {
        (low.is_finite() && high.is_finite() && low <= high).then_some(Self { low, high })
    }

    /// `centre` ± `half_width`; `None` for a half-width below zero or a result that is not finite.
    pub fn around(centre: f64, half_width: f64) -> Option<Self> {
        Self::new(centre - half_width, centre + half_width)
    }

    /// Whether `x` lies within the limits, ends included.
    pub fn contains(&self, x: f64) -> bool {
        self.low <= x && x <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;

    #[test]
    fn limits_out_of_order_or_not_finite_are_no_interval() {
        assert_eq!(Interval::new(1.0, 0.0), None);
        assert_eq!(Interval::new(f64::NAN, 0.0), None);
        assert_eq!(Interval::new(0.0, f64::INFINITY), None);
        assert_eq!(Interval::around(0.0, -1.0), None);
    }

    #[test]
    fn ends_belong_to_the_interval() {
        let interval = Interval::around(0.5, 0.25).unwrap();
        assert!(interval.contains(0.25) && interval.contains(0.75) && !interval.contains(0.76));
    }
}
