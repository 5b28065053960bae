//! How many unresolved complaints went to a provider, and disputes period by period.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{figure, figure_columns, percent};
use crate::report::words::{NumberStyle, dispute_code, dispute_reason, fill};
use crate::report::{DisputePeriod, DisputesSection, Unit};

pub(super) fn blocks(context: &Context, section: &DisputesSection) -> Vec<Block> {
    let texts = &context.phrases().disputes;
    let mut blocks =
        vec![Block::Heading(texts.referral_title.to_owned()), Block::Text(said(context, section))];
    if !section.periods.is_empty() {
        blocks.push(Block::Table(table(context, section)));
    }
    blocks
}

fn said(context: &Context, section: &DisputesSection) -> Vec<String> {
    let (texts, row) = (&context.phrases().disputes, &section.referral);
    let count = |number: Option<u64>| context.speech.count(number.unwrap_or(0));
    let mut said = Vec::new();
    if let Some((rate, range)) = percent(context, [row.rate, row.low, row.high]) {
        let text = if row.not_a_subset { texts.referral_ratio } else { texts.referral_subset };
        let values = [
            ("unresolved", &count(row.unresolved) as &dyn std::fmt::Display),
            ("referred", &count(row.referred)),
            ("rate", &rate),
            ("range", &range),
        ];
        said.push(fill(text, &values));
    } else {
        let reason = dispute_reason(&context.speech, row.reason.as_deref().unwrap_or("no_unresolved"));
        said.push(fill(texts.referral_none, &[("reason", &reason)]));
    }
    if !row.unresolved_when.is_empty() {
        let list = row.unresolved_when.iter().map(|code| dispute_code(&context.speech, "when", code));
        let list: Vec<String> = list.collect();
        let list = list.join(context.phrases().page.list_separator);
        said.push(fill(texts.referral_when, &[("list", &list)]));
    }
    for (text, number) in [
        (texts.referral_not_in_file, row.not_in_file),
        (texts.referral_though_resolved, row.though_resolved),
        (texts.referral_without_id, row.without_id),
    ] {
        if number.is_some_and(|number| number > 0) {
            said.push(fill(text, &[("count", &count(number))]));
        }
    }
    vec![said.join(" ")]
}

fn table(context: &Context, section: &DisputesSection) -> Table {
    let (texts, shared) = (&context.phrases().disputes, &context.phrases().complaints);
    let mut columns = vec![cell::words(shared.period)];
    columns.extend(figure_columns(context, texts.referred));
    columns.extend([
        cell::numbers(texts.with_outcome),
        cell::numbers(shared.open),
        cell::numbers(texts.unresolved),
    ]);
    columns.extend(figure_columns(context, texts.figure_referral));
    columns.push(cell::words(context.phrases().columns.note));
    let rows = section.periods.iter().map(|period| row(context, section, period));
    Table { caption: shared.periods_title.to_owned(), columns, rows: rows.collect() }
}

fn row(context: &Context, section: &DisputesSection, period: &DisputePeriod) -> Vec<Cell> {
    let mut row = vec![
        cell::text(period.period.as_str()),
        cell::count(context, Some(period.referred)),
        cell::number(context, period.referred_low, NumberStyle::plain(1)),
        cell::number(context, period.referred_high, NumberStyle::plain(1)),
        cell::count(context, period.decided),
        cell::count(context, period.open),
        cell::count(context, period.unresolved),
    ];
    // That nobody says it at all is said once and not in every row.
    let reason =
        period.reason.as_deref().filter(|_| section.referral.reason.as_deref() != Some("no_unresolved"));
    row.extend(figure(context, Unit::Percent, [period.rate, period.rate_low, period.rate_high], reason));
    let shared = &context.phrases().complaints;
    let notes: Vec<&str> = period
        .first
        .then_some(shared.first_period)
        .into_iter()
        .chain((!period.complete).then_some(shared.running))
        .collect();
    row.push(cell::text(notes.join(context.phrases().page.phrase_separator)));
    row
}
