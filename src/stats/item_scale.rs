//! How items that are to measure one thing vary together.

use super::sum::sum;

/// Variances and covariances of items over complete rows, by Σw.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemScale {
    /// Complete rows.
    pub rows: u64,
    /// Whether rows count by weights.
    pub weighted: bool,
    /// By item, the mean.
    pub means: Vec<f64>,
    /// By item, then item.
    covariances: Vec<f64>,
}

/// Why items are no scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemFault {
    /// Columns of different lengths, values that are not finite, weights that are not positive.
    Unusable,
    /// Fewer than two items.
    TooFewItems,
    /// Fewer than three complete rows.
    TooFewRows(u64),
    /// This item has the same value in all rows.
    ConstantItem(usize),
}

/// Rows below which nothing can be said.
const LEAST_ROWS: usize = 3;

impl ItemScale {
    /// From the items' values by row, and weights where rows count differently.
    ///
    /// # Errors
    /// Names what is wrong with the items.
    pub fn new(items: &[Vec<f64>], weights: Option<&[f64]>) -> Result<Self, ItemFault> {
        let [first, _, ..] = items else {
            return Err(ItemFault::TooFewItems);
        };
        let n = first.len();
        let sound = items.iter().all(|item| item.len() == n && item.iter().all(|x| x.is_finite()));
        let weighed = weights.is_none_or(|of| of.len() == n && of.iter().all(|w| w.is_finite() && *w > 0.0));
        if !sound || !weighed {
            return Err(ItemFault::Unusable);
        }
        if n < LEAST_ROWS {
            return Err(ItemFault::TooFewRows(n as u64));
        }
        let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
        let total = sum((0..n).map(weight));
        let mean = |item: &Vec<f64>| {
            let shift = item.first().copied().unwrap_or(0.0);
            shift + sum(item.iter().enumerate().map(|(row, x)| weight(row) * (x - shift))) / total
        };
        for (place, item) in items.iter().enumerate() {
            if item.iter().all(|x| item.first().is_some_and(|first| x.total_cmp(first).is_eq())) {
                return Err(ItemFault::ConstantItem(place));
            }
        }
        let means: Vec<f64> = items.iter().map(mean).collect();
        let covariance = |i: usize, j: usize| {
            let product = |row: usize| weight(row) * (items[i][row] - means[i]) * (items[j][row] - means[j]);
            sum((0..n).map(product)) / total
        };
        let k = items.len();
        let mut covariances = vec![0.0; k * k];
        for i in 0..k {
            for j in 0..=i {
                let value = covariance(i, j);
                (covariances[i * k + j], covariances[j * k + i]) = (value, value);
            }
        }
        Ok(Self { rows: n as u64, weighted: weights.is_some(), means, covariances })
    }

    /// The number of items.
    pub fn items(&self) -> usize {
        self.means.len()
    }

    /// The covariance of two items, by Σw.
    pub fn covariance(&self, one: usize, other: usize) -> f64 {
        self.covariances.get(one * self.items() + other).copied().unwrap_or(0.0)
    }

    /// Their correlation.
    pub fn correlation(&self, one: usize, other: usize) -> f64 {
        if one == other {
            return 1.0;
        }
        let scale = (self.covariance(one, one) * self.covariance(other, other)).sqrt();
        (self.covariance(one, other) / scale).clamp(-1.0, 1.0)
    }

    /// The covariance of two sums of items.
    pub(super) fn between(&self, one: &[usize], other: &[usize]) -> f64 {
        sum(one.iter().flat_map(|i| other.iter().map(|j| self.covariance(*i, *j))))
    }

    /// The items from which some are left out.
    pub(super) fn without(&self, item: usize) -> Vec<usize> {
        (0..self.items()).filter(|other| *other != item).collect()
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn what_is_no_scale_is_named() {
        let item = vec![1.0, 2.0, 3.0];
        assert_eq!(ItemScale::new(&[], None), Err(ItemFault::TooFewItems));
        assert_eq!(ItemScale::new(std::slice::from_ref(&item), None), Err(ItemFault::TooFewItems));
        assert_eq!(ItemScale::new(&[vec![1.0, 2.0], vec![2.0, 1.0]], None), Err(ItemFault::TooFewRows(2)));
        assert_eq!(ItemScale::new(&[vec![], vec![]], None), Err(ItemFault::TooFewRows(0)));
        assert_eq!(ItemScale::new(&[item.clone(), vec![4.0; 3]], None), Err(ItemFault::ConstantItem(1)));
        assert_eq!(ItemScale::new(&[item.clone(), vec![1.0, 2.0]], None), Err(ItemFault::Unusable));
        assert_eq!(ItemScale::new(&[item.clone(), vec![f64::NAN; 3]], None), Err(ItemFault::Unusable));
        let none = [1.0, 0.0, 1.0];
        assert_eq!(ItemScale::new(&[item.clone(), item], Some(&none)), Err(ItemFault::Unusable));
    }

    #[test]
    fn weights_count_rows() {
        let twice = ItemScale::new(&[vec![1.0, 1.0, 2.0, 5.0], vec![2.0, 2.0, 1.0, 4.0]], None).unwrap();
        let weights = [2.0, 1.0, 1.0];
        let once = ItemScale::new(&[vec![1.0, 2.0, 5.0], vec![2.0, 1.0, 4.0]], Some(&weights)).unwrap();
        assert_relative_eq!(twice.covariance(0, 1), once.covariance(0, 1), max_relative = 1e-14);
        assert_relative_eq!(twice.correlation(0, 1), once.correlation(1, 0), max_relative = 1e-14);
    }
}
