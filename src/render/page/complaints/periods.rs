//! What came in and went out period by period, and how old what stayed open is.

use super::super::super::chart::{BarChart, BarPart, BarRow, Chart, Side};
use super::super::context::Context;
use super::super::{Block, Cell, Figure, Table, anchor, cell};
use super::{QUESTION, figure, figure_columns};
use crate::report::words::{NumberStyle, fill};
use crate::report::{AgeBands, ComplaintPeriod, ComplaintsSection, Unit};

/// Two decimals, for ratios of counts.
const RATIO: NumberStyle = NumberStyle { decimals: 2, signed: false, percent: false };

/// A p-value below this is not chance alone.
const LEVEL: f64 = 0.05;

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    if section.periods.is_empty() {
        return Vec::new();
    }
    let texts = &context.phrases().complaints;
    let mut said = Vec::new();
    if let Some(test) = &section.rates_test {
        let text = if test.p < LEVEL { texts.rates_differ } else { texts.rates_alike };
        said.push(fill(text, &[("p", &context.speech.p(test.p))]));
    }
    let mut blocks =
        vec![Block::Heading(texts.periods_title.to_owned()), Block::Table(table(context, section))];
    if !said.is_empty() {
        blocks.push(Block::Text(said));
    }
    blocks.extend(backlog(context, section));
    blocks
}

fn table(context: &Context, section: &ComplaintsSection) -> Table {
    let texts = &context.phrases().complaints;
    let mut columns = vec![cell::words(texts.period)];
    columns.extend(figure_columns(context, texts.received));
    columns.push(cell::numbers(texts.closed));
    columns.extend(figure_columns(context, texts.flow));
    columns.push(cell::numbers(texts.transactions));
    columns.extend(figure_columns(context, texts.rate));
    columns.push(cell::words(context.phrases().columns.note));
    let rows = section.periods.iter().map(|period| row(context, section, period));
    Table { caption: texts.periods_title.to_owned(), columns, rows: rows.collect() }
}

fn row(context: &Context, section: &ComplaintsSection, period: &ComplaintPeriod) -> Vec<Cell> {
    let volume = &period.volume;
    let mut row = vec![
        cell::text(period.period.as_str()),
        cell::count(context, Some(volume.received)),
        cell::number(context, volume.received_low, NumberStyle::plain(1)),
        cell::number(context, volume.received_high, NumberStyle::plain(1)),
        cell::count(context, period.closed),
        cell::number(context, period.flow_ratio, RATIO),
        cell::number(context, period.flow_ratio_low, RATIO),
        cell::number(context, period.flow_ratio_high, RATIO),
        cell::count(context, volume.transactions),
    ];
    // That there are no transactions at all is said once and not in every row.
    let reason =
        volume.reason.as_deref().filter(|_| section.volume.reason.as_deref() != Some("no_transactions"));
    row.extend(figure(
        context,
        Unit::Rate,
        [volume.rate_per_1000, volume.rate_low, volume.rate_high],
        reason,
    ));
    row.push(cell::text(note(context, period)));
    row
}

fn note(context: &Context, period: &ComplaintPeriod) -> String {
    let texts = &context.phrases().complaints;
    let mut notes = Vec::new();
    notes.extend(period.first.then_some(texts.first_period));
    notes.extend((!period.complete).then_some(texts.running));
    notes.join(context.phrases().page.phrase_separator)
}

/// The ages at the end of each period; without periods that know them, those of now.
fn backlog(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let of_periods =
        section.periods.iter().filter_map(|period| Some((&period.period, period.backlog.as_ref()?)));
    let mut known: Vec<(&String, &AgeBands)> = of_periods.collect();
    if known.is_empty() {
        known.extend(section.backlog.as_ref().map(|backlog| (&section.as_of, backlog)));
    }
    if known.is_empty() {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    let table = backlog_table(context, &known);
    // Of one period the table is all there is to see.
    if known.len() > 1 && known.iter().any(|(_, bands)| bands.open > 0) {
        blocks.push(Block::Heading(table.caption.clone()));
        blocks.push(Block::Figure(Box::new(backlog_figure(context, &known, table))));
    } else {
        blocks.push(Block::Table(table));
    }
    blocks.extend(section.backlog.as_ref().map(|bands| Block::Text(vec![now(context, section, bands)])));
    blocks
}

fn backlog_table(context: &Context, known: &[(&String, &AgeBands)]) -> Table {
    let texts = &context.phrases().complaints;
    let rows = known.iter().map(|(label, bands)| {
        let count = |number| cell::count(context, Some(number));
        vec![
            cell::text(label.as_str()),
            count(bands.open),
            count(bands.to_7),
            count(bands.to_30),
            count(bands.to_90),
            count(bands.over_90),
            cell::number(context, bands.oldest, NumberStyle::plain(1)),
        ]
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let heads = [texts.open, texts.to_7, texts.to_30, texts.to_90, texts.over_90, texts.oldest];
    let columns = std::iter::once(cell::words(texts.period)).chain(heads.map(cell::numbers)).collect();
    Table { caption: texts.backlog_title.to_owned(), columns, rows }
}

/// Stacked bars, as long as the number that were open.
fn backlog_figure(context: &Context, known: &[(&String, &AgeBands)], table: Table) -> Figure {
    let texts = &context.phrases().complaints;
    let count = |number: u64| context.speech.count(number);
    let most = known.iter().map(|(_, bands)| bands.open).max().unwrap_or(0).max(1) as f64;
    let ages = [texts.over_90, texts.to_90, texts.to_30, texts.to_7];
    let sides = [Side::Bad, Side::Bad, Side::Neutral, Side::Good];
    let parts = ages.into_iter().zip(sides).map(|(label, side)| BarPart { label: label.to_owned(), side });
    let rows = known.iter().map(|(label, bands)| {
        let shares = [bands.over_90, bands.to_90, bands.to_30, bands.to_7];
        let shares = shares.map(|open| {
            let text = if open == 0 { String::new() } else { count(open) };
            (open as f64 / most * 100.0, text)
        });
        BarRow { label: (*label).clone(), note: count(bands.open), shares: shares.to_vec(), beside: None }
    });
    let end = |of: Option<&(&String, &AgeBands)>| {
        of.map_or_else(String::new, |(label, bands)| format!("{label} {}", count(bands.open)))
    };
    let description = fill(
        texts.backlog_description,
        &[
            ("count", &count(known.len() as u64)),
            ("first", &end(known.first())),
            ("last", &end(known.last())),
        ],
    );
    Figure {
        id: anchor(&[QUESTION, "backlog"]),
        title: texts.backlog_title.to_owned(),
        description,
        note: texts.backlog_note.to_owned(),
        chart: Chart::Bars(BarChart {
            parts: parts.collect(),
            rows: rows.collect(),
            diverging: false,
            beside: None,
        }),
        table,
    }
}

/// What is open as of the day of the section.
fn now(context: &Context, section: &ComplaintsSection, bands: &AgeBands) -> String {
    let texts = &context.phrases().complaints;
    let count = |number: u64| context.speech.count(number);
    let Some(oldest) = bands.oldest.filter(|_| bands.open > 0) else {
        return fill(texts.backlog_none, &[("date", &section.as_of)]);
    };
    fill(
        texts.backlog_now,
        &[
            ("date", &section.as_of),
            ("open", &count(bands.open)),
            ("to_7", &count(bands.to_7)),
            ("to_30", &count(bands.to_30)),
            ("to_90", &count(bands.to_90)),
            ("over_90", &count(bands.over_90)),
            ("oldest", &context.speech.styled(oldest, NumberStyle::plain(1))),
        ],
    )
}
