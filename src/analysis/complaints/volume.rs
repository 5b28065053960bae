//! How many complaints came in and went out, period by period, and how many stayed.

use crate::analysis::records::{Calendar, DAY};
use crate::measures::rounded;
use crate::report::{AgeBands, ComplaintPeriod, ComplaintVolume};
use crate::stats::{self, Confidence, EventRate};

use super::CaseTransactions;
use super::book::{Book, CLOSE, NO_TIME, UNKNOWN, WAITING};

/// The complaints of a count of transactions.
pub(super) fn volume(received: u64, transactions: Option<u64>, confidence: Confidence) -> ComplaintVolume {
    let limits = stats::garwood(received, confidence);
    let mut volume = ComplaintVolume {
        received,
        received_low: limits.and_then(|limits| rounded(limits.low)),
        received_high: limits.and_then(|limits| rounded(limits.high)),
        transactions,
        ..ComplaintVolume::default()
    };
    add_rate(&mut volume, received, transactions, confidence);
    volume
}

fn add_rate(volume: &mut ComplaintVolume, events: u64, transactions: Option<u64>, confidence: Confidence) {
    let exposure = transactions.filter(|transactions| *transactions > 0);
    let Some(transactions) = exposure else {
        volume.reason = Some("no_transactions".to_owned());
        return;
    };
    let rate = EventRate { events, exposure: transactions as f64 / 1_000.0 };
    volume.events = Some(events);
    volume.rate_per_1000 = rate.rate().and_then(rounded);
    let limits = rate.interval(confidence);
    volume.rate_low = limits.and_then(|limits| rounded(limits.low));
    volume.rate_high = limits.and_then(|limits| rounded(limits.high));
}

/// All periods together: the rate is of the complete ones with transactions, or of all with transactions where none is.
pub(super) fn total(periods: &[ComplaintPeriod], confidence: Confidence) -> ComplaintVolume {
    let received = periods.iter().map(|period| period.volume.received).sum();
    let mut all = volume(received, None, confidence);
    let with: Vec<&ComplaintPeriod> =
        periods.iter().filter(|period| period.volume.transactions.is_some()).collect();
    let is_any_complete = with.iter().any(|period| period.complete);
    let (mut events, mut transactions) = (0, 0);
    for period in with.into_iter().filter(|period| period.complete || !is_any_complete) {
        events += period.volume.received;
        transactions += period.volume.transactions.unwrap_or(0);
    }
    if transactions > 0 {
        (all.transactions, all.reason) = (Some(transactions), None);
        add_rate(&mut all, events, Some(transactions), confidence);
    }
    all
}

/// The periods with what came in, what went out and what was left at their ends.
pub(super) fn periods(
    book: &Book,
    calendar: &Calendar,
    transactions: &CaseTransactions,
    confidence: Confidence,
) -> Vec<ComplaintPeriod> {
    let count = calendar.labels.len();
    let (mut received, mut closed) = (vec![0_u64; count], vec![0_u64; count]);
    let ends: Vec<i64> = calendar.ends.iter().map(|end| (end - 1).min(book.as_of)).collect();
    let mut backlog = vec![AgeBands::default(); count];
    let closing = book.steps.get(CLOSE);
    let is_known = closing.is_some_and(|step| step.done.iter().any(|at| *at != UNKNOWN));
    // Statuses without dates tell what is open now and nothing of before.
    let is_dated = closing.is_some_and(|step| step.known);
    for (complaint, at) in book.received.iter().enumerate() {
        let from = calendar.place(i64::from(*at));
        if let Some(received) = received.get_mut(from) {
            *received += 1;
        }
        let Some(done) = closing.and_then(|step| step.done.get(complaint)).copied() else { continue };
        let until = match done {
            WAITING => count,
            NO_TIME | UNKNOWN => continue,
            at => calendar.place(i64::from(at)),
        };
        if let Some(closed) = closed.get_mut(until) {
            *closed += 1;
        }
        let first = if is_dated { from } else { count.saturating_sub(1) };
        for place in first..until.min(count) {
            if let (Some(bands), Some(end)) = (backlog.get_mut(place), ends.get(place)) {
                add_age(bands, end - i64::from(*at));
            }
        }
    }
    let rows = calendar.labels.iter().enumerate().map(|(place, label)| {
        let (received, closed) = (at(&received, place), at(&closed, place));
        let flow = EventRate { events: closed, exposure: 1.0 };
        let flow = flow.over(EventRate { events: received, exposure: 1.0 }, confidence).filter(|_| is_dated);
        let last = place + 1 == count;
        ComplaintPeriod {
            period: label.clone(),
            complete: calendar.ends.get(place).is_some_and(|end| end - 1 <= book.as_of),
            first: place == 0,
            volume: volume(received, transactions.of(label), confidence),
            closed: is_dated.then_some(closed),
            flow_ratio: flow.and_then(|flow| flow.ratio).and_then(rounded),
            flow_ratio_low: flow.and_then(|flow| flow.limits.low).and_then(rounded),
            flow_ratio_high: flow.and_then(|flow| flow.limits.high).and_then(rounded),
            backlog: backlog.get(place).cloned().filter(|_| is_known && (is_dated || last)),
        }
    });
    rows.collect()
}

fn at(counts: &[u64], place: usize) -> u64 {
    counts.get(place).copied().unwrap_or(0)
}

fn add_age(bands: &mut AgeBands, seconds: i64) {
    let days = seconds.max(0) as f64 / DAY as f64;
    bands.open += 1;
    let band = match days {
        ..=7.0 => &mut bands.to_7,
        ..=30.0 => &mut bands.to_30,
        ..=90.0 => &mut bands.to_90,
        _ => &mut bands.over_90,
    };
    *band += 1;
    bands.oldest = rounded(bands.oldest.unwrap_or(0.0).max(days));
}

impl CaseTransactions {
    /// The transactions of a period.
    pub(super) fn of(&self, period: &str) -> Option<u64> {
        match self {
            Self::Unknown => None,
            Self::EachPeriod(count) => Some(*count),
            Self::ByPeriod(counts) => counts.get(period).copied(),
        }
    }

    /// The labels that transactions are given for and that are no period of the file.
    pub(super) fn unused(&self, calendar: &Calendar) -> Vec<&str> {
        match self {
            Self::ByPeriod(counts) => {
                counts.keys().filter(|label| !calendar.labels.contains(label)).map(String::as_str).collect()
            }
            _ => Vec::new(),
        }
    }
}
