//! What drives an outcome: how R² is parted among its predictors, how sure, where a low and a high level count, and which
//! failures come with dissatisfaction.
//!
//! Numbers come from patterns of answers ([`Patterns`]); analyses say which.

mod coder;
mod importance;
mod patterns;
mod products;
mod reach;
mod spread;

pub use coder::MissingAnswers;
pub use importance::{Importance, ImportanceFault};
pub use patterns::{PatternColumn, Patterns};
pub use reach::{KeyDriver, MOST_REACHED, key_drivers};
pub use spread::{MOST_DRAWN_ROWS, Resampling, Spread};

use self::coder::Coder;
use self::products::Products;

/// The sums of patterns, from which importance and its spread are made.
pub struct Drivers<'a> {
    patterns: &'a Patterns,
    coder: Coder,
    groups: Vec<Products>,
    all: Products,
}

impl<'a> Drivers<'a> {
    /// Sums the patterns of an outcome, the first column, and its predictors.
    pub fn new(patterns: &'a Patterns, missing: MissingAnswers, threads: usize) -> Self {
        let coder = Coder::new(patterns, missing);
        let groups = spread::sums(patterns, &coder, threads);
        let mut all = Products::new(coder.columns());
        for group in &groups {
            all.add(group, 1.0);
        }
        Self { patterns, coder, groups, all }
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
