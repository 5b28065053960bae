//! Every two of several means, held together over all pairs.
//!
//! Tukey's honest significant difference with Kramer's form for unequal sizes (1956) pools the variance of all groups;
//! Games and Howell (1976) take each pair's own and Welch's degrees of freedom. p and limits already allow for all
//! pairs, so that no further adjustment belongs on them. Neither has a weighted form.
//! Reference cases: `tests/reference/groups` (`tukey.*`, `games_howell.*`).

use super::{Confidence, Interval, MeanEstimate, Moments, PKind, anova, satterthwaite};
use super::{studentized_range_quantile, studentized_range_sf};

/// The difference of two of several means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeanPair {
    /// Index of the first group.
    pub first: usize,
    /// Index of the second group.
    pub second: usize,
    /// First mean less second.
    pub difference: f64,
    /// Standard error of the difference.
    pub se: f64,
    /// Difference over standard error.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// Probability that among all pairs some is as far apart; adjusted by itself.
    pub p: f64,
    /// Always from the studentized range.
    pub p_kind: PKind,
    /// Limits that hold for all pairs together, raw.
    pub interval: Option<Interval>,
}

/// Tukey-Kramer over all pairs; `None` where [`super::anova()`] has none.
pub fn tukey_kramer(groups: &[Moments], confidence: Confidence) -> Option<Vec<MeanPair>> {
    let all = anova(groups)?;
    let df = all.test.denominator_df?;
    let critical = studentized_range_quantile(2.0 * confidence.tail(), groups.len(), df);
    pairs(groups.len())
        .map(|(first, second)| {
            let (a, b) = (&groups[first], &groups[second]);
            let se = (all.mean_square_within * (1.0 / a.n as f64 + 1.0 / b.n as f64)).sqrt();
            pair((first, second), a.mean - b.mean, se, df, groups.len(), critical)
        })
        .collect()
}

/// Games-Howell over all pairs; `None` with fewer than two groups.
///
/// A pair is `None` where a group has one answer or neither has variation.
pub fn games_howell(groups: &[Moments], confidence: Confidence) -> Option<Vec<Option<MeanPair>>> {
    if groups.len() < 2 {
        return None;
    }
    let one = |(first, second): (usize, usize)| {
        let a = MeanEstimate::from_moments(&groups[first])?;
        let b = MeanEstimate::from_moments(&groups[second])?;
        let df = satterthwaite(&a, &b)?;
        let critical = studentized_range_quantile(2.0 * confidence.tail(), groups.len(), df);
        pair((first, second), a.mean - b.mean, (a.variance + b.variance).sqrt(), df, groups.len(), critical)
    };
    Some(pairs(groups.len()).map(one).collect())
}

fn pairs(groups: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..groups).flat_map(move |first| (first + 1..groups).map(move |second| (first, second)))
}

fn pair(
    (first, second): (usize, usize),
    difference: f64,
    se: f64,
    df: f64,
    groups: usize,
    critical: Option<f64>,
) -> Option<MeanPair> {
    let statistic = Some(difference / se).filter(|t| se > 0.0 && t.is_finite())?;
    let root = std::f64::consts::SQRT_2;
    Some(MeanPair {
        first,
        second,
        difference,
        se,
        statistic,
        df,
        p: studentized_range_sf(statistic.abs() * root, groups, df)?,
        p_kind: PKind::StudentizedRange,
        interval: critical.and_then(|critical| Interval::around(difference, critical / root * se)),
    })
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use crate::stats::{mean_difference, moments};
    use approx::assert_relative_eq;

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    #[test]
    fn two_groups_need_no_allowance() {
        let groups = [moments(&[(1.0, 3), (2.0, 5)]).unwrap(), moments(&[(1.0, 1), (4.0, 6)]).unwrap()];
        let [a, b] = groups.map(|group| MeanEstimate::from_moments(&group).unwrap());
        let plain = mean_difference(&a, &b, confidence()).unwrap();
        let pair = games_howell(&groups, confidence()).unwrap()[0].unwrap();
        assert_relative_eq!(pair.p, plain.p.unwrap(), max_relative = 1e-10);
        let (wide, narrow) = (pair.interval.unwrap(), plain.interval.unwrap());
        assert_relative_eq!(wide.low, narrow.low, max_relative = 1e-9);
        let tukey = tukey_kramer(&groups, confidence()).unwrap()[0];
        let all = anova(&groups).unwrap();
        assert_relative_eq!(tukey.p, all.test.p, max_relative = 1e-10);
    }

    #[test]
    fn one_answer_and_no_variation_leave_their_pairs_out() {
        let still = moments(&[(3.0, 5)]).unwrap();
        let single = moments(&[(3.0, 1)]).unwrap();
        let moving = moments(&[(1.0, 3), (2.0, 5)]).unwrap();
        let found = games_howell(&[still, single, moving, still], confidence()).unwrap();
        let exists: Vec<bool> = found.iter().map(Option::is_some).collect();
        assert_eq!(exists, [false, true, false, false, false, true]);
        assert_eq!(games_howell(&[moving], confidence()), None);
        assert_eq!(tukey_kramer(&[still, still], confidence()), None);
        assert_eq!(tukey_kramer(&[still, single, moving], confidence()).unwrap().len(), 3);
    }
}
