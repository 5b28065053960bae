//! Cases of strata and clusters: means of domains with the variance that the design gives them.

use std::collections::BTreeMap;

use csat::source::Ledger;
use csat::stats::{self, Interval};
use csat::tally::{Count, Counted, DesignCell, KeptRows, WeightRange};
use csat::weighting::{Answers, Design, Solved, SolvingScope, apply};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, z};

pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    let (stratum, cluster) = match parts {
        ["svymean" | "svyby" | "nps", "ws", ..] => (Some("region"), None),
        ["svymean" | "svyby" | "nps", "wc", ..] => (None, Some("branch")),
        ["svymean" | "svyby" | "nps", "w", ..] if data.has("branch") => (None, None),
        _ => return None,
    };
    let sample = Sample::of(data, stratum, cluster);
    let mut inputs = inputs.clone();
    if parts[0] == "nps" {
        inputs["var"] = "np".into();
    }
    let values = data.values(&inputs);
    let Some(by) = inputs["by"].as_str() else { return Some(sample.figures(&values, &|_| true)) };
    let groups = data.groups(by);
    let mut names: Vec<&String> = groups.iter().collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &&String| ((*name).clone(), sample.figures(&values, &|row| groups[row] == **name));
    Some(Value::Object(names.iter().map(of).collect()))
}

/// The rows of the data as a pass would count them.
struct Sample {
    solved: Solved,
    /// The cell of every row, and its weight.
    rows: Vec<(usize, f64)>,
    /// Of the whole design.
    degrees: f64,
}

impl Sample {
    fn of(data: &Data, stratum: Option<&str>, cluster: Option<&str>) -> Self {
        let codes = |by: Option<&str>| -> Vec<Option<u32>> {
            let Some(by) = by else { return vec![None; data.rows()] };
            let groups = data.groups(by);
            let mut names = groups.clone();
            names.sort();
            names.dedup();
            let code = |name: &String| names.binary_search(name).ok().map(|at| u32::try_from(at).unwrap());
            groups.iter().map(code).collect()
        };
        let (strata, clusters, weights) = (codes(stratum), codes(cluster), data.weights());
        let mut found: BTreeMap<(Option<u32>, Option<u32>), Vec<f64>> = BTreeMap::new();
        for ((stratum, cluster), weight) in strata.iter().zip(&clusters).zip(&weights) {
            found.entry((*stratum, *cluster)).or_default().push(*weight);
        }
        let keys: Vec<_> = found.keys().copied().collect();
        let place = |row: usize| keys.binary_search(&(strata[row], clusters[row])).unwrap();
        let rows: Vec<(usize, f64)> = (0..data.rows()).map(|row| (place(row), weights[row])).collect();
        let units = if cluster.is_some() { found.len() } else { data.rows() };
        let strata = strata.iter().collect::<std::collections::BTreeSet<_>>().len();
        let cells = found.iter().map(|((stratum, cluster), weights)| DesignCell {
            wave: None,
            raking: Vec::new(),
            stratum: *stratum,
            cluster: *cluster,
            rows: Count {
                n: weights.len() as u64,
                w: weights.iter().sum(),
                w2: weights.iter().map(|w| w * w).sum(),
            },
            weights: range(weights),
            kept: KeptRows { n: weights.len() as u64, weights: range(weights) },
        });
        let mut counted = Counted {
            waves: Vec::new(),
            strata: Vec::new(),
            cells: cells.collect(),
            design_names: Vec::new(),
            categories: Vec::new(),
            segment_values: BTreeMap::new(),
            ledger: Ledger::default(),
            inputs: Vec::new(),
            weighted: true,
            numbers: Vec::new(),
            weights: BTreeMap::new(),
            design_rows: BTreeMap::new(),
            left_out: Vec::new(),
            unexcluded: None,
        };
        let solved = apply(&mut counted, None, SolvingScope::All, &Design::default(), &|_| true).unwrap();
        Self { solved, rows, degrees: (units - strata) as f64 }
    }

    fn figures(&self, values: &[Option<f64>], within: &dyn Fn(usize) -> bool) -> Value {
        let mut found: BTreeMap<(usize, u64), Answers> = BTreeMap::new();
        let mut answered = 0;
        for (row, value) in values.iter().enumerate() {
            let Some(x) = value.filter(|_| within(row)) else { continue };
            let (cell, w) = self.rows[row];
            let empty = Answers { cell, x, n: 0, sum: 0.0, sum_of_squares: 0.0 };
            let part = found.entry((cell, x.to_bits())).or_insert(empty);
            part.n += 1;
            part.sum += w;
            part.sum_of_squares += w * w;
            answered += 1;
        }
        let answers: Vec<Answers> = found.into_values().collect();
        let mean = self.solved.mean(&answers).unwrap();
        assert_eq!(mean.n, answered);
        let se = mean.variance.sqrt();
        let normal = Interval::around(mean.mean, z() * se).unwrap();
        let t = stats::t_interval(mean.mean, se, self.degrees, confidence()).unwrap();
        json!({
            "estimate": mean.mean,
            "se": se,
            "lower": normal.low,
            "upper": normal.high,
            "lower_t": t.low,
            "upper_t": t.high,
            "degf": self.degrees,
        })
    }
}

fn range(weights: &[f64]) -> WeightRange {
    WeightRange { min: 0.0, max: weights.iter().copied().fold(0.0, f64::max) }
}
