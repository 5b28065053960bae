//! From counts to weights: raking, post-stratification and calibration, with the reasons where there are none.
//!
//! Cells of counted rows go in, a factor per cell comes out; a row's final weight is its design weight times
//! the factor of its cell. Nothing here sees a row, so weighting costs the same for a thousand and for ten
//! million of them, and standard errors that know of the weighting are made of the same counts.
//!
//! Bad weights are refused, never returned: an empty category, targets that contradict each other or the
//! sample, bounds that leave no room; each [`Failure`] says where and what would help.
//!
//! ```
//! use csat::weighting::{Cell, Margin, Scheme, Target, Unit, weigh};
//!
//! // 60 women and 40 men answered; there are as many men as women.
//! let cells = [Cell::unweighted(vec![Some(0)], 60), Cell::unweighted(vec![Some(1)], 40)];
//! let target = |code, value| Target { categories: vec![Some(code)], value };
//! let gender = Margin {
//!     variables: vec![0],
//!     targets: vec![target(0, 0.5), target(1, 0.5)],
//!     unit: Unit::Share,
//!     within: None,
//! };
//! let weighted = weigh(&cells, &Scheme { margins: vec![gender], ..Scheme::default() }).expect("targets that fit");
//! assert!((weighted.factors[0] - 50.0 / 60.0).abs() < 1e-12);
//! assert!((weighted.diagnostics.kish_design_effect - 1.041_666_666_666_667).abs() < 1e-12);
//! ```

mod apply;
mod cell;
mod conflict;
mod covariance;
mod declared;
mod design;
mod diagnostics;
mod failure;
mod linearisation;
mod part;
mod problem;
mod products;
mod replicate;
mod replicated;
mod reweighed;
mod reweighed_values;
mod sampling;
mod scheme;
mod sentence;
mod solve;
mod solved;
mod targets;
mod trimming;
mod vanishing;

#[cfg(test)]
mod apply_tests;
#[cfg(test)]
mod covariance_tests;
#[cfg(test)]
mod drawn_tests;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod replicated_tests;
#[cfg(test)]
mod samples;

pub use apply::apply;
pub use cell::Cell;
pub use covariance::{Covariances, Members};
pub use declared::Declared;
pub use design::{Design, Refused, SinglePsu, SolvingScope};
pub use diagnostics::{CategoryOutcome, Caution, Diagnostics, MarginOutcome, TrimmingOutcome, is_heavy};
pub use failure::{Failure, Names, Place, Sentence, Side, Unmet};
pub use linearisation::{Answers, Linearisation, VarianceForm};
pub use replicate::reweigh;
pub use replicated::Replicated;
pub use scheme::{
    Bounds, Margin, Method, Missing, Redistribution, Scale, Scheme, Target, Trimming, Unit, Within,
};
pub use solved::{DesignMean, Solved};

use problem::Problem;

/// Weights that meet their targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    /// For every cell, in the order given, what its rows' design weights are multiplied by; 0 for cells left out.
    pub factors: Vec<f64>,
    /// What the weights did.
    pub diagnostics: Diagnostics,
    problem: Problem,
    form: VarianceForm,
}

/// Weights for the cells of one scope (a wave, a segment with targets of its own).
///
/// # Errors
/// Everything that is wrong with targets and sample at once; a failure of solving alone.
pub fn weigh(cells: &[Cell], scheme: &Scheme) -> Result<Weighted, Vec<Failure>> {
    check(cells, scheme)?;
    let variables = cells.first().map_or(0, |cell| cell.categories.len());
    let targets = targets::resolve(&scheme.margins, variables)?;
    let problem = Problem::of(cells, scheme, &targets)?;
    let sum = match scheme.scale {
        Scale::Base => Some(problem.rows as f64),
        Scale::DesignWeights => Some(problem.sum),
        Scale::Targets => targets.total,
        Scale::Total(sum) => Some(sum),
    };
    let Some(sum) = sum.filter(|sum| *sum > 0.0 && sum.is_finite()) else {
        return Err(vec![Failure::NoTotal]);
    };
    let one = |failure| vec![failure];
    let reraked = scheme.trimming.is_some_and(|trimming| trimming.redistribution == Redistribution::Reraked);
    let free = solve::solve(cells, &problem, scheme.method, None, reraked).map_err(one)?;
    let mean = sum / problem.rows as f64;
    let trimmed = match scheme.trimming {
        Some(trimming) => trimming::trim(cells, &problem, scheme, trimming, mean, &free).map_err(one)?,
        None => None,
    };
    let diagnose = |solution: &solve::Solution| {
        diagnostics::diagnose(cells, &problem, &solution.factors, &targets.given, sum, solution.iterations)
    };
    let mut diagnostics = diagnose(&free);
    let mut form = VarianceForm::of(scheme.method, &problem);
    let mut relative = free.factors;
    if let Some(trimmed) = trimmed {
        let before = diagnostics.kish_base;
        diagnostics = diagnose(&trimmed.solution);
        diagnostics.trimming = Some(TrimmingOutcome {
            lower: trimmed.bounds.0 * mean,
            upper: trimmed.bounds.1 * mean,
            rows: trimmed.rows,
            moved: trimmed.moved,
            kish_base_before: before,
        });
        relative = trimmed.solution.factors;
        form = VarianceForm::Fixed;
    }
    let mut factors = vec![0.0; cells.len()];
    for (at, factor) in problem.used.iter().zip(relative) {
        factors[*at] = factor * (sum / problem.sum);
    }
    // Design weights at the ends of the number range; what they were can only be guessed.
    match factors.iter().position(|factor| !factor.is_finite()) {
        Some(cell) => Err(vec![Failure::CellUnsound { cell }]),
        None => Ok(Weighted { factors, diagnostics, problem, form }),
    }
}

fn check(cells: &[Cell], scheme: &Scheme) -> Result<(), Vec<Failure>> {
    if scheme.margins.is_empty() {
        return Err(vec![Failure::NoMargins]);
    }
    if scheme.method == Method::PostStratification && scheme.margins.len() > 1 {
        return Err(vec![Failure::OneMarginNeeded { margins: scheme.margins.len() }]);
    }
    if let Method::Logit { lower, upper } = scheme.method {
        let sound = (0.0..1.0).contains(&lower) && upper > 1.0 && upper.is_finite();
        if !sound {
            return Err(vec![Failure::LimitsUnsound { lower, upper }]);
        }
    }
    let variables = cells.first().map_or(0, |cell| cell.categories.len());
    let unsound = |cell: &Cell| !cell.is_sound() || cell.categories.len() != variables;
    if cells.iter().all(|cell| cell.n == 0) {
        return Err(vec![Failure::NoWeight { rows: 0, excluded: 0 }]);
    }
    match cells.iter().position(unsound) {
        Some(cell) => Err(vec![Failure::CellUnsound { cell }]),
        None => Ok(()),
    }
}
