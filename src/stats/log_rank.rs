//! Whether several groups of cases take equally long, open cases included: the log-rank test.
//!
//! At every time at which a case ended, the ended cases of each group against the part of them that its cases at risk
//! would have; the sum of the differences against its hypergeometric covariance as chi-square (Mantel 1966; Peto and
//! Peto 1972, *JRSS A* 135, 185-207), as R's `survdiff`. It weighs all times alike and sees best the curves that do
//! not cross.

use super::homogeneity::by_chi_square;
use super::symmetric::Symmetric;
use super::{CasesAt, Homogeneity};

/// Result of the test.
#[derive(Clone, Debug, PartialEq)]
pub struct LogRank {
    /// Chi-square with the number of compared groups less one.
    pub test: Homogeneity,
    /// What each group had and would have had, in the order given.
    pub groups: Vec<LogRankGroup>,
}

/// One group of the test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRankGroup {
    /// Number of cases.
    pub n: u64,
    /// Cases that ended.
    pub ended: u64,
    /// Cases that would have ended if all groups took equally long.
    ///
    /// A group where it is 0, without cases or all of them open before the first one ended, is not compared.
    pub expected: f64,
}

/// What happened in one group at one time.
struct Change {
    time: f64,
    group: usize,
    ended: u64,
    gone: u64,
}

/// The test of groups of cases in any order.
///
/// The cost grows with distinct times × groups². `None` with fewer than two groups to compare, where nothing can
/// differ (all cases end at one time), where a time is negative or not finite, or where the counts overflow.
pub fn log_rank(groups: &[Vec<CasesAt>]) -> Option<LogRank> {
    let mut changes = changes(groups)?;
    changes.sort_unstable_by(|a, b| a.time.total_cmp(&b.time).then(a.group.cmp(&b.group)));
    let k = groups.len();
    let mut at_risk = vec![0_u64; k];
    let mut ended = vec![0_u64; k];
    for change in &changes {
        let group = at_risk.get_mut(change.group)?;
        *group = group.checked_add(change.gone)?;
        *ended.get_mut(change.group)? += change.ended;
    }
    let n = at_risk.clone();
    let mut left = at_risk.iter().try_fold(0_u64, |total, group| total.checked_add(*group))?;
    let mut expected = vec![0.0; k];
    // The sum over time of `factor` times the parts at risk of two groups; only the lower triangle is filled.
    let mut joint = vec![0.0; k * k];
    let mut own = vec![0.0; k];
    for same in changes.chunk_by(|a, b| a.time >= b.time) {
        let now_ended: u64 = same.iter().map(|change| change.ended).sum();
        if now_ended > 0 {
            let (deaths, all) = (now_ended as f64, left as f64);
            // With one case left nothing is random.
            let factor = if left > 1 { deaths * (all - deaths) / (all - 1.0) } else { 0.0 };
            for (i, &mine) in at_risk.iter().enumerate().filter(|(_, mine)| **mine > 0) {
                let part = mine as f64 / all;
                expected[i] += deaths * part;
                own[i] += factor * part;
                let weight = factor * part / all;
                for (cell, &other) in joint[i * k..=i * k + i].iter_mut().zip(&at_risk) {
                    *cell += weight * other as f64;
                }
            }
        }
        for change in same {
            at_risk[change.group] -= change.gone;
            left -= change.gone;
        }
    }
    let compared: Vec<usize> = (0..k).filter(|group| expected[*group] > 0.0).collect();
    let df = compared.len().checked_sub(1).filter(|df| *df > 0)?;
    let covariance = Symmetric::new(df, |row, column| {
        let (i, j) = (compared[row], compared[column]);
        if i == j { own[i] - joint[i * k + i] } else { -joint[i.max(j) * k + i.min(j)] }
    });
    let differences: Vec<f64> = compared[..df].iter().map(|&i| ended[i] as f64 - expected[i]).collect();
    let statistic = covariance.inverse_form(&differences)?;
    let group = |i: usize| LogRankGroup { n: n[i], ended: ended[i], expected: expected[i] };
    Some(LogRank { test: by_chi_square(statistic, df as f64)?, groups: (0..k).map(group).collect() })
}

fn changes(groups: &[Vec<CasesAt>]) -> Option<Vec<Change>> {
    let mut changes = Vec::with_capacity(groups.iter().map(Vec::len).sum());
    for (group, cases) in groups.iter().enumerate() {
        for at in cases {
            if !(at.time >= 0.0 && at.time.is_finite()) {
                return None;
            }
            let gone = at.ended.checked_add(at.open)?;
            // -0 sorts before 0.
            changes.push(Change { time: at.time + 0.0, group, ended: at.ended, gone });
        }
    }
    Some(changes)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::super::case_times::{bank_a, hotel_a};
    use super::*;
    use approx::assert_relative_eq;

    fn cases(times: &[(f64, u64)]) -> Vec<CasesAt> {
        times.iter().map(|&(time, ended)| CasesAt { time, ended, open: 1 - ended }).collect()
    }

    #[test]
    fn segments_of_two_surveys_meet_r() {
        // R 4.2.2, survival 3.5.3: survdiff(Surv(days, resolved) ~ segment).
        for (groups, statistic, df, p) in [
            (bank_a(), 1.621_875_650_515_22, 3.0, 0.654_439_897_539_287),
            (hotel_a(), 3.525_833_267_061_45, 2.0, 0.171_543_803_064_939),
        ] {
            let found = log_rank(&groups).unwrap();
            assert_relative_eq!(found.test.statistic, statistic, max_relative = 1e-11);
            assert_relative_eq!(found.test.p, p, max_relative = 1e-11);
            assert_eq!(found.test.df, df);
            let ended: u64 = found.groups.iter().map(|group| group.ended).sum();
            let expected: f64 = found.groups.iter().map(|group| group.expected).sum();
            assert_relative_eq!(ended as f64, expected, max_relative = 1e-12);
        }
    }

    #[test]
    fn two_textbook_groups_meet_r() {
        // R 4.2.2, survival 3.5.3: survdiff(Surv(time, status) ~ x, aml): expected 10.689 and 7.311, chi-square
        // 3.396389.
        let maintained = [
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
        let not = [
            (5, 1),
            (5, 1),
            (8, 1),
            (8, 1),
            (12, 1),
            (16, 0),
            (23, 1),
            (27, 1),
            (30, 1),
            (33, 1),
            (43, 1),
            (45, 1),
        ];
        let group = |times: &[(i32, u64)]| {
            cases(&times.iter().map(|&(time, ended)| (f64::from(time), ended)).collect::<Vec<_>>())
        };
        let found = log_rank(&[group(&maintained), group(&not)]).unwrap();
        assert_relative_eq!(found.test.statistic, 3.396_388_698_977_601, max_relative = 1e-10);
        assert_relative_eq!(found.groups[0].expected, 10.689_335_992_300_725, max_relative = 1e-10);
        assert_eq!((found.groups[0].n, found.groups[0].ended, found.groups[1].ended), (11, 7, 11));
    }

    #[test]
    fn a_group_that_could_not_end_is_not_compared() {
        let (one, two) = (cases(&[(3.0, 1), (5.0, 1), (9.0, 0)]), cases(&[(4.0, 1), (8.0, 1), (8.5, 1)]));
        let gone_before = cases(&[(1.0, 0), (2.0, 0)]);
        let plain = log_rank(&[one.clone(), two.clone()]).unwrap();
        let with = log_rank(&[one.clone(), gone_before.clone(), Vec::new(), two]).unwrap();
        assert_eq!((with.test.df, with.groups[1].expected, with.groups[2].n), (1.0, 0.0, 0));
        assert_relative_eq!(with.test.statistic, plain.test.statistic, max_relative = 1e-12);
        assert_eq!(log_rank(&[one, gone_before]), None);
    }

    #[test]
    fn where_nothing_can_differ_there_is_no_test() {
        let at_once = cases(&[(2.0, 1), (2.0, 1)]);
        assert_eq!(log_rank(&[at_once.clone(), at_once.clone()]), None);
        let open = cases(&[(2.0, 0), (7.0, 0)]);
        assert_eq!(log_rank(&[open.clone(), open]), None);
        assert_eq!(log_rank(&[]), None);
        assert_eq!(log_rank(std::slice::from_ref(&at_once)), None);
        assert_eq!(log_rank(&[cases(&[(f64::NAN, 1)]), at_once]), None);
    }
}
