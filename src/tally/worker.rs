//! One worker: scans the records of a block and has them counted; those that are left out to be compared, too, and
//! those that only a condition leaves out, for the design alone.

use super::account::Account;
use super::calendar::{DateFindings, WaveNames};
use super::cell::Cell;
use super::coders::CellCoder;
use super::design::LocalCells;
use super::error::CountError;
use super::exclusion::Exclusion;
use super::inputs::BoundInput;
use super::layout::{Layout, is_for_unkept};
use super::open_answers::OpenWave;
use super::places::Places;
use super::plan::Plan;
use super::repeated::{IdTable, Repeated};
use super::row_counter::RowCounter;
use super::row_rules::RowRules;
use super::rows::{Keeping, KeptChunks, RowKeeper};
use super::sets::SetCodes;
use super::strata::Strata;
use crate::source::{Block, Record, RecordScanner};
use crate::survey::KeptRow;

/// Counts blocks of any input, in any order of blocks that rises within an input.
pub(super) struct Worker<'a, C> {
    inputs: &'a [BoundInput],
    scanner: Option<(usize, RecordScanner)>,
    rows: Counting<'a, C>,
    /// Counts what compared exclusions leave out.
    left_out: Option<Box<Counting<'a, C>>>,
}

/// Counts rows, and by themselves those that only a condition leaves out.
struct Counting<'a, C> {
    kept: RowCounter<'a, C>,
    /// Where there is a condition and a design.
    unkept: Option<Box<RowCounter<'a, C>>>,
}

/// How the rows of a plan are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layouts<'a> {
    /// Those that figures are made of.
    pub(super) kept: &'a Layout,
    /// Those that only a condition leaves out, where they belong to a design.
    pub(super) unkept: Option<&'a Layout>,
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
    pub(super) rows: Found<C>,
    /// The rows that compared exclusions leave out, where there are such and they could be counted.
    pub(super) left_out: Option<Found<C>>,
    /// The ids of a pass for them.
    pub(super) ids: Option<IdTable>,
}

/// What was counted of rows, and of those that only a condition leaves out.
pub(super) struct Found<C> {
    /// The rows that figures are made of.
    pub(super) kept: Findings<C>,
    /// The others, where they belong to a design.
    pub(super) unkept: Option<Findings<C>>,
}

/// What was counted, to be merged.
pub(super) struct Findings<C> {
    /// Whether figures are made of these rows; else a condition leaves them out, and they are counted by cell of the design
    /// alone.
    pub(super) is_kept: bool,
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

impl<'a, C: Cell> Counting<'a, C> {
    /// Counters of the rows that the wanted exclusions leave in.
    fn new(
        plan: &'a Plan,
        layouts: Layouts<'a>,
        repeated: Option<&'a Repeated>,
        wanted: impl Fn(&Exclusion) -> bool,
    ) -> Result<Self, CountError> {
        let rules = RowRules::new(plan, layouts.kept, repeated, |_, rule| wanted(rule));
        let first = plan.exclusions.iter().position(Exclusion::is_domain);
        let unkept = layouts.unkept.zip(first).map(|(layout, first)| {
            let again = |place, rule: &Exclusion| wanted(rule) && is_for_unkept(first, place, rule);
            RowCounter::new(plan, layout, RowRules::new(plan, layout, repeated, again)).map(Box::new)
        });
        Ok(Self { kept: RowCounter::new(plan, layouts.kept, rules)?, unkept: unkept.transpose()? })
    }

    fn begin(&mut self, bound: &BoundInput) {
        self.kept.begin(bound);
        if let Some(unkept) = &mut self.unkept {
            unkept.begin(bound);
        }
    }

    fn count(&mut self, bound: &BoundInput, places: &Places<'_>, records: &[Record]) {
        self.kept.count(bound, places, records);
        if let Some(unkept) = self.unkept.as_mut().filter(|_| !self.kept.unkept.is_empty()) {
            unkept.count(bound, places, &self.kept.unkept);
        }
    }

    fn end_block(&mut self) -> Result<(), CountError> {
        self.kept.end_block()?;
        self.unkept.as_mut().map_or(Ok(()), |unkept| unkept.end_block())
    }

    fn finish(self) -> Found<C> {
        let unkept = self.unkept.map(|rows| Findings { is_kept: false, ..rows.finish() });
        Found { kept: self.kept.finish(), unkept }
    }
}

impl<'a, C: Cell> Worker<'a, C> {
    /// A worker that has counted nothing.
    ///
    /// # Errors
    /// A date format that cannot give a date.
    pub(super) fn new(
        plan: &'a Plan,
        layouts: Layouts<'a>,
        inputs: &'a [BoundInput],
        pass: Pass<'a>,
    ) -> Result<Self, CountError> {
        let (rows, left_out) = match pass {
            Pass::Ids(keep) => {
                let layout = layouts.kept;
                let before = RowRules::new(plan, layout, None, |place, _| Some(place) < layout.repeated);
                let mut kept = RowCounter::new(plan, layout, before)?;
                kept.ids = Some(IdTable::new(keep));
                (Counting { kept, unkept: None }, None)
            }
            Pass::Count(repeated, keeping) => {
                let is_compared = plan.exclusions.iter().any(|rule| rule.is_compared);
                let others = || Counting::new(plan, layouts, None, |rule| !rule.is_compared);
                let left_out = is_compared.then(others).transpose()?;
                let mut rows = Counting::new(plan, layouts, repeated, |_| true)?;
                rows.kept.keeps_cases = keeping.is_some_and(Keeping::keeps_cases);
                rows.kept.keeper =
                    keeping.map(|keeping| RowKeeper::new(keeping, plan, layouts.kept)).transpose()?;
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
                if let Some(left_out) = left_out.as_mut().filter(|_| !rows.kept.compared.is_empty()) {
                    left_out.count(bound, &places, &rows.kept.compared);
                }
            });
            rows.kept.account.blocks.insert((input, block.index), found);
        }
        // What is too much for the comparison alone ends the comparison.
        if self.left_out.as_mut().is_some_and(|rows| rows.end_block().is_err()) {
            self.left_out = None;
        }
        self.rows.end_block()
    }

    /// Hands over what was counted.
    pub(super) fn finish(mut self) -> Worked<C> {
        let ids = self.rows.kept.ids.take();
        let left_out = self.left_out.map(|rows| rows.finish());
        Worked { rows: self.rows.finish(), left_out, ids }
    }
}
