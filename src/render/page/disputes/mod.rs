//! Disputes: what was counted, key figures, referral, periods, deadlines, times, how they ended, providers side by side,
//! satisfaction, charts, and what is odd in the records.
//!
//! A figure that does not exist is missing with its reason; few disputes are never read as satisfaction.

mod curves;
mod funnels;
mod outcomes;
mod referral;
mod satisfaction;

use super::complaints::records::Reading;
use super::complaints::{
    RecordWords, charts, deadlines, figure_columns, figure_or, key_figures, records, times,
};
use super::context::Context;
use super::{Block, Cell};
use crate::report::words::{dispute_code, dispute_figure, dispute_reason, disputes_account, fill};
use crate::report::{DisputesSection, Section, Unit};

/// The question that estimates of disputes are of.
const QUESTION: &str = "disputes";

/// What disputes call things.
fn words(context: &Context) -> RecordWords {
    let texts = &context.phrases().disputes;
    RecordWords {
        question: QUESTION,
        cases: texts.cases,
        by_period: (texts.times_periods, texts.deadlines_periods),
        count_axis: texts.count_axis,
        figure: dispute_figure,
        code: dispute_code,
        reason: dispute_reason,
    }
}

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let (words, texts) = (words(context), &context.phrases().disputes);
    let mut blocks = vec![Block::Text(disputes_account(&context.speech, section))];
    blocks.extend(key_figures::blocks(context, words));
    blocks.extend(referral::blocks(context, section));
    blocks.extend(charts::blocks(context, words, &section.charts));
    blocks.extend(deadlines::blocks(context, words, &section.deadlines, section.clock.as_ref()));
    let from = section.counted_from.iter().any(|(step, from)| step != "close" && from == "referred");
    let from = if from { texts.from_referred } else { texts.from_notice };
    let meaning = fill(texts.times_meaning, &[("from", &from), ("date", &section.as_of)]);
    blocks.extend(times::blocks(context, words, (&section.times, &section.time_tests), &meaning));
    blocks.extend(curves::blocks(context, section));
    blocks.extend(outcomes::blocks(context, section));
    blocks.extend(funnels::blocks(context, section));
    blocks.extend(satisfaction::blocks(context, section));
    // Whoever decides by the figures is not who mends the records.
    if !context.for_board() {
        let reading = Reading {
            faults: &section.faults,
            joined: &section.joined,
            columns: &section.columns,
            texts: (&section.texts, "outcome"),
            texts_title: (texts.texts_title, texts.outcome),
        };
        blocks.extend(records::blocks(context, words, &reading));
    }
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a DisputesSection> {
    if context.for_customers() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Disputes(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// A figure with its limits; where there is none, the reason.
fn figure(context: &Context, unit: Unit, figures: [Option<f64>; 3], reason: Option<&str>) -> Vec<Cell> {
    figure_or(context, unit, figures, reason.map(|code| dispute_reason(&context.speech, code)))
}

/// A percentage with its range in words.
fn percent(context: &Context, [value, low, high]: [Option<f64>; 3]) -> Option<(String, String)> {
    let value = value?;
    let limits = low.zip(high);
    let style = crate::report::words::NumberStyle::figure(Unit::Percent, "", limits);
    let range = limits.map_or_else(
        || context.phrases().flags.no_interval.to_owned(),
        |limits| context.speech.range(limits, style),
    );
    Some((context.speech.styled(value, style), range))
}
