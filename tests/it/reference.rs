//! Every number of the statistics room against values computed by other people's programs.
//!
//! Walks `tests/reference/<topic>`: `expected.json` holds the values with their peers, `*.csv` the
//! data, `SOURCE.md` where both come from. Each case is computed here from the data or from its
//! inputs; a case this runner does not know, and an expected key it does not compute, is a failure.
//! "exact" means a relative difference of at most 1e-9, absolute where the value is 0.

#![allow(clippy::unwrap_used, clippy::float_cmp)]

use std::fs;
use std::path::{Path, PathBuf};

use csat::stats::{self, Confidence, Interval};
use serde_json::{Value, json};

mod data;
mod design;
mod differences;
mod drawn;
mod events;
mod groups;
mod indices;
mod promoters;
mod regression;
mod reliability;
mod several;
mod simple;
mod tables;
mod waves;
mod weighting;

use data::Data;
use design::{by_group, design_proportion, kish, weighted, weighted_summary};
use promoters::{bootstrap, in_points, multinomial, nps, nps_by_kish};
use simple::{adjusted_gaps, fpc, fpc_of_data, mean, paired, proportion};

const EXACT: f64 = 1e-9;
/// Fewer cases than this would mean that a topic was not found.
const LEAST_CASES: usize = 800;

#[test]
fn every_reference_value_is_met() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    let mut failures = Vec::new();
    let mut cases = 0;
    for topic in fs::read_dir(root).unwrap() {
        let topic = topic.unwrap().path();
        assert!(topic.join("SOURCE.md").is_file(), "{topic:?} has no SOURCE.md");
        let text = fs::read_to_string(topic.join("expected.json")).unwrap();
        for case in serde_json::from_str::<Vec<Value>>(&text).unwrap() {
            cases += 1;
            check(&topic, &case, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(cases >= LEAST_CASES, "only {cases} cases were found");
}

fn check(topic: &Path, case: &Value, failures: &mut Vec<String>) {
    let id = case["id"].as_str().unwrap();
    let data = match &case["data"] {
        Value::Null => Data::default(),
        file => Data::read(&topic.join(file.as_str().unwrap())),
    };
    let Some(actual) = compute(id, &case["inputs"], &data) else {
        failures.push(format!("{id}: the runner does not know this case"));
        return;
    };
    let tolerance = match case["compare"].as_str().unwrap() {
        "exact" => None,
        "tolerance" => Some(case["tol"].as_f64().unwrap()),
        other => panic!("{id}: unknown comparison {other}"),
    };
    compare(id, &case["value"], &actual, tolerance, failures);
}

fn compare(at: &str, want: &Value, got: &Value, tol: Option<f64>, failures: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(want), Value::Object(got)) => {
            for (key, want) in want {
                let missing = Value::String("not computed".to_owned());
                let got = got.get(key).unwrap_or(&missing);
                compare(&format!("{at} {key}"), want, got, tol, failures);
            }
        }
        (Value::Array(want), Value::Array(got)) if want.len() == got.len() => {
            for (i, (want, got)) in want.iter().zip(got).enumerate() {
                compare(&format!("{at}[{i}]"), want, got, tol, failures);
            }
        }
        (Value::Number(want), Value::Number(got)) => {
            let (want, got) = (want.as_f64().unwrap(), got.as_f64().unwrap());
            let allowed = tol.unwrap_or(if want == 0.0 { EXACT } else { EXACT * want.abs() });
            if (want - got).abs() > allowed {
                failures.push(format!("{at}: {got}, expected {want}"));
            }
        }
        (want, got) => {
            if want != got {
                failures.push(format!("{at}: {got}, expected {want}"));
            }
        }
    }
}

/// All the figures there are for a case, by the names of the reference; `None` for an unknown one.
fn compute(id: &str, inputs: &Value, data: &Data) -> Option<Value> {
    let parts: Vec<&str> = id.split('.').collect();
    let of_several = differences::compute(&parts, inputs, data)
        .or_else(|| drawn::compute(&parts, inputs, data))
        .or_else(|| waves::compute(&parts, inputs))
        .or_else(|| events::compute(&parts, inputs, data))
        .or_else(|| tables::compute(&parts, inputs, data))
        .or_else(|| several::compute(&parts, inputs, data))
        .or_else(|| weighting::compute(&parts, inputs, data))
        .or_else(|| groups::compute(&parts, inputs))
        .or_else(|| regression::compute(&parts, inputs, data))
        .or_else(|| reliability::compute(&parts, inputs, data))
        .or_else(|| indices::compute(&parts, inputs, data));
    if of_several.is_some() {
        return of_several;
    }
    Some(match parts[..] {
        ["prop_ci", "fpc", ..] => fpc_of_data(inputs, data, true),
        ["mean_ci", "fpc", ..] => fpc_of_data(inputs, data, false),
        ["fpc", "prop", ..] => {
            let (k, n) = (whole(&inputs["k"]), whole(&inputs["n"]));
            fpc(&[(1.0, k), (0.0, n - k)], number(&inputs["N"]), true)
        }
        ["prop_ci", ..] | ["golden", "proportion"] => proportion(inputs, data),
        ["mean_ci" | "describe", ..] | ["golden", "mean"] => mean(inputs, data),
        ["svymean", ..] => weighted(&data.weighted(inputs, &|_| true), data.rows()),
        ["svyciprop", .., "likelihood"] | ["golden", "weighted_top2_likelihood"] => {
            design_proportion(inputs, data)["likelihood"].clone()
        }
        ["svyciprop", ..] | ["golden", "weighted_top2"] => design_proportion(inputs, data),
        ["svyby", ..] => by_group(inputs, data),
        ["nps", "w"] => weighted(&data.weighted(&json!({"var": "np"}), &|_| true), data.rows()),
        ["golden", "weighted_mean"] => weighted(&data.weighted(inputs, &|_| true), data.rows()),
        ["golden", "weighted_nps"] => {
            let all = weighted(&data.weighted(&json!({"var": "np"}), &|_| true), data.rows());
            in_points(&all)
        }
        ["golden", "weighted_nps_kish"] => in_points(&nps_by_kish(data)),
        ["weights", "summary"] | ["kish", ..] | ["golden", "kish"] => kish(inputs, data),
        ["weighted_mean", ..] => weighted_summary(inputs, data),
        ["nps", "bootstrap", form] => bootstrap(form, inputs, data),
        ["nps", "ci", ..] => {
            let all = nps(inputs, data);
            let form = id.trim_start_matches("nps.ci.").replace('.', "_");
            json!({"lower": all[&form][0], "upper": all[&form][1]})
        }
        ["nps", "score", ..] => nps(inputs, data)["iterative"].clone(),
        ["golden", "nps_score"] => in_points(&nps(inputs, data)["iterative"]),
        ["golden", "nps"] => in_points(&nps(inputs, data)),
        ["nps", _] => nps(inputs, data),
        ["multinom_ci", "nps", form] => multinomial(form, data)?,
        ["gap", "p_adjust", form] => adjusted_gaps(form, data)?,
        ["gap" | "paired" | "golden", ..] if !inputs["perceive"].is_null() || !inputs["x"].is_null() => {
            paired(&data.differences(inputs))
        }
        ["p_adjust", ..] => {
            let p: Vec<f64> = numbers(&inputs["p"]);
            json!({
                "bonferroni": stats::bonferroni(&p),
                "holm": stats::holm(&p),
                "BH": stats::benjamini_hochberg(&p),
                "fdr_bh": stats::benjamini_hochberg(&p),
                "BY": stats::benjamini_yekutieli(&p),
                "fdr_by": stats::benjamini_yekutieli(&p),
                "hochberg": stats::hochberg(&p),
                "hommel": stats::hommel(&p),
                "holm-sidak": stats::holm_sidak(&p),
            })
        }
        _ => return None,
    })
}

fn limits(interval: Option<Interval>) -> Option<[f64; 2]> {
    interval.map(|i| [i.low, i.high])
}

fn confidence() -> Confidence {
    Confidence::new(0.95).unwrap()
}

fn z() -> f64 {
    confidence().z()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn whole(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}
