//! Whether the rows and columns of a weighted table are independent, knowing the design.
//!
//! Rao and Scott (1984): Pearson's chi-square of the weighted shares is a sum of chi-squares weighted by generalised
//! design effects. First order divides by their mean; second order (the default of R survey's `svychisq`) takes F with
//! (Σδ)²/Σδ² and that times the design's degrees of freedom; the whole sum is evaluated on request. Wald's test (Koch,
//! Freeman and Freeman 1975) is there for comparison; with many cells it rejects far too often. A row or column without
//! weight is left out. Empty cells keep their degree of freedom, unless they close a rectangle, which takes one away.
//! Reference cases: `tests/reference/tables` (`svychisq.*`).

use super::cell_shares::CellShares;
use super::contingency::TableSize;
use super::homogeneity::{by_chi_square, by_f};
use super::independence::Independence;
use super::sum::sum;
use super::{Association, Homogeneity, chi_square_mixture};

/// Beyond so many cells there is neither the whole sum nor Wald's test: their square matrices would be too large.
const MOST_CELLS_OF_A_MATRIX: usize = 256;

/// Pearson's chi-square of a weighted table with what the design does to it.
#[derive(Clone, Debug)]
pub struct RaoScott {
    /// Pearson's chi-square of the weighted shares times the number of rows.
    pub pearson: f64,
    /// Rows and columns with weight.
    pub size: TableSize,
    /// Degrees of freedom of the table.
    pub df: f64,
    /// Mean generalised design effect: above 1 where the design loses precision.
    pub design_effect: f64,
    /// Degrees of freedom of the design.
    pub design_df: u64,
    squares: f64,
    table: Independence,
}

impl RaoScott {
    /// Of cells row by row, `columns` to a row.
    ///
    /// `None` unless two rows and two columns have weight, where the cells do not fill the rows, and where the design
    /// leaves no variance or no degrees of freedom.
    pub fn new(cells: &CellShares, columns: usize) -> Option<Self> {
        let table = Independence::new(cells, columns)?;
        let df = table.df().filter(|df| *df > 0)? as f64;
        let n = cells.n as f64;
        let pearson = n * table.phi_squared();
        let (trace, squares) = table.traces();
        let (trace, squares) = (n * trace, n * n * squares);
        let fits =
            pearson.is_finite() && trace > 0.0 && squares > 0.0 && squares.is_finite() && cells.design_df > 0;
        fits.then(|| Self {
            pearson,
            size: table.size(),
            df,
            design_effect: trace / df,
            design_df: cells.design_df,
            squares,
            table,
        })
    }

    /// Second order: F.
    pub fn second_order(&self) -> Option<Homogeneity> {
        let trace = self.design_effect * self.df;
        let df = trace * trace / self.squares;
        by_f(self.pearson / trace, df, df * self.design_df as f64)
    }

    /// First order: chi-square over the mean design effect.
    pub fn first_order(&self) -> Option<Homogeneity> {
        by_chi_square(self.pearson / self.design_effect, self.df)
    }

    /// The p-value of the whole weighted sum of chi-squares by inversion; `None` for tables of more than 256 cells.
    pub fn whole_sum_p(&self) -> Option<f64> {
        let (effects, df) = self.summed()?;
        chi_square_mixture::tail(&effects, self.pearson, df)
    }

    /// The same by the saddlepoint, which R survey's `lincom` falls back to where CompQuadForm is not installed; as
    /// there the denominator's degrees of freedom are cut to a whole number, worth a unit in the fourth digit.
    pub fn saddlepoint_p(&self) -> Option<f64> {
        let (effects, df) = self.summed()?;
        chi_square_mixture::saddlepoint_tail(&effects, self.pearson, df)
    }

    /// Design effects that can be seen, and the degrees of freedom of the denominator.
    fn summed(&self) -> Option<(Vec<f64>, f64)> {
        let effects = self.generalised_design_effects()?;
        let total = sum(effects.iter().copied());
        let df = total * total / sum(effects.iter().map(|effect| effect * effect));
        Some((
            effects.into_iter().filter(|effect| *effect > 1e-12 * total).collect(),
            df * self.design_df as f64,
        ))
    }

    /// The generalised design effects, the largest first; `None` for tables of more than 256 cells.
    pub fn generalised_design_effects(&self) -> Option<Vec<f64>> {
        let matrix = self.table.projected(MOST_CELLS_OF_A_MATRIX)?;
        let mut effects = matrix.eigenvalues()?;
        effects.truncate(self.table.df()?);
        Some(effects.into_iter().map(|effect| effect * self.n()).collect())
    }

    /// Wald's test of all differences from independence as F; `None` for tables of more than 256 cells.
    pub fn wald(&self) -> Option<Homogeneity> {
        let df = self.table.contrasts()? as f64;
        by_f(self.table.wald(MOST_CELLS_OF_A_MATRIX)? / df, df, self.design_df as f64)
    }

    /// Wald's test with the degrees of freedom that estimating the covariance costs; `None` also where none are left.
    pub fn wald_adjusted(&self) -> Option<Homogeneity> {
        let df = self.table.contrasts()? as f64;
        let design = self.design_df as f64;
        let left = design - df + 1.0;
        by_f(self.table.wald(MOST_CELLS_OF_A_MATRIX)? * left / (df * design), df, left)
    }

    /// The strength of the association, from the chi-square of the weighted shares.
    ///
    /// Bergsma's correction takes the base without the design effect: rows over the mean one.
    pub fn association(&self) -> Option<Association> {
        let phi_squared = self.pearson / self.n();
        let n = self.n() / self.design_effect;
        Association::new(phi_squared * n, n, self.size)
    }

    fn n(&self) -> f64 {
        self.table.n()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Contingency, StratumCells, WeightedCell};
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    fn cell(n: u64, weight: f64) -> WeightedCell {
        WeightedCell { n, w: n as f64 * weight, w2: n as f64 * weight * weight }
    }

    fn test(cells: Vec<WeightedCell>, columns: usize) -> Option<RaoScott> {
        let design_n = cells.iter().map(|cell| cell.n).sum();
        RaoScott::new(&CellShares::stratified(&[StratumCells { design_n, cells }])?, columns)
    }

    #[test]
    fn equal_weights_are_pearsons_test() {
        let counts = [[12_u64, 30, 25], [40, 22, 31]];
        let plain = Contingency::new(&counts.map(|row| row.to_vec())).unwrap().pearson().unwrap();
        let cells = counts.iter().flatten().map(|n| cell(*n, 1.7)).collect();
        let found = test(cells, 3).unwrap();
        assert_relative_eq!(found.pearson, plain.statistic, max_relative = 1e-12);
        // Design effects are 1 only under independence; of this table they are near it.
        assert_relative_eq!(found.design_effect, 1.0, max_relative = 0.1);
        assert_relative_eq!(found.first_order().unwrap().p, plain.p, max_relative = 0.5);
        assert_relative_eq!(
            found.association().unwrap().cramers_v().powi(2),
            plain.statistic / 160.0,
            max_relative = 1e-12
        );
    }

    #[test]
    fn empty_sides_are_left_out_and_empty_rectangles_cost_a_degree() {
        let bare = test([9, 4, 3, 8].map(|n| cell(n, 1.2)).to_vec(), 2).unwrap();
        let padded = test([9, 0, 4, 0, 0, 0, 3, 0, 8].map(|n| cell(n, 1.2)).to_vec(), 3).unwrap();
        assert_relative_eq!(
            bare.second_order().unwrap().p,
            padded.second_order().unwrap().p,
            max_relative = 1e-12
        );
        let blocks = test([0, 0, 9, 0, 0, 7, 4, 5, 6].map(|n| cell(n, 1.0)).to_vec(), 3).unwrap();
        assert_relative_eq!(blocks.df, 3.0, max_relative = 1e-15);
        assert!(blocks.second_order().is_some() && blocks.whole_sum_p().is_some() && blocks.wald().is_none());
    }

    #[test]
    fn what_is_no_table_has_no_test() {
        assert!(test(vec![cell(5, 1.0); 4], 4).is_none());
        assert!(test(vec![cell(5, 1.0); 4], 3).is_none());
        assert!(test(vec![cell(5, 1.0); 4], 0).is_none());
        assert!(test(vec![cell(5, 1.0), cell(5, 1.0), cell(0, 1.0), cell(0, 1.0)], 2).is_none());
        // One answer against one: nothing is left to vary around.
        let two = test(vec![cell(1, 1.0), cell(0, 1.0), cell(0, 1.0), cell(1, 1.0)], 2);
        assert!(two.is_none_or(|two| two.second_order().is_none_or(|test| test.p.is_finite())));
    }

    #[test]
    fn a_wide_table_needs_no_square_matrix() {
        let cells: Vec<WeightedCell> =
            (0..11 * 60_u64).map(|i| cell(3 + i % 7, 0.5 + (i % 5) as f64)).collect();
        let found = test(cells, 60).unwrap();
        let test = found.second_order().unwrap();
        assert!((0.0..=1.0).contains(&test.p) && test.df <= 590.0);
        assert!(found.whole_sum_p().is_none() && found.wald().is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn order_and_the_unit_of_weight_change_nothing(
            rows in prop::collection::vec(0_u64..30, 9),
            weights in prop::collection::vec(prop_oneof![0.2_f64..5.0, Just(1e4), Just(1e-4)], 9),
        ) {
            let cells: Vec<WeightedCell> = rows.iter().zip(&weights).map(|(n, w)| cell(*n, *w)).collect();
            let turned: Vec<WeightedCell> = (0..9).map(|i| cells[8 - (i % 3 * 3 + i / 3)]).collect();
            let scaled: Vec<WeightedCell> = rows.iter().zip(&weights).map(|(n, w)| cell(*n, *w * 4.0)).collect();
            let found = test(cells, 3).and_then(|test| test.second_order());
            let turned = test(turned, 3).and_then(|test| test.second_order());
            let scaled = test(scaled, 3).and_then(|test| test.second_order());
            prop_assert_eq!(found.is_some(), scaled.is_some());
            if let (Some(found), Some(turned), Some(scaled)) = (found, turned, scaled) {
                prop_assert!((0.0..=1.0).contains(&found.p) && found.statistic.is_finite());
                prop_assert!((found.p - turned.p).abs() <= 1e-6);
                prop_assert!((found.p - scaled.p).abs() <= 1e-6);
            }
        }
    }
}
