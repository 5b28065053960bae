//! Control charts of counts: c for equal exposures, u for rates, u′ for rates that vary more than chance.
//!
//! Shewhart's charts under the Poisson law (Montgomery, *Statistical Quality Control*, 7.3): limits are three
//! standard deviations on either side of the centre, cut at 0, where a count cannot go below. Laney's u′ (2002,
//! *Quality Engineering* 14, 531-537) stretches them by the moving range of the z values over d₂ = 1.128. Centre and
//! stretch come from the baseline, as in `control_chart.rs`. Where a wave expects fewer than nine events there is no lower limit
//! above 0: a good wave cannot signal by one point.

use super::control_chart::{D2, chart, dispersion, mean_range, pooled};
use super::{ControlChart, Dispersion, EventRate, Interval, LaneyChart};

/// Counts of waves of equal exposure around the mean of the baseline.
///
/// `None` for an empty baseline or one of another length than the counts.
pub fn c_chart(counts: &[u64], baseline: &[bool]) -> Option<ControlChart> {
    let values = || counts.iter().map(|count| *count as f64);
    let centre = pooled(values().map(|value| (value, 1.0)), counts.len(), baseline)?.max(0.0);
    Some(ended_at_0(chart(centre, values().map(|value| (value, centre.sqrt())))?))
}

/// Rates of waves around the rate of the whole baseline.
///
/// `None` where an exposure is not positive and finite, for an empty baseline, or one of another length than the waves.
pub fn u_chart(waves: &[EventRate], baseline: &[bool]) -> Option<ControlChart> {
    Some(ended_at_0(raw_u_chart(waves, baseline)?))
}

/// Laney's u′ chart; `None` as [`u_chart`], without two neighbours in the baseline, or where the baseline has no events.
pub fn laney_u_chart(waves: &[EventRate], baseline: &[bool]) -> Option<LaneyChart> {
    let plain = raw_u_chart(waves, baseline)?;
    let sigma_z = mean_range(&plain.z_values()?, baseline)? / D2;
    let stretched = plain.points.iter().map(|point| (point.value, point.sigma * sigma_z));
    Some(LaneyChart { chart: ended_at_0(chart(plain.centre, stretched)?), sigma_z })
}

/// Whether rates vary more than chance alone lets them: the chi-square of a u chart's baseline.
///
/// `None` as [`u_chart`], with fewer than two waves in the baseline, or where it has no events.
pub fn u_dispersion(waves: &[EventRate], baseline: &[bool]) -> Option<Dispersion> {
    dispersion(&raw_u_chart(waves, baseline)?, baseline)
}

fn raw_u_chart(waves: &[EventRate], baseline: &[bool]) -> Option<ControlChart> {
    let rates: Vec<f64> = waves.iter().map(|wave| wave.rate()).collect::<Option<_>>()?;
    let sized = rates.iter().zip(waves).map(|(rate, wave)| (*rate, wave.exposure));
    let centre = pooled(sized, waves.len(), baseline)?.max(0.0);
    chart(centre, rates.iter().zip(waves).map(|(rate, wave)| (*rate, (centre / wave.exposure).sqrt())))
}

fn ended_at_0(mut chart: ControlChart) -> ControlChart {
    for point in &mut chart.points {
        point.limits = point.limits.map(|limits| Interval { low: limits.low.max(0.0), ..limits });
    }
    chart
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn rates(waves: &[(u64, f64)]) -> Vec<EventRate> {
        waves.iter().map(|&(events, exposure)| EventRate { events, exposure }).collect()
    }

    const WAVES: [(u64, f64); 7] =
        [(14, 110.0), (10, 80.0), (12, 95.0), (31, 90.0), (9, 130.0), (22, 120.0), (17, 100.0)];

    #[test]
    fn published_limits_are_met() {
        // Montgomery, Statistical Quality Control, 6th edition, examples 7.3 and 7.4: 516 defects in 26 samples have
        // limits 6.48 and 33.22; 74 errors in 20 weeks of 50 shipments each 0 and 0.1894.
        let counts = [
            21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19,
            17, 15,
        ];
        let chart = c_chart(&counts, &[true; 26]).unwrap();
        assert_relative_eq!(chart.centre, 19.85, epsilon = 5e-3);
        let limits = chart.points[25].limits.unwrap();
        assert_relative_eq!(limits.low, 6.48, epsilon = 5e-3);
        assert_relative_eq!(limits.high, 33.22, epsilon = 1.1e-2);
        let errors = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4];
        let weeks: Vec<(u64, f64)> = errors.iter().map(|&events| (events, 50.0)).collect();
        let chart = u_chart(&rates(&weeks), &[true; 20]).unwrap();
        assert_relative_eq!(chart.centre, 0.074, epsilon = 1e-12);
        let limits = chart.points[0].limits.unwrap();
        assert_eq!(limits.low, 0.0);
        assert_relative_eq!(limits.high, 0.1894, epsilon = 5.1e-5);
    }

    #[test]
    fn rates_of_unequal_exposure_meet_the_formulas_in_r() {
        // R 4.2.2: u <- sum(c) / sum(n); s <- sqrt(u / n); 1.128 for d2; the fourth wave is left out of the baseline
        // where said.
        let waves = rates(&WAVES);
        let plain = u_chart(&waves, &[true; 7]).unwrap();
        assert_relative_eq!(plain.centre, 0.158_620_689_655_172_43, max_relative = 1e-13);
        let limits = plain.points[1].limits.unwrap();
        assert_relative_eq!(limits.low, 0.025_036_156_170_914_23, max_relative = 1e-12);
        assert_relative_eq!(limits.high, 0.292_205_223_139_430_65, max_relative = 1e-12);
        let laney = laney_u_chart(&waves, &[true; 7]).unwrap();
        assert_relative_eq!(laney.sigma_z, 2.355_360_900_423_039, max_relative = 1e-12);
        let limits = laney.chart.points[4].limits.unwrap();
        assert_relative_eq!(limits.high, 0.405_444_445_658_708_74, max_relative = 1e-12);
        let test = u_dispersion(&waves, &[true; 7]).unwrap();
        assert_relative_eq!(test.chi_square, 28.561_320_652_396_162, max_relative = 1e-12);
        assert_relative_eq!(test.p, 7.363_736_574_490_585e-5, max_relative = 1e-10);
        assert_eq!(test.df, 6.0);
        let baseline = [true, true, true, false, true, true, true];
        let without = laney_u_chart(&waves, &baseline).unwrap();
        assert_relative_eq!(without.chart.centre, 0.132_283_464_566_929_13, max_relative = 1e-13);
        assert_relative_eq!(without.sigma_z, 0.901_717_918_319_511_8, max_relative = 1e-12);
    }

    #[test]
    fn equal_exposures_make_the_c_chart() {
        let counts = [4, 9, 2, 7];
        let c = c_chart(&counts, &[true; 4]).unwrap();
        let u = u_chart(&rates(&counts.map(|events| (events, 1.0))), &[true; 4]).unwrap();
        assert_eq!(c, u);
    }

    #[test]
    fn no_events_have_a_centre_and_no_limits() {
        let chart = c_chart(&[0, 0, 3], &[true, true, false]).unwrap();
        assert_eq!((chart.centre, chart.points[2].limits), (0.0, None));
        let none = rates(&[(0, 5.0), (0, 7.0)]);
        assert_eq!(u_chart(&none, &[true; 2]).unwrap().centre, 0.0);
        assert_eq!(laney_u_chart(&none, &[true; 2]), None);
        assert_eq!(u_dispersion(&none, &[true; 2]), None);
    }

    #[test]
    fn nothing_to_start_from_has_no_chart() {
        assert_eq!(c_chart(&[], &[]), None);
        assert_eq!(c_chart(&[3], &[false]), None);
        assert_eq!(c_chart(&[3], &[true, true]), None);
        assert_eq!(u_chart(&rates(&[(3, 0.0), (3, 1.0)]), &[true; 2]), None);
        assert_eq!(u_chart(&rates(&[(3, 1.0)]), &[false]), None);
        assert_eq!(laney_u_chart(&rates(&[(3, 1.0)]), &[true]), None);
        assert_eq!(u_dispersion(&rates(&[(3, 1.0), (4, 1.0)]), &[true, false]), None);
    }
}
