//! Exact binomial and multinomial draws from a given stream of random bits.
//!
//! Inversion for small means, Hörmann's transformed rejection (BTRS, *Journal of Statistical
//! Computation and Simulation* 46, 1993) for large ones: the cost of a draw does not grow with n.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

/// BTRS is valid from a mean of 10 on.
const REJECTION_FROM_MEAN: f64 = 10.0;

/// Resample the answers of `counts`: as many draws with replacement, counted by category.
pub(super) fn resample(counts: &[u64], rng: &mut ChaCha8Rng) -> Vec<u64> {
    resampled(counts, rng).collect()
}

/// The counts of a resample one after the other.
pub(super) fn resampled(counts: &[u64], rng: &mut ChaCha8Rng) -> impl Iterator<Item = u64> {
    drawn(counts, counts.iter().sum(), rng)
}

/// How many of `draws` with replacement fall on each category; all on none where there is nothing to draw.
pub(super) fn drawn(counts: &[u64], mut draws: u64, rng: &mut ChaCha8Rng) -> impl Iterator<Item = u64> {
    let mut left: u64 = counts.iter().sum();
    counts.iter().map(move |&count| {
        // The last category with answers has everything that is left.
        let drawn = if count >= left { draws } else { binomial(draws, count as f64 / left as f64, rng) };
        draws -= drawn;
        left -= count;
        drawn
    })
}

/// Successes in `n` trials with chance `p`.
pub(super) fn binomial(n: u64, p: f64, rng: &mut ChaCha8Rng) -> u64 {
    if p > 0.5 {
        return n - at_most_half(n, 1.0 - p, rng);
    }
    at_most_half(n, p, rng)
}

fn at_most_half(n: u64, p: f64, rng: &mut ChaCha8Rng) -> u64 {
    if n == 0 || p <= 0.0 {
        0
    } else if n as f64 * p < REJECTION_FROM_MEAN {
        by_inversion(n, p, rng)
    } else {
        by_rejection(n, p, rng)
    }
}

fn by_inversion(n: u64, p: f64, rng: &mut ChaCha8Rng) -> u64 {
    let odds = p / (1.0 - p);
    let mut chance = (n as f64 * (-p).ln_1p()).exp();
    let mut left = uniform(rng);
    let mut k = 0_u64;
    while left >= chance && k < n {
        left -= chance;
        k += 1;
        chance *= odds * ((n - k + 1) as f64 / k as f64);
        // Far in the tail rounding may leave a sliver that no chance covers.
        if chance <= 0.0 {
            break;
        }
    }
    k
}

fn by_rejection(n: u64, p: f64, rng: &mut ChaCha8Rng) -> u64 {
    let size = n as f64;
    let sd = (size * p * (1.0 - p)).sqrt();
    let b = 1.15 + 2.53 * sd;
    let a = -0.0873 + 0.0248 * b + 0.01 * p;
    let centre = size * p + 0.5;
    let quick = 0.92 - 4.2 / b;
    let odds = p / (1.0 - p);
    let alpha = (2.83 + 5.1 / b) * sd;
    let mode = ((size + 1.0) * p).floor();
    loop {
        let u = uniform(rng) - 0.5;
        let v = uniform(rng);
        let us = 0.5 - u.abs();
        let k = ((2.0 * a / us + b) * u + centre).floor();
        if !(k >= 0.0 && k <= size) {
            continue;
        }
        if us >= 0.07 && v <= quick {
            return whole(k);
        }
        let accept = (v * alpha / (a / (us * us) + b)).ln();
        let bound = (mode + 0.5) * ((mode + 1.0) / (odds * (size - mode + 1.0))).ln()
            + (size + 1.0) * ((size - mode + 1.0) / (size - k + 1.0)).ln()
            + (k + 0.5) * (odds * (size - k + 1.0) / (k + 1.0)).ln()
            + stirling_tail(mode)
            + stirling_tail(size - mode)
            - stirling_tail(k)
            - stirling_tail(size - k);
        if accept <= bound {
            return whole(k);
        }
    }
}

/// `ln k!` less Stirling's formula in k + 1.
fn stirling_tail(k: f64) -> f64 {
    const EXACT: [f64; 10] = [
        0.081_061_466_795_327_26,
        0.041_340_695_955_409_29,
        0.027_677_925_684_998_34,
        0.020_790_672_103_765_09,
        0.016_644_691_189_821_19,
        0.013_876_128_823_070_75,
        0.011_896_709_945_891_77,
        0.010_411_265_261_972_09,
        0.009_255_462_182_712_733,
        0.008_330_563_433_362_87,
    ];
    if k < 9.5 {
        let mut at = 0.5;
        for exact in EXACT {
            if k < at {
                return exact;
            }
            at += 1.0;
        }
    }
    let next = k + 1.0;
    let square = next * next;
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / next
}

/// A number in 0..1 with 53 random bits.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    unit(rng.next_u64())
}

/// The first 53 of these bits as a number in 0..1.
pub(super) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (0.5 / (1_u64 << 52) as f64)
}

/// A float that is a count as the integer that it is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number between 0 and the number of answers or of steps"
)]
pub(super) fn whole(k: f64) -> u64 {
    k as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn draws_have_the_moments_of_the_distribution() {
        let mut rng = ChaCha8Rng::seed_from_u64(7);
        for (n, p) in [(1, 0.5), (12, 0.3), (100, 0.97), (100, 0.4), (1_000_000, 0.2)] {
            let draws: Vec<f64> = (0..20_000).map(|_| binomial(n, p, &mut rng) as f64).collect();
            let size = draws.len() as f64;
            let mean = draws.iter().sum::<f64>() / size;
            let variance = draws.iter().map(|k| (k - mean).powi(2)).sum::<f64>() / size;
            let true_variance = n as f64 * p * (1.0 - p);
            let error = (true_variance / size).sqrt();
            assert!((mean - n as f64 * p).abs() < 4.0 * error, "{n} {p} {mean}");
            assert!((variance / true_variance - 1.0).abs() < 0.06, "{n} {p}");
        }
    }

    #[test]
    fn every_single_chance_is_met_on_either_side_of_the_switch() {
        // Means of 9.9 and 10.5: inversion and rejection against the binomial formula.
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        for p in [0.33, 0.35] {
            let n = 30_u64;
            let draws = 60_000_u32;
            let mut seen = vec![0.0; 31];
            for _ in 0..draws {
                seen[usize::try_from(binomial(n, p, &mut rng)).unwrap()] += 1.0;
            }
            let mut chance = (1.0 - p).powi(30);
            let mut chi_square = 0.0;
            for (k, seen) in seen.iter().enumerate() {
                let expected = chance * f64::from(draws);
                if expected > 5.0 {
                    chi_square += (seen - expected).powi(2) / expected;
                }
                chance *= p / (1.0 - p) * (30 - k) as f64 / (k + 1) as f64;
            }
            // About 20 degrees of freedom: 50 lies beyond the 0.9998 quantile.
            assert!(chi_square < 50.0, "{p} {chi_square}");
        }
    }

    #[test]
    fn draws_of_every_size_meet_the_exact_chances() {
        // Ten parts of about equal chance each, from sums of the exact chances (by ratios from the mode): 33.7 is the
        // 0.9999 quantile of nine degrees of freedom, and fewer parts have less.
        let mut rng = ChaCha8Rng::seed_from_u64(13);
        let draws = 50_000_u32;
        for (n, p) in [
            (1, 0.2),
            (3, 0.9),
            (40, 0.005),
            (40, 0.5),
            (1000, 0.009),
            (1000, 0.011),
            (1000, 0.95),
            (1_000_000, 0.3),
            (100_000_000, 1e-7),
            (100_000_000, 0.5),
            (1_000_000_000_000, 1e-11),
        ] {
            let parts = parts(n, p);
            let mut seen = vec![0.0; parts.len()];
            for _ in 0..draws {
                let k = binomial(n, p, &mut rng);
                seen[parts.partition_point(|(last, _)| *last < k)] += 1.0;
            }
            let chi_square: f64 = parts
                .iter()
                .zip(&seen)
                .map(|((_, chance), seen)| {
                    (seen - chance * f64::from(draws)).powi(2) / (chance * f64::from(draws))
                })
                .sum();
            assert!(chi_square < 33.7, "{n} {p} {chi_square} {parts:?} {seen:?}");
        }
    }

    /// The last count and the chance of parts of about a tenth each, the last part without end.
    fn parts(n: u64, p: f64) -> Vec<(u64, f64)> {
        let mode = whole(((n + 1) as f64 * p).floor()).min(n);
        let reach = whole(8.0 * (n as f64 * p * (1.0 - p)).sqrt()) + 40;
        let (low, high) = (mode.saturating_sub(reach), (mode + reach).min(n));
        let odds = p / (1.0 - p);
        let mut chances: Vec<(u64, f64)> = vec![(mode, 1.0)];
        let mut chance = 1.0;
        for k in (low..mode).rev() {
            chance *= (k + 1) as f64 / (odds * (n - k) as f64);
            chances.push((k, chance));
        }
        chances.reverse();
        chance = 1.0;
        for k in mode + 1..=high {
            chance *= odds * (n - k + 1) as f64 / k as f64;
            chances.push((k, chance));
        }
        let total: f64 = chances.iter().map(|(_, chance)| chance).sum();
        let (mut parts, mut part) = (Vec::new(), 0.0);
        for (k, chance) in chances {
            part += chance / total;
            if part >= 0.1 {
                parts.push((k, part));
                part = 0.0;
            }
        }
        if let Some(last) = parts.last_mut() {
            *last = (u64::MAX, last.1 + part);
        }
        parts
    }

    #[test]
    fn what_is_certain_is_drawn() {
        let mut rng = ChaCha8Rng::seed_from_u64(17);
        for n in [0, 1, 30, 1_000_000, 1 << 52] {
            assert_eq!((binomial(n, 0.0, &mut rng), binomial(n, 1.0, &mut rng)), (0, n));
        }
        assert!((0..1000).all(|_| binomial(0, 0.3, &mut rng) == 0));
        assert!((0..1000).all(|_| binomial(1 << 50, 0.5, &mut rng) <= 1 << 50));
    }

    #[test]
    fn a_resample_keeps_the_number_of_answers_and_empty_categories() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        for counts in [vec![0, 5, 0, 95], vec![1], vec![0, 0], vec![], vec![3, 0]] {
            for _ in 0..50 {
                let drawn = resample(&counts, &mut rng);
                assert_eq!(drawn.iter().sum::<u64>(), counts.iter().sum::<u64>());
                for (drawn, count) in drawn.iter().zip(&counts) {
                    assert!(*count > 0 || *drawn == 0);
                }
            }
        }
    }
}
