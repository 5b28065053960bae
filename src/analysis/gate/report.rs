//! The targets and gates of a definition, judged for a report, without the command that fails on them.

use crate::report::{Estimate, GateOutcome, GatesSection, SurveySummary};
use crate::stats::Confidence;
use crate::survey::Survey;

use super::{Judging, judge, reason};
use crate::analysis::trend::WaveFigures;

/// What the definition asks for, in the wave that the report shows (or the latest complete one); none where it asks for
/// nothing.
///
/// `waves` are those of the run and of saved reports; a run without waves is one wave without a name. Crossings are
/// not among their figures: a gate on one says that it is judged elsewhere.
pub(in crate::analysis) fn of_report(
    survey: &Survey,
    waves: Vec<WaveFigures>,
    wave: Option<&str>,
    confidence: Confidence,
    estimates: &[Estimate],
    summary: &SurveySummary,
) -> Option<GatesSection> {
    if !asks(survey) {
        return None;
    }
    let waves = if waves.is_empty() { vec![only(estimates, summary)] } else { waves };
    let judging = Judging { survey, waves: &waves, typed: &[], wave, confidence, strict: false };
    let mut section = judge(&judging).section;
    for row in &mut section.rows {
        if row.segment.len() > 1 && row.outcome == GateOutcome::NoFigure {
            row.because(reason::crossed());
        }
    }
    Some(section)
}

/// Whether there is anything to judge.
pub(in crate::analysis) fn asks(survey: &Survey) -> bool {
    let has_target =
        survey.questions.iter().any(|question| question.target.is_some() && question.headline.is_some());
    has_target || !survey.gates.is_empty()
}

/// All answers as one wave without a name.
fn only(estimates: &[Estimate], summary: &SurveySummary) -> WaveFigures {
    WaveFigures {
        label: String::new(),
        source: String::new(),
        calendar: false,
        complete: true,
        future: false,
        saved: false,
        invited: None,
        response_rate: None,
        weight: summary.weight.clone(),
        estimates: estimates.to_vec(),
        questions: summary.questions.clone(),
        segments: summary.segments.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::sample::{Row, counted, counted_by_quarter, day, quarterly, survey, times};
    use crate::analysis::{Depth, Scope, plan, run};
    use crate::report::{GateOutcome, GatesSection, Provenance, Section};
    use crate::survey::{self, Survey};
    use crate::tally::Counted;

    const DEFINITION: &str = r#"
[question.overall]
measure = "csat"

[segment.region]

[segment.channel]

[[gate]]
fail_if = "overall.low[region=N] < 20"

[[gate]]
fail_if = "overall.low[region=N, channel=phone] < 20"
"#;

    /// The survey with a target of its question and both gates.
    fn asking(mut survey: Survey) -> Survey {
        survey.questions[0].target = Some(90.0);
        survey.gates = survey::parse(DEFINITION.as_bytes(), "survey.toml").unwrap().survey.gates;
        survey
    }

    fn gates(survey: &Survey, counted: &Counted, depth: Depth) -> Option<GatesSection> {
        let scope = Scope { depth, trend: true, ..Scope::new(day(2026, 7, 1)) };
        let (_, map) = plan(survey, &scope).unwrap();
        let report = run(survey, &map, counted, &scope, Provenance::default()).unwrap();
        report.sections.into_iter().find_map(|section| match section {
            Section::Gates(gates) => Some(gates),
            _ => None,
        })
    }

    fn answers() -> Vec<Row> {
        [times(60, Row(Some("N"), 0, Ok(5))), times(40, Row(Some("N"), 1, Ok(1)))].concat()
    }

    #[test]
    fn a_report_judges_what_the_definition_asks_for_with_and_without_waves() {
        let found = gates(&asking(survey()), &counted(&answers()), Depth::Report).unwrap();
        let outcomes: Vec<GateOutcome> = found.rows.iter().map(|row| row.outcome).collect();
        assert_eq!(outcomes, [GateOutcome::Failed, GateOutcome::Passed, GateOutcome::NoFigure]);
        assert!(found.rows.iter().all(|row| row.wave.is_none()), "{found:?}");
        assert!(!found.strict);
        let reason = found.rows[2].reason.as_deref().unwrap();
        assert!(reason.starts_with("this report does not count crossings"), "{reason}");
        let found = gates(&asking(quarterly()), &counted_by_quarter(&answers(), 2), Depth::Report).unwrap();
        assert_eq!(found.rows[1].wave.as_deref(), Some("2026-Q2"), "the wave of the report");
        assert_eq!(found.rows[1].outcome, GateOutcome::Failed, "nobody is satisfied in that quarter");
    }

    #[test]
    fn nothing_is_judged_where_nothing_is_asked_for_or_nothing_is_told() {
        assert_eq!(gates(&survey(), &counted(&answers()), Depth::Report), None);
        assert_eq!(gates(&asking(survey()), &counted(&answers()), Depth::Scores), None);
        assert_eq!(gates(&asking(survey()), &counted(&[]), Depth::Report), None, "without a figure");
    }
}
