//! Answer scales: whole numbers from `min` to `max`, their words, and the codes that mean no answer.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::measure::Best;

/// An answer scale of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its name in the definition, or a made-up one for an inferred scale.
    pub name: String,
    /// The smallest point.
    pub min: i32,
    /// The largest point; above `min`, at most 1000 above it.
    pub max: i32,
    /// How many points at the best end make the top box (and at the worst end the bottom box), at least 1.
    pub top: u32,
    /// Which end is the best.
    pub best: Best,
    /// One label a point from `min` to `max`, or none at all.
    pub labels: Vec<String>,
    /// Labels in other languages, by language; accepted in the file like `labels`.
    pub translations: IndexMap<String, Vec<String>>,
    /// Further texts that mean blank, besides those of `[data] missing`.
    pub missing: Vec<String>,
    /// Texts or numbers that mean not applicable.
    pub not_applicable: Vec<String>,
    /// Texts or numbers that mean don't know.
    pub dont_know: Vec<String>,
}

impl Scale {
    /// A scale without words and missing codes; the top box follows the number of points.
    pub fn new(name: &str, min: i32, max: i32) -> Self {
        Self {
            name: name.to_owned(),
            min,
            max,
            top: Self::default_top(min, max),
            best: Best::High,
            labels: Vec::new(),
            translations: IndexMap::new(),
            missing: Vec::new(),
            not_applicable: Vec::new(),
            dont_know: Vec::new(),
        }
    }

    /// The default top box: 1 of up to 3 points, 2 of 4 to 9, 3 of 10 and more.
    pub fn default_top(min: i32, max: i32) -> u32 {
        match max.saturating_sub(min).saturating_add(1) {
            ..=3 => 1,
            4..=9 => 2,
            _ => 3,
        }
    }

    /// The number of points.
    pub fn points(&self) -> usize {
        usize::try_from(i64::from(self.max) - i64::from(self.min) + 1).unwrap_or(0)
    }

    /// The value of the point at `index`, counted from the smallest.
    pub fn value(&self, index: usize) -> f64 {
        f64::from(self.min) + index as f64
    }

    /// The index of a whole number, or `None` outside the scale.
    pub fn index(&self, value: i64) -> Option<usize> {
        let offset = value.checked_sub(i64::from(self.min))?;
        usize::try_from(offset).ok().filter(|index| *index < self.points())
    }

    /// Whether the point at `index` is in the top box, at the best end.
    pub fn in_top(&self, index: usize) -> bool {
        let top = usize::try_from(self.top).unwrap_or(usize::MAX);
        match self.best {
            Best::High => index + top >= self.points(),
            Best::Low => index < top,
        }
    }

    /// Whether the point at `index` is in the bottom box: as many points as the top box, at the worst end.
    pub fn in_bottom(&self, index: usize) -> bool {
        let top = usize::try_from(self.top).unwrap_or(usize::MAX);
        match self.best {
            Best::High => index < top,
            Best::Low => index + top >= self.points(),
        }
    }
}
