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
    /// The number of each point, smallest first, where they are not all from `min` to `max` (1, 2, 3, 4, 6); else
    /// empty. Means and distances are those of the numbers, boxes those of the points.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<i32>,
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
            values: Vec::new(),
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

    /// A scale with these numbers as its points, smallest first; `None` for fewer than two or another order.
    pub fn with_values(name: &str, values: &[i32]) -> Option<Self> {
        let (min, max) = (*values.first()?, *values.last()?);
        if values.len() < 2 || !values.is_sorted_by(|low, high| low < high) {
            return None;
        }
        let points = i32::try_from(values.len()).ok()?;
        let is_whole = i64::from(max) - i64::from(min) + 1 == i64::from(points);
        Some(Self {
            values: if is_whole { Vec::new() } else { values.to_vec() },
            top: Self::default_top(1, points),
            ..Self::new(name, min, max)
        })
    }

    /// The number of points.
    pub fn points(&self) -> usize {
        if self.values.is_empty() {
            usize::try_from(i64::from(self.max) - i64::from(self.min) + 1).unwrap_or(0)
        } else {
            self.values.len()
        }
    }

    /// The numbers of the points, smallest first.
    pub fn numbers(&self) -> impl Iterator<Item = i32> + '_ {
        let whole = self.values.is_empty().then_some(self.min..=self.max);
        whole.into_iter().flatten().chain(self.values.iter().copied())
    }

    /// The value of the point at `index`, counted from the smallest.
    pub fn value(&self, index: usize) -> f64 {
        match self.values.get(index) {
            Some(value) => f64::from(*value),
            None => f64::from(self.min) + index as f64,
        }
    }

    /// The index of a whole number, or `None` where it is no point.
    pub fn index(&self, value: i64) -> Option<usize> {
        if !self.values.is_empty() {
            return self.values.iter().position(|point| i64::from(*point) == value);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_may_have_holes() {
        let scale = Scale::with_values("marks", &[1, 2, 3, 4, 6]).unwrap();
        assert_eq!((scale.points(), scale.min, scale.max, scale.top), (5, 1, 6, 2));
        assert_eq!((scale.index(6), scale.index(5), scale.index(4)), (Some(4), None, Some(3)));
        assert!((scale.value(4) - 6.0).abs() < 1e-12);
        assert_eq!(scale.numbers().collect::<Vec<_>>(), [1, 2, 3, 4, 6]);
        assert!(scale.in_top(3) && scale.in_top(4) && !scale.in_top(2) && scale.in_bottom(1));
        assert_eq!(Scale::with_values("five", &[1, 2, 3, 4, 5]), Some(Scale::new("five", 1, 5)));
        for values in [&[][..], &[1], &[2, 1], &[1, 1, 2]] {
            assert_eq!(Scale::with_values("x", values), None, "{values:?}");
        }
    }
}
