//! Which unknowns a system of sums determines: whether sums taken together give a hidden cell away.
//!
//! Each sum says that its parts make up its whole. An unknown is determined where some combination of sums has it alone,
//! which elimination shows: it is then alone in a row of the reduced system. Coefficients are 1, 0 and −1, and are reckoned
//! modulo a prime of 61 bits, where nothing is rounded and nothing overflows.

use std::collections::BTreeMap;

/// 2⁶¹ − 1.
const PRIME: u64 = (1 << 61) - 1;

/// The unknowns of one sum, by number: parts count once, the whole counts against them.
pub(super) struct SumOfUnknowns {
    pub(super) parts: Vec<usize>,
    pub(super) whole: Option<usize>,
}

/// A row of the system: its coefficients by unknown, none of them 0.
type Row = BTreeMap<usize, u64>;

/// The unknowns that the sums determine, in rising order.
pub(super) fn determined(sums: &[SumOfUnknowns]) -> Vec<usize> {
    let mut reduced: BTreeMap<usize, Row> = BTreeMap::new();
    for sum in sums {
        let mut row = Row::new();
        for part in &sum.parts {
            add(&mut row, *part, 1);
        }
        if let Some(whole) = sum.whole {
            add(&mut row, whole, PRIME - 1);
        }
        let leading: Vec<usize> =
            row.keys().copied().filter(|unknown| reduced.contains_key(unknown)).collect();
        for unknown in leading {
            let factor = row.get(&unknown).copied().unwrap_or(0);
            subtract(&mut row, &reduced[&unknown], factor);
        }
        let Some((&first, &coefficient)) = row.first_key_value() else { continue };
        let inverse = power(coefficient, PRIME - 2);
        for coefficient in row.values_mut() {
            *coefficient = product(*coefficient, inverse);
        }
        for other in reduced.values_mut() {
            if let Some(&factor) = other.get(&first) {
                subtract(other, &row, factor);
            }
        }
        reduced.insert(first, row);
    }
    reduced.into_iter().filter(|(_, row)| row.len() == 1).map(|(unknown, _)| unknown).collect()
}

/// Takes a multiple of one row from another.
fn subtract(row: &mut Row, other: &Row, factor: u64) {
    for (unknown, coefficient) in other {
        add(row, *unknown, PRIME - product(*coefficient, factor));
    }
}

fn add(row: &mut Row, unknown: usize, coefficient: u64) {
    let sum = (row.get(&unknown).copied().unwrap_or(0) + coefficient) % PRIME;
    if sum == 0 {
        row.remove(&unknown);
    } else {
        row.insert(unknown, sum);
    }
}

fn product(one: u64, other: u64) -> u64 {
    let product = u128::from(one) * u128::from(other) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut square, mut power) = (base, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = product(power, square);
        }
        square = product(square, square);
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(sums: &[(&[usize], Option<usize>)]) -> Vec<usize> {
        let sums: Vec<SumOfUnknowns> = sums
            .iter()
            .map(|(parts, whole)| SumOfUnknowns { parts: parts.to_vec(), whole: *whole })
            .collect();
        determined(&sums)
    }

    #[test]
    fn one_alone_is_determined_and_two_are_not() {
        assert_eq!(found(&[(&[3], None)]), [3]);
        assert!(found(&[(&[1, 2], None)]).is_empty());
        assert!(found(&[]).is_empty());
        assert_eq!(found(&[(&[1], Some(2)), (&[2], None)]), [1, 2]);
    }

    #[test]
    fn sums_together_tell_what_none_tells_alone() {
        // Two rows of two hidden cells, and columns that have three of them and the fourth with a fifth.
        assert_eq!(found(&[(&[0, 1], None), (&[2, 3, 4], None), (&[0, 2], None), (&[1, 3], None)]), [4]);
        // A square stays open, however often it is added up.
        assert!(found(&[(&[0, 1], None), (&[2, 3], None), (&[0, 2], None), (&[1, 3], None)]).is_empty());
    }
}
