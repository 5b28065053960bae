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
    for ((row, performance), stated) in
        section["rows"].as_array().unwrap().iter().zip(performance).zip(stated)
    {
        let (performance, stated) = (25.0 * (performance - 1.0), 100.0 / 9.0 * (stated - 1.0));
        near(&row["performance"], performance);
        near(&row["importance"], stated);
        near(&row["deficit"], stated - performance);
        let [low, deficit, high] =
            ["deficit_low", "deficit", "deficit_high"].map(|key| row[key].as_f64().unwrap());
        assert!(low < deficit && deficit < high && high - low < 20.0, "{row}");
    }
    assert_eq!((&section["crosshair"], &section["resampled"]), (&"means".into(), &"respondents".into()));
    assert_eq!(section["rows"][0]["quadrant"], "keep_up_the_good_work");
    // Without a report no rows are kept: answers are drawn, and the figures are the same.
    let counted = priorities(&folder, &["analyze", "hotel.csv"]);
    assert_eq!(counted["resampled"], "answers");
    assert_eq!(counted["rows"][2]["importance"], section["rows"][2]["importance"]);
}

#[test]
fn lines_stand_where_the_definition_sets_them() {
    let of = |more: &str| {
        let section = priorities(&hotel(more), &["report", "hotel.csv"]);
        let quadrants: Vec<String> = section["rows"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["quadrant"].as_str().unwrap().to_owned())
            .collect();
        (section, quadrants)
    };
    let (section, quadrants) =
        of("[priorities]\ncrosshair = \"target\"\nperformance = 80\nimportance = 50\n");
    assert_eq!((&section["performance_line"], &section["importance_line"]), (&80.0.into(), &50.0.into()));
    assert!(quadrants[..4].iter().all(|quadrant| quadrant == "concentrate_here"), "{quadrants:?}");
    let (section, _) = of("[priorities]\ncrosshair = \"medians\"\n");
    assert_eq!(section["performance_line"], section["rows"][2]["performance"], "the third of five");
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
        let row = priorities(&folder, &[command, "a.csv"])["rows"][0].clone();
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
    let row = &as_asked["rows"][0];
    let half = (row["deficit_high"].as_f64().unwrap() - row["deficit_low"].as_f64().unwrap()) / 2.0;
    // Two marks of one to five, each as likely: 25 * sqrt(2 + 2) / sqrt(5000) = 0.707, and 1.96 of it.
    assert!((half - 1.96 * 0.707).abs() < 0.1, "{half}");
}
