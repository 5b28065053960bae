//! Whether a target is met: judged by the whole interval, not by the figure alone.

use crate::report::{Better, TargetVerdict};

/// The verdict on a figure with its printed limits.
///
/// Without limits the verdict is open; where everyone answered the figure itself decides (`limits` are then the
/// figure twice).
pub(crate) fn verdict(limits: Option<(f64, f64)>, target: f64, better: Better) -> TargetVerdict {
    let Some((low, high)) = limits else { return TargetVerdict::CannotTell };
    let (good, bad) = match better {
        Better::Higher => (low >= target, high < target),
        Better::Lower => (high <= target, low > target),
    };
    match (good, bad) {
        (true, _) => TargetVerdict::Met,
        (false, true) => TargetVerdict::Missed,
        (false, false) => TargetVerdict::CannotTell,
    }
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::report::{Better, TargetVerdict};

    #[test]
    fn the_whole_interval_must_lie_on_one_side() {
        let limits = Some((77.0, 85.0));
        assert_eq!(verdict(limits, 75.0, Better::Higher), TargetVerdict::Met);
        assert_eq!(verdict(limits, 80.0, Better::Higher), TargetVerdict::CannotTell);
        assert_eq!(verdict(limits, 90.0, Better::Higher), TargetVerdict::Missed);
        assert_eq!(verdict(limits, 90.0, Better::Lower), TargetVerdict::Met);
        assert_eq!(verdict(limits, 70.0, Better::Lower), TargetVerdict::Missed);
        assert_eq!(verdict(None, 70.0, Better::Higher), TargetVerdict::CannotTell);
    }
}
