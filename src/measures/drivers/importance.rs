//! What each predictor accounts for, from sums of products.
//!
//! With marks for missing answers these are first taken out of the outcome and of every predictor (Frisch, Waugh and
//! Lovell: the coefficients are those of the model with the marks), so that R² is what predictors account for beyond them.

use crate::stats::{Bootstrap, Correlations, MOST_EXACT, NormalEquations, inflation, nearest_correlation};

use super::coder::Coder;
use super::products::Products;

/// Orders over which importance is averaged where subsets are too many: its error is then told.
const ORDERS: u32 = 500;

/// The same in a replicate, whose own chance is larger.
const ORDERS_OF_REPLICATE: u32 = 50;

/// Subsets of more predictors are too many for every replicate.
const MOST_EXACT_OF_REPLICATE: usize = 16;

/// Less than this part of a column's variance left by others is rounding.
const NOTHING_LEFT: f64 = 1e-9;

/// A coefficient on another column that says it takes part in determining one.
const TAKES_PART: f64 = 1e-6;

/// Why predictors cannot be told apart; columns are numbered from 0, the outcome, on.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportanceFault {
    /// All answers of a column are alike, or there are none.
    Constant(usize),
    /// No row has an answer to both.
    NoPairs(usize, usize),
    /// A predictor follows from others.
    Collinear {
        /// The predictor.
        column: usize,
        /// Those that determine it.
        by: Vec<usize>,
    },
    /// The correlations allow no figure.
    Unusable,
}

/// What each predictor accounts for; lists are by predictor.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// The part of the outcome's variance that all of them account for, 0 to 1.
    pub r2: f64,
    /// Pearson's correlation with the outcome.
    pub correlations: Vec<f64>,
    /// Coefficients between z-scores.
    pub betas: Vec<f64>,
    /// Coefficients in units of the outcome per unit of the predictor.
    pub slopes: Vec<f64>,
    /// The mean answer.
    pub means: Vec<f64>,
    /// Variance inflation factors.
    pub inflation: Vec<f64>,
    /// The condition number of the predictors' correlations.
    pub condition: f64,
    /// Parts of R², which add up to it.
    pub lmg: Vec<f64>,
    /// Their standard errors where orders were sampled; empty else.
    pub lmg_errors: Vec<f64>,
    /// Johnson's relative weights, which add up to R² too.
    pub johnson: Vec<f64>,
    /// By how much a correlation was changed at most, so that all fit together; 0 where none was.
    pub moved: f64,
}

/// Correlations that would have to be changed by more than this do not belong together.
const MOST_MOVED: f64 = 0.1;

/// What resampling needs of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawn {
    pub(super) r2: f64,
    pub(super) shares: Vec<f64>,
    pub(super) slopes: Vec<f64>,
    pub(super) means: Vec<f64>,
    pub(super) correlations: Vec<f64>,
}

impl Importance {
    /// Parts of R² that add up to 1; `None` where nothing is accounted for.
    pub fn shares(&self) -> Option<Vec<f64>> {
        shares(&self.lmg, self.r2)
    }

    pub(super) fn of(products: &Products, coder: &Coder, seed: u64) -> Result<Self, ImportanceFault> {
        let fitted = Fitted::of(products, coder)?;
        let p = fitted.known.size();
        let sampled = || {
            let mut draws = Bootstrap { replicates: 1, seed }.draws(u32::MAX);
            fitted.known.lmg_sampled(ORDERS, &mut draws)
        };
        let lmg = if p <= MOST_EXACT { fitted.known.lmg() } else { sampled() };
        let lmg = lmg.ok_or(ImportanceFault::Unusable)?;
        let johnson = fitted.known.johnson().ok_or(ImportanceFault::Unusable)?;
        let among = inflation(&fitted.known.predictors, p)
            .map_err(|column| ImportanceFault::Collinear { column: column + 1, by: Vec::new() })?;
        // What is this far from any data is no picture of them.
        if fitted.moved > MOST_MOVED {
            return Err(ImportanceFault::Unusable);
        }
        Ok(Self {
            r2: lmg.r2,
            correlations: fitted.seen.clone(),
            betas: fitted.betas.clone(),
            slopes: fitted.slopes,
            means: fitted.means,
            inflation: among.factors,
            condition: among.condition,
            lmg: lmg.parts,
            lmg_errors: lmg.errors,
            johnson: johnson.parts,
            moved: fitted.moved,
        })
    }
}

impl Drawn {
    /// `None` where the rows drawn allow no figure.
    pub(super) fn of(products: &Products, coder: &Coder, (seed, part): (u64, u32)) -> Option<Self> {
        let fitted = Fitted::of(products, coder).ok()?;
        let sampled = || {
            let mut draws = Bootstrap { replicates: 1, seed: !seed }.draws(part);
            fitted.known.lmg_sampled(ORDERS_OF_REPLICATE, &mut draws)
        };
        let lmg =
            if fitted.known.size() <= MOST_EXACT_OF_REPLICATE { fitted.known.lmg() } else { sampled() }?;
        let shares = shares(&lmg.parts, lmg.r2)?;
        let Fitted { slopes, means, seen: correlations, .. } = fitted;
        Some(Self { r2: lmg.r2, shares, slopes, means, correlations })
    }
}

fn shares(parts: &[f64], r2: f64) -> Option<Vec<f64>> {
    (r2 > NOTHING_LEFT).then(|| parts.iter().map(|part| part / r2).collect())
}

/// Correlations that fit together, and the coefficients they give.
struct Fitted {
    known: Correlations,
    /// The correlations with the outcome as they are in the rows.
    seen: Vec<f64>,
    betas: Vec<f64>,
    slopes: Vec<f64>,
    means: Vec<f64>,
    moved: f64,
}

impl Fitted {
    fn of(products: &Products, coder: &Coder) -> Result<Self, ImportanceFault> {
        let columns = coder.columns();
        let marks = coder.marks();
        let size = marks.start;
        let mut covariance = vec![0.0; columns * columns];
        let mut spreads = vec![0.0; columns];
        let mut means = vec![0.0; size];
        for i in 0..columns {
            let own = products.pair(i, i).ok_or(ImportanceFault::Constant(i.min(size - 1)))?;
            spreads[i] = own.variance;
            if i < size {
                means[i] = own.mean + coder.origin(i);
                // Rounding leaves something of what is all alike.
                if own.variance <= 1e-12 * (own.mean * own.mean).max(1e-12) {
                    return Err(ImportanceFault::Constant(i));
                }
            }
        }
        for i in 0..columns {
            for j in 0..=i {
                let of = |i, j| products.pair(i, j).ok_or(ImportanceFault::NoPairs(i, j));
                let (one, other) = (of(i, j)?, of(j, i)?);
                let value = if i == j {
                    one.variance
                } else if products.is_partial() {
                    // As a covariance that gives the correlation of the rows with both.
                    let root = (one.variance * other.variance).sqrt();
                    let r = if root > 0.0 { one.covariance / root } else { 0.0 };
                    r.clamp(-1.0, 1.0) * (spreads[i] * spreads[j]).sqrt()
                } else {
                    one.covariance
                };
                covariance[i * columns + j] = value;
                covariance[j * columns + i] = value;
            }
        }
        for mark in marks {
            sweep(&mut covariance, columns, mark, spreads[mark]);
        }
        let left = |i: usize| covariance[i * columns + i];
        for (i, spread) in spreads.iter().enumerate().take(size) {
            if left(i) <= NOTHING_LEFT * spread {
                return Err(ImportanceFault::Constant(i));
            }
        }
        let roots: Vec<f64> = (0..size).map(|i| left(i).sqrt()).collect();
        let mut cells: Vec<f64> = (0..size * size)
            .map(|place| {
                let (i, j) = (place / size, place % size);
                if i == j { 1.0 } else { covariance[i * columns + j] / (roots[i] * roots[j]) }
            })
            .collect();
        let seen = cells.iter().take(size).skip(1).copied().collect();
        let fits = fits_together(&cells, size)?;
        let mut moved = 0.0;
        if !fits {
            let nearest = nearest_correlation(&cells, size).ok_or(ImportanceFault::Unusable)?;
            (cells, moved) = (nearest.cells, nearest.moved);
        }
        let p = size - 1;
        let known = Correlations {
            outcome: (1..size).map(|j| cells[j]).collect(),
            predictors: (0..p * p).map(|place| cells[(place / p + 1) * size + place % p + 1]).collect(),
        };
        let betas = NormalEquations::of(&known.predictors, p)
            .and_then(|equations| equations.solve(&known.outcome))
            .ok_or(ImportanceFault::Unusable)?;
        let slopes = betas.iter().zip(&roots[1..]).map(|(beta, root)| beta * roots[0] / root).collect();
        means.remove(0);
        Ok(Self { known, seen, betas, slopes, means, moved })
    }
}

/// Takes a column out of all others.
fn sweep(covariance: &mut [f64], columns: usize, by: usize, spread: f64) {
    let pivot = covariance[by * columns + by];
    // A mark that others tell takes nothing more out.
    if pivot <= NOTHING_LEFT * spread || pivot <= 0.0 {
        return;
    }
    let own: Vec<f64> = (0..columns).map(|j| covariance[by * columns + j]).collect();
    for i in 0..columns {
        for j in 0..columns {
            covariance[i * columns + j] -= own[i] * own[j] / pivot;
        }
    }
}

/// Whether correlations are those of rows: what is left of each column by those before it is more than nothing.
///
/// # Errors
/// A predictor that follows from others.
fn fits_together(cells: &[f64], size: usize) -> Result<bool, ImportanceFault> {
    // The outcome last: it may be told exactly by its predictors, but not more than exactly.
    let order: Vec<usize> = (1..size).chain([0]).collect();
    let mut left = cells.to_vec();
    for (place, column) in order.iter().enumerate() {
        let pivot = left[column * size + column];
        if pivot.abs() <= NOTHING_LEFT && *column != 0 {
            return Err(ImportanceFault::Collinear {
                column: *column,
                by: determining(cells, size, &order[..place], *column),
            });
        }
        if pivot < -NOTHING_LEFT {
            return Ok(false);
        }
        if pivot <= NOTHING_LEFT {
            continue;
        }
        let own: Vec<f64> = (0..size).map(|j| left[column * size + j]).collect();
        for i in &order[place + 1..] {
            for j in &order[place + 1..] {
                left[i * size + j] -= own[*i] * own[*j] / pivot;
            }
        }
    }
    Ok(true)
}

/// The columns among `before` that tell a column.
fn determining(cells: &[f64], size: usize, before: &[usize], column: usize) -> Vec<usize> {
    let n = before.len();
    let among: Vec<f64> =
        (0..n * n).map(|place| cells[before[place / n] * size + before[place % n]]).collect();
    let with: Vec<f64> = before.iter().map(|other| cells[other * size + column]).collect();
    let found = NormalEquations::of(&among, n).and_then(|equations| equations.solve(&with));
    let found = found.unwrap_or_default();
    before.iter().zip(found).filter(|(_, part)| part.abs() > TAKES_PART).map(|(other, _)| *other).collect()
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::ImportanceFault;
    use crate::measures::drivers::patterns::sample::patterns;
    use crate::measures::drivers::{Drivers, MissingAnswers, PatternColumn};

    /// Codes of rows, 0 for no answer; the outcome first.
    fn importance(rows: &[&[usize]], missing: MissingAnswers) -> Result<super::Importance, ImportanceFault> {
        let width = rows[0].len();
        let columns = vec![PatternColumn { values: (1..=7).map(f64::from).collect() }; width];
        let patterns = patterns(columns, rows.len(), |column, row| rows[row][column]);
        Drivers::new(&patterns, missing, 1).importance(1)
    }

    #[test]
    fn one_predictor_explains_the_square_of_its_correlation() {
        let found =
            importance(&[&[1, 2], &[2, 1], &[4, 5], &[5, 3], &[0, 4]], MissingAnswers::Pairwise).unwrap();
        // numpy corrcoef and polyfit of the four rows with both.
        assert_relative_eq!(found.correlations[0], 0.641_426_980_589_818_6, max_relative = 1e-12);
        assert_relative_eq!(found.r2, found.correlations[0].powi(2), max_relative = 1e-12);
        assert_relative_eq!(found.lmg[0], found.johnson[0], max_relative = 1e-9);
        assert_relative_eq!(found.means[0], 3.0);
        assert_eq!(found.shares().unwrap(), [1.0]);
    }

    #[test]
    fn what_follows_from_others_is_named_with_them() {
        // The third is the first and the second less one.
        let rows: Vec<[usize; 4]> = (0..24)
            .map(|row| {
                let (x, y) = (1 + row % 3, 1 + row / 3 % 4);
                [1 + row % 5, x, y, x + y - 1]
            })
            .collect();
        let rows: Vec<&[usize]> = rows.iter().map(<[usize; 4]>::as_slice).collect();
        for missing in [MissingAnswers::Pairwise, MissingAnswers::Listwise, MissingAnswers::Dummy] {
            let fault = importance(&rows, missing).unwrap_err();
            assert_eq!(fault, ImportanceFault::Collinear { column: 3, by: vec![1, 2] });
        }
    }

    #[test]
    fn what_does_not_vary_and_what_never_meets_is_named() {
        let alike = [[1, 3], [2, 3], [4, 3]];
        let rows: Vec<&[usize]> = alike.iter().map(<[usize; 2]>::as_slice).collect();
        assert_eq!(importance(&rows, MissingAnswers::Pairwise), Err(ImportanceFault::Constant(1)));
        let apart = [[1, 3, 0], [2, 1, 0], [4, 0, 2], [5, 0, 1]];
        let rows: Vec<&[usize]> = apart.iter().map(<[usize; 3]>::as_slice).collect();
        assert_eq!(importance(&rows, MissingAnswers::Pairwise), Err(ImportanceFault::NoPairs(2, 1)));
    }

    /// Rows of an outcome and three predictors, of which each pair has rows of its own: the first two and the last two
    /// go together, and the first and the last go by `ends`.
    fn apart(steps: &[(usize, usize)], ends: &[(usize, usize)]) -> Vec<[usize; 4]> {
        let pairs = steps.iter().zip(ends).enumerate();
        pairs
            .flat_map(|(step, (&(a, b), &(c, d)))| {
                let y = 1 + step % 3;
                [[y, a, b, 0], [y, 0, a, b], [y, c, 0, d]]
            })
            .collect()
    }

    #[test]
    fn correlations_that_hardly_fit_together_are_changed_and_that_is_known() {
        let steps = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (1, 2), (2, 1), (5, 6), (6, 5)];
        let ends = [(1, 1), (2, 2), (3, 5), (4, 2), (5, 5), (6, 6), (1, 4), (2, 1), (5, 3), (6, 5)];
        let rows = apart(&steps, &ends);
        let rows: Vec<&[usize]> = rows.iter().map(<[usize; 4]>::as_slice).collect();
        // Correlations of 0.942, 0.942 and 0.648, of which the last could not be below 0.775.
        let found = importance(&rows, MissingAnswers::Pairwise).unwrap();
        assert!(found.moved > 0.01 && found.moved < 0.1 && found.r2 <= 1.0 + 1e-9, "{found:?}");
        assert_relative_eq!(found.lmg.iter().sum::<f64>(), found.r2, epsilon = 1e-9);
    }

    #[test]
    fn correlations_that_contradict_each_other_are_no_model() {
        let steps = [(1, 2), (2, 1), (3, 4), (4, 3), (5, 6), (6, 5)];
        let ends: Vec<(usize, usize)> = steps.iter().map(|(a, b)| (*a, 7 - b)).collect();
        let rows = apart(&steps, &ends);
        let rows: Vec<&[usize]> = rows.iter().map(<[usize; 4]>::as_slice).collect();
        // numpy: the least eigenvalue of the pairwise correlations is below -0.6.
        assert_eq!(importance(&rows, MissingAnswers::Pairwise).unwrap_err(), ImportanceFault::Unusable);
    }
}
