//! What a low and what a high level of an attribute do to an outcome (Brandt 1988; Matzler and Sauerwein 2002).
//!
//! One linear model of all attributes with two 0/1 predictors each. Whether penalty and reward differ in size is
//! Wald's test that they add up to 0, by HC3 or linearised errors. Reference: R lm, sandwich.

use super::linear_model::{Contrast, LinearModel};
use super::regression::{Regression, RegressionFault, RowWeights};

/// By row, whether an attribute is at its low and at its high level; in between it is neither.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeLevels {
    /// Low.
    pub low: Vec<bool>,
    /// High.
    pub high: Vec<bool>,
}

/// The two effects of one attribute, in units of the outcome against the levels in between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PenaltyReward {
    /// Of a low level; below 0 where it costs.
    pub penalty: Contrast,
    /// Of a high level; above 0 where it pays.
    pub reward: Contrast,
    /// Their sum: below 0 the penalty is the larger one, a basic factor; above 0 an excitement factor.
    pub asymmetry: Contrast,
}

/// The effects by attribute, and the R² of the model.
///
/// # Errors
/// As [`LinearModel::fit`]: the predictor `2·a` is the low level of attribute `a`, `2·a + 1` its high one.
/// [`RegressionFault::Unusable`] where an effect rests on one row alone.
pub fn penalty_reward(
    outcome: &[f64],
    attributes: &[AttributeLevels],
    weights: Option<RowWeights<'_>>,
) -> Result<(Vec<PenaltyReward>, f64), RegressionFault> {
    let predictors: Vec<Vec<f64>> = attributes
        .iter()
        .flat_map(|levels| [&levels.low, &levels.high])
        .map(|level| level.iter().map(|is| f64::from(u8::from(*is))).collect())
        .collect();
    let model = LinearModel::fit(&Regression { outcome, predictors: &predictors, weights })?;
    let effects = (0..attributes.len()).map(|attribute| {
        let (low, high) = (2 * attribute + 1, 2 * attribute + 2);
        let parts: Vec<f64> =
            (0..model.size()).map(|place| f64::from(u8::from(place == low || place == high))).collect();
        let (penalty, reward) = (model.coefficient(low)?, model.coefficient(high)?);
        Some(PenaltyReward { penalty, reward, asymmetry: model.contrast(&parts)? })
    });
    let effects: Option<Vec<PenaltyReward>> = effects.collect();
    Ok((effects.ok_or(RegressionFault::Unusable)?, model.r2))
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// 1 at a low level, 3 between, 4 at a high one, each 0.5 up and down in turn.
    fn rows() -> (Vec<f64>, AttributeLevels) {
        let level = |row: usize| row / 4;
        let outcome = (0..12).map(|row| [1.0, 3.0, 4.0][level(row)] + if row % 2 == 0 { 0.5 } else { -0.5 });
        let is = |wanted: usize| (0..12).map(|row| level(row) == wanted).collect();
        (outcome.collect(), AttributeLevels { low: is(0), high: is(2) })
    }

    #[test]
    fn one_attribute_is_the_difference_of_means() {
        let (outcome, levels) = rows();
        let (effects, r2) = penalty_reward(&outcome, &[levels], None).unwrap();
        let [effect] = effects[..] else { panic!("one attribute") };
        assert_relative_eq!(effect.penalty.estimate, -2.0, epsilon = 1e-12);
        assert_relative_eq!(effect.reward.estimate, 1.0, epsilon = 1e-12);
        assert_relative_eq!(effect.asymmetry.estimate, -1.0, epsilon = 1e-12);
        // Groups of four with leverage 1/4: each group mean has the variance 4 · (0.5/0.75)² / 16; the sum of two
        // differences holds the middle one twice.
        let group: f64 = 4.0 * (0.5_f64 / 0.75).powi(2) / 16.0;
        assert_relative_eq!(effect.asymmetry.error, (6.0 * group).sqrt(), max_relative = 1e-12);
        assert!(r2 > 0.8);
    }

    #[test]
    fn a_level_nobody_is_at_and_one_with_a_single_row_are_refused() {
        let (outcome, levels) = rows();
        let nobody = AttributeLevels { high: vec![false; 12], ..levels.clone() };
        let found = penalty_reward(&outcome, &[nobody], None);
        assert_eq!(found, Err(RegressionFault::ConstantPredictor(1)));
        let mut single = AttributeLevels { high: vec![false; 12], ..levels };
        single.high[11] = true;
        assert_eq!(penalty_reward(&outcome, &[single], None), Err(RegressionFault::Unusable));
    }
}
