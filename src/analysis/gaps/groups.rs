//! Gaps of groups of respondents: the same rows, dimensions and total for each value of each segment.

use indexmap::IndexMap;

use crate::analysis::crosstab::Adjustment;
use crate::analysis::sections::{Figures, Subject, is_hidden};
use crate::report::{Flag, GapsGroup, GapsTotal};
use crate::survey::Measure;
use crate::tally::Stratum;

use super::importance::sum_up;
use super::items::Items;
use super::{completed, respondents};

/// One group a value of a segment, or of a crossing that is asked for; those without an answer are left out.
pub(super) fn of<'a>(subject: &Subject<'a>, figures: &Figures<'a>, adjustment: Adjustment) -> Vec<GapsGroup> {
    let groups = subject.strata.iter().copied().filter(|stratum| !stratum.segment.is_empty());
    groups.filter_map(|stratum| group(subject, stratum, figures, adjustment)).collect()
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
