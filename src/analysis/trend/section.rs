//! The section of one headline, put together from its tests.

use crate::measures::{Difference, rounded};
use crate::report::{Change, Family, Flag, PromoterContributions, TrendPoint, TrendSection, WithinMargin};

use super::TrendOptions;
use super::changes::{Against, Contrast, Contrasts};
use super::chart::chart;
use super::index::{Headline, WaveIndex};
use super::mix::{Composition, Split, limits, split};
use super::tendency::Tendencies;

/// Every headline over all waves, with the tests that go across headlines.
pub(super) struct Series<'a> {
    pub(super) waves: &'a [WaveIndex<'a>],
    pub(super) headlines: &'a [Headline<'a>],
    pub(super) previous: Contrasts,
    pub(super) last_year: Contrasts,
    pub(super) tendencies: Tendencies,
    pub(super) mix: Option<&'a str>,
    pub(super) options: &'a TrendOptions,
}

impl<'a> Series<'a> {
    pub(super) fn section(&self, index: usize) -> TrendSection {
        let headline = &self.headlines[index];
        let mut points: Vec<TrendPoint> = (0..self.waves.len()).map(|wave| self.point(index, wave)).collect();
        let charted = chart(self.waves, headline, self.options);
        for (wave, signal) in charted.iter().flat_map(|charted| charted.signals.clone()) {
            points[wave].signal = Some(signal);
        }
        let families: Vec<Family> = [
            self.previous.family(Against::Previous),
            self.last_year.family(Against::LastYear),
            self.tendencies.family.clone(),
        ]
        .into_iter()
        .flatten()
        .collect();
        TrendSection {
            question: headline.question.to_owned(),
            statistic: headline.statistic.to_owned(),
            unit: headline.unit,
            better: headline.better,
            points,
            mix_segment: self.mix.map(str::to_owned),
            chart: charted.map(|charted| charted.chart),
            tendency: self.tendencies.found[index].clone(),
            families,
            breaks: self.options.breaks_of(headline.question).into_iter().cloned().collect(),
        }
    }

    /// The split of the change against the wave before.
    pub(super) fn split(&self, index: usize, wave: usize) -> Option<Split<'a>> {
        let against = self.previous.get(index, wave)?.against;
        let (before, after) = self.composition(index, against).zip(self.composition(index, wave))?;
        split(&before, &after, self.options.confidence)
    }

    /// The groups of the mix segment in one wave.
    pub(super) fn composition(&self, index: usize, wave: usize) -> Option<Composition<'a>> {
        let headline = &self.headlines[index];
        Composition::of(&self.waves[wave], headline.question, headline.statistic, self.mix?)
    }

    fn point(&self, index: usize, wave: usize) -> TrendPoint {
        let headline = &self.headlines[index];
        let figures = self.waves[wave].figures;
        let estimate = self.waves[wave].estimate(headline.question, headline.statistic);
        let mut point = TrendPoint {
            wave: figures.label.clone(),
            complete: figures.complete,
            value: estimate.and_then(|estimate| estimate.value),
            low: estimate.and_then(|estimate| estimate.low),
            high: estimate.and_then(|estimate| estimate.high),
            se: estimate.and_then(|estimate| estimate.se),
            base: estimate.and_then(|estimate| estimate.base),
            base_effective: estimate.and_then(|estimate| estimate.base_effective),
            // A question that a wave does not have was answered by nobody there.
            flag: estimate.map_or(Some(Flag::NoAnswers), |estimate| estimate.flag),
            saved: figures.saved,
            last_year: self.last_year.get(index, wave).map(|contrast| self.change(contrast)),
            ..TrendPoint::default()
        };
        let Some(contrast) = self.previous.get(index, wave) else { return point };
        let change = self.change(contrast);
        point.against = Some(change.against);
        point.change = change.change;
        point.change_low = change.change_low;
        point.change_high = change.change_high;
        point.p = change.p;
        point.p_adjusted = change.p_adjusted;
        point.untested = change.untested;
        point.family_size = change.family_size;
        point.verdict = change.verdict;
        point.method = change.method;
        point.minimum_detectable = change.minimum_detectable;
        point.minimum_detectable_adjusted = change.minimum_detectable_adjusted;
        point.within_margin = change.within_margin;
        point.contributions = self.contributions(headline, contrast.against, wave);
        if let Some(split) = self.split(index, wave) {
            point.mix = rounded(split.parts.mix.value);
            (point.mix_low, point.mix_high) = limits(&split, split.parts.mix.interval);
            point.within = rounded(split.parts.within.value);
            (point.within_low, point.within_high) = limits(&split, split.parts.within.interval);
        }
        point
    }

    fn change(&self, contrast: &Contrast) -> Change {
        let difference = &contrast.difference;
        Change {
            against: self.waves[contrast.against].figures.label.clone(),
            change: Some(difference.value),
            change_low: difference.low,
            change_high: difference.high,
            p: difference.p,
            p_adjusted: contrast.p_adjusted,
            untested: difference.untested,
            family_size: contrast.family_size,
            verdict: contrast.verdict,
            method: difference.method.clone(),
            minimum_detectable: difference.minimum_detectable,
            minimum_detectable_adjusted: contrast.minimum_detectable_adjusted,
            within_margin: self.within_margin(difference),
        }
    }

    fn within_margin(&self, difference: &Difference) -> Option<WithinMargin> {
        let margin = self.options.margin?;
        let limits = difference.within(margin)?;
        Some(WithinMargin {
            margin,
            low: rounded(limits.low)?,
            high: rounded(limits.high)?,
            confidence: rounded(1.0 - 2.0 * self.options.alpha())?,
        })
    }

    fn contributions(&self, headline: &Headline, from: usize, to: usize) -> Option<PromoterContributions> {
        if headline.statistic != "nps" {
            return None;
        }
        let change = |part: &str| {
            let share = |wave: usize| self.waves[wave].estimate(headline.question, part)?.value;
            rounded(share(to)? - share(from)?)
        };
        Some(PromoterContributions {
            promoters: change("promoters")?,
            passives: change("passives")?,
            // Adding zero turns a negative zero into zero.
            detractors: -change("detractors")? + 0.0,
        })
    }
}
