//! Two sides against each other: oracle values through the program, mirrors, corners, refusals.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

const ONE: &str = "[question.overall]\nmeasure = \"csat\"\n";

const BANK: &str = "[question.csat_overall]\nmeasure = \"csat\"\n[question.nps]\nmeasure = \"nps\"\n\
                    [segment.segment]\n";

fn reference(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(path)).unwrap()
}

/// A file of one question: so many fives, the others ones.
fn satisfied(k: usize, n: usize) -> String {
    let answers = (0..n).map(|row| if row < k { "5" } else { "1" });
    format!("overall\n{}\n", answers.collect::<Vec<_>>().join("\n"))
}

fn section(run: &Run) -> Value {
    let report = run.report();
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["kind"] == "comparison").unwrap().clone()
}

fn row(section: &Value, question: &str, statistic: &str) -> Value {
    let rows = section["rows"].as_array().unwrap();
    let mut found = rows.iter().filter(|row| row["question"] == question && row["statistic"] == statistic);
    found.next().unwrap_or_else(|| panic!("no {question} {statistic} in {rows:?}")).clone()
}

#[track_caller]
fn near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((value - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{value}, expected {expected}");
}

fn bank() -> Workdir {
    let work = Workdir::new();
    work.file("bank.csv", reference("differences/bank_a.csv"));
    work.file("bank.toml", BANK);
    work
}

#[test]
fn shares_have_the_limits_of_a_score_test_where_they_are_asked_for() {
    let work = bank();
    let sides = ["--a", "segment = \"Corporate\"", "--b", "segment = \"Private\"", "-f", "json"];
    let asked = ["compare", "bank.csv", "--difference-interval", "miettinen-nurminen"];
    let run = work.run(&[&asked[..], &sides].concat());
    let share = row(&section(&run), "csat_overall", "top_box");
    assert_eq!(share["method"], "miettinen-nurminen");
    // tests/reference score_difference, R 4.2.2 (Corporate less Private, so turned): 40 of 68, 84 of 144.
    near(&share["low"], -14.295_849_658_104_906);
    near(&share["high"], 13.810_347_919_813_107);
    // The test is the same, and so are figures that are no shares.
    let plain = work.run(&[&["compare", "bank.csv"][..], &sides].concat());
    assert_eq!(share["p"], row(&section(&plain), "csat_overall", "top_box")["p"]);
    assert_eq!(row(&section(&run), "nps", "nps"), row(&section(&plain), "nps", "nps"));
    assert_eq!(run.report()["provenance"]["options"]["difference-interval"], "miettinen-nurminen");
    let weighted = work.run(&[&asked[..], &sides, &["--weight", "weight"]].concat());
    let weighted = row(&section(&weighted), "csat_overall", "top_box");
    assert_eq!(weighted["method"], "miettinen-nurminen-effective-n");
    assert!(weighted["low"].as_f64() < weighted["difference"].as_f64());
    let paired = work.run(&[&asked[..], &sides, &["--paired=date"]].concat());
    assert_eq!(paired.code, 2);
    assert!(paired.stderr.contains("pairs have the limits of paired shares"), "{}", paired.stderr);
}

#[test]
fn segments_of_a_bank_differ_as_other_programs_say() {
    let work = bank();
    let sides = ["--a", "segment = \"Corporate\"", "--b", "segment = \"Private\""];
    let run = work.run(&[&["compare", "bank.csv", "--statistics", "all", "-f", "json"][..], &sides].concat());
    let section = section(&run);
    // oracle prop_diff.newcomb, statsmodels 0.15 (Corporate less Private, so turned): 40 of 68, 84 of 144.
    let share = row(&section, "csat_overall", "top_box");
    assert_eq!((&share["base_a"], &share["base_b"]), (&68.into(), &144.into()));
    near(&share["low"], -14.124_851_165_689_772);
    near(&share["high"], 13.670_106_481_470_63);
    assert_eq!((&share["method"], &share["verdict"]), (&"newcombe".into(), &"no_clear_change".into()));
    // oracle means.welch_t, R 4.2.2.
    let mean = row(&section, "csat_overall", "mean");
    near(&mean["difference"], 0.023_692_810_457_516_3);
    near(&mean["low"], -0.242_654_304_201_342);
    near(&mean["high"], 0.290_039_925_116_374);
    near(&mean["p"], 0.860_627_535_990_588);
    // oracle nps.diff: the raw difference of the Wald record, limits and p of the adjusted one.
    let nps = row(&section, "nps", "nps");
    near(&nps["difference"], 8.051_656_372_824_26);
    near(&nps["low"], -14.126_079_372_251_5);
    near(&nps["high"], 30.512_633_994_100_3);
    near(&nps["p"], 0.471_839_765_059_963);
    // Two headlines are one family; Holm takes the smaller p twice.
    let p = [&share, &nps].map(|row| row["p"].as_f64().unwrap());
    let least = (2.0 * p[0].min(p[1])).min(1.0);
    let adjusted = [&share, &nps].map(|row| row["p_adjusted"].as_f64().unwrap());
    assert!((adjusted[0].min(adjusted[1]) - least).abs() < 1e-9, "{p:?} {adjusted:?}");
    assert_eq!(section["families"][0]["name"], "headlines");
    assert_eq!((&section["families"][0]["size"], &share["family_size"]), (&2.into(), &2.into()));
    assert_eq!(section["families"][1]["name"], "other_statistics");
}

#[test]
fn two_files_meet_statsmodels() {
    // oracle two_prop.*, statsmodels 0.15 (first less second, so turned).
    for (k, n, low, high, p) in [
        ([45, 56], [100, 100], -2.807_885_767_781_11, 24.232_459_504_054_893, 0.119_776_423_779_722_86),
        ([0, 5], [50, 50], 0.897_544_808_059_001_8, 21.360_231_437_479_66, 0.021_781_462_791_119_477),
        ([10, 10], [20, 20], -28.383_547_880_138_194, 28.383_547_880_138_194, 1.0),
    ] {
        let work = Workdir::new();
        work.file("survey.toml", ONE);
        work.file("a.csv", satisfied(k[0], n[0]));
        work.file("b.csv", satisfied(k[1], n[1]));
        let section = section(&work.run(&["compare", "a.csv", "b.csv", "-f", "json"]));
        let found = row(&section, "overall", "top_box");
        near(&found["low"], low);
        near(&found["high"], high);
        near(&found["p"], p);
        assert_eq!((&section["side_a"]["label"], &section["side_b"]["label"]), (&"a".into(), &"b".into()));
        assert!(found["minimum_detectable"].as_f64().unwrap() > 0.0);
    }
}

#[test]
fn turning_the_sides_round_mirrors_everything() {
    let work = bank();
    let sides = ["segment = \"Corporate\"", "segment = \"Private\""];
    let of = |a: &str, b: &str| {
        let all = [
            "compare",
            "bank.csv",
            "--statistics",
            "all",
            "-f",
            "json",
            "--margin",
            "40",
            "--a",
            a,
            "--b",
            b,
        ];
        section(&work.run(&all))
    };
    let (there, back) = (of(sides[0], sides[1]), of(sides[1], sides[0]));
    let rows = there["rows"].as_array().unwrap();
    assert!(rows.len() > 5);
    let turned = |value: &Value| value.as_f64().map(|value| -value);
    for (one, other) in rows.iter().zip(back["rows"].as_array().unwrap()) {
        for (here, there) in [("a", "b"), ("a_low", "b_low"), ("base_a", "base_b"), ("flag_a", "flag_b")] {
            assert_eq!((&one[here], &one[there]), (&other[there], &other[here]), "{one}");
        }
        for (here, there) in [("difference", "difference"), ("low", "high"), ("high", "low")] {
            let (here, there) = (one[here].as_f64(), turned(&other[there]));
            assert!((here.unwrap() - there.unwrap()).abs() < 1e-9, "{one} {other}");
        }
        for same in ["p", "p_adjusted", "minimum_detectable", "minimum_detectable_adjusted"] {
            let (here, there) = (one[same].as_f64().unwrap(), other[same].as_f64().unwrap());
            assert!((here - there).abs() < 1e-9, "{same}: {one} {other}");
        }
        assert_eq!((&one["method"], &one["family_size"]), (&other["method"], &other["family_size"]));
    }
}

#[test]
fn a_file_against_itself_is_no_difference() {
    let work = bank();
    let run = work.run(&["compare", "bank.csv", "bank.csv", "-f", "json", "--statistics", "all"]);
    let report = run.report();
    for row in section(&run)["rows"].as_array().unwrap() {
        assert_eq!(row["difference"], 0.0, "{row}");
        near(&row["p"], 1.0);
        assert!(row["low"].as_f64().unwrap() < 0.0 && row["high"].as_f64().unwrap() > 0.0, "{row}");
        assert_eq!(row["verdict"], "no_clear_change");
    }
    assert!(report["notes"].as_array().unwrap().iter().any(|note| note["code"] == "compare_same"));
}

#[test]
fn hardly_any_answers_and_answers_all_alike_give_figures_and_no_verdict() {
    for (a, b) in [
        ("overall\n\"\"\n", "overall\n5\n4\n3\n"),
        ("overall\n5\n", "overall\n1\n"),
        ("overall\n5\n4\n", "overall\n1\n1\n"),
        ("overall\n5\n5\n5\n", "overall\n5\n5\n5\n5\n"),
    ] {
        let work = Workdir::new();
        work.file("survey.toml", ONE);
        work.file("a.csv", a);
        work.file("b.csv", b);
        for paired in [false, true] {
            let paired = if paired { &["--paired=overall"][..] } else { &[] };
            let run = work
                .run(&[&["compare", "a.csv", "b.csv", "--statistics", "all", "-f", "json"], paired].concat());
            if !paired.is_empty() && run.code == 1 {
                run.refused(1, &["no respondent stands once on both sides"]);
                continue;
            }
            assert!(
                !run.stdout.contains("NaN") && !run.stdout.contains("nothing_to_score"),
                "{}",
                run.stdout
            );
            for row in section(&run)["rows"].as_array().unwrap() {
                assert_eq!((&row["p"], &row["verdict"]), (&Value::Null, &Value::Null), "{a} {b}: {row}");
            }
        }
    }
    // Ten answers all alike have a share with an interval, and a mean without.
    let work = Workdir::new();
    work.file("survey.toml", ONE);
    work.file("a.csv", satisfied(12, 12));
    work.file("b.csv", satisfied(12, 12));
    let section = section(&work.run(&["compare", "a.csv", "b.csv", "--statistics", "all", "-f", "json"]));
    let share = row(&section, "overall", "top_box");
    assert!(share["low"].as_f64().unwrap() < 0.0 && share["high"].as_f64().unwrap() > 0.0);
    assert_eq!((&share["p"], &row(&section, "overall", "mean")["p"]), (&1.0.into(), &Value::Null));
}

#[test]
fn two_waves_differ_as_the_trend_says() {
    let work = Workdir::new();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/branch-banking");
    for name in ["responses.csv", "responses.toml"] {
        work.file(name, fs::read(example.join(name)).unwrap());
    }
    let run = work.run(&[
        "compare",
        "responses.csv",
        "--a",
        "wave = 2026-Q2",
        "--b",
        "wave = 2026-Q3",
        "-f",
        "json",
    ]);
    let compared = section(&run);
    assert_eq!(
        (&compared["side_a"]["label"], &compared["side_b"]["wave"]),
        (&"2026-Q2".into(), &"2026-Q3".into())
    );
    let trend = work.run(&["trend", "responses.csv", "-f", "json"]).report();
    let mut seen = 0;
    for trend in trend["sections"].as_array().unwrap().iter().filter(|section| section["kind"] == "trend") {
        let point =
            trend["points"].as_array().unwrap().iter().find(|point| point["wave"] == "2026-Q3").unwrap();
        assert_eq!(point["against"], "2026-Q2");
        let found = row(&compared, trend["question"].as_str().unwrap(), trend["statistic"].as_str().unwrap());
        for (here, there) in [
            ("difference", "change"),
            ("low", "change_low"),
            ("high", "change_high"),
            ("p", "p"),
            ("p_adjusted", "p_adjusted"),
            ("verdict", "verdict"),
            ("method", "method"),
            ("minimum_detectable", "minimum_detectable"),
            ("minimum_detectable_adjusted", "minimum_detectable_adjusted"),
        ] {
            assert_eq!(found[here], point[there], "{here} of {}", trend["question"]);
        }
        seen += 1;
    }
    assert!(seen > 10);
}

#[test]
fn rows_on_both_sides_are_refused_and_everybody_else_is_with_those_without_an_answer() {
    let work = Workdir::new();
    work.file("survey.toml", format!("{ONE}[segment.region]\n[segment.age]\n"));
    let rows = ["N,old", "N,young", "S,old", "S,", ",young", "N,old"];
    let csv: String = rows.iter().cycle().take(60).map(|row| format!("4,{row}\n")).collect();
    work.file("x.csv", format!("overall,region,age\n{csv}"));
    let both = ["compare", "x.csv", "--a", "region = \"N\"", "--b", "age = \"old\""];
    work.run(&both).refused(2, &["20 rows are on both sides", "--rest"]);
    let run =
        work.run(&["compare", "x.csv", "--a", "region = \"N\" and age = \"old\"", "--rest", "-f", "json"]);
    let section = section(&run);
    let found = row(&section, "overall", "top_box");
    assert_eq!((&found["base_a"], &found["base_b"]), (&20.into(), &40.into()), "blanks are of the rest");
    assert_eq!((&section["side_b"]["rest"], &section["side_b"]["label"]), (&true.into(), &"rest".into()));
}

#[test]
fn what_cannot_be_compared_is_refused_by_name() {
    let work = bank();
    work.file("a.csv", satisfied(5, 20));
    work.file("a.toml", ONE);
    let saved = work.run(&["analyze", "a.csv", "-o", "a.json"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let corporate = ["--a", "segment = \"Corporate\""];
    for (arguments, code, said) in [
        (vec!["bank.csv"], 2, "one file was named"),
        (vec!["a.csv", "a.csv", "a.csv"], 2, "more than two files were named"),
        ([&["bank.csv"], &corporate[..]].concat(), 2, "names one side only"),
        (vec!["bank.csv", "--b", "nps > 3"], 2, "--a"),
        ([&["bank.csv", "--rest", "--b", "nps > 3"], &corporate[..]].concat(), 2, "cannot be used with"),
        ([&["-", "--rest"], &corporate[..]].concat(), 2, "standard input can be read once"),
        ([&["a.json", "--rest"], &corporate[..]].concat(), 2, "--a chooses rows"),
        (vec!["a.json", "a.csv", "--paired=overall"], 2, "has no respondents"),
        (vec!["a.csv", "a.csv", "--by", "overall"], 2, "--by"),
        (vec!["a.csv", "a.csv", "--margin", "0"], 2, "positive number"),
        (vec!["a.csv", "a.csv", "--paired"], 2, "no `customer`"),
        (vec!["a.csv", "a.csv", "--paired=overal"], 2, "did you mean `overall`"),
        (vec!["bank.csv", "--a", "wave = 2025-Q1", "--rest"], 2, "this survey has none"),
        (vec!["bank.csv", "--a", "wave = 2025-Q1", "--rest", "--every", "quarter"], 2, "date"),
        (vec!["bank.csv", "--a", "segment = ", "--rest"], 2, "--a"),
        (vec!["bank.csv", "--a", "segmen = \"x\"", "--rest"], 2, "did you mean `segment`"),
        (vec!["a.csv", "bank.csv"], 1, "no question in common"),
        (vec!["a.csv", "none.csv"], 1, "none.csv"),
    ] {
        let run = work.run(&[&["compare"], &arguments[..]].concat());
        run.refused(code, &[said]);
    }
}

#[test]
fn a_question_on_another_scale_is_named_and_not_tested() {
    let work = Workdir::new();
    let two = |scale: &str| {
        format!(
            "{ONE}[question.speed]\nmeasure = \"csat\"\nscale = \"s\"\n[scale.s]\nmin = 1\nmax = {scale}\n"
        )
    };
    work.file("a.toml", two("5"));
    work.file("b.toml", two("7"));
    let extra = format!("{}[question.price]\nmeasure = \"csat\"\n", two("5"));
    work.file("c.toml", extra);
    let rows: String = (0..40).map(|row| format!("{},{}\n", 1 + row % 5, 1 + row % 4)).collect();
    work.file("a.csv", format!("overall,speed\n{rows}"));
    work.file("b.csv", format!("overall,speed\n{rows}"));
    let rows: String = (0..40).map(|row| format!("{},{},3\n", 1 + row % 5, 1 + row % 4)).collect();
    work.file("c.csv", format!("overall,speed,price\n{rows}"));
    let section = section(&work.run(&["compare", "a.csv", "b.csv", "-f", "json"]));
    assert_eq!(section["rows"].as_array().unwrap().len(), 1);
    let left_out = &section["not_compared"][0];
    assert_eq!((&left_out["question"], &left_out["reason"]), (&"speed".into(), &"asked_differently".into()));
    assert!(left_out["changed"].as_array().unwrap().contains(&"scale".into()), "{left_out}");
    let table = work.run(&["compare", "a.csv", "b.csv"]);
    assert!(table.stdout.contains("speed was asked differently"), "{}", table.stdout);
    let section = self::section(&work.run(&["compare", "a.csv", "c.csv", "-f", "json"]));
    assert_eq!(
        (&section["not_compared"][0]["question"], &section["not_compared"][0]["reason"]),
        (&"price".into(), &"only_b".into())
    );
}

/// A file of ids and scores.
#[test]
fn a_side_without_a_best_mark_on_a_wide_scale_is_asked_about() {
    let work = Workdir::new();
    let rows = (0..120).map(|row| match row % 2 {
        0 => format!("2026-Q1,{}\n", row / 2 % 5 + 1),
        _ => format!("2026-Q2,{}\n", row / 2 % 10 + 1),
    });
    work.file("a.csv", format!("round,overall satisfaction\n{}", rows.collect::<String>()));
    let sides = ["--a", "round = '2026-Q1'", "--b", "round = '2026-Q2'"];
    let said = work.run(&[&["compare", "a.csv"][..], &sides].concat()).stdout;
    let caution = "nobody of the 60 in round = '2026-Q1' gave one of the best marks";
    assert!(said.split_whitespace().collect::<Vec<_>>().join(" ").contains(caution), "{said}");
    let same = ["--a", "round = '2026-Q2'", "--b", "round = '2026-Q2'", "-f", "json"];
    let report = work.run(&["analyze", "a.csv", "-f", "json", "--where", "round = '2026-Q2'"]).report();
    let codes: Vec<&Value> = report["notes"].as_array().unwrap().iter().map(|note| &note["code"]).collect();
    assert!(!codes.contains(&&Value::from("other_scale")), "{codes:?}");
    work.run(&[&["compare", "a.csv"][..], &same].concat()).refused(2, &["both sides"]);
}

fn scores(column: &str) -> String {
    let text = reference("paired/bank_a.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let place = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let rows =
        reader.records().enumerate().map(|(row, record)| format!("{row},{}\n", &record.unwrap()[place]));
    format!("who,score\n{}", rows.collect::<String>())
}

const SCORE: &str = "[question.score]\nmeasure = \"rating\"\nscale = \"s\"\nheadline = \"mean\"\n\
                     [scale.s]\nmin = 1\nmax = 7\n[data]\ncustomer = \"who\"\n";

#[test]
fn the_same_respondents_differ_by_the_paired_t() {
    let work = Workdir::new();
    work.file("survey.toml", SCORE);
    work.file("a.csv", scores("exp_tan"));
    work.file("b.csv", scores("per_tan"));
    // oracle gap.tan, R t.test(paired = TRUE) on bank_a: perceived less expected of the same 757 respondents.
    for column in ["--paired", "--paired=who"] {
        let section = section(&work.run(&["compare", "a.csv", "b.csv", "-f", "json", column]));
        let found = row(&section, "score", "mean");
        assert_eq!((&found["base_a"], &found["base_b"]), (&757.into(), &757.into()));
        near(&found["difference"], -0.586_525_759_577_279);
        near(&found["low"], -0.689_268_303_270_947);
        near(&found["high"], -0.483_783_215_883_61);
        assert!((found["p"].as_f64().unwrap() / 4.491_644_459_268_64e-27 - 1.0).abs() < 1e-6, "{found}");
        assert_eq!((&found["method"], &found["verdict"]), (&"paired-t".into(), &"down".into()));
        assert_eq!((&section["paired"]["pairs"], &section["paired"]["only_a"]), (&800.into(), &0.into()));
    }
    let own =
        section(&work.run(&["compare", "a.csv", "a.csv", "--paired", "-f", "json", "--statistics", "all"]));
    for row in own["rows"].as_array().unwrap() {
        assert_eq!((&row["difference"], &row["p"]), (&0.0.into(), &1.0.into()), "{row}");
    }
}

#[test]
fn ids_that_repeat_or_stand_on_one_side_are_counted_and_never_shown() {
    let work = Workdir::new();
    work.file("survey.toml", SCORE);
    let file = |ids: &mut dyn Iterator<Item = String>| {
        let rows: String = ids.enumerate().map(|(row, id)| format!("{id},{}\n", 1 + row % 7)).collect();
        format!("who,score\n{rows}")
    };
    let a = (0..30).map(|id| format!("secret{id}")).chain(["secret3".to_owned(), String::new()]);
    let b = (5..50).map(|id| format!("secret{id}")).chain(["secret40".to_owned(), "secret6".to_owned()]);
    work.file("a.csv", file(&mut { a }));
    work.file("b.csv", file(&mut { b }));
    let run = work.run(&["compare", "a.csv", "b.csv", "--paired", "-f", "json"]);
    let paired = &section(&run)["paired"];
    for (key, count) in [
        ("pairs", 24),     // 5 to 29 without 6
        ("only_a", 4),     // 0, 1, 2, 4
        ("only_b", 19),    // 30 to 49 without 40
        ("repeated_a", 1), // 3
        ("repeated_b", 2), // 40 and 6
        ("no_id_a", 1),
        ("no_id_b", 0),
    ] {
        assert_eq!(paired[key], count, "{key} in {paired}");
    }
    let table = work.run(&["compare", "a.csv", "b.csv", "--paired"]);
    assert!(table.stdout.contains("24 respondents are paired by who"), "{}", table.stdout);
    assert!(!run.stdout.contains("secret") && !table.stdout.contains("secret"));
    work.file("c.csv", "who,score\nx,1\ny,2\n");
    work.run(&["compare", "a.csv", "c.csv", "--paired"])
        .refused(1, &["no respondent stands once on both sides"]);
}

#[test]
fn weights_that_are_all_alike_change_no_difference() {
    let work = Workdir::new();
    let weighted = |text: String| {
        text.lines()
            .enumerate()
            .map(|(row, line)| format!("{line},{}\n", if row == 0 { "w" } else { "2.5" }))
            .collect::<String>()
    };
    work.file("survey.toml", SCORE);
    work.file("a.csv", weighted(scores("exp_tan")));
    work.file("b.csv", weighted(scores("per_tan")));
    for paired in [&[][..], &["--paired"]] {
        let of = |more: &[&str]| {
            let all =
                [&["compare", "a.csv", "b.csv", "-f", "json", "--statistics", "all"], paired, more].concat();
            section(&work.run(&all))
        };
        let (plain, weighted) = (of(&[]), of(&["--weight", "w"]));
        for (one, other) in plain["rows"].as_array().unwrap().iter().zip(weighted["rows"].as_array().unwrap())
        {
            near(&other["difference"], one["difference"].as_f64().unwrap());
            assert!(other["method"].as_str().unwrap() != one["method"].as_str().unwrap(), "{other}");
        }
        if !paired.is_empty() {
            let (one, other) = (row(&plain, "score", "mean"), row(&weighted, "score", "mean"));
            near(&other["low"], one["low"].as_f64().unwrap());
        }
    }
}

#[test]
fn a_small_group_is_hidden_with_what_would_give_it_away() {
    let work = Workdir::new();
    work.file("survey.toml", format!("[survey]\nsuppress_below = 10\n{ONE}[segment.region]\n"));
    let rows: String =
        (0..47).map(|row| format!("{},{}\n", 1 + row % 5, if row < 7 { "N" } else { "S" })).collect();
    work.file("x.csv", format!("overall,region\n{rows}"));
    let run = work.run(&[
        "compare",
        "x.csv",
        "--a",
        "region = \"N\"",
        "--rest",
        "-f",
        "json",
        "--statistics",
        "all",
    ]);
    let section = section(&run);
    for row in section["rows"].as_array().unwrap() {
        assert_eq!((&row["flag_a"], &row["flag_b"]), (&"suppressed".into(), &"complementary".into()));
        for key in ["a", "b", "base_a", "base_b", "difference", "low", "p", "verdict"] {
            assert_eq!(row[key], Value::Null, "{key}: {row}");
        }
    }
    assert_eq!(section["side_a"]["rows_used"], Value::Null);
    assert!(run.report()["estimates"].as_array().unwrap().is_empty());
    let table = work.run(&["compare", "x.csv", "--a", "region = \"N\"", "--rest"]);
    assert!(table.stdout.contains("hidden"), "{}", table.stdout);
}

#[test]
fn a_reversal_within_the_groups_is_said() {
    let work = Workdir::new();
    work.file("survey.toml", format!("{ONE}[segment.region]\n"));
    let side = |groups: [(&str, usize, usize); 2]| {
        let mut text = "overall,region\n".to_owned();
        for (region, k, n) in groups {
            text.extend((0..n).map(|row| format!("{},{region}\n", if row < k { 5 } else { 1 })));
        }
        text
    };
    work.file("a.csv", side([("N", 360, 400), ("S", 800, 1600)]));
    work.file("b.csv", side([("N", 1360, 1600), ("S", 160, 400)]));
    let section = section(&work.run(&["compare", "a.csv", "b.csv", "-f", "json"]));
    let found = &section["simpson"][0];
    assert_eq!((&found["question"], &found["segment"]), (&"overall".into(), &"region".into()));
    near(&found["difference"], 18.0);
    near(&found["within"], -7.5);
    near(&found["mix"], 25.5);
    let table = work.run(&["compare", "a.csv", "b.csv"]).stdout;
    assert!(table.contains("who") && table.contains("turned it round"), "{table}");
    let none = self::section(&work.run(&["compare", "a.csv", "a.csv", "-f", "json"]));
    assert!(none["simpson"].as_array().unwrap().is_empty());
}

#[test]
fn a_margin_is_needed_to_call_two_sides_about_equal() {
    let work = Workdir::new();
    work.file("survey.toml", ONE);
    work.file("a.csv", satisfied(6_000, 10_000));
    work.file("b.csv", satisfied(5_990, 10_000));
    let verdict = |more: &[&str]| {
        let run = work.run(&[&["compare", "a.csv", "b.csv", "-f", "json"], more].concat());
        row(&section(&run), "overall", "top_box")["verdict"].clone()
    };
    assert_eq!(verdict(&[]), "no_clear_change");
    assert_eq!(verdict(&["--margin", "3"]), "about_equal");
    assert_eq!(verdict(&["--margin", "0.5"]), "no_clear_change");
    work.file("b.csv", satisfied(6_200, 10_000));
    assert_eq!(verdict(&["--margin", "9"]), "up");
    let table = work.run(&["compare", "a.csv", "b.csv", "--margin", "9"]).stdout;
    assert!(table.contains("but within") && table.contains("9 points"), "{table}");
}

#[test]
fn a_saved_report_is_compared_as_its_answers_are() {
    let work = bank();
    work.file("half.csv", {
        let text = reference("differences/bank_a.csv");
        let kept: Vec<&str> =
            text.lines().enumerate().filter(|(row, _)| row % 2 == 0).map(|(_, line)| line).collect();
        format!("{}\n", kept.join("\n"))
    });
    work.file("half.toml", BANK);
    assert_eq!(work.run(&["analyze", "half.csv", "-o", "half.json"]).code, 0);
    let of = |a: &str| section(&work.run(&["compare", a, "bank.csv", "-f", "json"]));
    let (fresh, saved) = (of("half.csv"), of("half.json"));
    assert_eq!(fresh["rows"], saved["rows"]);
    assert_eq!(saved["side_a"]["saved"], true);
}

#[test]
fn raked_segments_tell_nothing_of_who_answered_and_solved_weights_have_no_pairs() {
    let work = Workdir::new();
    let raked = format!("{ONE}[segment.region]\n[weighting.targets.region]\nN = 0.5\nS = 0.5\n");
    let side = |groups: [(&str, usize, usize); 2]| {
        let mut text = "overall,region\n".to_owned();
        for (region, k, n) in groups {
            text.extend((0..n).map(|row| format!("{},{region}\n", if row < k { 5 } else { 1 })));
        }
        text
    };
    work.file("survey.toml", raked);
    work.file("a.csv", side([("N", 360, 400), ("S", 800, 1600)]));
    work.file("b.csv", side([("N", 1360, 1600), ("S", 160, 400)]));
    let section = section(&work.run(&["compare", "a.csv", "b.csv", "-f", "json"]));
    let found = row(&section, "overall", "top_box");
    near(&found["difference"], -7.5);
    assert!(section["simpson"].as_array().unwrap().is_empty());
    work.run(&["compare", "a.csv", "b.csv", "--paired=region"])
        .refused(2, &["no form for pairs", "--weight none"]);
}

#[test]
fn a_saved_comparison_is_verified() {
    let work = bank();
    work.file("a.csv", satisfied(12, 40));
    work.file("b.csv", satisfied(30, 40));
    work.file("survey.toml", ONE);
    assert_eq!(work.run(&["analyze", "a.csv", "-o", "a.json"]).code, 0);
    for arguments in [
        &["bank.csv", "--a", "segment = \"Corporate\"", "--rest", "--statistics", "all", "--margin", "3"][..],
        &["a.csv", "b.csv", "--confidence", "0.9"],
        &["a.json", "b.csv"],
    ] {
        let saved = work.run(&[&["compare"], arguments, &["-o", "compared.json"]].concat());
        assert_eq!(saved.code, 0, "{}", saved.stderr);
        let run = work.run(&["verify", "compared.json"]);
        assert_eq!(run.code, 0, "{arguments:?}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn every_format_has_the_comparison() {
    let work = bank();
    let sides = ["--a", "segment = \"Corporate\"", "--b", "segment = \"Private\""];
    let run = |format: &str| work.run(&[&["compare", "bank.csv", "-f", format][..], &sides].concat());
    let csv = run("csv").stdout;
    assert!(csv.starts_with("side_a,side_b,question,statistic,"), "{csv}");
    assert_eq!(csv.lines().count(), 3);
    for format in ["table", "md", "html"] {
        let text = run(format).stdout;
        assert!(text.contains("Private") && text.contains("differences are b less a"), "{format}: {text}");
        assert!(format != "table" || text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
    let book = work.run(&[&["compare", "bank.csv", "-o", "c.xlsx"][..], &sides].concat());
    assert_eq!(book.code, 0, "{}", book.stderr);
    assert!(fs::read(work.path().join("c.xlsx")).unwrap().starts_with(b"PK"));
    let help = work.run(&["--help"]).stdout;
    assert!(help.contains("  compare "), "{help}");
}

#[test]
fn rows_choose_what_is_shown_and_change_no_verdict() {
    let work = bank();
    let sides = ["compare", "bank.csv", "--a", "segment = \"Corporate\"", "--rest", "-f", "json"];
    let all = section(&work.run(&sides));
    let one = section(&work.run(&[&sides[..], &["--rows", "nps"]].concat()));
    assert_eq!(one["rows"].as_array().unwrap().len(), 1);
    assert_eq!(one["rows"][0], row(&all, "nps", "nps"));
    assert_eq!((&one["families"], &one["rows"][0]["family_size"]), (&all["families"], &2.into()));
    let typo = work.run(&[&sides[..], &["--rows", "npss"]].concat());
    assert_eq!(typo.code, 2);
    assert!(typo.stderr.contains("`npss`") && typo.stderr.contains("did you mean `nps`?"), "{}", typo.stderr);
}

#[test]
fn a_value_that_no_row_has_is_named_with_those_of_the_column() {
    let work = bank();
    let asked = |a: &str, b: &str| work.run(&["compare", "bank.csv", "--a", a, "--b", b]);
    let (right, wrong) = ("segment = \"Private\"", "segment = \"Corporat\"");
    for run in [asked(wrong, right), asked(right, wrong)] {
        assert_eq!(run.code, 1, "{}", run.stdout);
        assert!(run.stderr.contains("\"Corporat\" does not occur in `segment`"), "{}", run.stderr);
        let help =
            "did you mean \"Corporate\"? its values are \"Corporate\", \"Private\", \"Retail\", \"SME\"";
        assert!(run.stderr.contains(help), "{}", run.stderr);
        assert!(run.stderr.contains("no row of `segment = \"Corporat\"` is used"), "{}", run.stderr);
    }
    let scores = work.run(&["analyze", "bank.csv", "--where", wrong]);
    assert_eq!(scores.code, 0);
    assert!(scores.stderr.contains("does not occur in `segment`"), "{}", scores.stderr);
}

#[test]
fn a_paired_page_counts_pairs_and_says_what_its_marks_mean() {
    let work = Workdir::new();
    let rows = |good: usize| -> String {
        let answers = (0..12).map(|row| format!("{row},{}", if row < good { 5 } else { 2 }));
        format!("who,overall\n{}\n", answers.collect::<Vec<_>>().join("\n"))
    };
    work.file("a.csv", rows(5));
    work.file("b.csv", rows(9));
    let definition =
        "[question.overall]\nmeasure = \"csat\"\ntext = \"All in all, the branch\"\n[segment.who]\n";
    work.file("survey.toml", definition);
    let run = work.run(&["compare", "a.csv", "b.csv", "--paired=who", "--survey", "survey.toml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let head = run.stdout.lines().take(3).collect::<Vec<_>>().join(" ");
    assert!(head.contains("12 pairs") && !head.contains("24"), "{head}");
    assert!(run.stdout.contains("overall: All in all"), "{}", run.stdout);
    let said = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("fewer than 30 answers (overall)"), "{said}");
}
