//! Which of the rows that were kept are shown: those of a wave, or nearly always all.

use crate::tally::RowSelection;

/// The rows shown, numbered from 0 on, by their places among those kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ShownRows {
    /// All of so many.
    All(usize),
    /// Those at these places, in rising order.
    Listed(Vec<u32>),
}

impl ShownRows {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::All(rows) => *rows,
            Self::Listed(places) => places.len(),
        }
    }

    /// The place of a row.
    #[inline]
    pub(super) fn place(&self, row: usize) -> Option<usize> {
        match self {
            Self::All(rows) => (row < *rows).then_some(row),
            Self::Listed(places) => places.get(row).and_then(|place| usize::try_from(*place).ok()),
        }
    }

    /// Gives the places of some rows in rising order to `read`; rows beyond the last have none.
    pub(super) fn with_places(&self, rows: &[u32], read: impl FnOnce(&RowSelection<'_>)) {
        match (self, RowSelection::of(rows)) {
            (Self::All(_), rows) => read(&rows),
            (Self::Listed(places), RowSelection::Run(run)) => {
                read(&RowSelection::of(places.get(run).unwrap_or(&[])));
            }
            (Self::Listed(places), rows) => {
                let listed: Vec<u32> = rows.rows().filter_map(|row| places.get(row).copied()).collect();
                read(&RowSelection::of(&listed));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RowSelection, ShownRows};

    #[test]
    fn places_are_those_of_the_rows_one_by_one() {
        let all = ShownRows::All(9);
        let listed = ShownRows::Listed(vec![0, 2, 3, 4, 7, 8]);
        assert_eq!((all.len(), all.place(8), all.place(9)), (9, Some(8), None));
        assert_eq!((listed.len(), listed.place(4), listed.place(6)), (6, Some(7), None));
        let is_run = |selection: &RowSelection<'_>| matches!(selection, RowSelection::Run(_));
        for (shown, rows, run) in [
            (&all, &[2, 3, 4][..], true),
            (&all, &[2, 4], false),
            (&listed, &[1, 2, 3], true),
            (&listed, &[0, 1], false),
            (&listed, &[1, 3], false),
            (&listed, &[4, 5], true),
        ] {
            let one_by_one: Vec<usize> =
                rows.iter().filter_map(|row| shown.place(usize::try_from(*row).unwrap())).collect();
            let mut told = None;
            shown.with_places(rows, |places| told = Some((places.rows().collect(), is_run(places))));
            assert_eq!(told, Some((one_by_one, run)));
        }
    }
}
