//! What to improve first: performance beside importance (Martilla and James 1977), and one list in order.
//!
//! Performance is an index from 0 to 100. Importance is what respondents state, on the same index; where nobody was asked a
//! report derives it from the drivers of the overall score, as percent of R². Where the lines stand that part the quadrants
//! is declared (`[priorities]`); at the means of the attributes shown quadrants are relative: however good all are, about
//! half are below. The deficit is importance less performance: above 0 an attribute lies above the iso-priority line, on
//! which both are the same. The list needs no line: it is by the points that an attribute keeps the index of all, weighted
//! by importance, from 100 ([`crate::measures::shortfalls`]).

mod attribute;
mod derived;
mod lines;
mod population;
mod ranking;
mod reasons;
mod resamples;
mod sureness;

use crate::measures::rounded;
use crate::report::{DriversCaution, PrioritiesSection, PriorityRow, Quadrant, Section};
use crate::survey::{Crosshair, Measure, Question, Survey};
use crate::tally::{Plan, Stratum};

use self::attribute::attributes;
use self::lines::alike;
pub(super) use self::lines::{Axis, Point, lines};
use self::population::{drawn_in, left};
use self::ranking::{Ground, rank};
use self::reasons::Reasons;
pub(super) use self::resamples::Drawn;
use self::resamples::resamples;
use self::sureness::{limits, quadrants_kept};
use super::drivers::Driven;
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
    // Columns are called `F1_importance` where the pair `F1_functional`, `F1_dysfunctional` became `f_1`.
    let is_called =
        |other: &Question| [&after, &before].iter().any(|name| letters(&other.id) == letters(name));
    let mut called = free().filter(|other| is_called(other));
    if let (Some(only), None) = (called.next(), called.next())
        && survey.questions.iter().filter(|other| letters(&other.id) == letters(&question.id)).count() == 1
    {
        return Some(only);
    }
    let attribute = matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Gap);
    let dimension = question.dimension.as_ref().filter(|_| attribute)?;
    let mut together = free().filter(|other| other.dimension.as_ref() == Some(dimension));
    together.next().filter(|_| together.next().is_none())
}

/// The letters and digits of an id in small letters.
fn letters(id: &str) -> String {
    id.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Adds the answers that resampling respondents reads, for a report; whether any are.
pub(super) fn want(survey: &Survey, scope: &Scope, plan: &Plan, into: &mut RatingsAsk) -> bool {
    if scope.depth != Depth::Report || scope.crosstab.is_some() {
        return false;
    }
    let mut any = false;
    for question in attribute::pairs(survey).flat_map(|(rated, stated)| [rated, stated]) {
        let (own, beside) = resamples::variables(question);
        into.question(plan, &own);
        if let Some(beside) = beside {
            into.question(plan, &beside);
        }
        any = true;
    }
    any
}

/// Where the lines stand on an axis of importance.
///
/// A target of importance is on the index from 0 to 100 where a survey has stated importances, so that it is none for
/// shares of R²; where it has none the target is in percent of R².
pub(super) fn crosshair(survey: &Survey, axis: Axis) -> Crosshair {
    match survey.crosshair {
        Crosshair::Target { performance, importance: Some(_) }
            if axis == Axis::Derived && attribute::pairs(survey).next().is_some() =>
        {
            Crosshair::Target { performance, importance: None }
        }
        written => written,
    }
}

/// What has been found before the priorities.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    /// The sections made so far.
    pub(super) sections: &'a [Section],
    /// The drivers of the overall score.
    pub(super) driven: Option<&'a Driven>,
}

/// Attributes with their importance, before anything is said of lines and ranks.
struct Basis {
    axis: Axis,
    rows: Vec<PriorityRow>,
    points: Vec<Option<Point>>,
    resampled: Option<&'static str>,
    drawn: Drawn,
    outcome: Option<String>,
    cautions: Vec<DriversCaution>,
    census: bool,
    ignores_design: bool,
}

/// The attributes with a stated importance; of a report without any, the drivers. `None` where there are none with both
/// figures.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
    before: Before<'_>,
) -> Option<PrioritiesSection> {
    let tail = subject.map.confidence.tail();
    let basis = stated(subject, total, figures).or_else(|| derived(subject, before.driven?, tail))?;
    let Basis { axis, mut rows, points, resampled, drawn, outcome, cautions, census, ignores_design } = basis;
    let limited = !cautions.contains(&DriversCaution::HardlyExplains);
    // Answers drawn by themselves know nothing of how those of the same people go together.
    let settles = limited && !ignores_design && resampled != Some("answers");
    let crosshair = crosshair(subject.survey, axis);
    let lines = lines(crosshair, axis, &points)?;
    // One attribute is its own mean: there is nothing to set it against.
    let alone = points.iter().flatten().count() < 2 && crosshair.is_relative();
    let alike = !alone && alike(crosshair, axis, &points);
    if !alone && !alike {
        let kept = quadrants_kept((crosshair, axis), &points, &drawn);
        for ((row, point), probability) in rows.iter_mut().zip(&points).zip(kept) {
            row.quadrant = point.map(|point| point.quadrant(lines));
            // Of a handful of answers the same few are drawn again and again.
            row.quadrant_probability = probability.filter(|_| settles && !row.small_base).and_then(rounded);
            row.important = row.quadrant.map(Quadrant::is_important);
            row.low_rated = row.quadrant.map(Quadrant::is_low_rated);
        }
    }
    if axis == Axis::Stated {
        for (place, (row, point)) in rows.iter_mut().zip(&points).enumerate() {
            row.deficit = point.and_then(|point| rounded(point.deficit()));
            let (low, high) = limits(&drawn, place, Point::deficit, tail);
            (row.deficit_low, row.deficit_high) = (low.and_then(rounded), high.and_then(rounded));
        }
    }
    let ranking = rank(&mut rows, &points, &drawn, Ground { tail, census, limited, settles });
    let reasons = Reasons::new(subject.survey, before.sections, subject.wave, subject.alpha());
    for row in &mut rows {
        reasons.add(row);
    }
    rows.sort_by_key(|row| row.rank.unwrap_or(u64::MAX));
    Some(PrioritiesSection {
        wave: subject.wave(),
        importance_from: axis.name().to_owned(),
        outcome,
        crosshair: crosshair.name().to_owned(),
        resampled: resampled.map(str::to_owned),
        performance_line: rounded(lines.performance)?,
        importance_line: rounded(lines.importance)?,
        weighted_index: ranking.as_ref().and_then(|ranking| rounded(ranking.index)),
        missing: ranking.as_ref().and_then(|ranking| rounded(100.0 - ranking.index)),
        leading: ranking.map(|ranking| ranking.leading),
        census,
        ignores_design,
        alike,
        cautions,
        rows,
    })
}

/// What respondents state; `None` where no attribute has both figures.
fn stated<'a>(subject: &Subject<'a>, total: &'a Stratum, figures: &Figures<'a>) -> Option<Basis> {
    let attributes = attributes(subject.survey, figures);
    let row = |attribute: &attribute::Attribute<'_>| attribute.row(subject.survey.flag_below);
    let rows: Vec<PriorityRow> = attributes.iter().map(row).collect();
    let points: Vec<Option<Point>> = rows.iter().map(Point::of).collect();
    points.iter().flatten().next()?;
    let left = left(subject.context_of(total, &[]).population, &attributes);
    let census = left <= 0.0;
    let found = if census { None } else { resamples(subject, total, &attributes, &points) };
    let (resampled, drawn) = found.unzip();
    let data = &subject.survey.data;
    Some(Basis {
        axis: Axis::Stated,
        drawn: drawn_in(drawn.unwrap_or_default(), &points, left),
        rows,
        points,
        resampled,
        outcome: None,
        cautions: Vec::new(),
        census,
        ignores_design: !census
            && !subject.map.design.is_empty()
            && (data.stratum.is_some() || data.cluster.is_some()),
    })
}

/// What the drivers of a report tell.
fn derived(subject: &Subject<'_>, driven: &Driven, tail: f64) -> Option<Basis> {
    if subject.scope.depth != Depth::Report {
        return None;
    }
    let rows = derived::rows(subject.survey, driven, tail)?;
    Some(Basis {
        axis: Axis::Derived,
        points: rows.iter().map(Point::of).collect(),
        rows,
        resampled: (!driven.drawn.is_empty()).then_some(if driven.by_groups {
            "groups"
        } else {
            "respondents"
        }),
        drawn: driven.drawn.clone(),
        outcome: Some(driven.section.outcome.clone()),
        cautions: driven.section.cautions.clone(),
        census: driven.section.census,
        ignores_design: driven.section.ignores_design && !driven.section.census,
    })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::importance_question;
    use crate::analysis::sample::{section_of, survey};
    use crate::measures::sample::{question, single};
    use crate::report::{PrioritiesSection, Quadrant, Section, Unranked};
    use crate::survey::{Best, Crosshair, Measure, Question, Sampling, Survey};
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
        let quadrants: Vec<(&str, Option<Quadrant>)> =
            found.rows.iter().map(|row| (row.question.as_str(), row.quadrant)).collect();
        // Of importances that add up to 200 the points missing are 76.25 / 200 * 76.25 = 29.070_312_5 of the first and
        // 23.75 / 200 * 76.25 = 9.054_687_5 of the third and 76.25 / 200 * 23.75 of the second, which is rated higher.
        assert_eq!(
            quadrants,
            [
                ("a", Some(Quadrant::ConcentrateHere)),
                ("c", Some(Quadrant::LowPriority)),
                ("b", Some(Quadrant::KeepUpTheGoodWork)),
                ("d", Some(Quadrant::PossibleOverkill))
            ]
        );
        assert_eq!(found.rows[0].missing, Some(29.070_312_5));
        assert_eq!((found.rows[1].missing, found.rows[2].missing), (Some(9.054_687_5), Some(9.054_687_5)));
        assert_eq!((found.leading, found.rows[0].rank), (Some(1), Some(1)));
        assert_eq!((found.rows[0].important, found.rows[0].low_rated), (Some(true), Some(true)));
        // Means 1.95 and 4.05 of 1 to 5: (1.95 - 1) / 4.
        assert_relative_eq!(found.rows[0].performance.unwrap(), 23.75, epsilon = 1e-9);
        assert_relative_eq!(found.rows[0].importance.unwrap(), 76.25, epsilon = 1e-9);
        assert_relative_eq!(found.performance_line, 50.0, epsilon = 1e-9);
        assert!(found.rows.iter().all(|row| row.importance_low < row.importance && !row.small_base));
        // The answers of each question were drawn by themselves, however clear the figures are.
        assert_eq!(found.resampled.as_deref(), Some("answers"));
        for row in &found.rows {
            assert!(row.missing_low < row.missing_high);
            assert_eq!((row.rank_low, row.settled, row.quadrant_probability), (None, None, None));
        }
    }

    #[test]
    fn attributes_that_are_alike_are_in_no_quadrant() {
        let survey = attributes(&["a", "b"]);
        let answers = single(&[5, 5, 10, 20, 20]);
        let better = single(&[5, 5, 5, 20, 25]);
        for counts in [
            vec![answers.clone(); 4],
            vec![answers.clone(), answers.clone(), better.clone(), answers.clone()],
            vec![answers.clone(), answers.clone(), answers.clone(), better.clone()],
        ] {
            let found = of(&survey, counts).unwrap();
            assert!(found.alike);
            assert!(found.rows.iter().all(|row| row.quadrant.is_none() && row.important.is_none()));
        }
        let differ = of(&survey, vec![answers.clone(), better.clone(), better, answers.clone()]).unwrap();
        assert!(!differ.alike && differ.rows.iter().all(|row| row.quadrant.is_some()));
        // A line that is set stands where it stands.
        let crosshair = Crosshair::Midpoint;
        let set = of(&Survey { crosshair, ..survey }, vec![answers; 4]).unwrap();
        assert!(!set.alike && set.rows.iter().all(|row| row.quadrant.is_some()));
    }

    #[test]
    fn a_known_population_narrows_limits_and_everybody_of_it_leaves_none() {
        let mut survey = attributes(&["a", "b"]);
        let counts = vec![
            single(&[20, 20, 10, 5, 5]),
            single(&[5, 5, 10, 20, 20]),
            single(&[5, 5, 10, 20, 20]),
            single(&[5, 5, 20, 20, 10]),
        ];
        let width = |found: &PrioritiesSection| {
            let row = &found.rows[0];
            [
                row.missing_high.unwrap() - row.missing_low.unwrap(),
                row.deficit_high.unwrap() - row.deficit_low.unwrap(),
            ]
        };
        survey.sampling = Sampling::Random;
        let whole = width(&of(&survey, counts.clone()).unwrap());
        survey.population = Some(80);
        let narrow = width(&of(&survey, counts.clone()).unwrap());
        // Sixty of eighty answered: the root of 1 - 60 / 80 is a half; points missing are a ratio, nearly linear.
        assert!((narrow[1] / whole[1] - 0.5).abs() < 1e-9, "{narrow:?} {whole:?}");
        assert!((narrow[0] / whole[0] - 0.5).abs() < 0.02, "{narrow:?} {whole:?}");
        survey.population = Some(60);
        let census = of(&survey, counts).unwrap();
        assert!(census.census && census.resampled.is_none());
        for row in &census.rows {
            assert_eq!((row.rank_low, row.rank_high, row.settled), (row.rank, row.rank, Some(true)));
            assert_eq!((row.missing_low, row.deficit_low, row.quadrant_probability), (None, None, None));
        }
    }

    #[test]
    fn the_order_of_questions_moves_no_limit() {
        let answers = [
            single(&[20, 20, 10, 5, 5]),
            single(&[5, 5, 10, 20, 20]),
            single(&[5, 10, 10, 20, 15]),
            single(&[5, 5, 20, 20, 10]),
        ];
        let [a, a_importance, b, b_importance] = answers;
        let one = of(
            &attributes(&["a", "b"]),
            vec![a.clone(), a_importance.clone(), b.clone(), b_importance.clone()],
        );
        let other = of(&attributes(&["b", "a"]), vec![b, b_importance, a, a_importance]);
        assert_eq!(one.unwrap().rows, other.unwrap().rows);
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
        let last = &found.rows[2];
        assert_eq!((last.question.as_str(), last.performance, last.quadrant), ("b", None, None));
        assert_eq!((last.rank, last.unranked), (None, Some(Unranked::NoFigure)));
        assert!(found.rows[..2].iter().all(|row| row.rank.is_some()));
    }

    #[test]
    fn a_scale_that_is_turned_round_keeps_its_place() {
        let counts = vec![
            single(&[30, 20, 10, 5, 5]),
            single(&[5, 5, 10, 20, 30]),
            single(&[5, 5, 10, 20, 30]),
            single(&[10, 10, 10, 10, 30]),
        ];
        let found = of(&attributes(&["a", "b"]), counts.clone()).unwrap();
        let mut turned = attributes(&["a", "b"]);
        turned.questions[0].scale.as_mut().unwrap().best = Best::Low;
        let mut mirrored = counts;
        mirrored[0] = single(&[5, 5, 10, 20, 30]);
        let again = of(&turned, mirrored).unwrap();
        let told = |found: &PrioritiesSection| {
            found.rows.iter().map(|row| (row.question.clone(), row.rank, row.missing)).collect::<Vec<_>>()
        };
        assert_eq!(told(&again), told(&found));
        assert_eq!(again.missing, found.missing);
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
