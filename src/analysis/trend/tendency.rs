//! The tendency over all complete waves: Mann and Kendall's test with Sen's slope, from eight waves on.
//!
//! The slope is by period where waves are of the calendar, with the real distances: a wave may be missing between two.
//! Only the waves since the last break count. A weighted series is refused: the test has no weighted form.

use crate::measures::rounded;
use crate::report::{Family, Tendency};
use crate::stats::{MannKendall, holm, mann_kendall_at};

use super::TrendOptions;
use super::changes::joined_from;
use super::figures::WaveFigures;
use super::index::{Headline, WaveIndex};
use super::period::Timeline;

/// The fewest waves whose tendency is shown: with less the test can hardly find any.
const LEAST_WAVES: usize = 8;

/// The tendencies of all headlines, adjusted together.
pub(super) struct Tendencies {
    /// One a headline.
    pub(super) found: Vec<Option<Tendency>>,
    pub(super) family: Option<Family>,
    /// Whether any was left out because rows were weighted.
    pub(super) weighted: bool,
}

impl Tendencies {
    pub(super) fn new(waves: &[WaveIndex], headlines: &[Headline], options: &TrendOptions) -> Self {
        let mut weighted = false;
        let tests: Vec<Option<(usize, MannKendall)>> = headlines
            .iter()
            .map(|headline| {
                let from = joined_from(waves, &options.breaks_of(headline.question));
                let complete = || waves[from..].iter().filter(|wave| wave.figures.complete);
                let value = |wave: &WaveIndex| wave.estimate(headline.question, headline.statistic)?.value;
                let figures = complete().filter_map(|wave| Some((wave.figures, value(wave)?)));
                let (figures, values): (Vec<&WaveFigures>, Vec<f64>) = figures.unzip();
                if values.len() < LEAST_WAVES {
                    return None;
                }
                if complete().any(WaveIndex::weighted) {
                    weighted = true;
                    return None;
                }
                let times = Timeline::of(figures.into_iter()).times;
                Some((values.len(), mann_kendall_at(&times, &values, options.confidence)?))
            })
            .collect();
        let p_values: Vec<f64> = tests.iter().flatten().map(|(_, test)| test.p).collect();
        let mut adjusted = holm(&p_values).unwrap_or_default().into_iter();
        let found = tests.into_iter().map(|test| {
            let (waves, test) = test?;
            tendency(waves, &test, adjusted.next()?)
        });
        let found = found.collect();
        let family = (!p_values.is_empty()).then(|| Family {
            name: "tendency".to_owned(),
            size: p_values.len() as u64,
            adjustment: "holm".to_owned(),
        });
        Self { found, family, weighted }
    }
}

fn tendency(waves: usize, test: &MannKendall, p_adjusted: f64) -> Option<Tendency> {
    Some(Tendency {
        tau: rounded(test.tau_b.unwrap_or(0.0))?,
        p: rounded(test.p)?,
        p_adjusted: rounded(p_adjusted)?,
        slope: rounded(test.slope)?,
        slope_low: test.slope_interval.and_then(|limits| rounded(limits.low)),
        slope_high: test.slope_interval.and_then(|limits| rounded(limits.high)),
        waves: waves as u64,
    })
}
