//! Words among bare numbers: `Very dissatisfied`, 2, 3, 4, `Very satisfied`, as tools export scales with words at the ends.
//!
//! The words know their order, the numbers have one of their own, and nothing in the cells ties the two: 2 is nearly the
//! worst answer or nearly the best. A header that names an end decides, and so does a scale that begins at 0; else the
//! column is not scored unasked.

use std::collections::{BTreeMap, BTreeSet};

use crate::survey::{Best, Measure, fold};

use super::answers::Answers;
use super::column::{Column, Guess, measure_of};
use super::ends::{self, Named};
use super::overrides::Taken;
use super::points::{self, Points};
use super::values::Values;
use super::vocabulary::Topic;
use super::words::Words;

/// A scale of which some points are words and the others bare numbers.
#[derive(Clone, Debug)]
pub(super) struct AmongNumbers {
    pub(super) points: Points,
    /// The words by the number that they stand for.
    pub(super) labels: BTreeMap<i64, String>,
    /// Whether something tells which way the numbers go.
    is_told: bool,
    measure: Measure,
}

impl AmongNumbers {
    /// The scale of these values; `None` where their words and numbers are not the parts of one.
    pub(super) fn of(
        values: &Values,
        words: Option<&Words>,
        named: Option<Named>,
        topic: Topic,
    ) -> Option<Self> {
        let words = words?;
        let places = places(&values.texts, words)?;
        let is_point = |number: &&i64| !points::is_code(**number);
        let numbers: BTreeSet<i64> = values.whole.keys().filter(is_point).copied().collect();
        let codes = values.whole.keys().copied().filter(|number| points::is_code(*number)).collect();
        let (low, high) = (*numbers.first()?, *numbers.last()?);
        if numbers.len() < 2 || values.decimal_cells > 0 || values.overflow {
            return None;
        }
        let length = i64::try_from(words.labels.len()).ok()?;
        let (worst, best) = (places.first_key_value()?, places.last_key_value()?);
        let are_ends = places.len() == 2
            && ends::best(Some(worst.1.as_str()), Some(best.1.as_str())) == Some(Best::High);
        let (min, max, mut labels) =
            if are_ends && topic == Topic::Recommend && low > 0 && (6..=9).contains(&high) {
                (0, 10, BTreeMap::from([(0, worst.1.clone()), (10, best.1.clone())]))
            } else if are_ends && ((low == 2 && (3..=9).contains(&high)) || (low, high) == (1, 9)) {
                (low - 1, high + 1, BTreeMap::from([(low - 1, worst.1.clone()), (high + 1, best.1.clone())]))
            } else if parts_of(length, &places, &numbers) {
                (1, length, places)
            } else {
                return None;
            };
        let direction = named.and_then(|named| named.best);
        if direction == Some(Best::Low) {
            labels = labels.into_iter().map(|(number, text)| (min + max - number, text)).collect();
        }
        let seen: BTreeSet<i64> = numbers.iter().chain(labels.keys()).copied().collect();
        let is_whole = (min..=max).all(|number| seen.contains(&number));
        Some(Self {
            points: Points {
                min: i32::try_from(min).ok()?,
                max: i32::try_from(max).ok()?,
                values: Vec::new(),
                best: direction.unwrap_or(Best::High),
                codes,
                doubt: (!is_whole).then(|| "not every point was seen".to_owned()),
            },
            labels,
            is_told: direction.is_some() || min == 0,
            measure: if topic == Topic::Recommend && (min, max) == (0, 10) && direction != Some(Best::Low) {
                Measure::Nps
            } else {
                measure_of(topic).filter(|measure| *measure != Measure::Nps).unwrap_or(words.measure)
            },
        })
    }

    /// The order of the answers for a question with this measure.
    pub(super) fn answers(&self, measure: Measure) -> Option<Answers> {
        let fits = measure != Measure::Nps || (self.points.min, self.points.max) == (0, 10);
        fits.then(|| Answers::Points(self.points.clone(), self.labels.clone()))
    }

    /// How often each number was given, that of a word too.
    pub(super) fn counts(&self, values: &Values) -> BTreeMap<i64, u64> {
        let mut counts = values.whole.clone();
        for (number, label) in &self.labels {
            let given = values.texts.iter().filter(|(text, _)| fold(text) == fold(label));
            *counts.entry(*number).or_insert(0) += given.map(|(_, count)| count).sum::<u64>();
        }
        counts
    }

    /// What the column is.
    pub(super) fn guess(&self, column: &Column<'_>) -> Guess {
        let points = &self.points;
        let taken = Taken::Measure(self.measure);
        let ends = [self.labels.first_key_value(), self.labels.last_key_value()];
        let [Some((first, low)), Some((last, high))] = ends else { return Guess::skip("no answers") };
        if !self.is_told {
            return Guess::skip_or(
                taken,
                format!(
                    "words among bare numbers, and nothing says which way the numbers go: as typed, {first} is \"{low}\" \
                     and {last} is \"{high}\"; where 1 is the best, a definition has the labels the other way round and \
                     `best = \"low\"`"
                ),
            );
        }
        let mut why = format!(
            "{}, \"{low}\" as {first}, \"{high}\" as {last}, {} taken as best",
            points.shown(),
            points.best_point()
        );
        if let Some(doubt) = &points.doubt {
            why = format!("{why}; {doubt}");
        }
        // Satisfaction is asked with 0 as the worst, but not by everybody.
        let sure = points.doubt.is_none() && (self.measure == Measure::Nps || column.named.is_some());
        Guess { answers: self.answers(self.measure), ..Guess::new(taken, sure, why) }
    }
}

/// The first text of each point, from 1 for the worst; `None` where a text is no label.
fn places(texts: &[(String, u64)], words: &Words) -> Option<BTreeMap<i64, String>> {
    let lists = || std::iter::once(&words.labels).chain(words.translations.values());
    let mut places = BTreeMap::new();
    for (text, _) in texts {
        let at = lists().find_map(|labels| labels.iter().position(|label| fold(label) == fold(text)))?;
        places.entry(i64::try_from(at).ok()? + 1).or_insert_with(|| text.clone());
    }
    Some(places)
}

/// Whether words and numbers fill a scale together either way round, or only with 1 as the best.
fn parts_of(length: i64, places: &BTreeMap<i64, String>, numbers: &BTreeSet<i64>) -> bool {
    let turned: BTreeSet<i64> = places.keys().map(|place| length + 1 - place).collect();
    let all = (1..=length).all(|point| numbers.contains(&point) || turned.contains(&point));
    let inside = numbers.iter().all(|number| (1..=length).contains(number));
    all && inside && numbers.is_disjoint(&turned)
}

#[cfg(test)]
mod tests {
    use super::super::column::guess;
    use super::*;
    use crate::survey::ColumnProfile;

    fn guessed(name: &str, words: [&str; 2], numbers: std::ops::RangeInclusive<i64>) -> Guess {
        let numbers = numbers.map(|number| (number.to_string(), 12));
        let values: Vec<(String, u64)> =
            words.into_iter().map(|word| (word.to_owned(), 12)).chain(numbers).collect();
        guess(&Column::of(&ColumnProfile {
            name: name.to_owned(),
            filled: values.iter().map(|(_, count)| count).sum(),
            values,
            ..ColumnProfile::default()
        }))
    }

    const SATISFIED: [&str; 2] = ["Very satisfied", "Very dissatisfied"];

    fn scale(guess: &Guess) -> (&'static str, bool, i32, i32, Best) {
        let Some(Answers::Points(points, labels)) = &guess.answers else { panic!("{guess:?}") };
        assert_eq!(labels.len(), 2);
        (guess.taken.name(), guess.sure, points.min, points.max, points.best)
    }

    #[test]
    fn words_at_the_ends_do_not_say_which_way_the_numbers_go() {
        for (name, numbers) in [("overall", 2..=4), ("overall", 2..=6), ("q1", 2..=9)] {
            let found = guessed(name, SATISFIED, numbers);
            assert_eq!(
                (found.taken, found.sure, found.answers.is_some()),
                (Taken::Skip, false, false),
                "{found:?}"
            );
            assert!(
                found.offer == Some(Taken::Measure(Measure::Csat)) && found.why.contains("best = \"low\"")
            );
        }
    }

    #[test]
    fn a_header_or_a_zero_says_it() {
        let told = guessed("Service (1 = very satisfied, 5 = very dissatisfied)", SATISFIED, 2..=4);
        assert_eq!(scale(&told), ("csat", true, 1, 5, Best::Low));
        let told = guessed("Service (1 = very dissatisfied, 5 = very satisfied)", SATISFIED, 2..=4);
        assert_eq!(scale(&told), ("csat", true, 1, 5, Best::High));
        assert_eq!(scale(&guessed("overall", SATISFIED, 1..=9)), ("csat", false, 0, 10, Best::High));
    }

    #[test]
    fn recommending_is_asked_from_0_to_10() {
        let likely = ["Extremely likely", "Not at all likely"];
        let name = "How likely are you to recommend us?";
        assert_eq!(scale(&guessed(name, likely, 1..=9)), ("nps", true, 0, 10, Best::High));
        assert_eq!(scale(&guessed(name, likely, 3..=9)), ("nps", false, 0, 10, Best::High));
    }
}
