//! What files without a definition are taken for, and the definitions drafted from them.

use std::fmt::Write as _;
use std::io::Cursor;

use csat::source::head::{Depth, HeadOptions, read};
use csat::source::input::{InputName, OpenedInput};
use csat::survey::draft::{draft, update};
use csat::survey::inference::{As, Inferred, infer};
use csat::survey::{Best, ColumnProfile, Columns, Measure, Profile, parse};
use proptest::prelude::*;

fn profile(text: &str) -> Profile {
    let stream = Box::new(Cursor::new(text.as_bytes().to_vec()));
    let input = OpenedInput::from_reader(InputName::from_argument("answers.csv"), stream).unwrap();
    read(input, &HeadOptions { depth: Depth::Full, ..HeadOptions::default() }).unwrap().profile
}

pub(super) fn inferred(text: &str) -> Inferred {
    let inferred = infer(&profile(text), &[]);
    assert!(inferred.faults.is_empty());
    assert_drafted(&inferred);
    inferred
}

fn inferred_without_draft(text: &str) -> Inferred {
    infer(&profile(text), &[])
}

/// The draft of a survey is that survey; its blocks are the draft's own.
fn assert_drafted(inferred: &Inferred) {
    let text = draft(inferred);
    match parse(text.as_bytes(), "draft.toml") {
        Ok(mut parsed) => {
            for question in &mut parsed.survey.questions {
                question.block = None;
            }
            assert_eq!(parsed.survey, inferred.survey, "{text}");
        }
        Err(complaints) => panic!("{complaints:#?}\n{text}"),
    }
}

/// `column measure`, a `?` after what is unsure.
pub(super) fn takes(inferred: &Inferred) -> Vec<String> {
    let findings = inferred.findings.iter();
    findings
        .map(|finding| {
            format!("{} {}{}", finding.column, finding.taken.name(), if finding.sure { "" } else { "?" })
        })
        .collect()
}

/// A file with these columns, each given as its name and the values it goes through.
pub(super) fn file(rows: usize, columns: &[(&str, &[&str])]) -> String {
    let mut text = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",") + "\n";
    for row in 0..rows {
        let cells = columns.iter().map(|(_, values)| match values {
            ["#"] => (10_000 + row).to_string(),
            _ => values[(row * 7 + row / values.len()) % values.len()].to_owned(),
        });
        writeln!(text, "{}", cells.collect::<Vec<_>>().join(",")).unwrap();
    }
    text
}

const FIVE: &[&str] = &["1", "2", "3", "4", "5"];
const ELEVEN: &[&str] = &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

#[test]
fn an_ordinary_file() {
    let found = inferred(&file(
        120,
        &[
            ("response_id", &["#"]),
            ("submitted_at", &["2026-01-03", "2026-02-14", "2026-05-30"]),
            ("region", &["North", "South", "East"]),
            ("overall_satisfaction", FIVE),
            ("speed", &["1", "2", "3", "4", "5", "99"]),
            ("price", FIVE),
            ("recommend", ELEVEN),
            ("staff_expected", &["5", "6", "7"]),
            ("staff_perceived", &["3", "4", "7"]),
            ("w", &["0.5", "1.5"]),
            ("weight", &["0.5", "1.5"]),
            ("comment", &["fine", "slow", "ok"]),
            ("birth_year", &["1984", "1990", "1975"]),
        ],
    ));
    assert_eq!(
        takes(&found),
        [
            "response_id id",
            "submitted_at date",
            "region segment",
            "overall_satisfaction csat",
            "speed rating",
            "price rating",
            "recommend nps",
            "staff_expected gap",
            "staff_perceived gap",
            "w skip",
            "weight skip",
            "comment skip",
            "birth_year skip",
        ]
    );
    assert!(found.date_hint.as_ref().unwrap().contains("--every quarter"));
    let questions: Vec<_> =
        found.survey.questions.iter().map(|question| (question.id.as_str(), question.measure)).collect();
    assert_eq!(
        questions,
        [
            ("overall_satisfaction", Measure::Csat),
            ("speed", Measure::Rating),
            ("price", Measure::Rating),
            ("recommend", Measure::Nps),
            ("staff", Measure::Gap)
        ]
    );
    assert!(found.survey.questions[0].overall);
    assert_eq!(found.survey.questions[1].scale.as_ref().unwrap().missing, ["99"]);
    assert_eq!(found.survey.data.weight, None, "a weight is never used unasked");
    assert_eq!(found.survey.data.id.as_deref(), Some("response_id"));
    assert!(
        found.findings[4].why.contains("5 taken as best") && found.findings[4].why.contains("no answer: 99")
    );
    assert!(draft(&found).contains("questions = [\"speed\", \"price\"]"));
}

#[test]
fn words_in_several_languages() {
    let found = inferred(&file(
        60,
        &[
            ("Q1", &["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree", "N/A"]),
            ("Q2", &["Agree", "Strongly agree", "Don't know", "NA"]),
            (
                "Zufriedenheit",
                &["Sehr zufrieden", "Zufrieden", "Teils teils", "Unzufrieden", "Sehr unzufrieden"],
            ),
            ("service", &["Très satisfait", "Satisfait", "Insatisfait"]),
            ("pregunta", &["Muy de acuerdo", "De acuerdo", "En desacuerdo"]),
        ],
    ));
    assert_eq!(takes(&found)[..3], ["Q1 rating", "Q2 rating?", "Zufriedenheit csat"]);
    let scale = found.survey.questions[0].scale.as_ref().unwrap();
    assert_eq!(scale.labels, ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]);
    assert_eq!(
        (scale.not_applicable.as_slice(), scale.dont_know.as_slice()),
        (&["N/A".to_owned()][..], &["Don't know".to_owned()][..])
    );
    assert_eq!(found.survey.questions[0].scale, found.survey.questions[1].scale, "one family, one scale");
    assert_eq!(found.survey.data.missing, ["NA"]);
    assert_eq!(found.survey.questions[3].measure, Measure::Csat);
    assert_eq!(found.survey.questions[4].scale.as_ref().unwrap().points(), 4);
}

#[test]
fn ties_are_unsure_and_neighbours_settle_them() {
    let found = inferred(&file(
        60,
        &[("alone", &["1", "2", "3"]), ("q1", FIVE), ("q2", &["2", "3", "4"]), ("q3", &["0", "3", "4"])],
    ));
    assert_eq!(takes(&found), ["alone rating?", "q1 rating", "q2 rating", "q3 rating?"]);
    assert_eq!(found.findings[0].flag.as_deref(), Some("--as alone=rating"));
    assert!(found.findings[2].why.contains("as its neighbours"));
}

#[test]
fn pairs_share_the_scale_that_they_show_together() {
    let found = inferred(&file(
        60,
        &[("E1", &["5", "6", "7"]), ("E2", &["6", "7"]), ("P1", &["1", "2", "3"]), ("P2", &["4", "5"])],
    ));
    assert_eq!(takes(&found), ["E1 gap", "E2 gap", "P1 gap", "P2 gap"]);
    let gaps: Vec<_> =
        found.survey.questions.iter().map(|gap| (gap.id.as_str(), gap.scale.as_ref().unwrap().max)).collect();
    assert_eq!(gaps, [("gap_1", 7), ("gap_2", 7)]);
    assert_eq!(
        found.survey.questions[0].columns,
        Columns::Pair { first: vec!["E1".into()], second: vec!["P1".into()] }
    );
}

#[test]
fn what_is_typed_counts() {
    let text = file(
        60,
        &[("q7", ELEVEN), ("q8", FIVE), ("branch", &["1", "2"]), ("when", &["x", "y"]), ("w", &["1", "2"])],
    );
    let typed = |flags: &[&str]| {
        let flags: Vec<As> = flags.iter().map(|flag| As::parse(flag).unwrap()).collect();
        let found = infer(&profile(&text), &flags);
        assert_drafted(&found);
        found
    };
    let found = typed(&["q7=nps", "q8=skip", "branch=segment", "when=wave", "w=weight"]);
    assert_eq!(takes(&found), ["q7 nps", "q8 skip", "branch segment", "when wave", "w weight"]);
    assert_eq!(found.survey.data.weight.as_deref(), Some("w"));
    let found = typed(&["q8=ces", "q7=choice", "branch=csat"]);
    assert_eq!(
        found.survey.questions.iter().map(|question| question.measure.name()).collect::<Vec<_>>(),
        ["choice", "ces", "csat"]
    );
    assert_eq!(found.survey.questions[1].scale.as_ref().unwrap().top, 2);
    let found = typed(&["q77=nps", "when=csat"]);
    let faults: Vec<_> =
        found.faults.iter().map(|fault| (fault.code, fault.help.as_deref().unwrap_or(""))).collect();
    assert_eq!(faults[0], ("unknown_column", "did you mean `q7`?"));
    assert_eq!(faults[1].0, "not_a_scale");
}

#[test]
fn corners() {
    assert_eq!(inferred("a,b\n").survey.questions, []);
    assert_eq!(takes(&inferred("q1,q2\n5,4\n")), ["q1 skip", "q2 skip"]);
    let found = inferred(
        "csat,\"we,ird * name\",\"two\nlines\",dup,dup,\n5,a,1,1,1,1\n4,b,2,5,2,2\n1,a,3,4,3,3\n2,b,5,3,1,1\n",
    );
    assert_eq!(found.survey.questions[0].id, "csat");
    assert_eq!(found.survey.segments[0].id, "we ird name");
    assert_eq!(found.survey.questions[1].id, "two lines");
    assert!(draft(&found).contains("[question.\"two lines\"]"));
    assert!(draft(&found).contains("column = \"two\\nlines\"\n"));
    let odd = inferred_without_draft("csat,\"a\u{7}b\"\n5,1\n4,2\n3,3\n2,5\n");
    assert!(draft(&odd).contains("a b: its name has a control character"));
    assert_eq!(
        (found.findings[3].column.as_str(), found.findings[4].column.as_str()),
        ("dup (1)", "dup (2)")
    );
    assert!(found.findings[5].why.contains("without a name"));
}

#[test]
fn an_update_adds_new_columns_only() {
    let old = "# mine\n[question.csat]\nmeasure = \"csat\"\n\n[segment.region]";
    let text = file(
        60,
        &[
            ("csat", FIVE),
            ("region", &["N", "S"]),
            ("speed", &["1", "5", "NA"]),
            ("branch", &["A", "B"]),
            ("note", &["#"]),
        ],
    );
    let updated = update(old, "a.toml", &profile(&text)).unwrap();
    assert!(updated.starts_with(old));
    let survey = parse(updated.as_bytes(), "a.toml").unwrap().survey;
    assert_eq!(
        survey.questions.iter().map(|question| question.id.as_str()).collect::<Vec<_>>(),
        ["csat", "speed"]
    );
    assert_eq!(survey.questions[1].scale.as_ref().unwrap().missing, ["NA"]);
    assert_eq!(survey.segments.len(), 2);
    assert_eq!(
        update(&updated, "a.toml", &profile(&text)).unwrap(),
        updated,
        "nothing is new the second time"
    );
    assert!(update("[question", "a.toml", &profile(&text)).is_err());
}

#[test]
fn the_header_names_the_scale_and_its_best_end() {
    let found = inferred(&file(
        120,
        &[
            ("Note (1=sehr gut; 6=ungenügend)", FIVE),
            ("Speed (1-6)", FIVE),
            ("Tempo von 1 bis 10", FIVE),
            ("Service: 1 = very bad … 7 = very good", FIVE),
            ("Rooms (1=quiet; 5=lively)", FIVE),
            ("cell words", &["1 - Excellent", "2", "3", "4", "5 - Poor"]),
            ("Staff 1-4", FIVE),
        ],
    ));
    let shown: Vec<(i32, i32, Best, bool)> = found
        .survey
        .questions
        .iter()
        .zip(&found.findings)
        .map(|(question, finding)| (question.scale.as_ref().unwrap(), finding.sure))
        .map(|(scale, sure)| (scale.min, scale.max, scale.best, sure))
        .collect();
    assert_eq!(
        shown,
        [
            (1, 6, Best::Low, true),
            (1, 6, Best::High, false),
            (1, 10, Best::High, true),
            (1, 7, Best::High, true),
            (1, 5, Best::High, false),
            (1, 5, Best::Low, true),
            (1, 5, Best::High, true),
        ]
    );
    assert!(found.findings[0].why.contains("1-6, 1 taken as best"), "{}", found.findings[0].why);
    assert!(draft(&found).contains("best = \"low\""));
}

#[test]
fn a_number_left_out_beside_the_scale_is_never_sure() {
    let mut text = "speed,nps\n".to_owned();
    for row in 0..200 {
        let speed = if row % 50 == 0 { 6 } else { row % 5 + 1 };
        writeln!(text, "{speed},{}", row % 11).unwrap();
    }
    let found = inferred(&text);
    assert_eq!(takes(&found), ["speed rating?", "nps nps"]);
    assert!(found.findings[0].why.contains("no answer: 6"), "{}", found.findings[0].why);
    assert_eq!(found.findings[0].flag.as_deref(), Some("--as speed=rating"));
}

#[test]
fn lists_in_cells_are_several_answers() {
    let text = file(
        60,
        &[
            ("channel", &["App", "Berater", "\"App, Berater\"", "\"Web, App\"", "Web"]),
            ("seat", &["\"Austin, TX\"", "\"Dallas, TX\""]),
            ("used", &["a|b", "a", "b"]),
        ],
    );
    let found = inferred(&text);
    assert_eq!(takes(&found), ["channel multi?", "seat segment", "used multi"]);
    assert_eq!(found.findings[0].flag.as_deref(), Some("--as channel=segment"));
    assert_eq!(found.survey.questions[0].separator.as_deref(), Some(","));
    assert!(draft(&found).contains("separator = \",\""));
    let typed = infer(&profile(&text), &[As::parse("used=multi").unwrap()]);
    assert_drafted(&typed);
    assert_eq!(typed.survey.questions[1].separator.as_deref(), Some("|"));
}

#[test]
fn a_draft_lists_words_to_put_in_order() {
    let text = file(60, &[("mood", &["Sunny", "Cloudy", "Stormy"]), ("csat", FIVE)]);
    let found = inferred(&text);
    assert_eq!(takes(&found), ["mood segment", "csat csat"]);
    let drafted = draft(&found);
    assert!(drafted.contains("# labels = [\"Sunny\", "), "{drafted}");
    let uncommented: Vec<&str> = drafted
        .split_once("# As a question")
        .map(|(_, question)| question.lines().skip(1).filter_map(|line| line.strip_prefix("# ")).collect())
        .unwrap();
    let survey = parse(uncommented.join("\n").as_bytes(), "mood.toml").unwrap().survey;
    assert_eq!(survey.questions[0].scale.as_ref().unwrap().labels.len(), 3);
    let typed = |text: &str, flag: &str| infer(&profile(text), &[As::parse(flag).unwrap()]).faults;
    assert!(typed(&text, "mood=csat")[0].help.as_ref().unwrap().contains("`csat init` without this flag"));
    let many = file(60, &[("free", &["#x"]), ("branch", &["A", "B"])]);
    assert!(!draft(&inferred(&many)).contains("# As a question"));
    assert!(typed(&many, "branch=csat")[0].help.as_ref().unwrap().contains("[scale]"));
}

#[test]
fn a_grid_in_words_that_nobody_knows_is_drafted_with_one_scale_to_put_in_order() {
    let (all, two): (&[&str], &[&str]) = (&["Grün", "Gelb", "Rot"], &["Gelb", "Grün"]);
    let text = file(60, &[("staff", all), ("rooms", all), ("food", two), ("csat", FIVE)]);
    let found = inferred(&text);
    assert_eq!(takes(&found), ["staff skip?", "rooms skip?", "food skip?", "csat csat"]);
    assert_eq!(found.findings[2].flag.as_deref(), Some("--as food=choice"));
    let drafted = draft(&found);
    assert!(drafted.contains("#   food: answers in words that 2 other columns have too"), "{drafted}");
    assert_eq!(drafted.matches("# [scale.").count(), 1, "{drafted}");
    let (_, grid) = drafted.split_once("# As questions, `staff`, `rooms`, `food`:").unwrap();
    let uncommented: Vec<&str> = grid.lines().skip(1).filter_map(|line| line.strip_prefix("# ")).collect();
    let survey = parse(uncommented.join("\n").as_bytes(), "grid.toml").unwrap().survey;
    assert_eq!(survey.questions.len(), 3);
    for question in &survey.questions {
        assert_eq!(question.scale.as_ref().unwrap().labels.len(), 3, "also of whom nobody chose all");
    }
    // Names that no list of a block can have stand alone.
    let odd = draft(&inferred(&file(60, &[("a..b", all), ("b", all), ("c", all)])));
    assert_eq!(odd.matches("# [question.").count(), 3, "{odd}");
    // Two words, or more than a scale has, are no scale to put in order.
    let many: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];
    for words in [&["Ja doch", "Ach nein"][..], many] {
        let found = inferred(&file(240, &[("x", words), ("y", words), ("z", words)]));
        assert!(takes(&found).iter().all(|taken| taken.ends_with(" skip")), "{:?}", takes(&found));
    }
}

#[test]
fn percents_and_money_are_numbers_and_no_ratings() {
    let percents: &[&str] = &["85%", "12.5 %", "0%", "100 %"];
    let steps: &[&str] = &["0%", "25%", "50%", "75%", "100%"];
    let text = file(
        60,
        &[
            ("share", percents),
            ("satisfaction", steps),
            ("price", &["€ 1200.50", "€45", "-€ 3"]),
            ("paid", &["$45", "$1234.5", "$7", "n/a"]),
            ("mixed", &["85%", "85", "12%", "5"]),
            ("discount_group", &["10%", "20%"]),
            ("csat", FIVE),
        ],
    );
    let found = inferred(&text);
    let expected = ["share number", "satisfaction number", "price number", "paid number"];
    assert_eq!(takes(&found)[..4], expected);
    assert_eq!(takes(&found)[4..], ["mixed segment", "discount_group segment?", "csat csat"]);
    assert_eq!(found.findings[2].why, "numbers with €");
    assert!(draft(&found).contains("# price: numbers with €"), "{}", draft(&found));
    let german = "x;y\n\"€ 1.200,50\";12,5 %\n€ 3,00;7 %\n€ 12,00;85 %\n";
    assert_eq!(takes(&inferred(german)), ["x number", "y number"]);
}

#[test]
fn marks_with_a_label_in_front_are_a_net_promoter_score() {
    let marks =
        ["Not at all likely - 0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "Extremely likely - 10"];
    let mut text =
        "How likely are you to recommend us?,How likely are you to recommend us? [Group]\n".to_owned();
    for row in 0..110 {
        let mark = row % 11;
        let group = ["Detractors", "Passives", "Promoters"][usize::from(mark > 6) + usize::from(mark > 8)];
        writeln!(text, "{},{group}", marks[mark]).unwrap();
    }
    let found = inferred(&text);
    assert!(found.findings[0].taken.name() == "nps" && found.findings[0].sure, "{:?}", found.findings);
    assert!(found.findings[1].taken.name() == "skip" && found.findings[1].sure, "{:?}", found.findings);
    assert!(found.findings[1].why.contains("as its marks have them"));
}

#[test]
fn labels_of_several_columns_make_one_scale() {
    let all: &[&str] = &[
        "1 - Not at all important",
        "2",
        "3 - Somewhat important",
        "4",
        "5 - Important",
        "6",
        "7 - Very important",
        "8",
        "9 - Extremely important",
    ];
    let found = inferred(&file(
        120,
        &[("F1_importance", all), ("F2_importance", &all[1..]), ("F3_importance", &all[2..])],
    ));
    assert_eq!(
        takes(&found),
        ["F1_importance importance", "F2_importance importance", "F3_importance importance"]
    );
    assert_eq!(found.survey.scales.len(), 1, "{:?}", found.survey.scales);
    let scale = found.survey.questions[2].scale.as_ref().unwrap();
    assert_eq!((scale.min, scale.max, scale.labels[0].as_str()), (1, 9, "Not at all important"));
}

#[test]
fn options_in_order_are_no_several_answers() {
    let orders: &[&str] = &["Lieu;Prix;Temps;", "Temps;Prix;Lieu;", "Prix;Lieu;Temps;"];
    let found = inferred(&file(60, &[("Classez", orders), ("csat", FIVE)]));
    assert_eq!(takes(&found), ["Classez skip?", "csat csat"]);
    assert!(found.findings[0].why.contains("a ranking"), "{:?}", found.findings[0]);
}

#[test]
fn words_at_the_ends_of_numbers_are_not_scored_by_a_guess_at_their_order() {
    let cells: &[&str] = &["Very satisfied", "2", "3", "4", "Very dissatisfied"];
    let text = file(120, &[("overall", cells)]);
    let found = inferred(&text);
    assert_eq!(takes(&found), ["overall skip?"]);
    assert_eq!(found.findings[0].flag.as_deref(), Some("--as overall=csat"));
    let typed = infer(&profile(&text), &[As::parse("overall=csat").unwrap()]);
    assert_drafted(&typed);
    let scale = typed.survey.questions[0].scale.as_ref().unwrap();
    assert_eq!(scale.labels, ["Very dissatisfied", "2", "3", "4", "Very satisfied"]);
}

fn cells() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,3}",
        "\\PC{0,12}",
        prop::sample::select(vec![
            "Agree",
            "Strongly agree",
            "Satisfied",
            "N/A",
            "NA",
            "Don't know",
            "2026-01-01",
            "3 - Fair",
            "1;2",
            "0.5",
            "-1"
        ])
        .prop_map(str::to_owned),
    ]
}

fn columns() -> impl Strategy<Value = ColumnProfile> {
    let names = prop_oneof![
        "\\PC{0,10}",
        "[a-z\\n\"\\\\.*,= ]{1,8}",
        prop::sample::select(vec![
            "q1",
            "q2",
            "E1",
            "P1",
            "e_2",
            "p_2",
            "nps",
            "overall csat",
            "weight",
            "id",
            "date",
            "region",
            "gap",
            "recommend"
        ])
        .prop_map(str::to_owned),
    ];
    (names, prop::collection::vec((cells(), 1..50_u64), 0..8), any::<bool>()).prop_map(
        |(name, values, overflow)| {
            let mut distinct: Vec<(String, u64)> = Vec::new();
            for (text, count) in values {
                let text = text.trim().to_owned();
                if !text.is_empty() && !distinct.iter().any(|(known, _)| *known == text) {
                    distinct.push((text, count));
                }
            }
            ColumnProfile {
                name: csat::survey::normalize(&name),
                filled: distinct.iter().map(|(_, count)| count).sum(),
                overflow: overflow && distinct.len() > 6,
                values: distinct,
                ..ColumnProfile::default()
            }
        },
    )
}

/// A control character stands in no label of a definition: found by the fuzzer.
#[test]
fn a_label_with_a_control_character_is_not_drafted() {
    let labels: &[&str] = &[
        "全く重要でない",
        "あまり重要でない",
        "どちらともいえない",
        "やや重要",
        "とても重要",
        "と\u{b}ても重要",
    ];
    let found = inferred(&file(120, &[("重要度", labels), ("name", &["a\u{1}", "b\u{2}", "c"])]));
    assert_eq!(takes(&found)[0], "重要度 importance");
}

proptest! {
    #[test]
    fn no_profile_panics_and_every_draft_parses(columns in prop::collection::vec(columns(), 0..6)) {
        let found = infer(&Profile { columns, ..Profile::default() }, &[]);
        prop_assert!(found.findings.iter().all(|finding| finding.sure == finding.flag.is_none()));
        assert_drafted(&found);
    }
}
