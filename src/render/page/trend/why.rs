//! Why a headline moved: what changed in the asking, what each group contributed, what moved with it.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use crate::report::words::{NumberStyle, fill};
use crate::report::{AskingChange, Section, TrendSection, Unit, WhySection};

/// The explanations of one headline, below its figure.
pub(super) fn blocks(context: &Context, trend: &TrendSection) -> Vec<Block> {
    let sections = context.report.sections.iter().filter_map(|section| match section {
        Section::Why(why) if why.question == trend.question && why.statistic == trend.statistic => Some(why),
        _ => None,
    });
    sections.flat_map(|why| explanation(context, trend, why)).collect()
}

fn explanation(context: &Context, trend: &TrendSection, why: &WhySection) -> Vec<Block> {
    let texts = &context.phrases().change;
    let question = context.speech.quoted(context.names.question(&why.question));
    let heading = fill(texts.why, &[("question", &question), ("against", &why.against), ("wave", &why.wave)]);
    let asking = if why.asking.is_empty() {
        texts.why_asking_none.to_owned()
    } else {
        let rows: Vec<String> = why.asking.iter().map(|row| asking(context, row)).collect();
        fill(texts.why_asking, &[("list", &rows.join("; "))])
    };
    let mut sentences = vec![asking];
    if !why.moved.is_empty() {
        let rows: Vec<String> = why
            .moved
            .iter()
            .map(|row| {
                let limits = row.low.zip(row.high);
                let unit = if row.statistic == "mean" { Unit::Scale } else { Unit::Points };
                let unit =
                    context.of_all(&row.question, &row.statistic).map_or(unit, |estimate| estimate.unit);
                let name = context.speech.quoted(context.names.question(&row.question));
                let change = context.speech.difference(unit, row.change, limits);
                fill(context.phrases().findings.named_plain, &[("name", &name), ("value", &change)])
            })
            .collect();
        sentences.push(fill(texts.why_moved, &[("list", &rows.join("; "))]));
    }
    let mut blocks = vec![Block::Heading(heading), Block::Text(sentences)];
    if !why.contributions.is_empty() {
        blocks.push(Block::Table(contributions(context, trend, why)));
    }
    blocks
}

fn asking(context: &Context, row: &AskingChange) -> String {
    let texts = &context.phrases().change;
    let what = match row.what.as_str() {
        "definition" => texts.definition,
        "channel" => texts.channel,
        "language" => texts.language,
        "response_rate" => texts.response_rate,
        "base" => texts.base,
        "weights" => texts.weights,
        other => other,
    };
    let known = |side: &Option<String>| side.clone().unwrap_or_else(|| texts.unknown.to_owned());
    fill(
        texts.why_asking_row,
        &[
            ("what", &what),
            ("about", &row.about),
            ("before", &known(&row.before)),
            ("after", &known(&row.after)),
        ],
    )
}

fn contributions(context: &Context, trend: &TrendSection, why: &WhySection) -> Table {
    let columns = &context.phrases().columns;
    let style = NumberStyle::figure(trend.unit, &trend.statistic, None);
    let change = NumberStyle::difference(trend.unit, None);
    let share = NumberStyle::percent();
    let rows = why
        .contributions
        .iter()
        .map(|row| {
            let group = row.group.as_deref().unwrap_or(context.phrases().account.blank);
            let percent = |share: Option<f64>| share.map(|share| share * 100.0);
            vec![
                cell::text(format!("{}: {group}", context.names.segment(&row.segment))),
                cell::number(context, percent(row.share_before), share),
                cell::number(context, percent(row.share_after), share),
                cell::number(context, row.value_before, style),
                cell::number(context, row.value_after, style),
                cell::number(context, row.mix, change),
                cell::number(context, row.within, change),
            ]
        })
        .collect();
    let of = |what: &str, wave: &str| format!("{what}, {wave}");
    Table {
        caption: context.phrases().change.why_contributions.to_owned(),
        columns: vec![
            cell::words(columns.group),
            cell::numbers(&of(columns.share, &why.against)),
            cell::numbers(&of(columns.share, &why.wave)),
            cell::numbers(&of(columns.value, &why.against)),
            cell::numbers(&of(columns.value, &why.wave)),
            cell::numbers(columns.mix),
            cell::numbers(columns.within),
        ],
        rows,
    }
}
