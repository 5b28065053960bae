//! How a file of records was read: columns, joined texts, what was left out, faults, and the ledger.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Faults;
use super::groupings::{Grouping, NONE};
use crate::report::{Excluded, Flag, JoinedText, Ledger, LeftOut, RecordColumn, RecordSegment};
use crate::source::cases::{Cases, FieldLedger, FoundCells};
use crate::source::{DateOrder, PLACES_KEPT, Position, Tallied};
use crate::survey::CaseKind;

/// Records left out, by reason and the place of the text that is the reason.
pub(in crate::analysis) type LeftOutRecords = IndexMap<(&'static str, u16), Tallied>;

/// The records left out, by reason, then the most first; `text` names what is the reason.
pub(in crate::analysis) fn left_out(
    records: &LeftOutRecords,
    text: impl Fn(&str, u16) -> Option<String>,
    faults: &Faults<'_>,
) -> Vec<LeftOut> {
    let mut left_out: Vec<LeftOut> = records
        .iter()
        .map(|((reason, of), tallied)| LeftOut {
            reason: (*reason).to_owned(),
            text: text(reason, *of),
            records: tallied.rows,
            places: faults.places(&tallied.places),
        })
        .collect();
    left_out.sort_by(|one, other| {
        one.reason.cmp(&other.reason).then(other.records.cmp(&one.records)).then(one.text.cmp(&other.text))
    });
    left_out
}

/// Which column was taken for which field.
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
        if grouping.is_crossed() {
            continue;
        }
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

/// Adds the faults that were found while the file was read; `id` is the field that tells records apart.
pub(in crate::analysis) fn read_faults(cases: &Cases, id: &str, faults: &mut Faults<'_>) {
    let ledger = cases.ledger();
    for (reason, tallied) in &ledger.excluded {
        if matches!(*reason, "repeated_id" | "repeated_record") {
            faults.add(reason, id, "left_out", tallied.rows, &tallied.places, Vec::new());
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

/// The account of all records, of which `used` count and `left_out` do not.
pub(in crate::analysis) fn ledger(
    cases: &Cases,
    left_out: &LeftOutRecords,
    used: usize,
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
    for ((reason, _), tallied) in left_out {
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
