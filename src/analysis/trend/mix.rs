//! Who answered, and what they said: a change split by the groups of one segment into mix and within.
//!
//! Shares are weighted. Those without a value of the segment are a group of their own, worked out from the total and
//! the groups: its weight and figure exactly, its standard error by the law of total variance on Kish's effective
//! base. A group that is absent in a wave takes that wave's overall figure. Where a group is hidden in either wave
//! there is no split, as it would give the hidden one away.

use std::collections::BTreeMap;

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
    /// Where each group stands in `groups`.
    places: BTreeMap<Option<&'a str>, usize>,
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
            for (_, score) in &mut groups {
                score.share /= all;
            }
        }
        let n = overall.n;
        let df = overall.base.saturating_sub(1) as f64;
        let places = groups.iter().enumerate().map(|(place, (name, _))| (*name, place)).collect();
        let census = total.flag == Some(Flag::Census);
        Some(Self { total: value, groups, hidden, places, n, df, census })
    }
}

impl Composition<'_> {
    /// The share and figure of a group; `None` without answers.
    pub(in crate::analysis) fn score(&self, name: Option<&str>) -> Option<GroupScore> {
        self.places.get(&name).map(|place| self.groups[*place].1)
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
    names.extend(after.groups.iter().map(|(name, _)| *name).filter(|name| before.score(*name).is_none()));
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

#[cfg(test)]
mod tests {
    use super::{Composition, WaveIndex, split};
    use crate::analysis::trend::sample::{promoters, wave};
    use crate::measures::sample::confidence;
    use crate::survey::Measure;
    use approx::assert_relative_eq;

    #[test]
    fn those_without_a_value_are_what_is_left_of_the_total() {
        let figures = wave("2026-Q1").satisfied([30, 10], [45, 15], [12, 28]);
        let index = WaveIndex::new(&figures);
        let groups = Composition::of(&index, "overall", "top_box", "region").unwrap();
        let rest = groups.score(None).unwrap();
        assert_relative_eq!(rest.share, 40.0 / 140.0, epsilon = 1e-9);
        assert_relative_eq!(rest.score, 30.0, epsilon = 1e-9);
        assert_relative_eq!(rest.se, 100.0 * (0.3_f64 * 0.7 / 40.0).sqrt(), epsilon = 1e-8);
        let nobody = wave("2026-Q1").satisfied([30, 10], [45, 15], [0, 0]);
        let index = WaveIndex::new(&nobody);
        assert_eq!(Composition::of(&index, "overall", "top_box", "region").unwrap().score(None), None);
        assert_eq!(Composition::of(&index, "overall", "top_box", "age"), None);
        assert_eq!(Composition::of(&index, "speed", "top_box", "region"), None);
    }

    #[test]
    fn the_rest_of_a_net_promoter_score_has_its_own_variance() {
        let groups = [(Some("N"), promoters([20, 10, 10])), (None, promoters([6, 3, 21]))];
        let figures = wave("2026-Q1").asked("recommend", Measure::Nps, "region", &groups);
        let index = WaveIndex::new(&figures);
        let rest = Composition::of(&index, "recommend", "nps", "region").unwrap().score(None).unwrap();
        assert_relative_eq!(rest.score, -50.0, epsilon = 1e-9);
        // Per answer 0.2 + 0.7 - 0.25.
        assert_relative_eq!(rest.se, 100.0 * (0.65_f64 / 30.0).sqrt(), epsilon = 1e-8);
    }

    #[test]
    fn weights_move_shares_and_figures_of_the_rest() {
        let mut figures = wave("2026-Q1").satisfied([30, 10], [0, 0], [12, 28]);
        // The North's answers weigh 2 each, the others 1: 80 of 120, and 60 + 12 satisfied.
        for estimate in &mut figures.estimates {
            let north = !estimate.segment.is_empty();
            (estimate.base_weighted, estimate.base_kish) = match (north, estimate.base) {
                (_, Some(0)) => continue,
                (true, _) => (Some(80.0), Some(40.0)),
                (false, _) => (Some(120.0), Some(120.0 * 120.0 / (40.0 * 4.0 + 40.0))),
            };
            if !north && estimate.statistic == "top_box" {
                estimate.value = Some(60.0);
            }
        }
        let index = WaveIndex::new(&figures);
        let rest = Composition::of(&index, "overall", "top_box", "region").unwrap().score(None).unwrap();
        assert_relative_eq!(rest.share, 1.0 / 3.0, epsilon = 1e-9);
        assert_relative_eq!(rest.score, 30.0, epsilon = 1e-9);
    }

    #[test]
    fn a_thousand_groups_are_split_at_once() {
        let names: Vec<String> = (0..1_000).map(|name| format!("B{name}")).collect();
        let groups = |step: u64| -> Vec<(Option<&str>, Vec<u64>)> {
            let counts = |at: u64| vec![0, 1 + (at * step) % 5, 0, 0, 1 + at % 7];
            names.iter().map(String::as_str).map(Some).zip((0..).map(counts)).collect()
        };
        let of = |label, step| wave(label).asked("overall", Measure::Csat, "branch", &groups(step));
        let (before, after) = (of("2026-Q1", 1), of("2026-Q2", 3));
        let (before, after) = (WaveIndex::new(&before), WaveIndex::new(&after));
        let groups = |wave| Composition::of(wave, "overall", "top_box", "branch").unwrap();
        let split = split(&groups(&before), &groups(&after), confidence(0.95)).unwrap();
        assert_eq!(split.groups.len(), 1_000);
        let change = split.parts.mix.value + split.parts.within.value;
        assert_relative_eq!(change, split.parts.change.value, epsilon = 1e-9);
    }
}
