//! Calibration of weights to known totals (Deville and Särndal 1992).
//!
//! The factors g that stay nearest to 1, by a distance, among those with Σ a·g·x = T. They have the form
//! g = F(xλ); λ is found by Newton's steps on the convex dual, halved until it falls.

use super::NormalEquations;
use super::sum::{Sum, sum};

/// How far a factor is from 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// F(u) = 1 + u: generalised regression; a factor can be negative.
    Linear,
    /// F(u) = eᵘ: what proportional fitting converges to.
    Raking,
    /// Between two limits, below and above 1.
    Logit {
        /// No factor is below.
        lower: f64,
        /// No factor is above.
        upper: f64,
    },
}

/// A weight, or the sum of the weights that share the same auxiliary values.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationRow {
    /// The weight before.
    pub weight: f64,
    /// Auxiliary values other than 0, by number.
    pub x: Vec<(usize, f64)>,
    /// No factor is below this.
    pub least: f64,
    /// No factor is above this.
    pub most: f64,
}

/// What calibration came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// By how much each row's weight is multiplied.
    pub factors: Vec<f64>,
    /// Newton's steps.
    pub steps: u32,
    /// The greatest distance of a total from its target, relative to its size.
    pub error: f64,
    /// Whether that is small enough.
    pub converged: bool,
}

/// Halvings of a step before it is given up.
const HALVINGS: u32 = 60;
/// The slope that a factor at its limit counts with, so that a total whose rows are all at a limit still moves.
const SLOPE_AT_LIMIT: f64 = 1e-3;

/// The factors that meet `totals` to `tolerance`.
///
/// `None` where the input makes no sense: a negative weight, an unknown auxiliary, a limit pair in the wrong
/// order, logit limits that do not enclose 1.
pub fn calibrate(
    rows: &[CalibrationRow],
    totals: &[f64],
    distance: Distance,
    tolerance: f64,
    most_steps: u32,
) -> Option<Calibration> {
    let sound = |row: &CalibrationRow| {
        row.weight >= 0.0
            && row.weight.is_finite()
            && row.least <= row.most
            && row.x.iter().all(|(at, value)| *at < totals.len() && value.is_finite())
    };
    if !rows.iter().all(sound) || !distance.is_sound() || totals.iter().any(|total| !total.is_finite()) {
        return None;
    }
    let problem = Problem { rows, totals, distance };
    let mut coefficients = vec![0.0; totals.len()];
    let mut here = problem.at(&coefficients)?;
    let mut steps = 0;
    while here.error > tolerance && steps < most_steps {
        let Some(direction) =
            NormalEquations::of(&here.curvature, totals.len()).and_then(|m| m.solve(&here.missing))
        else {
            break;
        };
        let Some((next, place)) = problem.step(&coefficients, &direction, &here) else { break };
        coefficients = next;
        here = place;
        steps += 1;
    }
    let factors = rows.iter().map(|row| distance.limited(score(row, &coefficients), row).value).collect();
    Some(Calibration { factors, steps, error: here.error, converged: here.error <= tolerance })
}

struct Problem<'a> {
    rows: &'a [CalibrationRow],
    totals: &'a [f64],
    distance: Distance,
}

/// The dual at one point.
struct Place {
    objective: f64,
    /// Targets less totals.
    missing: Vec<f64>,
    curvature: Vec<f64>,
    error: f64,
}

impl Problem<'_> {
    fn at(&self, coefficients: &[f64]) -> Option<Place> {
        let size = self.totals.len();
        let mut reached = vec![Sum::default(); size];
        let mut sizes: Vec<f64> = self.totals.iter().map(|total| total.abs()).collect();
        let mut curvature = vec![0.0; size * size];
        let mut objective = Sum::default();
        for row in self.rows {
            let factor = self.distance.limited(score(row, coefficients), row);
            objective.add(row.weight * factor.primitive);
            for (i, x) in &row.x {
                let part = row.weight * factor.value * x;
                reached[*i].add(part);
                // A total of 0 is a balance: its size is what is balanced.
                if self.totals[*i].abs() <= 0.0 {
                    sizes[*i] += part.abs();
                }
                for (j, y) in row.x.iter().filter(|(j, _)| j <= i) {
                    curvature[i * size + j] += row.weight * factor.slope * x * y;
                }
            }
        }
        let known = coefficients.iter().zip(self.totals).map(|(c, total)| -c * total);
        let objective = objective.value() + sum(known);
        let missing: Vec<f64> = self.totals.iter().zip(reached).map(|(t, r)| t - r.value()).collect();
        let relative =
            missing.iter().zip(&sizes).map(|(m, size)| if *size > 0.0 { m.abs() / size } else { m.abs() });
        let error = relative.fold(0.0, f64::max);
        let finite = objective.is_finite() && missing.iter().all(|m| m.is_finite());
        finite.then_some(Place { objective, missing, curvature, error })
    }

    /// The longest halved step that brings the dual down, or the totals nearer.
    fn step(&self, from: &[f64], direction: &[f64], here: &Place) -> Option<(Vec<f64>, Place)> {
        let descent = sum(direction.iter().zip(&here.missing).map(|(d, m)| d * m));
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let next: Vec<f64> = from.iter().zip(direction).map(|(c, d)| c + length * d).collect();
            if let Some(place) = self.at(&next) {
                let falls = place.objective < here.objective - 1e-4 * length * descent;
                if falls || place.error < here.error * (1.0 - 1e-4 * length) {
                    return Some((next, place));
                }
            }
            length /= 2.0;
        }
        None
    }
}

fn score(row: &CalibrationRow, coefficients: &[f64]) -> f64 {
    row.x.iter().map(|(at, x)| coefficients[*at] * x).sum()
}

/// F, its integral and its derivative.
struct Factor {
    value: f64,
    primitive: f64,
    slope: f64,
}

impl Distance {
    fn is_sound(self) -> bool {
        match self {
            Self::Linear | Self::Raking => true,
            Self::Logit { lower, upper } => (0.0..1.0).contains(&lower) && upper > 1.0 && upper.is_finite(),
        }
    }

    fn at(self, u: f64) -> Factor {
        match self {
            Self::Linear => Factor { value: 1.0 + u, primitive: u + u * u / 2.0, slope: 1.0 },
            Self::Raking => Factor { value: u.exp(), primitive: u.exp(), slope: u.exp() },
            Self::Logit { lower, upper } => {
                let a = (upper - lower) / ((1.0 - lower) * (upper - 1.0));
                let (below, above) = (upper - 1.0, 1.0 - lower);
                // Of two equal forms the one whose exponential cannot overflow.
                let (share, log) = if u > 0.0 {
                    let e = (-a * u).exp();
                    (above / (below * e + above), a * u + (below * e + above).ln())
                } else {
                    let e = (a * u).exp();
                    (above * e / (below + above * e), (below + above * e).ln())
                };
                Factor {
                    value: lower + (upper - lower) * share,
                    primitive: lower * u + (upper - lower) / a * log,
                    slope: (upper - lower) * a * share * (1.0 - share),
                }
            }
        }
    }

    /// Where F takes a value; not asked of values that F never takes.
    fn inverse(self, value: f64) -> f64 {
        match self {
            Self::Linear => value - 1.0,
            Self::Raking => value.ln(),
            Self::Logit { lower, upper } => {
                let a = (upper - lower) / ((1.0 - lower) * (upper - 1.0));
                ((value - lower) * (upper - 1.0) / ((upper - value) * (1.0 - lower))).ln() / a
            }
        }
    }

    /// F kept within the limits of a row.
    fn limited(self, u: f64, row: &CalibrationRow) -> Factor {
        let factor = self.at(u);
        let limit = if factor.value < row.least {
            row.least
        } else if factor.value > row.most {
            row.most
        } else {
            return factor;
        };
        let edge = self.inverse(limit);
        if !edge.is_finite() {
            return Factor { value: limit, primitive: limit * u, slope: SLOPE_AT_LIMIT };
        }
        Factor {
            value: limit,
            primitive: self.at(edge).primitive + limit * (u - edge),
            slope: SLOPE_AT_LIMIT,
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn row(weight: f64, x: &[usize]) -> CalibrationRow {
        CalibrationRow {
            weight,
            x: x.iter().map(|at| (*at, 1.0)).collect(),
            least: f64::NEG_INFINITY,
            most: f64::INFINITY,
        }
    }

    /// Two by two cells; totals of all, of the first row and of the first column.
    fn table() -> Vec<CalibrationRow> {
        vec![row(10.0, &[0, 1, 2]), row(20.0, &[0, 1]), row(30.0, &[0, 2]), row(5.0, &[0])]
    }

    const TOTALS: [f64; 3] = [100.0, 60.0, 30.0];

    fn reached(rows: &[CalibrationRow], factors: &[f64]) -> [f64; 3] {
        [0, 1, 2].map(|total| {
            let within = rows.iter().zip(factors).filter(|(r, _)| r.x.iter().any(|(at, _)| *at == total));
            within.map(|(row, factor)| row.weight * factor).sum()
        })
    }

    #[test]
    fn every_distance_meets_the_totals() {
        for distance in [Distance::Linear, Distance::Raking, Distance::Logit { lower: 0.05, upper: 20.0 }] {
            let result = calibrate(&table(), &TOTALS, distance, 1e-13, 100).unwrap();
            assert!(result.converged, "{distance:?} {result:?}");
            for (got, want) in reached(&table(), &result.factors).iter().zip(TOTALS) {
                assert_relative_eq!(*got, want, max_relative = 1e-12);
            }
        }
    }

    #[test]
    fn a_limit_on_each_row_holds() {
        let mut rows = table();
        for row in &mut rows {
            (row.least, row.most) = (0.3, 3.1);
        }
        let free = calibrate(&table(), &TOTALS, Distance::Raking, 1e-13, 100).unwrap();
        assert!(free.factors.iter().any(|factor| !(0.3..=3.1).contains(factor)));
        let result = calibrate(&rows, &TOTALS, Distance::Raking, 1e-13, 200).unwrap();
        assert!(result.converged, "{result:?}");
        assert!(result.factors.iter().all(|factor| (0.3..=3.1).contains(factor)));
    }

    #[test]
    fn what_cannot_be_met_is_not_called_met() {
        let rows = [row(1.0, &[0, 1]), row(1.0, &[0, 1])];
        for distance in [Distance::Linear, Distance::Raking, Distance::Logit { lower: 0.5, upper: 2.0 }] {
            assert!(!calibrate(&rows, &[2.0, 3.0], distance, 1e-12, 50).unwrap().converged);
        }
        assert_eq!(calibrate(&rows, &[2.0], Distance::Linear, 1e-12, 50), None);
        assert_eq!(
            calibrate(&rows, &[2.0, 2.0], Distance::Logit { lower: 1.5, upper: 2.0 }, 1e-12, 50),
            None
        );
        assert_eq!(calibrate(&[row(-1.0, &[0])], &[2.0], Distance::Linear, 1e-12, 50), None);
    }

    #[test]
    fn the_integral_and_the_slope_belong_to_the_factor() {
        for distance in [Distance::Linear, Distance::Raking, Distance::Logit { lower: 0.3, upper: 3.0 }] {
            assert_relative_eq!(distance.at(0.0).value, 1.0, max_relative = 1e-14);
            for u in [-1.3, -0.2, 0.4, 1.1] {
                let (low, high, here) = (distance.at(u - 1e-5), distance.at(u + 1e-5), distance.at(u));
                assert_relative_eq!((high.primitive - low.primitive) / 2e-5, here.value, epsilon = 1e-8);
                assert_relative_eq!((high.value - low.value) / 2e-5, here.slope, epsilon = 1e-8);
                assert_relative_eq!(distance.inverse(here.value), u, epsilon = 1e-9);
            }
        }
    }
}
