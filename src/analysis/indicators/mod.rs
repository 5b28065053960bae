//! Indicators: from the records of a file to figures by period, changes, charts, and what they have in common with the
//! scores of the survey (ISO 10004:2018, 7.3.2 and 7.4.5).
//!
//! The file is long: a row for each period, indicator and, where there are some, segment value. What kind of figure an
//! indicator is follows from its unit and from whether its values are counted among something. Records that contradict
//! the others are left out and told, whatever their order. Indicators hint at satisfaction and never stand for it.

mod ask;
mod book;
mod changes;
mod charts;
mod corroboration;
mod estimates;
mod hidden;
mod kind;
mod line;
mod notes;
mod period;
mod reading;
mod report;
mod scores;
mod segment;

use std::collections::BTreeMap;

use crate::report::{IndicatorRecord, IndicatorSeries, IndicatorsSection};
use crate::source::cases::Cases;
use crate::survey::Period;

use super::trend::figures::last_year;
use super::trend::period::number;
use book::Book;
use changes::Against;
use line::{Line, Making};

pub use ask::{IndicatorsAsk, IndicatorsFound};
pub use report::indicators_report;

/// What the indicators of a file say.
pub fn indicators(cases: &Cases, ask: &IndicatorsAsk<'_>) -> IndicatorsFound {
    let mut book = Book::new(cases, ask);
    let mut section = head(ask);
    let per = ask.definition.per;
    let making = Making { per, confidence: ask.confidence, as_of: ask.as_of, segments: &ask.segments };
    let mut lines = line::lines(&mut book, &making, &mut section);
    hidden::hide(&mut lines, ask.suppress_below);
    let labels = labels(&lines);
    let latest = latest(&lines);
    section.period = latest.and_then(|number| labels.get(&number).cloned());
    section.series = lines.iter().map(|line| series(line, &labels, per)).collect();
    if let (Some(latest), Some(period)) = (latest, section.period.clone()) {
        add_changes(&mut section, &lines, (latest, &period), &labels, ask);
    }
    let scores = scores::scores(&ask.scores, section.period.as_deref());
    section.corroboration = corroboration::corroboration(&lines, scores, ask.definition.lag, ask.confidence);
    reading::read_faults(cases, &mut book.faults);
    section.records = cases.ledger().rows_read;
    section.used = book.rows.len() as u64;
    section.columns = reading::columns(cases);
    section.joined = reading::joined(cases);
    let ledger = book.ledger();
    section.faults = book.faults.finish();
    let notes = notes::notes(&section, &lines, ask);
    let estimates = lines
        .iter()
        .flat_map(|line| estimates::estimates(line, ask.definition, ask.confidence, ask.flag_below))
        .collect();
    IndicatorsFound { section, estimates, ledger, notes }
}

/// How long the periods of a file are: of several lengths the most frequent, or the longer one that is asked for.
pub fn indicator_periods(cases: &Cases, ask: &IndicatorsAsk<'_>) -> Option<Period> {
    Book::new(cases, ask).every
}

fn head(ask: &IndicatorsAsk<'_>) -> IndicatorsSection {
    let clauses = ["ISO 10004:2018, 7.3.2", "ISO 10004:2018, 7.4.5", "ISO 10004:2018, 7.6"];
    IndicatorsSection {
        as_of: ask.as_of.format("%Y-%m-%d").to_string(),
        as_of_from: if ask.as_of_asked { "asked" } else { "report" }.to_owned(),
        per: ask.definition.per,
        confidence: ask.confidence.level(),
        clauses: clauses.map(str::to_owned).to_vec(),
        ..IndicatorsSection::default()
    }
}

/// The periods of the file by their number.
fn labels(lines: &[Line]) -> BTreeMap<i64, String> {
    let points = lines.iter().flat_map(|line| &line.points);
    points.map(|(number, point)| (*number, point.period.label.clone())).collect()
}

/// The latest complete period with a figure.
fn latest(lines: &[Line]) -> Option<i64> {
    let complete = lines.iter().flat_map(|line| line.points.iter().filter(|(_, point)| point.complete));
    complete.map(|(number, _)| *number).max()
}

fn series(line: &Line, labels: &BTreeMap<i64, String>, per: f64) -> IndicatorSeries {
    let of_line: Vec<(i64, String)> = match (line.points.first_key_value(), line.points.last_key_value()) {
        (Some((first, _)), Some((last, _))) => {
            labels.range(first..=last).map(|(number, label)| (*number, label.clone())).collect()
        }
        _ => Vec::new(),
    };
    let record = |(number, label): &(i64, String)| {
        let found = line.points.get(number);
        let shown = found.filter(|point| point.hidden.is_none());
        IndicatorRecord {
            period: label.clone(),
            value: shown.map(|point| point.value),
            denominator: shown.and_then(|point| point.denominator),
            flag: found.and_then(|point| point.hidden),
        }
    };
    IndicatorSeries {
        id: line.id.clone(),
        name: line.name.clone(),
        kind: line.shape.kind.name().to_owned(),
        statistic: line.shape.kind.statistic(per),
        figure_unit: Some(line.shape.unit),
        unit: line.unit.clone(),
        better: line.better,
        direction_reason: line.direction_reason.map(str::to_owned),
        segment: line.segment.clone(),
        sources: line.sources.clone(),
        records: of_line.iter().map(record).collect(),
        chart: charts::chart(line, &of_line, per),
        previous: None,
        last_year: None,
    }
}

fn add_changes(
    section: &mut IndicatorsSection,
    lines: &[Line],
    (latest, period): (i64, &str),
    labels: &BTreeMap<i64, String>,
    ask: &IndicatorsAsk<'_>,
) {
    let making = (ask.definition.per, ask.confidence);
    let label = |number: i64| labels.get(&number).cloned().unwrap_or_default();
    let previous = Against {
        name: "previous",
        of_segments: "previous_in_segments",
        number: &|_| Some(latest - 1),
        label: label(latest - 1),
    };
    let (found, families) = changes::changes(lines, (latest, period), &previous, making);
    for (series, change) in section.series.iter_mut().zip(found) {
        series.previous = Some(change);
    }
    section.families.extend(families);
    // Of years, that of last year is the one before.
    if section.every.as_deref() == Some(Period::Year.name()) {
        return;
    }
    let before = last_year(period);
    let at = before.as_deref().and_then(number).map(i64::from);
    let against = Against {
        name: "last_year",
        of_segments: "last_year_in_segments",
        number: &|_| at,
        label: before.clone().unwrap_or_default(),
    };
    let (found, families) = changes::changes(lines, (latest, period), &against, making);
    for (series, change) in section.series.iter_mut().zip(found) {
        series.last_year = Some(change);
    }
    section.families.extend(families);
}
