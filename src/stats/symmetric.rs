//! Eigenvalues of small symmetric matrices, and systems of equations with them.
//!
//! Jacobi's rotations (1846), which give small eigenvalues as surely as large ones; Cholesky's factor for a positive
//! definite system. Row by row in one vector.

/// More sweeps than a symmetric matrix of any size needs.
const MOST_SWEEPS: u32 = 60;

/// A square symmetric matrix.
#[derive(Clone, Debug)]
pub(super) struct Symmetric {
    size: usize,
    cells: Vec<f64>,
}

impl Symmetric {
    pub(super) fn new(size: usize, at: impl Fn(usize, usize) -> f64) -> Self {
        let mut matrix = Self { size, cells: vec![0.0; size * size] };
        for i in 0..size {
            for j in 0..=i {
                let value = at(i, j);
                matrix.cells[i * size + j] = value;
                matrix.cells[j * size + i] = value;
            }
        }
        matrix
    }

    /// All eigenvalues, the largest first; `None` where a cell is not finite.
    pub(super) fn eigenvalues(mut self) -> Option<Vec<f64>> {
        if !self.cells.iter().all(|x| x.is_finite()) {
            return None;
        }
        let largest = self.cells.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        for _ in 0..MOST_SWEEPS {
            if !self.sweep(1e-18 * largest) {
                break;
            }
        }
        let mut values: Vec<f64> = (0..self.size).map(|i| self.cells[i * self.size + i]).collect();
        values.sort_by(|a, b| b.total_cmp(a));
        Some(values)
    }

    /// Rotates every cell off the diagonal to 0 once; whether anything was left to rotate.
    fn sweep(&mut self, unseen: f64) -> bool {
        let n = self.size;
        let mut rotated = false;
        for p in 0..n {
            for q in p + 1..n {
                let off = self.cells[p * n + q];
                let (a, b) = (self.cells[p * n + p], self.cells[q * n + q]);
                if off.abs() <= f64::EPSILON * 1e-2 * (a.abs() * b.abs()).sqrt() || off.abs() <= unseen {
                    continue;
                }
                rotated = true;
                let theta = (b - a) / (2.0 * off);
                let t = if theta.abs() > 1e150 {
                    0.5 / theta
                } else {
                    theta.signum() / (theta.abs() + theta.hypot(1.0))
                };
                let c = 1.0 / t.hypot(1.0);
                let s = t * c;
                for k in 0..n {
                    let (x, y) = (self.cells[k * n + p], self.cells[k * n + q]);
                    self.cells[k * n + p] = c * x - s * y;
                    self.cells[k * n + q] = s * x + c * y;
                }
                for k in 0..n {
                    let (x, y) = (self.cells[p * n + k], self.cells[q * n + k]);
                    self.cells[p * n + k] = c * x - s * y;
                    self.cells[q * n + k] = s * x + c * y;
                }
            }
        }
        rotated
    }

    /// `yᵀ A⁻¹ y`; `None` where the matrix is not positive definite beyond rounding.
    pub(super) fn inverse_form(mut self, y: &[f64]) -> Option<f64> {
        let n = self.size;
        let mut solved = y.to_vec();
        let mut total = 0.0;
        for i in 0..n {
            let before = self.cells[i * n + i];
            for j in 0..=i {
                let mut value = self.cells[i * n + j];
                for k in 0..j {
                    value -= self.cells[i * n + k] * self.cells[j * n + k];
                }
                self.cells[i * n + j] = if i > j {
                    value / self.cells[j * n + j]
                } else if value > 1e-12 * before && before > 0.0 {
                    value.sqrt()
                } else {
                    return None;
                };
            }
            for k in 0..i {
                solved[i] -= self.cells[i * n + k] * solved[k];
            }
            solved[i] /= self.cells[i * n + i];
            total += solved[i] * solved[i];
        }
        total.is_finite().then_some(total)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn eigenvalues_of_a_chain_are_known() {
        // 2 on the diagonal, −1 beside it: 2 − 2 cos(kπ/(n + 1)).
        let n = 12_u32;
        let chain = Symmetric::new(12, |i, j| if i == j { 2.0 } else { -f64::from(u8::from(i == j + 1)) });
        for (k, value) in (1..=n).rev().zip(chain.eigenvalues().unwrap()) {
            let angle = std::f64::consts::PI * f64::from(k) / f64::from(n + 1);
            assert_relative_eq!(value, 2.0 - 2.0 * angle.cos(), max_relative = 1e-12);
        }
        assert!(Symmetric::new(1, |_, _| f64::NAN).eigenvalues().is_none());
        assert_eq!(Symmetric::new(0, |_, _| 0.0).eigenvalues(), Some(vec![]));
    }

    #[test]
    fn inverse_forms_by_hand() {
        // [[2, 1], [1, 2]]⁻¹ = [[2, −1], [−1, 2]]/3.
        let matrix = Symmetric::new(2, |i, j| if i == j { 2.0 } else { 1.0 });
        assert_relative_eq!(matrix.inverse_form(&[1.0, -1.0]).unwrap(), 2.0, max_relative = 1e-14);
        assert!(Symmetric::new(2, |_, _| 1.0).inverse_form(&[1.0, 0.0]).is_none());
        assert!(Symmetric::new(1, |_, _| 0.0).inverse_form(&[1.0]).is_none());
    }
}
