//! Cases of scales of several items, and of two ratings of the same cases.

use csat::stats::{Agreement, Alpha, ItemScale, KappaWeights, OneFactor, SplitHalf};
use serde_json::{Map, Value, json};

use super::data::Data;
use super::{confidence, limits, numbers};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["reliability", form] => {
            let (names, columns) = complete(inputs["items"].as_array().unwrap(), data);
            of_scale(form, &names, &columns)?
        }
        ["alpha", _] => {
            let rows: Vec<Vec<f64>> = inputs["x"].as_array().unwrap().iter().map(numbers).collect();
            let columns: Vec<Vec<f64>> =
                (0..rows[0].len()).map(|item| rows.iter().map(|row| row[item]).collect()).collect();
            let alpha = Alpha::of(&ItemScale::new(&columns, None).unwrap()).unwrap();
            json!({
                "alpha": alpha.alpha,
                "feldt95": limits(alpha.interval(confidence())),
                "item_rest": alpha.items.iter().map(|item| item.item_rest).collect::<Vec<_>>(),
                "alpha_if_dropped": alpha.items.iter().map(|item| item.alpha_if_dropped).collect::<Vec<_>>(),
            })
        }
        ["agreement", "retest"] => retest(&table(inputs, data)),
        ["agreement", "errors"] => errors(&table(inputs, data)),
        ["agreement", "codes"] => {
            let table = codes(data);
            let agreement = Agreement::new(&table).unwrap();
            json!({
                "n_ab": count(&table),
                "cohen_kappa_ab": kappa(&agreement, KappaWeights::Exact),
                "percent_agreement_ab": agreement.share(),
            })
        }
        ["kappa", _] => {
            let table = square(&numbers(&inputs["a"]), &numbers(&inputs["b"]));
            let agreement = Agreement::new(&table).unwrap();
            json!({
                "none": kappa(&agreement, KappaWeights::Exact),
                "linear": kappa(&agreement, KappaWeights::Linear),
                "quadratic": kappa(&agreement, KappaWeights::Quadratic),
            })
        }
        _ => return None,
    })
}

/// The items' names, and their values in the rows that have all of them.
fn complete(names: &[Value], data: &Data) -> (Vec<String>, Vec<Vec<f64>>) {
    let columns: Vec<Vec<Option<f64>>> =
        names.iter().map(|name| data.values(&json!({"var": name}))).collect();
    let rows: Vec<usize> =
        (0..data.rows()).filter(|row| columns.iter().all(|column| column[*row].is_some())).collect();
    let kept = |column: &Vec<Option<f64>>| rows.iter().filter_map(|row| column[*row]).collect();
    (names.iter().map(|name| name.as_str().unwrap().to_owned()).collect(), columns.iter().map(kept).collect())
}

fn of_scale(form: &str, names: &[String], columns: &[Vec<f64>]) -> Option<Value> {
    let scale = ItemScale::new(columns, None).unwrap();
    Some(match form {
        "alpha" => {
            let alpha = Alpha::of(&scale).unwrap();
            let feldt = limits(alpha.interval(confidence())).unwrap();
            json!({
                "n": scale.rows, "k": scale.items(), "alpha": alpha.alpha, "std_alpha": alpha.standardised,
                "mean_r": alpha.mean_correlation, "feldt_lower": feldt[0], "feldt_upper": feldt[1],
                "feldt": feldt, "alpha_ci_psychometric": feldt,
            })
        }
        "items" => {
            let alpha = Alpha::of(&scale).unwrap();
            let item = |(name, item): (&String, &csat::stats::AlphaItem)| {
                let of = json!({
                    "alpha_if_dropped": item.alpha_if_dropped,
                    "std_alpha_if_dropped": item.standardised_if_dropped,
                    "item_rest_r": item.item_rest,
                });
                (name.clone(), of)
            };
            Value::Object(names.iter().zip(&alpha.items).map(item).collect::<Map<_, _>>())
        }
        "omega" | "omega_ml" => {
            let factor = OneFactor::of(&scale).unwrap();
            json!({
                "omega_tot_ml1": factor.omega(), "omega_total": factor.omega(),
                "loadings_ml1": factor.loadings, "loadings": factor.loadings,
            })
        }
        "split_half" => {
            let halves = SplitHalf::of(&scale).unwrap();
            json!({
                "r": halves.r, "spearman_brown": halves.spearman_brown,
                "guttman_lambda4_odd_even": halves.guttman,
            })
        }
        _ => return None,
    })
}

fn table(inputs: &Value, data: &Data) -> Vec<Vec<f64>> {
    let (_, columns) = complete(inputs["cols"].as_array().unwrap(), data);
    square(&columns[0], &columns[1])
}

fn square(first: &[f64], second: &[f64]) -> Vec<Vec<f64>> {
    let mut table = vec![vec![0.0; 5]; 5];
    for (a, b) in first.iter().zip(second) {
        table[place(*a)][place(*b)] += 1.0;
    }
    table
}

/// The codes of two people, where both gave one.
fn codes(data: &Data) -> Vec<Vec<f64>> {
    let pairs: Vec<(String, String)> = data
        .groups("code_a")
        .into_iter()
        .zip(data.groups("code_b"))
        .filter(|(a, b)| !a.is_empty() && !b.is_empty())
        .collect();
    let mut names: Vec<&String> = pairs.iter().flat_map(|(a, b)| [a, b]).collect();
    names.sort();
    names.dedup();
    let place = |code: &String| names.iter().position(|name| *name == code).unwrap();
    let mut table = vec![vec![0.0; names.len()]; names.len()];
    for (a, b) in &pairs {
        table[place(a)][place(b)] += 1.0;
    }
    table
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "points from 1 to 5")]
fn place(point: f64) -> usize {
    point as usize - 1
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of pairs")]
fn count(table: &[Vec<f64>]) -> u64 {
    table.iter().flatten().sum::<f64>() as u64
}

fn kappa(agreement: &Agreement<'_>, weights: KappaWeights) -> Option<f64> {
    agreement.kappa(weights).map(|found| found.kappa)
}

fn retest(table: &[Vec<f64>]) -> Value {
    let agreement = Agreement::new(table).unwrap();
    let quadratic = agreement.kappa(KappaWeights::Quadratic).unwrap();
    let icc = agreement.intraclass().unwrap();
    let interval = icc.interval(confidence()).unwrap();
    json!({
        "n": count(table),
        "qwk": quadratic.kappa,
        "qwk_z": quadratic.kappa / quadratic.null_error,
        "linear_kappa": kappa(&agreement, KappaWeights::Linear),
        "icc_a1": icc.icc,
        "icc_lower": interval.low,
        "icc_upper": interval.high,
    })
}

fn errors(table: &[Vec<f64>]) -> Value {
    let agreement = Agreement::new(table).unwrap();
    let of = |weights: KappaWeights| {
        let found = agreement.kappa(weights).unwrap();
        let interval = found.interval(confidence()).unwrap();
        json!({
            "kappa": found.kappa, "se": found.error, "se_null": found.null_error,
            "low": interval.low, "high": interval.high,
        })
    };
    json!({
        "exact": of(KappaWeights::Exact),
        "linear": of(KappaWeights::Linear),
        "quadratic": of(KappaWeights::Quadratic),
    })
}
