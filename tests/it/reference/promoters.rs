//! Cases of the net promoter score and its three groups.

use csat::stats::{self, PromoterShares};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, limits, whole, z};

fn promoters(inputs: &Value, data: &Data) -> [u64; 3] {
    if inputs["promoters"].is_null() {
        data.promoters()
    } else {
        ["promoters", "passives", "detractors"].map(|group| whole(&inputs[group]))
    }
}

pub(super) fn nps(inputs: &Value, data: &Data) -> Value {
    let [promoters, passives, detractors] = promoters(inputs, data);
    let n = (promoters + passives + detractors) as f64;
    let shares = PromoterShares::from_totals(promoters as f64, passives as f64, detractors as f64).unwrap();
    let variance = stats::nps_variance_per_answer(&shares).unwrap();
    let ones = [(1.0, promoters), (0.0, passives), (-1.0, detractors)];
    let moments = stats::moments(&ones).unwrap();
    let t = moments.se.and_then(|se| stats::t_interval(moments.mean, se, n - 1.0, confidence()));
    let adjusted = limits(stats::nps_adjusted_wald(&shares, n, z()));
    json!({
        "n": n,
        "promoters": promoters,
        "passives": passives,
        "detractors": detractors,
        "nps": stats::nps_value(&shares),
        "variance": variance,
        "se": (variance / n).sqrt(),
        "wald": limits(stats::nps_wald(&shares, n, z())),
        "adjusted_wald": adjusted,
        "adjusted_wald_add3": adjusted,
        "iterative": limits(stats::nps_score(&shares, n, z())),
        "t": limits(t),
    })
}

pub(super) fn nps_by_kish(data: &Data) -> Value {
    let points = data.weighted(&json!({"var": "np"}), &|_| true);
    let of = |x: f64| points.iter().find(|p| (p.x - x).abs() < 0.5).unwrap().w;
    let shares = PromoterShares::from_totals(of(1.0), of(0.0), of(-1.0)).unwrap();
    let n = stats::linearised_mean(&points, data.rows() as u64).unwrap().kish_n;
    json!({
        "se": (stats::nps_variance_per_answer(&shares).unwrap() / n).sqrt(),
        "ci": limits(stats::nps_wald(&shares, n, z())),
        "adjusted_wald": limits(stats::nps_adjusted_wald(&shares, n, z())),
    })
}

pub(super) fn bootstrap(form: &str, inputs: &Value, data: &Data) -> Value {
    let counts = promoters(&Value::Null, data);
    let bootstrap = stats::Bootstrap {
        replicates: u32::try_from(whole(&inputs["B"])).unwrap(),
        seed: whole(&inputs["seed"]),
    };
    let score = |c: &[u64]| Some((c[0] as f64 - c[2] as f64) / c.iter().sum::<u64>() as f64);
    json!(limits(match form {
        "percentile" => bootstrap.percentile(&counts, confidence(), score),
        "basic" => bootstrap.basic(&counts, confidence(), score),
        "BCa" => bootstrap.bca(&counts, confidence(), score),
        other => panic!("unknown bootstrap interval {other}"),
    }))
}

pub(super) fn multinomial(form: &str, data: &Data) -> Option<Value> {
    let method = match form {
        "goodman" => stats::Simultaneous::Goodman,
        "wald" => stats::Simultaneous::Wald,
        "wilson" => stats::Simultaneous::Wilson,
        _ => return None,
    };
    let [promoters, passives, detractors] = data.promoters();
    let counts = [detractors, passives, promoters];
    let n = counts.iter().sum::<u64>() as f64;
    let intervals = stats::simultaneous(method, &counts, confidence())?;
    let row = |i: usize| json!([counts[i] as f64 / n, intervals[i].low, intervals[i].high]);
    Some(json!({"detractors": row(0), "passives": row(1), "promoters": row(2)}))
}

pub(super) fn in_points(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .map(|(key, value)| {
                let is_count = ["n", "promoters", "passives", "detractors"].contains(&&**key);
                let value = if is_count { value.clone() } else { in_points(value) };
                (key.clone(), value)
            })
            .collect(),
        Value::Array(items) => items.iter().map(in_points).collect(),
        Value::Number(number) => json!(100.0 * number.as_f64().unwrap()),
        other => other.clone(),
    }
}
