//! Correction for a sample that is a sizeable part of its population.
//!
//! The factor is 1 - n/N on a variance with divisor n-1 (Cochran 1977, 2.8; R survey's `fpc`).
//! Intervals without a variance of their own take n/(1 - n/N) in place of n.
//! Reference cases: `tests/reference/intervals` (`fpc.*`).

/// The variance times `1 - n/population`; 0 for a census, `None` where n exceeds the population.
pub fn corrected_variance(variance: f64, n: f64, population: f64) -> Option<f64> {
    let fits = variance >= 0.0 && variance.is_finite() && population > 0.0;
    if !fits || !population.is_finite() || !(0.0..=population).contains(&n) {
        return None;
    }
    Some(variance * (1.0 - n / population))
}

/// The number of answers from an endless population that would say as much: `n / (1 - n/N)`.
///
/// `None` for a census, which has no sampling error, and where n exceeds the population.
pub fn corrected_n(n: f64, population: f64) -> Option<f64> {
    if !(n > 0.0 && n < population && population.is_finite()) {
        return None;
    }
    let corrected = n * (population / (population - n));
    corrected.is_finite().then_some(corrected)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn a_census_has_no_variance_and_no_effective_number() {
        assert_eq!(corrected_variance(2.0, 20.0, 20.0), Some(0.0));
        assert_eq!(corrected_n(20.0, 20.0), None);
    }

    #[test]
    fn more_answers_than_people_is_refused() {
        assert_eq!(corrected_variance(2.0, 21.0, 20.0), None);
        assert_eq!(corrected_n(21.0, 20.0), None);
        assert_eq!(corrected_n(f64::NAN, 20.0), None);
    }

    #[test]
    fn half_a_population_counts_double() {
        assert_eq!(corrected_n(50.0, 100.0), Some(100.0));
        assert_eq!(corrected_variance(3.0, 50.0, 100.0), Some(1.5));
    }
}
