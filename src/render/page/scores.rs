//! The scores of the cards as a table: what a format without cards writes in their place.

use super::context::Context;
use super::{Card, Cell, Table, cell, glance};
use crate::report::Estimate;

pub(super) fn table(context: &Context) -> Table {
    let columns = &context.phrases().columns;
    let trends = context.trends();
    let (scores, _) = glance::carded(context);
    let cards: Vec<Card> = scores.iter().map(|score| glance::card(context, &trends, score)).collect();
    let with_changes = cards.iter().any(|card| card.change.is_some());
    let with_targets = cards.iter().any(|card| card.target.is_some());
    let notes: Vec<Option<String>> =
        scores.iter().zip(&cards).map(|(score, card)| note(score, card)).collect();
    let with_notes = notes.iter().any(Option::is_some);
    let mut table = Table {
        caption: context.phrases().parts.glance.to_owned(),
        columns: vec![cell::words(columns.question), cell::words(columns.statistic)],
        rows: Vec::new(),
    };
    table.columns.extend(cell::figure_columns(context));
    let further =
        [(with_changes, columns.change), (with_targets, columns.target), (with_notes, columns.note)];
    table.columns.extend(further.iter().filter(|(is_shown, _)| *is_shown).map(|(_, name)| cell::words(name)));
    for ((score, card), note) in scores.into_iter().zip(cards).zip(notes) {
        let mut row = vec![cell::text(card.name), cell::text(card.definition)];
        row.extend(cell::figure(context, score));
        let verdict = |said: Option<(String, _)>| {
            said.map_or(Cell::Nothing(None), |(text, tone)| Cell::Verdict(text, tone))
        };
        let cells = [verdict(card.change), verdict(card.target), cell::text(note.unwrap_or_default())];
        row.extend(further.iter().zip(cells).filter(|((is_shown, _), _)| *is_shown).map(|(_, cell)| cell));
        table.rows.push(row);
    }
    table
}

/// What is to be known of a figure, such as a small base or why it has no interval.
fn note(score: &Estimate, card: &Card) -> Option<String> {
    let is_without_interval = score.value.is_some() && score.low.is_none();
    card.flag.clone().or_else(|| is_without_interval.then(|| card.interval.clone()))
}
