//! How well the answers came in, for those who work with the report: what was flagged, by which limit, and where answers
//! are missing.
//!
//! Short on purpose: no row is named, and of long lists there is what was found. `csat quality` has the rest.

mod items;
mod late;
mod response;
#[cfg(test)]
pub(in crate::render) mod sample;
#[cfg(test)]
mod tests;
mod words;

use super::context::Context;
use super::{Block, Cell, Table, cell};
use crate::report::words::{NumberStyle, fill};
use crate::report::{QualityCheck, QualitySection, Section};

/// Shares below this are written as such and not as 0.0 %.
const LEAST_SHARE: f64 = 0.0005;

/// Nothing where it was not looked at; boards and customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let mut blocks = vec![Block::Text(summary(context, section))];
    if section.reason.is_none() {
        blocks.push(Block::Table(checks(context, section)));
        blocks.extend(contradictions(context, section));
        blocks.extend(items::nonresponse(context, section));
        blocks.extend(items::break_off(context, section));
        blocks.extend(items::grids(context, section));
        blocks.extend(late::blocks(context, section));
    }
    blocks.extend(response::blocks(context, section));
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a QualitySection> {
    if context.for_customers() || context.for_board() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Quality(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// How many rows have how many flags, and that nothing was left out for it.
fn summary(context: &Context, section: &QualitySection) -> Vec<String> {
    let texts = &context.phrases().quality;
    if let Some(code) = &section.reason {
        return vec![fill(texts.not_looked_at, &[("reason", &words::reason(context, code))])];
    }
    let count = |number| context.speech.count(number);
    let flags = &section.flags;
    let mut sentences = vec![fill(
        texts.flags,
        &[
            ("rows", &count(section.rows)),
            ("none", &count(flags.none)),
            ("one", &count(flags.one)),
            ("two", &count(flags.two)),
            ("more", &count(flags.three_or_more)),
        ],
    )];
    if flags.none < section.rows {
        sentences.push(texts.flags_list.to_owned());
    }
    vec![sentences.join(" ")]
}

/// Every check with its limit, those that were done first.
fn checks(context: &Context, section: &QualitySection) -> Table {
    let texts = &context.phrases().quality;
    let (not_done, done): (Vec<&QualityCheck>, Vec<&QualityCheck>) =
        section.checks.iter().partition(|check| check.reason.is_some());
    let row = |check: &QualityCheck| {
        let rule = match &check.reason {
            Some(code) => fill(texts.not_done, &[("reason", &words::reason(context, code))]),
            None => words::rule(context, check),
        };
        vec![
            cell::text(words::check(context, &check.code)),
            cell::count(context, check.looked_at),
            cell::count(context, check.flagged),
            share(context, check.share),
            cell::text(rule),
        ]
    };
    Table {
        caption: texts.checks.to_owned(),
        columns: vec![
            cell::words(texts.check),
            cell::numbers(texts.looked_at),
            cell::numbers(texts.flagged),
            cell::numbers(context.phrases().columns.share),
            cell::words(texts.rule),
        ],
        rows: done.into_iter().chain(not_done).map(row).collect(),
    }
}

/// The conditions that anybody meets.
fn contradictions(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let met: Vec<_> = section.contradictions.iter().filter(|line| line.rows > 0).collect();
    if met.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(texts.contradictions.to_owned())];
    if met.iter().any(|line| line.default) {
        blocks.push(Block::Text(vec![texts.own_conditions.to_owned()]));
    }
    let rows = met.into_iter().map(|line| {
        vec![
            cell::text(line.condition.clone()),
            cell::count(context, Some(line.looked_at)),
            cell::count(context, Some(line.rows)),
        ]
    });
    blocks.push(Block::Table(Table {
        caption: texts.contradictions.to_owned(),
        columns: vec![cell::words(texts.condition), cell::numbers(texts.looked_at), cell::numbers(texts.met)],
        rows: rows.collect(),
    }));
    blocks
}

/// A share between 0 and 1 with one decimal.
fn share(context: &Context, share: Option<f64>) -> Cell {
    match share {
        Some(small) if small > 0.0 && small < LEAST_SHARE => cell::share(context, share),
        _ => cell::number(context, share.map(|share| 100.0 * share), NumberStyle::percent()),
    }
}

/// What a question is called, with its part where it has two columns.
fn question(context: &Context, section: &QualitySection, id: &str, part: Option<&str>) -> String {
    let label = || section.items.iter().find(|item| item.question == id).and_then(|item| item.label.clone());
    let name = match context.names.summary(id) {
        Some(_) => context.names.question(id).to_owned(),
        None => label().filter(|label| !label.is_empty()).unwrap_or_else(|| id.to_owned()),
    };
    match part {
        None => name,
        Some(part) => {
            let part = words::part(context, part);
            fill(context.phrases().quality.part, &[("question", &name), ("part", &part)])
        }
    }
}
