//! A condition keeps a domain of the sample: weights and variances are those of all rows, as R survey's
//! `subset(rake(design), condition)` has them.

use std::fmt::Write as _;

use csat::analysis::{self, Scope};
use csat::report::{Estimate, Provenance, Report};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, OpenedInput};
use csat::survey::expression;
use csat::{survey, tally};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Run, Workdir, estimate};

const HOTEL: &str = include_str!("../reference/weighting/hotel_a.csv");
const BANK: &str = include_str!("../reference/weighting/bank_a.csv");

const QUESTIONS: &str = "[question.csat_overall]\nmeasure = \"csat\"\n[question.nps]\nmeasure = \"nps\"\n\
                         [segment.gender]\n[segment.age]\n[segment.segment]\n[segment.region]\n";

const TARGETS: &str = "[weighting.targets.gender]\nFemale = 1040\nMale = 960\n[weighting.targets.age]\n\
                       \"18-34\" = 600\n\"35-54\" = 800\n\"55+\" = 600\n";

fn folder(answers: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("answers.csv", answers);
    folder.file("answers.toml", definition);
    folder
}

fn hotel(more: &str) -> Workdir {
    folder(HOTEL, &format!("[data]\nweight = \"weight\"\n{QUESTIONS}{TARGETS}{more}"))
}

fn run(folder: &Workdir, arguments: &[&str]) -> Run {
    folder.run(&[arguments, &["--quiet"]].concat())
}

fn analyze(folder: &Workdir, more: &[&str]) -> Value {
    run(folder, &[&["analyze", "answers.csv", "--format", "json"], more].concat()).report()
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("no number: {found}"));
    assert!((found / expected - 1.0).abs() <= tolerance, "{found} is not {expected}");
}

#[track_caller]
fn figures(report: &Value, expected: [(&str, f64, f64); 2]) {
    for (statistic, value, se) in expected {
        let found = estimate(report, "csat_overall", statistic, &[]);
        close(&found["value"], value, 1e-11);
        close(&found["se"], se, 1e-10);
    }
}

#[test]
fn a_condition_keeps_a_domain_of_the_raked_sample() {
    // R 4.2.2, survey 4.1-1: svymean of subset(rake(svydesign(~1, weights = ~weight), …, epsilon = 1e-13), condition).
    let folder = hotel("");
    for (condition, mean, share) in [
        (
            "region = 'City'",
            [4.224_662_661_984_913, 0.095_124_701_743_117_13],
            [85.076_488_956_559_45, 4.298_021_228_778_859],
        ),
        (
            "region = 'Airport'",
            [3.886_817_342_707_4, 0.143_815_331_926_611_8],
            [72.060_363_170_298_16, 7.002_313_071_317_653],
        ),
        (
            // Of a raked variable: the targets still hold among all rows.
            "segment = 'Business' and gender = 'Male'",
            [4.311_249_395_992_452, 0.184_867_333_368_157_1],
            [85.877_385_200_460_54, 6.867_318_483_412_919],
        ),
    ] {
        let report = analyze(&folder, &["--where", condition]);
        figures(&report, [("mean", mean[0], mean[1]), ("top_box", share[0], share[1])]);
    }
}

#[test]
fn a_domain_that_lacks_clusters_and_strata_has_the_standard_error_of_all_of_them() {
    // The same of svydesign(ids = ~branch), of strata = ~region, and of both with nest = TRUE: 5 of 16 branches, and
    // no row of the west.
    let condition = "branch in ('B01', 'B02', 'B03', 'B07', 'B11') and gender = 'Female'";
    for (design, mean_se, share_se) in [
        ("cluster = \"branch\"", 0.046_870_508_052_901_42, 0.034_006_566_657_939_31),
        ("stratum = \"region\"", 0.072_114_507_094_423_87, 0.036_213_924_627_937_24),
        ("stratum = \"region\"\ncluster = \"branch\"", 0.050_931_344_654_588_21, 0.036_939_012_942_400_52),
    ] {
        let folder = folder(BANK, &format!("[data]\nweight = \"weight\"\n{design}\n{QUESTIONS}"));
        let report = analyze(&folder, &["--where", condition]);
        assert_eq!(report["ledger"]["rows_used"], 211);
        figures(
            &report,
            [("mean", 3.789_694_318_969_432, mean_se), ("top_box", 67.371_375_308_566_11, 100.0 * share_se)],
        );
    }
}

/// Lines of a file of weights, its header aside.
fn weights(folder: &Workdir, more: &[&str]) -> Vec<String> {
    let written = run(folder, &[&["weight", "answers.csv", "--weights", "weights.csv"], more].concat());
    assert_eq!(written.code, 0, "{}", written.stderr);
    folder.read("weights.csv").lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_weight_of_a_row_is_the_same_whatever_else_is_looked_at() {
    // Regions come in another order among the kept rows, and waves too.
    let data = "[data]\nweight = \"weight\"\ndate = \"date\"\n";
    for scope in ["wave", "all"] {
        let folder = folder(
            BANK,
            &format!(
                "{data}wave = {{ every = \"year\" }}\n{QUESTIONS}[weighting]\nscope = \"{scope}\"\n{TARGETS}"
            ),
        );
        let all = weights(&folder, &["--wave", "all"]);
        for condition in ["region = 'West'", "csat_overall <= 3 and age != '18-34'", "date = '2025-02-11'"] {
            let kept = weights(&folder, &["--wave", "all", "--where", condition]);
            assert!(!kept.is_empty() && kept.len() < all.len());
            assert!(kept.iter().all(|line| all.contains(line)), "{condition}");
        }
    }
}

#[test]
fn the_section_tells_of_all_rows_and_a_note_says_so() {
    let folder = hotel("");
    let section = |report: &Value| {
        let sections = report["sections"].as_array().unwrap().clone();
        let mut section = sections.into_iter().find(|section| section["kind"] == "weighting").unwrap();
        section.as_object_mut().unwrap().remove("scores");
        section
    };
    let weight = |more: &[&str]| {
        run(&folder, &[&["weight", "answers.csv", "--format", "json"], more].concat()).report()
    };
    let (all, some) = (weight(&[]), weight(&["--where", "region = 'City'"]));
    assert_eq!(section(&all), section(&some));
    let said =
        some["notes"].as_array().unwrap().iter().find(|note| note["code"] == "weighted_of_all").unwrap();
    assert!(said["text"].as_str().unwrap().contains("all 200 rows"), "{said}");
    assert!(!all["notes"].to_string().contains("weighted_of_all"));
    // What is kept has no row of a category that has a target: all rows have.
    let women = analyze(&folder, &["--where", "gender = 'Female'"]);
    assert_eq!(
        estimate(&women, "nps", "nps", &[])["value"],
        estimate(&analyze(&folder, &[]), "nps", "nps", &[("gender", "Female")])["value"]
    );
    let nobody = analyze(&folder, &["--where", "gender = 'Female' and gender = 'Male'"]);
    assert_eq!(nobody["ledger"]["rows_used"], 0);
    assert_eq!(nobody["estimates"].as_array().unwrap().len(), 0);
}

#[test]
fn sides_of_a_comparison_are_domains_of_one_weighted_sample() {
    let folder = hotel("");
    let found = run(
        &folder,
        &["compare", "answers.csv", "--a", "gender = 'Female'", "--b", "gender = 'Male'", "--format", "json"],
    );
    let report = found.report();
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|section| section["kind"] == "comparison").unwrap();
    let row = section["rows"].as_array().unwrap().iter().find(|row| row["question"] == "nps").unwrap();
    let whole = analyze(&folder, &[]);
    for (side, gender) in [("a", "Female"), ("b", "Male")] {
        let estimate = estimate(&whole, "nps", "nps", &[("gender", gender)]);
        assert_eq!(row[side], estimate["value"], "{row}");
    }
}

#[test]
fn what_was_left_out_is_compared_under_the_weights_of_everybody() {
    // Excluded rows come back into the sample, and the condition still keeps a part of it.
    let excluded = "[exclude]\nwhere = \"segment = 'Group'\"\n";
    let without = analyze(&hotel(excluded), &["--where", "region = 'City'"]);
    let with = analyze(&hotel(""), &["--where", "region = 'City'"]);
    let section =
        without["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "exclusions");
    let rows = section.unwrap()["rows"].as_array().unwrap().clone();
    let row = rows.iter().find(|row| row["question"] == "csat_overall").unwrap();
    assert_eq!(row["value_all"], estimate(&with, "csat_overall", "top_box", &[])["value"]);
    assert_eq!(row["value"], estimate(&without, "csat_overall", "top_box", &[])["value"]);
}

const SMALL: &str = "[data]\nweight = \"w\"\nDRAWN\n[question.overall]\nmeasure = \"csat\"\n[question.nps]\n\
                     measure = \"nps\"\n[question.wait]\nmeasure = \"number\"\n[segment.region]\n[segment.gender]\n\
                     [segment.age]\n[weighting]\nmissing = \"MISSING\"\nVARIANCE\n[weighting.targets.region]\n\
                     N = 0.5\nS = 0.3\nW = 0.2\n[weighting.targets.gender]\nf = 0.5\nm = 0.5\n";

/// The report of a survey whose answers may be weighted; `None` where they cannot be.
fn report(definition: &str, files: &[String], condition: Option<&str>, threads: usize) -> Option<Report> {
    let survey = survey::parse(definition.as_bytes(), "survey.toml").unwrap().survey;
    let opened = files.iter().map(|text| {
        let answers = Box::new(std::io::Cursor::new(text.clone().into_bytes()));
        let input = OpenedInput::from_reader(InputName::Stdin, answers).unwrap();
        head::read(input, &HeadOptions { depth: Depth::Light, ..HeadOptions::default() }).unwrap().source
    });
    let mut scope = Scope::new("2026-10-05".parse().unwrap());
    scope.filter = condition.map(|condition| expression::parse(condition).unwrap());
    let (plan, map) = analysis::plan(&survey, &scope).unwrap();
    let options = tally::Options { threads, progress: None };
    let mut counted = tally::count(&plan, opened.collect(), &options).unwrap();
    let designed = analysis::weigh(&survey, &map, &scope, &mut counted).ok()?;
    let report =
        analysis::run_by_design(&survey, &map, &counted, designed.as_ref(), &scope, Provenance::default());
    Some(report.unwrap())
}

fn of<'a>(report: &'a Report, age: Option<&str>) -> Vec<(&'a str, &'a str, Estimate)> {
    let own = report.estimates.iter().filter(|estimate| {
        estimate.segment.len() == usize::from(age.is_some())
            && age.is_none_or(|age| estimate.segment.get("age").is_some_and(|own| own == age))
    });
    let bare = |estimate: &'a Estimate| {
        let segment =
            estimate.segment.iter().filter(|_| false).map(|(id, value)| (id.clone(), value.clone()));
        let bare = Estimate { segment: segment.collect(), ..estimate.clone() };
        (estimate.question.as_str(), estimate.statistic.as_str(), bare)
    };
    own.map(bare).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_figure_of_a_condition_is_that_of_the_segment_it_names(
        rows in proptest::collection::vec(
            ("[NSW]|", "[fm]", "young|old", "[1-5]|", "10|[0-9]|", "[0-9]{1,2}|", "0\\.[1-9]|1|2\\.5|0|x", "[abcd]"),
            0..120,
        ),
        cut in 0_usize..120,
        drawn in 0_usize..3,
        exclude: bool,
        bootstrap: bool,
    ) {
        let mut files = [String::new(), String::new()];
        for (at, (region, gender, age, overall, nps, wait, w, branch)) in rows.iter().enumerate() {
            let file = &mut files[usize::from(at >= cut)];
            writeln!(file, "{region},{gender},{age},{overall},{nps},{wait},{w},{branch}").unwrap();
        }
        let files = files.map(|rows| format!("region,gender,age,overall,nps,wait,w,branch\n{rows}"));
        let definition = SMALL
            .replace("DRAWN", ["", "cluster = \"branch\"", "stratum = \"branch\""][drawn])
            .replace("MISSING", if exclude { "exclude" } else { "own_category" })
            .replace("VARIANCE", if bootstrap { "variance = \"bootstrap\"\nreplicates = 20" } else { "single_psu = \"adjust\"" });
        let whole = report(&definition, &files, None, 1);
        for age in ["young", "old"] {
            let condition = format!("age = '{age}'");
            let part = report(&definition, &files, Some(&condition), 1);
            prop_assert_eq!(whole.is_some(), part.is_some(), "weights are those of all rows");
            prop_assert_eq!(&part, &report(&definition, &files, Some(&condition), 3));
            let (Some(whole), Some(part)) = (&whole, &part) else { continue };
            let (column, figures) = (of(whole, Some(age)), of(part, None));
            if part.ledger.rows_used > 0 {
                prop_assert_eq!(column, figures);
            } else {
                prop_assert!(figures.is_empty());
            }
            let ledger = &part.ledger;
            let excluded: u64 = ledger.excluded.iter().map(|excluded| excluded.rows).sum();
            prop_assert_eq!(ledger.rows_used + excluded, ledger.rows_read);
        }
    }
}
