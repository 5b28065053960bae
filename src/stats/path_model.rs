//! Path models of weighted sums of items: partial least squares, mode A, path scheme.
//!
//! Wold's algorithm as Lohmöller (1989) and Tenenhaus et al. (2005) have it, on the correlations of the items alone: the
//! sums' weights are the items' covariances with what the neighbours say of their construct (the regression on those
//! that lead to it, the correlations with those that follow), until they settle. Path coefficients are then least
//! squares between the sums, which have variance 1. References: plspm 0.5.7 (Python), seminr, semPLS.

use super::symmetric::Symmetric;

/// Weights that move less than this in a step have settled.
const SETTLED: f64 = 1e-10;

/// More steps than any model that settles needs.
const MOST_STEPS: u32 = 1000;

/// Which items measure which construct, and which construct leads to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathModel {
    /// By construct, how many items it has; items stand in this order, at least one each.
    pub blocks: Vec<usize>,
    /// From and to, by place of the construct; without a circle, and every construct in one.
    pub paths: Vec<(usize, usize)>,
}

/// Why a path model has no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFault {
    /// Cells that are no correlations, a construct without items or without a path, places beyond the constructs.
    Unusable,
    /// This construct follows exactly from others that lead to the same one.
    Collinear(usize),
    /// The weights did not settle.
    NotConverged,
}

/// The solution.
#[derive(Clone, Debug, PartialEq)]
pub struct PathSolution {
    /// By item, its weight in the sum of z-scores that has variance 1.
    pub weights: Vec<f64>,
    /// By item, its correlation with its own construct.
    pub loadings: Vec<f64>,
    /// By path, its standardised coefficient.
    pub paths: Vec<f64>,
    /// By construct, the share of its variance that those leading to it account for; `None` where none does.
    pub r2: Vec<Option<f64>>,
    /// By construct, the mean of the squared loadings: the average variance extracted.
    pub variance_extracted: Vec<f64>,
    /// By construct, (Σλ)²/((Σλ)² + Σ(1 − λ²)): the composite reliability; `None` with one item.
    pub composite_reliability: Vec<Option<f64>>,
    /// By construct, then construct: the correlations between constructs.
    pub correlations: Vec<f64>,
    /// Steps until the weights settled.
    pub steps: u32,
}

impl PathModel {
    /// The solution for the correlations of all items, row by row.
    ///
    /// # Errors
    /// Names why there is none.
    pub fn solve(&self, correlations: &[f64]) -> Result<PathSolution, PathFault> {
        let items: usize = self.blocks.iter().sum();
        let is_sound = correlations.len() == items * items
            && correlations.iter().all(|r| r.is_finite() && r.abs() <= 1.0 + 1e-9)
            && self.blocks.iter().all(|size| *size > 0)
            && self.paths.iter().all(|(from, to)| *from.max(to) < self.blocks.len() && from != to)
            && (0..self.blocks.len()).all(|block| self.paths.iter().any(|(a, b)| *a == block || *b == block));
        if !is_sound {
            return Err(PathFault::Unusable);
        }
        let work = Work { model: self, items, correlations, starts: self.starts() };
        let mut weights = work.scaled(vec![1.0; items]);
        for step in 1..=MOST_STEPS {
            let between = work.between(&weights);
            let inner = work.inner(&between)?;
            let next = work.scaled(work.outer(&weights, &inner));
            if next.iter().any(|weight| !weight.is_finite()) {
                return Err(PathFault::NotConverged);
            }
            let moved = next.iter().zip(&weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            weights = next;
            if moved < SETTLED {
                return work.solution(weights, step);
            }
        }
        Err(PathFault::NotConverged)
    }

    /// By construct, the place of its first item, and the end of the last.
    fn starts(&self) -> Vec<usize> {
        let mut at = 0;
        let ends = self.blocks.iter().map(|size| {
            at += size;
            at
        });
        std::iter::once(0).chain(ends).collect()
    }

    fn leading_to(&self, block: usize) -> Vec<usize> {
        self.paths.iter().filter(|(_, to)| *to == block).map(|(from, _)| *from).collect()
    }

    fn following(&self, block: usize) -> impl Iterator<Item = usize> + '_ {
        self.paths.iter().filter(move |(from, _)| *from == block).map(|(_, to)| *to)
    }
}

/// A model and the correlations that it is solved for.
struct Work<'a> {
    model: &'a PathModel,
    items: usize,
    correlations: &'a [f64],
    starts: Vec<usize>,
}

impl Work<'_> {
    fn block(&self, block: usize) -> std::ops::Range<usize> {
        self.starts[block]..self.starts[block + 1]
    }

    /// An item's covariance with the sum of a block.
    fn with_sum(&self, item: usize, block: usize, weights: &[f64]) -> f64 {
        let row = &self.correlations[item * self.items..(item + 1) * self.items];
        self.block(block).map(|other| row[other] * weights[other]).sum()
    }

    /// Weights by which every sum has variance 1 and goes the way of most of its items.
    fn scaled(&self, mut weights: Vec<f64>) -> Vec<f64> {
        for block in 0..self.model.blocks.len() {
            let range = self.block(block);
            let with: Vec<f64> = range.clone().map(|item| self.with_sum(item, block, &weights)).collect();
            let variance: f64 = range.clone().zip(&with).map(|(item, with)| weights[item] * with).sum();
            let sign = if with.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
            for weight in &mut weights[range] {
                *weight *= sign / variance.sqrt();
            }
        }
        weights
    }

    /// Correlations between the sums.
    fn between(&self, weights: &[f64]) -> Vec<f64> {
        let blocks = self.model.blocks.len();
        let cell = |a: usize, b: usize| -> f64 {
            if a == b {
                return 1.0;
            }
            self.block(a).map(|item| weights[item] * self.with_sum(item, b, weights)).sum()
        };
        (0..blocks * blocks).map(|place| cell(place / blocks, place % blocks)).collect()
    }

    /// What each construct's neighbours say of it: the coefficient of every construct, row by row.
    fn inner(&self, between: &[f64]) -> Result<Vec<f64>, PathFault> {
        let blocks = self.model.blocks.len();
        let mut inner = vec![0.0; blocks * blocks];
        for block in 0..blocks {
            let (leading, coefficients, _) = self.regression(block, between)?;
            for (other, coefficient) in leading.iter().zip(coefficients) {
                inner[block * blocks + other] = coefficient;
            }
            for other in self.model.following(block) {
                inner[block * blocks + other] = between[block * blocks + other];
            }
        }
        Ok(inner)
    }

    fn outer(&self, weights: &[f64], inner: &[f64]) -> Vec<f64> {
        let blocks = self.model.blocks.len();
        let mut outer = vec![0.0; self.items];
        for block in 0..blocks {
            for item in self.block(block) {
                let neighbours = (0..blocks).map(|other| (other, inner[block * blocks + other]));
                let told = neighbours.filter(|(_, part)| part.abs() > 0.0);
                outer[item] = told.map(|(other, part)| part * self.with_sum(item, other, weights)).sum();
            }
        }
        outer
    }

    /// Least squares of a construct on those that lead to it, and R².
    fn regression(&self, block: usize, between: &[f64]) -> Result<(Vec<usize>, Vec<f64>, f64), PathFault> {
        let blocks = self.model.blocks.len();
        let leading = self.model.leading_to(block);
        let among = Symmetric::new(leading.len(), |i, j| between[leading[i] * blocks + leading[j]]);
        let inverse = among.inverse().map_err(|dependent| PathFault::Collinear(leading[dependent.row]))?;
        let with: Vec<f64> = leading.iter().map(|other| between[other * blocks + block]).collect();
        let coefficients: Vec<f64> = inverse
            .chunks(leading.len().max(1))
            .map(|row| row.iter().zip(&with).map(|(a, b)| a * b).sum())
            .collect();
        let r2 = coefficients.iter().zip(&with).map(|(b, r)| b * r).sum();
        Ok((leading, coefficients, r2))
    }

    fn solution(&self, weights: Vec<f64>, steps: u32) -> Result<PathSolution, PathFault> {
        let blocks = self.model.blocks.len();
        let between = self.between(&weights);
        let mut loadings = Vec::with_capacity(self.items);
        let (mut extracted, mut composite) = (Vec::new(), Vec::new());
        for block in 0..blocks {
            let range = self.block(block);
            let own: Vec<f64> = range.map(|item| self.with_sum(item, block, &weights)).collect();
            let squares: f64 = own.iter().map(|l| l * l).sum();
            let sum: f64 = own.iter().sum();
            let n = own.len() as f64;
            extracted.push(squares / n);
            composite.push((own.len() > 1).then(|| sum * sum / (sum * sum + n - squares)));
            loadings.extend(own);
        }
        let (mut paths, mut r2) = (vec![0.0; self.model.paths.len()], vec![None; blocks]);
        for (block, known) in r2.iter_mut().enumerate() {
            let (leading, coefficients, explained) = self.regression(block, &between)?;
            if leading.is_empty() {
                continue;
            }
            *known = Some(explained.clamp(0.0, 1.0));
            for (from, coefficient) in leading.iter().zip(coefficients) {
                let place = self.model.paths.iter().position(|path| *path == (*from, block));
                if let Some(path) = place.and_then(|place| paths.get_mut(place)) {
                    *path = coefficient;
                }
            }
        }
        Ok(PathSolution {
            weights,
            loadings,
            paths,
            r2,
            variance_extracted: extracted,
            composite_reliability: composite,
            correlations: between,
            steps,
        })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn single_items_are_a_path_analysis() {
        // Two that lead to a third: partial regression by hand.
        let r = [1.0, 0.5, 0.6, 0.5, 1.0, 0.4, 0.6, 0.4, 1.0];
        let model = PathModel { blocks: vec![1, 1, 1], paths: vec![(0, 2), (1, 2)] };
        let found = model.solve(&r).unwrap();
        assert_relative_eq!(found.paths[0], (0.6 - 0.5 * 0.4) / 0.75, max_relative = 1e-12);
        assert_relative_eq!(found.paths[1], (0.4 - 0.5 * 0.6) / 0.75, max_relative = 1e-12);
        assert_relative_eq!(
            found.r2[2].unwrap(),
            (0.36 + 0.16 - 2.0 * 0.5 * 0.24) / 0.75,
            max_relative = 1e-12
        );
        assert_eq!((found.r2[0], found.composite_reliability[0]), (None, None));
        assert_relative_eq!(found.loadings[1], 1.0, max_relative = 1e-12);
    }

    #[test]
    fn items_alike_weigh_alike() {
        // Within a construct 0.6, between them 0.3.
        let cell = |place: usize| match (place / 4, place % 4) {
            (i, j) if i == j => 1.0,
            (i, j) if i / 2 == j / 2 => 0.6,
            _ => 0.3,
        };
        let r: Vec<f64> = (0..16).map(cell).collect();
        let model = PathModel { blocks: vec![2, 2], paths: vec![(0, 1)] };
        let found = model.solve(&r).unwrap();
        // A sum of two has variance 2 · 1.6; two sums the covariance 4 · 0.3.
        assert_relative_eq!(found.paths[0], 1.2 / 3.2, max_relative = 1e-9);
        assert_relative_eq!(found.weights[0], 1.0 / 3.2_f64.sqrt(), max_relative = 1e-9);
        assert_relative_eq!(found.variance_extracted[0], 0.8, max_relative = 1e-9);
    }

    #[test]
    fn what_has_no_solution_is_named() {
        let r = [1.0, 0.5, 0.5, 1.0];
        let solve = |blocks: &[usize], paths: &[(usize, usize)], r: &[f64]| {
            PathModel { blocks: blocks.to_vec(), paths: paths.to_vec() }.solve(r).map(|_| ())
        };
        assert_eq!(solve(&[1, 1], &[(0, 0)], &r), Err(PathFault::Unusable));
        assert_eq!(solve(&[1, 1], &[(0, 2)], &r), Err(PathFault::Unusable));
        assert_eq!(solve(&[2, 0], &[(0, 1)], &r), Err(PathFault::Unusable));
        assert_eq!(solve(&[1, 1], &[], &r), Err(PathFault::Unusable));
        assert_eq!(solve(&[1, 1], &[(0, 1)], &[f64::NAN; 4]), Err(PathFault::Unusable));
        // Two constructs that say the same lead to a third.
        let twins = [1.0, 1.0, 0.4, 1.0, 1.0, 0.4, 0.4, 0.4, 1.0];
        assert_eq!(solve(&[1, 1, 1], &[(0, 2), (1, 2)], &twins), Err(PathFault::Collinear(1)));
        // Constructs that have nothing in common leave no weights.
        assert_eq!(solve(&[1, 1], &[(0, 1)], &[1.0, 0.0, 0.0, 1.0]), Err(PathFault::NotConverged));
    }
}
