//! Numbers whose words are a scale that is known: the words say which end is best and how many points there are.

use std::collections::BTreeMap;

use crate::survey::{Best, Measure, fold};

use super::answers::{self, Answers};
use super::column::{Column, Guess};
use super::ends;
use super::overrides::Taken;
use super::points::{Points, is_code};
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

/// The points of numbers whose labels stand at both ends of what was given, and at every other number between or at none:
/// 1, 3, 5, 7 and 9 have labels. A further point would have one too; where every number has a label, the next may have been
/// chosen by nobody.
pub(super) fn ends(whole: &BTreeMap<i64, u64>, labels: &BTreeMap<i64, String>) -> Option<Points> {
    let (codes, numbers): (Vec<i64>, Vec<i64>) = whole.keys().partition(|number| is_code(**number));
    let labelled: Vec<i64> = labels.keys().copied().filter(|number| !is_code(*number)).collect();
    let (first, last) = (*labelled.first()?, *labelled.last()?);
    let are_ends = numbers.first() == Some(&first) && numbers.last() == Some(&last);
    let step = labelled.get(1)? - first;
    let is_even = step > 1 && labelled.windows(2).all(|pair| pair[1] - pair[0] == step);
    let is_opposite = || ends::best(word(labels, first), word(labels, last)).is_some();
    if !are_ends || !is_even || !matches!(first, 0 | 1) || !(3..=10).contains(&last) {
        return None;
    }
    if labelled.len() == 2 && !is_opposite() {
        return None;
    }
    let (min, max) = (i32::try_from(first).ok()?, i32::try_from(last).ok()?);
    let doubt = (!codes.is_empty()).then(|| "other numbers are taken as no answer".to_owned());
    Some(Points { min, max, values: Vec::new(), best: Best::High, codes, doubt })
}

fn word(labels: &BTreeMap<i64, String>, number: i64) -> Option<&str> {
    labels.get(&number).map(String::as_str)
}

/// Columns whose labels do not contradict each other and of which two at least are the same have one scale: what one
/// column lacks, another shows.
pub(super) fn pool(columns: &[Column<'_>], guesses: &mut [Guess]) {
    struct Pool {
        whole: BTreeMap<i64, u64>,
        labels: BTreeMap<i64, String>,
        columns: Vec<usize>,
        are_alike: bool,
    }
    let mut pools: Vec<Pool> = Vec::new();
    for (index, guess) in guesses.iter().enumerate() {
        let Some(Answers::Points(_, labels)) = &guess.answers else { continue };
        if labels.len() < 2
            || guess.offer.is_some()
            || guess.taken == Taken::Measure(Measure::Nps)
            || columns[index].named.is_some()
        {
            continue;
        }
        let whole = answers::numbered(&columns[index])
            .map_or_else(|| columns[index].values.whole.clone(), |numbered| numbered.whole);
        let joins = |pool: &&mut Pool| {
            let mut common =
                labels.iter().filter_map(|(number, text)| Some((text, pool.labels.get(number)?)));
            common.clone().count() >= 2 && common.all(|(text, known)| fold(text) == fold(known))
        };
        if let Some(pool) = pools.iter_mut().find(joins) {
            pool.are_alike &= pool.labels == *labels;
            pool.labels.extend(labels.clone());
            for (number, count) in whole {
                *pool.whole.entry(number).or_insert(0) += count;
            }
            pool.columns.push(index);
        } else {
            pools.push(Pool { whole, labels: labels.clone(), columns: vec![index], are_alike: true });
        }
    }
    for pool in pools.into_iter().filter(|pool| !pool.are_alike) {
        for index in pool.columns {
            let (column, guess) = (&columns[index], &mut guesses[index]);
            let Some(points) = answers::rating(column, &pool.whole, &pool.labels) else { continue };
            guess.sure = points.doubt.is_none();
            guess.why = points.described();
            guess.answers = Some(Answers::Points(points, pool.labels.clone()));
        }
    }
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

    fn ends_of(whole: &[i64], labels: &[(i64, &str)]) -> Option<(i32, i32)> {
        let whole = whole.iter().map(|number| (*number, 10)).collect();
        let labels = labels.iter().map(|(number, label)| (*number, (*label).to_owned())).collect();
        ends(&whole, &labels).map(|points| (points.min, points.max))
    }

    #[test]
    fn labels_at_every_other_number_fix_both_ends() {
        let five = [(1, "Not at all important"), (3, "a"), (5, "b"), (7, "c"), (9, "Extremely important")];
        let all: Vec<i64> = (1..=9).collect();
        assert_eq!(ends_of(&all, &five), Some((1, 9)));
        assert_eq!(ends_of(&all[1..], &five[1..]), None, "the first is not seen");
        assert_eq!(ends_of(&all[..8], &five), None);
        assert_eq!(ends_of(&all, &[(1, "bad"), (9, "good")]), Some((1, 9)));
        assert_eq!(ends_of(&all, &[(1, "one"), (9, "nine")]), None);
        assert_eq!(ends_of(&all[..4], &[(1, "a"), (2, "b"), (3, "c"), (4, "d")]), None, "5 may have one too");
    }

    #[test]
    fn other_words_and_orders_say_nothing() {
        assert_eq!(read(&[(1, "North"), (2, "South")]), None);
        assert_eq!(read(&[(1, "Good"), (2, "Poor"), (3, "Excellent")]), None);
        assert_eq!(read(&[]), None);
    }
}
