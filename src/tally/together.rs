//! The counts of several strata that share no row, together: a column of a table may be made of them.

use super::count::{Count, Counts, Distribution, Joint, Selections, Values};
use super::counted::{Stratum, StratumCell};
use super::subtract::{empty, of_values, over};
use crate::survey::REASONS;

impl Count {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { n: self.n + other.n, w: self.w + other.w, w2: self.w2 + other.w2 }
    }
}

impl Counts {
    /// Both together, strata that share no row; `None` where the two are not of one question.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        match (self, other) {
            (Self::Single(one), Self::Single(other)) => Some(Self::Single(Distribution {
                points: each(&one.points, &other.points),
                missing: reasons(&one.missing, &other.missing),
            })),
            (Self::Pair(one), Self::Pair(other)) => {
                let alike =
                    (one.first_points, one.second_points) == (other.first_points, other.second_points);
                alike.then(|| {
                    let cells = each(&one.cells, &other.cells);
                    Self::Pair(Joint { cells, missing: reasons(&one.missing, &other.missing), ..*one })
                })
            }
            (Self::Multiple(one), Self::Multiple(other)) => Some(Self::Multiple(Selections {
                options: each(&one.options, &other.options),
                answered: one.answered.and(other.answered),
                missing: reasons(&one.missing, &other.missing),
            })),
            (Self::Number(one), Self::Number(other)) => Some(Self::Number(numbers(one, other))),
            _ => None,
        }
    }
}

impl Stratum {
    /// The same wave's strata of these places together; `None` without any, and where they are of different plans.
    pub fn together(strata: &[&Self]) -> Option<Self> {
        let (first, rest) = strata.split_first()?;
        let mut sum = (*first).clone();
        for other in rest {
            sum.rows = sum.rows.and(other.rows);
            sum.counts = both(&sum.counts, &other.counts)?;
            sum.cells = cells(&sum.cells, &other.cells)?;
        }
        Some(sum)
    }

    /// The rows of this stratum that are not in a part of it; `None` where the two are of different plans.
    ///
    /// Segments and wave are those of the whole.
    #[must_use]
    pub fn less(&self, part: &Self) -> Option<Self> {
        let counts = |whole: &[Counts], part: &[Counts]| -> Option<Vec<Counts>> {
            whole.iter().zip(part).map(|(whole, part)| whole.less(part)).collect()
        };
        let mut parts = part.cells.iter().peekable();
        let mut cells = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            while parts.next_if(|part| part.cell < cell.cell).is_some() {}
            let left = match parts.next_if(|part| part.cell == cell.cell) {
                None => cell.clone(),
                Some(part) => StratumCell {
                    cell: cell.cell,
                    rows: cell.rows.less(part.rows),
                    counts: counts(&cell.counts, &part.counts)?,
                },
            };
            if left.rows.n > 0 {
                cells.push(left);
            }
        }
        Some(Self {
            wave: self.wave,
            segment: self.segment.clone(),
            rows: self.rows.less(part.rows),
            counts: counts(&self.counts, &part.counts)?,
            cells,
        })
    }
}

fn both(one: &[Counts], other: &[Counts]) -> Option<Vec<Counts>> {
    one.iter().zip(other).map(|(one, other)| one.and(other)).collect()
}

/// Cells in their order, those of both together.
fn cells(one: &[StratumCell], other: &[StratumCell]) -> Option<Vec<StratumCell>> {
    let mut others = other.iter().peekable();
    let mut all = Vec::with_capacity(one.len().max(other.len()));
    for cell in one {
        while let Some(other) = others.next_if(|other| other.cell < cell.cell) {
            all.push(other.clone());
        }
        all.push(match others.next_if(|other| other.cell == cell.cell) {
            None => cell.clone(),
            Some(other) => StratumCell {
                cell: cell.cell,
                rows: cell.rows.and(other.rows),
                counts: both(&cell.counts, &other.counts)?,
            },
        });
    }
    all.extend(others.cloned());
    Some(all)
}

/// Cell by cell; one may have seen fewer categories than the other.
fn each(one: &[Count], other: &[Count]) -> Vec<Count> {
    let at = |counts: &[Count], index: usize| counts.get(index).copied().unwrap_or_default();
    (0..one.len().max(other.len())).map(|index| at(one, index).and(at(other, index))).collect()
}

fn reasons(one: &[Count; REASONS], other: &[Count; REASONS]) -> [Count; REASONS] {
    std::array::from_fn(|reason| one[reason].and(other[reason]))
}

fn numbers(one: &Values, other: &Values) -> Values {
    let answered = one.answered.and(other.answered);
    let missing = reasons(&one.missing, &other.missing);
    if one.overflow || other.overflow {
        return Values { overflow: true, missing, ..moments(one, other, answered) };
    }
    let mut others = other.values.iter().copied().peekable();
    let mut values = Vec::with_capacity(one.values.len());
    for (value, count) in &one.values {
        while let Some(other) = others.next_if(|(other, _)| other.total_cmp(value).is_lt()) {
            values.push(other);
        }
        let same = others.next_if(|(other, _)| other.total_cmp(value).is_eq());
        values.push((*value, count.and(same.map(|(_, count)| count).unwrap_or_default())));
    }
    values.extend(others);
    of_values(values, answered, missing)
}

/// Sums of squares about the common mean by the theorem of the parallel axis: the values are not all known.
fn moments(one: &Values, other: &Values, answered: Count) -> Values {
    let (sum_wx, sum_w2x) = (one.sum_wx + other.sum_wx, one.sum_w2x + other.sum_w2x);
    let mean = over(sum_wx, answered.w);
    let shift = |values: &Values| over(values.sum_wx, values.answered.w) - mean;
    let (a, b) = (shift(one), shift(other));
    let moved = |of: f64, weight: f64, shift: f64| of + weight * shift * shift;
    // About another point than the own mean there is a product term: Σw²(x − m) is not 0.
    let product = |values: &Values, shift: f64| {
        let own = over(values.sum_wx, values.answered.w);
        2.0 * shift * (values.sum_w2x - own * values.answered.w2)
    };
    Values {
        answered,
        sum_wx,
        sum_wx2: one.sum_wx2 + other.sum_wx2,
        sum_w2x,
        sum_w2x2: one.sum_w2x2 + other.sum_w2x2,
        // Used without weights only, where Σwx is Σx.
        centred_sum_squares: moved(one.centred_sum_squares, one.answered.n as f64, a)
            + moved(other.centred_sum_squares, other.answered.n as f64, b),
        centred_w_sum_squares: moved(one.centred_w_sum_squares, one.answered.w, a)
            + moved(other.centred_w_sum_squares, other.answered.w, b),
        centred_w2_sum_squares: (moved(one.centred_w2_sum_squares, one.answered.w2, a)
            + moved(other.centred_w2_sum_squares, other.answered.w2, b)
            + product(one, a)
            + product(other, b))
        .max(0.0),
        ..empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn rows(n: u64) -> Count {
        Count { n, w: n as f64, w2: n as f64 }
    }

    fn single(points: &[u64]) -> Counts {
        let points = points.iter().map(|n| rows(*n)).collect();
        Counts::Single(Distribution { points, missing: [Count::default(); REASONS] })
    }

    fn values(values: &[(f64, u64)]) -> Counts {
        let values: Vec<(f64, Count)> = values.iter().map(|(x, n)| (*x, rows(*n))).collect();
        let answered = values.iter().fold(Count::default(), |sum, (_, count)| sum.and(*count));
        Counts::Number(of_values(values, answered, [Count::default(); REASONS]))
    }

    #[test]
    fn a_part_and_the_rest_are_the_whole() {
        let (one, other) = (single(&[1, 2, 3, 4, 5]), single(&[5, 0, 0, 7, 1]));
        let whole = one.and(&other).unwrap();
        assert_eq!(whole.less(&one), Some(other.clone()));
        assert_eq!(whole.answered(), one.answered() + other.answered());
        assert_eq!(one.and(&values(&[(1.0, 1)])), None);
    }

    #[test]
    fn numbers_are_those_of_all_values_whether_they_are_kept_or_not() {
        let (one, other) = (values(&[(1.0, 3), (4.0, 2), (9.0, 1)]), values(&[(2.0, 4), (4.0, 5)]));
        let whole = values(&[(1.0, 3), (2.0, 4), (4.0, 7), (9.0, 1)]);
        assert_eq!(one.and(&other), Some(whole.clone()));
        let forgotten = |counts: &Counts| {
            let Counts::Number(values) = counts else { panic!() };
            Counts::Number(Values { overflow: true, values: Vec::new(), ..values.clone() })
        };
        let Some(Counts::Number(moments)) = forgotten(&one).and(&forgotten(&other)) else { panic!() };
        let Counts::Number(whole) = whole else { panic!() };
        assert_relative_eq!(moments.centred_sum_squares, whole.centred_sum_squares, max_relative = 1e-12);
        assert_relative_eq!(moments.centred_w_sum_squares, whole.centred_w_sum_squares, max_relative = 1e-12);
        assert_relative_eq!(
            moments.centred_w2_sum_squares,
            whole.centred_w2_sum_squares,
            max_relative = 1e-12
        );
        assert_relative_eq!(moments.sum_wx, whole.sum_wx, max_relative = 1e-12);
    }

    #[test]
    fn cells_of_the_design_keep_their_order() {
        let stratum = |of: &[(usize, u64)]| Stratum {
            wave: None,
            segment: Vec::new(),
            rows: rows(of.iter().map(|(_, n)| n).sum()),
            counts: Vec::new(),
            cells: of
                .iter()
                .map(|(cell, n)| StratumCell { cell: *cell, rows: rows(*n), counts: Vec::new() })
                .collect(),
        };
        let (one, other) = (stratum(&[(1, 4), (3, 2)]), stratum(&[(0, 5), (3, 1), (7, 2)]));
        let both = Stratum::together(&[&one, &other]).unwrap();
        let places: Vec<(usize, u64)> = both.cells.iter().map(|cell| (cell.cell, cell.rows.n)).collect();
        assert_eq!(places, [(0, 5), (1, 4), (3, 3), (7, 2)]);
        assert_eq!(both.less(&one), Some(other));
        assert_eq!(Stratum::together(&[]), None);
    }
}
