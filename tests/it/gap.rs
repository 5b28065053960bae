//! Expectations and perceptions through the program: against R and scipy on the same data, a published file, corners,
//! what stands beside the gaps, and what is refused.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, Workdir};

const DIMENSIONS: [&str; 5] = ["tan", "rel", "res", "ass", "emp"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Five pairs with the points of their dimensions.
fn servqual(name: &str, more: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", fs::read(root().join(format!("tests/it/data/gap/{name}.csv"))).unwrap());
    let pair = |id: &str| {
        format!(
            "[question.{id}]\nmeasure = \"gap\"\nexpectation = \"exp_{id}\"\nperception = \"per_{id}\"\n\
             dimension = \"{id}\"\n[dimension.{id}]\npoints = \"pts_{id}\"\n"
        )
    };
    folder.file("a.toml", DIMENSIONS.map(pair).concat() + more);
    folder
}

/// One or more pairs `e`/`p` with numbers on 1 to 7.
fn small(answers: &str, definition: &str) -> Workdir {
    let folder = Workdir::new();
    folder.file("a.csv", answers);
    folder.file("a.toml", definition);
    folder
}

fn pair(id: &str, more: &str) -> String {
    format!("[question.{id}]\nmeasure = \"gap\"\nexpectation = \"{id}_e\"\nperception = \"{id}_p\"\n{more}\n")
}

fn section(folder: &Workdir, arguments: &[&str]) -> Value {
    let typed = [&["gap", "a.csv", "--format", "json"], arguments].concat();
    let Run { stdout, stderr, code } = folder.run(&typed);
    assert_eq!(code, 0, "{stderr}");
    assert!(!stdout.contains("NaN"), "{stdout}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    let section = report["sections"].as_array().unwrap().iter().find(|section| section["kind"] == "gaps");
    section.unwrap_or_else(|| panic!("{stdout}")).clone()
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} for {expected}"));
    let off = (found - expected).abs();
    assert!(off < 1e-9 || off < 1e-9 * expected.abs(), "{found} for {expected}");
}

#[test]
fn five_gaps_of_a_bank_are_those_of_r() {
    // gap.*: R 4.2.2 t.test(paired) and wilcox.test(exact = FALSE), p.adjust(holm); n, gap, t, p, low, high, dz, Wilcoxon.
    let expected: [[f64; 9]; 5] = [
        [
            757.0,
            -0.586_525_759_577_279,
            -11.206_776_639_640_9,
            4.491_644_459_268_64e-27,
            -0.689_268_303_270_947,
            -0.483_783_215_883_61,
            -0.407_317_225_100_626,
            2.996_278_923_235_93e-25,
            2.245_822_229_634_32e-26,
        ],
        [
            754.0,
            -0.312_997_347_480_106,
            -6.081_080_497_064_65,
            1.897_383_803_138_74e-09,
            -0.414_040_437_391_474,
            -0.211_954_257_568_738,
            -0.221_459_889_763_912,
            1.167_366_835_401_15e-09,
            7.589_535_212_554_97e-09,
        ],
        [
            754.0,
            -0.127_320_954_907_162,
            -2.427_579_775_335_43,
            0.015_433_381_121_776_6,
            -0.230_282_035_118_918,
            -0.024_359_874_695_405_8,
            -0.088_407_241_064_872_2,
            0.029_254_887_036_938_1,
            0.030_866_762_243_553_2,
        ],
        [
            755.0,
            -0.052_980_132_450_331_1,
            -1.048_353_594_495_63,
            0.294_811_645_120_847,
            -0.152_189_124_571_714,
            0.046_228_859_671_051_3,
            -0.038_153_493_744_216_1,
            0.483_494_579_290_141,
            0.294_811_645_120_847,
        ],
        [
            741.0,
            0.269_905_533_063_428,
            5.198_723_968_221_65,
            2.598_792_302_982_98e-07,
            0.167_982_104_211_733,
            0.371_828_961_915_122,
            0.190_979_896_977_697,
            1.698_845_032_275_89e-07,
            7.796_376_908_948_94e-07,
        ],
    ];
    let found = section(&servqual("bank_a", ""), &[]);
    for (row, [n, gap, t, p, low, high, dz, wilcoxon, holm]) in
        found["rows"].as_array().unwrap().iter().zip(expected)
    {
        near(&row["base"], n);
        near(&row["df"], n - 1.0);
        for (key, value) in [
            ("gap", gap),
            ("t", t),
            ("p", p),
            ("low", low),
            ("high", high),
            ("dz", dz),
            ("wilcoxon_p", wilcoxon),
            ("p_adjusted", holm),
        ] {
            near(&row[key], value);
        }
        assert_eq!(row["wilcoxon_kind"], "asymptotic");
    }
    assert_eq!(found["adjustment"], "holm");
    // A dimension of one question has its gap, and no reliability.
    let dimension = &found["dimensions"][0];
    near(&dimension["gap"], -0.586_525_759_577_279);
    near(&dimension["se"], 0.052_336_704_695_496_8);
    assert!(dimension["difference_reliability"].is_null());
}

#[test]
fn p_values_are_adjusted_as_asked() {
    let folder = servqual("bank_a", "");
    // gap.p_adjust.*: R p.adjust.
    for (method, expected) in [
        (
            "benjamini-hochberg",
            [
                2.245_822_229_634_32e-26,
                4.743_459_507_846_86e-09,
                0.019_291_726_402_220_7,
                0.294_811_645_120_847,
                4.331_320_504_971_63e-07,
            ],
        ),
        (
            "bonferroni",
            [
                2.245_822_229_634_32e-26,
                9.486_919_015_693_71e-09,
                0.077_166_905_608_883,
                1.0,
                1.299_396_151_491_49e-06,
            ],
        ),
        (
            "none",
            [
                4.491_644_459_268_64e-27,
                1.897_383_803_138_74e-09,
                0.015_433_381_121_776_6,
                0.294_811_645_120_847,
                2.598_792_302_982_98e-07,
            ],
        ),
    ] {
        let found = section(&folder, &["--adjust", method]);
        for list in ["rows", "dimensions"] {
            for (row, expected) in found[list].as_array().unwrap().iter().zip(expected) {
                near(&row["p_adjusted"], expected);
            }
        }
    }
}

#[test]
fn points_weigh_each_respondents_own_gaps() {
    // servqual.weighted_score: n, unweighted, weighted, se, low, high, by mean points.
    for (name, n, expected) in [("bank_a", 593, BANK), ("hotel_a", 41, HOTEL)] {
        let [unweighted, weighted, se, low, high, by_mean_points] = expected;
        let total = &section(&servqual(name, ""), &[])["total"];
        assert_eq!((&total["base"], &total["weighted_base"]), (&Value::from(n), &Value::from(n)));
        assert_eq!(
            (total["of"].as_str(), total["weighted_by"].as_str()),
            (Some("respondents"), Some("points"))
        );
        near(&total["unweighted"], unweighted);
        near(&total["weighted"], weighted);
        near(&total["weighted_se"], se);
        near(&total["weighted_low"], low);
        near(&total["weighted_high"], high);
        near(&total["weighted_by_mean_points"], by_mean_points);
    }
}

const BANK: [f64; 6] = [
    -0.141_315_345_699_831,
    -0.218_178_752_107_926,
    0.033_021_790_633_755_1,
    -0.283_032_864_218_766,
    -0.153_324_639_997_086,
    -0.217_473_162_158_857,
];
const HOTEL: [f64; 6] = [
    -0.209_756_097_560_976,
    -0.349_024_390_243_902,
    0.132_357_979_514_744,
    -0.616_529_845_351_814,
    -0.081_518_935_135_991,
    -0.286_270_077_334_92,
];

#[test]
fn points_may_be_a_question_and_declared_weights_come_after_them() {
    let answers = "a_e,a_p,b_e,b_p,wa,wb\n5,3,6,6,30,70\n7,6,5,3,100,0\n4,4,4,5,50,50\n6,5,7,5,,40\n5,4,5,4,0,0\n6,5,6,5,-10,110\n";
    let pairs = pair("a", "dimension = \"x\"") + &pair("b", "dimension = \"y\"");
    let dimensions =
        "[dimension.x]\nweight = 3\npoints = \"wa\"\n[dimension.y]\nweight = 1\npoints = \"wb\"\n";
    let by_column = section(&small(answers, &format!("{pairs}{dimensions}")), &[]);
    let questions = "[question.wa]\nmeasure = \"number\"\n[question.wb]\nmeasure = \"number\"\n";
    let by_question = section(&small(answers, &format!("{pairs}{dimensions}{questions}")), &[]);
    for found in [&by_column, &by_question] {
        // Shares of the first three: 0.3 and 0.7, 1 and 0, 0.5 and 0.5; others lack one, allot nothing, or less than that.
        assert_eq!(
            (&found["total"]["base"], &found["total"]["weighted_base"]),
            (&Value::from(6), &Value::from(3))
        );
        near(&found["total"]["weighted"], (-0.6 - 1.0 + 0.5) / 3.0);
        near(&found["dimensions"][0]["importance"], 1.8 / 3.0);
    }
    let declared =
        section(&small(answers, &format!("{pairs}{}", dimensions.replace("points", "# points"))), &[]);
    assert_eq!(declared["total"]["weighted_by"], "dimensions");
    // Three quarters of x and one of y, of all six.
    let x = (-2.0 - 1.0 + 0.0 - 1.0 - 1.0 - 1.0) / 6.0;
    let y = (0.0 - 2.0 + 1.0 - 2.0 - 1.0 - 1.0) / 6.0;
    near(&declared["total"]["weighted"], 0.75 * x + 0.25 * y);
    near(&declared["total"]["unweighted"], f64::midpoint(x, y));
}

#[test]
fn the_golden_gaps_and_their_dimension() {
    let folder = Workdir::new();
    folder.file("a.csv", fs::read(root().join("tests/it/data/gap/gold.csv")).unwrap());
    let question = |k: u32| {
        format!(
            "[question.g{k}]\nmeasure = \"gap\"\nscale = \"five\"\nexpectation = \"e{k}\"\nperception = \"p{k}\"\n\
             dimension = \"all\"\n"
        )
    };
    folder.file("a.toml", (1..=4).map(question).collect::<String>() + "[scale.five]\nmax = 5\n");
    let found = section(&folder, &[]);
    // METHODS 3.1: R t.test(paired = TRUE); gap, low, high, t, p.
    let expected = [
        [0.166_666_666_7, -0.043_365_534_9, 0.376_698_868_2, 1.571_266_899_0, 0.118_775_817_1],
        [0.241_666_666_7, 0.018_130_013_6, 0.465_203_319_7, 2.140_696_526_8, 0.034_338_816_07],
        [0.150_000_000_0, -0.107_395_917_2, 0.407_395_917_2, 1.153_922_660_0, 0.250_844_119_8],
        [0.216_666_666_7, -0.005_869_771_5, 0.439_203_104_8, 1.927_871_424_1, 0.056_253_932_88],
    ];
    for (row, expected) in found["rows"].as_array().unwrap().iter().zip(expected) {
        for (key, value) in ["gap", "low", "high", "t", "p"].into_iter().zip(expected) {
            assert!((row[key].as_f64().unwrap() - value).abs() < 1e-9, "{key}: {row}");
        }
    }
    // Python, from the same rows: mean of the four gaps of each, its t; alpha and Lord's formula.
    let dimension = &found["dimensions"][0];
    near(&dimension["gap"], 0.19375);
    near(&dimension["t"], 2.129_750_134_639_802_5);
    near(&dimension["expectation_alpha"], -0.049_764_355_330_794_71);
    near(&dimension["perception_alpha"], 0.899_852_080_251_671_6);
    near(&dimension["difference_reliability"], 0.785_359_311_213_059_7);
    assert_eq!((&dimension["items"], &dimension["base"]), (&Value::from(4), &Value::from(120)));
}

#[test]
fn all_gaps_of_the_kiosks_are_read_from_the_file_as_it_was_published() {
    // examples/kiosk-servqual/README.md, worked out with Python from the raw CP949 file.
    let expected = [
        -0.545_893_719_806_763_3,
        -0.391_304_347_826_087,
        -0.951_690_821_256_038_7,
        0.280_193_236_714_975_87,
        0.009_661_835_748_792_27,
        -0.130_434_782_608_695_65,
        -1.719_806_763_285_024_2,
        -0.729_468_599_033_816_4,
        -1.062_801_932_367_149_8,
        -1.502_415_458_937_198,
        -1.328_502_415_458_937,
        -1.768_115_942_028_985_6,
        -1.231_884_057_971_014_4,
        -0.908_212_560_386_473_5,
        -1.942_028_985_507_246_3,
        -1.850_241_545_893_719_8,
        -1.415_458_937_198_067_7,
        -0.874_396_135_265_700_5,
        -1.685_990_338_164_251_1,
        -1.821_256_038_647_343,
        -1.623_188_405_797_101_6,
        -0.217_391_304_347_826_08,
        -1.980_676_328_502_415_4,
        -1.057_971_014_492_753_7,
    ];
    let folder = Workdir::new();
    let example = root().join("examples/kiosk-servqual");
    folder.file("a.csv", fs::read(example.join("kiosk.csv")).unwrap());
    folder.file("a.toml", fs::read(example.join("kiosk.toml")).unwrap());
    let found = section(&folder, &[]);
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 24);
    for (row, gap) in rows.iter().zip(expected) {
        assert_eq!(row["base"], 207);
        near(&row["gap"], gap);
    }
    let mean = |key: &str| rows.iter().map(|row| row[key].as_f64().unwrap()).sum::<f64>() / 24.0;
    assert!((mean("expectation") - 5.9738).abs() < 5e-5 && (mean("perception") - 4.8718).abs() < 5e-5);
    assert!((mean("gap") + 1.1021).abs() < 5e-5);
    // Eight dimensions of three: the mean of all respondents is the mean of the questions.
    near(&found["total"]["unweighted"], mean("gap"));
    assert_eq!(found["groups"].as_array().unwrap().len(), 2);
}

#[test]
fn a_group_says_what_its_rows_alone_say() {
    let folder = servqual("bank_a", "[segment.region]\n");
    let groups = section(&folder, &[])["groups"].as_array().unwrap().clone();
    assert_eq!(groups.len(), 4);
    for group in groups {
        let region = group["segment"]["region"].as_str().unwrap();
        let alone = section(&folder, &["--where", &format!("region = \"{region}\"")]);
        for key in ["rows", "dimensions", "total"] {
            assert_eq!(group[key], alone[key], "{region}: {key}");
        }
    }
}

#[test]
fn weights_alike_leave_what_is_estimated_and_shuffled_rows_leave_everything() {
    let plain = section(&servqual("bank_a", ""), &[]);
    let folder = servqual("bank_a", "[data]\nweight = \"weight\"\n");
    let weighted = section(&folder, &[]);
    assert_ne!(weighted["total"]["weighted"], plain["total"]["weighted"]);
    assert!(weighted["rows"][0]["wilcoxon_p"].is_null());
    let answers = folder.read("a.csv");
    let mut lines: Vec<&str> = answers.lines().collect();
    lines[1..].reverse();
    folder.file("a.csv", lines.join("\n"));
    assert_eq!(section(&folder, &[]), weighted);
    // One weight for all.
    let alike = answers.lines().enumerate().map(|(at, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        if at > 0 {
            cells[2] = "2.5";
        }
        cells.join(",")
    });
    folder.file("a.csv", alike.collect::<Vec<String>>().join("\n"));
    let alike = section(&folder, &[]);
    for key in ["unweighted", "weighted", "perception", "weighted_by_mean_points"] {
        near(&alike["total"][key], plain["total"][key].as_f64().unwrap());
    }
    for (one, other) in
        alike["dimensions"].as_array().unwrap().iter().zip(plain["dimensions"].as_array().unwrap())
    {
        near(&one["gap"], other["gap"].as_f64().unwrap());
        let (se, known) = (one["se"].as_f64().unwrap(), other["se"].as_f64().unwrap());
        assert!((se / known - 1.0).abs() < 0.01, "{se} {known}");
    }
}

#[test]
fn a_dimension_of_one_question_has_that_questions_limits_under_a_design() {
    let design = "[data]\ncluster = \"branch\"\n[segment.region]\n[weighting.targets.region]\nNorth = 0.4\nSouth = 0.3\nEast = 0.2\nWest = 0.1\n";
    let found = section(&servqual("bank_a", design), &[]);
    for (row, dimension) in
        found["rows"].as_array().unwrap().iter().zip(found["dimensions"].as_array().unwrap())
    {
        for key in ["base", "gap", "low", "high", "t", "df", "p", "dz"] {
            near(&dimension[key], row[key].as_f64().unwrap());
        }
    }
}

#[test]
fn the_zone_of_tolerance_lies_between_adequate_and_desired() {
    let folder = small(
        "a_e,a_p,a_min\n6,5,4\n6,3,4\n5,7,3\n6,6,6\n4,5,5\n6,,4\n7,5,\n",
        &pair("a", "adequate = \"a_min\""),
    );
    let found = section(&folder, &[]);
    let row = &found["tolerance"][0];
    assert_eq!((&row["base"], &row["contradictory"]), (&Value::from(5), &Value::from(1)));
    near(&row["adequacy"]["value"], (1.0 - 1.0 + 4.0 + 0.0 + 0.0) / 5.0);
    near(&row["superiority"]["value"], (-1.0 - 3.0 + 2.0 + 0.0 + 1.0) / 5.0);
    near(&row["width"]["value"], (2.0 + 2.0 + 2.0 + 0.0 - 1.0) / 5.0);
    // Adequacy less superiority is the width.
    let of = |key: &str| row[key]["value"].as_f64().unwrap();
    assert!((of("adequacy") - of("superiority") - of("width")).abs() < 1e-11);
    assert_eq!([of("below"), of("inside"), of("above")], [0.25, 0.5, 0.25]);
    // statsmodels proportion_confint(2, 4, method="wilson").
    near(&row["inside"]["low"], 0.150_038_989_152_149_47);
    near(&row["inside"]["high"], 0.849_961_010_847_850_6);
}

#[test]
fn the_four_qualities_add_up_and_say_where_to_act() {
    let more = "planned = 6\ndelivered = 5.5";
    let definition = pair("a", more) + &pair("b", "planned = 5") + &pair("c", "");
    let folder = small("a_e,a_p,b_e,b_p,c_e,c_p\n7,4,6,5,5,5\n6,3,6,6,5,4\n", &definition);
    let found = section(&folder, &[]);
    let rows = found["qualities"].as_array().unwrap();
    assert_eq!(rows.len(), 2, "nothing is planned or delivered of c");
    let of = |key: &str| rows[0][key].as_f64().unwrap();
    assert_eq!([of("planning"), of("delivery"), of("communication"), of("gap")], [-0.5, -0.5, -2.0, -3.0]);
    assert!((of("planning") + of("delivery") + of("communication") - of("gap")).abs() < 1e-11);
    assert_eq!(rows[0]["act_on"], "communication");
    assert_eq!((&rows[1]["planning"], &rows[1]["delivery"]), (&Value::from(-1.0), &Value::Null));
    assert!(rows[1]["act_on"].is_null(), "what is delivered of b is not known");
}

#[test]
fn what_is_delivered_may_stand_in_a_file() {
    let definition = pair("a", "") + &pair("b", "planned = 5") + "[gaps]\ndelivered = \"measured.csv\"\n";
    let folder = small("a_e,a_p,b_e,b_p\n7,4,6,5\n6,3,6,6\n", &definition);
    folder.file("measured.csv", "Question;Delivered;Planned\na;5,5;6\nb;4;\n\n");
    let rows = section(&folder, &[])["qualities"].as_array().unwrap().clone();
    assert_eq!((&rows[0]["delivered"], &rows[0]["planned"]), (&Value::from(5.5), &Value::from(6.0)));
    assert_eq!((&rows[1]["delivered"], &rows[1]["planned"]), (&Value::from(4.0), &Value::from(5.0)));
    let refused = |content: &str, code: i32, texts: &[&str]| {
        folder.file("measured.csv", content);
        folder.run(&["gap", "a.csv"]).refused(code, texts);
    };
    refused("question,delivered\nabc,5\n", 78, &["no gap question `abc`", "measured.csv:2"]);
    refused("question,delivered\na,9\n", 78, &["`9`", "outside 1 to 7"]);
    refused("question,delivered\na,good\n", 78, &["`good`", "expected a number"]);
    refused("question,planned\nb,4\n", 78, &["was 5 before"]);
    refused("item,delivered\nb,4\n", 78, &["needs the column `question`"]);
    fs::remove_file(folder.path().join("measured.csv")).unwrap();
    folder.run(&["gap", "a.csv"]).refused(1, &["measured.csv"]);
}

#[test]
fn answers_against_what_was_expected_are_shares_with_their_asymmetry() {
    let mut answers = String::from("met\n");
    for (point, rows) in [
        ("much worse than expected", 2),
        ("Worse than expected", 8),
        ("As expected", 60),
        ("4", 20),
        ("5", 10),
    ] {
        answers.extend(std::iter::repeat_n(format!("{point}\n"), rows));
    }
    let found =
        section(&small(&answers, "[question.met]\nmeasure = \"rating\"\nscale = \"disconfirmation\"\n"), &[]);
    let row = &found["disconfirmation"][0];
    assert_eq!(row["base"], 100);
    for (key, value) in
        [("negative", 0.1), ("confirmed", 0.6), ("positive", 0.3), ("balance", 0.2), ("asymmetry", 0.75)]
    {
        near(&row[key]["value"], value);
    }
    // statsmodels proportion_confint(30, 100, method="wilson"); scipy binomtest(10, 40).
    near(&row["positive"]["low"], 0.218_948_852_949_327_6);
    near(&row["positive"]["high"], 0.395_848_546_333_466_6);
    near(&row["p"], 0.002_221_433_773_229_364_3);
    assert_eq!(row["method"], "wilson");
    let german = "met\nViel besser als erwartet\nWie erwartet\nschlechter als erwartet\n";
    let found = section(&small(german, "[question.met]\ndisconfirmation = true\n"), &[]);
    assert_eq!(found["disconfirmation"][0]["base"], 3);
}

#[test]
fn the_staffs_view_is_set_against_the_customers() {
    let folder =
        small("a_e,a_p,region\n7,4,N\n6,3,N\n7,5,S\n5,4,S\n6,6,S\n", &(pair("a", "") + "[segment.region]\n"));
    folder.file("staff.csv", "who,a_e,a_p\nx,5,6\ny,6,6\nz,4,5\n");
    let found = section(&folder, &["--staff", "staff.csv"]);
    let view = &found["staff"];
    assert_eq!((view["file"].as_str(), &view["rows_used"]), (Some("staff.csv"), &Value::from(3)));
    let [expectation, perception] = view["rows"].as_array().unwrap().as_slice() else { panic!("{view}") };
    // scipy 1.17: ttest_ind([5, 6, 4], [7, 6, 7, 5, 6], equal_var=False).
    near(&expectation["difference"]["value"], -1.2);
    near(&expectation["t"], -1.744_205_699_201_433_6);
    near(&expectation["df"], 3.705_936_408_748_391);
    near(&expectation["p"], 0.161_728_015_314_687_4);
    near(&perception["difference"]["value"], 5.666_666_666_666_667 - 4.4);
    assert_eq!((&perception["base"], &perception["staff_base"]), (&Value::from(5), &Value::from(3)));
    // What groups and conditions ask is asked of customers.
    let north = section(&folder, &["--staff", "staff.csv", "--where", "region = \"N\""]);
    assert_eq!(
        (&north["staff"]["rows"][0]["base"], &north["staff"]["rows_used"]),
        (&Value::from(2), &Value::from(3))
    );
    let saved = folder.run(&["gap", "a.csv", "--staff", "staff.csv", "-o", "gaps.json"]);
    assert_eq!(saved.code, 0, "{}", saved.stderr);
    let verified = folder.run(&["verify", "gaps.json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
    folder.run(&["gap", "a.csv", "--staff", "nobody.csv"]).refused(1, &["nobody.csv"]);
}

#[test]
fn nobody_one_and_all_alike_have_figures_only_where_they_exist() {
    let definition = pair("a", "dimension = \"x\"") + &pair("b", "dimension = \"x\"");
    let others = definition.clone() + &pair("c", "dimension = \"y\"");
    let nobody = section(&small("a_e,a_p,b_e,b_p,c_e,c_p\n5,,,4,6,5\n,3,,,7,5\n", &others), &[]);
    assert_eq!((&nobody["rows"][0]["base"], &nobody["rows"][0]["gap"]), (&Value::from(0), &Value::Null));
    assert_eq!(nobody["dimensions"][0]["flag"], "no_answers");
    let one = section(&small("a_e,a_p,b_e,b_p\n5,4,6,4\n", &definition), &[]);
    assert_eq!(
        (&one["dimensions"][0]["gap"], &one["dimensions"][0]["low"]),
        (&Value::from(-1.5), &Value::Null)
    );
    assert_eq!(one["dimensions"][0]["flag"], "single_answer");
    let alike = section(&small(&format!("a_e,a_p,b_e,b_p\n{}", "5,4,6,5\n".repeat(40)), &definition), &[]);
    assert_eq!((&alike["total"]["unweighted"], &alike["total"]["p"]), (&Value::from(-1.0), &Value::Null));
    assert_eq!(alike["dimensions"][0]["flag"], "no_variation");
    assert!(alike["dimensions"][0]["difference_reliability"].is_null());
    // A respondent's gap is that of the pairs that he answered; all together needs every dimension.
    let parts =
        pair("a", "dimension = \"x\"") + &pair("b", "dimension = \"x\"") + &pair("c", "dimension = \"y\"");
    let some = section(&small("a_e,a_p,b_e,b_p,c_e,c_p\n5,4,6,3,7,7\n5,3,,4,6,5\n6,6,5,4,,\n", &parts), &[]);
    near(&some["dimensions"][0]["gap"], (-2.0 - 2.0 - 0.5) / 3.0);
    assert_eq!((&some["dimensions"][0]["base"], &some["total"]["base"]), (&Value::from(3), &Value::from(2)));
    near(&some["total"]["unweighted"], (-1.0 - 1.5) / 2.0);
}

#[test]
fn a_scale_whose_low_end_is_the_best_keeps_its_numbers() {
    let turned = "scale = \"grades\"\n[scale.grades]\nmax = 6\nbest = \"low\"\n";
    let folder = small("a_e,a_p\n1,2\n2,3\n1,1\n3,5\n", &pair("a", turned));
    let found = section(&folder, &[]);
    assert_eq!(found["rows"][0]["gap"], found["dimensions"][0]["gap"]);
    near(&found["dimensions"][0]["gap"], 1.0);
    near(&found["dimensions"][0]["expectation"], 1.75);
    near(&found["rows"][0]["expectation_ceiling"], 0.5);
}

#[test]
fn gaps_on_several_scales_are_not_put_together() {
    let definition = pair("a", "") + &pair("b", "scale = \"agreement5\"");
    let found = section(&small("a_e,a_p,b_e,b_p\n7,4,5,2\n6,5,3,3\n", &definition), &[]);
    assert_eq!(found["rows"].as_array().unwrap().len(), 2);
    assert!(found["total"]["unweighted"].is_null() && found.get("dimensions").is_none(), "{found}");
    let run = small("a_e,a_p,b_e,b_p\n7,4,5,2\n6,5,3,3\n", &definition).run(&["gap", "a.csv"]);
    assert!(run.stdout.contains("different scales"), "{}", run.stdout);
}

#[test]
fn small_groups_are_hidden_with_all_that_rests_on_them() {
    let mut answers = String::from("a_e,a_p,b_e,b_p,region\n");
    for (region, rows) in [("North", 30), ("South", 20), ("East", 3)] {
        answers.extend((0..rows).map(|row| format!("6,{},5,{},{region}\n", 3 + row % 3, 4 + row % 2)));
    }
    let definition =
        format!("[survey]\nsuppress_below = 5\n{}{}[segment.region]\n", pair("a", ""), pair("b", ""));
    let found = section(&small(&answers, &definition), &[]);
    let groups = found["groups"].as_array().unwrap();
    let flags: Vec<Option<&str>> = groups.iter().map(|group| group["total"]["flag"].as_str()).collect();
    assert_eq!(flags.iter().filter(|flag| **flag == Some("suppressed")).count(), 1, "{flags:?}");
    assert_eq!(flags.iter().filter(|flag| **flag == Some("complementary")).count(), 1, "{flags:?}");
    for group in groups.iter().filter(|group| group["segment"]["region"] != "North") {
        let nothing = |key: &str| group[key].as_array().unwrap().is_empty();
        assert!(
            nothing("rows") && nothing("dimensions") && group["total"]["unweighted"].is_null(),
            "{group}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_refused_with_the_way_out() {
    let run = |definition: &str, answers: &str| small(answers, definition).run(&["gap", "a.csv"]);
    run("[question.q]\nmeasure = \"csat\"\n", "q\n1\n")
        .refused(2, &["asks for no expectations", "expectation"]);
    let half = "[question.a]\nmeasure = \"gap\"\nexpectation = \"a_e\"\n";
    run(half, "a_e,a_p\n1,2\n").refused(78, &["perception"]);
    let beside = pair("a", "") + "[question.q]\n";
    run(&beside, "a_e,q\n5,4\n").refused(1, &["a_p"]);
    run(&pair("a", "adequate = \"a_min\""), "a_e,a_p\n5,4\n").refused(1, &["adequate", "a_min"]);
    let points = pair("a", "dimension = \"x\"") + "[dimension.x]\npoints = \"w\"\n";
    run(&points, "a_e,a_p\n5,4\n").refused(1, &["dimension `x`", "points"]);
    run(&pair("a", "planned = 9"), "a_e,a_p\n5,4\n").refused(78, &["planned", "outside 1 to 7"]);
    small("a_e,a_p\n5,4\n", &pair("a", ""))
        .run(&["gap", "a.csv", "--adjust", "holms"])
        .refused(2, &["holms"]);
}

#[test]
fn weights_that_weigh_nothing_are_a_caution() {
    let definition = "[question.q]\ndimension = \"x\"\n[dimension.x]\nweight = 2\n";
    let run = small("q\n5\n4\n", definition).run(&["analyze", "a.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("`weight` weighs nothing"), "{}", run.stderr);
    let some = pair("a", "dimension = \"x\"") + &pair("b", "") + "[dimension.x]\npoints = \"a_e\"\n";
    let run = small("a_e,a_p,b_e,b_p\n5,4,5,4\n", &some).run(&["gap", "a.csv"]);
    assert!(run.stderr.contains("`b` is in no dimension with `points`"), "{}", run.stderr);
}

#[test]
fn every_format_has_the_gaps_and_a_saved_one_is_verified() {
    let folder = servqual("hotel_a", "[segment.region]\n");
    for format in ["table", "md", "csv", "html", "json"] {
        let run = folder.run(&["gap", "a.csv", "--format", format]);
        assert_eq!(run.code, 0, "{format}: {}", run.stderr);
        assert!(run.stdout.contains("emp"), "{format}: {}", run.stdout);
    }
    let csv = folder.run(&["gap", "a.csv", "--format", "csv"]).stdout;
    assert!(csv.starts_with("part,name,region,wave,statistic,value,low,high,"), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("total,,,,weighted,")), "{csv}");
    for name in ["gaps.xlsx", "gaps.json"] {
        let run = folder.run(&["gap", "a.csv", "-o", name]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(folder.names().contains(&name.to_owned()));
    }
    let verified = folder.run(&["verify", "gaps.json"]);
    assert_eq!(verified.code, 0, "{}{}", verified.stdout, verified.stderr);
}

#[test]
fn a_report_has_the_limits_of_dimensions_and_the_first_screen_needs_no_rows() {
    let folder = servqual("bank_a", "");
    let gaps = |command: &str| {
        let run = folder.run(&[command, "a.csv", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        report["sections"]
            .as_array()
            .unwrap()
            .iter()
            .find(|section| section["kind"] == "gaps")
            .unwrap()
            .clone()
    };
    let (report, screen) = (gaps("report"), gaps("analyze"));
    near(&report["total"]["weighted"], BANK[1]);
    assert_eq!(report["dimensions"].as_array().unwrap().len(), 5);
    assert_eq!((screen["total"]["of"].as_str(), &screen["total"]["low"]), (Some("items"), &Value::Null));
    assert!(screen.get("dimensions").is_none());
}

#[test]
fn a_pair_on_two_scales_is_refused_and_a_scale_turned_round_falls_short_above_zero() {
    let rows: String = (0..60).map(|at| format!("{},{}\n", 1 + at % 2, 3 + at % 3)).collect();
    let answers = format!("wait_e,wait_p\n{rows}");
    let low = "[scale.marks]\nmin = 1\nmax = 6\nbest = \"low\"\n";
    let work = small(&answers, &(low.to_owned() + &pair("wait", "scale = \"marks\"")));
    let said = work.run(&["report", "a.csv", "-f", "md", "--quiet"]).stdout;
    assert!(said.contains("falls short of expectations") && said.contains("Below: wait +"), "{said}");
    let other = "[scale.five]\nmin = 1\nmax = 5\n[question.before]\nmeasure = \"rating\"\nscale = \"five\"\ncolumn = \"wait_e\"\n";
    let work = small(&answers, &(low.to_owned() + &pair("wait", "scale = \"marks\"") + other));
    work.run(&["gap", "a.csv"]).refused(78, &["different_scales", "`wait`", "`before`", "from 1 to 5"]);
}

#[test]
fn staff_who_all_say_the_same_prove_nothing() {
    let rows: String = (0..60).map(|at| format!("{},{}\n", 4 + at % 3, 3 + at % 4)).collect();
    let work = small(&format!("wait_e,wait_p\n{rows}"), &pair("wait", ""));
    work.file("staff.csv", "wait_e,wait_p\n7,2\n7,3\n");
    let found = section(&work, &["--staff", "staff.csv"]);
    let rows = found["staff"]["rows"].as_array().unwrap();
    let expected = rows.iter().find(|row| row["form"] == "expectation").unwrap();
    assert!(expected["p"].is_null() && expected["difference"]["low"].is_null(), "{expected}");
    assert!(expected["difference"]["value"].is_number(), "{expected}");
    let perceived = rows.iter().find(|row| row["form"] == "perception").unwrap();
    let [low, high] = ["low", "high"].map(|key| perceived["difference"][key].as_f64().unwrap());
    assert!(low >= -6.0 && high <= 6.0, "no further than the scale: {perceived}");
}

#[test]
fn where_everybody_answered_no_gap_is_tested_and_that_is_the_reason() {
    let census = "[survey]\nsampling = \"everyone_answered\"\npopulation = 5\n";
    let answers = "q_e,q_p\n5,4\n6,4\n7,7\n5,6\n7,3\n";
    let folder = small(answers, &(census.to_owned() + &pair("q", "")));
    let said = folder.run(&["gap", "a.csv", "--quiet"]).stdout;
    assert!(said.contains("Everybody of the population answered"), "{said}");
    assert!(!said.contains("no gap to test") && !said.contains("interval"), "{said}");
    let page = folder.run(&["gap", "a.csv", "--quiet", "-f", "md"]).stdout;
    assert!(page.contains("perceived minus expected") && !page.contains("with its"), "{page}");
    let sample = small(answers, &pair("q", "")).run(&["gap", "a.csv", "--quiet"]).stdout;
    assert!(!sample.contains("Everybody of the population"), "{sample}");
}
