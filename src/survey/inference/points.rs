//! From bare numbers to a scale: snapped to one that questionnaires use, never to the range that was seen.

use std::collections::BTreeMap;

use crate::survey::Best;

use super::ends::Named;
use super::holes;

/// A guess at the scale of a column of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Points {
    pub(super) min: i32,
    pub(super) max: i32,
    /// Every point, where some between are none; else empty.
    pub(super) values: Vec<i32>,
    /// Which end is the best.
    pub(super) best: Best,
    /// Numbers outside the scale that are taken to mean no answer, in order.
    pub(super) codes: Vec<i64>,
    /// Why it is no certain guess; `None` when it is one.
    pub(super) doubt: Option<String>,
}

impl Points {
    /// The number of the best answer.
    pub(super) fn best_point(&self) -> i32 {
        if self.best == Best::Low { self.min } else { self.max }
    }

    /// The points, in words.
    pub(super) fn shown(&self) -> String {
        if self.values.is_empty() {
            format!("{}{}{}", self.min, if self.min < 0 { " to " } else { "-" }, self.max)
        } else {
            self.values.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
        }
    }

    /// The points, the best of them and what is doubtful, in words.
    pub(super) fn described(&self) -> String {
        let mut why = format!("{}, {} taken as best", self.shown(), self.best_point());
        if !self.codes.is_empty() {
            let codes: Vec<String> = self.codes.iter().map(i64::to_string).collect();
            why = format!("{why}; no answer: {}", codes.join(", "));
        }
        if let Some(doubt) = &self.doubt {
            why = format!("{why}; {doubt}");
        }
        why
    }

    /// Whether a number left out stands right beside the scale, where it may be a point of a longer one.
    fn leaves_out_a_neighbour(&self) -> bool {
        [i64::from(self.min) - 1, i64::from(self.max) + 1].iter().any(|beside| self.codes.contains(beside))
    }
}

/// Numbers that questionnaires use for "no answer" whatever the scale.
pub(super) fn is_code(value: i64) -> bool {
    value < 0
        || matches!(value, 77 | 88 | 96..=99 | 777 | 888 | 997..=999 | 7777 | 8888 | 9997..=9999 | 99999)
}

/// The scale of a rating; `None` when the numbers are too many or too large to be one.
pub(super) fn rating(whole: &BTreeMap<i64, u64>) -> Option<Points> {
    if let Some(points) = around_zero(whole) {
        return Some(points);
    }
    let (mut codes, points, strays) = split(whole);
    if let Some(values) = holes::values(&points).filter(|_| !strays) {
        let doubt = "numbers between were never given: they may be no points";
        let ends = (values.first().copied()?, values.last().copied()?);
        return Some(Points { values, ..guess(ends.0, ends.1, codes, Some(doubt)) });
    }
    let (low, high) = (*points.keys().next()?, *points.keys().next_back()?);
    if high == 11 {
        // 0 to 10 with 11 for a blank.
        codes.insert(0, 11);
        return Some(guess(0, 10, codes, Some("11 taken as no answer")));
    }
    let stray_doubt = strays.then_some("a few larger numbers are left as invalid");
    let total: u64 = points.values().sum();
    // A shorter scale that nearly every answer is on: the few others are codes or slips.
    for last in [5_i32, 7] {
        let inside = |value: &i64| (1..=i64::from(last)).contains(value);
        let within: u64 = points.iter().filter(|(value, _)| inside(value)).map(|(_, count)| count).sum();
        if high <= i64::from(last) && low > 0 {
            break;
        }
        if high >= i64::from(last) && total >= 20 && is_nearly_all(within, total) {
            let outside: Vec<i64> = points.keys().copied().filter(|value| !inside(value)).collect();
            let is_full = (1..=i64::from(last)).all(|value| points.contains_key(&value));
            let beside = outside.iter().all(|value| *value == 0 || *value == i64::from(last) + 1);
            codes.splice(0..0, outside);
            let doubt = (!is_full || !beside).then_some("rare numbers beside the scale taken as no answer");
            return Some(guess(1, last, codes, doubt.or(stray_doubt)));
        }
    }
    let seen = |value: i64| points.contains_key(&value);
    // A hole above a whole scale: 1 to 5 and 8 or 9 for "don't know".
    for last in [5_i32, 7, 4] {
        let end = i64::from(last);
        let after: Vec<i64> = points.keys().copied().filter(|value| *value > end).collect();
        let hole = after.first().is_some_and(|first| *first >= end + 2);
        let full = (1..=end).all(seen);
        let few = after.iter().filter_map(|value| points.get(value)).sum::<u64>() * 3 < total;
        if hole && full && few && high < 10 {
            let zero = seen(0).then_some(0);
            codes.splice(0..0, zero.into_iter().chain(after));
            return Some(guess(1, last, codes, Some("numbers beyond a hole taken as no answer")));
        }
    }
    let doubt = |text: &'static str| Some(text);
    let (min, max, text) = match (low, high) {
        (0, 0..=5) => (1, 5, doubt("0 taken as no answer; it may be a point")),
        (0, 6) => (1, 5, doubt("0 and 6 taken as no answer; they may be points")),
        (0, 7) => (1, 7, doubt("0 taken as no answer; it may be a point")),
        (0, 10) => (0, 10, None),
        (0, _) => (0, 10, doubt("10 was not seen")),
        (_, ..=3) => (1, 5, doubt("nothing above 3 was seen: 1-4, 1-5, 1-7 and 1-10 fit alike")),
        (_, 4) if (1..=4).all(seen) && total >= 50 => {
            (1, 4, doubt("1-5 fits too: nobody may have given a 5"))
        }
        (_, 4) => (1, 5, doubt("5 was not seen: 1-4 fits too")),
        (_, 5) => (1, 5, None),
        (_, 6) => (1, 7, doubt("7 was not seen: 6 may mean no answer on 1-5")),
        (_, 7) => (1, 7, None),
        (_, 10) => (1, 10, doubt_of_zero(&points)),
        _ => (1, 10, doubt("10 was not seen")),
    };
    let outside: Vec<i64> =
        points.keys().copied().filter(|value| *value < i64::from(min) || *value > i64::from(max)).collect();
    codes.splice(0..0, outside);
    Some(guess(min, max, codes, text.or(stray_doubt)))
}

/// A scale with as many points below zero as above, such as -2 to 2. Nearly all must be seen, and those below zero by
/// more than a few: -1 alone says "no answer" elsewhere.
fn around_zero(whole: &BTreeMap<i64, u64>) -> Option<Points> {
    let (codes, points): (BTreeMap<i64, u64>, BTreeMap<i64, u64>) =
        whole.iter().partition(|(value, _)| **value < -5 || is_code(value.abs()));
    let (low, high) = (*points.keys().next()?, *points.keys().next_back()?);
    let most = low.abs().max(high);
    let end = [1_i32, 2, 3, 5].into_iter().find(|end| i64::from(*end) == most)?;
    let (below, total) = points.iter().fold((0, 0), |(below, total), (value, count)| {
        (below + if *value < 0 { *count } else { 0 }, total + count)
    });
    let unseen = (-most..=most).filter(|value| !points.contains_key(value)).count();
    let allowed = match end {
        1 => 0,
        2 | 3 => 1,
        _ => 2,
    };
    let fits = high > 0 && points.contains_key(&0) && unseen <= allowed && below.saturating_mul(20) >= total;
    let doubt = "numbers below zero may mean no answer";
    fits.then(|| guess(-end, end, codes.into_keys().collect(), Some(doubt)))
}

/// The scale that the header names; `None` when the numbers do not fit it.
pub(super) fn by_header(whole: &BTreeMap<i64, u64>, named: &Named) -> Option<Points> {
    let (mut codes, points, strays) = split(whole);
    let inside = |value: i64| (i64::from(named.min)..=i64::from(named.max)).contains(&value);
    let total: u64 = points.values().sum();
    let within: u64 = points.iter().filter(|(value, _)| inside(**value)).map(|(_, count)| count).sum();
    // A lone hyphen may divide other numbers: nothing may speak against it.
    let fits = if named.plain { within * 2 > total } else { within == total };
    if total == 0 || !fits {
        return None;
    }
    codes.splice(0..0, points.keys().copied().filter(|value| !inside(*value)));
    let seen_last = points.contains_key(&i64::from(named.max));
    let doubt = if named.best.is_none() && named.worded {
        Some("by the header, whose words do not say which end is best")
    } else if named.best.is_none() && (named.min, named.max) == (1, 6) {
        Some("by the header; 1 is best where these are school marks")
    } else if !named.plain && !seen_last {
        Some("by the header")
    } else if within < total {
        Some("by the header; other numbers taken as no answer")
    } else {
        strays.then_some("a few larger numbers are left as invalid")
    };
    let points = guess(named.min, named.max, codes, doubt);
    Some(Points { best: named.best.unwrap_or(Best::High), ..points })
}

/// The 0-10 scale of a recommendation; `None` when the numbers do not fit.
pub(super) fn recommendation(whole: &BTreeMap<i64, u64>) -> Option<Points> {
    let (mut codes, points, strays) = split(whole);
    let high = *points.keys().next_back()?;
    if high == 11 {
        codes.insert(0, 11);
    }
    let total: u64 = points.values().sum();
    let doubt = match high {
        11 => Some("11 taken as no answer"),
        ..=5 if total >= 30 => Some("nothing above 5 was seen: it may be another scale"),
        ..=7 if total >= 30 => Some("nothing above 7 was seen: it may be another scale"),
        _ => strays.then_some("a few larger numbers are left as invalid"),
    };
    Some(guess(0, 10, codes, doubt))
}

/// Where a 1-10 scale may be a 0-10 scale that nobody marked at 0: only where 1 was hardly marked either.
fn doubt_of_zero(points: &BTreeMap<i64, u64>) -> Option<&'static str> {
    let total: u64 = points.values().sum();
    (points.get(&1).copied().unwrap_or(0) == 0 || total < 20).then_some("0-10 fits too")
}

fn guess(min: i32, max: i32, codes: Vec<i64>, doubt: Option<&str>) -> Points {
    let mut points =
        Points { min, max, values: Vec::new(), best: Best::High, codes, doubt: doubt.map(str::to_owned) };
    if points.doubt.is_none() && points.leaves_out_a_neighbour() {
        points.doubt = Some("a number beside the scale may be a point".to_owned());
    }
    points
}

/// At least 95 %.
pub(super) fn is_nearly_all(part: u64, total: u64) -> bool {
    part.saturating_mul(100) >= total.saturating_mul(95)
}

/// Numbers that are codes wherever they stand, those from 0 to 11, and whether there are a few others (at most
/// 2 %, slips of the keyboard); no numbers at all where the others are many.
fn split(whole: &BTreeMap<i64, u64>) -> (Vec<i64>, BTreeMap<i64, u64>, bool) {
    let codes = whole.keys().copied().filter(|value| is_code(*value)).collect();
    let (points, others): (BTreeMap<i64, u64>, BTreeMap<i64, u64>) =
        whole.iter().filter(|(value, _)| !is_code(**value)).partition(|(value, _)| (0..=11).contains(*value));
    let (within, outside) = (points.values().sum::<u64>(), others.values().sum::<u64>());
    if outside.saturating_mul(50) > within {
        return (codes, BTreeMap::new(), true);
    }
    (codes, points, outside > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(values: &[i64]) -> BTreeMap<i64, u64> {
        values.iter().map(|value| (*value, 10)).collect()
    }

    fn rated(values: &[i64]) -> (i32, i32, Vec<i64>, bool) {
        let points = rating(&counts(values)).unwrap();
        (points.min, points.max, points.codes, points.doubt.is_none())
    }

    #[test]
    fn scales_snap_to_what_questionnaires_use() {
        assert_eq!(rated(&[1, 2, 3, 4, 5]), (1, 5, vec![], true));
        assert_eq!(rated(&[2, 5]), (1, 5, vec![], true));
        assert_eq!(rated(&[1, 3, 7]), (1, 7, vec![], true));
        assert_eq!(rated(&[0, 3, 10]), (0, 10, vec![], true));
        assert_eq!(rated(&[1, 5, 10]), (1, 10, vec![], true));
        assert_eq!(rated(&[2, 5, 10]), (1, 10, vec![], false));
        assert_eq!(rated(&[1, 2, 3]), (1, 5, vec![], false));
        assert_eq!(rated(&[1, 4]), (1, 5, vec![], false));
        assert_eq!((rated(&[4, 9]).0, rated(&[4, 9]).1), (1, 10));
        let many = (1..=4).map(|value| (value, 20)).collect();
        let points = rating(&many).unwrap();
        assert_eq!((points.min, points.max, points.doubt.is_some()), (1, 4, true));
    }

    #[test]
    fn scales_around_zero() {
        for end in [1, 2, 3, 5] {
            let values: Vec<i64> = (-end..=end).chain([99]).collect();
            let last = i32::try_from(end).unwrap();
            assert_eq!(rated(&values), (-last, last, vec![99], false));
        }
        assert_eq!(rated(&[-1, 1, 2, 3, 4, 5]).0, 1);
        assert_eq!(rated(&[-2, -1, 1, 2, 3]).0, 1);
        let rare = BTreeMap::from([(-1, 1), (0, 60), (1, 60)]);
        assert_ne!(rating(&rare).map(|points| points.min), Some(-1));
    }

    #[test]
    fn codes_for_no_answer_are_not_points() {
        assert_eq!(rated(&[1, 2, 3, 4, 5, 99]), (1, 5, vec![99], true));
        assert_eq!(rated(&[-1, 1, 5, 98]), (1, 5, vec![-1, 98], true));
        assert_eq!(rated(&[0, 1, 2, 3, 4, 5, 6]), (1, 5, vec![0, 6], false));
        assert_eq!(rated(&[0, 1, 5]), (1, 5, vec![0], false));
        assert_eq!(
            rating(&BTreeMap::from([(1, 9), (2, 9), (3, 9), (4, 9), (5, 9), (9, 1)])).unwrap().codes,
            [9]
        );
        assert_eq!(rated(&[0, 5, 10, 11]), (0, 10, vec![11], false));
    }

    #[test]
    fn rare_numbers_do_not_stretch_a_scale() {
        let mut answers: BTreeMap<i64, u64> = (1..=5).map(|value| (value, 40)).collect();
        answers.extend([(0, 2), (6, 3)]);
        let points = rating(&answers).unwrap();
        assert_eq!((points.min, points.max, &points.codes), (1, 5, &vec![0, 6]));
        assert!(points.doubt.is_some(), "6 may be the last point of a scale that few went to the end of");
        answers.extend([(9, 1), (55, 2)]);
        let points = rating(&answers).unwrap();
        assert_eq!((points.max, points.codes, points.doubt.is_some()), (5, vec![0, 6, 9], true));
        answers.insert(55, 50);
        assert_eq!(rating(&answers), None);
    }

    #[test]
    fn other_numbers_are_no_scale() {
        assert_eq!(rating(&counts(&[])), None);
        assert_eq!(rating(&counts(&[99])), None);
        assert_eq!(rating(&counts(&[1, 50])), None);
        assert_eq!(recommendation(&counts(&[20])), None);
    }

    #[test]
    fn recommendations_have_eleven_points() {
        let points = recommendation(&counts(&[6, 9, 98])).unwrap();
        assert_eq!((points.min, points.max, points.codes, points.doubt), (0, 10, vec![98], None));
        assert!(recommendation(&counts(&[1, 2, 3, 4, 5])).unwrap().doubt.is_some());
        assert_eq!(recommendation(&counts(&[9, 11])).unwrap().codes, [11]);
    }
}
