//! The headlines with and without the weights: what weighting changed, and what it cost.

use crate::measures::{Context, Intervals, figures, rounded};
use crate::report::{Estimate, WeightingScore};
use crate::tally::Stratum;

use super::scorer::Scorer;
use super::sections::is_hidden;

/// The headlines of all respondents of the wave shown; hidden ones are left out.
pub(super) fn scores(scorer: &Scorer, total: &Stratum, estimates: &[Estimate]) -> Vec<WeightingScore> {
    let wave = total.wave.and_then(|wave| scorer.counted.waves.get(wave)).map(|wave| wave.label.as_str());
    let of_all = estimates.iter().filter(|estimate| {
        estimate.headline && estimate.segment.is_empty() && estimate.wave.as_deref() == wave
    });
    let shown = of_all.filter(|estimate| !estimate.flag.is_some_and(is_hidden));
    shown.map(|weighted| score(weighted, without_weights(scorer, total, weighted))).collect()
}

fn score(weighted: &Estimate, unweighted: Option<f64>) -> WeightingScore {
    let effect = weighted.base.zip(weighted.base_effective.filter(|effective| *effective > 0.0));
    WeightingScore {
        question: weighted.question.clone(),
        statistic: weighted.statistic.clone(),
        unit: weighted.unit,
        unweighted,
        weighted: weighted.value,
        difference: weighted
            .value
            .zip(unweighted)
            .and_then(|(weighted, unweighted)| rounded(weighted - unweighted)),
        design_effect: effect.and_then(|(base, effective)| rounded(base as f64 / effective)),
    }
}

/// The same headline where every row counts once.
fn without_weights(scorer: &Scorer, total: &Stratum, weighted: &Estimate) -> Option<f64> {
    let index = scorer.survey.questions.iter().position(|question| question.id == weighted.question)?;
    let tally = scorer.map.tallies.get(index).copied().flatten()?;
    let counts = total.counts.get(tally)?.unweighted();
    let categories = scorer.counted.categories.get(tally).map_or(&[][..], Vec::as_slice);
    // Only the figure is wanted: no interval that takes time, no population that could be exceeded.
    let intervals = Intervals::default();
    let context = Context {
        intervals: &intervals,
        weighted: false,
        population: None,
        design: None,
        ..scorer.context(total)
    };
    let figures = figures(scorer.survey.questions.get(index)?, &counts, categories, &context).ok()?;
    figures.into_iter().find(|estimate| estimate.headline)?.value
}
