//! An attribute: a rated question with the one that states how important it is.

use crate::analysis::groups::is_small;
use crate::analysis::sections::Figures;
use crate::measures::rounded;
use crate::report::{Estimate, PriorityRow};
use crate::survey::{Best, Columns, Measure, Question, Survey};

use super::importance_question;

/// A rated question with the one that states how important it is.
pub(super) struct Attribute<'a> {
    pub(super) rated: &'a Question,
    pub(super) stated: &'a Question,
    pub(super) performance: &'a Estimate,
    pub(super) importance: &'a Estimate,
}

/// The rated questions with those that state their importance; of an expectation and a perception the perception is rated.
pub(super) fn pairs(survey: &Survey) -> impl Iterator<Item = (&Question, &Question)> {
    // Overall satisfaction is the outcome, no attribute beside the others.
    let scored = |question: &&Question| match question.measure {
        Measure::Csat | Measure::Rating | Measure::Ces | Measure::Nps => !question.overall,
        // The same column rated by itself is one attribute, not two.
        Measure::Gap => !survey.questions.iter().any(|other| is_perception(question, other)),
        _ => false,
    };
    let rated = survey.questions.iter().filter(scored);
    rated.filter_map(|rated| Some((rated, importance_question(survey, rated)?)))
}

/// Whether a question rates what a gap question asks as perception: both read the same column.
pub(super) fn is_perception(gap: &Question, rated: &Question) -> bool {
    match (&gap.columns, &rated.columns) {
        (Columns::Pair { second, .. }, Columns::One(names)) => gap.measure == Measure::Gap && second == names,
        _ => false,
    }
}

/// Those whose figures may be shown.
pub(super) fn attributes<'a>(survey: &'a Survey, figures: &Figures<'a>) -> Vec<Attribute<'a>> {
    let attribute = |(rated, stated): (&'a Question, &'a Question)| {
        if figures.hidden(&rated.id).or(figures.hidden(&stated.id)).is_some() {
            return None;
        }
        let mean = if rated.measure == Measure::Gap { "perception" } else { "mean" };
        let performance = figures.statistic(&rated.id, mean)?;
        Some(Attribute { rated, stated, performance, importance: figures.statistic(&stated.id, "mean")? })
    };
    pairs(survey).filter_map(attribute).collect()
}

impl Attribute<'_> {
    /// The row, before anything is said of quadrants and ranks.
    pub(super) fn row(&self, flag_below: u64) -> PriorityRow {
        let [performance, performance_low, performance_high] = index(self.rated, self.performance);
        let [importance, importance_low, importance_high] = index(self.stated, self.importance);
        let small = |estimate: &Estimate| is_small(estimate.base_effective, flag_below);
        PriorityRow {
            question: self.rated.id.clone(),
            importance_question: Some(self.stated.id.clone()),
            dimension: self.rated.dimension.clone(),
            performance,
            performance_low,
            performance_high,
            importance,
            importance_low,
            importance_high,
            small_base: small(self.performance) || small(self.importance),
            ..PriorityRow::default()
        }
    }
}

/// A mean and its limits as an index, turned where the smallest number is the best.
fn index(question: &Question, mean: &Estimate) -> [Option<f64>; 3] {
    let Some(scale) = question.scale.as_ref() else { return [None; 3] };
    let (min, max) = (f64::from(scale.min), f64::from(scale.max));
    let index = |mean: Option<f64>| {
        let part = 100.0 * (mean? - min) / (max - min);
        rounded(if scale.best == Best::Low { 100.0 - part } else { part })
    };
    let (low, high) = match scale.best {
        Best::High => (mean.low, mean.high),
        Best::Low => (mean.high, mean.low),
    };
    [index(mean.value), index(low), index(high)]
}
