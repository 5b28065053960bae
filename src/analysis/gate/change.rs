//! The change of a gate's figure against an earlier wave.

#![expect(clippy::result_large_err, reason = "a reason is made once a gate, so its size costs nothing")]

use crate::measures::{Difference, Side, difference};
use crate::report::{Estimate, Note};

use super::stratum::Stratum;
use super::{Court, reason};
use crate::analysis::trend::{Against, broken};

/// A change with the wave that it is against.
pub(super) struct Change<'a> {
    pub(super) against: String,
    /// The earlier figure.
    pub(super) before: Option<&'a Estimate>,
    pub(super) difference: Difference,
}

impl<'a> Court<'a> {
    /// The change, or why there is none. Waves are not joined across a question that was asked otherwise.
    pub(super) fn change(
        &self,
        kind: Against,
        wave: usize,
        question: &'a str,
        statistic: &'a str,
        segment: &'a [(String, String)],
    ) -> Result<Change<'a>, Note> {
        let label = |wave: usize| self.judging.waves.get(wave).map_or("", |wave| wave.label.as_str());
        let now = Stratum::of(self.judging.waves, Some(wave), question, statistic, segment);
        let before = kind.wave(&self.waves, wave).ok_or_else(|| self.no_wave(kind, wave, label(wave)))?;
        let breaks = self.options.breaks_of(question);
        if broken(&self.waves, &breaks, before, wave) {
            return Err(reason::asked_otherwise(label(before), label(wave)));
        }
        let then = Stratum::of(self.judging.waves, Some(before), question, statistic, segment);
        let (one, other) = (self.side(question, statistic, &then)?, self.side(question, statistic, &now)?);
        let found = difference(&one, &other, self.judging.confidence)
            .ok_or_else(|| reason::not_comparable(label(before), label(wave)))?;
        Ok(Change { against: label(before).to_owned(), before: then.estimate, difference: found })
    }

    fn no_wave(&self, kind: Against, wave: usize, label: &str) -> Note {
        let complete = self.judging.waves.get(wave).is_some_and(|wave| wave.complete);
        match kind {
            _ if !complete => reason::not_over(label),
            Against::Previous => reason::no_wave_before(label),
            Against::LastYear => reason::no_last_year(label),
        }
    }

    fn side(&self, question: &str, statistic: &str, stratum: &Stratum<'_>) -> Result<Side, Note> {
        let scale = self.question(question).and_then(|question| question.scale.as_ref());
        let scale = scale.map(|scale| [scale.min, scale.max]);
        Side::of(&stratum.estimates, statistic)
            .map(|side| side.on_scale(scale, statistic))
            .ok_or_else(|| stratum.why_none())
    }
}
