//! Dates that cannot be: unreadable, after the date of the report, before the interview began.
//!
//! Dates are compared by the day, as the time of day is not kept.

use chrono::NaiveDate;

use crate::survey::Missing;
use crate::tally::Days;

use super::Subject;
use super::check::{Done, Flags};

/// Looks at the date of the answer, and at that of the beginning.
pub(super) fn check(subject: &Subject<'_>, flags: &mut Flags<'_>) {
    let of_answer = days(subject, subject.ask.date);
    match of_answer {
        Err(reason) => {
            for code in ["date_unreadable", "date_future"] {
                flags.say(code, Err(reason));
            }
        }
        Ok(days) => answered(subject, days, flags),
    }
    let of_start = match subject.ask.started {
        None => Err("no_start"),
        started => days(subject, started),
    };
    match of_answer.and_then(|days| Ok((days, of_start?))) {
        Err(reason) => flags.say("date_before_start", Err(reason)),
        Ok((days, started)) => ordered(subject, days, started, flags),
    }
}

/// The days of a date column, or why there are none.
pub(super) fn days<'a>(subject: &Subject<'a>, date: Option<usize>) -> Result<Days<'a>, &'static str> {
    subject.rows.days(date.ok_or("no_date")?).map_err(|_| "day_month_open")
}

fn answered(subject: &Subject<'_>, days: Days<'_>, flags: &mut Flags<'_>) {
    let (mut written, mut readable) = (0, 0);
    for (shown, &row) in subject.shown.iter().enumerate() {
        match days.get(row) {
            Ok(day) => {
                written += 1;
                readable += 1;
                if day > subject.scope.as_of {
                    flags.flag("date_future", shown);
                }
            }
            Err(Missing::Invalid) => {
                written += 1;
                flags.flag("date_unreadable", shown);
            }
            Err(_) => {}
        }
    }
    flags.say("date_unreadable", Ok(Done::plain(written, "a date that cannot be read or does not exist")));
    let rule = format!("a date after that of the report, {}", subject.scope.as_of);
    flags.say("date_future", Ok(Done::plain(readable, &rule)));
}

fn ordered(subject: &Subject<'_>, days: Days<'_>, started: Days<'_>, flags: &mut Flags<'_>) {
    let mut looked_at = 0;
    for (shown, &row) in subject.shown.iter().enumerate() {
        let pair: Option<(NaiveDate, NaiveDate)> = days.get(row).ok().zip(started.get(row).ok());
        let Some((ended, started)) = pair else { continue };
        looked_at += 1;
        if ended < started {
            flags.flag("date_before_start", shown);
        }
    }
    let rule = "answered on a day before the day on which it began";
    flags.say("date_before_start", Ok(Done::plain(looked_at, rule)));
}
