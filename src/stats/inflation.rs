//! How much predictors say the same: variance inflation and the condition of their correlations.
//!
//! The factor of a predictor is 1/(1 − R²) of a regression on the others, the diagonal of the inverse correlations
//! (Marquardt 1970); the condition number is the root of the ratio of the largest to the smallest eigenvalue (Belsley,
//! Kuh and Welsch 1980, on centred predictors). Reference: R car vif, kappa of the correlations.

use super::symmetric::{Dependent, Symmetric};

/// How much predictors overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Inflation {
    /// By predictor, by how much its coefficient's variance is larger than without the others; 1 or more.
    pub factors: Vec<f64>,
    /// Condition number; 1 for predictors that have nothing in common.
    pub condition: f64,
}

/// From the correlations among predictors, row by row.
///
/// # Errors
/// The first predictor that follows exactly from those before it; 0 where the cells are no correlations.
pub fn inflation(predictors: &[f64], size: usize) -> Result<Inflation, usize> {
    if predictors.len() != size * size || predictors.iter().any(|r| !r.is_finite()) {
        return Err(0);
    }
    let matrix = Symmetric::new(size, |i, j| predictors[i * size + j]);
    let inverse = matrix.inverse().map_err(|Dependent { row, .. }| row)?;
    let factors = (0..size).map(|i| inverse[i * size + i].max(1.0)).collect();
    let values = matrix.eigenvalues().ok_or(0_usize)?;
    let condition = match (values.first(), values.last()) {
        (Some(largest), Some(smallest)) if *smallest > 0.0 => (largest / smallest).sqrt(),
        (None, None) => 1.0,
        _ => return Err(size.saturating_sub(1)),
    };
    Ok(Inflation { factors, condition })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::{Inflation, inflation};

    #[test]
    fn two_predictors_by_hand() {
        let found = inflation(&[1.0, 0.6, 0.6, 1.0], 2).unwrap();
        assert_relative_eq!(found.factors[0], 1.0 / 0.64, max_relative = 1e-14);
        assert_relative_eq!(found.factors[1], 1.0 / 0.64, max_relative = 1e-14);
        // Eigenvalues 1.6 and 0.4.
        assert_relative_eq!(found.condition, 2.0, max_relative = 1e-13);
    }

    #[test]
    fn predictors_apart_have_one_and_copies_none() {
        let apart = inflation(&[1.0, 0.0, 0.0, 1.0], 2).unwrap();
        assert_eq!(apart, Inflation { factors: vec![1.0, 1.0], condition: 1.0 });
        assert_eq!(inflation(&[], 0), Ok(Inflation { factors: Vec::new(), condition: 1.0 }));
        assert_eq!(inflation(&[1.0, 0.2, 1.0, 0.2, 1.0, 0.2, 1.0, 0.2, 1.0], 3), Err(2));
        assert_eq!(inflation(&[1.0, f64::NAN, f64::NAN, 1.0], 2), Err(0));
        assert_eq!(inflation(&[1.0, 0.5], 2), Err(0));
    }
}
