//! Rows by the answers to every two columns, counted in one walk over the patterns, by the groups that are left out in turn.

use super::parallel::{PARTS, in_parallel, part_of};
use super::patterns::{Patterns, mixed};

/// Patterns whose rows are sorted by group at a time: the counters of one group are then near.
const PATTERNS_AT_A_TIME: usize = 1 << 16;

/// More counters of a group than these are no longer near.
const MOST_COUNTERS: usize = 1 << 16;

/// Where columns are counted two at a time, the counters of a group have to be nearer still.
const MOST_OF_TWO: usize = 1 << 15;

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
    fn new(widths: Vec<usize>) -> Self {
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

    /// The first counter of a code of a column.
    #[inline]
    fn row(&self, column: usize, code: usize) -> usize {
        let length = self.counted_with(column);
        self.starts[column] + code * length
    }

    /// The counter of the codes of two columns, the first not after the second.
    fn place(&self, (one, code): (usize, usize), (other, second): (usize, usize)) -> usize {
        self.row(one, code) + self.before[other] - self.before[one] + second
    }

    /// How many counters there are of a code of a column.
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
        let widths: Vec<usize> = (0..=patterns.predictors()).map(|c| patterns.values(c).len() + 1).collect();
        let units = Units::of(&widths);
        let layout = Layout::new(widths);
        if patterns.is_weighted() || layout.counters > MOST_COUNTERS {
            return None;
        }
        let of_part = |part: usize| {
            let mut counters = vec![vec![0_u32; units.layout.counters]; groups];
            let (mut complete, mut used) = (0, 0);
            let bounds = part_of(patterns.len(), part);
            for start in bounds.clone().step_by(PATTERNS_AT_A_TIME) {
                let range = start..bounds.end.min(start + PATTERNS_AT_A_TIME);
                let found = count(patterns, &units, range, listwise, &mut counters);
                (complete, used) = (complete + found.0, used + found.1);
            }
            // Each part gives back the fewer counters by two columns.
            let counters: Vec<Vec<u32>> =
                counters.iter().map(|counters| units.by_column(counters, &layout)).collect();
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
        self.layout.widths[column]
    }

    /// How many groups there are.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }
}

/// Columns that are counted as one: two of them, or each by itself where two have too many codes together. A row then
/// touches a quarter of the counters.
struct Units {
    /// The first column of each and how many it has, one or two.
    columns: Vec<(usize, usize)>,
    /// By column, how many codes it has.
    widths: Vec<usize>,
    layout: Layout,
}

impl Units {
    fn of(widths: &[usize]) -> Self {
        let of = |most: usize| {
            let columns: Vec<(usize, usize)> = (0..widths.len())
                .step_by(most)
                .map(|first| (first, most.min(widths.len() - first)))
                .collect();
            let codes = |(first, of): &(usize, usize)| {
                widths[*first..first + of].iter().fold(1_usize, |codes, width| codes.saturating_mul(*width))
            };
            let layout = Layout::new(columns.iter().map(codes).collect());
            Self { columns, widths: widths.to_vec(), layout }
        };
        let two = of(2);
        if two.layout.counters <= MOST_OF_TWO { two } else { of(1) }
    }

    /// The code of a unit, of the codes of all columns.
    #[inline]
    fn code(&self, unit: usize, codes: &[usize]) -> usize {
        let (first, of) = self.columns[unit];
        if of == 1 { codes[first] } else { codes[first] * self.widths[first + 1] + codes[first + 1] }
    }

    /// The columns of a unit with the codes that they have where the unit has this one.
    fn parts(&self, unit: usize, code: usize) -> impl Iterator<Item = (usize, usize)> + Clone {
        let (first, of) = self.columns[unit];
        let second = if of == 1 { 1 } else { self.widths[first + 1] };
        [(first, code / second), (first + 1, code % second)].into_iter().take(of)
    }

    /// The counters by two columns of those by two units.
    fn by_column(&self, counters: &[u32], layout: &Layout) -> Vec<u32> {
        let mut all = vec![0; layout.counters];
        for (one, width) in self.layout.widths.iter().enumerate() {
            for (other, second) in self.layout.widths.iter().enumerate().skip(one) {
                for (a, b) in (0..*width).flat_map(|a| (0..*second).map(move |b| (a, b))) {
                    let rows = counters[self.layout.place((one, a), (other, b))];
                    if rows == 0 {
                        continue;
                    }
                    for first in self.parts(one, a) {
                        for second in self.parts(other, b).filter(|second| second.0 >= first.0) {
                            all[layout.place(first, second)] += rows;
                        }
                    }
                }
            }
        }
        all
    }
}

/// Counts some patterns, group by group; how many rows are complete and how many of use.
fn count(
    patterns: &Patterns,
    units: &Units,
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
    let (columns, layout) = (units.widths.len(), &units.layout);
    let mut codes = vec![0; columns];
    let mut of_units = vec![0; units.columns.len()];
    let mut places = of_units.clone();
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
            for (unit, code) in of_units.iter_mut().enumerate() {
                *code = units.code(unit, &codes);
                places[unit] = *code + layout.before[unit];
            }
            for (unit, code) in of_units.iter().enumerate() {
                let (first, before) = (layout.row(unit, *code), layout.before[unit]);
                let Some(own) = counters.get_mut(first..first + layout.counted_with(unit)) else { continue };
                for place in &places[unit..] {
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
        // Wide ones are counted column by column.
        let wide = (0..60).map(f64::from).collect();
        let mut with_wide = columns.clone();
        with_wide[1].values = wide;
        let apart = patterns(with_wide, rows, code);
        for (listwise, found) in [(false, &found), (true, &found), (false, &apart), (true, &apart)] {
            for threads in [1, 3] {
                let counts = PairCounts::new(found, 7, listwise, threads).unwrap();
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
        let counts = PairCounts::new(&alike, 10, false, 2).unwrap();
        assert!((0..10).all(|group| (400..600).contains(&counts.count(group, (0, 2), (1, 2)))));
        assert_eq!(PairCounts::new(&weighted(columns, 9, code, |_| 2.0), 2, false, 1), None);
        let many = vec![PatternColumn { values: (0..400).map(f64::from).collect() }; 2];
        assert_eq!(PairCounts::new(&patterns(many, 9, |_, row| row), 2, false, 1), None);
    }
}
