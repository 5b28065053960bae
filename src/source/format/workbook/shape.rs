//! Where the cells of a sheet stand: learnt by going over it once, never from what it claims.

/// The most rows and columns that a sheet has.
pub(super) const MAX_ROWS: u32 = 1_048_576;
/// See [`MAX_ROWS`].
pub(super) const MAX_COLUMNS: u32 = 16_384;

/// A block of cells, both corners included, counted from 0: row, column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) first: (u32, u32),
    pub(super) last: (u32, u32),
}

/// The filled cells of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The smallest block around them; none in an empty sheet.
    pub(super) used: Option<Block>,
    /// How many rows have any.
    pub(super) rows: u32,
    /// How many rows have two or more.
    pub(super) wide_rows: u32,
    /// How many rows with one filled cell stand above the first with more: titles, as a rule.
    pub(super) titles: u32,
    /// Cells merged over more than one column in the rows down to the second below the titles.
    pub(super) merged: Vec<Block>,
    /// The row that is being looked at and how many filled cells it has.
    current: Option<(u32, u32)>,
    first_wide: Option<u32>,
}

impl Shape {
    /// A filled cell; rows come in order.
    pub(super) fn add(&mut self, row: u32, column: u32) {
        self.used = Some(match self.used {
            None => Block { first: (row, column), last: (row, column) },
            Some(Block { first, last }) => Block {
                first: (first.0.min(row), first.1.min(column)),
                last: (last.0.max(row), last.1.max(column)),
            },
        });
        match &mut self.current {
            Some((current, cells)) if *current == row => *cells = cells.saturating_add(1),
            _ => {
                self.close_row();
                self.current = Some((row, 1));
            }
        }
    }

    /// Cells that are merged.
    pub(super) fn merge(&mut self, block: Block) {
        self.merged.push(block);
    }

    /// The sheet is at its end.
    pub(super) fn finish(&mut self) {
        self.close_row();
        let used = self.used;
        let header = self.first_wide.or(used.map(|used| used.first.0)).unwrap_or(0);
        self.merged.retain(|block| {
            block.first.1 < block.last.1 && (header..=header.saturating_add(2)).contains(&block.first.0)
        });
        self.merged.sort_by_key(|block| block.first);
        self.merged.dedup();
    }

    /// Whether it looks like a table: two rows of two cells, or a column of two.
    pub(super) fn is_table(&self) -> bool {
        self.wide_rows >= 2
    }

    fn close_row(&mut self) {
        let Some((row, cells)) = self.current.take() else {
            return;
        };
        self.rows = self.rows.saturating_add(1);
        if cells > 1 {
            self.wide_rows = self.wide_rows.saturating_add(1);
            self.first_wide.get_or_insert(row);
        } else if self.first_wide.is_none() {
            self.titles = self.titles.saturating_add(1);
        }
    }

    /// How many title rows there are; none where the sheet has one column only.
    pub(super) fn title_rows(&self) -> u32 {
        if self.first_wide.is_some() { self.titles } else { 0 }
    }
}

/// The row and column of a cell's name such as `B7`, counted from 0.
pub(super) fn parse_cell_name(name: &[u8]) -> Option<(u32, u32)> {
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = name.split_at(letters);
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 {
        return None;
    }
    let mut column = 0;
    for letter in letters {
        column = column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    let mut row = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        row = row * 10 + u32::from(digit - b'0');
    }
    let is_inside = (1..=MAX_ROWS).contains(&row) && column <= MAX_COLUMNS;
    is_inside.then(|| (row - 1, column - 1))
}

/// The block of a range such as `B7:C9` or `B7`.
pub(super) fn parse_range(name: &[u8]) -> Option<Block> {
    let mut corners = name.split(|byte| *byte == b':');
    let first = parse_cell_name(corners.next()?)?;
    let last = corners.next().map_or(Some(first), parse_cell_name)?;
    Some(Block { first, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(cells: &[(u32, u32)]) -> Shape {
        let mut shape = Shape::default();
        for (row, column) in cells {
            shape.add(*row, *column);
        }
        shape.finish();
        shape
    }

    #[test]
    fn the_used_block_and_the_titles_above_the_table_are_found() {
        let found = shape(&[(0, 0), (2, 0), (6, 1), (6, 2), (6, 5), (7, 1), (8, 1), (8, 2)]);
        assert_eq!(found.used, Some(Block { first: (0, 0), last: (8, 5) }));
        assert_eq!((found.rows, found.wide_rows, found.title_rows()), (5, 2, 2));
        assert!(found.is_table());
        let column = shape(&[(0, 0), (1, 0), (2, 0)]);
        assert_eq!((column.rows, column.title_rows(), column.is_table()), (3, 0, false));
        assert_eq!(shape(&[]).used, None);
    }

    #[test]
    fn merged_cells_count_where_the_header_is() {
        let mut found = Shape::default();
        found.add(0, 0);
        found.add(3, 0);
        found.add(3, 1);
        let block = |first, last| Block { first, last };
        found.merge(block((0, 0), (0, 5)));
        found.merge(block((3, 1), (3, 3)));
        found.merge(block((3, 0), (4, 0)));
        found.merge(block((9, 0), (9, 1)));
        found.finish();
        assert_eq!(found.merged, [block((3, 1), (3, 3))]);
    }

    #[test]
    fn cells_have_names_within_the_sheet() {
        assert_eq!(parse_cell_name(b"A1"), Some((0, 0)));
        assert_eq!(parse_cell_name(b"xfd1048576"), Some((MAX_ROWS - 1, MAX_COLUMNS - 1)));
        for wrong in ["XFE1", "A0", "A1048577", "1", "A", "", "A1B", "AAAA1", "A99999999"] {
            assert_eq!(parse_cell_name(wrong.as_bytes()), None, "{wrong}");
        }
        assert_eq!(parse_range(b"B7:C9"), Some(Block { first: (6, 1), last: (8, 2) }));
        assert_eq!(parse_range(b"B7"), Some(Block { first: (6, 1), last: (6, 1) }));
        assert_eq!(parse_range(b"B7:"), None);
    }
}
