//! Targets as they were declared, made into shares of one total.

use std::collections::BTreeSet;

use super::scheme::{Margin, Unit};
use super::{Failure, Place};

/// Targets may miss their sum by this part through rounding; they are scaled, and the diagnostics say what they
/// made.
const ROUNDING: f64 = 0.005;

pub(super) struct Targets {
    /// Each margin's shares, which make 1.
    pub(super) shares: Vec<Vec<f64>>,
    /// What each margin made of what it should have: 1 where nothing was rounded.
    pub(super) given: Vec<f64>,
    /// The population, if a margin counts it.
    pub(super) total: Option<f64>,
}

pub(super) fn resolve(margins: &[Margin], variables: usize) -> Result<Targets, Vec<Failure>> {
    let mut failures = Vec::new();
    for (index, margin) in margins.iter().enumerate() {
        check(index, margin, variables, &mut failures);
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    let mut targets = Targets { shares: Vec::new(), given: Vec::new(), total: None };
    let mut counted: Option<(usize, f64)> = None;
    for (index, margin) in margins.iter().enumerate() {
        let sum: f64 = margin.targets.iter().map(|target| target.value).sum();
        targets.shares.push(margin.targets.iter().map(|target| target.value / sum).collect());
        let Some(expected) = expected(margin.unit, sum) else {
            targets.given.push(1.0);
            if margin.within.is_some() {
                continue;
            }
            match counted {
                None => counted = Some((index, sum)),
                Some((first, total)) if (sum / total - 1.0).abs() > ROUNDING => {
                    failures.push(Failure::TotalsDiffer {
                        first,
                        first_variables: margins[first].variables.clone(),
                        first_total: total,
                        other: index,
                        other_variables: margin.variables.clone(),
                        other_total: sum,
                    });
                }
                Some((_, total)) => targets.given[index] = sum / total,
            }
            continue;
        };
        targets.given.push(sum / expected);
        if (sum / expected - 1.0).abs() > ROUNDING {
            let variables = margin.variables.clone();
            failures.push(Failure::TargetsDoNotSum { margin: index, variables, sum, expected });
        }
    }
    targets.total = counted.map(|(_, total)| total);
    if failures.is_empty() { Ok(targets) } else { Err(failures) }
}

/// What the targets of a margin should make; `None` for numbers of people.
fn expected(unit: Unit, sum: f64) -> Option<f64> {
    match unit {
        Unit::Share => Some(1.0),
        Unit::Percent => Some(100.0),
        Unit::BySum if sum <= 1.5 => Some(1.0),
        Unit::BySum if (90.0..=110.0).contains(&sum) => Some(100.0),
        Unit::BySum | Unit::Count => None,
    }
}

fn check(index: usize, margin: &Margin, variables: usize, failures: &mut Vec<Failure>) {
    let named: BTreeSet<usize> = margin.variables.iter().copied().collect();
    let width = margin.variables.len();
    if width == 0
        || named.len() < width
        || named.iter().any(|variable| *variable >= variables)
        || margin.within.is_some_and(|within| within.variable >= variables)
        || margin.targets.iter().any(|target| target.categories.len() != width)
    {
        failures.push(Failure::MarginShape { margin: index });
        return;
    }
    let own = || margin.variables.clone();
    let mut seen = BTreeSet::new();
    for (category, target) in margin.targets.iter().enumerate() {
        let place = Place { margin: index, category };
        let categories = || target.categories.clone();
        if !target.value.is_finite() || target.value < 0.0 {
            let value = target.value;
            failures.push(Failure::TargetNotPositive {
                variables: own(),
                place,
                categories: categories(),
                value,
            });
        }
        if !seen.insert(&target.categories) {
            failures.push(Failure::TargetTwice { variables: own(), place, categories: categories() });
        }
    }
    let sum: f64 = margin.targets.iter().map(|target| target.value.max(0.0)).sum();
    // Written so that a sum beyond the range counts as none.
    if !(sum > 0.0 && sum.is_finite()) {
        failures.push(Failure::TargetsAllZero { margin: index, variables: own() });
    }
}
