//! Cronbach's alpha and what each item does to it.
//!
//! Cronbach 1951; from correlations the standardised form. The interval is Feldt's (1965): (1 − α) against an F law with
//! n − 1 and (n − 1)(k − 1) degrees of freedom. References: R psych 2.2.9 alpha, psychometric 2.3.

use super::distributions::f_quantile;
use super::{Confidence, Interval, ItemScale};

/// How consistently items answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Alpha {
    /// k/(k − 1) (1 − Σ s²/s²(total)); at most 1, below 0 where items pull apart.
    pub alpha: f64,
    /// The same of z-scores.
    pub standardised: f64,
    /// The mean of the correlations between items.
    pub mean_correlation: f64,
    /// By item.
    pub items: Vec<AlphaItem>,
    rows: u64,
    weighted: bool,
}

/// One item of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlphaItem {
    /// Correlation with the sum of the other items; below 0 the item may be turned round. `None` where that sum does
    /// not vary.
    pub item_rest: Option<f64>,
    /// Alpha of the other items; `None` where only one is left or their sum does not vary.
    pub alpha_if_dropped: Option<f64>,
    /// The standardised alpha of the other items.
    pub standardised_if_dropped: Option<f64>,
}

impl Alpha {
    /// `None` where the sum of the items does not vary, as it cannot where each takes back what another gives.
    pub fn of(scale: &ItemScale) -> Option<Self> {
        let all: Vec<usize> = (0..scale.items()).collect();
        let items = all.iter().map(|item| {
            let rest = scale.without(*item);
            let (own, others) = (scale.covariance(*item, *item), scale.between(&rest, &rest));
            let r = scale.between(&[*item], &rest) / (own * others).sqrt();
            AlphaItem {
                item_rest: (others > NONE * own && r.is_finite()).then(|| r.clamp(-1.0, 1.0)),
                alpha_if_dropped: alpha(scale, &rest),
                standardised_if_dropped: standardised(scale, &rest),
            }
        });
        Some(Self {
            alpha: alpha(scale, &all)?,
            standardised: standardised(scale, &all)?,
            mean_correlation: mean_correlation(scale, &all)?,
            items: items.collect(),
            rows: scale.rows,
            weighted: scale.weighted,
        })
    }

    /// Feldt's interval, for rows that count alike; `None` with weights, for which there is none.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        if self.weighted {
            return None;
        }
        let df1 = self.rows as f64 - 1.0;
        let df2 = df1 * (self.items.len() as f64 - 1.0);
        let at = |p: f64| Some(1.0 - (1.0 - self.alpha) * f_quantile(p, df1, df2)?);
        Interval::new(at(1.0 - confidence.tail())?, at(confidence.tail())?)
    }
}

/// A variance below this part of another is rounding.
const NONE: f64 = 1e-12;

pub(super) fn alpha(scale: &ItemScale, items: &[usize]) -> Option<f64> {
    let k = items.len() as f64;
    let own: f64 = items.iter().map(|item| scale.covariance(*item, *item)).sum();
    let total = scale.between(items, items);
    (items.len() > 1 && total > NONE * own).then(|| k / (k - 1.0) * (1.0 - own / total))
}

fn standardised(scale: &ItemScale, items: &[usize]) -> Option<f64> {
    let k = items.len() as f64;
    let r = mean_correlation(scale, items)?;
    let total = 1.0 + (k - 1.0) * r;
    (total > NONE).then(|| k * r / total)
}

fn mean_correlation(scale: &ItemScale, items: &[usize]) -> Option<f64> {
    let k = items.len() as f64;
    let apart =
        |i: &usize| items.iter().filter(move |j| *j != i).map(|j| scale.correlation(*i, *j)).sum::<f64>();
    (items.len() > 1).then(|| items.iter().map(apart).sum::<f64>() / (k * (k - 1.0)))
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    fn of(items: &[Vec<f64>]) -> Option<Alpha> {
        Alpha::of(&ItemScale::new(items, None).unwrap())
    }

    #[test]
    fn items_that_cancel_have_no_alpha() {
        assert_eq!(of(&[vec![1.0, 2.0, 3.0], vec![3.0, 2.0, 1.0]]), None);
    }

    #[test]
    fn a_turned_item_pulls_apart_and_two_items_leave_no_scale_when_one_is_dropped() {
        let turned = of(&[
            vec![1.0, 2.0, 4.0, 5.0, 3.0],
            vec![2.0, 2.0, 5.0, 4.0, 3.0],
            vec![5.0, 4.0, 2.0, 1.0, 4.0],
        ])
        .unwrap();
        assert!(turned.items[2].item_rest.unwrap() < -0.8);
        assert!(turned.items[2].alpha_if_dropped.unwrap() > 0.8 && turned.alpha < 0.0);
        let two = of(&[vec![1.0, 2.0, 4.0], vec![1.0, 3.0, 4.0]]).unwrap();
        assert_eq!(two.items[0].alpha_if_dropped, None);
        assert_eq!(two.items[0].item_rest, two.items[1].item_rest);
    }

    #[test]
    fn with_weights_there_is_a_figure_and_no_interval() {
        let items = [vec![1.0, 2.0, 4.0, 5.0], vec![2.0, 1.0, 5.0, 4.0]];
        let plain = of(&items).unwrap();
        let scale = ItemScale::new(&items, Some(&[3.0; 4])).unwrap();
        let weighted = Alpha::of(&scale).unwrap();
        assert_relative_eq!(plain.alpha, weighted.alpha, max_relative = 1e-14);
        let confidence = Confidence::new(0.95).unwrap();
        assert!(plain.interval(confidence).unwrap().contains(plain.alpha));
        assert_eq!(weighted.interval(confidence), None);
    }

    proptest! {
        #[test]
        fn alpha_is_at_most_one_and_the_same_on_a_turned_and_stretched_scale(
            answers in prop::collection::vec(1_u8..6, 40), by in 0.1_f64..10.0,
        ) {
            let item = |k: usize| -> Vec<f64> { answers[k * 10..k * 10 + 10].iter().map(|x| f64::from(*x)).collect() };
            let items: Vec<Vec<f64>> = (0..4).map(item).collect();
            let Ok(scale) = ItemScale::new(&items, None) else { return Ok(()) };
            let Some(found) = Alpha::of(&scale) else { return Ok(()) };
            prop_assert!(found.alpha <= 1.0 && found.standardised <= 1.0);
            let turned: Vec<Vec<f64>> =
                items.iter().map(|item| item.iter().map(|x| 6.0 - by * x).collect()).collect();
            let other = of(&turned).unwrap();
            prop_assert!((other.alpha - found.alpha).abs() < 1e-8 * (1.0 + found.alpha.abs()));
        }
    }
}
