//! The cells of the design over all workers, in their fixed order.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::Cell;
use super::count::Count;
use super::counted::{DesignCell, KeptRows, WeightRange};
use super::exact::quotient;
use super::group::{Merged, StratumKey};
use super::layout::Layout;
use super::plan::Plan;
use super::settle::{Categories, Waves};
use super::strata::Strata;
use super::worker::Findings;
use crate::source::UNIT_WEIGHT;
use crate::survey::{Code, answer};

/// Stands for no answer behind all codes.
const NO_ANSWER: Code = Code::MAX;

/// The cells that were found, in order, and each worker's codes of them.
#[derive(Debug, Default)]
pub(super) struct DesignCells {
    /// By cell, what tells it: codes are final ones, [`Code::MAX`] where there is no answer.
    found: Vec<CellKey>,
    /// By cell, how far its weights reach.
    ranges: Vec<Ranges>,
    /// By worker, then by its code: the cell, `None` where its rows are left out after all.
    recode: Vec<Vec<Option<usize>>>,
}

/// The smallest and the largest weight in units of 10⁻⁹; `None` without weights or rows.
#[derive(Clone, Copy, Debug, Default)]
struct Ranges {
    all: Option<(u64, u64)>,
    /// Those of the rows of which figures are made.
    kept: Option<(u64, u64)>,
}

/// A wave, the codes of the design's variables in it, and the weight of its rows in units of 10⁻⁹ where cells are split
/// by that; else 0.
type CellKey = (Option<usize>, Vec<Code>, u64);

impl DesignCells {
    /// Settles the cells; there are none without a design.
    pub(super) fn settle<C: Cell>(
        plan: &Plan,
        layout: &Layout,
        findings: &[Findings<C>],
        waves: &Waves,
        categories: &Categories,
    ) -> Self {
        let by_weight = plan.design.splits_weights(plan);
        let settled = |worker: usize, cell: &[Code], range: Option<&(u64, u64)>| {
            let (&wave, codes) = cell.split_first()?;
            let wave = waves.of(worker, usize::from(wave)).ok()?;
            let code = |(&variable, &code): (&usize, &Code)| {
                let code = categories.of(worker, variable, code);
                if answer(code).is_some() { code } else { NO_ANSWER }
            };
            let weight = range.filter(|_| by_weight).map_or(0, |(least, _)| *least);
            Some((wave, layout.design.iter().zip(codes).map(code).collect::<Vec<Code>>(), weight))
        };
        let mut ranges: BTreeMap<CellKey, Ranges> = BTreeMap::new();
        let mut recode = Vec::with_capacity(findings.len());
        for (worker, findings) in findings.iter().enumerate() {
            let Some(local) = &findings.cells else { continue };
            let cells = local.codes.iter().enumerate();
            let keys: Vec<_> =
                cells.map(|(place, cell)| settled(worker, cell, local.ranges.get(place))).collect();
            for (place, key) in keys.iter().enumerate() {
                let Some(key) = key else { continue };
                let known = ranges.entry(key.clone()).or_default();
                if let Some(&(least, most)) = local.ranges.get(place) {
                    let widened = |so_far: Option<(u64, u64)>| {
                        Some(so_far.map_or((least, most), |so_far| (so_far.0.min(least), so_far.1.max(most))))
                    };
                    known.all = widened(known.all);
                    if findings.is_kept {
                        known.kept = widened(known.kept);
                    }
                }
            }
            recode.push(keys);
        }
        let (found, ranges): (Vec<_>, Vec<_>) = ranges.into_iter().unzip();
        let place = |key: Option<CellKey>| found.binary_search(&key?).ok();
        let recode = recode.into_iter().map(|keys| keys.into_iter().map(place).collect()).collect();
        Self { found, ranges, recode }
    }

    /// The cell of a worker's code, `None` where its rows are left out after all.
    pub(super) fn of(&self, worker: usize, code: u32) -> Option<usize> {
        self.recode.get(worker)?.get(code as usize).copied().flatten()
    }

    /// How many different weights cells are split by.
    pub(super) fn weights(&self) -> usize {
        self.found.iter().map(|(.., weight)| *weight).collect::<BTreeSet<u64>>().len()
    }

    /// The wave of a cell.
    pub(super) fn wave(&self, cell: usize) -> Option<usize> {
        self.found.get(cell).and_then(|(wave, ..)| *wave)
    }

    /// The final code of the variable at a place of the design, `None` where there is no answer.
    pub(super) fn code(&self, cell: usize, place: usize) -> Option<Code> {
        self.found.get(cell)?.1.get(place).copied().filter(|code| *code != NO_ANSWER)
    }

    /// The cells as the rest of the program sees them, with the rows of the strata of one counted grouping and those that
    /// are counted for the design alone.
    pub(super) fn finish<C: Cell>(
        &self,
        plan: &Plan,
        strata: Option<&BTreeMap<StratumKey, Merged<C>>>,
        findings: &[Findings<C>],
    ) -> Vec<DesignCell> {
        let mut rows = vec![C::default(); self.found.len()];
        for ((cell, _), merged) in strata.into_iter().flatten() {
            if let (Some(into), Some(from)) = (cell.and_then(|cell| rows.get_mut(cell)), merged.fixed.first())
            {
                into.merge(from);
            }
        }
        let kept: Vec<u64> = rows.iter().map(Cell::rows).collect();
        for (worker, unkept) in findings.iter().enumerate().filter(|(_, findings)| !findings.is_kept) {
            for (code, _, counters) in unkept.strata.iter().flat_map(Strata::iter) {
                let into = self.of(worker, code).and_then(|cell| rows.get_mut(cell));
                if let (Some(into), Some(from)) = (into, counters.fixed.first()) {
                    into.merge(from);
                }
            }
        }
        let rows = rows.iter().map(Cell::count).zip(kept);
        rows.enumerate().map(|(cell, (rows, kept))| self.cell(plan, cell, rows, kept)).collect()
    }

    fn cell(&self, plan: &Plan, cell: usize, rows: Count, kept: u64) -> DesignCell {
        let index =
            |place: usize| answer(self.code(cell, place)?).and_then(|index| u32::try_from(index).ok());
        let design = &plan.design;
        let raking = design.raking.len();
        let after_stratum = raking + usize::from(design.stratum.is_some());
        let ranges = self.ranges.get(cell).copied().unwrap_or_default();
        let weight = |nano: u64| quotient(u128::from(nano), UNIT_WEIGHT);
        let range = |range: Option<(u64, u64)>| {
            let (least, most) = range.unwrap_or((UNIT_WEIGHT, UNIT_WEIGHT));
            WeightRange { min: weight(least), max: weight(most) }
        };
        DesignCell {
            wave: self.wave(cell),
            raking: (0..raking).map(index).collect(),
            stratum: design.stratum.and_then(|_| index(raking)),
            cluster: design.cluster.and_then(|_| index(after_stratum)),
            rows,
            weights: range(ranges.all),
            kept: KeptRows { n: kept, weights: range(ranges.kept) },
        }
    }
}
