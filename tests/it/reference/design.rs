//! Cases with weights.

use csat::stats::{self, Interval, WeightedPoint};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, limits, numbers, z};

pub(super) fn weighted(points: &[WeightedPoint], design_n: usize) -> Value {
    let mean = stats::linearised_mean(points, design_n as u64).unwrap();
    let df = (design_n - 1) as f64;
    let normal = Interval::around(mean.mean, z() * mean.se).unwrap();
    let t = stats::t_interval(mean.mean, mean.se, df, confidence()).unwrap();
    json!({
        "estimate": mean.mean,
        "se": mean.se,
        "lower": normal.low,
        "upper": normal.high,
        "lower_t": t.low,
        "upper_t": t.high,
        "ci": [t.low, t.high],
        "degf": df,
    })
}

pub(super) fn design_proportion(inputs: &Value, data: &Data) -> Value {
    let top = json!({"var": inputs["var"], "top": [4, 5]});
    let points = data.weighted(&top, &|_| true);
    let share = stats::linearised_mean(&points, data.rows() as u64).unwrap();
    let df = (data.rows() - 1) as f64;
    let t = confidence().t(df).unwrap();
    let (p, se) = (share.mean, share.se);
    let normal = Interval::around(p, z() * se).unwrap();
    let effective = stats::effective_n(p, share.n, share.variance, share.kish_n);
    let exact = stats::korn_graubard(p, data.rows() as u64, share.variance, df, confidence());
    // The peer scales the weights to a mean of one over all rows, answered or not, before it takes
    // the deviance; with missing answers that enters its limits.
    let all: f64 = data.weights().iter().sum();
    let scaled = share.sum_w / share.n as f64 / (all / data.rows() as f64);
    let likelihood = stats::likelihood(p, se, share.n, t * scaled.sqrt());
    json!({
        "estimate": p,
        "se": se,
        "lower": normal.low,
        "upper": normal.high,
        "logit": limits(stats::logit(p, se, t)),
        "xlogit": limits(stats::logit(p, se, t)),
        "asin": limits(stats::asin(p, se, t)),
        "likelihood": limits(likelihood),
        "beta": limits(exact),
        "mean": limits(Interval::around(p, t * se)),
        "wilson": limits(stats::wilson(p, effective, t)),
    })
}

pub(super) fn by_group(inputs: &Value, data: &Data) -> Value {
    let by = inputs["by"].as_str().unwrap();
    let groups = data.groups(by);
    let mut names = groups.clone();
    names.sort();
    names.dedup();
    let of = |name: &String| {
        let points = data.weighted(inputs, &|row| groups[row] == *name);
        (name.clone(), weighted(&points, data.rows()))
    };
    Value::Object(names.iter().filter(|name| !name.is_empty()).map(of).collect())
}

pub(super) fn kish(inputs: &Value, data: &Data) -> Value {
    let weights = if inputs["w"].is_null() { data.weights() } else { numbers(&inputs["w"]) };
    let (sum, squares) = (weights.iter().sum::<f64>(), weights.iter().map(|w| w * w).sum::<f64>());
    let kish = stats::kish(weights.len() as u64, sum, squares).unwrap();
    json!({
        "n": weights.len(),
        "sum": sum,
        "n_eff": kish.effective_n,
        "deff": kish.design_effect,
        "n_eff_kish": kish.effective_n,
        "deff_kish": kish.design_effect,
    })
}

pub(super) fn weighted_summary(inputs: &Value, data: &Data) -> Value {
    let rows = data.rows() as u64;
    let mean = stats::linearised_mean(&data.weighted(inputs, &|_| true), rows).unwrap();
    json!({
        "mean": mean.mean,
        "sum_w": mean.sum_w,
        "n_eff": mean.kish_n,
        "top2": design_proportion(inputs, data)["estimate"],
    })
}
