//! `csat indicators` through the program: figures worked out by R, bad input, laws, beside the scores.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{Run, Workdir};

const QUARTERS: [&str; 10] = [
    "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1",
    "2026-Q2",
];
const ORDERS: [u32; 10] = [4100, 4000, 4250, 4180, 4300, 4220, 4400, 4350, 4280, 4390];
const RETURNS: [u32; 10] = [62, 58, 71, 66, 80, 77, 85, 90, 88, 131];
const ON_TIME: [u32; 10] = [3772, 3690, 3905, 3830, 3950, 3841, 4018, 3960, 3890, 3790];
const MINUTES: [f64; 10] = [12.5, 12.1, 12.9, 13.4, 13.0, 13.8, 13.2, 14.1, 14.6, 14.0];
const PRESS: [u32; 10] = [3, 1, 4, 2, 0, 5, 2, 3, 6, 4];
/// Satisfied of 40 in each quarter.
const SATISFIED: [u32; 10] = [34, 33, 35, 32, 30, 31, 29, 27, 28, 22];

const HEADER: &str = "period,indicator,value,denominator,unit,direction,segment,source\n";

const SURVEY: &str = "[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n\
                      [question.overall]\nmeasure = \"csat\"\noverall = true\ntext = \"Overall?\"\n\
                      [segment.region]\n";

fn plant() -> String {
    let mut text = HEADER.to_owned();
    for (place, quarter) in QUARTERS.iter().enumerate() {
        let orders = ORDERS[place];
        writeln!(text, "{quarter},Returns,{},{orders},rate,lower,,warehouse", RETURNS[place]).unwrap();
        writeln!(text, "{quarter},Delivered on time,{},{orders},percent,higher,,carrier", ON_TIME[place])
            .unwrap();
        writeln!(text, "{quarter},Waiting time,{},,minutes,weniger,,telephone", MINUTES[place]).unwrap();
        writeln!(text, "{quarter},Press reports,{},,count,,,press office", PRESS[place]).unwrap();
    }
    text
}

/// The middle of a quarter.
fn day(quarter: &str) -> String {
    let (year, number) = quarter.split_once("-Q").unwrap();
    format!("{year}-{:02}-15", number.parse::<u32>().unwrap() * 3 - 1)
}

fn answers() -> String {
    let mut text = "day,overall,region\n".to_owned();
    for (quarter, satisfied) in QUARTERS.iter().zip(SATISFIED) {
        for place in 0..40 {
            writeln!(text, "{},{},North", day(quarter), if place < satisfied { 5 } else { 2 }).unwrap();
        }
    }
    text
}

/// A folder with the plant's indicators, answers and definition, to which `more` is added.
fn folder(more: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("indicators.csv", plant());
    folder.file("answers.csv", answers());
    folder.file("survey.toml", format!("{SURVEY}[indicators]\nfile = \"indicators.csv\"\n{more}"));
    folder
}

fn report(folder: &Workdir, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> =
        ["indicators"].iter().chain(arguments).chain(&["-f", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    serde_json::from_str(&stdout).unwrap()
}

fn section(report: &Value) -> &Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "indicators").unwrap()
}

fn series<'a>(report: &'a Value, id: &str) -> &'a Value {
    let all = section(report)["series"].as_array().unwrap();
    let is_it = |series: &&Value| series["id"] == id && series["segment"] == json!({});
    all.iter().find(is_it).unwrap_or_else(|| panic!("{id}"))
}

fn figure<'a>(report: &'a Value, id: &str, wave: &str) -> &'a Value {
    let question = format!("indicators.{id}");
    let is_it = |estimate: &&Value| {
        estimate["question"] == question.as_str()
            && estimate["wave"] == wave
            && estimate["segment"] == json!({})
    };
    report["estimates"].as_array().unwrap().iter().find(is_it).unwrap_or_else(|| panic!("{id} {wave}"))
}

fn pair<'a>(report: &'a Value, indicator: &str) -> &'a Value {
    let rows = section(report)["corroboration"]["rows"].as_array().unwrap();
    let is_it = |row: &&Value| row["indicator"] == indicator && row["segment"] == json!({});
    rows.iter().find(is_it).unwrap_or_else(|| panic!("{indicator}"))
}

fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found} for {expected}");
}

#[test]
fn figures_are_those_of_r() {
    let report = report(&folder(""), &[]);
    assert_eq!(section(&report)["period"], "2026-Q2");
    assert_eq!([&section(&report)["records"], &section(&report)["used"]], [40, 40]);
    // R 4.2.2: poisson.test(131, 4.39), prop.test(3790, 4390, correct = FALSE), poisson.test(4).
    let returns = figure(&report, "returns", "2026-Q2");
    assert_eq!(
        (returns["statistic"].as_str(), returns["method"].as_str()),
        (Some("rate_per_1000"), Some("garwood"))
    );
    near(&returns["value"], 29.840_546_697_038_7);
    near(&returns["low"], 24.949_617_280_307_7);
    near(&returns["high"], 35.410_014_316_165_5);
    assert_eq!([&returns["base"], &returns["better"]], [&json!(4390), &json!("lower")]);
    let on_time = figure(&report, "delivered_on_time", "2026-Q2");
    assert_eq!((on_time["statistic"].as_str(), on_time["unit"].as_str()), (Some("share"), Some("percent")));
    near(&on_time["low"], 85.284_633_181_769_5);
    near(&on_time["high"], 87.316_985_012_624_7);
    let press = figure(&report, "press_reports", "2026-Q2");
    near(&press["low"], 1.089_865_373_626_33);
    near(&press["high"], 10.241_588_675_403_8);
    let none = figure(&report, "press_reports", "2025-Q1");
    near(&none["value"], 0.0);
    near(&none["high"], 3.688_879_454_113_94);
    let waiting = figure(&report, "waiting_time", "2026-Q2");
    assert_eq!(
        [&waiting["value"], &waiting["low"], &waiting["method"]],
        [&json!(14.0), &Value::Null, &Value::Null]
    );
    assert_eq!(waiting["better"], "lower", "a word of another language");
}

#[test]
fn changes_are_tested_as_r_does_and_adjusted_together() {
    let report = report(&folder(""), &[]);
    // R 4.2.2: poisson.test(c(131, 88), c(4390, 4280)), prop.test without correction, Newcombe by formula, p.adjust.
    let returns = series(&report, "returns");
    let change = &returns["previous"];
    assert_eq!([&change["period"], &change["against"]], ["2026-Q2", "2026-Q1"]);
    near(&change["ratio"], 1.451_335_680_265_07);
    near(&change["ratio_low"], 1.099_362_227_931_63);
    near(&change["ratio_high"], 1.923_748_475_669_74);
    near(&change["p"], 0.006_807_419_521_285_3);
    near(&change["p_adjusted"], 0.013_614_839_042_570_6);
    assert_eq!((&change["verdict"], &change["family_size"]), (&json!("up"), &json!(3)));
    near(&returns["last_year"]["p_adjusted"], 0.001_285_787_206_340_32);
    assert_eq!(returns["last_year"]["against"], "2025-Q2");
    let on_time = series(&report, "delivered_on_time");
    near(&on_time["previous"]["change_low"], -5.889_546_169_396_48);
    near(&on_time["previous"]["change_high"], -3.221_985_487_267_36);
    near(&on_time["last_year"]["change_low"], -6.020_554_760_901_48);
    assert!(on_time["previous"]["p"].as_f64().unwrap() < 1e-10);
    assert_eq!(on_time["previous"]["verdict"], "down");
    let press = &series(&report, "press_reports")["previous"];
    near(&press["p"], 0.753_906_25);
    assert_eq!(press["verdict"], "no_clear_change");
    let waiting = &series(&report, "waiting_time")["previous"];
    near(&waiting["change"], -0.6);
    assert_eq!([&waiting["p"], &waiting["reason"]], [&Value::Null, &json!("recorded_figure")]);
    // u chart of the nine quarters before: centre ± 3 √(centre / 4.39).
    let chart = &returns["chart"]["chart"];
    near(&chart["center"], 17.778_361_344_537_8);
    let limits = chart["limits"].as_array().unwrap().last().unwrap();
    near(&limits["lower"], 11.741_171_134_960_6);
    near(&limits["upper"], 23.815_551_554_115);
    let newest = returns["chart"]["points"].as_array().unwrap().last().unwrap();
    assert!(newest["rules"].as_array().unwrap().contains(&json!("beyond_limits")));
    assert_eq!(series(&report, "waiting_time")["chart"]["reason"], "too_few_plain_periods");
}

#[test]
fn verdicts_know_which_way_is_good() {
    let run = folder(
        "targets = { returns = 20, \"Delivered on time\" = 95, press_reports = 3, waiting_time = 15 }\n",
    )
    .run(&["indicators", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for text in ["worse: clearly higher", "worse: clearly lower", "missed", "met", "no verdict"] {
        assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
    }
    assert!(run.stdout.contains("no verdict on the target of press_reports"), "{}", run.stdout);
}

#[test]
fn levels_that_move_together_may_only_share_a_trend() {
    let report = report(&folder("lag = 0\n"), &["--scores", "answers.csv"]);
    // R 4.2.2: cor.test(method = "spearman", exact = FALSE) of levels and of diff(), p.adjust over the four pairs.
    let returns = pair(&report, "returns");
    assert_eq!((&returns["common"], &returns["verdict"]), (&json!(10), &json!("shared_trend")));
    assert_eq!(returns["as_expected"], true, "less is better, and less goes with more satisfied customers");
    let found = &returns["lags"][0];
    near(&found["r"], -0.915_151_515_151_515);
    near(&found["low"], -0.984_941_928_473_593);
    near(&found["high"], -0.588_892_897_717_532);
    near(&found["p"], 0.000_204_472_406_148_833);
    near(&found["p_adjusted"], 0.000_817_889_624_595_332);
    near(&found["differences"]["r"], -0.178_763_871_459_337);
    near(&found["differences"]["p"], 0.645_384_432_790_632);
    let press = pair(&report, "press_reports");
    near(&press["lags"][0]["p_adjusted"], 0.587_875_958_264_731);
    near(&press["lags"][0]["differences"]["p_adjusted"], 0.128_349_308_764_873);
    assert_eq!((&press["verdict"], &press["as_expected"]), (&json!("no_clear"), &Value::Null));
    let text = folder("lag = 0\n").run(&["indicators", "--scores", "answers.csv", "-q"]).stdout;
    assert!(text.contains("shared trend"), "{text}");
    let words: Vec<&str> = text.split_whitespace().collect();
    assert!(words.join(" ").contains("does not show that one causes the other"), "{text}");
}

#[test]
fn a_saved_report_of_waves_gives_the_same() {
    let folder = folder("");
    let saved = folder.run(&["trend", "answers.csv", "-o", "waves.json", "-q"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let of_answers = report(&folder, &["--scores", "answers.csv"]);
    let of_report = report(&folder, &["--scores", "waves.json"]);
    assert_eq!(section(&of_answers)["corroboration"], section(&of_report)["corroboration"]);
    assert_eq!(
        section(&of_answers)["corroboration"]["rows"][0]["lags"].as_array().unwrap().len(),
        5,
        "two lags short"
    );
}

#[test]
fn seven_common_periods_give_no_figure() {
    let folder = folder("");
    let text = plant();
    let late: Vec<&str> = text.lines().filter(|line| !line.starts_with("2024-Q")).collect();
    folder.file("indicators.csv", late.join("\n"));
    let report = report(&folder, &["--scores", "answers.csv"]);
    let returns = pair(&report, "returns");
    assert_eq!((&returns["common"], &returns["reason"]), (&json!(6), &json!("too_few_periods")));
    assert_eq!([&returns["lags"], &returns["verdict"]], [&json!([]), &Value::Null]);
    let said = folder.run(&["indicators", "--scores", "answers.csv", "-q"]).stdout;
    let words: Vec<&str> = said.split_whitespace().collect();
    assert!(words.join(" ").contains("6 common periods; fewer than 8 tell nothing"), "{said}");
    let without = folder.run(&["indicators", "-q"]).stdout;
    assert!(without.contains("No scores were given"), "{without}");
}

#[test]
fn segments_that_say_the_opposite_are_told() {
    // Within each region fewer figures go with more satisfied customers; the region with both more grows.
    let noise: [u32; 9] = [4, 1, 6, 0, 7, 3, 8, 2, 5];
    let north: [u32; 9] = [29, 26, 24, 30, 23, 27, 22, 28, 25];
    let south: [u32; 9] = [46, 49, 45, 50, 43, 47, 42, 48, 44];
    let all: [u32; 9] = [10, 11, 12, 14, 13, 15, 16, 17, 18];
    let (mut indicators, mut answers) = (HEADER.to_owned(), "day,overall,region\n".to_owned());
    for (place, quarter) in QUARTERS.iter().take(9).enumerate() {
        for (segment, value) in [("", all[place]), ("north", north[place]), ("region=South", south[place])] {
            writeln!(indicators, "{quarter},Calls,{value},,calls,lower,{segment},").unwrap();
        }
        let part = u32::try_from(place).unwrap() + 1;
        for (region, eighties, base) in [("North", part, 40), ("South", 10 - part, 8)] {
            for number in 0..80 * eighties {
                let satisfied = number < eighties * (base + noise[place]);
                writeln!(answers, "{},{},{region}", day(quarter), if satisfied { 5 } else { 1 }).unwrap();
            }
        }
    }
    let folder = Workdir::new();
    folder.file("indicators.csv", indicators);
    folder.file("answers.csv", answers);
    folder.file("survey.toml", format!("{SURVEY}[indicators]\nlag = 0\n"));
    let report = report(&folder, &["indicators.csv", "--scores", "answers.csv"]);
    // R 4.2.2: cor(method = "spearman"), Fisher's z by formula.
    let row = pair(&report, "calls");
    near(&row["lags"][0]["r"], 0.9);
    near(&row["lags"][0]["low"], 0.480_610_474_911_896);
    let reversal = &row["reversal"];
    assert_eq!(reversal["segment"], "region");
    near(&reversal["groups"][0]["r"], -0.85);
    near(&reversal["groups"][1]["r"], -0.983_333_333_333_333);
    near(&reversal["within"], -0.949_122_539_213_931);
    near(&reversal["low"], -0.986_551_329_799_221);
    near(&reversal["high"], -0.817_116_016_350_067);
    let said = folder.run(&["indicators", "indicators.csv", "--scores", "answers.csv", "-q"]).stdout;
    assert!(said.contains("Simpson"), "{said}");
}

#[test]
fn every_fault_has_its_place_and_nothing_is_lost() {
    let folder = Workdir::new();
    let rows = [
        "2026-01,Returns,5,100,rate,lower,,", // 2
        "2026-02,Returns,6,100,rate,lower,,",
        "2026-03,Returns,7,0,rate,lower,,",         // 4: zero_denominator
        "2026-04,Returns,-1,100,rate,lower,,",      // 5: negative_count
        "2026-05,Returns,5,100,EUR,lower,,",        // 6: mixed_units
        "2026-06,Returns,5,100,rate,higher,,",      // 7: two_directions, with all others of Returns
        "2026-07,Returns,many,100,rate,lower,,",    // 8: unreadable, no_value
        "spring,Returns,5,100,rate,lower,,",        // 9: unreadable_period
        "2026-Q1,Returns,5,100,rate,lower,,",       // 10: other_period_length
        "2026-02,Returns,6,100,rate,lower,,",       // 11: repeated_row
        "2026-01,Solved,120,100,percent,up,,",      // 12: above_denominator
        "2026-02,Solved,80,100,percent,sideways,,", // 13: unknown_direction
        "2026-03,Solved,80.5,100,percent,up,,",     // 14: not_whole
        "2026-04,Solved,80,,percent,up,,",          // 15: no_denominator
        "2026-05,Solved,80,-5,percent,up,,",        // 16: negative_denominator
        "2026-06,Solved,80,100,percent,up,,",       // 17: contradicting_rows
        "2026-06,Solved,81,100,percent,up,All,",    // 18: the same
        ",Solved,81,100,percent,up,,",              // 19: no_period
        "2026-07,,81,100,percent,up,,",             // 20: no_indicator
        "2026-08,Solved",                           // 21: short_row
    ];
    folder.file("i.csv", HEADER.to_owned() + &rows.join("\n") + "\n");
    let report = report(&folder, &["i.csv", "--as-of", "2026-12-31"]);
    let found = section(&report);
    let told: Vec<(&str, u64, u64, u64, &str)> = found["faults"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| {
            let place = &fault["places"][0];
            (
                fault["code"].as_str().unwrap(),
                fault["records"].as_u64().unwrap(),
                place["line"].as_u64().unwrap(),
                place["column"].as_u64().unwrap_or(0),
                fault["treatment"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("above_denominator", 1, 12, 3, "left_out"),
            ("contradicting_rows", 2, 17, 3, "left_out"),
            ("mixed_units", 1, 6, 5, "left_out"),
            ("negative_count", 1, 5, 3, "left_out"),
            ("negative_denominator", 1, 16, 4, "left_out"),
            ("no_denominator", 1, 15, 4, "left_out"),
            ("no_indicator", 1, 20, 2, "left_out"),
            ("no_period", 1, 19, 1, "left_out"),
            ("no_value", 1, 8, 3, "left_out"),
            ("not_whole", 1, 14, 3, "left_out"),
            ("other_period_length", 1, 10, 1, "left_out"),
            ("repeated_row", 1, 11, 2, "left_out"),
            ("short_row", 1, 21, 0, "left_out"),
            ("two_directions", 3, 2, 6, "counted_without_verdict"),
            ("unknown_direction", 1, 13, 6, "counted_without_verdict"),
            ("unreadable", 1, 8, 3, "cell_left_out"),
            ("unreadable_period", 1, 9, 1, "left_out"),
            ("zero_denominator", 1, 4, 4, "left_out"),
        ]
    );
    assert_eq!(series(&report, "returns")["direction_reason"], "two_directions");
    let ledger = &report["ledger"];
    let excluded: u64 =
        ledger["excluded"].as_array().unwrap().iter().map(|entry| entry["rows"].as_u64().unwrap()).sum();
    assert_eq!(ledger["rows_read"].as_u64().unwrap(), ledger["rows_used"].as_u64().unwrap() + excluded);
    assert_eq!([&found["records"], &found["used"]], [20, 4]);
    for format in ["table", "md", "csv", "html"] {
        let run = folder.run(&["indicators", "i.csv", "-q", "-f", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(!run.stdout.contains("NaN") && !run.stdout.contains("inf "), "{format}");
    }
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let folder = folder("");
    let one = report(&folder, &["--scores", "answers.csv"]);
    let text = plant();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    folder.file("indicators.csv", lines.join("\n") + "\n");
    let other = report(&folder, &["--scores", "answers.csv"]);
    assert_eq!(one["estimates"], other["estimates"]);
    for part in ["series", "families", "corroboration", "faults", "period"] {
        assert_eq!(section(&one)[part], section(&other)[part], "{part}");
    }
    assert_eq!(one["notes"], other["notes"]);
}

#[test]
fn shorter_periods_are_joined_where_they_can_be_added() {
    let folder = Workdir::new();
    let mut text = HEADER.to_owned();
    for month in 1..=6 {
        writeln!(text, "2026-{month:02},Returns,{month},100,rate,lower,,").unwrap();
        writeln!(text, "2026-{month:02},Waiting,{month}.5,,minutes,lower,,").unwrap();
    }
    folder.file("i.csv", text);
    let report = report(&folder, &["i.csv", "--every", "quarter"]);
    let records = &series(&report, "returns")["records"];
    assert_eq!(
        *records,
        json!([
            { "period": "2026-Q1", "value": 6.0, "denominator": 300.0, "flag": null },
            { "period": "2026-Q2", "value": 15.0, "denominator": 300.0, "flag": null }
        ])
    );
    assert_eq!([&section(&report)["every"], &section(&report)["joined_from"]], ["quarter", "month"]);
    let faults = section(&report)["faults"].as_array().unwrap();
    assert_eq!((&faults[0]["code"], &faults[0]["records"]), (&json!("several_in_period"), &json!(6)));
    assert!(section(&report)["series"].as_array().unwrap().iter().all(|series| series["id"] != "waiting"));
}

#[test]
fn a_period_that_is_not_over_is_shown_and_not_compared() {
    let report = report(&folder(""), &["--as-of", "2026-05-31"]);
    let found = section(&report);
    assert_eq!([&found["period"], &found["as_of_from"]], ["2026-Q1", "asked"]);
    let points = series(&report, "returns")["chart"]["points"].as_array().unwrap();
    assert_eq!((&points[9]["complete"], &points[9]["rules"]), (&json!(false), &json!([])));
    assert_eq!(series(&report, "returns")["previous"]["against"], "2025-Q4");
}

#[test]
fn figures_of_few_are_hidden_and_cannot_be_worked_out() {
    let folder = Workdir::new();
    let mut text = HEADER.to_owned();
    for (segment, base) in [("North", 4), ("South", 40), ("West", 60), ("", 104)] {
        writeln!(text, "2026,Kept,{},{base},percent,higher,{segment},", base / 2).unwrap();
    }
    folder.file("i.csv", text);
    folder.file("i.toml", "[survey]\nsuppress_below = 5\n");
    let report = report(&folder, &["i.csv", "--as-of", "2027-01-01"]);
    let hidden: Vec<(&str, &str)> = report["estimates"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|estimate| estimate["value"].is_null() && estimate["base"].is_null())
        .map(|estimate| {
            (estimate["segment"]["segment"].as_str().unwrap(), estimate["flag"].as_str().unwrap())
        })
        .collect();
    assert_eq!(hidden, [("North", "suppressed"), ("South", "complementary")]);
    let north = section(&report)["series"].as_array().unwrap().iter();
    let north = north.filter(|series| series["segment"]["segment"] == "North").collect::<Vec<_>>();
    assert_eq!([&north[0]["records"][0]["value"], &north[0]["records"][0]["denominator"]], [&Value::Null; 2]);
    assert_eq!(north[0]["chart"]["points"][0]["value"], Value::Null);
}

#[test]
fn every_key_changes_the_output() {
    let renamed = plant().replace(HEADER, "p,i,v,d,u,w,s,o\n");
    let base = "period = \"p\"\nindicator = \"i\"\nvalue = \"v\"\n";
    let folder = folder(base);
    folder.file("indicators.csv", renamed.replace(",,", ",North,"));
    folder.file("other.csv", renamed.replace("2026-Q2,Returns,131", "2026-Q2,Returns,99"));
    let output = |more: &str| {
        let text = format!("{SURVEY}[indicators]\n{more}");
        folder.file("survey.toml", text);
        let run = folder.run(&["indicators", "--scores", "answers.csv", "-f", "json"]);
        let seal = |line: &&str| !line.contains("\"seal\"") && !line.contains("\"hash\"");
        (run.code, run.stdout.lines().filter(seal).collect::<Vec<_>>().join("\n"))
    };
    let file = "file = \"indicators.csv\"\n";
    let (code, plain) = output(&format!("{file}{base}"));
    assert_eq!(code, 0);
    for more in [
        "denominator = \"d\"",
        "unit = \"u\"",
        "direction = \"w\"",
        "segment = \"s\"",
        "source = \"o\"",
        "targets = { returns = 20 }",
        "lag = 1",
    ] {
        let (code, changed) = output(&format!("{file}{base}{more}\n"));
        assert_eq!(code, 0, "{more}");
        assert_ne!(plain, changed, "{more}");
    }
    assert_ne!(plain, output(&format!("file = \"other.csv\"\n{base}")).1, "file");
    let rates = "denominator = \"d\"\n";
    let (one, other) =
        (output(&format!("{file}{base}{rates}")), output(&format!("{file}{base}{rates}per = 100\n")));
    assert_ne!(one, other, "per");
    for missing in ["period", "indicator", "value"] {
        let less: String =
            base.lines().filter(|line| !line.starts_with(missing)).map(|line| format!("{line}\n")).collect();
        assert_eq!(output(&format!("{file}{less}")).0, 1, "{missing}");
    }
}

#[test]
fn a_report_reads_back_as_it_was_written() {
    let folder = folder("");
    let run = folder.run(&["indicators", "--scores", "answers.csv", "-o", "i.json", "-q"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = folder.read("i.json");
    let read = csat::render::json::load(&text).unwrap();
    let bytes =
        csat::render::render(&read, csat::render::Format::Json, &csat::render::Look::default()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), text);
}

#[test]
fn what_is_wrong_is_said_with_its_code() {
    let folder = folder("");
    folder.file("no_value.csv", "period,indicator\n2026-Q1,Returns\n");
    folder.file("empty.csv", HEADER);
    let elsewhere = Workdir::new();
    for (place, arguments, code, texts) in [
        (&folder, &["gone.csv"][..], 1, &["gone.csv"][..]),
        (&folder, &["no_value.csv"], 1, &["value", "[indicators]"]),
        (&folder, &["indicators.csv", "no_value.csv"], 2, &["reads one file"]),
        (&folder, &["--as-of", "soon"], 2, &["2026-09-30"]),
        (&folder, &["--every", "decade"], 2, &["quarter"]),
        (&folder, &["--scores", "gone.csv"], 1, &["gone.csv"]),
        (&elsewhere, &[], 2, &["no file of indicators is named"]),
    ] {
        let arguments: Vec<&str> = ["indicators"].iter().chain(arguments).copied().collect();
        let run = place.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}", run.stderr);
        for text in texts {
            assert!(run.stderr.contains(text), "{arguments:?}: {text}: {}", run.stderr);
        }
    }
    let none = folder.run(&["indicators", "empty.csv", "-q"]);
    assert!(
        none.code == 1 || none.stdout.contains("None of 0 records counts"),
        "{}{}",
        none.stdout,
        none.stderr
    );
}

#[test]
fn hostile_texts_stay_texts() {
    let folder = Workdir::new();
    let name = "=1+1<script>alert(1)</script>|`x`";
    let mut text = HEADER.to_owned();
    for quarter in &QUARTERS[..5] {
        writeln!(text, "{quarter},{name},5,100,<b>,lower,</td>,\u{1b}[31m").unwrap();
        writeln!(text, "{quarter},{name},9,200,<b>,lower,,@x").unwrap();
    }
    folder.file("i.csv", text);
    let html = folder.run(&["indicators", "i.csv", "-q", "-f", "html"]);
    assert_eq!(html.code, 0, "{}", html.stderr);
    assert!(!html.stdout.contains("<script>alert") && html.stdout.contains("&lt;script&gt;"));
    for format in ["table", "md", "csv"] {
        let run = folder.run(&["indicators", "i.csv", "-q", "-f", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(!run.stdout.contains('\u{1b}'), "{format}");
    }
    let sheet = folder.run(&["indicators", "i.csv", "-q", "-o", "i.xlsx"]);
    assert_eq!(sheet.code, 0, "{}", sheet.stderr);
}
