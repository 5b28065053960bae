//! Gates: targets and limits judged, so that a job can fail where one is missed.
//!
//! A target is judged by the whole interval of its headline (`target_verdict`), a condition (`fail_if`) fails where it
//! holds, `max_drop` by the whole interval of the change. What cannot be judged (no figure, a hidden one, no wave to
//! compare with), and a target or an allowed drop on a small base, are outcomes of their own, which fail only when
//! asked to be strict. Judged is the latest complete wave unless a gate names another.
//!
//! How often a gate fails by chance stands beside it: the chance at a true figure that is exactly at the limit.

mod change;
mod reason;
mod report;
mod rule;
mod stratum;
#[cfg(test)]
mod tests;

use indexmap::IndexMap;

use crate::measures::target_verdict;
use crate::report::{
    Estimate, Flag, GateOutcome, GateRow, GatesSection, Note, NoteSeverity, TargetVerdict, Unit,
};
use crate::stats::Confidence;
use crate::survey::{GateCondition, GateRule, Headline, Question, Survey, with_all_items};

use super::groups::is_small;
use super::trend::index::WaveIndex;
use super::trend::{TrendOptions, WaveFigures};
use rule::{condition, max_drop};

pub(super) use report::{asks, of_report};
use stratum::Stratum;

/// What is judged, and how.
#[derive(Clone, Copy, Debug)]
pub struct Judging<'a> {
    /// The survey with its targets and gates.
    pub survey: &'a Survey,
    /// The waves in order; their estimates may be of crossed segments too.
    pub waves: &'a [WaveFigures],
    /// Conditions that were typed, judged after those of the survey.
    pub typed: &'a [GateCondition],
    /// The wave of gates that name none; `None` is the latest complete one.
    pub wave: Option<&'a str>,
    /// The confidence level of intervals.
    pub confidence: Confidence,
    /// Whether what cannot be told fails too.
    pub strict: bool,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Every gate: targets in the order of the questions, then the definition's gates, then those typed.
    pub section: GatesSection,
    /// Caveats.
    pub notes: Vec<Note>,
}

/// Judges every target and every gate.
pub fn judge(judging: &Judging<'_>) -> Judged {
    // All items of a checklist together may be judged like any question.
    let survey = with_all_items(judging.survey);
    let judging = &Judging { survey: &survey, ..*judging };
    let court = Court::new(judging);
    let (wave, caution) = court.usual_wave();
    let mut rows: Vec<GateRow> =
        judging.survey.questions.iter().filter_map(|question| court.target(question, wave)).collect();
    for gate in &judging.survey.gates {
        let row = match &gate.rule {
            GateRule::FailIf(asked) => condition(&court, asked, wave),
            GateRule::MaxDrop { .. } => max_drop(&court, &gate.rule, wave),
        };
        rows.extend(row.map(|row| GateRow { name: gate.name.clone(), ..row }));
    }
    rows.extend(judging.typed.iter().filter_map(|asked| condition(&court, asked, wave)));
    let mut notes: Vec<Note> = caution.into_iter().collect();
    for row in &mut rows {
        row.label = court.question(&row.question).and_then(|question| question.text.clone());
        notes.extend(doubtful_limit(row));
        row.fails = match row.outcome {
            GateOutcome::Failed => true,
            GateOutcome::Passed => false,
            GateOutcome::CannotTell | GateOutcome::SmallBase | GateOutcome::NoFigure => judging.strict,
        };
    }
    let tail = judging.confidence.tail();
    let guarded: Vec<f64> =
        rows.iter().filter_map(|row| row.error_rate).filter(|rate| *rate > 0.0 && *rate <= tail).collect();
    let any = (!guarded.is_empty()).then(|| guarded.iter().sum::<f64>().min(1.0));
    Judged {
        section: GatesSection {
            strict: judging.strict,
            error_rate: rounded(tail),
            error_rate_any: any.map(rounded),
            rows,
        },
        notes,
    }
}

/// What every gate is judged with.
struct Court<'a> {
    judging: &'a Judging<'a>,
    waves: Vec<WaveIndex<'a>>,
    /// Where questions changed between the waves.
    options: TrendOptions,
}

impl<'a> Court<'a> {
    fn new(judging: &'a Judging<'a>) -> Self {
        Self {
            judging,
            waves: judging.waves.iter().map(WaveIndex::new).collect(),
            options: TrendOptions::new(judging.confidence).with_breaks_of(judging.waves),
        }
    }

    /// The wave of gates that name none, with a caution where none is complete.
    fn usual_wave(&self) -> (Option<usize>, Option<Note>) {
        if let Some(label) = self.judging.wave {
            return (self.position(label), None);
        }
        let waves = self.judging.waves;
        if let Some(complete) = waves.iter().rposition(|wave| wave.complete) {
            return (Some(complete), None);
        }
        // The one that runs is the first of those that are not over and have begun.
        let Some((index, running)) = waves.iter().enumerate().find(|(_, wave)| !wave.future) else {
            return (None, None);
        };
        let text = format!("no wave is complete: the gates judge {} so far", running.label);
        (Some(index), Some(caution("gate_wave_incomplete", text, &running.label)))
    }

    fn position(&self, label: &str) -> Option<usize> {
        self.judging.waves.iter().position(|wave| wave.label == label)
    }

    fn question(&self, id: &str) -> Option<&'a Question> {
        self.judging.survey.questions.iter().find(|question| question.id == id)
    }

    /// The statistic as written, else the headline of a question, or of records in any wave.
    fn statistic(&self, question: &str, written: Option<&'a str>) -> Option<&'a str> {
        let known = || self.question(question)?.headline.map(Headline::name);
        let of_records = || {
            let mut estimates = self.judging.waves.iter().flat_map(|wave| &wave.estimates);
            let found = estimates.find(|estimate| estimate.question == question && estimate.headline)?;
            Some(found.statistic.as_str())
        };
        written.or_else(known).or_else(of_records)
    }

    /// The label of a wave as a report names it: none where all answers are one wave without a name.
    fn label(&self, wave: usize) -> Option<String> {
        let figures = self.judging.waves.get(wave)?;
        let unnamed =
            self.judging.waves.len() == 1 && figures.estimates.iter().all(|estimate| estimate.wave.is_none());
        (!unnamed).then(|| figures.label.clone())
    }

    fn is_small(&self, stratum: &Stratum<'_>) -> bool {
        stratum.estimate.is_some_and(|estimate| self.is_small_base(estimate))
    }

    fn is_small_base(&self, estimate: &Estimate) -> bool {
        estimate.flag != Some(Flag::Census)
            && is_small(estimate.base_effective, self.judging.survey.flag_below)
    }

    /// The target of a question's headline.
    fn target(&self, question: &Question, wave: Option<usize>) -> Option<GateRow> {
        let (target, headline) = (question.target?, question.headline?);
        let found = Stratum::of(self.judging.waves, wave, &question.id, headline.name(), &[]);
        let mut row = found.row(format!("{}.target {target}", question.id), target);
        row.wave = wave.and_then(|wave| self.label(wave));
        row.found = row.value;
        let tail = self.judging.confidence.tail();
        row.error_rate = Some(rounded(if self.judging.strict { 1.0 - tail } else { tail }));
        let Some((estimate, _)) = found.estimate.and_then(|estimate| Some((estimate, estimate.value?)))
        else {
            row.because(found.why_none());
            return Some(row);
        };
        let Some(better) = estimate.better else {
            row.because(reason::no_direction());
            row.error_rate = None;
            return Some(row);
        };
        if estimate.flag == Some(Flag::Census) {
            row.error_rate = None;
        }
        if self.is_small(&found) {
            row.outcome = GateOutcome::SmallBase;
            row.because(reason::small_base(estimate, self.judging.survey.flag_below));
            return Some(row);
        }
        let limits = found.limits();
        row.outcome = match target_verdict(limits, target, better) {
            TargetVerdict::Met => GateOutcome::Passed,
            TargetVerdict::Missed => GateOutcome::Failed,
            TargetVerdict::CannotTell => GateOutcome::CannotTell,
        };
        if limits.is_none() {
            row.because(reason::no_interval(estimate.flag));
        }
        Some(row)
    }
}

/// A percentage between 0 and 1 is a share by mistake: such a gate would hardly ever fail, or always.
fn doubtful_limit(row: &mut GateRow) -> Option<Note> {
    let looks_at_percent = row.unit == Unit::Percent && matches!(row.of.as_str(), "value" | "low" | "high");
    if !(looks_at_percent && row.limit > 0.0 && row.limit < 1.0) {
        return None;
    }
    let reason = reason::percent(row.limit);
    let text = format!("{}: {}", row.gate, reason.text);
    row.because(reason);
    Some(caution("gate_percent", text, &row.question))
}

fn caution(code: &str, text: String, about: &str) -> Note {
    Note {
        code: code.to_owned(),
        severity: NoteSeverity::Caution,
        text,
        about: Some(about.to_owned()),
        values: IndexMap::new(),
    }
}

/// Without the dust of floating point: 0.025, not 0.025000000000000022.
fn rounded(rate: f64) -> f64 {
    crate::measures::rounded(rate).unwrap_or(rate)
}
