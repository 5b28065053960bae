//! A worker's account of rows left out, rows kept though odd, and invalid cells.
//!
//! What concerns used rows is kept by wave as the worker knows it, since a wave may turn out not to exist when
//! the order of day and month is settled: its rows are then left out after all, with their places.

use std::collections::BTreeMap;

use crate::source::{Position, Tallied};
use crate::survey::Code;

/// Why a row is left out, in the order in which reasons are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exclusion {
    /// Fewer fields than the last needed column.
    ShortRow,
    /// The filter did not keep it.
    Filtered,
    /// A weight that is none.
    InvalidWeight,
    /// A weight of zero.
    ZeroWeight,
    /// No date that gives a wave.
    NoDate,
}

impl Exclusion {
    /// All reasons with their names in the ledger.
    pub(super) const ALL: [(Self, &'static str); 5] = [
        (Self::ShortRow, "short_row"),
        (Self::Filtered, "filtered"),
        (Self::InvalidWeight, "invalid_weight"),
        (Self::ZeroWeight, "zero_weight"),
        (Self::NoDate, "no_date"),
    ];
}

/// What a worker found beside the counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    /// Rows read by input.
    pub(super) rows_read: Vec<u64>,
    /// Rows left out, by `Exclusion`.
    pub(super) excluded: [Tallied; Exclusion::ALL.len()],
    /// What concerns used rows, by the worker's wave code.
    pub(super) waves: Vec<WaveAccount>,
}

/// The part of the account that belongs to one wave.
#[derive(Clone, Debug, Default)]
pub(super) struct WaveAccount {
    /// Used rows.
    pub(super) used: Tallied,
    /// Rows with more or fewer fields than the header.
    pub(super) ragged: Tallied,
    /// Rows whose weight was rounded.
    pub(super) rounded: Tallied,
    /// Invalid cells by variable.
    pub(super) invalid: Vec<Tallied>,
    /// Cells that are invalid under one order of day and month, by variable and code.
    pub(super) perhaps_invalid: BTreeMap<(usize, Code), Tallied>,
}

impl Account {
    /// Counts a row of an input.
    #[inline]
    pub(super) fn read(&mut self, input: usize) {
        if input >= self.rows_read.len() {
            self.rows_read.resize(input + 1, 0);
        }
        self.rows_read[input] += 1;
    }

    /// Counts a row that is left out.
    #[inline]
    pub(super) fn exclude(&mut self, reason: Exclusion, position: Position) {
        self.excluded[reason as usize].note(position);
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
    /// Counts an invalid cell.
    pub(super) fn invalid(&mut self, variable: usize, position: Position) {
        if variable >= self.invalid.len() {
            self.invalid.resize_with(variable + 1, Tallied::default);
        }
        self.invalid[variable].note(position);
    }
}
