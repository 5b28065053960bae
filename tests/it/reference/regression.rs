//! Cases of models of an outcome on predictors.

use csat::stats::{
    self, AttributeLevels, LinearModel, LogisticModel, Regression, RowWeights, correlation, inflation,
    nearest_correlation, penalty_reward, polychoric,
};
use serde_json::{Map, Value, json};

use super::data::Data;
use super::{confidence, numbers};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["drivers", "ols"] => linear(&Complete::of(inputs, data)),
        ["drivers", "svyglm"] => weighted_linear(&Complete::of(inputs, data)),
        ["drivers", "logit_top2"] => logistic(&Complete::of(inputs, data), false),
        ["drivers", "logit_weighted"] => logistic(&Complete::of(inputs, data), true),
        ["drivers", "correlations"] => correlations(&Complete::of(inputs, data)),
        ["drivers", "polychoric"] => polychoric_of(&Complete::of(inputs, data)),
        ["drivers", "penalty_reward"] => contrast(&Complete::of(inputs, data)),
        ["drivers", "wald"] => {
            let rows = Complete::of(inputs, data);
            let model = LinearModel::fit(&rows.plain()).unwrap();
            let contrasts = [vec![0.0, 1.0, -1.0, 0.0, 0.0, 0.0], vec![0.0, 0.0, 0.0, 1.0, 0.0, 0.0]];
            let test = model.wald(&contrasts).unwrap();
            json!({"F": test.f, "p": test.p})
        }
        ["drivers", "condition"] => json!(Complete::of(inputs, data).inflation().condition),
        ["nearest_correlation"] => {
            let found = nearest_correlation(&numbers(&inputs["cells"]), 4).unwrap();
            json!([(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)].map(|(i, j)| found.cells[i * 4 + j]))
        }
        _ => return None,
    })
}

/// Rows with an answer to every column of a case.
struct Complete {
    names: Vec<String>,
    outcome: Vec<f64>,
    predictors: Vec<Vec<f64>>,
    weights: Vec<f64>,
    sampled: u64,
}

impl Complete {
    fn of(inputs: &Value, data: &Data) -> Self {
        let names: Vec<String> =
            inputs["x"].as_array().unwrap().iter().map(|x| x.as_str().unwrap().to_owned()).collect();
        let column = |name: &str| data.values(&json!({"var": name}));
        let outcome = column(inputs["y"].as_str().unwrap());
        let predictors: Vec<_> = names.iter().map(|name| column(name)).collect();
        let complete: Vec<usize> = (0..data.rows())
            .filter(|row| outcome[*row].is_some() && predictors.iter().all(|x| x[*row].is_some()))
            .collect();
        let kept = |column: &[Option<f64>]| complete.iter().filter_map(|row| column[*row]).collect();
        let weights = data.weights();
        Self {
            names,
            outcome: kept(&outcome),
            predictors: predictors.iter().map(|x| kept(x)).collect(),
            weights: complete.iter().map(|row| weights[*row]).collect(),
            sampled: data.rows() as u64,
        }
    }

    fn plain(&self) -> Regression<'_> {
        Regression { outcome: &self.outcome, predictors: &self.predictors, weights: None }
    }

    fn weighted(&self) -> Regression<'_> {
        let weights = Some(RowWeights { weights: &self.weights, sampled: self.sampled });
        Regression { weights, ..self.plain() }
    }

    /// Values by name, the constant term first where there is one more than names.
    fn named(&self, values: &[f64]) -> Value {
        let constant = (values.len() > self.names.len()).then(|| "(Intercept)".to_owned());
        let names = constant.into_iter().chain(self.names.iter().cloned());
        Value::Object(names.zip(values.iter().map(|x| json!(x))).collect())
    }

    fn correlation(one: &[f64], other: &[f64]) -> stats::Correlation {
        let pairs: Vec<(f64, f64, u64)> = one.iter().zip(other).map(|(x, y)| (*x, *y, 1)).collect();
        correlation(&pairs).unwrap()
    }

    fn inflation(&self) -> stats::Inflation {
        let x = &self.predictors;
        let cells: Vec<f64> = x.iter().flat_map(|a| x.iter().map(|b| Self::correlation(a, b).r)).collect();
        inflation(&cells, x.len()).unwrap()
    }
}

fn linear(rows: &Complete) -> Value {
    let model = LinearModel::fit(&rows.plain()).unwrap();
    let tests: Vec<_> = (0..model.size()).map(|place| model.coefficient(place).unwrap()).collect();
    let all: Vec<Vec<f64>> = (1..model.size())
        .map(|k| (0..model.size()).map(|place| f64::from(u8::from(place == k))).collect())
        .collect();
    assert!(model.wald(&all).unwrap().p < 1e-3);
    let k = rows.names.len() as f64;
    json!({
        "n": model.rows, "r2": model.r2, "adj_r2": model.adjusted_r2, "sigma": model.sigma,
        "F": model.r2 / k / ((1.0 - model.r2) / model.df),
        "b": rows.named(&model.coefficients),
        "se": rows.named(model.classical_errors.as_ref().unwrap()),
        "se_hc3": rows.named(&model.errors().unwrap()),
        "t_hc3": rows.named(&tests.iter().map(|test| test.t).collect::<Vec<_>>()),
        "p_hc3": rows.named(&tests.iter().map(|test| test.p).collect::<Vec<_>>()),
        "beta": rows.named(&model.standardised),
        "beta_se_hc3": rows.named(&model.standardised_errors().unwrap()),
        "vif": rows.named(&rows.inflation().factors),
    })
}

fn weighted_linear(rows: &Complete) -> Value {
    let model = LinearModel::fit(&rows.weighted()).unwrap();
    let tests: Vec<_> = (0..model.size()).map(|place| model.coefficient(place).unwrap()).collect();
    json!({
        "b": rows.named(&model.coefficients),
        "se": rows.named(&model.errors().unwrap()),
        "t": rows.named(&tests.iter().map(|test| test.t).collect::<Vec<_>>()),
        "p": rows.named(&tests.iter().map(|test| test.p).collect::<Vec<_>>()),
        "df": whole(model.df),
    })
}

fn logistic(rows: &Complete, weighted: bool) -> Value {
    let data = if weighted { rows.weighted() } else { rows.plain() };
    let model = LogisticModel::fit(&data).unwrap();
    let p: Vec<f64> = (0..model.coefficients.len()).map(|place| model.p(place).unwrap()).collect();
    json!({
        "b": rows.named(&model.coefficients), "se": rows.named(&model.errors()), "p": rows.named(&p),
        "deviance": model.deviance,
    })
}

fn correlations(rows: &Complete) -> Value {
    let found: Vec<_> = rows.predictors.iter().map(|x| Complete::correlation(x, &rows.outcome)).collect();
    let first = found[0].interval(confidence()).unwrap();
    json!({
        "n": rows.outcome.len(),
        "pearson": rows.named(&found.iter().map(|found| found.r).collect::<Vec<_>>()),
        "fisher_ci_first": [first.low, first.high],
    })
}

fn polychoric_of(rows: &Complete) -> Value {
    let of = |x: &Vec<f64>| {
        let mut table = vec![vec![0.0; 5]; 5];
        for (x, y) in x.iter().zip(&rows.outcome) {
            table[place(*x)][place(*y)] += 1.0;
        }
        polychoric(&table).unwrap()
    };
    json!({"two_step": rows.named(&rows.predictors.iter().map(of).collect::<Vec<_>>())})
}

fn contrast(rows: &Complete) -> Value {
    let levels: Vec<AttributeLevels> = rows
        .predictors
        .iter()
        .map(|x| AttributeLevels {
            low: x.iter().map(|x| *x <= 2.0).collect(),
            high: x.iter().map(|x| *x >= 5.0).collect(),
        })
        .collect();
    let (effects, r2) = penalty_reward(&rows.outcome, &levels, None).unwrap();
    let both = |of: fn(&stats::PenaltyReward) -> [f64; 2], suffixes: [&str; 2], constant: f64| {
        let mut named = Map::from_iter([("(Intercept)".to_owned(), json!(constant))]);
        for (name, effect) in rows.names.iter().zip(&effects) {
            for (suffix, value) in suffixes.iter().zip(of(effect)) {
                named.insert(format!("{name}_{suffix}"), json!(value));
            }
        }
        Value::Object(named)
    };
    // The dummies as a plain model: its classical errors and its constant term.
    let side = |high: bool| levels.iter().map(move |levels| if high { &levels.high } else { &levels.low });
    let dummies: Vec<Vec<f64>> = side(false)
        .chain(side(true))
        .map(|level| level.iter().map(|is| f64::from(u8::from(*is))).collect())
        .collect();
    let data = Regression { outcome: &rows.outcome, predictors: &dummies, weights: None };
    let model = LinearModel::fit(&data).unwrap();
    let (classical, robust) = (model.classical_errors.as_ref().unwrap(), model.errors().unwrap());
    let k = rows.names.len();
    let mut se = Map::from_iter([("(Intercept)".to_owned(), json!(classical[0]))]);
    let (mut p_penalty, mut p_reward) = (Vec::new(), Vec::new());
    for (place, name) in rows.names.iter().enumerate() {
        for (suffix, place, p) in [("pen", place + 1, &mut p_penalty), ("rew", place + 1 + k, &mut p_reward)]
        {
            se.insert(format!("{name}_{suffix}"), json!(classical[place]));
            let t = (model.coefficients[place] / classical[place]).abs();
            p.push(2.0 * stats::distributions::t_sf(t, model.df).unwrap());
        }
    }
    json!({
        "n": rows.outcome.len(), "r2": r2, "intercept": model.coefficients[0],
        "b": both(|e| [e.penalty.estimate, e.reward.estimate], ["pen", "rew"], model.coefficients[0]),
        "se_hc3": both(|e| [e.penalty.error, e.reward.error], ["pen", "rew"], robust[0]),
        "se": se,
        "penalty": rows.named(&effects.iter().map(|e| e.penalty.estimate).collect::<Vec<_>>()),
        "reward": rows.named(&effects.iter().map(|e| e.reward.estimate).collect::<Vec<_>>()),
        "p_penalty": rows.named(&p_penalty),
        "p_reward": rows.named(&p_reward),
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points from 1 to 5")]
fn place(point: f64) -> usize {
    point as usize - 1
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of rows")]
fn whole(number: f64) -> u64 {
    number as u64
}
