//! How far the shares of a table are from independence, and the covariance of that distance.
//!
//! In the metric of the shares themselves the contrasts of Rao and Scott are what is orthogonal to the effects of rows
//! and columns (those that vanish in empty cells): traces of their design effects need those few directions only, no
//! square matrix of the cells.

use super::cell_shares::{CellShares, Covariance};
use super::contingency::TableSize;
use super::sum::sum;
use super::symmetric::Symmetric;

/// A weighted table without its empty rows and columns.
#[derive(Clone, Debug)]
pub(super) struct Independence {
    n: f64,
    size: TableSize,
    shares: Vec<f64>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// Covariance of shares and of totals.
    of_shares: Covariance,
    of_totals: Covariance,
    /// Orthonormal directions of the effects of rows and columns.
    effects: Vec<Vec<f64>>,
}

impl Independence {
    /// `None` where the cells do not fill rows of `columns`, or fewer than two rows or columns have weight.
    pub(super) fn new(cells: &CellShares, columns: usize) -> Option<Self> {
        if columns == 0 || !cells.shares.len().is_multiple_of(columns) {
            return None;
        }
        let row_sums: Vec<f64> = cells.shares.chunks(columns).map(|row| sum(row.iter().copied())).collect();
        let column_sums: Vec<f64> = (0..columns)
            .map(|column| sum(cells.shares.iter().skip(column).step_by(columns).copied()))
            .collect();
        let filled = |sums: &[f64]| (0..sums.len()).filter(|&i| sums[i] > 0.0).collect::<Vec<_>>();
        let (kept_rows, kept_columns) = (filled(&row_sums), filled(&column_sums));
        if kept_rows.len() < 2 || kept_columns.len() < 2 {
            return None;
        }
        let kept: Vec<usize> = kept_rows
            .iter()
            .flat_map(|row| kept_columns.iter().map(move |column| row * columns + column))
            .collect();
        let pick = |all: &[f64]| kept.iter().map(|&cell| all[cell]).collect::<Vec<_>>();
        let of = |covariance: &Covariance| Covariance {
            diagonal: pick(&covariance.diagonal),
            products: covariance.products.iter().map(|(scale, vector)| (*scale, pick(vector))).collect(),
        };
        let mut table = Self {
            n: cells.n as f64,
            size: TableSize { rows: kept_rows.len(), columns: kept_columns.len() },
            shares: pick(&cells.shares),
            rows: kept_rows.iter().map(|&row| row_sums[row]).collect(),
            columns: kept_columns.iter().map(|&column| column_sums[column]).collect(),
            of_shares: of(&cells.of_shares()),
            of_totals: of(&cells.totals),
            effects: Vec::new(),
        };
        table.effects = table.directions();
        Some(table)
    }

    pub(super) fn n(&self) -> f64 {
        self.n
    }

    pub(super) fn size(&self) -> TableSize {
        self.size
    }

    /// Pearson's chi-square over n.
    pub(super) fn phi_squared(&self) -> f64 {
        sum(self.places().zip(&self.shares).map(|((row, column), share)| {
            let expected = self.rows[row] * self.columns[column];
            (share - expected) * ((share - expected) / expected)
        }))
    }

    /// Directions in which the table can be off independence: filled cells less effects.
    pub(super) fn df(&self) -> Option<usize> {
        self.shares.iter().filter(|share| **share > 0.0).count().checked_sub(self.effects.len())
    }

    /// (r − 1)(c − 1).
    pub(super) fn contrasts(&self) -> Option<usize> {
        (self.size.rows - 1).checked_mul(self.size.columns - 1)
    }

    /// Σδ and Σδ² over n and n²: traces of the covariance in the metric of the shares, projected off the effects.
    pub(super) fn traces(&self) -> (f64, f64) {
        let scaled = self.scaled();
        let images: Vec<Vec<f64>> = self.effects.iter().map(|effect| scaled.times(effect)).collect();
        let inner = |i: usize, j: usize| dot(&self.effects[i], &images[j]);
        let count = self.effects.len();
        let trace = scaled.trace() - sum((0..count).map(|i| inner(i, i)));
        let across =
            sum((0..count).flat_map(|i| (0..count).map(move |j| (i, j))).map(|(i, j)| inner(i, j).powi(2)));
        let images = sum(images.iter().map(|image| dot(image, image)));
        (trace, scaled.trace_of_square() - 2.0 * images + across)
    }

    /// The whole projected matrix; `None` beyond so many cells.
    pub(super) fn projected(&self, most: usize) -> Option<Symmetric> {
        if self.shares.len() > most {
            return None;
        }
        let scaled = self.scaled();
        let size = self.shares.len();
        let columns: Vec<Vec<f64>> = (0..size)
            .map(|cell| {
                let mut unit = vec![0.0; size];
                unit[cell] = 1.0;
                self.off_effects(&mut unit);
                let mut image = scaled.times(&unit);
                self.off_effects(&mut image);
                image
            })
            .collect();
        Some(Symmetric::new(size, |i, j| f64::midpoint(columns[i][j], columns[j][i])))
    }

    /// Wald's statistic of shares less the product of their margins, from the totals; `None` beyond so many cells and
    /// where the covariance is singular.
    pub(super) fn wald(&self, most: usize) -> Option<f64> {
        if self.shares.len() > most {
            return None;
        }
        let places: Vec<(usize, usize)> =
            self.places().filter(|(row, column)| *row > 0 && *column > 0).collect();
        let off = |one: bool, share: f64| f64::from(u8::from(one)) - share;
        let maps: Vec<Vec<f64>> = places
            .iter()
            .map(|&(row, column)| {
                let at = |(i, j)| off(i == row, self.rows[row]) * off(j == column, self.columns[column]);
                self.places().map(at).collect()
            })
            .collect();
        let distance: Vec<f64> = maps.iter().map(|map| dot(map, &self.shares)).collect();
        let images: Vec<Vec<f64>> = maps.iter().map(|map| self.of_totals.times(map)).collect();
        Symmetric::new(maps.len(), |i, j| dot(&maps[i], &images[j])).inverse_form(&distance)
    }

    fn places(&self) -> impl Iterator<Item = (usize, usize)> {
        let columns = self.size.columns;
        (0..self.size.rows).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// The covariance of shares over the root of both shares; 0 for empty cells.
    fn scaled(&self) -> Covariance {
        let root = |x: f64, share: f64| if share > 0.0 { x / share.sqrt() } else { 0.0 };
        let scale =
            |all: &[f64]| all.iter().zip(&self.shares).map(|(x, share)| root(*x, *share)).collect::<Vec<_>>();
        Covariance {
            diagonal: scale(&scale(&self.of_shares.diagonal)),
            products: self
                .of_shares
                .products
                .iter()
                .map(|(factor, vector)| (*factor, scale(vector)))
                .collect(),
        }
    }

    /// The effects of rows and columns that vanish in empty cells, times the root of the shares, orthonormal.
    fn directions(&self) -> Vec<Vec<f64>> {
        let group = self.joined_by_empty_cells();
        let mut labels = group.clone();
        labels.sort_unstable();
        labels.dedup();
        let rows = self.size.rows;
        let mut directions: Vec<Vec<f64>> = Vec::new();
        for label in labels {
            let one = |side: usize| f64::from(u8::from(group[side] == label));
            let mut direction: Vec<f64> = self
                .places()
                .zip(&self.shares)
                .map(|((row, column), share)| share.sqrt() * (one(row) - one(rows + column)))
                .collect();
            let before = dot(&direction, &direction);
            // Twice, because once leaves rounding behind.
            for _ in 0..2 {
                for known in &directions {
                    let part = dot(known, &direction);
                    direction.iter_mut().zip(known).for_each(|(x, known)| *x -= part * known);
                }
            }
            let after = dot(&direction, &direction);
            if after > 1e-20 * before && after > 0.0 {
                for x in &mut direction {
                    *x /= after.sqrt();
                }
                directions.push(direction);
            }
        }
        directions
    }

    /// For each row, then each column, the first side that a chain of empty cells leads to: an effect that vanishes in
    /// an empty cell is as large in its row as it is small in its column.
    fn joined_by_empty_cells(&self) -> Vec<usize> {
        let mut group: Vec<usize> = (0..self.size.rows + self.size.columns).collect();
        for ((row, column), share) in self.places().zip(&self.shares) {
            let (a, b) = (group[row], group[self.size.rows + column]);
            if *share <= 0.0 && a != b {
                group.iter_mut().filter(|side| **side == a.max(b)).for_each(|side| *side = a.min(b));
            }
        }
        group
    }

    fn off_effects(&self, vector: &mut [f64]) {
        for effect in &self.effects {
            let part = dot(effect, vector);
            vector.iter_mut().zip(effect).for_each(|(x, effect)| *x -= part * effect);
        }
    }
}

impl Covariance {
    fn times(&self, vector: &[f64]) -> Vec<f64> {
        let mut image: Vec<f64> = self.diagonal.iter().zip(vector).map(|(d, x)| d * x).collect();
        for (scale, product) in &self.products {
            let part = scale * dot(product, vector);
            image.iter_mut().zip(product).for_each(|(x, product)| *x += part * product);
        }
        image
    }

    fn trace(&self) -> f64 {
        let products = self.products.iter().map(|(scale, vector)| scale * dot(vector, vector));
        sum(self.diagonal.iter().copied().chain(products))
    }

    fn trace_of_square(&self) -> f64 {
        let diagonal = self.diagonal.iter().map(|d| d * d);
        let mixed = self.products.iter().map(|(scale, vector)| {
            2.0 * scale * sum(self.diagonal.iter().zip(vector).map(|(d, x)| d * x * x))
        });
        let pairs = self.products.iter().flat_map(|a| self.products.iter().map(move |b| (a, b)));
        sum(diagonal.chain(mixed).chain(pairs.map(|(a, b)| a.0 * b.0 * dot(&a.1, &b.1).powi(2))))
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum(a.iter().zip(b).map(|(a, b)| a * b))
}
