//! What goes with an outcome: one row a driver, then the groups, the key drivers and the outcome by score.

use super::account;
use super::lookup::Lookup;
use super::story::Story;
use super::{Block, Cell, Column, Extent, Table};
use crate::report::words::{
    self, Names, Speech, driver_factor, drivers_differences, drivers_group, drivers_no_group,
    drivers_outcome, drivers_sentences, fill, heading, key_drivers_meaning, outcome_level,
};
use crate::report::{
    DocumentSection, DriverRow, DriversSection, KeyDriversTable, OutcomeLevel, Report, Section,
};
use std::iter;

/// The blocks of a report that is about nothing else, in reading order.
pub(super) fn document(report: &Report, extent: Extent) -> Vec<Block> {
    let lookup = Lookup::new(report);
    let mut blocks = vec![account::title(report)];
    blocks.extend(blocks_of(&lookup, extent));
    blocks.extend(account::sentences(report, &story(report), extent));
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}

/// The questions of the models.
fn story(report: &Report) -> Story<'_> {
    let ids = sections(report).flat_map(|drivers| {
        let rows = drivers.rows.iter().map(|row| row.question.as_str());
        let levels = drivers.levels.iter().map(|level| level.question.as_str());
        iter::once(drivers.outcome.as_str()).chain(rows).chain(levels)
    });
    Story::about(ids)
}

fn sections(report: &Report) -> impl Iterator<Item = &DriversSection> {
    report.sections.iter().filter_map(|section| match section {
        Section::Drivers(drivers) => Some(drivers.as_ref()),
        _ => None,
    })
}

/// The drivers, beside scores too.
pub(super) fn blocks_of(lookup: &Lookup, extent: Extent) -> Vec<Block> {
    sections(lookup.report).flat_map(|drivers| section_blocks(lookup, drivers, extent)).collect()
}

fn section_blocks(lookup: &Lookup, drivers: &DriversSection, extent: Extent) -> Vec<Block> {
    let speech = Speech::new(&DocumentSection::default());
    let names = Names::new(&lookup.report.survey);
    let texts = &speech.phrases().drivers;
    let outcome = drivers_outcome(&speech, &names, drivers);
    let mut blocks = vec![Block::Heading(fill(texts.title, &[("outcome", &outcome)]))];
    if let Some(flag) = drivers.flag {
        blocks.push(Block::Sentences(vec![lookup.flag(flag)]));
        return blocks;
    }
    blocks.push(Block::Table(table(lookup, &drivers.rows, extent)));
    blocks.push(Block::Legend(drivers_sentences(&speech, &names, drivers, extent.explain)));
    for (title, key) in [(texts.dissatisfiers, &drivers.dissatisfiers), (texts.enhancers, &drivers.enhancers)]
    {
        if let Some(key) = key.as_ref().filter(|_| extent.explain || !extent.interactive) {
            blocks.push(Block::Heading(title.to_owned()));
            blocks.push(Block::Table(key_drivers(lookup, key)));
            blocks.push(Block::Legend(vec![key_drivers_meaning(&speech, key)]));
        }
    }
    let mut last = "";
    for level in &drivers.levels {
        if level.question != last {
            last = &level.question;
            let with =
                [("outcome", &drivers.outcome as &dyn std::fmt::Display), ("question", &names.called(last))];
            blocks.push(Block::Heading(fill(texts.levels, &with)));
            let own: Vec<&OutcomeLevel> =
                drivers.levels.iter().filter(|level| level.question == last).collect();
            blocks.push(Block::Table(levels(&speech, &own, lookup.report.survey.confidence)));
        }
    }
    if !drivers.differences.is_empty() {
        blocks.push(Block::Sentences(drivers_differences(&speech, &names, drivers)));
    }
    for group in &drivers.groups {
        if group.rows.is_empty() {
            blocks.push(Block::Sentences(vec![drivers_no_group(&speech, &names, group)]));
        } else {
            blocks.push(Block::Heading(drivers_group(&names, group)));
            blocks.push(Block::Table(table(lookup, &group.rows, extent)));
        }
    }
    blocks
}

fn range(low: Option<f64>, high: Option<f64>, decimals: usize, signed: bool) -> Cell {
    let text = low.zip(high).map(|(low, high)| {
        format!("{} to {}", words::fixed(low, decimals, signed), words::fixed(high, decimals, signed))
    });
    Cell::from(text.unwrap_or_default())
}

fn number(value: Option<f64>, decimals: usize, signed: bool) -> Cell {
    Cell::from(value.map_or_else(String::new, |value| words::fixed(value, decimals, signed)))
}

fn percent(share: Option<f64>) -> Option<f64> {
    share.map(|share| 100.0 * share)
}

/// The largest share first.
fn table(lookup: &Lookup, rows: &[DriverRow], extent: Extent) -> Table {
    let names = Names::new(&lookup.report.survey);
    let speech = Speech::new(&DocumentSection::default());
    let texts = &speech.phrases().drivers;
    let mut heads = vec![
        Column::text(texts.driver),
        Column::number(heading::SHARE_PERCENT),
        Column::interval(lookup.report.survey.confidence),
        Column::number(texts.rank),
        Column::number(texts.correlation),
        Column::number(texts.slope),
    ];
    if extent.explain {
        heads.push(Column::interval(lookup.report.survey.confidence));
    }
    heads.push(Column::number(texts.rating));
    if extent.explain {
        heads.extend(
            ["LMG", "Johnson", "beta", "SE", "p", "Spearman", "polychoric", "VIF", "logit"]
                .map(Column::number),
        );
        heads.extend([
            Column::number(texts.penalty),
            Column::number(texts.reward),
            Column::text(texts.factor),
        ]);
    }
    heads.push(Column::number(heading::BASE));
    let mut ranked: Vec<&DriverRow> = rows.iter().collect();
    let share = |row: &DriverRow| row.share.unwrap_or(f64::NEG_INFINITY);
    ranked.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let cells = ranked.into_iter().map(|row| {
        let ranks = row.rank_low.zip(row.rank_high).map_or_else(String::new, |(low, high)| {
            if low == high { low.to_string() } else { format!("{low}-{high}") }
        });
        let mut cells = vec![
            Cell::from(names.called(&row.question)),
            number(percent(row.share), 1, false),
            range(percent(row.share_low), percent(row.share_high), 1, false),
            Cell::from(ranks),
            number(row.correlation, 2, false),
            number(row.b, 2, true),
        ];
        if extent.explain {
            cells.push(range(row.b_low, row.b_high, 2, true));
        }
        cells.push(number(row.performance, 1, false));
        if extent.explain {
            cells.extend([
                number(row.lmg, 4, false),
                number(row.johnson, 4, false),
                number(row.beta, 3, true),
                number(row.se, 4, false),
                Cell::from(row.p.map_or_else(String::new, |p| speech.p_number(p).0)),
                number(row.spearman, 2, false),
                number(row.polychoric, 2, false),
                number(row.vif, 1, false),
                number(row.logit, 2, true),
                number(row.penalty, 2, true),
                number(row.reward, 2, true),
                Cell::from(row.factor.map_or("", |factor| driver_factor(&speech, factor))),
            ]);
        }
        cells.push(Cell::from(row.base.map_or_else(String::new, words::count)));
        cells
    });
    Table::new(1, heads, cells.collect()).without_empty_columns()
}

fn key_drivers(lookup: &Lookup, key: &KeyDriversTable) -> Table {
    let names = Names::new(&lookup.report.survey);
    let speech = Speech::new(&DocumentSection::default());
    let texts = &speech.phrases().drivers;
    let heads = vec![
        Column::text(texts.driver),
        Column::number(texts.reach),
        Column::number(texts.noise),
        Column::number(texts.part),
        Column::text(texts.key),
    ];
    let rows = key.rows.iter().map(|row| {
        vec![
            Cell::from(names.called(&row.question)),
            Cell::from(words::fixed(100.0 * row.reach, 1, false) + " %"),
            Cell::from(words::fixed(100.0 * row.noise, 1, false) + " %"),
            Cell::from(words::fixed(row.shapley, 3, true)),
            Cell::from(if row.key { texts.yes } else { "" }),
        ]
    });
    Table::new(1, heads, rows.collect())
}

fn levels(speech: &Speech, levels: &[&OutcomeLevel], confidence: f64) -> Table {
    let texts = &speech.phrases().drivers;
    let percent = if levels.iter().any(|level| level.unit == "percent") { " %" } else { "" };
    let heads = vec![
        Column::text(texts.level),
        Column::number(heading::VALUE),
        Column::interval(confidence),
        Column::number(heading::BASE),
    ];
    let rows = levels.iter().map(|level| {
        let value = level.value.map_or_else(String::new, |value| words::fixed(value, 1, false) + percent);
        vec![
            Cell::from(outcome_level(speech, level)),
            Cell::from(value),
            range(level.low, level.high, 1, false),
            Cell::from(words::count(level.base)),
        ]
    });
    Table::new(1, heads, rows.collect()).without_empty_columns()
}
