//! How the records were read: what is odd, texts that were joined, and columns.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use crate::report::IndicatorsSection;
use crate::report::words::{complaint_place, fill, indicator_code};

pub(super) fn blocks(context: &Context, section: &IndicatorsSection) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    let mut blocks = Vec::new();
    let joined = joined(context, section);
    for (table, text) in [
        (faults(context, section), None),
        (joined, Some(texts.joined_text)),
        (columns(context, section), None),
    ] {
        if !table.rows.is_empty() {
            blocks.push(Block::Heading(table.caption.clone()));
            blocks.extend(text.map(|text| Block::Text(vec![text.to_owned()])));
            blocks.push(Block::Table(table));
        }
    }
    blocks
}

/// What is odd, in how many records, what became of them, and where the first are.
fn faults(context: &Context, section: &IndicatorsSection) -> Table {
    let texts = &context.phrases().complaints;
    let separator = context.phrases().page.phrase_separator;
    let said = |kind, code: &str| indicator_code(&context.speech, kind, code);
    let rows = section.faults.iter().map(|fault| {
        let places: Vec<String> =
            fault.places.iter().map(|place| complaint_place(&context.speech, place)).collect();
        let quoted = |text: &String| fill(context.phrases().page.quoted, &[("text", text)]);
        let shown: Vec<String> = fault.texts.iter().map(quoted).collect();
        vec![
            cell::text(said("fault", &fault.code)),
            cell::text(fault.field.as_ref().map_or_else(String::new, |field| said("field", field))),
            cell::count(context, Some(fault.records)),
            cell::text(said("treatment", &fault.treatment)),
            cell::text(places.join(separator)),
            cell::name(shown.join(separator)),
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
            cell::words(context.phrases().columns.places),
            cell::words(texts.texts),
        ],
    }
}

fn joined(context: &Context, section: &IndicatorsSection) -> Table {
    let texts = &context.phrases().complaints;
    let rows = section.joined.iter().map(|joined| {
        let variants: Vec<String> = joined
            .variants
            .iter()
            .map(|(text, cells)| {
                let text = fill(context.phrases().page.quoted, &[("text", text)]);
                fill(texts.variant, &[("text", &text), ("count", &context.speech.count(*cells))])
            })
            .collect();
        vec![
            cell::text(indicator_code(&context.speech, "field", &joined.field)),
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

fn columns(context: &Context, section: &IndicatorsSection) -> Table {
    let texts = &context.phrases().complaints;
    let rows = section.columns.iter().map(|column| {
        let count = |number| cell::count(context, Some(number));
        let unreadable = if column.unreadable == 0 { Cell::Nothing(None) } else { count(column.unreadable) };
        vec![
            cell::text(indicator_code(&context.speech, "field", &column.field)),
            cell::text(column.column.as_str()),
            count(column.filled),
            count(column.blank),
            unreadable,
        ]
    });
    Table {
        caption: texts.columns_title.to_owned(),
        rows: rows.collect(),
        columns: vec![
            cell::words(texts.field),
            cell::words(texts.column),
            cell::numbers(texts.filled),
            cell::numbers(texts.blank),
            cell::numbers(texts.unreadable_cells),
        ],
    }
}
