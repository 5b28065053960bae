//! The first against the last respondents: what clearly differs, or that nothing does.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::question;
use crate::report::words::{NumberStyle, fill};
use crate::report::{ChangeVerdict, QualityLateRow, QualitySection, Unit};

/// Nothing where nothing could be compared.
pub(super) fn blocks(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let late = &section.late;
    if late.reason.as_deref() == Some("several_waves") {
        let said = vec![texts.late_several_waves.to_owned()];
        return vec![Block::Heading(texts.late.to_owned()), Block::Text(said)];
    }
    let (Some(family), None) = (&late.family, &late.reason) else { return Vec::new() };
    let count = |number: Option<u64>| number.map_or_else(String::new, |number| context.speech.count(number));
    let (compared, meaning) = match late.by.as_deref() {
        Some("date") => (texts.late_by_date, texts.late_meaning),
        _ => (texts.late_by_order, texts.late_order_meaning),
    };
    let clear: Vec<&QualityLateRow> = late.rows.iter().filter(|row| is_clear(row)).collect();
    let found = if clear.is_empty() { texts.late_none } else { texts.late_some };
    let sentences = [
        fill(compared, &[("early", &count(late.early)), ("late", &count(late.late))]),
        fill(found, &[("count", &count(Some(family.size)))]),
        meaning.to_owned(),
    ];
    let mut blocks = vec![Block::Heading(texts.late.to_owned()), Block::Text(vec![sentences.join(" ")])];
    if !clear.is_empty() {
        blocks.push(Block::Table(table(context, section, &clear)));
    }
    blocks
}

/// Whether the adjusted test says that it differs.
fn is_clear(row: &QualityLateRow) -> bool {
    matches!(row.verdict, Some(ChangeVerdict::Up | ChangeVerdict::Down))
}

fn table(context: &Context, section: &QualitySection, rows: &[&QualityLateRow]) -> Table {
    let texts = &context.phrases().quality;
    let columns = &context.phrases().columns;
    let row = |row: &&QualityLateRow| {
        let unit = row.unit.unwrap_or(Unit::Scale);
        let style = NumberStyle::figure(unit, &row.statistic, None);
        let difference = NumberStyle::difference(unit, row.low.zip(row.high));
        vec![
            cell::name(question(context, section, &row.question, None)),
            cell::number(context, row.early, style),
            cell::number(context, row.late, style),
            cell::number(context, row.difference, difference),
            cell::number(context, row.low, difference),
            cell::number(context, row.high, difference),
            cell::p(context, row.p_adjusted),
        ]
    };
    Table {
        caption: texts.late.to_owned(),
        columns: vec![
            cell::words(columns.question),
            cell::numbers(texts.early),
            cell::numbers(texts.late_third),
            cell::numbers(context.phrases().account.difference),
            cell::numbers(columns.low),
            cell::numbers(columns.high),
            cell::numbers(columns.p_adjusted),
        ],
        rows: rows.iter().map(row).collect(),
    }
}
