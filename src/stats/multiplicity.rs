//! p-values adjusted for the number of tests in their family.
//!
//! As R's `p.adjust`: Bonferroni; Holm 1979; Hochberg 1988; Hommel 1988; Benjamini and Hochberg 1995; Benjamini and
//! Yekutieli 2001; and Holm's steps with Šidák's level (Holland and Copenhaver 1987). The results keep the
//! order of the input. `None` where a p-value is outside 0 to 1.
//! Reference cases: `tests/reference/paired` (`p_adjust.*`).

/// Every p-value times their number, at most 1.
pub fn bonferroni(p_values: &[f64]) -> Option<Vec<f64>> {
    let m = valid(p_values)?;
    Some(p_values.iter().map(|p| (p * m).min(1.0)).collect())
}

/// Holm's step-down method, which holds the chance of any false finding in the family.
pub fn holm(p_values: &[f64]) -> Option<Vec<f64>> {
    let m = valid(p_values)?;
    let mut adjusted = p_values.to_vec();
    let mut largest = 0.0_f64;
    let mut left = m;
    for index in ascending(p_values) {
        largest = largest.max(p_values[index] * left).min(1.0);
        adjusted[index] = largest;
        left -= 1.0;
    }
    Some(adjusted)
}

/// Benjamini and Hochberg's step-up method, which holds the share of false among all findings.
pub fn benjamini_hochberg(p_values: &[f64]) -> Option<Vec<f64>> {
    step_up(p_values, 1.0)
}

/// Benjamini and Yekutieli's method: the share of false among all findings, whatever the tests' dependence.
pub fn benjamini_yekutieli(p_values: &[f64]) -> Option<Vec<f64>> {
    let harmonic: f64 = (1..=p_values.len()).rev().map(|i| 1.0 / i as f64).sum();
    step_up(p_values, harmonic)
}

/// Hochberg's step-up method: as Holm's, sharper, for tests that are independent or positively dependent.
pub fn hochberg(p_values: &[f64]) -> Option<Vec<f64>> {
    valid(p_values)?;
    let mut adjusted = p_values.to_vec();
    let (mut smallest, mut left) = (1.0_f64, 1.0);
    for index in ascending(p_values).into_iter().rev() {
        smallest = smallest.min(p_values[index] * left);
        adjusted[index] = smallest;
        left += 1.0;
    }
    Some(adjusted)
}

/// Hommel's method, sharper still than Hochberg's under the same conditions; its work grows with the square of the
/// number of tests.
pub fn hommel(p_values: &[f64]) -> Option<Vec<f64>> {
    let m = valid(p_values)?;
    let order = ascending(p_values);
    let sorted: Vec<f64> = order.iter().map(|&index| p_values[index]).collect();
    let least = |count: f64, values: &[f64]| {
        let parts = values.iter().enumerate().map(|(i, p)| count * p / (i + 1) as f64);
        parts.fold(f64::INFINITY, f64::min)
    };
    let mut largest = vec![least(m, &sorted); sorted.len()];
    for subset in (2..sorted.len()).rev() {
        // Simes' test of the `subset` largest, and what it leaves for the smaller ones.
        let count = subset as f64;
        let (low, high) = sorted.split_at(sorted.len() - subset + 1);
        let parts = high.iter().enumerate().map(|(i, p)| count * p / (i + 2) as f64);
        let simes = parts.fold(f64::INFINITY, f64::min);
        let mut adjusted: Vec<f64> = low.iter().map(|p| (count * p).min(simes)).collect();
        let last = adjusted.last().copied().unwrap_or(simes);
        adjusted.resize(sorted.len(), last);
        for (largest, adjusted) in largest.iter_mut().zip(adjusted) {
            *largest = largest.max(adjusted);
        }
    }
    let mut result = p_values.to_vec();
    for ((&index, p), largest) in order.iter().zip(&sorted).zip(&largest) {
        result[index] = largest.max(*p).min(1.0);
    }
    Some(result)
}

/// Holm's steps with 1 − (1 − p)^k in place of kp: a little sharper, for independent tests.
pub fn holm_sidak(p_values: &[f64]) -> Option<Vec<f64>> {
    let mut left = valid(p_values)?;
    let mut adjusted = p_values.to_vec();
    let mut largest = 0.0_f64;
    for index in ascending(p_values) {
        // ln(1 − p) of p = 1 is −∞, which comes back as 1.
        largest = largest.max(-(left * (-p_values[index]).ln_1p()).exp_m1()).min(1.0);
        adjusted[index] = largest;
        left -= 1.0;
    }
    Some(adjusted)
}

/// Benjamini and Hochberg's steps with every p-value times `factor`.
fn step_up(p_values: &[f64], factor: f64) -> Option<Vec<f64>> {
    let m = valid(p_values)?;
    let mut adjusted = p_values.to_vec();
    let mut smallest = 1.0_f64;
    let mut rank = m;
    for index in ascending(p_values).into_iter().rev() {
        smallest = smallest.min(p_values[index] * factor * (m / rank));
        adjusted[index] = smallest;
        rank -= 1.0;
    }
    Some(adjusted)
}

fn valid(p_values: &[f64]) -> Option<f64> {
    p_values.iter().all(|p| (0.0..=1.0).contains(p)).then_some(p_values.len() as f64)
}

fn ascending(p_values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    order
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn one_test_needs_no_adjustment() {
        for adjust in
            [bonferroni, holm, benjamini_hochberg, benjamini_yekutieli, hochberg, hommel, holm_sidak]
        {
            assert_eq!(adjust(&[0.05]), Some(vec![0.05]));
            assert_eq!(adjust(&[]), Some(vec![]));
            assert_eq!(adjust(&[0.1, f64::NAN]), None);
            assert_eq!(adjust(&[0.1, 1.5]), None);
        }
    }

    #[test]
    fn adjustments_keep_the_order_and_never_shrink_a_p_value() {
        let p = [0.03, 0.001, 0.2, 0.04, 1.0, 0.0];
        let (holm, bh) = (holm(&p).unwrap(), benjamini_hochberg(&p).unwrap());
        let bonferroni = bonferroni(&p).unwrap();
        let (hochberg, hommel) = (hochberg(&p).unwrap(), hommel(&p).unwrap());
        for i in 0..p.len() {
            assert!(p[i] <= hommel[i] && hommel[i] <= hochberg[i] && hochberg[i] <= holm[i]);
            assert!(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= bonferroni[i]);
            for j in 0..p.len() {
                assert!(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
            }
        }
    }
}
