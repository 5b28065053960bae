//! Expectation and perception: every gap with its test, and all gaps together (Parasuraman, Zeithaml and Berry 1988).
//!
//! Items rest on counts and are always there. What belongs to a respondent (the gap of a dimension, points that he allots,
//! a zone of tolerance) needs rows, which a pass keeps where it is asked for.

mod ask;
mod groups;
mod importance;
mod items;
#[cfg(test)]
mod laws;
mod points;
mod qualities;
mod reliability;
mod respondents;
mod staff;
#[cfg(test)]
mod tests;
mod tolerance;

use crate::report::{GapsSection, GapsTotal};
use crate::tally::Stratum;

use super::crosstab::Adjustment;
use super::sections::{Figures, Subject};
use items::Items;

pub use ask::GapsAsk;
pub(super) use ask::want;
pub use staff::staff_view;

/// The gaps of the wave shown; `None` where no gap question, and no direct one, may be shown.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Option<GapsSection> {
    let asked = subject.scope.gaps.as_ref();
    let adjustment = asked.map_or(Adjustment::Holm, |ask| ask.adjustment);
    let items = Items::new(subject, total, figures, adjustment);
    let disconfirmation = qualities::disconfirmation(subject, total);
    if items.rows.is_empty() && disconfirmation.is_empty() {
        return None;
    }
    let qualities = qualities::rows(subject.survey, &items.rows);
    let population = subject.context_of(total, &[]).population;
    let census = !items.rows.is_empty()
        && population.is_some_and(|population| items.rows.iter().all(|row| row.base >= population));
    let found = respondents::of(subject, total, adjustment);
    let Items { mut rows, weighted_by } = items;
    if let Some(found) = &found {
        found.spread_importance(&mut rows);
    }
    let whole = importance::sum_up(subject.survey, &rows, weighted_by);
    let groups = if asked.is_some() { groups::of(subject, figures, adjustment) } else { Vec::new() };
    let (dimensions, total) = match found {
        Some(found) => (found.dimensions, completed(found.total, whole)),
        None => (Vec::new(), whole),
    };
    Some(GapsSection {
        wave: subject.wave(),
        census,
        tolerance: tolerance::rows(subject, figures),
        rows,
        dimensions,
        total,
        adjustment: adjustment.name().to_owned(),
        groups,
        disconfirmation,
        qualities,
        staff: None,
    })
}

/// All gaps together by respondent; what is weighted by the means of importance questions is known of items alone.
fn completed(by_respondent: GapsTotal, of_items: GapsTotal) -> GapsTotal {
    if by_respondent.weighted_by.is_some() {
        return by_respondent;
    }
    GapsTotal { weighted: of_items.weighted, weighted_by: of_items.weighted_by, ..by_respondent }
}
