//! Respondents who were faster than reading allows.
//!
//! The default limit is half the median time: Leiner (2019, Survey Research Methods 13(3)) finds a relative speed of
//! two, and Greszki, Meyer and Schoen (2015, Public Opinion Quarterly 79(2)) look at 50 % faster than the median. Who
//! stopped on the way is not fast.

use crate::measures::rounded;
use crate::stats::median;

use super::Subject;
use super::check::{Done, Flags};

/// The share of the median below which answers are too fast.
const FAST_SHARE: f64 = 0.5;
/// A median of fewer durations is not known well enough.
const FEWEST: usize = 10;

/// Looks at the rows that reached the end.
pub(super) fn check(subject: &Subject<'_>, reached: &[bool], flags: &mut Flags<'_>) {
    let outcome = speeders(subject, reached, flags);
    flags.say("speeder", outcome);
}

fn speeders(subject: &Subject<'_>, reached: &[bool], flags: &mut Flags<'_>) -> Result<Done, &'static str> {
    let column = subject.ask.duration.ok_or("no_duration")?;
    let rows = subject.shown.iter().enumerate().filter(|(shown, _)| reached[*shown]);
    let timed = rows.filter_map(|(shown, &row)| Some((shown, subject.rows.number(column, row)?)));
    let timed: Vec<(usize, f64)> = timed.filter(|(_, seconds)| *seconds >= 0.0).collect();
    let seconds: Vec<(f64, u64)> = timed.iter().map(|(_, seconds)| (*seconds, 1)).collect();
    if seconds.is_empty() {
        return Err("no_durations");
    }
    let definition = &subject.survey.quality;
    let share = match (definition.fast_share, definition.fast_seconds) {
        (None, Some(_)) => None,
        (share, _) => Some(share.unwrap_or(FAST_SHARE)),
    };
    let by_median = share.map(|share| {
        let middle = median(&seconds).filter(|middle| *middle > 0.0 && seconds.len() >= FEWEST);
        middle.map(|middle| (share, middle, share * middle))
    });
    let (limit, rule, share_of_median) = match (definition.fast_seconds, by_median) {
        (Some(fixed), Some(Some((share, middle, limit)))) if limit > fixed => {
            (limit, of_median(share, middle), Some(share))
        }
        (Some(fixed), _) => (fixed, format!("fewer than {fixed} seconds, as the definition says"), None),
        (None, Some(Some((share, middle, limit)))) => (limit, of_median(share, middle), Some(share)),
        (None, _) => return Err("too_few_durations"),
    };
    for (shown, seconds) in &timed {
        if *seconds < limit {
            flags.flag("speeder", *shown);
        }
    }
    Ok(Done {
        threshold: Some((limit, "seconds")),
        share_of_median,
        column: subject.ask.duration_column.clone(),
        ..Done::plain(timed.len() as u64, &rule)
    })
}

fn of_median(share: f64, middle: f64) -> String {
    let limit = share * middle;
    let limit = rounded(limit).unwrap_or(limit);
    format!("less than {limit} seconds, {share} of the median time of {middle} seconds")
}
