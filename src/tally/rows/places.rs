//! Where kept rows stand: neighbours in the file share one entry.

use crate::source::Position;

/// Rows that follow one another by one row and one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The index of the first of them among the kept rows.
    first: usize,
    /// Where it stands.
    position: Position,
}

/// The positions of kept rows, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RowPlaces {
    runs: Vec<Run>,
    rows: usize,
}

impl RowPlaces {
    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Adds the next row.
    pub(super) fn push(&mut self, position: Position) {
        let follows = self.runs.last().is_some_and(|run| run.at(self.rows) == position);
        if !follows {
            self.runs.push(Run { first: self.rows, position });
        }
        self.rows += 1;
    }

    /// Where a row stands.
    pub(super) fn get(&self, row: usize) -> Option<Position> {
        if row >= self.rows {
            return None;
        }
        let after = self.runs.partition_point(|run| run.first <= row);
        self.runs.get(after.checked_sub(1)?).map(|run| run.at(row))
    }
}

impl Run {
    /// Where a row of the run stands.
    fn at(&self, row: usize) -> Position {
        let offset = (row - self.first) as u64;
        Position { row: self.position.row + offset, line: self.position.line + offset, ..self.position }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_where_they_stood() {
        let at = |input, row, line| Position { input, row, line, column: 0 };
        let positions = [at(0, 1, 2), at(0, 2, 3), at(0, 3, 5), at(0, 5, 7), at(1, 1, 2), at(1, 2, 3)];
        let mut places = RowPlaces::default();
        for position in positions {
            places.push(position);
        }
        let found: Vec<Position> = (0..places.rows()).filter_map(|row| places.get(row)).collect();
        assert_eq!(found, positions);
        assert_eq!(places.runs.len(), 4);
        assert_eq!(places.get(6), None);
        assert_eq!(RowPlaces::default().get(0), None);
    }
}
