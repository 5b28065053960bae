//! Models that need whole rows: least squares, logits, penalty and reward.

use crate::measures::Patterns;
use crate::stats::{
    AttributeLevels, LinearModel, LogisticModel, PenaltyReward, Regression, RowWeights, penalty_reward,
};

/// Rows with every answer, spelt out.
pub(super) struct CompleteRows {
    outcome: Vec<f64>,
    /// By predictor, then row.
    predictors: Vec<Vec<f64>>,
    /// By predictor, then row: the codes.
    codes: Vec<Vec<usize>>,
    weights: Option<Vec<f64>>,
    /// Rows of the whole sample.
    sampled: u64,
    /// What is left of a variance where the population is known.
    left: f64,
}

impl CompleteRows {
    pub(super) fn new(patterns: &Patterns, sampled: u64, left: f64) -> Self {
        let p = patterns.predictors();
        let mut rows = Self {
            outcome: Vec::new(),
            predictors: vec![Vec::new(); p],
            codes: vec![Vec::new(); p],
            weights: patterns.is_weighted().then(Vec::new),
            sampled,
            left,
        };
        let mut codes = vec![0; p + 1];
        for pattern in 0..patterns.len() {
            patterns.codes(pattern, &mut codes);
            let values: Option<Vec<f64>> =
                codes.iter().enumerate().map(|(column, code)| patterns.value(column, *code)).collect();
            let Some(values) = values else { continue };
            let (count, weight) = patterns.count(pattern);
            for _ in 0..count {
                rows.outcome.extend(values.first());
                rows.weights.iter_mut().for_each(|weights| weights.push(weight));
                for (into, value) in rows.predictors.iter_mut().zip(values.iter().skip(1)) {
                    into.push(*value);
                }
                for (into, code) in rows.codes.iter_mut().zip(codes.iter().skip(1)) {
                    into.push(*code);
                }
            }
        }
        rows
    }

    fn weights(&self) -> Option<RowWeights<'_>> {
        self.weights.as_ref().map(|weights| RowWeights { weights, sampled: self.sampled })
    }

    /// Least squares with HC3, or linearised with weights.
    pub(super) fn linear(&self) -> Option<LinearModel> {
        let data =
            Regression { outcome: &self.outcome, predictors: &self.predictors, weights: self.weights() };
        LinearModel::fit(&data).ok()
    }

    /// The log-odds of an outcome above 0.
    pub(super) fn logistic(&self) -> Option<LogisticModel> {
        let outcome: Vec<f64> = self.outcome.iter().map(|y| f64::from(u8::from(*y > 0.0))).collect();
        let data = Regression { outcome: &outcome, predictors: &self.predictors, weights: self.weights() };
        LogisticModel::fit(&data).ok().map(|model| model.of_population(self.left))
    }

    /// Rows where a predictor is at one of these codes.
    pub(super) fn at(&self, predictor: usize, is: impl Fn(usize) -> bool) -> Vec<bool> {
        self.codes.get(predictor).map_or_else(Vec::new, |codes| codes.iter().map(|code| is(*code)).collect())
    }

    /// The effects of low and high levels in one model of all of them.
    pub(super) fn contrast(&self, levels: &[AttributeLevels]) -> Option<Vec<PenaltyReward>> {
        let (effects, _) = penalty_reward(&self.outcome, levels, self.weights()).ok()?;
        let of_population = |effect: PenaltyReward| PenaltyReward {
            penalty: effect.penalty.of_population(self.left),
            reward: effect.reward.of_population(self.left),
            asymmetry: effect.asymmetry.of_population(self.left),
        };
        Some(effects.into_iter().map(of_population).collect())
    }
}
