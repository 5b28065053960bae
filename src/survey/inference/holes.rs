//! Numbers of points that leave some out: 1, 3, 5, 7, 9, or 1, 2, 3, 4, 6.

use std::collections::BTreeMap;

use super::answers::Answers;
use super::column::{Column, Guess};
use super::points::Points;
use super::wording::stem;

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

/// Columns beside one with holes (those whose names begin alike) have the same points, where all their numbers are
/// among them.
pub(super) fn neighbours(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let known: Vec<(String, Points)> = columns
        .iter()
        .zip(guesses.iter())
        .filter_map(|(column, guess)| match &guess.answers {
            Some(Answers::Points(points, labels)) if labels.is_empty() && !points.values.is_empty() => {
                Some((stem(column.name), points.clone()))
            }
            _ => None,
        })
        .collect();
    for (index, guess) in guesses.iter_mut().enumerate() {
        let Some(Answers::Points(own, labels)) = &guess.answers else { continue };
        let is_tie = own.values.is_empty() && own.doubt.is_some() && labels.is_empty();
        let column = &columns[index];
        let beside = known.iter().find(|(name, points)| {
            let is_point = |value: &i64| points.values.iter().any(|point| i64::from(*point) == *value);
            *name == stem(column.name) && column.values.whole.keys().all(is_point)
        });
        if let (Some((_, points)), true) = (beside, is_tie && open(index) && column.named.is_none()) {
            guess.why =
                format!("{} as its neighbours, {} taken as best", points.shown(), points.best_point());
            guess.answers = Some(Answers::Points(points.clone(), BTreeMap::new()));
        }
    }
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
