//! Indicators beside the scores: whether they move together, and what that does not say.

use indexmap::IndexMap;

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::called;
use crate::report::words::{NumberStyle, corroboration_found, corroboration_reason, fill, indicator_lag};
use crate::report::{CorroborationRow, IndicatorsSection, LaggedRank};

/// Coefficients have two decimals and a sign.
const COEFFICIENT: NumberStyle = NumberStyle { decimals: 2, signed: true, percent: false };

/// So many pairs are named in a sentence.
const NAMED: usize = 4;

pub(super) fn blocks(context: &Context, section: &IndicatorsSection) -> Vec<Block> {
    let texts = &context.phrases().indicators;
    if section.used == 0 {
        return Vec::new();
    }
    let found = &section.corroboration;
    let title = Block::Heading(texts.corroboration_title.to_owned());
    if found.rows.is_empty() {
        let reason = corroboration_reason(&context.speech, found.reason.as_deref());
        return vec![title, Block::Text(vec![reason.to_owned()])];
    }
    let rows: Vec<Vec<Cell>> =
        found.rows.iter().filter_map(|line| Some(row(context, section, line, strongest(line)?))).collect();
    let mut said = Vec::new();
    if !rows.is_empty() {
        said.push(fill(texts.cor_meaning, &[("lag", &context.speech.count(found.lag))]));
    }
    said.extend(reversals(context, section));
    said.extend(without(context, section));
    let mut blocks = vec![title, Block::Text(said)];
    if !rows.is_empty() {
        blocks.push(Block::Table(table(context, rows)));
    }
    blocks
}

fn strongest(row: &CorroborationRow) -> Option<&LaggedRank> {
    row.lags.iter().find(|found| Some(found.lag) == row.strongest)
}

fn table(context: &Context, rows: Vec<Vec<Cell>>) -> Table {
    let texts = &context.phrases().indicators;
    let mut heads = vec![
        cell::words(texts.indicator),
        cell::words(texts.score),
        cell::numbers(texts.common),
        cell::words(texts.lag),
        cell::numbers(texts.correlation),
    ];
    heads.extend(cell::limits(context));
    let p = context.phrases().columns.p_adjusted;
    heads.extend([
        cell::numbers(p),
        cell::numbers(texts.of_changes),
        cell::numbers(p),
        cell::words(texts.found),
    ]);
    Table { caption: texts.corroboration_title.to_owned(), columns: heads, rows }
}

fn row(
    context: &Context,
    section: &IndicatorsSection,
    row: &CorroborationRow,
    found: &LaggedRank,
) -> Vec<Cell> {
    let change = found.differences.as_ref();
    vec![
        cell::name(indicator(context, section, row)),
        cell::name(row.name.clone()),
        cell::count(context, Some(found.n)),
        cell::text(indicator_lag(&context.speech, found.lag)),
        cell::number(context, Some(found.r), COEFFICIENT),
        cell::number(context, found.low, COEFFICIENT),
        cell::number(context, found.high, COEFFICIENT),
        cell::p(context, found.p_adjusted),
        cell::number(context, change.map(|change| change.r), COEFFICIENT),
        cell::p(context, change.and_then(|change| change.p_adjusted)),
        cell::text(corroboration_found(&context.speech, row)),
    ]
}

fn indicator(context: &Context, section: &IndicatorsSection, row: &CorroborationRow) -> String {
    let series =
        section.series.iter().find(|series| series.id == row.indicator && series.segment == row.segment);
    series.map_or_else(|| row.indicator.clone(), |series| called(context, series))
}

fn pair(context: &Context, section: &IndicatorsSection, row: &CorroborationRow) -> String {
    let texts = &context.phrases().indicators;
    let name = indicator(context, section, row);
    fill(
        texts.pair,
        &[("indicator", &context.speech.quoted(&name)), ("score", &context.speech.quoted(&row.name))],
    )
}

/// Where segments say the opposite of the total.
fn reversals(context: &Context, section: &IndicatorsSection) -> Vec<String> {
    let texts = &context.phrases().indicators;
    let said = section.corroboration.rows.iter().filter_map(|row| {
        let (reversal, all) = (row.reversal.as_ref()?, strongest(row)?);
        let number = |value: f64| context.speech.styled(value, COEFFICIENT);
        let range = context.speech.range((reversal.low, reversal.high), COEFFICIENT);
        Some(fill(
            texts.cor_reversal,
            &[
                ("pair", &pair(context, section, row)),
                ("all", &number(all.r)),
                ("segment", &context.names.segment(&reversal.segment)),
                ("within", &number(reversal.within)),
                ("range", &range),
            ],
        ))
    });
    said.collect()
}

/// The pairs without a figure, by the number of periods that they have in common.
fn without(context: &Context, section: &IndicatorsSection) -> Vec<String> {
    let texts = &context.phrases().indicators;
    let mut groups: IndexMap<(bool, u64), Vec<String>> = IndexMap::new();
    for row in section.corroboration.rows.iter().filter(|row| row.lags.is_empty()) {
        let is_few = row.reason.as_deref() != Some("no_variation");
        let common = if is_few { row.common } else { 0 };
        groups.entry((is_few, common)).or_default().push(pair(context, section, row));
    }
    let said = groups.into_iter().map(|((is_few, common), pairs)| {
        let text = if is_few { texts.cor_too_few } else { texts.cor_no_variation };
        let list = context.speech.list_of_first(&pairs, NAMED);
        let least = context.speech.count(section.corroboration.least_periods);
        fill(text, &[("pair", &list), ("common", &context.speech.count(common)), ("least", &least)])
    });
    said.collect()
}
