//! The weighted shares of the cells of a table, with their covariance by the design.
//!
//! Every row of the sample lies in exactly one cell, so that the covariance of all shares follows from the sums of
//! weights and of squared weights by cell, with nothing left out: the linearised variance of R survey's `svymean` of
//! the cells' indicators (Särndal, Swensson and Wretman 1992, 5.6). It is kept as a diagonal and a few outer products,
//! one a stratum (or a cluster) and two, so that a table of thousands of cells needs no square matrix.
//! Reference cases: `tests/reference/tables` (`svychisq.*`).

use super::sum::sum;

/// The rows in one cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeightedCell {
    /// Number of rows.
    pub n: u64,
    /// Sum of their weights.
    pub w: f64,
    /// Sum of their squared weights.
    pub w2: f64,
}

/// One stratum of a design without clusters; a design without strata is one stratum.
#[derive(Clone, Debug, PartialEq)]
pub struct StratumCells {
    /// Rows of the stratum in the whole design, those in no cell (not answered) included.
    pub design_n: u64,
    /// Its rows by cell, in the same order of cells in every stratum.
    pub cells: Vec<WeightedCell>,
}

/// One stratum of a design of clusters drawn whole.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusteredStratum {
    /// Clusters of the stratum in the whole design, those without an answer included.
    pub design_clusters: u64,
    /// For each cluster with an answer its rows by cell; squared weights are not used.
    pub clusters: Vec<Vec<WeightedCell>>,
}

/// Shares of all cells, their covariance, and what degrees of freedom the design leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct CellShares {
    /// Rows in the table.
    pub n: u64,
    /// Share of the weight in each cell; they add up to 1.
    pub shares: Vec<f64>,
    /// Primary units with answers less strata with answers: rows less one without strata and clusters.
    pub design_df: u64,
    /// Covariance of the cells' weights over the whole weight.
    pub(super) totals: Covariance,
}

/// A symmetric matrix: a diagonal plus scaled outer products of vectors with themselves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Covariance {
    pub(super) diagonal: Vec<f64>,
    pub(super) products: Vec<(f64, Vec<f64>)>,
}

impl CellShares {
    /// Of a design without clusters.
    ///
    /// `None` without positive weight, where a stratum with answers has fewer than two rows in the design or more
    /// answers than rows, where strata differ in their number of cells, or where a weight is below 0 or not finite.
    pub fn stratified(strata: &[StratumCells]) -> Option<Self> {
        let width = strata.first()?.cells.len();
        if strata.iter().any(|stratum| stratum.cells.len() != width) {
            return None;
        }
        let all = || strata.iter().map(|stratum| stratum.cells.as_slice());
        let (n, total, shares) = shares(width, all)?;
        let mut totals = Covariance { diagonal: vec![0.0; width], products: Vec::new() };
        let mut filled = 0;
        for stratum in strata {
            let answers = rows(&stratum.cells)?;
            if answers == 0 {
                continue;
            }
            if answers > stratum.design_n {
                return None;
            }
            filled += 1;
            let factor = small_sample_factor(stratum.design_n)?;
            for (diagonal, cell) in totals.diagonal.iter_mut().zip(&stratum.cells) {
                *diagonal += factor * (cell.w2 / total / total);
            }
            totals.products.push((-factor / stratum.design_n as f64, parts(&stratum.cells, total)));
        }
        Self { n, shares, design_df: n.checked_sub(filled)?, totals }.finite()
    }

    /// Of a design of clusters: only their sums by cell count, whatever happens within them.
    ///
    /// `None` as for [`Self::stratified`]; a stratum with answers needs two clusters.
    pub fn clustered(strata: &[ClusteredStratum]) -> Option<Self> {
        let width = strata.iter().flat_map(|stratum| &stratum.clusters).next()?.len();
        let all = || strata.iter().flat_map(|stratum| stratum.clusters.iter().map(Vec::as_slice));
        if all().any(|cells| cells.len() != width) {
            return None;
        }
        let (n, total, shares) = shares(width, all)?;
        let mut totals = Covariance { diagonal: vec![0.0; width], products: Vec::new() };
        let mut design_df = 0_u64;
        for stratum in strata {
            let mut answering = 0_u64;
            for cluster in &stratum.clusters {
                answering += u64::from(rows(cluster)? > 0);
            }
            if answering == 0 {
                continue;
            }
            let factor = small_sample_factor(stratum.design_clusters)?;
            if answering > stratum.design_clusters {
                return None;
            }
            let units = stratum.design_clusters as f64;
            let mut sums = vec![0.0; width];
            for cluster in &stratum.clusters {
                let cluster = parts(cluster, total);
                for (sum, part) in sums.iter_mut().zip(&cluster) {
                    *sum += part;
                }
                totals.products.push((factor, cluster));
            }
            totals.products.push((-factor / units, sums));
            design_df += answering - 1;
        }
        Self { n, shares, design_df, totals }.finite()
    }

    /// Of shares with the covariance of the cells' weights over the whole weight, which is known from elsewhere (targets
    /// and clusters together); `n` rows.
    ///
    /// `None` where shares and covariance do not go together, are not finite, or add up to nothing.
    pub fn with_covariance(n: u64, shares: Vec<f64>, totals: &[Vec<f64>], design_df: u64) -> Option<Self> {
        let width = shares.len();
        let square = totals.len() == width && totals.iter().all(|row| row.len() == width);
        let fits = shares.iter().all(|share| *share >= 0.0 && share.is_finite());
        if !(square && fits && n > 0 && sum(shares.iter().copied()) > 0.0) {
            return None;
        }
        Self { n, shares, design_df, totals: Covariance::of_matrix(totals) }.finite()
    }

    /// The covariance of the shares of two cells.
    pub fn covariance(&self, first: usize, second: usize) -> Option<f64> {
        (first.max(second) < self.shares.len()).then(|| self.of_shares().at(first, second))
    }

    /// The covariance of all shares, (I − p1ᵀ) T (I − 1pᵀ) of the covariance T of the totals.
    pub(super) fn of_shares(&self) -> Covariance {
        let mut diagonal = self.totals.diagonal.clone();
        let mut products: Vec<(f64, Vec<f64>)> = Vec::with_capacity(self.totals.products.len() + 2);
        for (scale, vector) in &self.totals.products {
            let all = sum(vector.iter().copied());
            products
                .push((*scale, vector.iter().zip(&self.shares).map(|(x, share)| x - share * all).collect()));
        }
        let all = sum(diagonal.iter().copied());
        if all > 0.0 {
            // diag(q) − qpᵀ − pqᵀ + Q ppᵀ, completed to a square: Q(p − q/Q)(p − q/Q)ᵀ − qqᵀ/Q.
            products.push((all, self.shares.iter().zip(&diagonal).map(|(p, q)| p - q / all).collect()));
            products.push((-1.0 / all, diagonal.clone()));
        } else {
            diagonal.fill(0.0);
        }
        Covariance { diagonal, products }
    }

    fn finite(self) -> Option<Self> {
        let products = self.totals.products.iter().flat_map(|(_, vector)| vector);
        self.totals.diagonal.iter().chain(products).all(|x| x.is_finite()).then_some(self)
    }
}

impl Covariance {
    /// A covariance matrix as outer products: Cholesky's factor, the largest variance left first.
    fn of_matrix(matrix: &[Vec<f64>]) -> Self {
        let size = matrix.len();
        let mut left: Vec<f64> = (0..size).map(|i| matrix[i][i]).collect();
        let reach = left.iter().copied().fold(0.0, f64::max);
        let mut products: Vec<(f64, Vec<f64>)> = Vec::new();
        for _ in 0..size {
            let Some(next) = (0..size).max_by(|i, j| left[*i].total_cmp(&left[*j])) else { break };
            // What is left of a variance by rounding is none.
            if left[next] <= 1e-13 * reach {
                break;
            }
            let root = left[next].sqrt();
            let of_cell = |i: usize| {
                let known = products.iter().map(|(_, vector)| vector[i] * vector[next]);
                (matrix[i][next] - sum(known)) / root
            };
            let vector: Vec<f64> = (0..size).map(of_cell).collect();
            for (left, x) in left.iter_mut().zip(&vector) {
                *left = (*left - x * x).max(0.0);
            }
            left[next] = 0.0;
            products.push((1.0, vector));
        }
        Self { diagonal: vec![0.0; size], products }
    }

    fn at(&self, first: usize, second: usize) -> f64 {
        let products = self.products.iter().map(|(scale, vector)| scale * vector[first] * vector[second]);
        sum(products) + if first == second { self.diagonal[first] } else { 0.0 }
    }
}

/// The weight of each cell over the whole weight.
fn parts(cells: &[WeightedCell], total: f64) -> Vec<f64> {
    cells.iter().map(|cell| cell.w / total).collect()
}

fn small_sample_factor(units: u64) -> Option<f64> {
    (units >= 2).then(|| units as f64 / (units - 1) as f64)
}

fn rows(cells: &[WeightedCell]) -> Option<u64> {
    cells.iter().try_fold(0_u64, |n, cell| n.checked_add(cell.n))
}

/// Rows, total weight and the share of every cell.
fn shares<'a, I: Iterator<Item = &'a [WeightedCell]>>(
    width: usize,
    parts: impl Fn() -> I,
) -> Option<(u64, f64, Vec<f64>)> {
    let fits = |w: f64| w >= 0.0 && w.is_finite();
    if !parts().flatten().all(|cell| fits(cell.w) && fits(cell.w2)) {
        return None;
    }
    let n = parts().try_fold(0_u64, |n, cells| n.checked_add(rows(cells)?))?;
    let sums: Vec<f64> = (0..width).map(|cell| sum(parts().map(|cells| cells[cell].w))).collect();
    let total = sum(sums.iter().copied());
    (total > 0.0 && total.is_finite() && n > 0).then(|| (n, total, sums.iter().map(|w| w / total).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{WeightedPoint, linearised_mean};
    use approx::assert_relative_eq;

    fn cells() -> Vec<WeightedCell> {
        vec![
            WeightedCell { n: 3, w: 4.0, w2: 6.5 },
            WeightedCell { n: 2, w: 1.5, w2: 1.3 },
            WeightedCell { n: 0, w: 0.0, w2: 0.0 },
            WeightedCell { n: 4, w: 3.0, w2: 2.5 },
        ]
    }

    #[test]
    fn variances_are_those_of_linearised_means() {
        let table = CellShares::stratified(&[StratumCells { design_n: 12, cells: cells() }]).unwrap();
        assert_eq!((table.n, table.design_df), (9, 8));
        for wanted in 0..4 {
            let points: Vec<WeightedPoint> = cells()
                .iter()
                .enumerate()
                .map(|(i, cell)| WeightedPoint {
                    x: f64::from(u8::from(i == wanted)),
                    n: cell.n,
                    w: cell.w,
                    w2: cell.w2,
                })
                .collect();
            let mean = linearised_mean(&points, 12).unwrap();
            assert_relative_eq!(table.shares[wanted], mean.mean, epsilon = 1e-15);
            assert_relative_eq!(table.covariance(wanted, wanted).unwrap(), mean.variance, epsilon = 1e-15);
        }
        let across: f64 = (0..4).map(|cell| table.covariance(0, cell).unwrap()).sum();
        assert!(across.abs() < 1e-15, "the shares add up to 1: {across}");
    }

    #[test]
    fn a_covariance_that_is_known_is_kept() {
        let table = CellShares::stratified(&[StratumCells { design_n: 12, cells: cells() }]).unwrap();
        let totals: Vec<Vec<f64>> = (0..4).map(|i| (0..4).map(|j| table.totals.at(i, j)).collect()).collect();
        let again = CellShares::with_covariance(9, table.shares.clone(), &totals, 8).unwrap();
        for i in 0..4 {
            for j in 0..4 {
                let (a, b) = (table.covariance(i, j).unwrap(), again.covariance(i, j).unwrap());
                assert_relative_eq!(a, b, epsilon = 1e-15);
            }
        }
        assert_eq!(CellShares::with_covariance(9, table.shares.clone(), &totals[..3], 8), None);
        assert_eq!(CellShares::with_covariance(9, vec![0.0; 4], &totals, 8), None);
    }

    #[test]
    fn clusters_of_one_row_are_no_clusters() {
        let row = |cell: usize, w: f64| {
            let mut cells = vec![WeightedCell::default(); 3];
            cells[cell] = WeightedCell { n: 1, w, w2: w * w };
            cells
        };
        let clusters = vec![row(0, 1.0), row(1, 2.0), row(1, 0.5), row(2, 1.2)];
        let mut cells = vec![WeightedCell::default(); 3];
        for cluster in &clusters {
            for (cell, part) in cells.iter_mut().zip(cluster) {
                *cell = WeightedCell { n: cell.n + part.n, w: cell.w + part.w, w2: cell.w2 + part.w2 };
            }
        }
        let plain = CellShares::stratified(&[StratumCells { design_n: 6, cells }]).unwrap();
        let clustered = CellShares::clustered(&[ClusteredStratum { design_clusters: 6, clusters }]).unwrap();
        assert_eq!(plain.design_df, clustered.design_df);
        for i in 0..3 {
            for j in 0..3 {
                let (a, b) = (plain.covariance(i, j).unwrap(), clustered.covariance(i, j).unwrap());
                assert_relative_eq!(a, b, epsilon = 1e-15);
            }
        }
    }

    #[test]
    fn what_is_no_design_has_no_covariance() {
        let table = |design_n, cells| CellShares::stratified(&[StratumCells { design_n, cells }]);
        assert_eq!(CellShares::stratified(&[]), None);
        assert_eq!(table(9, vec![WeightedCell::default()]), None);
        assert_eq!(table(8, cells()), None);
        assert_eq!(table(1, vec![WeightedCell { n: 1, w: 1.0, w2: 1.0 }]), None);
        assert_eq!(table(5, vec![WeightedCell { n: 1, w: -1.0, w2: 1.0 }]), None);
        assert_eq!(table(5, vec![WeightedCell { n: 1, w: f64::NAN, w2: 1.0 }]), None);
        assert_eq!(CellShares::clustered(&[]), None);
        let one = ClusteredStratum { design_clusters: 1, clusters: vec![cells()] };
        assert_eq!(CellShares::clustered(&[one]), None);
    }
}
