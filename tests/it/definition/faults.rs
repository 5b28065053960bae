//! What is complained about in a definition: by which code, where, and in which words.

use csat::diagnostic::{Diagnostic, Severity};
use csat::survey;

use super::{FULL, codes, faults, parsed, places, survey_of};

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
        (
            "[question.a]\nmeasure = \"gap\"\nexpectation = \"e\"\nperception = \"p\"\nadequate = \"p\"\n",
            &["same_column 5:12"],
        ),
        (
            "[question.a]\nmeasure = \"gap\"\nexpectation = \"e\"\nperception = \"p\"\nplanned = 8\ndelivered = 0.5\n",
            &["out_of_range 5:11", "out_of_range 6:13"],
        ),
        ("[question.a]\nadequate = \"e\"\n", &["key_not_for_measure 2:1"]),
        ("[question.a]\nmeasure = \"nps\"\ndisconfirmation = true\n", &["key_not_for_measure 3:1"]),
        (
            "[question.a]\ndisconfirmation = true\nscale = \"even\"\n[scale.even]\nmax = 4\n",
            &["scale_not_for_measure 2:19"],
        ),
        ("[gaps]\ndelivered = 5\n", &["wrong_type 2:13"]),
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
        ("[construct.c]\n", &["missing_items 1:12"]),
        (
            "[question.a]\n[question.t]\nmeasure = \"text\"\n[question.n]\nmeasure = \"nps\"\n[construct.c]\n\
             items = [\"a\", \"a\", \"t\", \"n\", \"b\"]\n",
            &["duplicate_value 7:15", "not_rated 7:20", "different_scales 7:25", "unknown_question 7:30"],
        ),
        (
            "[question.a]\n[question.b]\n[construct.c]\nitems = [\"a\", \"b\"]\nindex = \"importance_weighted\"\n",
            &["no_importance 5:9"],
        ),
        (
            "[question.a]\n[construct.c]\nitems = [\"a\"]\n[construct.d]\nitems = [\"a\"]\n[path_model]\n\
             paths = [\"c -> d\", \"d -> c\", \"c d\", \"c -> e\", \"c -> d\"]\n",
            &["path_circle 7:20", "bad_path 7:30", "unknown_construct 7:37", "duplicate_value 7:47"],
        ),
        ("[path_model]\n", &["missing_paths 1:1"]),
        ("[question.a]\nretest_of = \"b\"\n", &["unknown_question 2:13"]),
        ("[question.a]\nretest_of = \"a\"\n", &["bad_retest 2:13"]),
        ("[question.a]\n[question.b]\nmeasure = \"nps\"\nretest_of = \"a\"\n", &["different_scales 4:13"]),
        ("[weighting]\nmetod = \"raking\"\n", &["unknown_key 2:1"]),
        ("[weighting]\nmethod = \"raking\"\n", &["missing_key 2:1"]),
        ("[weighting.targets]\nr = { a = -0.5, b = 1.5 }\n", &["bad_target 2:7"]),
        ("[weighting.targets]\nr = { a = nan, b = \"x\" }\n", &["wrong_type 2:11", "wrong_type 2:20"]),
        ("[weighting.targets]\nr = { a = 0, b = 0.0 }\n", &["bad_target 2:1"]),
        ("[weighting.targets.r]\n", &["no_targets 1:20"]),
        ("[weighting.targets]\nr = 5\n", &["wrong_type 2:5"]),
        ("[weighting.targets]\nr = { a = 0.2, b = 0.7 }\n", &["bad_sum 2:1"]),
        ("[weighting]\nunit = \"share\"\ntargets.r = { a = 20, b = 80 }\n", &["bad_sum 3:9"]),
        (
            "[segment.r]\nlabels = { 1 = \"North\", 2 = \"South\" }\n[weighting.targets.r]\nNort = 0.5\nsouth = 0.3\n2 = 0.2\n",
            &["unknown_segment_value 4:1", "duplicate_value 6:1"],
        ),
        (
            "[segment.r]\nbands = { a = \"..5\", b = \"6..\" }\n[weighting.targets]\nr = { a = 1 }\n",
            &["missing_target 4:1"],
        ),
        ("[weighting.targets]\nr = { a = { b = 1 } }\n", &["wrong_type 2:7"]),
        ("[weighting.targets]\n\"r*s\" = { a = 1 }\n", &["wrong_categories 2:11"]),
        (
            "[weighting.targets]\n\"r*\" = { a = 1 }\n\"s*s\" = { a = 1 }\n",
            &["bad_variables 2:1", "bad_variables 3:1"],
        ),
        ("[weighting.targets]\n\"r*s\" = { a = { b = 0.5 }, \"a*b\" = 0.5 }\n", &["duplicate_value 2:28"]),
        (
            "[weighting]\nmethod = \"post_stratification\"\n[weighting.targets]\nr = { a = 1 }\ns = { b = 1 }\n",
            &["conflict 2:10"],
        ),
        ("[weighting]\nmethod = \"logit\"\ntargets.r = { a = 1 }\n", &["missing_key 2:10"]),
        (
            "[weighting]\nmethod = \"logit\"\nlimits = { lower = 1, upper = 0.5 }\ntargets.r = { a = 1 }\n",
            &["out_of_range 3:20", "out_of_range 3:31"],
        ),
        ("[weighting]\nlimits = { lower = 0.3, upper = 3 }\ntargets.r = { a = 1 }\n", &["conflict 2:1"]),
        ("[weighting]\nbounds = { lower = 3, upper = 0.3 }\ntargets.r = { a = 1 }\n", &["out_of_range 2:20"]),
        ("[weighting]\nbounds = { lower = 2, upper = 3 }\ntargets.r = { a = 1 }\n", &["out_of_range 2:20"]),
        ("[weighting]\nbounds = { upper = 0.5 }\ntargets.r = { a = 1 }\n", &["out_of_range 2:20"]),
        ("[weighting]\nbounds = { lower = 0.5 }\ntargets.r = { a = 1 }\n", &["missing_key 2:10"]),
        (
            "[weighting]\nbounds = { upper = 99, of = \"quantile\" }\ntargets.r = { a = 1 }\n",
            &["out_of_range 2:20"],
        ),
        ("[weighting]\nredistribute = \"once\"\ntargets.r = { a = 1 }\n", &["missing_key 2:1"]),
        ("[weighting]\nscale = \"population\"\ntargets.r = { a = 1 }\n", &["missing_key 2:9"]),
        ("[weighting]\nscale = 0\ntargets.r = { a = 1 }\n", &["out_of_range 2:9"]),
        ("[weighting]\nscale = \"bse\"\ntargets.r = { a = 1 }\n", &["unknown_value 2:9"]),
        ("[weighting]\nreplicates = 50\n", &["conflict 2:1"]),
        (
            "[weighting.within.contry.DE.targets]\nr = { a = 1 }\n[segment.country]\n",
            &["unknown_segment 1:19"],
        ),
        (
            "[weighting.within.c.DE.targets]\nr = { a = 0.5 }\n[segment.c]\nlabels = { 1 = \"AT\" }\n",
            &["unknown_segment_value 1:21", "bad_sum 2:1"],
        ),
        ("[segment.c]\n[weighting.within.c.DE]\n", &["missing_key 2:21"]),
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
        ("[priorities]\ncrosshair = \"target\"\n", &["target_without_figure 2:13"]),
        ("[priorities]\ncrosshair = \"means\"\nimportance = 50\n", &["lines_twice 2:13"]),
        ("title = \"x\"\n[questions.a]\n", &["unknown_key 1:1", "unknown_key 2:2"]),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| places(text) != *expected)
        .map(|(text, expected)| format!("in:\n{text}\nfound {:?}, expected {expected:?}", places(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
