//! The place of a calendar wave in time, from its label: waves may be missing between two that there are.
//!
//! The label is all that a saved report has. Numbers count whole periods (days, ISO weeks, months, quarters, halves,
//! years, fiscal or not), so that only distances between waves of one series mean anything.

use chrono::{Datelike, NaiveDate, Weekday};

use super::figures::WaveFigures;

/// The periods between the first of these waves and each, and how many between the first and the last have no wave.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Timeline {
    /// One a wave.
    pub(super) times: Vec<f64>,
    /// Periods without a wave.
    pub(super) missing: u64,
}

impl Timeline {
    /// The times of waves in order; without a calendar each wave is one step.
    pub(super) fn of<'a>(waves: impl ExactSizeIterator<Item = &'a WaveFigures>) -> Self {
        let steps = (0_u32..).map(f64::from).take(waves.len()).collect();
        let numbers: Option<Vec<i32>> =
            waves.map(|wave| if wave.calendar { number(&wave.label) } else { None }).collect();
        let Some(numbers) = numbers else { return Self { times: steps, missing: 0 } };
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
            return Self { times: steps, missing: 0 };
        };
        let rising = numbers.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising {
            return Self { times: steps, missing: 0 };
        }
        let all = u64::from(last.abs_diff(*first)) + 1;
        Self {
            times: numbers.iter().map(|number| f64::from(number - first)).collect(),
            missing: all.saturating_sub(numbers.len() as u64),
        }
    }
}

/// The number of a calendar wave among the periods of its kind; `None` for a label that is none.
pub(in crate::analysis) fn number(label: &str) -> Option<i32> {
    let fiscal = label.strip_prefix("FY");
    let mut parts = fiscal.unwrap_or(label).splitn(2, '-');
    let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let Some(rest) = parts.next() else { return Some(year) };
    let part = |letter: char, most: i32| {
        let part: i32 = rest.strip_prefix(letter)?.parse().ok()?;
        (1..=most).contains(&part).then(|| year * most + part - 1)
    };
    if rest.starts_with('Q') {
        return part('Q', 4);
    }
    if rest.starts_with('H') {
        return part('H', 2);
    }
    if fiscal.is_some() {
        return None;
    }
    if let Some(week) = rest.strip_prefix('W') {
        // ISO years have 52 weeks or 53; the Monday tells how many lie between.
        let monday = NaiveDate::from_isoywd_opt(year, week.parse().ok()?, Weekday::Mon)?;
        return Some(monday.num_days_from_ce().div_euclid(7));
    }
    if let Ok(date) = label.parse::<NaiveDate>() {
        return Some(date.num_days_from_ce());
    }
    let month: i32 = rest.parse().ok()?;
    (1..=12).contains(&month).then(|| year * 12 + month - 1)
}

#[cfg(test)]
mod tests {
    use super::{Timeline, number};
    use crate::analysis::trend::sample::wave;

    fn between(one: &str, other: &str) -> i32 {
        number(other).unwrap() - number(one).unwrap()
    }

    #[test]
    fn labels_of_every_period_tell_how_far_apart_they_are() {
        for (one, other, apart) in [
            ("2025-Q4", "2026-Q1", 1),
            ("2025-Q1", "2026-Q2", 5),
            ("FY2025-Q4", "FY2026-Q1", 1),
            ("2025-H2", "2026-H1", 1),
            ("2025-12", "2026-01", 1),
            ("2025", "2027", 2),
            ("FY2025", "FY2027", 2),
            ("2026-02-28", "2026-03-01", 1),
            // ISO 8601: 2020 and 2026 have 53 weeks, 2025 has 52.
            ("2020-W53", "2021-W01", 1),
            ("2020-W01", "2021-W01", 53),
            ("2025-W52", "2026-W01", 1),
            ("2026-W01", "2027-W01", 53),
        ] {
            assert_eq!(between(one, other), apart, "{one} to {other}");
        }
        for label in ["spring", "2026-Q5", "2026-13", "2025-W53", "FY2026-03", "26-Q1", "2026-", ""] {
            assert_eq!(number(label), None, "{label}");
        }
    }

    #[test]
    fn missing_periods_are_counted_and_waves_of_a_column_are_steps() {
        let mut waves = ["2025-Q1", "2025-Q2", "2026-Q4"].map(wave);
        let timeline = Timeline::of(waves.iter());
        assert_eq!((timeline.times, timeline.missing), (vec![0.0, 1.0, 7.0], 5));
        waves[1].calendar = false;
        let timeline = Timeline::of(waves.iter());
        assert_eq!((timeline.times, timeline.missing), (vec![0.0, 1.0, 2.0], 0));
        assert_eq!(Timeline::of([].iter()), Timeline { times: Vec::new(), missing: 0 });
    }
}
