//! How a file was read: columns, joined texts, faults of its cells, and the ledger.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::report::{Excluded, Flag, JoinedText, Ledger, RecordColumn, RecordSegment};
use crate::source::cases::{Cases, FieldLedger, FoundCells};
use crate::source::{DateOrder, PLACES_KEPT, Position, Tallied};
use crate::survey::CaseKind;

use super::faults::Faults;
use super::groupings::{Grouping, NONE};

/// Which column was taken for which field; `also_possible` are by field the others that could have been.
pub(in crate::analysis) fn columns(
    cases: &Cases,
    also_possible: &IndexMap<String, Vec<String>>,
) -> Vec<RecordColumn> {
    let column = |field: &FieldLedger| RecordColumn {
        field: field.field.clone(),
        column: field.column.clone(),
        guessed: field.guessed,
        also_possible: also_possible.get(&field.field).cloned().unwrap_or_default(),
        filled: field.read,
        blank: field.blank,
        unreadable: field.unreadable.cells + field.out_of_reach.cells,
        precision: cases
            .moments(&field.field)
            .map(|found| if found.off_midnight > 0 { "moments" } else { "days" }.to_owned()),
        order: field.order.map(|settled| {
            match settled.order {
                DateOrder::DayFirst => "day_first",
                DateOrder::MonthFirst => "month_first",
            }
            .to_owned()
        }),
    };
    cases.ledger().fields.iter().map(column).collect()
}

/// Texts that were joined.
pub(in crate::analysis) fn joined(cases: &Cases) -> Vec<JoinedText> {
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

/// The segments that figures are broken by, each once.
pub(in crate::analysis) fn segments(
    cases: &Cases,
    groupings: &[Grouping],
    hidden: &[Vec<Option<Flag>>],
) -> Vec<RecordSegment> {
    let mut segments = Vec::new();
    for (grouping, hidden) in groupings.iter().zip(hidden) {
        let [id] = grouping.ids.as_slice() else { continue };
        let without = grouping.of.iter().filter(|group| **group == NONE).count() as u64;
        segments.push(RecordSegment {
            id: id.clone(),
            column: cases.ledger().field(id).map_or_else(|| id.clone(), |field| field.column.clone()),
            values: grouping.groups.iter().filter_map(|group| group.segment.get(id)).cloned().collect(),
            without: hidden.iter().all(Option::is_none).then_some(without),
        });
    }
    segments
}

/// The faults that were found while the file was read.
pub(in crate::analysis) fn read_faults(cases: &Cases, faults: &mut Faults<'_>) {
    let ledger = cases.ledger();
    for (reason, tallied) in &ledger.excluded {
        if matches!(*reason, "repeated_id" | "repeated_record") {
            faults.add(reason, "id", "left_out", tallied.rows, &tallied.places, Vec::new());
        }
    }
    for field in &ledger.fields {
        let mut add = |code, found: &FoundCells| {
            let places: Vec<Position> = found.places.iter().map(|cell| cell.position).collect();
            let is_told = field.kind != CaseKind::Identity;
            let texts = found.places.iter().filter(|_| is_told).map(|cell| cell.text.clone()).collect();
            faults.add(code, &field.field, "cell_left_out", found.cells, &places, texts);
        };
        add("unreadable", &field.unreadable);
        add("out_of_reach", &field.out_of_reach);
        let months = &field.month_only;
        faults.add("month_only", &field.field, "counted", months.rows, &months.places, Vec::new());
        // Some dates with the one first, some with the other, and most of one kind: the few are unlike.
        if let Some(settled) = field.order {
            let unlike = match settled.order {
                DateOrder::DayFirst => settled.evidence.month_first,
                DateOrder::MonthFirst => settled.evidence.day_first,
            };
            faults.add("dates_in_two_shapes", &field.field, "cell_left_out", unlike, &[], Vec::new());
        }
    }
}

/// The account of all records, of which so many are used; `left_out` are those that the analysis itself leaves out, by
/// reason, which may stand there several times.
pub(in crate::analysis) fn ledger<'t>(
    cases: &Cases,
    used: usize,
    left_out: impl Iterator<Item = (&'static str, &'t Tallied)>,
    faults: &Faults<'_>,
) -> Ledger {
    let source = cases.ledger();
    let entry = |reason: &str, rows: u64, places: &[Position]| Excluded {
        reason: reason.to_owned(),
        rows,
        places: faults.places(places),
    };
    let mut excluded: Vec<Excluded> = source
        .excluded
        .iter()
        .map(|(reason, tallied)| entry(reason, tallied.rows, &tallied.places))
        .collect();
    let mut own: BTreeMap<&str, (u64, Vec<Position>)> = BTreeMap::new();
    for (reason, tallied) in left_out {
        let (rows, places) = own.entry(reason).or_default();
        *rows += tallied.rows;
        places.extend(&tallied.places);
    }
    for (reason, (rows, mut places)) in own {
        places.sort_unstable();
        places.truncate(PLACES_KEPT);
        excluded.push(entry(reason, rows, &places));
    }
    Ledger {
        rows_read: source.rows_read,
        rows_used: used as u64,
        excluded,
        kept: source
            .kept
            .iter()
            .map(|(reason, tallied)| entry(reason, tallied.rows, &tallied.places))
            .collect(),
        questions: Vec::new(),
        lookups: Vec::new(),
    }
}
