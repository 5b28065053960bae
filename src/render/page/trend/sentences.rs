//! What the tests say of one headline over its waves, sentence by sentence.

use super::super::axis;
use super::super::context::Context;
use crate::report::words::{NumberStyle, change_verdict, changed_word, fill, rule_names};
use crate::report::{Tendency, TrendPoint, TrendSection, Untested};

/// A window that begins within this share of its length from the start of the scale begins there.
const AT_THE_START: f64 = 1e-9;

/// What stands below the figure of a headline.
pub(super) fn of(context: &Context, trend: &TrendSection) -> Vec<String> {
    let mut sentences = Vec::new();
    let point = context.point(trend);
    if let Some(point) = point {
        sentences.extend(tested(context, trend, point));
        sentences.extend(last_year(context, trend, point));
        sentences.extend(contributions(context, point));
        sentences.extend(mix(context, trend, point));
    }
    if !context.for_customers() {
        sentences.extend(trend.tendency.as_ref().map(|tendency| self::tendency(context, trend, tendency)));
        if trend.tendency.is_none() && trend.points.len() < 8 {
            sentences.push(context.phrases().change.tendency_short.to_owned());
        }
    }
    sentences.extend(breaks(context, trend));
    if !context.for_customers() {
        sentences.extend(control(context, trend));
        sentences.extend(families(context, trend));
    }
    sentences.extend(window(context, trend));
    sentences
}

fn tested(context: &Context, trend: &TrendSection, point: &TrendPoint) -> Vec<String> {
    let texts = &context.phrases().change;
    if !point.complete {
        let text = if context.is_future(point) { texts.future } else { texts.running };
        return vec![fill(text, &[("wave", &point.wave)])];
    }
    let limits = point.change_low.zip(point.change_high);
    if let (Some(against), Some(change), Some(Untested::TooFewAnswers)) =
        (&point.against, point.change, point.untested)
    {
        let change = context.speech.difference(trend.unit, change, limits);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("wave", &point.wave), ("against", against), ("change", &change)];
        return vec![fill(texts.untested, &values)];
    }
    let (Some(against), Some(change), Some(verdict)) = (&point.against, point.change, point.verdict) else {
        return vec![fill(texts.not_tested, &[("wave", &point.wave)])];
    };
    let text = if point.p_adjusted.is_some() { texts.tested } else { texts.tested_plain };
    let p = point.p_adjusted.map(|p| context.speech.p(p)).unwrap_or_default();
    let mut sentences = vec![fill(
        text,
        &[
            ("wave", &point.wave),
            ("against", against),
            ("change", &context.speech.difference(trend.unit, change, limits)),
            (
                "verdict",
                &change_verdict(
                    &context.speech,
                    verdict,
                    trend.unit,
                    limits,
                    point.within_margin.as_ref(),
                    point.family_size,
                ),
            ),
            ("p", &p),
        ],
    )];
    let size = |size: f64| context.speech.detectable(trend.unit, size);
    match (point.minimum_detectable, point.minimum_detectable_adjusted, point.family_size) {
        (Some(alone), Some(adjusted), Some(count)) if count > 1 => sentences.push(fill(
            texts.detectable_many,
            &[
                ("change", &size(alone)),
                ("adjusted", &size(adjusted)),
                ("count", &context.speech.count(count)),
            ],
        )),
        (Some(alone), ..) => sentences.push(fill(texts.detectable, &[("change", &size(alone))])),
        (None, ..) => {}
    }
    sentences
}

fn last_year(context: &Context, trend: &TrendSection, point: &TrendPoint) -> Option<String> {
    let last_year = point.last_year.as_ref()?;
    let (change, verdict) = (last_year.change?, last_year.verdict?);
    let limits = last_year.change_low.zip(last_year.change_high);
    Some(fill(
        context.phrases().change.last_year,
        &[
            ("against", &last_year.against),
            ("change", &context.speech.difference(trend.unit, change, limits)),
            (
                "verdict",
                &change_verdict(
                    &context.speech,
                    verdict,
                    trend.unit,
                    limits,
                    last_year.within_margin.as_ref(),
                    last_year.family_size,
                ),
            ),
        ],
    ))
}

fn contributions(context: &Context, point: &TrendPoint) -> Option<String> {
    let parts = point.contributions.as_ref()?;
    let points = |number: f64| context.speech.number(number, 1, true);
    Some(fill(
        context.phrases().change.contributions,
        &[
            ("promoters", &points(parts.promoters)),
            ("detractors", &points(parts.detractors)),
            ("passives", &points(parts.passives)),
        ],
    ))
}

fn mix(context: &Context, trend: &TrendSection, point: &TrendPoint) -> Option<String> {
    let segment = trend.mix_segment.as_ref()?;
    let (change, mix, within) = (point.change?, point.mix?, point.within?);
    let with_limits = |number: f64, low: Option<f64>, high: Option<f64>| {
        let limits = low.zip(high);
        let text = context.speech.difference(trend.unit, number, limits);
        limits.map_or_else(
            || text.clone(),
            |limits| {
                let style = NumberStyle::difference(trend.unit, Some(limits));
                let range = context.speech.range(limits, style.coarse(trend.unit, limits, 0.0));
                fill(context.phrases().findings.with_range, &[("value", &text), ("range", &range)])
            },
        )
    };
    let limits = point.change_low.zip(point.change_high);
    Some(fill(
        context.phrases().change.mix,
        &[
            ("change", &context.speech.difference(trend.unit, change, limits)),
            ("mix", &with_limits(mix, point.mix_low, point.mix_high)),
            ("within", &with_limits(within, point.within_low, point.within_high)),
            ("segment", &context.names.segment(segment)),
        ],
    ))
}

fn tendency(context: &Context, trend: &TrendSection, tendency: &Tendency) -> String {
    let texts = &context.phrases().change;
    let is_clear = tendency.p_adjusted < 1.0 - context.report.survey.confidence;
    let text = match (is_clear, tendency.slope > 0.0) {
        (false, _) => texts.tendency_none,
        (true, true) => texts.tendency_up,
        (true, false) => texts.tendency_down,
    };
    let limits = tendency.slope_low.zip(tendency.slope_high);
    fill(
        text,
        &[
            ("count", &context.speech.count(tendency.waves)),
            ("slope", &context.speech.difference(trend.unit, tendency.slope, limits)),
            ("p", &context.speech.p(tendency.p_adjusted)),
        ],
    )
}

fn breaks(context: &Context, trend: &TrendSection) -> Vec<String> {
    let texts = &context.phrases().change;
    let sentences = trend.breaks.iter().map(|interrupted| {
        let changed: Vec<&str> =
            interrupted.changed.iter().map(|what| changed_word(context.phrases(), what)).collect();
        let text = if interrupted.bridged { texts.bridged } else { texts.broken };
        fill(
            text,
            &[
                ("before", &interrupted.before),
                ("wave", &interrupted.wave),
                ("changed", &context.speech.list(&changed)),
            ],
        )
    });
    sentences.collect()
}

fn control(context: &Context, trend: &TrendSection) -> Vec<String> {
    let texts = &context.phrases().change;
    let Some(chart) = &trend.chart else { return vec![texts.no_chart.to_owned()] };
    let text = match chart.type_.as_str() {
        "xmr" => texts.chart_moving,
        "laney-p" => texts.chart_laney,
        _ if chart.provisional => texts.chart_provisional,
        _ => texts.chart,
    };
    let count = context.speech.count(u64::try_from(chart.baseline.len()).unwrap_or(u64::MAX));
    let mut sentences = vec![fill(text, &[("count", &count)])];
    let signals: Vec<String> = trend
        .points
        .iter()
        .filter_map(|point| {
            let rules = rule_names(&context.speech, point.signal.as_deref()?);
            let rules = context.speech.list(&rules);
            Some(fill(texts.signal, &[("wave", &point.wave), ("rules", &rules)]))
        })
        .collect();
    if signals.is_empty() {
        sentences.push(texts.no_signal.to_owned());
    } else {
        let text = if chart.provisional { texts.signals_provisional } else { texts.signals };
        sentences.push(fill(text, &[("list", &context.speech.list(&signals))]));
    }
    if !chart.rules.is_empty() {
        let rules = rule_names(&context.speech, &chart.rules.join(","));
        sentences.push(fill(texts.rules, &[("rules", &context.speech.list(&rules))]));
    }
    sentences
}

fn families(context: &Context, trend: &TrendSection) -> Option<String> {
    let family = trend.families.iter().find(|family| family.name == "previous")?;
    Some(fill(
        context.phrases().change.adjusted,
        &[("adjustment", &adjustment(&family.adjustment)), ("count", &context.speech.count(family.size))],
    ))
}

/// The name of an adjustment as its author writes it.
pub(in crate::render::page) fn adjustment(name: &str) -> String {
    match name {
        "holm" => "Holm".to_owned(),
        "benjamini-hochberg" => "Benjamini-Hochberg".to_owned(),
        other => other.replace('-', " "),
    }
}

/// That the axis does not begin where the scale does.
fn window(context: &Context, trend: &TrendSection) -> Option<String> {
    let (least, most) = super::window(context, trend);
    let question = context.names.summary(&trend.question);
    let start = axis::natural_range(trend.unit, &trend.statistic, question).map_or(0.0, |range| range.0);
    if least - start <= (most - least) * AT_THE_START {
        return None;
    }
    let style = NumberStyle::figure(trend.unit, &trend.statistic, None);
    let number = |number: f64| {
        let text = context.speech.plain(number, 2, style.signed);
        if style.percent { context.speech.styled(number, NumberStyle { decimals: 0, ..style }) } else { text }
    };
    Some(fill(
        context.phrases().change.window,
        &[("least", &number(least)), ("most", &number(most)), ("start", &number(start))],
    ))
}
