//! A pair of limits of which one or both may not be reached.

/// Limits in order, each `None` where the data do not reach it: further out than any answer.
///
/// The limits of a median time of which too few cases are finished have no upper end; that is not the same as having
/// no interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenInterval {
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
}

impl OpenInterval {
    /// Whether `x` lies within the limits, ends included; a limit not reached keeps nothing out.
    pub fn contains(&self, x: f64) -> bool {
        self.low.is_none_or(|low| low <= x) && self.high.is_none_or(|high| x <= high)
    }
}

#[cfg(test)]
mod tests {
    use super::OpenInterval;

    #[test]
    fn a_limit_not_reached_keeps_nothing_out() {
        let upwards = OpenInterval { low: Some(2.0), high: None };
        assert!(upwards.contains(2.0) && upwards.contains(1e300) && !upwards.contains(1.9));
        let downwards = OpenInterval { low: None, high: Some(2.0) };
        assert!(downwards.contains(-5.0) && !downwards.contains(2.1));
    }
}
