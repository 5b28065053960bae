//! What kind of need every feature is, for all respondents and for every group.

use indexmap::IndexMap;

use crate::measures::{self, CATEGORIES};
use crate::report::{Estimate, Flag, KanoCategory, KanoRow, KanoSection};
use crate::survey::{Measure, Question};
use crate::tally::Stratum;

use super::priorities::importance_question;
use super::sections::{Figures, Subject, is_hidden};

/// The Kano questions of the wave shown; `None` where the survey asks none.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Option<KanoSection> {
    let asked = subject.survey.questions.iter().enumerate();
    let asked: Vec<(usize, &Question)> =
        asked.filter(|(_, question)| question.measure == Measure::Kano).collect();
    if asked.is_empty() {
        return None;
    }
    let groups = subject.strata.iter().copied().filter(|stratum| stratum.segment.len() == 1);
    let strata = std::iter::once(total).chain(groups);
    let rows = strata.flat_map(|stratum| {
        asked.iter().filter_map(move |(index, question)| row(subject, stratum, figures, *index, question))
    });
    Some(KanoSection { wave: subject.wave(), rows: rows.collect() })
}

fn row<'a>(
    subject: &Subject<'a>,
    stratum: &'a Stratum,
    figures: &Figures<'a>,
    index: usize,
    question: &'a Question,
) -> Option<KanoRow> {
    let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
    if let Some(flag) = (subject.hidden)(index, stratum) {
        return Some(KanoRow {
            question: question.id.clone(),
            segment,
            flag: Some(flag),
            ..KanoRow::default()
        });
    }
    let counts = subject.counts(stratum, index)?;
    let cells = subject.cells(stratum, index);
    let found = measures::kano(
        question.scale.as_ref()?,
        question.evaluation,
        counts,
        &subject.context_of(stratum, &cells),
    )?;
    let group = stratum.segment.first().map(|(id, value)| (id.as_str(), value.as_str()));
    let importance = importance_question(subject.survey, question)
        .and_then(|stated| {
            let known = figures.of(&stated.id, group).iter();
            known.copied().find(|estimate| estimate.statistic == "mean")
        })
        .filter(|estimate| !estimate.flag.is_some_and(is_hidden));
    let of = |part: fn(&Estimate) -> Option<f64>| importance.and_then(part);
    let count = |category: KanoCategory| {
        let place = CATEGORIES.iter().position(|known| *known == category)?;
        found.counts.get(place).copied()
    };
    let weighted = found.shares.filter(|_| found.base_effective.is_some());
    let effective = found.base_effective.unwrap_or(found.base as f64);
    let flag = match found.base {
        0 => Some(Flag::NoAnswers),
        _ => (effective < subject.survey.flag_below as f64).then_some(Flag::SmallBase),
    };
    Some(KanoRow {
        question: question.id.clone(),
        segment,
        base: Some(found.base),
        base_effective: found.base_effective,
        attractive: count(KanoCategory::Attractive),
        one_dimensional: count(KanoCategory::OneDimensional),
        must_be: count(KanoCategory::MustBe),
        indifferent: count(KanoCategory::Indifferent),
        reverse: count(KanoCategory::Reverse),
        questionable: count(KanoCategory::Questionable),
        shares: weighted.map_or_else(IndexMap::new, |shares| CATEGORIES.into_iter().zip(shares).collect()),
        category: found.category,
        category_by_groups: found.category_by_groups,
        category_strength: found.category_strength,
        total_strength: found.total_strength,
        better: found.better.value,
        better_low: found.better.low,
        better_high: found.better.high,
        worse: found.worse.value,
        worse_low: found.worse.low,
        worse_high: found.worse.high,
        distinguishable: found.distinguishable,
        importance: of(|estimate| estimate.value),
        importance_low: of(|estimate| estimate.low),
        importance_high: of(|estimate| estimate.high),
        flag,
    })
}
