//! Banner tables through the program: against what peers give for the same data, laws, corners and clear words.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

const BANK: &str = r#"
[question.csat_overall]
measure = "csat"
[question.nps]
measure = "nps"
[segment.segment]
[segment.region]
"#;

/// The data of the reference cases, 800 rows of a bank.
fn bank() -> Workdir {
    let folder = Workdir::new();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/tables/bank_a.csv");
    folder.file("bank.csv", fs::read(data).unwrap());
    folder.file("bank.toml", BANK);
    folder
}

fn small(answers: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", answers);
    folder.file("a.toml", definition);
    folder
}

fn tables(folder: &Workdir, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> =
        ["crosstab"].iter().chain(arguments).chain(&["--format", "json"]).copied().collect();
    let Run { stdout, stderr, code } = folder.run(&arguments);
    assert_eq!(code, 0, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let sections = report["sections"].as_array().unwrap();
    sections.iter().filter(|section| section["kind"] == "crosstab").cloned().collect()
}

fn table(folder: &Workdir, arguments: &[&str]) -> Value {
    let mut tables = tables(folder, arguments);
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

fn cell<'a>(table: &'a Value, row: &str, column: &str) -> &'a Value {
    let cells = table["cells"].as_array().unwrap();
    let found = cells.iter().find(|cell| cell["row"] == row && cell["column"] == column);
    found.unwrap_or_else(|| panic!("no cell {row} {column}"))
}

fn contrast<'a>(table: &'a Value, row: &str, column: &str, against: &str) -> &'a Value {
    let contrasts = table["contrasts"].as_array().unwrap();
    let is = |contrast: &&Value| {
        contrast["row"] == row && contrast["column"] == column && contrast["against"] == against
    };
    contrasts.iter().find(is).unwrap_or_else(|| panic!("no contrast {row} {column} {against}"))
}

fn further<'a>(table: &'a Value, name: &str) -> &'a Value {
    let tests = table["further_tests"].as_array().unwrap();
    tests.iter().find(|test| test["name"] == name).unwrap_or_else(|| panic!("no {name} in {tests:?}"))
}

fn near(value: &Value, expected: f64, tolerance: f64) {
    let value = value.as_f64().unwrap_or_else(|| panic!("{value} is no number, {expected} is expected"));
    assert!((value - expected).abs() <= tolerance * expected.abs().max(1.0), "{value}, expected {expected}");
}

#[test]
fn columns_have_the_limits_of_a_score_test_where_they_are_asked_for() {
    let asked = ["bank.csv", "--rows", "csat_overall", "--by", "segment"];
    let score = [&asked[..], &["--difference-interval", "miettinen-nurminen"]].concat();
    let (plain, table) = (table(&bank(), &asked), table(&bank(), &score));
    let [plain, found] = [&plain, &table].map(|table| contrast(table, "top_box", "Corporate", "Private"));
    assert_eq!((&plain["method"], &found["method"]), (&"newcombe".into(), &"miettinen-nurminen".into()));
    // tests/reference score_difference, R 4.2.2: 40 of 68 less 84 of 144.
    near(&found["low"], -13.810_347_919_813_107, 1e-9);
    near(&found["high"], 14.295_849_658_104_906, 1e-9);
    assert_eq!((&plain["p"], &plain["p_adjusted"]), (&found["p"], &found["p_adjusted"]));
}

#[test]
fn scores_by_segment_are_what_r_and_scipy_give() {
    // tests/reference/tables crosstab.overall_by_segment, groups means.segment (R 4.2.2, scipy 1.17.1).
    let table = table(&bank(), &["bank.csv", "--rows", "csat_overall", "--by", "segment"]);
    let test = &table["test"];
    assert_eq!((&test["name"], &test["reason"]), (&Value::from("chi-square"), &Value::from("categories")));
    near(&test["statistic"], 15.298_758_476_317_1, 1e-10);
    near(&test["df"], 12.0, 1e-12);
    near(&test["p"], 0.225_503_406_923_621, 1e-10);
    near(&test["effect"], 0.080_191_968_279_310_3, 1e-10);
    assert_eq!(test["thin_cells"], 3, "1.03, 2.18 and 3.24 of the first row");
    let columns = ["Corporate", "Private", "Retail", "SME"];
    let residuals = [
        ["1.008759689326", "1.373991520407", "-1.489730294816", "-0.15618383747"],
        ["-0.109835761587", "0.319097662049", "-1.130761018781", "1.062325567012"],
        ["0.259846881655", "0.304614341348", "-1.607636749731", "1.37738534593"],
        ["0.640254161633", "-0.086722608321", "0.114528467234", "-0.457191118666"],
        ["-1.38155696183", "-0.909513229674", "3.024528024226", "-1.736073347837"],
    ];
    for (row, residuals) in ["1", "2", "3", "4", "5"].iter().zip(residuals) {
        for (column, residual) in columns.iter().zip(residuals) {
            near(&cell(&table, row, column)["adjusted_residual"], residual.parse().unwrap(), 1e-9);
        }
    }
    let kruskal = further(&table, "kruskal-wallis");
    near(&kruskal["statistic"], 11.011_541_775_618, 1e-10);
    near(&kruskal["p"], 0.011_663_628_262_156_4, 1e-10);
    near(&kruskal["effect"], 0.013_903_461_837_901_6, 1e-10);
    let welch = further(&table, "welch-anova");
    assert_eq!(welch["row"], "mean");
    near(&welch["statistic"], 3.827_116_858_376_17, 1e-9);
    near(&welch["df2"], 242.882_353_417_679, 1e-9);
    near(&welch["p"], 0.010_490_583_559_250_6, 1e-9);
}

#[test]
fn column_pairs_are_what_statsmodels_and_r_give() {
    // tests/reference/tables colprop.overall=5 (statsmodels 0.15.0), pairwise_prop.holm (R 4.2.2, pairwise.prop.test).
    let folder = bank();
    let by = |adjust| {
        table(&folder, &["bank.csv", "--rows", "csat_overall", "--by", "segment", "--adjust", adjust])
    };
    let bonferroni = by("bonferroni");
    let pairs = [
        ("Corporate", "Private", 0.493_340_160_917_098_87, 1.0),
        ("Corporate", "Retail", 0.047_926_663_110_021_3, 0.287_559_978_660_127_8),
        ("Private", "Retail", 0.074_315_734_851_274_65, 0.445_894_409_107_664_1),
        ("Private", "SME", 0.740_244_249_155_219_7, 1.0),
        ("Retail", "SME", 0.014_144_783_299_767_613, 0.084_868_699_798_605_67),
    ];
    for (column, against, p, adjusted) in pairs {
        let contrast = contrast(&bonferroni, "5", column, against);
        near(&contrast["p"], p, 1e-9);
        near(&contrast["p_adjusted"], adjusted, 1e-9);
        assert_eq!(contrast["method"], "newcombe");
    }
    assert_eq!(bonferroni["family"]["size"], 6);
    let holm = by("holm");
    near(&contrast(&holm, "top_box", "Private", "Retail")["p_adjusted"], 0.537_387_190_309_843, 1e-9);
    near(&contrast(&holm, "top_box", "Retail", "SME")["p_adjusted"], 0.107_655_983_721_373, 1e-9);
    // Benjamini and Hochberg by hand over the six p-values of the row: the smallest times six.
    let default = table(&folder, &["bank.csv", "--rows", "csat_overall", "--by", "segment"]);
    assert_eq!(default["testing"]["adjustment"], "benjamini-hochberg");
    near(&contrast(&default, "5", "Retail", "SME")["p_adjusted"], 0.084_868_699_798_605_67, 1e-9);
    near(&contrast(&default, "5", "Corporate", "Retail")["p_adjusted"], 3.0 * 0.047_926_663_110_021_3, 1e-9);
    let none = by("none");
    assert_eq!(cell(&none, "5", "Retail")["letters"], "AD");
    assert_eq!(cell(&none, "5", "SME")["letters"], "");
    assert_eq!(cell(&default, "5", "Retail")["letters"], "");
    assert_eq!(default["columns"][3]["letter"], "C");
}

#[test]
fn games_and_howell_is_what_pingouin_gives() {
    // tests/reference/groups games_howell.segment (pingouin 0.7.0).
    let arguments = ["bank.csv", "--rows", "csat_overall", "--by", "segment", "--pairs", "games-howell"];
    let table = table(&bank(), &arguments);
    let pair = contrast(&table, "mean", "Retail", "SME");
    assert_eq!(pair["method"], "games-howell");
    near(&pair["difference"], 0.221_650_665_919_682_4, 1e-9);
    near(&pair["p_adjusted"], 0.020_966_146, 1e-6);
    near(&contrast(&table, "index", "Retail", "SME")["difference"], 25.0 * 0.221_650_665_919_682_4, 1e-9);
    assert_eq!(cell(&table, "mean", "Retail")["letters"], "D");
    assert_eq!(contrast(&table, "5", "Retail", "SME")["method"], "newcombe");
}

#[test]
fn weighted_tables_are_what_the_survey_package_gives() {
    // tests/reference/tables svychisq.csat_overall.F (R survey 4.1-1).
    let table =
        table(&bank(), &["bank.csv", "--rows", "csat_overall", "--by", "segment", "--weight", "weight"]);
    let test = &table["test"];
    assert_eq!((&test["name"], &test["reason"]), (&Value::from("rao-scott"), &Value::from("weights")));
    near(&test["statistic"], 2.246_551_286_483_54, 1e-8);
    near(&test["p"], 0.008_403_100_636_137_95, 1e-8);
    near(&test["df"], 11.748_506_865_671_4, 1e-8);
    near(&test["df2"], 9_304.817_437_611_76, 1e-8);
    assert!(further(&table, "wald")["p"].as_f64().unwrap() < 0.1);
    assert!(further(&table, "design-based-rank-test")["p"].as_f64().unwrap() < 0.1);
    let column = &table["columns"][1];
    assert_eq!(column["base"], 68);
    assert!(column["base_effective"].as_f64().unwrap() < 68.0);
    assert!(column["base_weighted"].as_f64().unwrap() > 0.0);
}

/// Four rows, two of two columns.
fn tea() -> Workdir {
    let answers =
        "poured,guess\nmilk,milk\nmilk,milk\nmilk,milk\nmilk,tea\ntea,milk\ntea,tea\ntea,tea\ntea,tea\n";
    small(answers, "[question.guess]\nmeasure = \"choice\"\n[segment.poured]\n")
}

#[test]
fn two_by_two_with_few_answers_is_tested_exactly() {
    // R: fisher.test(TeaTasting), p = 0.4857.
    let table = table(&tea(), &["a.csv", "--rows", "guess", "--by", "poured"]);
    let test = &table["test"];
    assert_eq!(
        (&test["name"], &test["reason"]),
        (&Value::from("fisher-exact"), &Value::from("small_expected"))
    );
    near(&test["p"], 34.0 / 70.0, 1e-10);
    assert!(test["statistic"].is_null());
    near(&test["effect"], 0.5, 1e-10);
    assert_eq!(test["effect_size"], "large");
    assert!(table["contrasts"].as_array().unwrap().is_empty(), "eight answers are not tested by columns");
    assert_eq!(table["columns"][1]["flag"], "small_base");
    assert_eq!(cell(&table, "milk", "milk")["count"], 3);
    near(&cell(&table, "milk", "milk")["percent"], 75.0, 1e-12);
    near(&cell(&table, "milk", "milk")["row_percent"], 75.0, 1e-12);
    near(&cell(&table, "milk", "milk")["total_percent"], 37.5, 1e-12);
    near(&cell(&table, "milk", "milk")["relative_index"], 150.0, 1e-12);
    // And turned round.
    let turned = self::table(&tea(), &["a.csv", "--rows", "poured", "--by", "guess"]);
    assert_eq!(turned["test"]["p"], test["p"]);
}

#[test]
fn turning_a_table_round_gives_the_same_test() {
    let folder = bank();
    let one = table(&folder, &["bank.csv", "--rows", "region", "--by", "segment"]);
    let turned = table(&folder, &["bank.csv", "--rows", "segment", "--by", "region"]);
    for part in ["statistic", "df", "p", "effect"] {
        near(&turned["test"][part], one["test"][part].as_f64().unwrap(), 1e-10);
    }
    let weighted = ["--weight", "weight"];
    let one = table(&folder, &[&["bank.csv", "--rows", "region", "--by", "segment"][..], &weighted].concat());
    let turned =
        table(&folder, &[&["bank.csv", "--rows", "segment", "--by", "region"][..], &weighted].concat());
    near(&turned["test"]["p"], one["test"]["p"].as_f64().unwrap(), 1e-9);
    let points = table(&folder, &["bank.csv", "--rows", "segment", "--by", "csat_overall"]);
    near(&points["test"]["statistic"], 15.298_758_476_317_1, 1e-10);
}

#[test]
fn neither_the_order_of_rows_nor_the_unit_of_weight_matters() {
    let folder = bank();
    let text = folder.read("bank.csv");
    let mut lines: Vec<&str> = text.lines().collect();
    let header = lines.remove(0);
    lines.reverse();
    let turned: Vec<&str> = std::iter::once(header).chain(lines.iter().copied()).collect();
    folder.file("bank.csv", turned.join("\n"));
    let arguments = ["bank.csv", "--by", "segment,segment*region", "--weight", "weight"];
    let reversed = tables(&folder, &arguments);
    folder.file("bank.csv", &text);
    let plain = tables(&folder, &arguments);
    assert_eq!(plain, reversed);
    assert_eq!(plain.len(), 4);
    let doubled = text.lines().enumerate().map(|(place, line)| {
        let (weight, rest) = line.split_once(',').unwrap();
        let weight: f64 = if place == 0 { 0.0 } else { weight.parse().unwrap() };
        if place == 0 { line.to_owned() } else { format!("{},{rest}", weight * 2.0) }
    });
    folder.file("bank.csv", doubled.collect::<Vec<String>>().join("\n"));
    for (doubled, plain) in tables(&folder, &arguments).iter().zip(&plain) {
        if let Some(p) = plain["test"]["p"].as_f64() {
            near(&doubled["test"]["p"], p, 1e-8);
        }
        for (doubled, plain) in
            doubled["cells"].as_array().unwrap().iter().zip(plain["cells"].as_array().unwrap())
        {
            assert_eq!(doubled["letters"], plain["letters"]);
            assert_eq!(doubled["count"], plain["count"]);
            if let Some(percent) = plain["percent"].as_f64() {
                near(&doubled["percent"], percent, 1e-9);
                near(&doubled["low"], plain["low"].as_f64().unwrap_or(0.0), 1e-7);
            }
        }
    }
}

#[test]
fn a_column_against_the_total_is_the_column_against_the_rest() {
    let folder = bank();
    let by = |against| table(&folder, &["bank.csv", "--rows", "nps", "--by", "region", "--against", against]);
    let (total, rest) = (by("total"), by("rest"));
    let column = total["columns"][1]["key"].as_str().unwrap();
    for row in ["nps", "promoters", "mean", "9"] {
        let (of_total, of_rest) =
            (contrast(&total, row, column, "total"), contrast(&rest, row, column, "rest"));
        assert_eq!(of_total["p"], of_rest["p"]);
        assert_eq!(of_total["p"], cell(&total, row, column)["p"]);
        let value = |cell: &Value| cell["percent"].as_f64().unwrap();
        let difference = value(cell(&total, row, column)) - value(cell(&total, row, "total"));
        near(&of_total["difference"], difference, 1e-9);
        let part =
            total["columns"][1]["base"].as_f64().unwrap() / total["columns"][0]["base"].as_f64().unwrap();
        near(&of_total["low"], of_rest["low"].as_f64().unwrap() * (1.0 - part), 1e-9);
        near(&of_total["difference"], of_rest["difference"].as_f64().unwrap() * (1.0 - part), 1e-9);
    }
    assert!(cell(&total, "nps", column)["verdict"].is_string());
    assert_eq!(cell(&total, "nps", column)["letters"], "");
}

#[test]
fn nested_columns_stand_in_order_and_nets_are_sums() {
    let folder = bank();
    let arguments = [
        "bank.csv",
        "--rows",
        "csat_overall",
        "--by",
        "region*segment",
        "--net",
        "csat_overall: Middling = 2, 3,4",
    ];
    let table = table(&folder, &arguments);
    let columns = table["columns"].as_array().unwrap();
    assert_eq!(columns[1]["values"].as_array().unwrap().len(), 2);
    assert_eq!(columns[1]["key"], "East × Corporate");
    let count = |row: &str| cell(&table, row, "East × Corporate")["count"].as_u64().unwrap();
    assert_eq!(count("net:Middling"), count("2") + count("3") + count("4"));
    assert_eq!(count("top_box"), count("4") + count("5"));
    let kinds: Vec<&str> =
        table["rows"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(&kinds[5..], ["net", "net", "net", "mean", "mean", "balance"]);
}

#[test]
fn boxes_and_points_of_a_question_are_columns() {
    let folder = bank();
    let boxes = table(&folder, &["bank.csv", "--rows", "csat_overall", "--by", "nps"]);
    let keys: Vec<&str> =
        boxes["columns"].as_array().unwrap().iter().map(|column| column["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["total", "detractors", "passives", "promoters"]);
    let points = table(&folder, &["bank.csv", "--rows", "csat_overall", "--by", "nps:points"]);
    assert_eq!(points["columns"].as_array().unwrap().last().unwrap()["key"], "10");
    let base = |key: &str, table: &Value| {
        let columns = table["columns"].as_array().unwrap();
        columns.iter().find(|column| column["key"] == key).unwrap()["base"].as_u64().unwrap()
    };
    assert_eq!(base("promoters", &boxes), base("9", &points) + base("10", &points));
}

#[test]
fn waves_are_set_against_the_wave_before() {
    let mut answers = String::from("quarter,overall\n");
    for (wave, good) in [("2026-Q1", 40), ("2026-Q2", 90), ("2026-Q3", 85)] {
        for row in 0..100 {
            answers.push_str(&format!("{wave},{}\n", if row < good { 5 } else { 2 }));
        }
    }
    let definition = "[data]\nwave = { column = \"quarter\" }\n[question.overall]\nmeasure = \"csat\"\n";
    let table = table(&small(&answers, definition), &["a.csv", "--by", "wave"]);
    assert_eq!(table["testing"]["against"], "previous");
    assert_eq!(table["wave"], Value::Null);
    assert_eq!(table["columns"][0]["base"], 300);
    assert_eq!(cell(&table, "top_box", "2026-Q2")["verdict"], "up");
    assert_eq!(cell(&table, "top_box", "2026-Q2")["letters"], "", "marks, no letters");
    assert_eq!(cell(&table, "top_box", "2026-Q3")["verdict"], "no_clear_change");
    assert_eq!(cell(&table, "top_box", "2026-Q1")["verdict"], Value::Null);
    assert_eq!(
        table["contrasts"].as_array().unwrap().iter().filter(|row| row["row"] == "top_box").count(),
        2
    );
}

/// Three regions, of which one has few answers.
fn regions(small_region: usize) -> String {
    let mut answers = String::from("region,overall\n");
    for (region, rows, good) in
        [("North", 60, 50), ("South", 60, 20), ("East", small_region, 3), ("West", 14, 7)]
    {
        for row in 0..rows {
            answers.push_str(&format!("{region},{}\n", if row < good { 5 } else { 2 }));
        }
    }
    answers
}

const REGIONS: &str =
    "[survey]\nsuppress_below = 10\n[question.overall]\nmeasure = \"csat\"\n[segment.region]\n";

#[test]
fn what_is_hidden_cannot_be_seen_anywhere() {
    let folder = small(&regions(4), REGIONS);
    let shown = table(&folder, &["a.csv", "--minimum-base", "10"]);
    for (column, flag) in [("East", "suppressed"), ("West", "complementary")] {
        let of = shown["columns"].as_array().unwrap().iter().find(|found| found["key"] == column).unwrap();
        assert_eq!(of["flag"], flag);
        for part in ["base", "base_weighted", "base_effective"] {
            assert_eq!(of[part], Value::Null);
        }
        let cells = shown["cells"].as_array().unwrap().iter().filter(|cell| cell["column"] == column);
        for cell in cells {
            let figures = cell.as_object().unwrap().values().filter(|part| part.is_number()).count();
            assert_eq!((figures, &cell["letters"]), (0, &Value::from("")));
        }
        let about = |contrast: &&Value| contrast["column"] == column || contrast["against"] == column;
        assert_eq!(shown["contrasts"].as_array().unwrap().iter().filter(about).count(), 0);
    }
    // Only the two columns shown are tested.
    assert_eq!(shown["test"]["df"], 1.0);
    let report = folder.run(&["crosstab", "a.csv", "--format", "json"]).report();
    let notes: Vec<&str> =
        report["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect();
    assert!(notes.contains(&"suppressed"), "{notes:?}");
    // In the rows a small group is hidden just so.
    let turned = table(&folder, &["a.csv", "--rows", "region", "--by", "overall"]);
    assert_eq!(cell(&turned, "East", "total")["count"], Value::Null);
    assert_eq!(cell(&turned, "East", "5")["count"], Value::Null);
    assert_eq!(turned["test"], Value::Null);
}

#[test]
fn letters_of_two_levels_and_least_differences() {
    let mut answers = String::from("region,overall\n");
    for (region, good) in [("North", 60), ("South", 46), ("West", 44)] {
        for row in 0..100 {
            answers.push_str(&format!("{region},{}\n", if row < good { 5 } else { 2 }));
        }
    }
    let folder = small(&answers, "[question.overall]\nmeasure = \"csat\"\n[segment.region]\n");
    // z of 60 against 46: 1.983, p 0.0474; of 60 against 44: 2.263, p 0.0236.
    let plain = table(&folder, &["a.csv", "--adjust", "none"]);
    assert_eq!(cell(&plain, "top_box", "North")["letters"], "BC");
    let levels = table(&folder, &["a.csv", "--level", "0.95,0.90"]);
    near(&contrast(&levels, "top_box", "North", "West")["p_adjusted"], 0.070_86, 1e-3);
    assert_eq!(cell(&levels, "top_box", "North")["letters"], "bc");
    assert_eq!(cell(&levels, "bottom_box", "West")["letters"], "a");
    let least = table(&folder, &["a.csv", "--adjust", "none", "--minimum-difference", "15"]);
    assert_eq!(cell(&least, "top_box", "North")["letters"], "C");
    // Means of 3.8, 3.38 and 3.32 on a scale of five: points say nothing of them.
    assert_eq!(cell(&least, "mean", "North")["letters"], "BC");
    let least = table(&folder, &["a.csv", "--adjust", "none", "--minimum-mean-difference", "0.45"]);
    assert_eq!(
        (&cell(&least, "mean", "North")["letters"], &cell(&least, "top_box", "North")["letters"]),
        (&"C".into(), &"BC".into())
    );
    let shown =
        folder.run(&["crosstab", "a.csv", "--minimum-difference", "15", "--minimum-mean-difference", "0.45"]);
    let shown = shown.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("differences below 15 points are not marked"), "{shown}");
    assert!(shown.contains("differences of means below 0.45 are not marked"), "{shown}");
    let pair = contrast(&plain, "top_box", "North", "West");
    assert_eq!(
        (&pair["effect_name"], &pair["effect_size"]),
        (&Value::from("cohens-h"), &Value::from("small"))
    );
}

#[test]
fn several_answers_in_the_rows_are_tested_one_by_one() {
    let mut answers = String::from("region,uses\n");
    for row in 0..120 {
        let region = if row % 2 == 0 { "North" } else { "South" };
        let uses = match (row % 2, row % 3) {
            (0, _) => "app;web",
            (_, 0) => "branch",
            _ => "web;branch",
        };
        answers.push_str(&format!("{region},{uses}\n"));
    }
    let folder = small(&answers, "[question.uses]\nmeasure = \"multi\"\n[segment.region]\n");
    let table = table(&folder, &["a.csv", "--rows", "uses"]);
    assert_eq!(table["test"], Value::Null);
    let tests = table["further_tests"].as_array().unwrap();
    assert_eq!(tests.len(), 3);
    assert!(tests.iter().all(|test| test["reason"] == "each_option" && test["df"] == 1.0));
    assert_eq!(cell(&table, "app", "North")["letters"], "B");
}

#[test]
fn wide_banners_are_set_against_the_rest() {
    let mut answers = String::from("shop,overall\n");
    for row in 0..6000 {
        answers.push_str(&format!("s{:03},{}\n", row % 150, 1 + row % 5));
    }
    let definition = "[question.overall]\nmeasure = \"csat\"\n[segment.shop]\n";
    let folder = small(&answers, definition);
    let wide = table(&folder, &["a.csv", "--minimum-base", "10"]);
    assert_eq!(wide["columns"].as_array().unwrap().len(), 151);
    assert_eq!(wide["testing"]["against"], "rest");
    assert_eq!(wide["columns"][27]["letter"], Value::Null);
    let asked = table(&folder, &["a.csv", "--minimum-base", "10", "--against", "each-other"]);
    assert_eq!(asked["family"]["size"], 150 * 149 / 2);
    assert_eq!(asked["columns"][27]["letter"], "AA");
    let run = folder.run(&["crosstab", "a.csv", "--by", "shop", "--rows", "shop"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`shop` stands in the rows and in the columns"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_tabulated_is_said_in_clear_words() {
    let folder = small(
        "region,overall,comment,minutes\nN,5,good,3\nS,4,,4\nS,3,,4\n",
        "[question.overall]\nmeasure = \"csat\"\n[question.comment]\nmeasure = \"text\"\n[question.minutes]\nmeasure = \
         \"number\"\n[segment.region]\n",
    );
    for (arguments, words) in [
        (&["--rows", "overal"][..], "did you mean `overall`?"),
        (&["--by", "regon"], "did you mean `region`?"),
        (&["--rows", "comment"], "free text"),
        (&["--by", "comment"], "free text"),
        (&["--by", "minutes"], "free number"),
        (&["--by", "wave"], "no waves"),
        (&["--by", "region*region"], "twice"),
        (&["--rows", "overall,,region"], "empty name"),
        (&["--level", "95"], "no level"),
        (&["--level", "0.90,0.95"], "the stricter first"),
        (&["--level", "high"], "no level"),
        (&["--net", "overall Digital"], "q5: Digital = app, web"),
        (&["--net", "minutes: Long = 4", "--rows", "minutes"], "no categories"),
        (&["--net", "q5: Long = 4"], "not in the rows"),
        (&["--test", "fisher"], "a table of two by two"),
        (&["--test", "rao-scott"], "weighted answers"),
        (&["--minimum-base=-1"], "below 0"),
        (&["--pairs", "games-howell", "--against", "rest"], "leave --against out"),
    ] {
        let run = folder.run(&[&["crosstab", "a.csv"][..], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
    }
    let bank = bank();
    for (test, words) in [("chi-square", "rao-scott does"), ("fisher", "rao-scott does")] {
        let run = bank.run(&["crosstab", "bank.csv", "--weight", "weight", "--test", test]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
}

#[test]
fn one_value_and_no_answers_leave_a_table_without_tests() {
    let folder = small(
        "region,overall,other\nN,5,\nS,5,\nN,5,\n",
        "[question.overall]\nmeasure = \"csat\"\n[question.other]\nmeasure = \"csat\"\n[segment.region]\n",
    );
    let tables = tables(&folder, &["a.csv"]);
    assert_eq!(tables.len(), 2);
    for table in &tables {
        assert_eq!(table["test"], Value::Null);
        assert!(table["contrasts"].as_array().unwrap().is_empty());
    }
    assert_eq!(cell(&tables[0], "5", "N")["percent"], 100.0);
    assert_eq!(cell(&tables[0], "mean", "N")["flag"], "no_variation");
    assert_eq!(tables[1]["columns"][1]["flag"], "no_answers");
    assert_eq!(cell(&tables[1], "5", "N")["percent"], Value::Null);
}

#[test]
fn a_saved_book_is_verified() {
    let folder = bank();
    let arguments = ["crosstab", "bank.csv", "--by", "segment", "--level", "0.95,0.90", "--against", "rest"];
    let run = folder.run(&[&arguments[..], &["-o", "book.json"]].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let run = folder.run(&["verify", "book.json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

const CLUSTERS: &str = include_str!("data/clusters/answers.csv");

/// The made-up survey of 24 clusters in 3 strata; `more` may declare targets.
fn clusters(more: &str) -> Workdir {
    let design =
        "[data]\nweight = \"weight\"\nstratum = \"stratum\"\ncluster = \"cluster\"\nmissing = [\"\"]\n";
    let questions = "[question.satisfaction]\nmeasure = \"csat\"\n[question.recommend]\nmeasure = \"nps\"\n";
    let segments = "[segment.group]\n[segment.district]\n[segment.region]\n";
    small(CLUSTERS, &format!("{design}{questions}{segments}{more}"))
}

const RAKED: &str = r"
[weighting.targets.region]
N = 0.5
S = 0.3
W = 0.2
[weighting.targets.group]
a = 0.25
b = 0.35
c = 0.4
";

/// Difference and half the length of its limits, over Student's quantile with the degrees of freedom.
fn standard_error(contrast: &Value, quantile: f64) -> f64 {
    (contrast["high"].as_f64().unwrap() - contrast["low"].as_f64().unwrap()) / 2.0 / quantile
}

#[test]
fn columns_that_share_clusters_differ_by_their_covariance() {
    // tests/it/data/clusters: R survey 4.1-1, svyby(covmat = TRUE) with svycontrast: a less b.
    let t21 = 2.079_613_844_727_66;
    for (more, difference, se) in [
        ("", 0.822_136_262_287_495, 0.141_299_736_104_232),
        (RAKED, 0.763_856_256_758_376, 0.166_567_293_396_770),
    ] {
        let table = table(&clusters(more), &["a.csv", "--rows", "satisfaction", "--by", "group"]);
        let mean = contrast(&table, "mean", "a", "b");
        near(&mean["difference"], difference, 1e-10);
        assert!((standard_error(mean, t21) / se - 1.0).abs() < 1e-9, "{mean}");
        assert_eq!(mean["method"], "welch-t-linearised, design covariance");
    }
    // Districts are whole clusters: nearly independent, and each has the degrees of freedom of its own.
    let table = table(&clusters(""), &["a.csv", "--rows", "satisfaction", "--by", "district"]);
    let mean = contrast(&table, "mean", "X", "Y");
    near(&mean["difference"], 0.751_714_093_442_955, 1e-10);
    // Satterthwaite of 0.0777612295580422 on 6 and 0.0425079520700073 on 6: 11.03; qt in R.
    assert!(
        (standard_error(mean, 2.199_757_494_772_74) / 0.347_878_048_490_348 - 1.0).abs() < 1e-8,
        "{mean}"
    );
}

#[test]
fn shares_and_scores_of_columns_in_the_same_clusters_have_a_surer_difference() {
    // The same data without the design: what an analyst saw who took columns as independent samples.
    let arguments = ["a.csv", "--rows", "satisfaction,recommend", "--by", "group"];
    let tables = tables(&clusters(""), &arguments);
    let (table, scores) = (&tables[0], &tables[1]);
    let share = contrast(table, "top_box", "a", "b");
    near(&share["difference"], 31.304_186_888_143_8, 1e-9);
    // svycontrast: 0.3130418688814380, se 0.0677805956026594; Wilson's limits are not symmetric.
    let half = standard_error(share, 2.079_613_844_727_66);
    assert!((half / 6.778_059_560_265_94 - 1.0).abs() < 0.06, "{half}");
    let p = share["p"].as_f64().unwrap();
    assert!((1e-5..1e-3).contains(&p), "{p}");
    assert_eq!(share["method"], "newcombe-effective-n, design covariance");
    // svycontrast: 65.0770818268425, se 10.4066726842183; limits are those of adjusted counts.
    let score = contrast(scores, "nps", "a", "b");
    near(&score["difference"], 65.077_081_826_842_5, 1e-9);
    let half = standard_error(score, 2.079_613_844_727_66);
    assert!((half / 10.406_672_684_218_3 - 1.0).abs() < 0.06, "{half}");
    assert_eq!(score["method"], "adjusted-wald-effective-n, design covariance");
}

#[test]
fn groups_of_a_report_know_the_clusters_they_share() {
    let folder = clusters("");
    let report = folder.run(&["report", "a.csv", "--format", "json", "--quiet"]).report();
    let sections = report["sections"].as_array().unwrap();
    let panel = |segment: &str| {
        let is = |section: &&Value| {
            section["kind"] == "groups"
                && section["segment"] == segment
                && section["question"] == "satisfaction"
        };
        sections.iter().find(is).unwrap().clone()
    };
    let by_group = panel("group");
    let row = &by_group["rows"].as_array().unwrap()[0];
    // R survey: a less everybody else 0.25486521291125591, se from 0.00376136642034983, 0.00313574147081571 and the
    // covariance 0.00162151577695813.
    near(&row["difference"], 25.486_521_291_125_59, 1e-9);
    let se = 100.0
        * f64::sqrt(0.003_761_366_420_349_83 + 0.003_135_741_470_815_71 - 2.0 * 0.001_621_515_776_958_13);
    let half = (row["difference_high"].as_f64().unwrap() - row["difference_low"].as_f64().unwrap()) / 2.0;
    assert!((half / 2.079_613_844_727_66 / se - 1.0).abs() < 0.05, "{half} {se}");
    assert_eq!(by_group["test"]["name"], "rao-scott");
    let p = by_group["test"]["p"].as_f64().unwrap();
    // svychisq(~top + group, statistic = "F"): 0.00023267313062057, whose variances are not pooled on effective bases.
    assert!((2e-5..2e-3).contains(&p), "{p}");
    // Districts are whole clusters: as independent as they were.
    assert_eq!(panel("district")["test"]["name"], "chi-square-effective-n");
}

#[test]
fn a_column_against_the_rest_knows_the_clusters_of_both() {
    // R survey: vcov of svyby by group and everybody else.
    let arguments = ["a.csv", "--rows", "satisfaction", "--by", "group", "--against", "rest"];
    for (more, difference, [own, rest, both]) in [
        (
            "",
            0.654_136_853_572_320_7,
            [0.031_453_129_977_733_5, 0.030_345_457_870_594, 0.018_941_222_160_537_9],
        ),
        (
            RAKED,
            0.599_993_454_607_963_7,
            [0.033_697_587_577_065_6, 0.032_251_921_690_625_6, 0.017_957_506_270_916_4],
        ),
    ] {
        let table = table(&clusters(more), &arguments);
        let mean = contrast(&table, "mean", "a", "rest");
        near(&mean["difference"], difference, 1e-10);
        let se = f64::sqrt(own + rest - 2.0 * both);
        assert!((standard_error(mean, 2.079_613_844_727_66) / se - 1.0).abs() < 1e-9, "{mean}");
    }
}

#[test]
fn whole_tables_are_tested_by_the_covariance_of_the_design() {
    // R survey 4.1-1: svychisq(statistic = "F") under targets with strata and clusters; W/2 of regTermTest.
    for (more, by, [f, df, df2, p], means) in [
        (
            RAKED,
            "group",
            [2.173_920_275_600_053_7, 5.872_728_202_199_789, 123.327_292_246_195_57, 0.051_194_940_702_910_5],
            11.246_698_370_505_5,
        ),
        (
            RAKED,
            "district",
            [1.730_404_644_214_129, 4.049_028_238_661_543, 85.029_593_011_892_4, 0.150_021_491_003_291],
            1.901_595_947_944_9,
        ),
        (
            "",
            "group",
            [2.842_337_635_862_117_7, 5.953_846_475_337_671, 125.030_775_982_091_09, 0.012_742_754_720_764_2],
            18.512_699_444_763_2,
        ),
    ] {
        let table = table(&clusters(more), &["a.csv", "--rows", "satisfaction", "--by", by]);
        let test = &table["test"];
        assert_eq!(test["name"], "rao-scott", "{test}");
        for (key, expected) in [("statistic", f), ("df", df), ("df2", df2), ("p", p)] {
            near(&test[key], expected, 1e-9);
        }
        if by == "district" {
            // Whole clusters: Welch's F by its formula from R's variances and 6, 6 and 3 degrees of freedom.
            near(&further(&table, "welch-anova-linearised")["statistic"], means, 1e-9);
            continue;
        }
        let wald = further(&table, "wald");
        near(&wald["statistic"], means * 20.0 / 21.0, 1e-9);
        assert_eq!((&wald["df"], &wald["df2"]), (&Value::from(2.0), &Value::from(20.0)));
    }
}

#[test]
fn letters_are_no_names_of_columns_and_stand_only_where_they_are_used() {
    let mut answers = String::from("area,overall\n");
    for (area, good) in [("A", 60), ("b", 30), ("C", 44)] {
        for row in 0..100 {
            answers.push_str(&format!("{area},{}\n", if row < good { 5 } else { 2 }));
        }
    }
    let folder = small(&answers, "[question.overall]\nmeasure = \"csat\"\n[segment.area]\n");
    let found = table(&folder, &["a.csv"]);
    let letters = found["columns"].as_array().unwrap().iter().map(|column| column["letter"].clone());
    let letters: Vec<Value> = letters.collect();
    assert_eq!(letters, [Value::Null, "D".into(), "E".into(), "F".into()]);
    assert_eq!(cell(&found, "top_box", "A")["letters"], "EF");
    let shown = |more: &[&str]| folder.run(&[&["crosstab", "a.csv"], more].concat()).stdout;
    let is_letters = |line: &str| line.split_whitespace().collect::<Vec<_>>() == ["D", "E", "F"];
    assert!(shown(&[]).lines().any(is_letters), "{}", shown(&[]));
    let rest = shown(&["--against", "rest"]);
    assert!(rest.contains('▲') && !rest.lines().any(is_letters), "{rest}");
    // The arithmetic of the tests is for those who ask.
    assert!(!rest.contains("df 8") && shown(&["--explain"]).contains("df "), "{rest}");
}

#[test]
fn tables_of_waves_speak_of_all_of_them() {
    let mut answers = String::from("day,region,overall\n");
    for (month, rows) in [("01", 40), ("04", 50), ("07", 60)] {
        for row in 0..rows {
            let region = if row % 2 == 0 { "North" } else { "South" };
            answers.push_str(&format!("2026-{month}-15,{region},{}\n", 1 + row % 5));
        }
    }
    let definition = "[data]\ndate = \"day\"\nwave = { every = \"quarter\" }\n[question.overall]\nmeasure = \"csat\"\n\
                      [segment.region]\n";
    let folder = small(&answers, definition);
    let run =
        folder.run(&["crosstab", "a.csv", "--by", "wave,region", "--format", "json", "--date", "2026-12-01"]);
    let report = run.report();
    assert_eq!((&report["ledger"]["rows_used"], &report["waves"]["wave"]), (&150.into(), &Value::Null));
    assert_eq!(report["ledger"]["questions"][0]["answered"], 150);
    let sections = report["sections"].as_array().unwrap();
    let of = |banner: &str| sections.iter().find(|section| section["banner"] == banner).unwrap();
    assert_eq!((&of("wave")["wave"], &of("wave")["columns"][0]["base"]), (&Value::Null, &150.into()));
    // A table beside it without waves is of the latest one still, and says so.
    assert_eq!((&of("region")["wave"], &of("region")["columns"][0]["base"]), (&"2026-Q3".into(), &60.into()));
    let alone = folder.run(&["crosstab", "a.csv", "--by", "region", "--date", "2026-12-01"]).stdout;
    assert!(alone.contains("2026-Q3, 1 of 3 waves") && alone.contains("60 answers"), "{alone}");
    let waves = folder.run(&["crosstab", "a.csv", "--by", "wave", "--date", "2026-12-01"]).stdout;
    assert!(waves.contains("all 3 waves") && waves.contains("150 answers"), "{waves}");
    let one = ["crosstab", "a.csv", "--by", "wave", "--wave", "2026-Q1", "--date", "2026-12-01"];
    folder.run(&one).refused(2, &["the columns are all waves", "leave --wave out"]);
}

#[test]
fn letters_run_on_through_all_banners() {
    let mut answers = String::from("area,time,overall\n");
    for row in 0..300 {
        answers.push_str(&format!("{},{},{}\n", ["A", "x"][row % 2], ["am", "pm"][row % 3 % 2], 1 + row % 5));
    }
    let definition = "[question.overall]\nmeasure = \"csat\"\n[segment.area]\n[segment.time]\n";
    let found = tables(&small(&answers, definition), &["a.csv", "--by", "area,time"]);
    let letters = |table: &Value| -> Vec<String> {
        let columns = table["columns"].as_array().unwrap().iter();
        columns.filter_map(|column| column["letter"].as_str().map(str::to_owned)).collect()
    };
    assert_eq!(found.iter().map(letters).collect::<Vec<_>>(), [["B", "C"], ["D", "E"]]);
}

#[test]
fn one_answer_decides_nothing_and_many_missing_ones_do() {
    let rows = |group: &str, hits: usize, all: usize| -> String {
        (0..all).map(|row| format!("{group},{}\n", if row < hits { 1 } else { 5 })).collect()
    };
    let of = |one: (usize, usize), other: (usize, usize)| {
        let answers = format!("group,overall\n{}{}", rows("a", one.0, one.1), rows("b", other.0, other.1));
        let definition = "[question.overall]\nmeasure = \"csat\"\n[segment.group]\n";
        let found = table(&small(&answers, definition), &["a.csv", "--minimum-base", "10"]);
        contrast(&found, "1", "a", "b").clone()
    };
    // R fisher.test and scipy: 1 of 58 against 0 of 554 has p = 58/612; the pooled z 0.002.
    near(&of((1, 58), (0, 554))["p"], 58.0 / 612.0, 1e-10);
    // scipy.stats.fisher_exact([[10, 0], [40, 360]]).
    let sure = of((10, 10), (40, 400))["p"].as_f64().unwrap();
    assert!((sure / 3.101_917_004_222_096_5e-10 - 1.0).abs() < 1e-9, "{sure}");
    // Two are to be expected on the smaller side: 2 (1 - Φ(0.2 / √(0.2 · 0.8 · 0.2))).
    near(&of((3, 10), (1, 10))["p"], 0.263_552_477_282_972_9, 1e-9);
}

#[test]
fn of_one_cluster_nothing_is_known_whatever_targets_leave_of_it() {
    let mut answers = String::from("branch,sex,age,overall\n");
    for row in 0..600 {
        let (sex, age) = (["f", "m"][row / 7 % 2], ["old", "young"][row / 3 % 2]);
        answers.push_str(&format!("b{:02},{sex},{age},{}\n", row % 12, 1 + (row * row + row / 12) % 5));
    }
    let definition = "[data]\ncluster = \"branch\"\n[question.overall]\nmeasure = \"csat\"\n[segment.branch]\n\
                      [weighting.targets.sex]\nf = 0.5\nm = 0.5\n[weighting.targets.age]\nold = 0.4\nyoung = 0.6\n";
    let folder = small(&answers, definition);
    let found = table(&folder, &["a.csv", "--minimum-base", "10"]);
    for contrast in found["contrasts"].as_array().unwrap() {
        assert!(contrast["p"].is_null(), "{contrast}");
    }
    let letters = found["cells"].as_array().unwrap().iter().filter_map(|cell| cell["letters"].as_str());
    assert!(letters.into_iter().all(str::is_empty));
    let report = folder.run(&["analyze", "a.csv", "--format", "json"]).report();
    let of_branch = |estimate: &&Value| estimate["segment"].as_object().is_some_and(|of| !of.is_empty());
    let estimates = report["estimates"].as_array().unwrap().iter().filter(of_branch);
    for estimate in estimates.filter(|estimate| estimate["statistic"] == "mean") {
        assert!(estimate["low"].is_null() && estimate["value"].is_number(), "{estimate}");
    }
}

#[test]
fn one_row_that_outweighs_all_others_shows_nothing() {
    let mut answers = String::from("group,w,overall\n");
    for row in 0..200 {
        let weight = if row == 0 { 100_000_000 } else { 1 };
        answers.push_str(&format!("{},{weight},{}\n", ["a", "b"][row % 2], 1 + (row / 2) % 5));
    }
    let definition = "[data]\nweight = \"w\"\n[question.overall]\nmeasure = \"csat\"\n[segment.group]\n";
    let folder = small(&answers, definition);
    let report = folder.run(&["analyze", "a.csv", "--format", "json"]).report();
    let all = report["estimates"].as_array().unwrap().iter();
    let top = all.clone().find(|estimate| estimate["statistic"] == "top_box").unwrap();
    assert!(top["base_effective"].as_f64().unwrap() < 2.0, "{top}");
    let mean = all.clone().find(|estimate| estimate["statistic"] == "mean").unwrap();
    assert!(mean["low"].is_null(), "{mean}");
    let found = table(&folder, &["a.csv", "--minimum-base", "1"]);
    assert!(found["contrasts"].as_array().unwrap().iter().all(|contrast| contrast["p"].is_null()));
}
