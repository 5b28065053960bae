//! Where answers are missing, where respondents stopped, and one point throughout grids.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::{question, share};
use crate::report::words::{NumberStyle, fill};
use crate::report::{QualityGrid, QualityItem, QualitySection};

/// The names that the columns of a question with two of them have in a grid: `question.part`.
const PARTS: [&str; 4] = ["expectation", "perception", "functional", "dysfunctional"];

/// The columns of answers in which anything is missing, the largest share first.
pub(super) fn nonresponse(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let columns = &context.phrases().columns;
    let is_any =
        |item: &&QualityItem| [item.blank, item.invalid, item.dont_know].iter().any(|cells| *cells > 0);
    let mut items: Vec<&QualityItem> = section.items.iter().filter(is_any).collect();
    if items.is_empty() {
        return Vec::new();
    }
    let missing = |item: &QualityItem| item.nonresponse.unwrap_or(0.0);
    items.sort_by(|one, other| missing(other).total_cmp(&missing(one)));
    let rows = items.into_iter().map(|item| {
        vec![
            cell::name(question(context, section, &item.question, item.part.as_deref())),
            cell::count(context, Some(item.asked)),
            cell::count(context, Some(item.blank.saturating_add(item.invalid))),
            share(context, item.nonresponse),
            share(context, item.dont_know_share),
        ]
    });
    let count = context.speech.count(section.items.len() as u64);
    let table = Table {
        caption: texts.items.to_owned(),
        columns: vec![
            cell::words(columns.question),
            cell::numbers(texts.asked),
            cell::numbers(texts.missing),
            cell::numbers(texts.nonresponse),
            cell::numbers(&cell::capital(context.phrases().account.dont_know)),
        ],
        rows: rows.collect(),
    };
    Block::titled(table, vec![fill(texts.items_text, &[("count", &count)])])
}

/// Where respondents stopped, if any did.
pub(super) fn break_off(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let columns = &context.phrases().columns;
    let progress = &section.progress;
    if progress.reason.is_some() || progress.stopped == 0 {
        return Vec::new();
    }
    let count = |number| context.speech.count(number);
    let order = match progress.order.as_str() {
        "definition" => texts.order_definition,
        _ => texts.order_columns,
    };
    let summary = fill(
        texts.break_off_text,
        &[
            ("reached", &count(progress.reached_end)),
            ("stopped", &count(progress.stopped)),
            ("nothing", &count(progress.no_answer)),
        ],
    );
    let rows = progress.break_off.iter().map(|stop| {
        vec![
            cell::name(question(context, section, &stop.question, stop.part.as_deref())),
            cell::text(fill(texts.place_of, &[("place", &count(stop.place)), ("of", &count(stop.of))])),
            cell::count(context, Some(stop.rows)),
            share(context, stop.share),
        ]
    });
    let table = Table {
        caption: texts.break_off.to_owned(),
        columns: vec![
            cell::words(texts.last_answer),
            cell::words(texts.place),
            cell::numbers(columns.rows),
            cell::numbers(columns.share),
        ],
        rows: rows.collect(),
    };
    Block::titled(table, vec![format!("{summary} {order}")])
}

/// The grids with one point throughout and the longest runs.
pub(super) fn grids(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let columns = &context.phrases().columns;
    let seen: Vec<&QualityGrid> = section.grids.iter().filter(|grid| grid.looked_at > 0).collect();
    if seen.is_empty() {
        return Vec::new();
    }
    let rows = seen.iter().map(|grid| {
        vec![
            cell::name(name(context, section, grid)),
            cell::count(context, Some(grid.questions.len() as u64)),
            cell::count(context, Some(grid.looked_at)),
            cell::count(context, Some(grid.identical)),
            share(context, grid.identical_share),
            cell::count(context, Some(grid.longest_run)),
            cell::number(context, grid.mean_run, NumberStyle::plain(1)),
        ]
    });
    let table = Table {
        caption: texts.grids.to_owned(),
        columns: vec![
            cell::words(texts.grid),
            cell::numbers(texts.questions),
            cell::numbers(texts.looked_at),
            cell::numbers(texts.identical),
            cell::numbers(columns.share),
            cell::numbers(texts.longest),
            cell::numbers(texts.mean_run),
        ],
        rows: rows.collect(),
    };
    let turned = seen.iter().filter(|grid| grid.mixed_directions);
    let turned: Vec<String> = turned
        .map(|grid| fill(texts.mixed, &[("grid", &context.speech.quoted(&name(context, section, grid)))]))
        .collect();
    let mut blocks = Block::titled(table, vec![texts.grids_text.to_owned()]);
    if !turned.is_empty() {
        blocks.push(Block::Text(turned));
    }
    blocks
}

/// The block of the definition, else the first and the last question.
fn name(context: &Context, section: &QualitySection, grid: &QualityGrid) -> String {
    let (Some(first), Some(last)) = (grid.questions.first(), grid.questions.last()) else {
        return grid.name.clone();
    };
    if grid.block {
        return grid.name.clone();
    }
    let called = |written: &str| {
        let parted = written.rsplit_once('.').filter(|(_, part)| PARTS.contains(part));
        let (id, part) = parted.map_or((written, None), |(id, part)| (id, Some(part)));
        context.speech.quoted(&question(context, section, id, part))
    };
    fill(context.phrases().units.range, &[("low", &called(first)), ("high", &called(last))])
}
