//! The rows of a worker: coded, ruled in or out, counted.

use super::account::{Account, Verdict};
use super::base::Bases;
use super::batch::Batch;
use super::calendar::{CalendarCoder, Dates, WaveCoder};
use super::cell::Cell;
use super::coders::CellCoder;
use super::design::DesignCoder;
use super::error::CountError;
use super::headers::Headers;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::open_answers::{OpenAnswers, answered};
use super::places::Places;
use super::plan::Plan;
use super::repeated::{IdTable, id_of};
use super::row_rules::{RowRules, Ruling, row_place};
use super::rows::RowKeeper;
use super::sets::SetCodes;
use super::size::{MAX_SEGMENT_VALUES, MAX_WAVES, check_strata};
use super::strata::Strata;
use super::weight_codes::WeightCodes;
use super::worker::Findings;
use crate::source::{BATCH_RECORDS, CategoryCoder, MAX_CATEGORIES, Record, WeightCoder, WeightFault};
use crate::survey::{Missing, WaveRule};

/// The counting of rows, apart from the scanning of blocks.
pub(super) struct RowCounter<'a, C> {
    plan: &'a Plan,
    layout: &'a Layout,
    coders: Vec<CellCoder>,
    dates: Dates,
    waves: WaveCoder,
    rules: Option<RowRules<'a>>,
    bases: Option<Bases<'a>>,
    filter_needs_order: bool,
    /// The ids met, in a pass for them: nothing is counted then.
    pub(super) ids: Option<IdTable>,
    /// The records of the batch that compared exclusions leave out.
    pub(super) compared: Vec<Record>,
    /// The records of the batch that a condition does not keep, though they belong to the design.
    pub(super) unkept: Vec<Record>,
    weights: WeightCoder,
    /// Where the order of day and month decides who gave a raking answer.
    open_answers: Option<OpenAnswers>,
    sets: Vec<SetCodes>,
    design: Option<DesignCoder>,
    /// Where cells of the design are split by weight.
    by_weight: Option<WeightCodes>,
    strata: Vec<Strata<C>>,
    pub(super) account: Account,
    batch: Batch,
    /// Why rows of the batch are left out.
    verdicts: [Option<Verdict>; BATCH_RECORDS],
    headers: Headers,
    /// By variable, where it stands in the input.
    fields: Vec<Option<usize>>,
    /// Room for a value.
    copy: Vec<u8>,
    /// Whether cases are kept before they are left out.
    pub(super) keeps_cases: bool,
    /// Keeps what is wanted of every row that is counted.
    pub(super) keeper: Option<RowKeeper<'a>>,
}

impl<'a, C: Cell> RowCounter<'a, C> {
    pub(super) fn new(
        plan: &'a Plan,
        layout: &'a Layout,
        rules: Option<RowRules<'a>>,
    ) -> Result<Self, CountError> {
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
            rules,
            bases: Bases::new(plan, layout),
            filter_needs_order: false,
            ids: None,
            compared: Vec::new(),
            unkept: Vec::new(),
            weights: WeightCoder::new(),
            open_answers: Some(layout.open_answers())
                .filter(|variables| !variables.is_empty())
                .map(OpenAnswers::new),
            sets: vec![SetCodes::default(); layout.sets.len()],
            design: (!layout.design.is_empty()).then(|| {
                DesignCoder::new(layout.design.len() + usize::from(plan.design.splits_weights(plan)))
            }),
            by_weight: plan.design.splits_weights(plan).then(WeightCodes::default),
            strata: layout.counted.iter().map(|grouping| Strata::new(layout, grouping.len())).collect(),
            account: Account::default(),
            batch: Batch::new(plan.variables.len(), layout.sets.len()),
            verdicts: [None; BATCH_RECORDS],
            headers: Headers::default(),
            fields: Vec::new(),
            copy: Vec::new(),
            keeps_cases: false,
            keeper: None,
        })
    }

    /// Makes ready for the records of an input.
    pub(super) fn begin(&mut self, bound: &BoundInput) {
        self.batch.clear();
        self.fields.clone_from(&bound.variables);
        for (coder, &style) in self.coders.iter_mut().zip(&bound.styles) {
            coder.begin(bound.delimiter, style);
        }
        self.weights.begin(bound.weight_style);
        self.headers = Headers::of(bound, self.layout, &mut self.coders);
    }

    /// Counts records, or leaves each out for the first reason that applies.
    pub(super) fn count(&mut self, bound: &BoundInput, places: &Places<'_>, records: &[Record]) {
        self.batch.begin(records);
        self.dates.begin(records.len());
        self.leave_out_short(bound, places);
        for &variable in &self.layout.filtered {
            self.code(variable, bound, places);
        }
        if self.rules.is_some() {
            self.apply_rules(bound, places);
        }
        if self.ids.is_some() {
            self.note_ids(bound, places);
            return;
        }
        if C::WEIGHTED {
            self.weigh(bound, places);
        }
        self.find_waves(bound, places);
        self.code_all(bound, places);
        self.apply_bases(bound, places);
        if let Some(keeper) = &mut self.keeper {
            keeper.keep(&self.batch, places, C::WEIGHTED, &mut self.account.not_utf8);
        }
        self.leave_out_cases(places);
        self.note_cells(bound, places);
        self.note_rows(bound, places);
        self.batch.code_sets(self.layout, &mut self.sets);
        if let Some(design) = &mut self.design {
            self.batch.code_cells::<C>(self.layout, design, self.by_weight.as_mut());
        }
        for (strata, grouping) in self.strata.iter_mut().zip(&self.layout.counted) {
            self.batch.count(self.layout, grouping, strata);
        }
    }

    /// Codes what conditions have not looked at, without records that are the header once more: they are looked for where
    /// a cell is invalid that is so in all of them, and are gone before their names are taken for answers.
    fn code_all(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let (layout, headers) = (self.layout, &self.headers);
        let first = headers.told_by.filter(|variable| !layout.filtered.contains(variable));
        if let Some(variable) = first {
            self.code(variable, bound, places);
        }
        let is_met = match self.headers.told_by {
            Some(variable) => self.batch.has(variable, Missing::Invalid.code()),
            None => !self.headers.records.is_empty(),
        };
        if is_met {
            self.leave_out_headers(places, first);
        }
        let mut coded: Vec<usize> = layout.filtered.iter().copied().chain(first).collect();
        for &(variable, _) in &layout.required {
            let column = layout.coded_as[variable];
            if !coded.contains(&column) {
                self.code(column, bound, places);
                coded.push(column);
            }
        }
        if !layout.required.is_empty() {
            self.leave_out_unplaced(places, &coded);
        }
        for &variable in layout.unfiltered.iter().filter(|variable| !coded.contains(variable)) {
            self.code(variable, bound, places);
        }
    }

    /// Leaves out the rows that lack what the design needs, cases aside; where the order of day and month decides that of
    /// a row, it gets a wave code of its own.
    fn leave_out_unplaced(&mut self, places: &Places<'_>, coded: &[usize]) {
        let (layout, batch) = (self.layout, &self.batch);
        self.verdicts[..batch.rows()].fill(None);
        for &(variable, reason) in &layout.required {
            let (column, coder) = (layout.coded_as[variable], &self.coders[variable]);
            let is_age = matches!(coder, CellCoder::Age(_));
            if !is_age && !batch.lacks(column) {
                continue;
            }
            let rows = self.verdicts.iter_mut().zip(&batch.cases).zip(&batch.codes[column]);
            for ((verdict, case), &code) in rows.take(batch.rows()) {
                if verdict.is_none() && case.is_none() && answered(coder, code) == (false, false) {
                    *verdict = Some(reason);
                }
            }
        }
        self.leave_out_coded(None, places, coded);
        if let Some(open) = &mut self.open_answers {
            open.split(&mut self.batch, &self.coders);
        }
    }

    /// Leaves out the records that are the header once more; besides the variables of conditions, one may be coded.
    fn leave_out_headers(&mut self, places: &Places<'_>, coded: Option<usize>) {
        for (verdict, &record) in self.verdicts.iter_mut().zip(&self.batch.records) {
            *verdict = self.headers.is(record, places).then_some(Verdict::RepeatedHeader);
        }
        let coded: Vec<usize> = self.layout.filtered.iter().copied().chain(coded).collect();
        self.leave_out_coded(None, places, &coded);
    }

    /// Leaves out the cases that were still in to be kept.
    fn leave_out_cases(&mut self, places: &Places<'_>) {
        if !self.keeps_cases {
            return;
        }
        for (verdict, case) in self.verdicts.iter_mut().zip(&self.batch.cases) {
            *verdict = case.map(Verdict::Excluded);
        }
        let coded: Vec<usize> = (0..self.plan.variables.len()).collect();
        self.leave_out_coded(None, places, &coded);
        self.batch.cases.fill(None);
    }

    fn leave_out_short(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let is_short = |record: &Record| record.fields() < bound.fields_needed;
        if self.batch.records.iter().any(is_short) {
            for (verdict, record) in self.verdicts.iter_mut().zip(&self.batch.records) {
                *verdict = is_short(record).then_some(Verdict::ShortRow);
            }
            self.leave_out(None, places);
        }
    }

    fn apply_rules(&mut self, bound: &BoundInput, places: &Places<'_>) {
        self.compared.clear();
        self.unkept.clear();
        let has_design = !self.layout.design.is_empty();
        let Some(rules) = &mut self.rules else { return };
        for (row, verdict) in self.verdicts.iter_mut().enumerate().take(self.batch.rows()) {
            let ruling = rules.ruling(row, &self.batch, &self.coders, bound, places);
            self.filter_needs_order |= matches!(ruling, Ruling::OrderDecides(_));
            *verdict = match ruling {
                Ruling::Stays => None,
                Ruling::Goes(rule) | Ruling::OrderDecides(rule) => {
                    if self.plan.exclusions[rule].is_compared {
                        self.compared.push(self.batch.records[row]);
                    }
                    if has_design && self.plan.exclusions[rule].is_domain() {
                        self.unkept.push(self.batch.records[row]);
                    }
                    Some(rule)
                }
            }
            .map(Verdict::Excluded);
            if self.keeps_cases {
                let is_case = |rule: &usize| {
                    self.plan.exclusions[*rule].leaves_cases()
                        && rules.is_looked_at(*rule, row, &self.batch, &self.coders, bound, places)
                };
                let case = match ruling {
                    Ruling::Goes(rule) => Some(rule).filter(is_case),
                    Ruling::Stays | Ruling::OrderDecides(_) => None,
                };
                self.batch.cases[row] = case;
                *verdict = verdict.filter(|_| case.is_none());
            }
        }
        self.leave_out(None, places);
    }

    /// Makes blanks not asked where the question was not put, and notes answers that were given all the same.
    fn apply_bases(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let Some(bases) = &mut self.bases else { return };
        let is_there = |variable: usize| bound.variables[variable].is_some();
        for row in 0..self.batch.rows() {
            let found = bases.apply(row, &mut self.batch, &self.coders, is_there);
            self.filter_needs_order |= found.needs_order;
            if let Some(variable) = found.outside.filter(|_| self.batch.cases[row].is_none()) {
                let (record, wave) = (self.batch.records[row], usize::from(self.batch.waves[row]));
                let position = bound.variables[variable];
                self.account.wave(wave).outside_base.note(|| places.of(record, position));
            }
        }
    }

    /// Notes the ids of the rows that are still in.
    fn note_ids(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let position = self.layout.repeated.and_then(|rule| bound.excluding.get(rule).copied().flatten());
        let (Some(ids), Some(position)) = (&mut self.ids, position) else { return };
        for &record in &self.batch.records {
            let cell = places.records.field(record, position, &mut self.copy);
            if let Some(id) = id_of(cell, &self.plan.missing) {
                ids.note(id, row_place(record, places));
            }
        }
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
                Err(WeightFault::Zero) => Some(Verdict::ZeroWeight),
                Err(WeightFault::Invalid) => Some(Verdict::InvalidWeight),
            };
        }
        self.leave_out(bound.weight, places);
    }

    fn find_waves(&mut self, bound: &BoundInput, places: &Places<'_>) {
        let mut position = bound.wave;
        let rows = self.batch.records.iter().zip(&mut self.batch.waves).zip(&mut self.verdicts);
        match &mut self.waves {
            WaveCoder::None => {
                // Raking answers may have split the codes of the batch before.
                self.batch.waves.fill(0);
                return;
            }
            WaveCoder::Column(coder) => {
                for ((&record, wave), verdict) in rows {
                    let cell = position.map(|at| places.records.field(record, at, &mut self.copy));
                    let found = WaveCoder::of_value(coder, cell);
                    *verdict = if found.is_none() { Some(Verdict::NoDate) } else { None };
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
                    *verdict = if found.is_none() { Some(Verdict::NoDate) } else { None };
                    *wave = found.unwrap_or_default();
                }
            }
        }
        self.leave_out(position, places);
    }

    /// Leaves out the rows that have a verdict, which a field (or the whole row) has brought about.
    fn leave_out(&mut self, field: Option<usize>, places: &Places<'_>) {
        self.leave_out_coded(field, places, &self.layout.filtered);
    }

    /// The same where these variables are coded already.
    fn leave_out_coded(&mut self, field: Option<usize>, places: &Places<'_>, coded: &[usize]) {
        let verdicts = &self.verdicts[..self.batch.rows()];
        if verdicts.iter().all(Option::is_none) {
            return;
        }
        self.note_unread(field, places, coded);
        let verdicts = &self.verdicts[..self.batch.rows()];
        for ((verdict, &record), case) in verdicts.iter().zip(&self.batch.records).zip(&self.batch.cases) {
            if let Some(reason) = *verdict {
                let is_header = self.headers.is(record, places);
                let reason = case.map_or(reason, Verdict::Excluded);
                let reason = if is_header { Verdict::RepeatedHeader } else { reason };
                let field = reason.variable().map_or(field, |variable| self.fields[variable]);
                let field = field.filter(|_| case.is_none() && !is_header);
                self.account.exclude(reason, || places.of(record, field));
            }
        }
        let is_kept = |row: usize| verdicts[row].is_none();
        self.dates.keep(is_kept);
        self.batch.keep(is_kept, coded);
    }

    /// Takes note of cells of rows that are left out: those that it is for, and those that a condition looked at.
    fn note_unread(&mut self, field: Option<usize>, places: &Places<'_>, coded: &[usize]) {
        let invalid = Missing::Invalid.code();
        let into = &mut self.account.not_utf8;
        for (row, &record) in self.batch.records.iter().enumerate() {
            if self.verdicts[row].is_none() {
                continue;
            }
            if let Some(field) = field {
                places.note_unread(record, field, into);
            }
            let is_odd = |variable: &&usize| {
                self.batch.codes[**variable][row] == invalid && !self.layout.noted.contains(variable)
            };
            for &variable in coded.iter().filter(is_odd) {
                if let Some(field) = self.fields[variable].filter(|own| Some(*own) != field) {
                    places.note_unread(record, field, into);
                }
            }
        }
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
            // A column that another variable has, too, is looked at once.
            let field = bound.variables[variable];
            let unread = field.filter(|_| {
                !bound.variables[..variable].contains(&field) && !self.layout.noted.contains(&variable)
            });
            let rows = self.batch.records.iter().zip(&self.batch.codes[coded_as]).zip(&self.batch.waves);
            for ((&record, &code), &wave) in rows {
                let position = || places.of(record, bound.variables[variable]);
                if code == invalid {
                    if let Some(field) = unread {
                        places.note_unread(record, field, &mut self.account.not_utf8);
                    }
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
        if matches!(self.waves, WaveCoder::None) && self.open_answers.is_none() {
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
                let account = self.account.wave(usize::from(wave));
                let odd = if places.is_filled_from(record, bound.header_len) {
                    &mut account.overlong
                } else {
                    &mut account.ragged
                };
                odd.note(|| places.of(record, None));
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

    /// Ends a block: forgets what only conditions needed, refuses more values or counters than are allowed.
    pub(super) fn end_block(&mut self) -> Result<(), CountError> {
        let rules_forgot = self.rules.as_mut().is_some_and(|rules| rules.forget(&mut self.coders));
        let bases_forgot = self.bases.as_mut().is_some_and(|bases| bases.forget(&mut self.coders));
        if let Some(bases) = self.bases.as_mut().filter(|_| rules_forgot) {
            bases.bind_afresh();
        }
        if let Some(rules) = self.rules.as_mut().filter(|_| bases_forgot) {
            rules.bind_afresh();
        }
        let split_too_often = self.open_answers.as_ref().is_some_and(OpenAnswers::overflow);
        if self.waves.overflow() || split_too_often {
            return Err(CountError::too_many_waves(self.plan, MAX_WAVES));
        }
        for (variable, coder) in self.coders.iter().enumerate() {
            let is_segment = self.layout.is_segment[variable];
            // Values of rows that are left out do not count; what is left is looked at after the pass.
            if is_segment && coder.names().len() > MAX_SEGMENT_VALUES && self.rules.is_none() {
                return Err(CountError::too_many_values(self.plan, variable, MAX_SEGMENT_VALUES));
            }
            if coder.overflow() {
                return Err(CountError::too_many_values(self.plan, variable, MAX_CATEGORIES));
            }
        }
        for (&variable, sets) in self.layout.sets.iter().zip(&self.sets) {
            let too_many = sets.sets().len() > MAX_SEGMENT_VALUES && self.rules.is_none();
            if too_many || sets.overflow() {
                return Err(CountError::too_many_values(self.plan, variable, MAX_SEGMENT_VALUES));
            }
        }
        if self.by_weight.as_ref().is_some_and(WeightCodes::overflow) {
            return Err(CountError::too_many_weights(self.plan));
        }
        let categories = |variable: usize| self.coders[variable].names().len();
        check_strata(self.plan, self.layout, &self.strata, categories)
    }

    pub(super) fn finish(self) -> Findings<C> {
        Findings {
            is_kept: true,
            strata: self.strata,
            account: self.account,
            coders: self.coders,
            waves: self.waves.into_names(),
            open_waves: self.open_answers.map(OpenAnswers::finish).unwrap_or_default(),
            sets: self.sets,
            cells: self.design.map(DesignCoder::finish),
            dates: self.dates.findings,
            filter_needs_order: self.filter_needs_order,
            contrary_weight: self.weights.was_contrary(),
            kept: self.keeper.map(RowKeeper::finish).unwrap_or_default(),
        }
    }
}
