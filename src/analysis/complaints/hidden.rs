//! Which groups are hidden, so that few complainants cannot be known.

use crate::analysis::suppression::Families;
use crate::report::Flag;

use super::groupings::Grouping;
use super::tally::Tally;

/// Why each group is hidden, by grouping.
pub(super) fn hidden(groupings: &[Grouping], counts: &[Vec<Tally>], below: u64) -> Vec<Vec<Option<Flag>>> {
    let mut strata = Vec::new();
    let mut bases = Vec::new();
    let mut shown: Vec<Vec<Option<Flag>>> = Vec::new();
    for (place, (grouping, counts)) in groupings.iter().zip(counts).enumerate() {
        shown.push(vec![None; grouping.groups.len()]);
        // Periods are totals of their own, which are never hidden.
        for (group, tally) in grouping.groups.iter().zip(counts).filter(|_| place != 1) {
            let of = group.segment.iter().map(|(id, value)| (id.clone(), value.clone()));
            strata.push((None, of.collect()));
            bases.push(tally.cases);
        }
    }
    let mut flags = Families::new(&strata).hidden(&bases, below).into_iter();
    for shown in shown.iter_mut().enumerate().filter(|(place, _)| *place != 1).map(|(_, shown)| shown) {
        for shown in shown {
            *shown = flags.next().flatten();
        }
    }
    shown
}
