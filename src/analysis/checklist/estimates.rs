//! All items together, and those of each clause, as estimates: tables, trend and gates need nothing special.

use indexmap::IndexMap;

use crate::analysis::plan::PlanMap;
use crate::analysis::scorer::Scorer;
use crate::analysis::suppression::hide;
use crate::measures::{Fulfilment, fulfilment_estimates};
use crate::report::Estimate;
use crate::survey::{ALL_ITEMS, Survey};
use crate::tally::{Counted, Stratum};

use super::clauses::by_clause;
use super::items::{Item, all, items};

/// The estimates of the strata shown: all items for each group, clauses for all rows only.
pub(in crate::analysis) fn estimates(
    (survey, map, counted): (&Survey, &PlanMap, &Counted),
    scorer: &Scorer<'_>,
    strata: &[&Stratum],
) -> Vec<Estimate> {
    if map.checklist.is_none() || map.crosstab.is_some() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for stratum in strata {
        let items = items(survey, map, counted, stratum);
        let wave = stratum.wave.and_then(|wave| counted.waves.get(wave)).map(|wave| wave.label.clone());
        let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
        let hidden = items.iter().find_map(|item: &Item<'_>| scorer.hidden_in(item.index, stratum));
        let mut add = |question: &str, together: &Fulfilment| {
            for mut estimate in fulfilment_estimates(question, together, &scorer.context(stratum)) {
                estimate.segment.clone_from(&segment);
                estimate.wave.clone_from(&wave);
                if let Some(flag) = hidden {
                    hide(&mut estimate, flag);
                }
                found.push(estimate);
            }
        };
        add(ALL_ITEMS, &all(&items));
        if stratum.segment.is_empty() {
            for (clause, together) in by_clause(&items) {
                add(&format!("{ALL_ITEMS}.{clause}"), &together);
            }
        }
    }
    found
}
