//! What a comparison says of its sides, its tests and what it leaves out.

use std::fmt::Display;

use super::note::changed as changed_word;
use super::speech::{NumberStyle, Speech, fill};
use super::verdict::change as change_verdict;
use crate::report::{
    ChangeVerdict, ComparedSide, ComparisonRow, ComparisonSection, NotComparedReason, Report, Section,
    Untested,
};

/// A side by its name.
fn side_name<'a>(speech: &Speech, side: &'a ComparedSide) -> &'a str {
    if side.rest { speech.phrases().compare.rest } else { &side.label }
}

/// `2026-Q3 against 2026-Q2`.
pub(crate) fn comparison_title(speech: &Speech, section: &ComparisonSection) -> String {
    let texts = &speech.phrases().compare;
    let (a, b) = (side_name(speech, &section.side_a), side_name(speech, &section.side_b));
    let title = fill(texts.title, &[("a", &a), ("b", &b)]);
    if section.paired.is_some() { fill(texts.paired_title, &[("title", &title)]) } else { title }
}

/// How many pairs a report speaks of; none where it is no paired comparison.
pub(crate) fn pairs(speech: &Speech, report: &Report) -> Option<String> {
    let pairs = report.sections.iter().find_map(|section| match section {
        Section::Comparison(found) => found.paired.as_ref().map(|paired| paired.pairs),
        _ => None,
    });
    let texts = &speech.phrases().compare;
    pairs.map(|pairs| speech.counted(pairs, texts.pairs_one, texts.pairs_many))
}

/// What a test says of a difference, in few words.
pub(crate) fn comparison_verdict(speech: &Speech, row: &ComparisonRow) -> Option<String> {
    let verdicts = &speech.phrases().verdicts;
    if row.untested == Some(Untested::TooFewAnswers) {
        return Some(verdicts.too_few.to_owned());
    }
    let Some(verdict) = row.verdict else {
        return row.difference.map(|_| verdicts.not_tested.to_owned());
    };
    Some(match verdict {
        ChangeVerdict::NoClearChange => verdicts.no_clear_difference.to_owned(),
        verdict => {
            change_verdict(speech, verdict, row.unit, None, row.within_margin.as_ref(), row.family_size)
        }
    })
}

/// Both sides with the number of their rows.
pub(crate) fn comparison_sides(speech: &Speech, section: &ComparisonSection) -> Vec<String> {
    let texts = &speech.phrases().compare;
    let card = &speech.phrases().card;
    let side = |text: &str, side: &ComparedSide| {
        let label = side_name(speech, side);
        let rows = side.rows_used.map_or_else(
            || super::NO_FIGURE.to_owned(),
            |rows| speech.counted(rows, card.base_one, card.base_many),
        );
        fill(text, &[("label", &label), ("rows", &rows)])
    };
    vec![side(texts.side_a, &section.side_a), side(texts.side_b, &section.side_b)]
}

/// What is to be known about the tests, the pairs, and what is not compared; questions are called by `name`. What is
/// detectable is explained where its column is shown.
pub(crate) fn comparison_sentences(
    speech: &Speech,
    section: &ComparisonSection,
    name: &dyn Fn(&str) -> String,
    segment: &dyn Fn(&str) -> String,
    with_detectable: bool,
) -> Vec<String> {
    let texts = &speech.phrases().compare;
    let mut sentences = reversals(speech, section, name, segment);
    if let Some(pairs) = &section.paired {
        sentences
            .push(fill(texts.pairs, &[("count", &speech.count(pairs.pairs)), ("column", &pairs.column)]));
        let values = [
            ("only_a", pairs.only_a),
            ("only_b", pairs.only_b),
            ("repeated_a", pairs.repeated_a),
            ("repeated_b", pairs.repeated_b),
            ("no_id_a", pairs.no_id_a),
            ("no_id_b", pairs.no_id_b),
        ]
        .map(|(name, count)| (name, speech.count(count)));
        let values = values.each_ref().map(|(name, count)| (*name, count as &dyn Display));
        sentences.push(fill(texts.pairs_left_out, &values));
        if pairs.unequal_weights > 0 {
            sentences.push(fill(texts.unequal_weights, &[("count", &speech.count(pairs.unequal_weights))]));
        }
    }
    let family = |name: &str| section.families.iter().find(|family| family.name == name);
    sentences.push(match family("headlines").map(|family| family.size) {
        None => texts.limits_none.to_owned(),
        Some(1) => texts.limits_one.to_owned(),
        Some(size) => fill(texts.limits_many, &[("count", &speech.count(size))]),
    });
    if let Some(others) = family("other_statistics") {
        sentences.push(fill(texts.others, &[("count", &speech.count(others.size))]));
    }
    if with_detectable && section.rows.iter().any(|row| row.minimum_detectable.is_some()) {
        sentences.push(texts.detectable.to_owned());
    }
    sentences.extend(left_out(speech, section, name));
    sentences
}

fn reversals(
    speech: &Speech,
    section: &ComparisonSection,
    name: &dyn Fn(&str) -> String,
    segment: &dyn Fn(&str) -> String,
) -> Vec<String> {
    let text = speech.phrases().compare.simpson;
    let found = section.simpson.iter().map(|found| {
        let unit = section
            .rows
            .iter()
            .find(|row| row.question == found.question && row.statistic == found.statistic)
            .map_or(crate::report::Unit::Points, |row| row.unit);
        let written = |value: f64, limits: (f64, f64)| {
            let style = NumberStyle::difference(unit, Some(limits));
            (speech.styled(value, style), speech.range(limits, style))
        };
        let (difference, range) = written(found.difference, (found.low, found.high));
        let (within, within_range) = written(found.within, (found.within_low, found.within_high));
        fill(
            text,
            &[
                ("question", &name(&found.question)),
                ("difference", &difference),
                ("range", &range),
                ("segment", &segment(&found.segment)),
                ("within", &within),
                ("within_range", &within_range),
            ],
        )
    });
    found.collect()
}

/// Questions that are not compared, with the reason.
fn left_out(speech: &Speech, section: &ComparisonSection, name: &dyn Fn(&str) -> String) -> Vec<String> {
    let texts = &speech.phrases().compare;
    let mut sentences = Vec::new();
    for found in &section.not_compared {
        if found.reason == NotComparedReason::AskedDifferently {
            let what: Vec<&str> =
                found.changed.iter().map(|what| changed_word(speech.phrases(), what)).collect();
            let values: [(&str, &dyn Display); 2] =
                [("question", &name(&found.question)), ("changed", &what.join(", "))];
            sentences.push(fill(texts.changed, &values));
        }
    }
    for (reason, side) in [(NotComparedReason::OnlyA, "a"), (NotComparedReason::OnlyB, "b")] {
        let of_side = section.not_compared.iter().filter(|found| found.reason == reason);
        let names: Vec<String> = of_side.map(|found| found.question.clone()).collect();
        if !names.is_empty() {
            sentences.push(fill(texts.only, &[("side", &side), ("list", &names.join(", "))]));
        }
    }
    sentences
}
