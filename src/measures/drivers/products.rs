//! Sums of products of answers, pair by pair of columns, and the correlations they give.
//!
//! Every pair of columns has its own rows where answers are missing: its Σw, Σwx, Σwx² and Σwxy are of the rows with
//! both answers. Numbers are taken from an origin near their mean, so that squares lose no digits.

use super::pair_counts::PairCounts;

/// Sums over rows, by pair of columns; a square of `size` columns row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Products {
    size: usize,
    /// Rows with all answers: Σw, Σwx by column, Σwxy by pair.
    complete: (f64, Vec<f64>, Vec<f64>),
    /// The others. By pair (i, j): Σw with both.
    w: Vec<f64>,
    /// Σw x of i, of the rows with j too.
    x: Vec<f64>,
    /// Σw x² of i, of the rows with j too.
    xx: Vec<f64>,
    /// Σw x y.
    xy: Vec<f64>,
    partial: bool,
}

/// What the sums of a pair of columns come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) w: f64,
    pub(super) mean: f64,
    pub(super) variance: f64,
    pub(super) covariance: f64,
}

impl Products {
    pub(super) fn new(size: usize) -> Self {
        let square = || vec![0.0; size * size];
        Self {
            size,
            complete: (0.0, vec![0.0; size], square()),
            w: square(),
            x: square(),
            xx: square(),
            xy: square(),
            partial: false,
        }
    }

    /// The sums of a group of rows that were counted by pairs; `x` gives the number, from its origin, of a code of a
    /// column, `None` for no answer.
    pub(super) fn of_counts(
        counts: &PairCounts,
        group: usize,
        size: usize,
        x: impl Fn(usize, usize) -> Option<f64>,
    ) -> Self {
        let mut sums = Self::new(size);
        for i in 0..size {
            for j in i..size {
                let (own, mirrored) = (i * size + j, j * size + i);
                for (a, b) in (0..counts.width(i)).flat_map(|a| (0..counts.width(j)).map(move |b| (a, b))) {
                    let n = counts.count(group, (i, a), (j, b));
                    if n == 0 {
                        continue;
                    }
                    let (Some(x), Some(y)) = (x(i, a), x(j, b)) else {
                        sums.partial = true;
                        continue;
                    };
                    let n = f64::from(n);
                    sums.w[own] += n;
                    sums.x[own] += n * x;
                    sums.xx[own] += n * x * x;
                    sums.xy[own] += n * x * y;
                    if i != j {
                        sums.w[mirrored] += n;
                        sums.x[mirrored] += n * y;
                        sums.xx[mirrored] += n * y * y;
                        sums.xy[mirrored] += n * x * y;
                    }
                }
            }
        }
        sums
    }

    /// Adds rows of Σw `w` with all answers.
    pub(super) fn add_complete(&mut self, x: &[f64], w: f64) {
        let (total, sums, products) = &mut self.complete;
        *total += w;
        for (i, (first, sum)) in x.iter().zip(sums).enumerate() {
            let weighted = w * first;
            *sum += weighted;
            let row = i * self.size;
            for (product, second) in products[row..=row + i].iter_mut().zip(x) {
                *product += weighted * second;
            }
        }
    }

    /// Adds rows of Σw `w` of which some answers are missing: `x` is 0 and `known` 0 there, `known` else 1.
    pub(super) fn add_partial(&mut self, x: &[f64], known: &[f64], w: f64) {
        self.partial = true;
        let n = self.size;
        for i in 0..n {
            if known[i] < 0.5 {
                continue;
            }
            let (weighted, squared) = (w * x[i], w * x[i] * x[i]);
            let cells = i * n..(i + 1) * n;
            let pairs = self.w[cells.clone()]
                .iter_mut()
                .zip(&mut self.x[cells.clone()])
                .zip(&mut self.xx[cells.clone()])
                .zip(&mut self.xy[cells]);
            for ((((both, sum), square), product), (second, is_known)) in pairs.zip(x.iter().zip(known)) {
                *both += w * is_known;
                *sum += weighted * is_known;
                *square += squared * is_known;
                *product += weighted * second;
            }
        }
    }

    /// Adds (or with −1 takes away) other sums of the same columns.
    pub(super) fn add(&mut self, other: &Self, sign: f64) {
        fn all(into: &mut [f64], from: &[f64], sign: f64) {
            for (into, from) in into.iter_mut().zip(from) {
                *into += sign * from;
            }
        }
        self.complete.0 += sign * other.complete.0;
        all(&mut self.complete.1, &other.complete.1, sign);
        all(&mut self.complete.2, &other.complete.2, sign);
        self.partial |= other.partial;
        all(&mut self.w, &other.w, sign);
        all(&mut self.x, &other.x, sign);
        all(&mut self.xx, &other.xx, sign);
        all(&mut self.xy, &other.xy, sign);
    }

    /// Whether some rows lack an answer.
    pub(super) fn is_partial(&self) -> bool {
        self.partial
    }

    /// Mean and variance of column `i` and its covariance with `j`, of the rows with both; `None` without such rows.
    pub(super) fn pair(&self, i: usize, j: usize) -> Option<Pair> {
        let n = self.size;
        let (total, sums, products) = &self.complete;
        let product = |a: usize, b: usize| products[a.max(b) * n + a.min(b)];
        let w = total + self.w[i * n + j];
        if w.is_nan() || w <= 0.0 {
            return None;
        }
        let mean = (sums[i] + self.x[i * n + j]) / w;
        let other = (sums[j] + self.x[j * n + i]) / w;
        let variance = (product(i, i) + self.xx[i * n + j]) / w - mean * mean;
        let covariance = (product(i, j) + self.xy[i * n + j]) / w - mean * other;
        Some(Pair { w, mean, variance: variance.max(0.0), covariance })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::pair_counts::PairCounts;
    use super::super::patterns::PatternColumn;
    use super::super::patterns::sample::patterns;
    use super::Products;

    #[test]
    fn pairs_are_of_the_rows_with_both() {
        // numpy.ma.corrcoef over rows with both: x = 1, 2, 4, 5; y = 2, -, 3, 7; weights 1, 1, 2, 1.
        let mut products = Products::new(2);
        products.add_complete(&[1.0, 2.0], 1.0);
        products.add_partial(&[2.0, 0.0], &[1.0, 0.0], 1.0);
        products.add_complete(&[4.0, 3.0], 2.0);
        products.add_complete(&[5.0, 7.0], 1.0);
        let own = products.pair(0, 0).unwrap();
        assert_relative_eq!(own.mean, 16.0 / 5.0);
        assert_relative_eq!(own.variance, 62.0 / 5.0 - 3.2 * 3.2, max_relative = 1e-14);
        let both = products.pair(0, 1).unwrap();
        assert_relative_eq!(both.w, 4.0);
        assert_relative_eq!(both.mean, 3.5);
        assert_relative_eq!(both.covariance, 61.0 / 4.0 - 3.5 * 3.75, max_relative = 1e-14);
        assert_relative_eq!(products.pair(1, 0).unwrap().covariance, both.covariance);
        let mut less = products.clone();
        less.add(&products, -1.0);
        assert_eq!(less.pair(0, 1), None);
        assert!(products.is_partial() && !Products::new(1).is_partial());
    }

    #[test]
    fn counted_pairs_give_the_sums_of_the_rows() {
        let columns = vec![PatternColumn { values: vec![1.0, 2.0, 4.0] }; 3];
        let code = |column: usize, row: usize| {
            (row * (column + 2) / 3 + column) % if row.is_multiple_of(5) { 4 } else { 3 }
        };
        let code = |column: usize, row: usize| {
            if row.is_multiple_of(11) { code(column, row) } else { 1 + code(column, row) % 3 }
        };
        let patterns = patterns(columns, 400, code);
        let counts = PairCounts::new::<1>(&patterns, false, 1).unwrap();
        let number = |column: usize, code: usize| patterns.value(column, code).map(|value| value - 2.0);
        let counted = Products::of_counts(&counts, 0, 3, number);
        let mut walked = Products::new(3);
        for row in 0..400 {
            let x: Vec<Option<f64>> = (0..3).map(|column| number(column, code(column, row))).collect();
            let known: Vec<f64> = x.iter().map(|x| f64::from(u8::from(x.is_some()))).collect();
            let x: Vec<f64> = x.into_iter().map(|x| x.unwrap_or(0.0)).collect();
            walked.add_partial(&x, &known, 1.0);
        }
        assert!(counted.is_partial());
        for (i, j) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
            assert_eq!(counted.pair(i, j), walked.pair(i, j));
        }
    }
}
