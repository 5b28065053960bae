//! A failure in words: what, where, what would help.

use std::fmt::{Formatter, Result};

use super::Failure;
use super::failure::{Names, Side};

pub(super) fn write(f: &mut Formatter<'_>, failure: &Failure, names: &dyn Names) -> Result {
    let margin = |number: &usize, variables: &[usize]| names.margin(*number, variables);
    let category = |variables: &[usize], codes: &[Option<u32>]| category(names, variables, codes);
    match failure {
        Failure::NoMargins => write!(f, "weighting has no targets"),
        Failure::OneMarginNeeded { margins } => write!(
            f,
            "post-stratification takes one table of targets, {margins} are given; cross the variables in one table, \
             or rake"
        ),
        Failure::MarginShape { margin } => write!(
            f,
            "table {} of the targets does not fit its variables: each target needs one category of each",
            margin + 1
        ),
        Failure::TargetNotPositive { variables, place, categories, value } => write!(
            f,
            "the target of {} for {} is {value}; it has to be 0 or more",
            margin(&place.margin, variables),
            category(variables, categories)
        ),
        Failure::TargetsAllZero { margin: which, variables } => {
            write!(f, "all targets of {} are 0", margin(which, variables))
        }
        Failure::TargetTwice { variables, place, categories } => {
            write!(
                f,
                "{} has two targets for {}",
                margin(&place.margin, variables),
                category(variables, categories)
            )
        }
        Failure::TargetsDoNotSum { margin: which, variables, sum, expected } => write!(
            f,
            "the targets of {} make {}, not {}; correct them, or give numbers of people",
            margin(which, variables),
            number(*sum),
            number(*expected)
        ),
        Failure::TotalsDiffer {
            first,
            first_variables,
            first_total,
            other,
            other_variables,
            other_total,
        } => write!(
            f,
            "the targets of {} count {} people, those of {} count {}; give the same total, or shares",
            margin(first, first_variables),
            number(*first_total),
            margin(other, other_variables),
            number(*other_total)
        ),
        Failure::NoTotal => write!(
            f,
            "the weights are to make the population, but its size is not known: give targets as numbers, or a total"
        ),
        Failure::EmptyCategory { variables, place, categories, target, rows, neighbour } => {
            let what = category(variables, categories);
            let of = margin(&place.margin, variables);
            write!(f, "{of}: {} of the weight should be {what}, but ", percent(*target))?;
            match rows {
                0 => write!(f, "nobody in the sample is")?,
                1 => write!(f, "the only row there has the design weight 0")?,
                rows => write!(f, "all {rows} rows there have the design weight 0")?,
            }
            match neighbour {
                Some(near) => {
                    write!(
                        f,
                        "; merge {what} with {}, or drop {of} from the targets",
                        category(variables, near)
                    )
                }
                None => write!(f, "; drop {of} from the targets"),
            }
        }
        Failure::UnknownCategory { margin: which, variables, categories, rows } => write!(
            f,
            "{}: {} in the sample, but the targets have no such category; add a target for it, or merge it with one",
            margin(which, variables),
            people(*rows, &category(variables, categories))
        ),
        Failure::CellUnsound { cell } => {
            write!(f, "the counts of cell {cell} contradict each other")
        }
        Failure::NoWeight { rows, excluded } => {
            if *rows > 0 && rows == excluded {
                write!(
                    f,
                    "all {rows} rows lack an answer to a weighting variable, and such rows are excluded"
                )
            } else {
                write!(f, "no row has a design weight above 0 ({rows} rows)")
            }
        }
        Failure::Conflict { needs, within } => write!(
            f,
            "everyone in the sample with {} also has {}; the targets want {} of the first and only {} of the second; \
             merge categories of {} or of {}, or drop one of the two",
            side(names, needs),
            side(names, within),
            percent(needs.share),
            percent(within.share),
            margin(&needs.margin, &needs.variables),
            margin(&within.margin, &within.variables)
        ),
        Failure::Vanishing { sides, rows } => {
            let sides: Vec<String> = sides.iter().map(|part| side(names, part)).collect();
            write!(
                f,
                "the targets can be met only if nobody with {} is given any weight ({rows} rows); check these \
                 targets, or merge categories",
                sides.join(" and ")
            )
        }
        Failure::Unreachable { unmet, bounded, limited, iterations } => {
            write!(
                f,
                "the targets cannot all be met{} ({iterations} iterations)",
                within_bounds(*bounded, *limited)
            )?;
            for (place, unmet) in unmet.iter().take(3).enumerate() {
                write!(
                    f,
                    "{} {}: {} wanted, {} reached",
                    if place == 0 { ":" } else { ";" },
                    phrase(names, unmet.place.margin, &unmet.variables, &unmet.categories),
                    percent(unmet.target),
                    percent(unmet.reached)
                )?;
            }
            write!(
                f,
                "; {}",
                match (*bounded, *limited) {
                    (_, true) => "widen the limits, or merge categories",
                    (true, false) => "widen the bounds, or merge categories",
                    (false, false) => "merge categories, or drop a table",
                }
            )
        }
        Failure::BoundsTooTight { variables, place, categories, needed, allowed } => write!(
            f,
            "{}: the rows need {} times the mean weight on average, the bounds allow {}; widen the bounds, or merge \
             the category with another",
            phrase(names, place.margin, variables, categories),
            number(*needed),
            number(*allowed)
        ),
        Failure::WideCell { least, greatest, .. } => write!(
            f,
            "design weights from {} to {} stand in one cell, and the bounds on final weights cannot hold for both ends; \
             widen the bounds",
            number(*least),
            number(*greatest)
        ),
        Failure::BoundsUnsound { lower, upper } => {
            write!(
                f,
                "bounds from {lower} to {upper}: the lower has to be at least 0, the upper above it, and the mean between"
            )
        }
        Failure::NothingInside { lower, upper } => write!(
            f,
            "no weight is between the bounds of {} and {} times the mean, so that what they take off has nowhere to go; \
             widen the bounds, or leave out redistribute",
            number(*lower),
            number(*upper)
        ),
        Failure::LimitsUnsound { lower, upper } => {
            write!(
                f,
                "limits from {lower} to {upper}: the lower has to be at least 0 and below 1, the upper above 1"
            )
        }
        Failure::SinglePsu { stratum, clustered } => write!(
            f,
            "only one {} was drawn in stratum {stratum}, which tells no variance; join it with a similar stratum, or \
             set single_psu",
            if *clustered { "cluster" } else { "row" }
        ),
        Failure::PopulationExceeded { stratum, population, units, clustered } => write!(
            f,
            "stratum {stratum} has {units} {}, more than its population of {}; correct the population",
            if *clustered { "clusters" } else { "rows" },
            number(*population)
        ),
        Failure::NegativeWeights { rows, .. } => write!(
            f,
            "linear calibration would give {rows} rows a negative weight; set bounds, or use raking"
        ),
    }
}

fn category(names: &dyn Names, variables: &[usize], codes: &[Option<u32>]) -> String {
    let parts = variables.iter().zip(codes).map(|(variable, code)| names.category(*variable, *code));
    parts.collect::<Vec<_>>().join(" × ")
}

fn phrase(names: &dyn Names, margin: usize, variables: &[usize], codes: &[Option<u32>]) -> String {
    format!("{} = {}", names.margin(margin, variables), category(names, variables, codes))
}

fn side(names: &dyn Names, side: &Side) -> String {
    let parts: Vec<String> =
        side.categories.iter().map(|codes| category(names, &side.variables, codes)).collect();
    format!("{} = {}", names.margin(side.margin, &side.variables), parts.join(" or "))
}

fn people(rows: u64, what: &str) -> String {
    if rows == 1 { format!("one row is {what}") } else { format!("{rows} rows are {what}") }
}

fn within_bounds(bounded: bool, limited: bool) -> &'static str {
    match (bounded, limited) {
        (_, true) => " within the limits",
        (true, false) => " within the bounds",
        (false, false) => "",
    }
}

fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0))
}

/// Four significant digits, more for large numbers, no zeros at the end.
fn number(x: f64) -> String {
    let digits = if x.abs() >= 1000.0 { 2 } else { 4 };
    let text = format!("{x:.digits$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
