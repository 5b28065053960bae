//! Cases of two groups: differences, equivalence, detectable differences.

use csat::stats::{
    self, DifferenceTest, MeanEstimate, PromoterShares, Reference, SampledMean, SampledPromoters,
    SampledShare,
};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, limits, number, numbers, z};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["prop_diff", form] => shares(inputs)[*form].clone(),
        ["two_prop" | "score_difference", ..] | ["golden", "proportion_difference", _] => shares(inputs),
        ["trend", "two_period_prop"] => {
            let (k, n) = (numbers(&inputs["k"]), numbers(&inputs["n"]));
            shares(&json!({"k": [k[1], k[0]], "n": [n[1], n[0]]}))
        }
        ["trend", "two_period"] => two_periods(inputs, data),
        ["trend", "w", "diff_last_two", _] => weighted_periods(inputs, data),
        ["svyttest", ..] => design_based_t(inputs, data),
        ["nps", "diff", "welch"] => welch(&by_segment(inputs, data, "np")),
        ["means", "welch_t"] => two_segments(inputs, data),
        ["nps", "diff", rest @ ..] => scores(rest, inputs, data),
        ["golden", "nps_difference"] => {
            let [a, b] = segments(inputs).map(|segment| promoters(data, "segment", &segment));
            let test = stats::nps_difference_adjusted(&a, &b, Reference::Normal, confidence()).unwrap();
            let plain = stats::nps_difference_wald(&a, &b, Reference::Normal, confidence()).unwrap();
            json!({
                "difference": 100.0 * plain.difference,
                "z": plain.statistic,
                "p": plain.p,
                "wald": limits(plain.interval).map(|i| i.map(|limit| 100.0 * limit)),
                "adjusted_z": test.statistic,
                "adjusted": limits(test.interval).map(|i| i.map(|limit| 100.0 * limit)),
            })
        }
        ["equivalence", ..] => equivalence(inputs),
        ["detectable", "share", _] => {
            let [a, b] = share_pair(inputs);
            json!(stats::detectable_share(&a, &b, confidence()))
        }
        ["detectable", "nps", _] => {
            let [a, b] = ["a", "b"].map(|key| listed_promoters(&inputs[key]));
            json!(stats::detectable_nps(&a, &b, confidence()))
        }
        ["detectable", "mean", ..] => {
            let [a, b] = ["x", "y"].map(|key| {
                let moments = listed(&inputs[key]);
                let variance = moments.sd.unwrap().powi(2);
                SampledMean { mean: moments.mean, variance, n: moments.n as f64 }
            });
            let scale = numbers(&inputs["scale"]);
            json!(stats::detectable_mean(&a, &b, (scale[0], scale[1]), confidence()))
        }
        _ => return None,
    })
}

fn share_pair(inputs: &Value) -> [SampledShare; 2] {
    let (k, n) = (numbers(&inputs["k"]), numbers(&inputs["n"]));
    [0, 1].map(|i| SampledShare { p: k[i] / n[i], n: n[i] })
}

fn shares(inputs: &Value) -> Value {
    let [a, b] = share_pair(inputs);
    let test = stats::pooled_share_test(&a, &b, Reference::Normal).unwrap();
    json!({
        "z": test.z,
        "p": test.p,
        "newcomb": limits(stats::newcombe(&a, &b, z(), z())),
        "wald": limits(stats::wald_difference(&a, &b, z())),
        "agresti-caffo": limits(stats::agresti_caffo(&a, &b, z())),
        "score": limits(stats::miettinen_nurminen(&a, &b, z())),
    })
}

fn welch([a, b]: &[MeanEstimate; 2]) -> Value {
    described(&stats::mean_difference(a, b, confidence()).unwrap())
}

fn described(test: &DifferenceTest) -> Value {
    json!({
        "diff": test.difference,
        "se": test.se,
        "t": test.statistic,
        "z": test.statistic,
        "df": test.df,
        "p": test.p,
        "p_z": test.p,
        "lower": test.interval.map(|i| i.low),
        "upper": test.interval.map(|i| i.high),
        "ci": limits(test.interval),
    })
}

/// Welch's t, the rank test and the sizes of the difference, all of one pair of segments.
fn two_segments(inputs: &Value, data: &Data) -> Value {
    let groups = data.groups("segment");
    let var = json!({"var": "csat_overall"});
    let counts = segments(inputs).map(|segment| data.counts_within(&var, &|row| groups[row] == segment));
    let moments = [0, 1].map(|i| stats::moments(&counts[i]).unwrap());
    let mut codes: Vec<f64> = counts.iter().flatten().map(|(x, _)| *x).collect();
    codes.sort_by(f64::total_cmp);
    codes.dedup();
    let by_code = |group: &[(f64, u64)]| -> Vec<u64> {
        codes.iter().map(|code| group.iter().find(|(x, _)| x == code).map_or(0, |(_, n)| *n)).collect()
    };
    let ranks = stats::mann_whitney(&by_code(&counts[0]), &by_code(&counts[1])).unwrap();
    let size = stats::standardised_difference(&moments[0], &moments[1]).unwrap();
    let mut figures = welch(&by_segment(inputs, data, "csat_overall"));
    let more = json!({
        "mannwhitney_W": ranks.u,
        "mannwhitney_U": ranks.u,
        "mannwhitney_p": ranks.p,
        "cohen_d": size.cohens_d,
        "hedges_g": size.hedges_g,
        "cliffs_delta": ranks.cliffs_delta(),
    });
    figures.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    figures
}

fn segments(inputs: &Value) -> [String; 2] {
    [0, 1].map(|i| inputs["segments"][i].as_str().unwrap().to_owned())
}

fn periods(inputs: &Value) -> [String; 2] {
    // Last minus previous.
    [1, 0].map(|i| inputs["periods"][i].as_str().unwrap().to_owned())
}

fn mean_of(data: &Data, var: &str, by: &str, group: &str) -> MeanEstimate {
    let groups = data.groups(by);
    let counts = data.counts_within(&json!({"var": var}), &|row| groups[row] == group);
    MeanEstimate::from_moments(&stats::moments(&counts).unwrap()).unwrap()
}

fn by_segment(inputs: &Value, data: &Data, var: &str) -> [MeanEstimate; 2] {
    segments(inputs).map(|segment| mean_of(data, var, "segment", &segment))
}

fn promoters(data: &Data, by: &str, group: &str) -> SampledPromoters {
    let groups = data.groups(by);
    let counts = data.counts_within(&json!({"var": "np"}), &|row| groups[row] == group);
    let of = |value: f64| counts.iter().find(|(x, _)| *x == value).map_or(0, |(_, count)| *count) as f64;
    sampled([of(1.0), of(0.0), of(-1.0)])
}

fn listed_promoters(totals: &Value) -> SampledPromoters {
    let totals = numbers(totals);
    sampled([totals[0], totals[1], totals[2]])
}

fn sampled([promoters, passives, detractors]: [f64; 3]) -> SampledPromoters {
    let shares = PromoterShares::from_totals(promoters, passives, detractors).unwrap();
    SampledPromoters { shares, n: promoters + passives + detractors }
}

/// The peer reports the absolute difference of two scores, adjusted ones for the adjusted interval.
fn scores(form: &[&str], inputs: &Value, data: &Data) -> Value {
    let normal = Reference::Normal;
    if !inputs["a"].is_null() {
        let [a, b] = ["a", "b"].map(|key| listed_promoters(&inputs[key]));
        return described(&stats::nps_difference_wald(&a, &b, normal, confidence()).unwrap());
    }
    let groups = segments(inputs).map(|segment| promoters(data, "segment", &segment));
    let value = |group: &SampledPromoters| stats::nps_value(&group.shares);
    let (one, other) = (value(&groups[0]), value(&groups[1]));
    let [a, b] = if one > other { [&groups[0], &groups[1]] } else { [&groups[1], &groups[0]] };
    let adjusted = form.contains(&"adjusted");
    let test = if adjusted { stats::nps_difference_adjusted } else { stats::nps_difference_wald };
    let test = test(a, b, normal, confidence()).unwrap();
    let mut figures = described(&test);
    figures["nps1"] = json!(one);
    figures["nps2"] = json!(other);
    let between = if adjusted { test.statistic.unwrap() * test.se } else { test.difference };
    figures["abs_diff"] = json!(between);
    figures
}

fn two_periods(inputs: &Value, data: &Data) -> Value {
    let [last, previous] = periods(inputs);
    let share = |period: &str| {
        let mean = mean_of(data, "t2b", "quarter", period);
        SampledShare { p: mean.mean, n: mean.df + 1.0 }
    };
    let (a, b) = (share(&last), share(&previous));
    let mean = |period: &str| mean_of(data, "csat_overall", "quarter", period);
    let means = stats::mean_difference(&mean(&last), &mean(&previous), confidence()).unwrap();
    let [x, y] = [&last, &previous].map(|period| promoters(data, "quarter", period));
    let score = stats::nps_difference_wald(&x, &y, Reference::Normal, confidence()).unwrap();
    assert!(score.difference > 0.0, "the peer's difference is absolute");
    json!({
        "prop_diff": a.p - b.p,
        "prop_p": stats::pooled_share_test(&a, &b, Reference::Normal).unwrap().p,
        "mean_diff": means.difference,
        "mean_lower": means.interval.map(|i| i.low),
        "mean_upper": means.interval.map(|i| i.high),
        "mean_p": means.p,
        "nps_absdiff": score.difference,
        "nps_lower": score.interval.map(|i| i.low),
        "nps_upper": score.interval.map(|i| i.high),
        "nps_p": score.p,
    })
}

/// Weighted estimates of two groups of rows and the standard error of their difference: domains
/// that share no row are uncorrelated in a design without clusters.
fn weighted_difference(
    inputs: &Value,
    data: &Data,
    design_n: usize,
    within: [&dyn Fn(usize) -> bool; 2],
) -> (f64, f64) {
    let [a, b] =
        within.map(|within| stats::linearised_mean(&data.weighted(inputs, within), design_n as u64).unwrap());
    (a.mean - b.mean, (a.variance + b.variance).sqrt())
}

fn weighted_periods(inputs: &Value, data: &Data) -> Value {
    let (groups, [last, previous]) = (data.groups("quarter"), periods(inputs));
    let within: [&dyn Fn(usize) -> bool; 2] = [&|row| groups[row] == last, &|row| groups[row] == previous];
    let (difference, se) = weighted_difference(inputs, data, data.rows(), within);
    described(&stats::difference_test(difference, se, Reference::Normal, confidence()).unwrap())
}

/// A regression on membership: the design's own degrees of freedom, answering rows less two.
fn design_based_t(inputs: &Value, data: &Data) -> Value {
    let groups = data.groups("segment");
    let member = inputs["group"].as_str().unwrap().trim_start_matches("segment == ");
    let within: [&dyn Fn(usize) -> bool; 2] =
        [&|row| groups[row] == member, &|row| groups[row] != member && !groups[row].is_empty()];
    let both = data.weighted(inputs, &|row| !groups[row].is_empty());
    let answers: u64 = both.iter().map(|point| point.n).sum();
    let (difference, se) = weighted_difference(inputs, data, data.rows(), within);
    let reference = Reference::StudentT((answers - 2) as f64);
    described(&stats::difference_test(difference, se, reference, confidence()).unwrap())
}

fn listed(answers: &Value) -> stats::Moments {
    let counts: Vec<(f64, u64)> = numbers(answers).into_iter().map(|x| (x, 1)).collect();
    stats::moments(&counts).unwrap()
}

fn equivalence(inputs: &Value) -> Value {
    let (difference, se, reference) = if inputs["x"].is_null() {
        (number(&inputs["difference"]), number(&inputs["se"]), Reference::Normal)
    } else {
        let [a, b] = ["x", "y"].map(|key| MeanEstimate::from_moments(&listed(&inputs[key])).unwrap());
        let test = stats::mean_difference(&a, &b, confidence()).unwrap();
        (test.difference, test.se, Reference::StudentT(test.df.unwrap()))
    };
    let margin = number(&inputs["margin"]);
    let test = stats::equivalence(difference, se, reference, margin, confidence()).unwrap();
    json!({
        "p": test.p,
        "p_lower": test.p_above_lower,
        "p_upper": test.p_below_upper,
        "ci": [test.interval.low, test.interval.high],
    })
}
