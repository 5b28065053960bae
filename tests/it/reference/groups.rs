//! Cases of several groups given by their figures: Wald's test, the split of a change, ranks.

use csat::stats::{self, Bootstrap, ChangePart, GroupScore, MeanEstimate, Reference};
use serde_json::{Value, json};

use super::{confidence, limits, number, numbers, whole};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value) -> Option<Value> {
    Some(match parts {
        ["wald", _] => {
            let (means, variances) = (numbers(&inputs["mean"]), numbers(&inputs["variance"]));
            let groups: Vec<MeanEstimate> = means
                .iter()
                .zip(variances)
                .map(|(&mean, variance)| MeanEstimate { mean, variance, df: 1.0 })
                .collect();
            let test = stats::wald_homogeneity(&groups).unwrap();
            json!({ "statistic": test.statistic, "df": test.df, "p": test.p })
        }
        ["decomposition", _] => decomposition(inputs),
        ["ranking", _] => ranking(&inputs["counts"]),
        _ => return None,
    })
}

fn decomposition(inputs: &Value) -> Value {
    let wave = |key: &str| -> Vec<GroupScore> {
        let groups = inputs[key].as_array().unwrap().iter().map(numbers);
        groups.map(|g| GroupScore { share: g[0], score: g[1], se: g[2] }).collect()
    };
    let (n0, n1) = (number(&inputs["n"][0]), number(&inputs["n"][1]));
    let parts =
        stats::decompose(&wave("earlier"), &wave("later"), n0, n1, Reference::Normal, confidence()).unwrap();
    let part = |part: ChangePart| json!({"value": part.value, "se": part.se, "ci": limits(part.interval)});
    json!({ "change": part(parts.change), "mix": part(parts.mix), "within": part(parts.within) })
}

fn ranking(counts: &Value) -> Value {
    let items: Vec<Vec<u64>> = counts
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item.as_array().unwrap().iter().map(whole).collect())
        .collect();
    // The first category counts one, the last one less.
    let bootstrap = Bootstrap { replicates: 20_000, seed: 7 };
    let items = bootstrap.ranking(&items, &[1.0, 0.0, -1.0], confidence()).unwrap();
    json!({
        "first": items.iter().map(|item| item.first).collect::<Vec<_>>(),
        "last": items.iter().map(|item| item.last).collect::<Vec<_>>(),
    })
}
