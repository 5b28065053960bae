//! Gaps of groups of respondents: the same rows, dimensions and total for each value of each segment.

use indexmap::IndexMap;

use crate::analysis::crosstab::Adjustment;
use crate::analysis::sections::{Figures, Subject, is_hidden};
use crate::report::{DimensionGap, Flag, GapsGroup, GapsTotal};
use crate::survey::Measure;
use crate::tally::Stratum;

use super::importance::sum_up;
use super::items::Items;
use super::respondents::{hide_dimension, hide_total};
use super::{completed, respondents};

/// One group a value of a segment, or of a crossing that is asked for; those without an answer are left out.
pub(super) fn of<'a>(subject: &Subject<'a>, figures: &Figures<'a>, adjustment: Adjustment) -> Vec<GapsGroup> {
    let groups = subject.strata.iter().copied().filter(|stratum| !stratum.segment.is_empty());
    let mut found: Vec<GapsGroup> =
        groups.filter_map(|stratum| group(subject, stratum, figures, adjustment)).collect();
    hide_complements(&mut found);
    found
}

/// Where one group of a segment alone is hidden, the next smallest is too: else all less the others would tell it.
fn hide_complements(groups: &mut [GapsGroup]) {
    let mut segments: Vec<Vec<String>> = Vec::new();
    for group in groups.iter() {
        let ids: Vec<String> = group.segment.keys().cloned().collect();
        if !segments.contains(&ids) {
            segments.push(ids);
        }
    }
    for ids in segments {
        let is_of = |group: &&mut GapsGroup| group.segment.keys().eq(ids.iter());
        let mut own: Vec<&mut GapsGroup> = groups.iter_mut().filter(is_of).collect();
        if own.iter().filter(|group| group.total.flag.is_some_and(is_hidden)).count() == 1 {
            let shown = own.iter_mut().filter(|group| !group.total.flag.is_some_and(is_hidden));
            if let Some(next) = shown.min_by_key(|group| group.total.base) {
                hide_total(&mut next.total, Flag::Complementary);
            }
        }
        let dimensions = own.iter().map(|group| group.dimensions.len()).max().unwrap_or(0);
        for place in 0..dimensions {
            let mut same: Vec<&mut DimensionGap> =
                own.iter_mut().filter_map(|group| group.dimensions.get_mut(place)).collect();
            if same.iter().filter(|row| row.flag.is_some_and(is_hidden)).count() != 1 {
                continue;
            }
            let shown = same.iter_mut().filter(|row| !row.flag.is_some_and(is_hidden));
            if let Some(row) = shown.min_by_key(|row| row.base) {
                hide_dimension(row, Flag::Complementary);
            }
        }
    }
}

fn group<'a>(
    subject: &Subject<'a>,
    stratum: &'a Stratum,
    figures: &Figures<'a>,
    adjustment: Adjustment,
) -> Option<GapsGroup> {
    let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
    let Items { mut rows, weighted_by } = Items::new(subject, stratum, figures, adjustment);
    // Where one question is hidden, what is made of all of them would tell of it.
    if let Some(flag) = hidden(subject, stratum) {
        let total = GapsTotal { of: "respondents".to_owned(), flag: Some(flag), ..GapsTotal::default() };
        return Some(GapsGroup { segment, rows, dimensions: Vec::new(), total });
    }
    if rows.iter().all(|row| row.base == 0) {
        return None;
    }
    let Some(mut own) = respondents::of(subject, stratum, adjustment) else {
        let total = sum_up(subject.survey, &rows, weighted_by);
        return Some(GapsGroup { segment, rows, dimensions: Vec::new(), total });
    };
    own.spread_importance(&mut rows);
    own.hide_small(subject.scope.suppress_below.unwrap_or(subject.survey.suppress_below));
    let total = if own.total.flag.is_some_and(is_hidden) {
        own.total
    } else {
        completed(own.total, sum_up(subject.survey, &rows, weighted_by))
    };
    Some(GapsGroup { segment, rows, dimensions: own.dimensions, total })
}

/// Why a gap question is hidden in a group, if one is.
fn hidden(subject: &Subject, stratum: &Stratum) -> Option<Flag> {
    let asked = subject.survey.questions.iter().enumerate();
    let mut gaps = asked.filter(|(_, question)| question.measure == Measure::Gap);
    gaps.find_map(|(index, _)| (subject.hidden)(index, stratum))
}
