//! Rows with the same answers and the same weight, counted once: what every figure of drivers is made from.
//!
//! Patterns stand in the order of their codes, so that the order of rows changes no digit.

/// The numbers that the codes of a column stand for: code 0 is no answer, code k the k-th value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternColumn {
    /// In rising order.
    pub values: Vec<f64>,
}

/// Distinct rows of an outcome, the first column, and its predictors.
#[derive(Clone, Debug, PartialEq)]
pub struct Patterns {
    columns: Vec<PatternColumn>,
    keys: Keys,
    /// By pattern the weight of one of its rows; empty without weights.
    weights: Vec<f64>,
    /// By pattern how many rows it has.
    counts: Vec<u32>,
    rows: u64,
}

/// Codes of a pattern as one number, the outcome's the most significant.
#[derive(Clone, Debug, PartialEq)]
enum Keys {
    Short(Vec<u64>),
    Long(Vec<u128>),
    /// The codes themselves, where there are more different patterns than a number tells apart.
    Wide(Vec<Box<[u32]>>),
}

impl Patterns {
    /// The patterns of so many rows; `code` gives the code of a column in a row, `weight` the weight of a row.
    pub fn new(
        columns: Vec<PatternColumn>,
        rows: impl Iterator<Item = usize>,
        code: impl Fn(usize, usize) -> usize,
        weight: Option<&dyn Fn(usize) -> f64>,
    ) -> Self {
        let width = |column: &PatternColumn| column.values.len() as u128 + 1;
        let different = columns.iter().try_fold(1_u128, |all, column| all.checked_mul(width(column)));
        let key = |row: usize| {
            let digits = columns.iter().enumerate();
            digits.fold(0_u128, |key, (place, column)| {
                let known = code(place, row);
                let known = if known > column.values.len() { 0 } else { known };
                key * width(column) + known as u128
            })
        };
        let short = different.is_some_and(|different| different <= u128::from(u64::MAX));
        let narrow = |key: u128| u64::try_from(key).unwrap_or(u64::MAX);
        // Weights are positive: their bits are in the order of their sizes.
        let (keys, weights, counts) = match (short, weight) {
            _ if different.is_none() => {
                let bits = |row| weight.map_or(0, |weight| weight(row).to_bits());
                let codes = |row: usize| {
                    let codes = columns.iter().enumerate().map(|(place, column)| {
                        let known = code(place, row);
                        if known > column.values.len() { 0 } else { u32::try_from(known).unwrap_or(0) }
                    });
                    codes.collect::<Box<[u32]>>()
                };
                let (pairs, counts) = counted(rows.map(|row| (codes(row), bits(row))).collect());
                let weights = pairs.iter().filter(|_| weight.is_some());
                let weights = weights.map(|(_, bits)| f64::from_bits(*bits)).collect();
                (Keys::Wide(pairs.into_iter().map(|(codes, _)| codes).collect()), weights, counts)
            }
            (true, None) => {
                let (keys, counts) = counted(rows.map(|row| narrow(key(row))).collect());
                (Keys::Short(keys), Vec::new(), counts)
            }
            (true, Some(weight)) => {
                let all = rows.map(|row| (narrow(key(row)), weight(row).to_bits())).collect();
                let (pairs, counts): (Vec<(u64, u64)>, _) = counted(all);
                let weights = pairs.iter().map(|(_, bits)| f64::from_bits(*bits)).collect();
                (Keys::Short(pairs.into_iter().map(|(key, _)| key).collect()), weights, counts)
            }
            (false, _) => {
                let bits = |row| weight.map_or(0, |weight| weight(row).to_bits());
                let (pairs, counts): (Vec<(u128, u64)>, _) =
                    counted(rows.map(|row| (key(row), bits(row))).collect());
                let weights = pairs.iter().filter(|_| weight.is_some());
                let weights = weights.map(|(_, bits)| f64::from_bits(*bits)).collect();
                (Keys::Long(pairs.into_iter().map(|(key, _)| key).collect()), weights, counts)
            }
        };
        let rows = counts.iter().map(|count| u64::from(*count)).sum();
        Self { columns, keys, weights, counts, rows }
    }

    /// How many patterns there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The number of predictors.
    pub fn predictors(&self) -> usize {
        self.columns.len().saturating_sub(1)
    }

    /// Whether rows have weights.
    pub fn is_weighted(&self) -> bool {
        !self.weights.is_empty()
    }

    /// How many rows a pattern has, and the weight of one of them.
    pub fn count(&self, pattern: usize) -> (u32, f64) {
        let count = self.counts.get(pattern).copied().unwrap_or(0);
        (count, self.weights.get(pattern).copied().unwrap_or(1.0))
    }

    /// Writes the codes of a pattern, one a column.
    pub fn codes(&self, pattern: usize, into: &mut [usize]) {
        match &self.keys {
            Keys::Short(keys) => {
                let mut key = keys.get(pattern).copied().unwrap_or(0);
                for (column, code) in self.columns.iter().zip(into).rev() {
                    let width = column.values.len() as u64 + 1;
                    *code = usize::try_from(key % width).unwrap_or(0);
                    key /= width;
                }
            }
            Keys::Long(keys) => {
                let mut key = keys.get(pattern).copied().unwrap_or(0);
                for (column, code) in self.columns.iter().zip(into).rev() {
                    let width = column.values.len() as u128 + 1;
                    *code = usize::try_from(key % width).unwrap_or(0);
                    key /= width;
                }
            }
            Keys::Wide(keys) => {
                let known = keys.get(pattern).map_or(&[][..], |codes| codes);
                for (code, known) in into.iter_mut().zip(known) {
                    *code = usize::try_from(*known).unwrap_or(0);
                }
            }
        }
    }

    /// The number that a code of a column stands for; `None` for no answer.
    pub fn value(&self, column: usize, code: usize) -> Option<f64> {
        self.columns.get(column)?.values.get(code.checked_sub(1)?).copied()
    }

    /// The numbers of a column in rising order.
    pub fn values(&self, column: usize) -> &[f64] {
        self.columns.get(column).map_or(&[], |column| &column.values)
    }

    /// What identifies a pattern whatever else there is, for chance that depends on nothing but the answers.
    pub fn seed(&self, pattern: usize) -> u64 {
        let key = match &self.keys {
            Keys::Short(keys) => keys.get(pattern).copied().unwrap_or(0),
            Keys::Long(keys) => {
                let key = keys.get(pattern).copied().unwrap_or(0);
                let low = u64::try_from(key & u128::from(u64::MAX)).unwrap_or(0);
                low ^ mixed(u64::try_from(key >> 64).unwrap_or(0))
            }
            Keys::Wide(keys) => {
                let codes = keys.get(pattern).map_or(&[][..], |codes| codes);
                codes.iter().fold(0, |key, code| mixed(key ^ u64::from(*code)))
            }
        };
        key ^ mixed(self.weights.get(pattern).map_or(0, |weight| weight.to_bits()))
    }
}

/// The different ones of all, in order, and how many there are of each.
fn counted<K: Ord>(mut all: Vec<K>) -> (Vec<K>, Vec<u32>) {
    all.sort_unstable();
    let counts = all.chunk_by(|one, other| one == other);
    let counts = counts.map(|alike| u32::try_from(alike.len()).unwrap_or(u32::MAX)).collect();
    all.dedup();
    (all, counts)
}

/// A whole number with its bits well mixed (Steele, Lea and Flood 2014: SplitMix64).
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{PatternColumn, Patterns};

    fn columns(widths: &[usize]) -> Vec<PatternColumn> {
        widths.iter().map(|n| PatternColumn { values: (1..=*n).map(|v| v as f64).collect() }).collect()
    }

    #[test]
    fn equal_rows_are_one_pattern_in_any_order_of_rows() {
        let rows = [[5, 1, 0], [2, 3, 4], [5, 1, 0], [0, 0, 0], [2, 3, 4], [5, 1, 0]];
        let code = |column: usize, row: usize| rows[row][column];
        let found = Patterns::new(columns(&[5, 5, 7]), 0..6, code, None);
        assert_eq!((found.len(), found.rows(), found.predictors(), found.is_weighted()), (3, 6, 2, false));
        let mut codes = [0; 3];
        let all: Vec<_> = (0..3)
            .map(|pattern| {
                found.codes(pattern, &mut codes);
                (codes, found.count(pattern).0)
            })
            .collect();
        assert_eq!(all, [([0, 0, 0], 1), ([2, 3, 4], 2), ([5, 1, 0], 3)]);
        assert_eq!((found.value(2, 4), found.value(2, 0), found.value(2, 8)), (Some(4.0), None, None));
        let back = Patterns::new(columns(&[5, 5, 7]), (0..6).rev(), code, None);
        assert_eq!(back, found);
    }

    #[test]
    fn rows_of_different_weights_are_different_and_wide_rows_fit() {
        let weight = |row: usize| if row == 2 { 2.5 } else { 0.5 };
        for columns in [columns(&[5, 5]), columns(&[11; 30]), columns(&[11; 60])] {
            let found = Patterns::new(columns, 0..4, |column, _| column % 5, Some(&weight));
            assert_eq!((found.count(0), found.count(1), found.len()), ((3, 0.5), (1, 2.5), 2));
            let mut codes = vec![0; found.predictors() + 1];
            found.codes(1, &mut codes);
            assert!(codes.iter().enumerate().all(|(column, code)| *code == column % 5));
            assert_ne!(found.seed(0), found.seed(1));
        }
    }
}
