//! How far a path model might have come out otherwise: limits by resampling respondents.
//!
//! Up to ten thousand respondents a bootstrap (percentiles), which draws them with their weights; above, the jackknife
//! that leaves out one of a hundred groups in turn, whose products are added up in one pass, with Student's t. Rows are
//! put in an order of their own first, and groups are drawn, so that the order of the file changes nothing.

use super::distributions::t_quantile;
use super::path_model::{PathFault, PathModel, PathSolution};
use super::sum::sum;
use super::{Bootstrap, Confidence, Interval, quantile_type7};

/// From more respondents on groups are left out in turn.
const MOST_DRAWN: usize = 10_000;

/// Resamples of the bootstrap.
const RESAMPLES: u32 = 500;

/// Groups of the jackknife.
const GROUPS: usize = 100;

/// At least this share of the resamples has to have a solution.
const USABLE: f64 = 0.95;

/// Respondents with an answer to every item of a model.
#[derive(Clone, Copy, Debug)]
pub struct PathSample<'a> {
    /// The model.
    pub model: &'a PathModel,
    /// By item, its values by respondent.
    pub items: &'a [Vec<f64>],
    /// The respondents' weights, where they count differently.
    pub weights: Option<&'a [f64]>,
}

/// Limits of the figures of a [`PathSolution`], in its order; `None` where resamples say nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct PathLimits {
    /// Resamples with a solution.
    pub resamples: u32,
    /// Whether groups were left out in turn.
    pub by_groups: bool,
    /// Of the paths.
    pub paths: Vec<Option<Interval>>,
    /// Of the loadings.
    pub loadings: Vec<Option<Interval>>,
    /// Of R²; none where no path leads.
    pub r2: Vec<Option<Interval>>,
}

/// Sums of weights, values and products.
#[derive(Clone)]
struct Products {
    total: f64,
    sums: Vec<f64>,
    /// By item, then items up to it.
    crossed: Vec<f64>,
}

impl PathSample<'_> {
    /// The correlations of the items, row by row; `None` where an item does not vary.
    pub fn correlations(&self) -> Option<Vec<f64>> {
        let rows: Vec<(usize, f64)> = (0..self.rows()).map(|row| (row, self.weight(row))).collect();
        self.products(&self.centres(), &rows).correlations()
    }

    /// The solution.
    ///
    /// # Errors
    /// Names why there is none; items that do not vary are no correlations.
    pub fn solve(&self) -> Result<PathSolution, PathFault> {
        self.model.solve(&self.correlations().ok_or(PathFault::Unusable)?)
    }

    /// Limits of a solution of this sample, at a level of confidence and from a seed.
    pub fn limits(&self, solution: &PathSolution, confidence: Confidence, seed: u64) -> PathLimits {
        let order = self.ordered();
        let by_groups = order.len() > MOST_DRAWN;
        let bootstrap = Bootstrap { replicates: RESAMPLES, seed };
        let (tried, found) = if by_groups {
            (GROUPS, self.without_groups(&order, &bootstrap))
        } else {
            (usize::try_from(RESAMPLES).unwrap_or(0), self.drawn(&order, &bootstrap))
        };
        let enough = found.len() as f64 >= USABLE * tried as f64 && !order.is_empty();
        let of = |part: &dyn Fn(&PathSolution) -> Option<f64>| -> Option<Interval> {
            let estimate = part(solution).filter(|_| enough)?;
            let values: Vec<f64> = found.iter().filter_map(part).collect();
            if by_groups { jackknife(estimate, &values, confidence) } else { percentile(&values, confidence) }
        };
        PathLimits {
            resamples: u32::try_from(found.len()).unwrap_or(u32::MAX),
            by_groups,
            paths: (0..solution.paths.len()).map(|place| of(&|s| s.paths.get(place).copied())).collect(),
            loadings: (0..solution.loadings.len())
                .map(|place| of(&|s| s.loadings.get(place).copied()))
                .collect(),
            r2: (0..solution.r2.len()).map(|place| of(&|s| s.r2.get(place).copied().flatten())).collect(),
        }
    }

    fn rows(&self) -> usize {
        self.items.first().map_or(0, Vec::len)
    }

    fn weight(&self, row: usize) -> f64 {
        self.weights.and_then(|weights| weights.get(row).copied()).unwrap_or(1.0)
    }

    /// The respondents by their answers and weights.
    fn ordered(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rows()).collect();
        order.sort_by(|a, b| {
            let items = self.items.iter().map(|item| item[*a].total_cmp(&item[*b]));
            items
                .fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
                .then(self.weight(*a).total_cmp(&self.weight(*b)))
        });
        order
    }

    /// Values near the middle of each item, so that products keep their digits.
    fn centres(&self) -> Vec<f64> {
        self.items.iter().map(|item| sum(item.iter().copied()) / item.len().max(1) as f64).collect()
    }

    fn products(&self, centres: &[f64], rows: &[(usize, f64)]) -> Products {
        let k = self.items.len();
        let mut found = Products { total: 0.0, sums: vec![0.0; k], crossed: vec![0.0; k * k] };
        let mut values = vec![0.0; k];
        for (row, weight) in rows {
            found.total += weight;
            for (i, item) in self.items.iter().enumerate() {
                values[i] = item[*row] - centres[i];
                let weighed = weight * values[i];
                found.sums[i] += weighed;
                for (crossed, value) in found.crossed[i * k..].iter_mut().zip(&values[..=i]) {
                    *crossed += weighed * value;
                }
            }
        }
        found
    }

    fn drawn(&self, order: &[usize], bootstrap: &Bootstrap) -> Vec<PathSolution> {
        let centres = self.centres();
        let resample = |replicate: u32| {
            let mut draws = bootstrap.draws(replicate);
            let mut times = vec![0.0; order.len()];
            for _ in 0..order.len() {
                times[draws.below(order.len())] += 1.0;
            }
            let rows: Vec<(usize, f64)> = order
                .iter()
                .zip(&times)
                .filter(|(_, times)| **times > 0.0)
                .map(|(row, times)| (*row, times * self.weight(*row)))
                .collect();
            self.model.solve(&self.products(&centres, &rows).correlations()?).ok()
        };
        (0..bootstrap.replicates).filter_map(resample).collect()
    }

    fn without_groups(&self, order: &[usize], bootstrap: &Bootstrap) -> Vec<PathSolution> {
        let centres = self.centres();
        let mut dealt = order.to_vec();
        let mut draws = bootstrap.draws(0);
        for place in (1..dealt.len()).rev() {
            dealt.swap(place, draws.below(place + 1));
        }
        let groups: Vec<Products> = (0..GROUPS)
            .map(|group| {
                let rows: Vec<(usize, f64)> =
                    dealt.iter().skip(group).step_by(GROUPS).map(|row| (*row, self.weight(*row))).collect();
                self.products(&centres, &rows)
            })
            .collect();
        let all = groups.iter().skip(1).fold(groups[0].clone(), |all, group| all.with(group, 1.0));
        let without = |group: &Products| self.model.solve(&all.with(group, -1.0).correlations()?).ok();
        groups.iter().filter_map(without).collect()
    }
}

impl Products {
    fn with(&self, other: &Self, times: f64) -> Self {
        let add = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a + times * b).collect();
        Self {
            total: self.total + times * other.total,
            sums: add(&self.sums, &other.sums),
            crossed: add(&self.crossed, &other.crossed),
        }
    }

    fn correlations(&self) -> Option<Vec<f64>> {
        let k = self.sums.len();
        let covariance = |i: usize, j: usize| {
            self.crossed[i.max(j) * k + i.min(j)] - self.sums[i] * self.sums[j] / self.total
        };
        let varies = |i: usize| covariance(i, i) > 1e-12 * self.crossed[i * k + i];
        if !(0..k).all(varies) {
            return None;
        }
        let cell = |i: usize, j: usize| {
            if i == j {
                return 1.0;
            }
            (covariance(i, j) / (covariance(i, i) * covariance(j, j)).sqrt()).clamp(-1.0, 1.0)
        };
        Some((0..k * k).map(|place| cell(place / k, place % k)).collect())
    }
}

fn percentile(values: &[f64], confidence: Confidence) -> Option<Interval> {
    let points: Vec<(f64, u64)> = values.iter().map(|x| (*x, 1)).collect();
    let at = |p: f64| quantile_type7(&points, p);
    let limits = Interval::new(at(confidence.tail())?, at(1.0 - confidence.tail())?)?;
    (limits.high > limits.low).then_some(limits)
}

fn jackknife(estimate: f64, values: &[f64], confidence: Confidence) -> Option<Interval> {
    let n = values.len() as f64;
    let mean = sum(values.iter().copied()) / n;
    let error = ((n - 1.0) / n * sum(values.iter().map(|x| (x - mean) * (x - mean)))).sqrt();
    let half = t_quantile(1.0 - confidence.tail(), n - 1.0)? * error;
    Interval::around(estimate, half).filter(|limits| limits.high > limits.low)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two constructs of two items from a row number, so that the second follows the first.
    fn items(rows: u32) -> Vec<Vec<f64>> {
        let part = |row: u32, by: u32| {
            f64::from(row.wrapping_mul(2_654_435_761).wrapping_add(by) >> 7 & 1023) / 1023.0
        };
        let first = |row: u32| part(row, 1);
        let second = |row: u32| 0.6 * first(row) + 0.4 * part(row, 77_777_777);
        let item = |of: &dyn Fn(u32) -> f64, by: u32| {
            (0..rows).map(|row| (4.0 * (0.7 * of(row) + 0.3 * part(row, by))).round()).collect()
        };
        vec![
            item(&first, 123_456_789),
            item(&first, 987_654_321),
            item(&second, 555_555_555),
            item(&second, 333_333_333),
        ]
    }

    #[test]
    fn limits_hold_the_estimate_and_shrink_with_more_respondents() {
        let model = PathModel { blocks: vec![2, 2], paths: vec![(0, 1)] };
        let confidence = Confidence::new(0.95).unwrap();
        let width = |rows: u32| {
            let items = items(rows);
            let sample = PathSample { model: &model, items: &items, weights: None };
            let solution = sample.solve().unwrap();
            let limits = sample.limits(&solution, confidence, 1);
            let path = limits.paths[0].unwrap();
            assert!(path.contains(solution.paths[0]), "{path:?} {}", solution.paths[0]);
            assert_eq!(limits.by_groups, rows > 10_000);
            assert!(limits.r2[0].is_none() && limits.r2[1].is_some());
            (path.high - path.low) * f64::from(rows).sqrt()
        };
        let (few, many) = (width(400), width(12_000));
        assert!((few / many - 1.0).abs() < 0.4, "{few} {many}");
    }

    #[test]
    fn the_order_of_respondents_changes_no_limit() {
        let model = PathModel { blocks: vec![2, 2], paths: vec![(0, 1)] };
        let items = items(150);
        let turned: Vec<Vec<f64>> = items.iter().map(|item| item.iter().rev().copied().collect()).collect();
        let limits = |items: &[Vec<f64>]| {
            let sample = PathSample { model: &model, items, weights: None };
            sample.limits(&sample.solve().unwrap(), Confidence::new(0.9).unwrap(), 7).paths[0].unwrap()
        };
        let (one, other) = (limits(&items), limits(&turned));
        assert!((one.low - other.low).abs() < 1e-12 && (one.high - other.high).abs() < 1e-12);
    }

    #[test]
    fn items_that_do_not_vary_have_no_solution() {
        let model = PathModel { blocks: vec![1, 1], paths: vec![(0, 1)] };
        let items = [vec![3.0; 5], vec![1.0, 2.0, 3.0, 4.0, 5.0]];
        let sample = PathSample { model: &model, items: &items, weights: None };
        assert_eq!(sample.solve().map(|_| ()), Err(PathFault::Unusable));
    }
}
