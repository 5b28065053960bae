//! Two sides of one file whose rows were drawn by strata or clusters: their differences are those of a table's columns.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Workdir;

const CLUSTERS: &str = include_str!("data/clusters/answers.csv");

const QUESTIONS: &str = "[question.satisfaction]\nmeasure = \"csat\"\n[question.recommend]\nmeasure = \"nps\"\n\
                         [segment.group]\n[segment.district]\n[segment.region]\n";

const TARGETS: &str = "[weighting.targets.region]\nN = 0.5\nS = 0.3\nW = 0.2\n[weighting.targets.group]\na = 0.25\n\
                       b = 0.35\nc = 0.4\n";

/// The made-up survey of 24 clusters in 3 strata, drawn like this.
fn folder(drawn: &str, more: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", CLUSTERS);
    let data = format!("[data]\nweight = \"weight\"\nmissing = [\"\"]\n{drawn}");
    folder.file("a.toml", format!("{data}{QUESTIONS}{more}"));
    folder
}

fn report(folder: &Workdir, arguments: &[&str]) -> Value {
    folder.run(&[arguments, &["--format", "json", "--quiet"]].concat()).report()
}

fn section<'a>(report: &'a Value, kind: &str) -> &'a Value {
    report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == kind).unwrap()
}

/// Every statistic of b less a.
fn compared(folder: &Workdir, a: &str, b: &str) -> Vec<Value> {
    let asked = ["compare", "a.csv", "--a", a, "--b", b, "--statistics", "all"];
    section(&report(folder, &asked), "comparison")["rows"].as_array().unwrap().clone()
}

fn row<'a>(rows: &'a [Value], question: &str, statistic: &str) -> &'a Value {
    rows.iter().find(|row| row["question"] == question && row["statistic"] == statistic).unwrap()
}

#[track_caller]
fn near(found: &Value, expected: &Value, sign: f64, about: &str) {
    let (found, expected) = (found.as_f64().unwrap(), sign * expected.as_f64().unwrap());
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1e-12),
        "{about}: {found} is not {expected}"
    );
}

const BOTH: &str = "stratum = \"stratum\"\ncluster = \"cluster\"\n";

#[test]
fn sides_differ_as_the_columns_of_a_table_do() {
    let replicates = "[weighting]\nvariance = \"bootstrap\"\nreplicates = 60\n";
    let resampled = format!("{replicates}{TARGETS}");
    for (drawn, more) in [
        ("", TARGETS),
        ("cluster = \"cluster\"\n", ""),
        ("stratum = \"stratum\"\n", ""),
        (BOTH, ""),
        (BOTH, TARGETS),
        (BOTH, &resampled),
    ] {
        let folder = folder(drawn, more);
        for (segment, values) in [("group", ["a", "b", "c"]), ("district", ["X", "Y", "Z"])] {
            let asked = ["crosstab", "a.csv", "--rows", "satisfaction,recommend", "--by", segment];
            let tables = report(&folder, &asked);
            let sections = tables["sections"].as_array().unwrap();
            let tables: Vec<&Value> = sections.iter().filter(|found| found["kind"] == "crosstab").collect();
            let conditions = values.map(|value| format!("{segment} = '{value}'"));
            let rows = compared(&folder, &conditions[1], &conditions[0]);
            for (table, question, statistics) in [
                (tables[0], "satisfaction", &["top_box", "bottom_box", "mean", "index", "net"][..]),
                (tables[1], "recommend", &["nps", "promoters", "detractors", "mean"][..]),
            ] {
                for statistic in statistics {
                    let contrasts = table["contrasts"].as_array().unwrap();
                    let is = |found: &&Value| {
                        found["row"] == *statistic
                            && found["column"] == values[0]
                            && found["against"] == values[1]
                    };
                    let contrast = contrasts.iter().find(is).unwrap();
                    let row = row(&rows, question, statistic);
                    let about = format!("{drawn} {more} {segment} {statistic}");
                    for key in ["difference", "low", "high", "p"] {
                        near(&row[key], &contrast[key], 1.0, &about);
                    }
                    assert_eq!(row["method"], contrast["method"], "{about}");
                }
            }
        }
    }
}

#[test]
fn sides_in_the_same_clusters_have_a_surer_difference_than_two_files() {
    // R survey 4.1-1, svyby(covmat = TRUE) with svycontrast: b less a, with 24 clusters less 3 strata.
    let rows = compared(&folder(BOTH, ""), "group = 'a'", "group = 'b'");
    let mean = row(&rows, "satisfaction", "mean");
    assert!((mean["difference"].as_f64().unwrap() + 0.822_136_262_287_495).abs() < 1e-10);
    let half = (mean["high"].as_f64().unwrap() - mean["low"].as_f64().unwrap()) / 2.0;
    assert!((half / 2.079_613_844_727_66 / 0.141_299_736_104_232 - 1.0).abs() < 1e-9, "{mean}");
    assert_eq!(mean["method"], "welch-t-linearised, design covariance");
    // As files of their own both sides have the same figures, and know nothing of each other.
    let apart = folder(BOTH, "");
    for (name, group) in [("x.csv", ",a,"), ("y.csv", ",b,")] {
        let own = CLUSTERS.lines().enumerate().filter(|(at, line)| *at == 0 || line.contains(group));
        apart.file(name, own.map(|(_, line)| format!("{line}\n")).collect::<String>());
    }
    let asked = ["compare", "x.csv", "y.csv", "--survey", "a.toml", "--statistics", "all"];
    let apart = section(&report(&apart, &asked), "comparison")["rows"].as_array().unwrap().clone();
    for (question, statistic) in [("satisfaction", "top_box"), ("satisfaction", "mean"), ("recommend", "nps")]
    {
        let (one, other) = (row(&rows, question, statistic), row(&apart, question, statistic));
        for key in ["a", "b", "difference", "base_effective_a", "base_effective_b"] {
            near(&one[key], &other[key], 1.0, statistic);
        }
        for key in ["p", "minimum_detectable", "minimum_detectable_adjusted"] {
            assert!(one[key].as_f64().unwrap() < other[key].as_f64().unwrap(), "{statistic} {key}");
        }
        assert!(!other["method"].as_str().unwrap().contains("covariance"));
    }
}

#[test]
fn turning_sides_round_mirrors_their_differences() {
    let replicates = "[weighting]\nvariance = \"bootstrap\"\nreplicates = 40\n";
    for (drawn, more) in [(BOTH, ""), (BOTH, TARGETS), ("stratum = \"stratum\"\n", replicates)] {
        let folder = folder(drawn, more);
        let (there, back) = (
            compared(&folder, "group = 'a'", "group != 'a'"),
            compared(&folder, "group != 'a'", "group = 'a'"),
        );
        assert_eq!(there.len(), back.len());
        for (one, other) in there.iter().zip(&back) {
            let about = one["statistic"].as_str().unwrap();
            for (key, mirrored, sign) in [
                ("difference", "difference", -1.0),
                ("low", "high", -1.0),
                ("high", "low", -1.0),
                ("p", "p", 1.0),
            ] {
                near(&other[mirrored], &one[key], sign, about);
            }
            near(&other["minimum_detectable"], &one["minimum_detectable"], 1.0, about);
            assert_eq!(other["method"], one["method"]);
        }
    }
}

#[test]
fn everybody_else_is_the_other_condition() {
    let folder = folder(BOTH, TARGETS);
    let rest = report(&folder, &["compare", "a.csv", "--a", "group = 'a'", "--rest", "--statistics", "all"]);
    let rest = section(&rest, "comparison")["rows"].as_array().unwrap().clone();
    let named = compared(&folder, "group = 'a'", "group != 'a'");
    assert_eq!(rest, named);
    assert!(
        rest.iter().all(|row| row["method"].as_str().unwrap().ends_with(", design covariance")),
        "{rest:?}"
    );
}

/// The same survey in two waves, whose rows share clusters.
fn waves(more: &str) -> Workdir {
    let folder = Workdir::new();
    let mut lines = CLUSTERS.lines();
    let mut text = format!("{},round\n", lines.next().unwrap());
    for (at, line) in lines.enumerate() {
        text.push_str(&format!("{line},{}\n", if at % 3 == 0 { "first" } else { "second" }));
    }
    folder.file("a.csv", text);
    let data =
        format!("[data]\nweight = \"weight\"\nmissing = [\"\"]\nwave = {{ column = \"round\" }}\n{BOTH}");
    folder.file("a.toml", format!("{data}{QUESTIONS}{more}"));
    folder
}

fn methods(report: &Value) -> BTreeSet<bool> {
    let rows = section(report, "comparison")["rows"].as_array().unwrap();
    rows.iter().map(|row| row["method"].as_str().unwrap().ends_with(", design covariance")).collect()
}

fn says_apart(report: &Value) -> bool {
    report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "compare_apart")
}

#[test]
fn waves_weighted_apart_are_two_samples_and_waves_weighted_together_one() {
    let asked = ["compare", "a.csv", "--a", "wave = first", "--b", "wave = second"];
    for (scope, known) in [("wave", false), ("all", true)] {
        let folder = waves(&format!("[weighting]\nscope = \"{scope}\"\n{TARGETS}"));
        let found = report(&folder, &asked);
        assert_eq!((methods(&found), says_apart(&found)), (BTreeSet::from([known]), false), "{scope}");
    }
    // Within a wave both sides are parts of one sample either way.
    let within =
        ["compare", "a.csv", "--a", "wave = second and group = 'a'", "--b", "wave = second and group = 'b'"];
    assert_eq!(methods(&report(&waves(""), &within)), BTreeSet::from([true]));
}

#[test]
fn rows_on_both_sides_are_looked_for_in_the_wave_compared() {
    // Rows of the first wave are on both sides, none of the second is.
    let folder = waves("");
    let (a, b) = ("group = 'a' or round = 'first'", "group = 'b' or round = 'first'");
    let found = report(&folder, &["compare", "a.csv", "--wave", "second", "--a", a, "--b", b]);
    assert_eq!(methods(&found), BTreeSet::from([true]));
    let refused = folder.run(&["compare", "a.csv", "--wave", "first", "--a", a, "--b", b, "--quiet"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("108 rows are on both sides"), "{}", refused.stderr);
}

#[test]
fn where_rows_may_stand_on_both_sides_nothing_is_known_and_that_is_said() {
    // A wave, and the group in all of them.
    let folder = waves(&format!("[weighting]\nscope = \"all\"\n{TARGETS}"));
    let found = report(
        &folder,
        &["compare", "a.csv", "--wave", "all", "--a", "group = 'a'", "--b", "wave = second and group = 'b'"],
    );
    assert_eq!((methods(&found), says_apart(&found)), (BTreeSet::from([false]), true));
}

#[test]
fn two_files_are_two_samples() {
    let folder = folder(BOTH, "");
    folder.file("b.csv", CLUSTERS.replace(",a,", ",b,"));
    let found = report(&folder, &["compare", "a.csv", "b.csv", "--survey", "a.toml"]);
    assert_eq!((methods(&found), says_apart(&found)), (BTreeSet::from([false]), false));
    // Without strata and clusters nobody is told of a design.
    let plain = report(&self::folder("", TARGETS), &["compare", "a.csv", "--a", "group = 'a'", "--rest"]);
    assert_eq!((methods(&plain), says_apart(&plain)), (BTreeSet::from([false]), false));
}

#[test]
fn bounds_tell_cells_apart_by_their_weights() {
    let bounds = format!("[weighting]\nbounds = {{ lower = 0.2, upper = 4 }}\n{TARGETS}");
    let folder = folder(BOTH, &bounds);
    let found = report(&folder, &["compare", "a.csv", "--a", "group = 'b'", "--b", "group = 'c'"]);
    assert_eq!((methods(&found), says_apart(&found)), (BTreeSet::from([true]), false));
}
