//! The attributes as other respondents might have put them: respondents or answers drawn again.
//!
//! Respondents are drawn where their rows are kept: whoever finds a thing important may rate it otherwise, and the same
//! person rates everything. Else answers are drawn from the counts of each question, independently of each other, which
//! takes no notice of that.

use crate::analysis::resampling::{draws, replicates};
use crate::analysis::sections::Subject;
use crate::measures::scored_answers;
use crate::report::Estimate;
use crate::stats::Bootstrap;
use crate::survey::{Headline, Measure, Question};
use crate::tally::{Count, Counts, Distribution, Joint, Stratum};

use super::attribute::Attribute;
use super::lines::Point;

/// Replicates of respondents.
const REPLICATES: u32 = 2000;

/// So many respondents are drawn one by one; of more, so many groups of about as many each, whose means spread as those of
/// their respondents do.
const GROUPS: usize = 2000;

/// Of more rows their answers are drawn, question by question.
const MOST_ROWS: usize = 200_000;

/// The points of all attributes in every replicate.
pub(in crate::analysis) type Drawn = Vec<Vec<Option<Point>>>;

/// A question with its mean.
type Drawable<'a> = (&'a Question, &'a Estimate);

/// What was drawn, `respondents` or `answers`, and the points of every replicate; `None` where nothing could be.
pub(super) fn resamples<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    attributes: &[Attribute<'a>],
    points: &[Option<Point>],
) -> Option<(&'static str, Drawn)> {
    let by_respondent = respondents(subject, attributes, points).map(|drawn| ("respondents", drawn));
    by_respondent.or_else(|| Some(("answers", answers(subject, total, attributes, points)?)))
}

/// The variables whose answers make a question's mean: its own, of a pair the perception and then the expectation, beside
/// which alone it counts.
pub(super) fn variables(question: &Question) -> (String, Option<String>) {
    match question.measure {
        Measure::Gap => (format!("{}.perception", question.id), Some(format!("{}.expectation", question.id))),
        _ => (question.id.clone(), None),
    }
}

/// The questions of the attributes that have a point, each once, and where those of each attribute stand among them.
fn questions<'a>(
    attributes: &[Attribute<'a>],
    points: &[Option<Point>],
) -> (Vec<Drawable<'a>>, Vec<Option<(usize, usize)>>) {
    // An importance that several attributes share is drawn once.
    let mut asked: Vec<Drawable> = Vec::new();
    let mut place = |question: &'a Question, estimate: &'a Estimate| {
        asked.iter().position(|(known, _)| known.id == question.id).unwrap_or_else(|| {
            asked.push((question, estimate));
            asked.len() - 1
        })
    };
    let places = attributes.iter().zip(points).map(|(attribute, point)| {
        (*point)?;
        let rated = place(attribute.rated, attribute.performance);
        Some((rated, place(attribute.stated, attribute.importance)))
    });
    let places: Vec<Option<(usize, usize)>> = places.collect();
    // By id: the order in which questions are written must not matter, as rows are drawn in the order of their answers.
    let mut order: Vec<usize> = (0..asked.len()).collect();
    order.sort_by_key(|place| asked.get(*place).map(|(question, _)| &question.id));
    let turned = |place: usize| order.iter().position(|other| *other == place);
    let places =
        places.into_iter().map(|pair| pair.and_then(|(one, other)| turned(one).zip(turned(other)))).collect();
    (order.iter().filter_map(|place| asked.get(*place).copied()).collect(), places)
}

fn point(pair: Option<(usize, usize)>, means: &[Option<f64>]) -> Option<Point> {
    let (performance, importance) = pair?;
    let mean = |place: usize| means.get(place).copied().flatten();
    Some(Point { performance: mean(performance)?, importance: mean(importance)? })
}

/// Respondents drawn with replacement; of very many, groups of them, into which they are dealt by chance.
fn respondents(subject: &Subject, attributes: &[Attribute], points: &[Option<Point>]) -> Option<Drawn> {
    let (ratings, _) = subject.ratings.as_ref()?;
    let (asked, pairs) = questions(attributes, points);
    let kept = |(question, _): &Drawable| {
        let (own, beside) = variables(question);
        let beside = match beside {
            Some(id) => Some(ratings.question(&id)?),
            None => None,
        };
        Some((ratings.question(&own)?, beside))
    };
    let kept: Vec<(usize, Option<usize>)> = asked.iter().map(kept).collect::<Option<_>>()?;
    if ratings.rows() > MOST_ROWS {
        return None;
    }
    // In the order of their answers, that of the file must not matter.
    let mut rows: Vec<(Vec<Option<usize>>, f64)> = Vec::with_capacity(ratings.rows());
    for row in 0..ratings.rows() {
        let weight = ratings.weights().map_or(Some(1.0), |weights| weights.get(row).copied())?;
        let answer = |(own, beside): &(usize, Option<usize>)| {
            beside.map_or(Some(0), |beside| ratings.answer(beside, row))?;
            ratings.answer(*own, row)
        };
        rows.push((kept.iter().map(answer).collect(), weight));
    }
    rows.sort_by(|left, right| left.0.cmp(&right.0).then(left.1.total_cmp(&right.1)));
    let bootstrap = Bootstrap { replicates: REPLICATES, seed: subject.scope.seed };
    let groups = rows.len().min(GROUPS);
    let mut deal = bootstrap.draws(u32::MAX);
    let mut sums = vec![vec![(0.0, 0.0); kept.len()]; groups];
    for (place, (answers, weight)) in rows.iter().enumerate() {
        // Dealt by chance: neighbours in this order are alike, and groups of them would be more alike than rows are.
        let group = if rows.len() > groups { deal.below(groups) } else { place };
        for ((sum, (question, _)), answer) in sums.get_mut(group)?.iter_mut().zip(&kept).zip(answers) {
            let points = ratings.points(*question);
            let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
            let Some(point) = answer.and_then(|answer| points.get(answer)) else { continue };
            *sum = (sum.0 + weight * 100.0 * (point - first) / (last - first), sum.1 + weight);
        }
    }
    Some(bootstrap.joint_of_groups(&sums, |means| pairs.iter().map(|pair| point(*pair, means)).collect()))
}

/// Answers drawn from the counts of each question by itself.
fn answers<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    attributes: &[Attribute<'a>],
    points: &[Option<Point>],
) -> Option<Drawn> {
    let (asked, pairs) = questions(attributes, points);
    let set = |(question, estimate): &Drawable<'a>| {
        let index = subject.survey.questions.iter().position(|other| other.id == question.id)?;
        let answers = match subject.counts(total, index)? {
            Counts::Pair(joint) => scored_answers(question, Headline::Index, &perceptions(joint)),
            counts => scored_answers(question, Headline::Index, counts),
        }?;
        let effective = estimate.base_effective.filter(|_| subject.counted.weighted);
        let scores = answers.iter().map(|(score, _)| *score).collect();
        Some((draws(&answers, effective), scores))
    };
    let sets: Vec<(Vec<u64>, Vec<f64>)> = asked.iter().map(set).collect::<Option<_>>()?;
    let replicates = replicates(sets.iter().map(|(counts, _)| counts.as_slice()));
    let bootstrap = Bootstrap { replicates, seed: subject.scope.seed };
    bootstrap.joint(&sets, |means| {
        let means: Vec<Option<f64>> = means.iter().map(|mean| Some(*mean)).collect();
        pairs.iter().map(|pair| point(*pair, &means)).collect()
    })
}

/// The perceptions of the pairs in which both are answered.
fn perceptions(joint: &Joint) -> Counts {
    let mut points = vec![Count::default(); joint.second_points];
    for row in joint.cells.chunks(joint.second_points.max(1)) {
        for (sum, cell) in points.iter_mut().zip(row) {
            *sum = Count { n: sum.n + cell.n, w: sum.w + cell.w, w2: sum.w2 + cell.w2 };
        }
    }
    Counts::Single(Distribution { points, missing: joint.missing })
}
