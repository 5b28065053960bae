<<<<<<< HEAD
//! Symmetric systems of equations, as normal equations give them.

/// Cholesky factor of a matrix Σ w·x·xᵀ; columns that depend on earlier ones are left out.
///
/// A column left out gets the coefficient 0, which is one of the solutions wherever the system has any.
#[derive(Clone, Debug, PartialEq)]
pub struct Symmetric {
    size: usize,
    lower: Vec<f64>,
    kept: Vec<bool>,
}

/// A pivot below this part of its diagonal is rounding: the column says nothing new.
const DEPENDENT: f64 = 1e-11;

impl Symmetric {
    /// The factor of a matrix of `size` rows, given row by row; only its lower triangle is read.
    ///
    /// `None` where a number is not finite or there are not `size`² of them.
    pub fn of(matrix: &[f64], size: usize) -> Option<Self> {
        if matrix.len() != size.checked_mul(size)? || matrix.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let mut lower = matrix.to_vec();
        let mut kept = vec![false; size];
        for column in 0..size {
            let diagonal = lower[column * size + column];
            let pivot = diagonal - dot(&lower, size, column, column, column);
            kept[column] = pivot > DEPENDENT * diagonal && pivot > 0.0;
            let root = pivot.max(0.0).sqrt();
            lower[column * size + column] = root;
            for row in column + 1..size {
                let value = if kept[column] {
                    (lower[row * size + column] - dot(&lower, size, row, column, column)) / root
                } else {
                    0.0
                };
                lower[row * size + column] = value;
            }
        }
        Some(Self { size, lower, kept })
    }

    /// The coefficients that give `right`; `None` where they are not finite.
    pub fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        if right.len() != self.size {
            return None;
        }
        let size = self.size;
        let mut x = vec![0.0; size];
        for row in 0..size {
            if self.kept[row] {
                let known: f64 = (0..row).map(|k| self.lower[row * size + k] * x[k]).sum();
                x[row] = (right[row] - known) / self.lower[row * size + row];
            }
        }
        for row in (0..size).rev() {
            if self.kept[row] {
                let known: f64 = (row + 1..size).map(|k| self.lower[k * size + row] * x[k]).sum();
                x[row] = (x[row] - known) / self.lower[row * size + row];
            }
        }
        x.iter().all(|value| value.is_finite()).then_some(x)
    }
}

/// The first `until` terms of the product of two rows of the factor.
fn dot(lower: &[f64], size: usize, a: usize, b: usize, until: usize) -> f64 {
    let (a, b) = (&lower[a * size..a * size + until], &lower[b * size..b * size + until]);
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
=======
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
>>>>>>> tables
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
<<<<<<< HEAD
    fn a_system_is_solved() {
        let factor = Symmetric::of(&[4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0], 3).unwrap();
        let x = factor.solve(&[1.0, -2.0, 3.0]).unwrap();
        assert_relative_eq!(4.0 * x[0] + 2.0 * x[1] + 0.6 * x[2], 1.0, epsilon = 1e-12);
        assert_relative_eq!(2.0 * x[0] + 5.0 * x[1] + x[2], -2.0, epsilon = 1e-12);
        assert_relative_eq!(0.6 * x[0] + x[1] + 3.0 * x[2], 3.0, epsilon = 1e-12);
    }

    #[test]
    fn a_column_that_repeats_another_is_left_out() {
        let factor = Symmetric::of(&[4.0, 4.0, 4.0, 4.0], 2).unwrap();
        assert_eq!(factor.solve(&[8.0, 8.0]).unwrap(), [2.0, 0.0]);
        assert_eq!(Symmetric::of(&[f64::NAN], 1), None);
        assert_eq!(Symmetric::of(&[1.0], 2), None);
        assert_eq!(Symmetric::of(&[0.0], 1).unwrap().solve(&[3.0]).unwrap(), [0.0]);
=======
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
>>>>>>> tables
    }
}
