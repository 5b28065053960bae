//! Satisfaction with the way complaints are handled and with the result, kept apart.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::{figure, figure_columns};
use crate::report::words::{NumberStyle, complaint_code, fill};
use crate::report::{ComplaintSatisfaction, ComplaintsSection, Unit};

pub(super) fn blocks(context: &Context, section: &ComplaintsSection) -> Vec<Block> {
    let Some(satisfaction) = &section.satisfaction else { return Vec::new() };
    let texts = &context.phrases().complaints;
    let meaning = fill(
        texts.satisfaction_text,
        &[("from", &satisfaction.satisfied_from), ("points", &satisfaction.points)],
    );
    let mut blocks = Block::titled(table(context, satisfaction), vec![meaning]);
    let said = paired(context, satisfaction);
    if !said.is_empty() {
        blocks.push(Block::Text(vec![said.join(" ")]));
    }
    blocks
}

fn table(context: &Context, satisfaction: &ComplaintSatisfaction) -> Table {
    let texts = &context.phrases().complaints;
    let mut columns = vec![cell::words(texts.satisfied_with), cell::words(texts.outcome)];
    columns.extend(figure_columns(context, texts.satisfied));
    columns.extend([cell::numbers(texts.mean_points), cell::numbers(context.phrases().columns.base)]);
    let rows = satisfaction.rows.iter().map(|row| {
        let with = if row.with == "process" { texts.process } else { texts.result };
        let decided = row.decided.as_ref();
        let decided = decided.map_or_else(
            || texts.all_outcomes.to_owned(),
            |code| complaint_code(&context.speech, "outcome", code),
        );
        let mut cells = vec![cell::text(with), cell::text(decided)];
        cells.extend(figure(context, Unit::Percent, [row.share, row.low, row.high], None));
        cells.push(cell::number(context, row.mean, NumberStyle::plain(2)));
        cells.push(cell::count(context, Some(row.base)));
        cells
    });
    Table { caption: texts.satisfaction_title.to_owned(), columns, rows: rows.collect() }
}

/// Both answers of the same complaints against each other.
fn paired(context: &Context, satisfaction: &ComplaintSatisfaction) -> Vec<String> {
    let texts = &context.phrases().complaints;
    let count = |number: Option<u64>| {
        number
            .map_or_else(|| crate::report::words::NO_FIGURE.to_owned(), |number| context.speech.count(number))
    };
    let mut said = Vec::new();
    if satisfaction.pairs.is_some_and(|pairs| pairs > 0) {
        said.push(fill(
            texts.pairs,
            &[
                ("pairs", &count(satisfaction.pairs)),
                ("both", &count(satisfaction.both)),
                ("process", &count(satisfaction.process_only)),
                ("result", &count(satisfaction.outcome_only)),
                ("neither", &count(satisfaction.neither)),
            ],
        ));
    }
    if let (Some(difference), Some(p)) = (satisfaction.difference, satisfaction.p) {
        let limits = satisfaction.difference_low.zip(satisfaction.difference_high);
        let range = limits.map_or_else(
            || context.phrases().flags.no_interval.to_owned(),
            |limits| context.speech.range(limits, NumberStyle::difference(Unit::Percent, Some(limits))),
        );
        let kind = match satisfaction.p_kind.as_deref() {
            Some("exact") => format!(" ({})", texts.exact),
            Some("asymptotic") => format!(" ({})", texts.asymptotic),
            _ => String::new(),
        };
        said.push(fill(
            texts.difference,
            &[
                ("difference", &context.speech.difference(Unit::Percent, difference, limits)),
                ("range", &range),
                ("p", &format!("{}{kind}", context.speech.p(p))),
            ],
        ));
    }
    said
}
