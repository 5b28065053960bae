//! How two ratings of the same cases agree: kappa, plain and weighted, and the intraclass correlation.
//!
//! Cohen 1960 and 1968; errors of large samples by Fleiss, Cohen and Everitt (1969). The intraclass correlation is that
//! of absolute agreement of single ratings in a two-way layout, ICC(A,1), with the F interval of McGraw and Wong
//! (1996). References: scikit-learn 1.9.1, statsmodels 0.15.0, R irr 0.84.1.

use super::distributions::f_quantile;
use super::{Confidence, Interval};

/// What near misses are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KappaWeights {
    /// Nothing: for categories without order.
    Exact,
    /// In proportion to the distance.
    Linear,
    /// To the square of the distance.
    Quadratic,
}

/// Agreement beyond chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kappa {
    /// 1 for full agreement, 0 for what chance gives.
    pub kappa: f64,
    /// Standard error; 0 where all agree.
    pub error: f64,
    /// Standard error if there were only chance.
    pub null_error: f64,
}

/// An intraclass correlation with what its interval needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intraclass {
    /// The correlation; at most 1.
    pub icc: f64,
    cases: f64,
    /// Mean squares of cases, ratings and the rest.
    squares: [f64; 3],
}

/// Two ratings by category, both in the same order: counts (or Σw) by the first, then the second.
#[derive(Clone, Copy, Debug)]
pub struct Agreement<'a> {
    table: &'a [Vec<f64>],
    total: f64,
}

impl<'a> Agreement<'a> {
    /// `None` for a table that is not square, has a count that is negative or not finite, or is empty.
    pub fn new(table: &'a [Vec<f64>]) -> Option<Self> {
        let sound =
            |row: &Vec<f64>| row.len() == table.len() && row.iter().all(|n| n.is_finite() && *n >= 0.0);
        let total: f64 = table.iter().flatten().sum();
        (table.iter().all(sound) && total > 0.0).then_some(Self { table, total })
    }

    /// The part of cases rated alike, 0 to 1.
    pub fn share(&self) -> f64 {
        (0..self.table.len()).map(|i| self.table[i][i]).sum::<f64>() / self.total
    }

    /// Kappa; `None` where both ratings are always the same single category.
    pub fn kappa(&self, weights: KappaWeights) -> Option<Kappa> {
        let k = self.table.len();
        let reach = k.saturating_sub(1).max(1) as f64;
        let worth = |i: usize, j: usize| {
            let distance = i.abs_diff(j) as f64 / reach;
            match weights {
                KappaWeights::Exact => f64::from(u8::from(i == j)),
                KappaWeights::Linear => 1.0 - distance,
                KappaWeights::Quadratic => 1.0 - distance * distance,
            }
        };
        let p = |i: usize, j: usize| self.table[i][j] / self.total;
        let first: Vec<f64> = (0..k).map(|i| (0..k).map(|j| p(i, j)).sum()).collect();
        let second: Vec<f64> = (0..k).map(|j| (0..k).map(|i| p(i, j)).sum()).collect();
        let over = |of: &dyn Fn(usize, usize) -> f64| -> f64 {
            (0..k).map(|i| (0..k).map(|j| of(i, j)).sum::<f64>()).sum()
        };
        let observed = over(&|i, j| worth(i, j) * p(i, j));
        let expected = over(&|i, j| worth(i, j) * first[i] * second[j]);
        let room = 1.0 - expected;
        if room <= 1e-12 {
            return None;
        }
        let by_first: Vec<f64> = (0..k).map(|i| (0..k).map(|j| worth(i, j) * second[j]).sum()).collect();
        let by_second: Vec<f64> = (0..k).map(|j| (0..k).map(|i| worth(i, j) * first[i]).sum()).collect();
        let kappa = (observed - expected) / room;
        let spread = over(&|i, j| {
            let part = worth(i, j) - (by_first[i] + by_second[j]) * (1.0 - kappa);
            p(i, j) * part * part
        });
        let null_spread = over(&|i, j| {
            let part = worth(i, j) - (by_first[i] + by_second[j]);
            first[i] * second[j] * part * part
        });
        let centre = kappa - expected * (1.0 - kappa);
        let error = |spread: f64| (spread.max(0.0) / self.total).sqrt() / room;
        Some(Kappa {
            kappa,
            error: error(spread - centre * centre),
            null_error: error(null_spread - expected * expected),
        })
    }

    /// ICC(A,1) of the categories as equal steps; `None` below two cases and where nothing varies.
    pub fn intraclass(&self) -> Option<Intraclass> {
        let n = self.total;
        let over = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
            let cells = self.table.iter().enumerate();
            cells
                .map(|(i, row)| row.iter().enumerate().map(|(j, n)| n * of(i as f64, j as f64)).sum::<f64>())
                .sum()
        };
        let (first, second) = (over(&|i, _| i) / n, over(&|_, j| j) / n);
        let grand = f64::midpoint(first, second);
        let cases = 2.0 * over(&|i, j| (f64::midpoint(i, j) - grand).powi(2));
        let ratings = n * ((first - grand).powi(2) + (second - grand).powi(2));
        let all = over(&|i, j| (i - grand).powi(2) + (j - grand).powi(2));
        if n < 2.0 || all <= 0.0 {
            return None;
        }
        let squares = [cases / (n - 1.0), ratings, (all - cases - ratings).max(0.0) / (n - 1.0)];
        let [by_case, by_rating, rest] = squares;
        let icc = (by_case - rest) / (by_case + rest + 2.0 / n * (by_rating - rest));
        icc.is_finite().then_some(Intraclass { icc, cases: n, squares })
    }
}

impl Kappa {
    /// The normal interval; `None` where the error is 0.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        (self.error > 0.0).then(|| Interval::around(self.kappa, confidence.z() * self.error)).flatten()
    }
}

impl Intraclass {
    /// The F interval, for cases that count alike; `None` where both ratings always agree.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        let [by_case, by_rating, rest] = self.squares;
        let (n, k) = (self.cases, 2.0);
        if rest <= 0.0 {
            return None;
        }
        let a = k * self.icc / (n * (1.0 - self.icc));
        let b = 1.0 + k * self.icc * (n - 1.0) / (n * (1.0 - self.icc));
        let both = a * by_rating + b * rest;
        let df = both * both
            / ((a * by_rating).powi(2) / (k - 1.0) + (b * rest).powi(2) / ((n - 1.0) * (k - 1.0)));
        let p = 1.0 - confidence.tail();
        let (below, above) = (f_quantile(p, n - 1.0, df)?, f_quantile(p, df, n - 1.0)?);
        let ratings = k * by_rating + (k * n - k - n) * rest;
        Interval::new(
            n * (by_case - below * rest) / (below * ratings + n * by_case),
            n * (above * by_case - rest) / (ratings + n * above * by_case),
        )
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn table(pairs: &[(usize, usize)]) -> Vec<Vec<f64>> {
        let mut table = vec![vec![0.0; 5]; 5];
        for (a, b) in pairs {
            table[a - 1][b - 1] += 1.0;
        }
        table
    }

    #[test]
    fn one_category_has_no_kappa_and_full_agreement_no_width() {
        let same = table(&[(1, 1), (1, 1)]);
        let agreement = Agreement::new(&same).unwrap();
        assert_eq!((agreement.kappa(KappaWeights::Quadratic), agreement.intraclass()), (None, None));
        let full = table(&[(1, 1), (3, 3), (5, 5), (4, 4)]);
        let agreement = Agreement::new(&full).unwrap();
        let kappa = agreement.kappa(KappaWeights::Linear).unwrap();
        let confidence = Confidence::new(0.95).unwrap();
        assert_relative_eq!(kappa.kappa, 1.0, epsilon = 1e-14);
        assert_eq!(kappa.interval(confidence), None);
        let icc = agreement.intraclass().unwrap();
        assert_relative_eq!(icc.icc, 1.0, epsilon = 1e-14);
        assert_eq!(icc.interval(confidence), None);
        assert_relative_eq!(agreement.share(), 1.0);
    }

    #[test]
    fn tables_that_are_none_are_refused() {
        assert!(Agreement::new(&[]).is_none());
        assert!(Agreement::new(&[vec![1.0, 2.0]]).is_none());
        assert!(Agreement::new(&[vec![0.0]]).is_none());
        assert!(Agreement::new(&[vec![1.0, -1.0], vec![0.0, 2.0]]).is_none());
    }

    #[test]
    fn a_second_rating_one_step_up_lowers_agreement_but_not_order() {
        let up = table(&[(1, 2), (2, 3), (3, 4), (4, 5), (2, 3), (1, 2)]);
        let icc = Agreement::new(&up).unwrap().intraclass().unwrap();
        assert!(icc.icc < 0.8 && icc.icc > 0.0);
    }
}
