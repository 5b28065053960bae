//! What became of deadlines: kept, missed, not yet due.

use crate::measures::rounded;
use crate::report::{StepDeadline, WorkingClock};
use crate::stats::Confidence;
use crate::survey::{BusinessHours, Holidays, TimeZone};

use super::share::{Part, Share};

/// What became of a deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Kept {
    pub(in crate::analysis) within: u64,
    pub(in crate::analysis) early: u64,
    pub(in crate::analysis) late: u64,
    pub(in crate::analysis) overdue: u64,
    pub(in crate::analysis) not_yet_due: u64,
    pub(in crate::analysis) no_deadline: u64,
    pub(in crate::analysis) no_time: u64,
}

/// When a step was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Done {
    /// At a moment.
    At(i64),
    /// Not by `as_of`.
    Waiting,
    /// Nobody knows when or whether.
    NoTime,
}

impl Kept {
    /// Judges one more; `is_kept` says of a moment whether it is in time, `None` without a deadline.
    pub(in crate::analysis) fn add(&mut self, done: Done, as_of: i64, is_kept: impl Fn(i64) -> Option<bool>) {
        let Some(is_ahead) = is_kept(as_of) else {
            self.no_deadline += 1;
            return;
        };
        match done {
            Done::NoTime => self.no_time += 1,
            Done::Waiting if is_ahead => self.not_yet_due += 1,
            Done::Waiting => self.overdue += 1,
            Done::At(at) if is_kept(at) == Some(true) => {
                self.within += 1;
                self.early += u64::from(is_ahead);
            }
            Done::At(_) => self.late += 1,
        }
    }

    /// Those of whom it is known whether they were in time.
    pub(in crate::analysis) fn judged(&self) -> u64 {
        self.within + self.late + self.overdue
    }

    /// In time of those judged.
    pub(in crate::analysis) fn part(&self) -> Part {
        Part { count: self.within, base: self.judged() }
    }

    /// The counts and shares as a section has them, of so many records; what names the row is left to the caller.
    pub(in crate::analysis) fn row(&self, cases: u64, by: &str, confidence: Confidence) -> StepDeadline {
        let mut row = StepDeadline {
            by: Some(by.to_owned()),
            cases: Some(cases),
            within: Some(self.within),
            early: Some(self.early),
            late: Some(self.late),
            overdue: Some(self.overdue),
            not_yet_due: Some(self.not_yet_due),
            no_deadline: Some(self.no_deadline),
            no_time: Some(self.no_time),
            judged: Some(self.judged()),
            ..StepDeadline::default()
        };
        match Share::new(self.part(), confidence) {
            Some(share) => {
                (row.share, row.low, row.high) = (Some(share.percent), Some(share.low), Some(share.high));
                row.method = Some("wilson".to_owned());
            }
            None => row.reason = Some("nothing_judged".to_owned()),
        }
        let percent =
            |count: u64, of: u64| (of > 0).then(|| count as f64 / of as f64 * 100.0).and_then(rounded);
        row.share_of_done = percent(self.within, self.within + self.late);
        row.share_of_due = percent(self.within - self.early, self.judged() - self.early);
        row
    }
}

/// How working time was counted.
pub(in crate::analysis) fn working_clock(
    hours: BusinessHours,
    declared: Option<&Holidays>,
    holidays: usize,
    zone: Option<&TimeZone>,
) -> WorkingClock {
    WorkingClock {
        business_hours: hours.to_string(),
        holidays: holidays as u64,
        holidays_known: declared.is_some(),
        time_zone: zone.map(|zone| match zone {
            TimeZone::Named(name) => name.clone(),
            TimeZone::Fixed(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }),
    }
}
