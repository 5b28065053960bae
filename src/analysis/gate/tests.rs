//! Every outcome of a gate, from hand-made waves.

use super::{Judging, judge};
use crate::analysis::trend::WaveFigures;
use crate::analysis::trend::sample::wave;
use crate::report::{Better, Flag, GateOutcome, GateRow, GatesSection};
use crate::stats::Confidence;
use crate::survey::{self, Survey, gate};

const DEFINITION: &str = r#"
[question.overall]
measure = "csat"

[question.recommend]
measure = "nps"

[segment.region]
"#;

fn survey_of(more: &str) -> Survey {
    let text = DEFINITION.replace("[question.recommend]", &format!("{more}\n[question.recommend]"));
    survey::parse(text.as_bytes(), "survey.toml").unwrap().survey
}

fn gates(rows: &str) -> Survey {
    survey::parse(format!("{DEFINITION}\n{rows}").as_bytes(), "survey.toml").unwrap().survey
}

/// Satisfied and not, of the north and the south.
fn figures(label: &str, north: [u64; 2], south: [u64; 2]) -> WaveFigures {
    wave(label).satisfied(north, south, [0, 0])
}

struct Court<'a> {
    survey: &'a Survey,
    waves: &'a [WaveFigures],
    strict: bool,
    wave: Option<&'a str>,
}

impl<'a> Court<'a> {
    fn of(survey: &'a Survey, waves: &'a [WaveFigures]) -> Self {
        Self { survey, waves, strict: false, wave: None }
    }

    fn section(&self, typed: &[&str]) -> GatesSection {
        let typed: Vec<_> = typed.iter().map(|text| gate::parse(text, self.survey).unwrap()).collect();
        judge(&Judging {
            survey: self.survey,
            waves: self.waves,
            typed: &typed,
            wave: self.wave,
            confidence: Confidence::new(0.95).unwrap(),
            strict: self.strict,
        })
        .section
    }

    fn one(&self, typed: &str) -> GateRow {
        self.section(&[typed]).rows.pop().unwrap()
    }

    fn only(&self) -> GateRow {
        let mut rows = self.section(&[]).rows;
        assert_eq!(rows.len(), 1);
        rows.pop().unwrap()
    }
}

fn outcome(row: &GateRow) -> (GateOutcome, bool) {
    (row.outcome, row.fails)
}

#[test]
fn a_target_is_met_missed_open_or_on_a_small_base() {
    let survey = survey_of("target = 80");
    let at = |north, strict| {
        let waves = [figures("2026-Q3", north, [0, 0])];
        outcome(&Court { strict, ..Court::of(&survey, &waves) }.only())
    };
    assert_eq!(at([95, 5], false), (GateOutcome::Passed, false));
    assert_eq!(at([60, 40], false), (GateOutcome::Failed, true));
    assert_eq!(at([80, 20], false), (GateOutcome::CannotTell, false), "exactly at the target");
    assert_eq!(at([80, 20], true), (GateOutcome::CannotTell, true));
    assert_eq!(at([2, 18], false), (GateOutcome::SmallBase, false), "missed, but by 20 answers");
    assert_eq!(at([2, 18], true), (GateOutcome::SmallBase, true));
    assert_eq!(at([0, 0], false), (GateOutcome::NoFigure, false));
    assert_eq!(at([0, 0], true), (GateOutcome::NoFigure, true));
    assert_eq!(at([1, 0], false), (GateOutcome::SmallBase, false));
}

#[test]
fn without_any_wave_a_target_has_no_figure() {
    let row = Court::of(&survey_of("target = 80"), &[]).only();
    assert_eq!(outcome(&row), (GateOutcome::NoFigure, false));
    assert!(row.reason.unwrap().contains("no answer in any wave"));
}

#[test]
fn where_less_is_better_a_target_is_missed_from_above() {
    let survey = survey_of("target = 20\nbetter = \"lower\"");
    let at = |counts| {
        let mut waves = [figures("2026-Q3", counts, [0, 0])];
        for estimate in &mut waves[0].estimates {
            estimate.better = Some(Better::Lower);
        }
        Court::of(&survey, &waves).only().outcome
    };
    assert_eq!(at([5, 95]), GateOutcome::Passed);
    assert_eq!(at([40, 60]), GateOutcome::Failed);
}

#[test]
fn a_condition_fails_where_it_holds_and_exactly_at_its_limit_as_it_is_written() {
    let survey = survey_of("");
    let waves = [figures("2026-Q3", [60, 20], [20, 0])];
    let court = Court::of(&survey, &waves);
    for (condition, fails) in [
        ("overall.value < 80", false),
        ("overall.value <= 80", true),
        ("overall.value > 80", false),
        ("overall.value >= 80", true),
        ("overall.base < 100", false),
        ("overall.base <= 100", true),
        ("overall.low < 80", true),
        ("overall.high < 80", false),
        ("overall.mean.value < 4.4", false),
        ("overall.mean.value <= 4.4", true),
        ("overall.value[region=S] < 100", false),
        ("overall.base[region=S] >= 20", true),
        ("csat.value > 79.9", true),
    ] {
        let row = court.one(condition);
        assert_eq!(row.fails, fails, "{condition}: {row:?}");
        assert_eq!(row.outcome, if fails { GateOutcome::Failed } else { GateOutcome::Passed }, "{condition}");
        assert!(row.found.is_some());
    }
    assert!(court.one("overall.value[region=S] < 90").reason.unwrap().contains("base of 20 is below 30"));
}

#[test]
fn what_does_not_exist_or_is_hidden_is_no_figure_and_says_why() {
    let survey = survey_of("");
    let waves = [figures("2026-Q3", [60, 20], [3, 0]).hiding("S", Flag::Suppressed)];
    let court = Court::of(&survey, &waves);
    for (condition, reason) in [
        ("recommend.low < 20", "no figure of recommend in 2026-Q3"),
        ("overall.value[region=West] < 20", "region = West"),
        ("overall.value[region=S] < 20", "hidden in 2026-Q3"),
        ("overall.base[region=S] < 20", "hidden in 2026-Q3"),
        ("overall.value@2026-Q9 < 20", "no wave 2026-Q9"),
        ("overall.change < -5", "no complete wave before 2026-Q3"),
    ] {
        let row = court.one(condition);
        assert_eq!(outcome(&row), (GateOutcome::NoFigure, false), "{condition}");
        assert!(row.reason.as_ref().unwrap().contains(reason), "{condition}: {:?}", row.reason);
        assert!(row.found.is_none(), "{condition}");
    }
    let alike = [figures("2026-Q3", [40, 0], [0, 0])];
    let row = Court::of(&survey, &alike).one("overall.mean.low < 4");
    assert!(row.reason.unwrap().contains("all answers are alike"));
}

#[test]
fn the_wave_is_the_latest_complete_one_unless_it_is_named() {
    let survey = survey_of("");
    let mut waves = [
        figures("2026-Q1", [50, 50], [0, 0]),
        figures("2026-Q2", [60, 40], [0, 0]),
        figures("2026-Q3", [10, 90], [0, 0]),
    ];
    waves[2].complete = false;
    let found = |court: &Court, condition| {
        let row = court.one(condition);
        (row.wave.unwrap(), row.found.unwrap())
    };
    let court = Court::of(&survey, &waves);
    assert_eq!(found(&court, "overall.value < 0"), ("2026-Q2".to_owned(), 60.0));
    assert_eq!(found(&court, "overall.value@2026-Q1 < 0"), ("2026-Q1".to_owned(), 50.0));
    assert_eq!(found(&court, "overall.change < -100"), ("2026-Q2".to_owned(), 10.0));
    let running = Court { wave: Some("2026-Q3"), ..Court::of(&survey, &waves) };
    assert_eq!(found(&running, "overall.value < 0"), ("2026-Q3".to_owned(), 10.0));
    assert!(running.one("overall.change < 0").reason.unwrap().contains("not over"));
    for wave in &mut waves {
        wave.complete = false;
    }
    let judged = judge(&Judging {
        survey: &survey,
        waves: &waves,
        typed: &[],
        wave: None,
        confidence: Confidence::new(0.95).unwrap(),
        strict: false,
    });
    assert_eq!(judged.notes[0].code, "gate_wave_incomplete");
    waves[0].future = true;
    assert_eq!(found(&Court::of(&survey, &waves), "overall.value < 0").0, "2026-Q2", "a wave that has begun");
}

#[test]
fn a_change_is_of_the_group_against_the_same_group_before() {
    let survey = survey_of("");
    let waves = [figures("2026-Q2", [80, 20], [50, 50]), figures("2026-Q3", [60, 40], [70, 30])];
    let court = Court::of(&survey, &waves);
    let row = court.one("overall.change[region=N] < -5");
    assert_eq!((row.found, row.outcome), (Some(-20.0), GateOutcome::Failed));
    assert_eq!(row.against.as_deref(), Some("2026-Q2"));
    assert!(row.change_low.unwrap() < -20.0 && row.change_high.unwrap() > -20.0);
    assert_eq!(court.one("overall.change < 0").found, Some(0.0));
    assert_eq!(court.one("overall.change < 0").outcome, GateOutcome::Passed, "not below zero");
    assert!(court.one("overall.change@2026-Q2 < 0").reason.is_some());
}

#[test]
fn a_drop_fails_only_where_the_interval_excludes_every_allowed_one() {
    let drop = |before, after, drop: &str| {
        let survey =
            gates(&format!("[[gate]]\nname = \"steady\"\nquestion = \"overall\"\nmax_drop = {drop}"));
        let waves = [figures("2026-Q2", before, [0, 0]), figures("2026-Q3", after, [0, 0])];
        Court::of(&survey, &waves).only()
    };
    let clear = drop([900, 100], [600, 400], "5");
    assert_eq!(outcome(&clear), (GateOutcome::Failed, true));
    assert_eq!((clear.name.as_deref(), clear.of.as_str()), (Some("steady"), "change"));
    assert_eq!(outcome(&drop([45, 5], [40, 10], "5")), (GateOutcome::CannotTell, false));
    assert_eq!(drop([80, 20], [75, 25], "5").outcome, GateOutcome::CannotTell, "exactly the allowed drop");
    assert_eq!(drop([80, 20], [80, 20], "5").outcome, GateOutcome::CannotTell, "a fall of 10 fits as well");
    assert_eq!(drop([800, 200], [900, 100], "0").outcome, GateOutcome::Passed);
    assert_eq!(
        drop([8_000, 2_000], [7_800, 2_200], "5").outcome,
        GateOutcome::Passed,
        "less than is allowed"
    );
}

#[test]
fn a_drop_on_a_small_base_in_either_wave_is_an_outcome_of_its_own() {
    let survey = gates("[[gate]]\nquestion = \"overall\"\nmax_drop = 5");
    let at = |before, after, strict| {
        let waves = [figures("2026-Q2", before, [0, 0]), figures("2026-Q3", after, [0, 0])];
        Court { strict, ..Court::of(&survey, &waves) }.only()
    };
    let two = at([1, 1], [1, 1], true);
    assert_eq!(outcome(&two), (GateOutcome::SmallBase, true));
    assert!(two.reason.unwrap().contains("base of 2 is below 30"));
    let before = at([12, 0], [600, 400], false);
    assert_eq!(outcome(&before), (GateOutcome::SmallBase, false));
    assert!(before.reason.unwrap().contains("base of 12"), "the base of the wave before");
    assert_eq!(at([900, 100], [3, 9], false).outcome, GateOutcome::SmallBase);
    assert_eq!(at([900, 100], [900, 100], true).error_rate, Some(0.975), "strict asks for proof");
}

#[test]
fn a_fraction_as_the_limit_of_a_percentage_is_asked_about() {
    let survey = survey_of("target = 0.8");
    let waves = [figures("2026-Q3", [60, 40], [0, 0])];
    let typed =
        ["overall.value < 0.8", "overall.mean.value < 1.5", "overall.value < 80", "overall.base < 0.5"];
    let typed: Vec<_> = typed.iter().map(|text| gate::parse(text, &survey).unwrap()).collect();
    let judged = judge(&Judging {
        survey: &survey,
        waves: &waves,
        typed: &typed,
        wave: None,
        confidence: Confidence::new(0.95).unwrap(),
        strict: false,
    });
    let doubtful: Vec<bool> = judged
        .section
        .rows
        .iter()
        .map(|row| row.reason.as_ref().is_some_and(|reason| reason.contains("did you mean 80?")))
        .collect();
    assert_eq!(doubtful, [true, true, false, false, false]);
    assert_eq!(judged.notes.len(), 2);
    assert!(judged.notes.iter().all(|note| note.code == "gate_percent"), "{:?}", judged.notes);
    assert!(judged.notes[1].text.contains("overall.value < 0.8: percent figures"), "{:?}", judged.notes);
}

#[test]
fn where_less_is_better_a_drop_is_a_rise() {
    let survey = gates("[[gate]]\nquestion = \"overall\"\nmax_drop = 5");
    let at = |before, after| {
        let mut waves = [figures("2026-Q2", before, [0, 0]), figures("2026-Q3", after, [0, 0])];
        for wave in &mut waves {
            for estimate in &mut wave.estimates {
                estimate.better = Some(Better::Lower);
            }
        }
        Court::of(&survey, &waves).only().outcome
    };
    assert_eq!(at([100, 900], [400, 600]), GateOutcome::Failed);
    assert_eq!(at([400, 600], [100, 900]), GateOutcome::Passed);
}

#[test]
fn a_drop_on_last_year_looks_there() {
    let survey = gates("[[gate]]\nquestion = \"overall\"\nmax_drop = 5\nagainst = \"last_year\"");
    let waves = [
        figures("2025-Q3", [900, 100], [0, 0]),
        figures("2026-Q2", [600, 400], [0, 0]),
        figures("2026-Q3", [600, 400], [0, 0]),
    ];
    let row = Court::of(&survey, &waves).only();
    assert_eq!((row.against.as_deref(), row.outcome), (Some("2025-Q3"), GateOutcome::Failed));
    let row = Court::of(&survey, &waves[1..]).only();
    assert!(row.reason.unwrap().contains("a year before 2026-Q3"));
}

#[test]
fn a_question_that_was_asked_otherwise_is_not_compared() {
    let survey = survey_of("");
    let mut waves = [figures("2026-Q2", [80, 20], [0, 0]), figures("2026-Q3", [60, 40], [0, 0])];
    waves[0].questions[0].text = "How was it?".into();
    waves[1].questions[0].text = "How satisfied are you?".into();
    let reason = Court::of(&survey, &waves).one("overall.change < -5").reason.unwrap();
    assert!(reason.contains("asked otherwise"), "{reason}");
    waves[1].questions[0].bridge = true;
    assert_eq!(Court::of(&survey, &waves).one("overall.change < -5").found, Some(-20.0));
}

#[test]
fn every_error_rate_is_that_at_the_limit() {
    let survey = survey_of("target = 80");
    let waves = [figures("2026-Q2", [80, 20], [0, 0]), figures("2026-Q3", [60, 40], [0, 0])];
    let rates = |strict| {
        let section = Court { strict, ..Court::of(&survey, &waves) }.section(&[
            "overall.high < 80",
            "overall.low < 80",
            "overall.low > 80",
            "overall.value < 80",
            "overall.base < 80",
        ]);
        (section.error_rate, section.error_rate_any, section.rows.iter().map(|row| row.error_rate).collect())
    };
    let expected: Vec<Option<f64>> =
        vec![Some(0.025), Some(0.025), Some(0.975), Some(0.025), Some(0.5), None];
    assert_eq!(rates(false), (0.025, Some(0.075), expected));
    let (_, any, strict): (f64, Option<f64>, Vec<Option<f64>>) = rates(true);
    assert_eq!((any, strict[0]), (Some(0.05), Some(0.975)));
}
