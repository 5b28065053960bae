//! The reliability of a difference of two scores, each the mean of several items.
//!
//! Cronbach's alpha (1951) of each score, k/(k-1) (1 - Σ s²ᵢ / s²_total), and of their difference
//! (s₁² r₁₁ + s₂² r₂₂ - 2 r₁₂ s₁ s₂) / (s₁² + s₂² - 2 r₁₂ s₁ s₂), after Lord (1963) as Peter, Churchill and Brown
//! (1993, Journal of Consumer Research 19) put it for gaps: the more the two correlate, the less is left.

use super::ItemScale;
use super::alpha::alpha;

/// A variance below this part of what it is made of is rounding dust.
const DUST: f64 = 1e-12;

/// The reliabilities of two scores of as many items and of their difference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DifferenceReliability {
    /// Cronbach's alpha of the first.
    pub first_alpha: Option<f64>,
    /// That of the second.
    pub second_alpha: Option<f64>,
    /// The reliability of second less first; `None` where one of the two has none, or the difference does not vary.
    pub difference: Option<f64>,
}

impl DifferenceReliability {
    /// Of items whose first half belong to the first score, and whose second half to the second.
    pub fn of(scale: &ItemScale) -> Self {
        let items = scale.items() / 2;
        let (first, second): (Vec<usize>, Vec<usize>) = ((0..items).collect(), (items..2 * items).collect());
        if items < 2 {
            return Self::default();
        }
        let (first_alpha, second_alpha) = (alpha(scale, &first), alpha(scale, &second));
        let (one, two) = (scale.between(&first, &first), scale.between(&second, &second));
        let shared = scale.between(&first, &second);
        let variance = one + two - 2.0 * shared;
        let reliable = first_alpha.zip(second_alpha).map(|(a, b)| one * a + two * b - 2.0 * shared);
        let difference =
            reliable.filter(|_| variance > DUST * (one + two)).map(|reliable| reliable / variance);
        Self { first_alpha, second_alpha, difference }
    }
}

#[cfg(test)]
mod tests {
    use super::DifferenceReliability;
    use crate::stats::ItemScale;
    use approx::assert_relative_eq;

    const ROWS: [[f64; 4]; 6] = [
        [5.0, 6.0, 3.0, 4.0],
        [7.0, 7.0, 5.0, 4.0],
        [4.0, 5.0, 4.0, 5.0],
        [6.0, 7.0, 2.0, 2.0],
        [3.0, 5.0, 6.0, 6.0],
        [6.0, 5.0, 5.0, 7.0],
    ];

    fn scale(rows: &[[f64; 4]], weights: Option<&[f64]>) -> ItemScale {
        let items: Vec<Vec<f64>> = (0..4).map(|item| rows.iter().map(|row| row[item]).collect()).collect();
        ItemScale::new(&items, weights).unwrap()
    }

    #[test]
    fn alphas_and_the_reliability_of_the_difference() {
        // Python: covariances, alpha and Lord's formula of the same rows.
        let found = DifferenceReliability::of(&scale(&ROWS, None));
        assert_relative_eq!(found.first_alpha.unwrap(), 0.794_871_794_871_794_9, max_relative = 1e-12);
        assert_relative_eq!(found.second_alpha.unwrap(), 0.882_562_277_580_071_2, max_relative = 1e-12);
        assert_relative_eq!(found.difference.unwrap(), 0.902_255_639_097_744_4, max_relative = 1e-12);
    }

    #[test]
    fn weights_alike_change_nothing_and_a_difference_that_does_not_vary_has_none() {
        let plain = DifferenceReliability::of(&scale(&ROWS, None));
        let weighted = DifferenceReliability::of(&scale(&ROWS, Some(&[2.5; 6])));
        assert_relative_eq!(plain.difference.unwrap(), weighted.difference.unwrap(), max_relative = 1e-12);
        let alike = ROWS.map(|row| [row[0], row[1], row[0] - 1.0, row[1] - 1.0]);
        let found = DifferenceReliability::of(&scale(&alike, None));
        assert!(found.first_alpha.is_some() && found.difference.is_none(), "{found:?}");
    }
}
