//! An interval drawn in one line: `├──●──┤`.

use crate::render::document::Bar;

/// The bar in that many columns, padded on both sides.
pub(super) fn draw(bar: Bar, columns: usize) -> String {
    let (low, value, high) = (slot(bar.low, columns), slot(bar.value, columns), slot(bar.high, columns));
    (0..columns)
        .map(|column| match column {
            _ if column == value => '●',
            _ if column == low => '├',
            _ if column == high => '┤',
            _ if low < column && column < high => '─',
            _ => ' ',
        })
        .collect()
}

/// The column that a position between 0 and 1 falls into.
fn slot(position: f64, columns: usize) -> usize {
    let last = columns.saturating_sub(1);
    (0..last).find(|column| position * columns as f64 <= (*column + 1) as f64).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::draw;
    use crate::render::document::Bar;

    fn drawn(low: f64, value: f64, high: f64) -> String {
        draw(Bar { low, value, high }, 11)
    }

    #[test]
    fn an_interval_lies_where_its_limits_are() {
        assert_eq!(drawn(0.0, 0.5, 1.0), "├────●────┤");
        assert_eq!(drawn(0.1, 0.3, 0.45), " ├─●┤      ");
        assert_eq!(drawn(0.57, 0.66, 0.74), "      ├●┤  ");
    }

    #[test]
    fn the_figure_wins_where_limits_fall_into_its_column() {
        assert_eq!(drawn(0.0, 0.0, 0.0), "●          ");
        assert_eq!(drawn(0.9, 1.0, 1.0), "         ├●");
        assert_eq!(drawn(0.5, 0.5, 0.5), "     ●     ");
    }
}
