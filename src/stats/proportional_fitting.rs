//! Iterative proportional fitting (Deming and Stephan 1940): raking, also called rim weighting.

use super::sum::Sum;

/// Totals to be met by groups of cells that exclude each other.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedMargin {
    /// The group of every cell.
    pub groups: Vec<usize>,
    /// The total of every group.
    pub totals: Vec<f64>,
}

/// What proportional fitting came to.
#[derive(Clone, Debug, PartialEq)]
pub struct ProportionalFit {
    /// By how much each cell's weight is multiplied.
    pub factors: Vec<f64>,
    /// Rounds over all margins.
    pub rounds: u32,
    /// The greatest relative distance of a group from its total after the last round.
    pub error: f64,
    /// Whether that is small enough.
    pub converged: bool,
}

/// Scales the cells' weights to every margin in turn until all totals hold to `tolerance`.
///
/// Every round fits the margins in the order given, so the same input gives the same digits. `None` where a
/// margin does not name a group for every cell, a total is not above 0, a weight is negative, or a group has
/// no weight to scale.
pub fn fit_proportionally(
    weights: &[f64],
    margins: &[FittedMargin],
    tolerance: f64,
    most_rounds: u32,
) -> Option<ProportionalFit> {
    let sound = |margin: &FittedMargin| {
        margin.groups.len() == weights.len()
            && margin.groups.iter().all(|group| *group < margin.totals.len())
            && margin.totals.iter().all(|total| *total > 0.0 && total.is_finite())
    };
    if !margins.iter().all(sound) || weights.iter().any(|w| !(*w >= 0.0 && w.is_finite())) {
        return None;
    }
    let mut factors = vec![1.0; weights.len()];
    let mut error = greatest_error(weights, &factors, margins)?;
    let mut rounds = 0;
    while error > tolerance && rounds < most_rounds {
        for margin in margins {
            let reached = group_totals(weights, &factors, margin);
            let scale: Vec<f64> =
                margin.totals.iter().zip(&reached).map(|(total, reached)| total / reached).collect();
            for (factor, group) in factors.iter_mut().zip(&margin.groups) {
                *factor *= scale[*group];
            }
        }
        rounds += 1;
        error = greatest_error(weights, &factors, margins)?;
    }
    Some(ProportionalFit { factors, rounds, error, converged: error <= tolerance })
}

fn greatest_error(weights: &[f64], factors: &[f64], margins: &[FittedMargin]) -> Option<f64> {
    let mut greatest = 0.0_f64;
    for margin in margins {
        for (total, reached) in margin.totals.iter().zip(group_totals(weights, factors, margin)) {
            // Written so that NaN counts as no weight.
            if reached <= 0.0 || !reached.is_finite() {
                return None;
            }
            greatest = greatest.max((reached / total - 1.0).abs());
        }
    }
    Some(greatest)
}

fn group_totals(weights: &[f64], factors: &[f64], margin: &FittedMargin) -> Vec<f64> {
    let mut sums = vec![Sum::default(); margin.totals.len()];
    for ((weight, factor), group) in weights.iter().zip(factors).zip(&margin.groups) {
        sums[*group].add(weight * factor);
    }
    sums.into_iter().map(Sum::value).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn margin(groups: &[usize], totals: &[f64]) -> FittedMargin {
        FittedMargin { groups: groups.to_vec(), totals: totals.to_vec() }
    }

    #[test]
    fn two_margins_are_met() {
        let margins = [margin(&[0, 0, 1, 1], &[60.0, 40.0]), margin(&[0, 1, 0, 1], &[30.0, 70.0])];
        let fit = fit_proportionally(&[10.0, 20.0, 30.0, 5.0], &margins, 1e-13, 200).unwrap();
        assert!(fit.converged && fit.error <= 1e-13);
        let w: Vec<f64> = fit.factors.iter().zip([10.0, 20.0, 30.0, 5.0]).map(|(f, w)| f * w).collect();
        assert_relative_eq!(w[0] + w[1], 60.0, max_relative = 1e-12);
        assert_relative_eq!(w[1] + w[3], 70.0, max_relative = 1e-12);
        // The association of the start stays: the odds ratio is that of the sample.
        assert_relative_eq!(w[0] * w[3] / w[1] / w[2], 10.0 * 5.0 / 20.0 / 30.0, max_relative = 1e-11);
    }

    #[test]
    fn margins_that_hold_already_take_no_round() {
        let fit = fit_proportionally(&[1.0, 3.0], &[margin(&[0, 1], &[1.0, 3.0])], 1e-12, 10).unwrap();
        assert_eq!((fit.factors, fit.rounds), (vec![1.0, 1.0], 0));
    }

    #[test]
    fn what_cannot_be_scaled_is_refused_and_a_conflict_does_not_converge() {
        assert_eq!(fit_proportionally(&[0.0, 1.0], &[margin(&[0, 1], &[1.0, 1.0])], 1e-12, 9), None);
        assert_eq!(fit_proportionally(&[1.0], &[margin(&[1], &[1.0])], 1e-12, 9), None);
        assert_eq!(fit_proportionally(&[1.0], &[margin(&[0], &[0.0])], 1e-12, 9), None);
        assert_eq!(fit_proportionally(&[-1.0], &[margin(&[0], &[1.0])], 1e-12, 9), None);
        let conflict = [margin(&[0, 1], &[60.0, 40.0]), margin(&[0, 1], &[30.0, 70.0])];
        assert!(!fit_proportionally(&[1.0, 1.0], &conflict, 1e-12, 500).unwrap().converged);
    }
}
