//! What the weights did, for a reader to judge them by.

use crate::stats::kish;

use super::problem::{Problem, total};
use super::solve::{TOLERANCE, shares_reached};
use super::{Cell, Place};

/// Figures about one set of weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostics {
    /// Every margin with its categories.
    pub margins: Vec<MarginOutcome>,
    /// Rounds of proportional fitting and Newton's steps.
    pub iterations: u32,
    /// Whether every category is within 1e-9 of its target, relative; equal redistribution leaves the targets.
    pub margins_hold: bool,
    /// The greatest relative distance of a category from its target.
    pub greatest_error: f64,
    /// Rows with a weight.
    pub rows: u64,
    /// Rows without, for a missing answer to a raking variable.
    pub excluded: u64,
    /// Rows without, for a category whose target is 0.
    pub unwanted: u64,
    /// What the final weights add up to.
    pub total: f64,
    /// Their mean.
    pub mean: f64,
    /// The smallest above 0.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// The greatest over the smallest.
    pub ratio: f64,
    /// Kish's effective base.
    pub kish_base: f64,
    /// Kish's design effect.
    pub kish_design_effect: f64,
    /// The effective base over the rows: 1 loses nothing.
    pub efficiency: f64,
    /// Kish's effective base of the design weights alone.
    pub design_kish_base: f64,
    /// The part of all weight that the heaviest row has.
    pub heaviest_share: f64,
    /// What trimming did; `None` without bounds, or where no weight was outside.
    pub trimming: Option<TrimmingOutcome>,
    /// What a reader should be told besides.
    pub cautions: Vec<Caution>,
}

/// A margin before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct MarginOutcome {
    /// Its variables.
    pub variables: Vec<usize>,
    /// What the targets made of what they should make; not 1 where they were rounded and scaled.
    pub given: f64,
    /// Rows that it does not weigh, since their answer is missing and imputed, or they are outside its part.
    pub not_weighed: u64,
    /// Its categories, those of missing answers last.
    pub categories: Vec<CategoryOutcome>,
}

/// A category before and after, in shares of the rows that its margin weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryOutcome {
    /// Margin and category.
    pub place: Place,
    /// By code.
    pub categories: Vec<Option<u32>>,
    /// Rows.
    pub rows: u64,
    /// Its share of the rows.
    pub sample: f64,
    /// Its share of the design weights.
    pub before: f64,
    /// Its share as wanted.
    pub target: f64,
    /// Its share of the final weights.
    pub after: f64,
}

/// What trimming did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrimmingOutcome {
    /// Bounds of the final weights.
    pub lower: f64,
    /// Bounds of the final weights.
    pub upper: f64,
    /// Rows held at a bound.
    pub rows: u64,
    /// The part of all weight that was moved from some rows to others.
    pub moved: f64,
    /// The effective base without bounds.
    pub kish_base_before: f64,
}

/// What is worth a word, though the weights are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Caution {
    /// One row has much of all weight.
    HeavyRow {
        /// Its part of all weight.
        share: f64,
    },
    /// The weights cost more than half of the sample.
    LowEfficiency {
        /// The effective base over the rows.
        efficiency: f64,
    },
    /// Targets were scaled to make their sum.
    TargetsRounded {
        /// The margin.
        margin: usize,
        /// What they made of what they should make.
        given: f64,
    },
    /// Bounds hold and the margins do not.
    MarginsLeft {
        /// The greatest relative distance of a category from its target.
        error: f64,
    },
}

/// A row with more than this part of all weight, and more than this many times the mean, is named.
const HEAVY: (f64, f64) = (0.05, 10.0);
/// Less than this effective base over rows is named.
const EFFICIENT: f64 = 0.5;
/// A margin that misses by more does not hold.
const HOLDS: f64 = 1e-9;

/// Whether the heaviest row is to be named: with this part of all weight, and this weight where the mean is that.
pub fn is_heavy(share: f64, max: f64, mean: f64) -> bool {
    share > HEAVY.0 && max > HEAVY.1 * mean
}

/// `factors` are relative to their mean over the design weights.
pub(super) fn diagnose(
    cells: &[Cell],
    problem: &Problem,
    factors: &[f64],
    given: &[f64],
    sum: f64,
    iterations: u32,
) -> Diagnostics {
    let weights: Vec<f64> = problem.used.iter().map(|at| cells[*at].sum / problem.sum).collect();
    let margins: Vec<MarginOutcome> = problem
        .margins
        .iter()
        .enumerate()
        .map(|(number, margin)| {
            let rows: u64 = margin.categories.iter().map(|category| category.rows).sum();
            let weight = margin.weight();
            let shares = total(margin.categories.iter().map(|category| category.share));
            let after = shares_reached(margin.categories.len(), &margin.groups, &weights, factors);
            let categories = margin.categories.iter().zip(after).map(|(category, after)| CategoryOutcome {
                place: Place { margin: number, category: category.place },
                categories: category.codes.clone(),
                rows: category.rows,
                sample: category.rows as f64 / rows as f64,
                before: category.weight / weight,
                target: category.share / shares,
                after,
            });
            let categories = categories.collect();
            let not_weighed = problem.rows - rows.min(problem.rows);
            MarginOutcome {
                variables: margin.variables.clone(),
                given: given[number],
                not_weighed,
                categories,
            }
        })
        .collect();
    let misses = margins.iter().flat_map(|margin| &margin.categories);
    let greatest_error = misses.map(|c| (c.after / c.target - 1.0).abs()).fold(0.0, f64::max);
    let scale = sum / problem.sum;
    let pairs = || problem.used.iter().zip(factors).map(|(at, factor)| (&cells[*at], factor * scale));
    let min = pairs().map(|(cell, f)| f * cell.least).filter(|w| *w > 0.0).fold(f64::INFINITY, f64::min);
    let max = pairs().map(|(cell, f)| f * cell.greatest).fold(0.0, f64::max);
    let reached = total(pairs().map(|(cell, f)| f * cell.sum));
    let effective = |f: &dyn Fn(f64) -> f64| {
        let squares = total(pairs().map(|(cell, factor)| f(factor) * f(factor) * cell.sum_of_squares));
        let sum = total(pairs().map(|(cell, factor)| f(factor) * cell.sum));
        kish(problem.rows, sum, squares)
    };
    let rows = problem.rows as f64;
    let weighted = effective(&|factor| factor);
    let kish_base = weighted.map_or(0.0, |kish| kish.effective_n);
    let mut diagnostics = Diagnostics {
        margins,
        iterations,
        margins_hold: greatest_error <= HOLDS,
        greatest_error,
        rows: problem.rows,
        excluded: problem.excluded,
        unwanted: problem.unwanted,
        total: reached,
        mean: reached / rows,
        min,
        max,
        ratio: max / min,
        kish_base,
        kish_design_effect: weighted.map_or(0.0, |kish| kish.design_effect),
        efficiency: kish_base / rows,
        design_kish_base: effective(&|_| 1.0).map_or(0.0, |kish| kish.effective_n),
        heaviest_share: max / reached,
        trimming: None,
        cautions: Vec::new(),
    };
    diagnostics.cautions = cautions(&diagnostics);
    diagnostics
}

fn cautions(diagnostics: &Diagnostics) -> Vec<Caution> {
    let mut cautions = Vec::new();
    let share = diagnostics.heaviest_share;
    if is_heavy(share, diagnostics.max, diagnostics.mean) {
        cautions.push(Caution::HeavyRow { share });
    }
    if diagnostics.efficiency < EFFICIENT {
        cautions.push(Caution::LowEfficiency { efficiency: diagnostics.efficiency });
    }
    for (margin, outcome) in diagnostics.margins.iter().enumerate() {
        if (outcome.given - 1.0).abs() > TOLERANCE {
            cautions.push(Caution::TargetsRounded { margin, given: outcome.given });
        }
    }
    if !diagnostics.margins_hold {
        cautions.push(Caution::MarginsLeft { error: diagnostics.greatest_error });
    }
    cautions
}
