//! Cells one after the other as rows of a table.

use std::io;

use super::super::Rows;
use super::error::{WorkbookError, bytes_text, cell_name};
use super::shape::Block;

/// How much text a row may hold; a cell of a spreadsheet holds at most 32,767 characters.
const MAX_ROW_TEXT: usize = 32 << 20;

/// The filled cells of a sheet, row by row.
pub(super) trait Cells {
    /// Puts the text of the next filled cell into `text`, which comes empty, and says where it stands, row and column
    /// from 0; none at the end. Rows come in order, the cells of a row in any.
    fn next_cell(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, WorkbookError>;
}

/// The rows of a sheet down to the last filled one, from its first filled column to its last.
///
/// A row without filled cells is a row without cells, so that the line of a row is its number in the sheet as long
/// as no text above it has lines of its own.
pub(super) struct SheetRows<C> {
    cells: C,
    sheet: String,
    columns: (u32, u32),
    /// The row that comes next.
    row: u32,
    /// The cell that was read and not yet handed out.
    waiting: Option<(u32, u32)>,
    text: String,
    is_begun: bool,
}

impl<C: Cells> SheetRows<C> {
    /// The rows of a sheet whose filled cells stand in this block.
    pub(super) fn new(cells: C, sheet: String, used: Block) -> Self {
        Self {
            cells,
            sheet,
            columns: (used.first.1, used.last.1),
            row: 0,
            waiting: None,
            text: String::new(),
            is_begun: false,
        }
    }

    fn read_on(&mut self) -> Result<(), WorkbookError> {
        loop {
            self.text.clear();
            self.waiting = self.cells.next_cell(&mut self.text)?;
            if self.waiting.is_none() || !self.text.is_empty() {
                return Ok(());
            }
        }
    }

    fn next(&mut self, cells: &mut Vec<String>) -> Result<bool, WorkbookError> {
        if !self.is_begun {
            self.is_begun = true;
            self.read_on()?;
        }
        let Some((row, _)) = self.waiting else {
            return Ok(false);
        };
        if row < self.row {
            return Err(self.misplaced("it stands below a row of a higher number"));
        }
        if row > self.row {
            self.row += 1;
            return Ok(true);
        }
        let (first, last) = self.columns;
        cells.resize(usize::try_from(last - first).unwrap_or(0) + 1, String::new());
        let mut held = 0;
        while let Some((_, column)) = self.waiting.filter(|(at, _)| *at == row) {
            let place = column.checked_sub(first).and_then(|column| usize::try_from(column).ok());
            let Some(cell) = place.and_then(|place| cells.get_mut(place)) else {
                return Err(self.misplaced("the file changed while it was read"));
            };
            held += self.text.len();
            if held > MAX_ROW_TEXT {
                return Err(WorkbookError::TooLarge {
                    what: format!("row {} of sheet `{}` holds more text", row + 1, self.sheet),
                    limit: bytes_text(MAX_ROW_TEXT as u64),
                });
            }
            cell.clone_from(&self.text);
            self.read_on()?;
        }
        self.row += 1;
        Ok(true)
    }

    fn misplaced(&self, problem: &str) -> WorkbookError {
        let (row, column) = self.waiting.unwrap_or_default();
        WorkbookError::Cell {
            sheet: self.sheet.clone(),
            cell: cell_name(row, column),
            problem: problem.to_owned(),
        }
    }
}

impl<C: Cells> Rows for SheetRows<C> {
    fn next_row(&mut self, row: &mut Vec<String>) -> io::Result<bool> {
        self.next(row).map_err(WorkbookError::into_io)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Given(Vec<(u32, u32, String)>);

    impl Cells for Given {
        fn next_cell(&mut self, text: &mut String) -> Result<Option<(u32, u32)>, WorkbookError> {
            if self.0.is_empty() {
                return Ok(None);
            }
            let (row, column, given) = self.0.remove(0);
            text.push_str(&given);
            Ok(Some((row, column)))
        }
    }

    fn rows(cells: &[(u32, u32, &str)]) -> Result<Vec<Vec<String>>, String> {
        let given = cells.iter().map(|(row, column, text)| (*row, *column, (*text).to_owned())).collect();
        let used = Block { first: (0, 1), last: (9, 3) };
        let mut rows = SheetRows::new(Given(given), "Data".to_owned(), used);
        let mut found = Vec::new();
        loop {
            let mut row = Vec::new();
            match rows.next_row(&mut row) {
                Ok(true) => found.push(row),
                Ok(false) => return Ok(found),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn rows_are_filled_up_and_blank_ones_kept() {
        let found = rows(&[(1, 2, "b"), (1, 1, "a"), (2, 1, ""), (3, 3, "c")]).unwrap();
        let expected: [&[&str]; 4] = [&[], &["a", "b", ""], &[], &["", "", "c"]];
        assert_eq!(found, expected);
        assert!(rows(&[]).unwrap().is_empty());
        assert!(rows(&[(5, 1, "")]).unwrap().is_empty());
    }

    #[test]
    fn cells_out_of_order_or_place_are_named_and_a_huge_row_is_refused() {
        let error = rows(&[(2, 1, "a"), (1, 2, "b")]).unwrap_err();
        assert!(error.contains("`Data!C2`: it stands below"), "{error}");
        let error = rows(&[(0, 7, "a")]).unwrap_err();
        assert!(error.contains("`Data!H1`"), "{error}");
        let long = "x".repeat(MAX_ROW_TEXT / 2);
        let error = rows(&[(0, 1, &long), (0, 2, &long), (0, 3, "x")]).unwrap_err();
        assert!(error.contains("row 1 of sheet `Data`"), "{error}");
    }
}
