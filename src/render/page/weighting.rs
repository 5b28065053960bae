//! What weighting did to the sample: the margins before and after, what weights look like and cost, the scores with and
//! without.

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use super::context::Context;
use super::{Block, Cell, Table, cell};
use crate::report::words::{NumberStyle, statistic_name, weighting_sentences};
use crate::report::{PageSection, Section, WeightingScore, WeightingSection};

/// Nothing where no targets are met; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    sections(context).flat_map(|section| of_section(context, section)).collect()
}

/// The sections that the page may show: those of targets, and where the part was asked for those of ready-made weights.
pub(super) fn sections<'a>(context: &'a Context) -> impl Iterator<Item = &'a WeightingSection> {
    let is_asked_for = context.is_asked_for(PageSection::Weighting);
    let sections = context.report.sections.iter().filter(|_| !context.for_customers());
    sections.filter_map(move |section| match section {
        Section::Weighting(section) if is_asked_for || !section.margins.is_empty() => Some(section),
        _ => None,
    })
}

fn of_section(context: &Context, section: &WeightingSection) -> Vec<Block> {
    let texts = &context.phrases().weighting;
    let sentences = weighting_sentences(&context.speech, section);
    let mut blocks = vec![Block::Text(sentences)];
    if !section.margins.is_empty() {
        let caption = context.titled(texts.margins.to_owned(), section.wave.as_ref());
        blocks.extend(headed(margins(context, section, caption)));
    }
    if !section.scores.is_empty() {
        let caption = context.titled(texts.scores.to_owned(), section.wave.as_ref());
        blocks.extend(headed(scores(context, &section.scores, caption)));
    }
    blocks
}

fn headed(table: Table) -> [Block; 2] {
    [Block::Heading(table.caption.clone()), Block::Table(table)]
}

/// Every category of every margin. What the data came with differs from the sample only where they came with weights.
fn margins(context: &Context, section: &WeightingSection, caption: String) -> Table {
    let texts = &context.phrases().weighting;
    let columns = &context.phrases().columns;
    let had_weights = section.variable.is_some();
    let percent = |value: Option<f64>| cell::number(context, value, NumberStyle::percent());
    let rows = section.margins.iter().map(|margin| {
        let before = had_weights.then(|| percent(margin.before));
        let mut row = vec![
            cell::text(context.names.segment(&margin.variable)),
            Cell::Text(margin.category.clone()),
            cell::count(context, margin.rows),
            percent(margin.sample),
        ];
        row.extend(before);
        row.extend([percent(margin.target), percent(margin.after)]);
        row
    });
    let mut heads = vec![
        cell::words(texts.margin),
        cell::words(texts.category),
        cell::numbers(columns.rows),
        cell::numbers(texts.sample),
    ];
    heads.extend(had_weights.then(|| cell::numbers(texts.before)));
    heads.extend([cell::numbers(columns.target), cell::numbers(texts.after)]);
    Table { caption, columns: heads, rows: rows.collect() }
}

/// The headlines, a difference of percentages in points.
fn scores(context: &Context, scores: &[WeightingScore], caption: String) -> Table {
    let texts = &context.phrases().weighting;
    let columns = &context.phrases().columns;
    let rows = scores.iter().map(|score| {
        // What weights move is often less than a point.
        let finer = |style: NumberStyle| NumberStyle { decimals: style.decimals.max(1), ..style };
        let style = finer(NumberStyle::figure(score.unit, &score.statistic, None));
        let question = &score.question;
        vec![
            cell::name(context.names.question(question).to_owned()),
            cell::text(statistic_name(&context.speech, &context.names, question, &score.statistic)),
            cell::number(context, score.unweighted, style),
            cell::number(context, score.weighted, style),
            cell::number(context, score.difference, finer(NumberStyle::difference(score.unit, None))),
            cell::number(context, score.design_effect, NumberStyle::plain(2)),
        ]
    });
    Table {
        caption,
        columns: vec![
            cell::words(columns.question),
            cell::words(columns.statistic),
            cell::numbers(texts.unweighted),
            cell::numbers(texts.weighted),
            cell::numbers(texts.difference),
            cell::numbers(texts.design_effect),
        ],
        rows: rows.collect(),
    }
}
