//! Complaints: from the cases of a file to figures, charts and the section of a report (ISO 10002:2018, 8.2 and 8.3).
//!
//! One pass makes the book of complaints: what counts, when each was received, and when it had each step. From it come
//! counts by group and period, and the times of each step in one order from which the curves of all groups are drawn.
//! Complaints that are open are censored at `as_of`; rates need transactions, and "in time" a deadline of the
//! organisation's own. Few complaints are never read as satisfaction.

mod book;
mod calendar;
mod charts;
mod customers;
mod deadlines;
mod estimates;
mod faults;
mod groupings;
mod kinds;
mod notes;
mod outcomes;
mod reading;
mod report;
mod share;
mod tally;
mod times;
mod volume;
mod wall;

use chrono::{DateTime, NaiveDate};
use indexmap::IndexMap;

use crate::measures::WorkingTime;
use crate::report::{
    ComplaintSegment, ComplaintShare, ComplaintTimes, ComplaintsSection, Estimate, Flag, HomogeneityTest, Ledger,
    Note,
};
use crate::source::cases::Cases;
use crate::stats::{self, Confidence, EventRate};
use crate::survey::{ComplaintsDefinition, Period};

use super::suppression::Families;
use book::{Book, CLOSE, STEPS};
use calendar::{Calendar, date_of};
use customers::Customers;
use deadlines::IN_TIME;
use estimates::Figures;
use faults::Faults;
use groupings::Grouping;
use kinds::Severities;
use tally::{Facts, Part, REPEAT, SHARES, Tally, tallies};
use times::{GroupTimes, Ordered};
use wall::DAY;

pub use groupings::SegmentField;
pub use report::complaints_report;

/// What is asked of complaints.
#[derive(Debug)]
pub struct ComplaintsAsk<'a> {
    /// What the definition says, with the columns that were read.
    pub definition: &'a ComplaintsDefinition,
    /// The name of the file in reports.
    pub input: &'a str,
    /// The days on which nobody works.
    pub holidays: Vec<NaiveDate>,
    /// How many transactions there were.
    pub transactions: CaseTransactions,
    /// The day up to whose end the file is complete, where it was asked for; else that of the definition, else the latest
    /// moment in the file.
    pub as_of: Option<NaiveDate>,
    /// The period of figures over time: month, quarter, half or year.
    pub every: Period,
    /// What figures are broken by: of each the segments that are crossed, with the fields of their values.
    pub by: Vec<Vec<SegmentField>>,
    /// The confidence level.
    pub confidence: Confidence,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// A group of fewer complaints is hidden.
    pub suppress_below: u64,
}

/// How many transactions there were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CaseTransactions {
    /// Nobody said.
    #[default]
    Unknown,
    /// As many in each period, at least 1.
    EachPeriod(u64),
    /// By the label of the period, each at least 1.
    ByPeriod(IndexMap<String, u64>),
}

/// What complaints say.
#[derive(Clone, Debug)]
pub struct ComplaintsFound {
    /// The section.
    pub section: ComplaintsSection,
    /// The figures.
    pub estimates: Vec<Estimate>,
    /// The account of the records.
    pub ledger: Ledger,
    /// The caveats.
    pub notes: Vec<Note>,
}

/// Why complaints cannot be analysed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ComplaintsError {
    /// No column says when complaints came in.
    #[error("no column says when complaints came in")]
    NoReceived,
    /// Moments with offsets are to be brought to a place whose rules are not known here.
    #[error("moments of `{field}` are written with an offset from UTC and cannot be brought to `{zone}`")]
    NamedZone {
        /// The zone.
        zone: String,
        /// A field with offsets.
        field: String,
    },
    /// What figures are to be broken by has no groups.
    #[error("`{0}` has no values to break figures by")]
    NoGroups(String),
    /// More groups than anybody reads.
    #[error("`{segment}` has more than {most} groups")]
    TooManyGroups {
        /// The segment.
        segment: String,
        /// The most.
        most: usize,
    },
}

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

    let mut groupings = vec![Grouping::all(), Grouping::periods(&book, &calendar)];
    for by in &ask.by {
        groupings.push(Grouping::by(cases, &book, by)?);
    }
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
    let hidden = hidden(&groupings, &counts, ask.suppress_below);
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
            for (step, kept) in tally.deadlines.iter().enumerate() {
                let mut row = deadlines::row(&facts, step, kept, tally.cases, ask.confidence);
                if figures.hidden.is_some() {
                    row = crate::report::ComplaintDeadline {
                        step: row.step,
                        deadline: row.deadline,
                        reason: Some("suppressed".to_owned()),
                        ..Default::default()
                    };
                }
                (row.segment, row.period) = (figures.segment.clone(), figures.wave.clone());
                let is_all = row.segment.is_empty() && row.period.is_none();
                if is_all || !matches!(row.reason.as_deref(), Some("no_deadline" | "no_column")) {
                    section.deadlines.push(row);
                }
            }
        }
        figures.push(groups);
    }
    for step in 0..STEPS.len() {
        add_times(step, &book, &groupings, &mut figures, &mut section, ask);
    }
    adjust(&mut section);

    section.charts = charts(&facts, &section, counts.get(1).map_or(&[], Vec::as_slice), ask.confidence);
    section.shares = shares(&facts, &all, &share_by, ask.confidence);
    let severities = Severities::new(&facts, &mut faults);
    section.categories = kinds::categories(&facts, severities.as_ref(), all.other, ask.confidence);
    section.severity = severities.map(|found| found.section(&facts, section.categories.as_ref()));
    section.outcomes = outcomes::outcomes(&facts, &all, ask.confidence, &mut faults);
    section.remedy = outcomes::remedy(&facts, ask.confidence, &mut faults);
    section.satisfaction = outcomes::satisfaction(&facts, ask.confidence, &mut faults);
    section.segments = segments(cases, &groupings, &hidden);
    reading::read_faults(cases, &mut faults);
    section.counted = reading::counted(cases, &book, &all, &faults);
    section.columns = reading::columns(cases, ask.definition);
    section.statuses = reading::statuses(cases, ask.definition, &book);
    section.joined = reading::joined(cases);
    section.clock = deadlines::clock(ask.definition, ask.holidays.len());
    let ledger = reading::ledger(cases, &book, &faults);
    section.faults = faults.finish();
    let estimates = figures.into_iter().flatten().flat_map(|group| estimates::in_order(group.found)).collect();
    let notes = notes::notes(&section, ask.transactions.unused(&calendar));
    Ok(ComplaintsFound { section, estimates, ledger, notes })
}

fn head(book: &Book, ask: &ComplaintsAsk<'_>) -> ComplaintsSection {
    let from = match (book.as_of_found, ask.as_of) {
        (true, _) => "last_moment",
        (false, Some(_)) => "asked",
        (false, None) => "definition",
    };
    let moment = DateTime::from_timestamp(book.as_of, 0).map(|moment| moment.naive_utc());
    let clauses = [
        "ISO 10002:2018, 8.1",
        "ISO 10002:2018, 8.2",
        "ISO 10002:2018, 8.3",
        "ISO 10004:2018, 7.3.2",
    ];
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

/// By share what each complaint says, and how that was found.
type Answers = ([Vec<u8>; 5], [Option<&'static str>; 5]);

fn answers(cases: &Cases, definition: &ComplaintsDefinition, book: &Book, customers: Option<&Customers>) -> Answers {
    const NONE: u8 = u8::MAX;
    let column = |field: &str| -> Option<Vec<u8>> {
        let found = cases.yes_nos(field)?.answers();
        Some(book.cases.iter().map(|case| found.get(*case as usize).copied().unwrap_or(NONE)).collect())
    };
    let closing = book.steps.get(CLOSE).map_or(&[][..], |step| step.done.as_slice());
    let is_open = |complaint: usize| closing.get(complaint) == Some(&book::WAITING);
    // Who was never closed could not be opened again.
    let reopened = column("reopened").map(|mut answers| {
        for (complaint, answer) in answers.iter_mut().enumerate() {
            if *answer == 0 && is_open(complaint) {
                *answer = NONE;
            }
        }
        answers
    });
    let computed = customers.filter(|_| cases.categories("category").is_some());
    let (recurrent, recurrent_by) = match (column("recurrent"), computed) {
        (Some(answers), _) => (Some(answers), Some("column")),
        (None, Some(customers)) => (Some(customers.recurrent(book)), Some("customer_and_category")),
        (None, None) => (None, None),
    };
    let by_status = cases.categories("status").map(|found| {
        let escalated: Vec<bool> = found.names().iter().map(|name| definition.is_escalated(name)).collect();
        (found, escalated)
    });
    let by_status = by_status.filter(|(_, escalated)| escalated.contains(&true));
    let (mut escalated, mut escalated_by) = (column("escalated"), None);
    if escalated.is_some() {
        escalated_by = Some("column");
    } else if let Some((found, is_escalated)) = by_status {
        escalated_by = Some("status");
        let of = |case: &u32| match is_escalated.get(usize::from(book::code(found, *case as usize))) {
            Some(is) => u8::from(*is),
            None => NONE,
        };
        escalated = Some(book.cases.iter().map(of).collect());
    }
    let by_column = |answers: &Option<Vec<u8>>| answers.as_ref().map(|_| "column");
    let first_contact = column("first_contact");
    let by = [
        by_column(&first_contact),
        by_column(&reopened),
        customers.map(|_| "customers"),
        recurrent_by,
        escalated_by,
    ];
    let answers = [first_contact, reopened, None, recurrent, escalated].map(Option::unwrap_or_default);
    (answers, by)
}

/// Why each group is hidden, by grouping.
fn hidden(groupings: &[Grouping], counts: &[Vec<Tally>], below: u64) -> Vec<Vec<Option<Flag>>> {
    let mut strata = Vec::new();
    let mut bases = Vec::new();
    let mut shown: Vec<Vec<Option<Flag>>> = Vec::new();
    for (place, (grouping, counts)) in groupings.iter().zip(counts).enumerate() {
        shown.push(vec![None; grouping.groups.len()]);
        // Periods are totals of their own, which are never hidden.
        for (group, tally) in grouping.groups.iter().zip(counts).filter(|_| place != 1) {
            let of = group.segment.iter().map(|(id, value)| (id.clone(), value.clone()));
            strata.push((None, of.collect()));
            bases.push(tally.cases);
        }
    }
    let mut flags = Families::new(&strata).hidden(&bases, below).into_iter();
    for (place, shown) in shown.iter_mut().enumerate().filter(|(place, _)| *place != 1) {
        let _ = place;
        shown.iter_mut().for_each(|shown| *shown = flags.next().flatten());
    }
    shown
}

/// The figures of one group that are counts and shares.
fn counted_figures(
    facts: &Facts<'_>,
    section: &ComplaintsSection,
    period: Option<usize>,
    tally: &Tally,
    figures: &mut Figures<'_>,
    share_by: &[Option<&'static str>; 5],
) {
    let of_period = period.and_then(|place| section.periods.get(place));
    let is_all = figures.segment.is_empty() && period.is_none();
    match of_period {
        Some(period) => figures.volume(&period.volume),
        None if is_all => figures.volume(&section.volume),
        None => figures.volume(&volume::volume(tally.cases, None, figures.confidence)),
    }
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        let has_column = facts.book.steps.get(tally::DEADLINE_STEPS[step]).is_some_and(|step| step.known);
        match deadlines::missing(facts, step) {
            None => figures.share(statistic, deadlines::part(&tally.deadlines[step])),
            Some("no_deadline") if is_all && has_column => figures.missing(statistic, Flag::NoDeadline),
            Some(_) => {}
        }
    }
    let is_dated = facts.book.steps.get(CLOSE).is_some_and(|step| step.known);
    let knows_state = tally.unknown < tally.cases || (is_dated && tally.cases == 0);
    match of_period {
        Some(period) => {
            if let Some(backlog) = &period.backlog {
                figures.number("open", Some(backlog.open as f64), period.volume.received);
            }
            if is_dated {
                let flow = [period.flow_ratio, period.flow_ratio_low, period.flow_ratio_high];
                figures.ratio("flow_ratio", flow, period.volume.received);
            }
        }
        None if knows_state => figures.number("open", Some(tally.open as f64), tally.cases),
        None => {}
    }
    if facts.cases.categories("outcome").is_some() {
        let limits = outcomes::limits(tally, figures.confidence);
        let decided = tally.outcomes.iter().sum();
        for (place, (count, (_, name))) in tally.outcomes.iter().zip(crate::survey::Outcome::ALL).enumerate() {
            figures.outcome(name, Part { count: *count, base: decided }, limits.get(place).copied());
        }
    }
    for ((statistic, part), by) in SHARES.iter().zip(&tally.shares).zip(share_by) {
        if by.is_some() {
            figures.share(statistic, *part);
        }
    }
    if facts.cases.categories("category").is_some() {
        figures.share("other_category", tally.other);
    }
    for (statistic, part) in [("process_satisfaction", tally.process), ("outcome_satisfaction", tally.outcome)] {
        if facts.cases.numbers(statistic).is_some() {
            figures.share(statistic, part);
        }
    }
}

/// The times of a step, of all groups.
fn add_times(
    step: usize,
    book: &Book,
    groupings: &[Grouping],
    figures: &mut [Vec<Figures<'_>>],
    section: &mut ComplaintsSection,
    ask: &ComplaintsAsk<'_>,
) {
    let name = STEPS[step].0;
    let Some(ordered) = Ordered::new(book, step) else {
        let reason = Some("no_column".to_owned());
        section.times.push(ComplaintTimes { step: name.to_owned(), reason, ..ComplaintTimes::default() });
        return;
    };
    for (grouping, figures) in groupings.iter().zip(figures) {
        let times: Vec<GroupTimes> = ordered.by_group(book, step, grouping);
        if !grouping.ids.is_empty() {
            let is_hidden = figures.iter().any(|figures| figures.hidden.is_some());
            section.time_tests.push(times::test(name, grouping, &times, is_hidden));
        }
        for (times, figures) in times.into_iter().zip(figures) {
            let mut row = match figures.hidden {
                Some(flag) => ComplaintTimes {
                    flag: Some(flag),
                    reason: Some("suppressed".to_owned()),
                    ..ComplaintTimes::default()
                },
                None => times::figures(times, figures.wave.is_none(), ask.confidence, ask.flag_below),
            };
            row.step = name.to_owned();
            (row.segment, row.period) = (figures.segment.clone(), figures.wave.clone());
            figures.times(&row);
            section.times.push(row);
        }
    }
}

/// The p-values of the tests of times, adjusted together (Holm).
fn adjust(section: &mut ComplaintsSection) {
    let p: Vec<f64> = section.time_tests.iter().filter_map(|test| test.p).collect();
    let adjusted = stats::holm(&p).unwrap_or_default();
    let tested = section.time_tests.iter_mut().filter(|test| test.p.is_some());
    for (test, adjusted) in tested.zip(adjusted) {
        test.p_adjusted = crate::measures::rounded(adjusted);
    }
}

fn charts(
    facts: &Facts<'_>,
    section: &ComplaintsSection,
    counts: &[Tally],
    confidence: Confidence,
) -> Vec<crate::report::ComplaintChart> {
    let mut found = vec![charts::volume(&section.periods)];
    for (step, (_, statistic)) in IN_TIME.iter().enumerate() {
        if deadlines::missing(facts, step).is_none() {
            let parts: Vec<Part> = counts.iter().map(|tally| deadlines::part(&tally.deadlines[step])).collect();
            found.push(charts::in_time(statistic, &section.periods, &parts, confidence));
        }
    }
    found
}

fn shares(
    facts: &Facts<'_>,
    all: &Tally,
    by: &[Option<&'static str>; 5],
    confidence: Confidence,
) -> Vec<ComplaintShare> {
    let rows = SHARES.iter().zip(&all.shares).zip(by).enumerate();
    rows.map(|(place, ((statistic, part), by))| {
        let unknown = if place == REPEAT { None } else { Some(facts.book.len() as u64 - part.base) };
        share::row(statistic, *part, unknown, *by, confidence)
    })
    .collect()
}

/// The segments that figures are broken by, each once.
fn segments(cases: &Cases, groupings: &[Grouping], hidden: &[Vec<Option<Flag>>]) -> Vec<ComplaintSegment> {
    let mut segments = Vec::new();
    for (grouping, hidden) in groupings.iter().zip(hidden) {
        let [id] = grouping.ids.as_slice() else { continue };
        let without = grouping.of.iter().filter(|group| **group == groupings::NONE).count() as u64;
        segments.push(ComplaintSegment {
            id: id.clone(),
            column: cases.ledger().field(id).map_or_else(|| id.clone(), |field| field.column.clone()),
            values: grouping.groups.iter().filter_map(|group| group.segment.get(id)).cloned().collect(),
            without: hidden.iter().all(Option::is_none).then_some(without),
        });
    }
    segments
}

/// Whether the rates of complete periods differ.
fn rates_test(periods: &[crate::report::ComplaintPeriod]) -> Option<HomogeneityTest> {
    let rates = periods.iter().filter(|period| period.complete).filter_map(|period| {
        let exposure = period.volume.transactions? as f64 / 1_000.0;
        Some(EventRate { events: period.volume.received, exposure })
    });
    let found = stats::rate_homogeneity(&rates.collect::<Vec<_>>())?;
    let p = crate::measures::rounded(found.p)?;
    Some(HomogeneityTest {
        name: "chi-square".to_owned(),
        statistic: crate::measures::rounded(found.statistic)?,
        df: found.df,
        df2: None,
        p,
        p_adjusted: p,
    })
}
