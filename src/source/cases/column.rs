//! A field while its column is read, and what it becomes.

use super::category::{Categories, CategoryReader};
use super::identity::{Identities, IdentityReader};
use super::ledger::{FieldLedger, FoundCell};
use super::moment::{MomentReader, Moments};
use super::number::{NumberReader, Numbers};
use super::order::SettledOrder;
use super::read::Batch;
use super::yes_no::{YesNoReader, YesNos};
use crate::source::{NotUtf8, Position, Record};

/// The values of a field, one a case.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseValues {
    /// What tells cases or customers apart.
    Identities(Identities),
    /// Days and times of day.
    Moments(Moments),
    /// One of some texts.
    Categories(Categories),
    /// Yes or no.
    YesNos(YesNos),
    /// Numbers.
    Numbers(Numbers),
}

/// What a cell is to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome<V = ()> {
    /// A value.
    Read(V),
    /// Nothing.
    Blank,
    /// Something else than the field holds.
    Unreadable,
    /// A value beyond those that are held.
    OutOfReach,
}

impl<V> Outcome<V> {
    /// The value, or what stands for none, and the outcome without it.
    #[inline]
    pub(super) fn split(self, none: V) -> (V, Outcome) {
        match self {
            Self::Read(value) => (value, Outcome::Read(())),
            Self::Blank => (none, Outcome::Blank),
            Self::Unreadable => (none, Outcome::Unreadable),
            Self::OutOfReach => (none, Outcome::OutOfReach),
        }
    }
}

/// Reads the cells of a field.
#[derive(Debug)]
pub(super) enum CellReader {
    Identity(IdentityReader),
    Moment(Box<MomentReader>),
    Category(Box<CategoryReader>),
    YesNo(Box<YesNoReader>),
    Number(Box<NumberReader>),
}

/// A field while its column is read.
#[derive(Debug)]
pub(super) struct Column {
    /// Where the column stands in a record, from 0.
    pub(super) position: usize,
    pub(super) reader: CellReader,
    pub(super) ledger: FieldLedger,
}

impl Column {
    /// Adds cases, whose cells stand in a batch.
    pub(super) fn add(&mut self, cells: &mut Cells<'_>) {
        let Self { position, reader, ledger } = self;
        match reader {
            CellReader::Identity(reader) => cells.each(*position, ledger, |cell, _, _| {
                let hash = reader.hash(cell);
                reader.push(hash)
            }),
            CellReader::Moment(reader) => {
                cells.each(*position, ledger, |cell, ledger, place| reader.push(cell, ledger, place));
            }
            CellReader::Category(reader) => cells.each(*position, ledger, |cell, _, _| reader.push(cell)),
            CellReader::YesNo(reader) => cells.each(*position, ledger, |cell, _, _| reader.push(cell)),
            CellReader::Number(reader) => cells.each(*position, ledger, |cell, _, _| reader.push(cell)),
        }
    }

    /// Adds a case by the hash of its identity.
    pub(super) fn add_identity(&mut self, hash: u64) {
        let CellReader::Identity(reader) = &mut self.reader else { return };
        match reader.push(hash) {
            Outcome::Blank => self.ledger.blank += 1,
            _ => self.ledger.read += 1,
        }
    }

    /// Whether there are more categories than are told apart.
    pub(super) fn overflow(&self) -> bool {
        matches!(&self.reader, CellReader::Category(reader) if reader.overflow())
    }

    /// The values and the account of the field; `settled` is the order of days and months.
    pub(super) fn finish(self, settled: Option<SettledOrder>) -> (CaseValues, FieldLedger) {
        let Self { reader, mut ledger, .. } = self;
        let values = match reader {
            CellReader::Identity(reader) => CaseValues::Identities(reader.found),
            CellReader::Moment(reader) => CaseValues::Moments(reader.finish(settled, &mut ledger)),
            CellReader::Category(reader) => {
                let (categories, joined) = reader.finish();
                ledger.joined = joined;
                CaseValues::Categories(categories)
            }
            CellReader::YesNo(reader) => CaseValues::YesNos(reader.found),
            CellReader::Number(reader) => CaseValues::Numbers(reader.found),
        };
        (values, ledger)
    }
}

/// The cells of some cases.
pub(super) struct Cells<'a> {
    pub(super) batch: &'a Batch<'a>,
    pub(super) cases: &'a [Record],
    pub(super) not_utf8: &'a mut NotUtf8,
    /// Room for a cell that does not stand in the block as it is.
    pub(super) copy: &'a mut Vec<u8>,
}

impl Cells<'_> {
    /// Reads those at a position, and notes what becomes of them.
    fn each(
        &mut self,
        position: usize,
        ledger: &mut FieldLedger,
        mut read: impl FnMut(&[u8], &mut FieldLedger, &dyn Fn() -> Position) -> Outcome,
    ) {
        let Self { batch, cases, not_utf8, copy } = self;
        for &record in *cases {
            let cell = batch.records.field(record, position, copy);
            let place = || batch.place(record, Some(position));
            match read(cell, ledger, &place) {
                Outcome::Read(()) => ledger.read += 1,
                Outcome::Blank => ledger.blank += 1,
                Outcome::OutOfReach => ledger.out_of_reach.note(|| FoundCell::of(place(), cell)),
                Outcome::Unreadable => {
                    if std::str::from_utf8(cell).is_err() {
                        not_utf8.note(cell, batch.row(record), place);
                    }
                    ledger.unreadable.note(|| FoundCell::of(place(), cell));
                }
            }
        }
    }
}
