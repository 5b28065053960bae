//! How often the intervals that csat prints hold the truth: by exact enumeration where outcomes can be listed, else by
//! seeded simulation, always through the same functions as every report.
//!
//! `cargo run --release --example coverage` prints the tables of docs/validation.md; with a kind (`share`, `nps`,
//! `weighted`, `mean`, `gap`, `difference`) it prints that table alone.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod asked;
mod draws;
mod table;

use asked::Asked;
use draws::{Draws, binomial, trinomial};
use table::{Method, Row};

/// Numbers of answers.
const SIZES: [u64; 9] = [10, 20, 30, 50, 100, 200, 500, 1000, 2000];
/// Shares.
const SHARES: [f64; 11] = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98];
/// Promoters and detractors.
const PARTS: [(f64, f64); 9] = [
    (0.02, 0.02),
    (0.1, 0.1),
    (0.5, 0.1),
    (0.6, 0.2),
    (0.4, 0.4),
    (0.2, 0.6),
    (0.8, 0.05),
    (0.9, 0.05),
    (0.95, 0.02),
];
/// Samples of a simulation: the error of a coverage near 95 % is then 0.22 points.
const SAMPLES: u32 = 10_000;
/// Up to this many answers every outcome of three parts is listed.
const LISTED: u64 = 200;

/// A table by its name.
type Table = (&'static str, fn() -> Method);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let tables: [Table; 6] = [
        ("share", share),
        ("nps", nps),
        ("weighted", weighted),
        ("mean", mean),
        ("gap", gap),
        ("difference", difference),
    ];
    for (name, table) in tables {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            println!("{}", table());
        }
    }
}

/// Top box, Wilson: exact.
fn share() -> Method {
    let asked = Asked::satisfaction();
    let row = |n: u64| {
        let limits: Vec<Option<(f64, f64)>> = (0..=n).map(|hits| asked.top_box(hits, n)).collect();
        let held = |p: f64| {
            let probabilities = binomial(n, p);
            let holds = |limits: &Option<(f64, f64)>| {
                limits.is_some_and(|(low, high)| low <= 100.0 * p && 100.0 * p <= high)
            };
            limits.iter().zip(&probabilities).filter(|(limits, _)| holds(limits)).map(|(_, p)| p).sum::<f64>()
        };
        Row::of(n, SHARES.iter().map(|p| (held(*p), n as f64 * p.min(1.0 - p) >= 10.0)))
    };
    Method::new("CSAT: the share of the top box, Wilson, exact", SIZES.iter().map(|n| row(*n)))
}

/// NPS, adjusted Wald: exact up to 200 answers.
fn nps() -> Method {
    let asked = Asked::recommendation();
    let row = |n: u64| {
        let held = |(promoters, detractors): (f64, f64)| {
            let truth = 100.0 * (promoters - detractors);
            let holds = |above: u64, below: u64| {
                asked
                    .nps([above, n - above - below, below])
                    .is_some_and(|(low, high)| low <= truth && truth <= high)
            };
            if n <= LISTED {
                trinomial(n, promoters, detractors)
                    .filter(|(above, below, _)| holds(*above, *below))
                    .map(|(.., p)| p)
                    .sum()
            } else {
                let mut draws = Draws::new(n);
                let hits = (0..SAMPLES).filter(|_| {
                    let (above, below) = draws.parts(n, promoters, detractors);
                    holds(above, below)
                });
                hits.count() as f64 / f64::from(SAMPLES)
            }
        };
        let ample = |(p, d): (f64, f64)| n as f64 * p.min(d).min(1.0 - p - d) >= 10.0;
        Row::of(n, PARTS.iter().map(|parts| (held(*parts), ample(*parts))))
    };
    Method::new("NPS, adjusted Wald, exact up to 200 answers", SIZES.iter().map(|n| row(*n)))
}

/// A weighted share, Wilson on n*: weights that vary by half their mean.
fn weighted() -> Method {
    let asked = Asked::satisfaction();
    let row = |n: u64| {
        let held = |p: f64| {
            let mut draws = Draws::new(n);
            let hits = (0..SAMPLES).filter(|_| {
                let [hits, rest] = draws.weighted(n, p, 0.5);
                asked
                    .weighted_top_box(hits, rest)
                    .is_some_and(|(low, high)| low <= 100.0 * p && 100.0 * p <= high)
            });
            hits.count() as f64 / f64::from(SAMPLES)
        };
        Row::of(n, SHARES.iter().map(|p| (held(*p), n as f64 * p.min(1.0 - p) >= 10.0)))
    };
    let sizes = SIZES.iter().filter(|n| **n <= 1000);
    Method::new(
        "Weighted share, Wilson on n*, weights with a coefficient of variation of 0.5",
        sizes.map(|n| row(*n)),
    )
}

/// Distributions of answers on a scale of five, worst first.
const SHAPES: [[f64; 5]; 5] = [
    [0.05, 0.1, 0.2, 0.4, 0.25],
    [0.2, 0.2, 0.2, 0.2, 0.2],
    [0.02, 0.03, 0.05, 0.2, 0.7],
    [0.4, 0.05, 0.05, 0.1, 0.4],
    [0.01, 0.01, 0.03, 0.05, 0.9],
];

/// Mean of a scale, Student's t.
fn mean() -> Method {
    let asked = Asked::satisfaction();
    let row = |n: u64| {
        let held = |shape: &[f64; 5]| {
            let truth: f64 = (1..=5).zip(shape).map(|(point, share)| f64::from(point) * share).sum();
            let mut draws = Draws::new(n);
            let hits = (0..SAMPLES).filter(|_| {
                let points = draws.points(n, shape);
                asked.mean(&points).is_some_and(|(low, high)| low <= truth && truth <= high)
            });
            hits.count() as f64 / f64::from(SAMPLES)
        };
        Row::of(n, judged(n).map(|shape| (held(shape), true)))
    };
    Method::new("Mean of a scale of five, Student's t", SIZES.iter().map(|n| row(*n)))
}

/// The distributions of which ten answers are expected to differ from the mode.
fn judged(n: u64) -> impl Iterator<Item = &'static [f64; 5]> {
    let differs = move |shape: &&[f64; 5]| {
        let mode = shape.iter().copied().fold(0.0, f64::max);
        n as f64 * (1.0 - mode) >= 10.0
    };
    SHAPES.iter().filter(differs)
}

/// The gap of expectation and perception, paired t; the two answers of a person agree in half of the cases.
fn gap() -> Method {
    let asked = Asked::gap();
    let pairs = |perceived: &[f64; 5]| {
        let expected = SHAPES[0];
        let mut cells = vec![0.0; 25];
        for (first, one) in expected.iter().enumerate() {
            for (second, other) in perceived.iter().enumerate() {
                cells[first * 5 + second] += 0.5 * one * other;
            }
        }
        // The other half of the respondents perceive what they expected.
        for (point, share) in expected.iter().enumerate() {
            cells[point * 5 + point] += 0.5 * share;
        }
        cells
    };
    let row = |n: u64| {
        let held = |perceived: &[f64; 5]| {
            let cells = pairs(perceived);
            let distance = |cell: usize| (cell % 5) as f64 - (cell / 5) as f64;
            let truth: f64 = cells.iter().enumerate().map(|(cell, share)| distance(cell) * share).sum();
            let mut draws = Draws::new(n);
            let hits = (0..SAMPLES).filter(|_| {
                let drawn = draws.points(n, &cells);
                asked.gap_of(&drawn).is_some_and(|(low, high)| low <= truth && truth <= high)
            });
            hits.count() as f64 / f64::from(SAMPLES)
        };
        let differs = |perceived: &&[f64; 5]| {
            let cells = pairs(perceived);
            let same: f64 = (0..5).map(|point| cells[point * 6]).sum();
            n as f64 * (1.0 - same) >= 10.0
        };
        Row::of(n, SHAPES.iter().filter(differs).map(|shape| (held(shape), true)))
    };
    Method::new("Gap of perception and expectation, paired t", SIZES.iter().map(|n| row(*n)))
}

/// The difference of two shares of as many answers each, Newcombe: exact up to 50, else simulated.
fn difference() -> Method {
    let asked = Asked::satisfaction();
    let pairs = [(0.5, 0.5), (0.8, 0.7), (0.9, 0.8), (0.95, 0.9), (0.3, 0.2), (0.98, 0.9)];
    let row = |n: u64| {
        let held = |(before, after): (f64, f64)| {
            let truth = 100.0 * (after - before);
            let holds = |one: u64, other: u64| {
                asked
                    .difference((one, n), (other, n))
                    .is_some_and(|(low, high)| low <= truth && truth <= high)
            };
            if n <= 50 {
                let (of_before, of_after) = (binomial(n, before), binomial(n, after));
                let outcomes = (0..=n).flat_map(|one| (0..=n).map(move |other| (one, other)));
                let held = outcomes.filter(|(one, other)| holds(*one, *other));
                held.map(|(one, other)| probability(&of_before, one) * probability(&of_after, other)).sum()
            } else {
                let mut draws = Draws::new(n);
                let hits = (0..SAMPLES).filter(|_| holds(draws.hits(n, before), draws.hits(n, after)));
                hits.count() as f64 / f64::from(SAMPLES)
            }
        };
        let ample =
            |(one, other): (f64, f64)| n as f64 * one.min(1.0 - one).min(other.min(1.0 - other)) >= 10.0;
        Row::of(n, pairs.iter().map(|pair| (held(*pair), ample(*pair))))
    };
    Method::new("Difference of two shares, Newcombe, exact up to 50 answers", SIZES.iter().map(|n| row(*n)))
}

fn probability(probabilities: &[f64], hits: u64) -> f64 {
    usize::try_from(hits).ok().and_then(|hits| probabilities.get(hits)).copied().unwrap_or(0.0)
}
