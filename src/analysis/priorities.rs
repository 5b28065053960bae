//! Performance beside stated importance: what to improve first (Martilla and James 1977).
//!
//! Both on an index from 0 to 100. The lines that part the quadrants are the means of the attributes shown, so that
//! quadrants are relative: however good all are, about half are below the mean. How sure a quadrant is comes from
//! resampling the answers to each question from their counts, lines included; questions are drawn independently of
//! each other, although the same respondents answered them, which leaves quadrants a little less sure than they are.

use std::collections::BTreeMap;

use crate::measures::{rounded, scored_answers};
use crate::report::{Estimate, Flag, PrioritiesSection, PriorityRow, Quadrant};
use crate::stats::Bootstrap;
use crate::survey::{Best, Headline, Measure, Question, Survey};
use crate::tally::Stratum;

use super::resampling::{draws, mean_score, replicates};
use super::sections::{Figures, Subject};

/// How near to a line a figure lies on it; figures carry 12 digits.
const ON_THE_LINE: f64 = 1e-9;

/// The importance question of an attribute.
///
/// By name: `<id>_importance` or `importance_<id>`. Else the only importance question of its dimension.
pub(super) fn importance_question<'a>(survey: &'a Survey, question: &Question) -> Option<&'a Question> {
    let stated = || survey.questions.iter().filter(|other| other.measure == Measure::Importance);
    let (after, before) = (format!("{}_importance", question.id), format!("importance_{}", question.id));
    if let Some(named) = stated().find(|other| other.id == after || other.id == before) {
        return Some(named);
    }
    let dimension = question.dimension.as_ref()?;
    let mut together = stated().filter(|other| other.dimension.as_ref() == Some(dimension));
    together.next().filter(|_| together.next().is_none())
}

/// The attributes with a stated importance; `None` where there are none with both figures.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Option<PrioritiesSection> {
    let attributes = attributes(subject.survey, figures);
    let mut rows: Vec<PriorityRow> = attributes.iter().map(Attribute::row).collect();
    let points: Vec<Option<Point>> = rows.iter().map(Point::of).collect();
    let lines = Point::mean(points.iter().flatten())?;
    // One attribute is its own mean: there is nothing to set it against.
    if points.iter().flatten().count() > 1 {
        let sureness = sureness(subject, total, &attributes, &points);
        for ((row, point), probability) in rows.iter_mut().zip(&points).zip(sureness) {
            row.quadrant = point.map(|point| point.quadrant(lines));
            row.quadrant_probability = probability.and_then(rounded);
        }
    }
    Some(PrioritiesSection {
        wave: subject.wave(),
        importance_from: "stated".to_owned(),
        crosshair: "means".to_owned(),
        performance_line: rounded(lines.performance)?,
        importance_line: rounded(lines.importance)?,
        rows,
    })
}

/// A rated question with the one that states how important it is.
struct Attribute<'a> {
    rated: &'a Question,
    stated: &'a Question,
    performance: &'a Estimate,
    importance: &'a Estimate,
}

fn attributes<'a>(survey: &'a Survey, figures: &Figures<'a>) -> Vec<Attribute<'a>> {
    // Overall satisfaction is the outcome, no attribute beside the others.
    let rated = survey
        .questions
        .iter()
        .filter(|question| matches!(question.measure, Measure::Csat | Measure::Rating) && !question.overall);
    let attribute = |rated: &'a Question| {
        let stated = importance_question(survey, rated)?;
        if figures.hidden(&rated.id).or(figures.hidden(&stated.id)).is_some() {
            return None;
        }
        let performance = figures.statistic(&rated.id, "index")?;
        Some(Attribute { rated, stated, performance, importance: figures.statistic(&stated.id, "mean")? })
    };
    rated.filter_map(attribute).collect()
}

impl Attribute<'_> {
    fn row(&self) -> PriorityRow {
        let [importance, low, high] = self.importance_index();
        let small = |estimate: &Estimate| estimate.flag == Some(Flag::SmallBase);
        PriorityRow {
            question: self.rated.id.clone(),
            importance_question: self.stated.id.clone(),
            dimension: self.rated.dimension.clone(),
            performance: self.performance.value,
            performance_low: self.performance.low,
            performance_high: self.performance.high,
            importance,
            importance_low: low,
            importance_high: high,
            quadrant: None,
            quadrant_probability: None,
            small_base: small(self.performance) || small(self.importance),
        }
    }

    /// The mean importance and its limits as an index, turned where the smallest number is the most important.
    fn importance_index(&self) -> [Option<f64>; 3] {
        let Some(scale) = self.stated.scale.as_ref() else { return [None; 3] };
        let (min, max) = (f64::from(scale.min), f64::from(scale.max));
        let index = |mean: Option<f64>| {
            let part = 100.0 * (mean? - min) / (max - min);
            rounded(if scale.best == Best::Low { 100.0 - part } else { part })
        };
        let (low, high) = match scale.best {
            Best::High => (self.importance.low, self.importance.high),
            Best::Low => (self.importance.high, self.importance.low),
        };
        [index(self.importance.value), index(low), index(high)]
    }
}

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    performance: f64,
    importance: f64,
}

impl Point {
    fn of(row: &PriorityRow) -> Option<Self> {
        Some(Self { performance: row.performance?, importance: row.importance? })
    }

    fn mean<'a>(points: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let (mut sum, mut number) = (Self { performance: 0.0, importance: 0.0 }, 0.0);
        for point in points {
            sum.performance += point.performance;
            sum.importance += point.importance;
            number += 1.0;
        }
        (number > 0.0)
            .then(|| Self { performance: sum.performance / number, importance: sum.importance / number })
    }

    fn quadrant(self, lines: Self) -> Quadrant {
        let above = |figure: f64, line: f64| figure > line - ON_THE_LINE;
        match (above(self.importance, lines.importance), above(self.performance, lines.performance)) {
            (true, false) => Quadrant::ConcentrateHere,
            (true, true) => Quadrant::KeepUpTheGoodWork,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::PossibleOverkill,
        }
    }
}

/// In how many of the resamples each attribute fell into its quadrant.
fn sureness<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    attributes: &[Attribute<'a>],
    points: &[Option<Point>],
) -> Vec<Option<f64>> {
    let none = || vec![None; attributes.len()];
    // An importance that several attributes share is drawn once.
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut counts, mut scores) = (Vec::new(), Vec::new());
    for (attribute, _) in attributes.iter().zip(points).filter(|(_, point)| point.is_some()) {
        for (question, estimate) in
            [(attribute.rated, attribute.performance), (attribute.stated, attribute.importance)]
        {
            if places.contains_key(question.id.as_str()) {
                continue;
            }
            let index = subject.survey.questions.iter().position(|other| other.id == question.id);
            let answers = index
                .and_then(|index| scored_answers(question, Headline::Index, subject.counts(total, index)?));
            let Some(answers) = answers else { return none() };
            let effective = estimate.base_effective.filter(|_| subject.counted.weighted);
            places.insert(&question.id, counts.len());
            scores.push(answers.iter().map(|(score, _)| *score).collect::<Vec<f64>>());
            counts.push(draws(&answers, effective));
        }
    }
    let at = |question: &Question| places.get(question.id.as_str()).copied();
    let pairs: Vec<Option<(usize, usize)>> = attributes
        .iter()
        .zip(points)
        .map(|(attribute, point)| point.and(at(attribute.rated).zip(at(attribute.stated))))
        .collect();
    let Some(lines) = Point::mean(points.iter().flatten()) else { return none() };
    let own: Vec<Option<Quadrant>> =
        points.iter().map(|point| point.map(|point| point.quadrant(lines))).collect();
    let bootstrap = Bootstrap { replicates: replicates(&counts), seed: subject.scope.seed };
    let drawn = bootstrap.joint(&counts, |counts| {
        let means: Vec<Option<f64>> =
            counts.iter().zip(&scores).map(|(counts, scores)| mean_score(counts, scores)).collect();
        let mean = |place: usize| means.get(place).copied().flatten();
        let points: Vec<Option<Point>> = pairs
            .iter()
            .map(|pair| {
                let (performance, importance) = (*pair)?;
                Some(Point { performance: mean(performance)?, importance: mean(importance)? })
            })
            .collect();
        let lines = Point::mean(points.iter().flatten());
        let hit = |(point, own): (&Option<Point>, &Option<Quadrant>)| {
            point.zip(lines).map(|(point, lines)| point.quadrant(lines)) == *own
        };
        points.iter().zip(&own).map(hit).collect::<Vec<bool>>()
    });
    let share = |(row, own): (usize, &Option<Quadrant>)| {
        (*own)?;
        let hits = drawn.iter().filter(|hits| hits.get(row) == Some(&true)).count();
        (!drawn.is_empty()).then(|| hits as f64 / drawn.len() as f64)
    };
    own.iter().enumerate().map(share).collect()
}
