//! Intervals for all shares of a question at once.
//!
//! The three forms of DescTools' `MultinomCI`. Goodman 1965 holds jointly (Bonferroni over the
//! categories); Wald and Wilson are what that package offers under those names: each share's own
//! interval at the full level, not joint. Limits are raw.
//! Reference cases: `tests/reference/multinomial`.

use super::distributions::upper_normal_quantile;
use super::{Confidence, Interval, wald, wilson};

/// How the intervals of a set of shares are formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Simultaneous {
    /// Score intervals at a level shared among the categories.
    Goodman,
    /// Plain normal intervals, each at the full level.
    Wald,
    /// Score intervals, each at the full level.
    Wilson,
}

/// One interval per category, in order; `None` without answers.
pub fn simultaneous(method: Simultaneous, counts: &[u64], confidence: Confidence) -> Option<Vec<Interval>> {
    let total = counts.iter().try_fold(0_u64, |total, count| total.checked_add(*count))?;
    if total == 0 {
        return None;
    }
    let n = total as f64;
    let shared = confidence.tail() / counts.len() as f64;
    counts
        .iter()
        .map(|&count| {
            let p = count as f64 / n;
            match method {
                Simultaneous::Goodman => wilson(p, n, upper_normal_quantile(shared)),
                Simultaneous::Wald => wald(p, n, confidence.z()),
                Simultaneous::Wilson => wilson(p, n, confidence.z()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joint_intervals_are_wider_than_single_ones() {
        let confidence = Confidence::new(0.95).unwrap();
        let counts = [3, 0, 17, 40];
        let joint = simultaneous(Simultaneous::Goodman, &counts, confidence).unwrap();
        let single = simultaneous(Simultaneous::Wilson, &counts, confidence).unwrap();
        assert_eq!(joint.len(), 4);
        for (joint, single) in joint.iter().zip(&single) {
            assert!(joint.low <= single.low && joint.high > single.high);
        }
    }

    #[test]
    fn no_answers_no_intervals() {
        let confidence = Confidence::new(0.95).unwrap();
        assert_eq!(simultaneous(Simultaneous::Goodman, &[], confidence), None);
        assert_eq!(simultaneous(Simultaneous::Wald, &[0, 0], confidence), None);
    }
}
