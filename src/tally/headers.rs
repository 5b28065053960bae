//! Records of an input that are its header once more: what tells where to look for them, so that others cost nothing.

use std::sync::Arc;

use super::coders::CellCoder;
use super::inputs::BoundInput;
use super::layout::Layout;
use super::places::Places;
use crate::source::{Record, RepeatedHeader};
use crate::survey::Missing;

/// How a worker knows them.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// The header records.
    pub(super) records: Arc<RepeatedHeader>,
    /// A variable that is invalid in all of them: only where it is, a record has to be compared. None where there is no
    /// such variable, and every record has to be.
    pub(super) told_by: Option<usize>,
}

impl Headers {
    /// Those of an input, with coders that have begun with it.
    pub(super) fn of(bound: &BoundInput, layout: &Layout, coders: &mut [CellCoder]) -> Self {
        let records = Arc::clone(&bound.repeated);
        if records.is_empty() {
            return Self::default();
        }
        let told_by = (0..coders.len()).find(|&variable| {
            // A name of a column would become a category.
            let is_fixed =
                matches!(coders[variable], CellCoder::Scale(_) | CellCoder::Bands(_) | CellCoder::Number(_));
            let Some(position) = bound.variables[variable] else { return false };
            let mut is_invalid = |cell: Option<&[u8]>| {
                cell.is_some_and(|cell| {
                    coders[variable].code_cell(cell, &mut Vec::new()).0 == Missing::Invalid.code()
                })
            };
            is_fixed && layout.coded_as[variable] == variable && records.cells(position).all(&mut is_invalid)
        });
        Self { records, told_by }
    }

    /// Whether a record is one.
    pub(super) fn is(&self, record: Record, places: &Places<'_>) -> bool {
        let mut copy = Vec::new();
        !self.records.is_empty()
            && self.records.is(record.fields(), |position, name| {
                RepeatedHeader::is_cell(places.records.field(record, position, &mut copy), name)
            })
    }
}
