//! Which construct goes with which.

use crate::measures::rounded;
use crate::report::{Flag, PathConstruct, PathItem, PathModelSection, PathRefusal, PathRow};
use crate::stats::{Interval, PathFault, PathLimits, PathModel, PathSample, PathSolution};
use crate::survey::{Construct, Survey};

use super::{Work, rarer_sign};

/// How the model is fitted; how its limits are found comes behind.
const METHOD: &str = "partial least squares, mode A, path scheme";

/// Respondents beyond the items below which nothing is fitted.
const LEAST_BEYOND: u64 = 3;

pub(super) fn section(work: &Work<'_, '_>) -> Option<PathModelSection> {
    let survey = work.subject.survey;
    let members = members(survey);
    if members.is_empty() {
        return None;
    }
    let items: Vec<&str> =
        members.iter().flat_map(|(_, construct)| construct.items.iter().map(String::as_str)).collect();
    let named = PathModelSection {
        wave: work.subject.wave(),
        method: METHOD.to_owned(),
        ..PathModelSection::default()
    };
    if let Some(flag) = work.hidden(&items) {
        return Some(PathModelSection { flag: Some(flag), ..named });
    }
    let complete = work.complete(&items);
    let base = complete.rows();
    let named = PathModelSection {
        base: Some(base),
        incomplete: Some(complete.incomplete),
        flag: work.small(base),
        ..named
    };
    if base < items.len() as u64 + LEAST_BEYOND {
        return Some(PathModelSection { refused: Some(PathRefusal::TooFewAnswers), ..named });
    }
    let constant =
        |column: &Vec<f64>| column.iter().all(|x| column.first().is_some_and(|y| x.total_cmp(y).is_eq()));
    if let Some(place) = complete.columns.iter().position(constant) {
        let refused_by = items.get(place).map(|item| (*item).to_owned());
        return Some(PathModelSection { refused: Some(PathRefusal::ConstantQuestion), refused_by, ..named });
    }
    let place = |id: &String| members.iter().position(|(member, _)| *member == id);
    let model = PathModel {
        blocks: members.iter().map(|(_, construct)| construct.items.len()).collect(),
        paths: survey.paths.iter().filter_map(|path| Some((place(&path.from)?, place(&path.to)?))).collect(),
    };
    let sample = PathSample { model: &model, items: &complete.columns, weights: complete.weights.as_deref() };
    Some(match sample.solve() {
        Ok(solution) => {
            let seed = work.subject.context_of(work.total, &[]).bootstrap.seed;
            let limits = sample.limits(&solution, work.subject.map.confidence, seed);
            let left = work.left(base);
            let named =
                if left <= 0.0 { PathModelSection { flag: Some(Flag::Census), ..named } } else { named };
            filled(named, survey, &members, (&solution, &limits, left))
        }
        Err(fault) => {
            let (refusal, by) = match fault {
                PathFault::Collinear(member) => (PathRefusal::Collinear, members.get(member)),
                PathFault::NotConverged | PathFault::Unusable => (PathRefusal::NotConverged, None),
            };
            let refused_by = by.map(|(id, _)| (*id).to_owned());
            PathModelSection { refused: Some(refusal), refused_by, ..named }
        }
    })
}

/// The constructs with questions that are in a path, in written order.
fn members(survey: &Survey) -> Vec<(&str, &Construct)> {
    let in_path = |id: &String| survey.paths.iter().any(|path| path.from == *id || path.to == *id);
    let members =
        survey.constructs.iter().filter(|(id, construct)| in_path(id) && !construct.items.is_empty());
    members.map(|(id, construct)| (id.as_str(), construct)).collect()
}

fn filled(
    named: PathModelSection,
    survey: &Survey,
    members: &[(&str, &Construct)],
    (solution, limits, left): (&PathSolution, &PathLimits, f64),
) -> PathModelSection {
    // Of a finite population the part 1 - f of the variance is left: limits move towards the estimate by its root.
    let towards = |limit: f64, estimate: f64| estimate + left.sqrt() * (limit - estimate);
    let low = |limits: &[Option<Interval>], place: usize, estimate: f64| {
        let low = limits.get(place).copied().flatten().filter(|_| left > 0.0)?.low;
        rounded(towards(low, estimate).min(estimate).max(-1.0))
    };
    let high = |limits: &[Option<Interval>], place: usize, estimate: f64| {
        let high = limits.get(place).copied().flatten().filter(|_| left > 0.0)?.high;
        rounded(towards(high, estimate).max(estimate).min(1.0))
    };
    let constructs = members.iter().enumerate().map(|(place, (id, construct))| {
        let r2 = solution.r2.get(place).copied().flatten();
        PathConstruct {
            construct: (*id).to_owned(),
            label: construct.label.as_deref().unwrap_or(id).to_owned(),
            r2: r2.and_then(rounded),
            r2_low: r2.and_then(|r2| low(&limits.r2, place, r2)).map(|low| low.max(0.0)),
            r2_high: r2.and_then(|r2| high(&limits.r2, place, r2)),
            average_variance_extracted: solution.variance_extracted.get(place).copied().and_then(rounded),
            composite_reliability: solution
                .composite_reliability
                .get(place)
                .copied()
                .flatten()
                .and_then(rounded),
        }
    });
    let against = against(members, &solution.loadings);
    let owned =
        members.iter().flat_map(|(id, construct)| construct.items.iter().map(move |item| (*id, item)));
    let figures = solution.weights.iter().zip(&solution.loadings);
    let items = owned.zip(figures).enumerate().filter_map(|(place, ((id, item), (weight, loading)))| {
        Some(PathItem {
            construct: id.to_owned(),
            question: item.clone(),
            weight: rounded(*weight)?,
            loading: rounded(*loading)?,
            loading_low: low(&limits.loadings, place, *loading),
            loading_high: high(&limits.loadings, place, *loading),
            runs_against: against.contains(&place),
        })
    });
    let paths =
        survey.paths.iter().zip(&solution.paths).enumerate().filter_map(|(place, (path, coefficient))| {
            // A path may exceed 1 where those that lead overlap.
            let known = limits.paths.get(place).copied().flatten().filter(|_| left > 0.0);
            Some(PathRow {
                from: path.from.clone(),
                to: path.to.clone(),
                coefficient: rounded(*coefficient)?,
                low: known.and_then(|of| rounded(towards(of.low, *coefficient).min(*coefficient))),
                high: known.and_then(|of| rounded(towards(of.high, *coefficient).max(*coefficient))),
            })
        });
    let resampled = if limits.by_groups { "jackknife of groups" } else { "bootstrap" };
    PathModelSection {
        method: format!("{METHOD}; {resampled}"),
        resamples: if left > 0.0 { limits.resamples } else { 0 },
        constructs: constructs.collect(),
        items: items.collect(),
        paths: paths.collect(),
        ..named
    }
}

/// The places of the questions that load on their construct with the rarer sign, counted over all constructs.
fn against(members: &[(&str, &Construct)], loadings: &[f64]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    for (_, construct) in members {
        let end = start + construct.items.len();
        let own = loadings.get(start..end).unwrap_or_default();
        found.extend(rarer_sign(own).into_iter().map(|place| start + place));
        start = end;
    }
    found
}
