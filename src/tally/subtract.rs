//! The counts of everybody else: those of the whole less those of a part.
//!
//! Rows without a value of the segment are in the whole and in no part, so that the rest cannot be had by adding up
//! the other parts. Rows are exact. Sums of weights are subtracted as floats, which is exact without weights; where
//! rounding would make them less than nothing, or squares smaller than rows and weights allow, they are held there.

use super::count::{Count, Counts, Distribution, Joint, Selections, Values};
use crate::survey::REASONS;

impl Count {
    /// What is left without `part`.
    #[must_use]
    pub fn less(self, part: Self) -> Self {
        let n = self.n.saturating_sub(part.n);
        if n == 0 {
            return Self::default();
        }
        let w = (self.w - part.w).max(0.0);
        // n rows with a sum of w have squares of at least w^2 / n.
        let w2 = (self.w2 - part.w2).max(w * w / n as f64);
        Self { n, w, w2 }
    }
}

impl Counts {
    /// What is left without `part`, a stratum within this one; `None` where the two are not of one question.
    #[must_use]
    pub fn less(&self, part: &Self) -> Option<Self> {
        match (self, part) {
            (Self::Single(whole), Self::Single(part)) => Some(Self::Single(Distribution {
                points: each(&whole.points, &part.points)?,
                missing: reasons(&whole.missing, &part.missing),
            })),
            (Self::Pair(whole), Self::Pair(part)) => {
                let alike =
                    (whole.first_points, whole.second_points) == (part.first_points, part.second_points);
                let cells = alike.then(|| each(&whole.cells, &part.cells))??;
                Some(Self::Pair(Joint { cells, missing: reasons(&whole.missing, &part.missing), ..*whole }))
            }
            (Self::Multiple(whole), Self::Multiple(part)) => Some(Self::Multiple(Selections {
                options: each(&whole.options, &part.options)?,
                answered: whole.answered.less(part.answered),
                missing: reasons(&whole.missing, &part.missing),
            })),
            (Self::Number(whole), Self::Number(part)) => Some(Self::Number(numbers(whole, part))),
            _ => None,
        }
    }
}

/// Cell by cell; a part may have seen fewer categories than the whole, never more.
fn each(whole: &[Count], part: &[Count]) -> Option<Vec<Count>> {
    let left = |(index, count): (usize, &Count)| count.less(part.get(index).copied().unwrap_or_default());
    (part.len() <= whole.len()).then(|| whole.iter().enumerate().map(left).collect())
}

fn reasons(whole: &[Count; REASONS], part: &[Count; REASONS]) -> [Count; REASONS] {
    std::array::from_fn(|reason| whole[reason].less(part[reason]))
}

fn numbers(whole: &Values, part: &Values) -> Values {
    let answered = whole.answered.less(part.answered);
    let missing = reasons(&whole.missing, &part.missing);
    if answered.n == 0 {
        return Values { answered, missing, ..empty() };
    }
    if whole.overflow {
        // The values are not all known: sums of squares about the mean come apart by the theorem of the parallel axis.
        return Values { overflow: true, missing, ..moments(whole, part, answered) };
    }
    let mut others = part.values.iter().peekable();
    let mut values = Vec::with_capacity(whole.values.len());
    for (value, count) in &whole.values {
        while others.next_if(|(other, _)| other.total_cmp(value).is_lt()).is_some() {}
        let taken = others.next_if(|(other, _)| other.total_cmp(value).is_eq()).map(|(_, count)| *count);
        let left = count.less(taken.unwrap_or_default());
        if left.n > 0 {
            values.push((*value, left));
        }
    }
    of_values(values, answered, missing)
}

pub(super) fn empty() -> Values {
    of_values(Vec::new(), Count::default(), [Count::default(); REASONS])
}

/// The sums anew from the values: no difference of nearly equal sums.
pub(super) fn of_values(values: Vec<(f64, Count)>, answered: Count, missing: [Count; REASONS]) -> Values {
    let sum =
        |term: &dyn Fn(f64, &Count) -> f64| values.iter().map(|(x, count)| term(*x, count)).sum::<f64>();
    let mean = over(sum(&|x, count| count.n as f64 * x), answered.n as f64);
    let weighted_mean = over(sum(&|x, count| count.w * x), sum(&|_, count| count.w));
    Values {
        overflow: false,
        answered,
        sum_wx: sum(&|x, count| count.w * x),
        sum_wx2: sum(&|x, count| count.w * x * x),
        sum_w2x: sum(&|x, count| count.w2 * x),
        sum_w2x2: sum(&|x, count| count.w2 * x * x),
        centred_sum_squares: sum(&|x, count| count.n as f64 * (x - mean).powi(2)),
        centred_w_sum_squares: sum(&|x, count| count.w * (x - weighted_mean).powi(2)),
        centred_w2_sum_squares: sum(&|x, count| count.w2 * (x - weighted_mean).powi(2)),
        missing,
        values,
    }
}

fn moments(whole: &Values, part: &Values, answered: Count) -> Values {
    let (sum_wx, sum_w2x) = (whole.sum_wx - part.sum_wx, whole.sum_w2x - part.sum_w2x);
    let (of_whole, of_part) = (over(whole.sum_wx, whole.answered.w), over(part.sum_wx, part.answered.w));
    let of_rest = over(sum_wx, answered.w);
    // The squares of the rest about its own mean: those of the whole, less what the part and the distance of the two
    // means from the common one make of them.
    let between = |part_weight: f64, rest_weight: f64| {
        part_weight * (of_part - of_whole).powi(2) + rest_weight * (of_rest - of_whole).powi(2)
    };
    let centred = |whole: f64, part: f64, between: f64| (whole - part - between).max(0.0);
    // About another point than the own mean there is a product term: Σw²(x − m) is not 0.
    let product = |sum_w2x: f64, w2: f64, own: f64| 2.0 * (own - of_whole) * (sum_w2x - own * w2);
    let products = product(part.sum_w2x, part.answered.w2, of_part) + product(sum_w2x, answered.w2, of_rest);
    Values {
        answered,
        sum_wx,
        sum_wx2: whole.sum_wx2 - part.sum_wx2,
        sum_w2x,
        sum_w2x2: whole.sum_w2x2 - part.sum_w2x2,
        // Used without weights only, where Σwx is Σx.
        centred_sum_squares: centred(
            whole.centred_sum_squares,
            part.centred_sum_squares,
            between(part.answered.n as f64, answered.n as f64),
        ),
        centred_w_sum_squares: centred(
            whole.centred_w_sum_squares,
            part.centred_w_sum_squares,
            between(part.answered.w, answered.w),
        ),
        centred_w2_sum_squares: centred(
            whole.centred_w2_sum_squares,
            part.centred_w2_sum_squares,
            between(part.answered.w2, answered.w2) + products,
        ),
        ..empty()
    }
}

pub(super) fn over(sum: f64, by: f64) -> f64 {
    if by > 0.0 { sum / by } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    fn count(rows: &[f64]) -> Count {
        Count { n: rows.len() as u64, w: rows.iter().sum(), w2: rows.iter().map(|w| w * w).sum() }
    }

    /// Rows of a value and a weight.
    fn values(rows: &[(i32, f64)]) -> Values {
        let mut distinct: Vec<i32> = rows.iter().map(|(value, _)| *value).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let of = |value: i32| -> Vec<f64> {
            rows.iter().filter(|(other, _)| *other == value).map(|(_, weight)| *weight).collect()
        };
        let weights: Vec<f64> = rows.iter().map(|(_, weight)| *weight).collect();
        let by_value = distinct.into_iter().map(|value| (f64::from(value), count(&of(value)))).collect();
        of_values(by_value, count(&weights), [Count::default(); REASONS])
    }

    fn close(one: &Values, other: &Values) {
        assert_eq!(one.answered.n, other.answered.n);
        for (one, other) in [
            (one.sum_wx, other.sum_wx),
            (one.sum_wx2, other.sum_wx2),
            (one.centred_w_sum_squares, other.centred_w_sum_squares),
            (one.centred_w2_sum_squares, other.centred_w2_sum_squares),
        ] {
            assert_relative_eq!(one, other, max_relative = 1e-9, epsilon = 1e-6);
        }
    }

    #[test]
    fn nobody_is_left_without_everybody() {
        let all = count(&[0.1, 0.2, 0.3]);
        assert_eq!(all.less(all), Count::default());
        assert_eq!(
            Count::default().less(all),
            Count::default(),
            "a part that is none leaves nothing, not a panic"
        );
        assert_eq!(all.less(Count::default()), all);
    }

    #[test]
    fn rounding_leaves_no_weight_below_nothing() {
        let heavy = Count { n: 1, w: 1e9, w2: 1e18 };
        let all = Count { n: 2, w: 1e9 + 1e-9, w2: 1e18 };
        let rest = all.less(heavy);
        assert!(rest.n == 1 && rest.w >= 0.0 && rest.w2 >= rest.w * rest.w);
    }

    #[test]
    fn counts_of_two_questions_have_no_rest() {
        let single = |points: usize| {
            let missing = [Count::default(); REASONS];
            Counts::Single(Distribution { points: vec![count(&[1.0]); points], missing })
        };
        assert_eq!(single(5).less(&single(7)), None);
        assert_eq!(single(5).less(&Counts::Number(empty())), None);
        let Some(Counts::Single(rest)) = single(5).less(&single(3)) else {
            panic!("fewer categories are seen")
        };
        assert_eq!(rest.points.iter().map(|count| count.n).collect::<Vec<_>>(), [0, 0, 0, 1, 1]);
    }

    proptest! {
        #[test]
        fn the_rest_of_numbers_is_what_the_other_rows_give(
            part in proptest::collection::vec((-50_i32..50, 0.1_f64..5.0), 0..20),
            rest in proptest::collection::vec((-50_i32..50, 0.1_f64..5.0), 0..20),
        ) {
            let all: Vec<(i32, f64)> = part.iter().chain(&rest).copied().collect();
            let (mut whole, part, rest) = (values(&all), values(&part), values(&rest));
            let found = numbers(&whole, &part);
            prop_assert_eq!(found.values.len(), rest.values.len());
            close(&found, &rest);
            // The same without the values, by sums alone.
            (whole.overflow, whole.values) = (true, Vec::new());
            let found = numbers(&whole, &part);
            prop_assert_eq!(found.overflow, rest.answered.n > 0);
            close(&found, &rest);
        }
    }
}
