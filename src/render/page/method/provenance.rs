//! Where the figures come from: program, definition, files, seed. Customers are not told.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use crate::report::words::fill;
use crate::report::{Audience, Input};

/// So much of a hash is enough to tell files apart; the report as JSON has all of it.
const SHORT_HASH: usize = 12;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().method;
    let provenance = &context.report.provenance;
    let mut facts =
        vec![(texts.version, format!("csat {}", provenance.csat)), (texts.definition, definition(context))];
    facts.push((texts.seed, provenance.seed.to_string()));
    if !provenance.options.is_empty() {
        let options: Vec<String> =
            provenance.options.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        facts.push((texts.options, options.join(", ")));
    }
    facts.push((texts.as_of, context.report.as_of.clone()));
    let facts = facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect();
    let mut blocks = vec![Block::Heading(texts.provenance.to_owned()), Block::Facts(facts)];
    if !provenance.inputs.is_empty() {
        blocks.push(Block::Table(inputs(context)));
        blocks.push(Block::Text(vec![texts.verify.to_owned()]));
    }
    blocks
}

/// The definition with its hash.
fn definition(context: &Context) -> String {
    let texts = &context.phrases().method;
    let Some(definition) = &context.report.provenance.definition else {
        return texts.no_definition.to_owned();
    };
    let inferred = definition.name == "inferred" && definition.hash.is_none();
    let name = if inferred { texts.inferred } else { definition.name.as_str() };
    match &definition.hash {
        Some(hash) => fill(texts.with_hash, &[("name", &name), ("hash", &shown(context, hash))]),
        None => name.to_owned(),
    }
}

fn inputs(context: &Context) -> Table {
    let columns = &context.phrases().columns;
    let row = |input: &Input| {
        vec![
            cell::text(input.name.as_str()),
            cell::text(shown(context, &input.hash)),
            cell::count(context, Some(input.rows)),
            cell::count(context, Some(input.bytes)),
        ]
    };
    Table {
        caption: context.phrases().method.inputs.to_owned(),
        columns: vec![
            cell::words(columns.file),
            cell::words(columns.hash),
            cell::numbers(columns.rows),
            cell::numbers(columns.bytes),
        ],
        rows: context.report.provenance.inputs.iter().map(row).collect(),
    }
}

/// The whole hash for those who work with it.
fn shown(context: &Context, hash: &str) -> String {
    if context.document.audience == Audience::Team { hash.to_owned() } else { short(hash) }
}

fn short(hash: &str) -> String {
    let (kind, digits) = hash.split_once(':').map_or(("", hash), |(kind, digits)| (kind, digits));
    if digits.chars().count() <= SHORT_HASH {
        return hash.to_owned();
    }
    let digits: String = digits.chars().take(SHORT_HASH).collect();
    if kind.is_empty() { format!("{digits}…") } else { format!("{kind}:{digits}…") }
}
