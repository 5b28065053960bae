//! A worker's part of the column store: puts the rows that are counted into the chunk of their block.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;

use super::Wanted;
use super::cells::{BlankCells, CellsHash};
use super::chunk::{Chunk, ChunkColumn, KeptChunks, packed_day};
use crate::source::{Binding, DateCoder, NotUtf8, OrderEvidence, Position, Record, Source};
use crate::survey::{Code, Missing, REASONS, answer};
use crate::tally::batch::Batch;
use crate::tally::coders::{ANSWERED, CellCoder};
use crate::tally::error::CountError;
use crate::tally::layout::Layout;
use crate::tally::places::Places;
use crate::tally::plan::Plan;

/// What the workers of a pass are to keep, and what they have kept together.
#[derive(Debug)]
pub(in crate::tally) struct Keeping<'a> {
    pub(super) wanted: &'a Wanted,
    inputs: Vec<WantedFields>,
    bytes: AtomicU64,
}

/// Where the wanted columns stand in one input.
#[derive(Clone, Debug)]
struct WantedFields {
    extra: Vec<Option<usize>>,
    presence: Vec<Option<usize>>,
    dates: Vec<Option<usize>>,
    texts: Vec<Option<usize>>,
    hashes: Vec<Vec<Option<usize>>>,
}

impl<'a> Keeping<'a> {
    /// Binds what is wanted to every input; a column that an input lacks was not asked there.
    ///
    /// # Errors
    /// A wanted column stands twice in a header.
    pub(in crate::tally) fn new(wanted: &'a Wanted, sources: &[Source]) -> Result<Self, CountError> {
        let bind = |source: &Source| {
            let mut binding = Binding::new(&source.header);
            let mut find = |names: &Vec<String>| {
                binding.find(names).map_err(|duplicate| CountError::DuplicateColumn {
                    input: source.name.clone(),
                    column: duplicate.column,
                    positions: duplicate
                        .positions
                        .iter()
                        .map(|at| at.saturating_sub(source.brought))
                        .collect(),
                })
            };
            Ok(WantedFields {
                extra: wanted
                    .extra
                    .iter()
                    .map(|variable| find(&variable.columns))
                    .collect::<Result<_, _>>()?,
                presence: wanted.presence.iter().map(&mut find).collect::<Result<_, _>>()?,
                dates: wanted
                    .dates
                    .iter()
                    .map(|date| find(&vec![date.column.clone()]))
                    .collect::<Result<_, _>>()?,
                texts: wanted.texts.iter().map(&mut find).collect::<Result<_, _>>()?,
                hashes: wanted
                    .hashes
                    .iter()
                    .map(|columns| columns.iter().map(&mut find).collect::<Result<_, _>>())
                    .collect::<Result<_, _>>()?,
            })
        };
        Ok(Self { wanted, inputs: sources.iter().map(bind).collect::<Result<_, _>>()?, bytes: 0.into() })
    }

    /// Whether cases that are left out are kept, too.
    pub(in crate::tally) fn keeps_cases(&self) -> bool {
        self.wanted.cases
    }

    /// Whether the rows take more than they may.
    pub(super) fn is_too_large(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) > self.wanted.most_bytes
    }
}

/// Keeps the rows of one worker.
pub(in crate::tally) struct RowKeeper<'a> {
    keeping: &'a Keeping<'a>,
    plan: &'a Plan,
    layout: &'a Layout,
    blank: BlankCells,
    dates: Vec<DateCoder>,
    coders: Vec<CellCoder>,
    sets: Vec<HashMap<Vec<Code>, u32>>,
    hash: CellsHash,
    kept: KeptChunks,
    /// The chunk that rows go to, by input and block.
    current: Option<((usize, u64), Chunk)>,
    copy: Vec<u8>,
}

impl<'a> RowKeeper<'a> {
    /// A keeper that has kept nothing.
    ///
    /// # Errors
    /// A date format that cannot give a date.
    pub(in crate::tally) fn new(
        keeping: &'a Keeping<'a>,
        plan: &'a Plan,
        layout: &'a Layout,
    ) -> Result<Self, CountError> {
        let wanted = keeping.wanted;
        let coder = |date: &crate::survey::DateColumn| {
            DateCoder::new(date.format.as_deref(), &plan.missing)
                .map_err(|fault| CountError::InvalidDateFormat { column: date.column.clone(), reason: fault })
        };
        Ok(Self {
            keeping,
            plan,
            layout,
            blank: BlankCells::new(&plan.missing),
            dates: wanted.dates.iter().map(coder).collect::<Result<_, _>>()?,
            coders: wanted.extra.iter().map(|extra| CellCoder::of(&extra.coding, &plan.missing)).collect(),
            sets: vec![HashMap::new(); wanted.variables.len() + wanted.extra.len()],
            hash: CellsHash::default(),
            kept: KeptChunks {
                sets: vec![Vec::new(); wanted.variables.len() + wanted.extra.len()],
                orders: vec![OrderEvidence::default(); wanted.dates.len()],
                ..KeptChunks::default()
            },
            current: None,
            copy: Vec::new(),
        })
    }

    /// Keeps the rows of a batch.
    pub(in crate::tally) fn keep(
        &mut self,
        batch: &Batch,
        places: &Places<'_>,
        weighted: bool,
        not_utf8: &mut BTreeMap<usize, NotUtf8>,
    ) {
        if batch.rows() == 0 {
            return;
        }
        let keeping = self.keeping;
        let Some(fields) = keeping.inputs.get(places.input) else { return };
        if keeping.is_too_large() {
            self.current = None;
            self.kept.chunks.clear();
            return;
        }
        let key = (places.input, places.block.index);
        if self.current.as_ref().is_none_or(|(current, _)| *current != key) {
            self.put_away();
            self.current = Some((key, self.empty_chunk()));
        }
        let Some((_, mut chunk)) = self.current.take() else { return };
        let mut bytes = batch.rows() * 8;
        push_places(&mut chunk, &batch.records, places);
        if self.plan.wave.is_some() || !self.layout.open_answers().is_empty() {
            bytes += batch.rows() * 2;
            chunk.waves.extend_from_slice(&batch.waves[..batch.rows()]);
        }
        if keeping.keeps_cases() {
            bytes += batch.rows() * size_of::<Option<usize>>();
            chunk.left_out.extend_from_slice(&batch.cases[..batch.rows()]);
        }
        if weighted {
            bytes += batch.rows() * 8;
            chunk.weights.extend_from_slice(&batch.weights[..batch.rows()]);
        }
        bytes += self.keep_codes(&mut chunk, batch);
        bytes += self.keep_extra(&mut chunk, batch, places, fields, not_utf8);
        bytes += self.keep_cells(&mut chunk, batch, places, fields, not_utf8);
        self.current = Some((key, chunk));
        keeping.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// Hands over what was kept.
    pub(in crate::tally) fn finish(mut self) -> KeptChunks {
        self.put_away();
        for (sets, kept) in self.sets.into_iter().zip(&mut self.kept.sets) {
            let mut numbered: Vec<(u32, Vec<Code>)> =
                sets.into_iter().map(|(set, number)| (number, set)).collect();
            numbered.sort_unstable();
            *kept = numbered.into_iter().map(|(_, set)| set).collect();
        }
        self.kept.coders = self.coders;
        self.kept
    }

    fn put_away(&mut self) {
        if let Some((key, chunk)) = self.current.take() {
            self.kept.chunks.insert(key, chunk);
        }
    }

    fn empty_chunk(&self) -> Chunk {
        let wanted = self.keeping.wanted;
        let counted = wanted.variables.iter().map(|&variable| &self.plan.variables[variable]);
        let coded = counted.chain(&wanted.extra).map(|variable| ChunkColumn::of(&variable.coding));
        let presence = wanted.presence.iter().map(|_| ChunkColumn::Narrow(Vec::new()));
        Chunk {
            columns: coded.chain(presence).collect(),
            dates: vec![Vec::new(); wanted.dates.len()],
            texts: vec![super::chunk::Texts::default(); wanted.texts.len()],
            hashes: vec![Vec::new(); wanted.hashes.len()],
            ..Chunk::default()
        }
    }

    /// Keeps the codes of the wanted variables; returns their bytes.
    fn keep_codes(&mut self, chunk: &mut Chunk, batch: &Batch) -> usize {
        let mut bytes = 0;
        for (slot, (&variable, column)) in
            self.keeping.wanted.variables.iter().zip(&mut chunk.columns).enumerate()
        {
            let codes = &batch.codes[self.layout.coded_as[variable]][..batch.rows()];
            match column {
                ChunkColumn::Narrow(into) => {
                    bytes += codes.len();
                    into.extend(codes.iter().map(|&code| byte(code)));
                }
                ChunkColumn::Wide(into) => {
                    bytes += codes.len() * 2;
                    into.extend_from_slice(codes);
                }
                ChunkColumn::Numbers(reasons, values) => {
                    bytes += codes.len() * 9;
                    for (row, &code) in codes.iter().enumerate() {
                        let value = batch.numbers[variable].get(row).copied().flatten();
                        reasons.push(if value.is_some() { byte(ANSWERED) } else { byte(code) });
                        values.push(value.map_or(0.0, crate::source::Fixed::to_f64));
                    }
                }
                ChunkColumn::Sets(into) => {
                    for (row, &code) in codes.iter().enumerate() {
                        let chosen = batch.chosen[variable].get(row).filter(|_| answer(code).is_some());
                        bytes += 4 + 2 * chosen.map_or(0, Vec::len);
                        into.push(match chosen {
                            None => u32::from(code),
                            Some(chosen) => set_code(&mut self.sets[slot], chosen),
                        });
                    }
                }
            }
        }
        bytes
    }

    /// Keeps the extra variables; returns their bytes.
    fn keep_extra(
        &mut self,
        chunk: &mut Chunk,
        batch: &Batch,
        places: &Places<'_>,
        fields: &WantedFields,
        not_utf8: &mut BTreeMap<usize, NotUtf8>,
    ) -> usize {
        let first = self.keeping.wanted.variables.len();
        let columns = chunk.columns.iter_mut().skip(first).zip(&fields.extra).zip(&mut self.coders);
        let mut chosen = Vec::new();
        let mut bytes = 0;
        for (slot, ((column, &field), coder)) in columns.enumerate() {
            for &record in &batch.records {
                let not_asked = (Missing::NotAsked.code(), None);
                let (code, number) = field.map_or(not_asked, |field| {
                    coder.code_cell(places.records.field(record, field, &mut self.copy), &mut chosen)
                });
                if let (true, Some(field)) = (code == Missing::Invalid.code(), field) {
                    places.note_unread(record, field, not_utf8);
                }
                bytes += match column {
                    ChunkColumn::Narrow(into) => {
                        into.push(byte(code));
                        1
                    }
                    ChunkColumn::Wide(into) => {
                        into.push(code);
                        2
                    }
                    ChunkColumn::Numbers(reasons, values) => {
                        reasons.push(byte(code));
                        values.push(number.map_or(0.0, crate::source::Fixed::to_f64));
                        9
                    }
                    ChunkColumn::Sets(into) => {
                        let is_answer = answer(code).is_some();
                        let set = is_answer.then(|| set_code(&mut self.sets[first + slot], &chosen));
                        into.push(set.unwrap_or(u32::from(code)));
                        4 + 2 * chosen.len()
                    }
                };
            }
        }
        bytes
    }

    /// Keeps what is wanted of cells that are not coded; returns its bytes.
    fn keep_cells(
        &mut self,
        chunk: &mut Chunk,
        batch: &Batch,
        places: &Places<'_>,
        fields: &WantedFields,
        not_utf8: &mut BTreeMap<usize, NotUtf8>,
    ) -> usize {
        let Self { blank, dates, hash, kept, copy, keeping, .. } = self;
        let mut bytes = 0;
        let coded = keeping.wanted.variables.len() + keeping.wanted.extra.len();
        let presence = chunk.columns.iter_mut().skip(coded);
        for (column, &field) in presence.zip(&fields.presence) {
            let ChunkColumn::Narrow(into) = column else { continue };
            bytes += batch.rows();
            into.extend(batch.records.iter().map(|&record| {
                let cell = field.map(|field| blank.filled(places.records.field(record, field, copy)));
                byte(match cell {
                    None => Missing::NotAsked.code(),
                    Some(None) => Missing::Blank.code(),
                    Some(Some(_)) => ANSWERED,
                })
            }));
        }
        for (((into, &field), coder), order) in
            chunk.dates.iter_mut().zip(&fields.dates).zip(dates).zip(&mut kept.orders)
        {
            bytes += batch.rows() * 8;
            for &record in &batch.records {
                let read = field.map_or(Err(Missing::NotAsked), |field| {
                    coder.readings(places.records.field(record, field, copy))
                });
                if let Ok(readings) = read {
                    order.add(readings);
                }
                let day = |date: fn(crate::source::DateReadings) -> Option<NaiveDate>| {
                    let date = read.and_then(|readings| date(readings).ok_or(Missing::Invalid));
                    packed_day(date.map(|date| date.num_days_from_ce()))
                };
                into.push((day(|readings| readings.day_first), day(|readings| readings.month_first)));
            }
        }
        for (into, &field) in chunk.texts.iter_mut().zip(&fields.texts) {
            for &record in &batch.records {
                let cell = field.and_then(|field| blank.filled(places.records.field(record, field, copy)));
                let text = String::from_utf8_lossy(cell.unwrap_or_default());
                if let (Cow::Owned(_), Some(field)) = (&text, field) {
                    places.note_unread(record, field, not_utf8);
                }
                bytes += 8 + text.len();
                into.push(&text);
            }
        }
        for (into, columns) in chunk.hashes.iter_mut().zip(&fields.hashes) {
            bytes += batch.rows() * 16;
            for &record in &batch.records {
                hash.begin();
                for &field in columns {
                    hash.add(field.and_then(|field| blank.filled(places.records.field(record, field, copy))));
                }
                into.push(hash.end());
            }
        }
        bytes
    }
}

/// The code of a set of options; numbered as they come.
fn set_code(sets: &mut HashMap<Vec<Code>, u32>, chosen: &[Code]) -> u32 {
    if let Some(&code) = sets.get(chosen) {
        return code;
    }
    let code = u32::try_from(sets.len() + REASONS).unwrap_or(u32::MAX);
    sets.insert(chosen.to_vec(), code);
    code
}

fn byte(code: Code) -> u8 {
    u8::try_from(code).unwrap_or(u8::MAX)
}

/// Puts the places of the records into a chunk. Counting lines up to each record would look at the batch again and
/// again: where the lines between two records are as many as the records, those between have a line each.
fn push_places(chunk: &mut Chunk, records: &[Record], places: &Places<'_>) {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return };
    let (first, last) = (places.of(*first, None), places.of(*last, None));
    push_between(chunk, records, places, first, last);
    if records.len() > 1 {
        chunk.places.push(last);
    }
}

/// Puts the places of all records but the last into a chunk, or of the only one.
fn push_between(chunk: &mut Chunk, records: &[Record], places: &Places<'_>, first: Position, last: Position) {
    if let [_] | [_, _] = records {
        chunk.places.push(first);
    } else if last.line - first.line == last.row - first.row {
        for record in &records[..records.len() - 1] {
            let offset = record.number() - records[0].number();
            chunk.places.push(Position { row: first.row + offset, line: first.line + offset, ..first });
        }
    } else {
        let middle = records.len() / 2;
        let between = places.of(records[middle], None);
        push_between(chunk, &records[..=middle], places, first, between);
        push_between(chunk, &records[middle..], places, between, last);
    }
}
