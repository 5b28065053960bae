//! The last layer of limits: clipped to the scale, widened to hold the figure.
//!
//! `stats` returns limits as the formulas give them. An adjusted Wald interval of twelve promoters ends above 100,
//! one of a single promoter below it: what is printed stays on the scale and always contains its figure.

use crate::stats::Interval;

/// How far beyond its limits a figure may lie before the limits count as extended, as a share of the scale:
/// the dust of rounding is no extension.
const DUST: f64 = 1e-9;

/// Limits as they are printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Printed {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Whether a limit was moved to hold the figure.
    pub(super) extended: bool,
}

/// Clips limits to the range of the scale, then widens them to hold the figure.
pub(super) fn printed(limits: Interval, figure: f64, range: Option<(f64, f64)>) -> Printed {
    let (least, most) = range.unwrap_or((f64::MIN, f64::MAX));
    let low = limits.low.clamp(least, most);
    let high = limits.high.clamp(least, most);
    let dust = DUST * range.map_or(figure.abs().max(1.0), |(least, most)| most - least);
    Printed {
        low: low.min(figure),
        high: high.max(figure),
        extended: figure < low - dust || figure > high + dust,
    }
}

#[cfg(test)]
mod tests {
    use super::printed;
    use crate::stats::Interval;

    const PERCENT: Option<(f64, f64)> = Some((0.0, 100.0));

    #[test]
    fn limits_outside_the_scale_are_clipped_and_not_called_extended() {
        let limits = Interval { low: 54.2, high: 105.8 };
        let printed = printed(limits, 100.0, PERCENT);
        assert_eq!((printed.low, printed.high, printed.extended), (54.2, 100.0, false));
    }

    #[test]
    fn limits_that_miss_the_figure_are_extended_and_say_so() {
        let limits = Interval { low: 12.0, high: 88.0 };
        let printed = printed(limits, 100.0, PERCENT);
        assert_eq!((printed.low, printed.high, printed.extended), (12.0, 100.0, true));
    }

    #[test]
    fn a_rounding_error_is_no_extension() {
        let limits = Interval { low: 1e-16, high: 16.1 };
        let printed = printed(limits, 0.0, PERCENT);
        assert_eq!((printed.low, printed.extended), (0.0, false));
    }
}
