//! Cases in memory, by column.

use super::category::Categories;
use super::column::CaseValues;
use super::identity::Identities;
use super::ledger::CaseLedger;
use super::lines::CaseLines;
use super::moment::Moments;
use super::number::Numbers;
use super::yes_no::YesNos;
use crate::source::Position;
use crate::source::format::Losses;

/// The cases of a file, or of several: a value of each field for each of them, in the order of the files.
#[derive(Debug)]
pub struct Cases {
    pub(super) file: CaseFile,
    /// The files that were added behind it.
    pub(super) further: Vec<CaseFile>,
    pub(super) fields: Vec<(String, CaseValues)>,
    pub(super) lines: CaseLines,
    pub(super) ledger: CaseLedger,
}

/// The file that cases were read from.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Its name as given.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many records it has after the header rows.
    pub rows: u64,
    /// Its hash as `xxh3-128:` and hexadecimal digits.
    pub xxh3: String,
    /// Its hash as `sha256:` and hexadecimal digits, of a file that is not read as it stands: a workbook, an archive.
    pub sha256: Option<String>,
    /// What could not be passed on.
    pub losses: Losses,
}

impl Cases {
    /// How many cases there are.
    pub fn rows(&self) -> usize {
        self.lines.cases()
    }

    /// The files that they were read from, in order: a [`Position::input`] is a place among them.
    pub fn files(&self) -> impl Iterator<Item = &CaseFile> {
        std::iter::once(&self.file).chain(&self.further)
    }

    /// The file that they were read from, the first of several.
    pub fn file(&self) -> &CaseFile {
        &self.file
    }

    /// The account of what was read.
    pub fn ledger(&self) -> &CaseLedger {
        &self.ledger
    }

    /// Where a case stands: its record and the line on which that begins; column 0, as it is the whole record.
    pub fn position(&self, case: usize) -> Option<Position> {
        self.lines.get(case)
    }

    /// The fields with their values, in the order in which they were asked for.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &CaseValues)> {
        self.fields.iter().map(|(id, values)| (id.as_str(), values))
    }

    /// The values of a field; none of one that was not asked for.
    pub fn field(&self, id: &str) -> Option<&CaseValues> {
        self.fields().find(|(field, _)| *field == id).map(|(_, values)| values)
    }

    /// The identities of a field; none where it holds something else.
    pub fn identities(&self, id: &str) -> Option<&Identities> {
        if let Some(CaseValues::Identities(found)) = self.field(id) { Some(found) } else { None }
    }

    /// The moments of a field; none where it holds something else.
    pub fn moments(&self, id: &str) -> Option<&Moments> {
        if let Some(CaseValues::Moments(found)) = self.field(id) { Some(found) } else { None }
    }

    /// The categories of a field; none where it holds something else.
    pub fn categories(&self, id: &str) -> Option<&Categories> {
        if let Some(CaseValues::Categories(found)) = self.field(id) { Some(found) } else { None }
    }

    /// The answers of yes or no of a field; none where it holds something else.
    pub fn yes_nos(&self, id: &str) -> Option<&YesNos> {
        if let Some(CaseValues::YesNos(found)) = self.field(id) { Some(found) } else { None }
    }

    /// The numbers of a field; none where it holds something else.
    pub fn numbers(&self, id: &str) -> Option<&Numbers> {
        if let Some(CaseValues::Numbers(found)) = self.field(id) { Some(found) } else { None }
    }
}
