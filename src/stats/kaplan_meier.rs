//! How long cases take when some are still open: Kaplan and Meier's estimate.
//!
//! A case still open on the day of the count is censored: it took at least so long. The product-limit curve (Kaplan
//! and Meier 1958, *JASA* 53, 457-481) is the share of cases that take longer than t; a case censored at the time of
//! an event was at risk of it. A quantile is the first time at which the curve is at or below 1 - p; where it is
//! exactly there, the middle between that time and the next event, as in R's survival (lifelines takes the first
//! time), and where the curve stays there to its end, the first time. Limits of a quantile are where the limits of
//! the curve (`survival.rs`) cross 1 - p (Brookmeyer and Crowley 1982, *Biometrics* 38, 29-41). All of it rests on
//! cases being censored for no reason of their own: where the difficult cases are the ones still open, the curve
//! falls too fast.

use super::distributions::upper_normal_quantile;
use super::{Confidence, OpenInterval, Survival, SurvivalLimits};

/// Shares that agree to this are equal, as in R's survival: a product of fractions is seldom exact.
const SAME: f64 = 1.5e-8;

/// Cases with the same time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CasesAt {
    /// Time since the start, at least 0, in any unit.
    pub time: f64,
    /// Cases that ended at this time.
    pub ended: u64,
    /// Cases last seen open at this time.
    pub open: u64,
}

/// The curve from one time to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalPoint {
    /// From this time on.
    pub time: f64,
    /// Cases neither ended nor censored before this time.
    pub at_risk: u64,
    /// Cases that ended at this time.
    pub ended: u64,
    /// Cases last seen open at this time.
    pub open: u64,
    /// The share of cases that take longer.
    pub survival: Survival,
}

/// The product-limit curve.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    points: Vec<SurvivalPoint>,
    n: u64,
    ended: u64,
}

impl KaplanMeier {
    /// The curve of cases in any order, equal times together or apart; sorts them in place.
    ///
    /// `None` without cases, where a time is negative or not finite, or where the counts overflow.
    pub fn new(mut cases: Vec<CasesAt>) -> Option<Self> {
        cases.retain(|at| at.ended > 0 || at.open > 0);
        if !cases.iter().all(|at| at.time >= 0.0 && at.time.is_finite()) {
            return None;
        }
        cases.sort_unstable_by(|a, b| a.time.total_cmp(&b.time));
        let total =
            |of: fn(&CasesAt) -> u64| cases.iter().try_fold(0_u64, |total, at| total.checked_add(of(at)));
        let ended = total(|at| at.ended)?;
        let n = ended.checked_add(total(|at| at.open)?).filter(|n| *n > 0)?;
        let mut at_risk = n;
        let mut now = Survival::ALL;
        let points = cases
            // Equal in order of time, -0 and 0 too.
            .chunk_by(|a, b| a.time >= b.time)
            .filter_map(|same| {
                let time = same.first()?.time + 0.0;
                let (ended, open) = same.iter().fold((0, 0), |(e, o), at| (e + at.ended, o + at.open));
                now = now.after(ended, at_risk);
                let point = SurvivalPoint { time, at_risk, ended, open, survival: now };
                at_risk -= ended + open;
                Some(point)
            })
            .collect();
        Some(Self { points, n, ended })
    }

    /// The curve, one point for each time at which a case ended or was last seen open, in order of time.
    pub fn points(&self) -> &[SurvivalPoint] {
        &self.points
    }

    /// Number of cases.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Number of cases that ended.
    pub fn ended(&self) -> u64 {
        self.ended
    }

    /// The share of cases that take longer than `time`.
    ///
    /// `None` for a time that is none, and beyond the last time seen unless no case is left: nobody was watched so long.
    pub fn longer_than(&self, time: f64) -> Option<Survival> {
        if time.is_nan() || time < 0.0 {
            return None;
        }
        let next = self.points.partition_point(|point| point.time <= time);
        let last = self.points.last()?;
        if time > last.time && last.survival.share > 0.0 {
            return None;
        }
        let before = next.checked_sub(1).and_then(|at| self.points.get(at));
        Some(before.map_or(Survival::ALL, |point| point.survival))
    }

    /// Number of cases of which it is known whether they took longer than `time`: all but those last seen open before.
    ///
    /// The base of a binomial interval where the curve is 0 or 1 and has none of its own.
    pub fn known_at(&self, time: f64) -> u64 {
        let seen = self.points.iter().take_while(|point| point.time < time);
        self.n - seen.map(|point| point.open).sum::<u64>()
    }

    /// The time by which the part `p` of all cases has ended; `None` where too few have, or unless `0 < p < 1`.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        self.crossing(p, |survival| Some(survival.share))
    }

    /// Limits of [`Self::quantile`]; a limit that the curve's own limits never reach is `None`.
    ///
    /// Where the curve ends at 0 its last point has no limits, as in R's survival. `None` unless `0 < p < 1`.
    pub fn quantile_limits(
        &self,
        p: f64,
        form: SurvivalLimits,
        confidence: Confidence,
    ) -> Option<OpenInterval> {
        if !(p > 0.0 && p < 1.0) {
            return None;
        }
        let z = upper_normal_quantile(confidence.tail());
        Some(OpenInterval {
            low: self.crossing(p, |survival| survival.limits(form, z).map(|limits| limits.low)),
            high: self.crossing(p, |survival| survival.limits(form, z).map(|limits| limits.high)),
        })
    }

    /// The first time at which a curve is at or below 1 - p.
    fn crossing(&self, p: f64, of: impl Fn(Survival) -> Option<f64>) -> Option<f64> {
        if !(p > 0.0 && p < 1.0) {
            return None;
        }
        let level = 1.0 - p;
        // Only an event moves the curve and its limits.
        let mut curve = self
            .points
            .iter()
            .filter(|point| point.ended > 0)
            .filter_map(|point| Some((point.time, of(point.survival)?)))
            .skip_while(|(_, value)| *value > level + SAME);
        let (first, value) = curve.next()?;
        if (value - level).abs() > SAME {
            return Some(first);
        }
        let next = curve.find(|(_, value)| *value < level - SAME);
        Some(next.map_or(first, |(next, _)| first + (next - first) / 2.0))
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::super::case_times::{all_of, bank_a, hotel_a};
    use super::*;
    use approx::assert_relative_eq;

    const FORMS: [SurvivalLimits; 3] = [SurvivalLimits::Plain, SurvivalLimits::Log, SurvivalLimits::LogLog];

    fn confidence() -> Confidence {
        Confidence::new(0.95).unwrap()
    }

    fn cases(times: &[(f64, u64)]) -> KaplanMeier {
        let case = |&(time, ended): &(f64, u64)| CasesAt { time, ended, open: 1 - ended };
        KaplanMeier::new(times.iter().map(case).collect()).unwrap()
    }

    fn limits(curve: &KaplanMeier, p: f64, form: SurvivalLimits) -> (Option<f64>, Option<f64>) {
        let limits = curve.quantile_limits(p, form, confidence()).unwrap();
        (limits.low, limits.high)
    }

    #[test]
    fn complaints_of_two_surveys_meet_r() {
        // R 4.2.2, survival 3.5.3: survfit, quantile; two synthetic surveys.
        let bank = KaplanMeier::new(all_of(&bank_a())).unwrap();
        assert_eq!((bank.n(), bank.ended()), (157, 127));
        assert_eq!([0.25, 0.5, 0.75].map(|p| bank.quantile(p).unwrap()), [4.0, 8.0, 16.0]);
        let day_7 = bank.longer_than(7.0).unwrap();
        assert_relative_eq!(day_7.share, 0.537_551_620_354_168, max_relative = 1e-13);
        assert_relative_eq!(day_7.se().unwrap(), 0.040_076_371_181_257_4, max_relative = 1e-12);
        for (form, low, high, ends) in [
            (SurvivalLimits::Log, 0.464_472_595_351_892, 0.622_128_727_156_593, [6.0, 11.0, 18.0]),
            (SurvivalLimits::LogLog, 0.455_898_789_227_74, 0.612_299_722_613_451, [5.0, 10.0, 18.0]),
            (SurvivalLimits::Plain, 0.459_003_376_207_845, 0.616_099_864_500_491, [6.0, 10.0, 18.0]),
        ] {
            let found = day_7.interval(form, confidence()).unwrap();
            assert_relative_eq!(found.low, low, max_relative = 1e-12);
            assert_relative_eq!(found.high, high, max_relative = 1e-12);
            for ((p, low), high) in [(0.25, 4.0), (0.5, 7.0), (0.75, 13.0)].into_iter().zip(ends) {
                assert_eq!(limits(&bank, p, form), (Some(low), Some(high)));
            }
        }
        let hotel = KaplanMeier::new(all_of(&hotel_a())).unwrap();
        assert_eq!((hotel.n(), hotel.ended()), (40, 37));
        assert_eq!([0.25, 0.5, 0.75].map(|p| hotel.quantile(p).unwrap()), [5.0, 8.0, 14.0]);
        let day_7 = hotel.longer_than(7.0).unwrap();
        for (form, low, high, ends) in [
            (SurvivalLimits::Log, 0.465_866_630_649_62, 0.772_753_351_099_656, [Some(8.0), Some(12.0), None]),
            (
                SurvivalLimits::LogLog,
                0.432_449_354_909_79,
                0.732_508_841_994_168,
                [6.0, 11.0, 20.0].map(Some),
            ),
            (
                SurvivalLimits::Plain,
                0.448_181_842_574_201,
                0.751_818_157_425_799,
                [8.0, 11.0, 19.0].map(Some),
            ),
        ] {
            let found = day_7.interval(form, confidence()).unwrap();
            assert_relative_eq!(found.low, low, max_relative = 1e-12);
            assert_relative_eq!(found.high, high, max_relative = 1e-12);
            for ((p, low), high) in [(0.25, 3.0), (0.5, 6.0), (0.75, 11.0)].into_iter().zip(ends) {
                assert_eq!(limits(&hotel, p, form), (Some(low), high));
            }
        }
    }

    #[test]
    fn a_textbook_curve_meets_r() {
        // R 4.2.2, survival 3.5.3: the maintained group of its aml data.
        let aml = [
            (9, 1),
            (13, 1),
            (13, 0),
            (18, 1),
            (23, 1),
            (28, 0),
            (31, 1),
            (34, 1),
            (45, 0),
            (48, 1),
            (161, 0),
        ];
        let curve = cases(&aml.map(|(time, ended)| (f64::from(time), ended)));
        let shares = [
            (9.0, 0.909_090_909_090_909, 0.086_678_417_204_144_8),
            (13.0, 0.818_181_818_181_818, 0.116_291_299_830_333),
            (18.0, 0.715_909_090_909_091, 0.139_664_970_557_228),
            (23.0, 0.613_636_363_636_364, 0.152_632_331_027_312),
            (28.0, 0.613_636_363_636_364, 0.152_632_331_027_312),
            (31.0, 0.490_909_090_909_091, 0.164_193_267_221_136),
            (34.0, 0.368_181_818_181_818, 0.162_668_885_827_095),
            (45.0, 0.368_181_818_181_818, 0.162_668_885_827_095),
            (48.0, 0.184_090_909_090_909, 0.153_492_745_786_294),
            (161.0, 0.184_090_909_090_909, 0.153_492_745_786_294),
        ];
        assert_eq!(curve.points().len(), shares.len());
        for (point, (time, share, se)) in curve.points().iter().zip(shares) {
            assert_eq!(point.time, time);
            assert_relative_eq!(point.survival.share, share, max_relative = 1e-13);
            assert_relative_eq!(point.survival.se().unwrap(), se, max_relative = 1e-12);
        }
        assert_eq!(curve.quantile(0.5), Some(31.0));
        assert_eq!(limits(&curve, 0.5, SurvivalLimits::Log), (Some(18.0), None));
        assert_eq!(limits(&curve, 0.5, SurvivalLimits::LogLog), (Some(13.0), None));
        assert_eq!(limits(&curve, 0.5, SurvivalLimits::Plain), (Some(18.0), Some(48.0)));
    }

    #[test]
    fn a_curve_exactly_at_the_quantile_takes_the_middle_up_to_the_next_event() {
        // R 4.2.2, survival 3.5.3: quantile(survfit(...)); the last one is what print(survfit(...)) gives.
        let all_ended = cases(&[(1.0, 1), (2.0, 1), (3.0, 1), (4.0, 1)]);
        assert_eq!(all_ended.quantile(0.5), Some(2.5));
        for form in FORMS {
            assert_eq!(limits(&all_ended, 0.5, form), (Some(1.0), None));
        }
        // A case censored in between does not end the flat part.
        assert_eq!(cases(&[(1.0, 1), (2.0, 0), (4.0, 1), (4.0, 0)]).quantile(0.25), Some(2.5));
        assert_eq!(cases(&[(1.0, 1), (2.0, 1), (3.0, 0), (4.0, 0)]).quantile(0.5), Some(2.0));
    }

    #[test]
    fn corners() {
        assert_eq!(KaplanMeier::new(Vec::new()), None);
        assert_eq!(KaplanMeier::new(vec![CasesAt { time: 3.0, ended: 0, open: 0 }]), None);
        for time in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(KaplanMeier::new(vec![CasesAt { time, ended: 1, open: 0 }]), None);
        }
        assert_eq!(KaplanMeier::new(vec![CasesAt { time: 1.0, ended: u64::MAX, open: 1 }]), None);

        // One case, ended: R gives a median without limits and no standard error.
        let one = cases(&[(4.0, 1)]);
        assert_eq!((one.quantile(0.5), one.points()[0].survival.se()), (Some(4.0), None));
        assert_eq!(limits(&one, 0.5, SurvivalLimits::LogLog), (None, None));
        assert_eq!(one.longer_than(9.0).unwrap().ended(), 1.0);

        let all_open = cases(&[(3.0, 0), (5.0, 0), (8.0, 0)]);
        assert_eq!(all_open.quantile(0.5), None);
        let survival = all_open.longer_than(8.0).unwrap();
        assert_eq!((survival.share, survival.se()), (1.0, Some(0.0)));
        assert_eq!(survival.interval(SurvivalLimits::Plain, confidence()), None);
        assert_eq!(all_open.longer_than(8.1), None);
        assert_eq!(all_open.known_at(5.5), 1);

        // R 4.2.2, survival 3.5.3: half of all at time 0, log-log limits 0.05785 and 0.845.
        let at_once = cases(&[(0.0, 1), (-0.0, 1), (3.0, 1), (4.0, 0)]);
        assert_eq!(at_once.points().len(), 3);
        let start = at_once.longer_than(0.0).unwrap().interval(SurvivalLimits::LogLog, confidence()).unwrap();
        assert_relative_eq!(start.low, 0.057_85, max_relative = 1e-3);
        assert_relative_eq!(start.high, 0.845, max_relative = 1e-3);
        assert_eq!([0.25, 0.5, 0.75].map(|p| at_once.quantile(p)), [Some(0.0), Some(1.5), Some(3.0)]);

        let together = KaplanMeier::new(vec![CasesAt { time: 2.0, ended: 3, open: 0 }]).unwrap();
        assert_eq!([0.25, 0.5, 0.75].map(|p| together.quantile(p)), [Some(2.0); 3]);
        assert_eq!((together.quantile(0.0), together.quantile(1.0)), (None, None));
        assert_eq!(together.longer_than(-1.0), None);
    }
}
