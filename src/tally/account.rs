//! A worker's account of rows left out, rows kept though odd, and invalid cells.
//!
//! What concerns used rows is kept by wave as the worker knows it, since a wave may turn out not to exist when
//! the order of day and month is settled: its rows are then left out after all, with their places.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::source::{NotUtf8, Position, Tallied};
use crate::survey::Code;

/// Why a row is left out, in the order in which reasons are looked for: short, by a rule of the plan, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Fewer fields than the last needed column.
    ShortRow,
    /// The exclusion of the plan at this place.
    Excluded(usize),
    /// A weight that is none.
    InvalidWeight,
    /// A weight of zero.
    ZeroWeight,
    /// No date that gives a wave.
    NoDate,
    /// It is the header once more, whatever else speaks against it.
    RepeatedHeader,
    /// No answer to a raking variable of the plan.
    NoRakingAnswer(usize),
    /// No stratum in which it was drawn.
    NoStratum(usize),
    /// No cluster that was drawn.
    NoCluster(usize),
}

/// The reason in the ledger of rows without a date that gives a wave.
pub(super) const NO_DATE: &str = "no_date";

/// That of rows without an answer to a raking variable.
pub(super) const NO_RAKING_ANSWER: &str = "no_raking_answer";

impl Verdict {
    /// The names in the ledger of the reasons that every plan has, by place.
    const ALWAYS: [&'static str; 8] = [
        "short_row",
        "invalid_weight",
        "zero_weight",
        NO_DATE,
        "repeated_header",
        NO_RAKING_ANSWER,
        "no_stratum",
        "no_cluster",
    ];

    /// The names of all reasons in the ledger, by place.
    pub(super) fn names(plan: &Plan) -> impl Iterator<Item = &'static str> {
        Self::ALWAYS.into_iter().chain(plan.exclusions.iter().map(|exclusion| exclusion.reason))
    }

    /// The variable whose cell has brought it about, where that is one.
    pub(super) fn variable(self) -> Option<usize> {
        match self {
            Self::NoRakingAnswer(variable) | Self::NoStratum(variable) | Self::NoCluster(variable) => {
                Some(variable)
            }
            Self::ShortRow
            | Self::Excluded(_)
            | Self::InvalidWeight
            | Self::ZeroWeight
            | Self::NoDate
            | Self::RepeatedHeader => None,
        }
    }

    /// Its place among all reasons.
    pub(super) fn place(self) -> usize {
        match self {
            Self::ShortRow => 0,
            Self::InvalidWeight => 1,
            Self::ZeroWeight => 2,
            Self::NoDate => 3,
            Self::RepeatedHeader => 4,
            Self::NoRakingAnswer(_) => 5,
            Self::NoStratum(_) => 6,
            Self::NoCluster(_) => 7,
            Self::Excluded(rule) => Self::ALWAYS.len() + rule,
        }
    }
}

/// Bits for the number of a record in its block, more than a block has bytes for.
const RECORD_BITS: u32 = 27;

/// Where a record stands as long as the records of the blocks before it are not known: rises with the record.
#[inline]
pub(super) fn provisional_row(block: u64, record: u64) -> u64 {
    (block << RECORD_BITS) | record
}

/// The records of every block, from which the numbers of rows follow.
#[derive(Clone, Debug, Default)]
pub(super) struct RowNumbers {
    /// Records before each block of an input, the header among them.
    before: BTreeMap<(usize, u64), u64>,
    /// Records of each input, the header among them.
    records: BTreeMap<usize, u64>,
}

impl RowNumbers {
    /// Adds up the blocks of all workers.
    pub(super) fn new<'a>(accounts: impl Iterator<Item = &'a Account>) -> Self {
        let mut numbers = Self::default();
        for account in accounts {
            numbers.before.extend(&account.blocks);
        }
        for ((input, _), records) in &mut numbers.before {
            let so_far = numbers.records.entry(*input).or_default();
            let before = *so_far;
            *so_far += *records;
            *records = before;
        }
        numbers
    }

    /// Rows of an input after the header.
    pub(super) fn rows(&self, input: usize) -> u64 {
        self.records.get(&input).map_or(0, |records| records.saturating_sub(1))
    }

    /// Puts the real number of the row in place of the provisional one.
    pub(super) fn settle(&self, position: &mut Position) {
        let (block, record) = (position.row >> RECORD_BITS, position.row & ((1 << RECORD_BITS) - 1));
        position.row = record + self.before.get(&(position.input, block)).copied().unwrap_or(0);
    }
}

/// What a worker found beside the counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    /// Records of each block by input and block, the header among them.
    pub(super) blocks: BTreeMap<(usize, u64), u64>,
    /// Rows left out, by [`Verdict::place`].
    pub(super) excluded: Vec<Tallied>,
    /// What concerns used rows, by the worker's wave code.
    pub(super) waves: Vec<WaveAccount>,
    /// By input, cells that are not UTF-8.
    pub(super) not_utf8: BTreeMap<usize, NotUtf8>,
}

/// The part of the account that belongs to one wave.
#[derive(Clone, Debug, Default)]
pub(super) struct WaveAccount {
    /// Used rows.
    pub(super) used: Tallied,
    /// Rows with fewer fields than the header, or with empty ones beyond it.
    pub(super) ragged: Tallied,
    /// Rows with filled fields beyond the header.
    pub(super) overlong: Tallied,
    /// Rows whose weight was rounded.
    pub(super) rounded: Tallied,
    /// Rows with an answer to a question that was not asked.
    pub(super) outside_base: Tallied,
    /// The smallest and the largest weight of a used row, in units of 10⁻⁹; `None` without weights.
    pub(super) weights: Option<(u64, u64)>,
    /// Invalid cells by variable.
    pub(super) invalid: Vec<Tallied>,
    /// Cells that are invalid under one order of day and month, by variable and code.
    pub(super) perhaps_invalid: BTreeMap<(usize, Code), Tallied>,
}

impl Account {
    /// Counts a row that is left out.
    #[inline]
    pub(super) fn exclude(&mut self, verdict: Verdict, position: impl FnOnce() -> Position) {
        let place = verdict.place();
        if place >= self.excluded.len() {
            self.excluded.resize_with(place + 1, Tallied::default);
        }
        self.excluded[place].note(position);
    }

    /// The part of a wave, made when it is new.
    #[inline]
    pub(super) fn wave(&mut self, wave: usize) -> &mut WaveAccount {
        if wave >= self.waves.len() {
            self.waves.resize_with(wave + 1, WaveAccount::default);
        }
        &mut self.waves[wave]
    }
}

impl WaveAccount {
    /// Takes the weight of a used row into account.
    #[inline]
    pub(super) fn weigh(&mut self, weight: u64) {
        let (least, most) = self.weights.unwrap_or((weight, weight));
        self.weights = Some((least.min(weight), most.max(weight)));
    }

    /// Counts an invalid cell.
    pub(super) fn invalid(&mut self, variable: usize, position: impl FnOnce() -> Position) {
        if variable >= self.invalid.len() {
            self.invalid.resize_with(variable + 1, Tallied::default);
        }
        self.invalid[variable].note(position);
    }
}
