//! Control charts of a series of waves (Shewhart; Montgomery, *Statistical Quality Control*).
//!
//! Every chart is a centre and, for each wave, the standard deviation that chance alone would give
//! it; limits are three of them on either side, raw. The waves that set centre and spread are the
//! caller's choice (`baseline`), so that a wave under test need not judge itself.
//! p chart and charts of other estimates: each wave has its own standard error. XmR: one spread for
//! all from the mean moving range over d₂ = 1.128, the rounded constant of the tables (exactly
//! 2/√π = 1.128379), so 2.66 mR; moving ranges are taken between neighbours that are both in the
//! baseline. Laney's p′ (2002): p chart limits stretched by the moving range of the z values.
//! Where there is no variation there are no limits. Reference cases: `tests/reference/waves`.

use super::distributions::chi_square_sf;
use super::sum::sum;
use super::{Interval, PKind, SampledShare};

/// Standard deviations from the centre to a limit.
const WIDTH: f64 = 3.0;
/// Mean range of two normal values in standard deviations, as tabulated.
pub(super) const D2: f64 = 1.128;
/// Upper limit of a range of two in mean ranges, as tabulated.
const D4: f64 = 3.267;

/// A centre with the limits of every wave.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    /// What the waves vary around.
    pub centre: f64,
    /// One point a wave, in the order given.
    pub points: Vec<ChartPoint>,
}

/// One wave of a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChartPoint {
    /// The value of the wave.
    pub value: f64,
    /// Standard deviation by chance alone.
    pub sigma: f64,
    /// Centre ± 3 sigma, raw but for charts of counts, which end at 0; `None` where sigma is 0.
    pub limits: Option<Interval>,
}

/// A wave's estimate with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WaveEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Number of answers, whole or effective: its part in the centre.
    pub n: f64,
}

/// A chart of individual values and moving ranges.
#[derive(Clone, Debug, PartialEq)]
pub struct XmrChart {
    /// The values.
    pub chart: ControlChart,
    /// Mean moving range of the baseline.
    pub mean_range: f64,
    /// Upper limit of a moving range.
    pub range_limit: f64,
}

/// A p′ chart with the factor that stretches its limits.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneyChart {
    /// The shares.
    pub chart: ControlChart,
    /// Spread of the z values between neighbours; 1 where chance alone is at work.
    pub sigma_z: f64,
}

/// Whether shares vary more than chance alone lets them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Sum of the squared z values.
    pub chi_square: f64,
    /// Waves less one.
    pub df: f64,
    /// Statistic over degrees of freedom: 1 by chance alone, more where something else varies.
    pub ratio: f64,
    /// One-sided p-value against more variation than chance.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
}

/// Shares around the share of all baseline answers.
///
/// `None` for shares that are none, an empty baseline, or one of another length than the waves.
pub fn p_chart(waves: &[SampledShare], baseline: &[bool]) -> Option<ControlChart> {
    if !waves.iter().all(SampledShare::is_valid) {
        return None;
    }
    let centre = pooled(waves.iter().map(|wave| (wave.p, wave.n)), waves.len(), baseline)?.clamp(0.0, 1.0);
    let sigma = |n: f64| (centre * (1.0 - centre) / n).sqrt();
    chart(centre, waves.iter().map(|wave| (wave.p, sigma(wave.n))))
}

/// Estimates with standard errors of their own around their mean over the baseline, by `n`.
///
/// `None` for estimates that are none, an empty baseline, or one of another length than the waves.
pub fn estimate_chart(waves: &[WaveEstimate], baseline: &[bool]) -> Option<ControlChart> {
    let fits = |wave: &WaveEstimate| wave.value.is_finite() && wave.n > 0.0 && wave.n.is_finite();
    if !waves.iter().all(fits) {
        return None;
    }
    let centre = pooled(waves.iter().map(|wave| (wave.value, wave.n)), waves.len(), baseline)?;
    chart(centre, waves.iter().map(|wave| (wave.value, wave.se)))
}

/// Individual values with one spread from the moving ranges of the baseline.
///
/// `None` without two neighbours in the baseline or where a value is not finite.
pub fn xmr_chart(values: &[f64], baseline: &[bool]) -> Option<XmrChart> {
    let centre = pooled(values.iter().map(|value| (*value, 1.0)), values.len(), baseline)?;
    let mean_range = mean_range(values, baseline)?;
    Some(XmrChart {
        chart: chart(centre, values.iter().map(|value| (*value, mean_range / D2)))?,
        mean_range,
        range_limit: Some(D4 * mean_range).filter(|limit| limit.is_finite())?,
    })
}

/// Laney's p′ chart; `None` as [`p_chart`], without two neighbours in the baseline, or where the
/// baseline is all 0 or all 1.
pub fn laney_p_chart(waves: &[SampledShare], baseline: &[bool]) -> Option<LaneyChart> {
    let plain = p_chart(waves, baseline)?;
    let sigma_z = mean_range(&plain.z_values()?, baseline)? / D2;
    let stretched = plain.points.iter().map(|point| (point.value, point.sigma * sigma_z));
    Some(LaneyChart { chart: chart(plain.centre, stretched)?, sigma_z })
}

/// The dispersion test of a p chart's baseline; `None` as [`p_chart`], with fewer than two waves in
/// the baseline, or where the baseline is all 0 or all 1.
pub fn p_dispersion(waves: &[SampledShare], baseline: &[bool]) -> Option<Dispersion> {
    dispersion(&p_chart(waves, baseline)?, baseline)
}

/// The sum of squared z values of the baseline as chi-square; `None` with fewer than two waves in it or a sigma of 0.
pub(super) fn dispersion(chart: &ControlChart, baseline: &[bool]) -> Option<Dispersion> {
    let z_values = chart.z_values()?;
    let chosen = || z_values.iter().zip(baseline).filter(|(_, within)| **within);
    let df = chosen().count().checked_sub(1).filter(|df| *df > 0)? as f64;
    let chi_square = sum(chosen().map(|(z, _)| z * z));
    Some(Dispersion {
        chi_square: Some(chi_square).filter(|x| x.is_finite())?,
        df,
        ratio: chi_square / df,
        p: chi_square_sf(chi_square, df)?,
        p_kind: PKind::ChiSquare,
    })
}

impl ControlChart {
    /// Distances from the centre in sigmas; `None` where a sigma is 0.
    pub(super) fn z_values(&self) -> Option<Vec<f64>> {
        let z =
            |point: &ChartPoint| Some((point.value - self.centre) / point.sigma).filter(|z| z.is_finite());
        self.points.iter().map(z).collect()
    }
}

pub(super) fn chart(centre: f64, waves: impl Iterator<Item = (f64, f64)>) -> Option<ControlChart> {
    let point = |(value, sigma): (f64, f64)| {
        let limits = if sigma > 0.0 { Interval::around(centre, WIDTH * sigma) } else { None };
        (value.is_finite() && sigma >= 0.0 && sigma.is_finite()).then_some(ChartPoint {
            value,
            sigma,
            limits,
        })
    };
    Some(ControlChart { centre, points: waves.map(point).collect::<Option<_>>()? })
}

/// Mean of the baseline values by their sizes.
pub(super) fn pooled(
    waves: impl Iterator<Item = (f64, f64)>,
    count: usize,
    baseline: &[bool],
) -> Option<f64> {
    if count != baseline.len() {
        return None;
    }
    let chosen: Vec<(f64, f64)> =
        waves.zip(baseline).filter(|(_, within)| **within).map(|(wave, _)| wave).collect();
    let total = sum(chosen.iter().map(|(_, size)| *size));
    let &(origin, _) = chosen.first()?;
    // Around the first value, so that equal waves have exactly their value as centre.
    let centre = origin + sum(chosen.iter().map(|(value, size)| (value - origin) * (size / total)));
    centre.is_finite().then_some(centre)
}

/// Mean distance of neighbours that are both in the baseline.
pub(super) fn mean_range(values: &[f64], baseline: &[bool]) -> Option<f64> {
    let ranges: Vec<f64> = values
        .windows(2)
        .zip(baseline.windows(2))
        .filter(|(_, within)| within.iter().all(|within| *within))
        .map(|(pair, _)| (pair[1] - pair[0]).abs())
        .collect();
    let mean = sum(ranges.iter().copied()) / ranges.len() as f64;
    mean.is_finite().then_some(mean)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn shares(waves: &[(f64, f64)]) -> Vec<SampledShare> {
        waves.iter().map(|&(p, n)| SampledShare { p, n }).collect()
    }

    #[test]
    fn published_limits_are_met() {
        let chart = p_chart(&shares(&[(0.82, 200.0)]), &[true]).unwrap();
        let limits = chart.points[0].limits.unwrap();
        assert_relative_eq!(limits.low, 0.7385, epsilon = 5.1e-5);
        assert_relative_eq!(limits.high, 0.9015, epsilon = 5.1e-5);
        let values = [78.0, 80.0, 79.0, 83.0, 81.0, 77.0, 80.0, 82.0];
        let xmr = xmr_chart(&values, &[true; 8]).unwrap();
        let limits = xmr.chart.points[7].limits.unwrap();
        assert_relative_eq!(limits.low, 73.16, epsilon = 6e-3);
        assert_relative_eq!(limits.high, 86.84, epsilon = 6e-3);
        assert_relative_eq!(xmr.range_limit, 8.4009, epsilon = 5.1e-5);
    }

    #[test]
    fn waves_outside_the_baseline_set_nothing() {
        let baseline = [true, true, true, false];
        let one = shares(&[(0.5, 40.0), (0.6, 60.0), (0.55, 50.0), (0.9, 50.0)]);
        let mut other = one.clone();
        other[3].p = 0.1;
        assert_eq!(p_chart(&one, &baseline).unwrap().centre, p_chart(&other, &baseline).unwrap().centre);
        assert_eq!(p_dispersion(&one, &baseline), p_dispersion(&other, &baseline));
        let laney = |waves: &[SampledShare]| laney_p_chart(waves, &baseline).unwrap().sigma_z;
        assert_eq!(laney(&one), laney(&other));
        // A hole in the baseline: 5 to 7 is no pair of neighbours, 7 to 8 is.
        let xmr = xmr_chart(&[5.0, 99.0, 7.0, 8.0], &[true, false, true, true]).unwrap();
        assert_eq!(xmr.mean_range, 1.0);
    }

    #[test]
    fn no_variation_has_a_centre_and_no_limits() {
        for p in [0.0, 1.0] {
            let waves = shares(&[(p, 10.0), (p, 30.0)]);
            let chart = p_chart(&waves, &[true; 2]).unwrap();
            assert_eq!((chart.centre, chart.points[0].limits), (p, None));
            assert_eq!(p_dispersion(&waves, &[true; 2]), None);
            assert_eq!(laney_p_chart(&waves, &[true; 2]), None);
        }
        let same = xmr_chart(&[0.1; 5], &[true; 5]).unwrap();
        assert_eq!((same.chart.centre, same.mean_range, same.chart.points[4].limits), (0.1, 0.0, None));
    }

    #[test]
    fn dispersion_is_the_chi_square_of_the_two_by_k_table() {
        // 10 of 20 and 15 of 20: chi-square of the table is 2.666… on one degree of freedom.
        let test = p_dispersion(&shares(&[(0.5, 20.0), (0.75, 20.0)]), &[true; 2]).unwrap();
        assert_relative_eq!(test.chi_square, 8.0 / 3.0, max_relative = 1e-14);
        assert_eq!((test.df, test.p_kind), (1.0, PKind::ChiSquare));
        assert!(test.p > 0.10 && test.p < 0.11);
    }

    #[test]
    fn the_centre_of_estimates_goes_by_their_answers() {
        let wave = |value, n| WaveEstimate { value, se: 0.1, n };
        let chart = estimate_chart(&[wave(1.0, 10.0), wave(4.0, 30.0), wave(9.0, 5.0)], &[true, true, false]);
        let chart = chart.unwrap();
        assert_relative_eq!(chart.centre, 3.25, max_relative = 1e-15);
        assert_relative_eq!(chart.points[2].limits.unwrap().high, 3.55, max_relative = 1e-14);
    }

    #[test]
    fn shares_given_with_their_errors_make_the_p_chart() {
        let waves = shares(&[(0.5, 40.0), (0.6, 60.0), (0.9, 50.0)]);
        let p = p_chart(&waves, &[true, true, false]).unwrap();
        let with_errors: Vec<WaveEstimate> = waves
            .iter()
            .zip(&p.points)
            .map(|(wave, point)| WaveEstimate { value: wave.p, se: point.sigma, n: wave.n })
            .collect();
        assert_eq!(estimate_chart(&with_errors, &[true, true, false]), Some(p));
    }

    #[test]
    fn nothing_to_start_from_has_no_chart() {
        let two = shares(&[(0.5, 10.0), (0.6, 10.0)]);
        assert_eq!(p_chart(&[], &[]), None);
        assert_eq!(p_chart(&two, &[false, false]), None);
        assert_eq!(p_chart(&two, &[true]), None);
        assert_eq!(p_chart(&shares(&[(0.5, 0.0)]), &[true]), None);
        assert_eq!(xmr_chart(&[1.0], &[true]), None);
        assert_eq!(xmr_chart(&[1.0, f64::NAN], &[true, true]), None);
        assert_eq!(xmr_chart(&[1.0, 2.0, f64::NAN], &[true, true, false]), None);
        assert_eq!(p_dispersion(&two, &[true, false]), None);
        let wave = WaveEstimate { value: 1.0, se: f64::NAN, n: 5.0 };
        assert_eq!(estimate_chart(&[wave], &[true]), None);
    }
}
