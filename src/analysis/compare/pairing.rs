//! Respondents who stand on both sides, found by the hash of their id.
//!
//! An id that stands more than once on a side is in no pair: which of its rows belongs to which of the other side nobody
//! can tell. Ids are hashed with 128 bits, so that two of them are never taken for one; no id is kept as text.

use std::cmp::Ordering;

use crate::report::ComparedPairs;
use crate::survey::{Columns, Measure, Survey};
use crate::tally::{AnswerRows, Plan, Wanted};

/// What a pass has to keep for pairs.
#[derive(Clone, Debug)]
pub struct PairAsk {
    /// What the pass has to keep.
    pub wanted: Wanted,
    column: String,
    questions: Vec<(String, Kept)>,
}

/// Where the answers to a question stand among the kept columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// Points of a scale.
    Points(usize),
    /// Free numbers.
    Numbers(usize),
    /// Expectation and perception.
    Gap(usize, usize),
}

/// The rows of one side with what is needed to pair them.
#[derive(Clone, Debug)]
pub struct PairedRows {
    /// The survey of the side.
    pub survey: Survey,
    /// What was kept.
    pub ask: PairAsk,
    /// The rows.
    pub rows: AnswerRows,
    /// The wave shown, as an index among those of the counts; `None`: all rows.
    pub wave: Option<usize>,
    /// Whether rows are weighted.
    pub weighted: bool,
}

/// What has to be kept of the rows of a plan to pair them by a column; `None` where it scores no question.
pub fn ask_pairs(survey: &Survey, plan: &Plan, column: &str) -> PairAsk {
    let mut wanted = Wanted { hashes: vec![vec![vec![column.to_owned()]]], ..Wanted::default() };
    let mut questions = Vec::new();
    for question in &survey.questions {
        let mut keep = |id: &str| {
            let variable = plan.variables.iter().position(|variable| variable.id == id)?;
            wanted.variables.push(variable);
            Some(wanted.variables.len() - 1)
        };
        let kept = match (&question.columns, question.measure) {
            (Columns::One(_), Measure::Number) => keep(&question.id).map(Kept::Numbers),
            (Columns::One(_), _) if question.scale.is_some() => keep(&question.id).map(Kept::Points),
            (Columns::Pair { .. }, Measure::Gap) => keep(&format!("{}.expectation", question.id))
                .zip(keep(&format!("{}.perception", question.id)))
                .map(|(expectation, perception)| Kept::Gap(expectation, perception)),
            _ => None,
        };
        questions.extend(kept.map(|kept| (question.id.clone(), kept)));
    }
    PairAsk { wanted, column: column.to_owned(), questions }
}

impl PairedRows {
    /// Where the answers to a question stand.
    pub(super) fn kept(&self, question: &str) -> Option<Kept> {
        self.ask.questions.iter().find(|(id, _)| id == question).map(|(_, kept)| *kept)
    }

    /// The ids of the rows shown that stand once, in order, how many ids stand more than once, and how many rows have none.
    fn ids(&self) -> Ids {
        let shown = (0..self.rows.rows()).filter(|row| {
            self.rows.left_out(*row).is_none() && (self.wave.is_none() || self.rows.wave(*row) == self.wave)
        });
        let mut without = 0;
        let mut all: Vec<(u128, usize)> = Vec::new();
        for row in shown {
            match self.rows.hash(0, row) {
                Some(id) => all.push((id, row)),
                None => without += 1,
            }
        }
        all.sort_unstable();
        let mut once = Vec::with_capacity(all.len());
        let mut repeated = Vec::new();
        for alike in all.chunk_by(|one, other| one.0 == other.0) {
            match alike {
                [only] => once.push(*only),
                [first, ..] => repeated.push(first.0),
                [] => {}
            }
        }
        Ids { once, repeated, without }
    }
}

struct Ids {
    once: Vec<(u128, usize)>,
    repeated: Vec<u128>,
    without: u64,
}

/// The rows of both sides that belong together, in the order of side a's rows, and the account of those that do not.
pub(super) fn pairs(a: &PairedRows, b: &PairedRows) -> (Vec<(usize, usize)>, ComparedPairs) {
    let (of_a, of_b) = (a.ids(), b.ids());
    let mut found = Vec::new();
    let (mut only_a, mut only_b) = (0, 0);
    let is_repeated = |ids: &Ids, id: u128| ids.repeated.binary_search(&id).is_ok();
    let (mut left, mut right) = (of_a.once.iter().peekable(), of_b.once.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, _)), Some((other, _))) => one.cmp(other),
        };
        match order {
            Ordering::Less => {
                only_a += left.next().map_or(0, |(id, _)| u64::from(!is_repeated(&of_b, *id)));
            }
            Ordering::Greater => {
                only_b += right.next().map_or(0, |(id, _)| u64::from(!is_repeated(&of_a, *id)));
            }
            Ordering::Equal => {
                found.extend(left.next().zip(right.next()).map(|((_, one), (_, other))| (*one, *other)));
            }
        }
    }
    found.sort_unstable();
    let weights = |(one, other): &&(usize, usize)| (a.rows.weight(*one) - b.rows.weight(*other)).abs() > 0.0;
    let unequal = if a.weighted && b.weighted { found.iter().filter(weights).count() } else { 0 };
    let counts = ComparedPairs {
        column: a.ask.column.clone(),
        pairs: found.len() as u64,
        only_a,
        only_b,
        repeated_a: of_a.repeated.len() as u64,
        repeated_b: of_b.repeated.len() as u64,
        no_id_a: of_a.without,
        no_id_b: of_b.without,
        unequal_weights: unequal as u64,
    };
    (found, counts)
}

/// The weight of a pair: the mean of both where both sides are weighted, else that of the weighted side.
pub(super) fn weight(a: &PairedRows, b: &PairedRows, (one, other): (usize, usize)) -> f64 {
    let (first, second) = (a.rows.weight(one), b.rows.weight(other));
    match (a.weighted, b.weighted) {
        (true, true) => first.midpoint(second),
        (true, false) => first,
        (false, true) => second,
        (false, false) => 1.0,
    }
}
