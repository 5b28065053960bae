//! Disputes before outside providers: from the cases of a file to figures, charts and the section of a report
//! (ISO 10003:2018, 8.1 to 8.3).
//!
//! One pass makes the book of disputes: when each was referred, how it ended, and when it had each step. From it come
//! counts by group and period, and the times of each step, in which disputes that are open are censored at `as_of`. The
//! referral rate needs complaints or their number, and "in time" a deadline of the organisation's own. Few disputes are
//! never read as satisfaction, and to win or lose one is neither good nor bad by itself.

mod amounts;
mod answers;
mod ask;
mod book;
mod error;
mod estimates;
mod group_figures;
mod notes;
mod outcomes;
mod providers;
mod reading;
mod referral;
mod report;
mod satisfaction;
mod tally;

use std::collections::BTreeMap;

use chrono::DateTime;

use crate::analysis::records::{
    self, Calendar, Counted, DAY, Faults, Grouping, Part, charted_counts, charted_shares, date_of,
};
use crate::measures::WorkingTime;
use crate::report::{DisputesSection, PeriodChart, RecordShare, WorkingClock};
use crate::source::cases::Cases;
use crate::stats::Confidence;
use crate::survey::DisputesDefinition;

use answers::answers;
use book::{Book, STEPS};
use estimates::Figures;
use group_figures::{add_deadlines, add_times, counted_figures};
use referral::Before;
use tally::{Facts, IN_TIME, SHARES, Tally, tallies};

pub use ask::{ComplaintsBeside, DisputesAsk, DisputesFound};
pub use error::DisputesError;
pub use report::disputes_report;

/// The fields by which times are compared in any case.
const COMPARED: [&str; 2] = ["provider", "method"];

/// What the disputes of a file say.
///
/// # Errors
/// See [`DisputesError`].
pub fn disputes(cases: &Cases, ask: &DisputesAsk<'_>) -> Result<DisputesFound, DisputesError> {
    let mut faults = Faults::new(cases, ask.input);
    let day = ask.as_of.or(ask.definition.as_of);
    let as_of = day.map(|day| i64::from(day.to_epoch_days()) * DAY + DAY - 1);
    let book = Book::new(cases, ask.definition, as_of, &mut faults)?;
    let before = Before::read(ask.complaints.as_ref(), as_of)?;
    let holidays = ask.holidays.iter().map(|day| i64::from(day.to_epoch_days()));
    let working = WorkingTime::new(ask.definition.business_hours, holidays);
    let none = BTreeMap::new();
    let by_id = before.as_ref().map_or(&none, |before| &before.by_id);
    let (answers, share_by) = answers(cases, &book, ask.internal, by_id, &mut faults);
    let facts = Facts { cases, definition: ask.definition, book: &book, working: &working, answers };
    let first = book.referred.iter().min().map_or(book.as_of, |at| i64::from(*at));
    let calendar = Calendar::new(ask.every, first, book.as_of.max(first));
    let mut periods = referral::periods(&book, &calendar, ask.confidence);
    let mut section = head(&book, ask);
    section.referral = referral::referral(
        (cases, &book),
        ask.definition,
        (before.as_ref(), &calendar),
        &mut periods,
        ask.confidence,
        &mut faults,
    );
    section.periods = periods;

    let mut groupings = vec![Grouping::all(), Grouping::periods(&book.referred, &calendar)];
    for by in &ask.by {
        groupings.push(Grouping::by(cases, &book.cases, by)?);
    }
    // Providers and methods are compared in any case, without figures of their own where nobody asked for them.
    let asked = groupings.len();
    let mut providers = None;
    for field in COMPARED.into_iter().filter(|field| cases.categories(field).is_some()) {
        let is_it = |by: &Vec<(String, String)>| matches!(by.as_slice(), [(_, of)] if of == field);
        let place = ask.by.iter().position(is_it).map(|place| place + 2);
        let place = if let Some(place) = place {
            place
        } else {
            groupings.push(Grouping::by(cases, &book.cases, &[(field.to_owned(), field.to_owned())])?);
            groupings.len() - 1
        };
        providers = providers.or((field == "provider").then_some(place));
    }
    let counts: Vec<Vec<Tally>> = groupings.iter().map(|grouping| tallies(&facts, grouping)).collect();
    let cases_of = |counts: &Vec<Tally>| counts.iter().map(|tally| tally.cases).collect();
    let by_group: Vec<Vec<u64>> = counts.iter().map(cases_of).collect();
    let hidden = records::hidden(&groupings, &by_group, ask.suppress_below);
    let all = counts.first().and_then(|counts| counts.first()).cloned().unwrap_or_default();

    let mut figures: Vec<Vec<Figures<'_>>> = Vec::new();
    for (place, grouping) in groupings.iter().enumerate() {
        let groups = grouping.groups.iter().enumerate().map(|(group, of)| Figures {
            definition: ask.definition,
            confidence: ask.confidence,
            flag_below: ask.flag_below,
            segment: of.segment.clone(),
            wave: of.period.and_then(|period| calendar.labels.get(period)).cloned(),
            hidden: hidden[place][group],
            found: Vec::new(),
        });
        let mut groups: Vec<Figures<'_>> = groups.collect();
        for (group, figures) in groups.iter_mut().enumerate().filter(|_| place < asked) {
            let tally = &counts[place][group];
            counted_figures(&facts, &section, grouping.groups[group].period, tally, figures, &share_by);
            add_deadlines(&facts, tally, figures, &mut section);
        }
        figures.push(groups);
    }
    for step in 0..STEPS.len() {
        add_times(step, &book, &groupings, &mut figures, &mut section, ask);
    }
    records::adjust(&mut section.time_tests);
    figures.truncate(asked);

    section.charts = charts(&facts, &section, counts.get(1).map_or(&[], Vec::as_slice), ask.confidence);
    section.shares = shares(&book, &all, &share_by, ask.confidence);
    section.outcomes = outcomes::outcomes(&facts, &all, ask.confidence);
    section.award = amounts::total_award(&facts, &all, ask.confidence, &mut faults);
    section.cost = amounts::cost(&facts, &all, ask.confidence, &mut faults);
    if let Some(place) = providers {
        let (grouping, counts, hidden) = (&groupings[place], &counts[place], &hidden[place]);
        section.funnels =
            providers::funnels(&facts, grouping, counts, hidden, (ask.confidence, ask.flag_below));
    }
    section.satisfaction = satisfaction::satisfaction(&facts, ask.confidence, &mut faults);
    section.segments = records::segments(cases, &groupings[..asked], &hidden[..asked]);
    records::read_faults(cases, "id", &mut faults);
    section.counted = reading::counted(cases, &book, &all, &faults);
    section.columns = records::columns(cases, &ask.definition.also_possible);
    section.texts = reading::texts(cases, ask.definition);
    section.joined = records::joined(cases);
    section.clock = clock(ask.definition, ask.holidays.len());
    let left_out = book.left_out.iter().map(|(reason, tallied)| ((*reason, 0), tallied.clone())).collect();
    let ledger = records::ledger(cases, &left_out, book.len(), &faults);
    section.faults = faults.finish();
    let estimates =
        figures.into_iter().flatten().flat_map(|group| estimates::in_order(group.found)).collect();
    let notes = notes::notes(&section, ask.definition);
    Ok(DisputesFound { section, estimates, ledger, notes })
}

fn head(book: &Book, ask: &DisputesAsk<'_>) -> DisputesSection {
    let from = match (book.as_of_found, ask.as_of) {
        (true, _) => "last_moment",
        (false, Some(_)) => "asked",
        (false, None) => "definition",
    };
    let moment = DateTime::from_timestamp(book.as_of, 0).map(|moment| moment.naive_utc());
    let clauses = ["ISO 10003:2018, 8.1", "ISO 10003:2018, 8.2", "ISO 10003:2018, 8.3"];
    DisputesSection {
        as_of: date_of(book.as_of).map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default(),
        as_of_moment: moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default(),
        as_of_from: from.to_owned(),
        every: ask.every.name().to_owned(),
        confidence: ask.confidence.level(),
        clauses: clauses.map(str::to_owned).to_vec(),
        ..DisputesSection::default()
    }
}

fn charts(
    facts: &Facts<'_>,
    section: &DisputesSection,
    counts: &[Tally],
    confidence: Confidence,
) -> Vec<PeriodChart> {
    let counted = section.periods.iter().map(|period| Counted {
        period: period.period.clone(),
        complete: period.complete,
        events: period.referred,
        limits: [period.referred_low, period.referred_high],
        exposure: None,
        rate: [None; 3],
    });
    let mut found = vec![charted_counts(&counted.collect::<Vec<_>>(), ("count", "count"), 1.0)];
    let mut add = |statistic: &str, part: &dyn Fn(&Tally) -> Part| {
        let shares = section.periods.iter().enumerate().map(|(place, period)| {
            (period.period.clone(), period.complete, counts.get(place).map(part).unwrap_or_default())
        });
        found.push(charted_shares(statistic, &shares.collect::<Vec<_>>(), confidence));
    };
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        if facts.missing(step).is_none() {
            add(statistic, &|tally| tally.deadlines[step].part());
        }
    }
    if facts.answers.last().is_some_and(|overturned| !overturned.is_empty()) {
        add("overturned", &|tally| tally.shares[SHARES.len() - 1]);
    }
    found
}

fn shares(
    book: &Book,
    all: &Tally,
    by: &[Option<&'static str>; 5],
    confidence: Confidence,
) -> Vec<RecordShare> {
    let rows = SHARES.iter().zip(&all.shares).zip(by);
    rows.map(|((statistic, part), by)| {
        let unknown = Some(book.len() as u64 - part.base);
        records::share_row(statistic, *part, unknown, *by, confidence)
    })
    .collect()
}

/// How working time was counted; `None` where no deadline needs it.
fn clock(definition: &DisputesDefinition, holidays: usize) -> Option<WorkingClock> {
    let deadlines = [definition.respond_within, definition.decide_within];
    deadlines.into_iter().flatten().find(|deadline| deadline.unit.is_business())?;
    let zone = definition.time_zone.as_ref();
    Some(records::working_clock(definition.business_hours, definition.holidays.as_ref(), holidays, zone))
}
