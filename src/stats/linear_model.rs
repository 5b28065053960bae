//! Least squares of an outcome on predictors, with standard errors that do not assume equal variances.
//!
//! Without weights HC3 (MacKinnon and White 1985; Long and Ervin 2000): each squared residual over (1 − h)², h the
//! leverage of its row; beside it the classical error. With weights the linearised covariance of a sample (Binder
//! 1983): the bread of Σ w x xᵀ around n/(n − 1) Σ w² e² x xᵀ, n the rows of the whole sample. All t and F have the
//! residual degrees of freedom. Reference cases: R lm, sandwich 3.0.2, survey 4.1.1 svyglm.

use super::Confidence;
use super::Interval;
use super::distributions::{f_sf, t_sf};
use super::regression::{Centred, Regression, RegressionFault};
use super::sum::sum;
use super::symmetric::Symmetric;

/// A leverage this near 1 is 1: the row is fitted by a coefficient of its own.
const ALONE: f64 = 1e-9;

/// A fitted linear model. Coefficients begin with the constant term.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearModel {
    /// Complete rows.
    pub rows: usize,
    /// Degrees of freedom of the residuals.
    pub df: f64,
    /// Coefficients in units of the outcome per unit of the predictor.
    pub coefficients: Vec<f64>,
    /// By predictor, the coefficient between z-scores.
    pub standardised: Vec<f64>,
    /// Share of the outcome's variance that the model accounts for, 0 to 1.
    pub r2: f64,
    /// The same, adjusted for the number of predictors; may be negative.
    pub adjusted_r2: f64,
    /// Residual standard deviation in units of the outcome, `None` with weights.
    pub sigma: Option<f64>,
    /// Classical standard errors, `None` with weights.
    pub classical_errors: Option<Vec<f64>>,
    /// Covariance of the coefficients, row by row: HC3, or linearised with weights. `None` where a coefficient rests
    /// on one row alone, which leaves HC3 undefined.
    pub covariance: Option<Vec<f64>>,
    /// What a coefficient is multiplied with to be standardised, by predictor.
    ratios: Vec<f64>,
}

/// A combination of coefficients against 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The combination.
    pub estimate: f64,
    /// Its standard error.
    pub error: f64,
    /// Estimate over error.
    pub t: f64,
    /// Degrees of freedom of t.
    pub df: f64,
    /// Two-sided p.
    pub p: f64,
}

/// Several combinations of coefficients against 0 at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaldTest {
    /// The statistic, divided by the number of combinations.
    pub f: f64,
    /// The number of combinations.
    pub df1: f64,
    /// The model's degrees of freedom.
    pub df2: f64,
    /// p of the F distribution.
    pub p: f64,
}

impl LinearModel {
    /// Fits the model.
    ///
    /// # Errors
    /// Names what cannot be fitted.
    pub fn fit(data: &Regression<'_>) -> Result<Self, RegressionFault> {
        let centred = data.centred()?;
        let (n, p) = (data.rows(), data.predictors.len());
        let around = |row: usize| data.outcome[row] - centred.outcome_mean;
        let with_outcome = (0..p).map(|j| {
            sum((0..n).map(|row| data.weight(row) * centred.row(row)[j] * around(row))) / centred.total
        });
        let slopes = multiplied(&centred.inverse, &with_outcome.collect::<Vec<f64>>());
        let residuals: Vec<f64> =
            (0..n).map(|row| around(row) - product(centred.row(row), &slopes)).collect();
        let unexplained = sum(residuals.iter().enumerate().map(|(row, e)| data.weight(row) * e * e));
        let all = centred.total * centred.outcome_scale * centred.outcome_scale;
        let r2 = (1.0 - unexplained / all).clamp(0.0, 1.0);
        let df = data.df()? as f64;
        let weighted = data.weights.is_some();
        let variance = unexplained / df;
        let classical = || {
            let covariance = centred.unscaled(&scaled(&bread(&centred), variance));
            errors(&covariance.into_cells(), p + 1)
        };
        let robust = if weighted {
            Some(linearised(data, &centred, &residuals))
        } else {
            corrected(&centred, &residuals)
        };
        let ratios = centred.scales.iter().map(|scale| scale / centred.outcome_scale).collect();
        Ok(Self {
            rows: n,
            df,
            coefficients: centred.unscaled_coefficients(centred.outcome_mean, &slopes),
            standardised: slopes.iter().map(|slope| slope / centred.outcome_scale).collect(),
            r2,
            adjusted_r2: adjusted(r2, n as f64, df),
            sigma: (!weighted).then(|| variance.sqrt()),
            classical_errors: (!weighted).then(classical),
            covariance: robust.map(|covariance| centred.unscaled(&covariance).into_cells()),
            ratios,
        })
    }

    /// Coefficients with the constant term.
    pub fn size(&self) -> usize {
        self.coefficients.len()
    }

    /// Standard errors of the coefficients from [`Self::covariance`]; `None` as there.
    pub fn errors(&self) -> Option<Vec<f64>> {
        self.covariance.as_ref().map(|covariance| errors(covariance, self.size()))
    }

    /// Standard errors of the standardised coefficients by the same covariance, the spreads taken as known.
    pub fn standardised_errors(&self) -> Option<Vec<f64>> {
        let errors = self.errors()?;
        Some(errors.iter().skip(1).zip(&self.ratios).map(|(error, ratio)| error * ratio).collect())
    }

    /// One coefficient against 0, the constant term being the first; `None` without a covariance or where the error
    /// is 0.
    pub fn coefficient(&self, place: usize) -> Option<Contrast> {
        let parts: Vec<f64> = (0..self.size()).map(|i| f64::from(u8::from(i == place))).collect();
        self.contrast(&parts)
    }

    /// A combination Σ l·b against 0, `parts` by coefficient with the constant term first; `None` as for
    /// [`Self::coefficient`] and where there are not as many parts as coefficients.
    pub fn contrast(&self, parts: &[f64]) -> Option<Contrast> {
        let size = self.size();
        if parts.len() != size {
            return None;
        }
        let estimate = product(parts, &self.coefficients);
        let variance = product(parts, &multiplied(self.covariance.as_ref()?, parts));
        let error = variance.max(0.0).sqrt();
        let t = estimate / error;
        let p = (2.0 * t_sf(t.abs(), self.df)?).min(1.0);
        (error > 0.0 && t.is_finite()).then_some(Contrast { estimate, error, t, df: self.df, p })
    }

    /// Several combinations at once, each with parts as for [`Self::contrast`]; `None` where they say the same twice.
    pub fn wald(&self, contrasts: &[Vec<f64>]) -> Option<WaldTest> {
        let size = self.size();
        if contrasts.is_empty() || contrasts.iter().any(|parts| parts.len() != size) {
            return None;
        }
        let covariance = self.covariance.as_ref()?;
        let covariance = Symmetric::new(size, |i, j| covariance[i * size + j]);
        let estimates: Vec<f64> = contrasts.iter().map(|parts| product(parts, &self.coefficients)).collect();
        let among = covariance.transformed(contrasts.len(), |i, k| contrasts[i][k]);
        let df1 = contrasts.len() as f64;
        let f = among.inverse_form(&estimates)? / df1;
        Some(WaldTest { f, df1, df2: self.df, p: f_sf(f, df1, self.df)? })
    }
}

impl Contrast {
    /// The same where of the variance of estimates a part `left` remains, 1 - n/N of a known population: the error by its
    /// root (Cochran 1977, 2.8), and p by that.
    #[must_use]
    pub fn of_population(self, left: f64) -> Self {
        if left >= 1.0 {
            return self;
        }
        let error = self.error * left.max(0.0).sqrt();
        let none = if self.estimate == 0.0 { 1.0 } else { 0.0 };
        let p = t_sf((self.estimate / error).abs(), self.df).map_or(none, |tail| (2.0 * tail).min(1.0));
        Self { error, p, ..self }
    }

    /// The t interval of the combination.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        Interval::around(self.estimate, confidence.t(self.df)? * self.error)
    }
}

/// (Xᵀ W X)⁻¹ of the centred rows, the constant term first.
pub(super) fn bread(centred: &Centred) -> Symmetric {
    let p = centred.means.len();
    Symmetric::new(p + 1, |i, j| match (i, j) {
        (0, 0) => 1.0 / centred.total,
        (0, _) | (_, 0) => 0.0,
        _ => centred.inverse[(i - 1) * p + j - 1] / centred.total,
    })
}

/// HC3; `None` where a row has all the leverage.
fn corrected(centred: &Centred, residuals: &[f64]) -> Option<Symmetric> {
    let share = |row: usize| {
        let x = centred.row(row);
        let leverage = (1.0 + product(x, &multiplied(&centred.inverse, x))) / centred.total;
        let left = 1.0 - leverage;
        (left > ALONE).then(|| residuals[row] / left)
    };
    let shares: Vec<f64> = (0..residuals.len()).map(share).collect::<Option<_>>()?;
    Some(sandwich(centred, &bread(centred), &shares))
}

fn linearised(data: &Regression<'_>, centred: &Centred, residuals: &[f64]) -> Symmetric {
    let shares: Vec<f64> = residuals.iter().enumerate().map(|(row, e)| data.weight(row) * e).collect();
    let n = data.weights.map_or(data.rows() as f64, |weights| weights.sampled as f64).max(2.0);
    scaled(&sandwich(centred, &bread(centred), &shares), n / (n - 1.0))
}

/// The bread around Σ s² x xᵀ, s by row.
pub(super) fn sandwich(centred: &Centred, bread: &Symmetric, shares: &[f64]) -> Symmetric {
    let p = centred.means.len();
    let x = |row: usize, i: usize| if i == 0 { 1.0 } else { centred.row(row)[i - 1] };
    let filling = Symmetric::new(p + 1, |i, j| {
        sum(shares.iter().enumerate().map(|(row, share)| share * share * x(row, i) * x(row, j)))
    });
    filling.transformed(p + 1, |i, k| bread.at(i, k))
}

pub(super) fn scaled(matrix: &Symmetric, by: f64) -> Symmetric {
    let size = matrix.size();
    Symmetric::new(size, |i, j| by * matrix.at(i, j))
}

/// Roots of the diagonal.
pub(super) fn errors(covariance: &[f64], size: usize) -> Vec<f64> {
    (0..size).map(|i| covariance[i * size + i].max(0.0).sqrt()).collect()
}

pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// A square matrix, row by row, times a vector.
pub(super) fn multiplied(matrix: &[f64], by: &[f64]) -> Vec<f64> {
    matrix.chunks(by.len().max(1)).map(|row| product(row, by)).collect()
}

/// R² of p predictors over so many rows, less what they account for by chance (Ezekiel 1930); `None` without a degree of
/// freedom.
pub fn adjusted_r2(r2: f64, rows: u64, predictors: usize) -> Option<f64> {
    let df = rows.checked_sub(predictors as u64 + 1).filter(|df| *df > 0)?;
    Some(adjusted(r2, rows as f64, df as f64))
}

/// The p-value of the F test that R² of p predictors is 0 among n rows, (R² / p) / ((1 - R²) / (n - p - 1)); n may be an
/// effective number. `None` without a predictor or a degree of freedom.
pub fn r2_p(r2: f64, n: f64, predictors: usize) -> Option<f64> {
    let p = predictors as f64;
    let df = n - p - 1.0;
    if r2.is_nan() || predictors == 0 || df.is_nan() || df <= 0.0 {
        return None;
    }
    f_sf(r2.max(0.0) / p / ((1.0 - r2).max(0.0) / df), p, df)
}

/// 1 - (1 - R²)(n - 1) / df.
fn adjusted(r2: f64, n: f64, df: f64) -> f64 {
    1.0 - (1.0 - r2) * (n - 1.0) / df
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::super::regression::RowWeights;
    use super::*;

    fn rows() -> (Vec<f64>, Vec<Vec<f64>>) {
        let y = vec![3.0, 4.0, 2.0, 5.0, 5.0, 1.0, 4.0, 3.0, 2.0, 4.0];
        let x = vec![2.0, 4.0, 1.0, 5.0, 4.0, 2.0, 3.0, 3.0, 2.0, 5.0];
        let z = vec![3.0, 5.0, 3.0, 4.0, 5.0, 1.0, 2.0, 4.0, 1.0, 3.0];
        (y, vec![x, z])
    }

    #[test]
    fn r2_against_chance_is_the_f_test_of_a_model() {
        // F of an R² at its critical value has p 0.05: of 5 and 54 degrees of freedom it is 2.386 (tables of F; R
        // qf(0.95, 5, 54)), which is an R² of 5 F / (5 F + 54) = 0.1809.
        let f = crate::stats::distributions::f_quantile(0.95, 5.0, 54.0).unwrap();
        assert_relative_eq!(f, 2.386, epsilon = 2e-3);
        assert_relative_eq!(r2_p(5.0 * f / (5.0 * f + 54.0), 60.0, 5).unwrap(), 0.05, max_relative = 1e-9);
        assert_eq!(r2_p(0.0, 60.0, 5), Some(1.0));
        assert_eq!((r2_p(0.5, 6.0, 5), r2_p(0.5, 60.0, 0), r2_p(f64::NAN, 60.0, 5)), (None, None, None));
        assert!(r2_p(1.0, 60.0, 5).is_none_or(|p| p < 1e-12), "nothing is left over");
    }

    fn fit(outcome: &[f64], predictors: &[Vec<f64>]) -> LinearModel {
        LinearModel::fit(&Regression { outcome, predictors, weights: None }).unwrap()
    }

    #[test]
    fn a_perfect_line_has_no_test_and_a_model_without_predictors_is_the_mean() {
        let line = fit(&[1.0, 3.0, 5.0, 9.0], &[vec![0.0, 1.0, 2.0, 4.0]]);
        assert_relative_eq!(line.coefficients[0], 1.0, epsilon = 1e-12);
        assert_relative_eq!(line.coefficients[1], 2.0, epsilon = 1e-12);
        assert_relative_eq!(line.r2, 1.0, epsilon = 1e-12);
        let mean = fit(&[1.0, 2.0, 6.0], &[]);
        assert_relative_eq!(mean.coefficients[0], 3.0, epsilon = 1e-12);
        assert_relative_eq!(mean.r2, 0.0, epsilon = 1e-12);
        assert_eq!(mean.contrast(&[]), None);
        assert_eq!(mean.wald(&[]), None);
    }

    #[test]
    fn a_coefficient_of_one_row_alone_has_no_error() {
        let (y, mut x) = rows();
        x.push((0..10).map(|row| f64::from(u8::from(row == 4))).collect());
        let model = fit(&y, &x);
        assert_eq!((model.covariance.as_ref(), model.coefficient(1)), (None, None));
        assert!(model.classical_errors.is_some() && model.r2 > 0.5);
    }

    #[test]
    fn wald_of_one_contrast_is_its_t_squared() {
        let (y, x) = rows();
        let model = fit(&y, &x);
        let one = model.contrast(&[0.0, 1.0, -1.0]).unwrap();
        let wald = model.wald(&[vec![0.0, 1.0, -1.0]]).unwrap();
        assert_relative_eq!(wald.f, one.t * one.t, max_relative = 1e-12);
        assert_relative_eq!(wald.p, one.p, max_relative = 1e-10);
        assert_eq!(model.wald(&[vec![0.0, 1.0, 0.0], vec![0.0, 2.0, 0.0]]), None);
    }

    proptest! {
        #[test]
        fn rescaling_a_predictor_rescales_its_coefficient_alone(
            by in 0.01_f64..100.0, shift in -1000.0_f64..1000.0, turned in any::<bool>(),
        ) {
            let (y, x) = rows();
            let by = if turned { -by } else { by };
            let moved = [x[0].iter().map(|x| by * x + shift).collect(), x[1].clone()];
            let (before, after) = (fit(&y, &x), fit(&y, &moved));
            prop_assert!((after.coefficients[1] * by / before.coefficients[1] - 1.0).abs() < 1e-8);
            prop_assert!((after.coefficients[2] / before.coefficients[2] - 1.0).abs() < 1e-8);
            prop_assert!((after.r2 - before.r2).abs() < 1e-10);
            let t = |model: &LinearModel, place| model.coefficient(place).unwrap().t;
            prop_assert!((t(&after, 1).abs() - t(&before, 1).abs()).abs() < 1e-6);
            prop_assert!((t(&after, 2) - t(&before, 2)).abs() < 1e-6);
        }

        #[test]
        fn scaled_weights_change_nothing_and_halved_doubles_only_the_error(by in 0.001_f64..1000.0) {
            let (y, x) = rows();
            let weights: Vec<f64> = (0..10).map(|row| 0.5 + 0.25 * f64::from(row % 4)).collect();
            let fit = |y: &[f64], x: &[Vec<f64>], weights: &[f64]| {
                let weights = Some(RowWeights { weights, sampled: weights.len() as u64 });
                LinearModel::fit(&Regression { outcome: y, predictors: x, weights }).unwrap()
            };
            let once = fit(&y, &x, &weights);
            let scaled = fit(&y, &x, &weights.iter().map(|w| w * by).collect::<Vec<_>>());
            let twice = |column: &[f64]| [column, column].concat();
            let halves: Vec<f64> = twice(&weights).iter().map(|w| w / 2.0).collect();
            let doubled = fit(&twice(&y), &[twice(&x[0]), twice(&x[1])], &halves);
            prop_assert!((once.r2 - doubled.r2).abs() < 1e-12);
            let factor = (20.0_f64 / 19.0 / (10.0 / 9.0) / 2.0).sqrt();
            for place in 0..3 {
                let [a, b, c] = [&once, &scaled, &doubled].map(|model| model.coefficient(place).unwrap());
                prop_assert!((a.estimate - b.estimate).abs() < 1e-9 && (a.error - b.error).abs() < 1e-9);
                prop_assert!((a.estimate - c.estimate).abs() < 1e-9);
                prop_assert!((a.error * factor - c.error).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn r2_is_adjusted_as_r_does() {
        // R 4.2.2, summary(lm): n = 73, five drivers of a hotel.
        let adjusted = adjusted_r2(0.409_328_667_902_202, 73, 5).unwrap();
        assert!((adjusted - 0.365_248_717_745_65).abs() < 1e-12, "{adjusted}");
        assert!(adjusted_r2(0.02, 50, 5).unwrap() < 0.0, "less than chance gives");
        assert_eq!((adjusted_r2(0.9, 6, 5), adjusted_r2(0.9, 0, 5)), (None, None));
    }
}
