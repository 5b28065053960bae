//! How the file was read: columns, statuses, joined texts, what was left out, and the ledger.

use crate::analysis::records::{Faults, date_of};
use crate::report::{ComplaintsCounted, Excluded, JoinedText, Ledger, LeftOut, RecordColumn, RecordStatus};
use crate::source::cases::{Cases, FoundCells};
use crate::source::{DateOrder, Position};
use crate::survey::{CaseKind, CaseState, ComplaintsDefinition};

use super::book::Book;
use super::tally::Tally;

/// What was counted and what was not.
pub(super) fn counted(cases: &Cases, book: &Book, all: &Tally, faults: &Faults<'_>) -> ComplaintsCounted {
    let text = |reason: &str, of: u16| {
        let field = if reason == "not_a_complaint" { "kind" } else { "status" };
        cases.categories(field)?.names().get(usize::from(of)).cloned()
    };
    let mut left_out: Vec<LeftOut> = book
        .left_out
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
    let day = |at: Option<&u32>| {
        at.and_then(|at| date_of(i64::from(*at))).map(|date| date.format("%Y-%m-%d").to_string())
    };
    ComplaintsCounted {
        records: cases.rows() as u64,
        complaints: all.cases,
        closed: all.cases - all.open - all.unknown,
        open: all.open,
        unknown: all.unknown,
        left_out,
        kinds_known: cases.categories("kind").is_some(),
        first_received: day(book.received.iter().min()),
        last_received: day(book.received.iter().max()),
    }
}

/// Which column was taken for which field.
pub(super) fn columns(cases: &Cases, definition: &ComplaintsDefinition) -> Vec<RecordColumn> {
    let column = |field: &crate::source::cases::FieldLedger| RecordColumn {
        field: field.field.clone(),
        column: field.column.clone(),
        guessed: field.guessed,
        also_possible: definition.also_possible.get(&field.field).cloned().unwrap_or_default(),
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

/// The statuses, the most frequent first.
pub(super) fn statuses(cases: &Cases, definition: &ComplaintsDefinition, book: &Book) -> Vec<RecordStatus> {
    let Some(found) = cases.categories("status") else { return Vec::new() };
    let lists = [
        &definition.closed_statuses,
        &definition.open_statuses,
        &definition.left_out_statuses,
        &definition.escalated_statuses,
    ];
    let key = |text: &str| crate::survey::fold(text).split_whitespace().collect::<String>();
    let declared: Vec<String> = lists.into_iter().flatten().map(|text| key(text)).collect();
    let counts = found.counts();
    let named = found.names().iter().zip(counts).zip(&book.states);
    let mut statuses: Vec<RecordStatus> = named
        .map(|((status, records), state)| RecordStatus {
            status: status.clone(),
            records,
            state: state.map(|state| {
                match state {
                    CaseState::Open => "open",
                    CaseState::Closed => "closed",
                    CaseState::LeftOut => "left_out",
                }
                .to_owned()
            }),
            declared: declared.contains(&key(status)),
            escalated: definition.is_escalated(status),
        })
        .collect();
    statuses
        .sort_by(|one, other| other.records.cmp(&one.records).then_with(|| one.status.cmp(&other.status)));
    statuses
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

/// The faults that were found while the file was read.
pub(super) fn read_faults(cases: &Cases, faults: &mut Faults<'_>) {
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

/// The account of all records.
pub(super) fn ledger(cases: &Cases, book: &Book, faults: &Faults<'_>) -> Ledger {
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
    let mut own: std::collections::BTreeMap<&str, (u64, Vec<Position>)> = std::collections::BTreeMap::new();
    for ((reason, _), tallied) in &book.left_out {
        let (rows, places) = own.entry(reason).or_default();
        *rows += tallied.rows;
        places.extend(&tallied.places);
    }
    for (reason, (rows, mut places)) in own {
        places.sort_unstable();
        places.truncate(crate::source::PLACES_KEPT);
        excluded.push(entry(reason, rows, &places));
    }
    Ledger {
        rows_read: source.rows_read,
        rows_used: book.len() as u64,
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
