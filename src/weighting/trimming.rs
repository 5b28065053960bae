//! Bounds of final weights, and where the weight goes that they take off.

use super::problem::{Problem, total};
use super::scheme::{Bounds, Redistribution, Scheme, Trimming};
use super::solve::{Solution, solve};
use super::{Cell, Failure, Place};

/// Passes of repeated trimming before it counts as hopeless.
const PASSES: u32 = 10_000;
/// What rounding may do to a weight at a bound.
const AT_BOUND: f64 = 1e-9;

/// Factors within the bounds.
pub(super) struct Trimmed {
    pub(super) solution: Solution,
    /// Rows that the bounds changed and that are at one.
    pub(super) rows: u64,
    /// The part of all weight that was moved.
    pub(super) moved: f64,
    /// In multiples of the mean weight.
    pub(super) bounds: (f64, f64),
}

/// `None` where every weight is within the bounds already.
pub(super) fn trim(
    cells: &[Cell],
    problem: &Problem,
    scheme: &Scheme,
    trimming: Trimming,
    mean: f64,
    free: &Solution,
) -> Result<Option<Trimmed>, Failure> {
    let bounds = of_mean(cells, problem, trimming.bounds, mean, free)?;
    let (lower, upper) = bounds;
    let outside = |weight: f64| weight < lower * (1.0 - AT_BOUND) || weight > upper * (1.0 + AT_BOUND);
    let to_mean = to_mean(problem);
    let any = problem.used.iter().zip(&free.factors).any(|(at, factor)| {
        let cell = &cells[*at];
        outside(cell.least * factor * to_mean) || outside(cell.greatest * factor * to_mean)
    });
    if !any {
        return Ok(None);
    }
    let solution = match trimming.redistribution {
        Redistribution::Reraked => reraked(cells, problem, scheme, bounds)?,
        Redistribution::EqualOnce => equal(cells, problem, bounds, free, 1)?,
        Redistribution::EqualRepeated => equal(cells, problem, bounds, free, PASSES)?,
    };
    let mut rows = 0;
    let mut moved = Vec::new();
    for ((at, before), after) in problem.used.iter().zip(&free.factors).zip(&solution.factors) {
        let cell = &cells[*at];
        let (least, greatest) = (cell.least * after * to_mean, cell.greatest * after * to_mean);
        let at_bound = least <= lower * (1.0 + AT_BOUND) || greatest >= upper * (1.0 - AT_BOUND);
        if at_bound && (after - before).abs() > AT_BOUND * before.abs() {
            rows += cell.n;
        }
        moved.push((after - before).abs() * cell.sum / problem.sum);
    }
    Ok(Some(Trimmed { solution, rows, moved: total(moved) / 2.0, bounds }))
}

/// A factor times a design weight times this is the final weight in multiples of its mean.
fn to_mean(problem: &Problem) -> f64 {
    problem.rows as f64 / problem.sum
}

fn of_mean(
    cells: &[Cell],
    problem: &Problem,
    bounds: Bounds,
    mean: f64,
    free: &Solution,
) -> Result<(f64, f64), Failure> {
    let (lower, upper) = match bounds {
        Bounds::OfMean { lower, upper } => (lower, upper),
        Bounds::Absolute { lower, upper } => (lower / mean, upper / mean),
        Bounds::Quantile { lower, upper } => {
            let ordered = 0.0 <= lower && lower < upper && upper <= 1.0;
            if !ordered {
                return Err(Failure::BoundsUnsound { lower, upper });
            }
            (quantile(cells, problem, free, lower), quantile(cells, problem, free, upper))
        }
    };
    if lower >= 0.0 && lower < upper && lower <= 1.0 && upper >= 1.0 {
        return Ok((lower, upper));
    }
    Err(Failure::BoundsUnsound { lower, upper })
}

/// The smallest weight with at least `share` of the rows at or below it, in multiples of the mean.
fn quantile(cells: &[Cell], problem: &Problem, free: &Solution, share: f64) -> f64 {
    let to_mean = to_mean(problem);
    let weight = |(at, factor): (&usize, &f64)| {
        let cell = &cells[*at];
        (factor * cell.sum / cell.n as f64 * to_mean, cell.n)
    };
    let mut weights: Vec<(f64, u64)> = problem.used.iter().zip(&free.factors).map(weight).collect();
    weights.sort_by(|a, b| a.0.total_cmp(&b.0));
    let wanted = share * problem.rows as f64;
    let mut seen = 0;
    for (weight, n) in &weights {
        seen += n;
        if seen as f64 >= wanted {
            return *weight;
        }
    }
    weights.last().map_or(1.0, |(weight, _)| *weight)
}

/// The margins met again with every row of every cell within the bounds.
fn reraked(
    cells: &[Cell],
    problem: &Problem,
    scheme: &Scheme,
    (lower, upper): (f64, f64),
) -> Result<Solution, Failure> {
    let to_mean = to_mean(problem);
    let mut limits = Vec::new();
    for at in &problem.used {
        let cell = &cells[*at];
        let (least, most) = (lower / (cell.least * to_mean), upper / (cell.greatest * to_mean));
        if least > most * (1.0 + AT_BOUND) {
            return Err(Failure::WideCell { cell: *at, least: cell.least, greatest: cell.greatest });
        }
        limits.push((least.min(most), most));
    }
    for (number, margin) in problem.margins.iter().enumerate().filter(|(_, margin)| margin.is_complete()) {
        for (index, category) in margin.categories.iter().enumerate() {
            let own = || {
                let members = problem.used.iter().zip(&limits).zip(&margin.groups);
                members.filter(|(_, group)| **group == Some(index)).map(|(member, _)| member)
            };
            let least = total(own().map(|(at, limit)| limit.0 * cells[*at].sum / problem.sum));
            let most = total(own().map(|(at, limit)| limit.1 * cells[*at].sum / problem.sum));
            let slack = AT_BOUND * category.share;
            if category.share > most + slack || category.share < least - slack {
                let of_rows = problem.rows as f64 / category.rows as f64;
                return Err(Failure::BoundsTooTight {
                    variables: margin.variables.clone(),
                    place: Place { margin: number, category: category.place },
                    categories: category.codes.clone(),
                    needed: category.share * of_rows,
                    allowed: (if category.share > most { most } else { least }) * of_rows,
                });
            }
        }
    }
    solve(cells, problem, scheme.method, Some(&limits), false)
}

/// What trimming takes off goes to the rows inside the bounds in equal parts.
fn equal(
    cells: &[Cell],
    problem: &Problem,
    (lower, upper): (f64, f64),
    free: &Solution,
    passes: u32,
) -> Result<Solution, Failure> {
    let to_mean = to_mean(problem);
    let mut weights = Vec::new();
    for (at, factor) in problem.used.iter().zip(&free.factors) {
        let cell = &cells[*at];
        if !cell.is_uniform() {
            return Err(Failure::WideCell { cell: *at, least: cell.least, greatest: cell.greatest });
        }
        weights.push((cell.greatest * factor * to_mean, cell.n as f64));
    }
    let mut done = 0;
    let outside = |weight: f64| weight < lower * (1.0 - 1e-14) || weight > upper * (1.0 + 1e-14);
    while done < passes && weights.iter().any(|(weight, _)| outside(*weight)) {
        let cut = total(weights.iter().map(|(weight, n)| (weight - weight.clamp(lower, upper)) * n));
        let inside = total(weights.iter().filter(|(weight, _)| !outside(*weight)).map(|(_, n)| *n));
        if inside <= 0.0 {
            return Err(Failure::NothingInside { lower, upper });
        }
        for (weight, _) in &mut weights {
            *weight = if outside(*weight) { weight.clamp(lower, upper) } else { *weight + cut / inside };
        }
        done += 1;
    }
    let factors =
        problem.used.iter().zip(&weights).map(|(at, (weight, _))| weight / cells[*at].greatest / to_mean);
    Ok(Solution { factors: factors.collect(), iterations: free.iterations + done })
}
