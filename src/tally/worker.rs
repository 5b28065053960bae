//! One worker: scans the records of a block, codes them, decides whether they count, and counts them.

use super::account::{Account, Exclusion};
use super::batch::Batch;
use super::calendar::{CalendarCoder, DateFindings, Dates, WaveCoder, WaveNames};
use super::cell::Cell;
use super::coders::CellCoder;
use super::error::CountError;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::places::Places;
use super::plan::Plan;
use super::row_filter::{Kept, RowFilter};
use super::rows::{Keeping, KeptChunks, RowKeeper};
use super::size::{MAX_SEGMENT_VALUES, MAX_WAVES, check_strata};
use super::strata::Strata;
use crate::source::{
    BATCH_RECORDS, Block, CategoryCoder, MAX_CATEGORIES, Record, RecordScanner, WeightCoder, WeightFault,
};
use crate::survey::{Missing, WaveRule};

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
    /// What is kept of the rows; empty where nothing is wanted.
    pub(super) kept: KeptChunks,
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
        keeping: Option<&'a Keeping<'a>>,
    ) -> Result<Self, CountError> {
        let mut rows = Rows::new(plan, layout)?;
        rows.keeper = keeping.map(|keeping| RowKeeper::new(keeping, plan, layout)).transpose()?;
        Ok(Self { inputs, scanner: None, rows })
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
        }
        if let Some((_, scanner)) = &mut self.scanner {
            let rows = &mut self.rows;
            let mut found = 0;
            scanner.scan(&block.bytes, |records| {
                let mut all = records.all();
                if has_header && found == 0 {
                    all = &all[1.min(all.len())..];
                }
                found += records.all().len() as u64;
                rows.count(bound, &Places { input, block, brought: bound.brought, records }, all);
            });
            rows.account.blocks.insert((input, block.index), found);
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
            kept: rows.keeper.map(RowKeeper::finish).unwrap_or_default(),
        }
    }
}

/// The counting of rows, apart from the scanning of blocks.
struct Rows<'a, C> {
    plan: &'a Plan,
    layout: &'a Layout,
    coders: Vec<CellCoder>,
    dates: Dates,
    waves: WaveCoder,
    filter: Option<RowFilter<'a>>,
    filter_needs_order: bool,
    weights: WeightCoder,
    strata: Vec<Strata<C>>,
    account: Account,
    batch: Batch,
    /// Why rows of the batch are left out.
    verdicts: [Option<Exclusion>; BATCH_RECORDS],
    /// Room for a value.
    copy: Vec<u8>,
    keeper: Option<RowKeeper<'a>>,
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
            dates: Dates::new(&layout.dates, &plan.missing)?,
            waves,
            filter: RowFilter::new(plan, layout),
            filter_needs_order: false,
            weights: WeightCoder::new(),
            strata: layout.counted.iter().map(|grouping| Strata::new(layout, grouping.len())).collect(),
            account: Account::default(),
            batch: Batch::new(plan.variables.len()),
            verdicts: [None; BATCH_RECORDS],
            copy: Vec::new(),
            keeper: None,
        })
    }

    /// Makes ready for the records of an input.
    fn begin(&mut self, bound: &BoundInput) {
        self.batch.clear();
        for coder in &mut self.coders {
            coder.begin(bound.delimiter);
        }
    }

    /// Counts records, or leaves each out for the first reason that applies.
    fn count(&mut self, bound: &BoundInput, places: &Places<'_>, records: &[Record]) {
        self.batch.begin(records);
        self.dates.begin(records.len());
        self.leave_out_short(bound, places);
        if self.filter.is_some() {
            self.filter(bound, places);
        }
        if C::WEIGHTED {
            self.weigh(bound, places);
        }
        self.find_waves(bound, places);
        for &variable in &self.layout.unfiltered {
            self.code(variable, bound, places);
        }
        self.note_cells(bound, places);
        self.note_rows(bound, places);
        for (strata, grouping) in self.strata.iter_mut().zip(&self.layout.counted) {
            self.batch.count(self.layout, grouping, strata);
        }
        if let Some(keeper) = &mut self.keeper {
            keeper.keep(&self.batch, places, C::WEIGHTED);
        }
    }

    fn leave_out_short(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let is_short = |record: &Record| record.fields() < bound.fields_needed;
        if self.batch.records.iter().any(is_short) {
            for (verdict, record) in self.verdicts.iter_mut().zip(&self.batch.records) {
                *verdict = is_short(record).then_some(Exclusion::ShortRow);
            }
            self.leave_out(None, places);
        }
    }

    fn filter(&mut self, bound: &BoundInput, places: &Places<'_>) {
        for &variable in &self.layout.filtered {
            self.code(variable, bound, places);
        }
        let Some(filter) = &mut self.filter else { return };
        for (row, verdict) in self.verdicts.iter_mut().enumerate().take(self.batch.rows()) {
            let kept = filter.keeps(&self.batch, row, &self.coders);
            self.filter_needs_order |= kept == Kept::OrderDecides;
            *verdict = (kept != Kept::Yes).then_some(Exclusion::Filtered);
        }
        self.leave_out(None, places);
    }

    fn weigh(&mut self, bound: &BoundInput, places: &Places<'_>) {
        for (row, &record) in self.batch.records.iter().enumerate() {
            let cell = bound.weight.map_or(&[][..], |at| places.records.field(record, at, &mut self.copy));
            self.verdicts[row] = match self.weights.weight(cell) {
                Ok(weight) => {
                    self.batch.weights[row] = weight.nano;
                    self.batch.rounded[row] = weight.rounded;
                    None
                }
                Err(WeightFault::Zero) => Some(Exclusion::ZeroWeight),
                Err(WeightFault::Invalid) => Some(Exclusion::InvalidWeight),
            };
        }
        self.leave_out(bound.weight, places);
    }

    fn find_waves(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let mut position = bound.wave;
        let rows = self.batch.records.iter().zip(&mut self.batch.waves).zip(&mut self.verdicts);
        match &mut self.waves {
            WaveCoder::None => return,
            WaveCoder::Column(coder) => {
                for ((&record, wave), verdict) in rows {
                    let cell = position.map(|at| places.records.field(record, at, &mut self.copy));
                    let found = WaveCoder::of_value(coder, cell);
                    *verdict = if found.is_none() { Some(Exclusion::NoDate) } else { None };
                    *wave = found.unwrap_or_default();
                }
            }
            WaveCoder::Calendar(coder) => {
                position = self.layout.wave_date.and_then(|date| bound.dates[date]);
                for (row, ((&record, wave), verdict)) in rows.enumerate() {
                    let readings = self
                        .layout
                        .wave_date
                        .and_then(|date| self.dates.readings(date, row, record, position, places).ok());
                    let found = readings.and_then(|readings| coder.code(readings));
                    *verdict = if found.is_none() { Some(Exclusion::NoDate) } else { None };
                    *wave = found.unwrap_or_default();
                }
            }
        }
        self.leave_out(position, places);
    }

    /// Leaves out the rows that have a verdict, which a field (or the whole row) has brought about.
    fn leave_out(&mut self, field: Option<usize>, places: &Places<'_>) {
        let verdicts = &self.verdicts[..self.batch.rows()];
        if verdicts.iter().all(Option::is_none) {
            return;
        }
        for (verdict, &record) in verdicts.iter().zip(&self.batch.records) {
            if let Some(reason) = *verdict {
                self.account.exclude(reason, || places.of(record, field));
            }
        }
        let is_kept = |row: usize| verdicts[row].is_none();
        self.dates.keep(is_kept);
        self.batch.keep(is_kept, &self.layout.filtered);
    }

    /// Codes a variable of all rows; where the input lacks the column it stays not asked.
    fn code(&mut self, variable: usize, bound: &BoundInput, places: &Places<'_>) {
        let Some(position) = bound.variables[variable] else { return };
        let (dates, age_date) = (&mut self.dates, self.layout.age_dates[variable]);
        let date = |row, record| {
            let date = age_date?;
            dates.readings(date, row, record, bound.dates[date], places).ok()
        };
        let (batch, copy) = (&mut self.batch, &mut self.copy);
        self.coders[variable].code_column(variable, position, places.records, batch, copy, date);
    }

    /// Puts invalid cells of used rows into the account.
    fn note_cells(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let invalid = Missing::Invalid.code();
        for (variable, &coded_as) in self.layout.coded_as.iter().enumerate() {
            let ages = match &self.coders[variable] {
                CellCoder::Age(coder) => Some(coder),
                _ if self.batch.has(coded_as, invalid) => None,
                _ => continue,
            };
            let rows = self.batch.records.iter().zip(&self.batch.codes[coded_as]).zip(&self.batch.waves);
            for ((&record, &code), &wave) in rows {
                let position = || places.of(record, bound.variables[variable]);
                if code == invalid {
                    self.account.wave(usize::from(wave)).invalid(variable, position);
                } else if let Some((day_first, month_first)) = ages.map(|coder| coder.pair(code))
                    && (day_first == invalid || month_first == invalid)
                {
                    let account = self.account.wave(usize::from(wave));
                    account.perhaps_invalid.entry((variable, code)).or_default().note(position);
                }
            }
        }
    }

    /// Puts the used rows into the account.
    fn note_rows(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let batch = &self.batch;
        if matches!(self.waves, WaveCoder::None) {
            let position = |row: usize| places.of(batch.records[row], None);
            self.account.wave(0).used.note_all(batch.rows(), position);
        } else {
            for (&record, &wave) in batch.records.iter().zip(&batch.waves) {
                self.account.wave(usize::from(wave)).used.note(|| places.of(record, None));
            }
        }
        let is_ragged = |record: &Record| record.fields() != bound.header_len;
        if batch.records.iter().any(is_ragged) {
            for (&record, &wave) in
                batch.records.iter().zip(&batch.waves).filter(|(record, _)| is_ragged(record))
            {
                self.account.wave(usize::from(wave)).ragged.note(|| places.of(record, None));
            }
        }
        if C::WEIGHTED {
            for (row, (&record, &wave)) in batch.records.iter().zip(&batch.waves).enumerate() {
                let account = self.account.wave(usize::from(wave));
                account.weigh(batch.weights[row]);
                if batch.rounded[row] {
                    account.rounded.note(|| places.of(record, bound.weight));
                }
            }
        }
    }

    /// Ends a block: forgets what only the filter needed, refuses more values or counters than are allowed.
    fn end_block(&mut self) -> Result<(), CountError> {
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
