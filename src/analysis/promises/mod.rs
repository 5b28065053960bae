//! Promises: from the events of a file to figures, charts and the section of a report (ISO 10001:2018, 6.5, 8.2, 8.3).
//!
//! One pass makes the book of events: of which promise each is, by which version it is judged, whether it was kept, and
//! what followed. From it come counts by promise, group and period. An event is judged by its value where the version has
//! an operator and a target, else by what it says of itself. A promise without events was never tested, and few complaints
//! are never read as satisfaction.

mod answers;
mod ask;
mod book;
mod complaints;
mod error;
mod estimates;
mod figures;
mod hidden;
mod notes;
mod register;
mod report;
mod rows;
mod tally;

use indexmap::IndexMap;

use crate::analysis::records::{self, Calendar, DAY, Faults, Grouping, Part, charted_shares, date_of};
use crate::report::{
    PromiseCell, PromiseChart, PromiseComplaints, PromiseFigures, PromisesCounted, PromisesSection,
    RecordSegment,
};
use crate::source::cases::Cases;

use book::Book;
use complaints::{About, ComplaintBook};
use estimates::{Estimates, Of};
use figures::Known;
use hidden::Hidden;
use register::Register;
use tally::Tally;

pub use answers::promise_answers;
pub use ask::{PromiseComplaintCases, PromisesAsk, PromisesFound};
pub use error::PromisesError;
pub use report::promises_report;

/// What the events of a file say of the promises.
///
/// # Errors
/// See [`PromisesError`].
pub fn promises(cases: &Cases, ask: &PromisesAsk<'_>) -> Result<PromisesFound, PromisesError> {
    let mut faults = Faults::new(cases, ask.input);
    let named = cases.categories("promise_id").ok_or(PromisesError::NoPromise)?;
    let register = Register::new(ask.register, named);
    let day = ask.as_of.or(ask.definition.as_of);
    let as_of = day.map(|day| i64::from(day.to_epoch_days()) * DAY + DAY - 1);
    let book = Book::new(cases, &register, as_of, &mut faults)?;
    let first = book.at.iter().min().map_or(book.as_of, |at| i64::from(*at));
    let calendar = Calendar::new(ask.every, first, book.as_of.max(first));
    let file = ask.complaints.as_ref();
    let file = file.map(|file| ComplaintBook::new(file, ask.definition, &book, &register, &calendar));
    let file = file.transpose()?;

    let mut groupings = vec![Grouping::all(), Grouping::periods(&book.at, &calendar)];
    for by in &ask.by {
        groupings.push(Grouping::by(cases, &book.cases, by)?);
    }
    let tallies: Vec<Vec<Vec<Tally>>> =
        groupings.iter().map(|grouping| tally::tallies(&book, &register, grouping)).collect();
    let run = Run {
        ask,
        book: &book,
        register: &register,
        calendar: &calendar,
        file: file.as_ref(),
        known: known(cases, &register, file.as_ref(), ask),
    };
    let mut section = run.head(cases, &faults);
    let hidden = hidden::hidden(&groupings, &tallies, ask.suppress_below);
    let mut estimates = Estimates {
        definition: ask.definition,
        known: run.known,
        complaints_of_groups: run.known.complaints && file.is_none(),
        found: Vec::new(),
    };
    run.fill(&groupings, &tallies, &hidden, &mut estimates, &mut section);
    for answer in &ask.answers {
        estimates.answer(answer);
    }
    section.charts = run.charts(tallies.get(1).map_or(&[], Vec::as_slice));
    section.complaints = run.complaints(&section.total);
    section.segments = segments(cases, &groupings, &hidden);
    records::read_faults(cases, "event_id", &mut faults);
    section.columns = records::columns(cases, &IndexMap::new());
    section.joined = records::joined(cases);
    let ledger = records::ledger(cases, &book.left_out, book.len(), &faults);
    section.faults = faults.finish();
    let notes = notes::notes(&section);
    Ok(PromisesFound { section, estimates: estimates.found, ledger, notes })
}

/// What can be known at all of a file.
fn known(cases: &Cases, register: &Register, file: Option<&ComplaintBook>, ask: &PromisesAsk<'_>) -> Known {
    Known {
        confidence: ask.confidence,
        flag_below: ask.flag_below,
        values: cases.numbers("value").is_some()
            && register.versions.iter().any(|version| version.rule().is_some()),
        due: cases.field("remedy_due").is_some(),
        paid: cases.field("remedy_paid").is_some(),
        amounts: ["remedy_due", "remedy_paid"].iter().all(|field| cases.yes_nos(field).is_none()),
        complaints: file.is_some() || cases.identities("complaint_id").is_some(),
        misunderstandings: file.is_some_and(|file| file.knows_misunderstandings),
    }
}

/// Everything that the figures are found from.
struct Run<'a> {
    ask: &'a PromisesAsk<'a>,
    book: &'a Book,
    register: &'a Register,
    calendar: &'a Calendar,
    file: Option<&'a ComplaintBook>,
    known: Known,
}

impl Run<'_> {
    fn head(&self, cases: &Cases, faults: &Faults<'_>) -> PromisesSection {
        let (book, ask) = (self.book, self.ask);
        let from = match (book.as_of_found, ask.as_of) {
            (true, _) => "last_event",
            (false, Some(_)) => "asked",
            (false, None) => "definition",
        };
        let day = |at: i64| date_of(at).map(|day| day.format("%Y-%m-%d").to_string());
        let named =
            |_: &str, text: u16| cases.categories("promise_id")?.names().get(usize::from(text)).cloned();
        let not_judged = book.kept.iter().map(|kept| u64::from(*kept == book::NOT_JUDGED)).sum();
        let clauses =
            ["ISO 10001:2018, 6.5", "ISO 10001:2018, 8.2", "ISO 10001:2018, 8.3", "ISO 10004:2018, 7.3.2"];
        PromisesSection {
            as_of: day(book.as_of).unwrap_or_default(),
            as_of_from: from.to_owned(),
            every: ask.every.name().to_owned(),
            confidence: ask.confidence.level(),
            counted: PromisesCounted {
                records: cases.rows() as u64,
                events: book.len() as u64,
                judged: book.len() as u64 - not_judged,
                not_judged,
                left_out: records::left_out(&book.left_out, named, faults),
                declared: self.register.declared,
                first_event: book.at.iter().min().and_then(|at| day(i64::from(*at))),
                last_event: book.at.iter().max().and_then(|at| day(i64::from(*at))),
            },
            answers: ask.answers.clone(),
            clauses: clauses.map(str::to_owned).to_vec(),
            ..PromisesSection::default()
        }
    }

    /// The complaints of a file about a promise, or about all; none where the file does not tell of such a cell.
    fn about(&self, promise: Option<usize>, cell: Cell) -> Option<About> {
        let file = self.file?;
        let of = match cell {
            Cell::All => &file.all,
            Cell::Period(period) => file.periods.get(period)?,
            Cell::Group => return None,
        };
        match promise {
            Some(promise) => of.get(promise).copied(),
            None => Some(About::sum(of.iter())),
        }
    }

    fn figures(&self, tally: &Tally, promise: Option<usize>, cell: Cell) -> PromiseFigures {
        let about = self.about(promise, cell);
        // With a file, what events led to is not set beside what it says.
        let known = Known {
            complaints: about.is_some() || self.file.is_none() && self.known.complaints,
            ..self.known
        };
        known.figures(tally, about)
    }

    /// The figures of all groupings, as estimates and as rows.
    fn fill(
        &self,
        groupings: &[Grouping],
        tallies: &[Vec<Vec<Tally>>],
        hidden: &Hidden,
        estimates: &mut Estimates<'_>,
        section: &mut PromisesSection,
    ) {
        let as_of = date_of(self.book.as_of);
        for (place, (grouping, groups)) in groupings.iter().zip(tallies).enumerate() {
            for (group, (of, promises)) in grouping.groups.iter().zip(groups).enumerate() {
                let cell = match (place, of.period) {
                    (0, _) => Cell::All,
                    (_, Some(period)) => Cell::Period(period),
                    _ => Cell::Group,
                };
                let flags = hidden.get(place).and_then(|groups| groups.get(group));
                let wave = of.period.and_then(|period| self.calendar.labels.get(period)).cloned();
                let mut cells = Vec::new();
                let all = Tally::together(promises);
                let every = std::iter::once((None, &all))
                    .chain(promises.iter().enumerate().map(|(at, tally)| (Some(at), tally)));
                for (promise, tally) in every {
                    let is_empty_group = matches!(cell, Cell::Group) && tally.events == 0;
                    if promise.is_some() && is_empty_group {
                        continue;
                    }
                    let flag = flags.and_then(|(all, own)| match promise {
                        None => *all,
                        Some(promise) => own.get(promise).copied().flatten(),
                    });
                    let mut figures = match flag {
                        Some(flag) => figures::hidden(flag),
                        None => self.figures(tally, promise, cell),
                    };
                    let of = Of {
                        promise: promise.and_then(|at| Some(self.register.promises.get(at)?.id.clone())),
                        segment: of.segment.clone(),
                        wave: wave.clone(),
                        target_kept: promise.and_then(|at| rows::target_kept(self.register, at, as_of)),
                    };
                    estimates.add(&of, &mut figures);
                    cells.push((promise, of, figures));
                }
                self.keep(cells, cell, section);
            }
        }
        let by_version = tally::by_version(self.book, self.register);
        for listed in &self.register.promises {
            for at in listed.versions.clone() {
                let (Some(version), Some(tally)) = (self.register.versions.get(at), by_version.get(at))
                else {
                    continue;
                };
                let known = Known { complaints: false, ..self.known };
                section.versions.push(rows::version(&listed.id, version, known.figures(tally, None)));
            }
        }
    }

    /// Puts the figures of a group where the section has them.
    fn keep(
        &self,
        cells: Vec<(Option<usize>, Of, PromiseFigures)>,
        cell: Cell,
        section: &mut PromisesSection,
    ) {
        let as_of = date_of(self.book.as_of);
        for (promise, of, figures) in cells {
            match (cell, promise) {
                (Cell::All, None) => section.total = figures,
                (Cell::All, Some(place)) => {
                    section.promises.push(rows::promise(self.register, place, as_of, figures));
                }
                (Cell::Period(period), _) => {
                    let ends = self.calendar.ends.get(period);
                    section.periods.push(PromiseCell {
                        promise: of.promise,
                        period: of.wave,
                        complete: Some(ends.is_some_and(|end| end - 1 <= self.book.as_of)),
                        segment: of.segment,
                        figures,
                    });
                }
                (Cell::Group, _) => section.groups.push(PromiseCell {
                    promise: of.promise,
                    segment: of.segment,
                    figures,
                    ..PromiseCell::default()
                }),
            }
        }
    }

    /// The share kept over the periods, of all promises and of each with events.
    fn charts(&self, periods: &[Vec<Tally>]) -> Vec<PromiseChart> {
        let chart = |of: &dyn Fn(&[Tally]) -> Part| {
            let points = self.calendar.labels.iter().zip(&self.calendar.ends).zip(periods);
            let points = points
                .map(|((label, end), promises)| (label.clone(), end - 1 <= self.book.as_of, of(promises)));
            charted_shares("kept", &points.collect::<Vec<_>>(), self.ask.confidence)
        };
        let all = |promises: &[Tally]| Tally::together(promises).kept;
        let mut charts = vec![PromiseChart { promise: None, chart: chart(&all) }];
        for (place, listed) in self.register.promises.iter().enumerate() {
            let own = |promises: &[Tally]| promises.get(place).map(|tally| tally.kept).unwrap_or_default();
            let is_judged = periods.iter().any(|promises| own(promises).base > 0);
            if is_judged && self.register.promises.len() > 1 {
                charts.push(PromiseChart { promise: Some(listed.id.clone()), chart: chart(&own) });
            }
        }
        charts
    }

    /// Where complaints are from.
    fn complaints(&self, total: &PromiseFigures) -> Option<PromiseComplaints> {
        if let Some(file) = self.file {
            return Some(file.account.clone());
        }
        self.known.complaints.then(|| PromiseComplaints {
            by: "events".to_owned(),
            about: total.complaints.unwrap_or(0),
            misunderstood: self.ask.definition.misunderstood.clone(),
            ..PromiseComplaints::default()
        })
    }
}

/// What a cell of figures is of.
#[derive(Clone, Copy, Debug)]
enum Cell {
    /// All events.
    All,
    /// Those of a period.
    Period(usize),
    /// Those of a group.
    Group,
}

/// The segments that figures are broken by, each once.
fn segments(cases: &Cases, groupings: &[Grouping], hidden: &Hidden) -> Vec<RecordSegment> {
    let mut segments = Vec::new();
    for (grouping, hidden) in groupings.iter().zip(hidden) {
        let [id] = grouping.ids.as_slice() else { continue };
        let without = grouping.of.iter().filter(|group| **group == records::NONE).count() as u64;
        segments.push(RecordSegment {
            id: id.clone(),
            column: cases.ledger().field(id).map_or_else(|| id.clone(), |field| field.column.clone()),
            values: grouping.groups.iter().filter_map(|group| group.segment.get(id)).cloned().collect(),
            without: hidden.iter().all(|(all, _)| all.is_none()).then_some(without),
        });
    }
    segments
}
