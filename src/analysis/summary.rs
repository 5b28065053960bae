//! The survey in short, as far as a reader of the report needs it.

use crate::measures::headline_better;
use crate::report::{OwnWordsSummary, QuestionSummary, SegmentSummary, SurveySummary, words};
use crate::survey::{ALL_ITEMS, Columns, Measure, Question, Sampling, Survey, WaveRule};
use crate::tally::Counted;

use super::headline::{definition, headline_points};
use super::plan::PlanMap;

/// What only the run knows.
pub(super) struct Run {
    pub(super) sampling: Sampling,
    pub(super) suppress_below: u64,
    pub(super) invited: Option<u64>,
    pub(super) response_rate: Option<f64>,
}

pub(super) fn summary(survey: &Survey, map: &PlanMap, counted: &Counted, run: &Run) -> SurveySummary {
    SurveySummary {
        objective: survey.objective.clone(),
        sampling: survey.sampling.name().to_owned(),
        sampling_note: words::sampling_note(run.sampling.name()).map(str::to_owned),
        population: survey.population,
        confidence: map.confidence.level(),
        flag_below: survey.flag_below,
        suppress_below: run.suppress_below,
        suppress_below_declared: survey.suppress_below_declared,
        weight: map.weight.clone().filter(|_| counted.weighted),
        response_rate: run.response_rate,
        invited: run.invited,
        questions: survey.questions.iter().map(question).chain(all_items(survey)).collect(),
        segments: segments(survey, counted),
        dimensions: survey
            .dimensions
            .iter()
            .map(|(id, dimension)| (id.clone(), dimension.label.clone().unwrap_or_else(|| id.clone())))
            .collect(),
    }
}

/// How waves are formed: `quarter`, or `column round`.
pub(super) fn wave_rule(rule: &WaveRule) -> String {
    match rule {
        WaveRule::Every(period) => period.name().to_owned(),
        WaveRule::Column { column, .. } => format!("column {column}"),
    }
}

fn question(question: &Question) -> QuestionSummary {
    let columns = match &question.columns {
        Columns::One(columns) => columns.clone(),
        Columns::Pair { first, second } => first.iter().chain(second).cloned().collect(),
    };
    QuestionSummary {
        id: question.id.clone(),
        measure: question.measure.name().to_owned(),
        text: question.wording().to_owned(),
        label: question.label.clone(),
        columns,
        headline: question.headline.map(|headline| headline.name().to_owned()),
        definition: definition(question),
        points: headline_points(question),
        better: headline_better(question),
        scale: question.scale.as_ref().map(|scale| [scale.min, scale.max]),
        labels: question.labels(),
        dimension: question.dimension.clone(),
        overall: question.overall,
        driver: question.is_driver(),
        bridge: question.bridge,
        own_words: question
            .own_words
            .as_ref()
            .map(|own| OwnWordsSummary { text: own.text.clone(), labels: own.labels.clone() }),
    }
}

/// All items of a checklist together, under an id of their own.
fn all_items(survey: &Survey) -> Option<QuestionSummary> {
    let item = survey.questions.iter().find(|question| question.measure == Measure::Checklist)?;
    Some(QuestionSummary {
        id: ALL_ITEMS.to_owned(),
        text: words::all_items().to_owned(),
        label: None,
        columns: Vec::new(),
        dimension: None,
        bridge: false,
        own_words: None,
        ..question(item)
    })
}

fn segments(survey: &Survey, counted: &Counted) -> Vec<SegmentSummary> {
    let summary = survey.segments.iter().map(|segment| SegmentSummary {
        id: segment.id.clone(),
        label: segment.label.clone().unwrap_or_else(|| segment.id.clone()),
        values: counted.segment_values.get(&segment.id).cloned().unwrap_or_default(),
    });
    summary.collect()
}
