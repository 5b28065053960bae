//! Eigenvalues of small symmetric matrices, and systems of equations with them.
//!
//! Jacobi's rotations (1846), which give small eigenvalues as surely as large ones; Cholesky's factor for a positive
//! definite system. Row by row in one vector.

/// More sweeps than a symmetric matrix of any size needs.
const MOST_SWEEPS: u32 = 60;

/// An eigenvalue below this part of the largest is none: the matrix is singular.
const SINGULAR: f64 = 1e-10;

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
    pub(super) fn eigenvalues(self) -> Option<Vec<f64>> {
        let (mut values, _) = self.eigen()?;
        values.sort_by(|a, b| b.total_cmp(a));
        Some(values)
    }

    /// The symmetric square root, row by row, and its inverse; `None` where the matrix is not positive definite beyond
    /// rounding.
    pub(super) fn square_root(self) -> Option<(Vec<f64>, Vec<f64>)> {
        let n = self.size;
        let (values, vectors) = self.eigen()?;
        let largest = values.iter().copied().fold(0.0, f64::max);
        if values.iter().any(|value| *value <= SINGULAR * largest) {
            return None;
        }
        let of = |power: fn(f64) -> f64| {
            let scaled: Vec<f64> = values.iter().map(|value| power(value.sqrt())).collect();
            let cell = |i: usize, j: usize| {
                (0..n).map(|k| vectors[i * n + k] * scaled[k] * vectors[j * n + k]).sum()
            };
            (0..n * n).map(|place| cell(place / n, place % n)).collect()
        };
        Some((of(|root| root), of(|root| 1.0 / root)))
    }

    /// Eigenvalues, and their vectors as columns.
    fn eigen(mut self) -> Option<(Vec<f64>, Vec<f64>)> {
        if !self.cells.iter().all(|x| x.is_finite()) {
            return None;
        }
        let n = self.size;
        let mut vectors: Vec<f64> =
            (0..n * n).map(|place| if place / n == place % n { 1.0 } else { 0.0 }).collect();
        let largest = self.cells.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
        for _ in 0..MOST_SWEEPS {
            if !self.sweep(1e-18 * largest, &mut vectors) {
                break;
            }
        }
        Some(((0..n).map(|i| self.cells[i * n + i]).collect(), vectors))
    }

    /// Rotates every cell off the diagonal to 0 once; whether anything was left to rotate.
    fn sweep(&mut self, unseen: f64, vectors: &mut [f64]) -> bool {
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
                for k in 0..n {
                    let (x, y) = (vectors[k * n + p], vectors[k * n + q]);
                    vectors[k * n + p] = c * x - s * y;
                    vectors[k * n + q] = s * x + c * y;
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
    fn a_square_root_squared_is_the_matrix_and_its_inverse_undoes_it() {
        let at = |i: usize, j: usize| if i == j { 1.0 } else { 0.3 + 0.05 * (i + j) as f64 };
        let (root, inverse) = Symmetric::new(5, at).square_root().unwrap();
        for place in 0..25 {
            let (i, j) = (place / 5, place % 5);
            let product = |one: &[f64], other: &[f64]| -> f64 {
                (0..5).map(|k| one[i * 5 + k] * other[k * 5 + j]).sum()
            };
            assert_relative_eq!(product(&root, &root), at(i.max(j), i.min(j)), epsilon = 1e-13);
            assert_relative_eq!(product(&root, &inverse), if i == j { 1.0 } else { 0.0 }, epsilon = 1e-12);
        }
        assert!(Symmetric::new(2, |_, _| 1.0).square_root().is_none());
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
