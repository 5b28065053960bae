//! Kano's questionnaire: what kind of need a feature is, from how one feels with it and without it.
//!
//! # Sources
//! The evaluation table: Kano, Seraku, Takahashi and Tsuji (1984), as Berger et al. (1993, Center for Quality of
//! Management Journal 2(4)) print it; the strict one is Pouliot's in the same issue. Better and worse: Timko, there.
//! Whether two categories can be told apart: Fong (1996). Category and total strength: Lee and Newcomb (1997).

use crate::report::KanoCategory::{
    self, Attractive, Indifferent, MustBe, OneDimensional, Questionable, Reverse,
};
use crate::stats::{kish, modal_category};
use crate::survey::{Best, KanoTable, Scale};
use crate::tally::Counts;

use super::context::{Context, Sampled};
use super::figure::Figure;
use super::interval::printed;
use super::part::{Part, sum};
use super::proportion::proportion;
use super::question::points;
use super::rounding::rounded;

/// The answers that the table knows: like, must be, neutral, live with, dislike.
const ANSWERS: usize = 5;

/// Shares nearer to each other than this are the same; figures carry 12 digits.
const SAME: f64 = 1e-12;

/// The categories in the order in which they are printed; of equally frequent ones the earlier is taken.
pub const CATEGORIES: [KanoCategory; 6] =
    [MustBe, OneDimensional, Attractive, Indifferent, Reverse, Questionable];

/// By how a feature is felt to be there (rows) and not to be there (columns).
const TABLE: [[KanoCategory; ANSWERS]; ANSWERS] = [
    [Questionable, Attractive, Attractive, Attractive, OneDimensional],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Indifferent, Indifferent, Indifferent, MustBe],
    [Reverse, Reverse, Reverse, Reverse, Questionable],
];

/// What a Kano question says of a feature; shares and coefficients are fractions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KanoFigures {
    /// Respondents who answered both forms.
    pub base: u64,
    /// Kish's effective number of them; `None` without weights.
    pub base_effective: Option<f64>,
    /// How many, by category in the order of [`CATEGORIES`].
    pub counts: [u64; 6],
    /// Which share of the weights, in the same order; `None` without answers.
    pub shares: Option<[f64; 6]>,
    /// The most frequent category; of equally frequent ones the one that matters more: must-be, one-dimensional,
    /// attractive, indifferent.
    pub category: Option<KanoCategory>,
    /// The category by Blauth, Richter and Rundquist's rule: where must-be, one-dimensional and attractive together are
    /// more frequent than the others the most frequent of these three, else the most frequent of the others.
    pub category_by_groups: Option<KanoCategory>,
    /// The share of the most frequent category less that of the next.
    pub category_strength: Option<f64>,
    /// The share of must-be, one-dimensional and attractive.
    pub total_strength: Option<f64>,
    /// How much the feature could please, 0 to 1.
    pub better: Coefficient,
    /// How much its absence could displease, -1 to 0.
    pub worse: Coefficient,
    /// Whether the most frequent category is told apart from the next at 90 %.
    pub distinguishable: Option<bool>,
}

/// A coefficient with its limits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coefficient {
    /// The coefficient; `None` where no answer speaks for or against it.
    pub value: Option<f64>,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
}

/// The figures of a Kano question in one stratum; `None` where the counts are not of pairs of five answers.
///
/// The points of the scale are the five answers in the order like, must be, neutral, live with, dislike; where the scale
/// says that its high end is the best they are read from the other end. Better is (A + O) / (A + O + M + I), worse
/// -(O + M) / (A + O + M + I), each with the interval of a share on that base. With weights the shares are weighted, the
/// interval is on the effective base, and categories are told apart on Kish's effective number of respondents. A known
/// population narrows both by 1 - n/N, n all who answered both forms; where everybody did, any difference is one.
pub fn kano(scale: &Scale, table: KanoTable, counts: &Counts, context: &Context) -> Option<KanoFigures> {
    let Counts::Pair(joint) = counts else { return None };
    if (joint.first_points, joint.second_points) != (ANSWERS, ANSWERS) {
        return None;
    }
    let mut parts: [Part; 6] = Default::default();
    for (place, pair) in points(counts, context).iter().enumerate() {
        let category = evaluated(scale, table, place / ANSWERS, place % ANSWERS);
        if let Some(part) =
            CATEGORIES.iter().position(|known| *known == category).and_then(|at| parts.get_mut(at))
        {
            part.add(pair);
        }
    }
    let all = sum(&parts).count;
    // What is left of a sampling variance: the part of the population that answered, whatever they answered.
    let left = match context.sampled(all.n) {
        Sampled::Census => 0.0,
        Sampled::Share(left) => left,
    };
    let [must_be, one_dimensional, attractive, indifferent, ..] = &parts;
    let mut figures = KanoFigures {
        base: all.n,
        counts: parts.each_ref().map(|part| part.count.n),
        better: share(&sum([attractive, one_dimensional]), &sum([must_be, indifferent]), 1.0, all.n, context),
        worse: share(&sum([one_dimensional, must_be]), &sum([attractive, indifferent]), -1.0, all.n, context),
        ..KanoFigures::default()
    };
    if all.n == 0 || all.w <= 0.0 {
        return Some(figures);
    }
    let shares = parts.each_ref().map(|part| part.count.w / all.w);
    let effective =
        if context.weighted { kish(all.n, all.w, all.w2).map(|kish| kish.effective_n) } else { None };
    let mut order: Vec<usize> = (0..CATEGORIES.len()).collect();
    order.sort_by(|one, other| shares[*other].total_cmp(&shares[*one]).then(one.cmp(other)));
    let (first, second) = (order[0], order[1]);
    let speaks = |places: std::ops::Range<usize>| {
        places.max_by(|one, other| shares[*one].total_cmp(&shares[*other]).then(other.cmp(one)))
    };
    let strength: f64 = shares[..3].iter().sum();
    let by_groups = if strength > shares[3..].iter().sum() { speaks(0..3) } else { speaks(3..6) };
    figures.base_effective = effective.and_then(rounded);
    figures.category = Some(CATEGORIES[first]);
    figures.category_by_groups = by_groups.map(|place| CATEGORIES[place]);
    figures.category_strength = rounded(shares[first] - shares[second]);
    figures.total_strength = rounded(strength);
    figures.distinguishable = if left > 0.0 {
        modal_category(shares[first], shares[second], effective.unwrap_or(all.n as f64) / left)
            .map(|found| found.is_distinguishable)
    } else {
        // Of everybody any difference is one.
        Some(shares[first] - shares[second] > SAME)
    };
    figures.shares = Some(shares.map(|share| rounded(share).unwrap_or(0.0)));
    Some(figures)
}

/// The category of a pair of answers.
fn evaluated(scale: &Scale, table: KanoTable, functional: usize, dysfunctional: usize) -> KanoCategory {
    let turned = |answer: usize| if scale.best == Best::High { ANSWERS - 1 - answer } else { answer };
    let (with, without) = (turned(functional), turned(dysfunctional));
    let contradicts = with == without && matches!(with, 1 | 3);
    if table == KanoTable::Strict && contradicts { Questionable } else { TABLE[with][without] }
}

/// A coefficient of those whose answers speak for or against it among `answered`.
///
/// Of a known population as many speak as of those who answered, a part rounded up: n/N is theirs (Cochran 1977, 2.12).
fn share(hits: &Part, rest: &Part, sign: f64, answered: u64, context: &Context) -> Coefficient {
    let own = hits.count.n + rest.count.n;
    let population = context.population.and_then(|all| {
        let part = (u128::from(all) * u128::from(own)).div_ceil(u128::from(answered.max(1)));
        u64::try_from(part).ok()
    });
    let context = &Context { population, ..*context };
    let Some(Figure { value, interval, .. }) = proportion(hits, rest, context) else {
        return Coefficient::default();
    };
    let limits = interval.map(|limits| printed(limits, value, Some((0.0, 1.0))));
    let ends = limits.map(|limits| (sign * limits.low, sign * limits.high));
    // Nothing is the same as less than nothing.
    let figure = |x: f64| rounded(x + 0.0);
    Coefficient {
        value: figure(sign * value),
        low: ends.and_then(|(one, other)| figure(one.min(other))),
        high: ends.and_then(|(one, other)| figure(one.max(other))),
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::{KanoFigures, kano};
    use crate::measures::sample::{context, joint};
    use crate::report::KanoCategory::Attractive;
    use crate::stats::wilson;
    use crate::survey::{Best, KanoTable, Scale};

    /// Like, must be, neutral, live with, dislike.
    fn scale() -> Scale {
        Scale { best: Best::Low, ..Scale::new("kano", 1, 5) }
    }

    /// Of 100 respondents 30 find it attractive, 28 indifferent, 2 must-be, and 40 would rather not have it.
    fn of(population: Option<u64>) -> KanoFigures {
        let answers = joint(5, &[(1, 3, 30), (3, 3, 28), (3, 5, 2), (5, 1, 10), (5, 2, 10), (5, 3, 20)]);
        let mut context = context();
        context.population = population;
        kano(&scale(), KanoTable::Usual, &answers, &context).unwrap()
    }

    #[test]
    fn everybody_of_a_population_leaves_no_limits_and_any_difference_is_one() {
        let all = of(Some(100));
        assert_eq!(
            (all.better.low, all.worse.high),
            (None, None),
            "although 60 of 100 speak for or against it"
        );
        assert_eq!(all.better.value, Some(0.5));
        assert_eq!(all.distinguishable, Some(true));
        assert_eq!(of(None).distinguishable, Some(false));
        let tie = joint(5, &[(1, 3, 20), (3, 3, 20)]);
        let mut census = context();
        census.population = Some(40);
        let tied = kano(&scale(), KanoTable::Usual, &tie, &census).unwrap();
        assert_eq!((tied.category, tied.distinguishable), (Some(Attractive), Some(false)));
    }

    #[test]
    fn a_known_population_narrows_by_the_part_of_it_that_answered() {
        // 60 of the 100 who answered, of 200: as many as 60 / (1 - 100 / 200) = 120 of very many.
        let found = of(Some(200));
        let expected = wilson(0.5, 120.0, context().confidence.z()).unwrap();
        assert_relative_eq!(found.better.low.unwrap(), expected.low, max_relative = 1e-9);
        assert_relative_eq!(found.better.high.unwrap(), expected.high, max_relative = 1e-9);
        assert!(of(None).better.low < found.better.low);
    }
}
