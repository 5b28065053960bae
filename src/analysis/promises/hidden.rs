//! Which figures of groups are hidden, so that few people cannot be known.

use std::collections::BTreeMap;

use crate::analysis::records::Grouping;
use crate::analysis::suppression::Families;
use crate::report::Flag;

use super::tally::Tally;

/// What tells the strata of promises apart; no column can have this name.
const PROMISE: &str = "\u{1}promise";

/// By grouping and group why the figures of all promises are hidden, and those of each.
pub(super) type Hidden = Vec<Vec<(Option<Flag>, Vec<Option<Flag>>)>>;

/// What is hidden; the first two groupings are all events and those by period, which are totals and never hidden, as is
/// each promise in all of them.
pub(super) fn hidden(groupings: &[Grouping], tallies: &[Vec<Vec<Tally>>], below: u64) -> Hidden {
    let mut shown: Hidden = tallies
        .iter()
        .map(|groups| groups.iter().map(|promises| (None, vec![None; promises.len()])).collect())
        .collect();
    if below == 0 {
        return shown;
    }
    let (mut strata, mut bases, mut cells) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (grouping, groups)) in groupings.iter().zip(tallies).enumerate().filter(|(at, _)| *at != 1) {
        for (group, (of, promises)) in grouping.groups.iter().zip(groups).enumerate() {
            let of: BTreeMap<String, String> =
                of.segment.iter().map(|(id, value)| (id.clone(), value.clone())).collect();
            strata.push((None, of.clone()));
            bases.push(promises.iter().map(|tally| tally.events).sum());
            cells.push((place, group, None));
            for (promise, tally) in promises.iter().enumerate().filter(|(_, tally)| tally.events > 0) {
                let mut own = of.clone();
                own.insert(PROMISE.to_owned(), promise.to_string());
                strata.push((None, own));
                bases.push(tally.events);
                cells.push((place, group, Some(promise)));
            }
        }
    }
    let flags = Families::new(&strata).hidden(&bases, below);
    for ((place, group, promise), flag) in cells.into_iter().zip(flags).filter(|((place, ..), _)| *place != 0)
    {
        let Some(cell) = shown.get_mut(place).and_then(|groups| groups.get_mut(group)) else { continue };
        match promise {
            None => cell.0 = flag,
            Some(promise) => {
                if let Some(own) = cell.1.get_mut(promise) {
                    *own = flag;
                }
            }
        }
    }
    shown
}
