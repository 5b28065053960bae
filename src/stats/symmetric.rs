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

    /// The number of rows.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// The cell in a row and a column.
    pub(super) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// All cells, row by row.
    pub(super) fn into_cells(self) -> Vec<f64> {
        self.cells
    }

    /// `T A Tᵀ` for the matrix `T` of so many rows, given by row and column.
    pub(super) fn transformed(&self, rows: usize, at: impl Fn(usize, usize) -> f64) -> Self {
        let n = self.size;
        let half: Vec<f64> = (0..rows * n)
            .map(|place| (0..n).map(|k| at(place / n, k) * self.at(k, place % n)).sum())
            .collect();
        Self::new(rows, |i, j| (0..n).map(|k| half[i * n + k] * at(j, k)).sum())
    }

    /// The inverse, row by row; where the matrix is not positive definite beyond rounding, the first row that follows
    /// from those before it.
    pub(super) fn inverse(&self) -> Result<Vec<f64>, Dependent> {
        let n = self.size;
        let mut lower = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| lower[i * n + k] * lower[j * n + k]).sum();
                let value = self.at(i, j) - known;
                lower[i * n + j] = if i > j {
                    value / lower[j * n + j]
                } else if value > SINGULAR * self.at(i, i) {
                    value.sqrt()
                } else {
                    return Err(Dependent { row: i, by: self.combination(i, &lower) });
                };
            }
        }
        // The inverse of the factor, then its product with itself.
        let mut inverse = vec![0.0; n * n];
        for j in 0..n {
            for i in j..n {
                let own = if i == j { 1.0 } else { 0.0 };
                let known: f64 = (j..i).map(|k| lower[i * n + k] * inverse[k * n + j]).sum();
                inverse[i * n + j] = (own - known) / lower[i * n + i];
            }
        }
        let cell = |i: usize, j: usize| -> f64 {
            (i.max(j)..n).map(|k| inverse[k * n + i] * inverse[k * n + j]).sum()
        };
        Ok((0..n * n).map(|place| cell(place / n, place % n)).collect())
    }

    /// What a row is made of: the coefficients of the rows before it, by the factor of these.
    fn combination(&self, row: usize, lower: &[f64]) -> Vec<f64> {
        let n = self.size;
        let mut by: Vec<f64> = lower[row * n..row * n + row].to_vec();
        for i in (0..row).rev() {
            let known: f64 = (i + 1..row).map(|k| lower[k * n + i] * by[k]).sum();
            by[i] = (by[i] - known) / lower[i * n + i];
        }
        by
    }

    /// The same with every eigenvalue below `least` raised to it; `None` where a cell is not finite.
    pub(super) fn raised(self, least: f64) -> Option<Self> {
        let n = self.size;
        let (values, vectors) = self.eigen()?;
        Some(Self::new(n, |i, j| {
            (0..n).map(|k| vectors[i * n + k] * values[k].max(least) * vectors[j * n + k]).sum()
        }))
    }

    /// Eigenvalues, and their vectors as columns.
    pub(super) fn eigen(mut self) -> Option<(Vec<f64>, Vec<f64>)> {
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

/// A row that is a combination of those before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dependent {
    pub(super) row: usize,
    /// Coefficients of the rows before it.
    pub(super) by: Vec<f64>,
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
    fn an_inverse_undoes_and_a_dependent_row_is_named() {
        let at = |i: usize, j: usize| if i == j { 2.0 } else { 0.3 + 0.05 * (i + j) as f64 };
        let matrix = Symmetric::new(4, at);
        let inverse = matrix.inverse().unwrap();
        for place in 0..16 {
            let (i, j) = (place / 4, place % 4);
            let product: f64 = (0..4).map(|k| matrix.at(i, k) * inverse[k * 4 + j]).sum();
            assert_relative_eq!(product, if i == j { 1.0 } else { 0.0 }, epsilon = 1e-13);
        }
        // The third is twice the first less the second.
        let rows = [[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]];
        let found = Symmetric::new(3, |i, j| rows[i][0] * rows[j][0] + rows[i][1] * rows[j][1]).inverse();
        assert_eq!(found, Err(Dependent { row: 2, by: vec![2.0, -1.0] }));
        let swapped = matrix.transformed(2, |i, k| f64::from(u8::from(i + k == 1)));
        assert_eq!(swapped.into_cells(), [2.0, 0.35, 0.35, 2.0]);
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
