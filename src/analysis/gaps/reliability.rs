//! How well a dimension's items agree, and what is left of that in the difference of perception and expectation.

use super::super::row_order::{in_order, row_order};
use crate::measures::rounded;
use crate::report::DimensionGap;
use crate::stats::{DifferenceReliability, ItemScale};

/// The answers of respondents who answered every pair of a dimension: expectations first, then perceptions.
pub(super) struct Agreement {
    items: Vec<Vec<f64>>,
    weights: Option<Vec<f64>>,
}

impl Agreement {
    /// Of so many pairs.
    pub(super) fn new(pairs: usize, weighted: bool) -> Self {
        let items = if pairs > 1 { vec![Vec::new(); 2 * pairs] } else { Vec::new() };
        Self { items, weights: weighted.then(Vec::new) }
    }

    /// Adds a respondent by his pairs of expectation and perception; others than those with every pair are passed over.
    pub(super) fn add(&mut self, pairs: &[(f64, f64)], weight: f64) {
        if self.items.is_empty() || 2 * pairs.len() != self.items.len() {
            return;
        }
        let values = pairs.iter().map(|pair| pair.0).chain(pairs.iter().map(|pair| pair.1));
        for (item, value) in self.items.iter_mut().zip(values) {
            item.push(value);
        }
        if let Some(weights) = &mut self.weights {
            weights.push(weight);
        }
    }

    /// Writes what is known into the row of the dimension; what cannot be told stays null.
    pub(super) fn write(&self, row: &mut DimensionGap) {
        let columns: Vec<&[f64]> = self.items.iter().chain(&self.weights).map(Vec::as_slice).collect();
        let order = row_order(&columns);
        let items: Vec<Vec<f64>> = self.items.iter().map(|item| in_order(item, &order)).collect();
        let weights = self.weights.as_ref().map(|weights| in_order(weights, &order));
        let Ok(scale) = ItemScale::new(&items, weights.as_deref()) else { return };
        let found = DifferenceReliability::of(&scale);
        row.expectation_alpha = found.first_alpha.and_then(rounded);
        row.perception_alpha = found.second_alpha.and_then(rounded);
        row.difference_reliability = found.difference.and_then(rounded);
    }
}
