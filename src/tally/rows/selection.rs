//! Which of the kept rows are read together.

use std::ops::Range;

/// Rows in rising order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowSelection<'a> {
    /// Rows that follow one another.
    Run(Range<usize>),
    /// These.
    Listed(&'a [u32]),
}

impl<'a> RowSelection<'a> {
    /// Rows in rising order, each once, as a run where they are one.
    pub fn of(rows: &'a [u32]) -> Self {
        debug_assert!(rows.is_sorted_by(|one, next| one < next), "rows rise");
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Self::Run(0..0) };
        match (usize::try_from(*first), usize::try_from(*last)) {
            (Ok(first), Ok(last)) if last.checked_sub(first) == Some(rows.len() - 1) => {
                Self::Run(first..last + 1)
            }
            _ => Self::Listed(rows),
        }
    }

    /// The rows one by one; one beyond what can be counted is no row.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        let (run, listed) = match self {
            Self::Run(run) => (run.clone(), &[][..]),
            Self::Listed(rows) => (0..0, *rows),
        };
        run.chain(listed.iter().map(|row| usize::try_from(*row).unwrap_or(usize::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::RowSelection;

    #[test]
    fn rows_without_a_gap_are_a_run() {
        let of = |rows| RowSelection::of(rows);
        assert_eq!(of(&[3, 4, 5]), RowSelection::Run(3..6));
        assert_eq!(of(&[7]), RowSelection::Run(7..8));
        assert_eq!(of(&[]), RowSelection::Run(0..0));
        assert_eq!(of(&[3, 5]), RowSelection::Listed(&[3, 5]));
        for rows in [&[3, 4, 5][..], &[3, 5, 9], &[]] {
            let found: Vec<u32> = of(rows).rows().map(|row| u32::try_from(row).unwrap()).collect();
            assert_eq!(found, rows);
        }
    }
}
