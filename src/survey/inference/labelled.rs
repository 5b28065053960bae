//! Numbers whose words are a scale that is known: the words say which end is best and how many points there are.

use std::collections::BTreeMap;

use crate::survey::{Best, Measure, fold};

use super::points::Points;
use super::vocabulary::Topic;
use super::words;

/// The points of numbers with these words beside them; `None` where the words are no scale, or the numbers do not
/// follow its order.
pub(super) fn points(whole: &BTreeMap<i64, u64>, labels: &BTreeMap<i64, String>) -> Option<Points> {
    let texts: Vec<(String, u64)> = labels
        .iter()
        .map(|(number, label)| (label.clone(), whole.get(number).copied().unwrap_or(0)))
        .collect();
    let words = words::family(&texts, Topic::Other)?;
    let place = |label: &String| words.labels.iter().position(|known| fold(known) == fold(label));
    let places: Option<Vec<(i64, i64)>> =
        labels.iter().map(|(number, label)| Some((*number, i64::try_from(place(label)?).ok()?))).collect();
    let places = places?;
    let last = i64::try_from(words.labels.len()).ok()? - 1;
    let follows =
        |is_order: fn(i64, i64) -> bool| places.windows(2).all(|pair| is_order(pair[0].1, pair[1].1));
    let best = if follows(|low, high| low < high) {
        Best::High
    } else if follows(|low, high| low > high) {
        Best::Low
    } else {
        return None;
    };
    let first = |(number, place): &(i64, i64)| match best {
        Best::High => number - place,
        Best::Low => number - (last - place),
    };
    let start = places.first().map(first)?;
    let numbers: Vec<i32> = labels.keys().map(|number| i32::try_from(*number).ok()).collect::<Option<_>>()?;
    let (min, max, values, doubt) = if places.iter().all(|place| first(place) == start) {
        let ends = (i32::try_from(start).ok()?, i32::try_from(start + last).ok()?);
        let doubt = (!words.sure || !matches!(start, 0 | 1)).then_some("not every point was seen");
        (ends.0, ends.1, Vec::new(), doubt)
    } else if numbers.len() == words.labels.len() {
        let doubt = "the numbers of the points are not in a row";
        (*numbers.first()?, *numbers.last()?, numbers, Some(doubt))
    } else {
        return None;
    };
    let is_point = |number: i64| {
        let inside = (i64::from(min)..=i64::from(max)).contains(&number);
        inside && (values.is_empty() || values.iter().any(|value| i64::from(*value) == number))
    };
    let codes: Vec<i64> = whole.keys().copied().filter(|number| !is_point(*number)).collect();
    let doubt = doubt.or((!codes.is_empty()).then_some("other numbers are taken as no answer"));
    Some(Points { min, max, values, best, codes, doubt: doubt.map(str::to_owned) })
}

/// What a question with these words beside its numbers measures, where they are a scale that is known.
pub(super) fn measure(labels: &BTreeMap<i64, String>) -> Option<Measure> {
    let texts: Vec<(String, u64)> = labels.values().map(|label| (label.clone(), 1)).collect();
    words::family(&texts, Topic::Other).map(|words| words.measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(labels: &[(i64, &str)]) -> Option<(i32, i32, Vec<i32>, Best, bool)> {
        let whole = labels.iter().map(|(number, _)| (*number, 10)).collect();
        let labels = labels.iter().map(|(number, label)| (*number, (*label).to_owned())).collect();
        points(&whole, &labels).map(|points| {
            (points.min, points.max, points.values.clone(), points.best, points.doubt.is_none())
        })
    }

    #[test]
    fn words_say_the_direction_and_the_length() {
        let four = [(1, "Very satisfied"), (2, "Satisfied"), (3, "Dissatisfied"), (4, "Very dissatisfied")];
        assert_eq!(read(&four), Some((1, 4, vec![], Best::Low, true)));
        let part = [(4, "zufrieden"), (5, "sehr zufrieden")];
        assert_eq!(read(&part), Some((1, 5, vec![], Best::High, false)));
        let zero = [(0, "Poor"), (1, "Fair"), (2, "Good"), (3, "Very good"), (4, "Excellent")];
        assert_eq!(read(&zero), Some((0, 4, vec![], Best::High, true)));
        let holes = [(1, "Poor"), (2, "Fair"), (3, "Good"), (4, "Very good"), (6, "Excellent")];
        assert_eq!(read(&holes), Some((1, 6, vec![1, 2, 3, 4, 6], Best::High, false)));
    }

    #[test]
    fn other_words_and_orders_say_nothing() {
        assert_eq!(read(&[(1, "North"), (2, "South")]), None);
        assert_eq!(read(&[(1, "Good"), (2, "Poor"), (3, "Excellent")]), None);
        assert_eq!(read(&[]), None);
    }
}
