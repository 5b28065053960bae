//! Which wave the report speaks of.
//!
//! A calendar wave is complete when it ended on or before the date of the report; a wave from a column always is. One
//! that begins after that date is a slip in the data or in the date: it is never chosen unless it is asked for by name.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::report::words::said;
use crate::report::{Note, NoteSeverity};
use crate::survey::{Period, WaveRule};
use crate::tally::Wave;

use super::error::AnalysisError;
use super::scope::WaveChoice;

/// Which waves are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// There are no waves.
    NoWaves,
    /// The wave at this index.
    One(usize),
    /// Each, and all together.
    All,
}

/// The choice, with what is to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    pub(super) shown: Shown,
    /// The wave that holds the date of the report.
    pub(super) running: Option<usize>,
    /// The waves that begin after it.
    pub(super) future: Vec<usize>,
    pub(super) note: Option<Note>,
}

/// Chooses among the waves found.
pub(super) fn choose(
    choice: Option<&WaveChoice>,
    waves: &[Wave],
    rule: Option<&WaveRule>,
    as_of: NaiveDate,
) -> Result<Chosen, AnalysisError> {
    let running = waves.iter().position(|wave| is_running(wave, rule, as_of));
    let future = || (0..waves.len()).filter(|index| is_future(&waves[*index], rule, as_of)).collect();
    let one = |index| Chosen { shown: Shown::One(index), running, future: future(), note: None };
    if rule.is_none() || waves.is_empty() {
        return match choice {
            Some(WaveChoice::Named(label)) => Err(unknown(label, waves)),
            _ => Ok(Chosen { shown: Shown::NoWaves, running: None, future: Vec::new(), note: None }),
        };
    }
    match choice.unwrap_or(&WaveChoice::Latest) {
        WaveChoice::All => Ok(Chosen { shown: Shown::All, running, future: future(), note: None }),
        WaveChoice::Named(label) => {
            waves.iter().position(|wave| wave.label == *label).map(one).ok_or_else(|| unknown(label, waves))
        }
        WaveChoice::Running => {
            let found = || waves.iter().map(|wave| wave.label.clone()).collect();
            // On its last day a wave is complete and still the one that holds the date; a day is never anything else.
            let last_day = || waves.iter().position(|wave| wave.last_day == Some(as_of));
            running
                .or_else(last_day)
                .map(one)
                .ok_or_else(|| AnalysisError::NoRunningWave { as_of, found: found() })
        }
        WaveChoice::Latest => {
            if let Some(latest) = waves.iter().rposition(|wave| is_complete(wave, as_of)) {
                return Ok(one(latest));
            }
            let begun = || (0..waves.len()).find(|index| !is_future(&waves[*index], rule, as_of));
            let Some(index) = running.or_else(begun) else {
                let found = waves.iter().map(|wave| wave.label.clone()).collect();
                return Err(AnalysisError::NoWaveBegun { as_of, found });
            };
            let label = &waves[index].label;
            let values = [("date", as_of.to_string()), ("wave", label.clone())];
            let note = said(NoteSeverity::Caution, "wave_incomplete", Some(label), values);
            Ok(Chosen { note: Some(note), ..one(index) })
        }
    }
}

pub(super) fn is_complete(wave: &Wave, as_of: NaiveDate) -> bool {
    wave.last_day.is_none_or(|last_day| last_day <= as_of)
}

fn is_running(wave: &Wave, rule: Option<&WaveRule>, as_of: NaiveDate) -> bool {
    let (Some(WaveRule::Every(period)), Some(last_day)) = (rule, wave.last_day) else { return false };
    as_of < last_day && first_day(last_day, *period).is_some_and(|first_day| first_day <= as_of)
}

pub(super) fn is_future(wave: &Wave, rule: Option<&WaveRule>, as_of: NaiveDate) -> bool {
    let (Some(WaveRule::Every(period)), Some(last_day)) = (rule, wave.last_day) else { return false };
    first_day(last_day, *period).is_some_and(|first_day| as_of < first_day)
}

fn first_day(last_day: NaiveDate, period: Period) -> Option<NaiveDate> {
    let months = match period {
        Period::Day => return Some(last_day),
        Period::Week => return last_day.checked_sub_days(Days::new(6)),
        Period::Month => 0,
        Period::Quarter => 2,
        Period::Half => 5,
        Period::Year => 11,
    };
    last_day.with_day(1)?.checked_sub_months(Months::new(months))
}

fn unknown(label: &str, waves: &[Wave]) -> AnalysisError {
    AnalysisError::UnknownWave {
        found: label.to_owned(),
        known: waves.iter().map(|wave| wave.label.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, choose};
    use crate::analysis::{AnalysisError, WaveChoice};
    use crate::survey::{Period, WaveRule};
    use crate::tally::Wave;
    use chrono::NaiveDate;

    const QUARTERS: Option<&WaveRule> = Some(&WaveRule::Every(Period::Quarter));

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn quarters() -> Vec<Wave> {
        [("2026-Q1", day(2026, 3, 31)), ("2026-Q2", day(2026, 6, 30)), ("2026-Q3", day(2026, 9, 30))]
            .map(|(label, last_day)| Wave { label: label.to_owned(), last_day: Some(last_day) })
            .to_vec()
    }

    #[test]
    fn the_latest_complete_wave_is_shown_and_its_last_day_counts() {
        let at = |date| choose(None, &quarters(), QUARTERS, date).unwrap().shown;
        assert_eq!(at(day(2026, 9, 29)), Shown::One(1));
        assert_eq!(at(day(2026, 9, 30)), Shown::One(2));
        assert_eq!(at(day(2030, 1, 1)), Shown::One(2));
    }

    #[test]
    fn before_the_first_is_complete_the_running_one_is_shown_with_a_caution() {
        let chosen = choose(None, &quarters(), QUARTERS, day(2026, 2, 1)).unwrap();
        assert_eq!((chosen.shown, chosen.running), (Shown::One(0), Some(0)));
        assert_eq!(chosen.note.unwrap().code, "wave_incomplete");
    }

    #[test]
    fn a_wave_that_begins_after_the_date_is_told_apart_and_chosen_by_name_only() {
        let chosen = choose(None, &quarters(), QUARTERS, day(2026, 2, 1)).unwrap();
        assert_eq!(chosen.future, [1, 2]);
        assert_eq!(choose(None, &quarters(), QUARTERS, day(2026, 7, 1)).unwrap().future, Vec::<usize>::new());
        // The first wave is over, the next begins years later: nothing runs.
        let mut waves = quarters();
        waves[1] = Wave { label: "2062-Q3".to_owned(), last_day: Some(day(2062, 9, 30)) };
        let chosen = choose(None, &waves[..2], QUARTERS, day(2026, 5, 1)).unwrap();
        assert_eq!((chosen.shown, chosen.running, chosen.future), (Shown::One(0), None, vec![1]));
        let error = choose(None, &waves[1..2], QUARTERS, day(2026, 5, 1)).unwrap_err();
        assert_eq!(error.to_string(), "no wave has begun by 2026-05-01; there are 2062-Q3");
        let named = WaveChoice::Named("2062-Q3".to_owned());
        assert_eq!(choose(Some(&named), &waves, QUARTERS, day(2026, 5, 1)).unwrap().shown, Shown::One(1));
        // A fiscal year that begins in April 2026 has its last day in March 2027.
        let year = [Wave { label: "FY2027".to_owned(), last_day: Some(day(2027, 3, 31)) }];
        let rule = WaveRule::Every(Period::Year);
        let at = |date| choose(Some(&WaveChoice::All), &year, Some(&rule), date).unwrap().future;
        assert_eq!((at(day(2026, 3, 31)), at(day(2026, 4, 1))), (vec![0], vec![]));
    }

    #[test]
    fn the_running_wave_holds_the_date() {
        let running = |date| choose(Some(&WaveChoice::Running), &quarters(), QUARTERS, date);
        assert_eq!(running(day(2026, 4, 1)).unwrap().shown, Shown::One(1));
        assert!(matches!(running(day(2027, 1, 1)), Err(AnalysisError::NoRunningWave { .. })));
        assert!(matches!(running(day(2025, 12, 31)), Err(AnalysisError::NoRunningWave { .. })));
    }

    #[test]
    fn on_its_last_day_a_wave_is_still_asked_for_as_running_and_a_day_has_no_other() {
        let running = |waves: &[Wave], rule, date| {
            choose(Some(&WaveChoice::Running), waves, Some(&rule), date).unwrap()
        };
        let quarter = running(&quarters(), WaveRule::Every(Period::Quarter), day(2026, 6, 30));
        assert_eq!(
            (quarter.shown, quarter.running),
            (Shown::One(1), None),
            "complete, so not named as running"
        );
        let days = [9, 10, 11]
            .map(|date| Wave { label: format!("2026-09-{date:02}"), last_day: Some(day(2026, 9, date)) });
        assert_eq!(running(&days, WaveRule::Every(Period::Day), day(2026, 9, 10)).shown, Shown::One(1));
    }

    #[test]
    fn an_unknown_wave_is_an_error_that_lists_those_there_are() {
        let choice = WaveChoice::Named("2026-Q4".to_owned());
        let error = choose(Some(&choice), &quarters(), QUARTERS, day(2026, 4, 1)).unwrap_err();
        assert_eq!(error.to_string(), "no wave `2026-Q4`; there are 2026-Q1, 2026-Q2, 2026-Q3");
    }

    #[test]
    fn a_wave_asked_for_where_no_row_has_one_says_so() {
        let choice = WaveChoice::Named("2026-Q4".to_owned());
        let error = choose(Some(&choice), &[], QUARTERS, day(2026, 4, 1)).unwrap_err();
        assert_eq!(error.to_string(), "no wave `2026-Q4`; no row is left that has a wave");
    }

    #[test]
    fn waves_of_a_column_are_always_complete() {
        let rule = WaveRule::Column { column: "round".to_owned(), order: Vec::new() };
        let waves = ["1", "2"].map(|label| Wave { label: label.to_owned(), last_day: None });
        let chosen = choose(None, &waves, Some(&rule), day(1999, 1, 1)).unwrap();
        assert_eq!((chosen.shown, chosen.running), (Shown::One(1), None));
    }

    #[test]
    fn without_waves_all_rows_are_one() {
        let chosen = choose(Some(&WaveChoice::All), &[], None, day(2026, 1, 1)).unwrap();
        assert_eq!(chosen.shown, Shown::NoWaves);
    }
}
