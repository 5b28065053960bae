//! Whether the means of several groups differ, assuming equal spread, and whether they are spread alike.
//!
//! The classic analysis of variance (R. A. Fisher 1925) with eta, omega (Hays 1963) and epsilon squared (Kelley 1935);
//! Brown and Forsythe's F* (1974a) for unequal spread beside Welch's ([`super::welch_anova`]); Levene's test (1960)
//! around the mean, and around the median (Brown and Forsythe 1974b) as R's `leveneTest`. Counts, never weights.
//! Reference cases: `tests/reference/groups` (`means.*`).

use super::homogeneity::by_f;
use super::moments::{moments, total};
use super::sum::sum;
use super::{Homogeneity, Moments, median};

/// The classic analysis of variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anova {
    /// F with k − 1 and n − k degrees of freedom.
    pub test: Homogeneity,
    /// Part of the sum of squares that lies between groups.
    pub eta_squared: f64,
    /// The same for the population, nearly without bias; below 0 where F is below 1.
    pub omega_squared: f64,
    /// The same with Kelley's correction; below 0 where F is below 1.
    pub epsilon_squared: f64,
    /// Variance within groups, pooled.
    pub mean_square_within: f64,
}

/// What Levene's test takes the distances from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Center {
    /// The mean of the group: sharper for symmetric answers, misled by skewed ones.
    Mean,
    /// The median of the group.
    Median,
}

/// The analysis of variance of these groups; every one has at least one answer.
///
/// `None` with fewer than two groups, without more answers than groups, and without variation within them.
pub fn anova(groups: &[Moments]) -> Option<Anova> {
    let parts = Parts::new(groups)?;
    let (df, left) = (parts.df, parts.n - parts.df - 1.0);
    if left <= 0.0 || parts.within <= 0.0 {
        return None;
    }
    let mean_square = parts.within / left;
    let all = parts.between + parts.within;
    let test = by_f(parts.between / df / mean_square, df, left)?;
    let found = Anova {
        test,
        eta_squared: parts.between / all,
        omega_squared: (parts.between - df * mean_square) / (all + mean_square),
        epsilon_squared: (parts.between - df * mean_square) / all,
        mean_square_within: mean_square,
    };
    [found.eta_squared, found.omega_squared, found.epsilon_squared]
        .iter()
        .all(|x| x.is_finite())
        .then_some(found)
}

/// Brown and Forsythe's F*, for groups spread unequally.
///
/// `None` with fewer than two groups, a group of one answer, and without variation in any.
pub fn brown_forsythe(groups: &[Moments]) -> Option<Homogeneity> {
    let parts = Parts::new(groups)?;
    let shares: Option<Vec<(f64, f64)>> = groups
        .iter()
        .map(|group| {
            let part = (1.0 - group.n as f64 / parts.n) * group.sd? * group.sd?;
            Some((part, group.n.checked_sub(1).filter(|df| *df > 0)? as f64))
        })
        .collect();
    let shares = shares?;
    let expected = sum(shares.iter().map(|(part, _)| *part));
    if expected <= 0.0 {
        return None;
    }
    let left = 1.0 / sum(shares.iter().map(|(part, df)| (part / expected) * (part / expected) / df));
    by_f(parts.between / expected, parts.df, left)
}

/// Levene's test of equal spread: the analysis of variance of the distances from the groups' centres.
///
/// Each group lists `(value, count)`. `None` as for [`anova`], so where in every group all distances are alike.
pub fn levene(groups: &[Vec<(f64, u64)>], center: Center) -> Option<Homogeneity> {
    let distances: Option<Vec<Moments>> = groups
        .iter()
        .map(|points| {
            total(points)?;
            let center = match center {
                Center::Mean => moments(points)?.mean,
                Center::Median => median(points)?,
            };
            let distances: Vec<(f64, u64)> = points.iter().map(|(x, n)| ((x - center).abs(), *n)).collect();
            moments(&distances)
        })
        .collect();
    Some(anova(&distances?)?.test)
}

/// Sums of squares between and within groups.
struct Parts {
    n: f64,
    df: f64,
    between: f64,
    within: f64,
}

impl Parts {
    fn new(groups: &[Moments]) -> Option<Self> {
        let df = groups.len().checked_sub(1).filter(|df| *df > 0)? as f64;
        let fits = |group: &Moments| {
            group.n > 0 && group.mean.is_finite() && group.sd.is_none_or(|sd| sd >= 0.0 && sd.is_finite())
        };
        if !groups.iter().all(fits) {
            return None;
        }
        let n = sum(groups.iter().map(|group| group.n as f64));
        let origin = groups.first()?.mean;
        let mean = origin + sum(groups.iter().map(|group| group.n as f64 / n * (group.mean - origin)));
        let between =
            sum(groups.iter().map(|group| group.n as f64 * (group.mean - mean) * (group.mean - mean)));
        let within = sum(groups.iter().map(|group| {
            let sd = group.sd.unwrap_or(0.0);
            (group.n as f64 - 1.0) * sd * sd
        }));
        (between.is_finite() && within.is_finite()).then_some(Self { n, df, between, within })
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn of(points: &[(f64, u64)]) -> Moments {
        moments(points).unwrap()
    }

    #[test]
    fn three_small_groups_by_hand() {
        // Means 2, 3, 7; between 3·(4 + 1 + 9) = 42, within 3·2 = 6: F = 21/1.
        let groups = [1.0, 2.0, 6.0].map(|x| of(&[(x, 1), (x + 1.0, 1), (x + 2.0, 1)]));
        let found = anova(&groups).unwrap();
        assert_relative_eq!(found.test.statistic, 21.0, max_relative = 1e-13);
        assert_eq!((found.test.df, found.test.denominator_df), (2.0, Some(6.0)));
        assert_relative_eq!(found.eta_squared, 0.875, max_relative = 1e-13);
        assert_relative_eq!(found.omega_squared, 40.0 / 49.0, max_relative = 1e-13);
        assert_relative_eq!(found.epsilon_squared, 40.0 / 48.0, max_relative = 1e-13);
        // Equal sizes and variances: F* is F and loses no degrees of freedom.
        let star = brown_forsythe(&groups).unwrap();
        assert_relative_eq!(star.statistic, 21.0, max_relative = 1e-13);
        assert_relative_eq!(star.denominator_df.unwrap(), 6.0, max_relative = 1e-13);
    }

    #[test]
    fn a_group_of_one_answer_counts_in_f_but_has_no_spread() {
        let groups = [of(&[(3.0, 1)]), of(&[(1.0, 2), (2.0, 3)])];
        assert_eq!(anova(&groups).unwrap().test.denominator_df, Some(4.0));
        assert_eq!(brown_forsythe(&groups), None);
    }

    #[test]
    fn without_groups_answers_or_variation_there_is_no_test() {
        let one = of(&[(3.0, 4)]);
        assert_eq!(anova(&[]), None);
        assert_eq!(anova(&[one]), None);
        assert_eq!(anova(&[one, of(&[(4.0, 4)])]), None);
        assert_eq!(brown_forsythe(&[one, of(&[(4.0, 4)])]), None);
        assert_eq!(levene(&[vec![(3.0, 4)], vec![(4.0, 4)]], Center::Median), None);
        assert_eq!(levene(&[vec![], vec![(4.0, 4)]], Center::Mean), None);
        let same = anova(&[of(&[(1.0, 2), (2.0, 2)]); 3]).unwrap();
        assert_eq!((same.test.statistic, same.test.p), (0.0, 1.0));
        assert!(same.omega_squared < 0.0);
    }
}
