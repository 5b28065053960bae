//! How any number of judges agree on cases that each judged once: Fleiss' kappa.
//!
//! Fleiss (1971, Psychological Bulletin 76). References: R irr 0.84.1 (`kappam.fleiss`) and statsmodels 0.15.0.

/// The share of pairs of judgements of one case that are alike, over all cases, 0 to 1.
///
/// `cases` has for each case how often each category was chosen. `None` without cases, for cases with different numbers of
/// judgements and for fewer than two of them.
pub fn agreement_of_pairs(cases: &[Vec<u64>]) -> Option<f64> {
    let judges = judges(cases)?;
    let pairs = |n: u64| n as f64 * (n as f64 - 1.0);
    let alike: f64 = cases.iter().flatten().map(|n| pairs(*n)).sum();
    Some(alike / (pairs(judges) * cases.len() as f64))
}

/// Fleiss' kappa: the agreement of pairs beyond what chance gives, at most 1 and 0 for what chance gives.
///
/// `None` where [`agreement_of_pairs`] is, and where only one category was ever chosen: chance then agrees as well.
pub fn fleiss_kappa(cases: &[Vec<u64>]) -> Option<f64> {
    let observed = agreement_of_pairs(cases)?;
    let categories = cases.iter().map(Vec::len).max()?;
    let total = judges(cases)? as f64 * cases.len() as f64;
    let share = |category: usize| {
        let chosen: u64 = cases.iter().filter_map(|case| case.get(category)).sum();
        chosen as f64 / total
    };
    let expected: f64 = (0..categories).map(|category| share(category).powi(2)).sum();
    let room = 1.0 - expected;
    (room > 1e-12).then(|| (observed - expected) / room)
}

/// How many judged each case; `None` where that differs or is less than two.
fn judges(cases: &[Vec<u64>]) -> Option<u64> {
    let mut counts = cases.iter().map(|case| case.iter().sum::<u64>());
    let first = counts.next()?;
    (first >= 2 && counts.all(|count| count == first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{agreement_of_pairs, fleiss_kappa};

    /// Three coders, five codes, the 57 comments that all of them coded (oracle hotel_a, agreement.codes).
    fn coders() -> Vec<Vec<u64>> {
        let patterns: [([u64; 5], usize); 18] = [
            ([3, 0, 0, 0, 0], 8),
            ([2, 0, 1, 0, 0], 2),
            ([2, 0, 0, 0, 1], 1),
            ([1, 2, 0, 0, 0], 3),
            ([1, 1, 1, 0, 0], 1),
            ([1, 0, 0, 0, 2], 2),
            ([0, 3, 0, 0, 0], 6),
            ([0, 2, 0, 1, 0], 1),
            ([0, 2, 0, 0, 1], 1),
            ([0, 1, 2, 0, 0], 1),
            ([0, 1, 0, 0, 2], 2),
            ([0, 0, 3, 0, 0], 4),
            ([0, 0, 1, 2, 0], 2),
            ([0, 0, 1, 0, 2], 2),
            ([0, 0, 0, 3, 0], 9),
            ([0, 0, 0, 2, 1], 1),
            ([0, 0, 0, 1, 2], 3),
            ([0, 0, 0, 0, 3], 8),
        ];
        patterns.iter().flat_map(|(case, times)| std::iter::repeat_n(case.to_vec(), *times)).collect()
    }

    #[test]
    fn kappa_is_that_of_r_irr_and_statsmodels() {
        assert_eq!(coders().len(), 57);
        assert_relative_eq!(fleiss_kappa(&coders()).unwrap(), 0.666_681_105_431_863, epsilon = 1e-14);
        // statsmodels 0.15.0: 0.33333333333333326; two of three pairs are alike.
        let small = [vec![2, 0, 0], vec![0, 2, 0], vec![1, 1, 0]];
        assert_relative_eq!(fleiss_kappa(&small).unwrap(), 1.0 / 3.0, epsilon = 1e-14);
        assert_relative_eq!(agreement_of_pairs(&small).unwrap(), 2.0 / 3.0, epsilon = 1e-14);
    }

    #[test]
    fn without_something_to_compare_there_is_none() {
        for cases in [vec![], vec![vec![1, 0]], vec![vec![0, 0]], vec![vec![2, 0], vec![3, 0]]] {
            assert_eq!((agreement_of_pairs(&cases), fleiss_kappa(&cases)), (None, None), "{cases:?}");
        }
        // All say the same of everything: that is what chance would do as well.
        let alike = [vec![3, 0], vec![3, 0]];
        assert_eq!((agreement_of_pairs(&alike), fleiss_kappa(&alike)), (Some(1.0), None));
        assert_eq!(fleiss_kappa(&[vec![3, 0], vec![0, 3]]), Some(1.0));
    }

    proptest! {
        #[test]
        fn neither_order_of_cases_nor_of_categories_matters(
            cases in prop::collection::vec((0_u64..=4, 0_u64..=4), 1..12)
        ) {
            // Four judges and three categories.
            let split = |(one, two): (u64, u64)| vec![one.min(two), one.max(two) - one.min(two), 4 - one.max(two)];
            let cases: Vec<Vec<u64>> = cases.into_iter().map(split).collect();
            let turned: Vec<Vec<u64>> =
                cases.iter().rev().map(|case| case.iter().rev().copied().collect()).collect();
            let (one, other) = (fleiss_kappa(&cases), fleiss_kappa(&turned));
            prop_assert_eq!(one.is_some(), other.is_some());
            if let (Some(one), Some(other)) = (one, other) {
                prop_assert!((one - other).abs() < 1e-12 && (-1.0..=1.0).contains(&one));
            }
        }
    }
}
