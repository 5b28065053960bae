//! p-values adjusted for the number of tests in their family.
//!
//! As R's `p.adjust`: Bonferroni; Holm 1979; Benjamini and Hochberg 1995. The results keep the
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
    let m = valid(p_values)?;
    let mut adjusted = p_values.to_vec();
    let mut smallest = 1.0_f64;
    let mut rank = m;
    for index in ascending(p_values).into_iter().rev() {
        smallest = smallest.min(p_values[index] * (m / rank));
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
        for adjust in [bonferroni, holm, benjamini_hochberg] {
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
        for i in 0..p.len() {
            assert!(p[i] <= bh[i] && bh[i] <= holm[i] && holm[i] <= bonferroni[i]);
            for j in 0..p.len() {
                assert!(p[i] > p[j] || (holm[i] <= holm[j] && bh[i] <= bh[j]));
            }
        }
    }
}
