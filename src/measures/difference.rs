//! The difference of two independent figures in the report's units: waves, or groups.
//!
//! Shares: Newcombe's interval, or Miettinen and Nurminen's where they are asked for, and the pooled z test, on effective
//! bases and with t where a side is weighted. NPS and net: the
//! raw difference with interval and test from adjusted counts, clipped to ±200 and widened to hold the difference.
//! Means, indexes, gaps and numbers: Welch's t from the standard errors. A side without a standard error (one answer,
//! answers all alike) leaves a difference without interval and test; two censuses differ exactly. With fewer than ten
//! answers on a side, counted or effective, there is no test: the pooled z of one answer against 400 finds a change in
//! one of ten where there is none. The interval stays, since it is honest about them.
//! Which methods and why: METHODS in docs/methods.md. If interval and adjusted p disagree, the verdict follows p.

use crate::report::{ChangeVerdict, Untested};
use crate::stats::{self, Confidence, Interval, Reference, SampledShare};

use super::interval::printed;
use super::related::Related;
use super::rounding::rounded;
use super::side::{Sample, Side, Spread};

/// A difference, later less earlier, in the report's units: percentages differ by points.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The difference.
    pub value: f64,
    /// Its lower limit.
    pub low: Option<f64>,
    /// Its upper limit.
    pub high: Option<f64>,
    /// The two-sided p-value that there is none.
    pub p: Option<f64>,
    /// Why there is no p-value although both sides are samples; `None` where there is one.
    pub untested: Option<Untested>,
    /// The method of interval and test; `census` where both sides are exact; `None` where nothing can be tested.
    pub method: Option<String>,
    /// The smallest difference that these bases would have shown four times in five: a design figure.
    pub minimum_detectable: Option<f64>,
    /// The limits at 1 - 2α, by which two one-sided tests at α judge whether both are about equal.
    pub equivalence: Option<Interval>,
}

impl Difference {
    /// The limits at 1 - 2α where they lie within the margin: two one-sided tests at α show that both are about equal.
    pub fn within(&self, margin: f64) -> Option<Interval> {
        self.equivalence.filter(|limits| margin > 0.0 && limits.low > -margin && limits.high < margin)
    }
}

/// What the method of a difference ends in that knows how both figures move together.
const DESIGN_COVARIANCE: &str = ", design covariance";

/// The fewest of the rarer kind that are to be expected on each side of two shares.
const EXPECTED_FROM: f64 = 2.0;

/// The method of two censuses.
const CENSUS: &str = "census";

/// Which limits the difference of two independent shares gets; its p-value is the pooled z test's with either.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShareLimits {
    /// From the limits of each share alone (Newcombe 1998).
    #[default]
    Newcombe,
    /// The differences that a score test does not reject (Miettinen and Nurminen 1985).
    MiettinenNurminen,
}

impl ShareLimits {
    /// The name, as it is typed and as `method` begins.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newcombe => "newcombe",
            Self::MiettinenNurminen => "miettinen-nurminen",
        }
    }
}

/// How a difference is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceRules {
    /// The confidence level of its limits.
    pub confidence: Confidence,
    /// Which limits that of two independent shares gets; shares that move together get Newcombe's.
    pub share_limits: ShareLimits,
    /// How both figures move together.
    pub related: Related,
}

impl DifferenceRules {
    /// Independent figures, shares with Newcombe's limits.
    pub fn new(confidence: Confidence) -> Self {
        Self { confidence, share_limits: ShareLimits::default(), related: Related::default() }
    }
}

/// `after` less `before`; `None` where the two are not the same kind of figure.
pub fn difference(before: &Side, after: &Side, confidence: Confidence) -> Option<Difference> {
    difference_by(before, after, &DifferenceRules::new(confidence))
}

/// The same by these rules.
pub fn difference_by(before: &Side, after: &Side, rules: &DifferenceRules) -> Option<Difference> {
    let mut difference = contrast_by(before, after, rules)?;
    if before.census || after.census {
        let exact = difference.method.is_some();
        difference.equivalence = Interval::new(difference.value, difference.value).filter(|_| exact);
        return Some(difference);
    }
    difference.minimum_detectable = detectable(before, after, &rules.related, rules.confidence);
    if difference.untested.is_none() && difference.method.is_some() {
        let narrow = Confidence::new(1.0 - 4.0 * rules.confidence.tail())
            .map(|confidence| DifferenceRules { confidence, ..*rules })
            .and_then(|narrow| test(before, after, &narrow));
        difference.equivalence = narrow.and_then(|narrow| {
            let limits = printed(narrow.interval, difference.value, widest(before, after));
            Interval::new(limits.low, limits.high)
        });
    }
    Some(difference)
}

/// The same without what could have been detected and without limits of equivalence: for tables of many.
pub fn contrast(before: &Side, after: &Side, confidence: Confidence) -> Option<Difference> {
    contrast_by(before, after, &DifferenceRules::new(confidence))
}

/// [`contrast`] by these rules.
pub fn contrast_by(before: &Side, after: &Side, rules: &DifferenceRules) -> Option<Difference> {
    let kinds = (&before.sample, &after.sample);
    let same = matches!(
        kinds,
        (Sample::Share(_), Sample::Share(_))
            | (Sample::Balance(_), Sample::Balance(_))
            | (Sample::Mean(_), Sample::Mean(_))
    );
    let value = rounded(after.value - before.value).filter(|_| same)?;
    let mut difference = Difference {
        value,
        low: None,
        high: None,
        p: None,
        untested: None,
        method: None,
        minimum_detectable: None,
        equivalence: None,
    };
    if before.census || after.census {
        let both = before.census && after.census;
        difference.method = both.then(|| CENSUS.to_owned());
        return Some(difference);
    }
    let enough = before.is_tested() && after.is_tested();
    difference.untested = (!enough).then_some(Untested::TooFewAnswers);
    let Some(test) = test(before, after, rules) else { return Some(difference) };
    let limits = printed(test.interval, value, widest(before, after));
    difference.low = rounded(limits.low);
    difference.high = rounded(limits.high);
    let extended = if limits.extended { ", extended" } else { "" };
    let known = if rules.related.is_known() { DESIGN_COVARIANCE } else { "" };
    difference.method = Some(format!("{}{known}{extended}", test.method));
    if enough {
        difference.p = rounded(test.p);
    }
    Some(difference)
}

/// Fisher's p where fewer than two of the rarer kind are to be expected on a side: there one answer would decide by the
/// pooled z (1 of 58 against none of 554 has p = 0.002, by Fisher 0.095). `None` where the pooled z will do.
///
/// With weights the counts are those of the effective bases, rounded. Where nobody or everybody said so on both sides
/// there is no difference to doubt.
fn sparse(first: &SampledShare, second: &SampledShare) -> Option<f64> {
    let pooled = (first.p * first.n + second.p * second.n) / (first.n + second.n);
    let rarer = pooled.min(1.0 - pooled);
    if rarer <= 0.0 || rarer * first.n.min(second.n) >= EXPECTED_FROM {
        return None;
    }
    stats::fisher_exact_of_shares(first, second)
}

/// The least and the greatest possible difference.
pub(super) fn widest(before: &Side, after: &Side) -> Option<(f64, f64)> {
    before.range.zip(after.range).map(|((least, most), _)| (least - most, most - least))
}

/// The smallest true difference that two samples of these sizes would have shown four times in five, at a confidence.
///
/// Shares and balances never exceed what the scale allows, and neither does what could be detected.
pub fn minimum_detectable(before: &Side, after: &Side, confidence: Confidence) -> Option<f64> {
    detectable(before, after, &Related::default(), confidence)
}

/// The same at the confidence of these rules, of figures that move together as they say.
pub fn minimum_detectable_by(before: &Side, after: &Side, rules: &DifferenceRules) -> Option<f64> {
    detectable(before, after, &rules.related, rules.confidence)
}

fn detectable(before: &Side, after: &Side, related: &Related, confidence: Confidence) -> Option<f64> {
    let (raw, bases) = match (&before.sample, &after.sample) {
        (Sample::Share(first), Sample::Share(second)) => {
            (100.0 * stats::detectable_share(first, second, confidence)?, (first.n, second.n))
        }
        (Sample::Balance(first), Sample::Balance(second)) => {
            (100.0 * stats::detectable_nps(first, second, confidence)?, (first.n, second.n))
        }
        (Sample::Mean(Some(first)), Sample::Mean(Some(second))) => {
            (of_means(first, second, before.range, confidence)?, (first.answers.n, second.answers.n))
        }
        _ => return None,
    };
    // Two figures that always move together would show any difference, which no sample does.
    let left = stats::correlated_error(bases.0, bases.1, related.correlation);
    let widest = before.range.map_or(f64::MAX, |(least, most)| most - least);
    rounded((raw * left).min(widest)).filter(|detectable| *detectable > 0.0)
}

/// What the adjusted p-value says at `alpha`; `None` where nothing was tested.
///
/// `about_equal` needs a margin, and the limits at 1 - 2α within it: that there is no clear change is no evidence
/// that there is none. A clear change stays one however small. Two censuses need no test.
pub fn verdict(
    p_adjusted: Option<f64>,
    difference: &Difference,
    alpha: f64,
    margin: Option<f64>,
) -> Option<ChangeVerdict> {
    let exact = difference.method.as_deref() == Some(CENSUS);
    let clear = match p_adjusted {
        Some(p) => p < alpha,
        None if exact => true,
        None => return None,
    };
    let within = margin.is_some_and(|margin| difference.within(margin).is_some());
    Some(if clear && difference.value > 0.0 {
        ChangeVerdict::Up
    } else if clear && difference.value < 0.0 {
        ChangeVerdict::Down
    } else if within {
        ChangeVerdict::AboutEqual
    } else {
        ChangeVerdict::NoClearChange
    })
}

/// An interval and a test in the report's units.
struct Test {
    interval: Interval,
    p: f64,
    method: &'static str,
}

fn test(before: &Side, after: &Side, rules: &DifferenceRules) -> Option<Test> {
    let DifferenceRules { confidence, share_limits, related } = *rules;
    let weighted = before.weighted || after.weighted;
    let df = related.degrees_of_freedom.unwrap_or(before.df + after.df);
    let reference = if weighted { Reference::StudentT(df) } else { Reference::Normal };
    let correlation = related.correlation;
    match (&before.sample, &after.sample) {
        (Sample::Share(first), Sample::Share(second)) => {
            // The score test's limits are of independent shares.
            let limits = if correlation.abs() > 0.0 { ShareLimits::Newcombe } else { share_limits };
            let own = |side: &Side| match related.degrees_of_freedom {
                Some(df) if weighted => confidence.t(df),
                _ => critical(side, confidence),
            };
            let interval = match limits {
                ShareLimits::Newcombe => {
                    stats::newcombe_correlated((second, own(after)?), (first, own(before)?), correlation)?
                }
                ShareLimits::MiettinenNurminen => {
                    let critical = if weighted { confidence.t(df)? } else { confidence.z() };
                    stats::miettinen_nurminen(second, first, critical)?
                }
            };
            let pooled = stats::pooled_correlated_share_test(second, first, correlation, reference)?.p;
            let p = sparse(first, second).filter(|_| related.degrees_of_freedom.is_none()).unwrap_or(pooled);
            let method = match (limits, weighted) {
                (ShareLimits::Newcombe, false) => "newcombe",
                (ShareLimits::Newcombe, true) => "newcombe-effective-n",
                (ShareLimits::MiettinenNurminen, false) => "miettinen-nurminen",
                (ShareLimits::MiettinenNurminen, true) => "miettinen-nurminen-effective-n",
            };
            Some(Test { interval: in_points(interval)?, p, method })
        }
        (Sample::Balance(first), Sample::Balance(second)) => {
            if before.base < 2 || after.base < 2 {
                return None;
            }
            let test = stats::nps_difference_correlated(second, first, correlation, reference, confidence)?;
            let method = if weighted { "adjusted-wald-effective-n" } else { "adjusted-wald" };
            Some(Test { interval: in_points(test.interval?)?, p: test.p?, method })
        }
        (Sample::Mean(Some(first)), Sample::Mean(Some(second))) => {
            let (before, after) = (&first.mean, &second.mean);
            let test = if related.is_known() {
                let covariance = correlation * (before.variance * after.variance).sqrt();
                let own = || stats::satterthwaite(before, after);
                let df = related.degrees_of_freedom.or_else(own).unwrap_or(df);
                stats::correlated_difference(
                    [after.mean, before.mean],
                    [after.variance, before.variance],
                    covariance,
                    Reference::StudentT(df),
                    confidence,
                )?
            } else {
                stats::mean_difference(after, before, confidence)?
            };
            let method = if weighted { "welch-t-linearised" } else { "welch-t" };
            Some(Test { interval: test.interval?, p: test.p?, method })
        }
        _ => None,
    }
}

/// The critical value of one share's own limits.
pub(super) fn critical(side: &Side, confidence: Confidence) -> Option<f64> {
    if side.weighted { confidence.t(side.df) } else { Some(confidence.z()) }
}

pub(super) fn in_points(interval: Interval) -> Option<Interval> {
    Interval::new(100.0 * interval.low, 100.0 * interval.high)
}

fn of_means(
    first: &Spread,
    second: &Spread,
    range: Option<(f64, f64)>,
    confidence: Confidence,
) -> Option<f64> {
    // A free number has no ends: those of its own figures stand in, a standard deviation beyond the means.
    let ends = range.unwrap_or_else(|| {
        let reach = first.answers.variance.max(second.answers.variance).sqrt();
        let (one, other) = (first.answers.mean, second.answers.mean);
        (one.min(other) - reach, one.max(other) + reach)
    });
    stats::detectable_mean(&first.answers, &second.answers, ends, confidence)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::{Difference, difference, verdict};
    use crate::measures::sample::{confidence, context, question, rows};
    use crate::measures::{Context, Side, figures};
    use crate::report::{ChangeVerdict, Untested};
    use crate::survey::{Headline, Measure, Question, REASONS};
    use crate::tally::{Count, Counts, Distribution};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn side(question: &Question, points: &[u64], statistic: &str, context: &Context) -> Option<Side> {
        let points = points.iter().map(|n| rows(*n)).collect();
        let counts = Counts::Single(Distribution { points, missing: [Count::default(); REASONS] });
        let found = figures(question, &counts, &[], context).unwrap();
        let scale = question.scale.as_ref().map(|scale| [scale.min, scale.max]);
        Side::of(&found.iter().collect::<Vec<_>>(), statistic).map(|side| side.on_scale(scale, statistic))
    }

    fn between(measure: Measure, statistic: &str, before: &[u64], after: &[u64]) -> Difference {
        let (question, context) = (question("q", measure), context());
        let of = |points| side(&question, points, statistic, &context).unwrap();
        difference(&of(before), &of(after), confidence(0.95)).unwrap()
    }

    #[test]
    fn shares_have_newcombes_limits_and_the_pooled_p_in_points() {
        // METHODS 3.1, statsmodels: 39/41 against 32/39.
        let found = between(Measure::Csat, "top_box", &[0, 7, 0, 0, 32], &[0, 2, 0, 0, 39]);
        assert_relative_eq!(found.low.unwrap(), -1.327_091_28, epsilon = 1e-8);
        assert_relative_eq!(found.high.unwrap(), 28.207_352_60, epsilon = 1e-7);
        assert_relative_eq!(found.p.unwrap(), 0.064_408_822_18, epsilon = 1e-10);
        assert_eq!(found.method.as_deref(), Some("newcombe"));
        // oracle trend.two_period_prop, statsmodels 0.15: 77 of 120 and 81 of 123.
        let quarters = between(Measure::Csat, "top_box", &[0, 43, 0, 0, 77], &[0, 42, 0, 0, 81]);
        assert_relative_eq!(quarters.low.unwrap(), -10.177_966_530_476_8, epsilon = 1e-9);
        assert_relative_eq!(quarters.high.unwrap(), 13.509_264_629_180_9, epsilon = 1e-9);
        assert_relative_eq!(quarters.p.unwrap(), 0.782_786_037_760_5, epsilon = 1e-11);
        assert_eq!(verdict(found.p, &found, 0.05, None), Some(ChangeVerdict::NoClearChange));
    }

    #[test]
    fn net_promoter_scores_show_the_raw_difference_with_adjusted_limits() {
        // METHODS 3.1, R closed form: detractors, passives, promoters 4, 12, 25 against 23, 7, 10.
        let of = |d, n, p| vec![d, 0, 0, 0, 0, 0, 0, n, 0, p, 0];
        let found = between(Measure::Nps, "nps", &of(23, 7, 10), &of(4, 12, 25));
        assert_relative_eq!(found.value, 83.719_512_195_1, epsilon = 1e-9);
        assert_relative_eq!(found.low.unwrap(), 45.688_656_851_6, epsilon = 1e-8);
        assert_relative_eq!(found.high.unwrap(), 110.231_004_882_0, epsilon = 1e-8);
        assert_eq!(verdict(found.p, &found, 0.05, None), Some(ChangeVerdict::Up));
        let opposite = between(Measure::Nps, "nps", &of(0, 0, 40), &of(40, 0, 0));
        assert_eq!((opposite.value, opposite.low), (-200.0, Some(-200.0)));
        assert!(opposite.method.unwrap().ends_with(", extended"));
    }

    #[test]
    fn means_have_welchs_t() {
        // scipy 1.17.1: ttest_ind([3,4,4,5,5,5]*2, [1,2,2,3,4]*2, equal_var=False), its confidence_interval(0.95).
        let found = between(Measure::Csat, "mean", &[2, 4, 2, 2, 0], &[0, 0, 2, 4, 6]);
        assert_relative_eq!(found.value, 1.933_333_333_333, epsilon = 1e-9);
        assert_eq!(found.method.as_deref(), Some("welch-t"));
        assert_relative_eq!(found.low.unwrap(), 1.069_784_099_565, epsilon = 1e-9);
        assert_relative_eq!(found.high.unwrap(), 2.796_882_567_101, epsilon = 1e-9);
        assert_relative_eq!(found.p.unwrap(), 0.000_217_309_977_05, epsilon = 1e-12);
        assert!(found.minimum_detectable.unwrap() > 0.0 && found.minimum_detectable.unwrap() <= 4.0);
    }

    #[test]
    fn sides_without_a_standard_error_differ_without_a_test() {
        for (before, after) in [([0, 0, 0, 0, 1], [0, 0, 3, 4, 5]), ([0, 0, 0, 0, 40], [0, 0, 0, 40, 0])] {
            let found = between(Measure::Csat, "mean", &before, &after);
            assert_eq!((found.low, found.high, found.p, &found.method), (None, None, None, &None));
            assert_eq!(verdict(None, &found, 0.05, Some(1.0)), None);
        }
        let one = between(
            Measure::Nps,
            "nps",
            &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
            &[5, 0, 0, 0, 0, 0, 0, 5, 0, 0, 9],
        );
        assert_eq!((one.p, one.low), (None, None));
        assert!(one.minimum_detectable.is_some());
    }

    #[test]
    fn fewer_than_ten_answers_on_a_side_are_not_tested_and_keep_their_interval() {
        // One unsatisfied answer against 360 of 400: pooled z gives p = 0.003.
        let one = between(Measure::Csat, "top_box", &[0, 40, 0, 0, 360], &[0, 1, 0, 0, 0]);
        assert_eq!((one.p, one.untested), (None, Some(Untested::TooFewAnswers)));
        assert!(one.low.is_some() && one.method.is_some() && one.equivalence.is_none());
        assert_eq!(verdict(one.p, &one, 0.05, Some(50.0)), None);
        let nine = between(Measure::Csat, "top_box", &[0, 40, 0, 0, 360], &[0, 9, 0, 0, 0]);
        let ten = between(Measure::Csat, "top_box", &[0, 40, 0, 0, 360], &[0, 10, 0, 0, 0]);
        assert_eq!((nine.p, ten.untested), (None, None));
        assert!(ten.p.unwrap() < 1e-6);
        for (measure, statistic) in [(Measure::Csat, "mean"), (Measure::Csat, "net")] {
            let found = between(measure, statistic, &[3, 2, 2, 1, 1], &[10, 20, 30, 40, 50]);
            assert_eq!((found.p, found.untested), (None, Some(Untested::TooFewAnswers)), "{statistic}");
            assert!(found.low.is_some(), "{statistic}");
        }
    }

    #[test]
    fn everybody_satisfied_twice_is_no_change_with_an_interval() {
        let found = between(Measure::Csat, "top_box", &[0, 0, 0, 0, 12], &[0, 0, 0, 0, 12]);
        assert_eq!((found.value, found.p), (0.0, Some(1.0)));
        assert!(found.low.unwrap() < 0.0 && found.high.unwrap() > 0.0);
    }

    #[test]
    fn two_censuses_differ_exactly_and_one_is_not_tested() {
        let question = question("q", Measure::Csat);
        let census = Context { population: Some(20), ..context() };
        let of = |points: &[u64], context: &Context| side(&question, points, "top_box", context).unwrap();
        let (all, more) = (of(&[0, 0, 10, 5, 5], &census), of(&[0, 0, 5, 5, 10], &census));
        let found = difference(&all, &more, confidence(0.95)).unwrap();
        assert_eq!((found.value, found.p, found.method.as_deref()), (25.0, None, Some("census")));
        assert_eq!(verdict(None, &found, 0.05, None), Some(ChangeVerdict::Up));
        let mixed = difference(&all, &of(&[0, 0, 5, 5, 10], &context()), confidence(0.95)).unwrap();
        assert_eq!((mixed.p, mixed.method.clone()), (None, None));
        assert_eq!(verdict(None, &mixed, 0.05, None), None);
    }

    #[test]
    fn about_equal_needs_a_margin_and_narrow_limits_within_it() {
        let many = between(Measure::Csat, "top_box", &[0, 0, 4_000, 0, 6_000], &[0, 0, 4_010, 0, 5_990]);
        assert_eq!(verdict(many.p, &many, 0.05, None), Some(ChangeVerdict::NoClearChange));
        assert_eq!(verdict(many.p, &many, 0.05, Some(3.0)), Some(ChangeVerdict::AboutEqual));
        assert_eq!(verdict(many.p, &many, 0.05, Some(0.5)), Some(ChangeVerdict::NoClearChange));
        let few = between(Measure::Csat, "top_box", &[0, 0, 4, 0, 6], &[0, 0, 4, 0, 6]);
        assert_eq!(verdict(few.p, &few, 0.05, Some(3.0)), Some(ChangeVerdict::NoClearChange));
        let clear = between(Measure::Csat, "top_box", &[0, 0, 4_000, 0, 6_000], &[0, 0, 3_800, 0, 6_200]);
        assert_eq!(verdict(clear.p, &clear, 0.05, Some(9.0)), Some(ChangeVerdict::Up), "clear, if small");
    }

    #[test]
    fn a_share_is_not_compared_with_a_mean() {
        let (question, context) = (question("q", Measure::Csat), context());
        let of = |statistic| side(&question, &[1, 2, 3, 4, 5], statistic, &context).unwrap();
        assert_eq!(difference(&of("top_box"), &of("mean"), confidence(0.95)), None);
    }

    #[test]
    fn weighted_sides_have_students_limits_on_the_effective_base() {
        let mut weighted = context();
        (weighted.weighted, weighted.design_rows) = (true, 100);
        let mut question = question("q", Measure::Csat);
        question.headline = Some(Headline::TopBox);
        let of = |points: &[u64], context: &Context| side(&question, points, "top_box", context).unwrap();
        let plain = difference(
            &of(&[0, 5, 5, 5, 5], &context()),
            &of(&[0, 2, 3, 5, 10], &context()),
            confidence(0.95),
        );
        let found =
            difference(&of(&[0, 5, 5, 5, 5], &weighted), &of(&[0, 2, 3, 5, 10], &weighted), confidence(0.95));
        let (plain, found) = (plain.unwrap(), found.unwrap());
        assert_eq!(found.method.as_deref(), Some("newcombe-effective-n"));
        assert_eq!(found.value, plain.value);
        assert!(found.low < plain.low && found.high > plain.high && found.p > plain.p);
    }

    proptest! {
        #[test]
        fn the_other_way_round_is_the_same_with_the_sign_turned(
            before in prop::collection::vec(0_u64..40, 11),
            after in prop::collection::vec(0_u64..40, 11),
            statistic in prop::sample::select(vec!["nps", "promoters", "mean"]),
        ) {
            prop_assume!(before.iter().sum::<u64>() > 0 && after.iter().sum::<u64>() > 0);
            let there = between(Measure::Nps, statistic, &before, &after);
            let back = between(Measure::Nps, statistic, &after, &before);
            let near = |a: Option<f64>, b: Option<f64>| match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-8,
                (None, None) => true,
                _ => false,
            };
            prop_assert!((there.value + back.value).abs() < 1e-9);
            prop_assert!(near(there.low, back.high.map(|high| -high)) && near(there.p, back.p));
            if let (Some(low), Some(high)) = (there.low, there.high) {
                prop_assert!(low <= there.value && there.value <= high);
            }
            prop_assert!(there.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
        }
    }
}
