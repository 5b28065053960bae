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

    /// Adds the rows of others, each where `settled` says of the first of its run: those that follow one another must do so
    /// there, too.
    pub(super) fn append(&mut self, others: &Self, settled: impl Fn(Position) -> Position) {
        let ends = others.runs.iter().skip(1).map(|run| run.first).chain([others.rows]);
        for (run, end) in others.runs.iter().zip(ends) {
            self.push(settled(run.position));
            // The others follow.
            self.rows += end - run.first - 1;
        }
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

    #[test]
    fn runs_are_added_as_their_rows_would_be() {
        let at = |row, line| Position { input: 0, row, line, column: 0 };
        // The first follows the rows before it when a hundred is taken from its number.
        let (mut own, mut others) = (RowPlaces::default(), RowPlaces::default());
        own.push(at(1, 2));
        own.push(at(2, 3));
        let (mut one_by_one, positions) = (own.clone(), [at(103, 4), at(104, 5), at(106, 7), at(107, 9)]);
        let settled = |position: Position| Position { row: position.row - 100, ..position };
        for position in positions {
            others.push(position);
            one_by_one.push(settled(position));
        }
        own.append(&others, settled);
        assert_eq!(own, one_by_one);
        assert_eq!((own.rows(), own.runs.len(), own.get(3)), (6, 3, Some(at(4, 5))));
        own.append(&RowPlaces::default(), settled);
        assert_eq!(own, one_by_one);
    }
}
