//! The figure that a gate is about: one statistic of one question, in one wave, for everyone or for a group.

use indexmap::IndexMap;

use crate::report::{Estimate, Flag, GateOutcome, GateRow, Note, Unit};

use super::reason;
use crate::analysis::trend::WaveFigures;

/// The estimates of one question in one stratum of one wave.
#[derive(Clone, Debug)]
pub(super) struct Stratum<'a> {
    question: &'a str,
    statistic: &'a str,
    segment: &'a [(String, String)],
    wave: Option<&'a WaveFigures>,
    /// Every statistic of the question there.
    pub(super) estimates: Vec<&'a Estimate>,
    /// The one that is looked at.
    pub(super) estimate: Option<&'a Estimate>,
}

impl<'a> Stratum<'a> {
    /// The figure in the wave at that position; without a position there is none.
    pub(super) fn of(
        waves: &'a [WaveFigures],
        wave: Option<usize>,
        question: &'a str,
        statistic: &'a str,
        segment: &'a [(String, String)],
    ) -> Self {
        let wave = wave.and_then(|wave| waves.get(wave));
        let fits = |estimate: &&Estimate| {
            estimate.question == question
                && estimate.segment.len() == segment.len()
                && segment.iter().all(|(id, value)| estimate.segment.get(id) == Some(value))
        };
        let estimates: Vec<&Estimate> = wave.iter().flat_map(|wave| &wave.estimates).filter(fits).collect();
        let estimate = estimates.iter().copied().find(|estimate| estimate.statistic == statistic);
        Self { question, statistic, segment, wave, estimates, estimate }
    }

    /// A row without an outcome yet.
    pub(super) fn row(&self, gate: String, limit: f64) -> GateRow {
        let of = |part: fn(&Estimate) -> Option<f64>| self.estimate.and_then(part);
        GateRow {
            gate,
            name: None,
            question: self.question.to_owned(),
            label: None,
            statistic: self.statistic.to_owned(),
            of: "value".to_owned(),
            segment: self.segment.iter().cloned().collect(),
            wave: None,
            against: None,
            comparison: None,
            limit,
            found: None,
            unit: self.estimate.map_or(Unit::Scale, |estimate| estimate.unit),
            value: of(|estimate| estimate.value),
            low: of(|estimate| estimate.low),
            high: of(|estimate| estimate.high),
            base: self.estimate.and_then(|estimate| estimate.base),
            change_low: None,
            change_high: None,
            error_rate: None,
            outcome: GateOutcome::NoFigure,
            fails: false,
            reason: None,
            reason_code: None,
            reason_values: IndexMap::new(),
        }
    }

    /// The limits that the figure is judged by: where everyone answered, the figure twice.
    pub(super) fn limits(&self) -> Option<(f64, f64)> {
        let estimate = self.estimate?;
        match estimate.flag {
            Some(Flag::Census) => estimate.value.zip(estimate.value),
            _ => estimate.low.zip(estimate.high),
        }
    }

    /// Why there is no figure.
    pub(super) fn why_none(&self) -> Note {
        let (Some(wave), Some(flag)) = (self.wave, self.estimate.map(|estimate| estimate.flag)) else {
            return match self.wave {
                None => reason::no_wave(),
                Some(wave) => reason::nothing_of(self.question, self.segment, &wave.label),
            };
        };
        reason::absent(flag, &wave.label)
    }
}
