//! The cells of a sheet in memory, for the formats that cannot be gone over twice.

use super::error::{WorkbookError, bytes_text};
use super::rows::Cells;
use super::shape::{MAX_COLUMNS, MAX_ROWS, Shape};

/// How many cells are held.
const MAX_CELLS: usize = 4 << 20;
/// How much text they hold together.
const MAX_TEXT: usize = 96 << 20;

/// Filled cells; their texts stand one after the other.
#[derive(Debug, Default)]
pub(super) struct HeldCells {
    text: String,
    /// Row, column, and where the text ends in the order in which the cells came.
    cells: Vec<(u32, u32, u32, u32)>,
    next: usize,
}

impl HeldCells {
    /// A cell; one without text is none.
    pub(super) fn push(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        sheet: &str,
    ) -> Result<(), WorkbookError> {
        if text.is_empty() {
            return Ok(());
        }
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(WorkbookError::cell(sheet, row, column, "it stands outside the sheet"));
        }
        if self.cells.len() == MAX_CELLS || self.text.len() + text.len() > MAX_TEXT {
            return Err(WorkbookError::TooLarge {
                what: format!("sheet `{sheet}` has more cells or text"),
                limit: format!(
                    "{MAX_CELLS} cells and {} of text; .xlsx has no such limit",
                    bytes_text(MAX_TEXT as u64)
                ),
            });
        }
        let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.cells.push((row, column, start, end));
        Ok(())
    }

    /// Puts the cells in order and says where they stand.
    pub(super) fn finish(&mut self) -> Shape {
        // A cell that comes twice counts as it came last.
        self.cells.sort_by_key(|cell| (cell.0, cell.1));
        let mut shape = Shape::default();
        for (row, column, ..) in &self.cells {
            shape.add(*row, *column);
        }
        shape.finish();
        shape
    }
}

impl Cells for HeldCells {
    fn next_cell(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, WorkbookError> {
        let Some((row, column, start, end)) = self.cells.get(self.next).copied() else {
            return Ok(None);
        };
        self.next += 1;
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        text.push_str(self.text.get(place(start)..place(end)).unwrap_or_default());
        Ok(Some((row, column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_in_order_whatever_the_order_in_which_they_were_given() {
        let mut held = HeldCells::default();
        for (row, column, text) in [(2, 1, "d"), (0, 1, "b"), (0, 0, "a"), (1, 5, ""), (2, 1, "e")] {
            held.push(row, column, text, "Data").unwrap();
        }
        let shape = held.finish();
        assert_eq!((shape.rows, shape.used.unwrap().last), (2, (2, 1)));
        let mut found = Vec::new();
        let mut text = String::new();
        while let Some((row, column)) = held.next_cell(&mut text).unwrap() {
            found.push((row, column, std::mem::take(&mut text)));
        }
        let found: Vec<(u32, u32, &str)> =
            found.iter().map(|(row, column, text)| (*row, *column, text.as_str())).collect();
        assert_eq!(found, [(0, 0, "a"), (0, 1, "b"), (2, 1, "d"), (2, 1, "e")]);
        let error = HeldCells::default().push(MAX_ROWS, 0, "x", "Data").unwrap_err();
        assert!(error.to_string().contains("outside the sheet"), "{error}");
    }
}
