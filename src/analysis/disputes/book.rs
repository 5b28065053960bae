//! The disputes of a file as they are counted: when each was referred, how it ended, and when it had each step.

use indexmap::IndexMap;

use crate::analysis::records::{DAY, Done, Faults, Wall, code, seconds, zone};
use crate::source::Tallied;
use crate::source::cases::{Cases, Categories};
use crate::survey::{DisputeOutcome, DisputesDefinition};

use super::DisputesError;

/// The steps that are timed: their names and the fields of their moments.
pub(super) const STEPS: [(&str, &str); 3] =
    [("response", "responded"), ("outcome", "decided"), ("close", "closed")];
/// The place of the outcome among [`STEPS`].
pub(super) const OUTCOME: usize = 1;
/// The place of closing among [`STEPS`].
pub(super) const CLOSE: usize = 2;

const WAITING: u32 = u32::MAX;
const NO_TIME: u32 = u32::MAX - 1;
const UNKNOWN: u32 = u32::MAX - 2;

/// Whether a dispute is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Decided,
    Open,
    Unknown,
}

/// One step of all disputes.
#[derive(Clone, Debug, Default)]
pub(super) struct Step {
    /// Whether there is a column for its moment.
    pub(super) known: bool,
    /// Whether times are whole days, as one of the two columns has no time of day.
    pub(super) in_days: bool,
    /// By dispute the moment in seconds since 1970, or one of the marks above.
    done: Vec<u32>,
}

/// The disputes.
#[derive(Debug)]
pub(super) struct Book {
    /// By dispute its place among the cases of the file.
    pub(super) cases: Vec<u32>,
    /// When it was referred, in seconds since 1970.
    pub(super) referred: Vec<u32>,
    /// When the organisation had notice of it, or [`NO_TIME`]; empty without a column, so that referral counts.
    notice: Vec<u32>,
    /// The steps in the order of [`STEPS`].
    pub(super) steps: [Step; 3],
    /// When the outcome was carried out; empty without a column.
    implemented: Vec<u32>,
    /// By when it had to be, [`NO_TIME`] without a date; empty without a column.
    due: Vec<u32>,
    /// Whether each is decided.
    pub(super) states: Vec<State>,
    /// How each ended, where that is known.
    pub(super) outcomes: Vec<Option<DisputeOutcome>>,
    /// Disputes whose outcome has a text that nobody knows.
    pub(super) unknown_outcome: Vec<bool>,
    /// The moment up to which the file is known.
    pub(super) as_of: i64,
    /// Whether it is the latest moment in the file.
    pub(super) as_of_found: bool,
    /// Records left out, by reason.
    pub(super) left_out: IndexMap<&'static str, Tallied>,
}

/// The columns of moments.
struct Walls<'a> {
    referred: Wall<'a>,
    notice: Option<Wall<'a>>,
    steps: [Option<Wall<'a>>; 3],
    implemented: Option<Wall<'a>>,
    due: Option<Wall<'a>>,
}

impl Book {
    /// The disputes among the cases; `as_of` is the last second that is known, else the latest moment in the file.
    pub(super) fn new(
        cases: &Cases,
        definition: &DisputesDefinition,
        as_of: Option<i64>,
        faults: &mut Faults<'_>,
    ) -> Result<Self, DisputesError> {
        let fields =
            ["referred", "notice", "responded", "decided", "closed", "implemented", "implementation_due"];
        let zone = zone(cases, &fields, definition.time_zone.as_ref())?;
        let wall = |field: &str| Wall::new(cases, field, zone);
        let walls = Walls {
            referred: wall("referred").ok_or(DisputesError::NoReferred)?,
            notice: wall("notice"),
            steps: STEPS.map(|(_, field)| wall(field)),
            implemented: wall("implemented"),
            due: wall("implementation_due"),
        };
        let known = as_of.or_else(|| walls.latest(cases.rows())).unwrap_or(0);
        let from = walls.notice.unwrap_or(walls.referred);
        let step = |place: usize, from: Wall<'_>| {
            let wall = walls.steps.get(place).copied().flatten();
            Step {
                known: wall.is_some(),
                in_days: from.is_days() || wall.is_some_and(|wall| wall.is_days()),
                done: Vec::new(),
            }
        };
        let mut book = Self {
            cases: Vec::new(),
            referred: Vec::new(),
            notice: Vec::new(),
            steps: [step(0, from), step(OUTCOME, from), step(CLOSE, walls.referred)],
            implemented: Vec::new(),
            due: Vec::new(),
            states: Vec::new(),
            outcomes: Vec::new(),
            unknown_outcome: Vec::new(),
            as_of: known,
            as_of_found: as_of.is_none(),
            left_out: IndexMap::new(),
        };
        let texts = cases.categories("outcome");
        let meanings: Vec<Option<Option<DisputeOutcome>>> = texts.map_or_else(Vec::new, |texts| {
            texts.names().iter().map(|name| definition.outcome_of(name)).collect()
        });
        for case in 0..cases.rows() {
            let Some(at) = walls.referred.get(case) else {
                book.leave_out("no_referred_date", cases, case);
                continue;
            };
            if at > known {
                book.leave_out("referred_after_as_of", cases, case);
                continue;
            }
            book.cases.push(u32::try_from(case).unwrap_or(u32::MAX));
            book.referred.push(seconds(at, UNKNOWN));
            let said = texts.map(|texts| match code(texts, case) {
                Categories::NONE => Said::Nothing,
                code => match meanings.get(usize::from(code)).copied().flatten() {
                    Some(Some(outcome)) => Said::Outcome(outcome),
                    Some(None) => Said::Undecided,
                    None => Said::Unknown,
                },
            });
            book.add(&walls, at, said, faults, case);
        }
        if let Some(texts) = texts {
            for (name, meaning) in texts.names().iter().zip(&meanings) {
                if meaning.is_none() {
                    faults.text("unknown_outcome", "outcome", name);
                }
            }
        }
        Ok(book)
    }

    /// Notes what is known of a dispute, after its moment of referral.
    fn add(
        &mut self,
        walls: &Walls<'_>,
        referred: i64,
        said: Option<Said>,
        faults: &mut Faults<'_>,
        case: usize,
    ) {
        let mut begin = Some(referred);
        if let Some(wall) = walls.notice {
            begin = wall.get(case).filter(|at| *at <= self.as_of);
            let is_before = |at: i64| wall.before(at, walls.referred, referred);
            if begin.is_some_and(is_before) {
                faults.note("notice_before_referred", "notice", "counted", case);
            }
            self.notice.push(begin.map_or(NO_TIME, |at| seconds(at, UNKNOWN)));
        }
        let moment = |place: usize| walls.steps.get(place).copied().flatten().map(|wall| wall.get(case));
        let date = moment(OUTCOME);
        let mut done = self.settle(OUTCOME, date.flatten(), (referred, begin), faults, case);
        let has_date = matches!(date, Some(Some(_)));
        let (state, outcome) = match (said, has_date) {
            (Some(Said::Undecided), has_date) => {
                if has_date {
                    faults.note("open_with_outcome_date", "decided", "counted_as_open", case);
                }
                done = WAITING;
                (State::Open, None)
            }
            (Some(Said::Outcome(outcome)), true) => (State::Decided, Some(outcome)),
            (Some(Said::Outcome(outcome)), false) => {
                if date.is_some() {
                    faults.note("outcome_without_date", "decided", "counted_without_time", case);
                }
                done = NO_TIME;
                (State::Decided, Some(outcome))
            }
            (Some(Said::Unknown) | None, true) => (State::Decided, None),
            (Some(Said::Nothing), true) => {
                faults.note("date_without_outcome", "outcome", "counted", case);
                (State::Decided, None)
            }
            (Some(Said::Nothing), false) => (State::Open, None),
            (None, false) if date.is_some() => (State::Open, None),
            (Some(Said::Unknown) | None, false) => {
                done = UNKNOWN;
                (State::Unknown, None)
            }
        };
        if said == Some(Said::Unknown) {
            faults.note("unknown_outcome", "outcome", "cell_left_out", case);
        }
        // An outcome after the day looked at was not there yet on that day.
        let is_ahead = done == WAITING;
        self.states.push(if is_ahead && state == State::Decided { State::Open } else { state });
        self.outcomes.push(outcome.filter(|_| !is_ahead));
        self.unknown_outcome.push(said == Some(Said::Unknown) && !is_ahead);
        self.push(OUTCOME, done);
        let done = self.settle(0, moment(0).flatten(), (referred, begin), faults, case);
        self.push(0, done);
        let closed = moment(CLOSE).flatten();
        let mut done = self.settle(CLOSE, closed, (referred, Some(referred)), faults, case);
        if closed.is_some() && said == Some(Said::Undecided) {
            faults.note("open_with_close_date", "closed", "counted_as_open", case);
            done = WAITING;
        }
        self.push(CLOSE, done);
        self.add_implementation(walls, faults, case);
    }

    fn push(&mut self, place: usize, done: u32) {
        if let Some(step) = self.steps.get_mut(place).filter(|step| step.known || place == OUTCOME) {
            step.done.push(done);
        }
    }

    /// When a step was done by its column: after `as_of` is not yet, before its beginning is at an unknown time.
    fn settle(
        &self,
        place: usize,
        found: Option<i64>,
        (referred, begin): (i64, Option<i64>),
        faults: &mut Faults<'_>,
        case: usize,
    ) -> u32 {
        let (Some((_, field)), Some(step)) = (STEPS.get(place), self.steps.get(place)) else {
            return UNKNOWN;
        };
        let Some(at) = found else { return WAITING };
        if at > self.as_of {
            faults.note("ended_after_as_of", field, "counted_as_open", case);
            return WAITING;
        }
        let is_before = |other: i64| cut(step, at) < cut(step, other);
        let code = match place {
            _ if is_before(referred) && place == OUTCOME => "decided_before_referred",
            _ if is_before(referred) && place == CLOSE => "closed_before_referred",
            0 if begin.is_some_and(is_before) => "responded_before_notice",
            OUTCOME if begin.is_some_and(is_before) => "decided_before_notice",
            _ => return seconds(at, UNKNOWN),
        };
        faults.note(code, field, "counted_without_time", case);
        NO_TIME
    }

    fn add_implementation(&mut self, walls: &Walls<'_>, faults: &mut Faults<'_>, case: usize) {
        if let Some(wall) = walls.due {
            let due = wall.get(case).map(|at| if wall.is_days() { at + DAY - 1 } else { at });
            self.due.push(due.map_or(NO_TIME, |at| seconds(at, UNKNOWN)));
        }
        let Some(wall) = walls.implemented else { return };
        let done = match wall.get(case) {
            None => WAITING,
            Some(at) if at > self.as_of => {
                faults.note("ended_after_as_of", "implemented", "counted_as_open", case);
                WAITING
            }
            Some(at) => {
                let decided = walls.steps.get(OUTCOME).copied().flatten();
                let before = decided.and_then(|of| Some(wall.before(at, of, of.get(case)?)));
                if before == Some(true) {
                    faults.note("implemented_before_decided", "implemented", "counted", case);
                }
                seconds(at, UNKNOWN)
            }
        };
        self.implemented.push(done);
    }

    fn leave_out(&mut self, reason: &'static str, cases: &Cases, case: usize) {
        if let Some(position) = cases.position(case) {
            self.left_out.entry(reason).or_default().note(|| position);
        }
    }

    /// How many disputes there are.
    pub(super) fn len(&self) -> usize {
        self.cases.len()
    }

    /// From which field the times of a step are counted.
    pub(super) fn counted_from(&self, step: usize) -> &'static str {
        if step == CLOSE || (self.notice.is_empty() && !self.cases.is_empty()) {
            "referred"
        } else {
            "notice"
        }
    }

    /// Whether there are due dates of implementation, and whether a column says when it was done.
    pub(super) fn implementation(&self) -> (bool, bool) {
        (!self.due.is_empty(), !self.implemented.is_empty())
    }

    /// When the time of a step begins for a dispute, where that is known.
    pub(super) fn begin(&self, step: usize, dispute: usize) -> Option<i64> {
        let from = if self.counted_from(step) == "notice" { &self.notice } else { &self.referred };
        from.get(dispute).copied().filter(|at| *at < UNKNOWN).map(i64::from)
    }

    /// When a step was done.
    pub(super) fn done(&self, step: usize, dispute: usize) -> Done {
        done_of(self.steps.get(step).map_or(&[][..], |step| step.done.as_slice()), dispute)
    }

    /// When the outcome was carried out, and by when it had to be.
    pub(super) fn carried_out(&self, dispute: usize) -> (Done, Option<i64>) {
        let due = self.due.get(dispute).copied().filter(|at| *at < UNKNOWN).map(i64::from);
        (done_of(&self.implemented, dispute), due)
    }

    /// How long a dispute had to wait for a step, or has waited by `as_of`, in seconds, and whether it had it; `None`
    /// where that is not known.
    pub(super) fn waited(&self, place: usize, dispute: usize) -> Option<(u32, bool)> {
        let step = self.steps.get(place).filter(|step| step.known)?;
        let from = self.begin(place, dispute)?;
        let (until, had) = match self.done(place, dispute) {
            Done::NoTime => return None,
            Done::At(at) => (at, true),
            // Whoever has an outcome waits no longer for what came before, nor does anybody after the close.
            Done::Waiting => {
                let later = (place + 1..STEPS.len()).filter_map(|later| match self.done(later, dispute) {
                    Done::At(at) => Some(at),
                    _ => None,
                });
                (later.min().unwrap_or(self.as_of), false)
            }
        };
        let waited = (cut(step, until) - cut(step, from)) * if step.in_days { DAY } else { 1 };
        Some((seconds(waited, UNKNOWN), had))
    }
}

/// What the text of an outcome says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Outcome(DisputeOutcome),
    Undecided,
    Unknown,
    Nothing,
}

fn done_of(done: &[u32], dispute: usize) -> Done {
    match done.get(dispute) {
        None | Some(&(NO_TIME | UNKNOWN)) => Done::NoTime,
        Some(&WAITING) => Done::Waiting,
        Some(&at) => Done::At(i64::from(at)),
    }
}

/// A moment as times of a step compare it: its day, or the moment itself.
fn cut(step: &Step, moment: i64) -> i64 {
    if step.in_days { moment.div_euclid(DAY) } else { moment }
}

impl Walls<'_> {
    fn latest(&self, rows: usize) -> Option<i64> {
        let all = || {
            let steps = self.steps.into_iter().flatten();
            steps.chain([self.referred]).chain(self.notice).chain(self.implemented)
        };
        (0..rows).flat_map(|case| all().filter_map(move |wall| wall.get(case))).max()
    }
}
