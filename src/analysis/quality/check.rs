//! The flags of rows, and what is said of each check.

use crate::measures::rounded;
use crate::report::{FlaggedRow, LedgerPlace, QualityCheck, QualityFlags};
use crate::source::PLACES_KEPT;
use crate::tally::{AnswerRows, Counted};

use super::super::ledger::input_name;
use super::{Subject, share};

/// Every check by its stable name, and whether a hit is a flag: one that is not is only said.
pub const CHECKS: &[(&str, bool)] = &[
    ("no_answer", true),
    ("stopped", false),
    ("duplicate_id", true),
    ("repeat_customer", false),
    ("duplicate_answers", true),
    ("speeder", true),
    ("straight_line", true),
    ("long_string", true),
    ("contradiction", true),
    ("out_of_range", true),
    ("date_unreadable", true),
    ("date_future", true),
    ("date_before_start", true),
];

/// What a check looked at, and by which rule.
pub(super) struct Done {
    pub(super) looked_at: u64,
    pub(super) rule: String,
    pub(super) threshold: Option<(f64, &'static str)>,
    /// The share of the median that the limit is, where it is one.
    pub(super) share_of_median: Option<f64>,
    /// The column that the limit is of.
    pub(super) column: Option<String>,
    /// Pairs of rows that are alike, and how many chance makes.
    pub(super) pairs: Option<(u64, f64)>,
}

impl Done {
    /// A check by a rule without a number.
    pub(super) fn plain(looked_at: u64, rule: &str) -> Self {
        let rule = rule.to_owned();
        Self { looked_at, rule, threshold: None, share_of_median: None, column: None, pairs: None }
    }
}

/// The flags of every row that is looked at.
pub(super) struct Flags<'a> {
    counted: &'a Counted,
    rows: &'a AnswerRows,
    shown: &'a [usize],
    /// By row shown, a bit for each check.
    bits: Vec<u16>,
    /// By row shown, the longest run; 0 without a grid. Empty without grids.
    pub(super) runs: Vec<u32>,
    outcomes: Vec<Option<Result<Done, &'static str>>>,
}

impl<'a> Flags<'a> {
    pub(super) fn new(counted: &'a Counted, rows: &'a AnswerRows, shown: &'a [usize]) -> Self {
        let outcomes = CHECKS.iter().map(|_| None).collect();
        Self { counted, rows, shown, bits: vec![0; shown.len()], runs: Vec::new(), outcomes }
    }

    /// Flags a row, by its place among those shown.
    pub(super) fn flag(&mut self, code: &str, shown: usize) {
        if let Some(bit) = bit(code) {
            self.bits[shown] |= bit;
        }
    }

    /// Says what a check looked at, or why it could not.
    pub(super) fn say(&mut self, code: &str, outcome: Result<Done, &'static str>) {
        if let Some(place) = CHECKS.iter().position(|(name, _)| *name == code) {
            self.outcomes[place] = Some(outcome);
        }
    }

    /// Everything that was said and flagged.
    pub(super) fn finish(self, subject: &Subject<'_>) -> (Vec<QualityCheck>, QualityFlags, Vec<FlaggedRow>) {
        let flag_bits = CHECKS.iter().filter(|(_, is_flag)| *is_flag).filter_map(|(code, _)| bit(code));
        let flag_bits = flag_bits.fold(0, |all, bit| all | bit);
        let mut summary = QualityFlags::default();
        for bits in &self.bits {
            match (bits & flag_bits).count_ones() {
                0 => summary.none += 1,
                1 => summary.one += 1,
                2 => summary.two += 1,
                _ => summary.three_or_more += 1,
            }
        }
        let checks = CHECKS.iter().zip(&self.outcomes).map(|((code, is_flag), outcome)| {
            let outcome = outcome
                .as_ref()
                .map_or(Err("not_looked_for"), |outcome| outcome.as_ref().map_err(|reason| *reason));
            self.check(code, *is_flag, outcome)
        });
        let checks = checks.collect();
        let flagged =
            self.bits.iter().enumerate().filter(|(_, bits)| **bits != 0).filter_map(|(shown, &bits)| {
                let row = self.shown[shown];
                let checks: Vec<String> = CHECKS
                    .iter()
                    .map(|(code, _)| *code)
                    .filter(|code| bit(code).is_some_and(|bit| bits & bit != 0))
                    .map(str::to_owned)
                    .collect();
                Some(FlaggedRow {
                    place: self.place(row)?,
                    checks,
                    flags: u64::from((bits & flag_bits).count_ones()),
                    seconds: subject.ask.duration.and_then(|column| self.rows.number(column, row)),
                    longest_run: self.runs.get(shown).filter(|run| **run > 0).map(|run| u64::from(*run)),
                    id: subject.ask.id_text.map(|text| self.rows.text(text, row).to_owned()),
                })
            });
        let flagged = flagged.collect();
        (checks, summary, flagged)
    }

    fn check(&self, code: &str, is_flag: bool, outcome: Result<&Done, &'static str>) -> QualityCheck {
        let done = match outcome {
            Ok(done) => done,
            Err(reason) => return without(code, is_flag, reason),
        };
        let bit = bit(code).unwrap_or(0);
        let hits =
            || self.bits.iter().enumerate().filter(|(_, bits)| **bits & bit != 0).map(|(shown, _)| shown);
        let flagged = hits().count() as u64;
        QualityCheck {
            code: code.to_owned(),
            is_flag,
            looked_at: Some(done.looked_at),
            flagged: Some(flagged),
            share: share(flagged, done.looked_at),
            rule: Some(done.rule.clone()),
            threshold: done.threshold.and_then(|(number, _)| rounded(number)),
            share_of_median: done.share_of_median.and_then(rounded),
            threshold_unit: done.threshold.map(|(_, unit)| unit.to_owned()),
            column: done.column.clone(),
            pairs: done.pairs.map(|(pairs, _)| pairs),
            expected_pairs: done.pairs.and_then(|(_, expected)| rounded(expected)),
            places: hits().take(PLACES_KEPT).filter_map(|shown| self.place(self.shown[shown])).collect(),
            reason: None,
        }
    }

    fn place(&self, row: usize) -> Option<LedgerPlace> {
        let position = self.rows.position(row)?;
        let input = self.counted.inputs.get(position.input)?;
        Some(LedgerPlace {
            input: input_name(&input.name),
            row: position.row,
            line: position.line,
            column: None,
        })
    }
}

/// Every check, none of them done.
pub(super) fn not_done(reason: &'static str) -> Vec<QualityCheck> {
    CHECKS.iter().map(|(code, is_flag)| without(code, *is_flag, reason)).collect()
}

fn without(code: &str, is_flag: bool, reason: &str) -> QualityCheck {
    QualityCheck {
        code: code.to_owned(),
        is_flag,
        reason: Some(reason.to_owned()),
        ..QualityCheck::default()
    }
}

fn bit(code: &str) -> Option<u16> {
    CHECKS.iter().position(|(name, _)| *name == code).map(|place| 1 << place)
}
