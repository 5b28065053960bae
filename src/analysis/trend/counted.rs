//! The figures of every wave of a run, whichever wave its report shows.

use crate::report::{Estimate, Provenance, SurveySummary};

use super::figures::{WaveFigures, estimates_by_wave};
use crate::analysis::error::AnalysisError;
use crate::analysis::response;
use crate::analysis::scorer::Scorer;
use crate::analysis::waves::{Shown, is_complete, is_future};
use crate::survey::WaveRule;

/// The waves of a run, whose report has `estimates` and `summary`; empty where it has no waves.
///
/// A wave that the report does not show is scored, and its small groups hidden, as a report of that wave would.
/// `left_out`: whether responses were left out, so that no response rate is known.
pub(in crate::analysis) fn of_counts(
    scorer: &Scorer,
    estimates: &[Estimate],
    summary: &SurveySummary,
    left_out: bool,
    provenance: &Provenance,
) -> Result<Vec<WaveFigures>, AnalysisError> {
    if scorer.waves == Shown::NoWaves {
        return Ok(Vec::new());
    }
    let found = &scorer.counted.waves;
    let labels: Vec<String> = found.iter().map(|wave| wave.label.clone()).collect();
    let names: Vec<&str> = provenance.inputs.iter().map(|input| input.name.as_str()).collect();
    let calendar = matches!(scorer.map.wave, Some(WaveRule::Every(_)));
    let mut by_wave = estimates_by_wave(estimates);
    let mut waves = Vec::new();
    for (index, wave) in found.iter().enumerate() {
        let shown = matches!(scorer.waves, Shown::All) || scorer.waves == Shown::One(index);
        let own = if shown { Vec::new() } else { scorer.showing(Shown::One(index)).estimates()? };
        let own = if shown { by_wave.remove(wave.label.as_str()).unwrap_or_default() } else { own };
        let rows = scorer
            .counted
            .strata
            .iter()
            .find(|stratum| stratum.segment.is_empty() && stratum.wave == Some(index))
            .map_or(0, |stratum| stratum.rows.n);
        let invited = if scorer.scope.filter.is_some() {
            None
        } else {
            response::invited(scorer.survey.data.invited.as_ref(), Some(&wave.label), &labels)
        };
        waves.push(WaveFigures {
            label: wave.label.clone(),
            source: names.join(", "),
            calendar,
            complete: is_complete(wave, scorer.scope.as_of),
            future: is_future(wave, scorer.map.wave.as_ref(), scorer.scope.as_of),
            saved: false,
            invited,
            response_rate: response::rate(rows, invited.filter(|_| !left_out)),
            weight: summary.weight.clone(),
            estimates: own.into_iter().filter(|estimate| estimate.segment.len() <= 1).collect(),
            questions: summary.questions.clone(),
            segments: summary.segments.clone(),
        });
    }
    Ok(waves)
}
