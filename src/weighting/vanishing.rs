//! Rows that the targets leave no weight: whether small factors are on their way to 0, and whose they are.
//!
//! A small factor alone proves nothing: with design weights and targets far apart, and few of the combinations in
//! the sample, raking may ask for very little of one. Those who vanish are they who would have no weight whatever the
//! design weights were; so the margins are met once more from design weights under which a suspect would weigh much.

use crate::stats::{Distance, calibrate, fit_proportionally};

use super::conflict::side;
use super::problem::{Fitted, Problem};
use super::solve::{ACCEPTED, ROUNDS, STEPS, TOLERANCE, auxiliaries, fitted_margins};
use super::{Cell, Failure};

/// A factor below this part of what its margins ask for one by one may be on its way to 0.
const SUSPECT: f64 = 1e-8;
/// A cell with more than this part of its smallest category has weight: rounding leaves much less.
const ALIVE: f64 = 1e-7;
/// A suspect's design weight grows by no more at once: beyond it solving loses its digits.
const MOST: f64 = 1e12;
/// How often it is raised again where it still weighs next to nothing.
const RAISES: u32 = 3;

/// The people whose factors go to 0, if any; `weights` are the cells' shares of the design weights.
pub(super) fn vanishing(
    cells: &[Cell],
    problem: &Problem,
    weights: &[f64],
    factors: &[f64],
) -> Option<Failure> {
    let mut gone = suspects(problem, factors);
    loop {
        let worst =
            (0..factors.len()).filter(|at| gone[*at]).min_by(|a, b| factors[*a].total_cmp(&factors[*b]))?;
        let mut raised = weights.to_vec();
        let mut by = 1.0 / factors[worst];
        for _ in 0..RAISES {
            raised[worst] *= by.min(MOST);
            let Some(favoured) = met(problem, &raised) else { break };
            for (gone, (at, share)) in gone.iter_mut().zip(favoured.iter().enumerate()) {
                *gone &= *share <= ALIVE * smallest(problem, at);
            }
            by = smallest(problem, worst) / favoured[worst];
            if !gone[worst] {
                break;
            }
        }
        if gone[worst] {
            return failure(cells, problem, &gone, worst);
        }
    }
}

/// Cells with a factor much below the product of what each margin asks for.
fn suspects(problem: &Problem, factors: &[f64]) -> Vec<bool> {
    let weights: Vec<f64> = problem.margins.iter().map(Fitted::weight).collect();
    let asked = |at: usize| {
        let ratios = problem.margins.iter().enumerate().filter_map(|(number, margin)| {
            let category = &margin.categories[margin.groups[at]?];
            Some(category.share / (category.weight / weights[number]))
        });
        ratios.product::<f64>()
    };
    factors.iter().enumerate().map(|(at, f)| *f < SUSPECT && *f < SUSPECT * asked(at)).collect()
}

/// The cells' shares of the final weights from these design weights; `None` where the margins are not met.
fn met(problem: &Problem, weights: &[f64]) -> Option<Vec<f64>> {
    let of = |factors: Vec<f64>| Some(factors.iter().zip(weights).map(|(f, w)| f * w).collect());
    if let Some(margins) = fitted_margins(problem)
        && let Some(fit) = fit_proportionally(weights, &margins, TOLERANCE, ROUNDS)
        && fit.converged
    {
        return of(fit.factors);
    }
    let (rows, totals) = auxiliaries(problem, weights, None);
    let result = calibrate(&rows, &totals, Distance::Raking, TOLERANCE, STEPS)?;
    if result.error <= ACCEPTED { of(result.factors) } else { None }
}

/// The share of the smallest category that a cell is in.
fn smallest(problem: &Problem, at: usize) -> f64 {
    let shares = problem.margins.iter().filter_map(|margin| {
        let category = margin.groups.get(at).copied().flatten()?;
        margin.categories.get(category).map(|category| category.share)
    });
    shares.fold(1.0, f64::min)
}

/// Those who vanish with the worst: the categories of two margins where all do, or of all margins.
fn failure(cells: &[Cell], problem: &Problem, gone: &[bool], worst: usize) -> Option<Failure> {
    let rows = |margins: &[usize]| -> Option<u64> {
        let mut rows = 0;
        for (at, gone) in gone.iter().enumerate() {
            let same = |margin: &&usize| {
                problem.margins[**margin].groups[at] == problem.margins[**margin].groups[worst]
            };
            if margins.iter().all(|margin| same(&margin)) {
                if !gone {
                    return None;
                }
                rows += cells[problem.used[at]].n;
            }
        }
        Some(rows)
    };
    let all: Vec<usize> = (0..problem.margins.len())
        .filter(|margin| problem.margins[*margin].groups[worst].is_some())
        .collect();
    let pairs =
        all.iter().flat_map(|one| all.iter().filter(move |two| *two > one).map(move |two| vec![*one, *two]));
    let (margins, rows) =
        pairs.chain([all.clone()]).find_map(|margins| rows(&margins).map(|rows| (margins, rows)))?;
    let sides = margins.into_iter().filter_map(|margin| {
        let fitted = &problem.margins[margin];
        Some(side(margin, fitted, &[fitted.groups[worst]?]))
    });
    Some(Failure::Vanishing { sides: sides.collect(), rows })
}
