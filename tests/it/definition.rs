//! Definitions: what they say, and what they are read as.

mod each_key;
mod faults;
mod shipped;

use csat::diagnostic::Diagnostic;
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
                [question.c]\nmeasure = \"choice\"\nscale = \"yesno\"\n[scale.yesno]\nmin = 0\nmax = 1\nlabels = [\"No\", \"Yes\"]\n";
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
