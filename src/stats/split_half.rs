//! The two halves of a scale against each other: items in odd against items in even places.
//!
//! Spearman (1910) and Brown (1910) lengthen the half to the whole; Guttman's λ4 (1945) needs no equal variances.
//! Reference: R psych 2.2.9, cor.

use super::ItemScale;

/// How the halves agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitHalf {
    /// Correlation of the sums of the halves.
    pub r: f64,
    /// 2r/(1 + r); `None` where r is −1.
    pub spearman_brown: Option<f64>,
    /// 2 (1 − (s²(odd) + s²(even))/s²(total)).
    pub guttman: f64,
}

impl SplitHalf {
    /// `None` where a half or the whole does not vary.
    pub fn of(scale: &ItemScale) -> Option<Self> {
        let (even, odd): (Vec<usize>, Vec<usize>) = (0..scale.items()).partition(|place| place % 2 == 1);
        let (a, b, both) =
            (scale.between(&odd, &odd), scale.between(&even, &even), scale.between(&odd, &even));
        let total = a + b + 2.0 * both;
        let r = both / (a * b).sqrt();
        if !(r.is_finite() && total > 1e-12 * (a + b)) {
            return None;
        }
        let r = r.clamp(-1.0, 1.0);
        let spearman_brown = (r > -1.0).then(|| 2.0 * r / (1.0 + r));
        Some(Self { r, spearman_brown, guttman: 2.0 * (1.0 - (a + b) / total) })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::SplitHalf;
    use crate::stats::{Alpha, ItemScale};

    #[test]
    fn of_two_items_guttman_is_alpha() {
        let scale = ItemScale::new(&[vec![1.0, 2.0, 4.0, 3.0], vec![2.0, 1.0, 5.0, 3.0]], None).unwrap();
        let found = SplitHalf::of(&scale).unwrap();
        assert_relative_eq!(found.guttman, Alpha::of(&scale).unwrap().alpha, max_relative = 1e-12);
        assert_relative_eq!(found.r, scale.correlation(0, 1), max_relative = 1e-12);
    }

    #[test]
    fn halves_that_cancel_have_none() {
        let x = vec![1.0, 2.0, 3.0];
        let turned = vec![3.0, 2.0, 1.0];
        let whole = ItemScale::new(&[x.clone(), turned.clone()], None).unwrap();
        assert_eq!(SplitHalf::of(&whole), None);
        let half = ItemScale::new(&[x.clone(), x.clone(), turned, x], None).unwrap();
        assert_eq!(SplitHalf::of(&half), None);
    }
}
