//! Patterns of a control chart that chance seldom makes.
//!
//! Five of the Western Electric and Nelson 1984 rules. A pattern is reported at the wave that
//! completes it, and at each later one that still does. A wave on the centre belongs to neither side.
//! Every further rule raises the chance of a false alarm (one wave beyond limits: 0.3 % a wave), so
//! the rules are named one by one and not added up. Reference cases: `tests/reference/waves`.

use super::{ChartPoint, ControlChart};

/// Values that agree to this part of the larger are equal.
const SAME: f64 = 1e-12;

/// A pattern, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunRule {
    /// One wave beyond a limit.
    BeyondLimits,
    /// Eight waves in a row on one side of the centre.
    RunOfEight,
    /// Two of three waves beyond two sigmas on one side.
    TwoOfThree,
    /// Four of five waves beyond one sigma on one side.
    FourOfFive,
    /// Six waves in a row, each above the one before, or each below.
    SixRisingOrFalling,
}

impl RunRule {
    /// Every rule, in the order in which they are named.
    pub const ALL: [Self; 5] =
        [Self::BeyondLimits, Self::RunOfEight, Self::TwoOfThree, Self::FourOfFive, Self::SixRisingOrFalling];

    /// The name in a report.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeyondLimits => "beyond_limits",
            Self::RunOfEight => "run_of_eight",
            Self::TwoOfThree => "two_of_three",
            Self::FourOfFive => "four_of_five",
            Self::SixRisingOrFalling => "six_rising_or_falling",
        }
    }
}

/// The rules that signal at each wave, in the order of the chart; mostly none.
pub fn run_rules(chart: &ControlChart) -> Vec<Vec<RunRule>> {
    let sides: Vec<f64> = chart.points.iter().map(|point| step(chart.centre, point.value)).collect();
    let z: Vec<f64> = chart.points.iter().map(|point| sigmas(chart.centre, point)).collect();
    let steps: Vec<f64> = chart.points.windows(2).map(|pair| step(pair[0].value, pair[1].value)).collect();
    let at = |wave: usize| {
        [
            (RunRule::BeyondLimits, enough(&z, wave, 1, 1, 3.0)),
            (RunRule::RunOfEight, enough(&sides, wave, 8, 8, 0.0)),
            (RunRule::TwoOfThree, enough(&z, wave, 2, 3, 2.0)),
            (RunRule::FourOfFive, enough(&z, wave, 4, 5, 1.0)),
            (RunRule::SixRisingOrFalling, wave > 0 && enough(&steps, wave - 1, 5, 5, 0.0)),
        ]
    };
    let signals = |wave| at(wave).into_iter().filter(|(_, signal)| *signal).map(|(rule, _)| rule).collect();
    (0..chart.points.len()).map(signals).collect()
}

/// Whether `values[last]` and at least `wanted` of the `among` up to it lie beyond `bound`, all on
/// the same side.
fn enough(values: &[f64], last: usize, wanted: usize, among: usize, bound: f64) -> bool {
    let window = &values[(last + 1).saturating_sub(among)..=last];
    [1.0, -1.0].iter().any(|side| {
        let beyond = |value: &&f64| side * **value > bound;
        beyond(&&values[last]) && window.iter().filter(beyond).count() >= wanted
    })
}

/// Distance from the centre in sigmas; 0, which no rule counts, where there is no sigma.
fn sigmas(centre: f64, point: &ChartPoint) -> f64 {
    match point.limits {
        // By the printed limits themselves, so that limit and signal cannot contradict each other.
        Some(limits) if !limits.contains(point.value) => f64::INFINITY.copysign(point.value - centre),
        Some(_) => ((point.value - centre) / point.sigma).clamp(-3.0, 3.0),
        None => 0.0,
    }
}

/// 1 upwards, -1 downwards, 0 for the same value.
fn step(from: f64, to: f64) -> f64 {
    if (to - from).abs() <= SAME * from.abs().max(to.abs()) { 0.0 } else { (to - from).signum() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{WaveEstimate, estimate_chart, xmr_chart};

    /// Waves of sigma 1 around 0, whose centre a single heavy first wave holds there.
    fn signals(values: &[f64]) -> Vec<Vec<RunRule>> {
        let mut waves = vec![WaveEstimate { value: 0.0, se: 1.0, n: 1.0 }];
        waves.extend(values.iter().map(|&value| WaveEstimate { value, se: 1.0, n: 1.0 }));
        let mut baseline = vec![false; waves.len()];
        baseline[0] = true;
        let mut signals = run_rules(&estimate_chart(&waves, &baseline).unwrap());
        signals.remove(0);
        signals
    }

    fn waves_of(rule: RunRule, values: &[f64]) -> Vec<usize> {
        let signals = signals(values);
        (0..signals.len()).filter(|wave| signals[*wave].contains(&rule)).collect()
    }

    #[test]
    fn each_rule_signals_where_its_pattern_is_complete() {
        assert_eq!(waves_of(RunRule::BeyondLimits, &[3.0, 3.01, -3.0, -3.01, 0.0]), [1, 3]);
        assert_eq!(waves_of(RunRule::TwoOfThree, &[2.1, 0.0, 2.1, 0.0, 0.0, 2.1]), [2]);
        assert_eq!(waves_of(RunRule::FourOfFive, &[1.1, 1.1, 0.0, 1.1, 1.1, 0.0]), [4]);
        let run = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, -0.1];
        assert_eq!(waves_of(RunRule::RunOfEight, &run), [7, 8]);
        let rising = [0.5, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.7];
        assert_eq!(waves_of(RunRule::SixRisingOrFalling, &rising), [6, 7]);
    }

    #[test]
    fn falling_is_the_mirror_of_rising() {
        let values = [0.5, 1.1, 2.2, 2.4, 3.4, 3.5, 3.6, 0.1, 0.2];
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        assert_eq!(signals(&values), signals(&mirrored));
        assert!(signals(&values).iter().any(|rules| rules.len() > 2));
    }

    #[test]
    fn both_sides_never_add_up() {
        assert!(waves_of(RunRule::TwoOfThree, &[2.5, -2.5, 2.5, -2.5]) == [2, 3]);
        assert!(waves_of(RunRule::TwoOfThree, &[2.5, -2.5, 0.0, 2.5]).is_empty());
        let run = [0.1, 0.1, 0.1, 0.1, 0.0, 0.1, 0.1, 0.1, 0.1];
        assert!(waves_of(RunRule::RunOfEight, &run).is_empty());
    }

    #[test]
    fn equal_waves_and_short_series_never_signal() {
        for length in [1, 2, 20] {
            let waves = vec![WaveEstimate { value: 0.3, se: 0.1, n: 7.0 }; length];
            let chart = estimate_chart(&waves, &vec![true; length]).unwrap();
            assert!(run_rules(&chart).iter().all(Vec::is_empty));
        }
        let still = xmr_chart(&[0.3; 20], &[true; 20]).unwrap();
        assert!(run_rules(&still.chart).iter().all(Vec::is_empty));
    }
}
