//! Cases of several groups: tests that they differ, the split of a change, ranks.

use csat::stats::{self, Bootstrap, ChangePart, GroupScore, MeanEstimate, Reference, SampledShare};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, limits, number, numbers, whole};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["means", _] | ["golden", "welch_anova"] => welch(inputs, data),
        ["table", ..] => table(&inputs["table"]),
        ["golden", "chi_square"] => {
            let tops: Vec<Vec<f64>> = by_group(inputs, data)
                .iter()
                .map(|counts| {
                    let top = counts.iter().filter(|(x, _)| *x >= 4.0).map(|(_, count)| count).sum::<u64>();
                    let all = counts.iter().map(|(_, count)| count).sum::<u64>();
                    vec![top as f64, (all - top) as f64]
                })
                .collect();
            let row = |i: usize| tops.iter().map(|group| group[i]).collect::<Vec<_>>();
            table(&json!([row(0), row(1)]))
        }
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

fn by_group(inputs: &Value, data: &Data) -> Vec<Vec<(f64, u64)>> {
    let groups = data.groups(inputs["by"].as_str().unwrap());
    let mut names = groups.clone();
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names.iter().map(|name| data.counts_within(inputs, &|row| groups[row] == *name)).collect()
}

fn welch(inputs: &Value, data: &Data) -> Value {
    let groups = by_group(inputs, data);
    let means: Vec<MeanEstimate> = groups
        .iter()
        .map(|counts| MeanEstimate::from_moments(&stats::moments(counts).unwrap()).unwrap())
        .collect();
    let test = stats::welch_anova(&means).unwrap();
    json!({
        "welch_F": test.statistic,
        "welch_df": [test.df, test.denominator_df.unwrap()],
        "welch_p": test.p,
    })
}

/// A table of two rows: each column is a group, the first row its successes.
fn table(rows: &Value) -> Value {
    let (yes, no) = (numbers(&rows[0]), numbers(&rows[1]));
    let groups: Vec<SampledShare> =
        yes.iter().zip(no).map(|(yes, no)| SampledShare { p: yes / (yes + no), n: yes + no }).collect();
    let test = stats::share_homogeneity(&groups).unwrap();
    json!({ "chisq": test.statistic, "df": test.df, "p": test.p })
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
