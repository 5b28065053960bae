//! How many of `drawn` come from the first of two groups, given the odds ratio: Fisher's noncentral hypergeometric law.
//!
//! Every sum starts at its largest term and walks outwards by the ratio of neighbours until what is left cannot be seen,
//! a few hundred root-sizes of terms at most, so that a million answers cost no more than thousands of steps. The
//! central probabilities are Loader's saddle-point form (2000), which keeps its digits for large counts.

use super::incomplete_beta::{deviance, stirling_error};

/// Terms smaller than this part of their sum are no longer added.
const NEGLIGIBLE: f64 = 1e-18;

/// The numbers in the first group that the margins allow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hypergeometric {
    /// Size of the first group.
    first: f64,
    /// Size of the second group.
    second: f64,
    /// How many are drawn of both.
    drawn: f64,
    /// Smallest and largest possible number.
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The sum of weights over a range of the support.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Logarithm of the sum of central probability × odds ratioˣ.
    pub(super) ln_sum: f64,
    /// Mean number within the range.
    pub(super) mean: f64,
    /// Variance within the range.
    pub(super) variance: f64,
}

impl Hypergeometric {
    pub(super) fn new(first: f64, second: f64, drawn: f64) -> Self {
        Self { first, second, drawn, low: (drawn - second).max(0.0), high: first.min(drawn) }
    }

    /// Logarithm of the central probability of `x`, which lies in the support.
    pub(super) fn ln_probability(&self, x: f64) -> f64 {
        let (Self { first, second, drawn, .. }, all) = (*self, self.first + self.second);
        let share = drawn / all;
        ln_binomial(x, first, share) + ln_binomial(drawn - x, second, share) - ln_binomial(drawn, all, share)
    }

    /// The sum over `from..=to`, both in the support, for the logarithm `u` of the odds ratio.
    pub(super) fn part(&self, from: f64, to: f64, u: f64) -> Part {
        let top = self.mode(u).clamp(from, to);
        // Weights in units of the one at the top; moments around it.
        let (mut total, mut first, mut second) = (1.0, 0.0, 0.0);
        for (step, end) in [(1.0, to), (-1.0, from)] {
            let (mut x, mut weight) = (top, 1.0_f64);
            while (end - x) * step > 0.5 {
                let ratio =
                    if step > 0.0 { self.ratio(x) * u.exp() } else { 1.0 / (self.ratio(x - 1.0) * u.exp()) };
                x += step;
                weight *= ratio;
                let off = x - top;
                total += weight;
                first += weight * off;
                second += weight * off * off;
                // Ratios only shrink from here on: the rest is below a geometric series.
                if ratio < 1.0 && weight / (1.0 - ratio) < NEGLIGIBLE * total {
                    break;
                }
            }
        }
        let off = first / total;
        Part {
            ln_sum: self.ln_probability(top) + u * top + total.ln(),
            mean: top + off,
            variance: (second / total - off * off).max(0.0),
        }
    }

    /// The most likely number without any association.
    pub(super) fn central_mode(&self) -> f64 {
        self.mode(0.0)
    }

    /// Logarithm of the sample's own odds ratio, half an answer added to every cell.
    pub(super) fn ln_sample_odds(&self, x: f64) -> f64 {
        let cells =
            [x, self.second - self.drawn + x, self.first - x, self.drawn - x].map(|cell| (cell + 0.5).ln());
        cells[0] + cells[1] - cells[2] - cells[3]
    }

    /// The smallest number that is at least as likely as the one above it.
    fn mode(&self, u: f64) -> f64 {
        let (mut low, mut high) = (self.low, self.high);
        while high - low > 0.5 {
            let middle = f64::midpoint(low, high).floor();
            if self.ratio(middle).ln() + u > 0.0 {
                low = middle + 1.0;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Central probability of `x + 1` over that of `x`.
    fn ratio(&self, x: f64) -> f64 {
        (self.first - x) / (x + 1.0) * ((self.drawn - x) / (self.second - self.drawn + x + 1.0))
    }
}

/// Logarithm of the binomial probability of `x` successes in `n`.
fn ln_binomial(x: f64, n: f64, p: f64) -> f64 {
    let q = 1.0 - p;
    if n <= 0.0 {
        return 0.0;
    }
    if x <= 0.0 {
        return if q > 0.0 {
            n * (-p).ln_1p()
        } else if n > 0.0 {
            f64::NEG_INFINITY
        } else {
            0.0
        };
    }
    if x >= n {
        return n * p.ln();
    }
    let rest = n - x;
    let exponent = stirling_error(n)
        - stirling_error(x)
        - stirling_error(rest)
        - deviance(x, n * p)
        - deviance(rest, n * q);
    exponent + 0.5 * (n / (std::f64::consts::TAU * x * rest)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn central_probabilities_are_those_of_counting() {
        // Of 4 and 4 draw 4: 1, 16, 36, 16, 1 of 70.
        let tea = Hypergeometric::new(4.0, 4.0, 4.0);
        for (x, ways) in [(0.0, 1.0), (1.0, 16.0), (2.0, 36.0), (3.0, 16.0), (4.0, 1.0)] {
            assert_relative_eq!(tea.ln_probability(x).exp(), ways / 70.0, max_relative = 1e-13);
        }
        let all = tea.part(0.0, 4.0, 0.0);
        assert!(all.ln_sum.abs() < 1e-13);
        assert_relative_eq!(all.mean, 2.0, max_relative = 1e-14);
        assert_relative_eq!(all.variance, 4.0 * 0.25 * (4.0 / 7.0), max_relative = 1e-13);
        let upper = tea.part(3.0, 4.0, 0.0);
        assert_relative_eq!(upper.ln_sum.exp(), 17.0 / 70.0, max_relative = 1e-13);
    }

    #[test]
    fn large_tables_add_up_whatever_the_odds() {
        let wide = Hypergeometric::new(4e5, 6e5, 3e5);
        assert!(wide.part(wide.low, wide.high, 0.0).ln_sum.abs() < 1e-10);
        for u in [-30.0, -1.0, 2.0, 40.0] {
            let (below, above) = (wide.part(wide.low, 1.2e5, u), wide.part(120_001.0, wide.high, u));
            let all = wide.part(wide.low, wide.high, u);
            let largest = below.ln_sum.max(above.ln_sum);
            let both = largest + ((below.ln_sum - largest).exp() + (above.ln_sum - largest).exp()).ln();
            assert_relative_eq!(both, all.ln_sum, max_relative = 1e-12, epsilon = 1e-9);
        }
    }
}
