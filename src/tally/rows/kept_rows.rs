//! Which rows of a chunk are kept: nearly always all.

/// Rows of a chunk by their places in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeptRows {
    /// All of so many.
    All(usize),
    /// These, in rising order.
    Listed(Vec<usize>),
}

impl KeptRows {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::All(rows) => *rows,
            Self::Listed(rows) => rows.len(),
        }
    }

    /// Their places.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        let (all, some) = match self {
            Self::All(rows) => (*rows, &[][..]),
            Self::Listed(rows) => (0, rows.as_slice()),
        };
        (0..all).chain(some.iter().copied())
    }

    /// What they have in a column; a column that is not kept is empty.
    pub(super) fn of<'a, T>(&'a self, column: &'a [T]) -> impl Iterator<Item = &'a T> {
        let (all, some) = match self {
            Self::All(rows) => (column.get(..*rows).unwrap_or(column), &[][..]),
            Self::Listed(rows) => (&[][..], rows.as_slice()),
        };
        all.iter().chain(some.iter().filter_map(|row| column.get(*row)))
    }

    /// Adds what they have in a column to the rows before.
    pub(super) fn put<T: Clone>(&self, column: &[T], into: &mut Vec<T>) {
        match self {
            Self::All(_) => into.extend_from_slice(column),
            Self::Listed(_) => into.extend(self.of(column).cloned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeptRows;

    #[test]
    fn all_rows_are_those_that_are_listed() {
        let column = ["a", "b", "c", "d"];
        for (kept, rows) in [
            (KeptRows::All(4), vec![0, 1, 2, 3]),
            (KeptRows::Listed(vec![0, 1, 2, 3]), vec![0, 1, 2, 3]),
            (KeptRows::Listed(vec![1, 3]), vec![1, 3]),
            (KeptRows::Listed(Vec::new()), Vec::new()),
        ] {
            assert_eq!((kept.len(), kept.rows().collect::<Vec<_>>()), (rows.len(), rows.clone()));
            let found: Vec<&str> = rows.iter().map(|row| column[*row]).collect();
            assert_eq!(kept.of(&column).copied().collect::<Vec<_>>(), found);
            let mut into = vec!["before"];
            kept.put(&column, &mut into);
            assert_eq!(into, [vec!["before"], found].concat());
            assert_eq!(kept.of(&column[..0]).count(), 0, "a column that is not kept");
        }
    }
}
