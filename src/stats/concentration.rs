//! How much of a total falls on its largest parts: Pareto's order and the Gini coefficient.
//!
//! Counts, or counts weighted by severity, are put in falling order with cumulative shares. The Gini coefficient
//! (Gini 1912) is half the relative mean difference of all pairs, Σ(2i - k - 1)x₍ᵢ₎/(kΣx), 0 where all parts are
//! equal and 1 - 1/k where one has everything; without the factor k/(k - 1) that some add. It depends on which parts
//! are listed: a category without complaints counts if it is given.

use super::sum::sum;

/// Parts in Pareto's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// The parts, the largest first; equal ones in the order given.
    pub parts: Vec<ParetoPart>,
    /// Sum of all parts.
    pub total: f64,
    /// The Gini coefficient, 0 to 1 - 1/k.
    pub gini: f64,
}

/// One part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParetoPart {
    /// Its place in the input, from 0.
    pub index: usize,
    /// Its count or weighted count.
    pub amount: f64,
    /// Its share of the total, 0 to 1.
    pub share: f64,
    /// The share of this and all larger ones; exactly 1 for the last.
    pub cumulative: f64,
}

/// The concentration of amounts of at least 0.
///
/// `None` without amounts, where all are 0, or where one is negative or not finite.
pub fn concentration(amounts: &[f64]) -> Option<Concentration> {
    if !amounts.iter().all(|amount| *amount >= 0.0 && amount.is_finite()) {
        return None;
    }
    let mut order: Vec<(usize, f64)> = amounts.iter().copied().enumerate().collect();
    order.sort_by(|a, b| (b.1 + 0.0).total_cmp(&(a.1 + 0.0)));
    let total = sum(order.iter().map(|(_, amount)| *amount));
    if !(total > 0.0 && total.is_finite()) {
        return None;
    }
    let k = amounts.len() as f64;
    let mut so_far = 0.0;
    let mut differences = 0.0;
    let mut parts = Vec::with_capacity(order.len());
    for (place, (index, amount)) in order.into_iter().enumerate() {
        so_far += amount;
        let share = amount / total;
        // Falling order: the weights run from k - 1 down to 1 - k.
        differences += (k - 1.0 - 2.0 * place as f64) * share;
        parts.push(ParetoPart { index, amount, share, cumulative: (so_far / total).min(1.0) });
    }
    if let Some(last) = parts.last_mut() {
        last.cumulative = 1.0;
    }
    let gini = (differences / k).clamp(0.0, 1.0 - 1.0 / k);
    Some(Concentration { parts, total, gini })
}

impl Concentration {
    /// How many of the largest parts make up at least `share` of the total; `None` unless `0 < share <= 1`.
    pub fn reaching(&self, share: f64) -> Option<usize> {
        // A cumulative sum of decimals may fall short of a round share by its last digit.
        let enough = |part: &ParetoPart| part.cumulative >= share * (1.0 - 1e-12);
        (share > 0.0 && share <= 1.0).then(|| self.parts.iter().position(enough).map(|place| place + 1))?
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn order_shares_and_gini_of_a_small_table() {
        let found = concentration(&[10.0, 50.0, 10.0, 30.0, 0.0]).unwrap();
        let order: Vec<usize> = found.parts.iter().map(|part| part.index).collect();
        assert_eq!(order, [1, 3, 0, 2, 4]);
        let cumulative: Vec<f64> = found.parts.iter().map(|part| part.cumulative).collect();
        for (found, wanted) in cumulative.iter().zip([0.5, 0.8, 0.9, 1.0, 1.0]) {
            assert_relative_eq!(*found, wanted, max_relative = 1e-15);
        }
        assert_eq!(found.total, 100.0);
        // By hand: differences of the ten pairs are 40 0 20 10 40 20 50 20 10 30, their sum 240 over 5 · 100.
        assert_relative_eq!(found.gini, 0.48, max_relative = 1e-14);
        assert_eq!([0.5, 0.51, 0.8, 0.9, 1.0].map(|share| found.reaching(share)), [1, 2, 2, 3, 4].map(Some));
        assert_eq!((found.reaching(0.0), found.reaching(1.1), found.reaching(f64::NAN)), (None, None, None));
    }

    #[test]
    fn gini_is_half_the_relative_mean_difference() {
        // inequality 1.1.2 (PySAL): Gini(x).g; one of four having all is 0.75 by the formula.
        let uneven = concentration(&[23.0, 7.0, 7.0, 41.0, 3.0, 1.0, 18.0, 2.0]).unwrap();
        assert_relative_eq!(uneven.gini, 0.526_960_784_313_725_5, max_relative = 1e-14);
        assert_relative_eq!(concentration(&[1.0, 2.0, 3.0, 4.0]).unwrap().gini, 0.25, max_relative = 1e-14);
        assert_relative_eq!(concentration(&[0.0, 9.0, 0.0, 0.0]).unwrap().gini, 0.75, max_relative = 1e-14);
    }

    #[test]
    fn equal_parts_are_not_concentrated_and_one_part_neither() {
        for k in [1, 2, 3, 7, 100] {
            let found = concentration(&vec![0.1; k]).unwrap();
            assert!(found.gini < 1e-15);
            assert_eq!(found.parts.last().unwrap().cumulative, 1.0);
            let order: Vec<usize> = found.parts.iter().map(|part| part.index).collect();
            assert_eq!(order, (0..k).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_to_share_out() {
        assert_eq!(concentration(&[]), None);
        assert_eq!(concentration(&[0.0, 0.0]), None);
        assert_eq!(concentration(&[1.0, -1.0]), None);
        assert_eq!(concentration(&[1.0, f64::NAN]), None);
        assert_eq!(concentration(&[f64::MAX, f64::MAX]), None);
    }
}
