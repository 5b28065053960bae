//! The correlation of two normal variables of which only ordered categories are seen (Olsson 1979).
//!
//! Two steps: the thresholds from the margins, then the most likely correlation given these. Reference: R polycor
//! 0.8.1 polychor.

use super::bivariate_normal::{bivariate_normal_cdf, bivariate_normal_density};
use super::distributions::normal_quantile;
use super::root::increasing;

/// The correlation is looked for up to this size; two questions of which one orders the other reach it.
const LARGEST: f64 = 0.9999;

/// Below this the chance of a cell is rounding.
const LEAST_CHANCE: f64 = 1e-15;

/// The polychoric correlation of a table of counts or Σw, by row, then column, both in order; between −0.9999 and
/// 0.9999.
///
/// `None` for rows of different lengths, a count that is negative or not finite, and where fewer than two rows or
/// columns have any.
pub fn polychoric(table: &[Vec<f64>]) -> Option<f64> {
    let width = table.first()?.len();
    let sound = |row: &Vec<f64>| row.len() == width && row.iter().all(|n| n.is_finite() && *n >= 0.0);
    if !table.iter().all(sound) {
        return None;
    }
    let by_row: Vec<f64> = table.iter().map(|row| row.iter().sum()).collect();
    let by_column: Vec<f64> = (0..width).map(|j| table.iter().map(|row| row[j]).sum()).collect();
    let (rows, columns) = (thresholds(&by_row)?, thresholds(&by_column)?);
    let cells: Vec<Vec<f64>> =
        kept(&by_row).map(|i| kept(&by_column).map(|j| table[i][j]).collect()).collect();
    let slope = |r: f64| -> Option<(f64, f64)> {
        let below = corners(&rows, &columns, |h, k| bivariate_normal_cdf(h, k, r))?;
        let density = corners(&rows, &columns, |h, k| Some(bivariate_normal_density(h, k, r)))?;
        let (mut score, mut information) = (0.0, 0.0);
        let total: f64 = by_row.iter().sum();
        for (i, row) in cells.iter().enumerate() {
            for (j, n) in row.iter().enumerate() {
                // What rounding may leave of a cell that hardly ever happens.
                let chance = within(&below, i, j).max(LEAST_CHANCE);
                let change = within(&density, i, j);
                score += n * change / chance;
                information += total * change * change / chance;
            }
        }
        Some((-score, information))
    };
    slope(0.0)?;
    Some(increasing(-LARGEST, LARGEST, 0.0, |r| slope(r).unwrap_or((f64::NAN, 1.0))))
}

/// The sides of the categories that occur, minus and plus infinity included; `None` where fewer than two occur.
fn thresholds(counts: &[f64]) -> Option<Vec<f64>> {
    let total: f64 = counts.iter().sum();
    let occurring: Vec<f64> = kept(counts).map(|place| counts[place]).collect();
    if occurring.len() < 2 || !total.is_finite() {
        return None;
    }
    let mut sides = vec![f64::NEG_INFINITY];
    let mut below = 0.0;
    for count in &occurring[..occurring.len() - 1] {
        below += count;
        sides.push(normal_quantile(below / total)?);
    }
    sides.push(f64::INFINITY);
    Some(sides)
}

/// Categories that occur.
fn kept(counts: &[f64]) -> impl Iterator<Item = usize> + '_ {
    (0..counts.len()).filter(|place| counts[*place] > 0.0)
}

fn corners(rows: &[f64], columns: &[f64], at: impl Fn(f64, f64) -> Option<f64>) -> Option<Vec<Vec<f64>>> {
    rows.iter().map(|h| columns.iter().map(|k| at(*h, *k)).collect()).collect()
}

/// What lies in a cell, from the values at its corners.
fn within(corners: &[Vec<f64>], i: usize, j: usize) -> f64 {
    corners[i + 1][j + 1] - corners[i][j + 1] - corners[i + 1][j] + corners[i][j]
}

#[cfg(test)]
mod tests {
    use std::f64::consts::{FRAC_PI_2, PI};

    use approx::assert_relative_eq;

    use super::polychoric;

    #[test]
    fn halves_of_two_questions_follow_sheppard() {
        // Medians as thresholds: P(both below) = 1/4 + asin(r) / 2π.
        let r = polychoric(&[vec![40.0, 10.0], vec![10.0, 40.0]]).unwrap();
        assert_relative_eq!(r, (FRAC_PI_2 - 2.0 * PI * 0.1).sin(), epsilon = 1e-10);
    }

    #[test]
    fn turned_categories_turn_the_sign_and_empty_ones_are_not_there() {
        let table = vec![vec![12.0, 5.0, 1.0], vec![6.0, 20.0, 9.0], vec![2.0, 8.0, 15.0]];
        let r = polychoric(&table).unwrap();
        let turned: Vec<Vec<f64>> = table.iter().rev().cloned().collect();
        assert_relative_eq!(polychoric(&turned).unwrap(), -r, epsilon = 1e-9);
        let mut wide: Vec<Vec<f64>> =
            table.iter().map(|row| vec![row[0], 0.0, row[1], row[2], 0.0]).collect();
        wide.insert(1, vec![0.0; 5]);
        assert_relative_eq!(polychoric(&wide).unwrap(), r, epsilon = 1e-12);
        let scaled: Vec<Vec<f64>> = table.iter().map(|row| row.iter().map(|n| n * 0.37).collect()).collect();
        assert_relative_eq!(polychoric(&scaled).unwrap(), r, epsilon = 1e-10);
    }

    #[test]
    fn perfect_order_reaches_the_end_and_one_category_has_none() {
        let perfect = [vec![5.0, 0.0, 0.0], vec![0.0, 7.0, 0.0], vec![0.0, 0.0, 3.0]];
        assert!(polychoric(&perfect).unwrap() > 0.999);
        let turned: Vec<Vec<f64>> = perfect.iter().rev().cloned().collect();
        assert!(polychoric(&turned).unwrap() < -0.999);
        assert_eq!(polychoric(&[vec![3.0, 4.0], vec![0.0, 0.0]]), None);
        assert_eq!(polychoric(&[vec![3.0], vec![4.0]]), None);
        assert_eq!(polychoric(&[]), None);
        assert_eq!(polychoric(&[vec![1.0, 2.0], vec![1.0]]), None);
        assert_eq!(polychoric(&[vec![1.0, -2.0], vec![1.0, 5.0]]), None);
    }
}
