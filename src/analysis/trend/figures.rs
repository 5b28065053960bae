//! The figures of each wave, from files or from saved reports: all that a trend is made of.
//!
//! A saved report has estimates but no answers, so nothing in this room looks at answers: a wave gives the same
//! trend from either. Waves of the calendar stand in the order of their labels, numbered ones by number, others as
//! given.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::prepare::wave_of;
use crate::report::{Estimate, QuestionSummary, Report, SegmentSummary};
use crate::survey::Period;

use super::super::error::AnalysisError;

/// One wave with its figures: whole, and by the values of each segment.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveFigures {
    /// Its label, such as `2026-Q3`.
    pub label: String,
    /// Where it comes from, for messages.
    pub source: String,
    /// Whether it is a period of the calendar, so that last year's can be found.
    pub calendar: bool,
    /// Whether it is over; an incomplete one is shown but not tested.
    pub complete: bool,
    /// Whether it begins after the date of its report.
    pub future: bool,
    /// Whether it is taken from a saved report.
    pub saved: bool,
    /// How many were invited, where known.
    pub invited: Option<u64>,
    /// How many of those answered, in percent, where known.
    pub response_rate: Option<f64>,
    /// The weight column, where one was used.
    pub weight: Option<String>,
    /// The estimates of the total and of single segments; whichever crossings there are do no harm.
    pub estimates: Vec<Estimate>,
    /// The questions in written order.
    pub questions: Vec<QuestionSummary>,
    /// The segments in written order.
    pub segments: Vec<SegmentSummary>,
}

/// The waves of a report, saved or fresh; `name` is that of the report, and of its only wave where it has none.
///
/// A report of one wave gives that wave, one of all waves gives each without the pooled figures, and one without
/// answers gives none where waves are declared.
pub fn waves_of_report(report: &Report, name: &str) -> Vec<WaveFigures> {
    let rule = report.waves.rule.as_deref();
    let period = rule.and_then(Period::parse);
    let mut by_wave = estimates_by_wave(&report.estimates);
    let labels: Vec<Option<&str>> = match (&report.waves.wave, report.waves.rule.is_some()) {
        (Some(wave), _) => vec![Some(wave)],
        // Waves that its trend goes back to stand in other reports.
        (None, true) => {
            let found = report.waves.found.iter().map(String::as_str);
            found.filter(|label| by_wave.contains_key(label)).map(Some).collect()
        }
        (None, false) => vec![None],
    };
    let alone = labels.len() == 1;
    let figures = labels.into_iter().map(|label| WaveFigures {
        label: label.unwrap_or(name).to_owned(),
        source: name.to_owned(),
        calendar: label.is_some() && period.is_some(),
        complete: label.is_none_or(|label| is_complete(report, period, label)),
        future: label.is_some_and(|label| is_future(report, label)),
        saved: true,
        invited: report.survey.invited.filter(|_| alone),
        response_rate: report.survey.response_rate.filter(|_| alone),
        weight: report.survey.weight.clone(),
        estimates: by_wave.remove(label.unwrap_or_default()).unwrap_or_default(),
        questions: report.survey.questions.clone(),
        segments: report.survey.segments.clone(),
    });
    figures.collect()
}

/// Joins waves of several sources into one series.
///
/// # Errors
/// A wave in two sources; calendar waves of different lengths.
pub fn join(mut waves: Vec<WaveFigures>) -> Result<Vec<WaveFigures>, AnalysisError> {
    for (index, wave) in waves.iter().enumerate() {
        if let Some(other) = waves[..index].iter().find(|other| other.label == wave.label) {
            return Err(AnalysisError::OverlappingWaves {
                wave: wave.label.clone(),
                one: other.source.clone(),
                other: wave.source.clone(),
            });
        }
    }
    if waves.iter().all(|wave| wave.calendar) {
        let shape = |wave: &WaveFigures| wave.label.replace(|digit: char| digit.is_ascii_digit(), "9");
        if let Some(first) = waves.first()
            && let Some(other) = waves.iter().find(|other| shape(other) != shape(first))
        {
            return Err(AnalysisError::UnlikeWaves { one: first.label.clone(), other: other.label.clone() });
        }
        waves.sort_by(|one, other| one.label.cmp(&other.label));
    } else if waves.iter().all(|wave| number(&wave.label).is_some()) {
        waves.sort_by_key(|wave| number(&wave.label));
    }
    Ok(waves)
}

/// The estimates of the whole and of single segments by wave; those without a wave stand under an empty label.
pub(super) fn estimates_by_wave(estimates: &[Estimate]) -> BTreeMap<&str, Vec<Estimate>> {
    let mut by_wave: BTreeMap<&str, Vec<Estimate>> = BTreeMap::new();
    for estimate in estimates.iter().filter(|estimate| estimate.segment.len() <= 1) {
        by_wave.entry(estimate.wave.as_deref().unwrap_or_default()).or_default().push(estimate.clone());
    }
    by_wave
}

/// The label of the same wave last year: the same with the year before.
///
/// Weeks and days are those of the same number; week 53 and the 29th of February have none.
pub(in crate::analysis) fn last_year(label: &str) -> Option<String> {
    let start = label.find(|character: char| character.is_ascii_digit())?;
    let (prefix, rest) = label.split_at(start);
    let year: u32 = rest.get(..4)?.parse().ok()?;
    Some(format!("{prefix}{:04}{}", year.checked_sub(1)?, &rest[4..]))
}

fn number(label: &str) -> Option<i64> {
    label.trim().parse().ok()
}

/// Whether a wave of a report was over at the report's date. Where fiscal years begin is not in a report: for them
/// the wave that was running then, and later ones, are not.
fn is_complete(report: &Report, period: Option<Period>, label: &str) -> bool {
    let Some(period) = period else { return true };
    if is_future(report, label) {
        return false;
    }
    let before_running = report.waves.running.as_deref().is_none_or(|running| label < running);
    let as_of: Option<NaiveDate> = report.as_of.parse().ok();
    let Some(as_of) = as_of.filter(|_| !label.starts_with("FY")) else { return before_running };
    let current = wave_of(as_of, period, 1, true);
    let over = label < current.label.as_str() || (label == current.label && current.last_day <= as_of);
    over && before_running
}

fn is_future(report: &Report, label: &str) -> bool {
    report.waves.future.iter().any(|future| future == label)
}

#[cfg(test)]
mod tests {
    use super::{join, last_year};
    use crate::analysis::AnalysisError;
    use crate::analysis::trend::sample::wave;

    #[test]
    fn last_year_keeps_everything_but_the_year() {
        for (label, before) in [
            ("2026-Q3", "2025-Q3"),
            ("2026-09", "2025-09"),
            ("2026-W38", "2025-W38"),
            ("2026-09-14", "2025-09-14"),
            ("2026-H2", "2025-H2"),
            ("2026", "2025"),
            ("FY2026-Q1", "FY2025-Q1"),
        ] {
            assert_eq!(last_year(label).as_deref(), Some(before));
        }
        assert_eq!(last_year("spring"), None);
        assert_eq!(last_year("Q1"), None);
    }

    #[test]
    fn the_order_of_the_sources_does_not_matter() {
        let labels = |given: &[&str]| {
            let waves = given.iter().map(|label| wave(label)).collect();
            join(waves).unwrap().into_iter().map(|wave| wave.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&["2026-Q2", "2025-Q4", "2026-Q1"]), ["2025-Q4", "2026-Q1", "2026-Q2"]);
        let mut rounds: Vec<_> = ["10", "9", "1"].map(wave).into();
        for wave in &mut rounds {
            wave.calendar = false;
        }
        let order: Vec<String> = join(rounds).unwrap().into_iter().map(|wave| wave.label).collect();
        assert_eq!(order, ["1", "9", "10"]);
        let mut named: Vec<_> = ["spring", "autumn"].map(wave).into();
        for wave in &mut named {
            wave.calendar = false;
        }
        let order: Vec<String> = join(named).unwrap().into_iter().map(|wave| wave.label).collect();
        assert_eq!(order, ["spring", "autumn"], "as given");
    }

    #[test]
    fn a_wave_in_two_sources_is_an_error_that_names_both() {
        let mut twice = vec![wave("2026-Q1"), wave("2026-Q1")];
        (twice[0].source, twice[1].source) = ("old.json".to_owned(), "new.csv".to_owned());
        let error = join(twice).unwrap_err().to_string();
        assert!(
            error.contains("2026-Q1") && error.contains("old.json") && error.contains("new.csv"),
            "{error}"
        );
        let unlike = join(vec![wave("2026-Q1"), wave("2026-04")]).unwrap_err();
        assert!(matches!(unlike, AnalysisError::UnlikeWaves { .. }), "{unlike}");
    }
}
