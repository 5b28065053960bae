//! What is odd in the records of complaints.

use indexmap::IndexMap;

use crate::report::{LedgerPlace, RecordFault};
use crate::source::cases::Cases;
use crate::source::{PLACES_KEPT, Position};

/// The most texts that are shown of one fault.
const TEXTS_SHOWN: usize = 20;

/// The faults so far, in the order in which they were first met.
#[derive(Debug)]
pub(in crate::analysis) struct Faults<'a> {
    cases: &'a Cases,
    input: String,
    found: IndexMap<(&'static str, String), RecordFault>,
}

impl<'a> Faults<'a> {
    pub(in crate::analysis) fn new(cases: &'a Cases, input: &str) -> Self {
        Self { cases, input: input.to_owned(), found: IndexMap::new() }
    }

    /// Counts one more case with a fault of a field; `treatment` says what becomes of it.
    pub(in crate::analysis) fn note(
        &mut self,
        code: &'static str,
        field: &str,
        treatment: &str,
        case: usize,
    ) {
        let Self { cases, input, found } = self;
        let fault = entry(found, code, field, treatment);
        fault.records += 1;
        if fault.places.len() < PLACES_KEPT
            && let Some(position) = cases.position(case)
        {
            fault.places.push(place(input, position, column(cases, field)));
        }
    }

    /// Names a text that is at fault.
    pub(in crate::analysis) fn text(&mut self, code: &'static str, field: &str, text: &str) {
        if let Some(fault) = self.found.get_mut(&(code, field.to_owned()))
            && fault.texts.len() < TEXTS_SHOWN
            && !fault.texts.iter().any(|known| known == text)
        {
            fault.texts.push(text.to_owned());
        }
    }

    /// Adds what was found while the file was read.
    pub(in crate::analysis) fn add(
        &mut self,
        code: &'static str,
        field: &str,
        treatment: &str,
        records: u64,
        places: &[Position],
        texts: Vec<String>,
    ) {
        if records == 0 {
            return;
        }
        let places = self.places(places);
        let fault = entry(&mut self.found, code, field, treatment);
        fault.records += records;
        fault.places = places;
        fault.texts = texts;
    }

    /// Positions as a report has them.
    pub(in crate::analysis) fn places(&self, positions: &[Position]) -> Vec<LedgerPlace> {
        let column = |position: &Position| Some(position.column).filter(|column| *column > 0);
        positions.iter().map(|position| place(&self.input, *position, column(position))).collect()
    }

    /// All of them; those of the same kind by field.
    pub(in crate::analysis) fn finish(self) -> Vec<RecordFault> {
        let mut faults: Vec<RecordFault> = self.found.into_values().collect();
        faults.sort_by(|one, other| (&one.code, &one.field).cmp(&(&other.code, &other.field)));
        for fault in &mut faults {
            if fault.code != "unreadable" && fault.code != "out_of_reach" {
                fault.texts.sort();
            }
        }
        faults
    }
}

fn entry<'f>(
    found: &'f mut IndexMap<(&'static str, String), RecordFault>,
    code: &'static str,
    field: &str,
    treatment: &str,
) -> &'f mut RecordFault {
    found.entry((code, field.to_owned())).or_insert_with(|| RecordFault {
        code: code.to_owned(),
        field: Some(field.to_owned()).filter(|field| !field.is_empty()),
        treatment: treatment.to_owned(),
        ..RecordFault::default()
    })
}

fn column(cases: &Cases, field: &str) -> Option<u64> {
    cases.ledger().field(field).map(|field| field.position).filter(|position| *position > 0)
}

fn place(input: &str, position: Position, column: Option<u64>) -> LedgerPlace {
    LedgerPlace { input: input.to_owned(), row: position.row, line: position.line, column }
}
