//! Scales that seem the wrong way round: a driver goes with a worse outcome where the others go with a better one.

use crate::stats::Interval;

/// By driver, whether its correlation with the outcome is surely below 0 while more of the others are surely above.
pub(super) fn drivers(correlations: &[Option<Interval>]) -> Vec<bool> {
    let (below, above) = signs(correlations);
    let surely_below = |limits: &Option<Interval>| limits.is_some_and(|limits| limits.high < 0.0);
    correlations.iter().map(|limits| above > below && surely_below(limits)).collect()
}

/// Whether more drivers, at least two, are surely below 0 than surely above: then the outcome is the odd one.
pub(super) fn is_outcome(correlations: &[Option<Interval>]) -> bool {
    let (below, above) = signs(correlations);
    below > above && below > 1
}

/// How many are surely below 0, and surely above.
fn signs(correlations: &[Option<Interval>]) -> (usize, usize) {
    let known = || correlations.iter().flatten();
    (known().filter(|limits| limits.high < 0.0).count(), known().filter(|limits| limits.low > 0.0).count())
}

#[cfg(test)]
mod tests {
    use super::{drivers, is_outcome};
    use crate::stats::Interval;

    fn limits(of: &[(f64, f64)]) -> Vec<Option<Interval>> {
        of.iter().map(|(low, high)| Interval::new(*low, *high)).collect()
    }

    #[test]
    fn the_one_against_the_others_seems_turned() {
        let one = limits(&[(0.2, 0.4), (-0.4, -0.1), (-0.3, 0.1), (0.1, 0.3)]);
        assert_eq!(drivers(&one), [false, true, false, false]);
        assert!(!is_outcome(&one));
        let all = limits(&[(-0.4, -0.2), (-0.4, -0.1), (-0.3, 0.1), (0.1, 0.3)]);
        assert_eq!((drivers(&all), is_outcome(&all)), (vec![false; 4], true));
        let even = limits(&[(-0.4, -0.2), (0.1, 0.3)]);
        assert_eq!(
            (drivers(&even), is_outcome(&even)),
            (vec![false; 2], false),
            "which of two, nobody knows"
        );
        assert!(!is_outcome(&limits(&[(-0.4, -0.2), (-0.2, 0.3)])) && !is_outcome(&[None, None]));
    }
}
