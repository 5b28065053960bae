//! Factors that meet the margins, by proportional fitting or by calibration.

use crate::stats::{CalibrationRow, Distance, FittedMargin, calibrate, fit_proportionally};

use super::failure::{Place, Unmet};
use super::problem::{Problem, total};
use super::scheme::Method;
use super::{Cell, Failure, conflict, vanishing};

/// The greatest relative distance of a category from its target that counts as met.
pub(super) const TOLERANCE: f64 = 1e-12;
/// What rounding may leave of it with many cells and small categories.
pub(super) const ACCEPTED: f64 = 1e-9;
/// Rounds of proportional fitting; what needs more is left to Newton's steps.
pub(super) const ROUNDS: u32 = 500;
/// Newton's steps.
pub(super) const STEPS: u32 = 200;

/// Factors relative to their mean over the design weights, one a used cell.
pub(super) struct Solution {
    pub(super) factors: Vec<f64>,
    pub(super) iterations: u32,
}

/// Limits of the factor of every used cell.
pub(super) type Limits = [(f64, f64)];

/// `limits` are those of trimming; without them every factor is free within the method. Where trimming is still
/// to come, `signed` lets linear calibration go below 0.
pub(super) fn solve(
    cells: &[Cell],
    problem: &Problem,
    method: Method,
    limits: Option<&Limits>,
    signed: bool,
) -> Result<Solution, Failure> {
    let weights: Vec<f64> = problem.used.iter().map(|at| cells[*at].sum / problem.sum).collect();
    let mut spent = 0;
    if limits.is_none()
        && matches!(method, Method::Raking | Method::PostStratification)
        && let Some(margins) = fitted_margins(problem)
        && let Some(fit) = fit_proportionally(&weights, &margins, TOLERANCE, ROUNDS)
    {
        if fit.converged {
            return accepted(cells, problem, method, &weights, fit.factors, fit.rounds);
        }
        spent = fit.rounds;
    }
    let distance = match method {
        Method::Raking | Method::RakingRatio | Method::PostStratification => Distance::Raking,
        Method::Linear => Distance::Linear,
        Method::Logit { lower, upper } => Distance::Logit { lower, upper },
    };
    let (rows, totals) = auxiliaries(problem, &weights, limits);
    let Some(result) = calibrate(&rows, &totals, distance, TOLERANCE, STEPS) else {
        let (lower, upper) =
            if let Method::Logit { lower, upper } = method { (lower, upper) } else { (0.0, 0.0) };
        return Err(Failure::LimitsUnsound { lower, upper });
    };
    let iterations = spent + result.steps;
    let bounded = limits.is_some() || matches!(method, Method::Logit { .. });
    let unmet = unmet(problem, &weights, &result.factors);
    if unmet.iter().any(|unmet| (unmet.reached / unmet.target - 1.0).abs() > ACCEPTED) {
        return Err(conflict::between_two(cells, problem).unwrap_or(Failure::Unreachable {
            unmet,
            bounded,
            limited: limits.is_none() && matches!(method, Method::Logit { .. }),
            iterations,
        }));
    }
    if bounded || (signed && method == Method::Linear) {
        return Ok(Solution { factors: result.factors, iterations });
    }
    accepted(cells, problem, method, &weights, result.factors, iterations)
}

/// Factors that meet the margins, unless they are no weights.
fn accepted(
    cells: &[Cell],
    problem: &Problem,
    method: Method,
    weights: &[f64],
    factors: Vec<f64>,
    iterations: u32,
) -> Result<Solution, Failure> {
    if method == Method::Linear {
        let negative = || factors.iter().zip(&problem.used).filter(|(factor, _)| **factor < 0.0);
        if negative().next().is_some() {
            let rows = negative().map(|(_, at)| cells[*at].n).sum();
            return Err(Failure::NegativeWeights { cells: negative().map(|(_, at)| *at).collect(), rows });
        }
    } else if let Some(failure) = vanishing::vanishing(cells, problem, weights, &factors) {
        return Err(failure);
    }
    Ok(Solution { factors, iterations })
}

pub(super) fn fitted_margins(problem: &Problem) -> Option<Vec<FittedMargin>> {
    let margins = problem.margins.iter().map(|margin| {
        let groups: Option<Vec<usize>> = margin.groups.iter().copied().collect();
        let totals = margin.categories.iter().map(|category| category.share).collect();
        Some(FittedMargin { groups: groups?, totals })
    });
    margins.collect()
}

/// The auxiliary values of every used cell and their totals: all, and each category but the largest of its
/// margin.
///
/// A margin that does not weigh every cell balances its categories among those it weighs: x is the category less
/// its share, 0 for the others, and the totals are 0.
pub(super) fn auxiliaries(
    problem: &Problem,
    weights: &[f64],
    limits: Option<&Limits>,
) -> (Vec<CalibrationRow>, Vec<f64>) {
    let limit = |at: usize| limits.map_or((f64::NEG_INFINITY, f64::INFINITY), |limits| limits[at]);
    let mut rows: Vec<CalibrationRow> = weights
        .iter()
        .enumerate()
        .map(|(at, weight)| {
            let (least, most) = limit(at);
            CalibrationRow { weight: *weight, x: vec![(0, 1.0)], least, most }
        })
        .collect();
    let mut totals = vec![1.0];
    for margin in &problem.margins {
        let balance = !margin.is_complete();
        let shares: Vec<f64> = margin.categories.iter().map(|category| category.share).collect();
        let largest = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
        let columns: Vec<Option<usize>> = (0..shares.len())
            .map(|category| {
                let column = (Some(category) != largest).then_some(totals.len());
                if column.is_some() {
                    totals.push(if balance { 0.0 } else { shares[category] });
                }
                column
            })
            .collect();
        for (row, group) in rows.iter_mut().zip(&margin.groups) {
            let Some(group) = group else { continue };
            if balance {
                let values = columns.iter().zip(&shares).enumerate();
                row.x.extend(values.filter_map(|(category, (column, share))| {
                    let own = if category == *group { 1.0 } else { 0.0 };
                    column.map(|column| (column, own - share))
                }));
            } else if let Some(column) = columns[*group] {
                row.x.push((column, 1.0));
            }
        }
    }
    (rows, totals)
}

/// Every category with its share as wanted and as reached, the worst first.
fn unmet(problem: &Problem, weights: &[f64], factors: &[f64]) -> Vec<Unmet> {
    let mut found = Vec::new();
    for (number, margin) in problem.margins.iter().enumerate() {
        let reached = shares_reached(margin.categories.len(), &margin.groups, weights, factors);
        for (category, reached) in margin.categories.iter().zip(reached) {
            let miss = (reached / category.share - 1.0).abs();
            if miss > TOLERANCE || !miss.is_finite() {
                found.push(Unmet {
                    variables: margin.variables.clone(),
                    place: Place { margin: number, category: category.place },
                    categories: category.codes.clone(),
                    target: category.share,
                    reached,
                });
            }
        }
    }
    found.sort_by(|a, b| (b.reached - b.target).abs().total_cmp(&(a.reached - a.target).abs()));
    found
}

/// The share of each category among those that the margin weighs.
pub(super) fn shares_reached(
    categories: usize,
    groups: &[Option<usize>],
    weights: &[f64],
    factors: &[f64],
) -> Vec<f64> {
    let mut parts = vec![Vec::new(); categories];
    for ((group, weight), factor) in groups.iter().zip(weights).zip(factors) {
        if let Some(group) = group {
            parts[*group].push(weight * factor);
        }
    }
    let sums: Vec<f64> = parts.into_iter().map(total).collect();
    let all = total(sums.iter().copied());
    sums.into_iter().map(|sum| if all > 0.0 { sum / all } else { 0.0 }).collect()
}
