//! The answers to each question, point by point: what a single figure cannot show.
//!
//! All respondents of the wave shown. Where they are a group too small to be shown, their answers are hidden as well.

use crate::measures::{PointShare, point_shares, rounded};
use crate::report::{DistributionRow, DistributionSection, Flag};
use crate::survey::{Measure, Missing, Question};
use crate::tally::{Counts, Stratum};

use super::groups::is_small;
use super::sections::{Figures, Subject};

/// One section for each question with points or options.
pub(super) fn sections<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Vec<DistributionSection> {
    let section = |(index, question): (usize, &'a Question)| {
        // What is answered to each item stands in the part of the checklist.
        if question.measure == Measure::Checklist {
            return None;
        }
        let counts = subject.counts(total, index)?;
        let cells = subject.cells(total, index);
        let context = subject.context_of(total, &cells);
        let points = point_shares(question, counts, subject.categories(index), &context)?;
        let section = match figures.hidden(&question.id) {
            Some(flag) => DistributionSection { flag: Some(flag), ..empty(question, subject.wave()) },
            None => shown(
                question,
                subject.wave(),
                counts,
                points,
                flag(figures, &question.id, subject.survey.flag_below),
            ),
        };
        Some(section)
    };
    subject.survey.questions.iter().enumerate().filter_map(section).collect()
}

fn empty(question: &Question, wave: Option<String>) -> DistributionSection {
    DistributionSection {
        question: question.id.clone(),
        wave,
        base: 0,
        base_weighted: None,
        rows: Vec::new(),
        ordered: question.scale.is_some(),
        dont_know: 0,
        dont_know_percent: None,
        not_applicable: 0,
        not_applicable_percent: None,
        flag: None,
    }
}

fn shown(
    question: &Question,
    wave: Option<String>,
    counts: &Counts,
    points: Vec<PointShare>,
    flag: Option<Flag>,
) -> DistributionSection {
    let answered = counts.answered_count();
    let (dont_know, not_applicable) =
        (counts.missing(Missing::DontKnow), counts.missing(Missing::NotApplicable));
    let heard = answered.w + dont_know.w + not_applicable.w;
    let percent = |weight: f64| if heard > 0.0 { rounded(100.0 * weight / heard) } else { None };
    DistributionSection {
        ordered: points.iter().any(|point| point.part.is_some()),
        base: answered.n,
        base_weighted: rounded(answered.w),
        rows: points.into_iter().map(row).collect(),
        dont_know: dont_know.n,
        dont_know_percent: percent(dont_know.w),
        not_applicable: not_applicable.n,
        not_applicable_percent: percent(not_applicable.w),
        flag,
        ..empty(question, wave)
    }
}

fn row(point: PointShare) -> DistributionRow {
    DistributionRow {
        code: point.code,
        label: point.label,
        count: point.count.n,
        percent: point.percent,
        low: point.low,
        high: point.high,
        box_: point.part,
    }
}

/// What is to be known about the whole: flags that speak of a single statistic are left to it.
fn flag<'a>(figures: &Figures<'a>, question: &'a str, flag_below: u64) -> Option<Flag> {
    let estimates = figures.of(question, None);
    let of_all = |flag: &Flag| matches!(flag, Flag::NoAnswers | Flag::Census);
    let small = || estimates.first().is_some_and(|estimate| is_small(estimate.base_effective, flag_below));
    let whole = estimates.iter().filter_map(|estimate| estimate.flag).find(of_all);
    whole.or_else(|| small().then_some(Flag::SmallBase))
}

#[cfg(test)]
mod tests {
    use crate::analysis::sample::{Row, counted, counted_by_quarter, day, quarterly, survey, times};
    use crate::analysis::{Scope, plan, run};
    use crate::report::{DistributionSection, Flag, Provenance, Section};
    use crate::survey::{Missing, Survey};
    use crate::tally::Counted;

    fn of(survey: &Survey, counted: &Counted) -> Vec<DistributionSection> {
        let scope = Scope::new(day(2026, 12, 31));
        let (_, map) = plan(survey, &scope).unwrap();
        let report = run(survey, &map, counted, &scope, Provenance::default()).unwrap();
        let sections = report.sections.into_iter();
        sections
            .filter_map(|section| if let Section::Distribution(found) = section { Some(found) } else { None })
            .collect()
    }

    #[test]
    fn every_point_has_its_count_and_what_was_not_answered_stands_beside() {
        let mut answers = times(60, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(20, Row(None, 0, Ok(2))));
        answers.extend(times(15, Row(Some("N"), 0, Err(Missing::DontKnow))));
        answers.extend(times(5, Row(Some("N"), 0, Err(Missing::NotApplicable))));
        answers.extend(times(7, Row(Some("N"), 0, Err(Missing::Blank))));
        let found = of(&survey(), &counted(&answers));
        assert_eq!(found.len(), 1, "a comment has no points");
        let overall = &found[0];
        assert_eq!(
            (overall.question.as_str(), overall.base, overall.base_weighted),
            ("overall", 80, Some(80.0))
        );
        let counts: Vec<u64> = overall.rows.iter().map(|row| row.count).collect();
        assert_eq!((counts.as_slice(), overall.ordered), (&[0, 20, 0, 0, 60][..], true));
        let percents: f64 = overall.rows.iter().filter_map(|row| row.percent).sum();
        assert!((percents - 100.0).abs() < 1e-9);
        assert_eq!(
            (overall.dont_know, overall.dont_know_percent),
            (15, Some(15.0)),
            "15 of 100, blanks left out"
        );
        assert_eq!((overall.not_applicable, overall.not_applicable_percent), (5, Some(5.0)));
        assert_eq!(overall.flag, None);
    }

    #[test]
    fn the_wave_shown_is_the_one_that_is_told() {
        let mut answers = times(4, Row(Some("N"), 0, Ok(1)));
        answers.extend(times(3, Row(Some("S"), 1, Ok(4))));
        let found = of(&quarterly(), &counted_by_quarter(&answers, 2));
        assert_eq!((found[0].wave.as_deref(), found[0].base), (Some("2026-Q2"), 3));
        assert_eq!(found[0].flag, Some(Flag::SmallBase));
    }

    #[test]
    fn nobody_answered_is_said() {
        let found = of(&survey(), &counted(&times(3, Row(None, 0, Err(Missing::Blank)))));
        assert_eq!((found[0].base, found[0].flag), (0, Some(Flag::NoAnswers)));
        assert!(found[0].rows.iter().all(|row| row.percent.is_none() && row.count == 0));
        assert_eq!(found[0].dont_know_percent, None);
        assert!(of(&survey(), &counted(&[])).is_empty(), "without a row there is nothing to show");
    }
}
