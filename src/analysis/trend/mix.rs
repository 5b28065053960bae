//! Who answered, and what they said: a change split by the groups of one segment into mix and within.
//!
//! Shares are weighted. Those without a value of the segment are a group of their own, worked out from the total and
//! the groups: its weight and figure exactly, its standard error by the law of total variance on Kish's effective
//! base. A group that is absent in a wave takes that wave's overall figure. Where a group is hidden in either wave
//! there is no split, as it would give the hidden one away.

use crate::measures::rounded;
use crate::report::{Estimate, Flag};
use crate::stats::{Confidence, Decomposition, GroupScore, Interval, Reference, decompose};

use super::index::{Groups, WaveIndex, find};

/// The groups of one segment in one wave.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Composition<'a> {
    /// The overall figure.
    pub(in crate::analysis) total: f64,
    /// Those with answers; `None` is those without a value.
    pub(in crate::analysis) groups: Vec<(Option<&'a str>, GroupScore)>,
    /// The values whose figures are hidden. Those without a value are then not worked out, and no share is known
    /// but by its own base.
    pub(in crate::analysis) hidden: Vec<&'a str>,
    /// All answers, whole or effective.
    n: f64,
    df: f64,
    /// Whether everybody answered, so that nothing is left to chance.
    census: bool,
}

/// A change split by the groups of both waves.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Split<'a> {
    pub(in crate::analysis) parts: Decomposition,
    /// The groups in the order of the terms in `parts`.
    pub(in crate::analysis) groups: Vec<Option<&'a str>>,
    /// The groups without answers in the earlier wave, and in the later one.
    pub(in crate::analysis) absent: [Vec<Option<&'a str>>; 2],
    /// Whether the parts have intervals.
    pub(in crate::analysis) sampled: bool,
}

impl<'a> Composition<'a> {
    /// The groups of `segment` among the answers to `question`; `None` without a figure, or without figures by the
    /// segment.
    pub(in crate::analysis) fn of(
        wave: &WaveIndex<'a>,
        question: &'a str,
        statistic: &str,
        segment: &'a str,
    ) -> Option<Self> {
        let total = wave.estimate(question, statistic)?;
        let value = total.value?;
        let weight = total.base_weighted.filter(|weight| *weight > 0.0)?;
        let by_value: &Groups<'a> = wave.groups(question, segment)?;
        let parts: Vec<(&'a str, &Estimate)> = by_value
            .iter()
            .filter_map(|(group, estimates)| Some((*group, find(estimates, statistic)?)))
            .collect();
        let is_hidden =
            |estimate: &Estimate| matches!(estimate.flag, Some(Flag::Suppressed | Flag::Complementary));
        let hidden: Vec<&str> =
            parts.iter().filter(|(_, estimate)| is_hidden(estimate)).map(|(group, _)| *group).collect();
        let answered = parts.iter().filter(|(_, estimate)| estimate.base.is_some_and(|base| base > 0));
        let mut groups = Vec::new();
        let overall = Answers::of(total)?;
        let mut rest = Rest::new(&overall);
        for (group, estimate) in answered {
            let answers = Answers::of(estimate)?;
            rest.take(&answers, overall.value);
            // Without a standard error of its own a group has that of answers like all others.
            let se = estimate.se.unwrap_or_else(|| (overall.variance / answers.n).sqrt());
            groups.push((
                Some(*group),
                GroupScore { share: answers.weight / weight, score: answers.value, se },
            ));
        }
        if hidden.is_empty() {
            groups.extend(rest.score(&overall).map(|score| (None, score)));
            // Twelve digits are kept in a report: the shares are made to add up again.
            let all: f64 = groups.iter().map(|(_, score)| score.share).sum();
            groups.iter_mut().for_each(|(_, score)| score.share /= all);
        }
        let n = overall.n;
        let df = overall.base.saturating_sub(1) as f64;
        Some(Self { total: value, groups, hidden, n, df, census: total.flag == Some(Flag::Census) })
    }
}

impl Composition<'_> {
    /// The share and figure of a group; `None` without answers.
    pub(in crate::analysis) fn score(&self, name: Option<&str>) -> Option<GroupScore> {
        self.groups.iter().find(|(known, _)| *known == name).map(|(_, score)| *score)
    }
}

/// Splits the change between two waves; `None` where a group of either is hidden.
pub(in crate::analysis) fn split<'a>(
    before: &Composition<'a>,
    after: &Composition<'a>,
    confidence: Confidence,
) -> Option<Split<'a>> {
    if !(before.hidden.is_empty() && after.hidden.is_empty()) {
        return None;
    }
    let mut names: Vec<Option<&str>> = before.groups.iter().map(|(name, _)| *name).collect();
    names.extend(
        after
            .groups
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| !before.groups.iter().any(|(known, _)| known == name)),
    );
    // Those without a value come last, whichever wave has them.
    names.sort_by_key(Option::is_none);
    let scores = |wave: &Composition<'a>| -> Vec<GroupScore> {
        let score = |name| wave.score(name).unwrap_or(GroupScore { share: 0.0, score: wave.total, se: 0.0 });
        names.iter().copied().map(score).collect()
    };
    let (earlier, later) = (scores(before), scores(after));
    let absent = [before, after]
        .map(|wave| names.iter().copied().filter(|name| wave.score(*name).is_none()).collect());
    let reference = Reference::StudentT((before.df + after.df).max(1.0));
    let parts = decompose(&earlier, &later, before.n, after.n, reference, confidence)?;
    let sampled = !(before.census || after.census);
    Some(Split { parts, groups: names, absent, sampled })
}

/// The limits of a part as they are printed.
pub(in crate::analysis) fn limits(split: &Split, interval: Option<Interval>) -> (Option<f64>, Option<f64>) {
    let interval = interval.filter(|_| split.sampled);
    (interval.and_then(|limits| rounded(limits.low)), interval.and_then(|limits| rounded(limits.high)))
}

/// An estimate as answers: how many, what weight, how far they spread.
struct Answers {
    value: f64,
    base: u64,
    weight: f64,
    /// Kish's effective base, or the base that the interval used.
    n: f64,
    /// The variance of one answer around the value, over n.
    variance: f64,
    weighted: bool,
}

impl Answers {
    fn of(estimate: &Estimate) -> Option<Self> {
        let base = estimate.base.filter(|base| *base > 0)?;
        let effective = estimate.base_effective.filter(|n| *n > 0.0)?;
        Some(Self {
            value: estimate.value?,
            base,
            weight: estimate.base_weighted.filter(|weight| *weight > 0.0)?,
            n: estimate.base_kish.filter(|n| *n > 0.0).unwrap_or(effective),
            // Answers all alike, and a single one, have no standard error and no spread.
            variance: estimate.se.map_or(0.0, |se| se * se * effective),
            weighted: estimate.base_kish.is_some(),
        })
    }
}

/// What is left of a wave when its groups are taken out.
struct Rest {
    base: u64,
    weight: f64,
    /// Weight times value, around the overall value.
    moment: f64,
    /// Weight times squared distance from the overall value.
    squares: f64,
    /// The sum of the squared weights.
    weight_squares: f64,
}

impl Rest {
    fn new(overall: &Answers) -> Self {
        Self {
            base: overall.base,
            weight: overall.weight,
            moment: 0.0,
            squares: overall.weight * overall.variance,
            weight_squares: overall.weight * overall.weight / overall.n,
        }
    }

    fn take(&mut self, group: &Answers, overall: f64) {
        let distance = group.value - overall;
        self.base = self.base.saturating_sub(group.base);
        self.weight -= group.weight;
        self.moment -= group.weight * distance;
        self.squares -= group.weight * (group.variance + distance * distance);
        self.weight_squares -= group.weight * group.weight / group.n;
    }

    /// The share, figure and standard error of those left; `None` where nobody is.
    fn score(&self, overall: &Answers) -> Option<GroupScore> {
        if self.base == 0 || self.weight <= 0.0 {
            return None;
        }
        let base = self.base as f64;
        let distance = self.moment / self.weight;
        let variance = (self.squares / self.weight - distance * distance).max(0.0);
        let n = if overall.weighted && self.weight_squares > 0.0 {
            (self.weight * self.weight / self.weight_squares).clamp(1.0, base)
        } else {
            base
        };
        let score = overall.value + distance;
        Some(GroupScore { share: self.weight / overall.weight, score, se: (variance / n).sqrt() })
    }
}
