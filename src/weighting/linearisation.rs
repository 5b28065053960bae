//! Standard errors that know of the weighting: linearised variances from the full cells.
//!
//! The influence of a row on an estimate is w·e; what the margins explain of e is taken off before squaring,
//! since weights that meet the margins make the estimate vary less. Raking: as R survey's `rake` designs, the
//! plain mean of e over the rows of each category, in turn, ten times. Post-stratification and calibration:
//! the residual of generalised regression with the design weights (Särndal, Swensson and Wretman 1992, 6.6).

use std::borrow::Cow;

use crate::stats::{CalibrationRow, Linearised, NormalEquations, kish};

use super::problem::{Fitted, Problem, total};
use super::scheme::Method;
use super::solve::auxiliaries;
use super::{Cell, Weighted};

/// Sweeps over the margins, as R survey does.
const SWEEPS: u32 = 10;

/// How the weighting enters a variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VarianceForm {
    /// Means of the margins' categories taken off in turn.
    Raking,
    /// Residuals of generalised regression.
    Regression,
    /// Trimmed weights are taken as given: the variance is that of fixed weights.
    Fixed,
}

impl VarianceForm {
    pub(super) fn of(method: Method, problem: &Problem) -> Self {
        let complete = problem.margins.iter().all(Fitted::is_complete);
        if method == Method::Raking && complete { Self::Raking } else { Self::Regression }
    }
}

/// Rows of one cell with one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answers {
    /// The cell, by its place in the list that was weighted.
    pub cell: usize,
    /// The value of the answer, or the influence e of each row.
    pub x: f64,
    /// Number of rows.
    pub n: u64,
    /// Sum of their design weights.
    pub sum: f64,
    /// Sum of the squares of their design weights.
    pub sum_of_squares: f64,
}

/// What variances under one set of weights need, prepared once.
pub struct Linearisation<'a> {
    cells: &'a [Cell],
    weighted: &'a Weighted,
    prepared: Cow<'a, Prepared>,
}

/// What does not depend on the answers.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    /// The place of each cell among those used.
    place: Vec<Option<usize>>,
    margins: Margins,
}

#[derive(Clone, Debug)]
enum Margins {
    Fixed,
    Raking { starts: Vec<usize>, together: Vec<f64>, size: usize },
    Regression { rows: Vec<CalibrationRow>, normal: Option<NormalEquations>, size: usize },
}

impl Weighted {
    /// How the weighting enters variances.
    pub fn form(&self) -> VarianceForm {
        self.form
    }

    /// Prepares variances; `cells` are those that were weighted.
    pub fn linearisation<'a>(&'a self, cells: &'a [Cell]) -> Linearisation<'a> {
        Linearisation { cells, weighted: self, prepared: Cow::Owned(Prepared::of(self, cells)) }
    }
}

impl Prepared {
    /// Prepares variances under these weights of these cells.
    pub(super) fn of(weighted: &Weighted, cells: &[Cell]) -> Self {
        let mut place = vec![None; cells.len()];
        for (used, at) in weighted.problem.used.iter().enumerate() {
            if let Some(place) = place.get_mut(*at) {
                *place = Some(used);
            }
        }
        let margins = match weighted.form {
            VarianceForm::Fixed => Margins::Fixed,
            VarianceForm::Raking => counted_together(cells, &weighted.problem),
            VarianceForm::Regression => regression(cells, &weighted.problem),
        };
        Self { place, margins }
    }
}

impl<'a> Linearisation<'a> {
    /// From what was prepared of the same weights and cells.
    pub(super) fn prepared(cells: &'a [Cell], weighted: &'a Weighted, prepared: &'a Prepared) -> Self {
        Self { cells, weighted, prepared: Cow::Borrowed(prepared) }
    }

    /// The weighted mean of the answers and its variance; rows of no answer are in the design, not in the mean.
    ///
    /// `None` without an answer of positive weight, with fewer than two rows, or where something is not finite.
    pub fn mean(&self, answers: &[Answers]) -> Option<Linearised> {
        let factor = |part: &Answers| self.weighted.factors.get(part.cell).copied();
        let weighted: Vec<(f64, f64, &Answers)> = answers
            .iter()
            .map(|part| factor(part).map(|f| (f * part.sum, f * f * part.sum_of_squares, part)))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .filter(|(w, ..)| *w > 0.0)
            .collect();
        let (_, _, first) = weighted.first()?;
        let origin = first.x;
        let sum_w = total(weighted.iter().map(|(w, ..)| *w));
        let mean = origin + total(weighted.iter().map(|(w, _, part)| w * (part.x - origin))) / sum_w;
        let n = weighted.iter().map(|(_, _, part)| part.n).sum();
        let kish = kish(n, sum_w, total(weighted.iter().map(|(_, w2, _)| *w2)))?;
        let influences: Vec<Answers> =
            weighted.iter().map(|(_, _, part)| Answers { x: (part.x - mean) / sum_w, ..**part }).collect();
        let variance = self.variance(&influences)?;
        (mean.is_finite() && variance.is_finite()).then(|| Linearised {
            n,
            sum_w,
            mean,
            variance,
            se: variance.sqrt(),
            kish_n: kish.effective_n,
            kish_design_effect: kish.design_effect,
        })
    }

    /// The variance of Σw·e, `x` being e; rows that are not listed have e = 0.
    ///
    /// For a total e is the value, for a difference of two means the difference of their influences.
    /// `None` with fewer than two rows or a cell that is not known.
    pub fn variance(&self, influences: &[Answers]) -> Option<f64> {
        let explained = self.explained(influences)?;
        let n = self.weighted.problem.rows;
        if n < 2 {
            return None;
        }
        let mut rest: Vec<(f64, f64)> = Vec::with_capacity(explained.len());
        for at in &self.weighted.problem.used {
            let cell = self.cells.get(*at)?;
            rest.push((cell.sum, cell.sum_of_squares));
        }
        let mut sums = Vec::new();
        let mut squares = Vec::new();
        for part in influences {
            let Some(place) = self.prepared.place[part.cell] else { continue };
            let factor = self.weighted.factors[part.cell];
            let residual = part.x - explained[place];
            sums.push(factor * part.sum * residual);
            squares.push(factor * factor * part.sum_of_squares * residual * residual);
            rest[place].0 -= part.sum;
            rest[place].1 -= part.sum_of_squares;
        }
        for ((at, explained), (sum, sum_of_squares)) in
            self.weighted.problem.used.iter().zip(&explained).zip(rest)
        {
            let factor = self.weighted.factors[*at];
            sums.push(-factor * sum.max(0.0) * explained);
            squares.push(factor * factor * sum_of_squares.max(0.0) * explained * explained);
        }
        let rows = n as f64;
        let sum = total(sums);
        let variance = (total(squares) - sum * sum / rows).max(0.0) * rows / (rows - 1.0);
        variance.is_finite().then_some(variance)
    }

    /// What the margins explain of e in every cell, for designs whose variance is summed elsewhere (strata,
    /// clusters): a row's influence is w·(e − its cell's). 0 for cells left out.
    pub fn explained_by_cell(&self, influences: &[Answers]) -> Option<Vec<f64>> {
        let explained = self.explained(influences)?;
        Some(self.prepared.place.iter().map(|place| place.map_or(0.0, |place| explained[place])).collect())
    }

    fn explained(&self, influences: &[Answers]) -> Option<Vec<f64>> {
        let problem = &self.weighted.problem;
        let known = influences.iter().all(|part| part.cell < self.prepared.place.len() && part.x.is_finite());
        if !known || self.prepared.place.len() != self.cells.len() {
            return None;
        }
        let within = || influences.iter().filter_map(|part| Some((self.prepared.place[part.cell]?, part)));
        match &self.prepared.margins {
            Margins::Fixed => Some(vec![0.0; problem.used.len()]),
            Margins::Raking { starts, together, size } => {
                let mut sums = vec![0.0; *size];
                for (place, part) in within() {
                    for (margin, start) in problem.margins.iter().zip(starts) {
                        sums[start + margin.groups[place]?] += part.n as f64 * part.x;
                    }
                }
                let taken = sweep(&sums, together, starts, *size);
                let of_cell = |place: usize| {
                    let groups = problem.margins.iter().zip(starts);
                    groups
                        .map(|(margin, start)| Some(taken[start + margin.groups[place]?]))
                        .sum::<Option<f64>>()
                };
                (0..problem.used.len()).map(of_cell).collect()
            }
            Margins::Regression { rows, normal, size } => {
                let mut right = vec![0.0; *size];
                for (place, part) in within() {
                    for (column, x) in &rows[place].x {
                        right[*column] += part.sum * part.x * x;
                    }
                }
                let coefficients = normal.as_ref()?.solve(&right)?;
                let of_row = |row: &CalibrationRow| row.x.iter().map(|(at, x)| coefficients[*at] * x).sum();
                Some(rows.iter().map(of_row).collect())
            }
        }
    }
}

/// How many rows each two categories share.
fn counted_together(cells: &[Cell], problem: &Problem) -> Margins {
    let mut starts = Vec::new();
    let mut size = 0;
    for margin in &problem.margins {
        starts.push(size);
        size += margin.categories.len();
    }
    let mut together = vec![0.0; size * size];
    for (place, at) in problem.used.iter().enumerate() {
        let Some(cell) = cells.get(*at) else { continue };
        let categories: Vec<usize> = problem
            .margins
            .iter()
            .zip(&starts)
            .filter_map(|(margin, start)| margin.groups[place].map(|group| start + group))
            .collect();
        for one in &categories {
            for two in &categories {
                together[one * size + two] += cell.n as f64;
            }
        }
    }
    Margins::Raking { starts, together, size }
}

/// What is taken off in each category, from the sums of e over their rows.
fn sweep(sums: &[f64], together: &[f64], starts: &[usize], size: usize) -> Vec<f64> {
    let mut taken = vec![0.0; size];
    for _ in 0..SWEEPS {
        for (margin, start) in starts.iter().enumerate() {
            let end = starts.get(margin + 1).copied().unwrap_or(size);
            for category in *start..end {
                let row = &together[category * size..(category + 1) * size];
                let off: f64 = row.iter().zip(&taken).map(|(rows, taken)| rows * taken).sum();
                taken[category] += (sums[category] - off) / row[category];
            }
        }
    }
    taken
}

fn regression(cells: &[Cell], problem: &Problem) -> Margins {
    let weights: Vec<f64> =
        problem.used.iter().map(|at| cells.get(*at).map_or(0.0, |cell| cell.sum)).collect();
    let (rows, totals) = auxiliaries(problem, &weights, None);
    let size = totals.len();
    let mut matrix = vec![0.0; size * size];
    for row in &rows {
        for (i, x) in &row.x {
            for (j, y) in &row.x {
                matrix[i * size + j] += row.weight * x * y;
            }
        }
    }
    Margins::Regression { rows, normal: NormalEquations::of(&matrix, size), size }
}
