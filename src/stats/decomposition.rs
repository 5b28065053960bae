//! A change split into what moved between groups and what moved within them.
//!
//! With shares s and scores m of the groups in two waves: mix = Σ(s₁ - s₀)(m₀ + m₁)/2 and within =
//! Σ(m₁ - m₀)(s₀ + s₁)/2, which add up to the change exactly (Kitagawa 1955, symmetric weights).
//! A group's own mix term is taken around the mean of both totals, so that it does not depend
//! on where the scale starts; the sum is the same.
//!
//! Limits by the delta method: shares of a wave multinomial over its `n` answers, scores with the
//! standard errors given, waves and scores independent. With M = (m₀ + m₁)/2, D = m₁ - m₀ and
//! V(s, c) = Σsc² - (Σsc)²:
//! var mix = V(s₀, M)/n₀ + V(s₁, M)/n₁ + Σ((s₁ - s₀)/2)²(v₀ + v₁),
//! var within = (V(s₀, D)/n₀ + V(s₁, D)/n₁)/4 + Σ((s₀ + s₁)/2)²(v₀ + v₁),
//! var change = Σ over waves of V(s, m)/n + Σs²v.
//! A group absent in a wave has share 0 there and needs some score: the caller's choice, usually
//! that wave's total with standard error 0. Reference cases: `tests/reference/groups`.

use super::sum::sum;
use super::{Confidence, Interval, Reference};

/// Shares that miss a sum of one by more than rounding are a mistake of the caller.
const ROUNDING: f64 = 1e-9;

/// One group in one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupScore {
    /// Share of the wave's answers (or weight) in this group.
    pub share: f64,
    /// The group's score, any mean of its answers.
    pub score: f64,
    /// Standard error of that score.
    pub se: f64,
}

/// A part of the change with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangePart {
    /// The part.
    pub value: f64,
    /// Its standard error by the delta method.
    pub se: f64,
    /// Limits, raw; `None` where the standard error is 0.
    pub interval: Option<Interval>,
}

/// What one group adds to the change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupTerms {
    /// By its gain or loss in share.
    pub mix: f64,
    /// By the change of its score.
    pub within: f64,
}

/// A change and its two parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Decomposition {
    /// Total score of the later wave less that of the earlier one.
    pub change: ChangePart,
    /// What the shares moved.
    pub mix: ChangePart,
    /// What the scores moved.
    pub within: ChangePart,
    /// The terms of each group, in the order given.
    pub groups: Vec<GroupTerms>,
}

/// Splits the change between two waves that have the same groups in the same order.
///
/// `earlier_n` and `later_n` are all answers of a wave, whole or effective. `None` for differing
/// groups, shares that do not sum to one, no answers, or figures that are not finite.
pub fn decompose(
    earlier: &[GroupScore],
    later: &[GroupScore],
    earlier_n: f64,
    later_n: f64,
    reference: Reference,
    confidence: Confidence,
) -> Option<Decomposition> {
    let sized = |n: f64| n > 0.0 && n.is_finite();
    if earlier.len() != later.len() || !is_valid(earlier) || !is_valid(later) {
        return None;
    }
    if !(sized(earlier_n) && sized(later_n)) {
        return None;
    }
    let totals = (total(earlier), total(later));
    let origin = f64::midpoint(totals.0, totals.1);
    let pairs = || earlier.iter().zip(later);
    let groups: Vec<GroupTerms> = pairs()
        .map(|(a, b)| GroupTerms {
            mix: (b.share - a.share) * (f64::midpoint(a.score, b.score) - origin),
            within: (b.score - a.score) * f64::midpoint(a.share, b.share),
        })
        .collect();
    let middles: Vec<f64> = pairs().map(|(a, b)| f64::midpoint(a.score, b.score)).collect();
    let halves: Vec<f64> = pairs().map(|(a, b)| (b.score - a.score) / 2.0).collect();
    let of_shares = |values: &[f64]| {
        multinomial_variance(earlier, values) / earlier_n + multinomial_variance(later, values) / later_n
    };
    let of_scores = |weight: fn(f64, f64) -> f64| {
        sum(pairs().map(|(a, b)| weight(a.share, b.share).powi(2) * (a.se * a.se + b.se * b.se)))
    };
    let own = |wave: &[GroupScore], n: f64| {
        let scores: Vec<f64> = wave.iter().map(|group| group.score).collect();
        multinomial_variance(wave, &scores) / n
            + sum(wave.iter().map(|group| (group.share * group.se).powi(2)))
    };
    let part = |value: f64, variance: f64| {
        let se = variance.sqrt();
        let interval = if se > 0.0 { reference.interval(value, se, confidence.tail()) } else { None };
        (value.is_finite() && se.is_finite()).then_some(ChangePart { value, se, interval })
    };
    Some(Decomposition {
        change: part(totals.1 - totals.0, own(earlier, earlier_n) + own(later, later_n))?,
        mix: part(
            sum(groups.iter().map(|group| group.mix)),
            of_shares(&middles) + of_scores(|a, b| (b - a) / 2.0),
        )?,
        within: part(
            sum(groups.iter().map(|group| group.within)),
            of_shares(&halves) + of_scores(f64::midpoint),
        )?,
        groups,
    })
}

fn is_valid(wave: &[GroupScore]) -> bool {
    wave.iter()
        .all(|group| group.share >= 0.0 && group.score.is_finite() && group.se >= 0.0 && group.se.is_finite())
        && (sum(wave.iter().map(|group| group.share)) - 1.0).abs() <= ROUNDING
}

fn total(wave: &[GroupScore]) -> f64 {
    sum(wave.iter().map(|group| group.share * group.score))
}

/// Variance of one answer's value when the groups' `values` are drawn by their shares.
fn multinomial_variance(wave: &[GroupScore], values: &[f64]) -> f64 {
    let mean = sum(wave.iter().zip(values).map(|(group, value)| group.share * value));
    sum(wave.iter().zip(values).map(|(group, value)| group.share * (value - mean) * (value - mean)))
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    fn group(share: f64, score: f64, se: f64) -> GroupScore {
        GroupScore { share, score, se }
    }

    fn split(earlier: &[GroupScore], later: &[GroupScore], n: f64) -> Option<Decomposition> {
        decompose(earlier, later, n, n, Reference::Normal, confidence())
    }

    #[test]
    fn parts_by_hand() {
        // 0.5·0.8 + 0.5·0.4 = 0.6 and 0.3·0.9 + 0.7·0.5 = 0.62.
        let earlier = [group(0.5, 0.8, 0.0), group(0.5, 0.4, 0.0)];
        let later = [group(0.3, 0.9, 0.0), group(0.7, 0.5, 0.0)];
        let parts = split(&earlier, &later, 100.0).unwrap();
        assert_relative_eq!(parts.change.value, 0.02, max_relative = 1e-12);
        assert_relative_eq!(parts.mix.value, -0.2 * 0.85 + 0.2 * 0.45, max_relative = 1e-12);
        assert_relative_eq!(parts.within.value, 0.1, max_relative = 1e-12);
        // Around 0.61: the group that shrank stood above, the one that grew below.
        assert_relative_eq!(parts.groups[0].mix, -0.2 * 0.24, max_relative = 1e-12);
        assert_relative_eq!(parts.groups[1].mix, 0.2 * -0.16, max_relative = 1e-12);
        // V(s, M) = s(1 - s)·0.4² in either wave.
        let variance = (0.25 + 0.21) * 0.16 / 100.0;
        assert_relative_eq!(parts.mix.se, f64::sqrt(variance), max_relative = 1e-12);
        // Both scores moved alike: the shares cannot move the within part.
        assert!(parts.within.se < 1e-9);
    }

    #[test]
    fn the_standard_error_of_the_change_is_that_of_a_plain_share() {
        // A 0/1 answer in two groups: s·p(1-p)-parts add up to P(1-P) of the whole wave.
        let wave = |n: f64, share: f64, p: f64, q: f64| {
            let se = |p: f64, part: f64| (p * (1.0 - p) / (part * n)).sqrt();
            [group(share, p, se(p, share)), group(1.0 - share, q, se(q, 1.0 - share))]
        };
        let parts = split(&wave(400.0, 0.4, 0.9, 0.5), &wave(400.0, 0.3, 0.8, 0.6), 400.0).unwrap();
        let (p, q) = (0.4 * 0.9 + 0.6 * 0.5, 0.3 * 0.8 + 0.7 * 0.6);
        let wanted = (p * (1.0 - p) / 400.0 + q * (1.0 - q) / 400.0_f64).sqrt();
        assert_relative_eq!(parts.change.se, wanted, max_relative = 1e-12);
    }

    #[test]
    fn the_origin_of_the_scale_moves_no_term() {
        let wave =
            |shift: f64, share: f64| [group(share, 3.0 + shift, 0.1), group(1.0 - share, 4.0 + shift, 0.2)];
        let one = split(&wave(0.0, 0.5), &wave(0.0, 0.25), 80.0).unwrap();
        let moved = split(&wave(1000.0, 0.5), &wave(1000.0, 0.25), 80.0).unwrap();
        for (a, b) in one.groups.iter().zip(&moved.groups) {
            assert_relative_eq!(a.mix, b.mix, max_relative = 1e-9);
        }
        assert_relative_eq!(one.mix.se, moved.mix.se, max_relative = 1e-9);
    }

    #[test]
    fn a_group_that_left_takes_its_share_along() {
        let earlier = [group(0.2, 0.1, 0.05), group(0.8, 0.6, 0.02)];
        let later = [group(0.0, 0.6, 0.0), group(1.0, 0.6, 0.02)];
        let parts = split(&earlier, &later, 200.0).unwrap();
        assert_relative_eq!(parts.change.value, 0.1, max_relative = 1e-12);
        assert_relative_eq!(parts.mix.value + parts.within.value, 0.1, max_relative = 1e-12);
    }

    #[test]
    fn one_group_is_all_within() {
        let parts = split(&[group(1.0, 0.4, 0.1)], &[group(1.0, 0.5, 0.1)], 30.0).unwrap();
        assert_eq!((parts.mix.value, parts.mix.se, parts.mix.interval), (0.0, 0.0, None));
        assert_relative_eq!(parts.within.se, 0.02_f64.sqrt(), max_relative = 1e-12);
        assert_relative_eq!(parts.change.se, parts.within.se, max_relative = 1e-12);
    }

    #[test]
    fn groups_that_do_not_match_or_add_up_are_refused() {
        let right = [group(0.5, 0.4, 0.1), group(0.5, 0.6, 0.1)];
        assert_eq!(split(&right, &right[..1], 10.0), None);
        assert_eq!(split(&right, &[group(0.5, 0.4, 0.1), group(0.4, 0.6, 0.1)], 10.0), None);
        assert_eq!(split(&right, &[group(0.5, f64::NAN, 0.1), group(0.5, 0.6, 0.1)], 10.0), None);
        assert_eq!(split(&right, &[group(1.5, 0.4, 0.1), group(-0.5, 0.6, 0.1)], 10.0), None);
        assert_eq!(split(&[], &[], 10.0), None);
        assert_eq!(split(&right, &right, 0.0), None);
    }
}
