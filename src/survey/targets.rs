//! Whether a table of targets can be used, wherever it was written: in the definition or in a file beside it.

use std::collections::BTreeSet;

use super::gate::segment_value;
use super::label::normalize;
use super::segment::Segment;
use super::weighting::{MarginDefinition, NO_ANSWER, TargetUnit};
use crate::diagnostic::{Diagnostic, Place};

/// Targets may miss their sum by this part, which is what rounding does.
const ROUNDING: f64 = 0.005;

/// Gives each category the name that reports show (a code its label), and says what is wrong with the targets: two for
/// one category, values that a segment does not have, negative ones, none above 0, shares that do not make 1. Where
/// some were left out because of complaints of their own (`is_whole` is false), sums are not looked at.
pub fn settle_targets(
    margin: &mut MarginDefinition,
    segments: &[Segment],
    is_whole: bool,
) -> Vec<Diagnostic> {
    let subject = format!("[weighting], targets of `{}`", margin.name());
    let mut found = Vec::new();
    let of: Vec<Option<&Segment>> = margin
        .variables
        .iter()
        .map(|variable| segments.iter().find(|segment| segment.id == *variable))
        .collect();
    let mut seen = BTreeSet::new();
    for target in &mut margin.targets {
        let mut is_known = true;
        for (category, segment) in target.categories.iter_mut().zip(&of) {
            match settled(category, *segment) {
                Ok(name) => *category = name,
                Err((message, help)) => {
                    is_known = false;
                    let complaint =
                        Diagnostic::error("unknown_segment_value", format!("{subject}: {message}"));
                    found.push(at(
                        complaint.why("nobody would ever be in it").help(help),
                        target.place.as_ref(),
                    ));
                }
            }
        }
        let name = target.categories.join(" × ");
        if target.value < 0.0 || !target.value.is_finite() {
            let message = format!("{subject}: the target of `{name}` is {}", target.value);
            let complaint = Diagnostic::error("bad_target", message)
                .why("a target is how many there are, or their share")
                .help("write 0 or more");
            found.push(at(complaint, target.place.as_ref()));
        }
        if is_known && !seen.insert(target.categories.clone()) {
            let complaint =
                Diagnostic::error("duplicate_value", format!("{subject}: `{name}` has two targets"))
                    .why("it cannot be told which is meant")
                    .help("keep one of them; a code and its label are the same");
            found.push(at(complaint, target.place.as_ref()));
        }
    }
    if is_whole && found.is_empty() {
        found.extend(without_target(margin, &of, &subject));
        found.extend(sum(margin, &subject));
    }
    found
}

/// A category as reports name it.
fn settled(given: &str, segment: Option<&Segment>) -> Result<String, (String, String)> {
    let given = normalize(given);
    if given == NO_ANSWER {
        return Ok(given);
    }
    let Some(segment) = segment else { return Ok(given) };
    segment_value(segment, &given)
        .map_err(|help| (format!("segment `{}` has no value `{given}`", segment.id), help))
}

/// Bands that no target speaks of: whoever is in one could not be weighted.
fn without_target(
    margin: &MarginDefinition,
    of: &[Option<&Segment>],
    subject: &str,
) -> impl Iterator<Item = Diagnostic> {
    let mut found = Vec::new();
    for (position, segment) in of.iter().enumerate() {
        for band in segment.iter().flat_map(|segment| &segment.bands) {
            let is_there = |categories: &[String]| categories.get(position) == Some(&band.label);
            if !margin.targets.iter().any(|target| is_there(&target.categories)) {
                let complaint = Diagnostic::error(
                    "missing_target",
                    format!("{subject}: band `{}` has no target", band.label),
                )
                .why("whoever is in it could not be weighted")
                .help("give it a target; 0 leaves these rows out");
                found.push(at(complaint, margin.place.as_ref()));
            }
        }
    }
    found.into_iter()
}

/// What is wrong with the sum.
fn sum(margin: &MarginDefinition, subject: &str) -> Option<Diagnostic> {
    let sum: f64 = margin.targets.iter().map(|target| target.value).sum();
    if !(sum > 0.0 && sum.is_finite()) {
        let complaint = if margin.targets.is_empty() {
            Diagnostic::error("no_targets", format!("{subject}: there are none"))
                .help("write the share of each category: `North = 0.25`")
        } else {
            Diagnostic::error("bad_target", format!("{subject}: they are all 0, or too large to add up"))
                .help("write how many there are of each category, or their share")
        };
        return Some(at(complaint.why("nobody would get any weight"), margin.place.as_ref()));
    }
    // As the weighting itself reads them.
    let (expected, help) = match margin.unit {
        TargetUnit::Share => (1.0, COUNTS),
        TargetUnit::Percent => (100.0, COUNTS),
        TargetUnit::BySum if sum <= 1.5 => (1.0, SHARES),
        TargetUnit::BySum if (90.0..=110.0).contains(&sum) || has_parts(margin) => (100.0, SHARES),
        TargetUnit::BySum | TargetUnit::Count => return None,
    };
    if (sum / expected - 1.0).abs() <= ROUNDING {
        return None;
    }
    let made = format!("{sum:.6}");
    let made = made.trim_end_matches('0').trim_end_matches('.');
    let complaint = Diagnostic::error("bad_sum", format!("{subject}: they make {made}, not {expected}"))
        .why("shares of everyone make 1, or 100 where they are percentages")
        .help(help);
    Some(at(complaint, margin.place.as_ref()))
}

/// Whether targets are too small and too finely given to be numbers of people: 45.3, 6.7 and 10 are percentages that
/// do not make 100.
fn has_parts(margin: &MarginDefinition) -> bool {
    let values = || margin.targets.iter().map(|target| target.value);
    values().all(|value| value <= 100.0) && values().any(|value| value.fract().abs() > 0.0)
}

const SHARES: &str =
    "correct them; where they are numbers of people, say so by `unit = \"count\"` under [weighting]";
const COUNTS: &str = "correct them, or the unit: numbers of people are `unit = \"count\"` under [weighting], or a column `count` of a file";

fn at(complaint: Diagnostic, place: Option<&Place>) -> Diagnostic {
    Diagnostic { place: place.cloned(), ..complaint }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::weighting::TargetDefinition;

    fn margin(unit: TargetUnit, values: &[f64]) -> MarginDefinition {
        let target = |(at, value): (usize, &f64)| TargetDefinition {
            categories: vec![format!("c{at}")],
            value: *value,
            place: None,
        };
        MarginDefinition {
            variables: vec!["v".to_owned()],
            targets: values.iter().enumerate().map(target).collect(),
            unit,
            ..MarginDefinition::default()
        }
    }

    fn codes(unit: TargetUnit, values: &[f64]) -> Vec<&'static str> {
        settle_targets(&mut margin(unit, values), &[], true).iter().map(|complaint| complaint.code).collect()
    }

    #[test]
    fn sums_are_read_as_shares_percentages_or_people() {
        use TargetUnit::{BySum, Count, Percent, Share};
        for good in [[0.25, 0.75], [25.0, 75.0], [0.252, 0.752], [1.0, 1.0], [300.0, 0.0]] {
            assert_eq!(codes(BySum, &good), [""; 0], "{good:?}");
        }
        assert_eq!(codes(BySum, &[0.25, 0.65]), ["bad_sum"]);
        assert_eq!(codes(BySum, &[45.0, 50.0]), ["bad_sum"]);
        assert_eq!(codes(BySum, &[45.3, 84.7]), ["bad_sum"], "no parts of people");
        assert_eq!(codes(BySum, &[450.5, 847.0]), [""; 0], "thousands of people");
        assert_eq!(codes(Count, &[45.0, 50.0]), [""; 0]);
        assert_eq!(codes(Count, &[0.5, 0.4]), [""; 0]);
        assert_eq!(codes(Percent, &[25.0, 74.4]), ["bad_sum"]);
        assert_eq!(codes(Percent, &[25.0, 74.6]), [""; 0]);
        assert_eq!(codes(Share, &[25.0, 75.0]), ["bad_sum"]);
        assert_eq!(codes(BySum, &[0.0, 0.0]), ["bad_target"]);
        assert_eq!(codes(BySum, &[]), ["no_targets"]);
        assert_eq!(codes(BySum, &[-0.5, 1.5]), ["bad_target"]);
        assert_eq!(codes(BySum, &[f64::NAN, f64::INFINITY]), ["bad_target", "bad_target"]);
    }
}
