//! Expectation and perception: every gap with its test, and all gaps together (Parasuraman, Zeithaml and Berry 1988).
//!
//! Importance is the declared weight of the dimension where every gap has one, shared equally among the dimension's
//! gaps; else the mean of an importance question where every gap has one. Where some lack it nothing is weighted:
//! a share of what is known would pass for a share of everything.

use indexmap::IndexMap;

use crate::measures::{gap_test, rounded};
use crate::report::{GapRow, GapsSection, GapsTotal};
use crate::stats::holm;
use crate::survey::{Measure, Question};
use crate::tally::{Counts, Stratum};

use super::priorities::importance_question;
use super::sections::{Figures, Subject};

/// The gaps of all respondents of the wave shown; `None` without a gap question that may be shown.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Option<GapsSection> {
    let questions = subject.survey.questions.iter().enumerate();
    let gaps = questions.filter(|(_, question)| question.measure == Measure::Gap);
    let mut rows: Vec<GapRow> =
        gaps.filter_map(|(index, question)| row(subject, total, figures, index, question)).collect();
    if rows.is_empty() {
        return None;
    }
    adjust(&mut rows);
    weigh(subject, figures, &mut rows);
    let total = sum_up(&rows);
    Some(GapsSection { wave: subject.wave(), rows, total })
}

fn row<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
    index: usize,
    question: &'a Question,
) -> Option<GapRow> {
    let counts = subject.counts(total, index)?;
    if !matches!(counts, Counts::Pair(_)) || figures.hidden(&question.id).is_some() {
        return None;
    }
    let cells = subject.cells(total, index);
    let test = gap_test(question.scale.as_ref()?, counts, &subject.context_of(total, &cells));
    let of = |statistic| figures.statistic(&question.id, statistic);
    let gap = of("gap")?;
    Some(GapRow {
        question: question.id.clone(),
        dimension: question.dimension.clone(),
        base: gap.base?,
        expectation: of("expectation").and_then(|estimate| estimate.value),
        perception: of("perception").and_then(|estimate| estimate.value),
        gap: gap.value,
        low: gap.low,
        high: gap.high,
        t: test.t,
        df: test.df,
        p: test.p,
        p_adjusted: None,
        dz: test.dz,
        wilcoxon_p: test.wilcoxon_p,
        importance: None,
        weighted_gap: None,
    })
}

/// Holm over all gaps that were tested.
fn adjust(rows: &mut [GapRow]) {
    let tested: Vec<f64> = rows.iter().filter_map(|row| row.p).collect();
    let Some(adjusted) = holm(&tested) else { return };
    for (row, adjusted) in rows.iter_mut().filter(|row| row.p.is_some()).zip(adjusted) {
        row.p_adjusted = rounded(adjusted);
    }
}

/// The importance of each gap, and the gap times its share of all importances.
fn weigh(subject: &Subject, figures: &Figures, rows: &mut [GapRow]) {
    let mut in_dimension: IndexMap<&str, f64> = IndexMap::new();
    for dimension in rows.iter().filter(|row| row.gap.is_some()).filter_map(|row| row.dimension.as_deref()) {
        *in_dimension.entry(dimension).or_default() += 1.0;
    }
    let declared: Vec<Option<(f64, f64)>> = rows
        .iter()
        .map(|row| {
            let dimension = row.dimension.as_deref()?;
            let weight = subject.survey.dimensions.get(dimension)?.weight?;
            Some((weight, weight / in_dimension.get(dimension)?))
        })
        .collect();
    let stated: Vec<Option<(f64, f64)>> = rows
        .iter()
        .map(|row| {
            let question = subject.survey.questions.iter().find(|question| question.id == row.question)?;
            let importance = importance_question(subject.survey, question)?;
            let mean = figures.statistic(&importance.id, "mean")?.value?;
            Some((mean, mean))
        })
        .collect();
    let complete = |importances: &[Option<(f64, f64)>]| {
        rows.iter().zip(importances).all(|(row, importance)| row.gap.is_none() || importance.is_some())
    };
    // Declared weights that all gaps have come first; without such, what respondents state.
    let importances = if complete(&declared) { declared } else { stated };
    let share_of_all = complete(&importances).then(|| {
        let counted = rows.iter().zip(&importances).filter(|(row, _)| row.gap.is_some());
        counted.filter_map(|(_, importance)| importance.map(|(_, part)| part)).sum::<f64>()
    });
    let share_of_all = share_of_all.filter(|sum| *sum > 0.0);
    for (row, importance) in rows.iter_mut().zip(importances) {
        row.importance = importance.and_then(|(importance, _)| rounded(importance));
        let share = importance.zip(share_of_all).map(|((_, part), all)| part / all);
        row.weighted_gap = row.gap.zip(share).and_then(|(gap, share)| rounded(gap * share));
    }
}

/// All gaps together: dimensions count alike, and a gap without a dimension is one of its own.
///
/// The limits of a mean of several gaps need the rows, since the same respondents answered them.
fn sum_up(rows: &[GapRow]) -> GapsTotal {
    let mut dimensions: IndexMap<(Option<&str>, &str), (f64, f64)> = IndexMap::new();
    for row in rows {
        let Some(gap) = row.gap else { continue };
        let dimension = row.dimension.as_deref();
        let own = if dimension.is_some() { "" } else { row.question.as_str() };
        let (sum, number) = dimensions.entry((dimension, own)).or_default();
        (*sum, *number) = (*sum + gap, *number + 1.0);
    }
    if dimensions.is_empty() {
        return GapsTotal::default();
    }
    let means: f64 = dimensions.values().map(|(sum, number)| sum / number).sum();
    let weighted: Vec<f64> = rows.iter().filter_map(|row| row.weighted_gap).collect();
    let only = if let [only] = rows { Some(only) } else { None };
    GapsTotal {
        unweighted: rounded(means / dimensions.len() as f64),
        weighted: if weighted.is_empty() { None } else { rounded(weighted.iter().sum()) },
        low: only.and_then(|row| row.low),
        high: only.and_then(|row| row.high),
    }
}

#[cfg(test)]
mod tests {
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
            Section::Gaps(found) => Some(found),
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
        let dimension = |weight| Dimension { label: None, weight: Some(weight) };
        survey.dimensions = [("x".to_owned(), dimension(0.25)), ("y".to_owned(), dimension(0.75))].into();
        let found = of(&survey, vec![narrow(), wide(), narrow()]).unwrap();
        // x: -0.9, y: -0.4.
        assert_relative_eq!(found.total.unweighted.unwrap(), -0.65, epsilon = 1e-12);
        assert_relative_eq!(found.total.weighted.unwrap(), -0.9 * 0.25 - 0.4 * 0.75, epsilon = 1e-12);
        assert_eq!(found.rows[0].importance, Some(0.25));
        let widest =
            found.rows.iter().filter_map(|row| row.gap).fold(0.0, |widest: f64, gap| widest.max(gap.abs()));
        assert!(
            found.total.weighted.unwrap().abs() <= widest,
            "METHODS 1.4: the check of an unnormalised mean"
        );
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
        let found =
            of(&with(vec![gap("a", None), gap("b", None)]), vec![joint(7, &[]), joint(7, &[(3, 2, 9)])]);
        let found = found.unwrap();
        assert_eq!((found.rows[0].base, found.rows[0].gap, found.rows[0].p), (0, None, None));
        assert_eq!((found.rows[1].gap, found.rows[1].p_adjusted), (Some(-1.0), None), "all alike");
        assert_eq!(found.total.unweighted, Some(-1.0));
        let one = of(&with(vec![gap("a", None)]), vec![narrow()]).unwrap();
        assert!(one.total.low.is_some(), "a single gap is its own total");
        assert_eq!(of(&with(vec![question("c", Measure::Csat)]), vec![single(&[1; 5])]), None);
    }
}
