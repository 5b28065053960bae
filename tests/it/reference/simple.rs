//! Cases of simple random samples: shares, means, paired differences.

use csat::stats::{self, Confidence, Interval};
use serde_json::{Map, Value, json};

use super::data::Data;
use super::{confidence, limits, number, whole, z};

pub(super) fn proportion(inputs: &Value, data: &Data) -> Value {
    let (k, n) = if let Some(k) = inputs["k"].as_u64() {
        (k, whole(&inputs["n"]))
    } else {
        let points = data.indicator(inputs);
        (points[0].1, points[0].1 + points[1].1)
    };
    let confidence = Confidence::new(inputs["confidence"].as_f64().unwrap_or(0.95)).unwrap();
    let (successes, size, z) = (k as f64, n as f64, confidence.z());
    let p = successes / size;
    // statsmodels clips these two to the scale; our limits are raw.
    let clipped =
        |interval: Option<Interval>| interval.map(|i| [i.low.clamp(0.0, 1.0), i.high.clamp(0.0, 1.0)]);
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

pub(super) fn fpc_of_data(inputs: &Value, data: &Data, is_share: bool) -> Value {
    let counts = if is_share {
        data.indicator(&json!({"var": inputs["var"], "top": [4, 5]})).to_vec()
    } else {
        data.counts(inputs)
    };
    fpc(&counts, number(&inputs["N"]), is_share)
}

pub(super) fn fpc(counts: &[(f64, u64)], population: f64, is_share: bool) -> Value {
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

pub(super) fn mean(inputs: &Value, data: &Data) -> Value {
    let counts = data.counts(inputs);
    let moments = stats::moments(&counts).unwrap();
    let shape = stats::shape(&counts);
    let df = (moments.n - 1) as f64;
    let t = moments.se.and_then(|se| stats::t_interval(moments.mean, se, df, confidence()));
    let normal = moments.se.and_then(|se| Interval::around(moments.mean, z() * se));
    let quantile = |p| stats::quantile_type7(&counts, p);
    let by_value: Map<String, Value> =
        counts.iter().map(|(value, count)| (value.to_string(), json!(count))).collect();
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

pub(super) fn paired(differences: &[(f64, u64)]) -> Value {
    let t = stats::paired_t(differences).unwrap();
    let interval = t.t.and(t.se).and_then(|se| stats::t_interval(t.mean, se, t.df, confidence()));
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

pub(super) fn adjusted_gaps(form: &str, data: &Data) -> Option<Value> {
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
        "BY" | "fdr_by" => stats::benjamini_yekutieli(&p),
        "hommel" => stats::hommel(&p),
        "holm-sidak" => stats::holm_sidak(&p),
        _ => return None,
    };
    Some(json!(adjusted.unwrap()))
}
