//! What follows a breach: how far it goes, what was made good, who complained.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns, promise_name};
use crate::report::words::{NO_FIGURE, NumberStyle, fill};
use crate::report::{
    PromiseComplaints, PromiseFigures, PromiseOvershoot, PromiseRemedies, PromisesSection, Unit,
};

pub(super) fn blocks(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let mut blocks = overshoots(context, section);
    blocks.extend(remedies(context, section));
    blocks.extend(section.complaints.iter().flat_map(|about| complaints(context, section, about)));
    blocks
}

/// All promises, where there are several, and each, with the part of its figures that a table is about.
fn rows<'a, T>(
    section: &'a PromisesSection,
    part: impl Fn(&'a PromiseFigures) -> Option<T>,
) -> Vec<(Option<&'a str>, T)> {
    let all = (section.promises.len() > 1).then_some((None, &section.total));
    let each = section.promises.iter().map(|row| (Some(row.promise.as_str()), &row.figures));
    all.into_iter().chain(each).filter_map(|(name, figures)| Some((name, part(figures)?))).collect()
}

/// Two decimals, for values in the unit of a promise and amounts.
fn own() -> NumberStyle {
    NumberStyle::plain(2)
}

fn overshoots(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let found = rows(section, |figures| figures.overshoot.as_ref().filter(|row| row.base + row.without > 0));
    if found.is_empty() {
        return Vec::new();
    }
    let mut heads = vec![cell::words(texts.promise)];
    heads.extend(figure_columns(context, texts.mean));
    heads.extend([
        cell::numbers(texts.median),
        cell::numbers(texts.p90),
        cell::numbers(texts.largest),
        cell::words(texts.unit),
        cell::numbers(texts.breaches),
        cell::numbers(context.phrases().columns.base),
    ]);
    let rows = found.into_iter().map(|(name, row)| overshoot(context, name, row)).collect();
    let table = Table { caption: texts.overshoot_title.to_owned(), columns: heads, rows };
    Block::titled(table, vec![texts.overshoot_text.to_owned()])
}

fn overshoot(context: &Context, name: Option<&str>, row: &PromiseOvershoot) -> Vec<Cell> {
    let number = |value| cell::number(context, value, own());
    let reason = row.reason.as_deref().filter(|_| row.mean.is_none());
    let mean = match reason {
        Some(code) => {
            let reason = crate::report::words::promise_reason(&context.speech, code);
            Cell::Nothing(Some(reason.to_owned()))
        }
        None => number(row.mean),
    };
    vec![
        promise_name(context, name),
        mean,
        number(row.mean_low),
        number(row.mean_high),
        number(row.median),
        number(row.p90),
        number(row.largest),
        cell::text(row.unit.clone().unwrap_or_default()),
        cell::count(context, Some(row.base + row.without)),
        cell::count(context, Some(row.base)),
    ]
}

fn remedies(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let found = rows(section, |figures| figures.remedies.as_ref());
    if found.is_empty() {
        return Vec::new();
    }
    let mut heads = vec![cell::words(texts.promise)];
    heads.extend(figure_columns(context, texts.figure_remedy));
    heads.extend(
        [texts.due, texts.honoured, texts.partly, texts.amount_due, texts.amount_paid].map(cell::numbers),
    );
    let rows = found.into_iter().map(|(name, row)| remedy(context, name, row)).collect();
    let table = Table { caption: texts.remedy_title.to_owned(), columns: heads, rows };
    Block::titled(table, vec![texts.remedy_text.to_owned()])
}

fn remedy(context: &Context, name: Option<&str>, row: &PromiseRemedies) -> Vec<Cell> {
    let mut cells = vec![promise_name(context, name)];
    cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], row.reason.as_deref()));
    cells.extend([
        cell::count(context, Some(row.due)),
        cell::count(context, row.honoured),
        cell::count(context, row.partly),
        cell::number(context, row.amount_due, own()),
        cell::number(context, row.amount_paid, own()),
    ]);
    cells
}

fn complaints(context: &Context, section: &PromisesSection, about: &PromiseComplaints) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let mut said = vec![source(context, about)];
    let found = rows(section, |figures| figures.complaints.map(|_| figures));
    let knows_misunderstandings = found.iter().any(|(_, figures)| figures.misunderstood_base.is_some());
    if knows_misunderstandings {
        let list = about.misunderstood.join(context.phrases().page.list_separator);
        said.push(fill(texts.misunderstood_text, &[("list", &list)]));
    }
    said.push(context.phrases().complaints.no_sign.to_owned());
    let mut heads = vec![cell::words(texts.promise)];
    heads.extend(figure_columns(context, texts.per_1000));
    heads.extend([cell::numbers(texts.complaints), cell::numbers(texts.events)]);
    heads.extend(figure_columns(context, texts.misunderstood));
    let rows = found.into_iter().map(|(name, figures)| {
        let mut cells = vec![promise_name(context, name)];
        let rate = [figures.complaints_per_1000, figures.complaints_low, figures.complaints_high];
        cells.extend(figure(context, Unit::Rate, rate, figures.reason.as_deref()));
        cells.extend([cell::count(context, figures.complaints), cell::count(context, figures.events)]);
        let share = [figures.misunderstood_share, figures.misunderstood_low, figures.misunderstood_high];
        cells.extend(figure(context, Unit::Percent, share, None));
        cells
    });
    let table = Table { caption: texts.complaints_title.to_owned(), columns: heads, rows: rows.collect() };
    if table.rows.is_empty() {
        return vec![Block::Heading(table.caption), Block::Text(said)];
    }
    Block::titled(table, said)
}

/// Where complaints are from.
fn source(context: &Context, about: &PromiseComplaints) -> String {
    let texts = &context.phrases().promises;
    let Some(input) = &about.input else { return texts.by_events.to_owned() };
    let count = |number: Option<u64>| {
        number.map_or_else(|| NO_FIGURE.to_owned(), |number| context.speech.count(number))
    };
    fill(
        texts.by_file,
        &[
            ("records", &count(about.records)),
            ("input", input),
            ("about", &count(Some(about.about))),
            ("none", &count(about.about_none)),
            ("unknown", &count(about.unknown_promise)),
            ("outside", &count(about.outside)),
        ],
    )
}
