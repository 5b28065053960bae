//! How far several assessors of the same thing agree.

use crate::measures::rounded;
use crate::report::ChecklistAssessors;
use crate::stats::{agreement_of_pairs, fleiss_kappa};
use crate::tally::{Counts, Stratum};

use super::items::Item;
use super::plan::ChecklistMap;

/// What can be said where the definition names who judged.
///
/// Compared are the items that as many judged as judged most items: kappa needs the same number throughout. A weight of
/// rows has no part in it.
pub(super) fn assessors(
    map: &ChecklistMap,
    total: &Stratum,
    items: &[Item<'_>],
) -> Option<ChecklistAssessors> {
    let Counts::Single(named) = total.counts.get(map.assessors?)? else { return None };
    let assessors = named.points.iter().filter(|count| count.n > 0).count() as u64;
    let row = |item: &Item<'_>| {
        let found = &item.found;
        vec![found.yes.n, found.partly.n, found.no.n, found.not_applicable]
    };
    let mut by_number: std::collections::BTreeMap<u64, Vec<Vec<u64>>> = std::collections::BTreeMap::new();
    for item in items.iter().filter(|item| item.judgements() > 1) {
        by_number.entry(item.judgements()).or_default().push(row(item));
    }
    // Of numbers that are as frequent the larger one is taken.
    let compared = by_number.into_iter().max_by_key(|(judgements, rows)| (rows.len(), *judgements));
    let Some((judgements, rows)) = compared else {
        return Some(ChecklistAssessors { assessors, ..ChecklistAssessors::default() });
    };
    Some(ChecklistAssessors {
        assessors,
        items: rows.len() as u64,
        judgements,
        agreement: agreement_of_pairs(&rows).and_then(rounded),
        kappa: fleiss_kappa(&rows).and_then(rounded),
    })
}
