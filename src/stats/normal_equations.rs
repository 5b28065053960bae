//! NormalEquations systems of equations, as normal equations give them.

/// Cholesky factor of a matrix Σ w·x·xᵀ; columns that depend on earlier ones are left out.
///
/// A column left out gets the coefficient 0, which is one of the solutions wherever the system has any.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalEquations {
    size: usize,
    lower: Vec<f64>,
    kept: Vec<bool>,
}

/// A pivot below this part of its diagonal is rounding: the column says nothing new.
const DEPENDENT: f64 = 1e-11;

impl NormalEquations {
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
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn a_system_is_solved() {
        let factor = NormalEquations::of(&[4.0, 2.0, 0.6, 2.0, 5.0, 1.0, 0.6, 1.0, 3.0], 3).unwrap();
        let x = factor.solve(&[1.0, -2.0, 3.0]).unwrap();
        assert_relative_eq!(4.0 * x[0] + 2.0 * x[1] + 0.6 * x[2], 1.0, epsilon = 1e-12);
        assert_relative_eq!(2.0 * x[0] + 5.0 * x[1] + x[2], -2.0, epsilon = 1e-12);
        assert_relative_eq!(0.6 * x[0] + x[1] + 3.0 * x[2], 3.0, epsilon = 1e-12);
    }

    #[test]
    fn a_column_that_repeats_another_is_left_out() {
        let factor = NormalEquations::of(&[4.0, 4.0, 4.0, 4.0], 2).unwrap();
        assert_eq!(factor.solve(&[8.0, 8.0]).unwrap(), [2.0, 0.0]);
        assert_eq!(NormalEquations::of(&[f64::NAN], 1), None);
        assert_eq!(NormalEquations::of(&[1.0], 2), None);
        assert_eq!(NormalEquations::of(&[0.0], 1).unwrap().solve(&[3.0]).unwrap(), [0.0]);
    }
}
