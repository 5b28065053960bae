//! Cases of a series of waves: trend and control charts.

use csat::stats::{self, ControlChart, Interval, RunRule, SampledShare};
use serde_json::{Value, json};

use super::{confidence, limits, numbers};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value) -> Option<Value> {
    Some(match parts {
        ["mann_kendall", ..] | ["trend", "mann_kendall"] => trend(&numbers(&inputs["x"])),
        ["spc", "p" | "p_chart", ..] => p_chart(&shares(inputs)),
        ["spc", "laney_p"] => {
            let shares = shares(inputs);
            let laney = stats::laney_p_chart(&shares, &all(shares.len())).unwrap();
            let mut figures = chart(&laney.chart, |limits| limits);
            figures["sigma_z"] = json!(laney.sigma_z);
            figures
        }
        ["spc", "xmr" | "cusum" | "ewma", ..] => individuals(parts[1], &numbers(&inputs["x"])),
        ["dispersion", ..] => {
            let shares = shares(inputs);
            let test = stats::p_dispersion(&shares, &all(shares.len())).unwrap();
            json!({ "chi_square": test.chi_square, "df": test.df, "p": test.p })
        }
        _ => return None,
    })
}

fn all(waves: usize) -> Vec<bool> {
    vec![true; waves]
}

fn shares(inputs: &Value) -> Vec<SampledShare> {
    let (k, n) = (numbers(&inputs["k"]), numbers(&inputs["n"]));
    k.iter().zip(n).map(|(k, n)| SampledShare { p: k / n, n }).collect()
}

fn trend(values: &[f64]) -> Value {
    let test = stats::mann_kendall(values, confidence()).unwrap();
    json!({
        "S": test.s,
        "varS": test.variance,
        "tau": test.tau_a,
        "tau_b": test.tau_b,
        "z": test.z,
        "p": test.p,
        "sen": test.slope,
        "sen_slope": test.slope,
        "sen_ci": limits(test.slope_interval),
        "sen_lower": test.slope_interval.map(|i| i.low),
        "sen_upper": test.slope_interval.map(|i| i.high),
    })
}

fn chart(chart: &ControlChart, printed: fn(Interval) -> Interval) -> Value {
    let limits: Vec<Interval> = chart.points.iter().map(|point| printed(point.limits.unwrap())).collect();
    json!({
        "center": chart.centre,
        "lcl": limits.iter().map(|i| i.low).collect::<Vec<_>>(),
        "ucl": limits.iter().map(|i| i.high).collect::<Vec<_>>(),
    })
}

/// qcc clips the limits to the scale; ours are raw.
fn p_chart(shares: &[SampledShare]) -> Value {
    let p = stats::p_chart(shares, &all(shares.len())).unwrap();
    let clipped = |i: Interval| Interval { low: i.low.max(0.0), high: i.high.min(1.0) };
    let mut figures = chart(&p, clipped);
    let signals = stats::run_rules(&p);
    let beyond: Vec<usize> =
        (0..signals.len()).filter(|wave| signals[*wave].contains(&RunRule::BeyondLimits)).collect();
    figures["beyond"] = json!(beyond.iter().map(|wave| wave + 1).collect::<Vec<_>>());
    figures
}

fn individuals(form: &str, values: &[f64]) -> Value {
    let xmr = stats::xmr_chart(values, &all(values.len())).unwrap();
    let (centre, point) = (xmr.chart.centre, xmr.chart.points[0]);
    let interval = point.limits.unwrap();
    let sums = stats::cusum(values, centre, point.sigma, 1.0).unwrap();
    let (above, below): (Vec<f64>, Vec<f64>) = sums.iter().map(|sum| (sum.above, sum.below)).unzip();
    let averages = stats::ewma(values, centre, point.sigma, 0.2).unwrap();
    let y: Vec<f64> = averages.iter().map(|average| average.value).collect();
    let low: Vec<f64> = averages.iter().map(|average| average.limits.low).collect();
    let high: Vec<f64> = averages.iter().map(|average| average.limits.high).collect();
    let plain = form == "xmr";
    json!({
        "center": centre,
        "sd": point.sigma,
        "mr_bar": xmr.mean_range,
        "mr_ucl_3267": xmr.range_limit,
        "ucl_d2_1128": interval.high,
        "lcl": if plain { json!(interval.low) } else { json!(low) },
        "ucl": if plain { json!(interval.high) } else { json!(high) },
        "pos": above,
        "neg": below,
        "cusum_pos": above,
        "cusum_neg": below,
        "y": y,
        "ewma": y,
        "ewma_ucl": high,
    })
}
