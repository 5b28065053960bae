//! Every number of the statistics room against values computed by other people's programs.
//!
//! Walks `tests/reference/<topic>`: `expected.json` holds the values with their peers, `*.csv` the
//! data, `SOURCE.md` where both come from. Each case is computed here from the data or from its
//! inputs; a case this runner does not know, and an expected key it does not compute, is a failure.
//! "exact" means a relative difference of at most 1e-9, absolute where the value is 0.

#![allow(clippy::unwrap_used, clippy::float_cmp)]

use std::fs;
use std::path::{Path, PathBuf};

use csat::stats::{self, Confidence, Interval, PromoterShares, WeightedPoint};
use serde_json::{Map, Value, json};

mod data;

use data::Data;

const EXACT: f64 = 1e-9;
/// Fewer cases than this would mean that a topic was not found.
const LEAST_CASES: usize = 280;

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
        ["nps", "unweighted"] | ["nps", _] => nps(inputs, data),
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
                "fdr_bh": stats::benjamini_hochberg(&p),
            })
        }
        _ => return None,
    })
}

fn proportion(inputs: &Value, data: &Data) -> Value {
    let (k, n) = match inputs["k"].as_u64() {
        Some(k) => (k, whole(&inputs["n"])),
        None => {
            let points = data.indicator(inputs);
            (points[0].1, points[0].1 + points[1].1)
        }
    };
    let confidence = Confidence::new(inputs["confidence"].as_f64().unwrap_or(0.95)).unwrap();
    let (successes, size, z) = (k as f64, n as f64, confidence.z());
    let p = successes / size;
    // statsmodels clips these two to the scale; our limits are raw.
    let clipped = |interval: Option<Interval>| {
        interval.map(|i| [i.low.clamp(0.0, 1.0), i.high.clamp(0.0, 1.0)])
    };
    json!({
        "k": k,
        "n": n,
        "p": p,
        "wald": clipped(stats::wald(p, size, z)),
        "agresti_coull": clipped(stats::agresti_coull(p, size, z)),
        "wilson": limits(stats::wilson(p, size, z)),
        "wilson_cc": limits(stats::wilson_continuity(successes, size, z)),
        "clopper_pearson": limits(stats::clopper_pearson(successes, size, confidence)),
        "jeffreys": limits(stats::jeffreys(successes, size, confidence)),
    })
}

fn fpc_of_data(inputs: &Value, data: &Data, is_share: bool) -> Value {
    let counts = if is_share {
        data.indicator(&json!({"var": inputs["var"], "top": [4, 5]}))
    } else {
        data.counts(inputs)
    };
    fpc(&counts, number(&inputs["N"]), is_share)
}

fn fpc(counts: &[(f64, u64)], population: f64, is_share: bool) -> Value {
    let moments = stats::moments(counts).unwrap();
    let n = moments.n as f64;
    let variance = moments.se.unwrap().powi(2);
    let se = stats::corrected_variance(variance, n, population).unwrap().sqrt();
    let critical = if is_share { z() } else { confidence().t(n - 1.0).unwrap() };
    let interval = Interval::around(moments.mean, critical * se).unwrap();
    json!({
        "n": moments.n,
        "p": moments.mean,
        "estimate": moments.mean,
        "se": se,
        "lower": interval.low,
        "upper": interval.high,
        "ci": [interval.low, interval.high],
    })
}

fn mean(inputs: &Value, data: &Data) -> Value {
    let counts = data.counts(inputs);
    let moments = stats::moments(&counts).unwrap();
    let shape = stats::shape(&counts);
    let df = (moments.n - 1) as f64;
    let t = moments.se.and_then(|se| stats::t_interval(moments.mean, se, df, confidence()));
    let normal = moments.se.and_then(|se| Interval::around(moments.mean, z() * se));
    let quantile = |p| stats::quantile_type7(&counts, p);
    let by_value: Map<String, Value> = counts
        .iter()
        .map(|(value, count)| (value.to_string(), json!(count)))
        .collect();
    json!({
        "n": moments.n,
        "missing": data.rows() as u64 - moments.n.min(data.rows() as u64),
        "mean": moments.mean,
        "sd": moments.sd,
        "se": moments.se,
        "lower": t.map(|t| t.low),
        "upper": t.map(|t| t.high),
        "ci": limits(t),
        "ci95": limits(t),
        "ci_z": limits(normal),
        "median": stats::median(&counts),
        "q25": quantile(0.25),
        "q75": quantile(0.75),
        "p10": quantile(0.1),
        "p90": quantile(0.9),
        "skew_g1": shape.map(|s| s.skewness_g1),
        "skew_G1": shape.and_then(|s| s.skewness_sample),
        "kurt_G2": shape.and_then(|s| s.kurtosis_sample),
        "counts": by_value,
    })
}

fn weighted(points: &[WeightedPoint], design_n: usize) -> Value {
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

fn design_proportion(inputs: &Value, data: &Data) -> Value {
    let top = json!({"var": inputs["var"], "top": [4, 5]});
    let points = data.weighted(&top, &|_| true);
    let share = stats::linearised_mean(&points, data.rows() as u64).unwrap();
    let df = (data.rows() - 1) as f64;
    let t = confidence().t(df).unwrap();
    let (p, se) = (share.mean, share.se);
    let normal = Interval::around(p, z() * se).unwrap();
    let effective = stats::effective_n(p, share.n, share.variance, share.kish_n);
    let exact =
        stats::korn_graubard(p, data.rows() as u64, share.variance, df, confidence());
    json!({
        "estimate": p,
        "se": se,
        "lower": normal.low,
        "upper": normal.high,
        "logit": limits(stats::logit(p, se, t)),
        "xlogit": limits(stats::logit(p, se, t)),
        "asin": limits(stats::asin(p, se, t)),
        "likelihood": limits(stats::likelihood(p, se, t)),
        "beta": limits(exact),
        "mean": limits(Interval::around(p, t * se)),
        "wilson": limits(stats::wilson(p, effective, t)),
    })
}

fn by_group(inputs: &Value, data: &Data) -> Value {
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

fn kish(inputs: &Value, data: &Data) -> Value {
    let weights = if inputs["w"].is_null() {
        data.column("weight").iter().map(|w| w.parse().unwrap()).collect()
    } else {
        numbers(&inputs["w"])
    };
    let (sum, squares) = (
        weights.iter().sum::<f64>(),
        weights.iter().map(|w| w * w).sum::<f64>(),
    );
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

fn weighted_summary(inputs: &Value, data: &Data) -> Value {
    let rows = data.rows() as u64;
    let mean = stats::linearised_mean(&data.weighted(inputs, &|_| true), rows).unwrap();
    json!({
        "mean": mean.mean,
        "sum_w": mean.sum_w,
        "n_eff": mean.kish_n,
        "top2": design_proportion(inputs, data)["estimate"],
    })
}

fn promoters(inputs: &Value, data: &Data) -> [u64; 3] {
    if inputs["promoters"].is_null() {
        data.promoters()
    } else {
        ["promoters", "passives", "detractors"].map(|group| whole(&inputs[group]))
    }
}

fn nps(inputs: &Value, data: &Data) -> Value {
    let [promoters, passives, detractors] = promoters(inputs, data);
    let n = (promoters + passives + detractors) as f64;
    let shares =
        PromoterShares::from_totals(promoters as f64, passives as f64, detractors as f64).unwrap();
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

fn nps_by_kish(data: &Data) -> Value {
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

fn bootstrap(form: &str, inputs: &Value, data: &Data) -> Value {
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

fn multinomial(form: &str, data: &Data) -> Option<Value> {
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

fn paired(differences: &[(f64, u64)]) -> Value {
    let t = stats::paired_t(differences).unwrap();
    let interval = t
        .t
        .and(t.se)
        .and_then(|se| stats::t_interval(t.mean, se, t.df, confidence()));
    let ranks = stats::wilcoxon_signed_rank(differences);
    let (plus, minus) = ranks.map_or((0.0, 0.0), |r| (r.v, r.v_negative));
    let corrected = ranks.map(|r| r.p_normal);
    let plain = ranks.map(|r| r.p_normal_uncorrected);
    json!({
        "n": t.n, "gap": t.mean, "mean_diff": t.mean, "sd": t.sd, "se": t.se,
        "t": t.t, "df": t.df, "p": t.p, "dz": t.dz, "ci": limits(interval),
        "lower": interval.map(|i| i.low), "upper": interval.map(|i| i.high),
        "V": plus, "wilcoxon_V": plus, "T_plus": plus, "T_minus": minus,
        "wilcoxon_min": plus.min(minus),
        "n_nonzero": ranks.map_or(0, |r| r.n_nonzero),
        "p_exact": ranks.filter(|r| r.p_kind == stats::PKind::Exact).map(|r| r.p),
        "p_normal_cc": corrected, "p_wilcox_cc": corrected, "wilcoxon_p_normal_cc": corrected,
        "p_normal": plain, "p_wilcox": plain, "wilcoxon_p_normal": plain,
        "matched_rank_biserial": (plus - minus) / (plus + minus),
    })
}

fn adjusted_gaps(form: &str, data: &Data) -> Option<Value> {
    let dimensions = ["tan", "rel", "res", "ass", "emp"];
    let p = dimensions.map(|dimension| {
        let pair = json!({
            "perceive": format!("per_{dimension}"),
            "expect": format!("exp_{dimension}"),
        });
        stats::paired_t(&data.differences(&pair)).unwrap().p.unwrap()
    });
    let adjusted = match form {
        "holm" => stats::holm(&p),
        "BH" | "fdr_bh" => stats::benjamini_hochberg(&p),
        "bonferroni" => stats::bonferroni(&p),
        _ => return None,
    };
    Some(json!(adjusted.unwrap()))
}

fn in_points(value: &Value) -> Value {
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
