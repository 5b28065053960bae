//! Rows by the answers to every two columns, counted in one walk over the patterns, by the groups that are left out in turn.

use std::ops::Range;

use super::pair_layout::PairLayout;
use super::parallel::{PARTS, in_parallel, part_of};
use super::patterns::{Patterns, mixed};
use super::row_bits::{BitColumns, GroupCounts, RowBits};

/// More counters of a group than these are no longer near.
const MOST_COUNTERS: usize = 1 << 16;

/// So many counters that are added to together take as long as one that is added to alone.
const COUNTERS_OF_ONE: usize = 512;

/// Rows by group and by the codes of every two columns.
///
/// Columns are numbered from 0, the outcome, on; code 0 is no answer. Counts are whole numbers, so that neither the order
/// of rows nor the number of threads changes any.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PairCounts {
    layout: PairLayout,
    /// By group, the counters.
    groups: Vec<Vec<u32>>,
    /// The rows with every answer.
    pub(super) complete: u64,
    /// The rows with an outcome and an answer to some predictor.
    pub(super) used: u64,
}

impl PairCounts {
    /// The rows of all patterns in so many groups, by a hash of their answers and of which of their pattern they are;
    /// `listwise` leaves out rows without every answer.
    ///
    /// `None` for weighted rows and for columns of so many values that a walk over the patterns is faster.
    pub(super) fn new<const GROUPS: usize>(
        patterns: &Patterns,
        listwise: bool,
        threads: usize,
    ) -> Option<Self> {
        let widths: Vec<usize> = (0..=patterns.predictors()).map(|c| patterns.values(c).len() + 1).collect();
        let layout = PairLayout::new(widths);
        if patterns.is_weighted() || layout.counters() > MOST_COUNTERS {
            return None;
        }
        let of = BitColumns {
            layout: &layout,
            places: patterns.places(),
            listwise,
            level: fearless_simd::Level::new(),
        };
        let of_part = |part: usize| count::<GROUPS>(patterns, &of, part_of(patterns.len(), part));
        let mut parts = in_parallel(PARTS, threads, &of_part).into_iter();
        let mut all = parts.next()?;
        for part in parts {
            for (into, from) in all.iter_mut().zip(part) {
                (into.complete, into.used) = (into.complete + from.complete, into.used + from.used);
                into.counters.iter_mut().zip(from.counters).for_each(|(into, from)| *into += from);
            }
        }
        let sum = |of: fn(&GroupCounts) -> u64| all.iter().map(of).sum();
        let (complete, used) = (sum(|group| group.complete), sum(|group| group.used));
        let groups = all.into_iter().map(|group| group.counters).collect();
        Some(Self { layout, groups, complete, used })
    }

    /// How many rows of a group have these codes of two columns, the first not after the second.
    pub(super) fn count(
        &self,
        group: usize,
        (one, code): (usize, usize),
        (other, second): (usize, usize),
    ) -> u32 {
        self.groups[group][self.layout.place((one, code), (other, second))]
    }

    /// How many rows have an answer to both of two columns, the first not after the second.
    pub(super) fn both(&self, one: usize, other: usize) -> u64 {
        let pairs = (1..self.width(one)).flat_map(|a| (1..self.width(other)).map(move |b| (a, b)));
        let of_group = |group: usize| {
            pairs.clone().map(|(a, b)| u64::from(self.count(group, (one, a), (other, b)))).sum::<u64>()
        };
        (0..self.groups()).map(of_group).sum()
    }

    /// How many codes a column has, the one for no answer included.
    pub(super) fn width(&self, column: usize) -> usize {
        self.layout.width(column)
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }
}

/// Counts some patterns by group.
fn count<const GROUPS: usize>(
    patterns: &Patterns,
    of: &BitColumns<'_>,
    range: Range<usize>,
) -> Vec<GroupCounts> {
    let empty = GroupCounts { counters: vec![0; of.layout.counters()], complete: 0, used: 0 };
    let mut groups = vec![(RowBits::new(of), empty); GROUPS];
    let columns = of.layout.columns();
    let many = (COUNTERS_OF_ONE * columns * (columns + 1) / 2).div_ceil(of.layout.counters());
    let mut codes = vec![0; columns];
    let mut rows = [0_usize; GROUPS];
    for pattern in range {
        let (count, _) = patterns.count(pattern);
        let own = patterns.seed(pattern);
        let group =
            |row: u32| usize::try_from(mixed(own ^ mixed(u64::from(row))) % GROUPS as u64).unwrap_or(0);
        let key = patterns.key(pattern);
        if count == 1 && many > 1 {
            let (bits, counts) = &mut groups[group(0)];
            bits.push(key, of, counts);
            continue;
        }
        (0..count).for_each(|row| rows[group(row)] += 1);
        patterns.codes(pattern, &mut codes);
        for ((bits, counts), rows) in groups.iter_mut().zip(&mut rows).filter(|(_, rows)| **rows > 0) {
            if *rows < many {
                (0..*rows).for_each(|_| bits.push(key, of, counts));
            } else {
                counts.add(of, &codes, *rows);
            }
            *rows = 0;
        }
    }
    groups
        .into_iter()
        .map(|(mut bits, mut counts)| {
            bits.finish(of, &mut counts);
            counts
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::patterns::PatternColumn;
    use super::super::patterns::sample::{patterns, weighted};
    use super::{PairCounts, mixed};

    #[test]
    fn every_two_columns_are_counted_with_and_without_answers() {
        let columns = vec![PatternColumn { values: vec![1.0, 2.0, 3.0] }; 3];
        let code = |column: usize, row: usize| (row / (column + 1)) % 4;
        let rows = 5_000;
        let found = patterns(columns.clone(), rows, code);
        // Wide ones are counted column by column.
        let wide = (0..60).map(f64::from).collect();
        let mut with_wide = columns.clone();
        with_wide[1].values = wide;
        let apart = patterns(with_wide, rows, code);
        for (listwise, found) in [(false, &found), (true, &found), (false, &apart), (true, &apart)] {
            for threads in [1, 3] {
                let counts = PairCounts::new::<7>(found, listwise, threads).unwrap();
                assert_eq!((counts.groups(), counts.width(0)), (7, 4));
                for (one, other) in [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2)] {
                    for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
                        let counted: u32 =
                            (0..7).map(|group| counts.count(group, (one, a), (other, b))).sum();
                        let is_in = |row: &usize| {
                            code(one, *row) == a
                                && code(other, *row) == b
                                && !(listwise && (0..3).any(|column| code(column, *row) == 0))
                        };
                        assert_eq!(usize::try_from(counted).unwrap(), (0..rows).filter(is_in).count());
                    }
                }
            }
        }
        // About as many rows a group, also of one pattern.
        let alike = patterns(columns.clone(), rows, |_, _| 2);
        let counts = PairCounts::new::<10>(&alike, false, 2).unwrap();
        assert!((0..10).all(|group| (400..600).contains(&counts.count(group, (0, 2), (1, 2)))));
        assert_eq!(PairCounts::new::<2>(&weighted(columns, 9, code, |_| 2.0), false, 1), None);
        let many = vec![PatternColumn { values: (0..400).map(f64::from).collect() }; 2];
        assert_eq!(PairCounts::new::<2>(&patterns(many, 9, |_, row| row), false, 1), None);
    }

    #[test]
    fn different_rows_are_counted_as_bits_whatever_their_number_and_words() {
        // 26 columns of three bits stand in two words.
        for (columns, values, rows) in [(4, 9, 4_000), (4, 9, 1), (4, 9, 64), (4, 9, 1_024), (26, 5, 1_300)] {
            let all = vec![PatternColumn { values: (1..=values).map(f64::from).collect() }; columns];
            let code = |column: usize, row: usize| {
                let digits = usize::try_from(mixed((row * columns + column) as u64) >> 32).unwrap();
                // Every fourth row has all answers.
                let answer = digits % (usize::try_from(values).unwrap() + 1);
                if row.is_multiple_of(4) { answer.max(1) } else { answer }
            };
            let found = patterns(all, rows, code);
            let complete = |row: &usize| (0..columns).all(|column| code(column, *row) > 0);
            for listwise in [false, true] {
                let counts = PairCounts::new::<2>(&found, listwise, 2).unwrap();
                let used = |row: &usize| code(0, *row) > 0 && (1..columns).any(|c| code(c, *row) > 0);
                assert_eq!(usize::try_from(counts.complete).unwrap(), (0..rows).filter(complete).count());
                assert_eq!(usize::try_from(counts.used).unwrap(), (0..rows).filter(used).count());
                for (one, other) in [(0, 0), (0, 1), (1, columns - 1), (columns - 1, columns - 1)] {
                    let width = counts.width(0);
                    for (a, b) in (0..width).flat_map(|a| (0..width).map(move |b| (a, b))) {
                        let counted: u32 = (0..2).map(|g| counts.count(g, (one, a), (other, b))).sum();
                        let is_in = |row: &usize| {
                            code(one, *row) == a && code(other, *row) == b && (!listwise || complete(row))
                        };
                        assert_eq!(usize::try_from(counted).unwrap(), (0..rows).filter(is_in).count());
                    }
                }
            }
        }
    }
}
