//! Wilcoxon's signed-rank test of paired differences, from counts by difference.
//!
//! Zero differences are dropped, tied ones share their mean rank. Up to 50 non-zero pairs the
//! p-value is exact given the ties (all sign patterns alike); above that it is normal with tie and
//! continuity correction. Reference cases: `tests/reference/paired` (R `wilcox.test`, scipy).

use super::PKind;
use super::distributions::normal_sf;
use super::moments::total;

/// Up to this many non-zero pairs the exact distribution is used.
const EXACT_UP_TO: u64 = 50;
/// Differences of decimal answers that agree to this part of the largest one are ties.
const SAME: f64 = 1e-12;

/// Result of the signed-rank test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignedRank {
    /// Sum of the ranks of the positive differences, R's V.
    pub v: f64,
    /// Sum of the ranks of the negative differences.
    pub v_negative: f64,
    /// Pairs that differ.
    pub n_nonzero: u64,
    /// Two-sided p-value, of the kind named.
    pub p: f64,
    /// How `p` was found.
    pub p_kind: PKind,
    /// Normal p-value with continuity correction.
    pub p_normal: f64,
    /// Normal p-value without it.
    pub p_normal_uncorrected: f64,
}

/// The test on `(difference, count)` pairs; `None` where no pair differs.
pub fn wilcoxon_signed_rank(differences: &[(f64, u64)]) -> Option<SignedRank> {
    total(differences)?;
    let ties = tied_groups(differences);
    let n: u64 = ties.iter().map(Tie::count).sum();
    if n == 0 {
        return None;
    }
    let (mut v, mut v_negative, mut tie_loss, mut before) = (0.0, 0.0, 0.0, 0.0);
    let mut doubled_ranks = Vec::new();
    for tie in &ties {
        let count = tie.count() as f64;
        let rank = before + f64::midpoint(count, 1.0);
        v += rank * tie.positive as f64;
        v_negative += rank * tie.negative as f64;
        tie_loss += (count * count - 1.0) * count / 48.0;
        before += count;
        doubled_ranks.push((2.0 * rank, tie.count()));
    }
    let size = n as f64;
    let variance = size * (size + 1.0) * (2.0 * size + 1.0) / 24.0 - tie_loss;
    let off = (v - size * (size + 1.0) / 4.0).abs();
    let normal = |distance: f64| {
        // No variance is left only where n is 0, which was turned away above.
        normal_sf(distance / variance.sqrt()).map(|tail| (2.0 * tail).min(1.0))
    };
    let p_normal_uncorrected = normal(off)?;
    // Right on the centre there is nothing to correct.
    let p_normal = normal((off - 0.5).max(0.0))?;
    let exact = (n <= EXACT_UP_TO).then(|| exact_p(&doubled_ranks, v, v_negative));
    Some(SignedRank {
        v,
        v_negative,
        n_nonzero: n,
        p: exact.unwrap_or(p_normal),
        p_kind: if exact.is_some() { PKind::Exact } else { PKind::Normal },
        p_normal,
        p_normal_uncorrected,
    })
}

/// Differences of one size.
struct Tie {
    size: f64,
    positive: u64,
    negative: u64,
}

impl Tie {
    fn count(&self) -> u64 {
        self.positive + self.negative
    }
}

fn tied_groups(differences: &[(f64, u64)]) -> Vec<Tie> {
    let given = || differences.iter().copied().filter(|(_, count)| *count > 0);
    let largest = given().fold(0.0_f64, |largest, (d, _)| largest.max(d.abs()));
    let tolerance = SAME * largest.max(1.0);
    let mut sorted: Vec<(f64, u64)> = given().filter(|(d, _)| d.abs() > tolerance).collect();
    sorted.sort_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    let mut ties: Vec<Tie> = Vec::new();
    for (difference, count) in sorted {
        let size = difference.abs();
        let (positive, negative) = if difference > 0.0 { (count, 0) } else { (0, count) };
        match ties.last_mut() {
            Some(tie) if size - tie.size <= tolerance => {
                tie.positive += positive;
                tie.negative += negative;
            }
            _ => ties.push(Tie { size, positive, negative }),
        }
    }
    ties
}

/// Twice the smaller tail over all sign patterns of the given ranks.
fn exact_p(doubled_ranks: &[(f64, u64)], v: f64, v_negative: f64) -> f64 {
    // ways[s] counts the sign patterns whose doubled positive rank sum is s. At most 2⁵⁰ in all,
    // so that the counts are exact as floating point numbers.
    let mut ways = vec![1.0_f64];
    for &(doubled, count) in doubled_ranks {
        for _ in 0..count {
            ways = with_rank(&ways, doubled);
        }
    }
    let smaller = 2.0 * v.min(v_negative);
    let mut sum = 0.0;
    let mut tail = 0.0;
    let mut all = 0.0;
    for way in ways {
        if sum <= smaller + 0.5 {
            tail += way;
        }
        all += way;
        sum += 1.0;
    }
    (2.0 * tail / all).min(1.0)
}

fn with_rank(ways: &[f64], doubled: f64) -> Vec<f64> {
    let mut shift = 0_usize;
    let mut reached = 0.5;
    while reached < doubled {
        shift += 1;
        reached += 1.0;
    }
    let mut next = vec![0.0; ways.len() + shift];
    for (sum, way) in ways.iter().enumerate() {
        next[sum] += way;
        next[sum + shift] += way;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn all_of_one_sign_has_the_smallest_exact_p() {
        let test = wilcoxon_signed_rank(&[(-1.0, 4)]).unwrap();
        assert_eq!(test.p_kind, PKind::Exact);
        assert_relative_eq!(test.p, 0.125, max_relative = 1e-15);
        assert_relative_eq!(test.v_negative, 10.0, max_relative = 1e-15);
    }

    #[test]
    fn exact_p_of_three_untied_pairs_is_counted_by_hand() {
        // V = 1 of ranks 1, 2, 3: sums 0 and 1 in 2 of 8 patterns, doubled.
        let test = wilcoxon_signed_rank(&[(1.0, 1), (-2.0, 1), (-3.0, 1)]).unwrap();
        assert_relative_eq!(test.p, 0.5, max_relative = 1e-15);
    }

    #[test]
    fn exact_and_normal_agree_where_they_meet() {
        let differences: Vec<(f64, u64)> =
            (1..=50_u8).map(|i| (if i % 3 == 0 { -f64::from(i) } else { f64::from(i) }, 1)).collect();
        let test = wilcoxon_signed_rank(&differences).unwrap();
        assert_eq!(test.p_kind, PKind::Exact);
        assert_relative_eq!(test.p, test.p_normal, max_relative = 0.05);
    }

    #[test]
    fn no_difference_no_test() {
        assert_eq!(wilcoxon_signed_rank(&[]), None);
        assert_eq!(wilcoxon_signed_rank(&[(0.0, 9)]), None);
        assert_eq!(wilcoxon_signed_rank(&[(f64::NAN, 1)]), None);
    }

    #[test]
    fn floating_noise_does_not_break_ties() {
        let noisy = wilcoxon_signed_rank(&[(0.1 + 0.2, 1), (-0.3, 1), (0.0, 3)]).unwrap();
        assert_relative_eq!(noisy.v, noisy.v_negative, max_relative = 1e-15);
        assert_eq!(noisy.n_nonzero, 2);
    }
}
