//! Figures of real surveys, computed by others from the same files.

use std::path::Path;

use crate::support::{Workdir, estimate, run_in};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Checks a figure given to `digits` decimals.
#[track_caller]
fn given(figure: &serde_json::Value, key: &str, expected: f64, digits: i32) {
    let value = figure[key].as_f64().unwrap_or_else(|| panic!("no {key} in {figure}"));
    let tolerance = 0.5 * 10_f64.powi(-digits) * (1.0 + 1e-9);
    assert!((value - expected).abs() <= tolerance, "{key}: {value}, expected {expected}");
}

/// n, top-2 %, weighted, mean, weighted, NPS n, NPS, weighted, sum of weights, Kish n: the table of
/// examples/sfo-airport/README.md, computed with pandas.
const AIRPORT: [(&str, [f64; 10]); 2] = [
    ("2017", [2688.0, 82.068, 82.279, 4.0644, 4.0712, 2746.0, 39.840, 40.398, 2831.0, 2337.1]),
    ("2018", [2625.0, 78.438, 80.485, 4.0027, 4.0421, 2650.0, 30.981, 35.114, 2808.997, 2263.5]),
];

#[test]
fn san_francisco_airport() {
    for (year, expected) in AIRPORT {
        let file = format!("examples/sfo-airport/sfo-{year}.csv");
        let weighted = run_in(root(), &["analyze", &file, "--format", "json"], b"").report();
        let plain = run_in(root(), &["analyze", &file, "--weight", "none", "--format", "json"], b"").report();
        let overall = estimate(&plain, "Q7ALL", "top_box", &[]);
        assert_eq!(overall["base"].as_f64().unwrap(), expected[0]);
        given(overall, "value", expected[1], 3);
        given(estimate(&weighted, "Q7ALL", "top_box", &[]), "value", expected[2], 3);
        given(estimate(&plain, "Q7ALL", "mean", &[]), "value", expected[3], 4);
        given(estimate(&weighted, "Q7ALL", "mean", &[]), "value", expected[4], 4);
        let promoters = estimate(&plain, "NETPRO", "nps", &[]);
        assert_eq!(promoters["base"].as_f64().unwrap(), expected[5]);
        given(promoters, "value", expected[6], 3);
        given(estimate(&weighted, "NETPRO", "nps", &[]), "value", expected[7], 3);
        // The table's last two columns are of all rows: the weighting note gives them.
        let note = weighted["notes"]
            .as_array()
            .unwrap()
            .iter()
            .find(|note| note["code"] == "weighted")
            .unwrap_or_else(|| panic!("no note on weights"));
        let text = note["text"].as_str().unwrap();
        let sum = if year == "2017" { "2831" } else { "2808.997" };
        let kish = if year == "2017" { "2337.1" } else { "2263.5" };
        assert!(text.contains(sum) && text.contains(kish), "{text}");
    }
}

/// Quarter, n, NPS.
const TRAINING: [(&str, u64, f64); 10] = [
    ("2016-Q2", 12, 75.00),
    ("2016-Q3", 38, 76.32),
    ("2016-Q4", 82, 64.63),
    ("2017-Q1", 19, 78.95),
    ("2017-Q2", 99, 54.55),
    ("2017-Q3", 79, 68.35),
    ("2017-Q4", 106, 22.64),
    ("2018-Q1", 186, 46.24),
    ("2018-Q2", 166, 47.59),
    ("2018-Q3", 102, 26.47),
];

#[test]
fn carpentries_training_by_quarter() {
    let work = Workdir::new();
    let data = std::fs::read(root().join("tests/published/carpentries/instructor-training.csv")).unwrap();
    work.file("post.csv", data);
    work.file(
        "post.toml",
        "[data]\ndate = \"Date\"\nwave = { every = \"quarter\" }\n[question.LikelyToRecommend]\nmeasure = \"nps\"\n",
    );
    let report = work.run(&["analyze", "post.csv", "--wave", "all", "--format", "json"]).report();
    let figures: Vec<&serde_json::Value> = report["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|figure| figure["statistic"] == "nps")
        .collect();
    assert_eq!(figures.len(), TRAINING.len() + 1);
    for (quarter, base, expected) in TRAINING {
        let figure = figures.iter().find(|figure| figure["wave"] == quarter).unwrap();
        assert_eq!(figure["base"].as_u64().unwrap(), base, "{quarter}");
        given(figure, "value", expected, 2);
    }
    let pooled = figures.iter().find(|figure| figure["wave"].is_null()).unwrap();
    assert_eq!(pooled["base"].as_u64().unwrap(), 889);
    given(pooled, "value", 48.369, 3);
}
