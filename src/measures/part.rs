//! Some of the answers to a question: how many, and in which cells of the design.

use crate::tally::{Count, Counts};

use super::context::Context;

/// Rows that count alike for a figure.
///
/// The cells are there only where a design knows them; then their rows are those of the count, in design weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// In final weights.
    pub(super) count: Count,
    /// By cell of the design in rising order, each once, in design weights.
    cells: Vec<(usize, Count)>,
}

impl Part {
    /// Each point of a question, as the design of the context knows it; `points` finds them in its counts.
    pub(super) fn each(counts: &Counts, points: fn(&Counts) -> &[Count], context: &Context) -> Vec<Self> {
        let mut parts: Vec<Self> = points(counts).iter().map(|count| Self::from(*count)).collect();
        for (cell, counts) in context.cells() {
            for (part, count) in parts.iter_mut().zip(points(counts)) {
                part.in_cell(*cell, *count);
            }
        }
        parts
    }

    /// One count of a question.
    pub(super) fn one(counts: &Counts, of: fn(&Counts) -> Count, context: &Context) -> Self {
        let mut part = Self::from(of(counts));
        for (cell, counts) in context.cells() {
            part.in_cell(*cell, of(counts));
        }
        part
    }

    /// Takes note of what a cell after all those known has of it.
    pub(super) fn in_cell(&mut self, cell: usize, count: Count) {
        if count.n > 0 {
            self.cells.push((cell, count));
        }
    }

    /// By cell of the design, in design weights.
    pub(super) fn cells(&self) -> &[(usize, Count)] {
        &self.cells
    }

    /// Adds another part.
    pub(super) fn add(&mut self, other: &Self) {
        self.count = added(self.count, other.count);
        self.cells = joined(&self.cells, &other.cells, added);
    }

    /// What is left without another part of it.
    pub(super) fn less(&self, other: &Self) -> Self {
        let mut cells = joined(&self.cells, &other.cells, Count::less);
        cells.retain(|(_, count)| count.n > 0);
        Self { count: self.count.less(other.count), cells }
    }
}

impl From<Count> for Part {
    fn from(count: Count) -> Self {
        Self { count, cells: Vec::new() }
    }
}

/// The sum of parts.
pub(super) fn sum<'a>(parts: impl IntoIterator<Item = &'a Part>) -> Part {
    let mut total = Part::default();
    for part in parts {
        total.add(part);
    }
    total
}

fn added(one: Count, other: Count) -> Count {
    Count { n: one.n + other.n, w: one.w + other.w, w2: one.w2 + other.w2 }
}

/// Two lists by cell as one; what both have is put together.
fn joined(
    ours: &[(usize, Count)],
    theirs: &[(usize, Count)],
    together: fn(Count, Count) -> Count,
) -> Vec<(usize, Count)> {
    if theirs.is_empty() {
        return ours.to_vec();
    }
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    let mut cells = Vec::with_capacity(ours.len() + theirs.len());
    loop {
        match (ours.peek(), theirs.peek()) {
            (Some((one, count)), Some((other, part))) if one == other => {
                cells.push((*one, together(*count, *part)));
                ours.next();
                theirs.next();
            }
            (Some((one, _)), Some((other, _))) if one > other => cells.extend(theirs.next()),
            (Some(_), _) => cells.extend(ours.next()),
            (None, Some(_)) => cells.extend(theirs.next()),
            (None, None) => return cells,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, sum};
    use crate::measures::sample::rows;

    fn part(cells: &[(usize, u64)]) -> Part {
        let mut part = Part::from(rows(cells.iter().map(|(_, n)| n).sum()));
        for (cell, n) in cells {
            part.in_cell(*cell, rows(*n));
        }
        part
    }

    #[test]
    fn cells_are_put_together_and_taken_apart() {
        let (one, other) = (part(&[(0, 3), (2, 4)]), part(&[(1, 5), (2, 6), (7, 1)]));
        let both = sum([&one, &other]);
        assert_eq!(both, part(&[(0, 3), (1, 5), (2, 10), (7, 1)]));
        assert_eq!(both.less(&other), one);
        assert_eq!(both.less(&both), part(&[]));
        assert_eq!(sum([&one, &Part::default()]), one);
    }

    #[test]
    fn a_cell_without_rows_is_none() {
        let mut nobody = part(&[]);
        nobody.in_cell(3, rows(0));
        assert!(nobody.cells().is_empty());
    }
}
