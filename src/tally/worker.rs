//! One worker: scans the records of a block, codes them, decides whether they count, and counts them.

use super::account::{Account, Exclusion, provisional_row};
use super::batch::Batch;
use super::calendar::{CalendarCoder, DateFindings, Dates, WaveCoder, WaveNames};
use super::cell::Cell;
use super::coders::{Answers, CellCoder};
use super::error::CountError;
use super::inputs::BoundInput;
use super::layout::{Layout, Place};
use super::plan::Plan;
use super::row_filter::{Kept, RowFilter};
use super::scale_cells::ScaleCells;
use super::size::{MAX_SEGMENT_VALUES, MAX_WAVES, check_strata};
use super::strata::Strata;
use crate::source::{
    Block, CategoryCoder, DateReadings, MAX_CATEGORIES, Position, Record, RecordScanner, UNIT_WEIGHT,
    WeightCoder, WeightFault,
};
use crate::survey::{Code, Missing, REASONS, WaveRule};

/// Counts blocks of any input, in any order of blocks that rises within an input.
pub(super) struct Worker<'a, C> {
    inputs: &'a [BoundInput],
    scanner: Option<(usize, RecordScanner)>,
    rows: Rows<'a, C>,
}

/// What a worker hands over to be merged.
pub(super) struct Findings<C> {
    /// By counted grouping of the layout.
    pub(super) strata: Vec<Strata<C>>,
    /// Rows left out, odd rows, invalid cells.
    pub(super) account: Account,
    /// What each variable's codes stand for.
    pub(super) coders: Vec<CellCoder>,
    /// What wave codes stand for.
    pub(super) waves: WaveNames,
    /// What the date columns have shown.
    pub(super) dates: Vec<DateFindings>,
    /// Whether the filter kept a row under one order of day and month only.
    pub(super) filter_needs_order: bool,
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
    ) -> Result<Self, CountError> {
        Ok(Self { inputs, scanner: None, rows: Rows::new(plan, layout)? })
    }

    /// Counts a block of an input; its first record is the header when it has that.
    ///
    /// # Errors
    /// More values or counters than are allowed.
    pub(super) fn count(&mut self, input: usize, block: &Block, has_header: bool) -> Result<(), CountError> {
        let Some(bound) = self.inputs.get(input) else { return Ok(()) };
        if self.scanner.as_ref().is_none_or(|(scanned, _)| *scanned != input) {
            let scanner = RecordScanner::new(bound.delimiter, &bound.selection, bound.header_len);
            self.scanner = Some((input, scanner));
            self.rows.begin(bound);
        }
        if let Some((_, scanner)) = &mut self.scanner {
            let rows = &mut self.rows;
            let mut records = 0;
            scanner.scan(&block.bytes, |record| {
                records += 1;
                if !has_header || record.index_in_block > 0 {
                    let row = provisional_row(block.index, record.index_in_block);
                    let line = block.first_line + record.line_in_block;
                    rows.count(bound, record, Position { input, row, line, column: 0 });
                }
            });
            rows.account.blocks.insert((input, block.index), records);
        }
        self.rows.end_block()
    }

    /// Hands over what was counted.
    pub(super) fn finish(self) -> Findings<C> {
        let rows = self.rows;
        Findings {
            strata: rows.strata,
            account: rows.account,
            coders: rows.coders,
            waves: rows.waves.into_names(),
            dates: rows.dates.findings,
            filter_needs_order: rows.filter_needs_order,
        }
    }
}

/// The counting of rows, apart from the scanning of blocks.
struct Rows<'a, C> {
    plan: &'a Plan,
    layout: &'a Layout,
    coders: Vec<CellCoder>,
    answers: Answers,
    dates: Dates,
    waves: WaveCoder,
    filter: Option<RowFilter<'a>>,
    filter_needs_order: bool,
    weights: WeightCoder,
    strata: Vec<Strata<C>>,
    account: Account,
    batch: Batch,
    /// Scales that the filter does not look at, by the slot of the current input.
    scales: Vec<ScaleCells>,
    /// The other variables that the filter does not look at.
    others: Vec<usize>,
    /// Whether a code may stand for an invalid cell under one order of day and month only.
    has_ages: bool,
}

impl<'a, C: Cell> Rows<'a, C> {
    fn new(plan: &'a Plan, layout: &'a Layout) -> Result<Self, CountError> {
        let waves = match plan.wave.as_ref().map(|wave| (wave, &wave.rule)) {
            None => WaveCoder::None,
            Some((wave, WaveRule::Every(period))) => WaveCoder::Calendar(CalendarCoder::new(
                *period,
                wave.fiscal_year_start,
                wave.fiscal_year_named_end,
            )),
            Some((_, WaveRule::Column { order, .. })) => {
                let labels = order.iter().map(|value| (value.clone(), value.clone())).collect();
                WaveCoder::Column(Box::new(CategoryCoder::new(&labels, false, &plan.missing)))
            }
        };
        Ok(Self {
            plan,
            layout,
            coders: (0..plan.variables.len()).map(|variable| CellCoder::new(plan, variable)).collect(),
            answers: Answers::new(plan.variables.len()),
            dates: Dates::new(&layout.dates, &plan.missing)?,
            waves,
            filter: RowFilter::new(plan, layout),
            filter_needs_order: false,
            weights: WeightCoder::new(),
            strata: layout.counted.iter().map(|grouping| Strata::new(layout, grouping.len())).collect(),
            account: Account::default(),
            batch: Batch::new(plan.variables.len(), layout.counted.len()),
            scales: Vec::new(),
            others: Vec::new(),
            has_ages: layout.age_dates.iter().any(Option::is_some),
        })
    }

    /// Counts one record, or leaves it out for the first reason that applies.
    #[inline]
    fn count(&mut self, bound: &BoundInput, record: &Record<'_>, position: Position) {
        if record.len() < bound.fields_needed {
            return self.account.exclude(Exclusion::ShortRow, position);
        }
        self.dates.next_row();
        if self.filter.is_some() && !self.is_kept(bound, record, position) {
            return self.account.exclude(Exclusion::Filtered, position);
        }
        let mut weight = UNIT_WEIGHT;
        let mut rounded = false;
        if C::WEIGHTED {
            let cell = bound.weight.map_or(&[][..], |slot| record.field(slot.slot));
            match self.weights.weight(cell) {
                Ok(found) => (weight, rounded) = (found.nano, found.rounded),
                Err(fault) => {
                    let reason = match fault {
                        WeightFault::Zero => Exclusion::ZeroWeight,
                        WeightFault::Invalid => Exclusion::InvalidWeight,
                    };
                    let column = bound.weight.map_or(0, |slot| slot.column);
                    return self.account.exclude(reason, Position { column, ..position });
                }
            }
        }
        let Some(wave) = self.wave(bound, record, position) else {
            let slot = self.layout.wave_date.map_or(bound.wave, |date| bound.dates[date]);
            let column = slot.map_or(0, |slot| slot.column);
            return self.account.exclude(Exclusion::NoDate, Position { column, ..position });
        };
        if self.code_cells(bound, record, position) || self.has_ages {
            self.note_cells(wave, bound, position);
        }
        let account = self.account.wave(usize::from(wave));
        account.used.note(position);
        if C::WEIGHTED {
            account.weigh(weight);
        }
        if record.is_ragged() {
            account.ragged.note(position);
        }
        if rounded {
            let column = bound.weight.map_or(0, |slot| slot.column);
            account.rounded.note(Position { column, ..position });
        }
        self.add(wave, weight);
    }

    fn is_kept(&mut self, bound: &BoundInput, record: &Record<'_>, position: Position) -> bool {
        for &variable in &self.layout.filtered {
            self.code(variable, bound, record, position);
        }
        let Some(filter) = &mut self.filter else { return true };
        match filter.keeps(&self.answers, &self.coders) {
            Kept::Yes => true,
            Kept::No => false,
            Kept::OrderDecides => {
                self.filter_needs_order = true;
                false
            }
        }
    }

    #[inline]
    fn wave(&mut self, bound: &BoundInput, record: &Record<'_>, position: Position) -> Option<Code> {
        match &mut self.waves {
            WaveCoder::None => Some(0),
            WaveCoder::Column(coder) => {
                WaveCoder::of_value(coder, bound.wave.map(|slot| record.field(slot.slot)))
            }
            WaveCoder::Calendar(coder) => {
                let date = self.layout.wave_date?;
                let readings = date_of(&mut self.dates, date, bound, record, position)?;
                coder.code(readings)
            }
        }
    }

    #[inline]
    fn code(&mut self, variable: usize, bound: &BoundInput, record: &Record<'_>, position: Position) {
        let cell = bound.variables[variable].map(|slot| record.field(slot.slot));
        let (dates, age_date) = (&mut self.dates, self.layout.age_dates[variable]);
        self.coders[variable]
            .code(variable, cell, &mut self.answers, || date_of(dates, age_date?, bound, record, position));
    }

    /// Codes what the filter has not; says whether a cell is invalid.
    #[inline]
    fn code_cells(&mut self, bound: &BoundInput, record: &Record<'_>, position: Position) -> bool {
        let mut is_invalid = false;
        let mut put = |batch: &mut Batch, variable: usize, code: Code| {
            is_invalid |= code == Missing::Invalid.code();
            batch.put(variable, code);
        };
        for scale in &mut self.scales {
            put(&mut self.batch, scale.variable, scale.code(record));
        }
        for index in 0..self.others.len() {
            let variable = self.others[index];
            match (&mut self.coders[variable], bound.variables[variable]) {
                // As segments are.
                (CellCoder::Category(coder), Some(slot)) => {
                    self.answers.codes[variable] = coder.code(record.field(slot.slot));
                }
                _ => self.code(variable, bound, record, position),
            }
            put(&mut self.batch, variable, self.answers.codes[variable]);
        }
        for &variable in &self.layout.filtered {
            put(&mut self.batch, variable, self.answers.codes[variable]);
        }
        is_invalid
    }

    /// Makes ready for the records of an input.
    fn begin(&mut self, bound: &BoundInput) {
        self.answers = Answers::new(self.plan.variables.len());
        self.batch.clear();
        self.scales.clear();
        self.others.clear();
        for &variable in &self.layout.unfiltered {
            match (&self.coders[variable], bound.variables[variable]) {
                (CellCoder::Scale(coder), Some(slot)) => {
                    let column = bound.selection.positions()[slot.slot];
                    self.scales.push(ScaleCells::new(variable, slot.slot, column, (**coder).clone()));
                }
                // A variable without a column stays not asked.
                (_, None) => {}
                (_, Some(_)) => self.others.push(variable),
            }
        }
    }

    /// Puts invalid cells of a used row into the account.
    fn note_cells(&mut self, wave: Code, bound: &BoundInput, position: Position) {
        let invalid = Missing::Invalid.code();
        let account = self.account.wave(usize::from(wave));
        for (variable, &coded_as) in self.layout.coded_as.iter().enumerate() {
            let code = self.batch.code(coded_as);
            let column = bound.variables[variable].map_or(0, |slot| slot.column);
            let position = Position { column, ..position };
            if code == invalid {
                account.invalid(variable, position);
            } else if let CellCoder::Age(coder) = &self.coders[variable] {
                let (day_first, month_first) = coder.pair(code);
                if day_first == invalid || month_first == invalid {
                    account.perhaps_invalid.entry((variable, code)).or_default().note(position);
                }
            }
        }
    }

    /// Adds the row to its stratum of every counted grouping.
    #[inline]
    fn add(&mut self, wave: Code, weight: u64) {
        for (index, (strata, grouping)) in self.strata.iter_mut().zip(&self.layout.counted).enumerate() {
            let segments = grouping.iter().map(|&variable| self.batch.code(self.layout.coded_as[variable]));
            let stratum = strata.find(wave, segments);
            self.batch.put_start(index, strata.start(stratum));
            if self.layout.growing + self.layout.numbers > 0 {
                add_others(strata, stratum, self.layout, &self.answers, weight);
            }
        }
        if self.batch.add_row(weight) {
            self.batch.flush(self.layout, &mut self.strata);
        }
    }

    /// Ends a block: counts what waits, forgets what only the filter needed, refuses more values or counters than are allowed.
    fn end_block(&mut self) -> Result<(), CountError> {
        self.batch.flush(self.layout, &mut self.strata);
        if let Some(filter) = &mut self.filter {
            filter.forget(&mut self.coders, &self.layout.filter_only);
        }
        if self.waves.overflow() {
            return Err(CountError::too_many_waves(self.plan, MAX_WAVES));
        }
        for (variable, coder) in self.coders.iter().enumerate() {
            let is_segment = self.layout.counted.iter().any(|grouping| grouping.contains(&variable));
            // Values that the filter leaves out do not count; what is left is looked at after the pass.
            if is_segment && coder.names().len() > MAX_SEGMENT_VALUES && self.filter.is_none() {
                return Err(CountError::too_many_values(self.plan, variable, MAX_SEGMENT_VALUES));
            }
            if coder.overflow() {
                return Err(CountError::too_many_values(self.plan, variable, MAX_CATEGORIES));
            }
        }
        let categories = |variable: usize| self.coders[variable].names().len();
        check_strata(self.plan, self.layout, &self.strata, categories)
    }
}

#[inline]
fn date_of(
    dates: &mut Dates,
    date: usize,
    bound: &BoundInput,
    record: &Record<'_>,
    position: Position,
) -> Option<DateReadings> {
    let slot = bound.dates[date];
    let position = Position { column: slot.map_or(0, |slot| slot.column), ..position };
    dates.readings(date, slot.map(|slot| record.field(slot.slot)), position).ok()
}

/// Adds a row to the counters outside the fixed run.
fn add_others<C: Cell>(
    strata: &mut Strata<C>,
    stratum: usize,
    layout: &Layout,
    answers: &Answers,
    weight: u64,
) {
    for place in &layout.places {
        match *place {
            Place::Single { .. } | Place::Pair { .. } => {}
            Place::Growing { row, variable } => strata.grow(stratum, row, answers.codes[variable], weight),
            Place::Multiple { row, variable, .. } => {
                let code = answers.codes[variable];
                if usize::from(code) < REASONS {
                    strata.grow(stratum, row, code, weight);
                } else {
                    for &option in &answers.chosen[variable] {
                        strata.grow(stratum, row, option, weight);
                    }
                }
            }
            Place::Number { slot, variable } => {
                let number = strata.number(stratum, slot);
                match answers.numbers[variable] {
                    Some(value) => number.answer(value.nano(), weight),
                    None => number.miss(answers.codes[variable], weight),
                }
            }
        }
    }
}
