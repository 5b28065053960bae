//! Cases of indices of several items, and of path models.

use csat::stats::{Composite, CompositeItems, ItemScale, ItemWeights, PathModel};
use serde_json::{Value, json};

use super::data::Data;

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["path_model"] => path_model(inputs, data),
        ["index", form] => {
            let found = composite(inputs, data);
            match *form {
                "value" => json!({
                    "value": found.value, "weights": found.weights, "n": found.respondents,
                    "renormalised": found.renormalised,
                }),
                _ => json!(found.error),
            }
        }
        _ => return None,
    })
}

fn columns(names: &Value, data: &Data) -> Vec<Vec<Option<f64>>> {
    names.as_array().unwrap().iter().map(|name| data.values(&json!({"var": name}))).collect()
}

fn composite(inputs: &Value, data: &Data) -> Composite {
    let (items, stated) = (columns(&inputs["items"], data), columns(&inputs["importance"], data));
    let values = |row: usize, item: usize| items[item][row].map(|x| (x - 1.0) * 25.0);
    let importance = |row: usize, item: usize| stated[item][row];
    let by = match inputs["kind"].as_str().unwrap() {
        "mean" => ItemWeights::Equal,
        "importance_weighted" => ItemWeights::Importance(&importance),
        _ => ItemWeights::FirstComponent,
    };
    let items = CompositeItems { rows: data.rows(), items: items.len(), values: &values, weights: None };
    Composite::of(items, by).unwrap()
}

fn path_model(inputs: &Value, data: &Data) -> Value {
    let blocks = inputs["blocks"].as_array().unwrap();
    let all: Vec<Vec<Option<f64>>> = blocks.iter().flat_map(|block| columns(block, data)).collect();
    let rows: Vec<usize> =
        (0..data.rows()).filter(|row| all.iter().all(|column| column[*row].is_some())).collect();
    let complete: Vec<Vec<f64>> =
        all.iter().map(|column| rows.iter().filter_map(|row| column[*row]).collect()).collect();
    let scale = ItemScale::new(&complete, None).unwrap();
    let k = complete.len();
    let correlations: Vec<f64> = (0..k * k).map(|place| scale.correlation(place / k, place % k)).collect();
    let place = |value: &Value| usize::try_from(value.as_u64().unwrap()).unwrap();
    let model = PathModel {
        blocks: blocks.iter().map(|block| block.as_array().unwrap().len()).collect(),
        paths: inputs["paths"]
            .as_array()
            .unwrap()
            .iter()
            .map(|path| (place(&path[0]), place(&path[1])))
            .collect(),
    };
    let found = model.solve(&correlations).unwrap();
    json!({
        "n": rows.len(),
        "loadings": found.loadings,
        "weights": found.weights,
        "paths": found.paths,
        "r2": found.r2.iter().map(|r2| r2.unwrap_or(0.0)).collect::<Vec<_>>(),
        "ave": found.variance_extracted,
        "composite": found.composite_reliability.iter().map(|found| found.unwrap_or(1.0)).collect::<Vec<_>>(),
    })
}
