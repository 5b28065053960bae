//! Correlations of the outcome with one predictor that look at order alone.

use crate::stats::polychoric;

/// Answers of more values than these are numbers, no ordered categories.
const MOST_CATEGORIES: usize = 25;

/// Spearman's correlation: Pearson's of the ranks, equal answers sharing the middle one.
pub(super) fn spearman(table: &[Vec<f64>]) -> Option<f64> {
    let by_row: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let width = table.first()?.len();
    let by_column: Vec<f64> = (0..width).map(|j| table.iter().map(|row| row[j]).sum()).collect();
    let total: f64 = by_row.iter().sum();
    let ranks = |margin: &[f64]| {
        let mut below = 0.0;
        let rank = |w: &f64| {
            let rank = below + w / 2.0 - total / 2.0;
            below += w;
            rank
        };
        margin.iter().map(rank).collect::<Vec<f64>>()
    };
    let (rows, columns) = (ranks(&by_row), ranks(&by_column));
    let spread =
        |ranks: &[f64], margin: &[f64]| ranks.iter().zip(margin).map(|(r, w)| w * r * r).sum::<f64>();
    let together: f64 = table
        .iter()
        .zip(&rows)
        .flat_map(|(cells, row)| cells.iter().zip(&columns).map(move |(w, column)| w * row * column))
        .sum();
    let r = together / (spread(&rows, &by_row) * spread(&columns, &by_column)).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

/// The polychoric correlation of ordered categories; `None` for free numbers.
pub(super) fn latent(table: &[Vec<f64>]) -> Option<f64> {
    let small = table.len() <= MOST_CATEGORIES && table.first()?.len() <= MOST_CATEGORIES;
    if small { polychoric(table) } else { None }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::{latent, spearman};

    #[test]
    fn ranks_of_ties_are_shared() {
        // scipy 1.17.1 spearmanr of (1,1) (1,2) (2,2) (2,3) (3,3) (3,3) (3,1).
        let table = [vec![1.0, 1.0, 0.0], vec![0.0, 1.0, 1.0], vec![1.0, 0.0, 2.0]];
        assert_relative_eq!(spearman(&table).unwrap(), 0.39, epsilon = 1e-14);
        assert_relative_eq!(spearman(&[vec![2.0, 0.0], vec![0.0, 5.0]]).unwrap(), 1.0, max_relative = 1e-14);
        assert_eq!(spearman(&[vec![2.0, 3.0], vec![0.0, 0.0]]), None);
        assert_eq!(spearman(&[]), None);
        assert_eq!(latent(&vec![vec![1.0; 3]; 60]), None);
    }
}
