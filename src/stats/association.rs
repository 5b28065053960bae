//! How strongly the rows and columns of a table hang together, between 0 and 1.
//!
//! Cramér's V (1946), Bergsma's correction of its bias (2013), phi, Tschuprow's T (1939) and Pearson's contingency
//! coefficient. All come from chi-square over n, so that a weighted table gives them from the chi-square of its
//! weighted shares ([`super::RaoScott`]). `None` where a side has fewer than two categories.
//! Reference cases: `tests/reference/tables` (`crosstab.*`), `tests/reference/groups` (`table.*`).

use super::contingency::{Contingency, TableSize};

/// Chi-square per answer with the size of its table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Association {
    /// Pearson's chi-square over the number of answers.
    pub phi_squared: f64,
    /// Number of answers, counted or effective.
    pub n: f64,
    /// Rows and columns that have answers.
    pub size: TableSize,
}

impl Association {
    /// Of a table of counts; `None` without two rows and two columns that have answers.
    pub fn of(table: &Contingency) -> Option<Self> {
        Self::new(table.pearson()?.statistic, table.total(), table.size())
    }

    /// Of a chi-square; `None` unless `n` is positive and both sides have two categories or more.
    pub fn new(chi_square: f64, n: f64, size: TableSize) -> Option<Self> {
        let phi_squared = chi_square / n;
        let fits =
            n > 0.0 && phi_squared >= 0.0 && phi_squared.is_finite() && size.rows > 1 && size.columns > 1;
        fits.then_some(Self { phi_squared, n, size })
    }

    /// Cramér's V, √(φ²/(min(r, c) − 1)).
    pub fn cramers_v(&self) -> f64 {
        let (r, c) = self.sides();
        root_share(self.phi_squared, r.min(c) - 1.0)
    }

    /// Cramér's V without its bias, which is large for small bases and many categories (Bergsma 2013).
    ///
    /// 0 where chi-square is below its degrees of freedom; `None` with one answer, or where so few answers for so many
    /// categories leave no scale.
    pub fn cramers_v_corrected(&self) -> Option<f64> {
        let (r, c) = self.sides();
        if self.n <= 1.0 {
            return None;
        }
        let (less_r, less_c) = (r - 1.0, c - 1.0);
        let phi = (self.phi_squared - less_r * less_c / (self.n - 1.0)).max(0.0);
        let shrunk = (r - less_r * less_r / (self.n - 1.0)).min(c - less_c * less_c / (self.n - 1.0));
        (shrunk > 1.0).then(|| root_share(phi, shrunk - 1.0))
    }

    /// Tschuprow's T, √(φ²/√((r − 1)(c − 1))).
    pub fn tschuprow_t(&self) -> f64 {
        let (r, c) = self.sides();
        root_share(self.phi_squared, ((r - 1.0) * (c - 1.0)).sqrt())
    }

    /// Pearson's contingency coefficient, √(φ²/(1 + φ²)), below 1 even where all is decided.
    pub fn contingency_coefficient(&self) -> f64 {
        (self.phi_squared / (1.0 + self.phi_squared)).sqrt()
    }

    fn sides(&self) -> (f64, f64) {
        (self.size.rows as f64, self.size.columns as f64)
    }
}

/// The phi coefficient of a 2 × 2 table with its sign: above 0 where the first row goes with the first column.
///
/// `None` where a row or column is empty.
pub fn phi([[a, b], [c, d]]: [[u64; 2]; 2]) -> Option<f64> {
    let [a, b, c, d] = [a, b, c, d].map(|count| count as f64);
    // Each root by itself, so that large counts do not overflow.
    let scale = (a + b).sqrt() * (c + d).sqrt() * (a + c).sqrt() * (b + d).sqrt();
    let phi = (a * d - b * c) / scale;
    (scale > 0.0 && phi.is_finite()).then(|| phi.clamp(-1.0, 1.0))
}

fn root_share(part: f64, whole: f64) -> f64 {
    (part / whole).sqrt().min(1.0)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn of(rows: &[Vec<u64>]) -> Association {
        Association::of(&Contingency::new(rows).unwrap()).unwrap()
    }

    #[test]
    fn all_decided_is_one_and_nothing_is_zero() {
        let decided = of(&[vec![10, 0], vec![0, 10]]);
        assert_relative_eq!(decided.cramers_v(), 1.0, max_relative = 1e-15);
        assert_relative_eq!(decided.tschuprow_t(), 1.0, max_relative = 1e-15);
        assert_relative_eq!(phi([[10, 0], [0, 10]]).unwrap(), 1.0, max_relative = 1e-14);
        assert_relative_eq!(phi([[0, 10], [10, 0]]).unwrap(), -1.0, max_relative = 1e-14);
        let none = of(&[vec![20, 30], vec![20, 30]]);
        assert_eq!((none.cramers_v(), none.cramers_v_corrected()), (0.0, Some(0.0)));
    }

    #[test]
    fn bergsmas_correction_by_hand() {
        // φ² = 0.25, n = 8: φ̃² = 0.25 − 1/7, r̃ = 2 − 1/7, V² = (3/28)/(6/7) = 1/8.
        let tea = of(&[vec![3, 1], vec![1, 3]]);
        assert_relative_eq!(tea.cramers_v(), 0.5, max_relative = 1e-15);
        assert_relative_eq!(tea.cramers_v_corrected().unwrap(), 0.125_f64.sqrt(), max_relative = 1e-14);
    }

    #[test]
    fn too_little_for_a_measure_has_none() {
        assert_eq!(Association::of(&Contingency::new(&[vec![5, 3]]).unwrap()), None);
        let size = TableSize { rows: 2, columns: 2 };
        assert_eq!(Association::new(1.0, 0.0, size), None);
        assert_eq!(Association::new(f64::NAN, 10.0, size), None);
        assert_eq!(of(&[vec![1, 0], vec![0, 1]]).cramers_v_corrected(), None);
        assert_eq!(phi([[0, 0], [3, 4]]), None);
        assert!(phi([[u64::MAX, 0], [0, u64::MAX]]).is_some());
    }
}
