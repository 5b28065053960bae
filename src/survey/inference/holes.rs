//! Numbers of points that leave some out: 1, 3, 5, 7, 9, or 1, 2, 3, 4, 6.

use std::collections::BTreeMap;

/// With fewer answers, a number that nobody gave says little.
const FEW: u64 = 50;
/// A last number that is a point rather than a code for no answer is not rarer than this, in percent.
const LEAST_PERCENT: u64 = 8;

/// The numbers of the points, where they are plainly not all from the first to the last.
pub(super) fn values(points: &BTreeMap<i64, u64>) -> Option<Vec<i32>> {
    let total: u64 = points.values().sum();
    let values: Vec<i32> = points.keys().map(|value| i32::try_from(*value).ok()).collect::<Option<_>>()?;
    let (first, last) = (*values.first()?, *values.last()?);
    if total < FEW || values.len() < 4 || !matches!(first, 0..=2) || last > 10 {
        return None;
    }
    let is_even = values.windows(2).all(|pair| pair[1] - pair[0] == 2);
    // 1 to 4 and 6: one number is left out before the last.
    let before = values.len() - 1;
    let is_row = |values: &[i32]| values.windows(2).all(|pair| pair[1] - pair[0] == 1);
    let one_out =
        first == 1 && is_row(&values[..before]) && last - values[before - 1] == 2 && values.len() == 5;
    let is_common =
        points.values().next_back().is_some_and(|count| count.saturating_mul(100) >= total * LEAST_PERCENT);
    (is_even || (one_out && is_common)).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(numbers: &[i64], each: u64) -> Option<Vec<i32>> {
        values(&numbers.iter().map(|number| (*number, each)).collect())
    }

    #[test]
    fn only_plain_holes_count() {
        assert_eq!(read(&[1, 3, 5, 7, 9], 20), Some(vec![1, 3, 5, 7, 9]));
        assert_eq!(read(&[1, 2, 3, 4, 6], 20), Some(vec![1, 2, 3, 4, 6]));
        for numbers in [&[1, 2, 3, 4, 5][..], &[1, 2, 3, 5], &[1, 2, 3, 4, 9], &[1, 3, 5], &[3, 5, 7, 9], &[]]
        {
            assert_eq!(read(numbers, 20), None, "{numbers:?}");
        }
        assert_eq!(read(&[1, 3, 5, 7, 9], 2), None);
        let rare = BTreeMap::from([(1, 50), (2, 50), (3, 50), (4, 50), (6, 4)]);
        assert_eq!(values(&rare), None, "6 may mean no answer");
    }
}
