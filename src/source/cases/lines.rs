//! Where cases stand in their file: neighbours share one entry.

use crate::source::Position;

/// Cases that follow one another by one record and one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    /// The first of them among the cases.
    first: u32,
    /// Its record after the header rows, counted from 1.
    row: u32,
    /// The line on which it begins, counted from 1.
    line: u64,
    /// The place of the file among all.
    input: u32,
}

/// The lines of the cases, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct CaseLines {
    runs: Vec<Run>,
    cases: u32,
    /// The place of the file that is read among all.
    input: u32,
}

impl CaseLines {
    /// The lines of a file that is read after so many others.
    pub(super) fn of_input(input: usize) -> Self {
        Self { input: u32::try_from(input).unwrap_or(u32::MAX), ..Self::default() }
    }

    /// Adds the cases of a file that was read after these.
    pub(super) fn append(&mut self, other: Self) {
        self.runs.extend(other.runs.into_iter().map(|run| Run { first: run.first + self.cases, ..run }));
        self.cases += other.cases;
    }

    /// Adds the next case, which is a record after the header rows and begins on a line, both counted from 1.
    #[inline]
    pub(super) fn push(&mut self, row: u64, line: u64) {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let next = Run { first: self.cases, row, line, input: self.input };
        if self.runs.last().is_none_or(|run| run.at(self.cases) != next) {
            self.runs.push(next);
        }
        self.cases += 1;
    }

    /// How many cases there are.
    pub(super) fn cases(&self) -> usize {
        self.cases as usize
    }

    /// Where a case stands.
    pub(super) fn get(&self, case: usize) -> Option<Position> {
        let case = u32::try_from(case).ok().filter(|case| *case < self.cases)?;
        let after = self.runs.partition_point(|run| run.first <= case);
        let Run { row, line, input, .. } = self.runs.get(after.checked_sub(1)?)?.at(case);
        Some(Position { input: input as usize, row: u64::from(row), line, column: 0 })
    }
}

impl Run {
    /// What an entry of its own would say of a case of the run.
    #[inline]
    fn at(&self, case: u32) -> Self {
        let offset = case - self.first;
        Self {
            first: case,
            row: self.row.saturating_add(offset),
            line: self.line + u64::from(offset),
            input: self.input,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_are_found_where_they_stand() {
        let places = [(1, 2), (2, 3), (3, 5), (5, 7), (6, 8), (7, 9)];
        let mut lines = CaseLines::default();
        for (row, line) in places {
            lines.push(row, line);
        }
        let found: Vec<(u64, u64)> =
            (0..lines.cases()).filter_map(|case| lines.get(case)).map(|at| (at.row, at.line)).collect();
        assert_eq!(found, places);
        assert_eq!(lines.runs.len(), 3);
        assert_eq!(lines.get(6), None);
        assert_eq!(CaseLines::default().get(0), None);
    }
}
