//! Complaints: from the cases of a file to figures, charts and the section of a report (ISO 10002:2018, 8.2 and 8.3).
//!
//! One pass makes the book of complaints: what counts, when each was received, and when it had each step. From it come
//! counts by group and period, and the times of each step in one order from which the curves of all groups are drawn.
//! Complaints that are open are censored at `as_of`; rates need transactions, and "in time" a deadline of the
//! organisation's own. Few complaints are never read as satisfaction.

mod answers;
mod ask;
mod asked;
mod book;
mod customers;
mod deadlines;
mod error;
mod estimates;
mod group_figures;
mod kinds;
mod notes;
mod outcomes;
mod reading;
mod recovery;
mod report;
mod survey;
mod tally;
mod unresolved;
mod volume;

use chrono::DateTime;

use crate::analysis::records::{
    self, Calendar, Counted, DAY, Faults, Grouping, charted_counts, charted_shares, date_of,
};
use crate::measures::{WorkingTime, rounded};
use crate::report::{ComplaintPeriod, ComplaintsSection, HomogeneityTest, PeriodChart, RecordShare};
use crate::source::cases::Cases;
use crate::stats::{self, Confidence, EventRate};

use answers::answers;
use book::{Book, STEPS};
use customers::Customers;
use deadlines::IN_TIME;
use estimates::Figures;
use group_figures::{add_deadlines, add_times, counted_figures};
use kinds::Severities;
use tally::{Facts, REPEAT, SHARES, Tally, tallies};

pub use ask::{CaseTransactions, ComplaintsAsk, ComplaintsFound};
pub use asked::{AskedError, AskedGroups, asked_groups};
pub use error::ComplaintsError;
pub use notes::{AbsentColumns, column_in_some_files};
pub use report::complaints_report;
pub use survey::{Surveyed, add_survey};
pub(in crate::analysis) use unresolved::{HandledComplaint, handled_complaints};

/// What the complaints of a file say.
///
/// # Errors
/// See [`ComplaintsError`].
pub fn complaints(cases: &Cases, ask: &ComplaintsAsk<'_>) -> Result<ComplaintsFound, ComplaintsError> {
    let mut faults = Faults::new(cases, ask.input);
    let day = ask.as_of.or(ask.definition.as_of);
    let as_of = day.map(|day| i64::from(day.to_epoch_days()) * DAY + DAY - 1);
    let book = Book::new(cases, ask.definition, as_of, &mut faults)?;
    let holidays = ask.holidays.iter().map(|day| i64::from(day.to_epoch_days()));
    let working = WorkingTime::new(ask.definition.business_hours, holidays);
    let customers = Customers::new(cases, &book);
    let (answers, share_by) = answers(cases, ask.definition, &book, customers.as_ref());
    let names = |field: &str| cases.categories(field).map_or(&[][..], |found| found.names());
    let facts = Facts {
        cases,
        definition: ask.definition,
        book: &book,
        working: &working,
        answers,
        others: names("category").iter().map(|name| ask.definition.is_other(name)).collect(),
        outcomes: names("outcome").iter().map(|name| ask.definition.outcome_of(name)).collect(),
    };
    let first = book.received.iter().min().map_or(book.as_of, |at| i64::from(*at));
    let calendar = Calendar::new(ask.every, first, book.as_of.max(first));
    let periods = volume::periods(&book, &calendar, &ask.transactions, ask.confidence);
    let mut section = head(&book, ask);
    section.volume = volume::total(&periods, ask.confidence);
    section.backlog = periods.last().and_then(|period| period.backlog.clone());
    section.rates_test = rates_test(&periods);
    section.periods = periods;

    let mut groupings = vec![Grouping::all(), Grouping::periods(&book.received, &calendar)];
    for by in &ask.by {
        groupings.push(Grouping::by(cases, &book.cases, by)?);
    }
    let left_out = if ask.by_period { add_periods(&mut groupings, ask.suppress_below) } else { Vec::new() };
    let counts: Vec<Vec<Tally>> = groupings
        .iter()
        .map(|grouping| {
            let mut counts = tallies(&facts, grouping);
            if let Some(customers) = &customers {
                for (tally, repeated) in counts.iter_mut().zip(customers.repeated(grouping)) {
                    tally.shares[REPEAT] = repeated;
                }
            }
            counts
        })
        .collect();
    let cases_of = |counts: &Vec<Tally>| counts.iter().map(|tally| tally.cases).collect();
    let by_group: Vec<Vec<u64>> = counts.iter().map(cases_of).collect();
    // Of single periods nothing small is there.
    let crossed = groupings.iter().position(Grouping::is_crossed).unwrap_or(groupings.len());
    let mut hidden = records::hidden(&groupings[..crossed], &by_group[..crossed], ask.suppress_below);
    hidden.extend(groupings[crossed..].iter().map(|grouping| vec![None; grouping.groups.len()]));
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
        for (group, figures) in groups.iter_mut().enumerate() {
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

    section.charts = charts(&facts, &section, counts.get(1).map_or(&[], Vec::as_slice), ask.confidence);
    section.shares = shares(&facts, &all, &share_by, ask.confidence);
    let severities = Severities::new(&facts, &mut faults);
    section.categories = kinds::categories(&facts, severities.as_ref(), all.other, ask.confidence);
    section.severity = severities.map(|found| found.section(&facts, section.categories.as_ref()));
    section.outcomes = outcomes::outcomes(&facts, &all, ask.confidence, &mut faults);
    section.remedy = outcomes::remedy(&facts, ask.confidence, &mut faults);
    section.satisfaction = outcomes::satisfaction(&facts, ask.confidence, &mut faults);
    section.segments = records::segments(cases, &groupings, &hidden);
    records::read_faults(cases, "id", &mut faults);
    section.counted = reading::counted(cases, &book, &all, &faults);
    section.columns = records::columns(cases, &ask.definition.also_possible);
    section.statuses = reading::statuses(cases, ask.definition, &book);
    section.joined = records::joined(cases);
    section.clock = deadlines::clock(ask.definition, ask.holidays.len());
    let ledger = records::ledger(cases, &book.left_out, book.len(), &faults);
    section.faults = faults.finish();
    let estimates =
        figures.into_iter().flatten().flat_map(|group| estimates::in_order(group.found)).collect();
    let mut notes = notes::notes(&section, &ask.transactions.unused(&calendar));
    notes.extend(left_out.iter().map(|(ids, why)| notes::no_periods(ids, why)));
    Ok(ComplaintsFound { section, estimates, ledger, notes })
}

/// Adds the groups of segments period by period; gives the segments for which that is left out, and why: groups so small that
/// figures of theirs would be hidden would take those of the whole segment with them.
fn add_periods(groupings: &mut Vec<Grouping>, below: u64) -> Vec<(String, &'static str)> {
    let mut left_out = Vec::new();
    let Some(periods) = groupings.get(1) else { return left_out };
    let mut more = Vec::new();
    for grouping in groupings.iter().skip(2) {
        let Some(crossed) = grouping.by_period(periods) else {
            left_out.push((grouping.ids.join("*"), "many"));
            continue;
        };
        let mut counts = vec![0_u64; crossed.groups.len()];
        for record in 0..crossed.of.len() {
            if let Some(count) = crossed.group(record).and_then(|group| counts.get_mut(group)) {
                *count += 1;
            }
        }
        if counts.iter().any(|count| *count < below) {
            left_out.push((grouping.ids.join("*"), "hidden"));
        } else {
            more.push(crossed);
        }
    }
    groupings.extend(more);
    left_out
}

fn head(book: &Book, ask: &ComplaintsAsk<'_>) -> ComplaintsSection {
    let from = match (book.as_of_found, ask.as_of) {
        (true, _) => "last_moment",
        (false, Some(_)) => "asked",
        (false, None) => "definition",
    };
    let moment = DateTime::from_timestamp(book.as_of, 0).map(|moment| moment.naive_utc());
    let clauses =
        ["ISO 10002:2018, 8.2", "ISO 10002:2018, 8.3", "ISO 10002:2018, 8.4", "ISO 10004:2018, 7.3.2"];
    ComplaintsSection {
        as_of: date_of(book.as_of).map(|day| day.format("%Y-%m-%d").to_string()).unwrap_or_default(),
        as_of_moment: moment.map(|moment| moment.format("%Y-%m-%dT%H:%M:%S").to_string()).unwrap_or_default(),
        as_of_from: from.to_owned(),
        every: ask.every.name().to_owned(),
        confidence: ask.confidence.level(),
        clauses: clauses.map(str::to_owned).to_vec(),
        ..ComplaintsSection::default()
    }
}

fn charts(
    facts: &Facts<'_>,
    section: &ComplaintsSection,
    counts: &[Tally],
    confidence: Confidence,
) -> Vec<PeriodChart> {
    let counted = section.periods.iter().map(|period| {
        let of = &period.volume;
        Counted {
            period: period.period.clone(),
            complete: period.complete,
            events: of.received,
            limits: [of.received_low, of.received_high],
            exposure: of.transactions,
            rate: [of.rate_per_1000, of.rate_low, of.rate_high],
        }
    });
    let mut found = vec![charted_counts(&counted.collect::<Vec<_>>(), ("count", "rate_per_1000"), 1_000.0)];
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        if deadlines::missing(facts, step).is_none() {
            let shares = section.periods.iter().enumerate().map(|(place, period)| {
                let part = counts.get(place).map(|tally| tally.deadlines[step].part());
                (period.period.clone(), period.complete, part.unwrap_or_default())
            });
            found.push(charted_shares(statistic, &shares.collect::<Vec<_>>(), confidence));
        }
    }
    found
}

fn shares(
    facts: &Facts<'_>,
    all: &Tally,
    by: &[Option<&'static str>; 5],
    confidence: Confidence,
) -> Vec<RecordShare> {
    let rows = SHARES.iter().zip(&all.shares).zip(by).enumerate();
    rows.map(|(place, ((statistic, part), by))| {
        let unknown = if place == REPEAT { None } else { Some(facts.book.len() as u64 - part.base) };
        records::share_row(statistic, *part, unknown, *by, confidence)
    })
    .collect()
}

/// Whether the rates of complete periods differ.
fn rates_test(periods: &[ComplaintPeriod]) -> Option<HomogeneityTest> {
    let rates = periods.iter().filter(|period| period.complete).filter_map(|period| {
        let exposure = period.volume.transactions? as f64 / 1_000.0;
        Some(EventRate { events: period.volume.received, exposure })
    });
    let found = stats::rate_homogeneity(&rates.collect::<Vec<_>>())?;
    let p = rounded(found.p)?;
    Some(HomogeneityTest {
        name: "chi-square".to_owned(),
        statistic: rounded(found.statistic)?,
        df: found.df,
        df2: None,
        p,
        p_adjusted: p,
    })
}
