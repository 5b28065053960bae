//! How much each gap weighs, and all gaps together as the means of their questions.
//!
//! Importance is the declared weight of the dimension where every gap has one, shared equally among the dimension's
//! gaps; else the mean of an importance question where every gap has one. Where some lack it nothing is weighted: a
//! share of what is known would pass for a share of everything.

use indexmap::IndexMap;

use crate::analysis::priorities::importance_question;
use crate::analysis::sections::{Figures, Subject};
use crate::measures::rounded;
use crate::report::{GapRow, GapsTotal};
use crate::survey::{Measure, Survey};
use crate::tally::Stratum;

use super::items::estimates;

/// The importance of each gap, and the gap times its share of all importances; what weighs is the result.
pub(super) fn weigh<'a>(
    subject: &Subject<'a>,
    figures: &Figures<'a>,
    stratum: &'a Stratum,
    rows: &mut [GapRow],
) -> Option<&'static str> {
    let mut in_dimension: IndexMap<&str, f64> = IndexMap::new();
    for dimension in rows.iter().filter(|row| row.gap.is_some()).filter_map(|row| row.dimension.as_deref()) {
        *in_dimension.entry(dimension).or_default() += 1.0;
    }
    let declared: Vec<Option<(f64, f64)>> = rows
        .iter()
        .map(|row| {
            let dimension = row.dimension.as_deref()?;
            let weight = subject.survey.dimensions.get(dimension)?.weight?;
            Some((weight, weight / in_dimension.get(dimension)?))
        })
        .collect();
    let stated: Vec<Option<(f64, f64)>> = rows
        .iter()
        .map(|row| {
            let question = subject.survey.questions.iter().find(|question| question.id == row.question)?;
            let importance = importance_question(subject.survey, question)?;
            let known = estimates(subject, figures, importance, stratum);
            let mean = known.into_iter().find(|estimate| estimate.statistic == "mean")?.value?;
            Some((mean, mean))
        })
        .collect();
    let complete = |importances: &[Option<(f64, f64)>]| {
        rows.iter().zip(importances).all(|(row, importance)| row.gap.is_none() || importance.is_some())
    };
    // Declared weights that all gaps have come first; without such, what respondents state.
    let (importances, from) =
        if complete(&declared) { (declared, "dimensions") } else { (stated, "importance") };
    let share_of_all = complete(&importances).then(|| {
        let counted = rows.iter().zip(&importances).filter(|(row, _)| row.gap.is_some());
        counted.filter_map(|(_, importance)| importance.map(|(_, part)| part)).sum::<f64>()
    });
    let share_of_all = share_of_all.filter(|sum| *sum > 0.0);
    for (row, importance) in rows.iter_mut().zip(importances) {
        row.importance = importance.and_then(|(importance, _)| rounded(importance));
        let share = importance.zip(share_of_all).map(|((_, part), all)| part / all);
        row.weighted_gap = row.gap.zip(share).and_then(|(gap, share)| rounded(gap * share));
    }
    share_of_all.map(|_| from)
}

/// All gaps together: dimensions count alike, and a gap without a dimension is one of its own.
///
/// The limits of a mean of several gaps need the rows, since the same respondents answered them; only one gap is its own
/// total.
pub(super) fn sum_up(survey: &Survey, rows: &[GapRow], weighted_by: Option<&str>) -> GapsTotal {
    let mut dimensions: IndexMap<(Option<&str>, &str), (f64, f64, f64)> = IndexMap::new();
    for row in rows {
        let Some((gap, perception)) = row.gap.zip(row.perception) else { continue };
        let dimension = row.dimension.as_deref();
        let own = if dimension.is_some() { "" } else { row.question.as_str() };
        let (sum, perceived, number) = dimensions.entry((dimension, own)).or_default();
        (*sum, *perceived, *number) = (*sum + gap, *perceived + perception, *number + 1.0);
    }
    if dimensions.is_empty() || !have_one_scale(survey) {
        return GapsTotal { of: "items".to_owned(), ..GapsTotal::default() };
    }
    let mean = |of: fn(&(f64, f64, f64)) -> f64| {
        let sum: f64 = dimensions.values().map(|known| of(known) / known.2).sum();
        rounded(sum / dimensions.len() as f64)
    };
    let weighted: Vec<f64> = rows.iter().filter_map(|row| row.weighted_gap).collect();
    let only = if let [only] = rows { Some(only) } else { None };
    GapsTotal {
        unweighted: mean(|known| known.0),
        weighted: if weighted.is_empty() { None } else { rounded(weighted.iter().sum()) },
        low: only.and_then(|row| row.low),
        high: only.and_then(|row| row.high),
        of: "items".to_owned(),
        perception: mean(|known| known.1),
        weighted_by: weighted_by.filter(|_| !weighted.is_empty()).map(str::to_owned),
        ..GapsTotal::default()
    }
}

/// Whether all gap questions have one scale: a mean of points of several scales is of none.
pub(super) fn have_one_scale(survey: &Survey) -> bool {
    let gaps = survey.questions.iter().filter(|question| question.measure == Measure::Gap);
    let mut scales =
        gaps.filter_map(|question| question.scale.as_ref()).map(|scale| (scale.min, scale.max, scale.best));
    let first = scales.next();
    scales.all(|scale| Some(scale) == first)
}
