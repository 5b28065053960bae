//! What drives an outcome, through the program: against R and scikit-learn on the same rows, laws, corners, bad input.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

fn reference(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(path)).unwrap()
}

fn definition(overall: &str, drivers: &[&str]) -> String {
    let rated = |id: &&str| format!("[question.{id}]\nmeasure = \"csat\"\n");
    format!(
        "[question.{overall}]\nmeasure = \"csat\"\noverall = true\n{}",
        drivers.iter().map(rated).collect::<String>()
    )
}

fn folder(text: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", text);
    folder.file("a.toml", definition);
    folder
}

const BANK: [&str; 5] = ["csat_staff", "csat_speed", "csat_product", "csat_digital", "csat_price"];
const HOTEL: [&str; 5] = ["csat_room", "csat_breakfast", "csat_desk", "csat_clean", "csat_wifi"];

fn bank() -> Workdir {
    folder(&reference("regression/bank_a.csv"), &definition("csat_overall", &BANK))
}

fn hotel() -> Workdir {
    folder(&reference("regression/hotel_a.csv"), &definition("csat_overall", &HOTEL))
}

fn gold() -> Workdir {
    folder(
        &reference("golden/gold.csv"),
        &(definition("overall", &["p1", "p2", "p3", "p4"]) + "[segment.segment]\n"),
    )
}

fn run(folder: &Workdir, arguments: &[&str]) -> Run {
    let arguments: Vec<&str> = ["drivers", "a.csv"].iter().chain(arguments).copied().collect();
    folder.run(&arguments)
}

/// The section; few resamples, which have nothing to do with what is looked at.
fn drivers(folder: &Workdir, arguments: &[&str]) -> Value {
    let all: Vec<&str> =
        arguments.iter().chain(&["--resamples", "200", "--format", "json"]).copied().collect();
    let Run { stdout, stderr, code } = run(folder, &all);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let section = report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "drivers");
    section.unwrap_or_else(|| panic!("{stdout}")).clone()
}

fn row<'a>(section: &'a Value, question: &str) -> &'a Value {
    let rows = section["rows"].as_array().unwrap();
    rows.iter().find(|row| row["question"] == question).unwrap_or_else(|| panic!("{question}: {section}"))
}

fn near(found: &Value, expected: f64, tolerance: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1e-3), "{found} for {expected}");
}

fn column(section: &Value, key: &str, questions: &[&str], expected: [f64; 5], tolerance: f64) {
    for (question, expected) in questions.iter().zip(expected) {
        near(&row(section, question)[key], expected, tolerance);
    }
}

#[test]
fn complete_rows_of_a_bank_are_those_of_r() {
    let section = drivers(&bank(), &["--missing", "listwise"]);
    assert_eq!(
        (&section["base"], &section["rows_shown"], &section["missing"]),
        (&686.into(), &800.into(), &"listwise".into())
    );
    assert_eq!(section["method"], "lmg, bootstrap-percentile");
    near(&section["r2"], 0.486_805_521_122_581, 1e-11);
    let all = |key, expected, tolerance| column(&section, key, &BANK, expected, tolerance);
    // drivers.correlations: R cor.
    all(
        "correlation",
        [
            0.586_053_857_797_409,
            0.537_920_251_508_383,
            0.532_476_134_543_194,
            0.387_897_485_619_351,
            0.398_078_429_600_535,
        ],
        1e-10,
    );
    all(
        "spearman",
        [
            0.575_294_903_826_952,
            0.531_558_765_473_343,
            0.529_209_140_531_182,
            0.371_166_949_809_196,
            0.393_861_271_262_211,
        ],
        1e-10,
    );
    // drivers.polychoric, two steps: polycor.
    all(
        "polychoric",
        [
            0.659_331_685_785_263,
            0.601_817_850_483_653,
            0.597_931_708_575_883,
            0.433_381_727_765_697,
            0.443_292_574_817_102,
        ],
        1e-4,
    );
    // drivers.ols: lm, sandwich vcovHC(type = "HC3"), car vif.
    all(
        "b",
        [
            0.264_956_898_668_383,
            0.197_309_264_571_971,
            0.180_745_289_304_549,
            0.098_591_238_779_823_1,
            0.041_355_894_496_760_6,
        ],
        1e-10,
    );
    all(
        "beta",
        [
            0.301_058_294_611_915,
            0.236_447_079_580_402,
            0.214_415_385_735_743,
            0.125_769_922_152_051,
            0.050_800_444_763_758_8,
        ],
        1e-10,
    );
    all(
        "se",
        [
            0.031_927_522_048_420_1,
            0.027_348_067_407_055,
            0.032_657_332_510_871_5,
            0.024_393_061_145_963_8,
            0.026_875_502_312_548_4,
        ],
        1e-10,
    );
    all(
        "p",
        [
            5.659_791_363e-16,
            1.446_412_495e-12,
            4.456_304_258_518_24e-8,
            5.910_983_219_976_13e-5,
            0.124_319_471_933_006,
        ],
        1e-8,
    );
    all(
        "vif",
        [
            1.593_338_960_385_18,
            1.479_387_164_761_19,
            1.539_510_609_464_83,
            1.210_346_872_895_63,
            1.372_136_171_362_69,
        ],
        1e-10,
    );
    // drivers.relimp: relaimpo lmg. drivers.johnson: rwa.
    all(
        "lmg",
        [
            0.153_782_491_843_136,
            0.120_035_812_612_465,
            0.112_848_077_032_128,
            0.053_863_447_763_676_5,
            0.046_275_691_871_176_2,
        ],
        1e-10,
    );
    all(
        "share",
        [
            0.315_901_289_468_762,
            0.246_578_576_873_286,
            0.231_813_469_929_221,
            0.110_646_747_882_946,
            0.095_059_915_845_785_2,
        ],
        1e-10,
    );
    all(
        "johnson",
        [
            0.151_304_297_027_217,
            0.120_302_651_921_74,
            0.112_518_113_819_509,
            0.056_465_657_860_545_1,
            0.046_214_800_493_569_8,
        ],
        1e-10,
    );
    // drivers.penalty_reward: lm on item <= 2 and item == 5.
    all(
        "penalty",
        [
            -0.589_065_065_754_931,
            -0.363_345_140_581_8,
            -0.222_291_445_580_238,
            -0.203_433_886_939_636,
            -0.055_264_665_551_498_4,
        ],
        1e-10,
    );
    all(
        "reward",
        [
            0.380_100_398_109_186,
            0.405_606_609_636_239,
            0.335_044_038_173_312,
            0.152_224_340_127_629,
            0.094_889_499_191_31,
        ],
        1e-10,
    );
    for question in BANK {
        let row = row(&section, question);
        let number = |key: &str| row[key].as_f64().unwrap();
        assert!(number("share_low") < number("share") && number("share") < number("share_high"), "{row}");
        assert!(number("rank_low") <= number("rank_high"));
        assert!((0.0..=1.0).contains(&number("quadrant_probability")));
        assert!(["basic", "performance", "excitement"].contains(&row["factor"].as_str().unwrap()));
    }
}

#[test]
fn complete_rows_of_a_hotel_are_those_of_r() {
    let section = drivers(&hotel(), &["--missing", "listwise"]);
    assert_eq!((&section["base"], &section["rows_complete"]), (&73.into(), &73.into()));
    near(&section["r2"], 0.409_328_667_902_202, 1e-11);
    let all = |key, expected, tolerance| column(&section, key, &HOTEL, expected, tolerance);
    all(
        "lmg",
        [
            0.121_482_086_997_321,
            0.161_598_257_967_061,
            0.048_519_339_221_172_1,
            0.009_048_979_252_930_43,
            0.068_680_004_463_717_5,
        ],
        1e-10,
    );
    all(
        "johnson",
        [
            0.115_190_146_959_647,
            0.165_437_911_306_047,
            0.048_555_206_071_879_7,
            0.009_167_417_088_153_52,
            0.070_977_986_376_474_3,
        ],
        1e-7,
    );
    all(
        "b",
        [
            0.202_196_051_042_359,
            0.315_048_805_452_87,
            0.064_313_133_692_862_7,
            -0.009_056_551_279_874_38,
            0.132_014_504_149_638,
        ],
        1e-9,
    );
    all(
        "se",
        [
            0.113_688_742_315_765,
            0.118_402_208_131_779,
            0.105_705_398_596_578,
            0.083_331_242_051_361_3,
            0.085_919_541_501_768,
        ],
        1e-9,
    );
    // Cleanliness goes with a higher score by itself, and not beside the others: of 73 rows that may be chance.
    let clean = row(&section, "csat_clean");
    assert!(clean["correlation"].as_f64().unwrap() > 0.0 && clean["b"].as_f64().unwrap() < 0.0, "{clean}");
    assert!(!clean["cautions"].as_array().unwrap().contains(&"opposite_signs".into()), "{clean}");
    let said = run(&hotel(), &["--missing", "listwise", "--resamples", "200"]).stdout;
    assert!(said.contains("127 of 200 rows (6"), "{said}");
    assert!(said.contains("association, not cause"), "{said}");
}

#[test]
fn a_top_box_has_log_odds_and_weights_have_linearised_errors() {
    // drivers.logit_top2: R glm(binomial).
    let section = drivers(&bank(), &["--missing", "listwise", "--of", "top_box"]);
    column(
        &section,
        "logit",
        &BANK,
        [
            0.834_471_396_209_338,
            0.587_451_300_446_85,
            0.410_124_428_696_456,
            0.262_117_630_280_884,
            0.068_916_172_021_292_3,
        ],
        1e-6,
    );
    column(
        &section,
        "logit_se",
        &BANK,
        [
            0.124_393_466_682_435,
            0.109_242_467_286_557,
            0.112_625_139_580_711,
            0.091_373_698_340_991_6,
            0.102_054_006_714_867,
        ],
        1e-5,
    );
    assert_eq!(section["outcome_unit"], "points");
    // drivers.svyglm: survey svyglm, weights of all rows in the design.
    let section = drivers(&bank(), &["--missing", "listwise", "--weight", "weight"]);
    column(
        &section,
        "b",
        &BANK,
        [
            0.289_363_328_793_014,
            0.216_004_038_418_37,
            0.162_195_512_708_544,
            0.095_979_530_041_167,
            0.032_845_287_147_259_3,
        ],
        1e-9,
    );
    column(
        &section,
        "se",
        &BANK,
        [
            0.034_336_037_707_846_2,
            0.029_191_001_587_877_3,
            0.035_134_792_503_465_9,
            0.027_250_968_676_189_8,
            0.029_613_618_963_004_6,
        ],
        1e-6,
    );
}

#[test]
fn golden_shares_are_those_of_all_subsets() {
    // METHODS 3.1: R over all subsets, R eigen; crosstabs 1.5.0 agrees.
    let section = drivers(&gold(), &[]);
    assert_eq!(section["missing"], "pairwise");
    near(&section["r2"], 0.415_519_546_4, 1e-9);
    let lmg = [0.095_995_237, 0.056_758_465_1, 0.183_926_646_2, 0.078_839_198_2];
    let johnson = [0.098_676_706_6, 0.057_638_530_2, 0.179_063_379_2, 0.080_140_930_4];
    for (question, (lmg, johnson)) in ["p1", "p2", "p3", "p4"].iter().zip(lmg.iter().zip(johnson)) {
        near(&row(&section, question)["lmg"], *lmg, 1e-8);
        near(&row(&section, question)["johnson"], johnson, 1e-8);
        assert_eq!(row(&section, question)["se"], Value::Null, "only complete rows have errors");
    }
}

#[test]
fn pairs_have_their_own_rows_and_shares_add_up_whatever_is_missing() {
    let folder = bank();
    for missing in ["pairwise", "listwise", "dummy"] {
        let section = drivers(&folder, &["--missing", missing]);
        let r2 = section["r2"].as_f64().unwrap();
        for key in ["lmg", "johnson"] {
            let sum: f64 =
                section["rows"].as_array().unwrap().iter().map(|row| row[key].as_f64().unwrap()).sum();
            assert!((sum - r2).abs() < 1e-9, "{missing} {key}: {sum} for {r2}");
        }
        let shares: f64 =
            section["rows"].as_array().unwrap().iter().map(|row| row["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 1e-9);
        let p = &row(&section, "csat_staff")["p"];
        assert_eq!(p.is_null(), missing != "listwise", "{missing}");
        assert_eq!(section["rows_complete"], 686);
    }
    // numpy.ma: the correlation of the rows with both answers, of which there are more.
    let section = drivers(&folder, &[]);
    assert!(row(&section, "csat_staff")["base"].as_u64().unwrap() > 686);
}

#[test]
fn marks_for_missing_answers_give_the_coefficients_of_a_model_with_them() {
    // By hand: x answered on five rows and missing on two; with a mark for these the slope is that of the five.
    let text = "overall,x\n1,1\n2,2\n2,3\n4,4\n4,5\n5,\n1,\n";
    let folder = folder(text, &definition("overall", &["x"]));
    let section = drivers(&folder, &["--missing", "dummy"]);
    near(&row(&section, "x")["b"], 0.8, 1e-11);
    assert_eq!(section["base"], 7);
}

#[test]
fn a_scale_turned_round_turns_signs_and_leaves_shares() {
    let turned = |text: &str, column: usize| -> String {
        let mut lines = text.lines();
        let head = lines.next().unwrap().to_owned() + "\n";
        let rest = lines.map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if let Ok(point) = cells[column].parse::<i32>() {
                cells[column] = (6 - point).to_string();
            }
            cells.join(",") + "\n"
        });
        head + &rest.collect::<String>()
    };
    let plain = drivers(&bank(), &[]);
    let other = folder(&turned(&reference("regression/bank_a.csv"), 2), &definition("csat_overall", &BANK));
    let other = drivers(&other, &[]);
    for question in BANK {
        let (one, two) = (row(&plain, question), row(&other, question));
        let sign = if question == "csat_staff" { -1.0 } else { 1.0 };
        for key in ["correlation", "beta", "b", "spearman", "polychoric"] {
            near(&two[key], sign * one[key].as_f64().unwrap(), 1e-6);
        }
        for key in ["lmg", "johnson", "share", "vif"] {
            near(&two[key], one[key].as_f64().unwrap(), 1e-9);
        }
    }
    // The same file under a definition that says so has the signs of the first.
    let low = "[scale.low]\nmin = 1\nmax = 5\nbest = \"low\"\n";
    let asked = definition("csat_overall", &BANK).replace(
        "[question.csat_staff]\nmeasure = \"csat\"",
        "[question.csat_staff]\nmeasure = \"csat\"\nscale = \"low\"",
    );
    let told = folder(&turned(&reference("regression/bank_a.csv"), 2), &(asked + low));
    let told = drivers(&told, &[]);
    near(&row(&told, "csat_staff")["b"], row(&plain, "csat_staff")["b"].as_f64().unwrap(), 1e-9);
}

#[test]
fn weights_by_a_constant_and_rows_twice_at_half_the_weight_change_no_share() {
    let text = reference("regression/bank_a.csv");
    let weighted = |factor: f64, times: usize| {
        let mut lines = text.lines();
        let mut out = lines.next().unwrap().to_owned() + "\n";
        for line in lines {
            let (weight, rest) = line.split_once(',').unwrap();
            let weight: f64 = weight.parse().unwrap();
            for _ in 0..times {
                out += &format!("{},{rest}\n", weight * factor);
            }
        }
        drivers(&folder(&out, &definition("csat_overall", &BANK)), &["--weight", "weight"])
    };
    let plain = weighted(1.0, 1);
    for (other, exactly) in [(weighted(2.0, 1), true), (weighted(0.5, 2), false)] {
        for question in BANK {
            for key in ["lmg", "johnson", "share", "b", "performance"] {
                near(&row(&other, question)[key], row(&plain, question)[key].as_f64().unwrap(), 1e-9);
            }
            let limit = |section: &Value| row(section, question)["share_high"].as_f64().unwrap();
            assert_eq!((limit(&other) - limit(&plain)).abs() < 1e-9, exactly, "twice the rows are surer");
        }
    }
}

#[test]
fn order_of_rows_and_threads_change_nothing() {
    let text = reference("regression/hotel_a.csv");
    let (head, rows) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    lines.reverse();
    let other = folder(&format!("{head}\n{}\n", lines.join("\n")), &definition("csat_overall", &HOTEL));
    let one = drivers(&hotel(), &["--threads", "1"]);
    assert_eq!(one, drivers(&hotel(), &["--threads", "3"]));
    assert_eq!(one, drivers(&other, &["--threads", "2"]));
    assert_ne!(one["rows"], drivers(&hotel(), &["--seed", "9"])["rows"]);
}

#[test]
fn groups_have_their_own_drivers_and_are_tested() {
    let section = drivers(&gold(), &["--by", "segment"]);
    let groups = section["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 3);
    assert_eq!(groups[0]["segment"]["segment"], "A");
    let bases: u64 = groups.iter().map(|group| group["base"].as_u64().unwrap()).sum();
    assert_eq!(bases, 120);
    for group in groups {
        let r2 = group["r2"].as_f64().unwrap();
        let sum: f64 = group["rows"].as_array().unwrap().iter().map(|row| row["lmg"].as_f64().unwrap()).sum();
        assert!((sum - r2).abs() < 1e-9);
    }
    let differences = section["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 4);
    for difference in differences {
        let p = |key: &str| difference[key].as_f64().unwrap();
        assert!(p("p") <= p("p_adjusted") && (0.0..=1.0).contains(&p("p_adjusted")));
        assert_eq!(difference["df"], 2.0);
    }
    let said = run(&gold(), &["--by", "segment", "--resamples", "200"]).stdout;
    assert!(said.contains("segment: A") && said.contains("Wald's"), "{said}");
}

#[test]
fn an_outcome_of_yes_and_no_is_told_by_promoters_and_by_score() {
    let mut text = "overall,speed,price,recommend,renewed\n".to_owned();
    for row in 0..120 {
        let (speed, price) = (1 + row % 5, 1 + row / 7 % 5);
        let overall = i32::midpoint(speed, price);
        let recommend = 2 * overall - row % 2;
        let renewed = if overall + row % 3 > 3 { "Yes" } else { "no" };
        text += &format!("{overall},{speed},{price},{recommend},{renewed}\n");
    }
    let asked = definition("overall", &["speed", "price"]) + "[question.recommend]\nmeasure = \"nps\"\n";
    let folder = folder(&text, &asked);
    let section = drivers(&folder, &["--outcome", "renewed"]);
    assert_eq!((&section["outcome"], &section["base"]), (&"renewed".into(), &120.into()));
    assert_eq!(section["rows"].as_array().unwrap().len(), 2, "the overall question is an outcome itself");
    let levels = section["levels"].as_array().unwrap();
    let promoters = levels.iter().find(|level| level["level"] == "promoters").unwrap();
    assert_eq!(promoters["unit"], "percent");
    let share = |level: &str| {
        let found = levels.iter().find(|known| known["question"] == "recommend" && known["level"] == level);
        found.unwrap_or_else(|| panic!("{levels:?}"))["value"].as_f64().unwrap()
    };
    assert!(share("promoters") > share("detractors"));
    let base: u64 = ["promoters", "passives", "detractors"]
        .iter()
        .map(|level| levels.iter().find(|known| known["level"] == *level).unwrap()["base"].as_u64().unwrap())
        .sum();
    assert_eq!(base, 120);
    // Wilson's limits hold the share.
    for level in levels {
        let at = |key: &str| level[key].as_f64().unwrap();
        assert!(at("low") <= at("value") && at("value") <= at("high"), "{level}");
    }
}

#[test]
fn what_cannot_be_told_apart_is_refused_by_name() {
    let refused = |text: &str, asked: &str, arguments: &[&str]| {
        let Run { stdout, stderr, code } = run(&folder(text, asked), arguments);
        assert!(stdout.is_empty() && !stderr.contains("NaN"), "{stdout}{stderr}");
        (code, stderr)
    };
    let asked = definition("overall", &["x", "y"]);
    let lines = |row: &dyn Fn(u32) -> String| -> String {
        "overall,x,y\n".to_owned() + &(0..40).map(|at| row(at) + "\n").collect::<String>()
    };
    let (code, said) = refused(&lines(&|at| format!("{},3,{}", 1 + at % 5, 1 + at % 4)), &asked, &[]);
    assert!(
        code == 1 && said.contains("all answers to `x` are alike") && said.contains("--drivers"),
        "{said}"
    );
    let (code, said) = refused(&lines(&|at| format!("4,{},{}", 1 + at % 5, 1 + at % 4)), &asked, &[]);
    assert!(code == 1 && said.contains("all answers to `overall` are alike"), "{said}");
    let (code, said) =
        refused(&lines(&|at| format!("{},{},{}", 1 + at % 3, 1 + at % 5, 5 - at % 5)), &asked, &[]);
    assert!(code == 1 && said.contains("`y` follows exactly from `x`"), "{said}");
    let (code, said) = refused("overall,x,y\n1,2,3\n2,3,1\n5,4,4\n", &asked, &[]);
    assert!(code == 1 && said.contains("3 rows") && said.contains("2 drivers"), "{said}");
    let apart = lines(&|at| {
        let (y, x) = (1 + at % 5, 1 + at % 4);
        if at % 2 == 0 { format!("{y},{x},") } else { format!("{y},,{x}") }
    });
    let (code, said) = refused(&apart, &asked, &[]);
    assert!(code == 1 && said.contains("0 rows have an answer to both `x` and `y`"), "{said}");
    let fine = lines(&|at| format!("{},{},{}", 1 + at % 5, 1 + at % 4, 1 + at % 3));
    for (arguments, wanted) in [
        (&["--drivers", "z"][..], "no such question"),
        (&["--outcome", "overal"], "did you mean `overall`?"),
        (&["--drivers", "overall"], "cannot be a driver of itself"),
        (&["--of", "nps"], "only an `nps` question"),
        (&["--resamples", "3"], "200"),
    ] {
        let (code, said) = refused(&fine, &asked, arguments);
        assert!(code == 2 && said.contains(wanted), "{arguments:?}: {said}");
    }
    let (code, said) = refused(
        "a,b\n1,2\n",
        "[question.a]\nmeasure = \"rating\"\n[question.b]\nmeasure = \"rating\"\n",
        &[],
    );
    assert!(code == 2 && said.contains("--outcome"), "{said}");
}

#[test]
fn small_groups_are_hidden_and_cannot_be_told_from_the_others() {
    let hiding = definition("overall", &["p1", "p2", "p3", "p4"])
        + "[segment.segment]\n[survey]\nsuppress_below = 40\n";
    let section = drivers(&folder(&reference("golden/gold.csv"), &hiding), &["--by", "segment"]);
    // 41, 39 and 40 rows: the one below, and the next smallest with it.
    let groups = section["groups"].as_array().unwrap();
    let flags: Vec<&str> = groups.iter().map(|group| group["flag"].as_str().unwrap_or("")).collect();
    assert_eq!(flags, ["", "suppressed", "complementary"]);
    for group in &groups[1..] {
        assert!(group["base"].is_null() && group["rows"].as_array().unwrap().is_empty(), "{group}");
    }
    assert_eq!(section["differences"], Value::Null, "one group has nothing to differ from");
}

#[test]
fn rows_beyond_those_drawn_again_are_left_out_by_groups() {
    let mut text = "overall,x,y\n".to_owned();
    for row in 0..200_100_u32 {
        let (x, y) = (1 + row % 5, 1 + row / 5 % 5);
        text += &format!("{},{x},{y}\n", 1 + (2 * x + y + row / 25 % 4) / 4);
    }
    let folder = folder(&text, &definition("overall", &["x", "y"]));
    let section = drivers(&folder, &[]);
    assert_eq!((&section["method"], &section["resamples"]), (&"lmg, jackknife".into(), &100.into()));
    let x = row(&section, "x");
    let at = |key: &str| x[key].as_f64().unwrap();
    assert!(
        at("share_low") < at("share")
            && at("share") < at("share_high")
            && at("share_high") - at("share_low") < 0.02
    );
    assert_eq!((&x["rank_low"], &x["rank_high"]), (&1.into(), &1.into()));
}

#[test]
fn expectation_perception_and_their_difference_are_too_many() {
    let asked = definition("overall", &["x"])
        + "[question.staff]\nmeasure = \"gap\"\nexpectation = \"staff_e\"\nperception = \"staff_p\"\n";
    let mut text = "overall,x,staff_e,staff_p\n".to_owned();
    for at in 0..60 {
        text += &format!("{},{},{},{}\n", 1 + at % 5, 1 + at / 3 % 5, 1 + at / 2 % 7, 1 + (at * at) % 7);
    }
    let folder = folder(&text, &asked);
    let all = run(&folder, &["--drivers", "staff,staff.expectation,staff.perception"]);
    assert!(all.code == 2 && all.stderr.contains("determined by the other two"), "{}", all.stderr);
    let two = drivers(&folder, &["--drivers", "staff,staff.expectation"]);
    assert_eq!(two["rows"][0]["question"], "staff");
    let parts = drivers(&folder, &["--drivers", "staff.perception,staff.expectation"]);
    // The same plane: both models explain as much.
    near(&parts["r2"], two["r2"].as_f64().unwrap(), 1e-9);
}

#[test]
fn every_face_tells_the_drivers_and_a_saved_one_verifies() {
    let folder = gold();
    for (file, wanted) in [
        ("d.md", "association, not cause"),
        ("d.html", "association, not cause"),
        ("d.csv", "share_low"),
        ("d.json", "\"kind\": \"drivers\""),
    ] {
        let Run { stderr, code, .. } = run(&folder, &["--resamples", "200", "-o", file]);
        assert_eq!(code, 0, "{stderr}");
        let text = folder.read(file);
        assert!(text.contains(wanted) && !text.contains("NaN"), "{file}");
    }
    assert_eq!(run(&folder, &["--resamples", "200", "-o", "d.xlsx"]).code, 0);
    let verified = folder.run(&["verify", "d.json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    let html = folder.read("d.html");
    assert!(html.contains("<svg") && html.contains("drivers-plane"));
    let csv = folder.read("d.csv");
    assert_eq!(csv.lines().count(), 5, "one row a driver: {csv}");
}

#[test]
fn a_report_tells_them_where_a_question_is_overall() {
    let folder = gold();
    let Run { stderr, code, .. } = folder.run(&["report", "a.csv", "-o", "r.html"]);
    assert_eq!(code, 0, "{stderr}");
    assert!(folder.read("r.html").contains("What goes with satisfaction"));
    folder.file("a.toml", definition("overall", &["p1", "p2", "p3", "p4"]).replace("overall = true\n", ""));
    assert_eq!(folder.run(&["report", "a.csv", "-o", "n.html"]).code, 0);
    assert!(!folder.read("n.html").contains("What goes with satisfaction"));
}

#[test]
fn one_column_under_two_names_explains_nothing() {
    let rows: String = (0..60).map(|at| format!("{},{},{}\n", 1 + at % 5, 1 + at % 4, 1 + at % 3)).collect();
    let more = "[question.again]\nmeasure = \"csat\"\ncolumn = \"overall\"\n[question.twin]\nmeasure = \"csat\"\ncolumn = \"x\"\n";
    let work = folder(&format!("overall,x,y\n{rows}"), &(definition("overall", &["x", "y"]) + more));
    let Run { stderr, code, .. } = run(&work, &["--drivers", "x,again"]);
    assert!(code == 2 && stderr.contains("`again` is the outcome"), "{stderr}");
    let Run { stderr, code, .. } = run(&work, &["--drivers", "x,twin", "--missing", "dummy"]);
    assert!(stderr.contains("`twin` follows exactly from `x`") && code != 0, "{code} {stderr}");
}

#[test]
fn few_answers_and_chance_are_said() {
    let noise: String = (0_u32..40)
        .map(|at| {
            let mixed = (at + 1).wrapping_mul(2_654_435_761) >> 8;
            format!("{},{},{}\n", 1 + mixed % 5, 1 + (mixed >> 4) % 5, 1 + (mixed >> 8) % 5)
        })
        .collect();
    let work = folder(&format!("overall,x,y\n{noise}"), &definition("overall", &["x", "y"]));
    let Run { stdout, .. } = run(&work, &["--resamples", "200"]);
    assert!(stdout.contains("cannot be told from chance"), "{stdout}");
    let few: String =
        (0..14).map(|at| format!("{},{},{}\n", 1 + at % 5, 1 + at % 4, 1 + at * at % 5)).collect();
    let work = folder(&format!("overall,x,y\n{few}"), &definition("overall", &["x", "y"]));
    let Run { stdout, .. } = run(&work, &["--resamples", "200"]);
    assert!(stdout.contains("has 14 answers, for 2 drivers"), "{stdout}");
}

#[test]
fn one_hidden_group_is_not_worked_out_from_the_others() {
    let region = |at: u32| match at {
        0..6 => "West",
        6..60 => "North",
        _ => "South",
    };
    let rows: String =
        (0..160).map(|at| format!("{},{},{},{}\n", 1 + at % 5, 1 + at % 4, 1 + at % 3, region(at))).collect();
    let more = "[segment.region]\n[survey]\nsuppress_below = 10\n";
    let work = folder(&format!("overall,x,y,region\n{rows}"), &(definition("overall", &["x", "y"]) + more));
    let found = drivers(&work, &["--by", "region"]);
    let flags: Vec<(&str, &Value)> = found["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["segment"]["region"].as_str().unwrap(), &group["flag"]))
        .collect();
    assert!(flags.contains(&("West", &"suppressed".into())), "{flags:?}");
    assert_eq!(flags.iter().filter(|(_, flag)| flag.is_null()).count(), 1, "{flags:?}");
    assert!(found["differences"].as_array().is_none_or(Vec::is_empty), "a test would tell of the hidden");
}
