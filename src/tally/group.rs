//! The strata of a plan's groupings from those that were counted: sums over segments and over waves.

use std::collections::BTreeMap;

use super::cell::{Cell, merge_rows};
use super::design_cells::DesignCells;
use super::layout::{KeyPlace, Layout};
use super::number::NumberTally;
use super::strata::StratumCells;
use crate::survey::{Code, REASONS};

/// The counters of one stratum in final codes.
pub(super) struct Merged<C> {
    /// The fixed run.
    pub(super) fixed: Vec<C>,
    /// The growing rows.
    pub(super) growing: Vec<Vec<C>>,
    /// The number tallies.
    pub(super) numbers: Vec<NumberTally<C>>,
}

/// A stratum's wave (`None`: all together) and segment codes.
pub(super) type StratumKey = (Option<usize>, Vec<Code>);

impl<C: Cell> Merged<C> {
    /// Nothing counted.
    pub(super) fn empty(layout: &Layout) -> Self {
        Self {
            fixed: vec![C::default(); layout.fixed],
            growing: vec![Vec::new(); layout.growing],
            numbers: vec![NumberTally::default(); layout.numbers],
        }
    }

    /// Adds a worker's counters; `recode` has the final code of each code, by growing row.
    pub(super) fn absorb(&mut self, cells: &StratumCells<'_, C>, recode: &[&[Code]]) {
        merge_rows(&mut self.fixed, cells.fixed);
        for ((into, from), recode) in self.growing.iter_mut().zip(cells.growing).zip(recode) {
            for (cell, code) in from.iter().zip(*recode).filter(|(cell, _)| cell.rows() > 0) {
                let place = usize::from(*code);
                if place >= into.len() {
                    into.resize_with(place + 1, C::default);
                }
                into[place].merge(cell);
            }
        }
        for (into, from) in self.numbers.iter_mut().zip(cells.numbers) {
            into.merge(from);
        }
    }

    /// Adds another stratum.
    pub(super) fn merge(&mut self, other: &Self) {
        merge_rows(&mut self.fixed, &other.fixed);
        for (into, from) in self.growing.iter_mut().zip(&other.growing) {
            merge_rows(into, from);
        }
        for (into, from) in self.numbers.iter_mut().zip(&other.numbers) {
            into.merge(from);
        }
    }
}

/// The strata of a grouping: those of `counted` summed over the segments that the grouping does not have, and,
/// when there are waves, over the waves too. Rows without a value of one of its segments are in no stratum.
pub(super) fn derive<C: Cell>(
    counted: &BTreeMap<StratumKey, Merged<C>>,
    places: &[KeyPlace],
    waves: bool,
    layout: &Layout,
) -> BTreeMap<StratumKey, Merged<C>> {
    let mut strata = BTreeMap::new();
    let mut add = |key: StratumKey, cells: &Merged<C>| {
        strata.entry(key).or_insert_with(|| Merged::empty(layout)).merge(cells);
    };
    for ((wave, codes), cells) in counted {
        let Some(segments) = segments(places, codes, |_| None) else { continue };
        if waves {
            add((None, segments.clone()), cells);
        }
        add((*wave, segments), cells);
    }
    strata
}

/// The same from strata that are counted by the cells of the design in place of waves: what each is to be summed of, by
/// cell. That over all waves has the cells of every wave.
pub(super) fn derive_by_cell<'c, C: Cell>(
    counted: &'c BTreeMap<StratumKey, Merged<C>>,
    places: &[KeyPlace],
    waves: bool,
    cells: &DesignCells,
) -> BTreeMap<StratumKey, BTreeMap<usize, Vec<&'c Merged<C>>>> {
    let mut strata: BTreeMap<StratumKey, BTreeMap<usize, Vec<&Merged<C>>>> = BTreeMap::new();
    let mut add = |key: StratumKey, cell: usize, merged| {
        strata.entry(key).or_default().entry(cell).or_default().push(merged);
    };
    for ((cell, codes), merged) in counted {
        let Some(cell) = *cell else { continue };
        let Some(segments) = segments(places, codes, |place| cells.code(cell, place)) else { continue };
        if waves {
            add((None, segments.clone()), cell, merged);
        }
        add((cells.wave(cell), segments), cell, merged);
    }
    strata
}

/// The codes of a grouping's segments, `None` where one has no value.
fn segments(
    places: &[KeyPlace],
    codes: &[Code],
    of_design: impl Fn(usize) -> Option<Code>,
) -> Option<Vec<Code>> {
    let code = |place: &KeyPlace| match *place {
        KeyPlace::Segment(place) => codes.get(place).copied().filter(|code| usize::from(*code) >= REASONS),
        KeyPlace::Design(place) => of_design(place),
    };
    places.iter().map(code).collect()
}
