//! An interval drawn in one line: `├──●──┤`.

use crate::render::document::Bar;

/// The bar in that many columns, padded on both sides. At least three of them are drawn, so that the figure always
/// stands between two limits.
pub(super) fn draw(bar: Bar, columns: usize) -> String {
    let last = columns.saturating_sub(1);
    let value = slot(bar.value, columns).min(last.saturating_sub(1)).max(1);
    let low = slot(bar.low, columns).min(value.saturating_sub(1));
    let high = slot(bar.high, columns).max(value + 1);
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
    fn a_narrow_interval_still_shows_both_limits() {
        assert_eq!(drawn(0.0, 0.0, 0.0), "├●┤        ");
        assert_eq!(drawn(0.99, 1.0, 1.0), "        ├●┤");
        assert_eq!(drawn(0.5, 0.5, 0.5), "    ├●┤    ");
        assert_eq!(drawn(0.0, 0.0, 0.4), "├●──┤      ");
    }

    #[test]
    fn no_bar_is_wider_than_asked() {
        for columns in 0..5 {
            assert_eq!(draw(Bar { low: 0.0, value: 0.5, high: 1.0 }, columns).chars().count(), columns);
        }
    }
}
