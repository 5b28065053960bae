//! Cases of times, counts and rates.

use csat::stats::{
    self, CasesAt, Confidence, ControlChart, Estimated, EventRate, KaplanMeier, OpenInterval, SurvivalLimits,
};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, number, numbers, whole};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["km", "logrank_segment"] => log_rank(data),
        ["km", .., form] => curve(form, inputs, data)?,
        ["percentile_ci", p @ ..] => percentile(p.join(".").parse().unwrap(), data),
        ["rate_ci", ..] => {
            let found = stats::garwood(whole(&inputs["events"]), level(inputs)).unwrap();
            json!({ "lower": found.low, "upper": found.high })
        }
        ["rate_ratio", ..] => {
            let [first, second] = rates(inputs)[..] else { return None };
            let found = first.over(second, confidence()).unwrap();
            let mut figures = open(found.limits);
            figures["ratio"] = json!(found.ratio);
            figures["p"] = json!(found.p);
            figures
        }
        ["rate_homogeneity", ..] => {
            let test = stats::rate_homogeneity(&rates(inputs)).unwrap();
            json!({ "chisq": test.statistic, "df": test.df, "p": test.p })
        }
        ["funnel", ..] => {
            let found =
                stats::funnel_limits(number(&inputs["p"]), whole(&inputs["n"]), level(inputs)).unwrap();
            json!({ "lower": found.low, "upper": found.high })
        }
        ["spc", form @ ("u_chart" | "laney_u"), ..] => chart_of_rates(form, &rates(inputs)),
        ["ratio", form, ..] => ratio(form, inputs),
        ["lag", ..] => lagged(inputs)?,
        ["gini", ..] => json!({ "gini": stats::concentration(&numbers(&inputs["x"])).unwrap().gini }),
        _ => return None,
    })
}

fn level(inputs: &Value) -> Confidence {
    Confidence::new(number(&inputs["confidence"])).unwrap()
}

fn open(limits: OpenInterval) -> Value {
    json!({ "lower": limits.low, "upper": limits.high })
}

fn case_at(time: f64, ended: bool) -> CasesAt {
    CasesAt { time, ended: u64::from(ended), open: u64::from(!ended) }
}

/// Complaints of the data with their segments.
fn complaints(data: &Data) -> Vec<(String, CasesAt)> {
    let resolved = data.numbers("resolved");
    let cases = data.numbers("days").into_iter().zip(resolved);
    let cases = cases.map(|(days, resolved)| case_at(days.unwrap(), resolved.unwrap() > 0.0));
    data.groups("segment").into_iter().zip(cases).collect()
}

fn curve(form: &str, inputs: &Value, data: &Data) -> Option<Value> {
    let form = match form {
        "plain" => SurvivalLimits::Plain,
        "log" => SurvivalLimits::Log,
        "log-log" | "loglog" => SurvivalLimits::LogLog,
        _ => return None,
    };
    if inputs["time"].is_array() {
        let events = numbers(&inputs["event"]);
        let cases = numbers(&inputs["time"]).into_iter().zip(events);
        let curve =
            KaplanMeier::new(cases.map(|(time, event)| case_at(time, event > 0.0)).collect()).unwrap();
        let mut figures = open(curve.quantile_limits(0.5, form, confidence()).unwrap());
        figures["median"] = json!(curve.quantile(0.5));
        let of = |figure: fn(&stats::SurvivalPoint) -> Option<f64>| {
            json!(curve.points().iter().map(figure).collect::<Vec<_>>())
        };
        figures["times"] = of(|point| Some(point.time));
        figures["S"] = of(|point| Some(point.survival.share));
        figures["se"] = of(|point| point.survival.se());
        return Some(figures);
    }
    let curve = KaplanMeier::new(complaints(data).into_iter().map(|(_, case)| case).collect()).unwrap();
    let quantiles = [0.25, 0.5, 0.75].map(|p| curve.quantile(p));
    let limits = [0.25, 0.5, 0.75].map(|p| curve.quantile_limits(p, form, confidence()).unwrap());
    let week = curve.longer_than(7.0).unwrap();
    let week_limits = week.interval(form, confidence()).unwrap();
    Some(json!({
        "n": curve.n(),
        "events": curve.ended(),
        "q25": quantiles[0],
        "p25": quantiles[0],
        "median": quantiles[1],
        "median_ci": [limits[1].low, limits[1].high],
        "q75": quantiles[2],
        "p75": quantiles[2],
        "lower": limits.map(|limits| limits.low),
        "upper": limits.map(|limits| limits.high),
        "S7": week.share,
        "S7_se": week.se(),
        "S7_lower": week_limits.low,
        "S7_upper": week_limits.high,
        "S7_ci": [week_limits.low, week_limits.high],
    }))
}

fn log_rank(data: &Data) -> Value {
    let complaints = complaints(data);
    let mut segments: Vec<&String> = complaints.iter().map(|(segment, _)| segment).collect();
    segments.sort();
    segments.dedup();
    let of = |segment: &&String| {
        let own = complaints.iter().filter(|(other, _)| other == *segment);
        own.map(|(_, case)| *case).collect()
    };
    let groups: Vec<Vec<CasesAt>> = segments.iter().map(of).collect();
    let test = stats::log_rank(&groups).unwrap().test;
    json!({ "chisq": test.statistic, "df": test.df, "p": test.p })
}

fn percentile(p: f64, data: &Data) -> Value {
    let days: Vec<(f64, u64)> =
        complaints(data).into_iter().map(|(_, case)| (case.time, case.ended)).collect();
    let found = stats::percentile(&days, p, confidence()).unwrap();
    let mut figures = open(found.limits);
    figures["n"] = json!(found.n);
    figures["percentile"] = json!(found.value);
    figures
}

fn rates(inputs: &Value) -> Vec<EventRate> {
    let events = inputs["events"].as_array().unwrap().iter().map(whole);
    let exposures = numbers(&inputs["exposure"]);
    events.zip(exposures).map(|(events, exposure)| EventRate { events, exposure }).collect()
}

fn chart_of_rates(form: &str, rates: &[EventRate]) -> Value {
    let baseline = vec![true; rates.len()];
    let figures = |chart: &ControlChart| {
        let limits: Vec<_> = chart.points.iter().map(|point| point.limits.unwrap()).collect();
        json!({
            "center": chart.centre,
            "lcl": limits.iter().map(|limits| limits.low).collect::<Vec<_>>(),
            "ucl": limits.iter().map(|limits| limits.high).collect::<Vec<_>>(),
        })
    };
    if form == "laney_u" {
        let laney = stats::laney_u_chart(rates, &baseline).unwrap();
        let mut figures = figures(&laney.chart);
        figures["sigma_z"] = json!(laney.sigma_z);
        return figures;
    }
    let mut figures = figures(&stats::u_chart(rates, &baseline).unwrap());
    let dispersion = stats::u_dispersion(rates, &baseline).unwrap();
    figures["chi_square"] = json!(dispersion.chi_square);
    figures["p"] = json!(dispersion.p);
    figures
}

fn ratio(form: &str, inputs: &Value) -> Value {
    let k: Vec<u64> = inputs["k"].as_array().unwrap().iter().map(whole).collect();
    let share = |k: u64, n: f64| {
        let p = k as f64 / n;
        Estimated { value: p, se: Some((p * (1.0 - p) / n).sqrt()) }
    };
    let estimates: Vec<Estimated> = match form {
        "counts" => k.into_iter().map(Estimated::events).collect(),
        "counts over shares" => vec![Estimated::events(k[0]), share(k[1], number(&inputs["n"][1]))],
        _ => k.into_iter().zip(numbers(&inputs["n"])).map(|(k, n)| share(k, n)).collect(),
    };
    let found = estimates[0].over(estimates[1], confidence());
    let limits = found.limits.unwrap();
    json!({ "ratio": found.value, "lower": limits.low, "upper": limits.high })
}

fn lagged(inputs: &Value) -> Option<Value> {
    let series = |key: &str| {
        let levels: Vec<Option<f64>> = numbers(&inputs[key]).into_iter().map(Some).collect();
        if inputs["differences"].as_bool().unwrap() { stats::first_differences(&levels) } else { levels }
    };
    let found = stats::lagged_correlations(&series("x"), &series("y"), 3, confidence());
    let one = found.into_iter().find(|one| Some(one.lag) == inputs["lag"].as_i64())?;
    let (pearson, spearman) = (one.pearson?, one.spearman?);
    Some(json!({
        "n": one.n,
        "pearson": pearson.r,
        "pearson_p": pearson.p,
        "lower": pearson.interval?.low,
        "upper": pearson.interval?.high,
        "spearman": spearman.r,
        "spearman_p": spearman.p,
    }))
}
