//! Gaps of counts: tests, weights, totals, corners.

use approx::assert_relative_eq;

use crate::analysis::sample::{section_of, survey};
use crate::measures::sample::{joint, question, single};
use crate::report::{GapsSection, Section};
use crate::survey::{Dimension, Measure, Question, Survey};
use crate::tally::Counts;

fn gap(id: &str, dimension: Option<&str>) -> Question {
    let mut question = question(id, Measure::Gap);
    question.dimension = dimension.map(str::to_owned);
    question
}

/// The section of a survey of these questions with these counts.
fn of(survey: &Survey, counts: Vec<Counts>) -> Option<GapsSection> {
    section_of(survey, counts, 100, |section| match section {
        Section::Gaps(found) => Some(*found),
        _ => None,
    })
}

fn with(questions: Vec<Question>) -> Survey {
    Survey { questions, segments: Vec::new(), ..survey() }
}

/// 3 to 2, four times; 3 to 3, six times: gap -0.4.
fn narrow() -> Counts {
    joint(7, &[(3, 2, 4), (3, 3, 6)])
}

/// 6 to 4 seven times, 6 to 6 three times: gap -1.4.
fn wide() -> Counts {
    joint(7, &[(6, 4, 7), (6, 6, 3)])
}

#[test]
fn gaps_are_tested_and_adjusted_over_all_of_them() {
    // scipy 1.17: ttest_1samp([-1]*4 + [0]*6, 0): t -2.4494897427831783, p 0.036793...; wide: [-2]*7 + [0]*3:
    // t -4.58257569495584, p 0.001323...; Holm doubles the smaller.
    let found = of(&with(vec![gap("a", None), gap("b", None)]), vec![narrow(), wide()]).unwrap();
    let [a, b] = found.rows.as_slice() else { panic!("two gaps") };
    assert_eq!((a.base, a.gap, b.gap), (10, Some(-0.4), Some(-1.4)));
    assert_relative_eq!(a.t.unwrap(), -6_f64.sqrt(), max_relative = 1e-10);
    assert_relative_eq!(b.t.unwrap(), -21_f64.sqrt(), max_relative = 1e-10);
    assert_relative_eq!(a.dz.unwrap(), -(0.6_f64).sqrt(), max_relative = 1e-10);
    assert_eq!(a.p_adjusted, a.p);
    assert_relative_eq!(b.p_adjusted.unwrap(), 2.0 * b.p.unwrap(), max_relative = 1e-10);
    assert_relative_eq!(found.total.unweighted.unwrap(), -0.9, epsilon = 1e-12);
    assert_eq!((found.total.weighted, found.total.low), (None, None));
}

#[test]
fn dimensions_count_alike_and_their_weights_are_shared() {
    let mut survey = with(vec![gap("a", Some("x")), gap("b", Some("x")), gap("c", Some("y"))]);
    let dimension = |weight| Dimension { weight: Some(weight), ..Dimension::default() };
    survey.dimensions = [("x".to_owned(), dimension(0.25)), ("y".to_owned(), dimension(0.75))].into();
    let found = of(&survey, vec![narrow(), wide(), narrow()]).unwrap();
    // x: -0.9, y: -0.4.
    assert_relative_eq!(found.total.unweighted.unwrap(), -0.65, epsilon = 1e-12);
    assert_relative_eq!(found.total.weighted.unwrap(), -0.9 * 0.25 - 0.4 * 0.75, epsilon = 1e-12);
    assert_eq!(found.rows[0].importance, Some(0.25));
    let widest =
        found.rows.iter().filter_map(|row| row.gap).fold(0.0, |widest: f64, gap| widest.max(gap.abs()));
    assert!(found.total.weighted.unwrap().abs() <= widest, "METHODS 1.4: the check of an unnormalised mean");
}

#[test]
fn stated_importance_weighs_and_half_of_it_does_not() {
    let mut survey = with(vec![gap("a", None), gap("b", None)]);
    survey.questions.push(question("a_importance", Measure::Importance));
    let half = of(&survey, vec![narrow(), wide(), single(&[0, 0, 0, 0, 10])]).unwrap();
    assert_eq!((half.rows[0].importance, half.rows[1].importance), (Some(5.0), None));
    assert_eq!((half.rows[0].weighted_gap, half.total.weighted), (None, None));
    survey.questions.push(question("importance_b", Measure::Importance));
    let counts = vec![narrow(), wide(), single(&[0, 0, 0, 0, 10]), single(&[0, 0, 10, 0, 0])];
    let whole = of(&survey, counts).unwrap();
    assert_relative_eq!(whole.total.weighted.unwrap(), (-0.4 * 5.0 - 1.4 * 3.0) / 8.0, epsilon = 1e-12);
}

#[test]
fn corners_have_no_test_and_no_weight() {
    let found = of(&with(vec![gap("a", None), gap("b", None)]), vec![joint(7, &[]), joint(7, &[(3, 2, 9)])]);
    let found = found.unwrap();
    assert_eq!((found.rows[0].base, found.rows[0].gap, found.rows[0].p), (0, None, None));
    assert_eq!((found.rows[1].gap, found.rows[1].p_adjusted), (Some(-1.0), None), "all alike");
    assert_eq!(found.total.unweighted, Some(-1.0));
    let one = of(&with(vec![gap("a", None)]), vec![narrow()]).unwrap();
    assert!(one.total.low.is_some(), "a single gap is its own total");
    assert_eq!(of(&with(vec![question("c", Measure::Csat)]), vec![single(&[1; 5])]), None);
}
