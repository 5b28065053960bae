//! Which cells are hidden, so that small groups cannot be known nor worked out.
//!
//! A subgroup below the limit is hidden; the total, of a wave too, never is. Cells of a wave add up: a segment's values
//! and the rows without a value make the total, a crossing makes each of its margins. Wherever exactly one part of such
//! a sum is hidden, or fewer respondents than the limit are hidden in all, the next smallest is hidden too, until no
//! sum has exactly one hidden part. Rows without a value of the segment are a part that is never shown; where they are
//! few they are protected like a cell. Raw bases decide, not weighted ones.
//!
//! A cell of all waves together is the sum of its waves, so it is hidden where it is hidden in any wave. That is enough:
//! what all waves say is the sum of what each says. A wave is therefore hidden alike whichever other waves there are,
//! and every run over the same rows hides the same, whatever it shows. Runs with other filters cannot be protected
//! against.

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{Estimate, Flag};

/// The sums among the strata of a run; every question has the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Families {
    sums: Vec<Sum>,
    /// By cell: whether it is a total, which is no subgroup.
    totals: Vec<bool>,
    /// By cell: the sums that it belongs to.
    member_of: Vec<Vec<usize>>,
    /// The cells of all waves together, each with the same cell of every wave and the total of that wave.
    pooled: Vec<(usize, Vec<(usize, usize)>)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Sum {
    whole: usize,
    parts: Vec<usize>,
}

/// A stratum's segments with their values.
pub(super) type Place = BTreeMap<String, String>;

impl Families {
    /// The sums among strata of these waves and places; all waves together are no wave.
    pub(super) fn new(strata: &[(Option<usize>, Place)]) -> Self {
        let mut waves: BTreeMap<Option<usize>, BTreeMap<&Place, usize>> = BTreeMap::new();
        for (cell, (wave, place)) in strata.iter().enumerate() {
            waves.entry(*wave).or_default().insert(place, cell);
        }
        // Beside its waves, what all together make up needs no sums of its own.
        let together = if waves.len() > 1 { waves.remove(&None) } else { None };
        let sums: Vec<Sum> = waves.values().flat_map(sums).collect();
        let mut member_of = vec![Vec::new(); strata.len()];
        for (index, sum) in sums.iter().enumerate() {
            for cell in sum.parts.iter().chain([&sum.whole]) {
                member_of[*cell].push(index);
            }
        }
        let total = Place::new();
        let pooled = together.into_iter().flatten().map(|(place, cell)| {
            let in_waves = waves.values().filter_map(|cells| Some((*cells.get(place)?, *cells.get(&total)?)));
            (cell, in_waves.collect())
        });
        let pooled = pooled.collect();
        Self { sums, totals: strata.iter().map(|(_, place)| place.is_empty()).collect(), member_of, pooled }
    }

    /// Why each cell is hidden, if it is, for the raw bases of one question.
    pub(super) fn hidden(&self, bases: &[u64], limit: u64) -> Vec<Option<Flag>> {
        let mut hidden: Vec<Option<Flag>> = bases
            .iter()
            .zip(&self.totals)
            .map(|(base, is_total)| (*base < limit && !is_total).then_some(Flag::Suppressed))
            .collect();
        if limit == 0 {
            return hidden;
        }
        let mut unsettled: BTreeSet<usize> = (0..self.sums.len()).collect();
        // Each round settles a sum or hides at least one more cell, so this ends.
        while let Some(index) = unsettled.pop_first() {
            if let Some(next) = self.next(&self.sums[index], bases, limit, &hidden) {
                hidden[next] = Some(Flag::Complementary);
                unsettled.extend(&self.member_of[next]);
            }
        }
        for (cell, in_waves) in &self.pooled {
            // Where nobody answered in a wave there is nothing to work out.
            let in_some = in_waves.iter().any(|(part, total)| hidden[*part].is_some() && bases[*total] > 0);
            if hidden[*cell].is_none() && in_some && !self.totals[*cell] {
                hidden[*cell] = Some(Flag::Complementary);
            }
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
        let whole = (!whole_hidden && lonely && rest == 0 && !self.totals[sum.whole]).then_some(sum.whole);
        smallest.or(whole)
    }
}

/// The sums among the places of one wave: each coarser grouping is made up by each finer one.
fn sums(cells: &BTreeMap<&Place, usize>) -> Vec<Sum> {
    let dimensions = |place: &Place| place.keys().cloned().collect::<BTreeSet<String>>();
    let groupings: BTreeSet<BTreeSet<String>> = cells.keys().map(|place| dimensions(place)).collect();
    let mut sums: BTreeMap<(usize, &BTreeSet<String>), Vec<usize>> = BTreeMap::new();
    for (place, part) in cells {
        let own = dimensions(place);
        let Some(fine) = groupings.get(&own) else { continue };
        for coarse in groupings.iter().filter(|coarse| **coarse != own && coarse.is_subset(&own)) {
            let margin: Place = place
                .iter()
                .filter(|(dimension, _)| coarse.contains(*dimension))
                .map(|(d, v)| (d.clone(), v.clone()))
                .collect();
            if let Some(whole) = cells.get(&margin) {
                sums.entry((*whole, fine)).or_default().push(*part);
            }
        }
    }
    sums.into_iter().map(|((whole, _), parts)| Sum { whole, parts }).collect()
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
    use super::{Families, Place, Sum};
    use crate::report::Flag;
    use proptest::prelude::*;

    fn place(values: &[(&str, &str)]) -> Place {
        values.iter().map(|(dimension, value)| ((*dimension).to_owned(), (*value).to_owned())).collect()
    }

    fn one_segment(values: usize) -> Vec<(Option<usize>, Place)> {
        let mut places = vec![Place::new()];
        places.extend((0..values).map(|value| place(&[("region", &value.to_string())])));
        places.into_iter().map(|place| (None, place)).collect()
    }

    /// Every wave, and all together, of one segment: the bases by wave, and by value in each; the rest has no value.
    fn by_wave(totals: &[u64], waves: &[&[u64]]) -> (Vec<(Option<usize>, Place)>, Vec<u64>) {
        let values = waves[0].len();
        let (mut strata, mut bases) = (one_segment(values), vec![totals.iter().sum()]);
        bases.extend((0..values).map(|value| waves.iter().map(|wave| wave[value]).sum::<u64>()));
        for (index, wave) in waves.iter().enumerate() {
            strata.extend(one_segment(values).into_iter().map(|(_, place)| (Some(index), place)));
            bases.push(totals[index]);
            bases.extend(*wave);
        }
        (strata, bases)
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
        let strata: Vec<_> = places.into_iter().map(|place| (None, place)).collect();
        let families = Families::new(&strata);
        let hidden = families.hidden(&[100, 50, 50, 50, 50, 3, 47, 47, 3], 10);
        assert!(hidden[5..].iter().all(Option::is_some), "{hidden:?}");
        assert!(hidden[..5].iter().all(Option::is_none), "{hidden:?}");
    }

    #[test]
    fn a_value_hidden_in_a_wave_is_hidden_in_all_together_and_stays_shown_in_the_other_waves() {
        // A has 5 answers in the first wave and 40 in the second; all together would give the 5 away.
        let (strata, bases) = by_wave(&[105, 140], &[&[5, 50, 50], &[40, 50, 50]]);
        let hidden = Families::new(&strata).hidden(&bases, 10);
        assert_eq!(hidden[..4], [None, COMPLEMENTARY, COMPLEMENTARY, None], "all together");
        assert_eq!(hidden[4..8], [None, SUPPRESSED, COMPLEMENTARY, None]);
        assert_eq!(hidden[8..], [None; 4], "the wave as if it were alone");
    }

    #[test]
    fn many_rows_without_a_value_in_another_wave_hide_no_more_in_this_one() {
        let (strata, bases) = by_wave(&[60, 200], &[&[4, 50], &[40, 60]]);
        let hidden = Families::new(&strata).hidden(&bases, 10);
        assert_eq!(hidden[3..6], [None, SUPPRESSED, None], "the 6 without a value are hidden with the 4");
        assert_eq!(hidden[..3], [None, COMPLEMENTARY, None]);
        assert_eq!(hidden[6..], [None; 3]);
    }

    #[test]
    fn a_question_that_a_wave_did_not_ask_hides_nothing_in_all_together() {
        let (strata, bases) = by_wave(&[0, 100], &[&[0, 0], &[50, 50]]);
        let hidden = Families::new(&strata).hidden(&bases, 10);
        assert_eq!(hidden[..3], [None; 3]);
        let (strata, bases) = by_wave(&[6, 100], &[&[3, 3], &[50, 50]]);
        let hidden = Families::new(&strata).hidden(&bases, 10);
        assert_eq!((hidden[3], hidden[6]), (None, None), "the total of a wave is a total, however small");
        assert_eq!(hidden[1..3], [COMPLEMENTARY; 2]);
    }

    /// Works out hidden bases by subtraction, again and again, as long as any sum has one unknown part.
    fn worked_out(families: &Families, bases: &[u64], hidden: &[Option<Flag>]) -> Vec<usize> {
        let over_waves = families.pooled.iter().map(|(whole, in_waves)| Sum {
            whole: *whole,
            parts: in_waves.iter().map(|(part, _)| *part).collect(),
        });
        let sums: Vec<Sum> = families.sums.iter().cloned().chain(over_waves).collect();
        let mut known: Vec<bool> = hidden.iter().map(Option::is_none).collect();
        let mut found = Vec::new();
        loop {
            let solvable = sums.iter().find_map(|sum| {
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
            let mut strata: Vec<(Option<usize>, Place)> = Vec::new();
            let mut bases: Vec<u64> = Vec::new();
            for mask in 0..8_usize {
                let mut totals: std::collections::BTreeMap<(Option<usize>, Place), u64> =
                    std::collections::BTreeMap::new();
                for (index, base) in cells.iter().enumerate() {
                    let values = [("region", index % 2), ("age", index / 2 % 3)];
                    let kept = values.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1);
                    let place = kept.map(|(_, (dimension, value))| ((*dimension).to_owned(), value.to_string())).collect();
                    let wave = (mask >> 2 == 1).then_some(index / 6);
                    *totals.entry((wave, place)).or_default() += base;
                }
                for (stratum, base) in totals {
                    strata.push(stratum);
                    bases.push(base);
                }
            }
            let families = Families::new(&strata);
            let hidden = families.hidden(&bases, limit);
            prop_assert_eq!(worked_out(&families, &bases, &hidden), Vec::<usize>::new());
            prop_assert!(hidden[0].is_none());
            let alone = |wave: usize| {
                let own: Vec<usize> = (0..strata.len()).filter(|cell| strata[*cell].0 == Some(wave)).collect();
                let families = Families::new(&own.iter().map(|cell| strata[*cell].clone()).collect::<Vec<_>>());
                let alone = families.hidden(&own.iter().map(|cell| bases[*cell]).collect::<Vec<_>>(), limit);
                (alone, own.iter().map(|cell| hidden[*cell]).collect::<Vec<_>>())
            };
            for wave in 0..2 {
                let (alone, beside_others) = alone(wave);
                prop_assert_eq!(alone, beside_others);
            }
        }
    }
}
