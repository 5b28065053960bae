//! Items that are answered the other way round than the rest of their scale.
//!
//! Turning an item round changes the sign of its correlations. Of all ways to turn items the one with the largest mean
//! correlation is taken, with which standardised alpha is largest too, for it rises with that mean (Cronbach 1951); psych's
//! `check.keys` looks for the same by the signs of the first component. Turning the others instead comes to the same, so
//! that the smaller set is told, and of two of one size the one without the first item.

use super::ItemScale;
use super::distributions::normal_quantile;

/// Scales of more items are turned item by item from several starts, for there are too many sets.
const MOST_LOOKED_AT: usize = 16;

/// A gain below this is rounding.
const NOTHING: f64 = 1e-9;

/// The items that run against the others, in rising order: the smallest set whose turning raises the mean correlation
/// between items most. Empty where nothing is gained.
pub fn turned_items(scale: &ItemScale) -> Vec<usize> {
    let k = scale.items();
    let as_it_is = vec![1.0; k];
    let mut best = (total(scale, &as_it_is), as_it_is);
    if k <= MOST_LOOKED_AT {
        let mut signs = best.1.clone();
        let mut gained = best.0;
        // Each number differs from the one before by one item more or less in Gray's order.
        for number in 1_u32..1 << k.saturating_sub(1) {
            let item = usize::try_from(number.trailing_zeros()).unwrap_or(0) + 1;
            gained += gain(scale, &signs, item);
            signs[item] = -signs[item];
            if gained > best.0 + NOTHING {
                best = (gained, signs.clone());
            }
        }
    } else {
        let starts = (0..k).map(|by| {
            let sign = |item| if scale.correlation(by, item) < 0.0 { -1.0 } else { 1.0 };
            (0..k).map(sign).collect::<Vec<f64>>()
        });
        for start in starts.chain([best.1.clone()]) {
            let settled = settled(scale, start);
            let gained = total(scale, &settled);
            if gained > best.0 + NOTHING {
                best = (gained, settled);
            }
        }
    }
    let turned = |sign: f64| -> Vec<usize> { (0..k).filter(|item| best.1[*item] * sign < 0.0).collect() };
    let (few, others) = (turned(1.0), turned(-1.0));
    if others.len() < few.len() || others.len() == few.len() && few.first() == Some(&0) {
        others
    } else {
        few
    }
}

/// Those of some items that clearly run against the sum of the items that are not among them, all standardised: the upper limit
/// of their correlation (Fisher 1915) is below 0. `rows` is the number of respondents; the level is 1 - 0.01 over the
/// number of items, for the items were chosen by what chance may have made of them.
///
/// None with fewer than four rows, and where there are no other items.
pub fn clearly_against(scale: &ItemScale, items: &[usize], rows: u64) -> Vec<usize> {
    let k = scale.items();
    let others: Vec<usize> = (0..k).filter(|item| !items.contains(item)).collect();
    let spread: f64 =
        others.iter().flat_map(|one| others.iter().map(|other| scale.correlation(*one, *other))).sum();
    let Some(z) = normal_quantile(1.0 - LEVEL / 2.0 / k as f64) else { return Vec::new() };
    if rows < FEWEST_ROWS || spread <= NOTHING {
        return Vec::new();
    }
    let is_against = |item: &&usize| {
        let together: f64 = others.iter().map(|other| scale.correlation(**item, *other)).sum();
        let r = (together / spread.sqrt()).clamp(-1.0, 1.0);
        // Turned round entirely, its correlation is -1 and has no transform.
        r <= NOTHING - 1.0 || r.atanh() + z / (rows as f64 - 3.0).sqrt() < 0.0
    };
    items.iter().filter(is_against).copied().collect()
}

/// Of all items together, how often one is told that only chance turned.
const LEVEL: f64 = 0.01;

/// Fisher's limits need more than three.
const FEWEST_ROWS: u64 = 4;

/// Turns one item after the other as long as that gains, the one that gains most first.
fn settled(scale: &ItemScale, mut signs: Vec<f64>) -> Vec<f64> {
    loop {
        let gains = (0..signs.len()).map(|item| (item, gain(scale, &signs, item)));
        let most = gains.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        match most {
            Some((item, gained)) if gained > NOTHING => signs[item] = -signs[item],
            _ => return signs,
        }
    }
}

/// What turning one item more adds to the sum of correlations.
fn gain(scale: &ItemScale, signs: &[f64], item: usize) -> f64 {
    let others = signs.iter().enumerate().filter(|(other, _)| *other != item);
    -2.0 * others.map(|(other, sign)| signs[item] * sign * scale.correlation(item, other)).sum::<f64>()
}

/// The sum of the correlations of pairs under these signs.
fn total(scale: &ItemScale, signs: &[f64]) -> f64 {
    let of = |item: usize| {
        (0..item).map(|other| signs[item] * signs[other] * scale.correlation(item, other)).sum::<f64>()
    };
    (0..signs.len()).map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Alpha;

    /// Items that follow one thing with noise of their own; some are turned round.
    fn scale(items: usize, turned: &[usize]) -> ItemScale {
        let noise = |row: usize, item: usize| ((row * 7 + item * 13 + row * item * 5) % 11) as f64 / 5.0;
        let item = |item: usize| {
            let sign = if turned.contains(&item) { -1.0 } else { 1.0 };
            (0..60).map(|row| sign * ((row % 5) as f64 + noise(row, item))).collect::<Vec<f64>>()
        };
        ItemScale::new(&(0..items).map(item).collect::<Vec<_>>(), None).unwrap()
    }

    #[test]
    fn only_the_items_that_are_turned_are_told() {
        for (items, turned) in [
            (3, vec![2]),
            (3, vec![0]),
            (4, vec![1]),
            (6, vec![5]),
            (6, vec![1, 4]),
            (6, vec![0, 1]),
            (20, vec![3, 11, 17]),
            (6, Vec::new()),
        ] {
            assert_eq!(turned_items(&scale(items, &turned)), turned, "{items} items");
        }
    }

    #[test]
    fn of_two_halves_the_one_without_the_first_is_told() {
        assert_eq!(turned_items(&scale(2, &[0])), [1]);
        assert_eq!(turned_items(&scale(4, &[0, 1])), [2, 3]);
    }

    #[test]
    fn no_other_set_has_a_larger_standardised_alpha() {
        let found = |turned: &[usize]| Alpha::of(&scale(5, turned)).map(|alpha| alpha.standardised);
        // Turned back, the scale is that without turned items.
        let best = found(&[]).unwrap();
        for number in 1_usize..16 {
            let turned: Vec<usize> = (0..5).filter(|item| number >> item & 1 == 1).collect();
            assert!(found(&turned).is_none_or(|alpha| alpha < best), "{turned:?}");
            let told = turned_items(&scale(5, &turned));
            let rest: Vec<usize> = (0..5).filter(|item| !turned.contains(item)).collect();
            assert_eq!(told, if turned.len() < 3 { turned } else { rest });
        }
    }
}
