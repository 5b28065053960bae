//! What was kept by group and by period.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns, promise_name};
use crate::report::{PromiseCell, PromiseState, PromisesSection, Unit};

pub(super) fn blocks(context: &Context, section: &PromisesSection) -> Vec<Block> {
    let texts = &context.phrases().promises;
    let group = |cell: &PromiseCell| {
        let values = cell.segment.iter().map(|(id, value)| format!("{}: {value}", context.names.segment(id)));
        values.collect::<Vec<String>>().join(context.phrases().page.list_separator)
    };
    let period = |cell: &PromiseCell| cell.period.clone().unwrap_or_default();
    // With one promise all together say the same once more, and what was never tested has no row in every period.
    let tested = |id: &String| {
        section.promises.iter().any(|row| row.promise == *id && row.state != PromiseState::NeverTested)
    };
    let is_told = |cell: &&PromiseCell| match &cell.promise {
        Some(id) => section.promises.len() > 1 && tested(id),
        None => true,
    };
    let groups: Vec<&PromiseCell> = section.groups.iter().filter(is_told).collect();
    let periods: Vec<&PromiseCell> = section.periods.iter().filter(is_told).collect();
    let head = context.phrases().columns.group;
    let mut blocks = table(context, texts.groups_title, head, &groups, &group);
    let head = context.phrases().complaints.period;
    blocks.extend(table(context, texts.periods_title, head, &periods, &period));
    blocks
}

fn table(
    context: &Context,
    caption: &str,
    head: &str,
    cells: &[&PromiseCell],
    name: &dyn Fn(&PromiseCell) -> String,
) -> Vec<Block> {
    let texts = &context.phrases().promises;
    if cells.is_empty() {
        return Vec::new();
    }
    let mut heads = vec![cell::words(head), cell::words(texts.promise)];
    heads.extend(figure_columns(context, texts.kept));
    heads.extend([cell::numbers(texts.events), cell::numbers(texts.judged)]);
    heads.push(cell::words(context.phrases().columns.note));
    let rows = cells.iter().map(|of| {
        let figures = &of.figures;
        let mut row: Vec<Cell> = vec![cell::text(name(of)), promise_name(context, of.promise.as_deref())];
        let share = [figures.kept_share, figures.low, figures.high];
        // That a promise was not tested in one period does not say that it never was.
        let reason = figures.reason.as_deref().filter(|reason| *reason != "no_events");
        row.extend(figure(context, Unit::Percent, share, reason));
        row.extend([cell::count(context, figures.events), cell::count(context, figures.judged)]);
        let mut notes = Vec::new();
        if of.complete == Some(false) {
            notes.push(context.phrases().complaints.running.to_owned());
        }
        notes.extend(figures.kept_share.and(figures.flag).map(|flag| context.flag(flag)));
        row.push(cell::text(notes.join(context.phrases().page.list_separator)));
        row
    });
    let table = Table { caption: caption.to_owned(), columns: heads, rows: rows.collect() };
    vec![Block::Heading(table.caption.clone()), Block::Table(table)]
}
