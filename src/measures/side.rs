//! One side of a comparison: a figure with what is needed to test it against another.
//!
//! Everything comes from the estimates of a report, never from answers, so that a saved report can be compared with
//! a file as if both were files. A share is its value on the effective base; a balance of two shares (NPS, net) is
//! rebuilt from the shares beside it; any other figure is a mean with its standard error.

use crate::report::{Estimate, Flag, Unit};
use crate::stats::{MeanEstimate, PromoterShares, SampledMean, SampledPromoters, SampledShare};

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    pub(super) value: f64,
    pub(super) base: u64,
    /// Degrees of freedom of a weighted figure, at least one.
    pub(super) df: f64,
    pub(super) weighted: bool,
    /// Everybody of the population answered: the figure is not a sample's.
    pub(super) census: bool,
    pub(super) sample: Sample,
    /// The least and the greatest possible figure.
    pub(super) range: Option<(f64, f64)>,
}

/// What the figure is a figure of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sample {
    Share(SampledShare),
    Balance(SampledPromoters),
    /// The spread is `None` where there is no standard error.
    Mean(Option<Spread>),
}

/// A mean in the two shapes that tests and detectable changes take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    pub(super) mean: MeanEstimate,
    pub(super) answers: SampledMean,
}

/// The fewest answers that are tested; with less, both normal tests and Welch's find far more than there is.
const TESTED_FROM: f64 = 10.0;

/// How far the parts of a balance may miss its value, in points: 12 digits are kept.
const DUST: f64 = 1e-6;

impl Side {
    /// The side of one statistic among the estimates of one question in one stratum.
    ///
    /// `None` where the figure does not exist or is hidden.
    pub fn of(estimates: &[&Estimate], statistic: &str) -> Option<Self> {
        let find = |name: &str| estimates.iter().copied().find(|estimate| estimate.statistic == name);
        let estimate = find(statistic)?;
        let (value, base) = (estimate.value?, estimate.base.filter(|base| *base > 0)?);
        let percent = |name: &str| find(name).and_then(|part| part.value);
        let sample = match (estimate.unit, statistic) {
            (Unit::Percent, _) => share(estimate, value)?,
            (_, "nps") => balance(estimate, value, percent("promoters"), percent("detractors"))
                .unwrap_or_else(|| Sample::Mean(spread(estimate, value, base))),
            (_, "net") => balance(estimate, value, percent("top_box"), percent("bottom_box"))
                .unwrap_or_else(|| Sample::Mean(spread(estimate, value, base))),
            _ => Sample::Mean(spread(estimate, value, base)),
        };
        let range = match estimate.unit {
            Unit::Percent | Unit::Index => Some((0.0, 100.0)),
            Unit::Points => Some((-100.0, 100.0)),
            Unit::Scale | Unit::Days | Unit::Rate | Unit::Count => None,
        };
        Some(Self {
            value,
            base,
            df: df(estimate, base).max(1.0),
            weighted: estimate.base_kish.is_some(),
            census: estimate.flag == Some(Flag::Census),
            sample,
            range,
        })
    }

    /// The same on a question's scale, whose ends bound a mean; `statistic` tells a gap from a mean.
    #[must_use]
    pub fn on_scale(mut self, scale: Option<[i32; 2]>, statistic: &str) -> Self {
        if let (None, Some([min, max])) = (self.range, scale) {
            let (min, max) = (f64::from(min), f64::from(max));
            self.range = Some(if statistic == "gap" { (min - max, max - min) } else { (min, max) });
        }
        self
    }

    /// The figure in the report's unit.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// How many answered.
    pub fn base(&self) -> u64 {
        self.base
    }

    /// Whether there are answers enough for a test, both counted and as good as without weights.
    pub(super) fn is_tested(&self) -> bool {
        let effective = match &self.sample {
            Sample::Share(share) => share.n,
            Sample::Balance(balance) => balance.n,
            Sample::Mean(spread) => spread.map_or(f64::INFINITY, |spread| spread.answers.n),
        };
        effective.min(self.base as f64) >= TESTED_FROM
    }
}

/// Degrees of freedom: of the design where it says so, else answers less one.
fn df(estimate: &Estimate, base: u64) -> f64 {
    estimate.degrees_of_freedom.unwrap_or(base.saturating_sub(1) as f64)
}

fn share(estimate: &Estimate, value: f64) -> Option<Sample> {
    let n = estimate.base_effective.filter(|n| *n > 0.0)?;
    Some(Sample::Share(SampledShare { p: (value / 100.0).clamp(0.0, 1.0), n }))
}

/// A balance from its two shares in percent; `None` where they do not make it up.
///
/// The boxes of a short scale may share points, which cancel: they are what the two shares have above 100.
fn balance(estimate: &Estimate, value: f64, above: Option<f64>, below: Option<f64>) -> Option<Sample> {
    let n = estimate.base_effective.filter(|n| *n > 0.0)?;
    let (above, below) = (above?, below?);
    if (above - below - value).abs() > DUST {
        return None;
    }
    let between = (100.0 - above - below).abs();
    let shared = (above + below - 100.0).max(0.0);
    let clipped = |share: f64| (share - shared).max(0.0);
    let shares = PromoterShares::from_totals(clipped(above), between, clipped(below))?;
    Some(Sample::Balance(SampledPromoters { shares, n }))
}

fn spread(estimate: &Estimate, value: f64, base: u64) -> Option<Spread> {
    let se = estimate.se.filter(|se| *se > 0.0)?;
    let df = Some(df(estimate, base)).filter(|df| *df > 0.0)?;
    let n = estimate.base_effective.filter(|n| *n > 0.0)?;
    Some(Spread {
        mean: MeanEstimate { mean: value, variance: se * se, df },
        answers: SampledMean { mean: value, variance: se * se * n, n },
    })
}

#[cfg(test)]
mod tests {
    use super::{Sample, Side};
    use crate::measures::figures;
    use crate::measures::sample::{context, joint, question, rows};
    use crate::report::{Estimate, Unit};
    use crate::survey::{Measure, Question, REASONS, Scale};
    use crate::tally::{Count, Counts, Distribution};
    use approx::assert_relative_eq;

    fn estimates(question: &Question, points: &[u64]) -> Vec<Estimate> {
        let points = points.iter().map(|n| rows(*n)).collect();
        let counts = Counts::Single(Distribution { points, missing: [Count::default(); REASONS] });
        figures(question, &counts, &[], &context()).unwrap()
    }

    fn side(estimates: &[Estimate], statistic: &str) -> Option<Side> {
        Side::of(&estimates.iter().collect::<Vec<_>>(), statistic)
    }

    #[test]
    fn an_nps_is_rebuilt_from_its_shares() {
        let found = estimates(&question("recommend", Measure::Nps), &[1, 0, 0, 0, 0, 0, 19, 15, 15, 20, 30]);
        let Sample::Balance(balance) = side(&found, "nps").unwrap().sample else { panic!("no balance") };
        assert_relative_eq!(balance.shares.promoters, 0.5, epsilon = 1e-12);
        assert_relative_eq!(balance.shares.passives, 0.3, epsilon = 1e-12);
        assert_relative_eq!(balance.n, 100.0);
        let alone: Vec<&Estimate> = found.iter().filter(|found| found.statistic == "nps").collect();
        assert!(matches!(Side::of(&alone, "nps").unwrap().sample, Sample::Mean(Some(_))));
    }

    #[test]
    fn boxes_that_share_a_point_cancel_there() {
        let mut short = question("overall", Measure::Csat);
        short.scale = Some(Scale { top: 2, ..Scale::new("three", 1, 3) });
        let Sample::Balance(net) = side(&estimates(&short, &[20, 30, 50]), "net").unwrap().sample else {
            panic!("no balance")
        };
        assert_relative_eq!(net.shares.promoters, 0.5, epsilon = 1e-12);
        assert_relative_eq!(net.shares.passives, 0.3, epsilon = 1e-12);
        assert_relative_eq!(net.shares.detractors, 0.2, epsilon = 1e-12);
    }

    #[test]
    fn a_gap_lies_between_both_ends_of_the_scale_and_no_answer_is_no_side() {
        let gap = question("staff", Measure::Gap);
        let found = figures(&gap, &joint(7, &[(7, 5, 10), (6, 6, 5)]), &[], &context()).unwrap();
        let gap = side(&found, "gap").unwrap().on_scale(Some([1, 7]), "gap");
        assert_eq!(gap.range, Some((-6.0, 6.0)));
        assert_eq!((gap.base(), gap.value()), (15, found[2].value.unwrap()));
        let nobody = estimates(&question("overall", Measure::Csat), &[0; 5]);
        assert_eq!(side(&nobody, "top_box"), None);
        assert_eq!(side(&nobody, "unknown"), None);
        assert!(nobody.iter().any(|estimate| estimate.unit == Unit::Percent));
    }
}
