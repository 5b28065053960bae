//! What is hidden, attacked.

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

/// The rank of a matrix.
fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let columns = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..columns {
        let largest = (rank..rows.len())
            .max_by(|one, other| rows[*one][column].abs().total_cmp(&rows[*other][column].abs()));
        let Some(pivot) = largest.filter(|row| rows[*row][column].abs() > 1e-9) else { continue };
        rows.swap(rank, pivot);
        let pivot = rows[rank].clone();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row[column] / pivot[column];
            if index != rank && factor.abs() > 0.0 {
                row.iter_mut().zip(&pivot).for_each(|(cell, pivot)| *cell -= factor * pivot);
            }
        }
        rank += 1;
    }
    rank
}

/// Works out hidden bases from all sums at once: those that every solution agrees on.
fn solved(families: &Families, bases: &[u64], hidden: &[Option<Flag>]) -> Vec<usize> {
    let unknown: Vec<usize> = (0..bases.len()).filter(|cell| hidden[*cell].is_some()).collect();
    let over_waves = families.pooled.iter().map(|(whole, in_waves)| Sum {
        whole: *whole,
        parts: in_waves.iter().map(|(part, _)| *part).collect(),
    });
    let sums = families.sums.iter().cloned().chain(over_waves);
    let adds_up = |sum: &Sum| bases[sum.whole] == sum.parts.iter().map(|part| bases[*part]).sum::<u64>();
    let row = |sum: Sum| -> Vec<f64> {
        let of = |cell: &usize| {
            f64::from(u8::from(sum.parts.contains(cell))) - f64::from(u8::from(sum.whole == *cell))
        };
        unknown.iter().map(of).collect()
    };
    let rows: Vec<Vec<f64>> = sums.filter(adds_up).map(row).collect();
    let known = rank(rows.clone());
    let is_told = |place: &usize| {
        let alone = (0..unknown.len()).map(|other| f64::from(u8::from(other == *place))).collect();
        rank(rows.iter().cloned().chain([alone]).collect()) == known
    };
    (0..unknown.len()).filter(is_told).map(|place| unknown[place]).collect()
}

/// The strata of a crossing of this many values, in waves or crossed a third time, with every margin; their bases.
fn crossed(values: [usize; 3], cells: &[u64], waves: bool) -> (Vec<(Option<usize>, Place)>, Vec<u64>) {
    let mut totals: std::collections::BTreeMap<(Option<usize>, Place), u64> =
        std::collections::BTreeMap::new();
    for mask in 0..8_usize {
        for (index, base) in cells.iter().enumerate() {
            let of = [index % values[0], index / values[0] % values[1], index / values[0] / values[1]];
            let (mut wave, mut place) = (None, Place::new());
            for (bit, (name, value)) in ["age", "region", "tier"].into_iter().zip(of).enumerate() {
                if mask >> bit & 1 == 1 {
                    if bit == 2 && waves {
                        wave = Some(value);
                    } else {
                        place.insert(name.to_owned(), value.to_string());
                    }
                }
            }
            *totals.entry((wave, place)).or_default() += base;
        }
    }
    totals.into_iter().unzip()
}

#[test]
fn all_sums_together_tell_no_more_than_each_alone() {
    // The sums of rows and columns leave one hidden cell to be worked out, though no sum has one alone.
    let mut seed = 88_172_645_463_325_252_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for round in 0..150_u64 {
        let mut below = |most: u64| usize::try_from(next() % most).unwrap();
        let values = [2 + below(4), 2 + below(4), 1 + below(3)];
        let (limit, most) = (1 + below(12) as u64, 5 + below(40) as u64);
        let cells: Vec<u64> = (0..values.iter().product()).map(|_| below(most) as u64).collect();
        let (strata, bases) = crossed(values, &cells, round % 2 == 0);
        let families = Families::new(&strata);
        let hidden = families.hidden(&bases, limit);
        // Where everything but the total is hidden there is nothing left to hide.
        let left = (0..bases.len()).any(|cell| hidden[cell].is_none() && !families.totals[cell]);
        if left {
            assert_eq!(solved(&families, &bases, &hidden), [0; 0], "{values:?} {cells:?} below {limit}");
        }
    }
}

#[test]
fn sums_too_many_to_solve_hide_all_their_parts() {
    let values = [24, 24, 1];
    let cells: Vec<u64> = (0..values.iter().product::<usize>()).map(|cell| (cell as u64 * 7) % 11).collect();
    let (strata, bases) = crossed(values, &cells, false);
    let families = Families::new(&strata);
    let hidden = families.hidden(&bases, 9);
    let crossing = |cell: &usize| strata[*cell].1.len() == 2 && strata[*cell].1.contains_key("age");
    let shown = (0..bases.len()).filter(crossing).filter(|cell| strata[*cell].1.contains_key("region"));
    assert_eq!(shown.filter(|cell| hidden[*cell].is_none()).count(), 0);
}
