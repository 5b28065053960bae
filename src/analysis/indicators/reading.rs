//! How the file was read: columns, joined texts, and cells that are at fault.

use crate::analysis::records::Faults;
use crate::report::{JoinedText, RecordColumn};
use crate::source::Position;
use crate::source::cases::{Cases, FieldLedger, FoundCells};

/// Which column was taken for which field.
pub(super) fn columns(cases: &Cases) -> Vec<RecordColumn> {
    let column = |field: &FieldLedger| RecordColumn {
        field: field.field.clone(),
        column: field.column.clone(),
        guessed: field.guessed,
        filled: field.read,
        blank: field.blank,
        unreadable: field.unreadable.cells + field.out_of_reach.cells,
        ..RecordColumn::default()
    };
    cases.ledger().fields.iter().map(column).collect()
}

/// Texts that were joined.
pub(super) fn joined(cases: &Cases) -> Vec<JoinedText> {
    let fields = cases.ledger().fields.iter();
    let joined = fields.flat_map(|field| field.joined.iter().map(move |joined| (field, joined)));
    joined
        .map(|(field, joined)| JoinedText {
            field: field.field.clone(),
            kept: joined.kept.clone(),
            variants: joined.variants.clone(),
        })
        .collect()
}

/// The cells that were found at fault while the file was read.
pub(super) fn read_faults(cases: &Cases, faults: &mut Faults<'_>) {
    if let Some(short) = cases.ledger().excluded.get("short_row") {
        faults.add("short_row", "", "left_out", short.rows, &short.places, Vec::new());
    }
    for field in &cases.ledger().fields {
        let mut add = |code, found: &FoundCells| {
            let places: Vec<Position> = found.places.iter().map(|cell| cell.position).collect();
            let texts = found.places.iter().map(|cell| cell.text.clone()).collect();
            faults.add(code, &field.field, "cell_left_out", found.cells, &places, texts);
        };
        add("unreadable", &field.unreadable);
        add("out_of_reach", &field.out_of_reach);
    }
}
