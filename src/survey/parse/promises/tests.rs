use crate::survey::{Operator, Period, PromisesDefinition, parse};

const QUESTIONS: &str = "[question.knows]\nmeasure = \"choice\"\n[question.code]\nmeasure = \"csat\"\n\
                         [question.why]\nmeasure = \"text\"\n";

fn promises(text: &str) -> PromisesDefinition {
    parse(text.as_bytes(), "s.toml").unwrap().survey.promises.unwrap()
}

/// The code, line and column of each fault.
fn faults(text: &str) -> Vec<(&'static str, usize, usize)> {
    let faults = parse(text.as_bytes(), "s.toml").unwrap_err();
    let place = |fault: &crate::diagnostic::Diagnostic| {
        let place = fault.place.as_ref().unwrap();
        (fault.code, place.line, place.column)
    };
    faults.iter().map(place).collect()
}

#[test]
fn everything_has_a_default() {
    assert_eq!(promises("[promises]\n"), PromisesDefinition::default());
    assert!(parse(b"", "s.toml").unwrap().survey.promises.is_none());
}

#[test]
fn promises_stand_in_written_order_with_all_that_is_said() {
    let read = promises(
        "[promises]\nevents = \"e.csv\"\ndate = \"when\"\nperiod = \"month\"\ntargets = { kept = 95 }\n\
         [promises.zeal]\ntext = \"Two days\"\nindicator = \"days\"\noperator = \"<=\"\ntarget = 2\nunit = \"days\"\n\
         remedy = \"10 EUR\"\nvalid_to = \"2025-12-31\"\nowner = \"Logistics\"\ntarget_kept = 97.5\n\
         [promises.zeal_2026]\npromise = \"zeal\"\nversion = \"2026\"\nvalid_from = \"2026-01-01\"\n\
         [promises.answer]\ntopic = \"Service\"\n",
    );
    let ids: Vec<&str> = read.promises.iter().map(|promise| promise.id.as_str()).collect();
    assert_eq!(ids, ["zeal", "zeal", "answer"]);
    let first = &read.promises[0];
    assert_eq!(first.rule(), Some((Operator::AtMost, 2.0)));
    assert_eq!((first.remedy.as_deref(), first.owner.as_deref()), (Some("10 EUR"), Some("Logistics")));
    assert_eq!((first.target_kept, first.place.as_ref().map(|place| place.line)), (Some(97.5), Some(6)));
    assert_eq!(read.promises[1].version.as_deref(), Some("2026"));
    assert_eq!(read.period, Period::Month);
    let date = read.column("date").unwrap();
    assert_eq!((date.column.as_str(), date.guessed), ("when", false));
    assert!(read.column("met").unwrap().guessed);
}

#[test]
fn what_cannot_be_is_said_at_its_place() {
    for (text, expected) in [
        ("[promises]\nevnts = \"e.csv\"\n", ("unknown_key", 2, 1)),
        ("[promises.a]\noperator = \"=<\"\ntarget = 1\n", ("unknown_value", 2, 12)),
        ("[promises.a]\noperator = \"<=\"\ntarget = \"two\"\n", ("wrong_type", 3, 10)),
        ("[promises.a]\ntarget = 1\n", ("half_a_rule", 2, 10)),
        (
            "[promises.a]\nvalid_from = \"2026-02-01\"\nvalid_to = \"2026-01-01\"\n",
            ("end_before_begin", 3, 12),
        ),
        ("[promises.a]\ntext = \"x\"\n[promises.b]\npromise = \"A\"\n", ("overlapping_versions", 3, 11)),
        ("[promises]\nfile = \"p.csv\"\n[promises.a]\ntext = \"x\"\n", ("conflict", 2, 8)),
        ("[promises]\nmet = \"a\"\nvalue = \"a\"\n", ("same_column", 3, 9)),
        ("[promises]\nsegments = [\"a\", \"a\"]\n", ("duplicate_value", 2, 18)),
        ("[promises]\nsegments = [\"value\"]\n", ("conflict", 2, 13)),
        ("[promises]\nas_of = \"soon\"\n", ("bad_date", 2, 9)),
        ("[promises]\ntargets = { keept = 90 }\n", ("unknown_target", 2, 13)),
        ("[promises]\ntargets = { events = 90 }\n", ("unknown_target", 2, 13)),
        ("[promises]\ntargets = { kept = 900 }\n", ("out_of_range", 2, 13)),
        ("[promises]\ntargets = { awareness = 50 }\n", ("missing_key", 2, 13)),
        ("[promises]\naware = [\"a\"]\n", ("missing_key", 2, 9)),
        ("[promises]\nawareness = \"know\"\n", ("unknown_question", 2, 13)),
        ("[promises]\nsatisfaction = \"why\"\n", ("wrong_measure", 2, 16)),
    ] {
        assert_eq!(faults(&format!("{text}{QUESTIONS}")), [expected], "{text}");
    }
}

#[test]
fn a_value_that_was_complained_about_is_not_missed_too() {
    let text = "[promises.a]\noperator = \"about\"\ntarget = 2\n";
    assert_eq!(faults(text), [("unknown_value", 2, 12)]);
}
