//! Cases of several groups of answers: analyses of variance, rank tests, every pair of them.

use csat::stats::{
    self, Center, Linearised, MeanEstimate, MeanPair, Moments, OrderedGroups, Reference, WeightedPoint,
};
use serde_json::{Value, json};

use super::data::Data;
use super::{confidence, number, whole};

/// The figures of a case of this topic; `None` for any other.
pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    Some(match parts {
        ["means" | "means_more", "segment" | "quarter"] | ["golden", "welch_anova"] => means(inputs, data),
        ["dunn", _] => dunn_list(inputs, data),
        ["dunn", _, adjustment] => dunn_matrix(adjustment, inputs, data),
        ["tukey", _] => tukey(inputs, data),
        ["games_howell", _] => games_howell(inputs, data),
        ["ptukey", ..] => {
            let (q, df) = (number(&inputs["q"]), number(&inputs["df"]));
            json!(stats::studentized_range_sf(q, groups_of(inputs), df))
        }
        ["svyranktest", "equal", "two"] => rank_test_of_two(inputs, data),
        ["svyranktest", form, _] => by_design(&rank_means(inputs, data, *form == "w")),
        ["svyglm", ..] => {
            let groups = weighted(inputs, data, true);
            let means =
                groups.1.iter().map(|points| stats::linearised_mean(points, data.rows() as u64).unwrap());
            by_design(&means.collect::<Vec<_>>())
        }
        _ => return None,
    })
}

fn groups_of(inputs: &Value) -> usize {
    usize::try_from(whole(&inputs["k"])).unwrap()
}

/// Names of the groups, and the counts by value of each.
fn counted(inputs: &Value, data: &Data) -> (Vec<String>, Vec<Vec<(f64, u64)>>) {
    let groups = data.groups(inputs["by"].as_str().unwrap());
    let mut names = groups.clone();
    names.sort();
    names.dedup();
    names.retain(|name| !name.is_empty());
    let counts = names.iter().map(|name| data.counts_within(inputs, &|row| groups[row] == *name)).collect();
    (names, counts)
}

fn moments(groups: &[Vec<(f64, u64)>]) -> Vec<Moments> {
    groups.iter().map(|points| stats::moments(points).unwrap()).collect()
}

/// The values of all groups in order, and every group's count of each.
fn by_code(groups: &[Vec<(f64, u64)>]) -> (Vec<f64>, Vec<Vec<u64>>) {
    let mut codes: Vec<f64> = groups.iter().flatten().map(|(x, _)| *x).collect();
    codes.sort_by(f64::total_cmp);
    codes.dedup();
    let of = |group: &Vec<(f64, u64)>| {
        codes.iter().map(|code| group.iter().find(|(x, _)| x == code).map_or(0, |(_, n)| *n)).collect()
    };
    let counts = groups.iter().map(of).collect();
    (codes, counts)
}

fn ordered(groups: &[Vec<(f64, u64)>]) -> OrderedGroups {
    OrderedGroups::new(&by_code(groups).1).unwrap()
}

fn means(inputs: &Value, data: &Data) -> Value {
    let (_, counts) = counted(inputs, data);
    let groups = moments(&counts);
    let estimates: Vec<MeanEstimate> =
        groups.iter().map(|group| MeanEstimate::from_moments(group).unwrap()).collect();
    let welch = stats::welch_anova(&estimates).unwrap();
    let classic = stats::anova(&groups).unwrap();
    let star = stats::brown_forsythe(&groups).unwrap();
    let ranks = ordered(&counts);
    let kruskal = ranks.kruskal_wallis().unwrap();
    let [by_median, by_mean] =
        [Center::Median, Center::Mean].map(|center| stats::levene(&counts, center).unwrap());
    json!({
        "welch_F": welch.statistic,
        "welch_df": [welch.df, welch.denominator_df],
        "welch_p": welch.p,
        "anova_F": classic.test.statistic,
        "anova_df": [classic.test.df, classic.test.denominator_df],
        "anova_p": classic.test.p,
        "eta2": classic.eta_squared,
        "omega2": classic.omega_squared,
        "epsilon2_anova": classic.epsilon_squared,
        "brown_forsythe_F": star.statistic,
        "brown_forsythe_p": star.p,
        "kruskal_H": kruskal.statistic,
        "kruskal_df": kruskal.df,
        "kruskal_p": kruskal.p,
        "levene_F": by_median.statistic,
        "levene_median_F": by_median.statistic,
        "levene_p": by_median.p,
        "levene_mean_F": by_mean.statistic,
        "levene_mean_p": by_mean.p,
        // The peer calls eta squared of H epsilon squared.
        "epsilon2": ranks.eta_squared_h(),
        "eps2_H_over_n": ranks.epsilon_squared(),
    })
}

/// The pairs in the peer's order: every group with those before it.
fn dunn_list(inputs: &Value, data: &Data) -> Value {
    let (names, counts) = counted(inputs, data);
    let mut pairs = ordered(&counts).dunn().unwrap();
    pairs.sort_by_key(|pair| (pair.second, pair.first));
    let p: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
    json!({
        "comparisons": pairs
            .iter()
            .map(|pair| format!("{} - {}", names[pair.first], names[pair.second]))
            .collect::<Vec<_>>(),
        "z": pairs.iter().map(|pair| pair.z).collect::<Vec<_>>(),
        "p_two_sided": p,
        "p_bonferroni": stats::bonferroni(&p),
    })
}

fn dunn_matrix(adjustment: &str, inputs: &Value, data: &Data) -> Value {
    let (names, counts) = counted(inputs, data);
    let pairs = ordered(&counts).dunn().unwrap();
    let p: Vec<f64> = pairs.iter().map(|pair| pair.p).collect();
    let p = match adjustment {
        "holm" => stats::holm(&p).unwrap(),
        "bonferroni" => stats::bonferroni(&p).unwrap(),
        _ => p,
    };
    let mut matrix = vec![vec![1.0; names.len()]; names.len()];
    for (pair, p) in pairs.iter().zip(p) {
        matrix[pair.first][pair.second] = p;
        matrix[pair.second][pair.first] = p;
    }
    json!({ "labels": names, "p": matrix })
}

/// The peer takes the later group less the earlier one.
fn tukey(inputs: &Value, data: &Data) -> Value {
    let (names, counts) = counted(inputs, data);
    let pairs = stats::tukey_kramer(&moments(&counts), confidence()).unwrap();
    let all = |figure: &dyn Fn(&MeanPair) -> f64| pairs.iter().map(figure).collect::<Vec<_>>();
    json!({
        "comparisons": pairs
            .iter()
            .map(|pair| format!("{}-{}", names[pair.second], names[pair.first]))
            .collect::<Vec<_>>(),
        "diff": all(&|pair| -pair.difference),
        "lower": all(&|pair| -pair.interval.unwrap().high),
        "upper": all(&|pair| -pair.interval.unwrap().low),
        "p": all(&|pair| pair.p),
    })
}

fn games_howell(inputs: &Value, data: &Data) -> Value {
    let (names, counts) = counted(inputs, data);
    let pairs = stats::games_howell(&moments(&counts), confidence()).unwrap();
    let described = |pair: &Option<MeanPair>| {
        let pair = pair.unwrap();
        json!({
            "a": names[pair.first],
            "b": names[pair.second],
            "diff": pair.difference,
            "se": pair.se,
            "t": pair.statistic,
            "df": pair.df,
            "p": pair.p,
        })
    };
    Value::Array(pairs.iter().map(described).collect())
}

/// All values in order, and every group's weighted points of each.
fn weighted(inputs: &Value, data: &Data, by_weight: bool) -> (Vec<f64>, Vec<Vec<WeightedPoint>>) {
    let (names, counts) = counted(inputs, data);
    let codes = by_code(&counts).0;
    let groups = data.groups(inputs["by"].as_str().unwrap());
    let of = |name: &String| {
        let points = data.weighted(inputs, &|row| groups[row] == *name);
        let at = |code: &f64| {
            let found = points.iter().find(|point| point.x == *code).copied();
            let point = found.unwrap_or(WeightedPoint { x: *code, n: 0, w: 0.0, w2: 0.0 });
            if by_weight { point } else { WeightedPoint { w: point.n as f64, w2: point.n as f64, ..point } }
        };
        codes.iter().map(at).collect()
    };
    let points = names.iter().map(of).collect();
    (codes, points)
}

fn rank_means(inputs: &Value, data: &Data, by_weight: bool) -> Vec<Linearised> {
    let (_, groups) = weighted(inputs, data, by_weight);
    let means = stats::rank_means(&groups, data.rows() as u64).unwrap();
    means.into_iter().map(Option::unwrap).collect()
}

fn by_design(groups: &[Linearised]) -> Value {
    let answers: u64 = groups.iter().map(|group| group.n).sum();
    let test = stats::design_homogeneity(groups, answers - 1).unwrap();
    json!({ "F": test.statistic, "df": test.df, "ddf": test.denominator_df, "p": test.p })
}

/// A group against the rest, the second less the first as the peer's coefficient is.
fn rank_test_of_two(inputs: &Value, data: &Data) -> Value {
    let of_segments = json!({"var": inputs["var"], "by": "segment"});
    let (names, groups) = (counted(&of_segments, data).0, weighted(&of_segments, data, false).1);
    let member = names.iter().position(|name| *name == inputs["group"]).unwrap();
    let mut rest: Vec<WeightedPoint> =
        groups[member].iter().map(|point| WeightedPoint { n: 0, w: 0.0, w2: 0.0, ..*point }).collect();
    for group in groups.iter().enumerate().filter(|(group, _)| *group != member).map(|(_, points)| points) {
        for (all, point) in rest.iter_mut().zip(group) {
            *all = WeightedPoint { x: all.x, n: all.n + point.n, w: all.w + point.w, w2: all.w2 + point.w2 };
        }
    }
    let means = stats::rank_means(&[groups[member].clone(), rest], data.rows() as u64).unwrap();
    let (a, b) = (means[0].unwrap(), means[1].unwrap());
    let df = (a.n + b.n - 2) as f64;
    let se = (a.variance + b.variance).sqrt();
    let test = stats::difference_test(a.mean - b.mean, se, Reference::StudentT(df), confidence()).unwrap();
    json!({ "t": test.statistic, "df": test.df, "p": test.p })
}
