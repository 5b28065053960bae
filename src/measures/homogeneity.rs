//! Whether any of several groups differs from another, by the test that fits the figure.
//!
//! Shares: Pearson's chi-square, with weights on effective bases (Rao and Scott 1992). NPS, net, means and gaps:
//! Welch's ANOVA, with weights on linearised variances. A balance of answers all alike has the variance of its
//! adjusted counts, as in its interval; a mean of answers all alike has none and is left out. So are censuses, which
//! leave nothing to chance, and bases below ten, at which both tests find more than there is.

use crate::stats::{self, Homogeneity, MeanEstimate, SampledPromoters, SampledShare};

use super::design::DesignCovariances;
use super::related::Related;
use super::rounding::rounded;
use super::side::{Sample, Side};

/// A test that several groups are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupTest {
    /// The name of the test.
    pub name: &'static str,
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// The second degrees of freedom, for an F.
    pub df2: Option<f64>,
    /// The p-value.
    pub p: f64,
}

/// The test that the groups are alike; `None` where fewer than two can be compared.
pub fn homogeneity<'a>(groups: impl IntoIterator<Item = &'a Side>) -> Option<GroupTest> {
    let (mut shares, mut means): (Vec<SampledShare>, Vec<MeanEstimate>) = (Vec::new(), Vec::new());
    let (mut weighted, mut balances) = (false, false);
    for side in groups.into_iter().filter(|side| !side.census && side.is_tested()) {
        weighted |= side.weighted;
        match side.sample {
            Sample::Share(share) => shares.push(share),
            Sample::Balance(balance) => {
                balances = true;
                means.extend(of_balance(&balance, side.df));
            }
            Sample::Mean(spread) => means.extend(spread.map(|spread| spread.mean)),
        }
    }
    let (test, name) = match (shares.is_empty(), weighted) {
        (false, false) => (stats::share_homogeneity(&shares)?, "chi-square"),
        (false, true) => (stats::share_homogeneity(&shares)?, "chi-square-effective-n"),
        (true, false) => (stats::welch_anova(&means)?, "welch-anova"),
        (true, true) if balances => (stats::welch_anova(&means)?, "welch-anova-effective-n"),
        (true, true) => (stats::welch_anova(&means)?, "welch-anova-linearised"),
    };
    group_test(name, &test)
}

/// Wald's F that weighted means are equal, by the degrees of freedom of the design (R survey's `regTermTest`).
///
/// Of means alone, with the standard errors of their figures; `None` where fewer than two can be compared, and without
/// degrees of freedom.
pub fn wald<'a>(groups: impl IntoIterator<Item = &'a Side>, design_df: u64) -> Option<GroupTest> {
    let means = groups.into_iter().filter(|side| !side.census && side.is_tested()).filter_map(|side| {
        match side.sample {
            Sample::Mean(spread) => spread.map(|spread| spread.mean),
            Sample::Share(_) | Sample::Balance(_) => None,
        }
    });
    let means: Vec<MeanEstimate> = means.collect();
    let found = stats::wald_homogeneity(&means)?;
    let left = Some(design_df as f64 - found.df).filter(|left| *left > 0.0)?;
    let statistic = found.statistic / found.df;
    Some(GroupTest {
        name: "wald",
        statistic: rounded(statistic)?,
        df: rounded(found.df)?,
        df2: rounded(left),
        p: rounded(stats::distributions::f_sf(statistic, found.df, left)?)?,
    })
}

/// The test that groups of one design are alike, each with its domain, knowing how they move together.
///
/// Shares: Pearson's chi-square on the effective bases, corrected to second order for the covariances (Rao and Scott
/// 1984): without covariances it is that of [`homogeneity`]. Means and balances: Wald's F with the covariances. Groups no
/// two of which have a cluster in common are tested as independent ones, each with its own degrees of freedom: with few
/// clusters a group Wald's F finds too much. `None` as for [`homogeneity`], and where the design leaves no degrees of
/// freedom.
pub fn related_homogeneity(groups: &[(&Side, usize)], known: &DesignCovariances) -> Option<GroupTest> {
    let tested: Vec<(&Side, usize)> =
        groups.iter().copied().filter(|(side, _)| !side.census && side.is_tested()).collect();
    let domains = || tested.iter().map(|(_, domain)| *domain);
    let shares_units = |one: usize, other: usize| {
        known.shares_units.get(one).and_then(|row| row.get(other)).copied().unwrap_or(false)
    };
    if !domains().any(|one| domains().any(|other| one < other && shares_units(one, other))) {
        return homogeneity(tested.iter().map(|(side, _)| *side));
    }
    let shares: Vec<SampledShare> = tested
        .iter()
        .filter_map(|(side, _)| match side.sample {
            Sample::Share(share) => Some(share),
            Sample::Balance(_) | Sample::Mean(_) => None,
        })
        .collect();
    let covariance = |domains: &[usize], variances: &[f64]| -> Vec<Vec<f64>> {
        let of = |one: usize, other: usize| {
            let correlation =
                if one == other { 1.0 } else { Related::of(known, domains[one], domains[other]).correlation };
            correlation * (variances[one] * variances[other]).sqrt()
        };
        (0..domains.len()).map(|one| (0..domains.len()).map(|other| of(one, other)).collect()).collect()
    };
    let (found, name) = if shares.is_empty() {
        let means: Vec<(MeanEstimate, usize)> = tested
            .iter()
            .filter_map(|(side, domain)| match side.sample {
                Sample::Balance(balance) => Some((of_balance(&balance, side.df)?, *domain)),
                Sample::Mean(spread) => Some((spread?.mean, *domain)),
                Sample::Share(_) => None,
            })
            .collect();
        let domains: Vec<usize> = means.iter().map(|(_, domain)| *domain).collect();
        let variances: Vec<f64> = means.iter().map(|(mean, _)| mean.variance).collect();
        let values: Vec<f64> = means.iter().map(|(mean, _)| mean.mean).collect();
        (stats::wald_f(&values, &covariance(&domains, &variances), known.of_all as f64)?, "wald")
    } else {
        let plain = stats::share_homogeneity(&shares)?;
        let total: f64 = shares.iter().map(|share| share.n).sum();
        let pooled: f64 = shares.iter().map(|share| share.p * (share.n / total)).sum();
        let spread = pooled * (1.0 - pooled);
        if spread > 0.0 {
            let domains: Vec<usize> = tested.iter().map(|(_, domain)| *domain).collect();
            let variances: Vec<f64> = shares.iter().map(|share| spread / share.n).collect();
            let values: Vec<f64> = shares.iter().map(|share| share.p).collect();
            let weights: Vec<f64> = variances.iter().map(|variance| 1.0 / variance).collect();
            let covariance = covariance(&domains, &variances);
            let found = stats::second_order_homogeneity(&values, &weights, &covariance, known.of_all as f64)?;
            (found, "rao-scott")
        } else {
            (plain, "chi-square-effective-n")
        }
    };
    group_test(name, &found)
}

fn group_test(name: &'static str, found: &Homogeneity) -> Option<GroupTest> {
    Some(GroupTest {
        name,
        statistic: rounded(found.statistic)?,
        df: rounded(found.df)?,
        df2: found.denominator_df.and_then(rounded),
        p: rounded(found.p)?,
    })
}

fn of_balance(balance: &SampledPromoters, df: f64) -> Option<MeanEstimate> {
    let mean = balance.as_mean().map(|mean| MeanEstimate { df, ..mean })?;
    if mean.variance > 0.0 {
        return Some(mean);
    }
    let one_se = stats::nps_adjusted_wald(&balance.shares, balance.n, 1.0)?;
    Some(MeanEstimate { variance: (f64::midpoint(one_se.high, -one_se.low)).powi(2), ..mean })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::homogeneity;
    use crate::measures::sample::{self, question, rows};
    use crate::measures::{Side, figures};
    use crate::report::Estimate;
    use crate::survey::{Headline, Measure, REASONS};
    use crate::tally::{Count, Counts, Distribution};

    fn side(measure: Measure, headline: Headline, points: &[Count], weighted: bool) -> Option<Side> {
        let mut question = question("q", measure);
        question.headline = Some(headline);
        let counts =
            Counts::Single(Distribution { points: points.to_vec(), missing: [Count::default(); REASONS] });
        let mut context = sample::context();
        context.weighted = weighted;
        let estimates = figures(&question, &counts, &[], &context).unwrap();
        let estimates: Vec<&Estimate> = estimates.iter().collect();
        Side::of(&estimates, headline.name())
    }

    fn sides(measure: Measure, headline: Headline, groups: &[&[u64]]) -> Vec<Side> {
        let of = |points: &&[u64]| {
            let points: Vec<Count> = points.iter().map(|n| rows(*n)).collect();
            side(measure, headline, &points, false).unwrap()
        };
        groups.iter().map(of).collect()
    }

    #[test]
    fn the_golden_segments_differ_as_r_says() {
        // METHODS 3.1: top two of A 39/41, B 32/39, C 19/40: chi-square 26.0211799041 on 2, p 2.236518925e-06.
        let groups = sides(
            Measure::Csat,
            Headline::TopBox,
            &[&[0, 0, 2, 0, 39], &[0, 0, 7, 0, 32], &[0, 0, 21, 0, 19]],
        );
        let test = homogeneity(&groups).unwrap();
        assert_eq!((test.name, test.df, test.df2), ("chi-square", 2.0, None));
        assert_relative_eq!(test.statistic, 26.021_179_904_1, max_relative = 1e-10);
        assert_relative_eq!(test.p, 2.236_518_925e-6, max_relative = 1e-8);
    }

    #[test]
    fn means_are_compared_by_welch() {
        // scipy 1.17.1: f_oneway(a, b, equal_var=False), a = [1]*5+[3]*10+[5]*5, b = [4]*10+[5]*10.
        let groups = sides(Measure::Csat, Headline::Mean, &[&[5, 0, 10, 0, 5], &[0, 0, 0, 10, 10]]);
        let test = homogeneity(&groups).unwrap();
        assert_eq!((test.name, test.df), ("welch-anova", 1.0));
        // Two groups: F is the square of Welch's t, (3 - 4.5)^2 / (40 / 19 / 20 + 5 / 19 / 20).
        assert_relative_eq!(test.statistic, 2.25 / (45.0 / 19.0 / 20.0), max_relative = 1e-10);
    }

    #[test]
    fn promoters_alone_can_be_compared() {
        let everybody: &[u64] = &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40];
        let half: &[u64] = &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20];
        let test = homogeneity(&sides(Measure::Nps, Headline::Nps, &[everybody, half])).unwrap();
        assert!(test.p < 1e-6, "{test:?}");
        let alike = homogeneity(&sides(Measure::Nps, Headline::Nps, &[everybody, everybody])).unwrap();
        assert_relative_eq!(alike.p, 1.0);
    }

    #[test]
    fn small_single_and_varied_by_nothing_are_left_out() {
        let groups = sides(Measure::Csat, Headline::TopBox, &[&[0, 0, 0, 0, 9], &[50, 0, 0, 0, 50]]);
        assert_eq!(homogeneity(&groups), None);
        let alike = sides(Measure::Csat, Headline::Mean, &[&[0, 0, 0, 0, 90], &[50, 0, 0, 0, 50]]);
        assert_eq!(homogeneity(&alike), None);
        assert_eq!(homogeneity(&[]), None);
    }

    #[test]
    fn weights_of_one_change_nothing_in_shares() {
        let counts: [&[u64]; 2] = [&[5, 5, 5, 5, 20], &[10, 5, 5, 5, 10]];
        let plain = homogeneity(&sides(Measure::Csat, Headline::TopBox, &counts)).unwrap();
        let weighted: Vec<Side> = counts
            .iter()
            .map(|points| {
                let points: Vec<Count> = points.iter().map(|n| rows(*n)).collect();
                side(Measure::Csat, Headline::TopBox, &points, true).unwrap()
            })
            .collect();
        let weighted = homogeneity(&weighted).unwrap();
        assert_eq!(weighted.name, "chi-square-effective-n");
        assert_relative_eq!(weighted.statistic, plain.statistic, max_relative = 0.03);
    }
}
