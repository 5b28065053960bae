//! What several questions measure together: reliability, retests, indices, a path model.

use super::context::Context;
use super::{Block, Cell, Table, cell};
use crate::report::words::{NumberStyle, construct_sentences, index_kind};
use crate::report::{Flag, IndexRow, PathModelSection, ReliabilitySection, RetestRow, Section};

pub(super) fn has_any(context: &Context) -> bool {
    context.report.sections.iter().any(is_of_constructs)
}

fn is_of_constructs(section: &Section) -> bool {
    matches!(
        section,
        Section::Reliability(_) | Section::Retests(_) | Section::Indices(_) | Section::PathModel(_)
    )
}

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().constructs;
    let sections = &context.report.sections;
    let named = |id: &str| context.names.question(id).to_owned();
    let said = construct_sentences(&context.speech, sections, &named);
    let mut blocks = Vec::new();
    let with = |about: &str, said: Vec<String>| std::iter::once(about.to_owned()).chain(said).collect();
    for section in sections {
        if let Section::Indices(indices) = section {
            blocks.push(Block::Table(index_table(context, &indices.rows, indices.wave.as_ref())));
            blocks.push(Block::Text(with(texts.about_index, said.indices.clone())));
        }
    }
    let scales: Vec<&ReliabilitySection> = sections
        .iter()
        .filter_map(|section| match section {
            Section::Reliability(section) => Some(section),
            _ => None,
        })
        .collect();
    if let Some(first) = scales.first() {
        let wave = first.wave.as_ref();
        blocks.push(Block::Table(alpha_table(context, &scales, wave)));
        blocks.push(Block::Text(with(texts.about_alpha, said.reliability.clone())));
        if !context.for_customers() {
            blocks.push(Block::Table(item_table(context, &scales, wave)));
        }
    }
    for section in sections {
        match section {
            Section::Retests(retests) => {
                blocks.push(Block::Table(retest_table(context, &retests.rows, retests.wave.as_ref())));
                blocks.push(Block::Text(vec![texts.about_retest.to_owned()]));
            }
            Section::PathModel(model) => {
                if !model.paths.is_empty() {
                    blocks.push(Block::Table(path_table(context, model)));
                    blocks.push(Block::Table(explained_table(context, model)));
                    blocks.push(Block::Table(loading_table(context, model)));
                }
                blocks.push(Block::Text(with(texts.about_path, said.path_model.clone())));
            }
            _ => {}
        }
    }
    blocks
}

const TWO: usize = 2;

fn fraction(context: &Context, value: Option<f64>) -> Cell {
    cell::number(context, value, NumberStyle::plain(TWO))
}

fn note(context: &Context, flag: Option<Flag>) -> Cell {
    cell::text(flag.map_or_else(String::new, |flag| context.flag(flag)))
}

fn alpha_table(context: &Context, scales: &[&ReliabilitySection], wave: Option<&String>) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let [low, high] = cell::limits(context);
    let heads = vec![
        cell::words(texts.construct),
        cell::numbers(texts.items),
        cell::numbers(texts.alpha),
        low,
        high,
        cell::numbers(texts.omega),
        cell::numbers(texts.standardised),
        cell::numbers(texts.halves),
        cell::numbers(texts.extracted),
        cell::numbers(columns.base),
        cell::words(columns.note),
    ];
    let rows = scales.iter().map(|section| {
        vec![
            cell::name(section.label.clone()),
            cell::count(context, u64::try_from(section.items.len()).ok()),
            fraction(context, section.alpha),
            fraction(context, section.low),
            fraction(context, section.high),
            fraction(context, section.omega),
            fraction(context, section.standardized_alpha),
            fraction(context, section.split_half),
            fraction(context, section.average_variance_extracted),
            cell::count(context, section.base),
            note(context, section.flag),
        ]
    });
    let caption = context.titled(texts.alpha_title.to_owned(), wave);
    Table { caption, columns: heads, rows: rows.collect() }
}

fn item_table(context: &Context, scales: &[&ReliabilitySection], wave: Option<&String>) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let heads = vec![
        cell::words(columns.question),
        cell::words(texts.construct),
        cell::numbers(texts.item_rest),
        cell::numbers(texts.without),
        cell::numbers(texts.loading),
    ];
    let rows = scales.iter().filter(|section| section.alpha.is_some()).flat_map(|section| {
        section.rows.iter().map(|row| {
            vec![
                cell::name(context.names.question(&row.question).to_owned()),
                cell::name(section.label.clone()),
                fraction(context, row.item_rest),
                fraction(context, row.alpha_if_dropped),
                fraction(context, row.loading),
            ]
        })
    });
    let caption = context.titled(texts.items_title.to_owned(), wave);
    Table { caption, columns: heads, rows: rows.collect() }
}

fn retest_table(context: &Context, rows: &[RetestRow], wave: Option<&String>) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let [kappa_low, kappa_high] = cell::limits(context);
    let [icc_low, icc_high] = cell::limits(context);
    let heads = vec![
        cell::words(columns.question),
        cell::words(texts.again),
        cell::numbers(texts.same),
        cell::numbers(texts.kappa),
        kappa_low,
        kappa_high,
        cell::numbers(texts.icc),
        icc_low,
        icc_high,
        cell::numbers(columns.base),
        cell::words(columns.note),
    ];
    let rows = rows.iter().map(|row| {
        vec![
            cell::name(context.names.question(&row.question).to_owned()),
            cell::name(context.names.question(&row.retest).to_owned()),
            cell::share(context, row.agreement),
            fraction(context, row.kappa),
            fraction(context, row.kappa_low),
            fraction(context, row.kappa_high),
            fraction(context, row.icc),
            fraction(context, row.icc_low),
            fraction(context, row.icc_high),
            cell::count(context, row.base),
            note(context, row.flag),
        ]
    });
    let caption = context.titled(texts.retest_title.to_owned(), wave);
    Table { caption, columns: heads, rows: rows.collect() }
}

fn index_table(context: &Context, rows: &[IndexRow], wave: Option<&String>) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let one = |value| cell::number(context, value, NumberStyle::plain(1));
    let [low, high] = cell::limits(context);
    let heads = vec![
        cell::words(texts.construct),
        cell::words(texts.kind),
        cell::numbers(texts.index),
        low,
        high,
        cell::numbers(texts.equal),
        cell::words(texts.weights),
        cell::numbers(columns.base),
        cell::words(columns.note),
    ];
    let rows = rows.iter().map(|row| {
        let weights: Vec<String> = row
            .weights
            .iter()
            .map(|(question, weight)| {
                format!("{} {}", context.names.question(question), context.speech.plain(*weight, TWO, false))
            })
            .collect();
        vec![
            cell::name(row.label.clone()),
            cell::text(index_kind(&context.speech, &row.index)),
            one(row.value),
            one(row.low),
            one(row.high),
            one(row.equal_weights),
            cell::text(weights.join(", ")),
            cell::count(context, row.respondents),
            note(context, row.flag),
        ]
    });
    let caption = context.titled(texts.index_title.to_owned(), wave);
    Table { caption, columns: heads, rows: rows.collect() }
}

fn label<'a>(model: &'a PathModelSection, id: &'a str) -> &'a str {
    model.constructs.iter().find(|known| known.construct == id).map_or(id, |known| &known.label)
}

fn path_table(context: &Context, model: &PathModelSection) -> Table {
    let texts = &context.phrases().constructs;
    let [low, high] = cell::limits(context);
    let heads = vec![cell::words(texts.path), cell::numbers(texts.coefficient), low, high];
    let signed =
        |value| cell::number(context, value, NumberStyle { signed: true, ..NumberStyle::plain(TWO) });
    let rows = model.paths.iter().map(|path| {
        let arrow = format!("{} → {}", label(model, &path.from), label(model, &path.to));
        vec![cell::name(arrow), signed(Some(path.coefficient)), signed(path.low), signed(path.high)]
    });
    let caption = context.titled(texts.path_title.to_owned(), model.wave.as_ref());
    Table { caption, columns: heads, rows: rows.collect() }
}

fn explained_table(context: &Context, model: &PathModelSection) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let [low, high] = cell::limits(context);
    let heads = vec![
        cell::words(texts.construct),
        cell::numbers(texts.r2),
        low,
        high,
        cell::numbers(texts.extracted),
        cell::numbers(texts.composite),
        cell::numbers(columns.base),
    ];
    let rows = model.constructs.iter().map(|construct| {
        vec![
            cell::name(construct.label.clone()),
            fraction(context, construct.r2),
            fraction(context, construct.r2_low),
            fraction(context, construct.r2_high),
            fraction(context, construct.average_variance_extracted),
            fraction(context, construct.composite_reliability),
            cell::count(context, model.base),
        ]
    });
    let caption = context.titled(texts.explained_title.to_owned(), model.wave.as_ref());
    Table { caption, columns: heads, rows: rows.collect() }
}

fn loading_table(context: &Context, model: &PathModelSection) -> Table {
    let (texts, columns) = (&context.phrases().constructs, &context.phrases().columns);
    let [low, high] = cell::limits(context);
    let heads = vec![
        cell::words(columns.question),
        cell::words(texts.construct),
        cell::numbers(texts.weight),
        cell::numbers(texts.loading),
        low,
        high,
    ];
    let rows = model.items.iter().map(|item| {
        vec![
            cell::name(context.names.question(&item.question).to_owned()),
            cell::name(label(model, &item.construct).to_owned()),
            fraction(context, Some(item.weight)),
            fraction(context, Some(item.loading)),
            fraction(context, item.loading_low),
            fraction(context, item.loading_high),
        ]
    });
    let caption = context.titled(texts.loadings_title.to_owned(), model.wave.as_ref());
    Table { caption, columns: heads, rows: rows.collect() }
}
