//! The events of a file as they are counted: of which promise, by which version, kept or not, and what followed.

use indexmap::IndexMap;

use crate::analysis::records::{DAY, Faults, Wall, code, date_of, seconds, zone};
use crate::source::Tallied;
use crate::source::cases::{Cases, Categories};

use super::PromisesError;
use super::register::Register;

/// Neither kept nor broken, as far as anybody knows.
pub(super) const NOT_JUDGED: u8 = u8::MAX;

/// The events.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// By event its place among the cases of the file.
    pub(super) cases: Vec<u32>,
    /// When it was, in seconds since 1970.
    pub(super) at: Vec<u32>,
    /// The place of its promise in the register.
    pub(super) promise: Vec<usize>,
    /// The place of the version by which it is judged.
    pub(super) version: Vec<usize>,
    /// 1 where the promise was kept, 0 where it was not, else [`NOT_JUDGED`].
    pub(super) kept: Vec<u8>,
    /// By how much a breach goes beyond the target; not a number where it was kept or no value tells.
    pub(super) overshoot: Vec<f64>,
    /// What was due, 1 for yes; not a number where nothing is said.
    pub(super) due: Vec<f64>,
    /// What was given.
    pub(super) paid: Vec<f64>,
    /// The hash of the complaint that it led to, 0 for none; empty without a column.
    pub(super) complaint: Vec<u64>,
    /// The last second that is known.
    pub(super) as_of: i64,
    /// Whether it is from the latest date in the file.
    pub(super) as_of_found: bool,
    /// Records left out, by reason and the place of the promise's text that is the reason.
    pub(super) left_out: IndexMap<(&'static str, u16), Tallied>,
}

impl Book {
    /// The events among the cases; `as_of` is the last second that is known, else the end of the latest day in the file.
    pub(super) fn new(
        cases: &Cases,
        register: &Register,
        as_of: Option<i64>,
        faults: &mut Faults<'_>,
    ) -> Result<Self, PromisesError> {
        let named = cases.categories("promise_id").ok_or(PromisesError::NoPromise)?;
        let zone = zone(cases, &["date"], None)?;
        let dates = Wall::new(cases, "date", zone).ok_or(PromisesError::NoDate)?;
        if cases.yes_nos("met").is_none() && cases.numbers("value").is_none() {
            return Err(PromisesError::NothingToJudgeBy);
        }
        let promise_of = register.of_codes(named);
        let latest = || (0..cases.rows()).filter_map(|case| dates.get(case)).max();
        let known = as_of.or_else(|| latest().map(|at| at.div_euclid(DAY) * DAY + DAY - 1)).unwrap_or(0);
        let mut book = Self { as_of: known, as_of_found: as_of.is_none(), ..Self::default() };
        for case in 0..cases.rows() {
            let text = code(named, case);
            let Some(at) = dates.get(case) else {
                book.leave_out("no_date", Categories::NONE, cases, case);
                continue;
            };
            if text == Categories::NONE {
                book.leave_out("no_promise", text, cases, case);
                continue;
            }
            let Some(promise) = promise_of.get(usize::from(text)).copied().flatten() else {
                book.leave_out("unknown_promise", text, cases, case);
                continue;
            };
            if at > known {
                book.leave_out("event_after_as_of", Categories::NONE, cases, case);
                continue;
            }
            let Some(version) = date_of(at).and_then(|day| register.version_on(promise, day)) else {
                book.leave_out("outside_validity", text, cases, case);
                continue;
            };
            book.cases.push(u32::try_from(case).unwrap_or(u32::MAX));
            book.at.push(seconds(at, u32::MAX));
            book.promise.push(promise);
            book.version.push(version);
            book.judge(cases, register, version, faults, case);
            book.add_remedy(cases, faults, case);
            if let Some(found) = cases.identities("complaint_id") {
                book.complaint.push(found.hashes().get(case).copied().unwrap_or(0));
            }
        }
        Ok(book)
    }

    /// Whether an event kept its promise: by its value where there is one to judge, else by what it says of itself.
    fn judge(
        &mut self,
        cases: &Cases,
        register: &Register,
        version: usize,
        faults: &mut Faults<'_>,
        case: usize,
    ) {
        let value = cases.numbers("value").and_then(|found| found.get(case));
        let rule = register.versions.get(version).and_then(crate::survey::Promise::rule);
        let by_value = value.zip(rule);
        let met = cases.yes_nos("met").and_then(|found| found.get(case));
        let judged = by_value.map(|(value, (operator, target))| operator.is_kept(value, target));
        let overshoot = match by_value {
            Some((value, (operator, target))) if judged == Some(false) => operator.overshoot(value, target),
            _ => f64::NAN,
        };
        if let (Some(judged), Some(met)) = (judged, met)
            && judged != met
        {
            faults.note("met_contradicts_value", "met", "value_wins", case);
        }
        let kept = judged.or(met);
        if kept.is_none() {
            let field = if cases.yes_nos("met").is_some() { "met" } else { "value" };
            faults.note("not_judged", field, "counted_not_judged", case);
        }
        self.kept.push(kept.map_or(NOT_JUDGED, u8::from));
        self.overshoot.push(overshoot);
    }

    fn add_remedy(&mut self, cases: &Cases, faults: &mut Faults<'_>, case: usize) {
        let mut amount = |field: &str| match said(cases, field, case) {
            Some(amount) if amount < 0.0 => {
                faults.note("negative_remedy", field, "cell_left_out", case);
                None
            }
            other => other,
        };
        let (due, paid) = (amount("remedy_due"), amount("remedy_paid"));
        let has_due = cases.field("remedy_due").is_some();
        if has_due && due.is_none_or(|due| due <= 0.0) && paid.is_some_and(|paid| paid > 0.0) {
            faults.note("paid_without_due", "remedy_paid", "counted", case);
        }
        self.due.push(due.unwrap_or(f64::NAN));
        self.paid.push(paid.unwrap_or(f64::NAN));
    }

    fn leave_out(&mut self, reason: &'static str, text: u16, cases: &Cases, case: usize) {
        if let Some(position) = cases.position(case) {
            self.left_out.entry((reason, text)).or_default().note(|| position);
        }
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.cases.len()
    }
}

/// An amount, or 1 and 0 for yes and no.
fn said(cases: &Cases, field: &str, case: usize) -> Option<f64> {
    let number = cases.numbers(field).and_then(|found| found.get(case));
    let answer = || cases.yes_nos(field).and_then(|found| found.get(case));
    number.or_else(|| answer().map(|yes| f64::from(u8::from(yes))))
}
