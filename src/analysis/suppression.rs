//! Which cells are hidden, so that small groups cannot be known nor worked out.
//!
//! A subgroup below the limit is hidden; the total never is. Cells add up: a segment's values and the rows without a
//! value make the total, a crossing makes each of its margins, waves make all waves together. Wherever exactly one
//! part of such a sum is hidden, or fewer respondents than the limit are hidden in all, the next smallest is hidden
//! too, until no sum has exactly one hidden part. Rows without a value of the segment are a part that is never shown;
//! where they are few they are protected like a cell. Raw bases decide, not weighted ones. Runs with other filters
//! cannot be protected against.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{Estimate, Flag};

/// The sums among the strata shown; every question has the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Families {
    cells: usize,
    sums: Vec<Sum>,
    /// Strata that are subgroups of nothing.
    totals: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
struct Sum {
    whole: usize,
    parts: Vec<usize>,
}

/// A stratum's place: its dimensions (segments and, where each is shown, the wave) with their values.
pub(super) type Place = BTreeMap<String, String>;

impl Families {
    pub(super) fn new(places: &[Place]) -> Self {
        let index: BTreeMap<&Place, usize> =
            places.iter().enumerate().map(|(index, place)| (place, index)).collect();
        let dimensions = |place: &Place| place.keys().cloned().collect::<BTreeSet<String>>();
        let groupings: BTreeSet<BTreeSet<String>> = places.iter().map(dimensions).collect();
        let mut sums: BTreeMap<(usize, &BTreeSet<String>), Vec<usize>> = BTreeMap::new();
        for (part, place) in places.iter().enumerate() {
            let own = dimensions(place);
            let Some(fine) = groupings.get(&own) else { continue };
            for coarse in groupings.iter().filter(|coarse| **coarse != own && coarse.is_subset(&own)) {
                let margin: Place = place
                    .iter()
                    .filter(|(dimension, _)| coarse.contains(*dimension))
                    .map(|(d, v)| (d.clone(), v.clone()))
                    .collect();
                if let Some(whole) = index.get(&margin) {
                    sums.entry((*whole, fine)).or_default().push(part);
                }
            }
        }
        let sums = sums.into_iter().map(|((whole, _), parts)| Sum { whole, parts }).collect();
        let totals =
            places.iter().enumerate().filter(|(_, place)| place.is_empty()).map(|(index, _)| index).collect();
        Self { cells: places.len(), sums, totals }
    }

    /// Why each cell is hidden, if it is, for the raw bases of one question.
    pub(super) fn hidden(&self, bases: &[u64], limit: u64) -> Vec<Option<Flag>> {
        let mut hidden: Vec<Option<Flag>> = (0..self.cells)
            .map(|cell| (bases[cell] < limit && !self.totals.contains(&cell)).then_some(Flag::Suppressed))
            .collect();
        if limit == 0 {
            return hidden;
        }
        // Each round hides at least one more cell, so this ends.
        while let Some(next) = self.sums.iter().find_map(|sum| self.next(sum, bases, limit, &hidden)) {
            hidden[next] = Some(Flag::Complementary);
        }
        hidden
    }

    /// The cell that a sum needs hidden as well.
    fn next(&self, sum: &Sum, bases: &[u64], limit: u64, hidden: &[Option<Flag>]) -> Option<usize> {
        let shown = sum.parts.iter().copied().filter(|part| hidden[*part].is_none());
        let smallest = shown.min_by_key(|part| (bases[*part], *part));
        let parts_hidden = sum.parts.iter().filter(|part| hidden[**part].is_some()).count();
        let whole_hidden = hidden[sum.whole].is_some();
        let answers = |parts: &mut dyn Iterator<Item = &usize>| parts.map(|part| bases[*part]).sum::<u64>();
        let rest = bases[sum.whole].saturating_sub(answers(&mut sum.parts.iter()));
        let few_rest = rest > 0 && rest < limit;
        let hidden_answers = answers(&mut sum.parts.iter().filter(|part| hidden[**part].is_some()))
            + if few_rest { rest } else { 0 };
        let lonely = parts_hidden + usize::from(whole_hidden) + usize::from(few_rest) == 1;
        let few = !whole_hidden && (parts_hidden > 0 || few_rest) && hidden_answers < limit;
        if !(lonely || few) {
            return None;
        }
        // Where no part is left to hide, the whole would still give the only one away.
        let whole =
            (!whole_hidden && lonely && rest == 0 && !self.totals.contains(&sum.whole)).then_some(sum.whole);
        smallest.or(whole)
    }
}

/// Takes every figure and base out of an estimate.
pub(super) fn hide(estimate: &mut Estimate, flag: Flag) {
    estimate.value = None;
    estimate.se = None;
    estimate.low = None;
    estimate.high = None;
    estimate.method = None;
    estimate.base = None;
    estimate.base_weighted = None;
    estimate.base_effective = None;
    estimate.base_kish = None;
    estimate.design_effect_kish = None;
    estimate.target_verdict = None;
    estimate.flag = Some(flag);
}

#[cfg(test)]
mod tests {
    use super::{Families, Place};
    use crate::report::Flag;
    use proptest::prelude::*;

    fn place(values: &[(&str, &str)]) -> Place {
        values.iter().map(|(dimension, value)| ((*dimension).to_owned(), (*value).to_owned())).collect()
    }

    fn one_segment(values: usize) -> Vec<Place> {
        let mut places = vec![Place::new()];
        places.extend((0..values).map(|value| place(&[("region", &value.to_string())])));
        places
    }

    const SUPPRESSED: Option<Flag> = Some(Flag::Suppressed);
    const COMPLEMENTARY: Option<Flag> = Some(Flag::Complementary);

    #[test]
    fn one_small_value_takes_the_next_smallest_with_it() {
        let families = Families::new(&one_segment(3));
        assert_eq!(families.hidden(&[100, 4, 36, 60], 10), [None, SUPPRESSED, COMPLEMENTARY, None]);
    }

    #[test]
    fn two_small_values_that_together_are_few_take_a_third() {
        let families = Families::new(&one_segment(3));
        assert_eq!(families.hidden(&[100, 4, 5, 91], 10), [None, SUPPRESSED, SUPPRESSED, COMPLEMENTARY]);
        assert_eq!(families.hidden(&[100, 6, 5, 89], 10), [None, SUPPRESSED, SUPPRESSED, None]);
    }

    #[test]
    fn few_rows_without_a_value_are_protected_like_a_cell() {
        let families = Families::new(&one_segment(2));
        assert_eq!(families.hidden(&[100, 40, 57], 10), [None, COMPLEMENTARY, None]);
        assert_eq!(families.hidden(&[100, 40, 40], 10), [None, None, None]);
    }

    #[test]
    fn the_total_is_never_hidden_and_nothing_is_without_a_limit() {
        let families = Families::new(&one_segment(2));
        assert_eq!(families.hidden(&[4, 2, 2], 10), [None, SUPPRESSED, SUPPRESSED]);
        assert_eq!(families.hidden(&[4, 2, 2], 0), [None, None, None]);
    }

    #[test]
    fn a_crossing_hides_along_both_margins() {
        let mut places = vec![Place::new()];
        for (dimension, values) in [("age", ["old", "young"]), ("region", ["N", "S"])] {
            places.extend(values.map(|value| place(&[(dimension, value)])));
        }
        for region in ["N", "S"] {
            places.extend(["old", "young"].map(|age| place(&[("region", region), ("age", age)])));
        }
        let families = Families::new(&places);
        let hidden = families.hidden(&[100, 50, 50, 50, 50, 3, 47, 47, 3], 10);
        assert!(hidden[5..].iter().all(Option::is_some), "{hidden:?}");
        assert!(hidden[..5].iter().all(Option::is_none), "{hidden:?}");
    }

    /// Works out hidden bases by subtraction, again and again, as long as any sum has one unknown part.
    fn worked_out(families: &Families, bases: &[u64], hidden: &[Option<Flag>]) -> Vec<usize> {
        let mut known: Vec<bool> = hidden.iter().map(Option::is_none).collect();
        let mut found = Vec::new();
        loop {
            let solvable = families.sums.iter().find_map(|sum| {
                let adds_up = bases[sum.whole] == sum.parts.iter().map(|part| bases[*part]).sum::<u64>();
                let members = || std::iter::once(sum.whole).chain(sum.parts.iter().copied());
                let unknown: Vec<usize> = members().filter(|cell| !known[*cell]).collect();
                if adds_up && unknown.len() == 1 { unknown.first().copied() } else { None }
            });
            match solvable {
                Some(cell) => {
                    known[cell] = true;
                    found.push(cell);
                }
                None => return found,
            }
        }
    }

    proptest! {
        #[test]
        fn no_hidden_base_can_be_worked_out_within_one_segment(
            values in prop::collection::vec(0_u64..40, 2..8),
            rest in 0_u64..20,
            limit in 1_u64..15,
        ) {
            let mut bases = vec![values.iter().sum::<u64>() + rest];
            bases.extend(&values);
            let families = Families::new(&one_segment(values.len()));
            let hidden = families.hidden(&bases, limit);
            prop_assert_eq!(worked_out(&families, &bases, &hidden), Vec::<usize>::new());
            // What is hidden in all: nobody, enough respondents, or everybody.
            let part = |cell: usize| hidden[cell].is_some();
            let unseen: u64 = bases[0] - (1..bases.len()).filter(|cell| !part(*cell)).map(|cell| bases[cell]).sum::<u64>();
            prop_assert!(unseen == 0 || unseen >= limit || (1..bases.len()).all(part), "{:?} {:?}", bases, hidden);
            for (cell, base) in bases.iter().enumerate().skip(1) {
                prop_assert!(part(cell) || *base >= limit);
            }
        }

        #[test]
        fn no_hidden_base_can_be_worked_out_across_a_crossing_and_waves(
            cells in prop::collection::vec(0_u64..30, 12),
            limit in 1_u64..12,
        ) {
            // Two regions, three ages, two waves: every margin is shown.
            let mut places: Vec<Place> = Vec::new();
            let mut bases: Vec<u64> = Vec::new();
            for mask in 0..8_usize {
                let mut totals: std::collections::BTreeMap<Place, u64> = std::collections::BTreeMap::new();
                for (index, base) in cells.iter().enumerate() {
                    let values = [("region", index % 2), ("age", index / 2 % 3), ("wave", index / 6)];
                    let kept = values.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
                    let place = kept.map(|(_, (dimension, value))| ((*dimension).to_owned(), value.to_string())).collect();
                    *totals.entry(place).or_default() += base;
                }
                for (place, base) in totals {
                    places.push(place);
                    bases.push(base);
                }
            }
            let families = Families::new(&places);
            let hidden = families.hidden(&bases, limit);
            prop_assert_eq!(worked_out(&families, &bases, &hidden), Vec::<usize>::new());
            prop_assert!(hidden[0].is_none());
        }
    }
}
