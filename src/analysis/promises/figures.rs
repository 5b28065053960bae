//! The figures of a tally as the section has them.

use crate::analysis::records::{Part, Share};
use crate::measures::rounded;
use crate::report::{Flag, PromiseFigures, PromiseOvershoot, PromiseRemedies};
use crate::stats::{self, Confidence, EventRate};

use super::complaints::About;
use super::tally::{Tally, UnitSeen};

/// What can be known at all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) confidence: Confidence,
    pub(super) flag_below: u64,
    /// Whether any value can be set against a target.
    pub(super) values: bool,
    /// Whether anything says what was due.
    pub(super) due: bool,
    /// Whether anything says what was given.
    pub(super) paid: bool,
    /// Whether these are amounts and not yes and no.
    pub(super) amounts: bool,
    /// Whether events say which complaint they led to.
    pub(super) complaints: bool,
    /// Whether categories tell of misunderstandings.
    pub(super) misunderstandings: bool,
}

impl Known {
    /// The figures of a tally; `about` are the complaints of a file, where these are known.
    pub(super) fn figures(&self, tally: &Tally, about: Option<About>) -> PromiseFigures {
        let mut figures = PromiseFigures {
            events: Some(tally.events),
            judged: Some(tally.kept.base),
            kept: Some(tally.kept.count),
            ..PromiseFigures::default()
        };
        if let Some(share) = Share::new(tally.kept, self.confidence) {
            figures.kept_share = Some(share.percent);
            (figures.low, figures.high) = (Some(share.low), Some(share.high));
            figures.flag = (tally.kept.base < self.flag_below).then_some(Flag::SmallBase);
        } else {
            figures.flag = Some(Flag::NoAnswers);
            let reason = if tally.events == 0 { "no_events" } else { "nothing_judged" };
            figures.reason = Some(reason.to_owned());
        }
        figures.overshoot = self.values.then(|| self.overshoot(tally));
        figures.remedies = self.due.then(|| self.remedies(tally));
        self.add_complaints(&mut figures, tally, about);
        figures
    }

    fn overshoot(&self, tally: &Tally) -> PromiseOvershoot {
        let breaches = tally.kept.base - tally.kept.count;
        let base = tally.overshoots.len() as u64;
        let mut row =
            PromiseOvershoot { base, without: breaches.saturating_sub(base), ..PromiseOvershoot::default() };
        row.unit = match &tally.unit {
            UnitSeen::One(unit) => unit.clone(),
            UnitSeen::None => None,
            UnitSeen::Mixed => {
                row.reason = Some("mixed_units".to_owned());
                return row;
            }
        };
        let points: Vec<(f64, u64)> = tally
            .overshoots
            .chunk_by(|one, other| one.total_cmp(other).is_eq())
            .filter_map(|same| Some((*same.first()?, same.len() as u64)))
            .collect();
        let Some(found) = stats::moments(&points) else {
            row.reason = Some("no_breaches".to_owned());
            return row;
        };
        row.mean = rounded(found.mean);
        row.median = stats::quantile_type7(&points, 0.5).and_then(rounded);
        row.p90 = stats::quantile_type7(&points, 0.9).and_then(rounded);
        row.largest = tally.overshoots.last().copied().and_then(rounded);
        let Some(se) = found.se.filter(|se| *se > 0.0) else {
            let reason = if found.n < 2 { "single_breach" } else { "no_variation" };
            row.reason = Some(reason.to_owned());
            return row;
        };
        row.mean_se = rounded(se);
        if let Some(limits) = stats::t_interval(found.mean, se, found.n as f64 - 1.0, self.confidence) {
            // Nothing goes beyond a target by less than nothing.
            row.mean_low = rounded(limits.low.max(0.0));
            row.mean_high = rounded(limits.high);
        }
        row
    }

    fn remedies(&self, tally: &Tally) -> PromiseRemedies {
        let sum = |of: fn(&(f64, f64)) -> f64| {
            Some(tally.amounts.iter().map(of).sum()).filter(|_| self.amounts).and_then(rounded)
        };
        let mut row = PromiseRemedies {
            due: tally.honoured.base,
            amount_due: sum(|(due, _)| *due),
            ..PromiseRemedies::default()
        };
        if !self.paid {
            row.reason = Some("no_column".to_owned());
            return row;
        }
        row.amount_paid = sum(|(_, paid)| *paid);
        (row.honoured, row.partly) = (Some(tally.honoured.count), Some(tally.partly));
        match Share::new(tally.honoured, self.confidence) {
            Some(share) => {
                row.share = Some(share.percent);
                (row.low, row.high) = (Some(share.low), Some(share.high));
            }
            None => row.reason = Some("none_due".to_owned()),
        }
        row
    }

    fn add_complaints(&self, figures: &mut PromiseFigures, tally: &Tally, about: Option<About>) {
        let by_events = self.complaints.then_some(tally.complaints.len() as u64);
        let Some(complaints) = about.map(|about| about.complaints).or(by_events) else { return };
        figures.complaints = Some(complaints);
        if tally.events > 0 {
            let rate = EventRate { events: complaints, exposure: tally.events as f64 / 1_000.0 };
            let limits = rate.interval(self.confidence);
            figures.complaints_per_1000 = rate.rate().and_then(rounded);
            figures.complaints_low = limits.and_then(|limits| rounded(limits.low));
            figures.complaints_high = limits.and_then(|limits| rounded(limits.high));
        }
        if let Some(Part { count, base }) =
            about.map(|about| about.misunderstood).filter(|_| self.misunderstandings)
        {
            let share = Share::new(Part { count, base }, self.confidence);
            (figures.misunderstood, figures.misunderstood_base) = (Some(count), Some(base));
            figures.misunderstood_share = share.map(|share| share.percent);
            figures.misunderstood_low = share.map(|share| share.low);
            figures.misunderstood_high = share.map(|share| share.high);
        }
    }
}

/// The figures of a group that is hidden.
pub(super) fn hidden(flag: Flag) -> PromiseFigures {
    PromiseFigures { flag: Some(flag), reason: Some("suppressed".to_owned()), ..PromiseFigures::default() }
}
