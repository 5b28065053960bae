//! Rows by the answers to every two columns, counted in one walk over the patterns, by the groups that are left out in turn.

use super::parallel::{PARTS, in_parallel, part_of};
use super::patterns::{Patterns, mixed};

/// Patterns whose rows are sorted by group at a time: the counters of one group are then near.
const PATTERNS_AT_A_TIME: usize = 1 << 16;

/// More counters of a group than these are no longer near.
const MOST_COUNTERS: usize = 1 << 16;

/// Rows by group and by the codes of every two columns.
///
/// Columns are numbered from 0, the outcome, on; code 0 is no answer. Counts are whole numbers, so that neither the order
/// of rows nor the number of threads changes any.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PairCounts {
    layout: Layout,
    /// By group, the counters.
    groups: Vec<Vec<u32>>,
    /// The rows with every answer.
    pub(super) complete: u64,
    /// The rows with an outcome and an answer to some predictor.
    pub(super) used: u64,
}

/// Where the counters of two columns stand: those of a code of the first column with each code of every later one side by
/// side.
#[derive(Clone, Debug, PartialEq)]
struct Layout {
    /// By column, how many codes it has.
    widths: Vec<usize>,
    /// By column, how many codes those before it have.
    before: Vec<usize>,
    /// By column, where its first counter stands.
    starts: Vec<usize>,
    counters: usize,
}

impl Layout {
    fn new(patterns: &Patterns) -> Self {
        let widths: Vec<usize> = (0..=patterns.predictors()).map(|c| patterns.values(c).len() + 1).collect();
        let sums = |parts: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            parts
                .scan(0, |sum: &mut usize, part| {
                    let before = *sum;
                    *sum = sum.saturating_add(part);
                    Some(before)
                })
                .collect()
        };
        let before = sums(&mut widths.iter().copied());
        let codes: usize = widths.iter().sum();
        // A column stands beside itself, too.
        let of = |column: usize| widths[column].saturating_mul(codes - before[column]);
        let starts = sums(&mut (0..widths.len()).map(of));
        let counters = (0..widths.len()).map(of).fold(0_usize, usize::saturating_add);
        Self { widths, before, starts, counters }
    }

    /// The first counter of a code of a column, less what stands before the column's own in every row of counters.
    #[inline]
    fn row(&self, column: usize, code: usize) -> usize {
        let length = self.counted_with(column);
        self.starts[column] + code * length
    }

    fn counted_with(&self, column: usize) -> usize {
        let last = self.widths.len() - 1;
        self.before[last] + self.widths[last] - self.before[column]
    }
}

impl PairCounts {
    /// The rows of all patterns in so many groups, by a hash of their answers and of which of their pattern they are;
    /// `listwise` leaves out rows without every answer.
    ///
    /// `None` for weighted rows and for columns of so many values that a walk over the patterns is faster.
    pub(super) fn new(patterns: &Patterns, groups: usize, listwise: bool, threads: usize) -> Option<Self> {
        let layout = Layout::new(patterns);
        if patterns.is_weighted() || layout.counters > MOST_COUNTERS {
            return None;
        }
        let of_part = |part: usize| {
            let mut counters = vec![vec![0_u32; layout.counters]; groups];
            let (mut complete, mut used) = (0, 0);
            let bounds = part_of(patterns.len(), part);
            for start in bounds.clone().step_by(PATTERNS_AT_A_TIME) {
                let range = start..bounds.end.min(start + PATTERNS_AT_A_TIME);
                let found = count(patterns, &layout, range, listwise, &mut counters);
                (complete, used) = (complete + found.0, used + found.1);
            }
            (counters, complete, used)
        };
        let mut parts = in_parallel(PARTS, threads, &of_part).into_iter();
        let (mut all, mut complete, mut used) = parts.next()?;
        for (counters, of_part, with_outcome) in parts {
            (complete, used) = (complete + of_part, used + with_outcome);
            for (into, from) in all.iter_mut().zip(counters) {
                into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
            }
        }
        Some(Self { layout, groups: all, complete, used })
    }

    /// How many rows of a group have these codes of two columns, the first not after the second.
    pub(super) fn count(
        &self,
        group: usize,
        (one, code): (usize, usize),
        (other, second): (usize, usize),
    ) -> u32 {
        let within = self.layout.before[other] - self.layout.before[one] + second;
        self.groups[group][self.layout.row(one, code) + within]
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
        self.layout.widths[column]
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }
}

/// Counts some patterns, group by group; how many rows are complete and how many of use.
fn count(
    patterns: &Patterns,
    layout: &Layout,
    range: std::ops::Range<usize>,
    listwise: bool,
    counters: &mut [Vec<u32>],
) -> (u64, u64) {
    let groups = counters.len();
    // By group: the pattern, and how many of its rows are in the group.
    let mut members: Vec<Vec<(usize, u32)>> = vec![Vec::with_capacity(2 * range.len() / groups); groups];
    let mut rows = vec![0_u32; groups];
    for pattern in range {
        let (count, _) = patterns.count(pattern);
        let own = patterns.seed(pattern);
        let group =
            |row: u32| usize::try_from(mixed(own ^ mixed(u64::from(row))) % groups as u64).unwrap_or(0);
        if count == 1 {
            members[group(0)].push((pattern, 1));
            continue;
        }
        (0..count).for_each(|row| rows[group(row)] += 1);
        for (members, rows) in members.iter_mut().zip(&mut rows).filter(|(_, rows)| **rows > 0) {
            members.push((pattern, *rows));
            *rows = 0;
        }
    }
    let columns = layout.widths.len();
    let mut codes = vec![0; columns];
    let mut places = vec![0; columns];
    let (mut complete, mut used) = (0, 0);
    for (members, counters) in members.iter().zip(counters) {
        for (pattern, rows) in members {
            patterns.codes(*pattern, &mut codes);
            let known = codes.iter().filter(|code| **code > 0).count();
            let has_outcome = codes.first().is_some_and(|code| *code > 0);
            complete += u64::from(*rows) * u64::from(known == columns);
            used += u64::from(*rows) * u64::from(has_outcome && known > 1);
            if listwise && known < columns {
                continue;
            }
            for ((place, code), before) in places.iter_mut().zip(&codes).zip(&layout.before) {
                *place = code + before;
            }
            for (column, code) in codes.iter().enumerate() {
                let first = layout.row(column, *code);
                let before = layout.before[column];
                let Some(own) = counters.get_mut(first..first + layout.counted_with(column)) else {
                    continue;
                };
                for place in &places[column..] {
                    if let Some(counter) = own.get_mut(place - before) {
                        *counter += rows;
                    }
                }
            }
        }
    }
    (complete, used)
}

#[cfg(test)]
mod tests {
    use super::super::patterns::PatternColumn;
    use super::super::patterns::sample::{patterns, weighted};
    use super::PairCounts;

    #[test]
    fn every_two_columns_are_counted_with_and_without_answers() {
        let columns = vec![PatternColumn { values: vec![1.0, 2.0, 3.0] }; 3];
        let code = |column: usize, row: usize| (row / (column + 1)) % 4;
        let rows = 5_000;
        let found = patterns(columns.clone(), rows, code);
        for listwise in [false, true] {
            for threads in [1, 3] {
                let counts = PairCounts::new(&found, 7, listwise, threads).unwrap();
                assert_eq!((counts.groups(), counts.width(1)), (7, 4));
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
        let counts = PairCounts::new(&alike, 10, false, 2).unwrap();
        assert!((0..10).all(|group| (400..600).contains(&counts.count(group, (0, 2), (1, 2)))));
        assert_eq!(PairCounts::new(&weighted(columns, 9, code, |_| 2.0), 2, false, 1), None);
        let many = vec![PatternColumn { values: (0..400).map(f64::from).collect() }; 2];
        assert_eq!(PairCounts::new(&patterns(many, 9, |_, row| row), 2, false, 1), None);
    }
}
