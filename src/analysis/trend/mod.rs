//! How headlines moved from wave to wave, from the figures of each wave alone.
//!
//! Because nothing but estimates is looked at, waves of files and of saved reports give the same trend. Each headline
//! has its figures, the tested change against the wave before and against last year's, the split of the change into
//! mix and within, the control chart, and from eight waves on the tendency.

mod breaks;
mod changes;
mod chart;
mod counted;
pub(super) mod figures;
pub(super) mod index;
pub(super) mod mix;
mod notes;
pub(super) mod period;
#[cfg(test)]
pub(super) mod sample;
mod section;
mod tendency;
#[cfg(test)]
mod tests;

use crate::report::{Note, TrendBreak, TrendSection};
use crate::stats::Confidence;

use super::error::AnalysisError;
use super::other_scale;
use super::scope::Scope;
use changes::Contrasts;
use index::{WaveIndex, headlines};
use section::Series;
use tendency::Tendencies;

pub(super) use changes::{Against, Contrast, broken, changes_between};
pub(super) use counted::of_counts;
pub use figures::{WaveFigures, join, waves_of_report};

/// What is asked of a trend.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendOptions {
    /// The confidence level of changes; verdicts use one less it.
    pub confidence: Confidence,
    /// The segment by which changes are split; `None` is the first one declared.
    pub mix: Option<String>,
    /// How large a change may be and still count as about equal, in the headline's unit.
    pub margin: Option<f64>,
    /// Where questions changed, beside the changes that the waves' own questions show.
    pub breaks: Vec<QuestionBreak>,
}

/// A question that changed between two waves.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionBreak {
    /// The question's id.
    pub question: String,
    /// Where and how it changed.
    pub at: TrendBreak,
}

/// The trend of every headline, with what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// One a headline, in written order.
    pub sections: Vec<TrendSection>,
    /// Caveats.
    pub notes: Vec<Note>,
}

impl TrendOptions {
    /// Everything as the definition says.
    pub fn new(confidence: Confidence) -> Self {
        Self { confidence, mix: None, margin: None, breaks: Vec::new() }
    }

    /// The same with the changes that the questions of the waves show.
    pub(super) fn with_breaks_of(&self, waves: &[WaveFigures]) -> Self {
        let known = |found: &QuestionBreak| {
            self.breaks.iter().any(|one| one.question == found.question && one.at.wave == found.at.wave)
        };
        let found = breaks::breaks(waves).into_iter().filter(|found| !known(found));
        Self { breaks: self.breaks.iter().cloned().chain(found).collect(), ..self.clone() }
    }

    pub(super) fn alpha(&self) -> f64 {
        2.0 * self.confidence.tail()
    }

    pub(super) fn breaks_of(&self, question: &str) -> Vec<&TrendBreak> {
        self.breaks.iter().filter(|change| change.question == question).map(|change| &change.at).collect()
    }
}

/// The trend over waves in order, as [`join`] gives them.
///
/// # Errors
/// A segment for the mix that the newest wave does not have.
pub fn trend(waves: &[WaveFigures], options: &TrendOptions) -> Result<Trend, AnalysisError> {
    let Some(newest) = waves.last() else { return Ok(Trend::default()) };
    let options = &options.with_breaks_of(waves);
    let mix = mix_segment(newest, options)?;
    // A question that is known to have been asked otherwise needs no second remark.
    let mut unchanged = newest.questions.clone();
    unchanged.retain(|question| options.breaks_of(&question.id).is_empty());
    let scales = other_scale::notes(&unchanged, &other_scale::by_wave(waves));
    let waves: Vec<WaveIndex> = waves.iter().map(WaveIndex::new).collect();
    let headlines = headlines(&waves);
    let series = Series {
        previous: Contrasts::new(&waves, &headlines, Against::Previous, options),
        last_year: Contrasts::new(&waves, &headlines, Against::LastYear, options),
        tendencies: Tendencies::new(&waves, &headlines, options),
        waves: &waves,
        headlines: &headlines,
        mix,
        options,
    };
    let sections: Vec<TrendSection> = (0..headlines.len()).map(|headline| series.section(headline)).collect();
    let mut notes = notes::notes(&series, &sections);
    notes.extend(scales);
    Ok(Trend { sections, notes })
}

/// The trend of a run over its waves and those that are added to them.
pub(super) fn of_scope(
    waves: &[WaveFigures],
    confidence: Confidence,
    scope: &Scope,
) -> Result<Trend, AnalysisError> {
    let options = TrendOptions {
        confidence,
        mix: scope.mix.clone(),
        margin: scope.margin,
        breaks: scope.breaks.clone(),
    };
    trend(waves, &options)
}

/// The waves of a run with those from elsewhere.
pub(super) fn joined(waves: Vec<WaveFigures>, scope: &Scope) -> Result<Vec<WaveFigures>, AnalysisError> {
    if scope.saved.is_empty() {
        return Ok(waves);
    }
    // Those from elsewhere are earlier: where labels say nothing, they come first.
    join(scope.saved.iter().cloned().chain(waves).collect())
}

fn mix_segment<'a>(
    newest: &'a WaveFigures,
    options: &'a TrendOptions,
) -> Result<Option<&'a str>, AnalysisError> {
    let mut known = newest.segments.iter().map(|segment| segment.id.as_str());
    match options.mix.as_deref() {
        None => Ok(known.next()),
        Some(wanted) => match known.find(|id| *id == wanted) {
            Some(id) => Ok(Some(id)),
            None => Err(AnalysisError::UnknownSegment {
                found: wanted.to_owned(),
                known: newest.segments.iter().map(|segment| segment.id.clone()).collect(),
            }),
        },
    }
}
