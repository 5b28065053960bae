//! The chance of an outcome of 0 or 1 as a logistic function of predictors, by maximum likelihood.
//!
//! Newton's steps, which are Fisher's scoring here, halved while the likelihood falls. Without weights the errors come
//! from the information; with weights they are linearised (Binder 1983), as the linear model's are, with residual
//! degrees of freedom. Where a combination of predictors separates the outcomes there is no maximum (Albert and
//! Anderson 1984); a step that proves it is looked for before giving up. Reference: R glm, survey svyglm.

use super::distributions::{normal_sf, t_sf};
use super::linear_model::{errors, multiplied, product, sandwich, scaled};
use super::regression::{Centred, Regression, RegressionFault};
use super::sum::sum;
use super::symmetric::Symmetric;

/// Far more steps than a maximum needs.
const MOST_STEPS: u32 = 60;

/// A step below this, in units of the predictors' spread, is none.
const SETTLED: f64 = 1e-10;

/// A log-odds that no sample of answers can support: beyond it a step is tried as a proof of separation.
const BEYOND: f64 = 15.0;

/// A fitted logistic model. Coefficients begin with the constant term.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticModel {
    /// Complete rows.
    pub rows: usize,
    /// Log-odds per unit of the predictor.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients, row by row.
    pub covariance: Vec<f64>,
    /// Minus twice the log-likelihood, by Σw with weights.
    pub deviance: f64,
    /// The deviance of the constant term alone.
    pub null_deviance: f64,
    /// Degrees of freedom of the t of each coefficient, with weights; without, z is normal.
    pub df: Option<f64>,
}

impl LogisticModel {
    /// Fits the model; the outcome is 0 or 1 in each row.
    ///
    /// # Errors
    /// Names what cannot be fitted.
    pub fn fit(data: &Regression<'_>) -> Result<Self, RegressionFault> {
        if data.outcome.iter().any(|y| y.total_cmp(&0.0).is_ne() && y.total_cmp(&1.0).is_ne()) {
            return Err(RegressionFault::NotBinary);
        }
        let centred = data.centred()?;
        let odds = centred.outcome_mean / (1.0 - centred.outcome_mean);
        let mut at = Fit::new(data, &centred, vec![0.0; data.coefficients()], odds.ln());
        let null_deviance = at.deviance;
        for _ in 0..MOST_STEPS {
            let step = at.step(data, &centred);
            let Some(step) = step else {
                return Err(at.fault(data, &centred, None));
            };
            let mut share = 1.0;
            let next = loop {
                let moved = at.moved(&step, share);
                let next = Fit::new(data, &centred, moved, 0.0);
                if next.deviance <= at.deviance * (1.0 + 1e-12) || share < 1e-6 {
                    break next;
                }
                share /= 2.0;
            };
            let settled = step.iter().all(|x| x.abs() * share <= SETTLED);
            if !settled && next.extreme() > BEYOND && separates(data, &centred, &step).is_some() {
                return Err(next.fault(data, &centred, Some(&step)));
            }
            at = next;
            if settled {
                return at.finished(data, &centred, null_deviance);
            }
        }
        Err(RegressionFault::NotConverged)
    }

    /// The same where of the variance of estimates a part `left` remains, 1 - n/N of a known population.
    #[must_use]
    pub fn of_population(mut self, left: f64) -> Self {
        self.covariance.iter_mut().for_each(|cell| *cell *= left.clamp(0.0, 1.0));
        self
    }

    /// Standard errors of the coefficients.
    pub fn errors(&self) -> Vec<f64> {
        errors(&self.covariance, self.coefficients.len())
    }

    /// Two-sided p of a coefficient against 0; `None` where there is no such coefficient or its error is 0.
    pub fn p(&self, place: usize) -> Option<f64> {
        let z = (self.coefficients.get(place)? / self.errors().get(place)?).abs();
        let tail = match self.df {
            Some(df) => t_sf(z, df)?,
            None => normal_sf(z)?,
        };
        z.is_finite().then(|| (2.0 * tail).min(1.0))
    }
}

/// One point on the way, in units of the predictors' spread.
struct Fit {
    coefficients: Vec<f64>,
    /// By row, the log-odds.
    odds: Vec<f64>,
    deviance: f64,
}

impl Fit {
    fn new(data: &Regression<'_>, centred: &Centred, mut coefficients: Vec<f64>, constant: f64) -> Self {
        coefficients[0] += constant;
        let odds: Vec<f64> = (0..data.rows())
            .map(|row| coefficients[0] + product(centred.row(row), &coefficients[1..]))
            .collect();
        let deviance = 2.0
            * sum(odds.iter().enumerate().map(|(row, odds)| {
                let towards = if data.outcome[row] > 0.5 { -odds } else { *odds };
                data.weight(row) * (towards.max(0.0) + (-towards.abs()).exp().ln_1p())
            }));
        Self { coefficients, odds, deviance }
    }

    fn moved(&self, step: &[f64], share: f64) -> Vec<f64> {
        self.coefficients.iter().zip(step).map(|(b, step)| b + share * step).collect()
    }

    fn extreme(&self) -> f64 {
        self.odds.iter().fold(0.0, |extreme, odds| odds.abs().max(extreme))
    }

    /// Outcome less its chance, by row.
    fn residual(&self, data: &Regression<'_>, row: usize) -> f64 {
        // Near the ends the difference from 1 keeps its digits.
        if data.outcome[row] > 0.5 { chance(-self.odds[row]) } else { -chance(self.odds[row]) }
    }

    /// The inverse of the information.
    fn bread(&self, data: &Regression<'_>, centred: &Centred) -> Option<Symmetric> {
        let size = self.coefficients.len();
        let weights: Vec<f64> = self
            .odds
            .iter()
            .enumerate()
            .map(|(row, odds)| data.weight(row) * chance(*odds) * chance(-odds))
            .collect();
        let x = |row: usize, i: usize| if i == 0 { 1.0 } else { centred.row(row)[i - 1] };
        let information = Symmetric::new(size, |i, j| {
            sum(weights.iter().enumerate().map(|(row, w)| w * x(row, i) * x(row, j)))
        });
        let inverse = information.inverse().ok()?;
        inverse.iter().all(|x| x.is_finite()).then(|| Symmetric::new(size, |i, j| inverse[i * size + j]))
    }

    fn step(&self, data: &Regression<'_>, centred: &Centred) -> Option<Vec<f64>> {
        let bread = self.bread(data, centred)?;
        let score: Vec<f64> = (0..self.coefficients.len())
            .map(|i| {
                sum((0..data.rows()).map(|row| {
                    let x = if i == 0 { 1.0 } else { centred.row(row)[i - 1] };
                    data.weight(row) * self.residual(data, row) * x
                }))
            })
            .collect();
        Some(multiplied(&bread.into_cells(), &score))
    }

    /// Why there is no maximum: the coefficients themselves separate, or the step does, or nothing is known.
    fn fault(&self, data: &Regression<'_>, centred: &Centred, step: Option<&[f64]>) -> RegressionFault {
        let by_step = step.and_then(|step| separates(data, centred, step));
        match by_step.or_else(|| separates(data, centred, &self.coefficients)) {
            Some(predictor) => RegressionFault::Separated { predictor },
            None => RegressionFault::NotConverged,
        }
    }

    fn finished(
        &self,
        data: &Regression<'_>,
        centred: &Centred,
        null_deviance: f64,
    ) -> Result<LogisticModel, RegressionFault> {
        let bread = self.bread(data, centred).ok_or(RegressionFault::NotConverged)?;
        let covariance = match data.weights {
            None => bread,
            Some(weights) => {
                let shares: Vec<f64> =
                    (0..data.rows()).map(|row| data.weight(row) * self.residual(data, row)).collect();
                let n = (weights.sampled as f64).max(2.0);
                scaled(&sandwich(centred, &bread, &shares), n / (n - 1.0))
            }
        };
        let df = data.df()? as f64;
        Ok(LogisticModel {
            rows: data.rows(),
            coefficients: centred.unscaled_coefficients(self.coefficients[0], &self.coefficients[1..]),
            covariance: centred.unscaled(&covariance).into_cells(),
            deviance: self.deviance,
            null_deviance,
            df: data.weights.map(|_| df),
        })
    }
}

/// The predictor that does most of it where no row lies on the wrong side of a direction and some lie on the right one.
fn separates(data: &Regression<'_>, centred: &Centred, direction: &[f64]) -> Option<usize> {
    let (constant, slopes) = direction.split_first()?;
    let largest = slopes.iter().fold(0.0_f64, |largest, b| largest.max(b.abs()));
    let wrong_side = |row: usize| {
        let along = constant + product(centred.row(row), slopes);
        let right = if data.outcome[row] > 0.5 { along } else { -along };
        // A row on the border stays there but for the rounding of the step.
        right < -1e-3 * largest
    };
    if (0..data.rows()).any(wrong_side) {
        return None;
    }
    (0..slopes.len()).max_by(|a, b| slopes[*a].abs().total_cmp(&slopes[*b].abs()))
}

fn chance(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::stats::RowWeights;

    fn fit(outcome: &[f64], predictors: &[Vec<f64>]) -> Result<LogisticModel, RegressionFault> {
        LogisticModel::fit(&Regression { outcome, predictors, weights: None })
    }

    #[test]
    fn one_dummy_is_the_log_odds_ratio_of_its_table() {
        // 6 of 10 against 3 of 12: ln(6/4 / (3/9)), error √(1/6 + 1/4 + 1/3 + 1/9) (Woolf 1955).
        let x: Vec<f64> = (0..22).map(|row| f64::from(u8::from(row < 10))).collect();
        let y: Vec<f64> =
            (0..22).map(|row| f64::from(u8::from(row < 6 || (10..13).contains(&row)))).collect();
        let model = fit(&y, &[x]).unwrap();
        assert_relative_eq!(model.coefficients[1], 4.5_f64.ln(), max_relative = 1e-10);
        assert_relative_eq!(model.coefficients[0], (3.0_f64 / 9.0).ln(), max_relative = 1e-10);
        let error = (1.0_f64 / 6.0 + 0.25 + 1.0 / 3.0 + 1.0 / 9.0).sqrt();
        assert_relative_eq!(model.errors()[1], error, max_relative = 1e-10);
        assert!(model.deviance < model.null_deviance && model.p(1).unwrap() > 0.05 && model.p(2).is_none());
    }

    #[test]
    fn separation_is_proved_and_named() {
        let noise = vec![1.0, 3.0, 2.0, 2.0, 3.0, 1.0, 2.0, 3.0];
        let y = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0];
        let apart = vec![1.0, 2.0, 2.0, 1.0, 4.0, 5.0, 3.0, 4.0];
        assert_eq!(fit(&y, &[noise.clone(), apart]), Err(RegressionFault::Separated { predictor: 1 }));
        // Both outcomes at 3, the border.
        let nearly = vec![1.0, 2.0, 3.0, 1.0, 4.0, 5.0, 3.0, 4.0];
        assert_eq!(fit(&y, &[noise.clone(), nearly]), Err(RegressionFault::Separated { predictor: 1 }));
        let mixed = vec![1.0, 2.0, 4.0, 1.0, 4.0, 5.0, 3.0, 4.0];
        assert!(fit(&y, &[noise, mixed]).is_ok());
    }

    #[test]
    fn other_outcomes_are_refused_and_one_outcome_is_constant() {
        let x = [vec![1.0, 2.0, 3.0, 4.0]];
        assert_eq!(fit(&[0.0, 1.0, 2.0, 1.0], &x), Err(RegressionFault::NotBinary));
        assert_eq!(fit(&[1.0; 4], &x), Err(RegressionFault::ConstantOutcome));
    }

    #[test]
    fn doubled_rows_at_half_weight_keep_estimates_and_shrink_errors() {
        let y = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0];
        let x = vec![1.0, 2.0, 2.0, 3.0, 4.0, 3.0, 5.0, 1.0, 1.0];
        let weights: Vec<f64> = (0..9).map(|row| 0.5 + 0.5 * f64::from(row % 3)).collect();
        let fit = |y: &[f64], x: Vec<f64>, weights: &[f64]| {
            let weights = Some(RowWeights { weights, sampled: weights.len() as u64 });
            LogisticModel::fit(&Regression { outcome: y, predictors: &[x], weights }).unwrap()
        };
        let halves: Vec<f64> = weights.iter().chain(&weights).map(|w| w / 2.0).collect();
        let once = fit(&y, x.clone(), &weights);
        let twice = fit(&[y, y].concat(), [x.clone(), x].concat(), &halves);
        assert_relative_eq!(once.coefficients[1], twice.coefficients[1], max_relative = 1e-9);
        let factor = (18.0_f64 / 17.0 / (9.0 / 8.0) / 2.0).sqrt();
        assert_relative_eq!(once.errors()[1] * factor, twice.errors()[1], max_relative = 1e-9);
    }
}
