//! What drives an outcome: how R² is parted among its predictors, how sure, where a low and a high level count, and which
//! failures come with dissatisfaction.
//!
//! Numbers come from patterns of answers ([`Patterns`]); analyses say which.

mod coder;
mod coverage;
mod importance;
mod joint;
mod pair_counts;
mod pair_layout;
mod parallel;
mod patterns;
mod products;
mod reach;
mod row_bits;
mod spread;

pub use coder::MissingAnswers;
pub use coverage::Coverage;
pub use importance::{Importance, ImportanceFault};
pub use joint::Joint;
pub use patterns::{PatternColumn, Patterns, RowCodes};
pub use reach::{KeyDriver, MOST_REACHED, Reached, key_drivers};
pub use spread::{MOST_DRAWN_ROWS, Resampling, Spread};

use self::coder::Coder;
use self::pair_counts::PairCounts;
use self::products::Products;

/// The sums of patterns, from which importance and its spread are made.
pub struct Drivers<'a> {
    patterns: &'a Patterns,
    missing: MissingAnswers,
    coverage: Coverage,
    coder: Coder,
    /// Where rows are many and plain, they are counted by pairs of columns once, and all sums are made of these counts.
    counts: Option<PairCounts>,
    groups: Vec<Products>,
    all: Products,
}

impl<'a> Drivers<'a> {
    /// Sums the patterns of an outcome, the first column, and its predictors.
    pub fn new(patterns: &'a Patterns, missing: MissingAnswers, threads: usize) -> Self {
        let is_counted = patterns.rows() > MOST_DRAWN_ROWS && missing != MissingAnswers::Dummy;
        let listwise = missing == MissingAnswers::Listwise;
        let counts = if is_counted {
            PairCounts::new::<{ spread::GROUPS }>(patterns, listwise, threads)
        } else {
            None
        };
        let (coder, groups) = if let Some(counts) = &counts {
            let coder = Coder::of_counts(patterns, counts, missing);
            let x = |column: usize, code: usize| {
                patterns.value(column, code).map(|value| value - coder.origin(column))
            };
            let of = |group: usize| Products::of_counts(counts, group, coder.columns(), x);
            let groups = (0..counts.groups()).map(of).collect();
            (coder, groups)
        } else {
            let coder = Coder::new(patterns, missing);
            let groups = spread::sums(patterns, &coder, threads);
            (coder, groups)
        };
        let mut all = Products::new(coder.columns());
        for group in &groups {
            all.add(group, 1.0);
        }
        let coverage = match &counts {
            Some(counts) => Coverage::of_counts(counts, patterns.predictors() + 1, missing),
            None => Coverage::of(patterns, missing),
        };
        Self { patterns, missing, coverage, coder, counts, groups, all }
    }

    /// Which rows have the answers.
    pub fn coverage(&self) -> &Coverage {
        &self.coverage
    }

    /// The outcome beside each predictor.
    pub fn joints(&self) -> Vec<Joint> {
        match &self.counts {
            Some(counts) => Joint::of_counts(self.patterns, counts),
            None => Joint::all(self.patterns, self.missing == MissingAnswers::Listwise),
        }
    }

    /// What each predictor accounts for; `seed` is for predictors beyond those whose subsets are all fitted.
    ///
    /// # Errors
    /// Why predictors cannot be told apart.
    pub fn importance(&self, seed: u64) -> Result<Importance, ImportanceFault> {
        Importance::of(&self.all, &self.coder, seed)
    }

    /// How sure it is; `None` where too many replicates have no figure.
    pub fn spread(&self, found: &Importance, how: &Resampling<'_>) -> Option<Spread> {
        Spread::of(self.patterns, &self.coder, &self.groups, found, how)
    }
}
