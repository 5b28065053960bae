//! The headline scores of complete waves, by the number of their period.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::analysis::WaveFigures;
use crate::analysis::trend::period::number;
use crate::report::Better;

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
    let mut lines: IndexMap<(String, String, Vec<(String, String)>), ScoreLine> = IndexMap::new();
    for wave in &complete {
        let Some(at) = number(&wave.label) else { continue };
        for estimate in wave.estimates.iter().filter(|estimate| estimate.headline) {
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
