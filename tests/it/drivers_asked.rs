//! What is asked of drivers and cannot be told, of known populations, and outcomes by score, through the program.

use serde_json::Value;

use crate::support::{Run, Workdir};

/// Rows of an overall rating that follows speed more than price, with what customers spent, a weight and a branch.
fn shop(rows: usize) -> String {
    let mut text = "overall,speed,price,recommend,spent,renewed,w,branch,band\n".to_owned();
    for row in 0..rows {
        let (speed, price) = (1 + row % 5, 1 + row / 7 % 5);
        let overall = (2 * speed + price + row % 3) / 3;
        let overall = overall.clamp(1, 5);
        let spent = 10 * overall + row * 7 % 13;
        let renewed = if overall + row % 3 > 3 { "yes" } else { "no" };
        let weight = ["0.5", "1", "1.75", "3"][row % 4];
        text += &format!(
            "{overall},{speed},{price},{},{spent},{renewed},{weight},{},{}\n",
            2 * overall - row % 2,
            1 + row % 2,
            row % 3
        );
    }
    text
}

const ASKED: &str = "[question.overall]\nmeasure = \"csat\"\noverall = true\n[question.speed]\nmeasure = \"csat\"\n\
    [question.price]\nmeasure = \"csat\"\n[question.recommend]\nmeasure = \"nps\"\n";

fn folder(rows: usize, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", shop(rows));
    folder.file("a.toml", definition);
    folder
}

fn section(folder: &Workdir, arguments: &[&str]) -> Value {
    let start = ["drivers", "a.csv", "--resamples", "400", "--format", "json"];
    let all: Vec<&str> = start.iter().chain(arguments).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&all);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "drivers").unwrap().clone()
}

fn refused(folder: &Workdir, arguments: &[&str], words: &[&str]) {
    let all: Vec<&str> = ["drivers", "a.csv"].iter().chain(arguments).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&all);
    assert_eq!(code, 2, "{arguments:?}: {stdout}{stderr}");
    for word in words {
        assert!(stderr.contains(word), "{word}: {stderr}");
    }
}

#[test]
fn lists_of_nothing_and_points_that_do_not_fit_are_refused() {
    let folder = folder(60, ASKED);
    for nothing in ["", ",", " , "] {
        refused(&folder, &["--drivers", nothing], &["has a name that is empty"]);
    }
    refused(&folder, &["--drivers", "speed,,staff"], &["has a name that is empty"]);
    refused(&folder, &["--drivers", "speed,speed"], &["names `speed` twice"]);
    refused(&folder, &["--penalty", "4", "--explain"], &["4 low points", "`speed`", "which has 5"]);
    refused(&folder, &["--penalty", "2", "--reward", "3", "--explain"], &["no point between"]);
    refused(&folder, &["--penalty", "9", "--format", "json"], &["no point between"]);
    refused(&folder, &["--penalty", "1"], &["--explain"]);
    refused(&folder, &["--reward", "1", "--format", "md"], &["--explain"]);
    let fits = folder.run(&["drivers", "a.csv", "--penalty", "3", "--explain"]);
    assert_eq!(fits.code, 0, "{}", fits.stderr);
}

#[test]
fn codes_of_groups_are_no_outcome_unless_they_say_yes_and_no() {
    let labels = "[segment.branch]\nlabels = { 1 = \"North\", 2 = \"South\" }\n";
    let labelled = folder(60, &format!("{ASKED}{labels}"));
    refused(&labelled, &["--outcome", "branch"], &["1 = North", "--by branch"]);
    let bare = folder(60, &format!("{ASKED}[segment.band]\n"));
    refused(&bare, &["--outcome", "band"], &["`band` cannot be an outcome", "measure = \"number\""]);
    let choice = "[question.branch]\nmeasure = \"choice\"\nlabels = { 1 = \"North\", 2 = \"South\" }\n";
    refused(&folder(60, &format!("{ASKED}{choice}")), &["--outcome", "branch"], &["1 = North"]);
    let yes = folder(60, &format!("{ASKED}[segment.renewed]\n"));
    assert_eq!(section(&yes, &["--outcome", "renewed"])["outcome_unit"], "points");
    let words = Workdir::new();
    words.file("a.csv", shop(60).replace("yes", "gold").replace("no", "tin"));
    words.file("a.toml", format!("{ASKED}[segment.renewed]\n"));
    refused(&words, &["--outcome", "renewed"], &["neither numbers nor yes and no"]);
}

#[test]
fn forty_drivers_are_told_apart_and_more_are_refused() {
    // Eleven points each: more patterns than a number of 128 bits tells apart.
    let wide = |drivers: usize| {
        let folder = Workdir::new();
        let names: Vec<String> = (0..drivers).map(|n| format!("d{n}")).collect();
        let mut text = format!("overall,{}\n", names.join(","));
        let mut state = 7_u64;
        for _ in 0..150 {
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) % 11
            };
            let cells: Vec<String> = (0..=drivers).map(|_| next().to_string()).collect();
            text += &format!("{}\n", cells.join(","));
        }
        folder.file("a.csv", text);
        let rated: Vec<String> = names
            .iter()
            .map(|name| format!("[question.{name}]\nmeasure = \"rating\"\nscale = \"recommend\"\n"))
            .collect();
        folder.file(
            "a.toml",
            format!(
                "[question.overall]\nmeasure = \"csat\"\noverall = true\nscale = \"recommend\"\n{}",
                rated.concat()
            ),
        );
        folder
    };
    let most = wide(40).run(&["drivers", "a.csv", "--resamples", "200", "--format", "json"]);
    assert_eq!(most.code, 0, "{}", most.stderr);
    refused(&wide(41), &[], &["41 drivers are more than the 40"]);
}

/// Half the width of an interval of a driver.
fn width(section: &Value, driver: usize, low: &str, high: &str) -> f64 {
    let row = &section["rows"][driver];
    row[high].as_f64().unwrap() - row[low].as_f64().unwrap()
}

#[test]
fn a_known_population_narrows_limits_by_the_root_of_what_is_left() {
    let of = |population: &str, arguments: &[&str]| {
        section(&folder(300, &format!("[survey]\nsampling = \"random\"\n{population}{ASKED}")), arguments)
    };
    let (endless, known) = (of("", &[]), of("population = 400\n", &[]));
    let method = known["method"].as_str().unwrap();
    assert!(
        method.starts_with("lmg, bootstrap-percentile") && method.ends_with(", finite population"),
        "{method}"
    );
    assert_eq!(known["r2"], endless["r2"]);
    // 300 of 400: a quarter of the variance is left.
    let ratio = width(&known, 0, "b_low", "b_high") / width(&endless, 0, "b_low", "b_high");
    assert!((ratio - 0.5).abs() < 1e-9, "{ratio}");
    let r2 = |section: &Value| section["r2_high"].as_f64().unwrap() - section["r2_low"].as_f64().unwrap();
    assert!(r2(&known) < 0.7 * r2(&endless));
    assert!(
        width(&known, 0, "share_low", "share_high") < 0.7 * width(&endless, 0, "share_low", "share_high")
    );
    let (plain, listwise) =
        (of("", &["--missing", "listwise"]), of("population = 400\n", &["--missing", "listwise"]));
    let se = |section: &Value| section["rows"][0]["se"].as_f64().unwrap();
    assert!((se(&listwise) / se(&plain) - 0.5).abs() < 1e-9);
    let ratio = width(&listwise, 0, "b_low", "b_high") / width(&plain, 0, "b_low", "b_high");
    assert!((ratio - 0.5).abs() < 1e-9, "{ratio}");
}

#[test]
fn a_census_has_figures_without_limits_and_says_so() {
    let definition = format!("[survey]\nsampling = \"everyone_answered\"\npopulation = 300\n{ASKED}");
    let folder = folder(300, &definition);
    let found = section(&folder, &["--outcome", "spent"]);
    assert_eq!((&found["census"], &found["r2_low"]), (&Value::Bool(true), &Value::Null));
    assert!(found["rows"][0]["share"].is_number() && found["rows"][0]["share_low"].is_null());
    for level in found["levels"].as_array().unwrap() {
        assert!(level["value"].is_number() && level["low"].is_null(), "{level}");
    }
    let said = folder.run(&["drivers", "a.csv"]).stdout;
    assert!(said.contains("Everybody of the population answered"), "{said}");
}

/// The figures of groups as `csat analyze` has them: value, limits.
fn by_group(folder: &Workdir, question: &str, statistic: &str) -> Vec<(String, [Value; 3])> {
    let run = folder.run(&["analyze", "a.csv", "--by", "score", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let estimates = report["estimates"].as_array().unwrap().iter();
    let own = estimates.filter(|own| {
        own["question"] == question && own["statistic"] == statistic && own["segment"]["score"].is_string()
    });
    own.map(|own| {
        let figures = ["value", "low", "high"].map(|key| own[key].clone());
        (own["segment"]["score"].as_str().unwrap().to_owned(), figures)
    })
    .collect()
}

#[test]
fn an_outcome_by_score_is_what_analyze_says_of_the_groups() {
    for weight in ["", "weight = \"w\"\n"] {
        let definition = format!(
            "[data]\n{weight}{ASKED}[question.spent]\nmeasure = \"number\"\n[question.renewed]\nmeasure = \"choice\"\n\
             [segment.score]\ncolumn = \"overall\"\n"
        );
        let folder = folder(240, &definition);
        for (outcome, statistic) in [("spent", "mean"), ("renewed", "share:yes")] {
            let expected = by_group(&folder, outcome, statistic);
            assert!(expected.len() >= 4, "{expected:?}");
            let found = if outcome == "spent" {
                // A free number of a question is explained by itself; a column of the same name tells the levels.
                let folder = self::folder(240, &format!("[data]\n{weight}{ASKED}"));
                section(&folder, &["--outcome", outcome])
            } else {
                section(&folder, &["--outcome", outcome])
            };
            for (score, figures) in &expected {
                let levels = found["levels"].as_array().unwrap();
                let own = levels.iter().find(|own| own["question"] == "overall" && own["level"] == **score);
                let own = own.unwrap_or_else(|| panic!("{score}: {levels:?}"));
                assert_eq!(
                    ["value", "low", "high"].map(|key| own[key].clone()),
                    *figures,
                    "{outcome} {score}"
                );
            }
        }
    }
}

#[test]
fn how_well_drivers_are_told_apart_is_said_in_full() {
    let folder = folder(120, ASKED);
    let said = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["drivers", "a.csv", "--resamples", "200"].iter().chain(arguments).copied().collect();
        folder.run(&all).stdout
    };
    assert!(said(&["--explain"]).contains("condition number"), "{}", said(&["--explain"]));
    assert!(!said(&[]).contains("condition number"));
}

#[test]
fn more_drivers_are_drawn_less_often_unless_a_number_is_asked_for() {
    let folder = Workdir::new();
    let names: Vec<String> = (0..22).map(|n| format!("d{n}")).collect();
    let mut text = format!("overall,{}\n", names.join(","));
    for row in 0..90_usize {
        let cells: Vec<String> =
            (0..23).map(|n| (1 + (row * (n + 3) + row / (n + 1)) % 5).to_string()).collect();
        text += &format!("{}\n", cells.join(","));
    }
    folder.file("a.csv", text);
    let rated: Vec<String> =
        names.iter().map(|name| format!("[question.{name}]\nmeasure = \"csat\"\n")).collect();
    folder.file(
        "a.toml",
        format!("[question.overall]\nmeasure = \"csat\"\noverall = true\n{}", rated.concat()),
    );
    let run = folder.run(&["drivers", "a.csv", "--resamples", "300", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let sections = report["sections"].as_array().unwrap();
    let found = sections.iter().find(|section| section["kind"] == "drivers").unwrap();
    assert_eq!(found["resamples"], 300);
    assert!(found["method"].as_str().unwrap().starts_with("lmg, sampled orders"));
}

#[test]
fn a_report_says_why_it_has_no_drivers() {
    let folder = Workdir::new();
    let definition =
        ["overall", "speed", "staff"].map(|id| format!("[question.{id}]\nmeasure = \"csat\"\n")).concat();
    folder.file("a.toml", definition.replacen("csat\"\n", "csat\"\noverall = true\n", 1));
    let said = |rows: &str| {
        folder.file("a.csv", format!("overall,speed,staff\n{rows}"));
        let report = folder.run(&["report", "a.csv", "--format", "json"]).report();
        let notes = report["notes"].as_array().unwrap().clone();
        let found = notes.iter().find(|note| note["code"] == "no_drivers").cloned();
        found.unwrap_or_else(|| panic!("{notes:#?}"))["text"].as_str().unwrap().to_owned()
    };
    let rows = "5,4,3\n4,4,4\n3,4,2\n2,4,1\n4,4,5\n5,4,4\n";
    assert_eq!(
        said(&rows.repeat(2)),
        "no drivers of overall: all answers to speed are alike; mark it with `driver = false`"
    );
    assert!(said("5,4,3\n4,2,4\n").contains("2 rows"), "{}", said("5,4,3\n4,2,4\n"));
    let alike = "5,4,4\n4,3,3\n3,4,4\n2,1,1\n4,5,5\n5,2,2\n".repeat(2);
    assert!(said(&alike).contains("staff follows exactly from speed"), "{}", said(&alike));
    let shown = folder.run(&["report", "a.csv"]).stdout;
    assert!(shown.contains("follows exactly"), "{shown}");
}

/// Ratings that chance drew.
fn noise() -> String {
    let row = |at: u32| {
        let mixed = at.wrapping_mul(2_654_435_761) >> 8;
        let of = |shift: u32| 1 + (mixed >> shift) % 5;
        format!("{},{},{},{}\n", of(0), of(4), of(8), (mixed >> 12) % 11)
    };
    "overall,speed,price,recommend\n".to_owned() + &(1..=40).map(row).collect::<String>()
}

#[test]
fn signs_that_differ_and_are_no_chance_are_named() {
    // Who pays for speed is content with it, and with the price the less.
    let mut text = "overall,speed,price,recommend\n".to_owned();
    for row in 0_i32..300 {
        let speed = 1 + row % 5;
        let price = (speed + row / 5 % 3 - 1).clamp(1, 5);
        let overall = ((4 * speed - 2 * price + row / 15 % 2 + 3) / 3).clamp(1, 5);
        text += &format!("{overall},{speed},{price},{}\n", row % 11);
    }
    let folder = folder(60, ASKED);
    folder.file("a.csv", text);
    let found = section(&folder, &[]);
    let named: Vec<bool> = found["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cautions"].as_array().is_some_and(|own| own.contains(&"opposite_signs".into())))
        .collect();
    assert_eq!(named, [false, true], "{found}");
}

#[test]
fn what_cannot_be_told_from_chance_has_no_limits_and_settles_nothing() {
    let folder = folder(60, ASKED);
    folder.file("a.csv", noise());
    let found = section(&folder, &[]);
    assert!(found["cautions"].as_array().unwrap().contains(&"hardly_explains".into()), "{found}");
    for row in found["rows"].as_array().unwrap() {
        assert!(row["share"].is_number() && row["share_low"].is_null(), "{row}");
        assert!(row["quadrant_probability"].is_null() && row["rank_low"] == 1, "{row}");
        let cautions = row["cautions"].as_array();
        assert!(cautions.is_none_or(|own| !own.contains(&"opposite_signs".into())), "by chance: {row}");
    }
    let report = folder.run(&["report", "a.csv", "-f", "json", "--quiet"]).report();
    let sections = report["sections"].as_array().unwrap();
    let list = sections.iter().find(|section| section["kind"] == "priorities").unwrap();
    for row in list["rows"].as_array().unwrap() {
        assert!(row["settled"].is_null() && row["missing_low"].is_null(), "{row}");
    }
    let said = folder.run(&["drivers", "a.csv", "--quiet"]).stdout;
    assert!(said.contains("cannot be told from chance"), "{said}");
    // Little, and surely not nothing: of 4000 rows a rating of 5 lifts one in six of the others.
    let mut text = "overall,speed,price,recommend\n".to_owned();
    for row in 0..4000 {
        let speed = 1 + row / 5 % 5;
        let overall = if speed == 5 && row % 6 == 0 { 5 } else { 1 + row % 5 };
        text += &format!("{overall},{speed},{},{}\n", 1 + row / 25 % 5, row % 11);
    }
    folder.file("a.csv", text);
    let found = section(&folder, &[]);
    assert!(found["r2"].as_f64().unwrap() < 0.05 && found["rows"][0]["share_low"].is_number(), "{found}");
    assert_eq!(found["cautions"], Value::Null, "{found}");
}

#[test]
fn a_scale_that_seems_turned_is_said() {
    let rows = |turn: fn(usize, usize) -> (usize, usize)| {
        let mut text = "overall,speed,price,recommend\n".to_owned();
        for row in 0..300 {
            let (speed, price) = (1 + row % 5, 1 + row / 7 % 5);
            let overall = ((2 * speed + price + row % 3) / 3).clamp(1, 5);
            let recommend = (2 * overall - row % 2).min(10);
            let (overall, price) = turn(overall, price);
            text += &format!("{overall},{speed},{price},{recommend}\n");
        }
        text
    };
    let asked = ASKED.replace(
        "[question.recommend]\nmeasure = \"nps\"\n",
        "[question.recommend]\nmeasure = \"nps\"\ndriver = true\n",
    );
    let asked = asked.replace("[question.speed]\n", "[question.speed]\ndriver = true\n");
    let folder = folder(60, &asked.replace("[question.price]\n", "[question.price]\ndriver = true\n"));
    folder.file("a.csv", rows(|overall, price| (overall, 6 - price)));
    let found = section(&folder, &[]);
    let turned = |question: &str| {
        let rows = found["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["question"] == question).unwrap();
        row["cautions"].as_array().is_some_and(|cautions| cautions.contains(&"seems_turned".into()))
    };
    assert_eq!(["speed", "price", "recommend"].map(turned), [false, true, false], "{found}");
    let said = folder.run(&["drivers", "a.csv", "--quiet"]).stdout;
    assert!(said.contains("right way round") && said.contains("best = \"low\""), "{said}");
    folder.file("a.csv", rows(|overall, price| (6 - overall, price)));
    let found = section(&folder, &[]);
    assert!(found["cautions"].as_array().unwrap().contains(&"outcome_seems_turned".into()), "{found}");
    folder.file("a.csv", rows(|overall, price| (overall, price)));
    assert_eq!(section(&folder, &[])["cautions"], Value::Null);
}

#[test]
fn an_outcome_of_the_file_is_used_and_its_levels_know_of_the_population() {
    let of = |population: &str| folder(300, &format!("[survey]\nsampling = \"random\"\n{population}{ASKED}"));
    let unused = |arguments: &[&str]| {
        let said = of("").run(&[&["drivers", "a.csv"], arguments].concat()).stderr;
        said.lines().find(|line| line.contains("columns not used")).unwrap_or_default().to_owned()
    };
    assert!(unused(&[]).contains("spent"));
    let with = unused(&["--outcome", "spent"]);
    assert!(!with.contains("spent") && with.contains("renewed"), "{with}");
    let widths = |population: &str| -> Vec<f64> {
        let found = section(&of(population), &["--outcome", "spent"]);
        let levels = found["levels"].as_array().unwrap().iter();
        levels
            .filter(|level| level["low"].is_number())
            .map(|level| level["high"].as_f64().unwrap() - level["low"].as_f64().unwrap())
            .collect()
    };
    let (known, endless) = (widths("population = 400\n"), widths(""));
    assert!(!known.is_empty() && known.len() == endless.len());
    // 300 of 400: a quarter of the variance is left, but for the rounding of a level's part of the population.
    for (known, endless) in known.iter().zip(&endless) {
        assert!((known / endless - 0.5).abs() < 0.06, "{known} {endless}");
    }
}

#[test]
fn with_marks_for_missing_answers_r2_is_of_what_they_leave() {
    let folder = folder(120, ASKED);
    let said = folder.run(&["drivers", "a.csv", "--missing", "dummy", "--quiet"]).stdout;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("that is left after who did not answer"), "{said}");
    assert!(!folder.run(&["drivers", "a.csv", "--quiet"]).stdout.contains("that is left after"));
}
