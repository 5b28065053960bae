//! Gaps by respondent: of each dimension, and of all together, so that what the same person answered moves together.
//!
//! A respondent's gap in a dimension is the mean of the gaps of its pairs that he answered, at least one. His gap of all
//! is the mean over the dimensions, for those who have one in every dimension. Weighted, it is the sum over dimensions by
//! shares: those of the points that he allots himself (Parasuraman, Berry and Zeithaml 1991), worked out by respondent and
//! then averaged, or those of the declared weights. Shares add up to 1, so no weighted gap is wider than the widest of
//! the gaps it is made of.

use indexmap::IndexMap;

use crate::analysis::crosstab::Adjustment;
use crate::analysis::ratings::Ratings;
use crate::analysis::sections::Subject;
use crate::measures::{Context, RowScore, RowScores, ScoreMean, mean_of_scores, rounded};
use crate::report::{DimensionGap, Flag, GapRow, GapsTotal};
use crate::survey::{Dimension, Measure, Question, Survey};
use crate::tally::Stratum;

use super::importance::have_one_scale;
use super::items::adjust;
use super::points::Points;
use super::reliability::Agreement;

/// What respondents say by dimension.
pub(super) struct ByRespondent {
    pub(super) dimensions: Vec<DimensionGap>,
    pub(super) total: GapsTotal,
}

/// The respondents of a stratum; `None` where no rows were kept, a gap question is hidden, or scales differ.
pub(super) fn of<'a>(
    subject: &Subject<'a>,
    stratum: &'a Stratum,
    adjustment: Adjustment,
) -> Option<ByRespondent> {
    let (ratings, _) = subject.ratings?;
    let asked = subject.survey.questions.iter().enumerate();
    let mut gaps = asked.filter(|(_, question)| question.measure == Measure::Gap);
    if gaps.any(|(index, _)| (subject.hidden)(index, stratum).is_some()) || !have_one_scale(subject.survey) {
        return None;
    }
    let dimensions = dimensions(subject.survey, ratings);
    let widest = dimensions.iter().flat_map(|dimension| &dimension.items).map(|item| item.width);
    let context = subject.context_of(stratum, &[]);
    let limits = Limits { context: &context, widest: widest.fold(0.0, f64::max), ends: ends(subject.survey) };
    let members = Members::new(ratings, stratum)?;
    let mut rows: Vec<DimensionGap> =
        dimensions.iter().map(|dimension| dimension.row(ratings, &members, &limits)).collect();
    let (total, shares) = total(subject.survey, ratings, &dimensions, &members, &limits);
    for (row, share) in rows.iter_mut().zip(shares) {
        row.importance = rounded(share);
    }
    adjust(&mut rows, adjustment, |row| row.p, |row, adjusted| row.p_adjusted = adjusted);
    Some(ByRespondent { dimensions: rows, total })
}

/// Which rows belong to a stratum.
pub(super) struct Members<'a> {
    segments: Vec<(&'a str, usize)>,
}

impl<'a> Members<'a> {
    /// `None` where a value of the stratum is not among those of the rows.
    pub(super) fn new(ratings: &Ratings, stratum: &'a Stratum) -> Option<Self> {
        let value = |(id, value): &'a (String, String)| {
            let place = ratings.groups(id).iter().position(|known| known == value)?;
            Some((id.as_str(), place))
        };
        let segments: Option<Vec<_>> = stratum.segment.iter().map(value).collect();
        segments.map(|segments| Self { segments })
    }

    /// The rows that belong to it.
    pub(super) fn rows(&self, ratings: &Ratings) -> impl Iterator<Item = usize> {
        (0..ratings.rows()).filter(move |row| {
            self.segments.iter().all(|(id, value)| ratings.group(id, *row) == Some(*value))
        })
    }
}

/// A score of a row under its weight.
pub(super) fn score(ratings: &Ratings, row: usize, x: f64) -> RowScore {
    let (weight, cell) = ratings.in_design(row);
    RowScore { x, weight, factor: ratings.weight(row) / weight, cell }
}

/// A gap question among the rows.
pub(super) struct Item {
    expectation: usize,
    perception: usize,
    /// What a mirrored point is taken from, to be the number on the scale again; 0 where points are not mirrored.
    mirror: Option<f64>,
    /// The widest possible gap.
    width: f64,
}

impl Item {
    pub(super) fn of(ratings: &Ratings, question: &Question) -> Option<Self> {
        let place = |form: &str| ratings.question(&format!("{}.{form}", question.id));
        let (expectation, perception) = (place("expectation")?, place("perception")?);
        let (low, high) =
            question.scale.as_ref().map(|scale| (f64::from(scale.min), f64::from(scale.max)))?;
        let mirror = ratings.is_mirrored(perception).then_some(low + high);
        Some(Self { expectation, perception, mirror, width: high - low })
    }

    /// What a respondent expects and perceives, as numbers on the scale; `None` where he lacks one of the two.
    pub(super) fn pair(&self, ratings: &Ratings, row: usize) -> Option<(f64, f64)> {
        let number = |point: f64| self.mirror.map_or(point, |sum| sum - point);
        let (expected, perceived) =
            (ratings.point(self.expectation, row)?, ratings.point(self.perception, row)?);
        Some((number(expected), number(perceived)))
    }
}

/// The gap questions that belong together.
struct Together<'a> {
    id: &'a str,
    declared: Option<(&'a str, &'a Dimension)>,
    items: Vec<Item>,
}

/// The dimensions of the gap questions in written order; a gap question without one is a dimension of its own.
fn dimensions<'a>(survey: &'a Survey, ratings: &Ratings) -> Vec<Together<'a>> {
    let mut found: IndexMap<(Option<&str>, &str), Together<'a>> = IndexMap::new();
    for question in survey.questions.iter().filter(|question| question.measure == Measure::Gap) {
        let Some(item) = Item::of(ratings, question) else { continue };
        let dimension = question.dimension.as_deref();
        let key = (dimension, if dimension.is_some() { "" } else { question.id.as_str() });
        let known = dimension.and_then(|id| survey.dimensions.get_key_value(id));
        let entry = found.entry(key).or_insert_with(|| Together {
            id: dimension.unwrap_or(&question.id),
            declared: known.map(|(id, dimension)| (id.as_str(), dimension)),
            items: Vec::new(),
        });
        entry.items.push(item);
    }
    found.into_values().collect()
}

/// What the limits of means rest on.
struct Limits<'c> {
    context: &'c Context<'c>,
    /// The widest possible gap.
    widest: f64,
    /// The ends of the scale.
    ends: Option<(f64, f64)>,
}

impl Limits<'_> {
    fn of_gaps(&self, scores: &RowScores) -> ScoreMean {
        mean_of_scores(scores, Some((-self.widest, self.widest)), self.context)
    }

    fn of_points(&self, scores: &RowScores) -> ScoreMean {
        mean_of_scores(scores, self.ends, self.context)
    }
}

fn ends(survey: &Survey) -> Option<(f64, f64)> {
    let gap = survey.questions.iter().find(|question| question.measure == Measure::Gap)?;
    gap.scale.as_ref().map(|scale| (f64::from(scale.min), f64::from(scale.max)))
}

impl Together<'_> {
    /// A respondent's means of what he expects and perceives, over the pairs that he answered.
    fn means(&self, ratings: &Ratings, row: usize) -> Option<(f64, f64)> {
        let answered = self.items.iter().filter_map(|item| item.pair(ratings, row));
        let (expected, perceived, n) =
            answered.fold((0.0, 0.0, 0.0), |(e, p, n), pair| (e + pair.0, p + pair.1, n + 1.0));
        (n > 0.0).then(|| (expected / n, perceived / n))
    }

    /// His gap: the mean of whole numbers, so that alike gaps are alike to the last digit.
    fn gap(&self, ratings: &Ratings, row: usize) -> Option<f64> {
        let answered = self.items.iter().filter_map(|item| item.pair(ratings, row));
        let (sum, n) = answered.fold((0.0, 0.0), |(sum, n), pair| (sum + (pair.1 - pair.0), n + 1.0));
        (n > 0.0).then(|| sum / n)
    }

    fn row(&self, ratings: &Ratings, members: &Members, limits: &Limits) -> DimensionGap {
        let (mut gaps, mut expected, mut perceived) =
            (RowScores::default(), RowScores::default(), RowScores::default());
        let mut agreement = Agreement::new(self.items.len(), ratings.weights().is_some());
        for row in members.rows(ratings) {
            let Some((gap, means)) = self.gap(ratings, row).zip(self.means(ratings, row)) else { continue };
            gaps.add(score(ratings, row, gap));
            expected.add(score(ratings, row, means.0));
            perceived.add(score(ratings, row, means.1));
            let pairs: Option<Vec<(f64, f64)>> =
                self.items.iter().map(|item| item.pair(ratings, row)).collect();
            agreement.add(&pairs.unwrap_or_default(), ratings.weight(row));
        }
        let found = limits.of_gaps(&gaps);
        let mut row = DimensionGap {
            dimension: self.id.to_owned(),
            items: u64::try_from(self.items.len()).unwrap_or(u64::MAX),
            base: Some(found.base),
            expectation: limits.of_points(&expected).value,
            perception: limits.of_points(&perceived).value,
            gap: found.value,
            se: found.se,
            low: found.low,
            high: found.high,
            t: found.t,
            df: found.df,
            p: found.p,
            dz: found.dz,
            method: found.method,
            weight: self.declared.and_then(|(_, dimension)| dimension.weight),
            flag: found.flag,
            ..DimensionGap::default()
        };
        agreement.write(&mut row);
        row
    }
}

/// What weighs the dimensions of a respondent.
enum Weighing {
    Points(Points),
    /// Declared weights as shares of their sum.
    Declared(Vec<f64>),
}

impl Weighing {
    fn of(survey: &Survey, ratings: &Ratings, dimensions: &[Together]) -> Option<Self> {
        let declared = dimensions.iter().map(|dimension| dimension.declared);
        if let Some(points) = Points::of(survey, ratings, declared.clone()) {
            return Some(Self::Points(points));
        }
        let weights: Vec<f64> =
            declared.map(|dimension| dimension.and_then(|(_, known)| known.weight)).collect::<Option<_>>()?;
        let all: f64 = weights.iter().sum();
        (all > 0.0).then(|| Self::Declared(weights.iter().map(|weight| weight / all).collect()))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Points(_) => "points",
            Self::Declared(_) => "dimensions",
        }
    }

    fn shares(&self, ratings: &Ratings, row: usize) -> Option<Vec<f64>> {
        match self {
            Self::Points(points) => points.shares(ratings, row),
            Self::Declared(shares) => Some(shares.clone()),
        }
    }
}

/// All dimensions together, with the mean share of points of each; empty without points.
fn total(
    survey: &Survey,
    ratings: &Ratings,
    dimensions: &[Together],
    members: &Members,
    limits: &Limits,
) -> (GapsTotal, Vec<f64>) {
    let weighing = Weighing::of(survey, ratings, dimensions);
    let number = dimensions.len() as f64;
    let [mut plain, mut perceived, mut weighted, mut weighted_perceived] =
        std::array::from_fn::<_, 4, _>(|_| RowScores::default());
    let mut of_points = MeanShares::new(dimensions.len());
    for row in members.rows(ratings) {
        let gaps: Option<Vec<f64>> = dimensions.iter().map(|dimension| dimension.gap(ratings, row)).collect();
        let means: Option<Vec<f64>> =
            dimensions.iter().map(|dimension| dimension.means(ratings, row).map(|means| means.1)).collect();
        let Some((gaps, means)) = gaps.zip(means) else { continue };
        plain.add(score(ratings, row, gaps.iter().sum::<f64>() / number));
        perceived.add(score(ratings, row, means.iter().sum::<f64>() / number));
        let Some(shares) = weighing.as_ref().and_then(|weighing| weighing.shares(ratings, row)) else {
            continue;
        };
        let by_shares = |values: &[f64]| values.iter().zip(&shares).map(|(x, share)| x * share).sum::<f64>();
        weighted.add(score(ratings, row, by_shares(&gaps)));
        weighted_perceived.add(score(ratings, row, by_shares(&means)));
        of_points.add(&gaps, &shares, ratings.weight(row));
    }
    let (all, own) = (limits.of_gaps(&plain), limits.of_gaps(&weighted));
    let (seen, own_seen) = (limits.of_points(&perceived), limits.of_points(&weighted_perceived));
    let has_points = matches!(weighing, Some(Weighing::Points(_)));
    let found = GapsTotal {
        unweighted: all.value,
        low: all.low,
        high: all.high,
        of: "respondents".to_owned(),
        base: Some(all.base),
        se: all.se,
        p: all.p,
        weighted: own.value,
        weighted_by: weighing.as_ref().map(|weighing| weighing.name().to_owned()),
        weighted_base: weighing.as_ref().map(|_| own.base),
        weighted_se: own.se,
        weighted_low: own.low,
        weighted_high: own.high,
        weighted_by_mean_points: if has_points { of_points.weighted().and_then(rounded) } else { None },
        perception: seen.value,
        perception_low: seen.low,
        perception_high: seen.high,
        weighted_perception: own_seen.value,
        weighted_perception_low: own_seen.low,
        weighted_perception_high: own_seen.high,
        flag: all.flag,
    };
    (found, if has_points { of_points.means() } else { Vec::new() })
}

/// The mean share of points and the mean gap of each dimension, of those who have both.
struct MeanShares {
    weights: f64,
    shares: Vec<f64>,
    gaps: Vec<f64>,
}

impl MeanShares {
    fn new(dimensions: usize) -> Self {
        Self { weights: 0.0, shares: vec![0.0; dimensions], gaps: vec![0.0; dimensions] }
    }

    fn add(&mut self, gaps: &[f64], shares: &[f64], weight: f64) {
        self.weights += weight;
        let add = |sums: &mut [f64], values: &[f64]| {
            sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
        };
        add(&mut self.shares, shares);
        add(&mut self.gaps, gaps);
    }

    fn means(&self) -> Vec<f64> {
        if self.weights > 0.0 {
            self.shares.iter().map(|sum| sum / self.weights).collect()
        } else {
            Vec::new()
        }
    }

    fn weighted(&self) -> Option<f64> {
        let products = self.means().iter().zip(&self.gaps).map(|(share, gap)| share * gap).sum::<f64>();
        (self.weights > 0.0).then(|| products / self.weights)
    }
}

impl ByRespondent {
    /// Where respondents allot points, the importance of each gap is its dimension's, shared equally among its gaps.
    pub(super) fn spread_importance(&self, rows: &mut [GapRow]) {
        if self.total.weighted_by.as_deref() != Some("points") {
            return;
        }
        for row in rows {
            let own = row
                .dimension
                .as_ref()
                .and_then(|id| self.dimensions.iter().find(|known| known.dimension == *id));
            let share = own.and_then(|own| Some((own.importance?, own.importance? / own.items as f64)));
            row.importance = share.map(|(importance, _)| importance);
            row.weighted_gap = share.zip(row.gap).and_then(|((_, part), gap)| rounded(gap * part));
        }
    }

    /// Hides the whole of a group that fewer respondents than the limit make up.
    pub(super) fn hide_small(&mut self, limit: u64) {
        for row in &mut self.dimensions {
            if row.base.is_some_and(|base| base < limit) {
                hide_dimension(row, Flag::Suppressed);
            }
        }
        let is_small = |base: Option<u64>| base.is_some_and(|base| base < limit);
        if is_small(self.total.base) || is_small(self.total.weighted_base) {
            hide_total(&mut self.total, Flag::Suppressed);
        }
    }
}

/// Leaves of a dimension what the definition says.
pub(super) fn hide_dimension(row: &mut DimensionGap, flag: Flag) {
    let (dimension, items, weight) = (std::mem::take(&mut row.dimension), row.items, row.weight);
    *row = DimensionGap { dimension, items, weight, flag: Some(flag), ..DimensionGap::default() };
}

/// Leaves of all together that they are hidden.
pub(super) fn hide_total(total: &mut GapsTotal, flag: Flag) {
    let of = std::mem::take(&mut total.of);
    *total = GapsTotal { of, flag: Some(flag), ..GapsTotal::default() };
}
