//! Cases of tables: independence with and without weights, exact tests, columns that share respondents.

use csat::stats::{
    self, Association, CellShares, ClusteredStratum, Contingency, RaoScott, Reference, SampledShare,
    StratumCells, WeightedCell, WeightedPoint,
};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, numbers, whole};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["crosstab", "fisher2x2"] => {
            let (names, counts) = counted("t2b", "segment", data);
            let columns = [0, 1].map(|i| names.iter().position(|name| *name == inputs["cols"][i]).unwrap());
            let square: Vec<Vec<u64>> =
                counts.iter().map(|row| columns.map(|column| row[column]).to_vec()).collect();
            let mut figures = of_counts(&square);
            // Of this table the peers' p is the exact one.
            figures["p"] = figures["fisher_p"].clone();
            figures
        }
        ["crosstab", _] => {
            let (rows, columns) = (inputs["rows"].as_str().unwrap(), inputs["cols"].as_str().unwrap());
            of_counts(&counted(rows, columns, data).1)
        }
        ["table" | "bergsma" | "fisher", ..] => of_counts(&listed(&inputs["table"])),
        ["golden", "chi_square"] => {
            let groups = data.groups(inputs["by"].as_str().unwrap());
            let by_group: Vec<Vec<(f64, u64)>> = sorted(groups.clone())
                .iter()
                .map(|name| data.counts_within(inputs, &|row| groups[row] == *name))
                .collect();
            let of = |group: &[(f64, u64)], top: bool| {
                group.iter().filter(|(x, _)| (*x >= 4.0) == top).map(|(_, count)| count).sum::<u64>()
            };
            of_counts(&[true, false].map(|top| by_group.iter().map(|group| of(group, top)).collect()))
        }
        ["colprop", ..] => column_pairs(inputs),
        ["pairwise_prop", adjustment] => pairwise(adjustment, inputs),
        ["svychisq", rest @ ..] => rao_scott(rest, inputs, data),
        ["overlap", ..] => overlap(inputs, data),
        ["part_of_total", _] => {
            let [part, total] = pair(inputs);
            let test = stats::part_of_total_test(&part, &total, Reference::Normal).unwrap();
            json!({ "z": test.z, "p": test.p })
        }
        ["unpooled", ..] => {
            let [first, second] = pair(inputs);
            let test = stats::unpooled_share_test(&first, &second, Reference::Normal).unwrap();
            json!({ "z": test.z, "p": test.p, "cohens_h": stats::cohens_h(first.p, second.p) })
        }
        _ => return None,
    })
}

fn pair(inputs: &Value) -> [SampledShare; 2] {
    let (k, n) = (numbers(&inputs["k"]), numbers(&inputs["n"]));
    [0, 1].map(|i| SampledShare { p: k[i] / n[i], n: n[i] })
}

fn listed(rows: &Value) -> Vec<Vec<u64>> {
    rows.as_array().unwrap().iter().map(|row| row.as_array().unwrap().iter().map(whole).collect()).collect()
}

/// Names of the columns, and counts row by row.
fn counted(rows: &str, columns: &str, data: &Data) -> (Vec<String>, Vec<Vec<u64>>) {
    let (names, cells) = weighted(rows, columns, data, &|_| 0);
    let counts: Vec<u64> = cells[0].iter().map(|cell| cell.n).collect();
    let rows = counts.chunks(names.len()).map(<[u64]>::to_vec).collect();
    (names, rows)
}

fn sorted(mut names: Vec<String>) -> Vec<String> {
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    names
}

/// Names of the columns, and the cells of every unit row by row.
fn weighted(
    rows: &str,
    columns: &str,
    data: &Data,
    unit: &dyn Fn(usize) -> usize,
) -> (Vec<String>, Vec<Vec<WeightedCell>>) {
    let (values, groups, weights) =
        (data.values(&json!({"var": rows})), data.groups(columns), data.weights());
    let mut codes: Vec<f64> = values.iter().flatten().copied().collect();
    codes.sort_by(f64::total_cmp);
    codes.dedup();
    let names = sorted(groups.clone());
    let units = (0..values.len()).map(unit).max().map_or(1, |last| last + 1);
    let mut cells = vec![vec![WeightedCell::default(); codes.len() * names.len()]; units];
    for (row, value) in values.iter().enumerate() {
        let Some(code) = value.and_then(|value| codes.iter().position(|code| *code == value)) else {
            continue;
        };
        let Some(column) = names.iter().position(|name| *name == groups[row]) else { continue };
        let cell = &mut cells[unit(row)][code * names.len() + column];
        let w = weights[row];
        *cell = WeightedCell { n: cell.n + 1, w: cell.w + w, w2: cell.w2 + w * w };
    }
    (names, cells)
}

fn of_counts(rows: &[Vec<u64>]) -> Value {
    let table = Contingency::new(rows).unwrap();
    let (pearson, g) = (table.pearson().unwrap(), table.likelihood_ratio().unwrap());
    let strength = Association::of(&table).unwrap();
    let residuals: Vec<f64> = table.adjusted_residuals().into_iter().flatten().flatten().collect();
    let mut figures = json!({
        "chisq": pearson.statistic,
        "df": pearson.df,
        "p": pearson.p,
        "G2": g.statistic,
        "G2_p": g.p,
        "expected": table.expected(),
        "min_expected": table.smallest_expected(),
        "residuals_std": residuals,
        "cramers_v": strength.cramers_v(),
        "cramers_v_corrected": strength.cramers_v_corrected(),
        "tschuprow_t": strength.tschuprow_t(),
        "pearson_c": strength.contingency_coefficient(),
    });
    if let [first, second] = rows
        && let ([a, b], [c, d]) = (&first[..], &second[..])
    {
        let square = [[*a, *b], [*c, *d]];
        let exact = stats::fisher_exact(square, confidence()).unwrap();
        let odds = exact.odds.unwrap();
        let yates = table.yates().unwrap();
        let estimate = odds.estimate.map_or(json!("inf"), |estimate| json!(estimate));
        let more = json!({
            "fisher_p": exact.p,
            "or_cmle": estimate,
            "odds_ratio_cmle": estimate,
            "or_ci": [json!(odds.low), json!(odds.high)],
            "ci": [json!(odds.low), json!(odds.high)],
            "or_lower": odds.low,
            "or_upper": odds.high,
            "yates_chisq": yates.statistic,
            "yates_p": yates.p,
            "phi": stats::phi(square),
        });
        figures.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    }
    figures
}

fn shares_of(k: &Value, n: &Value) -> Vec<SampledShare> {
    let shares = numbers(k).into_iter().zip(numbers(n));
    shares.map(|(k, n)| SampledShare { p: k / n, n }).collect()
}

/// Every two columns with z and p, first index first.
fn tested(columns: &[SampledShare]) -> Vec<(usize, usize, Option<f64>, f64)> {
    let pairs = (0..columns.len()).flat_map(|a| (a + 1..columns.len()).map(move |b| (a, b)));
    pairs
        .map(|(a, b)| {
            let test = stats::pooled_share_test(&columns[a], &columns[b], Reference::Normal).unwrap();
            let joint =
                stats::pooled_overlapping_share_test(&columns[a], &columns[b], 0.0, Reference::Normal)
                    .unwrap();
            assert!((joint.p - test.p).abs() <= 1e-12);
            (a, b, test.z, test.p)
        })
        .collect()
}

fn column_pairs(inputs: &Value) -> Value {
    let tests = tested(&shares_of(&inputs["counts"], &inputs["bases"]));
    let adjusted = stats::bonferroni(&tests.iter().map(|test| test.3).collect::<Vec<_>>()).unwrap();
    let pairs = tests
        .iter()
        .zip(adjusted)
        .map(|((.., z, p), adjusted)| json!({"z": z, "p": p, "p_bonferroni": adjusted}));
    json!({ "pairs": pairs.collect::<Vec<_>>() })
}

fn pairwise(adjustment: &str, inputs: &Value) -> Value {
    let labels = inputs["labels"].as_array().unwrap();
    let tests = tested(&shares_of(&inputs["k"], &inputs["n"]));
    let p: Vec<f64> = tests.iter().map(|test| test.3).collect();
    let p = match adjustment {
        "bonferroni" => stats::bonferroni(&p).unwrap(),
        "holm" => stats::holm(&p).unwrap(),
        _ => p,
    };
    let mut figures = json!({});
    for ((a, b, ..), p) in tests.iter().zip(p) {
        figures[labels[*b].as_str().unwrap()][labels[*a].as_str().unwrap()] = json!(p);
    }
    figures
}

fn rao_scott(form: &[&str], inputs: &Value, data: &Data) -> Value {
    let (rows, columns) = (inputs["rows"].as_str().unwrap(), inputs["cols"].as_str().unwrap());
    let units = |by: &str| {
        let of_row = data.groups(by);
        let names = sorted(of_row.clone());
        let sizes: Vec<u64> =
            names.iter().map(|name| of_row.iter().filter(|other| *other == name).count() as u64).collect();
        let index: Vec<usize> =
            of_row.iter().map(|name| names.iter().position(|other| other == name).unwrap()).collect();
        (index, sizes)
    };
    let (cells, width) = match inputs["design"].as_str().unwrap_or("w") {
        "ws" => {
            let (index, sizes) = units("region");
            let (names, cells) = weighted(rows, columns, data, &|row| index[row]);
            let strata: Vec<StratumCells> = sizes
                .into_iter()
                .zip(cells)
                .map(|(design_n, cells)| StratumCells { design_n, cells })
                .collect();
            (CellShares::stratified(&strata), names.len())
        }
        "wc" => {
            let (index, sizes) = units("cluster");
            let (names, clusters) = weighted(rows, columns, data, &|row| index[row]);
            let stratum = ClusteredStratum { design_clusters: sizes.len() as u64, clusters };
            (CellShares::clustered(&[stratum]), names.len())
        }
        _ => {
            let (names, mut cells) = weighted(rows, columns, data, &|_| 0);
            let stratum = StratumCells { design_n: data.rows() as u64, cells: cells.remove(0) };
            (CellShares::stratified(&[stratum]), names.len())
        }
    };
    let test = RaoScott::new(&cells.unwrap(), width).unwrap();
    let found = match form[1] {
        "F" => test.second_order(),
        "Chisq" => test.first_order(),
        "Wald" => test.wald(),
        "adjWald" => test.wald_adjusted(),
        "lincom" => return json!({ "statistic": test.pearson, "p": test.saddlepoint_p() }),
        _ => None,
    };
    let found = found.unwrap();
    let statistic = if form[1] == "Chisq" { test.pearson } else { found.statistic };
    json!({
        "statistic": statistic,
        "p": found.p,
        "df": found.df,
        "ndf": found.df,
        "ddf": found.denominator_df,
    })
}

/// Two columns that share respondents: in one column by one variable, in the other by another (or everyone).
fn overlap(inputs: &Value, data: &Data) -> Value {
    let member = |side: &Value| -> Vec<bool> {
        let Some(by) = side[0].as_str() else { return vec![true; data.rows()] };
        data.groups(by).iter().map(|group| group == side[1].as_str().unwrap()).collect()
    };
    let (first, second) = (member(&inputs["first"]), member(&inputs["second"]));
    let weighted = inputs["weighted"].as_bool().unwrap();
    let points = |within: &dyn Fn(usize) -> bool| -> Vec<WeightedPoint> {
        let points = data.weighted(inputs, within);
        let plain = |point: WeightedPoint| WeightedPoint { w: point.n as f64, w2: point.n as f64, ..point };
        points.into_iter().map(|point| if weighted { point } else { plain(point) }).collect()
    };
    let n = |points: &[WeightedPoint]| points.iter().map(|point| point.n).sum::<u64>();
    let design_n = n(&points(&|row| first[row] || second[row]));
    let [a, b] =
        [&first, &second].map(|side| stats::linearised_mean(&points(&|row| side[row]), design_n).unwrap());
    let shared = points(&|row| first[row] && second[row]);
    let covariance = stats::shared_covariance(&shared, &a, &b, design_n).unwrap();
    let test = stats::correlated_difference(
        [a.mean, b.mean],
        [a.variance, b.variance],
        covariance,
        Reference::Normal,
        confidence(),
    );
    let test = test.unwrap();
    if !weighted && inputs["var"] == "t2b" {
        let share = |mean: f64, n: u64| SampledShare { p: mean, n: n as f64 };
        let both = stats::weighted_mean(&shared).unwrap();
        let plain = stats::overlapping_share_test(
            &share(a.mean, a.n),
            &share(b.mean, b.n),
            &share(both, n(&shared)),
            Reference::Normal,
        );
        let factor = (design_n as f64 / (design_n as f64 - 1.0)).sqrt();
        assert!((plain.unwrap().se * factor - test.se).abs() < 1e-12);
    }
    json!({
        "difference": test.difference,
        "se": test.se,
        "covariance": covariance,
        "z": test.statistic,
        "p": test.p,
    })
}
