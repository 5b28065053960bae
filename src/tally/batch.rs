//! Rows that are coded and counted together, a few hundred at most, column by column.
//!
//! One kind of step over many rows keeps its tables in the first cache; row by row costs several times as much.

use super::cell::Cell;
use super::design::{CellCodes, DesignCoder};
use super::layout::{Layout, Place};
use super::sets::SetCodes;
use super::strata::Strata;
use super::weight_codes::WeightCodes;
use crate::source::{BATCH_RECORDS, Fixed, Record, Stride, UNIT_WEIGHT};
use crate::survey::{Code, Missing, REASONS};

/// A column of codes.
pub(super) type Codes = [Code; BATCH_RECORDS];

/// The rows that are still in, in order, with what is known of them.
#[derive(Debug)]
pub(super) struct Batch {
    /// Where the rows stand in their block.
    pub(super) records: Vec<Record>,
    /// How they lie side by side, if they do.
    pub(super) stride: Option<Stride>,
    /// By variable, the codes of the rows; not asked where the input lacks the column. Then by variable that groups by
    /// its sets of options, the codes of these.
    pub(super) codes: Vec<Codes>,
    /// By variable, free numbers; empty for other variables.
    pub(super) numbers: Vec<Vec<Option<Fixed>>>,
    /// By variable, the options chosen; empty for other variables.
    pub(super) chosen: Vec<Vec<Vec<Code>>>,
    /// Weights in units of 10⁻⁹.
    pub(super) weights: [u64; BATCH_RECORDS],
    /// Whether the weight was rounded.
    pub(super) rounded: [bool; BATCH_RECORDS],
    /// Wave codes; 0 without waves.
    pub(super) waves: Codes,
    /// The exclusion of a case that is still in, to be kept and then left out.
    pub(super) cases: [Option<usize>; BATCH_RECORDS],
    /// Strata of the grouping that is being counted.
    strata: [usize; BATCH_RECORDS],
    /// Cells of the design.
    cells: CellCodes,
    /// Codes of weights, where cells are split by them.
    weight_codes: Codes,
}

impl Batch {
    /// No rows of so many variables, of which `sets` group by their sets of options.
    pub(super) fn new(variables: usize, sets: usize) -> Self {
        Self {
            records: Vec::with_capacity(BATCH_RECORDS),
            stride: None,
            codes: vec![[Missing::NotAsked.code(); BATCH_RECORDS]; variables + sets],
            numbers: vec![Vec::new(); variables],
            chosen: vec![Vec::new(); variables],
            weights: [UNIT_WEIGHT; BATCH_RECORDS],
            rounded: [false; BATCH_RECORDS],
            waves: [0; BATCH_RECORDS],
            cases: [None; BATCH_RECORDS],
            strata: [0; BATCH_RECORDS],
            cells: [0; BATCH_RECORDS],
            weight_codes: [0; BATCH_RECORDS],
        }
    }

    /// Starts with these records.
    pub(super) fn begin(&mut self, records: &[Record]) {
        self.records.clear();
        self.records.extend_from_slice(&records[..records.len().min(BATCH_RECORDS)]);
        self.stride = Stride::of(&self.records);
    }

    /// How many rows are still in.
    pub(super) fn rows(&self) -> usize {
        self.records.len()
    }

    /// Keeps some of the rows; of their codes, those of the variables that are coded already.
    pub(super) fn keep(&mut self, is_kept: impl Fn(usize) -> bool, coded: &[usize]) {
        let mut kept = 0;
        for row in 0..self.rows() {
            if !is_kept(row) {
                continue;
            }
            if row != kept {
                self.records[kept] = self.records[row];
                self.weights[kept] = self.weights[row];
                self.rounded[kept] = self.rounded[row];
                self.waves[kept] = self.waves[row];
                self.cases[kept] = self.cases[row];
                for &variable in coded {
                    self.codes[variable][kept] = self.codes[variable][row];
                    if row < self.numbers[variable].len() {
                        self.numbers[variable][kept] = self.numbers[variable][row];
                    }
                    if row < self.chosen[variable].len() {
                        self.chosen[variable].swap(kept, row);
                    }
                }
            }
            kept += 1;
        }
        self.records.truncate(kept);
        self.stride = Stride::of(&self.records);
    }

    /// Forgets what was put for the rows of an input, so that what is not put again counts as not asked.
    pub(super) fn clear(&mut self) {
        self.codes.fill([Missing::NotAsked.code(); BATCH_RECORDS]);
        self.numbers.iter_mut().for_each(|numbers| numbers.fill(None));
        self.chosen.iter_mut().flatten().for_each(Vec::clear);
    }

    /// Whether a row has this code of a variable.
    pub(super) fn has(&self, variable: usize, code: Code) -> bool {
        // All of them, without a way out: that is done for many at once.
        let codes = self.codes[variable].iter().take(self.rows());
        codes.fold(0_u16, |found, other| found | u16::from(*other == code)) != 0
    }

    /// Whether a row has no answer by the codes of a column.
    pub(super) fn lacks(&self, column: usize) -> bool {
        let codes = self.codes[column].iter().take(self.rows());
        usize::from(codes.fold(Code::MAX, |least, code| least.min(*code))) < REASONS
    }

    /// Codes the sets of options of the variables that group by them.
    pub(super) fn code_sets(&mut self, layout: &Layout, sets: &mut [SetCodes]) {
        for (&variable, sets) in layout.sets.iter().zip(sets) {
            for row in 0..self.rows() {
                let code = self.codes[variable][row];
                let chosen = self.chosen[variable].get(row).filter(|_| usize::from(code) >= REASONS);
                self.codes[layout.key_columns[variable]][row] =
                    chosen.map_or(code, |chosen| sets.code(chosen));
            }
        }
    }

    /// Finds the cells of the design of the rows, and where there are codes of weights, by these too.
    pub(super) fn code_cells<C: Cell>(
        &mut self,
        layout: &Layout,
        coder: &mut DesignCoder,
        by_weight: Option<&mut WeightCodes>,
    ) {
        let Self { codes, cells, waves, weights, records, weight_codes, .. } = self;
        let columns = layout.design.iter().map(|&variable| &codes[layout.key_columns[variable]]);
        let own = by_weight.map(|coder| {
            coder.code(records.len(), weights, weight_codes);
            &*weight_codes
        });
        coder.code(records.len(), waves, columns.chain(own), cells);
        if C::WEIGHTED {
            coder.weigh(records.len(), cells, weights);
        }
    }

    /// Adds the rows to their strata of a grouping.
    pub(super) fn count<C: Cell>(&mut self, layout: &Layout, grouping: &[usize], strata: &mut Strata<C>) {
        let columns = grouping.iter().map(|&variable| &self.codes[layout.key_columns[variable]]);
        if layout.design.is_empty() {
            strata.find(self.records.len(), &self.waves, columns, &mut self.strata);
        } else {
            strata.find_by_cell(self.records.len(), &self.cells, columns, &mut self.strata);
        }
        if layout.growing + layout.numbers > 0 {
            self.count_others(layout, strata);
        }
        for stratum in &mut self.strata {
            *stratum = strata.start(*stratum);
        }
        let codes = |variable: usize| &self.codes[layout.coded_as[variable]];
        let cells = strata.all_fixed();
        self.add(cells, |_| 0);
        for place in &layout.places {
            match *place {
                Place::Single { offset, variable, .. } => {
                    let codes = codes(variable);
                    self.add(cells, |row| usize::from(codes[row]).wrapping_add(offset));
                }
                Place::Pair { offset, first, second, second_points, .. } => {
                    let (first, second) = (codes(first), codes(second));
                    self.add(cells, |row| {
                        let (first, second) = (usize::from(first[row]), usize::from(second[row]));
                        let reason = first.min(second);
                        let joint =
                            first.wrapping_sub(REASONS).wrapping_mul(second_points).wrapping_add(second);
                        (if reason < REASONS { reason } else { joint }).wrapping_add(offset)
                    });
                }
                Place::Multiple { answered, variable, .. } => {
                    let codes = codes(variable);
                    // A row without an answer is counted beyond the last counter, which is nowhere.
                    let nowhere = cells.len();
                    self.add(cells, |row| if usize::from(codes[row]) < REASONS { nowhere } else { answered });
                }
                Place::Growing { .. } | Place::Number { .. } => {}
            }
        }
    }

    /// Adds each row to the counter at its place in the run of its stratum.
    #[inline]
    fn add<C: Cell>(&self, cells: &mut [C], place: impl Fn(usize) -> usize) {
        // The compiler sees that no row is beyond the arrays.
        for row in 0..self.rows().min(BATCH_RECORDS) {
            if let Some(cell) = cells.get_mut(self.strata[row].wrapping_add(place(row))) {
                cell.add(self.weights[row]);
            }
        }
    }

    /// Adds the rows to the counters outside the fixed run.
    fn count_others<C: Cell>(&self, layout: &Layout, strata: &mut Strata<C>) {
        for row in 0..self.rows().min(BATCH_RECORDS) {
            let (stratum, weight) = (self.strata[row], self.weights[row]);
            for place in &layout.places {
                match *place {
                    Place::Single { .. } | Place::Pair { .. } => {}
                    Place::Growing { row: place, variable } => {
                        strata.grow(stratum, place, self.codes[variable][row], weight);
                    }
                    Place::Multiple { row: place, variable, .. } => {
                        let code = self.codes[variable][row];
                        if usize::from(code) < REASONS {
                            strata.grow(stratum, place, code, weight);
                        } else {
                            for &option in &self.chosen[variable][row] {
                                strata.grow(stratum, place, option, weight);
                            }
                        }
                    }
                    Place::Number { slot, variable } => {
                        let number = strata.number(stratum, slot);
                        match self.numbers[variable].get(row).copied().flatten() {
                            Some(value) => number.answer(value.nano(), weight),
                            None => number.miss(self.codes[variable][row], weight),
                        }
                    }
                }
            }
        }
    }
}
