//! Tests that the rows and columns of a table of counts are independent.
//!
//! Pearson's chi-square (1900) without continuity correction, Yates's (1934) on request for 2 × 2, and the
//! likelihood ratio G² (Wilks 1935); residuals after Haberman (1973). A row or column without any answer says
//! nothing and is left out of the test, so that the degrees of freedom are those of the table that is left; expected
//! counts and residuals keep the shape of the table. Counts only: weighted tables belong to `rao_scott`.
//! Reference cases: `tests/reference/tables` (`crosstab.*`) and `tests/reference/groups` (`table.*`).

use super::Homogeneity;
use super::homogeneity::by_chi_square;
use super::sum::sum;

/// A table of counts, at least one row and one column, with at least one answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Contingency {
    counts: Vec<f64>,
    row_totals: Vec<f64>,
    column_totals: Vec<f64>,
    total: f64,
}

/// The sizes of a table without its empty rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSize {
    /// Rows with an answer.
    pub rows: usize,
    /// Columns with an answer.
    pub columns: usize,
}

impl Contingency {
    /// The table of these rows; `None` where rows differ in length, where there is no answer or too many to add up.
    pub fn new(rows: &[Vec<u64>]) -> Option<Self> {
        let width = rows.first()?.len();
        if rows.iter().any(|row| row.len() != width) {
            return None;
        }
        rows.iter().flatten().try_fold(0_u64, |total, count| total.checked_add(*count)).filter(|n| *n > 0)?;
        let row_totals: Vec<f64> = rows.iter().map(|row| row.iter().sum::<u64>() as f64).collect();
        let column_totals: Vec<f64> =
            (0..width).map(|column| rows.iter().map(|row| row[column]).sum::<u64>() as f64).collect();
        let counts = rows.iter().flatten().map(|count| *count as f64).collect();
        let total = sum(row_totals.iter().copied());
        Some(Self { counts, row_totals, column_totals, total })
    }

    /// Number of answers.
    pub fn total(&self) -> f64 {
        self.total
    }

    /// The size that the test counts: rows and columns without answers are left out.
    pub fn size(&self) -> TableSize {
        let filled = |totals: &[f64]| totals.iter().filter(|total| **total > 0.0).count();
        TableSize { rows: filled(&self.row_totals), columns: filled(&self.column_totals) }
    }

    /// Counts under independence, row by row; 0 in empty rows and columns.
    pub fn expected(&self) -> Vec<Vec<f64>> {
        self.by_cell(|cell| cell.expected)
    }

    /// The smallest expected count of the rows and columns that have answers.
    pub fn smallest_expected(&self) -> f64 {
        self.filled().map(|cell| cell.expected).fold(f64::INFINITY, f64::min)
    }

    /// Pearson's chi-square; `None` where fewer than two rows or columns have answers.
    pub fn pearson(&self) -> Option<Homogeneity> {
        self.test(sum(self.filled().map(|cell| cell.distance() * (cell.distance() / cell.expected))))
    }

    /// Pearson's chi-square with Yates's correction, at most the distance itself; `None` unless 2 × 2.
    pub fn yates(&self) -> Option<Homogeneity> {
        if self.size() != (TableSize { rows: 2, columns: 2 }) {
            return None;
        }
        let nearer = |cell: Cell| (cell.distance().abs() - 0.5).max(0.0);
        self.test(sum(self.filled().map(|cell| nearer(cell) * (nearer(cell) / cell.expected))))
    }

    /// The likelihood ratio G², 2 Σ O ln(O/E); `None` where fewer than two rows or columns have answers.
    pub fn likelihood_ratio(&self) -> Option<Homogeneity> {
        let counted = self.filled().filter(|cell| cell.count > 0.0);
        // Terms O ln(O/E) − (O − E) are never below 0 and lose nothing where O is near E; the E of empty cells remain.
        let terms = counted.map(|cell| relative_entropy(cell.count, cell.expected));
        let empty = self.filled().filter(|cell| cell.count <= 0.0).map(|cell| cell.expected);
        self.test(2.0 * sum(terms.chain(empty)))
    }

    /// (O − E)/√E; `None` for cells of an empty row or column.
    pub fn pearson_residuals(&self) -> Vec<Vec<Option<f64>>> {
        self.by_cell(|cell| (cell.expected > 0.0).then(|| cell.distance() / cell.expected.sqrt()))
    }

    /// (O − E)/√(E (1 − row share)(1 − column share)), nearly standard normal under independence.
    ///
    /// `None` for cells of an empty row or column, and of one that holds every answer.
    pub fn adjusted_residuals(&self) -> Vec<Vec<Option<f64>>> {
        self.by_cell(|cell| adjusted_residual(cell.count, cell.row, cell.column, self.total))
    }

    fn test(&self, statistic: f64) -> Option<Homogeneity> {
        let size = self.size();
        if size.rows < 2 || size.columns < 2 {
            return None;
        }
        let df = ((size.rows - 1) as f64) * ((size.columns - 1) as f64);
        by_chi_square(statistic, df)
    }

    fn cells(&self) -> impl Iterator<Item = Cell> {
        let sides = self
            .row_totals
            .iter()
            .flat_map(|row| self.column_totals.iter().map(move |column| (*row, *column)));
        sides.zip(&self.counts).map(|((row, column), count)| Cell {
            row,
            column,
            count: *count,
            expected: row * (column / self.total),
        })
    }

    fn filled(&self) -> impl Iterator<Item = Cell> {
        self.cells().filter(|cell| cell.expected > 0.0)
    }

    fn by_cell<T>(&self, figure: impl Fn(Cell) -> T) -> Vec<Vec<T>> {
        let mut cells = self.cells().map(figure);
        let width = self.column_totals.len();
        self.row_totals.iter().map(|_| cells.by_ref().take(width).collect()).collect()
    }
}

/// Haberman's adjusted residual (1973) of one cell, from the totals of its row, its column and the whole.
///
/// (O − E)/√(E (1 − row share)(1 − column share)), which is the z of the column against everybody outside it with pooled
/// variance. Totals may be effective counts. `None` where a total is empty or holds everything.
pub fn adjusted_residual(count: f64, row: f64, column: f64, total: f64) -> Option<f64> {
    let expected = row * (column / total);
    let rest = (1.0 - row / total) * (1.0 - column / total);
    let residual = (count - expected) / (expected * rest).sqrt();
    (expected > 0.0 && rest > 0.0 && residual.is_finite()).then_some(residual)
}

/// A cell with the totals of its row and column.
#[derive(Clone, Copy)]
struct Cell {
    row: f64,
    column: f64,
    count: f64,
    expected: f64,
}

impl Cell {
    fn distance(&self) -> f64 {
        self.count - self.expected
    }
}

/// `o ln(o/e) − (o − e)`, without cancellation near `o = e`.
fn relative_entropy(o: f64, e: f64) -> f64 {
    let off = (o - e) / e;
    if off.abs() < 1e-4 {
        // (1 + x) ln(1 + x) − x = x²/2 − x³/6 + x⁴/12 − …
        e * off * off * (0.5 - off * (1.0 / 6.0 - off * (1.0 / 12.0 - off / 20.0)))
    } else {
        o * (o / e).ln() - (o - e)
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn table(rows: &[&[u64]]) -> Contingency {
        Contingency::new(&rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn one_residual_from_its_totals() {
        // bank_a: 2 of 68 Corporate among 12 of 793 (R chisq.test, 1.008759689326).
        assert_relative_eq!(
            adjusted_residual(2.0, 12.0, 68.0, 793.0).unwrap(),
            1.008_759_689_326,
            epsilon = 1e-11
        );
        assert_eq!(adjusted_residual(0.0, 0.0, 68.0, 793.0), None);
        assert_eq!(adjusted_residual(12.0, 12.0, 793.0, 793.0), None);
        assert_eq!(adjusted_residual(0.0, 0.0, 0.0, 0.0), None);
    }

    #[test]
    fn empty_rows_and_columns_are_left_out() {
        let whole = table(&[&[3, 0, 1], &[0, 0, 0], &[1, 0, 3]]);
        let bare = table(&[&[3, 1], &[1, 3]]);
        assert_eq!(whole.pearson(), bare.pearson());
        assert_eq!(whole.yates(), bare.yates());
        assert_eq!(whole.smallest_expected(), 2.0);
        assert_eq!(whole.expected()[1], [0.0, 0.0, 0.0]);
        assert_eq!(whole.adjusted_residuals()[1], [None, None, None]);
        assert_eq!(whole.adjusted_residuals()[0][0], bare.adjusted_residuals()[0][0]);
    }

    #[test]
    fn what_is_no_table_has_no_test() {
        assert_eq!(Contingency::new(&[]), None);
        assert_eq!(Contingency::new(&[vec![]]), None);
        assert_eq!(Contingency::new(&[vec![0, 0], vec![0, 0]]), None);
        assert_eq!(Contingency::new(&[vec![1], vec![1, 2]]), None);
        assert_eq!(Contingency::new(&[vec![u64::MAX, 1]]), None);
        let one = table(&[&[5, 3]]);
        assert_eq!((one.pearson(), one.yates(), one.likelihood_ratio()), (None, None, None));
        assert_eq!(one.adjusted_residuals(), [[None, None]]);
        assert_eq!(table(&[&[5, 0], &[3, 0]]).pearson(), None);
        assert_eq!(table(&[&[1, 2, 3], &[1, 2, 4]]).yates(), None);
    }

    #[test]
    fn exact_independence_gives_nothing_at_all() {
        let same = table(&[&[20, 30], &[20, 30]]);
        for test in [same.pearson(), same.yates(), same.likelihood_ratio()] {
            assert_eq!(test.map(|test| (test.statistic, test.p)), Some((0.0, 1.0)));
        }
    }

    proptest! {
        #[test]
        fn order_and_turning_change_nothing_and_doubling_doubles(cells in prop::array::uniform6(0_u64..40)) {
            let [a, b, c, d, e, f] = cells;
            prop_assume!(cells.iter().sum::<u64>() > 0);
            let one = table(&[&[a, b, c], &[d, e, f]]);
            let turned = table(&[&[f, c], &[e, b], &[d, a]]);
            let double = table(&[&[2 * a, 2 * b, 2 * c], &[2 * d, 2 * e, 2 * f]]);
            let tests = |table: &Contingency| [table.pearson(), table.likelihood_ratio()];
            for ((one, turned), double) in tests(&one).into_iter().zip(tests(&turned)).zip(tests(&double)) {
                prop_assert_eq!(one.is_some(), turned.is_some());
                let (Some(one), Some(turned), Some(double)) = (one, turned, double) else { continue };
                prop_assert!((0.0..=1.0).contains(&one.p) && one.statistic >= 0.0);
                prop_assert!((one.statistic - turned.statistic).abs() <= 1e-9 * one.statistic.max(1.0));
                prop_assert!((2.0 * one.statistic - double.statistic).abs() <= 1e-9 * double.statistic.max(1.0));
            }
        }
    }

    #[test]
    fn the_short_series_joins_the_logarithm() {
        for off in [-2e-4_f64, -1.001e-4, -0.999e-4, 0.999e-4, 1.001e-4] {
            let e = 1e6;
            let o = e * (1.0 + off);
            let series = e * off * off * (0.5 - off / 6.0 + off * off / 12.0);
            assert_relative_eq!(relative_entropy(o, e), series, max_relative = 1e-7);
        }
    }
}
