//! Gaps of groups of respondents: the same rows, dimensions and total for each value of each segment.

use crate::analysis::crosstab::Adjustment;
use crate::analysis::sections::{Figures, Subject};
use crate::report::GapsGroup;

use super::importance::sum_up;
use super::items::Items;
use super::{completed, respondents};

/// One group a value of a segment, or of a crossing that is asked for; those without a gap that may be shown are left
/// out.
pub(super) fn of<'a>(subject: &Subject<'a>, figures: &Figures<'a>, adjustment: Adjustment) -> Vec<GapsGroup> {
    let limit = subject.scope.suppress_below.unwrap_or(subject.survey.suppress_below);
    let groups = subject.strata.iter().copied().filter(|stratum| !stratum.segment.is_empty());
    let found = groups.filter_map(|stratum| {
        let Items { mut rows, weighted_by } = Items::new(subject, stratum, figures, adjustment);
        if rows.iter().all(|row| row.base == 0) {
            return None;
        }
        let mut own = respondents::of(subject, stratum, adjustment);
        if let Some(own) = &mut own {
            own.spread_importance(&mut rows);
            own.hide_small(limit);
        }
        let whole = sum_up(subject.survey, &rows, weighted_by);
        let segment = stratum.segment.iter().cloned().collect();
        Some(match own {
            Some(own) if own.total.flag.is_some_and(crate::analysis::sections::is_hidden) => {
                GapsGroup { segment, rows, dimensions: own.dimensions, total: own.total }
            }
            Some(own) => {
                GapsGroup { segment, rows, dimensions: own.dimensions, total: completed(own.total, whole) }
            }
            None => GapsGroup { segment, rows, dimensions: Vec::new(), total: whole },
        })
    });
    found.collect()
}
