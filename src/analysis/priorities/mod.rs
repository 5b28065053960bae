//! Performance beside stated importance: what to improve first (Martilla and James 1977).
//!
//! Both on an index from 0 to 100. Where the lines stand that part the quadrants is declared (`[priorities]`); at the means
//! of the attributes shown quadrants are relative: however good all are, about half are below. The deficit is importance
//! less performance: above 0 an attribute lies above the iso-priority line, on which both are the same.

mod attribute;
mod lines;
mod resamples;

use crate::measures::rounded;
use crate::report::{PrioritiesSection, PriorityRow};
use crate::survey::{Measure, Question, Survey};
use crate::tally::{Plan, Stratum};

use self::attribute::attributes;
use self::lines::{Point, lines};
use self::resamples::{Resamples, resamples};
use super::ratings::RatingsAsk;
use super::scope::{Depth, Scope};
use super::sections::{Figures, Subject};

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

/// Adds the answers that resampling respondents reads, for a report; whether any are.
pub(super) fn want(survey: &Survey, scope: &Scope, plan: &Plan, into: &mut RatingsAsk) -> bool {
    if scope.depth != Depth::Report || scope.crosstab.is_some() {
        return false;
    }
    let mut any = false;
    for (rated, stated) in attribute::pairs(survey) {
        into.question(plan, &rated.id);
        into.question(plan, &stated.id);
        any = true;
    }
    any
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
    let crosshair = subject.survey.crosshair;
    let lines = lines(crosshair, &points)?;
    let Resamples { of, sureness, deficits } = resamples(subject, total, &attributes, &points);
    for ((row, point), (low, high)) in rows.iter_mut().zip(&points).zip(deficits) {
        row.deficit = point.and_then(|point| rounded(point.deficit()));
        (row.deficit_low, row.deficit_high) = (low.and_then(rounded), high.and_then(rounded));
    }
    // One attribute is its own mean: there is nothing to set it against.
    if points.iter().flatten().count() > 1 || !crosshair.is_relative() {
        for ((row, point), probability) in rows.iter_mut().zip(&points).zip(sureness) {
            row.quadrant = point.map(|point| point.quadrant(lines));
            row.quadrant_probability = probability.and_then(rounded);
        }
    }
    Some(PrioritiesSection {
        wave: subject.wave(),
        importance_from: "stated".to_owned(),
        crosshair: crosshair.name().to_owned(),
        resampled: of.map(str::to_owned),
        performance_line: rounded(lines.performance)?,
        importance_line: rounded(lines.importance)?,
        rows,
    })
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
