//! One factor behind the correlations of items, by maximum likelihood: loadings, and how much of a sum it is.
//!
//! The EM steps of Rubin and Thayer (1982); no unique variance goes below 0.005, as in R's factanal. Omega total
//! (McDonald 1999) of the sum of z-scores; the mean of the squared loadings is the average variance extracted (Fornell
//! and Larcker 1981). References: R psych 2.2.9 fa(fm = "ml"), a minimisation with scipy.

use super::ItemScale;

/// The factor.
#[derive(Clone, Debug, PartialEq)]
pub struct OneFactor {
    /// By item, its correlation with the factor; most of them above 0.
    pub loadings: Vec<f64>,
    /// Whether an item is explained to the last: its unique variance is at the limit, and the figures are a guide.
    pub improper: bool,
}

/// The least unique variance of an item.
const LEAST_UNIQUE: f64 = 0.005;

/// Steps are cheap, and many where an item is nearly explained.
const MOST_STEPS: u32 = 200_000;

/// No loading moves more than this in the last step.
const SETTLED: f64 = 1e-12;

impl OneFactor {
    /// Fits the factor; two items load alike. `None` where two items are not positively correlated, and where the
    /// steps do not settle.
    pub fn of(scale: &ItemScale) -> Option<Self> {
        let k = scale.items();
        if k == 2 {
            let r = scale.correlation(0, 1);
            return (r > 0.0).then(|| Self { loadings: vec![r.sqrt(); 2], improper: false });
        }
        let r: Vec<f64> = (0..k * k).map(|place| scale.correlation(place / k, place % k)).collect();
        let mut loadings = start(&r, k);
        let mut unique: Vec<f64> = loadings.iter().map(|l| (1.0 - l * l).max(LEAST_UNIQUE)).collect();
        for _ in 0..MOST_STEPS {
            // The factor's regression on the items: Σ⁻¹λ = Ψ⁻¹λ / (1 + λᵀΨ⁻¹λ).
            let signal: f64 = loadings.iter().zip(&unique).map(|(l, u)| l * l / u).sum();
            let weights: Vec<f64> =
                loadings.iter().zip(&unique).map(|(l, u)| l / u / (1.0 + signal)).collect();
            let shared: Vec<f64> = r.chunks(k).map(|row| product(row, &weights)).collect();
            let variance = product(&weights, &shared) + 1.0 / (1.0 + signal);
            let next: Vec<f64> = shared.iter().map(|c| c / variance).collect();
            unique = next.iter().zip(&shared).map(|(l, c)| (1.0 - l * c).max(LEAST_UNIQUE)).collect();
            let moved = next.iter().zip(&loadings).fold(0.0_f64, |most, (a, b)| most.max((a - b).abs()));
            loadings = next;
            if !moved.is_finite() {
                return None;
            }
            if moved <= SETTLED {
                return Some(Self::turned(loadings, &unique));
            }
        }
        None
    }

    /// Omega total, 0 to 1: the part of the variance of the sum of z-scores that is the factor's.
    pub fn omega(&self) -> f64 {
        let sum: f64 = self.loadings.iter().sum();
        let unique: f64 = self.loadings.iter().map(|l| 1.0 - l * l).sum();
        sum * sum / (sum * sum + unique)
    }

    /// Average variance extracted, 0 to 1.
    pub fn variance_extracted(&self) -> f64 {
        product(&self.loadings, &self.loadings) / self.loadings.len() as f64
    }

    fn turned(loadings: Vec<f64>, unique: &[f64]) -> Self {
        let sign = if loadings.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
        let improper = unique.iter().any(|u| *u <= LEAST_UNIQUE);
        let bounded = |l: f64| (sign * l).clamp(-1.0, 1.0);
        Self { loadings: loadings.into_iter().map(bounded).collect(), improper }
    }
}

/// A first guess: each item's mean correlation with the others, the signs by the item that hangs together most.
fn start(r: &[f64], k: usize) -> Vec<f64> {
    let strength = |i: usize| r[i * k..(i + 1) * k].iter().map(|r| r.abs()).sum::<f64>();
    let strongest = (0..k).max_by(|a, b| strength(*a).total_cmp(&strength(*b))).unwrap_or(0);
    (0..k)
        .map(|i| {
            let sign = if r[strongest * k + i] < 0.0 { -1.0 } else { 1.0 };
            sign * ((strength(i) - 1.0) / (k as f64 - 1.0)).sqrt().clamp(0.1, 0.95)
        })
        .collect()
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Rows whose correlations are exactly those of a factor: an orthogonal design times a square root.
    fn scale(correlation: f64, items: usize) -> ItemScale {
        // Effects of a two-level design: columns of ±1 that are orthogonal over 2^(items + 1) rows.
        let rows = 1_usize << (items + 1);
        let sign = |row: usize, bit: usize| if row >> bit & 1 == 1 { 1.0 } else { -1.0 };
        let item = |i: usize| {
            (0..rows)
                .map(|row| correlation.sqrt() * sign(row, items) + (1.0 - correlation).sqrt() * sign(row, i))
                .collect()
        };
        ItemScale::new(&(0..items).map(item).collect::<Vec<_>>(), None).unwrap()
    }

    #[test]
    fn parallel_items_load_alike_and_omega_is_alpha() {
        for items in [2, 3, 5] {
            let scale = scale(0.36, items);
            let factor = OneFactor::of(&scale).unwrap();
            for loading in &factor.loadings {
                assert_relative_eq!(*loading, 0.6, epsilon = 1e-9);
            }
            let alpha = crate::stats::Alpha::of(&scale).unwrap().alpha;
            assert_relative_eq!(factor.omega(), alpha, epsilon = 1e-9);
            assert_relative_eq!(factor.variance_extracted(), 0.36, epsilon = 1e-9);
            assert!(!factor.improper);
        }
    }

    #[test]
    fn a_turned_item_loads_below_zero_and_two_that_pull_apart_have_no_factor() {
        let x = vec![1.0, 2.0, 4.0, 5.0, 3.0, 2.0, 4.0];
        let near = vec![2.0, 2.0, 5.0, 4.0, 3.0, 1.0, 3.0];
        let other = vec![1.0, 3.0, 3.0, 5.0, 2.0, 3.0, 5.0];
        let turned: Vec<f64> = near.iter().zip(&other).map(|(a, b)| 6.0 - (a + b) / 2.0).collect();
        let pair = ItemScale::new(&[x.clone(), turned.clone()], None).unwrap();
        assert_eq!(OneFactor::of(&pair), None);
        let factor = OneFactor::of(&ItemScale::new(&[x, near, other, turned], None).unwrap()).unwrap();
        assert!(factor.loadings[3] < -0.5 && factor.loadings[..3].iter().all(|l| *l > 0.5));
    }

    #[test]
    fn an_item_explained_to_the_last_is_said() {
        let x = vec![1.0, 2.0, 4.0, 5.0, 3.0, 2.0, 4.0];
        let y = vec![2.0, 1.0, 4.0, 3.0, 3.0, 5.0, 4.0];
        let scale = ItemScale::new(&[x.clone(), x, y], None).unwrap();
        let factor = OneFactor::of(&scale).unwrap();
        assert!(factor.improper && factor.loadings[0] > 0.99);
    }
}
