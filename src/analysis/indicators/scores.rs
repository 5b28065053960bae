//! The outcomes of complete waves, by the number of their period: overall satisfaction, recommendation and effort.
//!
//! Every further question that is set beside every indicator makes one that fits by chance more likely, and the
//! adjustment for all of them stricter, so where a survey has outcomes nothing else is compared.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::analysis::WaveFigures;
use crate::analysis::trend::period::number;
use crate::report::{Better, QuestionSummary};

/// The measures that say how satisfied somebody is.
const RATED: [&str; 4] = ["csat", "rating", "nps", "ces"];

/// One headline score of all or of one segment value.
#[derive(Clone, Debug)]
pub(super) struct ScoreLine {
    pub(super) question: String,
    pub(super) name: String,
    pub(super) statistic: String,
    pub(super) better: Option<Better>,
    pub(super) segment: IndexMap<String, String>,
    /// By the number of the period.
    pub(super) points: BTreeMap<i64, f64>,
}

/// Question, statistic and the segment values of a score.
type Stratum = (String, String, Vec<(String, String)>);

/// The scores of waves whose periods are as long as those of a label, or why there are none.
pub(super) fn scores(
    waves: &[WaveFigures],
    like: Option<&str>,
) -> Result<(u64, Vec<ScoreLine>), &'static str> {
    if waves.is_empty() {
        return Err("no_scores");
    }
    if !waves.iter().any(|wave| wave.calendar) {
        return Err("no_calendar");
    }
    let shape = |label: &str| label.replace(|digit: char| digit.is_ascii_digit(), "9");
    let wanted = like.map(shape);
    let fits = |wave: &&WaveFigures| wave.calendar && wanted.as_deref() == Some(shape(&wave.label).as_str());
    let fitting: Vec<&WaveFigures> = waves.iter().filter(fits).collect();
    if fitting.is_empty() {
        return Err("other_periods");
    }
    let complete: Vec<&WaveFigures> = fitting.into_iter().filter(|wave| wave.complete).collect();
    let newest = complete.last().map_or(&[][..], |wave| wave.questions.as_slice());
    let has_outcomes = newest.iter().any(is_outcome);
    let is_compared = |id: &str| {
        newest.iter().find(|question| question.id == id).is_some_and(|question| {
            if has_outcomes { is_outcome(question) } else { RATED.contains(&question.measure.as_str()) }
        })
    };
    let mut lines: IndexMap<Stratum, ScoreLine> = IndexMap::new();
    for wave in &complete {
        let Some(at) = number(&wave.label) else { continue };
        for estimate in
            wave.estimates.iter().filter(|estimate| estimate.headline && is_compared(&estimate.question))
        {
            let Some(value) = estimate.value else { continue };
            let segment: Vec<(String, String)> =
                estimate.segment.iter().map(|(id, value)| (id.clone(), value.clone())).collect();
            let key = (estimate.question.clone(), estimate.statistic.clone(), segment);
            let line = lines.entry(key).or_insert_with(|| ScoreLine {
                question: estimate.question.clone(),
                name: String::new(),
                statistic: estimate.statistic.clone(),
                better: estimate.better,
                segment: estimate.segment.clone(),
                points: BTreeMap::new(),
            });
            line.points.insert(at.into(), value);
            // The newest wave says what it is called.
            let summary = wave.questions.iter().find(|question| question.id == estimate.question);
            line.name =
                summary.map_or_else(|| estimate.question.clone(), |summary| summary.name().to_owned());
            line.better = estimate.better;
        }
    }
    Ok((complete.len() as u64, lines.into_values().collect()))
}

/// Whether a question is about the whole and not about a part.
fn is_outcome(question: &QuestionSummary) -> bool {
    question.overall || matches!(question.measure.as_str(), "nps" | "ces")
}
