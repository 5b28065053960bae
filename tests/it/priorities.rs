//! Importance and performance through the program: oracle means, where the lines stand, how sure quadrants are.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Workdir;

const ATTRIBUTES: [&str; 5] = ["room", "breakfast", "desk", "clean", "wifi"];

/// Five attributes of a hotel with their stated importance of 1 to 10.
fn hotel(more: &str) -> Workdir {
    let folder = Workdir::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/data/priorities/hotel_a.csv");
    folder.file("hotel.csv", fs::read(data).unwrap());
    let mut definition = "[scale.ten]\nmin = 1\nmax = 10\n".to_owned();
    for id in ATTRIBUTES {
        write!(
            definition,
            "[question.csat_{id}]\nmeasure = \"csat\"\n[question.imp_{id}]\nmeasure = \"importance\"\nscale = \"ten\"\n\
             importance_of = \"csat_{id}\"\n"
        )
        .unwrap();
    }
    folder.file("hotel.toml", definition + more);
    folder
}

fn priorities(folder: &Workdir, arguments: &[&str]) -> Value {
    let report = folder.run(&[arguments, &["-f", "json", "--quiet"]].concat()).report();
    let found = report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "priorities");
    found.unwrap_or_else(|| panic!("{report}")).clone()
}

/// The row of an attribute.
fn row(section: &Value, question: &str) -> Value {
    let found = section["rows"].as_array().unwrap().iter().find(|row| row["question"] == question);
    found.unwrap_or_else(|| panic!("{question} in {section}")).clone()
}

fn near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((value - expected).abs() < 1e-9, "{value}, expected {expected}");
}

#[test]
fn means_of_a_hotel_are_what_pandas_gives() {
    let folder = hotel("");
    let section = priorities(&folder, &["report", "hotel.csv"]);
    // pandas 2.3.3, means of the available answers, of 1 to 5 and of 1 to 10.
    let performance =
        [4.0, 3.905_325_443_786_982, 3.701_219_512_195_122, 3.583_333_333_333_333_5, 3.418_181_818_181_818];
    let stated =
        [8.125, 7.571_428_571_428_571, 6.621_301_775_147_929, 6.105_555_555_555_555, 5.494_117_647_058_823_6];
    for ((id, performance), stated) in ATTRIBUTES.iter().zip(performance).zip(stated) {
        let row = row(&section, &format!("csat_{id}"));
        let (performance, stated) = (25.0 * (performance - 1.0), 100.0 / 9.0 * (stated - 1.0));
        near(&row["performance"], performance);
        near(&row["importance"], stated);
        near(&row["deficit"], stated - performance);
        let [low, deficit, high] =
            ["deficit_low", "deficit", "deficit_high"].map(|key| row[key].as_f64().unwrap());
        assert!(low < deficit && deficit < high && high - low < 20.0, "{row}");
    }
    assert_eq!((&section["crosshair"], &section["resampled"]), (&"means".into(), &"respondents".into()));
    assert_eq!(row(&section, "csat_room")["quadrant"], "keep_up_the_good_work");
    // Without a report no rows are kept: answers are drawn, and the figures are the same.
    let counted = priorities(&folder, &["analyze", "hotel.csv"]);
    assert_eq!(counted["resampled"], "answers");
    assert_eq!(row(&counted, "csat_desk")["importance"], row(&section, "csat_desk")["importance"]);
    // The list by hand from the same means: importances (stated - 1) 100 / 9 as parts of their sum, times 100 less the index.
    let importances: Vec<f64> = stated.iter().map(|stated| 100.0 / 9.0 * (stated - 1.0)).collect();
    let sum: f64 = importances.iter().sum();
    let mut index = 0.0;
    for ((id, performance), importance) in ATTRIBUTES.iter().zip(performance).zip(&importances) {
        let performance = 25.0 * (performance - 1.0);
        near(&row(&section, &format!("csat_{id}"))["missing"], importance / sum * (100.0 - performance));
        index += importance / sum * performance;
    }
    near(&section["weighted_index"], index);
    near(&section["missing"], 100.0 - index);
    let ranks: Vec<u64> =
        section["rows"].as_array().unwrap().iter().map(|row| row["rank"].as_u64().unwrap()).collect();
    assert_eq!(ranks, [1, 2, 3, 4, 5]);
}

#[test]
fn lines_stand_where_the_definition_sets_them() {
    let of = |more: &str| {
        let section = priorities(&hotel(more), &["report", "hotel.csv"]);
        let quadrant =
            |id: &&str| row(&section, &format!("csat_{id}"))["quadrant"].as_str().unwrap().to_owned();
        let quadrants: Vec<String> = ATTRIBUTES.iter().map(quadrant).collect();
        (section, quadrants)
    };
    let (section, quadrants) =
        of("[priorities]\ncrosshair = \"target\"\nperformance = 80\nimportance = 50\n");
    assert_eq!((&section["performance_line"], &section["importance_line"]), (&80.0.into(), &50.0.into()));
    assert!(quadrants[..4].iter().all(|quadrant| quadrant == "concentrate_here"), "{quadrants:?}");
    let (section, _) = of("[priorities]\ncrosshair = \"medians\"\n");
    assert_eq!(section["performance_line"], row(&section, "csat_desk")["performance"], "the third of five");
    let (section, quadrants) = of("[priorities]\ncrosshair = \"midpoint\"\n");
    assert_eq!(section["importance_line"], 50.0);
    assert_eq!(quadrants[0], "keep_up_the_good_work");
    let (section, _) = of("[priorities]\nperformance = 70\n");
    assert_eq!((&section["crosshair"], &section["performance_line"]), (&"target".into(), &70.0.into()));
    let means = of("").0;
    assert_eq!(section["importance_line"], means["importance_line"], "an axis without a target");
}

#[test]
fn lines_that_stand_nowhere_or_twice_are_faults_of_the_definition() {
    let refused = |more: &str, said: &[&str]| {
        hotel(more).run(&["report", "hotel.csv"]).refused(78, said);
    };
    refused("[priorities]\ncrosshair = \"target\"\n", &["has no figure to stand at", "performance = 75"]);
    refused(
        "[priorities]\ncrosshair = \"medians\"\nperformance = 60\n",
        &["stands beside figures", "target"],
    );
    refused("[priorities]\nperformance = 101\n", &["performance", "100"]);
    refused("[priorities]\ncrosshair = \"mode\"\n", &["crosshair", "means"]);
}

#[test]
fn what_the_same_people_say_is_drawn_together() {
    // Whoever is pleased finds it unimportant, half and half: the deficit of a row is 100 or -100, its mean 0.
    let rows: String = (0..200).map(|row| if row % 2 == 0 { "1,5\n" } else { "5,1\n" }).collect();
    let folder = Workdir::new();
    folder.file("a.csv", format!("speed,speed_importance\n{rows}"));
    folder.file(
        "a.toml",
        "[question.speed]\nmeasure = \"csat\"\n[question.speed_importance]\nmeasure = \"importance\"\n",
    );
    let width = |command: &str| {
        let row = row(&priorities(&folder, &[command, "a.csv"]), "speed");
        row["deficit_high"].as_f64().unwrap() - row["deficit_low"].as_f64().unwrap()
    };
    let (together, apart) = (width("report"), width("analyze"));
    // The standard error of 100 or -100 over 200 rows is 7.07, that of two independent halves 5.
    assert!((together - 2.0 * 1.96 * 7.07).abs() < 2.0, "{together}");
    assert!((apart - 2.0 * 1.96 * 5.0).abs() < 2.0, "{apart}");
}

#[test]
fn the_order_of_the_file_settles_nothing() {
    let definition = "[question.speed]\nmeasure = \"csat\"\n[question.speed_importance]\nmeasure = \"importance\"\n\
                      [question.price]\nmeasure = \"csat\"\n[question.price_importance]\nmeasure = \"importance\"\n";
    let mut rows: Vec<String> = (0_u32..5000)
        .map(|row| {
            let mixed = row.wrapping_mul(2_654_435_761) >> 8;
            let of = |shift: u32| 1 + (mixed >> shift) % 5;
            format!("{},{},{},{}\n", of(0), of(3), of(6), of(9))
        })
        .collect();
    let of = |rows: &[String]| {
        let folder = Workdir::new();
        let head = "speed,speed_importance,price,price_importance\n";
        folder.file("a.csv", head.to_owned() + &rows.concat());
        folder.file("a.toml", definition);
        priorities(&folder, &["report", "a.csv"])
    };
    let as_asked = of(&rows);
    rows.sort();
    assert_eq!(of(&rows), as_asked);
    let row = row(&as_asked, "speed");
    let half = (row["deficit_high"].as_f64().unwrap() - row["deficit_low"].as_f64().unwrap()) / 2.0;
    // Two marks of one to five, each as likely: 25 * sqrt(2 + 2) / sqrt(5000) = 0.707, and 1.96 of it.
    // A limit is a percentile of two thousand replicates, which chance moves by some 0.04.
    assert!((half - 1.96 * 0.707).abs() < 0.15, "{half}");
}

/// Five attributes with importances, one of them a pair, over two quarters. Speed is bad and important and gets worse.
fn bank(more: &str) -> Workdir {
    let folder = Workdir::new();
    let mut rows = "date,overall,speed,price,app,advice,staff_expected,staff_perceived,speed_importance,price_importance,\
                    app_importance,advice_importance,staff_importance\n"
        .to_owned();
    for row in 0_u32..400 {
        let quarter = if row < 200 { "2026-02-10" } else { "2026-05-10" };
        let mixed = row.wrapping_mul(2_654_435_761) >> 8;
        let of = |shift: u32| (mixed >> shift) % 3;
        let speed = if row < 200 { 2 + of(0) } else { 1 + of(0) };
        let overall = 2 + u32::midpoint(speed, of(9));
        writeln!(
            rows,
            "{quarter},{overall},{speed},{},{},{},{},{},5,{},2,3,4",
            3 + of(2),
            3 + of(4),
            2 + of(6),
            5 + of(8),
            4 + of(10),
            3 + of(12),
        )
        .unwrap();
    }
    folder.file("bank.csv", rows);
    let mut definition =
        "[survey]\nsampling = \"random\"\n[data]\ndate = \"date\"\nwave = { every = \"quarter\" }\n\
                          [question.overall]\nmeasure = \"csat\"\noverall = true\n"
            .to_owned();
    for id in ["speed", "price", "app", "advice"] {
        write!(definition, "[question.{id}]\nmeasure = \"csat\"\n").unwrap();
    }
    definition += "[question.staff]\nmeasure = \"gap\"\nexpectation = \"staff_expected\"\nperception = \"staff_perceived\"\n";
    folder.file("bank.toml", definition + more);
    folder
}

const STATED: &str = "[block.matters]\nquestions = [\"speed_importance\", \"price_importance\", \"app_importance\", \
                      \"advice_importance\", \"staff_importance\"]\nmeasure = \"importance\"\n";

const QUARTER: [&str; 4] = ["report", "bank.csv", "--date", "2026-07-05"];

#[test]
fn the_list_joins_gap_importance_performance_and_trend() {
    let folder = bank(STATED);
    let section = priorities(&folder, &QUARTER);
    assert_eq!((&section["importance_from"], &section["wave"]), (&"stated".into(), &"2026-Q2".into()));
    let rows = section["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 5);
    let first = &rows[0];
    assert_eq!(
        (&first["question"], &first["rank"], &first["rank_high"]),
        (&"speed".into(), &1.into(), &1.into())
    );
    assert_eq!(
        (&first["important"], &first["low_rated"], &first["settled"]),
        (&true.into(), &true.into(), &true.into())
    );
    assert_eq!(
        (&first["change"]["verdict"], &first["change"]["against"]),
        (&"down".into(), &"2026-Q1".into())
    );
    assert_eq!(first["importance"], 100.0, "everybody says 5 of 5");
    // Of an expectation and a perception the perception is rated; its gap stands beside.
    let staff = row(&section, "staff");
    assert_eq!((&staff["gap"]["question"], &staff["gap"]["short"]), (&"staff".into(), &true.into()));
    assert!(staff["gap"]["high"].as_f64().unwrap() < 0.0 && first["gap"].is_null());
    let missing: f64 = rows.iter().map(|row| row["missing"].as_f64().unwrap()).sum();
    near(&section["missing"], missing);
    near(&section["weighted_index"], 100.0 - missing);
    // Two answers out of five of a point: what is drawn has about the same gap.
    assert!(rows.iter().all(|row| row["missing_low"].as_f64() <= row["missing"].as_f64()));
    let told = folder.run(&[&QUARTER[..], &["-f", "md", "--quiet"]].concat());
    assert_eq!(told.code, 0, "{}", told.stderr);
    for said in [
        "What to improve first",
        "Points missing",
        "speed comes first among what to improve",
        "first in 100",
        "short of what is expected",
        "clearly lower",
    ] {
        assert!(told.stdout.contains(said), "{said}: {}", told.stdout);
    }
    for (language, title) in
        [("de", "Was zuerst zu verbessern ist"), ("fr", "améliorer d’abord"), ("es", "Qué mejorar primero")]
    {
        let page = folder.run(&[&QUARTER[..], &["-f", "html", "--quiet", "--language", language]].concat());
        assert!(page.stdout.contains(title), "{language}");
    }
    let screen = folder.run(&["analyze", "bank.csv", "--date", "2026-07-05"]);
    assert!(screen.stdout.contains("What to improve first"), "{}", screen.stdout);
}

#[test]
fn drivers_stand_in_where_nobody_was_asked_what_matters() {
    let folder = bank("");
    let section = priorities(&folder, &QUARTER);
    assert_eq!((&section["importance_from"], &section["outcome"]), (&"derived".into(), &"overall".into()));
    let rows = section["rows"].as_array().unwrap();
    let shares: f64 = rows.iter().map(|row| row["importance"].as_f64().unwrap()).sum();
    assert!((shares - 100.0).abs() < 1e-6, "{shares}");
    assert!(rows.iter().all(|row| row["deficit"].is_null() && row["importance_question"].is_null()));
    let first = &rows[0];
    assert_eq!((&first["question"], &first["rank_high"]), (&"speed".into(), &1.into()));
    assert_eq!(first["change"]["verdict"], "down");
    assert!(rows.iter().all(|row| row["rank_low"].as_u64() <= row["rank"].as_u64()));
    let opposite: Vec<&Value> = rows.iter().filter(|row| row["unranked"] == "opposite_sign").collect();
    assert!(opposite.iter().all(|row| row["rank"].is_null() && row["missing"].is_null()));
    let ranked = rows.iter().filter(|row| row["rank"].is_u64());
    let missing: f64 = ranked.map(|row| row["missing"].as_f64().unwrap()).sum();
    near(&section["missing"], missing);
    let told = folder.run(&[&QUARTER[..], &["-f", "md", "--quiet"]].concat());
    assert!(told.stdout.contains("Nobody was asked what matters"), "{}", told.stdout);
    assert!(told.stdout.contains("association, not cause"), "{}", told.stdout);
}

#[test]
fn the_plane_of_drivers_has_its_lines_where_the_definition_sets_them() {
    let drivers = |more: &str| {
        let arguments = ["drivers", "bank.csv", "--date", "2026-07-05", "-f", "json", "--quiet"];
        let report = bank(more).run(&arguments).report();
        let found =
            report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "drivers");
        found.unwrap_or_else(|| panic!("{report}")).clone()
    };
    let means = drivers("");
    assert_eq!((&means["crosshair"], &means["importance_line"]), (&"means".into(), &0.25.into()));
    let target = "[priorities]\ncrosshair = \"target\"\nperformance = 75\nimportance = 40\n";
    let set = drivers(target);
    assert_eq!(
        (&set["performance_line"], &set["importance_line"]),
        (&75.0.into(), &0.4.into()),
        "percent of R²"
    );
    // A target on the index of stated importance is none for shares.
    let stated = drivers(&format!("{target}{STATED}"));
    assert_eq!((&stated["performance_line"], &stated["importance_line"]), (&75.0.into(), &0.25.into()));
    let middle = drivers("[priorities]\ncrosshair = \"midpoint\"\n");
    assert_eq!((&middle["performance_line"], &middle["importance_line"]), (&50.0.into(), &0.25.into()));
    let medians = drivers("[priorities]\ncrosshair = \"medians\"\n");
    let mut shares: Vec<f64> =
        medians["rows"].as_array().unwrap().iter().map(|row| row["share"].as_f64().unwrap()).collect();
    shares.sort_by(f64::total_cmp);
    near(&medians["importance_line"], f64::midpoint(shares[1], shares[2]));
}

#[test]
fn where_nothing_can_be_ranked_that_is_said_or_nothing_is() {
    // One attribute is no list.
    let folder = Workdir::new();
    folder.file("a.csv", format!("speed,speed_importance\n{}", "2,5\n3,4\n4,5\n".repeat(20)));
    let one = "[question.speed]\nmeasure = \"csat\"\n[question.speed_importance]\nmeasure = \"importance\"\n";
    folder.file("a.toml", one);
    let section = priorities(&folder, &["report", "a.csv"]);
    let alone = row(&section, "speed");
    assert_eq!((&alone["rank"], &alone["unranked"]), (&Value::Null, &"nothing_beside".into()));
    assert!(section["weighted_index"].is_null() && section["leading"].is_null());
    let told = folder.run(&["report", "a.csv", "-f", "md", "--quiet"]);
    assert!(told.stdout.contains("Nothing is ranked"), "{}", told.stdout);
    assert!(!told.stdout.contains("comes first among"), "{}", told.stdout);
    // Of a group that is too small to be shown no list is made either.
    let folder = Workdir::new();
    let rows = |region: &str, n: usize| format!("{region},2,3,5,4\n{region},3,3,4,5\n").repeat(n);
    let head = "region,speed,price,speed_importance,price_importance\n";
    folder.file("a.csv", head.to_owned() + &rows("North", 40) + &rows("East", 2) + &rows("West", 3));
    let price = one.replace("speed", "price");
    folder.file("a.toml", format!("[survey]\nsuppress_below = 10\n{one}{price}[segment.region]\n"));
    let run = folder.run(&["report", "a.csv", "--each", "region", "-o", "q3.json", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told: Vec<String> = folder.names().into_iter().filter(|name| name.starts_with("q3")).collect();
    assert_eq!(told, ["q3-north.json"]);
    assert!(folder.read("q3-north.json").contains("\"weighted_index\""));
}

/// Ratings of three attributes and an overall score that follows the first, is against the second or hardly knows of it, and
/// follows the third a little.
fn overall(rows: u32, is_against: bool, more: &str) -> Workdir {
    let mut text = "overall,speed,price,app\n".to_owned();
    for row in 0..rows {
        let (speed, price, app) = (1 + row % 5, 1 + row / 5 % 5, 1 + row / 25 % 5);
        let against = if is_against { 5 - price } else { u32::from(price < 3 && row % 40 == 0) };
        writeln!(text, "{},{speed},{price},{app}", 1 + (4 * speed + 3 * against + app + row / 125 % 4) / 12)
            .unwrap();
    }
    let folder = Workdir::new();
    folder.file("a.csv", text);
    let ratings =
        ["speed", "price", "app"].map(|id| format!("[question.{id}]\nmeasure = \"csat\"\n")).concat();
    folder.file("a.toml", format!("{more}[question.overall]\nmeasure = \"csat\"\noverall = true\n{ratings}"));
    folder
}

#[test]
fn a_driver_is_left_out_only_where_it_clearly_goes_the_other_way() {
    let of = |is_against| row(&priorities(&overall(500, is_against, ""), &["report", "a.csv"]), "price");
    assert_eq!(of(true)["unranked"], "opposite_sign");
    let hardly = of(false);
    assert!(hardly["rank"].is_u64() && hardly["unranked"].is_null(), "{hardly}");
}

#[test]
fn everybody_of_a_population_has_exact_ranks_of_drivers_too() {
    let census = "[survey]\nsampling = \"everyone_answered\"\npopulation = 500\n";
    let folder = overall(500, false, census);
    let section = priorities(&folder, &["report", "a.csv"]);
    assert_eq!(section["census"], true);
    for row in section["rows"].as_array().unwrap().iter().filter(|row| row["rank"].is_u64()) {
        assert_eq!((&row["rank_low"], &row["rank_high"]), (&row["rank"], &row["rank"]));
        assert_eq!((&row["settled"], &row["missing_low"]), (&true.into(), &Value::Null));
    }
    let told = folder.run(&["report", "a.csv", "-f", "md", "--quiet"]);
    assert!(told.stdout.contains("Everybody of the population answered"), "{}", told.stdout);
    assert!(!told.stdout.contains("nothing could be drawn"), "{}", told.stdout);
}

#[test]
fn groups_left_out_give_the_list_limits_and_ranks() {
    let section = priorities(&overall(200_100, false, ""), &["report", "a.csv"]);
    assert_eq!(section["resampled"], "groups");
    let first = row(&section, "speed");
    assert_eq!((&first["rank_low"], &first["rank_high"]), (&1.into(), &1.into()));
    let [low, missing, high] =
        ["missing_low", "missing", "missing_high"].map(|key| first[key].as_f64().unwrap());
    assert!(low < missing && missing < high && high - low < 3.0, "{first}");
}

#[test]
fn clusters_and_answers_drawn_by_themselves_settle_nothing() {
    let mut rows = "speed,speed_importance,price,price_importance,branch\n".to_owned();
    for row in 0..200 {
        writeln!(rows, "{},{},{},{},{}", 1 + row % 2, 4 + row % 2, 4 + row / 2 % 2, 1 + row % 3, row % 20)
            .unwrap();
    }
    let asked = "[question.speed]\nmeasure = \"csat\"\n[question.speed_importance]\nmeasure = \"importance\"\n\
                 [question.price]\nmeasure = \"csat\"\n[question.price_importance]\nmeasure = \"importance\"\n";
    let of = |data: &str| {
        let folder = Workdir::new();
        folder.file("a.csv", rows.as_str());
        folder.file("a.toml", format!("{data}{asked}"));
        folder
    };
    let (plain, drawn) = (of(""), of("[data]\ncluster = \"branch\"\n"));
    let known = |folder: &Workdir, command: &str| {
        let row = row(&priorities(folder, &[command, "a.csv"]), "speed");
        assert!(row["missing_low"].is_number(), "{row}");
        ["rank_high", "settled", "quadrant_probability"].map(|key| !row[key].is_null())
    };
    assert_eq!(known(&plain, "report"), [true; 3]);
    assert_eq!(known(&plain, "analyze"), [false; 3]);
    assert_eq!(known(&drawn, "report"), [false; 3]);
    let said = drawn.run(&["report", "a.csv", "-f", "md", "--quiet"]).stdout;
    assert!(said.contains("no rank and no quadrant is called settled"), "{said}");
    assert!(said.contains("strata or clusters") && !said.contains("Ranks are those"), "{said}");
    let listed = plain.run(&["analyze", "a.csv", "--quiet"]).stdout;
    assert!(!listed.contains("surely") && listed.contains("whole respondents"), "{listed}");
}
