//! The counts of a free number under final weights.
//!
//! Sums of squares about a mean are moved to the mean of all cells by the parallel-axis rule
//! Σw(x − M)² = Σw(x − m)² + 2(m − M)·Σw(x − m) + (m − M)²·Σw, in which the middle term is 0 where m is the mean
//! under the same weights.

use crate::tally::{Count, Values};

use super::problem::total;
use super::reweighed::{combined, missing};

/// The numbers of all cells, each times its factor; `complete` says that no cell of `whole` has left.
pub(super) fn reweighed_values(whole: &Values, parts: &[(f64, &Values)], complete: bool) -> Values {
    let sum =
        |term: &dyn Fn(f64, &Values) -> f64| total(parts.iter().map(|(factor, own)| term(*factor, own)));
    let overflow = whole.overflow || parts.iter().any(|(_, own)| own.overflow);
    let answered: Vec<(f64, &Values)> =
        parts.iter().filter(|(_, own)| own.answered.n > 0 && own.answered.w > 0.0).copied().collect();
    let weighted_mean = |own: &Values| own.sum_wx / own.answered.w;
    // Around the first mean, so that equal answers have exactly no spread.
    let origin = answered.first().map_or(0.0, |(_, own)| weighted_mean(own));
    let weights = total(answered.iter().map(|(factor, own)| factor * own.answered.w));
    let offsets =
        answered.iter().map(|(factor, own)| factor * own.answered.w * (weighted_mean(own) - origin));
    let mean = if weights > 0.0 { origin + total(offsets) / weights } else { 0.0 };
    let about_mean = answered.iter().map(|(factor, own)| {
        let distance = weighted_mean(own) - mean;
        factor * (own.centred_w_sum_squares + own.answered.w * distance * distance)
    });
    let squares_about_mean = answered.iter().map(|(factor, own)| {
        let own_mean = weighted_mean(own);
        let distance = own_mean - mean;
        let first = own.sum_w2x - own_mean * own.answered.w2;
        let moved =
            own.centred_w2_sum_squares + 2.0 * distance * first + distance * distance * own.answered.w2;
        factor * factor * moved.max(0.0)
    });
    let values = if overflow { Vec::new() } else { merged(parts) };
    // Rounding of the cells' means is no spread.
    let spread = |squares: f64| if values.len() == 1 { 0.0 } else { squares.max(0.0) };
    Values {
        overflow,
        answered: combined(parts.iter().map(|(factor, own)| (*factor, own.answered))),
        sum_wx: sum(&|factor, own| factor * own.sum_wx),
        sum_wx2: sum(&|factor, own| factor * own.sum_wx2),
        sum_w2x: sum(&|factor, own| factor * factor * own.sum_w2x),
        sum_w2x2: sum(&|factor, own| factor * factor * own.sum_w2x2),
        // Of rows that all stay, weights change nothing.
        centred_sum_squares: spread(if complete { whole.centred_sum_squares } else { unweighted(&answered) }),
        centred_w_sum_squares: spread(total(about_mean)),
        centred_w2_sum_squares: spread(total(squares_about_mean)),
        missing: missing(parts, |own| &own.missing),
        values,
    }
}

/// Σ(x − mean)² of the rows of all cells.
///
/// The plain mean of a cell with more values than are kept is not counted: its weighted mean stands for it, which is
/// the same wherever its design weights are alike.
fn unweighted(parts: &[(f64, &Values)]) -> f64 {
    let mean_of = |own: &Values| {
        let plain = total(own.values.iter().map(|(x, count)| x * count.n as f64)) / own.answered.n as f64;
        if own.overflow || !plain.is_finite() { own.sum_wx / own.answered.w } else { plain }
    };
    let means: Vec<f64> = parts.iter().map(|(_, own)| mean_of(own)).collect();
    let origin = means.first().copied().unwrap_or(0.0);
    let each = || parts.iter().zip(&means).map(|((_, own), mean)| (own, mean, own.answered.n as f64));
    let rows = total(each().map(|(_, _, n)| n));
    if rows <= 0.0 {
        return 0.0;
    }
    let mean = origin + total(each().map(|(_, mean, n)| n * (mean - origin))) / rows;
    total(each().map(|(own, m, n)| own.centred_sum_squares + n * (m - mean) * (m - mean)))
}

/// The values of all cells in rising order, equal ones as one.
fn merged(parts: &[(f64, &Values)]) -> Vec<(f64, Count)> {
    let each =
        parts.iter().flat_map(|(factor, own)| own.values.iter().map(|(x, count)| (*x, *factor, *count)));
    let mut all: Vec<(f64, f64, Count)> = each.collect();
    // Stable: equal values are added in the order of the cells.
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut merged: Vec<(f64, Count)> = Vec::new();
    for (x, factor, count) in all {
        match merged.last_mut() {
            Some((last, known)) if x.total_cmp(last).is_eq() => {
                *known = combined([(1.0, *known), (factor, count)]);
            }
            _ => merged.push((x, combined([(factor, count)]))),
        }
    }
    merged
}
