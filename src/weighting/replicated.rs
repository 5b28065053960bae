//! Seeded bootstrap replicates of a design, each weighted anew.
//!
//! Of the n units of a stratum (clusters, or rows where none were drawn) n − 1 are drawn with replacement, and the
//! weights of a unit drawn k times are multiplied by 1 − λ + λ·k·n/(n − 1) with λ² = 1 − n/N (Rao and Wu 1988; Rao, Wu
//! and Yue 1992): means then vary as under the design itself. A stratum of a single unit stays as it is.
//!
//! Rows are known by cell only. A drawn row takes one of two weights that have the mean and the mean square of its
//! cell's, so that Σw and Σw² come out right on average whatever the design weights were.

use std::rc::Rc;

use crate::stats::{Bootstrap, Draws};
use crate::tally::Count;

use super::part::Part;
use super::problem::total;
use super::{Answers, Cell, Scheme, Solved, weigh};

/// At least this share of the replicates has to have weights.
const USABLE: f64 = 0.95;

/// The weights of every replicate.
#[derive(Clone, Debug)]
pub struct Replicated {
    solved: Rc<Solved>,
    draws: Bootstrap,
    /// `None` where a replicate could not be weighted, such as for a category that nobody was drawn from.
    replicates: Vec<Option<Vec<Redrawn>>>,
}

/// The rows of one cell in a replicate.
#[derive(Clone, Copy, Debug, Default)]
struct Redrawn {
    /// How many rows were drawn, where rows are units.
    rows: Option<u64>,
    /// What its design weights add up to among the drawn, before they are scaled.
    sum: f64,
    /// What the rows keep without being drawn: 1 − λ.
    kept: f64,
    /// What drawn weights are multiplied by: λ·n/(n − 1).
    times: f64,
    /// The factor that meets the margins.
    factor: f64,
}

impl Solved {
    /// Draws so many replicates from a seed and weighs each anew by the scheme; the same seed gives the same digits.
    pub fn bootstrap(self: &Rc<Self>, replicates: u32, seed: u64) -> Replicated {
        let draws = Bootstrap { replicates, seed };
        let replicates = (0..replicates).map(|replicate| self.replicate(&draws, replicate)).collect();
        Replicated { solved: Rc::clone(self), draws, replicates }
    }

    fn replicate(&self, draws: &Bootstrap, replicate: u32) -> Option<Vec<Redrawn>> {
        let mut cells = vec![Redrawn::default(); self.factors.len()];
        for (number, part) in (0_u32..).zip(&self.parts) {
            let mut draws = draws.draws(stream(self, replicate, number));
            let mut own = self.drawn(part, &mut draws);
            let factors = match &self.scheme {
                None => vec![1.0; own.len()],
                Some(scheme) => self.factors_of(part, &own, scheme)?,
            };
            for ((redrawn, factor), at) in own.iter_mut().zip(factors).zip(&part.cells) {
                redrawn.factor = factor;
                *cells.get_mut(*at)? = *redrawn;
            }
        }
        Some(cells)
    }

    /// Draws the units of every stratum of a part.
    fn drawn(&self, part: &Part, draws: &mut Draws) -> Vec<Redrawn> {
        let mut redrawn = vec![Redrawn::default(); part.cells.len()];
        for stratum in part.sampling.drawn_strata() {
            let n = stratum.units as f64;
            let open = stratum.population.map_or(1.0, |population| (1.0 - n / population).max(0.0)).sqrt();
            let single = stratum.units < 2;
            let (kept, times) = if single { (1.0, 0.0) } else { (1.0 - open, open * n / (n - 1.0)) };
            let counts: Vec<u64> = stratum
                .units_of
                .iter()
                .map(|cells| {
                    if part.sampling.clustered {
                        1
                    } else {
                        cells.iter().map(|at| self.own_rows(part, *at).n).sum()
                    }
                })
                .collect();
            let drawn = draws.among(&counts, stratum.units.saturating_sub(1));
            for (cells, k) in stratum.units_of.iter().zip(drawn) {
                for at in cells {
                    let rows = self.own_rows(part, *at);
                    let Some(own) = redrawn.get_mut(*at) else { continue };
                    let (sum, drawn) = if part.sampling.clustered {
                        (k as f64 * rows.w, None)
                    } else {
                        (sum_of_draws(draws, k, rows), Some(k))
                    };
                    *own = Redrawn { rows: drawn, sum, kept, times, factor: 0.0 };
                }
            }
        }
        redrawn
    }

    /// By cell of a part, the factors that meet the margins with what was drawn.
    fn factors_of(&self, part: &Part, redrawn: &[Redrawn], scheme: &Scheme) -> Option<Vec<f64>> {
        let mut cells: Vec<Cell> = part
            .combinations
            .iter()
            .map(|cell| Cell {
                n: 0,
                sum: 0.0,
                sum_of_squares: 0.0,
                least: 0.0,
                greatest: 0.0,
                ..cell.clone()
            })
            .collect();
        for (at, (own, place)) in redrawn.iter().zip(&part.combination).enumerate() {
            let rows = self.own_rows(part, at);
            let sum = own.design(rows.w, own.sum);
            let (Some(cell), Some(before)) = (cells.get_mut(*place), part.combinations.get(*place)) else {
                return None;
            };
            if sum > 0.0 {
                // Bounds hold for the rows as they are; how often one was drawn is no weight of its own.
                (cell.least, cell.greatest) = (before.least, before.greatest);
                cell.n += own.rows.unwrap_or(rows.n).max(1);
                cell.sum += sum;
                cell.sum_of_squares += rows.w2 * sum / rows.w;
            }
        }
        let weighted = weigh(&cells, scheme).ok()?;
        part.combination.iter().map(|place| weighted.factors.get(*place).copied()).collect()
    }

    fn own_rows(&self, part: &Part, own: usize) -> Count {
        part.cells.get(own).and_then(|at| self.rows.get(*at)).copied().unwrap_or_default()
    }
}

impl Redrawn {
    /// The design weights of rows that weigh `whole`, of which those drawn weigh `drawn`.
    fn design(&self, whole: f64, drawn: f64) -> f64 {
        self.kept * whole + self.times * drawn
    }
}

impl Replicated {
    /// How many replicates could not be weighted.
    pub fn failed(&self) -> usize {
        self.replicates.iter().filter(|replicate| replicate.is_none()).count()
    }

    /// How many could.
    pub fn weighted(&self) -> usize {
        self.replicates.len() - self.failed()
    }

    /// The variance of the weighted mean of the answers over the replicates, about the mean of these.
    ///
    /// Answers are those of [`Solved::mean`]. Rows that are units are drawn among a cell's answers as often as the
    /// cell's rows were. `None` with fewer than two replicates, where more than one in twenty has no weights or no
    /// answer, or for a cell that is not known.
    pub fn variance_by_replicates(&self, answers: &[Answers]) -> Option<f64> {
        self.spread(|replicate, cells| {
            let totals = self.totals(replicate, cells, answers)?;
            let weights = total(totals.iter().copied());
            let origin = answers.first()?.x;
            let sum = total(totals.iter().zip(answers).map(|(w, part)| w * (part.x - origin)));
            (weights > 0.0).then(|| origin + sum / weights)
        })
    }

    /// The variance of Σw·e over the replicates, `x` being the influence e of each row, as for [`Solved::variance`].
    pub fn variance_of_influences(&self, influences: &[Answers]) -> Option<f64> {
        self.spread(|replicate, cells| {
            let totals = self.totals(replicate, cells, influences)?;
            Some(total(totals.iter().zip(influences).map(|(w, part)| w * part.x)))
        })
    }

    /// The design whose replicates these are.
    pub(super) fn solved(&self) -> &Solved {
        &self.solved
    }

    /// The covariances over the replicates of statistics that are made of the entries' final weights, each of which a
    /// replicate may lack; `None` for a pair that too many lack.
    pub(super) fn covariances_over(
        &self,
        entries: &[Answers],
        statistics: &dyn Fn(&[f64]) -> Vec<Option<f64>>,
        size: usize,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Vec<Vec<Option<f64>>> {
        let each = (0_u32..).zip(&self.replicates);
        let values: Vec<Vec<Option<f64>>> = each
            .filter_map(|(replicate, cells)| {
                Some(statistics(&self.totals(replicate, cells.as_ref()?, entries)?))
            })
            .collect();
        let covariance = |one: usize, other: usize| {
            let both = values.iter().filter_map(|of| Some((of[one]?, of[other]?)));
            let both: Vec<(f64, f64)> = both.filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
            let n = both.len() as f64;
            if both.len() < 2 || n < USABLE * self.replicates.len() as f64 {
                return None;
            }
            let (x, y) = (total(both.iter().map(|(x, _)| *x)) / n, total(both.iter().map(|(_, y)| *y)) / n);
            Some(total(both.iter().map(|(one, other)| (one - x) * (other - y))) / (n - 1.0))
        };
        let mut covariances = vec![vec![None; size]; size];
        let pairs = (0..size).flat_map(|one| (one..size).map(move |other| (one, other)));
        for (one, other) in pairs.filter(|(one, other)| one == other || wanted(*one, *other)) {
            covariances[one][other] = covariance(one, other);
            covariances[other][one] = covariances[one][other];
        }
        covariances
    }

    fn spread(&self, statistic: impl Fn(u32, &[Redrawn]) -> Option<f64>) -> Option<f64> {
        let each = (0_u32..).zip(&self.replicates);
        let values: Vec<f64> = each
            .filter_map(|(replicate, cells)| statistic(replicate, cells.as_ref()?))
            .filter(|value| value.is_finite())
            .collect();
        let n = values.len() as f64;
        if values.len() < 2 || n < USABLE * self.replicates.len() as f64 {
            return None;
        }
        let mean = total(values.iter().copied()) / n;
        let variance = total(values.iter().map(|value| (value - mean) * (value - mean))) / (n - 1.0);
        variance.is_finite().then_some(variance)
    }

    /// The final weights of each entry in a replicate.
    fn totals(&self, replicate: u32, cells: &[Redrawn], entries: &[Answers]) -> Option<Vec<f64>> {
        let mut by_cell: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
        for (at, entry) in entries.iter().enumerate() {
            by_cell.get_mut(entry.cell)?.push(at);
        }
        let last = u32::try_from(self.solved.parts.len()).ok()?;
        let mut draws = self.draws.draws(stream(&self.solved, replicate, last));
        let mut totals = vec![0.0; entries.len()];
        for ((cell, own), whole) in cells.iter().zip(&by_cell).zip(&self.solved.rows) {
            if own.is_empty() {
                continue;
            }
            // What each entry has of the cell's drawn weight.
            let mut shares: Vec<f64> = own.iter().map(|at| entries[*at].sum / whole.w).collect();
            if let Some(k) = cell.rows {
                let part = |at: &usize| Count {
                    n: entries[*at].n,
                    w: entries[*at].sum,
                    w2: entries[*at].sum_of_squares,
                };
                let mut parts: Vec<Count> = own.iter().map(part).collect();
                let rest = parts.iter().fold(*whole, |rest, part| Count {
                    n: rest.n.saturating_sub(part.n),
                    w: (rest.w - part.w).max(0.0),
                    w2: (rest.w2 - part.w2).max(0.0),
                });
                parts.push(rest);
                let counts: Vec<u64> = parts.iter().map(|part| part.n).collect();
                let drawn = draws.among(&counts, k);
                let sums: Vec<f64> =
                    parts.iter().zip(drawn).map(|(part, k)| sum_of_draws(&mut draws, k, *part)).collect();
                let all = total(sums.iter().copied());
                shares = sums.iter().map(|sum| if all > 0.0 { sum / all } else { 0.0 }).collect();
            }
            for (at, share) in own.iter().zip(shares) {
                totals[*at] = cell.factor * cell.design(entries[*at].sum, cell.sum * share);
            }
        }
        Some(totals)
    }
}

/// A stream of random numbers for each part of each replicate, and one for the answers.
fn stream(solved: &Solved, replicate: u32, part: u32) -> u32 {
    let parts = u32::try_from(solved.parts.len()).unwrap_or(u32::MAX - 1);
    replicate.wrapping_mul(parts + 1).wrapping_add(part)
}

/// The weights of k rows drawn from these: each draw has one of two weights, with the mean and mean square of the rows'.
fn sum_of_draws(draws: &mut Draws, k: u64, rows: Count) -> f64 {
    if k == 0 || rows.n == 0 || rows.w <= 0.0 {
        return 0.0;
    }
    let n = rows.n as f64;
    let (mean, square) = (rows.w / n, rows.w2 / n);
    let spread = (square - mean * mean).max(0.0).sqrt();
    // Alike but for rounding.
    if spread <= 1e-7 * mean {
        return k as f64 * mean;
    }
    if spread <= mean {
        let above = draws.successes(0.5, k) as f64;
        return k as f64 * mean + spread * (2.0 * above - k as f64);
    }
    // Most rows weigh next to nothing: the others have the weight that leaves the mean square.
    let heavy = draws.successes(mean * mean / square, k) as f64;
    heavy * square / mean
}
