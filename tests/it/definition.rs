use std::collections::BTreeSet;

use csat::diagnostic::{Diagnostic, Severity};
use csat::survey::{
    self, Best, Columns, GateRule, Headline, Invited, Measure, Parsed, Period, Survey, WaveRule,
};
use proptest::prelude::*;

/// The sample of the design: nearly every table and key.
pub(crate) const FULL: &str = include_str!("data/full.toml");

fn parsed(text: &str) -> Parsed {
    survey::parse(text.as_bytes(), "survey.toml").unwrap_or_else(|faults| {
        let faults: Vec<String> = faults.iter().map(Diagnostic::render).collect();
        panic!("in:\n{text}\n{}", faults.join("\n"))
    })
}

fn survey_of(text: &str) -> Survey {
    parsed(text).survey
}

fn faults(text: &str) -> Vec<Diagnostic> {
    match survey::parse(text.as_bytes(), "survey.toml") {
        Ok(parsed) => panic!("no fault in:\n{text}\n{:?}", parsed.notes),
        Err(faults) => faults,
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&str> {
    found.iter().map(|fault| fault.code).collect()
}

/// The faults as `code line:column`, to pin both.
fn places(text: &str) -> Vec<String> {
    let place = |fault: &Diagnostic| fault.place.as_ref().map_or((0, 0), |place| (place.line, place.column));
    faults(text).iter().map(|fault| format!("{} {}:{}", fault.code, place(fault).0, place(fault).1)).collect()
}

#[test]
fn an_empty_file_is_a_survey() {
    assert_eq!(survey_of(""), Survey::default());
    assert_eq!(survey_of("\u{feff}# nothing\r\n"), Survey::default());
    assert!((Survey::default().confidence - 0.95).abs() < 1e-12);
    assert_eq!(Survey::default().data.fiscal_year_start, 1);
}

#[test]
fn the_sample_of_the_design_reads_as_it_is_written() {
    let survey = survey_of(FULL);
    assert_eq!(survey.population, Some(48000));
    assert_eq!(survey.data.wave, Some(WaveRule::Every(Period::Quarter)));
    assert_eq!(survey.data.missing, ["", "NA"]);
    assert_eq!(survey.data.invited, Some(Invited::Total(6400)));
    let ids: Vec<&str> = survey.questions.iter().map(|question| question.id.as_str()).collect();
    let order = "overall recommend ease staff speed price q12 q13 q14 q15 q16 q17 q18 q19 q20 app comment";
    assert_eq!(ids, order.split(' ').collect::<Vec<_>>());
    let question = |id: &str| survey.questions.iter().find(|question| question.id == id).unwrap();
    assert!(question("overall").overall);
    assert_eq!(question("overall").target, Some(80.0));
    assert_eq!(question("recommend").headline, Some(Headline::Nps));
    assert_eq!(
        question("recommend").scale.as_ref().map(|scale| (scale.min, scale.max, scale.top)),
        Some((0, 10, 2))
    );
    assert_eq!(question("ease").scale.as_ref().map(|scale| (scale.max, scale.top)), Some((7, 3)));
    assert_eq!(question("q16").dimension.as_deref(), Some("service"));
    let pair = |first: &str, second: &str| Columns::Pair {
        first: vec![first.to_owned()],
        second: vec![second.to_owned()],
    };
    assert_eq!(question("staff").columns, pair("staff_expected", "staff_perceived"));
    assert_eq!(question("comment").scale, None);
    let scale = &survey.scales["satisfaction"];
    assert_eq!(scale.dont_know, ["6", "Don't know"]);
    assert_eq!(scale.translations["de"][2], "Teils, teils");
    let bands: Vec<_> =
        survey.segments[1].bands.iter().map(|band| (band.label.as_str(), band.low, band.high)).collect();
    assert_eq!(
        bands,
        [
            ("under 30", None, Some(29.0)),
            ("30 to 49", Some(30.0), Some(49.0)),
            ("50 and over", Some(50.0), None)
        ]
    );
    assert!(survey.segments[1].age);
    let dimensions: Vec<&str> = survey.dimensions.keys().map(String::as_str).collect();
    assert_eq!(dimensions, ["assurance", "service"]);
    assert_eq!(survey.not_yet_analysed.len(), 1, "{:?}", survey.not_yet_analysed);
}

#[test]
fn effort_is_turned_and_cut_by_its_version() {
    let scale = |text: &str| {
        let scale = survey_of(text).questions[0].scale.clone().unwrap();
        (scale.name, scale.best, scale.top)
    };
    let one = "[question.e]\nmeasure = \"ces\"\nversion = 1\n";
    assert_eq!(scale(one), ("effort5".to_owned(), Best::Low, 2));
    assert_eq!(scale("[question.e]\nmeasure = \"ces\"\n"), ("agreement7".to_owned(), Best::High, 3));
    let own = "scale = \"s\"\n[scale.s]\nmax = 7\n";
    assert_eq!(scale(&format!("{one}{own}")), ("s".to_owned(), Best::Low, 3));
    assert_eq!(scale(&format!("{one}{own}best = \"high\"\ntop = 2\n")), ("s".to_owned(), Best::High, 2));
}

#[test]
fn a_table_named_like_a_built_in_scale_overrides_what_it_writes() {
    let survey = survey_of(
        "[scale.effort5]\nlabels = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n[scale.satisfaction]\nmax = 10\n[question.q]\n",
    );
    assert_eq!(survey.scales["effort5"].best, Best::Low);
    assert_eq!(survey.scales["effort5"].labels[4], "e");
    let scale = survey.questions[0].scale.as_ref().unwrap();
    assert_eq!((scale.max, scale.top, scale.labels.len()), (10, 3, 0));
}

#[test]
fn the_default_scale_is_for_csat_and_rating() {
    let text = "[defaults]\nscale = \"ten\"\n[scale.ten]\nmax = 10\n[question.a]\n[question.b]\nmeasure = \"nps\"\n\
                [question.c]\nmeasure = \"importance\"\n[question.d]\nmeasure = \"csat\"\n";
    let names: Vec<String> =
        survey_of(text).questions.iter().map(|question| question.scale.clone().unwrap().name).collect();
    assert_eq!(names, ["ten", "recommend", "importance5", "ten"]);
}

#[test]
fn a_question_overrides_its_block_and_stands_where_it_is_first_named() {
    let text = "[question.b]\ntarget = 3\n[block.x]\nquestions = [\"a\", \"b\", \"c\"]\nmeasure = \"csat\"\nheadline = \"mean\"\ntarget = 4\n";
    let found: Vec<_> = survey_of(text)
        .questions
        .iter()
        .map(|question| (question.id.clone(), question.measure, question.target))
        .collect();
    let csat = |id: &str, target: f64| (id.to_owned(), Measure::Csat, Some(target));
    assert_eq!(found, [csat("b", 3.0), csat("a", 4.0), csat("c", 4.0)]);
}

#[test]
fn options_come_from_a_list_a_table_or_a_scale() {
    let text = "[question.a]\nmeasure = \"choice\"\nlabels = [\"x\", \"y\"]\n[question.b]\nmeasure = \"multi\"\nlabels = { q = \"x\" }\n\
                [question.c]\nmeasure = \"checklist\"\nscale = \"yesno\"\n[scale.yesno]\nmin = 0\nmax = 1\nlabels = [\"No\", \"Yes\"]\n";
    let found = survey_of(text).questions;
    let codes = |index: usize| {
        found[index].options.iter().map(|(code, label)| format!("{code}={label}")).collect::<Vec<_>>()
    };
    assert_eq!(codes(0), ["1=x", "2=y"]);
    assert_eq!(codes(1), ["q=x"]);
    assert_eq!(codes(2), ["0=No", "1=Yes"]);
    assert_eq!(found[1].separator.as_deref(), Some(";"));
}

#[test]
fn invitations_by_wave_and_by_segment() {
    let waves =
        survey_of("[data]\ndate = \"d\"\nwave = { every = \"quarter\" }\ninvited = { \"2026-Q1\" = 5 }\n");
    assert!(matches!(waves.data.invited, Some(Invited::Waves(waves)) if waves["2026-Q1"] == 5));
    let segments = survey_of("[data.invited.r]\n1 = 5\n[segment.r]\nlabels = { 1 = \"North\" }\n");
    assert!(matches!(segments.data.invited, Some(Invited::Segments(by)) if by["r"]["North"] == 5));
}

/// Every fault of meaning, with its code and place.
#[test]
fn faults_are_named_and_placed() {
    let cases: &[(&str, &[&str])] = &[
        ("[survey]\ntitel = \"x\"\n", &["unknown_key 2:1"]),
        ("[survey]\nconfidence = 95\n", &["out_of_range 2:14"]),
        ("[survey]\nconfidence = nan\n", &["out_of_range 2:14"]),
        ("[survey]\npopulation = 0\n", &["out_of_range 2:14"]),
        ("[survey]\npopulation = -1\nflag_below = 1.5\n", &["out_of_range 2:14", "wrong_type 3:14"]),
        ("[survey]\nsampling = \"rndom\"\ntitle = 5\n", &["unknown_value 2:12", "wrong_type 3:9"]),
        ("[data]\nwave = { every = \"quarter\" }\n", &["wave_without_date 2:18"]),
        ("[data]\ndate = \"d\"\nwave = { every = \"decade\" }\n", &["unknown_value 3:18"]),
        ("[data]\nwave = {}\n", &["missing_key 2:8"]),
        ("[data]\nwave = { column = \"r\", order = [1, 1] }\n", &["duplicate_value 2:32"]),
        ("[data]\ndate = { format = \"%Q\" }\n", &["missing_key 2:8", "bad_date_format 2:19"]),
        ("[data]\nfiscal_year_start = 13\n", &["out_of_range 2:21"]),
        ("[data]\ninvited = { a = 5 }\n", &["unknown_wave 2:13"]),
        (
            "[data]\ndate = \"d\"\nwave = { every = \"month\" }\ninvited = { \"2026-Q1\" = 5 }\n",
            &["unknown_wave 4:13"],
        ),
        ("[data]\ninvited = { r = { a = 5 } }\n", &["unknown_segment 2:13"]),
        ("[scale.s]\nmin = 5\nmax = 1\n", &["out_of_range 3:7"]),
        ("[scale.s]\nmin = 0\nmax = 5000\n", &["out_of_range 3:7"]),
        ("[scale.s]\nmax = 5\ntop = 5\n", &["out_of_range 3:7"]),
        ("[scale.s]\nmax = 5\ntop = 0\n", &["out_of_range 3:7"]),
        ("[scale.s]\nmax = 5\nlabels = [\"a\"]\n", &["label_count 3:10"]),
        ("[scale.s]\nlabels = [\"a\", \"A \"]\n", &["ambiguous_code 2:16"]),
        ("[scale.s]\nlabels = [\"a\", \"\"]\n", &["out_of_range 2:10"]),
        ("[scale.s]\nmax = 5\nnot_applicable = [0, 5.0]\n", &["ambiguous_code 3:22"]),
        ("[scale.s]\nmax = 5\nnot_applicable = [0]\ndont_know = [0]\n", &["ambiguous_code 4:14"]),
        (
            "[scale.s]\nmax = 2\nlabels = [\"no\", \"yes\"]\ntranslations.xx = [\"yes\", \"no\"]\n",
            &["ambiguous_code 4:20", "ambiguous_code 4:27"],
        ),
        ("[question.a]\nmeasure = \"cast\"\n", &["unknown_value 2:11"]),
        ("[question.a]\nscale = \"satisfation\"\n", &["unknown_scale 2:9"]),
        ("[defaults]\nscale = \"x\"\n", &["unknown_scale 2:9"]),
        ("[question.a]\nmeasure = \"gap\"\nexpectation = \"e\"\n", &["missing_pair 1:11"]),
        ("[question.a]\nmeasure = \"gap\"\nexpectation = \"e\"\nperception = \"e\"\n", &["same_column 4:14"]),
        ("[question.a]\nmeasure = \"kano\"\n", &["missing_pair 1:11"]),
        ("[question.a]\nexpectation = \"e\"\n", &["key_not_for_measure 2:1"]),
        ("[question.a]\nmeasure = \"text\"\ntarget = 5\n", &["key_not_for_measure 3:1"]),
        ("[question.a]\nmeasure = \"nps\"\nheadline = \"top_box\"\n", &["headline_not_for_measure 3:12"]),
        ("[question.a]\ntarget = 101\n", &["out_of_range 2:10"]),
        ("[question.a]\nheadline = \"mean\"\ntarget = 80\n", &["out_of_range 3:10"]),
        ("[question.a]\nmeasure = \"nps\"\nscale = \"satisfaction\"\n", &["scale_not_for_measure 3:9"]),
        ("[question.a]\noverall = true\n[question.b]\noverall = true\n", &["two_overall 4:11"]),
        ("[question.a]\n[segment.a]\n", &["id_clash 1:11"]),
        ("[question.a]\ndimension = \"asurance\"\n[dimension.assurance]\n", &["unknown_dimension 2:13"]),
        ("[question.a]\nmeasure = \"choice\"\nscale = \"recommend\"\n", &["scale_not_for_measure 3:9"]),
        ("[block.b]\n", &["missing_key 1:8"]),
        ("[block.b]\nquestions = [\"a\", \"a\"]\n", &["duplicate_question 2:19"]),
        (
            "[block.b]\nquestions = [\"q1..q3\"]\n[block.c]\nquestions = [\"q2\"]\n",
            &["duplicate_question 4:14"],
        ),
        ("[block.b]\nquestions = [\"q3..q1\"]\n", &["bad_range 2:14"]),
        ("[block.b]\nquestions = [\"a\"]\nmeasure = \"gap\"\n", &["missing_pair 2:14"]),
        ("[segment.s]\nbands = { a = \"1..5\", b = \"5..9\" }\n", &["overlapping_bands 2:27"]),
        ("[segment.s]\nbands = { a = \"5..1\" }\n", &["empty_band 2:15"]),
        ("[segment.s]\nbands = { a = \"1-5\" }\n", &["bad_range 2:15"]),
        ("[segment.s]\nage_from = \"b\"\n", &["age_without_date 2:12"]),
        (
            "[segment.s]\npopulation = { Nort = 5 }\nlabels = { 1 = \"North\" }\n",
            &["unknown_segment_value 2:16"],
        ),
        ("[segment.\"a,b\"]\n", &["bad_name 1:10"]),
        ("[dimension.d]\nweight = -1\n", &["out_of_range 2:10"]),
        ("[weighting.targets.region]\nNorth = 1\n", &["not_yet 1:2"]),
        ("[exclude]\nduplicate_ids = \"first\"\n", &["missing_key 2:17"]),
        ("[data]\nid = \"i\"\n[exclude]\nduplicate_ids = \"frist\"\n", &["unknown_value 4:17"]),
        ("[exclude]\npartial = \"yes\"\ntests = false\n", &["wrong_type 2:11", "unknown_key 3:1"]),
        ("[exclude]\nwhere = \"a <\"\n", &["expected_value 2:13"]),
        ("[exclude]\nwhere = [\"a = 1\", \" \"]\n", &["out_of_range 2:9"]),
        ("[exclude]\nwhere = []\n", &["out_of_range 2:9"]),
        ("[lookup]\nfile = \"a.csv\"\n", &["missing_key 1:1"]),
        ("[[lookup]]\nkey = \"id\"\n", &["missing_key 1:1"]),
        ("lookup = \"a.csv\"\n", &["wrong_type 1:10"]),
        ("[lookup]\nfile = \"a.csv\"\nkey = \"id\"\nmach = \"x\"\n", &["unknown_key 4:1"]),
        ("[lookup]\nfile = \"a.csv\"\nkey = \"id\"\ncolumns = [\"a\", \"a\"]\n", &["duplicate_value 4:11"]),
        (
            "[lookup]\nfile = \"a.csv\"\nkey = \"id\"\nleading_zeros = \"drop\"\ncolumns = []\n",
            &["unknown_value 4:17", "out_of_range 5:11"],
        ),
        ("[report]\naccent = \"green\"\n", &["bad_colour 2:10"]),
        ("[report]\nlanguage = \"it\"\nfor = \"bord\"\n", &["unknown_value 2:12", "unknown_value 3:7"]),
        ("[report]\nsections = [\"glance\", \"tabels\"]\n", &["unknown_value 2:12"]),
        ("[report]\nsections = [\"glance\", \"glance\"]\n", &["duplicate_value 2:12"]),
        ("[report]\nsections = []\n", &["out_of_range 2:12"]),
        ("[report]\nnumber_format = { thousands = \".\" }\n", &["conflict 2:31"]),
        ("[report]\nnumber_format = { decimal = \";\" }\n", &["unknown_value 2:29"]),
        ("[report]\nclauses = { iso_9001 = 2015 }\n", &["wrong_type 2:24"]),
        (
            "[report]\nclauses = { iso_9001 = \"DIS\", iso_9000 = \"2015\" }\n",
            &["bad_edition 2:24", "unknown_key 2:31"],
        ),
        ("[report]\ntitel = \"x\"\n[[report]]\n", &["unknown_key 2:1", "duplicate 3:3"]),
        ("[question.a]\nmeasure = \"text\"\nbridge = true\n", &["key_not_for_measure 3:1"]),
        ("[question.a]\nimportance_of = \"b\"\n[question.b]\n", &["key_not_for_measure 2:1"]),
        (
            "[question.a]\nmeasure = \"importance\"\nimportance_of = \"sped\"\n[question.speed]\n",
            &["unknown_question 3:17"],
        ),
        (
            "[question.a]\nmeasure = \"importance\"\nimportance_of = \"b\"\n[question.b]\nmeasure = \"number\"\n",
            &["unknown_question 3:17"],
        ),
        (
            "[question.a]\nmeasure = \"importance\"\nimportance_of = \"c\"\n\
             [question.b]\nmeasure = \"importance\"\nimportance_of = \"c\"\n[question.c]\n",
            &["duplicate_value 6:17"],
        ),
        ("[gate]\nfail_if = \"a.low < 2\"\n", &["wrong_type 1:2"]),
        ("gate = 5\n", &["wrong_type 1:8"]),
        ("gate = [5]\n", &["wrong_type 1:9"]),
        ("[[gate]]\nname = \"x\"\n[[gate]]\n", &["missing_key 1:1", "missing_key 3:1"]),
        ("[question.a]\n[[gate]]\nfail_if = \"a.low < 2\"\nmax_drop = 5\n", &["conflict 4:12"]),
        ("[question.a]\n[[gate]]\nfail_if = \"a.low < 2\"\nquestion = \"a\"\n", &["conflict 4:1"]),
        ("[question.ab]\n[[gate]]\nfail_if = \"abc.low < 2\"\n", &["unknown_question 3:12"]),
        ("[question.a]\n[[gate]]\nfail_if = \"a.lwo < 2\"\n", &["unknown_part 3:14"]),
        ("[question.a]\n[[gate]]\nfail_if = \"a.low < \\u0032,5\"\n", &["not_a_number 3:11"]),
        ("[question.a]\n[[gate]]\nfial_if = \"a.low < 2\"\n", &["missing_key 2:1", "unknown_key 3:1"]),
        ("[[gate]]\nmax_drop = 5\n", &["missing_key 2:12"]),
        ("[[gate]]\nmax_drop = -5\nquestion = \"a\"\n[question.a]\n", &["out_of_range 2:12"]),
        ("[question.ab]\n[[gate]]\nmax_drop = 5\nquestion = \"abc\"\n", &["unknown_question 4:12"]),
        (
            "[question.a]\n[[gate]]\nmax_drop = 5\nquestion = \"a\"\nstatistic = \"topbox\"\nagainst = \"before\"\n\
             segment = { r = \"x\" }\n",
            &["unknown_statistic 5:13", "unknown_value 6:11", "unknown_segment 7:13"],
        ),
        (
            "[question.a]\n[segment.r]\nlabels = { 1 = \"North\" }\n[[gate]]\nmax_drop = 5\nquestion = \"a\"\n\
             segment.r = \"Nort\"\n",
            &["unknown_segment_value 7:13"],
        ),
        ("title = \"x\"\n[questions.a]\n", &["unknown_key 1:1", "unknown_key 2:2"]),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| places(text) != *expected)
        .map(|(text, expected)| format!("in:\n{text}\nfound {:?}, expected {expected:?}", places(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_report_looks_as_it_is_written() {
    let survey = survey_of(
        "[survey]\nsuppress_below = 0\n[report]\ntitle = \" Q3 \"\nfor = \"board\"\naccent = \"#0B6E4F\"\n\
         number_format = { decimal = \",\" }\nsections = [\"method\", \"glance\"]\nclauses.iso_9001 = \"2026\"\n",
    );
    let report = &survey.report;
    assert_eq!((report.title.as_deref(), report.audience.as_deref()), (Some("Q3"), Some("board")));
    assert_eq!(report.accent.as_deref(), Some("#0b6e4f"));
    let marks = report.number_format.as_ref().map(|marks| (marks.decimal.as_str(), marks.thousands.as_str()));
    assert_eq!(marks, Some((",", "")));
    assert_eq!(report.sections, ["method", "glance"]);
    assert_eq!((report.iso_9001.as_deref(), &report.iso_10004), (Some("2026"), &None));
    assert!(survey.suppress_below_declared && !survey_of("[report]\n").suppress_below_declared);
}

#[test]
fn the_words_of_a_report_are_those_that_reports_know() {
    let words = |path: &str| {
        let key = survey::keys().iter().find(|key| key.path == path).unwrap();
        match key.kind {
            survey::Kind::Word(words) | survey::Kind::Words(words) => words.to_vec(),
            other => panic!("{other:?}"),
        }
    };
    use csat::report::{Audience, Language, PageSection};
    let audiences = [Audience::Team, Audience::Board, Audience::Customers];
    assert_eq!(words("report.for"), audiences.map(Audience::name));
    assert_eq!(words("report.language"), Language::ALL.map(|(_, code, _)| code));
    assert_eq!(words("report.sections"), PageSection::ALL.map(|(_, name)| name));
}

#[test]
fn gates_are_read_with_their_places() {
    let text = "[question.overall]\nmeasure = \"csat\"\n[segment.region]\nlabels = { 1 = \"North\" }\n\
                [[gate]]\nname = \"floor\"\nfail_if = \"csat.low[region=1] < 60\"\n\
                [[gate]]\nquestion = \"overall\"\nmax_drop = 5\nsegment = { region = \"north\" }\nagainst = \"last_year\"\n";
    let gates = survey_of(text).gates;
    let lines: Vec<usize> =
        gates.iter().filter_map(|gate| gate.place.as_ref()).map(|place| place.line).collect();
    assert_eq!(lines, [5, 8]);
    let labels: Vec<String> = gates.iter().map(survey::GateDefinition::label).collect();
    assert_eq!(labels, ["floor", "overall[region=North] max_drop 5 (last_year)"]);
    let GateRule::FailIf(condition) = &gates[0].rule else { panic!("{:?}", gates[0]) };
    assert_eq!(condition.segment, [("region".to_owned(), "North".to_owned())]);
    assert_eq!(gates[0].rule.text(), "csat.low[region=1] < 60");
}

#[test]
fn importance_is_that_of_the_question_it_names_or_that_its_id_tells() {
    let pairs = |text: &str| {
        let survey = survey_of(text);
        let named = survey
            .questions
            .iter()
            .filter_map(|question| Some(format!("{} of {}", question.id, question.importance_of.as_ref()?)));
        named.collect::<Vec<_>>().join(", ")
    };
    let block = "[block.i]\nquestions = [\"speed_importance\", \"importance_price\", \"importance_none\"]\nmeasure = \"importance\"\n\
                 [block.q]\nquestions = [\"speed\", \"price\"]\n";
    assert_eq!(pairs(block), "speed_importance of speed, importance_price of price");
    let own = format!("{block}[question.matters]\nmeasure = \"importance\"\nimportance_of = \"speed\"\n");
    assert_eq!(pairs(&own), "importance_price of price, matters of speed");
    assert_eq!(
        pairs("[question.a_importance]\nmeasure = \"importance\"\n[question.a]\nmeasure = \"text\"\n"),
        ""
    );
}

/// Qualtrics writes whole questions, with their line breaks, into the header.
#[test]
fn a_column_may_have_line_breaks_and_tabs_in_its_name_an_id_may_not() {
    let survey = survey_of(
        "[data]\nid = \"the\\tid\"\n[question.a]\ncolumn = \"How was\\r\\nit?\"\n[question.b]\nmeasure = \"gap\"\n\
         expectation = [\"x\", \"ex\\npected\"]\nperception = \"per\\nceived\"\n[segment.s]\ncolumn = \"your\\nregion\"\n",
    );
    assert_eq!(survey.data.id.as_deref(), Some("the\tid"));
    assert_eq!(survey.questions[0].columns, Columns::One(vec!["How was\r\nit?".to_owned()]));
    let pair = Columns::Pair {
        first: vec!["x".to_owned(), "ex\npected".to_owned()],
        second: vec!["per\nceived".to_owned()],
    };
    assert_eq!(survey.questions[1].columns, pair);
    assert_eq!(survey.segments[0].columns, ["your\nregion"]);
    assert_eq!(codes(&faults("[data]\nid = \"bell \\u0007\"\n")), ["control_character"]);
    assert_eq!(codes(&faults("[question.\"two\\nlines\"]\n")), ["bad_name"]);
    assert_eq!(
        codes(&faults("[question.a]\nscale = \"two\\nlines\"\n")),
        ["control_character", "unknown_scale"]
    );
}

/// What people type who do not write TOML: the message and the help say it in their words.
#[test]
fn traps_have_messages_of_their_own() {
    let cases: &[(&str, &str, &str)] = &[
        ("[survey]\nconfidence = 0,95\n", "a comma inside a number", "`confidence = 0.95`"),
        ("[survey]\npopulation = 48,000\n", "a comma inside a number", "48000"),
        ("[survey]\npopulation = 48 000\n", "separated thousands", "`population = 48000`"),
        ("[survey]\ntitle = “Hello”\n", "curly quotes", "`title = \"Hello\"`"),
        ("[data]\nid = \"C:\\Users\\x\"\n", "backslash", "'C:\\Users\\x'"),
        ("[defaults]\nscale = \"C:\\temp\"\n", "control character", "single quotes"),
        ("[question.q 1]\nmeasure = \"csat\"\n", "an id with other characters", "[question.\"q 1\"]"),
        ("[question.q1.a]\nmeasure = \"csat\"\n", "unknown key `a`", "[question.\"q1.a\"]"),
        ("[data]\npopulation = 5\n", "unknown key `population`", "belongs to `[survey]`"),
        ("[question.q]\nlabels = 5\nmin = 1\n", "unknown key `min`", "belongs to a scale"),
        ("[question.q]\noverall = True\n", "`True`", "`overall = true`"),
        ("[question.q]\noverall = yes\n", "`yes`", "`overall = true`"),
        ("[question.q]\noverall = \"yes\"\n", "expected true or false", "`true` without quotes"),
        ("[question.q]\nmeasure = csat\n", "without quotes", "`measure = \"csat\"`"),
        ("[question.q]\nmeasure \"csat\"\n", "no `=`", "`measure = \"csat\"`"),
        ("[question.q]\nmeasure : \"csat\"\n", "a colon", "`measure = \"csat\"`"),
        ("[question.q]\ntarget = –5\n", "a dash", "`target = -5`"),
        ("[question.q]\ntarget = 80%\n", "percent sign", "`target = 80`"),
        ("[question.q]\ntarget = \"80\"\n", "found the text", "80 without quotes"),
        ("[question.q]\ntarget = .5\n", "digit before its point", "0.5"),
        ("[segment.s]\nlabels = { 01 = 1 }\nbands = { \"a\" = \"1–5\" }\n", "a range of numbers", "\"1..5\""),
        (
            "[question.q]\n[question.q]\nmeasure = \"nps\"\n",
            "question `q` is defined twice, first on line 1",
            "one header",
        ),
        (
            "[question.q]\ntarget = 1\ntarget = 2\n",
            "key `target` is written twice, first on line 2",
            "keep one",
        ),
        ("[[question]]\nid = \"q\"\n", "expected a table, found a list", "[question.id]"),
        ("[survey\ntitle = \"x\"\n", "closing bracket", "`[survey]`"),
        ("[survey]\ntitle = \"x\n", "closing quote", "\"x\""),
        ("[survey]\ntitle =\u{a0}\"x\"\n", "no-break space", "plain space"),
        ("[survey]\ntitle = \"x\"\rpopulation = 5\r", "carriage return", "line ends"),
        ("survey\n", "without brackets", "[survey]"),
        ("[data]\nmissing = [\"a\"\n[question.x]\nmeasure = \"csat\"\n", "not closed", "`]`"),
        ("[data]\nwave = { every = \"day\"\n[question.x]\nmeasure = \"csat\"\n", "not closed", "`}`"),
        ("[data]\nwave = \"quarter\"\n", "expected a table", "wave = { every = \"quarter\" }"),
        ("[data]\nmissing = \"NA\"\n", "a list of numbers or texts", "[\"NA\"]"),
        ("{\"question\": {\"overall\":\n{\"measure\": \"csat\"}}}\n", "as JSON does", "[question.overall]"),
        ("// about branches\n[survey]\n", "a remark without `#`", "`# about branches`"),
        ("\u{feff}[survey]\nconfidence = 95\n", "from 0.5 to 0.9999", "0.95 for 95 %"),
    ];
    for (text, message, help) in cases {
        let found = faults(text);
        let hit = found.iter().any(|fault| {
            fault.message.contains(message) && fault.help.as_deref().is_some_and(|said| said.contains(help))
        });
        let all: Vec<String> = found.iter().map(Diagnostic::render).collect();
        assert!(hit, "wanted `{message}` and `{help}` in:\n{text}\n{}", all.join("\n"));
        for fault in &found {
            let place = fault.place.as_ref().unwrap();
            assert!(
                place.line >= 1 && place.column >= 1 && fault.why.is_some() && fault.help.is_some(),
                "{fault}"
            );
        }
    }
}

#[test]
fn every_fault_is_shown_at_once_and_a_broken_line_makes_no_echoes() {
    let text = "[survey]\nconfidence = 0,95\ntitel = \"x\"\n[question.a]\nmeasure = \"gap\"\nexpectation = \"e\"\n\
                perception = “p”\n[question.q 1]\nmeasure = \"csat\"\nbanana = 1\n[question.b]\ntaget = 5\n";
    assert_eq!(
        places(text),
        ["syntax 2:14", "unknown_key 3:1", "syntax 7:14", "syntax 8:1", "unknown_key 12:1"]
    );
}

#[test]
fn line_ends_and_encodings_of_windows() {
    assert_eq!(survey_of("[survey]\r\ntitle = \"Zürich\"\r\n").title.as_deref(), Some("Zürich"));
    let utf16: Vec<u8> = "[survey]\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [[b"\xff\xfe".as_slice(), &utf16].concat(), utf16] {
        let found = survey::parse(&bytes, "s.toml").unwrap_err();
        assert!(found[0].message.contains("UTF-16"), "{}", found[0]);
    }
    let found = survey::parse(b"[survey]\ntitle = \"Z\xfcrich\"\n", "s.toml").unwrap_err();
    assert_eq!(found[0].place.as_ref().map(|place| (place.line, place.column)), Some((2, 11)));
}

#[test]
fn cautions_do_not_stop() {
    let notes =
        |text: &str| codes(&parsed(text).notes).iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    assert_eq!(notes("[survey]\nsampling = \"everyone_answered\"\n"), ["census_without_population"]);
    assert_eq!(notes("[survey]\nsampling = \"open_link\"\npopulation = 5\n"), ["population_unused"]);
    assert_eq!(notes("[question.a]\n[question.b]\ncolumn = \"a\"\n"), ["same_column"]);
    assert_eq!(notes("[question.a]\ntarget = 0.8\n"), ["target_below_one_percent"]);
    assert_eq!(notes("[question.a]\nmeasure = \"number\"\ntarget = 5\n"), ["target_without_direction"]);
    assert_eq!(
        notes("[data]\nmissing = [\"\", 0, \"neutral\"]\n[question.a]\n[question.b]\nmeasure = \"nps\"\n"),
        ["missing_is_a_point"; 2]
    );
    assert!(parsed(FULL).notes.is_empty());
    assert!(
        parsed("[question.a]\n[question.b]\ncolumn = \"a\"\n")
            .notes
            .iter()
            .all(|note| note.severity < Severity::Error)
    );
}

const WAYS: &str =
    "[question.way]\nmeasure = \"choice\"\nlabels = [\"b\"]\n[segment.side]\nlabels = { 1 = \"b\" }\n";

/// Every documented key changes what is parsed: a key that changes nothing would be a promise not kept.
#[test]
fn every_key_changes_the_survey() {
    // Key, where it is set, its value, and what must be there besides.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("survey.title", "survey.title", "\"Another\"", ""),
        ("survey.objective", "survey.objective", "\"Another\"", ""),
        ("survey.sampling", "survey.sampling", "\"random\"", ""),
        ("survey.population", "survey.population", "5", ""),
        ("survey.confidence", "survey.confidence", "0.9", ""),
        ("survey.flag_below", "survey.flag_below", "31", ""),
        ("survey.suppress_below", "survey.suppress_below", "1", ""),
        ("defaults.scale", "defaults.scale", "\"agreement5\"", ""),
        ("data.id", "data.id", "\"other\"", ""),
        ("data.customer", "data.customer", "\"other\"", ""),
        ("data.date", "data.date", "\"other\"", ""),
        ("data.date.column", "data.date", "{ column = \"other\" }", ""),
        ("data.date.format", "data.date", "{ column = \"submitted_at\", format = \"%d/%m/%Y\" }", ""),
        ("data.wave", "data.wave", "{ every = \"year\" }", ""),
        ("data.wave.every", "data.wave.every", "\"week\"", ""),
        ("data.wave.column", "data.wave", "{ column = \"round\" }", ""),
        (
            "data.wave.order",
            "data.wave",
            "{ column = \"round\", order = [2, 1] }",
            "[data]\nwave = { column = \"round\" }",
        ),
        ("data.fiscal_year_start", "data.fiscal_year_start", "4", ""),
        ("data.fiscal_year_named", "data.fiscal_year_named", "\"start\"", ""),
        ("data.weight", "data.weight", "\"other\"", ""),
        ("data.missing", "data.missing", "[\"\"]", ""),
        ("data.decimal", "data.decimal", "\",\"", ""),
        ("data.personal", "data.personal", "[\"nickname\"]", ""),
        ("data.personal_not", "data.personal_not", "[\"address\"]", ""),
        ("data.invited", "data.invited", "6401", ""),
        ("data.invited.*", "data.invited", "{ \"2026-Q1\" = 5 }", ""),
        ("data.invited.*.*", "data.invited", "{ region = { North = 5 } }", ""),
        ("scale.*.min", "scale.five.min", "0", ""),
        ("scale.*.max", "scale.five.max", "7", ""),
        ("scale.*.points", "scale.marks.points", "[1, 2, 3, 4, 6]", ""),
        ("scale.*.top", "scale.satisfaction.top", "1", ""),
        ("scale.*.best", "scale.satisfaction.best", "\"low\"", ""),
        ("scale.*.labels", "scale.five.labels", "[\"a\", \"b\", \"c\", \"d\", \"e\"]", ""),
        (
            "scale.*.translations.*",
            "scale.satisfaction.translations.xx",
            "[\"a\", \"b\", \"c\", \"d\", \"e\"]",
            "",
        ),
        ("scale.*.not_applicable", "scale.satisfaction.not_applicable", "[9]", ""),
        ("scale.*.dont_know", "scale.satisfaction.dont_know", "[9]", ""),
        ("scale.*.missing", "scale.satisfaction.missing", "[9]", ""),
        ("question.*.measure", "question.overall.measure", "\"rating\"", ""),
        ("question.*.text", "question.overall.text", "\"Another\"", ""),
        ("question.*.label", "question.overall.label", "\"Another\"", ""),
        ("question.*.translations.*", "question.overall.translations.xx", "\"Another\"", ""),
        ("question.*.base", "question.overall.base", "\"ease > 3\"", ""),
        ("question.*.labels_in.*", "question.way.labels_in.xx", "[\"a\"]", WAYS),
        ("question.*.labels_in.*.*", "question.way.labels_in.xx", "{ 1 = \"a\" }", WAYS),
        ("segment.*.labels_in.*.*", "segment.side.labels_in.xx", "{ 1 = \"a\" }", WAYS),
        ("block.*.base", "block.efforts.base", "\"ease > 3\"", ""),
        ("question.*.column", "question.overall.column", "[\"a\", \"b\"]", ""),
        ("question.*.scale", "question.overall.scale", "\"agreement5\"", ""),
        ("question.*.overall", "question.overall.overall", "false", ""),
        ("question.*.headline", "question.overall.headline", "\"index\"", ""),
        ("question.*.target", "question.overall.target", "81", ""),
        ("question.*.dimension", "question.overall.dimension", "\"assurance\"", ""),
        ("question.*.better", "question.overall.better", "\"lower\"", ""),
        ("question.*.driver", "question.overall.driver", "false", ""),
        ("question.*.version", "question.ease.version", "1", ""),
        ("question.*.bridge", "question.overall.bridge", "true", ""),
        ("question.*.importance_of", "question.matter.importance_of", "\"price\"", ""),
        ("question.*.expectation", "question.staff.expectation", "\"other\"", ""),
        ("question.*.perception", "question.staff.perception", "[\"other\"]", ""),
        ("question.*.functional", "question.app.functional", "\"other\"", ""),
        ("question.*.dysfunctional", "question.app.dysfunctional", "\"other\"", ""),
        ("question.*.labels", "question.pick.labels", "[\"x\", \"y\"]", ""),
        ("question.*.labels.*", "question.pick.labels", "{ a = \"x\" }", ""),
        ("question.*.separator", "question.pick.separator", "\",\"", ""),
        ("block.*.questions", "block.attributes.questions", "[\"speed\"]", ""),
        ("block.*.measure", "block.attributes.measure", "\"rating\"", ""),
        ("block.*.scale", "block.attributes.scale", "\"agreement5\"", ""),
        ("block.*.headline", "block.attributes.headline", "\"net\"", ""),
        ("block.*.target", "block.attributes.target", "50", ""),
        ("block.*.dimension", "block.attributes.dimension", "\"assurance\"", ""),
        ("block.*.better", "block.attributes.better", "\"none\"", ""),
        ("block.*.driver", "block.attributes.driver", "false", ""),
        ("block.*.version", "block.efforts.version", "1", ""),
        ("block.*.labels", "block.picks.labels", "[\"x\", \"y\"]", ""),
        ("block.*.labels.*", "block.picks.labels", "{ a = \"x\" }", ""),
        ("block.*.separator", "block.picks.separator", "\",\"", ""),
        ("segment.*.column", "segment.region.column", "\"other\"", ""),
        ("segment.*.label", "segment.region.label", "\"Another\"", ""),
        ("segment.*.labels.*", "segment.region.labels.1", "\"East\"", ""),
        ("segment.*.age_from", "segment.age.age_from", "\"other\"", ""),
        ("segment.*.bands.*", "segment.age.bands.\"50 and over\"", "\"50..99\"", ""),
        ("segment.*.population.*", "segment.region.population.North", "5", ""),
        ("dimension.*.label", "dimension.assurance.label", "\"Another\"", ""),
        ("dimension.*.weight", "dimension.assurance.weight", "0.2", ""),
        ("report.title", "report.title", "\"Another\"", ""),
        ("report.for", "report.for", "\"board\"", ""),
        ("report.sections", "report.sections", "[\"glance\", \"method\"]", ""),
        ("report.language", "report.language", "\"de\"", ""),
        ("report.number_format", "report.number_format", "{ decimal = \".\" }", ""),
        ("report.number_format.decimal", "report.number_format.decimal", "\",\"", ""),
        ("report.number_format.thousands", "report.number_format.thousands", "\" \"", ""),
        ("report.logo", "report.logo", "\"logo.svg\"", ""),
        ("report.logo_text", "report.logo_text", "\"Another\"", ""),
        ("report.accent", "report.accent", "\"#0B6E4F\"", ""),
        ("report.prepared_by", "report.prepared_by", "\"Another\"", ""),
        ("report.approved_by", "report.approved_by", "\"Another\"", ""),
        ("report.document_no", "report.document_no", "\"Another\"", ""),
        ("report.revision", "report.revision", "\"Another\"", ""),
        ("report.distribution", "report.distribution", "\"Another\"", ""),
        ("report.retention", "report.retention", "\"Another\"", ""),
        ("report.clauses", "report.clauses", "{ iso_10004 = \"2012\" }", ""),
        ("report.clauses.iso_10004", "report.clauses.iso_10004", "\"2012\"", ""),
        ("report.clauses.iso_9001", "report.clauses.iso_9001", "\"2026\"", ""),
        ("exclude.duplicate_ids", "exclude.duplicate_ids", "\"last\"", ""),
        ("exclude.partial", "exclude.partial", "true", ""),
        ("exclude.test", "exclude.test", "false", ""),
        ("exclude.where", "exclude.where", "[\"a < 3\", \"b = 1\"]", ""),
        ("exclude.where.rule", "exclude.where", "{ rule = \"a < 3\" }", ""),
        ("exclude.where.reason", "exclude.where", "[{ rule = \"a < 3\", reason = \"fast\" }]", ""),
        ("lookup", "lookup", "[]", ""),
        ("lookup.file", "lookup.file", "\"b.csv\"", ""),
        ("lookup.key", "lookup.key", "\"other\"", ""),
        ("lookup.match", "lookup.match", "\"other\"", ""),
        ("lookup.columns", "lookup.columns", "[\"a\", \"b\"]", ""),
        ("lookup.columns.*", "lookup.columns", "{ a = \"b\" }", ""),
        ("lookup.leading_zeros", "lookup.leading_zeros", "\"ignore\"", ""),
        ("lookup.sheet", "lookup.sheet", "\"Customers\"", ""),
        ("gate", "gate", "[]", ""),
        ("gate.name", "gate", "[{ question = \"overall\", max_drop = 5, name = \"x\" }]", ""),
        ("gate.fail_if", "gate", "[{ fail_if = \"nps.low < 20\" }]", ""),
        ("gate.max_drop", "gate", "[{ question = \"overall\", max_drop = 6 }]", ""),
        ("gate.question", "gate", "[{ question = \"recommend\", max_drop = 5 }]", ""),
        ("gate.statistic", "gate", "[{ question = \"overall\", max_drop = 5, statistic = \"mean\" }]", ""),
        (
            "gate.segment.*",
            "gate",
            "[{ question = \"overall\", max_drop = 5, segment = { region = \"North\" } }]",
            "",
        ),
        ("gate.against", "gate", "[{ question = \"overall\", max_drop = 5, against = \"last_year\" }]", ""),
        ("quality.duration", "quality.duration", "\"secs\"", ""),
        ("quality.fast_seconds", "quality.fast_seconds", "20", ""),
        ("quality.fast_share", "quality.fast_share", "0.4", ""),
        ("quality.started", "quality.started", "\"begun\"", ""),
        ("quality.contradictions", "quality.contradictions", "[\"overall = 1\"]", ""),
        ("quality.disposition", "quality.disposition", "\"other\"", ""),
        ("quality.dispositions.complete", "quality.dispositions.complete", "[1]", ""),
        ("quality.dispositions.partial", "quality.dispositions.partial", "[1]", ""),
        ("quality.dispositions.refusal", "quality.dispositions.refusal", "[1]", ""),
        ("quality.dispositions.non_contact", "quality.dispositions.non_contact", "[1]", ""),
        ("quality.dispositions.other", "quality.dispositions.other", "[1]", ""),
        ("quality.dispositions.unknown", "quality.dispositions.unknown", "[1]", ""),
        ("quality.dispositions.not_eligible", "quality.dispositions.not_eligible", "[1]", ""),
        ("quality.disposition_counts.complete", "quality", "{ disposition_counts = { complete = 5 } }", ""),
        ("quality.disposition_counts.partial", "quality", "{ disposition_counts = { partial = 5 } }", ""),
        ("quality.disposition_counts.refusal", "quality", "{ disposition_counts = { refusal = 5 } }", ""),
        (
            "quality.disposition_counts.non_contact",
            "quality",
            "{ disposition_counts = { non_contact = 5 } }",
            "",
        ),
        ("quality.disposition_counts.other", "quality", "{ disposition_counts = { other = 5 } }", ""),
        ("quality.disposition_counts.unknown", "quality", "{ disposition_counts = { unknown = 5 } }", ""),
        (
            "quality.disposition_counts.not_eligible",
            "quality",
            "{ disposition_counts = { not_eligible = 5 } }",
            "",
        ),
        ("quality.eligible_share", "quality.eligible_share", "0.5", ""),
        ("quality.order", "quality.order", "[\"recommend\"]", ""),
    ];
    let more = "[scale.five]\nmin = 1\nmax = 5\n[question.pick]\nmeasure = \"multi\"\n\
                [block.efforts]\nquestions = [\"e1..e2\"]\nmeasure = \"ces\"\n[block.picks]\nquestions = [\"p1\"]\nmeasure = \"multi\"\n\
                [question.matter]\nmeasure = \"importance\"\n[[gate]]\nquestion = \"overall\"\nmax_drop = 5\n[quality]\ndisposition = \"status\"\n\
                [lookup]\nfile = \"a.csv\"\nkey = \"id\"\n";
    let base: toml::Table = toml::from_str(&format!("{FULL}\n{more}")).unwrap();
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.0).collect();
    let known: BTreeSet<&str> = survey::keys().iter().map(|key| key.path).collect();
    assert_eq!(covered, known);
    for (key, path, value, besides) in cases {
        let mut before = base.clone();
        if !besides.is_empty() {
            for (table, inner) in toml::from_str::<toml::Table>(besides).unwrap() {
                let target = before[&table].as_table_mut().unwrap();
                target.extend(inner.as_table().unwrap().clone());
            }
        }
        let mut after = before.clone();
        set(&mut after, path, value);
        let survey = |table: &toml::Table| survey_of(&toml::to_string(table).unwrap());
        assert_ne!(survey(&before), survey(&after), "`{key}` changes nothing");
    }
}

/// Sets the value at a dotted path, whose tables are made as needed; the parts may be quoted.
fn set(table: &mut toml::Table, path: &str, value: &str) {
    let value: toml::Table = toml::from_str(&format!("value = {value}")).unwrap();
    let mut parts: Vec<&str> = path.split('.').map(|part| part.trim_matches('"')).collect();
    let last = parts.pop().unwrap();
    let mut here = table;
    for part in parts {
        here = here.entry(part).or_insert_with(|| toml::Table::new().into()).as_table_mut().unwrap();
    }
    here.insert(last.to_owned(), value["value"].clone());
}

fn shipped() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<(String, String)> = survey::templates()
        .iter()
        .map(|template| (template.name.to_owned(), template.text.to_owned()))
        .collect();
    for folder in std::fs::read_dir(root.join("examples")).unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|ending| ending == "toml") {
                found.push((file.display().to_string(), std::fs::read_to_string(&file).unwrap()));
            }
        }
    }
    found.push(("the sample".to_owned(), FULL.to_owned()));
    found
}

#[test]
fn everything_shipped_parses_without_a_word_and_validates() {
    let validator = jsonschema::validator_for(&survey::schema()).unwrap();
    let shipped = shipped();
    assert!(shipped.len() >= 14, "{} definitions", shipped.len());
    for (name, text) in shipped {
        let notes = parsed(&text).notes;
        assert!(notes.is_empty(), "{name}: {}", notes[0]);
        let value: serde_json::Value = toml::from_str(&text).unwrap();
        if let Err(fault) = validator.validate(&value) {
            panic!("{name}: {fault} at {}", fault.instance_path());
        }
    }
}

#[test]
fn every_file_of_templates_is_embedded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("surveys");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let embedded: BTreeSet<String> =
        survey::templates().iter().map(|template| template.name.to_owned()).collect();
    assert_eq!(files, embedded);
}

#[test]
fn the_schema_refuses_what_the_parser_refuses() {
    let validator = jsonschema::validator_for(&survey::schema()).unwrap();
    let bad = [
        "[survey]\ntitel = \"x\"\n",
        "[survey]\nconfidence = 95\n",
        "[question.a]\nmeasure = \"cast\"\n",
        "[question.a]\nversion = 3\n",
        "[segment.s]\nbands = { a = \"1-5\" }\n",
        "[scale.s]\nlabels = \"a\"\n",
        "[data]\nwave = \"quarter\"\n",
        "[gate]\n",
        "[question.a]\n[[gate]]\nfial_if = \"a.low < 2\"\n",
        "[report]\naccent = \"green\"\n",
        "[report]\nsections = [\"glances\"]\n",
        "[report]\nclauses = { iso_9001 = \"DIS\" }\n",
        "[report]\nnumber_format = { decimal = \"x\" }\n",
        "[dimension.d]\nweight = -1\n",
    ];
    for text in bad {
        let value: serde_json::Value = toml::from_str(text).unwrap();
        assert!(!validator.is_valid(&value), "{text}");
        assert!(!faults(text).is_empty());
    }
}

#[test]
fn the_documentation_has_every_key_and_its_examples_parse() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/definition.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    for key in survey::keys() {
        let row = format!("| `{}` |", key.path);
        assert_eq!(
            rows.iter().filter(|line| line.starts_with(&row)).count(),
            1,
            "`{}` in the tables",
            key.path
        );
    }
    for row in &rows {
        let name = row.trim_start_matches("| `").split('`').next().unwrap();
        let known = survey::keys().iter().any(|key| key.path == name) || Measure::parse(name).is_some();
        assert!(known, "`{name}` is documented, but not a key");
    }
    let mut blocks = 0;
    for block in page.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap();
        assert!(parsed(text).notes.is_empty(), "{text}");
        blocks += 1;
    }
    assert!(blocks >= 9);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = survey::parse(&bytes, "s.toml");
    }

    #[test]
    fn a_damaged_sample_is_parsed_or_complained_about(at in 0..FULL.len(), cut in 0usize..30, put in "[\\[\\]{}=\"'#,.\u{a0}“a0\n\r-]{0,4}") {
        let start = (0..=at).rev().find(|at| FULL.is_char_boundary(*at)).unwrap();
        let end = ((start + cut).min(FULL.len())..=FULL.len()).find(|at| FULL.is_char_boundary(*at)).unwrap();
        let text = format!("{}{put}{}", &FULL[..start], &FULL[end..]);
        if let Err(found) = survey::parse(text.as_bytes(), "s.toml") {
            prop_assert!(!found.is_empty());
            for fault in found {
                let place = fault.place.clone().unwrap();
                // One carriage return belongs to the line's end; a second one is the line's own.
                let line = text.split('\n').nth(place.line - 1).unwrap_or("");
                prop_assert_eq!(place.source.as_str(), line.strip_suffix('\r').unwrap_or(line));
                prop_assert!(place.column <= place.source.chars().count() + 1);
                prop_assert!(!fault.render().is_empty());
            }
        }
    }
}
