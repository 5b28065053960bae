//! The one pass over a file of cases.

use std::sync::Arc;

use super::ask::CaseAsk;
use super::bind::bind;
use super::column::{CellReader, Cells, Column, Outcome};
use super::error::CasesError;
use super::held::{CaseFile, Cases};
use super::join::EarlierCases;
use super::ledger::CaseLedger;
use super::lines::CaseLines;
use super::repeated::{SeenCases, Sight};
use crate::source::head::OpenedSource;
use crate::source::record_ends::count_lines;
use crate::source::{
    Block, BlockReader, OrderEvidence, Position, Record, RecordScanner, Records, RepeatedHeader, Source,
};

/// The most records of a file.
pub const MOST_CASES: u64 = 100_000_000;

/// Reads the cases of an input that was opened, and so looked at for how its numbers are written.
///
/// A record that ends before the columns that are asked for is a case where all that it has can be read and a moment is
/// among it, as some programs leave out blank cells at the end; else it is left out as a piece of another.
///
/// # Errors
/// See [`CasesError`].
pub fn read_cases(opened: OpenedSource, ask: &CaseAsk) -> Result<Cases, CasesError> {
    read_cases_after(opened, ask, &EarlierCases::default())
}

/// Reads the cases of an input after those of others: cases that were there before are left out as of a repeated identity,
/// and places name the input by its number. [`Cases::append`] adds them.
///
/// # Errors
/// See [`CasesError`].
pub fn read_cases_after(
    opened: OpenedSource,
    ask: &CaseAsk,
    earlier: &EarlierCases,
) -> Result<Cases, CasesError> {
    let OpenedSource { source, profile, .. } = opened;
    let columns = bind(&source, &profile, ask)?;
    drop(profile);
    let mut reader = CaseReader::new(columns, &source, ask, earlier)?;
    let mut scanner = RecordScanner::new(source.delimiter);
    let mut blocks = BlockReader::new(source.reader, source.delimiter).noting(&source.losses);
    let failed = |reason| CasesError::Input { input: source.name.clone(), reason };
    while let Some(block) = blocks.next_block().map_err(failed)? {
        reader.take(&block, &mut scanner)?;
        blocks.pool().give_back(block.bytes);
    }
    let digest = blocks.digest();
    let file = CaseFile {
        name: source.name.clone(),
        bytes: source.original.as_ref().map_or(digest.bytes, |original| original.bytes),
        rows: reader.ledger.rows_read,
        xxh3: match &source.original {
            Some(original) => original.xxh3.clone(),
            None => format!("xxh3-128:{:032x}", digest.hash),
        },
        sha256: source.original.map(|original| original.sha256),
        losses: source.losses,
    };
    reader.finish(file)
}

/// Some records of a block.
#[derive(Clone, Copy)]
pub(super) struct Batch<'a> {
    pub(super) records: &'a Records<'a>,
    block: &'a Block,
    /// The records of the input before the block.
    before: u64,
    brought: usize,
    /// The place of the input among all.
    input: usize,
}

impl Batch<'_> {
    /// The number of a record after the header rows, from 1.
    pub(super) fn row(&self, record: Record) -> u64 {
        // The header is record 0 of the input.
        self.before + record.number()
    }

    /// Where a field of a record (from 0) stands, or the whole record.
    pub(super) fn place(&self, record: Record, field: Option<usize>) -> Position {
        Position {
            input: self.input,
            row: self.row(record),
            line: self.block.first_line + self.records.lines_before(record),
            column: field.map_or(0, |field| (field + 1).saturating_sub(self.brought) as u64),
        }
    }
}

/// The cases so far.
struct CaseReader<'a> {
    input: String,
    columns: Vec<Column>,
    /// The column that tells cases apart.
    unique: Option<usize>,
    earlier: &'a EarlierCases,
    seen: SeenCases,
    lines: CaseLines,
    ledger: CaseLedger,
    header: Arc<RepeatedHeader>,
    header_fields: usize,
    /// How many fields a record has that reaches all columns.
    fields_needed: usize,
    delimiter: u8,
    brought: usize,
    /// Records before the block.
    before: u64,
    /// The cases of a batch.
    cases: Vec<Record>,
    copy: Vec<u8>,
}

impl<'a> CaseReader<'a> {
    fn new(
        columns: Vec<Column>,
        source: &Source,
        ask: &CaseAsk,
        earlier: &'a EarlierCases,
    ) -> Result<Self, CasesError> {
        let is_unique = |id: &String| {
            columns.iter().position(|column| {
                column.ledger.field == *id && matches!(column.reader, CellReader::Identity(_))
            })
        };
        let unique = match &ask.unique {
            Some(id) => Some(is_unique(id).ok_or_else(|| CasesError::UnknownIdentity(id.clone()))?),
            None => None,
        };
        Ok(Self {
            input: source.name.clone(),
            unique,
            earlier,
            seen: SeenCases::default(),
            lines: CaseLines::of_input(earlier.inputs),
            ledger: CaseLedger::default(),
            header: Arc::clone(&source.repeated),
            header_fields: source.header.len(),
            fields_needed: columns.iter().map(|column| column.position + 1).max().unwrap_or(0),
            delimiter: source.delimiter,
            brought: source.brought,
            before: 0,
            cases: Vec::new(),
            copy: Vec::new(),
            columns,
        })
    }

    fn take(&mut self, block: &Block, scanner: &mut RecordScanner) -> Result<(), CasesError> {
        let (mut from, mut line, mut last) = (0, block.first_line, None);
        scanner.scan(&block.bytes, |records| {
            let batch = Batch {
                records,
                block,
                before: self.before,
                brought: self.brought,
                input: self.earlier.inputs,
            };
            self.choose(&batch);
            // Lines are counted on from case to case.
            for &record in &self.cases {
                let start = records.start(record);
                line += block.bytes.get(from..start).map_or(0, count_lines);
                from = start;
                self.lines.push(batch.row(record), line);
            }
            let (not_utf8, copy) = (&mut self.ledger.not_utf8, &mut self.copy);
            let mut cells = Cells { batch: &batch, cases: &self.cases, not_utf8, copy };
            for (number, column) in self.columns.iter_mut().enumerate() {
                if self.unique != Some(number) {
                    column.add(&mut cells);
                }
            }
            last = records.all().last().copied().or(last);
        });
        self.before += last.map_or(0, |last| last.number() + 1);
        if let Some(column) = self.columns.iter().find(|column| column.overflow()) {
            return Err(CasesError::TooManyCategories {
                input: self.input.clone(),
                field: column.ledger.field.clone(),
                column: column.ledger.column.clone(),
            });
        }
        if self.ledger.rows_read > MOST_CASES {
            return Err(CasesError::TooManyCases { input: self.input.clone() });
        }
        Ok(())
    }

    /// Finds the cases among the records of a batch, and notes the others.
    fn choose(&mut self, batch: &Batch<'_>) {
        self.cases.clear();
        for &record in batch.records.all() {
            if batch.row(record) == 0 {
                continue;
            }
            self.ledger.rows_read += 1;
            if let Some(reason) = self.reason(batch, record).or_else(|| self.seen_before(batch, record)) {
                self.ledger.excluded.entry(reason).or_default().note(|| batch.place(record, None));
                continue;
            }
            if record.fields() != self.header_fields {
                let is_long = (self.header_fields..record.fields())
                    .any(|at| !batch.records.field(record, at, &mut self.copy).trim_ascii().is_empty());
                let odd = if is_long { "overlong_row" } else { "ragged_row" };
                self.ledger.kept.entry(odd).or_default().note(|| batch.place(record, None));
            }
            self.cases.push(record);
        }
    }

    /// Why a record is no case by itself.
    fn reason(&mut self, batch: &Batch<'_>, record: Record) -> Option<&'static str> {
        let records = batch.records;
        let is_nothing = |byte: &u8| *byte == self.delimiter || matches!(byte, b' ' | b'\t' | b'"');
        if records.bytes(record).iter().all(is_nothing) {
            return Some("blank_row");
        }
        let copy = &mut self.copy;
        let has = |at: usize, name: &[u8]| RepeatedHeader::is_cell(records.field(record, at, copy), name);
        if self.header.is(record.fields(), has) {
            return Some("repeated_header");
        }
        (record.fields() < self.fields_needed && !self.is_whole(records, record)).then_some("short_row")
    }

    /// Whether what a short record has is a case: all of it can be read, and a moment is among it.
    fn is_whole(&mut self, records: &Records<'_>, record: Record) -> bool {
        let mut has_moment = false;
        for column in self.columns.iter_mut().filter(|column| column.position < record.fields()) {
            let cell = records.field(record, column.position, &mut self.copy);
            let outcome = match &mut column.reader {
                CellReader::Moment(reader) => {
                    let outcome = reader.look_at(cell);
                    has_moment |= outcome == Outcome::Read(());
                    outcome
                }
                CellReader::Number(reader) => reader.look_at(cell).split(0.0).1,
                _ => Outcome::Read(()),
            };
            if outcome == Outcome::Unreadable {
                return false;
            }
        }
        has_moment
    }

    /// Whether the case was there before; if not, it is from now on.
    fn seen_before(&mut self, batch: &Batch<'_>, record: Record) -> Option<&'static str> {
        let column = self.columns.get_mut(self.unique?)?;
        let CellReader::Identity(reader) = &column.reader else { return None };
        let hash = reader.hash(batch.records.field(record, column.position, &mut self.copy));
        if hash != 0 && self.earlier.ids.contains(&hash) {
            return Some("repeated_id");
        }
        match self.seen.meet(hash, batch.records.bytes(record), reader.found.hashes()) {
            Sight::First => {
                column.add_identity(hash);
                None
            }
            Sight::SameRecord => Some("repeated_record"),
            Sight::OtherRecord => Some("repeated_id"),
        }
    }

    fn finish(self, file: CaseFile) -> Result<Cases, CasesError> {
        let Self { columns, lines, mut ledger, .. } = self;
        ledger.rows_used = lines.cases() as u64;
        let mut all = OrderEvidence::default();
        for column in &columns {
            if let CellReader::Moment(reader) = &column.reader {
                all.merge(reader.orders.evidence);
            }
        }
        let mut fields = Vec::with_capacity(columns.len());
        for column in columns {
            let settled = match &column.reader {
                CellReader::Moment(reader) => reader.orders.settle(all, &file.name, &column.ledger)?,
                _ => None,
            };
            let (values, account) = column.finish(settled);
            fields.push((account.field.clone(), values));
            ledger.fields.push(account);
        }
        Ok(Cases { file, further: Vec::new(), fields, lines, ledger })
    }
}
