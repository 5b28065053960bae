//! What a regression starts from: an outcome, its predictors and perhaps weights, checked and centred.

use super::sum::sum;
use super::symmetric::Symmetric;

/// A standardised coefficient on an earlier predictor beyond which it takes part in determining a later one.
const TAKES_PART: f64 = 1e-6;

/// Complete rows: one value of the outcome and of each predictor a row.
#[derive(Clone, Copy, Debug)]
pub struct Regression<'a> {
    /// The outcome by row; 0 or 1 for a logistic model.
    pub outcome: &'a [f64],
    /// The predictors, each by row; the constant term is added.
    pub predictors: &'a [Vec<f64>],
    /// Weights, where rows count differently.
    pub weights: Option<RowWeights<'a>>,
}

/// Final weights of rows that were sampled.
#[derive(Clone, Copy, Debug)]
pub struct RowWeights<'a> {
    /// The weight by row, positive.
    pub weights: &'a [f64],
    /// Rows of the whole sample, those without a complete set of answers included: the n of n/(n − 1) in the
    /// linearised covariance.
    pub sampled: u64,
}

/// Why there is no model.
#[derive(Clone, Debug, PartialEq)]
pub enum RegressionFault {
    /// Columns of different lengths, values that are not finite, or weights that are not positive.
    Unusable,
    /// Not more rows than coefficients.
    TooFewRows {
        /// Complete rows.
        rows: usize,
        /// Coefficients, the constant term included.
        coefficients: usize,
    },
    /// The outcome is the same in all rows.
    ConstantOutcome,
    /// This predictor is the same in all rows.
    ConstantPredictor(usize),
    /// A predictor follows exactly from others.
    Collinear {
        /// The predictor.
        predictor: usize,
        /// Those before it that determine it.
        by: Vec<usize>,
    },
    /// A combination of predictors tells the outcomes 0 and 1 apart without error, or all but those on its border:
    /// no finite coefficients are the most likely.
    Separated {
        /// The predictor that does most of it.
        predictor: usize,
    },
    /// The outcome of a logistic model is neither 0 nor 1 somewhere.
    NotBinary,
    /// The steps did not settle.
    NotConverged,
}

/// The rows of a regression around their (weighted) means, each predictor in units of its spread.
#[derive(Clone, Debug)]
pub(super) struct Centred {
    pub(super) outcome_mean: f64,
    /// Spread of the outcome: root of the mean square around its mean.
    pub(super) outcome_scale: f64,
    /// By predictor.
    pub(super) means: Vec<f64>,
    /// By predictor, as for the outcome.
    pub(super) scales: Vec<f64>,
    /// By row, then predictor.
    pub(super) rows: Vec<f64>,
    /// Σw, the number of rows without weights.
    pub(super) total: f64,
    /// The inverse of the correlations among the predictors, row by row.
    pub(super) inverse: Vec<f64>,
}

impl Regression<'_> {
    /// Complete rows.
    pub fn rows(&self) -> usize {
        self.outcome.len()
    }

    /// Coefficients with the constant term.
    pub(super) fn coefficients(&self) -> usize {
        self.predictors.len() + 1
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.and_then(|weights| weights.weights.get(row).copied()).unwrap_or(1.0)
    }

    /// Degrees of freedom of the residuals.
    pub(super) fn df(&self) -> Result<usize, RegressionFault> {
        let (rows, coefficients) = (self.rows(), self.coefficients());
        let df = rows.checked_sub(coefficients).filter(|df| *df > 0);
        df.ok_or(RegressionFault::TooFewRows { rows, coefficients })
    }

    /// The rows around their means, if a model can be fitted to them.
    pub(super) fn centred(&self) -> Result<Centred, RegressionFault> {
        let n = self.rows();
        let columns = || self.predictors.iter().map(Vec::as_slice).chain([self.outcome]);
        let sound = columns().all(|column| column.len() == n && column.iter().all(|x| x.is_finite()));
        let weighed = self
            .weights
            .is_none_or(|of| of.weights.len() == n && of.weights.iter().all(|w| w.is_finite() && *w > 0.0));
        if !sound || !weighed {
            return Err(RegressionFault::Unusable);
        }
        self.df()?;
        let total = sum((0..n).map(|row| self.weight(row)));
        let (outcome_mean, outcome_scale) =
            self.located(self.outcome, total).ok_or(RegressionFault::ConstantOutcome)?;
        let p = self.predictors.len();
        let (mut means, mut scales) = (vec![0.0; p], vec![1.0; p]);
        for (place, column) in self.predictors.iter().enumerate() {
            (means[place], scales[place]) =
                self.located(column, total).ok_or(RegressionFault::ConstantPredictor(place))?;
        }
        let mut rows = vec![0.0; n * p];
        for (place, column) in self.predictors.iter().enumerate() {
            for (row, x) in column.iter().enumerate() {
                rows[row * p + place] = (x - means[place]) / scales[place];
            }
        }
        let correlations = Symmetric::new(p, |i, j| {
            let product = |row: usize| self.weight(row) * rows[row * p + i] * rows[row * p + j];
            sum((0..n).map(product)) / total
        });
        let inverse = correlations.inverse().map_err(|dependent| {
            let by = (0..).zip(&dependent.by).filter(|(_, b)| b.abs() > TAKES_PART).map(|(place, _)| place);
            RegressionFault::Collinear { predictor: dependent.row, by: by.collect() }
        })?;
        Ok(Centred { outcome_mean, outcome_scale, means, scales, rows, total, inverse })
    }

    /// Mean and spread of a column; `None` where all values are the same.
    fn located(&self, column: &[f64], total: f64) -> Option<(f64, f64)> {
        let first = *column.first()?;
        if column.iter().all(|x| x.total_cmp(&first).is_eq()) {
            return None;
        }
        let weighed = |of: &dyn Fn(f64) -> f64| {
            sum(column.iter().enumerate().map(|(row, x)| self.weight(row) * of(*x))) / total
        };
        let mean = first + weighed(&|x| x - first);
        let scale = weighed(&|x| (x - mean) * (x - mean)).sqrt();
        (mean.is_finite() && scale.is_finite() && scale > 0.0).then_some((mean, scale))
    }
}

impl Centred {
    /// A row of the predictors.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        let p = self.means.len();
        &self.rows[row * p..(row + 1) * p]
    }

    /// A covariance of coefficients at the centre in units of spread, the constant term first, as one of coefficients
    /// of the predictors as they were given.
    pub(super) fn unscaled(&self, centred: &Symmetric) -> Symmetric {
        let p = self.means.len();
        // b₀ = a − Σ m/s c, b = c/s.
        let part = |of: usize, from: usize| match (of, from) {
            (0, 0) => 1.0,
            (0, _) => -self.means[from - 1] / self.scales[from - 1],
            (_, _) if of == from => 1.0 / self.scales[of - 1],
            _ => 0.0,
        };
        centred.transformed(p + 1, part)
    }

    /// Coefficients of the predictors as they were given, the constant term first.
    pub(super) fn unscaled_coefficients(&self, constant: f64, centred: &[f64]) -> Vec<f64> {
        let own: Vec<f64> = centred.iter().zip(&self.scales).map(|(c, scale)| c / scale).collect();
        let shift = sum(own.iter().zip(&self.means).map(|(b, mean)| b * mean));
        std::iter::once(constant - shift).chain(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(outcome: &[f64], predictors: &[Vec<f64>]) -> RegressionFault {
        Regression { outcome, predictors, weights: None }.centred().map(|_| ()).unwrap_err()
    }

    #[test]
    fn what_cannot_be_fitted_is_named() {
        let y = [1.0, 2.0, 2.0, 4.0, 5.0, 3.0];
        let x = vec![1.0, 3.0, 2.0, 5.0, 4.0, 4.0];
        let z = vec![2.0, 1.0, 3.0, 3.0, 1.0, 5.0];
        assert_eq!(fault(&y, &[vec![4.0; 6]]), RegressionFault::ConstantPredictor(0));
        assert_eq!(fault(&[3.0; 6], std::slice::from_ref(&x)), RegressionFault::ConstantOutcome);
        assert_eq!(fault(&y, &[vec![1.0; 5]]), RegressionFault::Unusable);
        assert_eq!(fault(&y, &[vec![f64::NAN; 6]]), RegressionFault::Unusable);
        assert_eq!(
            fault(&y[..2], &[vec![1.0, 2.0]]),
            RegressionFault::TooFewRows { rows: 2, coefficients: 2 }
        );
        assert_eq!(fault(&[], &[]), RegressionFault::TooFewRows { rows: 0, coefficients: 1 });
        let gap: Vec<f64> = x.iter().zip(&z).map(|(x, z)| x - z).collect();
        let noise = vec![1.0, 1.0, 2.0, 1.0, 2.0, 1.0];
        assert_eq!(
            fault(&y, &[x, noise, z, gap]),
            RegressionFault::Collinear { predictor: 3, by: vec![0, 2] }
        );
    }

    #[test]
    fn weights_have_to_be_positive_and_one_a_row() {
        let (y, x) = ([1.0, 2.0, 4.0], [vec![1.0, 3.0, 2.0]]);
        for weights in [&[1.0, 0.0, 1.0][..], &[1.0, -1.0, 1.0], &[1.0, 1.0], &[1.0, f64::INFINITY, 1.0]] {
            let weights = Some(RowWeights { weights, sampled: 3 });
            let found = Regression { outcome: &y, predictors: &x, weights }.centred().map(|_| ());
            assert_eq!(found, Err(RegressionFault::Unusable));
        }
    }
}
