//! Which groups are hidden, so that few people cannot be known.

use crate::analysis::suppression::Families;
use crate::report::Flag;

use super::groupings::Grouping;

/// Why each group is hidden, by grouping; `counts` are the records of each group. The second grouping is that by period.
pub(in crate::analysis) fn hidden(
    groupings: &[Grouping],
    counts: &[Vec<u64>],
    below: u64,
) -> Vec<Vec<Option<Flag>>> {
    let mut strata = Vec::new();
    let mut bases = Vec::new();
    let mut shown: Vec<Vec<Option<Flag>>> = Vec::new();
    for (place, (grouping, counts)) in groupings.iter().zip(counts).enumerate() {
        shown.push(vec![None; grouping.groups.len()]);
        // Periods are totals of their own, which are never hidden.
        for (group, count) in grouping.groups.iter().zip(counts).filter(|_| place != 1) {
            let of = group.segment.iter().map(|(id, value)| (id.clone(), value.clone()));
            strata.push((None, of.collect()));
            bases.push(*count);
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
