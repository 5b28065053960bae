//! The order of a column's answers: numbers on a scale, numbers with words beside them, or words of a family.

use std::collections::BTreeMap;

use crate::survey::phrasebook::phrase_key;
use crate::survey::{Best, Measure, numbered_label};

use super::codes;
use super::column::Column;
use super::ends::{self, Named};
use super::labelled;
use super::points::{self, Points};
use super::wording;
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
    if let Some(mixed) = &column.among_numbers {
        return mixed.answers(measure);
    }
    if values.is_numeric() && !worded_numbers(column) {
        return points_of(column, &values.whole, measure, &BTreeMap::new())
            .map(|points| Answers::Points(points, BTreeMap::new()));
    }
    if let Some(words) = &column.words {
        return Some(Answers::Words(words.clone()));
    }
    if let Some(points) = codes::points(column).filter(|_| measure != Measure::Nps) {
        return Some(points);
    }
    let Numbered { whole, labels } = numbered(column)?;
    points_of(column, &whole, measure, &labels).map(|points| Answers::Points(points, labels))
}

/// The scale of a rating: as the header names it, else as the numbers have it; the words in the cells say which end
/// is best where the header does not.
pub(super) fn rating(
    column: &Column<'_>,
    whole: &BTreeMap<i64, u64>,
    labels: &BTreeMap<i64, String>,
) -> Option<Points> {
    if let Some(points) = labelled::points(whole, labels) {
        return Some(points);
    }
    if let Some(last) = out_of(column).filter(|last| (2..=10).contains(last)) {
        let named = Named { min: 1, max: last, best: Some(Best::High), worded: true, plain: true };
        return points::by_header(whole, &named);
    }
    if let Some(points) = school_mark(column, whole) {
        return Some(points);
    }
    let by_header = column.named.and_then(|named| points::by_header(whole, &named));
    let unfit = column.named.is_some_and(|named| named.plain) && by_header.is_none();
    let mut points = by_header.or_else(|| labelled::ends(whole, labels)).or_else(|| points::rating(whole))?;
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

/// The marks of a school, where the header asks for one and does not say which end is best.
fn school_mark(column: &Column<'_>, whole: &BTreeMap<i64, u64>) -> Option<Points> {
    let named = column.named.unwrap_or(Named { min: 1, max: 6, best: None, worded: false, plain: true });
    if named.best.is_some() || !wording::is_school_mark(&column.tokens) {
        return None;
    }
    let points = points::by_header(whole, &Named { best: Some(Best::Low), ..named })?;
    Some(Points { doubt: Some("a school mark, of which 1 is mostly the best".to_owned()), ..points })
}

/// Numbers that have words beside them in some cells.
pub(super) struct Numbered {
    /// The numbers with the count of their cells.
    pub(super) whole: BTreeMap<i64, u64>,
    /// The words by number.
    pub(super) labels: BTreeMap<i64, String>,
}

impl Numbered {
    /// Whether some of the words are a label that is known, or praise or blame.
    pub(super) fn praises(&self) -> bool {
        self.labels.values().any(|label| ends::best(Some(label), None).is_some())
    }
}

/// Cells such as `3 - Somewhat important`, `10 (best)`, `4 stars` or `4`.
pub(super) fn numbered(column: &Column<'_>) -> Option<Numbered> {
    let values = &column.values;
    if values.decimal_cells > 0 || values.overflow {
        return None;
    }
    let mut found = Numbered { whole: values.whole.clone(), labels: BTreeMap::new() };
    let mut last = None;
    for (text, count) in &values.texts {
        let label = numbered_label(text)?;
        // `3/4` and `3/5` are fractions, or days.
        if label.of.is_some() && last.replace(label.of).is_some_and(|last| last != label.of) {
            return None;
        }
        let number = i64::from(label.number);
        if !label.words.is_empty() {
            let known = found.labels.entry(number).or_insert_with(|| label.words.to_owned());
            if phrase_key(known) != phrase_key(label.words) {
                return None;
            }
        }
        *found.whole.entry(number).or_insert(0) += count;
    }
    let mut words: Vec<String> = found.labels.values().map(|label| phrase_key(label)).collect();
    words.sort();
    words.dedup();
    // The same words beside several numbers: `Team (1)`, `Team (2)`.
    (!values.texts.is_empty() && words.len() == found.labels.len()).then_some(found)
}

/// How many points there are by the cells themselves: `4/5`, `★★★★☆`.
fn out_of(column: &Column<'_>) -> Option<i32> {
    column.values.texts.iter().find_map(|(text, _)| numbered_label(text)?.of)
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
