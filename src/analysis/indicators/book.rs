//! The records that count, and why others do not. What becomes of a record never depends on the order of the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::records::{Faults, code};
use crate::report::{Excluded, Ledger, SegmentSummary};
use crate::source::cases::{Cases, Categories};
use crate::source::{Position, Tallied};
use crate::survey::Period;

use super::IndicatorsAsk;
use super::period::{FiscalYear, LabelPeriod, rank};
use super::segment::canonical;

/// A record with a period, an indicator and a value.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its case.
    pub(super) case: usize,
    /// Its period; after [`Book::new`] the one that is shown.
    pub(super) period: LabelPeriod,
    /// The period as the file has it.
    pub(super) own_period: String,
    /// The place of the indicator's name.
    pub(super) indicator: u16,
    pub(super) value: f64,
    pub(super) denominator: Option<f64>,
    /// The places of unit, direction, segment and source; [`Categories::NONE`] for none.
    pub(super) unit: u16,
    pub(super) direction: u16,
    pub(super) segment: u16,
    pub(super) source: u16,
}

/// The records that count so far.
pub(super) struct Book<'a> {
    pub(super) cases: &'a Cases,
    pub(super) rows: Vec<Row>,
    pub(super) faults: Faults<'a>,
    /// The length of the periods, and that in the file where it is another.
    pub(super) every: Option<Period>,
    pub(super) joined_from: Option<Period>,
    left_out: BTreeMap<&'static str, Tallied>,
}

impl<'a> Book<'a> {
    /// The records of a file whose periods are of one length.
    pub(super) fn new(cases: &'a Cases, ask: &IndicatorsAsk<'_>) -> Self {
        let mut book = Self {
            cases,
            rows: Vec::new(),
            faults: Faults::new(cases, ask.input),
            every: None,
            joined_from: None,
            left_out: BTreeMap::new(),
        };
        let year = FiscalYear { start: ask.fiscal_year.0, named_end: ask.fiscal_year.1 };
        book.read(year, &ask.segments);
        book.keep_one_length();
        book.join(ask.every, year);
        book
    }

    fn read(&mut self, year: FiscalYear, known: &[SegmentSummary]) {
        let cases = self.cases;
        let of = |field: &str| cases.categories(field);
        let (periods, indicators) = (of("period"), of("indicator"));
        let others = ["unit", "direction", "segment", "source"].map(of);
        let (values, denominators) = (cases.numbers("value"), cases.numbers("denominator"));
        let segments = canonical(others[2].map_or(&[][..], Categories::names), known);
        let parsed: Vec<Option<LabelPeriod>> = periods
            .map_or(&[][..], Categories::names)
            .iter()
            .map(|name| LabelPeriod::parse(name, year))
            .collect();
        for case in 0..cases.rows() {
            let place =
                |found: Option<&Categories>| found.map_or(Categories::NONE, |found| code(found, case));
            let period = place(periods);
            if period == Categories::NONE {
                self.leave_out("no_period", "period", case);
                continue;
            }
            let Some(Some(period)) = parsed.get(usize::from(period)) else {
                self.leave_out("unreadable_period", "period", case);
                let text = periods.and_then(|found| found.get(case)).unwrap_or_default();
                self.faults.text("unreadable_period", "period", text);
                continue;
            };
            let indicator = place(indicators);
            if indicator == Categories::NONE {
                self.leave_out("no_indicator", "indicator", case);
                continue;
            }
            let Some(value) = values.and_then(|found| found.get(case)) else {
                self.leave_out("no_value", "value", case);
                continue;
            };
            let [unit, direction, segment, source] = others.map(place);
            let segment = segments.get(usize::from(segment)).copied().unwrap_or(Categories::NONE);
            self.rows.push(Row {
                case,
                own_period: period.label.clone(),
                period: period.clone(),
                indicator,
                value,
                denominator: denominators.and_then(|found| found.get(case)),
                unit,
                direction,
                segment,
                source,
            });
        }
    }

    /// Keeps the periods of the length that most records have; of equals the shorter.
    fn keep_one_length(&mut self) {
        let length = |row: &Row| (row.period.fiscal, rank(row.period.every));
        let mut counts: BTreeMap<(bool, u8), usize> = BTreeMap::new();
        for row in &self.rows {
            *counts.entry(length(row)).or_default() += 1;
        }
        let Some(most) = counts.values().max() else { return };
        let Some((kept, _)) = counts.iter().find(|(_, count)| *count == most) else { return };
        let kept = *kept;
        self.every = self.rows.iter().find(|row| length(row) == kept).map(|row| row.period.every);
        self.retain("other_period_length", "period", |row| length(row) == kept);
    }

    /// Joins periods to longer ones.
    fn join(&mut self, every: Option<Period>, year: FiscalYear) {
        let Some(every) = every.filter(|every| self.every.is_some_and(|own| own != *every)) else { return };
        let mut longer: BTreeMap<String, Option<LabelPeriod>> = BTreeMap::new();
        for row in &mut self.rows {
            let found =
                longer.entry(row.own_period.clone()).or_insert_with(|| row.period.within(every, year));
            if let Some(found) = found {
                row.period = found.clone();
            }
        }
        self.retain("no_longer_period", "period", |row| row.period.every == every);
        self.joined_from = self.every.replace(every);
    }

    /// Keeps of records of the same period, indicator and segment one where they agree, and none where they do not.
    pub(super) fn drop_repeated(&mut self) {
        let key = |row: &Row| (row.indicator, row.segment, row.own_period.clone());
        let mut found: BTreeMap<(u16, u16, String), Vec<usize>> = BTreeMap::new();
        for (place, row) in self.rows.iter().enumerate() {
            found.entry(key(row)).or_default().push(place);
        }
        let (mut repeated, mut contradicting) = (BTreeSet::new(), BTreeSet::new());
        for places in found.values().filter(|places| places.len() > 1) {
            let rows: Vec<&Row> = places.iter().filter_map(|place| self.rows.get(*place)).collect();
            let same = |one: &Row, other: &Row| {
                one.value.total_cmp(&other.value).is_eq()
                    && one.denominator.map(f64::to_bits) == other.denominator.map(f64::to_bits)
            };
            let agree = rows.windows(2).all(|pair| matches!(pair, [one, other] if same(one, other)));
            if agree {
                repeated.extend(rows.iter().skip(1).map(|row| row.case));
            } else {
                contradicting.extend(rows.iter().map(|row| row.case));
            }
        }
        self.retain("repeated_row", "indicator", |row| !repeated.contains(&row.case));
        self.retain("contradicting_rows", "value", |row| !contradicting.contains(&row.case));
    }

    /// Keeps the records that fit and leaves out the others for a reason.
    pub(super) fn retain(&mut self, code: &'static str, field: &'static str, fits: impl Fn(&Row) -> bool) {
        let rows = std::mem::take(&mut self.rows);
        for row in rows {
            if fits(&row) {
                self.rows.push(row);
            } else {
                self.leave_out(code, field, row.case);
                if code == "other_period_length" {
                    self.faults.text(code, field, &row.own_period);
                }
            }
        }
    }

    fn leave_out(&mut self, code: &'static str, field: &'static str, case: usize) {
        self.faults.note(code, field, "left_out", case);
        if let Some(position) = self.cases.position(case) {
            self.left_out.entry(code).or_default().note(|| position);
        }
    }

    /// A text of a field by its place.
    pub(super) fn text(&self, field: &str, place: u16) -> Option<&'a str> {
        let names = self.cases.categories(field)?.names();
        names.get(usize::from(place)).map(String::as_str)
    }

    /// The account of all records.
    pub(super) fn ledger(&self) -> Ledger {
        let source = self.cases.ledger();
        let entry = |reason: &str, rows: u64, places: &[Position]| Excluded {
            reason: reason.to_owned(),
            rows,
            places: self.faults.places(places),
        };
        let of_file = source.excluded.iter();
        let own = self.left_out.iter();
        let all = of_file.chain(own).map(|(reason, tallied)| entry(reason, tallied.rows, &tallied.places));
        Ledger {
            rows_read: source.rows_read,
            rows_used: self.rows.len() as u64,
            excluded: all.collect(),
            kept: source
                .kept
                .iter()
                .map(|(reason, tallied)| entry(reason, tallied.rows, &tallied.places))
                .collect(),
            questions: Vec::new(),
            lookups: Vec::new(),
        }
    }
}
