//! All figures in tables: for all respondents, by segment and by wave.

use indexmap::IndexMap;

use super::context::Context;
use super::{Block, Cell, Column, Table, cell};
use crate::report::words::{NumberStyle, checklist_name, fill, statistic_name};
use crate::report::{Estimate, QuestionSummary};

/// More rows than this make a page that nobody opens; the JSON has them all.
const MOST_ROWS: usize = 1000;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().tables;
    let mut families: IndexMap<Vec<&str>, Vec<&Estimate>> = IndexMap::new();
    let mut of_all = Vec::new();
    let mut by_wave = Vec::new();
    for estimate in &context.report.estimates {
        if context.is_of_all(estimate) {
            of_all.push(estimate);
        } else if estimate.segment.is_empty() {
            by_wave.push(estimate);
        } else {
            let ids: Vec<&str> = estimate.segment.keys().map(String::as_str).collect();
            families.entry(ids).or_default().push(estimate);
        }
    }
    families.sort_by_cached_key(|ids, _| {
        let ranks: Vec<usize> = ids.iter().map(|id| context.names.segment_rank(id)).collect();
        (ids.len(), ranks)
    });
    of_all.sort_by_key(|estimate| context.names.rank(&estimate.question));
    by_wave.sort_by_key(|estimate| (context.names.rank(&estimate.question), wave_rank(context, estimate)));

    let (shares, scores): (Vec<&Estimate>, Vec<&Estimate>) =
        of_all.into_iter().partition(|estimate| estimate.statistic.starts_with("share:"));
    let (headlines, further): (Vec<&Estimate>, Vec<&Estimate>) =
        scores.into_iter().partition(|estimate| estimate.headline);
    let mut blocks = Vec::new();
    for (title, figures) in [
        (texts.headlines, headlines),
        (texts.further, further),
        (texts.shares, shares),
        (texts.by_wave, by_wave),
    ] {
        push(context, &mut blocks, title.to_owned(), &[], &figures);
    }
    for (ids, mut figures) in families {
        figures.sort_by_cached_key(|estimate| {
            let ranks: Vec<usize> =
                estimate.segment.iter().map(|(id, value)| context.names.value_rank(id, value)).collect();
            let question = context.names.rank(&estimate.question);
            (!estimate.headline, question, estimate.statistic.clone(), ranks, wave_rank(context, estimate))
        });
        let labels: Vec<&str> = ids.iter().map(|id| context.names.segment(id)).collect();
        let title = fill(texts.by, &[("segments", &labels.join(texts.crossed))]);
        push(context, &mut blocks, title, &ids, &figures);
    }
    if blocks.is_empty() {
        blocks.push(Block::Text(vec![texts.none.to_owned()]));
    }
    blocks
}

/// The place of a wave; all waves together come last.
fn wave_rank(context: &Context, estimate: &Estimate) -> usize {
    let found = &context.report.waves.found;
    estimate.wave.as_ref().and_then(|wave| found.iter().position(|known| known == wave)).unwrap_or(usize::MAX)
}

fn push(context: &Context, blocks: &mut Vec<Block>, title: String, ids: &[&str], figures: &[&Estimate]) {
    if figures.is_empty() {
        return;
    }
    let shown = &figures[..figures.len().min(MOST_ROWS)];
    blocks.push(Block::Heading(title.clone()));
    blocks.push(Block::Table(table(context, title, ids, shown)));
    if shown.len() < figures.len() {
        let number = |count: usize| context.speech.count(u64::try_from(count).unwrap_or(u64::MAX));
        let text = fill(
            context.phrases().tables.cut,
            &[("shown", &number(shown.len())), ("count", &number(figures.len()))],
        );
        blocks.push(Block::Text(vec![text]));
    }
}

/// Which columns a table needs besides question, statistic, value, limits and base.
struct Needed {
    waves: bool,
    weights: bool,
    targets: bool,
    notes: bool,
}

fn table(context: &Context, caption: String, ids: &[&str], figures: &[&Estimate]) -> Table {
    let needed = Needed {
        waves: figures.iter().any(|estimate| estimate.wave != context.report.waves.wave),
        weights: figures.iter().any(|estimate| estimate.base_kish.is_some()),
        targets: figures.iter().any(|estimate| estimate.target.is_some()),
        notes: figures.iter().any(|estimate| estimate.value.is_some() && estimate.flag.is_some()),
    };
    let rows = figures.iter().map(|estimate| row(context, ids, &needed, estimate)).collect();
    Table { caption, columns: columns(context, ids, &needed), rows }
}

fn columns(context: &Context, ids: &[&str], needed: &Needed) -> Vec<Column> {
    let texts = &context.phrases().columns;
    let mut columns = vec![cell::words(texts.question), cell::words(texts.statistic)];
    columns.extend(ids.iter().map(|id| cell::words(context.names.segment(id))));
    if needed.waves {
        columns.push(cell::words(texts.wave));
    }
    columns.extend(cell::figure_columns(context));
    if needed.weights {
        columns.extend([cell::numbers(texts.weighted_base), cell::numbers(texts.effective_base)]);
    }
    columns.push(cell::numbers(texts.standard_error));
    if needed.targets {
        columns.extend([cell::numbers(texts.target), cell::words(texts.verdict)]);
    }
    columns.push(cell::words(texts.method));
    if needed.notes {
        columns.push(cell::words(texts.note));
    }
    columns
}

fn row(context: &Context, ids: &[&str], needed: &Needed, estimate: &Estimate) -> Vec<Cell> {
    let style = NumberStyle::figure(estimate.unit, &estimate.statistic, estimate.low.zip(estimate.high));
    let mut row = vec![
        cell::text(
            checklist_name(&context.speech, &estimate.question)
                .unwrap_or_else(|| context.names.question(&estimate.question).to_owned()),
        ),
        cell::text(statistic(context, estimate)),
    ];
    row.extend(ids.iter().map(|id| cell::text(estimate.segment.get(*id).map_or("", String::as_str))));
    if needed.waves {
        row.push(cell::text(estimate.wave.as_deref().unwrap_or(context.phrases().columns.all_waves)));
    }
    row.extend(cell::figure(context, estimate));
    if needed.weights {
        row.push(cell::number(context, estimate.base_weighted, NumberStyle::plain(1)));
        row.push(cell::number(context, estimate.base_effective, NumberStyle::plain(1)));
    }
    let finer = NumberStyle { decimals: style.decimals + 1, signed: false, percent: false };
    row.push(cell::number(context, estimate.se, finer));
    if needed.targets {
        row.push(cell::number(context, estimate.target, style.bare()));
        row.push(cell::target(context, estimate.target_verdict));
    }
    row.push(cell::text(
        estimate
            .method
            .as_deref()
            .map_or_else(String::new, |name| super::method::interval_method(context, name)),
    ));
    if needed.notes {
        let note = estimate.value.and(estimate.flag).map_or_else(String::new, |flag| context.flag(flag));
        row.push(cell::text(note));
    }
    row
}

/// What a figure is: its statistic, with the definition where it is the question's headline.
fn statistic(context: &Context, estimate: &Estimate) -> String {
    let name = statistic_name(&context.speech, &context.names, &estimate.question, &estimate.statistic);
    let is_usual = |summary: &&QuestionSummary| summary.headline.as_deref() == Some(&estimate.statistic);
    let definition = context
        .names
        .summary(&estimate.question)
        .filter(is_usual)
        .map(|_| context.definition(&estimate.question))
        .filter(|definition| !definition.is_empty() && estimate.headline);
    definition.unwrap_or(name)
}
