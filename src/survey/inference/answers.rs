//! The order of a column's answers: numbers on a scale, numbers with words beside them, or words of a family.

use std::collections::BTreeMap;

use crate::survey::{Best, Measure};

use super::column::Column;
use super::ends;
use super::points::{self, Points};
use super::values::Values;
use super::words::Words;

/// How the answers of a column are ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// Numbers, with the labels that stand beside them in the cells (`3 - Somewhat important`), by number.
    Points(Points, BTreeMap<i64, String>),
    /// Words of a family.
    Words(Words),
}

/// What the column would be as a question with this measure: the order of its answers, if they have one.
pub(super) fn answers(column: &Column<'_>, measure: Measure) -> Option<Answers> {
    let values = &column.values;
    if values.is_numeric() && !worded_numbers(column) {
        return points_of(column, &values.whole, measure, &BTreeMap::new())
            .map(|points| Answers::Points(points, BTreeMap::new()));
    }
    if let Some(words) = &column.words {
        return Some(Answers::Words(words.clone()));
    }
    let (whole, labels) = numbered(values)?;
    points_of(column, &whole, measure, &labels).map(|points| Answers::Points(points, labels))
}

/// The scale of a rating: as the header names it, else as the numbers have it; the words in the cells say which end
/// is best where the header does not.
pub(super) fn rating(
    column: &Column<'_>,
    whole: &BTreeMap<i64, u64>,
    labels: &BTreeMap<i64, String>,
) -> Option<Points> {
    let by_header = column.named.and_then(|named| points::by_header(whole, &named));
    let unfit = column.named.is_some_and(|named| named.plain) && by_header.is_none();
    let mut points = by_header.or_else(|| points::rating(whole))?;
    if unfit {
        points.doubt.get_or_insert_with(|| "the header names another range".to_owned());
    }
    let word = |value: i32| labels.get(&i64::from(value)).map(String::as_str);
    if column.named.is_none_or(|named| named.best.is_none())
        && ends::best(word(points.min), word(points.max)) == Some(Best::Low)
    {
        points.best = Best::Low;
    }
    Some(points)
}

/// Cells such as `3 - Somewhat important`, `10 (best)` or `4`: the numbers, and the whole cell by number.
pub(super) fn numbered(values: &Values) -> Option<(BTreeMap<i64, u64>, BTreeMap<i64, String>)> {
    if values.decimal_cells > 0 || values.overflow {
        return None;
    }
    let mut whole = values.whole.clone();
    let mut labels = BTreeMap::new();
    for (text, count) in &values.texts {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 =
            text.get(..digits).filter(|digits| (1..=2).contains(&digits.len()))?.parse().ok()?;
        let rest = text.get(digits..)?;
        let after = rest.trim_start();
        let separated = after.starts_with(['-', '–', '—', ':', '=', '(', '.', ')']);
        let worded = after.chars().any(char::is_alphabetic)
            && !after.chars().any(|character| character.is_ascii_digit());
        if !separated || !worded {
            return None;
        }
        if labels.insert(number, text.clone()).is_some() {
            return None;
        }
        *whole.entry(number).or_insert(0) += count;
    }
    (!labels.is_empty()).then_some((whole, labels))
}

/// Whether words of a family stand among numbers: the words say the order and the length of the scale.
pub(super) fn worded_numbers(column: &Column<'_>) -> bool {
    column.words.as_ref().is_some_and(|words| {
        let points = i64::try_from(words.labels.len()).unwrap_or(i64::MAX);
        column.values.whole.keys().all(|value| (1..=points).contains(value))
    })
}

fn points_of(
    column: &Column<'_>,
    whole: &BTreeMap<i64, u64>,
    measure: Measure,
    labels: &BTreeMap<i64, String>,
) -> Option<Points> {
    if measure == Measure::Nps { points::recommendation(whole) } else { rating(column, whole, labels) }
}
