//! What weights look like, in sentences.

use super::phrases::Phrases;
use super::speech::{NumberStyle, Speech, fill};
use crate::report::{DocumentSection, NumberFormat, WeightingSection};

/// A weight beyond a bound by less than this part of it is at the bound.
const BEYOND: f64 = 1e-9;

/// How the weights were found, how far they reach and what they cost, in English and with counts as terminals have
/// them.
pub fn weighting(section: &WeightingSection) -> Vec<String> {
    let number_format = Some(NumberFormat { decimal: ".".to_owned(), thousands: String::new() });
    let speech = Speech::new(&DocumentSection { number_format, ..DocumentSection::default() });
    weighting_sentences(&speech, section)
}

/// The same in the language of a report.
pub(crate) fn weighting_sentences(speech: &Speech, section: &WeightingSection) -> Vec<String> {
    let groups = [solution(speech, section), reach(speech, section), cost(speech, section)];
    let mut lines: Vec<String> =
        groups.into_iter().filter(|group| !group.is_empty()).map(|group| group.join(" ")).collect();
    let texts = &speech.phrases().weighting;
    for (rows, one, many) in [
        (section.left_out, texts.left_out_one, texts.left_out_many),
        (section.unwanted, texts.unwanted_one, texts.unwanted_many),
    ] {
        if rows > 0 {
            lines.push(speech.counted(rows, one, many));
        }
    }
    lines.extend(variance(speech.phrases(), section).map(str::to_owned));
    lines
}

/// The method, whether the targets are met, and what bounds did.
fn solution(speech: &Speech, section: &WeightingSection) -> Vec<String> {
    let texts = &speech.phrases().weighting;
    let mut said = Vec::new();
    let bounds = section.bounds.map(|bounds| bounds.map(|bound| weight(speech, bound)));
    let [least, most] = bounds.clone().unwrap_or_default();
    let limits: [(&str, &dyn std::fmt::Display); 2] = [("least", &least), ("most", &most)];
    let reach = section.bounds.zip(section.min.zip(section.max));
    let are_passed = reach.is_some_and(|([least, most], (min, max))| {
        min < least * (1.0 - BEYOND) || max > most * (1.0 + BEYOND)
    });
    if let Some(method) = &section.method {
        let text = match (section.converged, are_passed) {
            (Some(false), true) => texts.cut_once,
            (Some(false), false) => texts.missed,
            _ => texts.met,
        };
        let method = method_name(speech.phrases(), method);
        said.push(fill(text, &[("method", &method), limits[0], limits[1]]));
        said.extend(
            section.iterations.map(|rounds| speech.counted(rounds, texts.round_one, texts.round_many)),
        );
    }
    if bounds.is_some() {
        if !are_passed {
            said.push(fill(texts.bounds, &limits));
        }
        said.extend(section.trimmed.map(|rows| speech.counted(rows, texts.held_one, texts.held_many)));
        said.extend(section.moved.map(|moved| fill(texts.moved, &[("share", &percent(speech, moved))])));
    }
    said
}

/// From where to where weights reach, and what they add up to.
fn reach(speech: &Speech, section: &WeightingSection) -> Vec<String> {
    let texts = &speech.phrases().weighting;
    let mut said = Vec::new();
    if let (Some(min), Some(max), Some(ratio)) = (section.min, section.max, section.ratio) {
        let ratio = speech.plain(ratio, 1, false);
        let (least, most) = (weight(speech, min), weight(speech, max));
        said.push(fill(texts.range, &[("least", &least), ("most", &most), ("ratio", &ratio)]));
    }
    said.extend(section.sum.map(|sum| fill(texts.sum, &[("sum", &weight(speech, sum))])));
    said.extend(section.heaviest.map(|share| {
        let share = speech.styled(share, NumberStyle { decimals: 2, ..NumberStyle::percent() });
        fill(texts.heaviest, &[("share", &share)])
    }));
    said
}

/// What the weights leave of the sample's precision.
fn cost(speech: &Speech, section: &WeightingSection) -> Vec<String> {
    let texts = &speech.phrases().weighting;
    let one = |number: f64| speech.number(number, 1, false);
    let mut said = Vec::new();
    if let (Some(base), Some(effect), Some(efficiency)) =
        (section.kish_base, section.kish_design_effect, section.efficiency)
    {
        said.push(fill(
            texts.cost,
            &[
                ("effect", &speech.number(effect, 2, false)),
                ("rows", &speech.count(section.rows)),
                ("base", &one(base)),
                ("share", &percent(speech, efficiency)),
            ],
        ));
    }
    // Where all started from 1 they were worth what they are.
    if let (Some(_), Some(before)) = (&section.variable, section.kish_base_before) {
        said.push(fill(texts.before_cost, &[("base", &one(before))]));
    }
    said
}

fn weight(speech: &Speech, weight: f64) -> String {
    speech.plain(weight, 3, false)
}

fn percent(speech: &Speech, percent: f64) -> String {
    speech.styled(percent, NumberStyle::percent())
}

/// A method in words; one that is not known yet by its name.
fn method_name(phrases: &'static Phrases, method: &str) -> String {
    let texts = &phrases.weighting;
    match method {
        "raking" => texts.raking.to_owned(),
        "post_stratification" => texts.post_stratification.to_owned(),
        "linear" => texts.linear.to_owned(),
        "logit" => texts.logit.to_owned(),
        other => other.replace('_', "-"),
    }
}

fn variance(phrases: &'static Phrases, section: &WeightingSection) -> Option<&'static str> {
    let texts = &phrases.weighting;
    Some(match section.variance.as_deref()? {
        "raking" => texts.by_raking,
        "regression" => texts.by_regression,
        "fixed" => texts.by_fixed,
        "bootstrap" => texts.by_bootstrap,
        _ => return None,
    })
}
