//! One worker: scans the records of a block and has them counted; those that are left out to be compared, too.

use super::account::Account;
use super::calendar::{DateFindings, WaveNames};
use super::cell::Cell;
use super::coders::CellCoder;
use super::design::LocalCells;
use super::error::CountError;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::open_answers::OpenWave;
use super::places::Places;
use super::plan::Plan;
use super::repeated::{IdTable, Repeated};
use super::row_counter::RowCounter;
use super::row_rules::RowRules;
use super::rows::{Keeping, KeptChunks, RowKeeper};
use super::sets::SetCodes;
use super::strata::Strata;
use crate::source::{Block, RecordScanner};
use crate::survey::KeptRow;

/// Counts blocks of any input, in any order of blocks that rises within an input.
pub(super) struct Worker<'a, C> {
    inputs: &'a [BoundInput],
    scanner: Option<(usize, RecordScanner)>,
    rows: RowCounter<'a, C>,
    /// Counts what compared exclusions leave out.
    left_out: Option<Box<RowCounter<'a, C>>>,
}

/// What a pass over the inputs is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Pass<'a> {
    /// To find ids that stand in several rows.
    Ids(KeptRow),
    /// To count, and to keep of every row what is wanted.
    Count(Option<&'a Repeated>, Option<&'a Keeping<'a>>),
}

/// What a worker hands over when there is nothing more to read.
pub(super) struct Worked<C> {
    /// The rows that are in.
    pub(super) findings: Findings<C>,
    /// The rows that compared exclusions leave out, where there are such and they could be counted.
    pub(super) left_out: Option<Findings<C>>,
    /// The ids of a pass for them.
    pub(super) ids: Option<IdTable>,
}

/// What was counted, to be merged.
pub(super) struct Findings<C> {
    /// By counted grouping of the layout.
    pub(super) strata: Vec<Strata<C>>,
    /// Rows left out, odd rows, invalid cells.
    pub(super) account: Account,
    /// What each variable's codes stand for.
    pub(super) coders: Vec<CellCoder>,
    /// What wave codes stand for.
    pub(super) waves: WaveNames,
    /// What wave codes stand for that the order of raking answers has split; empty where it has not.
    pub(super) open_waves: Vec<OpenWave>,
    /// The sets of options, by variable of the layout that groups by them.
    pub(super) sets: Vec<SetCodes>,
    /// The cells of the design; `None` without one.
    pub(super) cells: Option<LocalCells>,
    /// What the date columns have shown.
    pub(super) dates: Vec<DateFindings>,
    /// Whether a condition left out a row under one order of day and month only.
    pub(super) filter_needs_order: bool,
    /// Whether a weight was a number, though not as the numbers of its column are written.
    pub(super) contrary_weight: bool,
    /// What is kept of the rows; empty where nothing is wanted.
    pub(super) kept: KeptChunks,
}

impl<C> Findings<C> {
    /// The code of the wave of a stratum: what its key begins with, or that of its cell of the design.
    pub(super) fn wave_code(&self, head: u32) -> usize {
        let Some(cells) = &self.cells else { return head as usize };
        let wave = cells.codes.get(head as usize).and_then(|codes| codes.first());
        wave.map_or(usize::MAX, |&wave| usize::from(wave))
    }
}

impl<'a, C: Cell> Worker<'a, C> {
    /// A worker that has counted nothing.
    ///
    /// # Errors
    /// A date format that cannot give a date.
    pub(super) fn new(
        plan: &'a Plan,
        layout: &'a Layout,
        inputs: &'a [BoundInput],
        pass: Pass<'a>,
    ) -> Result<Self, CountError> {
        let (rows, left_out) = match pass {
            Pass::Ids(keep) => {
                let before = RowRules::new(plan, layout, None, |place, _| Some(place) < layout.repeated);
                let mut rows = RowCounter::new(plan, layout, before)?;
                rows.ids = Some(IdTable::new(keep));
                (rows, None)
            }
            Pass::Count(repeated, keeping) => {
                let is_compared = plan.exclusions.iter().any(|rule| rule.is_compared);
                let others = || RowRules::new(plan, layout, None, |_, rule| !rule.is_compared);
                let left_out = is_compared.then(|| RowCounter::new(plan, layout, others())).transpose()?;
                let rules = RowRules::new(plan, layout, repeated, |_, _| true);
                let mut rows = RowCounter::new(plan, layout, rules)?;
                rows.keeps_cases = keeping.is_some_and(Keeping::keeps_cases);
                rows.keeper = keeping.map(|keeping| RowKeeper::new(keeping, plan, layout)).transpose()?;
                (rows, left_out.map(Box::new))
            }
        };
        Ok(Self { inputs, scanner: None, rows, left_out })
    }

    /// Counts a block of an input; its first record is the header when it has that.
    ///
    /// # Errors
    /// More values or counters than are allowed.
    pub(super) fn count(&mut self, input: usize, block: &Block, has_header: bool) -> Result<(), CountError> {
        let Some(bound) = self.inputs.get(input) else { return Ok(()) };
        if self.scanner.as_ref().is_none_or(|(scanned, _)| *scanned != input) {
            self.scanner = Some((input, RecordScanner::new(bound.delimiter)));
            self.rows.begin(bound);
            if let Some(left_out) = &mut self.left_out {
                left_out.begin(bound);
            }
        }
        if let Some((_, scanner)) = &mut self.scanner {
            let (rows, left_out) = (&mut self.rows, &mut self.left_out);
            let mut found = 0;
            scanner.scan(&block.bytes, |records| {
                let mut all = records.all();
                if has_header && found == 0 {
                    all = &all[1.min(all.len())..];
                }
                found += records.all().len() as u64;
                let places = Places { input, block, brought: bound.brought, records };
                rows.count(bound, &places, all);
                if let Some(left_out) = left_out.as_mut().filter(|_| !rows.compared.is_empty()) {
                    left_out.count(bound, &places, &rows.compared);
                }
            });
            rows.account.blocks.insert((input, block.index), found);
        }
        // What is too much for the comparison alone ends the comparison.
        if self.left_out.as_mut().is_some_and(|rows| rows.end_block().is_err()) {
            self.left_out = None;
        }
        self.rows.end_block()
    }

    /// Hands over what was counted.
    pub(super) fn finish(mut self) -> Worked<C> {
        let ids = self.rows.ids.take();
        let left_out = self.left_out.map(|rows| rows.finish());
        Worked { findings: self.rows.finish(), left_out, ids }
    }
}
