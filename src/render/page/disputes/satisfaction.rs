//! How fair customers found the provider and how satisfied they were with the procedure, whoever won.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::{figure, figure_columns};
use crate::report::words::{NumberStyle, dispute_code, dispute_reason, fill};
use crate::report::{DisputeSatisfaction, DisputesSection, SidesApart, Unit};

pub(super) fn blocks(context: &Context, section: &DisputesSection) -> Vec<Block> {
    let Some(satisfaction) = &section.satisfaction else { return Vec::new() };
    let texts = &context.phrases().disputes;
    let meaning = fill(
        texts.satisfaction_text,
        &[("from", &satisfaction.satisfied_from), ("points", &satisfaction.points)],
    );
    let mut blocks = Block::titled(table(context, satisfaction), vec![meaning]);
    let said: Vec<String> = satisfaction.sides.iter().map(|sides| apart(context, sides)).collect();
    if !said.is_empty() {
        blocks.push(Block::Text(said));
    }
    blocks
}

fn with(context: &Context, with: &str) -> &'static str {
    let texts = &context.phrases().disputes;
    if with == "fair" { texts.with_fair } else { texts.with_process }
}

fn table(context: &Context, satisfaction: &DisputeSatisfaction) -> Table {
    let (texts, shared) = (&context.phrases().disputes, &context.phrases().complaints);
    let mut columns = vec![cell::words(shared.satisfied_with), cell::words(texts.outcome)];
    columns.extend(figure_columns(context, shared.satisfied));
    columns.extend([cell::numbers(shared.mean_points), cell::numbers(context.phrases().columns.base)]);
    let rows = satisfaction.rows.iter().map(|row| {
        let outcome = row.outcome.as_ref().map_or_else(
            || texts.all_outcomes.to_owned(),
            |code| dispute_code(&context.speech, "outcome", code),
        );
        let mut cells = vec![cell::text(with(context, &row.with)), cell::text(outcome)];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], None));
        cells.push(cell::number(context, row.mean, NumberStyle::plain(2)));
        cells.push(cell::count(context, Some(row.base)));
        cells
    });
    Table { caption: texts.satisfaction_title.to_owned(), columns, rows: rows.collect() }
}

/// Those for whom it was decided against those against whom it was.
fn apart(context: &Context, sides: &SidesApart) -> String {
    let texts = &context.phrases().disputes;
    let name = with(context, &sides.with);
    let (Some(difference), Some(p)) = (sides.difference, sides.p_adjusted.or(sides.p)) else {
        let reason = dispute_reason(&context.speech, sides.reason.as_deref().unwrap_or("no_cases"));
        return fill(texts.sides_none, &[("with", &name), ("reason", &reason)]);
    };
    let limits = sides.low.zip(sides.high);
    let range = limits.map_or_else(
        || context.phrases().flags.no_interval.to_owned(),
        |limits| context.speech.range(limits, NumberStyle::difference(Unit::Percent, Some(limits))),
    );
    let difference = context.speech.difference(Unit::Percent, difference, limits);
    let values = [
        ("with", &name as &dyn std::fmt::Display),
        ("difference", &difference),
        ("range", &range),
        ("p", &context.speech.p(p)),
    ];
    fill(texts.sides, &values)
}
