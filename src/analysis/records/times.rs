//! How long the steps took: Kaplan and Meier's curves of all groups from one order of the times.

use crate::measures::rounded;
use crate::report::{Flag, StepTimes, StepTimesTest, TimesPoint, TimesQuantile};
use crate::stats::{self, CasesAt, Confidence, KaplanMeier, SurvivalLimits};

use super::groupings::Grouping;

/// The most distinct times of a curve; beyond, times are taken to the minute, so that memory stays small.
const MOST_TIMES: usize = 100_000;
/// The most points of a curve that is shown.
const MOST_POINTS: usize = 200;
/// The most groups that are compared.
const MOST_COMPARED: usize = 50;
/// The percentiles.
const PERCENTS: [u32; 3] = [50, 80, 90];

/// The times of a step, the shortest first.
pub(in crate::analysis) struct Ordered {
    /// The time in seconds, and with its lowest bit whether the step was had.
    times: Vec<(u32, u32)>,
}

/// The times of one group.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct GroupTimes {
    pub(in crate::analysis) at: Vec<CasesAt>,
    pub(in crate::analysis) no_time: u64,
}

impl Ordered {
    /// The times of a step of so many records; `waited` says of each how many seconds it had to wait or has waited, and
    /// whether it had the step, `None` where that is not known.
    pub(in crate::analysis) fn new(records: usize, waited: impl Fn(usize) -> Option<(u32, bool)>) -> Self {
        // The record and in its highest bit whether the step was had.
        let had_bit = |had: bool| u32::from(had) << 31;
        let mut times: Vec<(u32, u32)> = Vec::with_capacity(records);
        times.extend((0_u32..).take(records).filter_map(|record| {
            let (time, had) = waited(record as usize)?;
            Some((time, record | had_bit(had)))
        }));
        times.sort_unstable();
        let distinct = times.chunk_by(|one, other| one.0 == other.0).count();
        if distinct > MOST_TIMES {
            for (time, _) in &mut times {
                *time = time.saturating_add(30) / 60 * 60;
            }
        }
        Self { times }
    }

    /// The times of each group; `no_time` says of a record whether it had the step nobody knows when.
    pub(in crate::analysis) fn by_group(
        &self,
        records: usize,
        grouping: &Grouping,
        no_time: impl Fn(usize) -> bool,
    ) -> Vec<GroupTimes> {
        let mut groups = vec![GroupTimes::default(); grouping.groups.len()];
        for &(time, record) in &self.times {
            let had = record >> 31 == 1;
            let record = (record & (u32::MAX >> 1)) as usize;
            let Some(group) = grouping.group(record).and_then(|group| groups.get_mut(group)) else {
                continue;
            };
            let days = f64::from(time) / 86_400.0;
            match group.at.last_mut() {
                Some(last) if last.time >= days => {
                    last.ended += u64::from(had);
                    last.open += u64::from(!had);
                }
                _ => group.at.push(CasesAt { time: days, ended: u64::from(had), open: u64::from(!had) }),
            }
        }
        for record in (0..records).filter(|record| no_time(*record)) {
            if let Some(group) = grouping.group(record).and_then(|group| groups.get_mut(group)) {
                group.no_time += 1;
            }
        }
        groups
    }
}

/// The figures of one group; with the curve where it is wanted.
pub(in crate::analysis) fn figures(
    times: GroupTimes,
    with_curve: bool,
    confidence: Confidence,
    flag_below: u64,
) -> StepTimes {
    let GroupTimes { at, no_time } = times;
    let mut row = StepTimes { no_time: Some(no_time), ..StepTimes::default() };
    let finished: Vec<(f64, u64)> =
        at.iter().filter(|at| at.ended > 0).map(|at| (at.time, at.ended)).collect();
    row.longest = finished.last().and_then(|(time, _)| rounded(*time));
    row.median_finished = stats::median(&finished).and_then(rounded);
    row.mean_finished = stats::moments(&finished).and_then(|found| rounded(found.mean));
    let Some(curve) = KaplanMeier::new(at) else {
        (row.cases, row.finished, row.censored) = (Some(0), Some(0), Some(0));
        row.flag = Some(Flag::NoAnswers);
        row.reason = Some("no_cases".to_owned());
        return row;
    };
    row.cases = Some(curve.n());
    row.finished = Some(curve.ended());
    row.censored = Some(curve.n() - curve.ended());
    if curve.ended() == 0 {
        row.reason = Some("none_finished".to_owned());
    }
    if curve.n() < flag_below {
        row.flag = Some(Flag::SmallBase);
    }
    row.quantiles = PERCENTS
        .into_iter()
        .map(|percent| {
            let p = f64::from(percent) / 100.0;
            let limits = curve.quantile_limits(p, SurvivalLimits::LogLog, confidence);
            TimesQuantile {
                percent,
                days: curve.quantile(p).and_then(rounded),
                low: limits.and_then(|limits| limits.low).and_then(rounded),
                high: limits.and_then(|limits| limits.high).and_then(rounded),
            }
        })
        .collect();
    if with_curve {
        row.curve = points(&curve, confidence);
    }
    row
}

/// Points of a curve where something ended, thinned evenly; the first and the last stay.
fn points(curve: &KaplanMeier, confidence: Confidence) -> Vec<TimesPoint> {
    let ends: Vec<_> = curve.points().iter().filter(|point| point.ended > 0).collect();
    let last = ends.len().saturating_sub(1);
    let count = ends.len().min(MOST_POINTS);
    (0..count)
        .filter_map(|place| ends.get(if count > 1 { place * last / (count - 1) } else { 0 }))
        .map(|point| {
            let limits = point.survival.ended_interval(SurvivalLimits::LogLog, confidence);
            TimesPoint {
                days: rounded(point.time).unwrap_or(0.0),
                finished: rounded(point.survival.ended() * 100.0).unwrap_or(0.0),
                low: limits.and_then(|limits| rounded(limits.low * 100.0)),
                high: limits.and_then(|limits| rounded(limits.high * 100.0)),
                at_risk: point.at_risk,
            }
        })
        .collect()
}

/// Whether the groups differ; those that are hidden make the test hidden too.
pub(in crate::analysis) fn test(
    step: &str,
    grouping: &Grouping,
    times: &[GroupTimes],
    is_hidden: bool,
) -> StepTimesTest {
    let there: Vec<Vec<CasesAt>> =
        times.iter().filter(|times| !times.at.is_empty()).map(|times| times.at.clone()).collect();
    let mut test = StepTimesTest {
        step: step.to_owned(),
        segment: grouping.ids.join("*"),
        groups: there.len() as u64,
        ..StepTimesTest::default()
    };
    let reason = match there.len() {
        _ if is_hidden => Some("suppressed"),
        0 | 1 => Some("too_few_groups"),
        groups if groups > MOST_COMPARED => Some("too_many_groups"),
        _ => None,
    };
    let found = if reason.is_none() { stats::log_rank(&there) } else { None };
    test.reason = reason.or(found.is_none().then_some("too_few_groups")).map(str::to_owned);
    if let Some(found) = found {
        test.statistic = rounded(found.test.statistic);
        test.df = rounded(found.test.df);
        test.p = rounded(found.test.p);
    }
    test
}

/// Adjusts the p-values of tests together (Holm 1979).
pub(in crate::analysis) fn adjust(tests: &mut [StepTimesTest]) {
    let p: Vec<f64> = tests.iter().filter_map(|test| test.p).collect();
    let adjusted = stats::holm(&p).unwrap_or_default();
    let tested = tests.iter_mut().filter(|test| test.p.is_some());
    for (test, adjusted) in tested.zip(adjusted) {
        test.p_adjusted = rounded(adjusted);
    }
}
