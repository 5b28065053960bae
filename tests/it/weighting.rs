//! Weights through the program, against what R's survey package gives for the same files
//! (`tests/reference/weighting/SOURCE.md`), and every way in which they can be refused.

use serde_json::Value;

use crate::support::{Run, Workdir, estimate};

const HOTEL: &str = include_str!("../reference/weighting/hotel_a.csv");
const BANK: &str = include_str!("../reference/weighting/bank_a.csv");
const GOLD: &str = include_str!("../reference/weighting/gold.csv");

const QUESTIONS: &str = r#"
[question.csat_overall]
measure = "csat"
[question.nps]
measure = "nps"
[segment.gender]
[segment.age]
[segment.segment]
[segment.region]
"#;

const TARGETS: &str = r#"
[weighting.targets.gender]
Female = 1040
Male = 960
[weighting.targets.age]
"18-34" = 600
"35-54" = 800
"55+" = 600
"#;

fn hotel(more: &str) -> Workdir {
    folder(HOTEL, &format!("[data]\nweight = \"weight\"\n{QUESTIONS}{more}"))
}

fn folder(answers: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("answers.csv", answers);
    folder.file("answers.toml", definition);
    folder
}

fn analyze(folder: &Workdir, more: &[&str]) -> Value {
    folder.run(&[&["analyze", "answers.csv", "--format", "json", "--quiet"], more].concat()).report()
}

fn weighting(folder: &Workdir, more: &[&str]) -> Value {
    let report =
        folder.run(&[&["weight", "answers.csv", "--format", "json", "--quiet"], more].concat()).report();
    report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .find(|section| section["kind"] == "weighting")
        .unwrap()
        .clone()
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("no number: {found}"));
    assert!((found / expected - 1.0).abs() <= tolerance, "{found} is not {expected}");
}

/// The weights that `--weights` writes, in file order.
fn row_weights(folder: &Workdir) -> Vec<f64> {
    let run = folder.run(&["weight", "answers.csv", "--weights", "weights.csv", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = folder.read("weights.csv");
    let last = |line: &str| line.rsplit(',').next().unwrap().parse().unwrap();
    text.lines().skip(1).map(last).collect()
}

#[test]
fn raking_from_design_weights_is_that_of_r_survey() {
    let folder = hotel(&format!("{TARGETS}[weighting]\nscale = \"population\"\n"));
    let section = weighting(&folder, &[]);
    // weighting.rake: rake() to a tolerance of 1e-12.
    close(&section["sum"], 2000.0, 1e-11);
    close(&section["min"], 2.971_901_070_736_95, 1e-11);
    close(&section["max"], 37.254_378_830_164_9, 1e-11);
    close(&section["kish_base"], 164.665_447_242_135, 1e-11);
    close(&section["kish_design_effect"], 1.214_583_893_272_97, 1e-11);
    assert_eq!(section["converged"], true);
    for margin in section["margins"].as_array().unwrap() {
        close(&margin["after"], margin["target"].as_f64().unwrap(), 1e-11);
    }
    let weights = row_weights(&folder);
    for (found, expected) in
        weights.iter().zip([12.792_955_995_192, 7.401_358_717_567_81, 9.951_319_447_257_03])
    {
        // Nine decimals are written.
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
    assert_eq!(weights.len(), 200);
}

#[test]
fn a_raked_mean_knows_of_the_raking() {
    // weighting.rake.svymean: svymean of the raked design.
    let report = analyze(&hotel(TARGETS), &[]);
    let mean = estimate(&report, "csat_overall", "mean", &[]);
    close(&mean["value"], 4.027_056_684_312_7, 1e-11);
    close(&mean["se"], 0.066_753_347_630_398_8, 1e-9);
}

#[test]
fn raking_from_one_post_stratification_and_calibration_are_those_of_r_survey() {
    let plain =
        |more: &str| folder(HOTEL, &format!("{QUESTIONS}{more}\n[weighting]\nscale = \"population\"\n"));
    let from_one = weighting(&plain(TARGETS), &[]);
    close(&from_one["min"], 7.620_007_364_883_34, 1e-11);
    close(&from_one["kish_base"], 186.863_507_218_974, 1e-11);
    let segments = "[weighting.targets.segment]\nLeisure = 1000\nBusiness = 600\nGroup = 400\n";
    let post =
        hotel(&format!("{segments}[weighting]\nmethod = \"post_stratification\"\nscale = \"population\"\n"));
    close(&weighting(&post, &[])["kish_base"], 179.297_576_728_736, 1e-11);
    let linear = hotel(&format!("{TARGETS}[weighting]\nmethod = \"linear\"\nscale = \"population\"\n"));
    let linear = weighting(&linear, &[]);
    close(&linear["min"], 2.912_397_744_732_83, 1e-9);
    close(&linear["max"], 35.562_883_265_633_6, 1e-9);
}

#[test]
fn gold_is_raked_to_the_cell_weights_of_r_survey() {
    // METHODS: rake to A60 B36 C24 x F66 M54.
    let targets =
        "[weighting.targets.segment]\nA = 60\nB = 36\nC = 24\n[weighting.targets.gender]\nF = 66\nM = 54\n";
    let questions = "[question.csat_overall]\nmeasure = \"csat\"\n[segment.segment]\n[segment.gender]\n";
    let folder = folder(GOLD, &format!("{questions}{targets}"));
    let report = analyze(&folder, &[]);
    close(&estimate(&report, "csat_overall", "mean", &[])["value"], 4.285_451_664_9, 1e-10);
    close(&weighting(&folder, &[])["kish_design_effect"], 1.164_654_718_5, 1e-10);
}

#[test]
fn strata_and_clusters_give_the_standard_errors_of_r_survey() {
    for (design, se) in
        [("stratum = \"region\"", 0.036_706_198_152_169), ("cluster = \"branch\"", 0.041_653_303_473_837_3)]
    {
        let folder = folder(BANK, &format!("[data]\nweight = \"weight\"\n{design}\n{QUESTIONS}"));
        let report = analyze(&folder, &[]);
        let mean = estimate(&report, "csat_overall", "mean", &[]);
        close(&mean["value"], 3.689_335_088_482_82, 1e-12);
        close(&mean["se"], se, 1e-11);
        if design.starts_with("cluster") {
            assert_eq!(mean["degrees_of_freedom"], 15.0, "16 branches, one stratum");
            close(&mean["low"], 3.600_553_173_722_45, 1e-11);
            close(&mean["high"], 3.778_117_003_243_19, 1e-11);
        }
    }
}

#[test]
fn clusters_without_weights_widen_intervals_and_change_no_figure() {
    let plain = analyze(&folder(BANK, QUESTIONS), &[]);
    let clustered = analyze(&folder(BANK, &format!("[data]\ncluster = \"branch\"\n{QUESTIONS}")), &[]);
    let (one, other) =
        (estimate(&plain, "csat_overall", "mean", &[]), estimate(&clustered, "csat_overall", "mean", &[]));
    assert_eq!(one["value"], other["value"]);
    assert!(other["base_effective"].as_f64() < one["base_effective"].as_f64());
    let said = clustered["notes"].as_array().unwrap();
    assert!(said.iter().any(|note| note["code"] == "weighted_design"));
}

#[test]
fn the_scores_stand_with_and_without_the_weights() {
    let section = weighting(&hotel(TARGETS), &[]);
    let scores = section["scores"].as_array().unwrap();
    let plain = analyze(&folder(HOTEL, QUESTIONS), &[]);
    for score in scores {
        let question = score["question"].as_str().unwrap();
        let statistic = score["statistic"].as_str().unwrap();
        assert_eq!(score["unweighted"], estimate(&plain, question, statistic, &[])["value"]);
    }
    assert_eq!(scores.len(), 2);
}

#[test]
fn every_command_weights_by_the_definition_unless_it_is_told_not_to() {
    let folder = hotel(TARGETS);
    let weighted = analyze(&folder, &[]);
    let without = analyze(&folder, &["--weight", "none"]);
    assert_ne!(
        estimate(&weighted, "nps", "nps", &[])["value"],
        estimate(&without, "nps", "nps", &[])["value"]
    );
    assert!(estimate(&without, "nps", "nps", &[])["base_kish"].is_null());
    let region = estimate(&weighted, "nps", "nps", &[("region", "City")]);
    assert!(region["base_kish"].is_number());
    let page = folder.run(&["report", "answers.csv", "--format", "html", "--quiet"]);
    assert_eq!(page.code, 0, "{}", page.stderr);
    assert!(page.stdout.contains("to the targets of gender, age"), "the method says so");
}

#[test]
fn order_and_threads_change_nothing() {
    let mut lines: Vec<&str> = HOTEL.lines().collect();
    lines[1..].reverse();
    let shuffled = folder(&lines.join("\n"), &format!("[data]\nweight = \"weight\"\n{QUESTIONS}{TARGETS}"));
    let straight = hotel(TARGETS);
    let one = analyze(&straight, &["--threads", "1"]);
    assert_eq!(one["estimates"], analyze(&straight, &["--threads", "4"])["estimates"]);
    assert_eq!(one["estimates"], analyze(&shuffled, &[])["estimates"]);
}

#[test]
fn targets_as_shares_percentages_and_numbers_of_people_are_the_same() {
    let counts = analyze(&hotel(TARGETS), &[]);
    for (one, two) in [("0.52", "0.48"), ("52", "48")] {
        let sum = |part: f64| if one.starts_with('0') { part } else { part * 100.0 };
        let targets = format!(
            "[weighting.targets.gender]\nFemale = {one}\nMale = {two}\n[weighting.targets.age]\n\"18-34\" = {}\n\
             \"35-54\" = {}\n\"55+\" = {}\n",
            sum(0.3),
            sum(0.4),
            sum(0.3)
        );
        let shares = analyze(&hotel(&targets), &[]);
        close(
            &estimate(&shares, "nps", "nps", &[])["value"],
            estimate(&counts, "nps", "nps", &[])["value"].as_f64().unwrap(),
            1e-11,
        );
    }
}

#[test]
fn a_file_of_targets_is_the_table_it_holds() {
    let folder = hotel("[weighting.targets]\ngender = \"gender.csv\"\nage = \"age.csv\"\n");
    folder.file("gender.csv", "gender,count\nFemale,1040\nMale,960\n");
    folder.file("age.csv", "age;count\n18-34;600\n35-54;800\n55+;600\n");
    let inline = analyze(&hotel(TARGETS), &[]);
    assert_eq!(analyze(&folder, &[])["estimates"], inline["estimates"]);
    folder.file("gender.csv", "gender,count\nFemale,1040\nMale,-1\n");
    folder.run(&["analyze", "answers.csv"]).refused(78, &["gender.csv", "-1"]);
    std::fs::remove_file(folder.path().join("gender.csv")).unwrap();
    folder.run(&["analyze", "answers.csv"]).refused(1, &["gender.csv"]);
}

#[test]
fn bounds_hold_and_are_said() {
    let bounds = "[weighting]\nbounds = { lower = 0.3, upper = 3.0 }\nscale = \"population\"\n";
    let section = weighting(&hotel(&format!("{TARGETS}{bounds}")), &[]);
    assert_eq!(section["bounds"], serde_json::json!([3.0, 30.0]));
    assert!(
        section["min"].as_f64().unwrap() >= 3.0 - 1e-9 && section["max"].as_f64().unwrap() <= 30.0 + 1e-9
    );
    assert!(section["trimmed"].as_u64().unwrap() > 0);
    assert_eq!(section["variance"], "fixed");
    for margin in section["margins"].as_array().unwrap() {
        close(&margin["after"], margin["target"].as_f64().unwrap(), 1e-8);
    }
}

const THREE: &str = "[weighting.targets.gender]\nFemale = 104\nMale = 96\n[weighting.targets.age]\n\"18-34\" = 60\n\
                     \"35-54\" = 80\n\"55+\" = 60\n[weighting.targets.region]\nAirport = 40\nBeach = 90\nCity = 70\n";

#[test]
fn trimmed_design_weights_are_those_of_r_survey_row_by_row() {
    // `weighting.trim`, `weighting.trim_strict` and `weighting.more.trim_*.weight`: trimWeights() of raked weights, whose
    // cells hold many design weights.
    let once = |times: u32| format!("bounds = {{ lower = 0.{times}, upper = ");
    for (targets, bounds, redistribute, [min, max, kish], first) in [
        (
            TARGETS,
            format!("{}3.0 }}\nscale = \"population\"", once(3)),
            "once",
            [3.0, 30.0, 167.033_654_309_435],
            [12.829_452_358_327_9, 7.437_855_080_703_68, 9.987_815_810_392_9, 23.166_317_016_111_7],
        ),
        (
            TARGETS,
            format!("{}3.0 }}\nscale = \"population\"", once(3)),
            "repeat",
            [3.0, 30.0, 167.033_654_309_435],
            [12.829_452_358_327_9, 7.437_855_080_703_68, 9.987_815_810_392_9, 23.166_317_016_111_7],
        ),
        (
            THREE,
            format!("{}1.4 }}", once(5)),
            "once",
            [0.5, 1.528_117_174_515_22, 181.578_265_847_085],
            [1.105_930_781_141_11, 0.788_900_738_176_877, 0.903_207_954_663_462, 1.4],
        ),
        (
            THREE,
            format!("{}1.4 }}", once(5)),
            "repeat",
            [0.504_268_992_781_503, 1.4, 182.193_023_099_394],
            [1.110_199_773_922_62, 0.793_169_730_958_381, 0.907_476_947_444_966, 1.4],
        ),
    ] {
        let folder = hotel(&format!("{targets}[weighting]\n{bounds}\nredistribute = \"{redistribute}\"\n"));
        let section = weighting(&folder, &[]);
        close(&section["min"], min, 1e-9);
        close(&section["max"], max, 1e-9);
        close(&section["kish_base"], kish, 1e-9);
        let weights = row_weights(&folder);
        assert_eq!(weights.len(), 200);
        for (found, expected) in weights.iter().zip(first) {
            assert!((found - expected).abs() < 2e-9, "{found} {expected}");
        }
    }
}

#[test]
fn the_rows_at_a_bound_are_those_that_are_held_there() {
    let bounds = "[weighting]\nbounds = { lower = 0.6, upper = 1.8 }\n";
    let folder = hotel(&format!("{TARGETS}{bounds}"));
    let section = weighting(&folder, &[]);
    let weights = row_weights(&folder);
    assert!(weights.iter().all(|weight| *weight > 0.6 - 1e-9 && *weight < 1.8 + 1e-9));
    let held = weights.iter().filter(|weight| **weight < 0.6 + 1e-8 || **weight > 1.8 - 1e-8).count();
    assert_eq!(section["trimmed"].as_u64(), Some(held as u64));
    let free = row_weights(&hotel(TARGETS));
    let outside = free.iter().filter(|weight| **weight < 0.6 || **weight > 1.8).count();
    assert!(held >= outside && held < 100, "{held} of {outside}");
    for threads in ["1", "4"] {
        assert_eq!(weighting(&folder, &["--threads", threads]), section);
    }
}

#[test]
fn too_many_design_weights_for_bounds_are_refused_with_what_helps() {
    let mut text = "w,region,overall\n".to_owned();
    for at in 0..10_001 {
        text.push_str(&format!(
            "{}.{:05},{},{}\n",
            1 + at % 2,
            at,
            if at % 2 == 0 { "N" } else { "S" },
            at % 5 + 1
        ));
    }
    let definition = "[data]\nweight = \"w\"\n[question.overall]\nmeasure = \"csat\"\n[segment.region]\n\
                      [weighting.targets.region]\nN = 0.5\nS = 0.5\n";
    let bounded = folder(&text, &format!("{definition}[weighting]\nbounds = {{ lower = 0.2, upper = 5 }}\n"));
    bounded.run(&["analyze", "answers.csv"]).refused(1, &["`w`", "10000", "bounds", "round the weights"]);
    assert_eq!(folder(&text, definition).run(&["analyze", "answers.csv", "--quiet"]).code, 0);
}

/// A small file of answers by region and gender.
fn small(rows: &[(&str, &str, u32)], targets: &str) -> Run {
    let mut text = "region,gender,overall\n".to_owned();
    for (region, gender, times) in rows {
        for at in 0..*times {
            text.push_str(&format!("{region},{gender},{}\n", at % 5 + 1));
        }
    }
    let definition =
        format!("[question.overall]\nmeasure = \"csat\"\n[segment.region]\n[segment.gender]\n{targets}");
    folder(&text, &definition).run(&["analyze", "answers.csv"])
}

const ROWS: [(&str, &str, u32); 4] = [("N", "f", 8), ("N", "m", 7), ("S", "f", 9), ("S", "m", 6)];

#[test]
fn what_the_answers_cannot_meet_is_named_with_what_would_help() {
    let empty = small(&ROWS, "[weighting.targets.region]\nN = 0.4\nS = 0.4\nWest = 0.2\n");
    empty.refused(1, &["cannot be weighted", "region", "West"]);
    let unknown = small(&ROWS, "[weighting.targets.region]\nN = 1.0\n");
    unknown.refused(1, &["cannot be weighted", "region", "S"]);
    // All in the south are women: fewer than half can be women only if the south is smaller.
    let rows = [("N", "f", 5), ("N", "m", 9), ("S", "f", 12)];
    let targets =
        "[weighting.targets.region]\nN = 0.3\nS = 0.7\n[weighting.targets.gender]\nf = 0.5\nm = 0.5\n";
    small(&rows, targets).refused(1, &["cannot be weighted", "region", "gender"]);
}

#[test]
fn targets_that_are_wrong_by_themselves_are_faults_of_the_definition() {
    for (targets, said) in [
        ("N = 0.4\nS = 0.4", "0.8"),
        ("N = -0.4\nS = 1.4", "-0.4"),
        ("N = 0\nS = 0", "0"),
        ("N = \"a lot\"\nS = 0.4", "a lot"),
    ] {
        let run = small(&ROWS, &format!("[weighting.targets.region]\n{targets}\n"));
        run.refused(78, &["answers.toml", "region", said]);
    }
}

#[test]
fn a_wave_that_has_just_begun_does_not_stop_the_report_of_the_one_before() {
    let mut text = "date,region,overall\n".to_owned();
    for at in 0..40 {
        let region = if at % 3 == 0 { "N" } else { "S" };
        text.push_str(&format!("2026-08-{:02},{region},{}\n", at % 28 + 1, at % 5 + 1));
    }
    text.push_str("2026-10-02,N,4\n");
    let definition = "[data]\ndate = \"date\"\nwave = { every = \"quarter\" }\n[question.overall]\nmeasure = \"csat\"\n\
                      [segment.region]\n[weighting.targets.region]\nN = 0.5\nS = 0.5\n";
    let folder = folder(&text, definition);
    let report = analyze(&folder, &[]);
    assert_eq!(report["waves"]["wave"], "2026-Q3");
    assert!(estimate(&report, "overall", "top_box", &[])["value"].is_number());
    let said = report["notes"].as_array().unwrap();
    assert!(said.iter().any(|note| note["code"] == "wave_not_weighted" && note["about"] == "2026-Q4"));
    folder.run(&["analyze", "answers.csv", "--wave", "2026-Q4"]).refused(1, &["2026-Q4", "S"]);
}

#[test]
fn one_giant_weight_and_all_zero_are_said() {
    let mut text = "w,region,overall\n1000000,N,5\n".to_owned();
    for at in 0..50 {
        text.push_str(&format!("1,{},{}\n", if at % 2 == 0 { "N" } else { "S" }, at % 5 + 1));
    }
    let definition = "[data]\nweight = \"w\"\n[question.overall]\nmeasure = \"csat\"\n[segment.region]\n\
                      [weighting.targets.region]\nN = 0.5\nS = 0.5\n";
    let report = analyze(&folder(&text, definition), &[]);
    let codes: Vec<&str> =
        report["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"heavy_row") && codes.contains(&"weights_inefficient"), "{codes:?}");
    let zeros = text.replace("\n1000000,", "\n0,").replace("\n1,", "\n0,");
    let folder = folder(&zeros, definition);
    let report = analyze(&folder, &[]);
    assert_eq!(report["ledger"]["rows_used"], 0);
    for command in ["analyze", "weight", "crosstab"] {
        let said = folder.run(&[command, "answers.csv"]).stdout;
        assert!(said.contains("of 51 rows 51 have the weight 0"), "{command}: {said}");
    }
    let said = folder.run(&["analyze", "answers.csv", "--weight", "none", "--where", "overall > 9"]).stdout;
    assert!(said.contains("of 51 rows the condition leaves out 51"), "{said}");
}

#[test]
fn missing_answers_keep_their_share_or_are_left_out_and_counted() {
    let rows = [("N", "f", 8), ("N", "m", 7), ("", "f", 5), ("S", "m", 10)];
    let mut text = "region,gender,overall\n".to_owned();
    for (region, gender, times) in rows {
        for at in 0..times {
            text.push_str(&format!("{region},{gender},{}\n", at % 5 + 1));
        }
    }
    let with = |missing: &str| {
        let definition = format!(
            "[question.overall]\nmeasure = \"csat\"\n[segment.region]\n[weighting]\nmissing = \"{missing}\"\n\
             [weighting.targets.region]\nN = 0.5\nS = 0.5\n"
        );
        analyze(&folder(&text, &definition), &[])
    };
    assert_eq!(with("own_category")["ledger"]["rows_used"], 30);
    assert_eq!(with("impute")["ledger"]["rows_used"], 30);
    let left = with("exclude");
    assert_eq!(left["ledger"]["rows_used"], 25);
    let reason = &left["ledger"]["excluded"][0];
    assert_eq!((reason["reason"].as_str(), reason["rows"].as_u64()), (Some("no_raking_answer"), Some(5)));
}

#[test]
fn without_weights_there_is_nothing_to_show() {
    folder(HOTEL, QUESTIONS)
        .run(&["weight", "answers.csv"])
        .refused(2, &["declares no weights", "[weighting.targets"]);
}

#[test]
fn what_weighting_did_is_a_page_a_workbook_and_markdown() {
    let folder = hotel(&format!("{TARGETS}[report]\nlanguage = \"de\"\nfor = \"customers\"\n"));
    for name in ["w.html", "w.xlsx", "w.md"] {
        let run = folder.run(&["weight", "answers.csv", "-o", name, "--quiet"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let section = weighting(&folder, &[]);
    let (html, markdown) = (folder.read("w.html"), folder.read("w.md"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("w.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range(&mut book, "Gewichtung").unwrap();
    let cells: Vec<&calamine::Data> = sheet.rows().flatten().collect();
    let margins = section["margins"].as_array().unwrap();
    assert_eq!(margins.len(), 5);
    for margin in margins {
        let category = margin["category"].as_str().unwrap();
        assert!(html.contains(category) && markdown.contains(category), "{category}");
        for name in ["rows", "sample", "before", "target", "after"] {
            let figure = margin[name].as_f64().unwrap();
            let is_there =
                |cell: &&calamine::Data| matches!(cell, calamine::Data::Float(read) if *read == figure);
            assert!(cells.iter().any(is_there), "{category}: {name} {figure}");
        }
        for name in ["sample", "before", "target", "after"] {
            let text = format!("{:.1}\u{a0}%", margin[name].as_f64().unwrap()).replace('.', ",");
            assert!(html.contains(&text) && markdown.contains(&text), "{category}: {name} {text}");
        }
    }
    assert!(markdown.contains("Alle Vorgaben sind erreicht"), "{markdown}");
    assert!(html.contains("Die Werte mit und ohne Gewichte"), "whoever weights is no customer");
}

#[test]
fn the_report_shows_its_weighting_to_those_who_may_see_it() {
    let folder = hotel(TARGETS);
    for (audience, is_shown) in [("team", true), ("board", true), ("customers", false)] {
        let run = folder.run(&["report", "answers.csv", "--for", audience, "--format", "md", "--quiet"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(run.stdout.contains("## Weighting\n"), is_shown, "{audience}: {}", run.stdout);
        assert_eq!(run.stdout.contains("The scores with and without the weights"), is_shown, "{audience}");
    }
}

#[test]
fn margins_are_tidy_rows_in_csv_and_waves_have_their_own() {
    let folder = hotel(TARGETS);
    let run = folder.run(&["weight", "answers.csv", "--format", "csv", "--quiet"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], "wave,variable,category,rows,sample,before,target,after");
    assert_eq!(lines.len(), 6);
    assert!(lines[1].starts_with(",gender,Female,"), "{}", lines[1]);
    let more = "[data]\nweight = \"weight\"\ndate = \"date\"\nwave = { every = \"year\" }\n";
    let folder = self::folder(HOTEL, &format!("{more}{QUESTIONS}{TARGETS}"));
    let report =
        folder.run(&["weight", "answers.csv", "--wave", "all", "--format", "json", "--quiet"]).report();
    let sections: Vec<&Value> = report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|section| section["kind"] == "weighting")
        .collect();
    assert!(sections.len() > 2, "all together, then each wave");
    assert_eq!(sections[0]["method"], "raking");
    for section in &sections[1..] {
        assert!(section["wave"].is_string());
        for margin in section["margins"].as_array().unwrap() {
            close(&margin["after"], margin["target"].as_f64().unwrap(), 1e-9);
        }
    }
    let said = report["notes"].as_array().unwrap();
    let note = said.iter().find(|note| note["code"] == "weighted").unwrap();
    assert!(note["text"].as_str().unwrap().contains("targets of gender, age"), "{note}");
}

#[test]
fn weights_go_to_a_csv_of_their_own() {
    let folder = hotel(TARGETS);
    let run = |name: &str| folder.run(&["weight", "answers.csv", "--weights", name, "--quiet"]);
    run("weights.xlsx").refused(2, &["weights are written as CSV"]);
    run("answers.csv").refused(2, &["--weights answers.csv", "overwrite"]);
    let none = folder.run(&["weight", "answers.csv", "--weight", "none", "--quiet"]);
    none.refused(2, &["--weight none"]);
}

#[test]
fn a_condition_may_leave_out_a_category_that_has_a_target() {
    let folder = hotel(TARGETS);
    let run = folder.run(&["weight", "answers.csv", "--where", "gender = \"Female\"", "--format", "json"]);
    let report = run.report();
    assert_eq!(report["ledger"]["rows_used"], 116);
    let margins = weighting(&folder, &["--where", "gender = \"Female\""])["margins"].clone();
    let men = margins.as_array().unwrap().iter().find(|margin| margin["category"] == "Male").unwrap();
    assert_eq!((&men["rows"], &men["after"]), (&serde_json::json!(84), &men["target"]));
}
