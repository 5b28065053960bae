//! What kind of need every feature is: how much it could please, and how much its absence displeases.

use super::super::chart::QuadrantMark;
use super::context::Context;
use super::plane::{Plane, Told};
use super::{Block, Figure, Table, anchor, axis, cell};
use crate::report::words::{NumberStyle, fill, kano_category_name};
use crate::report::{Flag, KanoCategory, KanoRow, KanoSection, PageSection, Section};

/// The letters over the counts.
const LETTERS: [(&str, KanoCategory); 6] = [
    ("M", KanoCategory::MustBe),
    ("O", KanoCategory::OneDimensional),
    ("A", KanoCategory::Attractive),
    ("I", KanoCategory::Indifferent),
    ("R", KanoCategory::Reverse),
    ("Q", KanoCategory::Questionable),
];

/// Half of those who care: the lines of the plane.
const HALF: f64 = 50.0;

/// The sections with a row.
pub(super) fn sections<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a KanoSection> {
    context.report.sections.iter().filter_map(|section| match section {
        Section::Kano(kano) if !kano.rows.is_empty() => Some(kano),
        _ => None,
    })
}

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    sections(context).flat_map(|kano| section(context, kano)).collect()
}

fn section(context: &Context, kano: &KanoSection) -> Vec<Block> {
    let texts = &context.phrases().kano;
    let (all, groups): (Vec<&KanoRow>, Vec<&KanoRow>) =
        kano.rows.iter().partition(|row| row.segment.is_empty());
    let mut blocks = vec![
        Block::Figure(Box::new(figure(context, kano, &all))),
        Block::Text(vec![letters(context), texts.categories.to_owned(), texts.meaning.to_owned()]),
    ];
    let groups: Vec<&KanoRow> = groups.into_iter().filter(|row| row.base != Some(0)).collect();
    // A report of everything has no room for every feature in every group; whoever asks for features gets them.
    if !groups.is_empty() && context.is_asked_for(PageSection::Kano) && !context.for_customers() {
        let title = context.titled(texts.by_group.to_owned(), kano.wave.as_ref());
        blocks.push(Block::Table(table(context, &groups, title, true)));
    }
    blocks
}

/// What the letters over the counts stand for.
fn letters(context: &Context) -> String {
    let told = LETTERS
        .map(|(letter, category)| format!("{letter} = {}", kano_category_name(&context.speech, category)));
    told.join(context.phrases().page.list_separator) + "."
}

fn is_settled(row: &KanoRow) -> bool {
    row.distinguishable == Some(true)
}

fn category(context: &Context, row: &KanoRow) -> String {
    let Some(category) = row.category else { return context.phrases().flags.no_figure.to_owned() };
    let name = kano_category_name(&context.speech, category);
    if is_settled(row) {
        return name.to_owned();
    }
    fill(context.phrases().kano.unsettled, &[("category", &name)])
}

fn figure(context: &Context, kano: &KanoSection, rows: &[&KanoRow]) -> Figure {
    let texts = &context.phrases().kano;
    let title = context.titled(texts.title.to_owned(), kano.wave.as_ref());
    let axis = |title: &str| axis::over(context, (0.0, 100.0), title.to_owned(), false);
    let corner = |category| kano_category_name(&context.speech, category).to_owned();
    let musts: Vec<String> = rows
        .iter()
        .filter(|row| row.category == Some(KanoCategory::MustBe) && is_settled(row))
        .map(|row| context.speech.quoted(context.names.question(&row.question)))
        .collect();
    let list = if musts.is_empty() { texts.nothing.to_owned() } else { context.speech.list(&musts) };
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    Figure {
        id: anchor(&["better-worse"]),
        description: fill(texts.description, &[("count", &count), ("list", &list)]),
        note: fill(texts.note, &[("confidence", &context.confidence())]),
        chart: Plane {
            told: Told::Need,
            axes: (axis(texts.worse_axis), axis(texts.better_axis)),
            crosshair: (HALF, HALF),
            corners: [
                corner(KanoCategory::Attractive),
                corner(KanoCategory::OneDimensional),
                corner(KanoCategory::Indifferent),
                corner(KanoCategory::MustBe),
            ],
            marks: rows.iter().filter_map(|row| mark(context, row)).collect(),
        }
        .chart(context),
        table: table(context, rows, title.clone(), false),
        title,
    }
}

fn mark(context: &Context, row: &KanoRow) -> Option<QuadrantMark> {
    let percent = |fraction: f64| 100.0 * fraction;
    let limits = |low: Option<f64>, high: Option<f64>| low.zip(high);
    Some(QuadrantMark {
        label: context.names.question(&row.question).to_owned(),
        performance: (
            percent(-row.worse?),
            limits(row.worse_high, row.worse_low).map(|(low, high)| (percent(-low), percent(-high))),
        ),
        importance: (
            percent(row.better?),
            limits(row.better_low, row.better_high).map(|(low, high)| (percent(low), percent(high))),
        ),
        settled: is_settled(row),
    })
}

fn table(context: &Context, rows: &[&KanoRow], caption: String, grouped: bool) -> Table {
    let (columns, texts) = (&context.phrases().columns, &context.phrases().kano);
    let two = NumberStyle::plain(2);
    let signed = NumberStyle { signed: true, ..two };
    let mut heads = vec![cell::words(columns.question)];
    if grouped {
        heads.push(cell::words(columns.group));
    }
    heads.extend([cell::words(texts.category), cell::numbers(columns.base)]);
    heads.extend(LETTERS.iter().map(|(letter, _)| cell::numbers(letter)));
    heads.push(cell::numbers(texts.better));
    heads.extend(cell::limits(context));
    heads.push(cell::numbers(texts.worse));
    heads.extend(cell::limits(context));
    // A report of everything keeps to what its reader acts on.
    let in_full = context.is_asked_for(PageSection::Kano);
    if in_full {
        heads.extend([
            cell::numbers(texts.category_strength),
            cell::numbers(texts.total_strength),
            cell::words(texts.by_groups),
        ]);
    }
    heads.extend([cell::numbers(columns.importance), cell::words(columns.note)]);
    let rows = rows.iter().map(|row| {
        let mut cells = vec![cell::text(context.names.question(&row.question))];
        if grouped {
            let group =
                row.segment.iter().map(|(id, value)| format!("{}: {value}", context.names.segment(id)));
            cells.push(cell::text(group.collect::<Vec<_>>().join(", ")));
        }
        let shown = if row.category.is_some() { category(context, row) } else { String::new() };
        let by_groups = row.category_by_groups.filter(|found| Some(*found) != row.category);
        let number = |value, style| cell::number(context, value, style);
        cells.extend([
            cell::text(shown),
            cell::base(context, row.base, row.flag == Some(Flag::SmallBase)),
            cell::count(context, row.must_be),
            cell::count(context, row.one_dimensional),
            cell::count(context, row.attractive),
            cell::count(context, row.indifferent),
            cell::count(context, row.reverse),
            cell::count(context, row.questionable),
            number(row.better, two),
            number(row.better_low, two),
            number(row.better_high, two),
            number(row.worse, signed),
            number(row.worse_low, signed),
            number(row.worse_high, signed),
        ]);
        if in_full {
            cells.extend([
                cell::share(context, row.category_strength),
                cell::share(context, row.total_strength),
                cell::text(by_groups.map_or("", |found| kano_category_name(&context.speech, found))),
            ]);
        }
        cells.extend([number(row.importance, two), cell::text(note(context, row))]);
        cells
    });
    Table { caption, columns: heads, rows: rows.collect() }
}

fn note(context: &Context, row: &KanoRow) -> String {
    let flags = &context.phrases().flags;
    match row.flag {
        Some(Flag::SmallBase) => {
            let below = context.speech.count(context.report.survey.flag_below);
            fill(flags.small_base, &[("below", &below)])
        }
        Some(Flag::Suppressed | Flag::Complementary) => context.phrases().account.hidden.to_owned(),
        _ => String::new(),
    }
}
