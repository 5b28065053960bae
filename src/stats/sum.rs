//! A sum that keeps what rounding drops (Neumaier 1974), so that the order of the answers and a
//! large offset do not reach the printed digits.

/// Running compensated sum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, x: f64) {
        let next = self.total + x;
        self.lost +=
            if self.total.abs() >= x.abs() { (self.total - next) + x } else { (x - next) + self.total };
        self.total = next;
    }

    pub(super) fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// Compensated sum of the given terms.
pub(super) fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    for term in terms {
        sum.add(term);
    }
    sum.value()
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    #[allow(clippy::float_cmp)]
    fn small_terms_survive_a_large_one() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum([]), 0.0);
    }
}
