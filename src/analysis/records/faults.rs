//! What is odd in the records of complaints.

use std::path::Path;

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
    /// The names of the files in reports.
    inputs: Vec<String>,
    found: IndexMap<(&'static str, String), RecordFault>,
}

impl<'a> Faults<'a> {
    /// None yet; `input` is the name of the first file.
    pub(in crate::analysis) fn new(cases: &'a Cases, input: &str) -> Self {
        let inputs = ledger_names(cases, input);
        Self { cases, inputs, found: IndexMap::new() }
    }

    /// Counts one more case with a fault of a field; `treatment` says what becomes of it.
    pub(in crate::analysis) fn note(
        &mut self,
        code: &'static str,
        field: &str,
        treatment: &str,
        case: usize,
    ) {
        let Self { cases, inputs, found } = self;
        let fault = entry(found, code, field, treatment);
        fault.records += 1;
        if fault.places.len() < PLACES_KEPT
            && let Some(position) = cases.position(case)
        {
            fault.places.push(place(inputs, position, column(cases, field, position.input)));
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
        positions.iter().map(|position| place(&self.inputs, *position, column(position))).collect()
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

/// The names of the files that cases come from, the first as given, the others as files are named: without folders.
pub(in crate::analysis) fn ledger_names(cases: &Cases, input: &str) -> Vec<String> {
    let further = cases.files().skip(1).map(|file| {
        let name = Path::new(&file.name).file_name();
        name.map_or_else(|| file.name.clone(), |name| name.to_string_lossy().into_owned())
    });
    std::iter::once(input.to_owned()).chain(further).collect()
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

fn column(cases: &Cases, field: &str, input: usize) -> Option<u64> {
    cases.ledger().field(field).map(|field| field.position_in(input)).filter(|position| *position > 0)
}

fn place(inputs: &[String], position: Position, column: Option<u64>) -> LedgerPlace {
    LedgerPlace {
        input: inputs.get(position.input).cloned().unwrap_or_default(),
        row: position.row,
        line: position.line,
        column,
    }
}
