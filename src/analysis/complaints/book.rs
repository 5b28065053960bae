//! The complaints of a file as they are counted: which records are complaints, and when each had its steps.

use indexmap::IndexMap;

use crate::source::Tallied;
use crate::source::cases::{Cases, Categories};
use crate::survey::{CaseState, ComplaintsDefinition};

use crate::analysis::records::{DAY, Faults, Wall, code, seconds, zone};

use super::ComplaintsError;

/// The steps that are timed: their names and the fields of their moments.
pub(super) const STEPS: [(&str, &str); 4] =
    [("acknowledge", "acknowledged"), ("respond", "responded"), ("decide", "decided"), ("close", "closed")];
/// The place of closing among [`STEPS`].
pub(super) const CLOSE: usize = 3;
/// The step has not been done by `as_of`.
pub(super) const WAITING: u32 = u32::MAX;
/// The step has been done, nobody knows when.
pub(super) const NO_TIME: u32 = u32::MAX - 1;
/// Neither a status nor a date says whether the step has been done.
pub(super) const UNKNOWN: u32 = u32::MAX - 2;

/// One step of all complaints.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    /// Whether there is a column for its moment.
    pub(super) known: bool,
    /// Whether times are whole days, as one of the two columns has no time of day.
    pub(super) in_days: bool,
    /// By complaint the moment in seconds since 1970, [`WAITING`], [`NO_TIME`] or [`UNKNOWN`].
    pub(super) done: Vec<u32>,
}

/// The complaints.
#[derive(Debug)]
pub(super) struct Book {
    /// By complaint its place among the cases of the file.
    pub(super) cases: Vec<u32>,
    /// When it was received, in seconds since 1970.
    pub(super) received: Vec<u32>,
    /// The steps in the order of [`STEPS`].
    pub(super) steps: [Step; 4],
    /// When it was due, [`WAITING`] without a date; empty without a column.
    pub(super) due: Vec<u32>,
    /// The moment up to which the file is known.
    pub(super) as_of: i64,
    /// Whether it is the latest moment in the file.
    pub(super) as_of_found: bool,
    /// Records left out, by reason and the place of the status or kind that is the reason.
    pub(super) left_out: IndexMap<(&'static str, u16), Tallied>,
    /// By status: what it was taken for.
    pub(super) states: Vec<Option<CaseState>>,
}

impl Book {
    /// The complaints among the cases; `as_of` is the last second that is known, else the latest moment in the file.
    pub(super) fn new(
        cases: &Cases,
        definition: &ComplaintsDefinition,
        as_of: Option<i64>,
        faults: &mut Faults<'_>,
    ) -> Result<Self, ComplaintsError> {
        let fields = ["received", "acknowledged", "responded", "decided", "closed", "due"];
        let zone = zone(cases, &fields, definition.time_zone.as_ref())?;
        let received = Wall::new(cases, "received", zone).ok_or(ComplaintsError::NoReceived)?;
        let walls = STEPS.map(|(_, field)| Wall::new(cases, field, zone));
        let due = Wall::new(cases, "due", zone);
        let all = || std::iter::once(Some(received)).chain(walls).flatten();
        let latest = || (0..cases.rows()).flat_map(|case| all().filter_map(move |wall| wall.get(case))).max();
        let known = as_of.or_else(latest).unwrap_or(0);
        let mut book = Self {
            cases: Vec::with_capacity(cases.rows()),
            received: Vec::with_capacity(cases.rows()),
            steps: walls.map(|wall| Step {
                known: wall.is_some(),
                in_days: received.is_days() || wall.is_some_and(|wall| wall.is_days()),
                done: Vec::with_capacity(if wall.is_some() { cases.rows() } else { 0 }),
            }),
            due: Vec::new(),
            as_of: known,
            as_of_found: as_of.is_none(),
            left_out: IndexMap::new(),
            states: Vec::new(),
        };
        let statuses = cases.categories("status");
        book.states = statuses.map_or_else(Vec::new, |statuses| {
            statuses.names().iter().map(|name| definition.state_of(name)).collect()
        });
        let kinds = cases.categories("kind");
        let counts: Vec<bool> = kinds.map_or_else(Vec::new, |kinds| {
            kinds.names().iter().map(|name| definition.counts(name)).collect()
        });
        let status_of = |case| statuses.map_or(Categories::NONE, |found| code(found, case));
        for case in 0..cases.rows() {
            let status = status_of(case);
            let state = book.states.get(usize::from(status)).copied().flatten();
            let Some(at) = received.get(case) else {
                book.leave_out("no_received_date", Categories::NONE, cases, case);
                continue;
            };
            let kind = kinds.map_or(Categories::NONE, |found| code(found, case));
            if kinds.is_some() && !counts.get(usize::from(kind)).copied().unwrap_or(false) {
                book.leave_out("not_a_complaint", kind, cases, case);
                continue;
            }
            if state == Some(CaseState::LeftOut) {
                book.leave_out("left_out_status", status, cases, case);
                continue;
            }
            if at > known {
                book.leave_out("received_after_as_of", Categories::NONE, cases, case);
                continue;
            }
            book.cases.push(u32::try_from(case).unwrap_or(u32::MAX));
            book.received.push(seconds(at, UNKNOWN));
            if let Some(due) = due {
                let moment =
                    due.get(case).map(|moment| if due.is_days() { moment + DAY - 1 } else { moment });
                if moment.is_some_and(|moment| moment < at) {
                    faults.note("due_before_received", "due", "counted", case);
                }
                book.due.push(moment.map_or(WAITING, |moment| seconds(moment, UNKNOWN)));
            }
            for (place, wall) in walls.into_iter().enumerate() {
                let state = if place == CLOSE { state } else { None };
                book.add_step(place, at, wall.map(|wall| wall.get(case)), state, faults, case);
            }
            if statuses.is_some() && state.is_none() {
                let code = if status == Categories::NONE { "no_status" } else { "undeclared_status" };
                faults.note(code, "status", "counted_by_dates", case);
            }
        }
        for (name, state) in statuses.map_or(&[][..], Categories::names).iter().zip(&book.states) {
            if state.is_none() {
                faults.text("undeclared_status", "status", name);
            }
        }
        Ok(book)
    }

    /// Notes when a complaint had a step: `found` is the moment of its column, if there is one.
    #[allow(clippy::option_option, reason = "a column may be missing, and a cell of it")]
    #[allow(clippy::match_same_arms, reason = "each line says what is known of a step")]
    #[allow(clippy::too_many_arguments, reason = "one line of a table of what can be said of a step")]
    fn add_step(
        &mut self,
        place: usize,
        received: i64,
        found: Option<Option<i64>>,
        state: Option<CaseState>,
        faults: &mut Faults<'_>,
        case: usize,
    ) {
        let is_close = place == CLOSE;
        let Some((_, field)) = STEPS.get(place) else { return };
        let Some(step) = self.steps.get_mut(place) else { return };
        let done = match (found, state) {
            (None, _) if !is_close => return,
            (None, Some(CaseState::Closed)) => NO_TIME,
            (None, Some(_)) => WAITING,
            (None, None) => UNKNOWN,
            (Some(Some(_)), Some(CaseState::Open)) => {
                faults.note("open_with_close_date", field, "counted_as_open", case);
                WAITING
            }
            (Some(None), Some(CaseState::Closed)) => {
                faults.note("closed_without_date", field, "counted_without_time", case);
                NO_TIME
            }
            (Some(None), _) => WAITING,
            (Some(Some(at)), _) if at > self.as_of => {
                faults.note("ended_after_as_of", field, "counted_as_open", case);
                WAITING
            }
            (Some(Some(at)), _) => {
                let cut = |moment: i64| if step.in_days { moment.div_euclid(DAY) } else { moment };
                if cut(at) < cut(received) {
                    faults.note(before_received(place), field, "counted_without_time", case);
                    NO_TIME
                } else {
                    seconds(at, UNKNOWN)
                }
            }
        };
        step.done.push(done);
    }

    fn leave_out(&mut self, reason: &'static str, text: u16, cases: &Cases, case: usize) {
        if let Some(position) = cases.position(case) {
            self.left_out.entry((reason, text)).or_default().note(|| position);
        }
    }

    /// How many complaints there are.
    pub(super) fn len(&self) -> usize {
        self.cases.len()
    }

    /// How long a complaint had to wait for a step, or has waited by `as_of`, in seconds, and whether it had it; `None`
    /// where that is not known.
    pub(super) fn waited(&self, step: usize, complaint: usize) -> Option<(u32, bool)> {
        let step = self.steps.get(step).filter(|step| step.known)?;
        let received = i64::from(*self.received.get(complaint)?);
        let (until, had) = match *step.done.get(complaint)? {
            NO_TIME | UNKNOWN => return None,
            // Whoever closes a complaint waits no longer for what came before.
            WAITING => (self.closed_at(complaint).unwrap_or(self.as_of), false),
            at => (i64::from(at), true),
        };
        let waited = if step.in_days {
            (until.div_euclid(DAY) - received.div_euclid(DAY)) * DAY
        } else {
            until - received
        };
        Some((seconds(waited, UNKNOWN), had))
    }

    /// When a complaint was closed, where that is known.
    fn closed_at(&self, complaint: usize) -> Option<i64> {
        let at = self.steps.get(CLOSE)?.done.get(complaint).copied()?;
        (!matches!(at, WAITING | NO_TIME | UNKNOWN)).then(|| i64::from(at))
    }
}

const fn before_received(step: usize) -> &'static str {
    match step {
        0 => "acknowledged_before_received",
        1 => "responded_before_received",
        2 => "decided_before_received",
        _ => "closed_before_received",
    }
}
