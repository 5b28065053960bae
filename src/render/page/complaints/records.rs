//! How the records were read: columns, statuses, texts that were joined, and what is odd.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::RecordWords;
use crate::report::words::{Speech, complaint_place, fill};
use crate::report::{ComplaintsSection, JoinedText, RecordColumn, RecordFault, RecordStatus};

/// How a file was read, as its section has it.
pub(in super::super) struct Reading<'a> {
    pub(in super::super) faults: &'a [RecordFault],
    pub(in super::super) joined: &'a [JoinedText],
    pub(in super::super) columns: &'a [RecordColumn],
    /// The texts that decide what a record is, and the kind of code that they were taken for.
    pub(in super::super) texts: (&'a [RecordStatus], &'static str),
    /// What stands above these texts, and above the column of them.
    pub(in super::super) texts_title: (&'static str, &'static str),
}

impl<'a> Reading<'a> {
    /// That of complaints.
    pub(super) fn of(context: &Context, section: &'a ComplaintsSection) -> Self {
        let texts = &context.phrases().complaints;
        Self {
            faults: &section.faults,
            joined: &section.joined,
            columns: &section.columns,
            texts: (&section.statuses, "state"),
            texts_title: (texts.statuses_title, texts.status),
        }
    }
}

pub(in super::super) fn blocks(context: &Context, words: RecordWords, reading: &Reading<'_>) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let mut blocks = Vec::new();
    let faults = faults(context, reading.faults, words.code);
    if !faults.rows.is_empty() {
        blocks.extend([Block::Heading(faults.caption.clone()), Block::Table(faults)]);
    }
    let joined = joined(context, reading.joined, words.code);
    if !joined.rows.is_empty() {
        blocks.extend(Block::titled(joined, vec![texts.joined_text.to_owned()]));
    }
    for table in [statuses(context, words.code, reading), columns(context, reading.columns, words.code)] {
        if !table.rows.is_empty() {
            blocks.extend([Block::Heading(table.caption.clone()), Block::Table(table)]);
        }
    }
    blocks
}

/// The words for a code of a kind: `field`, `fault`, `treatment`.
pub(in super::super) type CodeWords = fn(&Speech, &str, &str) -> String;

/// A field of the definition, or a segment.
fn field(context: &Context, words: CodeWords, field: &str) -> String {
    let known = words(&context.speech, "field", field);
    if known == field { context.names.segment(field).to_owned() } else { known }
}

/// What is odd, in how many records, what became of them, and where the first are.
pub(in super::super) fn faults(context: &Context, faults: &[RecordFault], words: CodeWords) -> Table {
    let texts = &context.phrases().complaints;
    let columns = &context.phrases().columns;
    let separator = context.phrases().page.phrase_separator;
    let rows = faults.iter().map(|fault| {
        let places: Vec<String> =
            fault.places.iter().map(|place| complaint_place(&context.speech, place)).collect();
        vec![
            cell::text(words(&context.speech, "fault", &fault.code)),
            cell::text(fault.field.as_ref().map_or_else(String::new, |id| field(context, words, id))),
            cell::count(context, Some(fault.records)),
            cell::text(words(&context.speech, "treatment", &fault.treatment)),
            cell::text(places.join(separator)),
            cell::name(quoted(context, &fault.texts).join(separator)),
        ]
    });
    Table {
        caption: texts.faults_title.to_owned(),
        rows: rows.collect(),
        columns: vec![
            cell::words(texts.fault),
            cell::words(texts.field),
            cell::numbers(texts.records),
            cell::words(texts.treatment),
            cell::words(columns.places),
            cell::words(texts.texts),
        ],
    }
}

fn quoted(context: &Context, names: &[String]) -> Vec<String> {
    names.iter().map(|name| fill(context.phrases().page.quoted, &[("text", name)])).collect()
}

/// Texts that were joined.
pub(in super::super) fn joined(context: &Context, joined: &[JoinedText], words: CodeWords) -> Table {
    let texts = &context.phrases().complaints;
    let rows = joined.iter().map(|joined| {
        let variants: Vec<String> = joined
            .variants
            .iter()
            .map(|(text, cells)| {
                let text = fill(context.phrases().page.quoted, &[("text", text)]);
                fill(texts.variant, &[("text", &text), ("count", &context.speech.count(*cells))])
            })
            .collect();
        vec![
            cell::text(field(context, words, &joined.field)),
            cell::text(joined.kept.as_str()),
            cell::text(variants.join(context.phrases().page.phrase_separator)),
        ]
    });
    Table {
        caption: texts.joined_title.to_owned(),
        rows: rows.collect(),
        columns: [texts.field, texts.kept, texts.variants].map(cell::words).to_vec(),
    }
}

fn statuses(context: &Context, words: CodeWords, reading: &Reading<'_>) -> Table {
    let texts = &context.phrases().complaints;
    let (statuses, kind) = reading.texts;
    let rows = statuses.iter().map(|status| {
        let state = words(&context.speech, kind, status.state.as_deref().unwrap_or_default());
        let mut taken = vec![state];
        taken.extend(status.escalated.then(|| texts.escalated.to_owned()));
        vec![
            cell::text(status.status.as_str()),
            cell::count(context, Some(status.records)),
            cell::text(taken.join(context.phrases().page.phrase_separator)),
            cell::text(how(context, !status.declared)),
        ]
    });
    Table {
        caption: reading.texts_title.0.to_owned(),
        rows: rows.collect(),
        columns: vec![
            cell::words(reading.texts_title.1),
            cell::numbers(texts.records),
            cell::words(texts.taken_for),
            cell::words(texts.how),
        ],
    }
}

/// Which column was taken for what.
pub(in super::super) fn columns(context: &Context, columns: &[RecordColumn], words: CodeWords) -> Table {
    let texts = &context.phrases().complaints;
    let rows = columns.iter().map(|column| {
        let count = |number| cell::count(context, Some(number));
        let unreadable = if column.unreadable == 0 { Cell::Nothing(None) } else { count(column.unreadable) };
        vec![
            cell::text(field(context, words, &column.field)),
            cell::text(column.column.as_str()),
            cell::text(how(context, column.guessed)),
            count(column.filled),
            count(column.blank),
            unreadable,
            cell::text(column.also_possible.join(context.phrases().page.list_separator)),
        ]
    });
    Table {
        caption: texts.columns_title.to_owned(),
        rows: rows.collect(),
        columns: vec![
            cell::words(texts.field),
            cell::words(texts.column),
            cell::words(texts.how),
            cell::numbers(texts.filled),
            cell::numbers(texts.blank),
            cell::numbers(texts.unreadable_cells),
            cell::words(texts.also_possible),
        ],
    }
}

fn how(context: &Context, guessed: bool) -> &'static str {
    let texts = &context.phrases().complaints;
    if guessed { texts.is_guessed } else { texts.is_named }
}
