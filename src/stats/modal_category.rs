//! Whether the most frequent category of a sample is told apart from the next most frequent.
//!
//! Fong, D. (1996). Using the self-stated importance questionnaire to interpret Kano questionnaire results. Center for
//! Quality of Management Journal 5(3): the difference of two counts of one multinomial sample against 1.65 standard
//! errors, which is 90 %, two-sided. Its inequality is printed in both senses; here `is_distinguishable` says what is
//! meant. Reference values: the formula as published, METHODS in docs/methods.md.

/// The critical value of the published test.
const CRITICAL: f64 = 1.65;

/// Two counts of one sample set against each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModalCategory {
    /// How much more frequent the first is, in respondents.
    pub difference: f64,
    /// What the difference has to reach.
    pub critical: f64,
    /// Whether it does.
    pub is_distinguishable: bool,
}

/// Two shares of a sample of n respondents, 0 to 1 each; with weights n is their effective number.
///
/// `None` for shares that cannot be of one sample, and without respondents.
pub fn modal_category(first: f64, second: f64, n: f64) -> Option<ModalCategory> {
    let are_shares = first >= 0.0 && second >= 0.0 && first + second <= 1.0 + 1e-9;
    if !are_shares || n.is_nan() || n <= 0.0 || n.is_infinite() {
        return None;
    }
    let (a, b) = (first * n, second * n);
    let difference = (a - b).abs();
    let critical = CRITICAL * ((a + b) * (2.0 * n - a - b) / (2.0 * n)).max(0.0).sqrt();
    Some(ModalCategory {
        difference,
        critical,
        is_distinguishable: difference >= critical && difference > 0.0,
    })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::modal_category;

    fn of(a: f64, b: f64, n: f64) -> super::ModalCategory {
        modal_category(a / n, b / n, n).unwrap()
    }

    #[test]
    fn the_published_features_of_three_hundred_to_six_hundred_respondents() {
        // METHODS 1.7: 216 and 275 of 607: difference 59, threshold 28.215.
        for (a, b, n, critical, is_distinguishable) in [
            (275.0, 216.0, 607.0, 28.215, true),
            (276.0, 229.0, 607.0, 28.336, true),
            (258.0, 187.0, 607.0, 27.702, true),
        ] {
            let found = of(a, b, n);
            assert_relative_eq!(found.difference, a - b, epsilon = 1e-9);
            assert_relative_eq!(found.critical, critical, epsilon = 5e-4);
            assert_eq!(found.is_distinguishable, is_distinguishable);
        }
    }

    #[test]
    fn all_alike_are_told_apart_and_equally_frequent_ones_never() {
        // The published formula: 5 and 0 of 5 respondents.
        let alone = of(5.0, 0.0, 5.0);
        assert_relative_eq!(alone.critical, 2.608_879_069_638_913, max_relative = 1e-14);
        assert!(alone.is_distinguishable);
        let even = of(30.0, 30.0, 60.0);
        assert_relative_eq!(even.critical, 9.037_422_198_835_241, max_relative = 1e-14);
        assert!(!even.is_distinguishable);
    }

    #[test]
    fn what_is_no_sample_has_no_answer() {
        assert_eq!(modal_category(0.7, 0.7, 10.0), None);
        assert_eq!(modal_category(0.5, 0.2, 0.0), None);
        assert_eq!(modal_category(0.5, f64::NAN, 3.0), None);
    }
}
