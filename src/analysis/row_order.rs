//! An order of rows by what stands in them: sums in the order of the file would differ in their last digit.

use std::cmp::Ordering;

/// The rows of columns of one length by their values, the first column first; rows that are alike stay as they stand.
pub(super) fn row_order(columns: &[&[f64]]) -> Vec<usize> {
    let rows = columns.first().map_or(0, |column| column.len());
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|one, other| {
        let mut by_column = columns.iter().map(|values| match (values.get(*one), values.get(*other)) {
            (Some(one), Some(other)) => one.total_cmp(other),
            _ => Ordering::Equal,
        });
        by_column.find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    order
}

/// The values of a column in an order of rows.
pub(super) fn in_order(values: &[f64], order: &[usize]) -> Vec<f64> {
    order.iter().filter_map(|row| values.get(*row).copied()).collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_put_in_order_by_all_columns() {
        let columns = [vec![2.0, 1.0, 2.0, 1.0], vec![5.0, 9.0, 3.0, 9.0]];
        let order = row_order(&[&columns[0], &columns[1]]);
        assert_eq!(order, [1, 3, 2, 0]);
        assert_eq!(in_order(&columns[1], &order), [9.0, 9.0, 3.0, 5.0]);
        assert!(row_order(&[]).is_empty());
    }
}
