//! The answers of one stratum by value, in the shapes that `stats` takes.

use crate::stats::{WeightedPoint, effective_n_for, kish, linearised_mean, weighted_mean};
use crate::tally::Count;

use super::context::{Context, degrees_of_freedom};
use super::design::CellAnswers;
use super::part::Part;

/// Answers by value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answers {
    points: Vec<(f64, Part)>,
}

/// A weighted mean with its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Linear {
    pub(super) mean: f64,
    pub(super) variance: f64,
    /// The weighted variance of one answer around the mean.
    pub(super) per_answer: f64,
    pub(super) kish_n: f64,
    /// Degrees of freedom, at least one.
    pub(super) df: f64,
    /// The most that the effective number of answers may be: the answers, or the clusters drawn where the variance says
    /// nothing.
    most: f64,
}

impl Answers {
    /// Values nobody gave are left out.
    pub(super) fn new<P: Into<Part>>(points: impl IntoIterator<Item = (f64, P)>) -> Self {
        let points = points.into_iter().map(|(x, part)| (x, part.into()));
        Self { points: points.filter(|(_, part)| part.count.n > 0).collect() }
    }

    pub(super) fn base(&self) -> Count {
        sum(self.points.iter().map(|(_, part)| part.count))
    }

    /// Value and count.
    pub(super) fn counts(&self) -> impl Iterator<Item = (f64, Count)> + '_ {
        self.points.iter().map(|(x, part)| (*x, part.count))
    }

    /// The same answers with other values.
    pub(super) fn valued(&self, value: impl Fn(f64) -> f64) -> Self {
        Self { points: self.points.iter().map(|(x, part)| (value(*x), part.clone())).collect() }
    }

    /// Value and rows.
    pub(super) fn rows(&self) -> Vec<(f64, u64)> {
        self.counts().map(|(x, count)| (x, count.n)).collect()
    }

    /// Whether all answers are alike.
    pub(super) fn alike(&self) -> bool {
        self.points.windows(2).all(|pair| pair[0].0.total_cmp(&pair[1].0).is_eq())
    }

    /// The weighted mean; `None` without answers.
    ///
    /// # Method
    /// The variance of the design where the context has one, else that of weights taken as fixed.
    pub(super) fn linear(&self, context: &Context) -> Option<Linear> {
        let points: Vec<WeightedPoint> = self
            .counts()
            .map(|(x, count)| WeightedPoint { x, n: count.n, w: count.w, w2: count.w2 })
            .collect();
        let base = self.base();
        let mean = weighted_mean(&points)?;
        let per_answer: f64 = points.iter().map(|point| point.w / base.w * (point.x - mean).powi(2)).sum();
        let of_design = context.design.and_then(|design| design.variance.mean(&self.by_cell()));
        if let Some(mut design) = of_design {
            // What sums of influences leave of nothing is no variance; and of a single unit, or one a stratum, none is
            // known, whatever targets leave of it.
            if design.variance <= DUST * per_answer || design.degrees_of_freedom < 1.0 {
                design.variance = 0.0;
            }
            if is_one_row(&base, design.kish_n) {
                return Some(of_one_row(mean, per_answer, design.kish_n));
            }
            let most = match design.clusters {
                Some(clusters) if design.variance <= 0.0 => clusters as f64,
                _ => base.n as f64,
            };
            let df = design.degrees_of_freedom.max(1.0);
            let (variance, kish_n) = (design.variance, design.kish_n);
            return Some(Linear { mean, variance, per_answer, kish_n, df, most });
        }
        let kish_n = kish(base.n, base.w, base.w2)?.effective_n;
        if is_one_row(&base, kish_n) {
            return Some(of_one_row(mean, per_answer, kish_n));
        }
        // A design of one row has no variance to speak of; callers give a single answer no interval.
        let variance =
            linearised_mean(&points, context.design_rows.max(base.n)).map_or(0.0, |linear| linear.variance);
        let (df, most) = (degrees_of_freedom(base.n), base.n as f64);
        Some(Linear { mean, variance, per_answer, kish_n, df, most })
    }

    fn by_cell(&self) -> Vec<CellAnswers> {
        let of_point = |(x, part): &(f64, Part)| {
            let x = *x;
            let of_cell = move |(cell, count): &(usize, Count)| CellAnswers {
                cell: *cell,
                x,
                n: count.n,
                sum: count.w,
                sum_of_squares: count.w2,
            };
            part.cells().iter().map(of_cell).collect::<Vec<_>>()
        };
        self.points.iter().flat_map(of_point).collect()
    }
}

/// Whether one row outweighs all others: a linearised variance then sees next to nothing but that row.
fn is_one_row(base: &Count, kish_n: f64) -> bool {
    base.n >= MANY && kish_n < 2.0
}

/// What is known where one row outweighs all others: no more than it says.
fn of_one_row(mean: f64, per_answer: f64, kish_n: f64) -> Linear {
    Linear { mean, variance: 0.0, per_answer, kish_n, df: 1.0, most: kish_n }
}

/// With fewer answers one may weigh as much as all others without being out of place.
const MANY: u64 = 10;

/// The part of the variance of one answer below which a variance is rounding dust.
const DUST: f64 = 1e-20;

impl Linear {
    /// The number of unweighted answers that would give the mean the same variance.
    pub(super) fn effective_n(&self, n: u64) -> f64 {
        self.effective_n_for(self.per_answer, n)
    }

    /// The same for a mean whose variance is `per_answer` over the number of answers.
    pub(super) fn effective_n_for(&self, per_answer: f64, n: u64) -> f64 {
        effective_n_for(per_answer, n, self.variance, self.kish_n).min(self.most)
    }
}

/// The sum of counts.
pub(super) fn sum(counts: impl IntoIterator<Item = Count>) -> Count {
    counts.into_iter().fold(Count::default(), |total, count| Count {
        n: total.n + count.n,
        w: total.w + count.w,
        w2: total.w2 + count.w2,
    })
}
