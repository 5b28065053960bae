//! What is said of the gaps in sentences.

use super::items::style;
use super::{GapWords, signed};
use crate::report::words::{NumberStyle, fill};
use crate::report::{GapRow, GapsSection};

/// Below this the differences of single respondents are mostly noise.
const LEAST_RELIABLE: f64 = 0.7;

/// From this share of expectations at the end of the scale on there is hardly room above.
const MANY: f64 = 0.5;

/// So many gaps are named, the others counted; the table has all.
const MOST_NAMED: usize = 5;

/// Whether a gap is clearly different from zero after adjustment.
pub(in crate::render) fn is_clear(words_of: &GapWords, row: &GapRow) -> bool {
    row.p_adjusted.is_some_and(|p| p < 1.0 - words_of.report.survey.confidence)
}

/// Which gaps are clear, the largest first, and how wide all together are.
pub(in crate::render) fn sentences(words_of: &GapWords, gaps: &GapsSection) -> Vec<String> {
    let texts = &words_of.speech.phrases().views;
    let speech = words_of.speech;
    if gaps.rows.is_empty() {
        return Vec::new();
    }
    let mut rows: Vec<&GapRow> = gaps.rows.iter().filter(|row| is_clear(words_of, row)).collect();
    rows.sort_by(|one, other| {
        let size = |row: &GapRow| row.gap.map_or(0.0, f64::abs);
        size(other).total_cmp(&size(one))
    });
    let incomplete = gaps.rows.iter().filter(|row| row.base == 0);
    let incomplete: Vec<String> = incomplete.map(|row| words_of.names.called(&row.question)).collect();
    let mut sentences = Vec::new();
    if !incomplete.is_empty() {
        let list = speech.list(&speech.quoted_alike(&incomplete));
        sentences.push(fill(speech.phrases().gaps.none_complete, &[("list", &list)]));
    }
    if incomplete.len() == gaps.rows.len() {
        return sentences;
    }
    let clear: Vec<String> = rows.iter().map(|row| words_of.names.called(&row.question)).collect();
    let tested = gaps.rows.iter().filter(|row| row.p_adjusted.is_some()).count();
    let text = match (tested, clear.len()) {
        (0, _) if gaps.census => words_of.speech.phrases().drivers.census,
        (0, _) => texts.none_tested,
        (1, 0) => texts.none_clear_only,
        (_, 0) => texts.none_clear,
        (1, _) => texts.clear_only,
        (_, 1) => texts.clear_one,
        _ => texts.clear_many,
    };
    let count = |number: usize| speech.count(u64::try_from(number).unwrap_or(u64::MAX));
    let list = speech.list_of_first(&speech.quoted_alike(&clear), MOST_NAMED);
    let with = [
        ("count", &count(tested) as &dyn std::fmt::Display),
        ("clear", &count(clear.len())),
        ("list", &list),
    ];
    sentences.push(fill(text, &with));
    sentences.extend(of_total(words_of, gaps));
    sentences
}

/// All gaps together.
fn of_total(words_of: &GapWords, gaps: &GapsSection) -> Vec<String> {
    let (speech, texts, total) = (words_of.speech, &words_of.speech.phrases().gaps, &gaps.total);
    let written = |value: f64, limits: Option<(f64, f64)>, style: NumberStyle| {
        let gap = speech.styled(value, style);
        limits.map_or_else(
            || gap.clone(),
            |limits| {
                let range = speech.range(limits, style);
                fill(texts.text, &[("gap", &gap), ("range", &range)])
            },
        )
    };
    let limits = total.low.zip(total.high);
    let Some(gap) = total.unweighted else {
        let several = gaps.rows.len() > 1 && gaps.rows.iter().any(|row| row.gap.is_some());
        let differ = several && total.of == "items";
        return if differ { vec![texts.scales_differ.to_owned()] } else { Vec::new() };
    };
    let mut said = vec![fill(texts.total, &[("gap", &written(gap, limits, style(limits)))])];
    if gaps.rows.len() > 1 {
        match (total.of.as_str(), total.base) {
            ("respondents", Some(base)) => {
                said.push(fill(texts.total_base, &[("count", &speech.count(base))]));
            }
            ("items", _) => said.push(texts.total_items.to_owned()),
            _ => {}
        }
    }
    if let Some(weighted) = total.weighted {
        let limits = total.weighted_low.zip(total.weighted_high);
        let gap = written(weighted, limits, style(limits));
        let count = speech.count(total.weighted_base.unwrap_or(0));
        let phrase = match (total.weighted_by.as_deref(), total.weighted_base) {
            (Some("points"), Some(_)) => texts.by_points,
            (Some("dimensions"), Some(_)) => texts.by_dimensions,
            _ => texts.weighted,
        };
        said.push(fill(phrase, &[("gap", &gap), ("count", &count)]));
    }
    if let Some(perception) = total.perception {
        let plain = NumberStyle { signed: false, ..signed() };
        let value = written(perception, total.perception_low.zip(total.perception_high), plain);
        let limits = total.weighted_perception_low.zip(total.weighted_perception_high);
        let weighted = total.weighted_perception.map(|weighted| written(weighted, limits, plain));
        said.push(match weighted {
            Some(weighted) => fill(texts.servperf_weighted, &[("value", &value), ("weighted", &weighted)]),
            None => fill(texts.servperf, &[("value", &value)]),
        });
    }
    said
}

/// What makes gaps doubtful, and how p-values are adjusted.
pub(in crate::render) fn notes(words_of: &GapWords, gaps: &GapsSection) -> Vec<String> {
    let (speech, texts) = (words_of.speech, &words_of.speech.phrases().gaps);
    let mut said = Vec::new();
    if gaps.rows.iter().any(|row| row.expectation_ceiling.is_some_and(|share| share >= MANY)) {
        said.push(texts.ceiling.to_owned());
    }
    let unreliable = |reliability: Option<f64>| reliability.is_some_and(|found| found < LEAST_RELIABLE);
    let names: Vec<String> = gaps
        .dimensions
        .iter()
        .filter(|row| unreliable(row.difference_reliability))
        .map(|row| words_of.dimension(&row.dimension))
        .collect();
    let names = speech.quoted_alike(&names);
    if !names.is_empty() {
        let limit = speech.plain(LEAST_RELIABLE, 1, false);
        said.push(fill(texts.unreliable, &[("list", &speech.list(&names)), ("limit", &limit)]));
    }
    if gaps.rows.iter().any(|row| row.p.is_some()) {
        said.push(match gaps.adjustment.as_str() {
            "none" => texts.not_adjusted.to_owned(),
            "benjamini-hochberg" => fill(texts.adjusted, &[("method", &"Benjamini-Hochberg")]),
            "bonferroni" => fill(texts.adjusted, &[("method", &"Bonferroni")]),
            _ => fill(texts.adjusted, &[("method", &"Holm")]),
        });
    }
    said
}
