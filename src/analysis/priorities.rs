//! Performance beside stated importance: what to improve first (Martilla and James 1977).
//!
//! Both on an index from 0 to 100. The lines that part the quadrants are the means of the attributes shown, so that
//! quadrants are relative: however good all are, about half are below the mean. How sure a quadrant is comes from
//! resampling the answers to each question from their counts, lines included; questions are drawn independently of
//! each other, although the same respondents answered them, which leaves quadrants a little less sure than they are.

use std::collections::BTreeMap;

use crate::measures::{rounded, scored_answers};
use crate::report::{Estimate, PrioritiesSection, PriorityRow, Quadrant};
use crate::stats::Bootstrap;
use crate::survey::{Best, Headline, Measure, Question, Survey};
use crate::tally::Stratum;

use super::groups::is_small;
use super::resampling::{draws, replicates};
use super::sections::{Figures, Subject};

/// How near to a line a figure lies on it; figures carry 12 digits.
const ON_THE_LINE: f64 = 1e-9;

/// The importance question of an attribute.
///
/// The one that names it (`importance_of`); else by id, `<id>_importance` or `importance_<id>`; else, for ratings and
/// gaps, the only importance question of its dimension. One that names another question is not taken.
pub(super) fn importance_question<'a>(survey: &'a Survey, question: &Question) -> Option<&'a Question> {
    let stated = || survey.questions.iter().filter(|other| other.measure == Measure::Importance);
    if let Some(named) = stated().find(|other| other.importance_of.as_ref() == Some(&question.id)) {
        return Some(named);
    }
    let free = || stated().filter(|other| other.importance_of.is_none());
    let (after, before) = (format!("{}_importance", question.id), format!("importance_{}", question.id));
    if let Some(named) = free().find(|other| other.id == after || other.id == before) {
        return Some(named);
    }
    let attribute = matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Gap);
    let dimension = question.dimension.as_ref().filter(|_| attribute)?;
    let mut together = free().filter(|other| other.dimension.as_ref() == Some(dimension));
    together.next().filter(|_| together.next().is_none())
}

/// The attributes with a stated importance; `None` where there are none with both figures.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Option<PrioritiesSection> {
    let attributes = attributes(subject.survey, figures);
    let mut rows: Vec<PriorityRow> =
        attributes.iter().map(|attribute| attribute.row(subject.survey.flag_below)).collect();
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
    let scored = |measure| matches!(measure, Measure::Csat | Measure::Rating | Measure::Ces | Measure::Nps);
    let rated = survey.questions.iter().filter(|question| scored(question.measure) && !question.overall);
    let attribute = |rated: &'a Question| {
        let stated = importance_question(survey, rated)?;
        if figures.hidden(&rated.id).or(figures.hidden(&stated.id)).is_some() {
            return None;
        }
        let performance = figures.statistic(&rated.id, "mean")?;
        Some(Attribute { rated, stated, performance, importance: figures.statistic(&stated.id, "mean")? })
    };
    rated.filter_map(attribute).collect()
}

impl Attribute<'_> {
    fn row(&self, flag_below: u64) -> PriorityRow {
        let [performance, performance_low, performance_high] = index(self.rated, self.performance);
        let [importance, importance_low, importance_high] = index(self.stated, self.importance);
        let small = |estimate: &Estimate| is_small(estimate.base_effective, flag_below);
        PriorityRow {
            question: self.rated.id.clone(),
            importance_question: self.stated.id.clone(),
            dimension: self.rated.dimension.clone(),
            performance,
            performance_low,
            performance_high,
            importance,
            importance_low,
            importance_high,
            quadrant: None,
            quadrant_probability: None,
            small_base: small(self.performance) || small(self.importance),
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
    let mut sets: Vec<(Vec<u64>, Vec<f64>)> = Vec::new();
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
            places.insert(&question.id, sets.len());
            let scores = answers.iter().map(|(score, _)| *score).collect();
            sets.push((draws(&answers, effective), scores));
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
    let replicates = replicates(sets.iter().map(|(counts, _)| counts.as_slice()));
    let bootstrap = Bootstrap { replicates, seed: subject.scope.seed };
    let drawn = bootstrap.joint(&sets, |means| {
        let mean = |place: usize| means.get(place).copied();
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
    let Some(drawn) = drawn else { return none() };
    let share = |(row, own): (usize, &Option<Quadrant>)| {
        (*own)?;
        let hits = drawn.iter().filter(|hits| hits.get(row) == Some(&true)).count();
        (!drawn.is_empty()).then(|| hits as f64 / drawn.len() as f64)
    };
    own.iter().enumerate().map(share).collect()
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::importance_question;
    use crate::analysis::sample::{section_of, survey};
    use crate::measures::sample::{question, single};
    use crate::report::{PrioritiesSection, Quadrant, Section};
    use crate::survey::{Best, Measure, Question, Survey};
    use crate::tally::Counts;

    fn of(survey: &Survey, counts: Vec<Counts>) -> Option<PrioritiesSection> {
        section_of(survey, counts, 200, |section| match section {
            Section::Priorities(found) => Some(found),
            _ => None,
        })
    }

    /// Attributes with the question of their importance beside each.
    fn attributes(ids: &[&str]) -> Survey {
        let pair = |id: &&str| {
            [question(id, Measure::Rating), question(&format!("{id}_importance"), Measure::Importance)]
        };
        Survey { questions: ids.iter().flat_map(pair).collect(), segments: Vec::new(), ..survey() }
    }

    #[test]
    fn attributes_fall_into_the_four_quadrants_about_the_means() {
        let survey = attributes(&["a", "b", "c", "d"]);
        let (low, high) = (single(&[40, 40, 10, 5, 5]), single(&[5, 5, 10, 40, 40]));
        let counts =
            vec![low.clone(), high.clone(), high.clone(), high.clone(), low.clone(), low.clone(), high, low];
        let found = of(&survey, counts).unwrap();
        let quadrants: Vec<Quadrant> = found.rows.iter().filter_map(|row| row.quadrant).collect();
        assert_eq!(
            quadrants,
            [
                Quadrant::ConcentrateHere,
                Quadrant::KeepUpTheGoodWork,
                Quadrant::LowPriority,
                Quadrant::PossibleOverkill
            ]
        );
        // Means 1.95 and 4.05 of 1 to 5: (1.95 - 1) / 4.
        assert_relative_eq!(found.rows[0].performance.unwrap(), 23.75, epsilon = 1e-9);
        assert_relative_eq!(found.rows[0].importance.unwrap(), 76.25, epsilon = 1e-9);
        assert_relative_eq!(found.performance_line, 50.0, epsilon = 1e-9);
        assert!(found.rows.iter().all(|row| row.quadrant_probability.unwrap() > 0.99));
        assert!(found.rows.iter().all(|row| row.importance_low < row.importance && !row.small_base));
    }

    #[test]
    fn attributes_that_are_alike_are_not_settled() {
        let survey = attributes(&["a", "b"]);
        let found = of(&survey, vec![single(&[5, 5, 10, 20, 20]); 4]).unwrap();
        for row in &found.rows {
            assert!(row.quadrant_probability.unwrap() < 0.5, "{row:?}");
        }
    }

    #[test]
    fn one_attribute_has_no_quadrant_and_none_no_section() {
        let one = of(&attributes(&["a"]), vec![single(&[1, 2, 3, 4, 5]); 2]).unwrap();
        assert_eq!((one.rows[0].quadrant, one.rows[0].quadrant_probability), (None, None));
        assert!(one.rows[0].small_base && one.rows[0].performance.is_some());
        assert_eq!(of(&attributes(&["a"]), vec![single(&[0; 5]); 2]), None, "nobody answered");
        let alone = Survey { questions: vec![question("a", Measure::Csat)], ..survey() };
        assert_eq!(of(&alone, vec![single(&[1; 5])]), None);
    }

    #[test]
    fn an_attribute_nobody_rated_stands_beside_without_a_quadrant() {
        let survey = attributes(&["a", "b", "c"]);
        let answers = single(&[5, 5, 10, 20, 20]);
        let mut counts = vec![answers; 6];
        counts[2] = single(&[0; 5]);
        let found = of(&survey, counts).unwrap();
        assert_eq!((found.rows[1].performance, found.rows[1].quadrant), (None, None));
        assert!(found.rows[0].quadrant.is_some() && found.rows[2].quadrant_probability.is_some());
    }

    #[test]
    fn importance_is_turned_where_one_is_the_most_important() {
        let mut survey = attributes(&["a"]);
        survey.questions[1].scale.as_mut().unwrap().best = Best::Low;
        let found = of(&survey, vec![single(&[0, 0, 5, 30, 5]), single(&[35, 5, 0, 0, 0])]).unwrap();
        assert_relative_eq!(found.rows[0].importance.unwrap(), 96.875, epsilon = 1e-9);
        assert!(found.rows[0].importance_low < found.rows[0].importance);
    }

    #[test]
    fn importance_is_found_by_name_then_by_dimension() {
        let rated = |id: &str, dimension: Option<&str>| {
            let dimension = dimension.map(str::to_owned);
            Question { dimension, ..question(id, Measure::Csat) }
        };
        let stated = |id: &str, dimension: Option<&str>| Question {
            measure: Measure::Importance,
            ..rated(id, dimension)
        };
        let found = |questions: Vec<Question>| {
            let survey = Survey { questions, ..survey() };
            importance_question(&survey, &survey.questions[0]).map(|question| question.id.clone())
        };
        assert_eq!(
            found(vec![rated("a", None), stated("a_importance", None)]).as_deref(),
            Some("a_importance")
        );
        assert_eq!(
            found(vec![rated("a", None), stated("importance_a", None)]).as_deref(),
            Some("importance_a")
        );
        assert_eq!(found(vec![rated("a", Some("x")), stated("w", Some("x"))]).as_deref(), Some("w"));
        let two = vec![rated("a", Some("x")), stated("w", Some("x")), stated("v", Some("x"))];
        assert_eq!(found(two), None, "two would be a guess");
        assert_eq!(found(vec![rated("a", None), stated("w", None)]), None);
        let of = |id: &str, named: &str, dimension: Option<&str>| Question {
            importance_of: Some(named.to_owned()),
            ..stated(id, dimension)
        };
        let named = vec![rated("a", None), stated("a_importance", None), of("w", "a", None)];
        assert_eq!(found(named).as_deref(), Some("w"), "what is written comes first");
        assert_eq!(found(vec![rated("a", Some("x")), of("w", "b", Some("x"))]), None);
    }
}
