//! The share of each point of a scale or each option, by the same method as every other share.

use crate::report::{Box3, Estimate};
use crate::survey::{Best, Measure, Question, Scale};
use crate::tally::{Count, Counts};

use super::choice::shown;
use super::context::Context;
use super::nps::NpsPoints;
use super::part::Part;
use super::proportion::proportion;
use super::question::points;
use super::sheet::{Sheet, Statistic};

/// One point of a scale or one option, with its share in percent of those who answered.
#[derive(Clone, Debug, PartialEq)]
pub struct PointShare {
    /// The code.
    pub code: String,
    /// The label, or the code.
    pub label: String,
    /// Who chose it.
    pub count: Count,
    /// The share; `None` where nobody answered.
    pub percent: Option<f64>,
    /// The lower limit.
    pub low: Option<f64>,
    /// The upper limit.
    pub high: Option<f64>,
    /// The part of the scale; `None` for options.
    pub part: Option<Box3>,
}

/// One answer to a question with its share as an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// The place among the counts: of the point from the smallest, of the option as counted.
    pub index: usize,
    /// The code.
    pub code: String,
    /// The label, or the code.
    pub label: String,
    /// Who chose it.
    pub count: Count,
    /// The share in percent of those who answered; the statistic is `share:<code>`.
    pub estimate: Estimate,
    /// The part of the scale; `None` for options.
    pub part: Option<Box3>,
}

/// Points from worst to best, options in written order; `None` for measures whose answers are neither.
///
/// The interval of each point is its own, at the full level: they do not hold jointly.
pub fn point_shares(
    question: &Question,
    counts: &Counts,
    categories: &[String],
    context: &Context,
) -> Option<Vec<PointShare>> {
    let shares = self::categories(question, counts, categories, context)?.into_iter().map(|category| {
        let Category { code, label, count, estimate, part, .. } = category;
        PointShare {
            code,
            label,
            count,
            percent: estimate.value,
            low: estimate.low,
            high: estimate.high,
            part,
        }
    });
    Some(shares.collect())
}

/// The share of several answers together among those who answered, as an estimate in percent.
///
/// `hits` are the rows with any of them, `base` the rows with an answer.
pub fn share_of(question: &Question, name: &str, hits: Count, base: Count, context: &Context) -> Estimate {
    // Which cells of a design the rows are in is not known: weights are taken as fixed.
    let context = Context { design: None, ..*context };
    share(question, name, &hits.into(), &base.into(), &context)
}

fn share(question: &Question, name: &str, hits: &Part, answered: &Part, context: &Context) -> Estimate {
    let figure = proportion(hits, &answered.less(hits), context);
    let sheet = Sheet { question, context, base: answered.count };
    sheet.estimate(Statistic::percent(name, None), figure.map(|figure| figure.scaled(100.0, 0.0)))
}

/// Every answer with its share: points from worst to best, options in written order.
///
/// `None` for measures whose answers are neither.
pub fn categories(
    question: &Question,
    counts: &Counts,
    categories: &[String],
    context: &Context,
) -> Option<Vec<Category>> {
    let scored = matches!(
        question.measure,
        Measure::Csat
            | Measure::Rating
            | Measure::Ces
            | Measure::Nps
            | Measure::Importance
            | Measure::Checklist
    );
    let options = matches!(question.measure, Measure::Choice | Measure::Multi);
    let asked = Asked { question, answered: Part::one(counts, Counts::answered_count, context), context };
    let parts = || points(counts, context).into_iter().enumerate();
    match (counts, &question.scale) {
        (Counts::Single(_), Some(scale)) if scored => {
            let mut points: Vec<Category> =
                parts().map(|(index, part)| asked.point(scale, index, &part)).collect();
            if scale.best == Best::Low {
                points.reverse();
            }
            Some(points)
        }
        (Counts::Single(_) | Counts::Multiple(_), _) if options => {
            let named = parts().zip(shown(question, categories));
            Some(named.map(|((index, part), name)| asked.category(index, name, &part, None)).collect())
        }
        _ => None,
    }
}

/// A question with who answered it.
struct Asked<'a> {
    question: &'a Question,
    answered: Part,
    context: &'a Context<'a>,
}

impl Asked<'_> {
    fn point(&self, scale: &Scale, index: usize, chosen: &Part) -> Category {
        let code = scale.value(index).to_string();
        let label = scale.labels.get(index).cloned().unwrap_or_else(|| code.clone());
        let part = match self.question.measure {
            Measure::Nps => NpsPoints::of(scale).part(scale, index),
            _ => part(scale, index),
        };
        self.category(index, (code, label), chosen, Some(part))
    }

    fn category(
        &self,
        index: usize,
        (code, label): (String, String),
        chosen: &Part,
        part: Option<Box3>,
    ) -> Category {
        let name = format!("share:{code}");
        let estimate = share(self.question, &name, chosen, &self.answered, self.context);
        Category { index, code, label, count: chosen.count, estimate, part }
    }
}

/// Points in both boxes of a short scale belong to neither.
fn part(scale: &Scale, index: usize) -> Box3 {
    match (scale.in_top(index), scale.in_bottom(index)) {
        (true, false) => Box3::Top,
        (false, true) => Box3::Bottom,
        _ => Box3::Middle,
    }
}

#[cfg(test)]
mod tests {
    use super::point_shares;
    use crate::measures::figures;
    use crate::measures::sample::{self, joint, single};
    use crate::report::Box3;
    use crate::survey::{Best, Measure};
    use approx::assert_relative_eq;

    #[test]
    fn points_go_from_worst_to_best_and_carry_wilsons_limits() {
        let mut question = sample::question("overall", Measure::Csat);
        let counts = single(&[1, 4, 25, 38, 52]);
        let up = point_shares(&question, &counts, &[], &sample::context()).unwrap();
        let codes: Vec<&str> = up.iter().map(|point| point.code.as_str()).collect();
        assert_eq!(codes, ["1", "2", "3", "4", "5"]);
        let parts: Vec<_> = up.iter().map(|point| point.part.unwrap()).collect();
        assert_eq!(parts, [Box3::Bottom, Box3::Bottom, Box3::Middle, Box3::Top, Box3::Top]);
        // Python 3: Wilson's formula with statistics.NormalDist: 0.3481017643778844, 0.5227007911446095.
        assert_relative_eq!(up[4].percent.unwrap(), 43.333_333_333_3, epsilon = 1e-9);
        assert_relative_eq!(up[4].low.unwrap(), 34.810_176_438, epsilon = 1e-8);
        assert_relative_eq!(up[4].high.unwrap(), 52.270_079_114, epsilon = 1e-8);
        question.scale.as_mut().unwrap().best = Best::Low;
        let down = point_shares(&question, &counts, &[], &sample::context()).unwrap();
        assert_eq!((down[0].code.as_str(), down[0].part), ("5", Some(Box3::Bottom)));
        assert_eq!(down[4].percent, up[0].percent);
    }

    #[test]
    fn promoters_are_the_top_and_detractors_the_bottom() {
        let question = sample::question("recommend", Measure::Nps);
        let counts = single(&[1; 11]);
        let points = point_shares(&question, &counts, &[], &sample::context()).unwrap();
        let of = |part| points.iter().filter(|point| point.part == Some(part)).count();
        assert_eq!((of(Box3::Bottom), of(Box3::Middle), of(Box3::Top)), (7, 2, 2));
    }

    #[test]
    fn points_in_both_boxes_of_a_short_scale_are_in_the_middle() {
        let mut question = sample::question("overall", Measure::Csat);
        question.scale.as_mut().unwrap().top = 3;
        let points = point_shares(&question, &single(&[1; 5]), &[], &sample::context()).unwrap();
        assert_eq!(points[2].part, Some(Box3::Middle));
    }

    #[test]
    fn options_have_the_figures_of_their_estimates() {
        let (question, counts, categories) = sample::services();
        let context = sample::context();
        let points = point_shares(&question, &counts, &categories, &context).unwrap();
        let estimates = figures(&question, &counts, &categories, &context).unwrap();
        assert_eq!(
            (points[0].code.as_str(), points[0].label.as_str(), points[0].part),
            ("1", "Counter", None)
        );
        for (point, estimate) in points.iter().zip(&estimates) {
            assert_eq!((point.percent, point.low, point.high), (estimate.value, estimate.low, estimate.high));
        }
    }

    #[test]
    fn nobody_and_everybody() {
        let question = sample::question("overall", Measure::Csat);
        let none = point_shares(&question, &single(&[0; 5]), &[], &sample::context()).unwrap();
        assert!(none.iter().all(|point| point.percent.is_none() && point.low.is_none()));
        let all = point_shares(&question, &single(&[0, 0, 0, 0, 9]), &[], &sample::context()).unwrap();
        assert_eq!((all[4].percent, all[4].high, all[0].low), (Some(100.0), Some(100.0), Some(0.0)));
        let gap = sample::question("staff", Measure::Gap);
        assert_eq!(point_shares(&gap, &joint(7, &[(3, 2, 5)]), &[], &sample::context()), None);
    }
}
