//! What each answer counts towards a headline: the headline is the mean of these scores.
//!
//! Resampling needs no more: a share is the mean of 0 and 1, a balance that of -1, 0 and 1.

use std::collections::BTreeMap;

use crate::report::Box3;
use crate::survey::{Best, Headline, Question, Scale};
use crate::tally::{Count, Counts};

use super::choice::shown;
use super::gap::gap_differences;
use super::nps::NpsPoints;

/// The answers of one question by their score, lowest first; scores nobody has are left out.
///
/// On the scale of the headline, a share and a balance in ones instead of hundreds. `None` where the headline does not
/// fit the counts, and for free numbers with more distinct values than are kept.
pub fn scored_answers(question: &Question, headline: Headline, counts: &Counts) -> Option<Vec<(f64, Count)>> {
    let scale = question.scale.as_ref();
    match (counts, headline, scale) {
        (Counts::Single(counts), _, Some(scale)) => {
            let points = counts.points.iter().enumerate().map(|(index, count)| (index, *count));
            by_score(points.map(|(index, count)| Some((score(scale, headline, index)?, count))))
        }
        (Counts::Pair(joint), Headline::Gap, Some(scale)) => Some(gap_differences(scale, joint)),
        (Counts::Number(values), Headline::Mean, _) if !values.overflow => Some(values.values.clone()),
        _ => None,
    }
}

fn score(scale: &Scale, headline: Headline, index: usize) -> Option<f64> {
    Some(match headline {
        Headline::TopBox => f64::from(u8::from(scale.in_top(index))),
        Headline::Mean => scale.value(index),
        Headline::Index => {
            let (min, max) = (f64::from(scale.min), f64::from(scale.max));
            let part = 100.0 * (scale.value(index) - min) / (max - min);
            if scale.best == Best::Low { 100.0 - part } else { part }
        }
        Headline::Net => f64::from(i8::from(scale.in_top(index)) - i8::from(scale.in_bottom(index))),
        Headline::Nps => match NpsPoints::of(scale).part(scale, index) {
            Box3::Top => 1.0,
            Box3::Middle => 0.0,
            Box3::Bottom => -1.0,
        },
        // Items of a checklist are no sample: there is nothing to resample.
        Headline::Gap | Headline::Fulfilled => return None,
    })
}

/// What one point of a scale counts towards a statistic, a share and a balance in ones instead of hundreds; `None` for
/// statistics that are no mean of scores.
pub fn answer_score(scale: &Scale, statistic: &str, index: usize) -> Option<f64> {
    let is = |part: Box3| Some(f64::from(u8::from(NpsPoints::of(scale).part(scale, index) == part)));
    let headline = match statistic {
        "top_box" => Headline::TopBox,
        "mean" => Headline::Mean,
        "index" => Headline::Index,
        "net" => Headline::Net,
        "nps" => Headline::Nps,
        "bottom_box" => return Some(f64::from(u8::from(scale.in_bottom(index)))),
        "promoters" => return is(Box3::Top),
        "passives" => return is(Box3::Middle),
        "detractors" => return is(Box3::Bottom),
        _ => return None,
    };
    score(scale, headline, index)
}

/// The answers of one question by what they count towards a statistic, in ones where it is in percent or points.
///
/// `names` are those of the categories in the order of the counts. `None` for statistics that are no mean of scores
/// (a median), those that the question does not have, and free numbers with more distinct values than are kept.
pub fn statistic_answers(
    question: &Question,
    statistic: &str,
    names: &[String],
    counts: &Counts,
) -> Option<Vec<(f64, Count)>> {
    if let Some(code) = statistic.strip_prefix("share:") {
        let place = shown(question, names).iter().position(|(own, _)| own == code)?;
        let (hits, answered) = match counts {
            Counts::Single(counts) => (counts.points.get(place)?, counts.points.as_slice()),
            Counts::Multiple(counts) => (counts.options.get(place)?, std::slice::from_ref(&counts.answered)),
            Counts::Pair(_) | Counts::Number(_) => return None,
        };
        let answered = answered.iter().fold(Count::default(), |sum, count| sum.and(*count));
        return by_score([Some((0.0, answered.less(*hits))), Some((1.0, *hits))].into_iter());
    }
    match (counts, statistic, question.scale.as_ref()) {
        (Counts::Single(counts), _, Some(scale)) => {
            let points = counts.points.iter().enumerate();
            by_score(points.map(|(index, count)| Some((answer_score(scale, statistic, index)?, *count))))
        }
        (Counts::Pair(joint), "expectation" | "perception", Some(scale)) => {
            let columns = joint.second_points.max(1);
            let of = |cell: usize| if statistic == "expectation" { cell / columns } else { cell % columns };
            let cells = joint.cells.iter().enumerate();
            by_score(cells.map(|(cell, count)| Some((scale.value(of(cell)), *count))))
        }
        (Counts::Pair(_), "gap", _) => scored_answers(question, Headline::Gap, counts),
        (Counts::Number(_), "mean", _) => scored_answers(question, Headline::Mean, counts),
        _ => None,
    }
}

/// Adds up what has the same score.
fn by_score(answers: impl Iterator<Item = Option<(f64, Count)>>) -> Option<Vec<(f64, Count)>> {
    let mut scores: BTreeMap<i64, (f64, Count)> = BTreeMap::new();
    for answer in answers {
        let (score, count) = answer.filter(|(score, _)| score.is_finite())?;
        if count.n > 0 {
            let total = scores.entry(order(score)).or_insert((score, Count::default()));
            let sum = total.1;
            total.1 = Count { n: sum.n + count.n, w: sum.w + count.w, w2: sum.w2 + count.w2 };
        }
    }
    Some(scores.into_values().collect())
}

/// An integer that orders finite floats as `total_cmp` does; -0 and 0 are one score.
pub(super) fn order(score: f64) -> i64 {
    let bits = (score + 0.0).to_bits().cast_signed();
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

#[cfg(test)]
mod tests {
    use super::{scored_answers, statistic_answers};
    use crate::measures::figures;
    use crate::measures::sample::{context, joint, question, rows, single, values};
    use crate::report::Unit;
    use crate::survey::{Best, Headline, Measure, REASONS};
    use crate::tally::{Count, Counts, Selections};
    use approx::assert_relative_eq;

    #[test]
    fn every_headline_is_the_mean_of_its_scores() {
        let five = single(&[3, 5, 7, 11, 13]);
        let mut cases = Vec::new();
        for best in [Best::High, Best::Low] {
            for headline in [Headline::TopBox, Headline::Mean, Headline::Index, Headline::Net] {
                let mut csat = question("overall", Measure::Csat);
                csat.scale.as_mut().unwrap().best = best;
                csat.headline = Some(headline);
                cases.push((csat, five.clone()));
            }
        }
        cases.push((question("recommend", Measure::Nps), single(&[1, 0, 2, 0, 0, 3, 4, 5, 6, 7, 8])));
        cases.push((question("staff", Measure::Gap), joint(7, &[(3, 2, 5), (4, 6, 6), (7, 7, 2)])));
        cases.push((question("minutes", Measure::Number), values(&[(1.5, 10), (2.0, 20), (4.0, 10)])));
        for (question, counts) in cases {
            let headline = question.headline.unwrap();
            let scored = scored_answers(&question, headline, &counts).unwrap();
            assert!(scored.windows(2).all(|pair| pair[0].0 < pair[1].0), "{scored:?}");
            let n: f64 = scored.iter().map(|(_, count)| count.n as f64).sum();
            let mean = scored.iter().map(|(score, count)| score * count.n as f64).sum::<f64>() / n;
            let estimates = figures(&question, &counts, &[], &context()).unwrap();
            let estimate = estimates.iter().find(|estimate| estimate.headline).unwrap();
            let hundred = matches!(headline, Headline::TopBox | Headline::Net | Headline::Nps);
            let factor = if hundred { 100.0 } else { 1.0 };
            assert_relative_eq!(estimate.value.unwrap(), mean * factor, max_relative = 1e-10);
        }
    }

    #[test]
    fn every_statistic_but_a_median_is_the_mean_of_its_scores() {
        let names = ["App", "Branch", "a@b.org"].map(str::to_owned);
        let selected = Counts::Multiple(Selections {
            options: [7, 0, 12].map(rows).to_vec(),
            answered: rows(15),
            missing: [Count::default(); REASONS],
        });
        let mut low = question("overall", Measure::Csat);
        low.scale.as_mut().unwrap().best = Best::Low;
        let cases = [
            (question("overall", Measure::Csat), single(&[3, 5, 7, 11, 13]), 5),
            (low, single(&[3, 5, 7, 11, 13]), 5),
            (question("recommend", Measure::Nps), single(&[1, 0, 2, 0, 0, 3, 4, 5, 6, 7, 8]), 5),
            (question("staff", Measure::Gap), joint(7, &[(3, 2, 5), (4, 6, 6), (7, 7, 2)]), 3),
            (question("minutes", Measure::Number), values(&[(1.5, 10), (2.0, 20), (4.0, 10)]), 1),
            (question("place", Measure::Choice), single(&[4, 9, 2]), 3),
            (question("used", Measure::Multi), selected, 3),
        ];
        for (question, counts, statistics) in cases {
            let mut found = 0;
            for estimate in figures(&question, &counts, &names, &context()).unwrap() {
                let statistic = estimate.statistic.as_str();
                let Some(answers) = statistic_answers(&question, statistic, &names, &counts) else {
                    assert_eq!(statistic, "median");
                    continue;
                };
                let n: u64 = answers.iter().map(|(_, count)| count.n).sum();
                assert_eq!(Some(n), estimate.base, "{statistic}");
                let mean = answers.iter().map(|(score, count)| score * count.w).sum::<f64>() / n as f64;
                let factor = if matches!(estimate.unit, Unit::Percent | Unit::Points) { 100.0 } else { 1.0 };
                assert_relative_eq!(
                    estimate.value.unwrap(),
                    mean * factor,
                    max_relative = 1e-10,
                    epsilon = 1e-10
                );
                found += 1;
            }
            assert_eq!(found, statistics, "{}", question.id);
            for unknown in ["share:Fax", "median", "sum"] {
                assert_eq!(statistic_answers(&question, unknown, &names, &counts), None);
            }
        }
    }

    #[test]
    fn what_does_not_fit_has_no_scores() {
        let csat = question("overall", Measure::Csat);
        assert_eq!(scored_answers(&csat, Headline::Gap, &single(&[1; 5])), None);
        let Counts::Number(mut many) = values(&[(1.0, 1)]) else { panic!() };
        many.overflow = true;
        assert_eq!(
            scored_answers(&question("minutes", Measure::Number), Headline::Mean, &Counts::Number(many)),
            None
        );
        assert_eq!(scored_answers(&csat, Headline::TopBox, &single(&[0; 5])), Some(Vec::new()));
    }
}
