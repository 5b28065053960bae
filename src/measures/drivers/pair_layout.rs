//! Where the counters of every two columns stand.

/// Codes are looked at so many at a time.
pub(super) const LANES: usize = 8;

/// Where the counters of two columns stand: those of a code of the first column with each code of every later one side by
/// side.
///
/// Columns are numbered from 0 on, and a column stands beside itself, too. Counters of a code are a multiple of [`LANES`]:
/// some codes before those of the column, or before all, are taken with them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PairLayout {
    /// By column, how many codes it has.
    widths: Vec<usize>,
    /// By column, the place of its first code among all.
    before: Vec<usize>,
    /// By column, where its first counter stands.
    starts: Vec<usize>,
    /// The codes of all columns, and those that nothing has.
    codes: usize,
    counters: usize,
}

impl PairLayout {
    /// Of columns that have so many codes.
    pub(super) fn new(widths: Vec<usize>) -> Self {
        let sums = |first: usize, parts: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            parts
                .scan(first, |sum: &mut usize, part| {
                    let before = *sum;
                    *sum = sum.saturating_add(part);
                    Some(before)
                })
                .collect()
        };
        let all: usize = widths.iter().sum();
        let codes = all.next_multiple_of(LANES);
        let before = sums(codes - all, &mut widths.iter().copied());
        let of = |column: usize| widths[column].saturating_mul(codes - lane_start(before[column]));
        let starts = sums(0, &mut (0..widths.len()).map(of));
        let counters = (0..widths.len()).map(of).fold(0_usize, usize::saturating_add);
        Self { widths, before, starts, codes, counters }
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> usize {
        self.widths.len()
    }

    /// How many codes a column has.
    pub(super) fn width(&self, column: usize) -> usize {
        self.widths[column]
    }

    /// The place of the first code of a column among all.
    #[inline]
    pub(super) fn before(&self, column: usize) -> usize {
        self.before[column]
    }

    /// How many places of codes there are, a multiple of [`LANES`].
    pub(super) fn codes(&self) -> usize {
        self.codes
    }

    /// How many counters there are.
    pub(super) fn counters(&self) -> usize {
        self.counters
    }

    /// The place of the first code with which those of a column are counted.
    #[inline]
    pub(super) fn counted_from(&self, column: usize) -> usize {
        lane_start(self.before[column])
    }

    /// The first counter of a code of a column.
    #[inline]
    pub(super) fn row(&self, column: usize, code: usize) -> usize {
        self.starts[column] + code * (self.codes - self.counted_from(column))
    }

    /// The counter of the codes of two columns, the first not after the second.
    pub(super) fn place(&self, (one, code): (usize, usize), (other, second): (usize, usize)) -> usize {
        self.row(one, code) + self.before[other] + second - self.counted_from(one)
    }
}

fn lane_start(place: usize) -> usize {
    place / LANES * LANES
}

#[cfg(test)]
mod tests {
    use super::PairLayout;

    #[test]
    fn every_two_codes_have_a_counter_of_their_own() {
        let layout = PairLayout::new(vec![2, 6, 1]);
        // Nothing has the first 7 of 16 places.
        assert_eq!((layout.columns(), layout.codes(), layout.width(1)), (3, 16, 6));
        assert_eq!([0, 1, 2].map(|column| layout.before(column)), [7, 9, 15]);
        assert_eq!([0, 1, 2].map(|column| layout.counted_from(column)), [0, 8, 8]);
        assert_eq!((layout.counters(), layout.row(1, 2)), (2 * 16 + 7 * 8, 32 + 2 * 8));
        let mut places: Vec<usize> = Vec::new();
        for (one, other) in (0..3).flat_map(|one| (one..3).map(move |other| (one, other))) {
            for a in 0..layout.width(one) {
                places.extend((0..layout.width(other)).map(|b| layout.place((one, a), (other, b))));
            }
        }
        assert!(places.iter().all(|place| *place < layout.counters()));
        let n = places.len();
        places.sort_unstable();
        places.dedup();
        assert_eq!((n, places.len()), (2 * 9 + 6 * 7 + 1, n));
    }
}
